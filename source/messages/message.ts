/** Messages and sequences that were saved under names, as plain data. */
import type {ChecksumName} from './checksums.ts';

/** How a value is written: as digits in ASCII, with a least number of places, or as a number of a fixed size. */
export type FieldFormat
	= | {readonly type: 'decimal'; readonly places: number}
		| {readonly type: 'hexadecimal'; readonly places: number; readonly isUpper: boolean}
		| {readonly type: 'binary'; readonly bytes: number; readonly isLittle: boolean}
	/** A time as ISO 8601 has it, in UTC, with milliseconds. */
		| {readonly type: 'iso'};

export type MessageField = {
	readonly type: 'field';
	readonly value: 'counter' | 'seconds' | 'milliseconds' | 'length' | ChecksumName;
	readonly format: FieldFormat;
	readonly plus: number;
	/** The placeholder as it is written in the file. */
	readonly written: string;
};

/** Where lengths and checksums begin, or end, to count. */
type MessageMark = {readonly type: 'mark'; readonly mark: 'start' | 'end'};

/** A part of a message that can be sent: bytes, or what is filled in. */
export type MessagePart = {readonly type: 'bytes'; readonly bytes: Uint8Array} | MessageField | MessageMark;

/** A message that can be sent; its counter is that of its name. */
export type Message = {
	readonly name: string;
	readonly parts: readonly MessagePart[];
	/** What it ends with, which no length counts. */
	readonly ending: Uint8Array;
	/** How many bytes each character of what is filled in has, the first of which is it in ASCII: 2 in UTF-16LE. */
	readonly characterBytes: 1 | 2;
};

/** A message, and the pause before it, in milliseconds; undefined where none was asked for. */
export type Step<M = Message> = {readonly message: M; readonly pause: number | undefined};

/** What is sent by one name: a message, or a sequence of them. */
export type Sequence<M = Message> = {
	readonly name: string;
	/** Whether it is a sequence, even one of a single message. */
	readonly isSequence: boolean;
	readonly steps: ReadonlyArray<Step<M>>;
	/** The pause after the last step, before the first of the next round; undefined where none was asked for. */
	readonly pauseAfter: number | undefined;
	/** How often; undefined until it is stopped. */
	readonly rounds: number | undefined;
};

/** The name of a message that stands in a sequence itself: no name of the file has a slash. */
export function inlineName(sequence: string, place: number): string {
	return `${sequence}/${place}`;
}

/** Whether a message has such a name. */
export function isInline(name: string): boolean {
	return name.includes('/');
}

/** A message as the file has it: its texts are not in any encoding yet, and its file is not read. */
export type SavedMessage = {
	readonly name: string;
	readonly parts: ReadonlyArray<
		MessagePart | {readonly type: 'text'; readonly text: string} | {readonly type: 'file'; readonly path: string; readonly size: number}
	>;
	/** The name of what it ends with; undefined where that is as for typed messages. */
	readonly ending: string | undefined;
	/** Whether it is a text, which is typed, and not bytes. */
	readonly isText: boolean;
};

/** A message or sequence as the file has it. */
export type SavedSequence = Sequence<SavedMessage>;

/** How many messages a sequence has; undefined where it goes on until it is stopped. */
export function countOf({steps, rounds}: Sequence<unknown>): number | undefined {
	return rounds === undefined ? undefined : steps.length * rounds;
}

/** The steps of a sequence, round after round. The pause before each is that after the one before it, too. */
export function * stepsOf<M>({steps, rounds = Number.POSITIVE_INFINITY, pauseAfter}: Sequence<M>): Generator<Step<M>> {
	for (let round = 0; round < rounds; round++) {
		for (const [index, step] of steps.entries()) {
			const isNext = round > 0 && index === 0 && pauseAfter !== undefined;
			yield isNext ? {...step, pause: pauseAfter + (step.pause ?? 0)} : step;
		}
	}
}

/** A message alone. */
export function ofMessage(message: SavedMessage): SavedSequence {
	return {
		name: message.name, isSequence: false, steps: [{message, pause: undefined}], pauseAfter: undefined, rounds: 1,
	};
}
