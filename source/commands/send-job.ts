/* What `send` sends, once its command line has been read: messages, a file or standard input. */
import path from 'node:path';
import type {Job, Outgoing, SendOptions} from '../headless/sending.ts';
import {fillMessage, widestValues} from '../messages/fill-message.ts';
import {countOf, type SavedSequence, stepsOf} from '../messages/message.ts';
import {type LineEnding, messageEncoding} from '../screen/input/line/draft.ts';
import {toFailure} from '../sockets/failure.ts';
import {openInput, openStandardInput, readWhole} from '../sockets/input.ts';
import {largestDatagramTo} from '../sockets/limits.ts';
import {formatAddress} from '../text/address.ts';
import {codecOf} from '../text/encoding/codec.ts';
import {largestMessage} from '../text/framing.ts';
import {nearest} from '../text/nearest.ts';
import {asError} from '../text/as-error.ts';
import {loadMessages} from './named-files.ts';
import {UsageError} from './tokens.ts';

/** What a command line says, before its file or standard input is opened. */
export type ReadSend = Omit<SendOptions, 'job'> & {
	/** Undefined where a file or standard input is sent. */
	readonly messages: readonly TypedMessage[] | undefined;
	readonly count: number;
	readonly messagesFile: string | undefined;
	/** What typed messages end with, and saved ones where they do not say it themselves. */
	readonly ending: LineEnding;
	readonly file: string | undefined;
};

/** A message as it was typed: its bytes, or the name of a saved one. */
export type TypedMessage = {readonly bytes: Uint8Array} | {readonly name: string};

/** One or more messages that belong together. */
type Entry = {
	/** How many; Infinity where they go on until the program is ended. */
	readonly count: number;
	/** The length of the longest, in bytes. */
	readonly size: number;
	readonly outgoing: () => Iterable<Outgoing>;
	/** The pause before what follows, in milliseconds. */
	readonly pauseAfter?: number | undefined;
};

/**
What is sent: messages, or the file or standard input. These are read to their end where they are one message: in UDP,
and with a framing.

@throws UsageError for what cannot be sent
*/
export async function jobOf(read: ReadSend): Promise<Job> {
	const {protocol, messages, count, file, playground: {connect, framing = 'none'}} = read;
	const isFramed = framing !== 'none';
	if (!messages && protocol === 'tcp' && !isFramed) {
		return {type: 'input', input: await inputOf(file)};
	}

	const most = protocol === 'udp'
		? largestDatagramTo(connect.host)
		: (isFramed ? largestMessage(framing) : Number.POSITIVE_INFINITY);
	const entries = messages ? await entriesOf(messages, read) : [entryOf(await readMessage(file, most))];
	const size = Math.max(...entries.map(entry => entry.size));
	if (size > most) {
		const known = messages ? size : undefined;
		throw new UsageError(protocol === 'udp'
			? ['largeDatagram', formatAddress(connect), most, known]
			: ['largeMessage', framing, most, known]);
	}

	return {
		type: 'messages',
		count: count * entries.reduce((sum, entry) => sum + entry.count, 0),
		messages: allOf(entries, count),
	};
}

function entryOf(bytes: Uint8Array): Entry {
	return {count: 1, size: bytes.length, outgoing: () => [{make: () => bytes}]};
}

function * allOf(entries: readonly Entry[], rounds: number): Generator<Outgoing> {
	let carried: number | undefined;
	for (let round = 0; round < rounds; round++) {
		for (const {outgoing, pauseAfter} of entries) {
			for (const {pause, make} of outgoing()) {
				yield {pause: carried === undefined ? pause : carried + (pause ?? 0), make};
				carried = undefined;
			}

			carried = pauseAfter;
		}
	}
}

async function entriesOf(messages: NonNullable<ReadSend['messages']>, read: ReadSend): Promise<readonly Entry[]> {
	const {messagesFile} = read;
	const saved = messagesFile === undefined ? [] : await loadMessages(messagesFile);
	const counters = new Map<string, number>();
	const folder = path.dirname(messagesFile ?? '');
	return Promise.all(messages.map(async message =>
		'bytes' in message ? entryOf(message.bytes) : savedEntry(savedNamed(message.name, saved), folder, counters, read)));
}

/** @throws UsageError that names what there is */
function savedNamed(name: string, saved: readonly SavedSequence[]): SavedSequence {
	const found = saved.find(sequence => sequence.name === name);
	if (!found) {
		const names = saved.map(sequence => sequence.name);
		throw new UsageError(['noSavedMessage', name, nearest(name.toLowerCase(), names) ?? '', names]);
	}

	return found;
}

/** @param counters - how often each message has been sent, by its name */
async function savedEntry(
	saved: SavedSequence,
	folder: string,
	counters: Map<string, number>,
	{ending: typedEnding, playground}: ReadSend,
): Promise<Entry> {
	const {compileSequence} = await import('../messages/messages-file.ts');
	const encoding = messageEncoding(codecOf(playground.encoding), typedEnding);
	const sequence = await compileSequence(saved, folder, encoding).catch((error: unknown) => {
		throw new UsageError(asError(error), {flag: `@${saved.name}`});
	});
	return {
		count: countOf(sequence) ?? Number.POSITIVE_INFINITY,
		size: Math.max(...sequence.steps.map(({message}) => fillMessage(message, widestValues).length)),
		* outgoing() {
			for (const {message, pause} of stepsOf(sequence)) {
				yield {
					pause,
					make() {
						const counter = (counters.get(message.name) ?? 0) + 1;
						counters.set(message.name, counter);
						return fillMessage(message, {counter, time: Date.now()});
					},
				};
			}
		},
		pauseAfter: sequence.pauseAfter,
	};
}

/** @throws UsageError where it cannot be read, as a directory cannot */
async function readMessage(file: string | undefined, most: number): Promise<Uint8Array> {
	const input = await inputOf(file);
	try {
		return await readWhole(input, most);
	} catch (error) {
		const {code, message} = toFailure(error);
		throw file === undefined ? new UsageError(['standardInput', message, code]) : wrongFile(error);
	}
}

async function inputOf(file: string | undefined): ReturnType<typeof openInput> {
	if (file === undefined) {
		return openStandardInput();
	}

	try {
		return await openInput(file);
	} catch (error) {
		throw wrongFile(error);
	}
}

function wrongFile(error: unknown): UsageError {
	return new UsageError(asError(error), {flag: '--file'});
}
