import type {Address} from '../log/event.ts';
import {formatAddress} from '../text/address.ts';
import {type Codec, utf8Codec} from '../text/encoding/codec.ts';
import {encodeUtf8} from '../text/encoding/utf8.ts';
import {reverse} from './reverse.ts';
import {uppercase} from './uppercase.ts';

/** Stands for the sender where it makes no difference to the answer. */
const anySender: Address = {host: '', port: 0};

/** A reply rule: what a server does with a datagram, or with the bytes that a chunk of a byte stream completed. */
export type ReplyRuleKind = {
	/**
	Whom the server answers automatically: the sender, every other peer, or no peer. With `person`, a person types the
	answers; with `file`, a file of rules decides.
	*/
	readonly answers: 'sender' | 'others' | 'none' | 'person' | 'file';
	/** Whether the rule looks at characters, so that one which a chunk border has cut must be made whole first. */
	readonly needsWholeCharacters: boolean;
	/** What is sent, where the server answers by itself: text is in the encoding of its pane. */
	readonly reply?: (bytes: Uint8Array, sender: Address, codec?: Codec) => Uint8Array;
};

/** THE registry of reply rules, in the order in which one key walks through them. */
const kinds = {
	uppercase: {answers: 'sender', needsWholeCharacters: true, reply: (bytes, _, codec) => uppercase(bytes, codec)},
	echo: {answers: 'sender', needsWholeCharacters: false, reply: bytes => bytes},
	reverse: {answers: 'sender', needsWholeCharacters: true, reply: (bytes, _, codec) => reverse(bytes, codec)},
	// The sender's address, a colon and a space, and the bytes as they came.
	chat: {
		answers: 'others',
		needsWholeCharacters: true,
		reply: (bytes, sender, codec) => Buffer.concat([asciiIn(`${formatAddress(sender)}: `, codec), bytes]),
	},
	discard: {answers: 'none', needsWholeCharacters: false},
	manual: {answers: 'person', needsWholeCharacters: false},
	custom: {answers: 'file', needsWholeCharacters: false},
} as const satisfies Readonly<Record<string, ReplyRuleKind>>;

export type ReplyRule = keyof typeof kinds;

/** The names of all rules, in the registry's order. */
export const replyRules = Object.keys(kinds) as readonly ReplyRule[];

/** The rule of a server that was given a file of rules. */
export const fileRule = 'custom';

/** Whether a file with rules is a table; else it is a module. */
export function isRuleTable(file: string): boolean {
	return /\.ya?ml$/.test(file);
}

export type NamedRule = Exclude<ReplyRule, typeof fileRule>;

export const namedRules: readonly NamedRule[] = replyRules.filter(rule => rule !== fileRule);

/** The rule of a server that was given none. */
export const defaultRule: ReplyRule = 'uppercase';

export function kindOfRule(rule: ReplyRule): ReplyRuleKind {
	return kinds[rule];
}

/** The rule after this one; after the last comes the first. Without a file of rules there is no rule of one's own. */
export function nextRule(rule: ReplyRule, hasFile: boolean): ReplyRule {
	const rules = hasFile ? replyRules : namedRules;
	return rules[(rules.indexOf(rule) + 1) % rules.length] ?? rule;
}

/** What a rule answers to the sender of these bytes; undefined where it does not answer its sender. */
export function replyTo(rule: ReplyRule, bytes: Uint8Array, codec?: Codec): Uint8Array | undefined {
	const {answers, reply} = kindOfRule(rule);
	return answers === 'sender' ? reply?.(bytes, anySender, codec) : undefined;
}

/** A text of ASCII, which every encoding can write. */
function asciiIn(text: string, codec: Codec = utf8Codec): Uint8Array {
	const bytes = codec.encode(text);
	return bytes instanceof Uint8Array ? bytes : encodeUtf8(text);
}

/** The rule whose answer is the message itself. */
export const echoRule: ReplyRule = 'echo';

/** The rule of a pane's program: the rules of a file are in no program but this one. */
export function programRule(rule: ReplyRule): NamedRule {
	return rule === fileRule ? 'discard' : rule;
}
