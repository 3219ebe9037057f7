import type {CommandAnswer} from '../../../engine/api/command.ts';
import {type Codec, utf8Codec} from '../../../text/encoding/codec.ts';
import {hexOf} from '../../panes/rows/payload-text.ts';
import type {Words} from '../../words/words.ts';

/** More characters than this are not put on a clipboard: they would hold the terminal up, and most drop them. */
const maxCopied = 1_000_000;

/** What goes to the clipboard: a text, and whether it is the payload's own or its bytes in hexadecimal. */
type ClipboardText = {readonly text: string; readonly format: 'text' | 'hex'};

/**
A payload as it goes to the clipboard: as text where that is wanted and it is text of its encoding, else as hexadecimal
digits with spaces between the bytes.
*/
export function clipboardText(bytes: Uint8Array, wanted: 'text' | 'hex', codec: Codec = utf8Codec): ClipboardText {
	const text = wanted === 'text' ? codec.decode(bytes) : undefined;
	return text === undefined
		? {text: hexOf(bytes), format: 'hex'}
		: {text, format: 'text'};
}

/** What goes to the clipboard of a payload that was asked for, if anything does, and what is said of it. */
export function copyOf(
	{bytes, refusal}: CommandAnswer,
	wanted: 'text' | 'hex',
	words: Words,
	codec?: Codec,
): {readonly text?: string; readonly notice: string} {
	const {payload} = words.views;
	if (!bytes) {
		return {notice: words.refusal(refusal ?? {reason: 'payload-gone'})};
	}

	const {text, format} = clipboardText(bytes, wanted, codec);
	return text.length > maxCopied
		? {notice: payload.tooLong}
		: {text, notice: payload.copied(bytes.length, format === 'hex')};
}

/** The sequence that puts a text on the terminal's clipboard (xterm's control sequences, OSC 52). */
export function clipboardSequence(text: string): string {
	return `\u{1B}]52;c;${Buffer.from(text).toString('base64')}\u{7}`;
}
