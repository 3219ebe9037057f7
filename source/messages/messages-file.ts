import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {type Codec, type Unwritable, writtenIn} from '../text/encoding/codec.ts';
import {BrokenFile, type FileProblem, problemsOf} from '../text/files/file-problem.ts';
import {sizeOf, WatchedFile} from '../text/files/watched-file.ts';
import {fillMessage, widestValues} from './fill-message.ts';
import type {
	Message, MessagePart, SavedMessage, SavedSequence, Sequence,
} from './message.ts';

/** The largest file that a message is, in bytes. */
const largestFile = 16 * 1024 * 1024;

/** How the messages of a pane, or of a command, are written. */
export type MessageEncoding = {
	readonly codec: Codec;
	/** The bytes of a text, with its escapes resolved; or what the encoding does not have. */
	readonly encode: (text: string) => Uint8Array | Unwritable;
	readonly characterBytes: Message['characterBytes'];
	/** The bytes of an ending by its name; without one, what typed messages end with. */
	readonly ending: (name: string | undefined) => Uint8Array;
};

/** What a file of messages has, and what is wrong with it now, where that could not be used. */
export type MessagesNews = {
	readonly path: string;
	/** The name of the file, without its folders. */
	readonly file: string;
	readonly sequences: readonly SavedSequence[];
	readonly problems: readonly FileProblem[];
};

/**
Read a file of saved messages.

@param endings - the names of what messages can end with
@throws Error for a file that cannot be read or used: each problem on a line of its own, `file:line:column: message`
*/
export async function readMessages(file: string, endings: readonly string[]): Promise<readonly SavedSequence[]> {
	return messagesOf(file, await readFile(file, 'utf8'), endings);
}

async function messagesOf(file: string, source: string, endings: readonly string[]): Promise<readonly SavedSequence[]> {
	// It brings a parser of YAML with it, which no start should wait for.
	const {parseMessages} = await import('./parse-messages.ts');
	const folder = path.dirname(file);
	const read = parseMessages(source, {endings, sizeOf: name => sizeOf(path.resolve(folder, name), largestFile)});
	if ('problems' in read) {
		throw new BrokenFile(path.basename(file), read.problems);
	}

	return read;
}

/** A file of saved messages that is read again when it changes. What cannot be used leaves what was there before. */
export class MessagesFile {
	readonly path: string;
	/** What it has; undefined until it has been read for the first time. */
	news: MessagesNews | undefined;
	readonly #watched: WatchedFile;
	readonly #onNews: (news: MessagesNews) => void;

	constructor(file: string, endings: readonly string[], onNews: (news: MessagesNews) => void) {
		this.path = path.resolve(file);
		this.#onNews = onNews;
		this.#watched = new WatchedFile({
			file: this.path,
			onSource: async source => {
				this.#publish(await messagesOf(this.path, source, endings), []);
			},
			onProblem: error => {
				this.#publish(this.news?.sequences ?? [], problemsOf(error));
			},
		});
	}

	/** Read it, and again whenever it changes. */
	async open(): Promise<void> {
		await this.#watched.open();
	}

	#publish(sequences: readonly SavedSequence[], problems: readonly FileProblem[]): void {
		this.news = {
			path: this.path, file: path.basename(this.path), sequences, problems,
		};
		this.#onNews(this.news);
	}
}

/**
A sequence as it can be sent: its texts encoded, its files read.

@param folder - the folder of the file that it stands in
@throws the system's error for a file that cannot be read; FaultError for a length that there is no room for, and for
what the encoding does not have
*/
export async function compileSequence(
	sequence: SavedSequence,
	folder: string,
	encoding: MessageEncoding,
): Promise<Sequence> {
	const compiled = new Map<SavedMessage, Message>();
	for (const {message} of sequence.steps) {
		if (!compiled.has(message)) {
			// eslint-disable-next-line no-await-in-loop -- Most have no file to read.
			const written = await compileMessage(message, folder, encoding);
			// In the encoding a length may need more room than in UTF-8.
			fillMessage(written, widestValues);
			compiled.set(message, written);
		}
	}

	return {
		...sequence,
		steps: sequence.steps.flatMap(({message, pause}) => {
			const found = compiled.get(message);
			return found ? [{message: found, pause}] : [];
		}),
	};
}

async function compileMessage(
	{name, parts, ending, isText}: SavedMessage,
	folder: string,
	{encode, characterBytes, ending: endingOf}: MessageEncoding,
): Promise<Message> {
	return {
		name,
		parts: await Promise.all(parts.map(async (part): Promise<MessagePart> => {
			switch (part.type) {
				case 'text': {
					return {type: 'bytes', bytes: writtenIn({encode}, part.text)};
				}

				case 'file': {
					const file = path.resolve(folder, part.path);
					sizeOf(file, largestFile);
					return {type: 'bytes', bytes: await readFile(file)};
				}

				default: {
					return part;
				}
			}
		})),
		// Bytes are sent as they are, as those that are typed.
		ending: isText || ending !== undefined ? endingOf(ending) : new Uint8Array(),
		characterBytes: isText ? characterBytes : 1,
	};
}
