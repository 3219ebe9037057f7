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
const aliases: Readonly<Record<string, Encoding>> = {
	utf8: 'utf-8',
	euckr: 'euc-kr',
	cp949: 'euc-kr',
	ms949: 'euc-kr',
	uhc: 'euc-kr',
	'windows-949': 'euc-kr',
	'ks_c_5601-1987': 'euc-kr',
	ksc5601: 'euc-kr',
	sjis: 'shift_jis',
	'shift-jis': 'shift_jis',
	shiftjis: 'shift_jis',
	cp932: 'shift_jis',
	ms932: 'shift_jis',
	'windows-31j': 'shift_jis',
	cp936: 'gbk',
	ms936: 'gbk',
	gb2312: 'gbk',
	'latin-1': 'latin1',
	'iso-8859-1': 'latin1',
	iso8859_1: 'latin1',
	'iso8859-1': 'latin1',
	utf16le: 'utf-16le',
	'utf-16-le': 'utf-16le',
};

/** What is meant by a name that is for other bytes, or for no one encoding. */
const meant: Readonly<Record<string, Encoding>> = {
	korean: 'euc-kr',
	johab: 'euc-kr',
	japanese: 'shift_jis',
	'euc-jp': 'shift_jis',
	eucjp: 'shift_jis',
	chinese: 'gbk',
	gb18030: 'gbk',
	ascii: 'utf-8',
	'us-ascii': 'utf-8',
	unicode: 'utf-8',
	'windows-1252': 'latin1',
	cp1252: 'latin1',
	'iso-8859-15': 'latin1',
	'utf-16': 'utf-16le',
	utf16: 'utf-16le',
	'ucs-2': 'utf-16le',
};

/** The encoding of this name, whatever the case of its letters. */
export function encodingOf(name: string): Encoding | undefined {
	const known = name.toLowerCase();
	return encodings.find(encoding => encoding === known)
		?? (Object.hasOwn(aliases, known) ? aliases[known] : undefined);
}

/** The name that was probably meant by one that is for no encoding here. */
export function nearestEncoding(name: string): string | undefined {
	const wanted = name.toLowerCase();
	return Object.hasOwn(meant, wanted) ? meant[wanted] : nearest(wanted, [...encodings, ...Object.keys(aliases)]);
}

/** What an encoding is called where there is little room: `EUC-KR`. */
export function encodingName(encoding: Encoding): string {
	return labels[encoding].replace(/ .*/, '');
}

/** What an encoding is called: `EUC-KR (CP949)`. */
export function encodingLabel(encoding: Encoding): string {
	return labels[encoding];
}
