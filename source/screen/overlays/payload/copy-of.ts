import type {CommandAnswer} from '../../../engine/api/command.ts';
import type {Codec} from '../../../text/codec.ts';
import type {Words} from '../../words/words.ts';
import {clipboardText, maxCopied} from './clipboard.ts';

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
