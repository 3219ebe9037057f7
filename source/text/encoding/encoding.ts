/* The character encodings that a pane can have, and what they are called. */
/* eslint-disable unicorn/text-encoding-identifier-case -- These are names as they are registered, and typed. */
import {nearest} from '../nearest.ts';

/** A character encoding, by the name that the command line takes first. */
export const encodings = ['utf-8', 'euc-kr', 'shift_jis', 'gbk', 'latin1', 'utf-16le'] as const;

export type Encoding = (typeof encodings)[number];

/** The encoding of a pane that was given none. */
export const defaultEncoding = 'utf-8' satisfies Encoding;

/** As a title has it. */
const labels: Readonly<Record<Encoding, string>> = {
	'utf-8': 'UTF-8',
	'euc-kr': 'EUC-KR (CP949)',
	shift_jis: 'Shift_JIS',
	gbk: 'GBK',
	latin1: 'Latin-1',
	'utf-16le': 'UTF-16LE',
};

/**
Other names: those that programs and the IANA registry of character sets use, where they are for the same bytes. EUC-KR
is read and written with the extension of Windows (CP949, UHC), and Shift_JIS with that of Windows (CP932).
*/
const aliases: Readonly<Record<Encoding, readonly string[]>> = {
	'utf-8': ['utf8'],
	'euc-kr': ['euckr', 'cp949', 'ms949', 'uhc', 'windows-949', 'ks_c_5601-1987', 'ksc5601'],
	shift_jis: ['sjis', 'shift-jis', 'shiftjis', 'cp932', 'ms932', 'windows-31j'],
	gbk: ['cp936', 'ms936', 'gb2312'],
	latin1: ['latin-1', 'iso-8859-1', 'iso8859_1', 'iso8859-1'],
	'utf-16le': ['utf16le', 'utf-16-le'],
};

/** What is meant by a name that is for other bytes, or for no one encoding. */
const meant: Readonly<Record<Encoding, readonly string[]>> = {
	'utf-8': ['ascii', 'us-ascii', 'unicode'],
	'euc-kr': ['korean', 'johab'],
	shift_jis: ['japanese', 'euc-jp', 'eucjp'],
	gbk: ['chinese', 'gb18030'],
	latin1: ['windows-1252', 'cp1252', 'iso-8859-15'],
	'utf-16le': ['utf-16', 'utf16', 'ucs-2'],
};

/** The encoding of this name, whatever the case of its letters. */
export function encodingOf(name: string): Encoding | undefined {
	const known = name.toLowerCase();
	return encodings.find(encoding => encoding === known || aliases[encoding].includes(known));
}

/** The name that was probably meant by one that is for no encoding here. */
export function nearestEncoding(name: string): string | undefined {
	const wanted = name.toLowerCase();
	return encodings.find(encoding => meant[encoding].includes(wanted))
		?? nearest(wanted, [...encodings, ...Object.values(aliases).flat()]);
}

/** What an encoding is called where there is little room: `EUC-KR`. */
export function encodingName(encoding: Encoding): string {
	return labels[encoding].replace(/ .*/, '');
}

/** What an encoding is called: `EUC-KR (CP949)`. */
export function encodingLabel(encoding: Encoding): string {
	return labels[encoding];
}
