import type {Address, Protocol} from '../log/event.ts';
import {type Codec, writtenIn} from '../text/encoding/codec.ts';
import type {Encoding} from '../text/encoding/encoding.ts';
import {FaultError} from '../text/files/file-problem.ts';

/** The peer whose bytes a rule of one's own gets, and all that the rule can do to it. */
export type RulePeer = {
	readonly protocol: Protocol;
	readonly address: Address;
	/** The encoding of the server's text: what texts that are sent are written in. */
	readonly encoding: Encoding;
	/** Send bytes, or a text, to this peer: now, or at any later time while it is there. */
	readonly send: (answer: Uint8Array | string) => void;
	readonly sendToOthers: (message: Uint8Array | string) => void;
	/** TCP: close the connection after what has been written. Nothing in UDP, which has none. */
	readonly close: () => void;
	/** TCP: reset the connection. Nothing in UDP. */
	readonly reset: () => void;
};

/** What a rule of one's own returns: an answer, or nothing. */
type Answer = Uint8Array | string | undefined;

/**
A rule of one's own: what the server does with the payload of a datagram, or with what one read of a byte stream has
returned. What it returns, or what its promise resolves to, is sent to the peer. What it throws is shown.
*/
export type CustomRule = (message: Uint8Array, peer: RulePeer) => Answer | Promise<Answer>;

/** A table of rules that was read: its rule, and how many entries it has. */
export type RuleTable = {readonly rule: CustomRule; readonly entries: number};

/** How long a promise of a rule may take before that is told, in milliseconds. */
export const slowAnswer = 10_000;

/**
The bytes of an answer.

@throws FaultError for anything but bytes and text, and for a text that the encoding cannot write
*/
export function bytesOfAnswer(answer: unknown, codec: Codec): Uint8Array | undefined {
	if (answer === undefined || answer === null) {
		return undefined;
	}

	if (typeof answer === 'string') {
		return writtenIn(codec, answer);
	}

	if (answer instanceof Uint8Array) {
		// A copy: a rule may use its buffer again while the bytes wait, or have transferred it, which throws here.
		return new Uint8Array(answer);
	}

	throw new FaultError(['wrongAnswer', describe(answer)]);
}

/** The rule that a module exports: its default export, or its export `reply`. @throws FaultError for other exports */
export function ruleOfModule(exports: Readonly<Record<string, unknown>>): CustomRule {
	const found = exports.default ?? exports.reply;
	if (typeof found !== 'function') {
		throw new FaultError(found === undefined ? ['noExport'] : ['wrongExport', describe(found)]);
	}

	return found as CustomRule;
}

function describe(value: unknown): string {
	return typeof value === 'object' && value !== null ? value.constructor?.name ?? 'bare object' : typeof value;
}
