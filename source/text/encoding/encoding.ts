/* The character encodings that a pane can have, and what they are called. */
/* eslint-disable unicorn/text-encoding-identifier-case -- These are names as they are registered, and typed. */
import {nearest} from '../nearest.ts';

/**
The encodings by the name that the command line takes first. `label`: as a title has it. `aliases`: other names that
programs and the IANA registry of character sets use, where they are for the same bytes; EUC-KR is read and written with
the extension of Windows (CP949, UHC), and Shift_JIS with that of Windows (CP932). `meant`: names that are for other
bytes, or for no one encoding, and that it was probably meant by.
*/
const known = {
	'utf-8': {label: 'UTF-8', aliases: ['utf8'], meant: ['ascii', 'us-ascii', 'unicode']},
	'euc-kr': {
		label: 'EUC-KR (CP949)',
		aliases: ['euckr', 'cp949', 'ms949', 'uhc', 'windows-949', 'ks_c_5601-1987', 'ksc5601'],
		meant: ['korean', 'johab'],
	},
	shift_jis: {
		label: 'Shift_JIS',
		aliases: ['sjis', 'shift-jis', 'shiftjis', 'cp932', 'ms932', 'windows-31j'],
		meant: ['japanese', 'euc-jp', 'eucjp'],
	},
	gbk: {label: 'GBK', aliases: ['cp936', 'ms936', 'gb2312'], meant: ['chinese', 'gb18030']},
	latin1: {
		label: 'Latin-1',
		aliases: ['latin-1', 'iso-8859-1', 'iso8859_1', 'iso8859-1'],
		meant: ['windows-1252', 'cp1252', 'iso-8859-15'],
	},
	'utf-16le': {label: 'UTF-16LE', aliases: ['utf16le', 'utf-16-le'], meant: ['utf-16', 'utf16', 'ucs-2']},
} satisfies Readonly<Record<string, {label: string; aliases: readonly string[]; meant: readonly string[]}>>;

export type Encoding = keyof typeof known;

export const encodings = Object.keys(known) as readonly Encoding[];

/** The encoding of a pane that was given none. */
export const defaultEncoding = 'utf-8' satisfies Encoding;

/** The encoding of this name, whatever the case of its letters. */
export function encodingOf(name: string): Encoding | undefined {
	const wanted = name.toLowerCase();
	return encodings.find(encoding => [encoding, ...known[encoding].aliases].includes(wanted));
}

/** The name that was probably meant by one that is for no encoding here. */
export function nearestEncoding(name: string): string | undefined {
	const wanted = name.toLowerCase();
	return encodings.find(encoding => known[encoding].meant.includes(wanted))
		?? nearest(wanted, [...encodings, ...encodings.flatMap(encoding => known[encoding].aliases)]);
}

/** What an encoding is called where there is little room: `EUC-KR`. */
export function encodingName(encoding: Encoding): string {
	return known[encoding].label.replace(/ .*/, '');
}

/** What an encoding is called: `EUC-KR (CP949)`. */
export function encodingLabel(encoding: Encoding): string {
	return known[encoding].label;
}
