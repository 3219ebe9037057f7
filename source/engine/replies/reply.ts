import {encodeUtf8} from '../../text/utf8.ts';
import {reverse} from './reverse.ts';
import type {ReplyRule} from './reply-rule.ts';
import {uppercase} from './uppercase.ts';

/**
What a rule answers to the sender of these bytes: one datagram, or what one chunk completed.

@returns undefined where the rule does not answer its sender: chat, discard, manual
*/
export function replyTo(rule: ReplyRule, bytes: Uint8Array): Uint8Array | undefined {
	switch (rule) {
		case 'uppercase': {
			return uppercase(bytes);
		}

		case 'echo': {
			return bytes;
		}

		case 'reverse': {
			return reverse(bytes);
		}

		case 'chat':
		case 'discard':
		case 'manual': {
			return undefined;
		}

		default: {
			return rule satisfies never;
		}
	}
}

/** Whether a rule looks at characters, so that one which a chunk border has cut must be made whole first. */
export function needsWholeCharacters(rule: ReplyRule): boolean {
	return rule === 'uppercase' || rule === 'reverse' || rule === 'chat';
}

/** What the chat rule sends to every other peer: the sender's address, a colon and a space, and the bytes as they came. */
export function chatMessage(sender: string, bytes: Uint8Array): Uint8Array {
	return Buffer.concat([encodeUtf8(`${sender}: `), bytes]);
}
