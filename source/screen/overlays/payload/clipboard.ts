import {type Codec, utf8Codec} from '../../../text/codec.ts';

/**
More characters than this are not put on a clipboard: they would hold the terminal up, and most terminals drop them.
*/
export const maxCopied = 1_000_000;

/** What goes to the clipboard: a text, and whether it is the payload's own or its bytes in hexadecimal. */
type ClipboardText = {readonly text: string; readonly format: 'text' | 'hex'};

/**
A payload as it goes to the clipboard: as text where that is wanted and it is text of its encoding, else as hexadecimal
digits with spaces between the bytes.
*/
export function clipboardText(bytes: Uint8Array, wanted: 'text' | 'hex', codec: Codec = utf8Codec): ClipboardText {
	const text = wanted === 'text' ? codec.decode(bytes) : undefined;
	return text === undefined
		? {text: Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' '), format: 'hex'}
		: {text, format: 'text'};
}

/**
The sequence that puts a text on the terminal's clipboard (xterm's control sequences, OSC 52), where the terminal lets
it.
*/
export function clipboardSequence(text: string): string {
	return `\u{1B}]52;c;${Buffer.from(text).toString('base64')}\u{7}`;
}
