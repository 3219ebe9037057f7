import {type FSWatcher, statSync, watch} from 'node:fs';
import {readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {FaultError} from './file-problem.ts';

/** What follows a file. */
type WatchedFileOptions = {
	readonly file: string;
	/** Hears what is in it, when that is something else than before. What it throws is a problem. */
	readonly onSource: (source: string) => Promise<void>;
	/** The file could not be read, used or watched. */
	readonly onProblem: (error: unknown) => void;
};

/**
The length of a file that another one names.

@throws FaultError where it is longer than `most`, or no regular file: a FIFO or a device may have no end
*/
export function sizeOf(file: string, most: number): number {
	const stats = statSync(file);
	if (!stats.isFile()) {
		throw new FaultError(['notRegular', file]);
	}

	if (stats.size > most) {
		throw new FaultError(['tooLarge', file, stats.size, most]);
	}

	return stats.size;
}

/** A text file that is read now, and again whenever it changes. */
export class WatchedFile {
	readonly #options: WatchedFileOptions;
	#opening: Promise<void> | undefined;
	#watcher: FSWatcher | undefined;
	#source: string | undefined;
	#loading: Promise<void> | undefined;
	#isStale = false;
	#isClosed = false;

	constructor(options: WatchedFileOptions) {
		this.#options = options;
	}

	/** Read the file, and again whenever it changes. Done once; settles when it has been read for the first time. */
	async open(): Promise<void> {
		this.#opening ??= this.#readAndWatch();
		await this.#opening;
	}

	close(): void {
		this.#isClosed = true;
		this.#watcher?.close();
		this.#watcher = undefined;
	}

	async #readAndWatch(): Promise<void> {
		const {file, onProblem} = this.#options;
		await this.#load();
		if (this.#isClosed) {
			return;
		}

		try {
			// An editor may put another file in its place: its folder hears of that.
			this.#watcher = watch(path.dirname(file), {persistent: false}, (_, name) => {
				if (name === null || name === path.basename(file)) {
					void this.#load();
				}
			});
			this.#watcher.on('error', onProblem);
		} catch (error) {
			onProblem(error);
		}
	}

	/** One reading at a time: a change during one has it read once more. */
	async #load(): Promise<void> {
		this.#isStale = true;
		this.#loading ??= this.#loadWhileStale();
		await this.#loading;
	}

	async #loadWhileStale(): Promise<void> {
		while (this.#isStale) {
			this.#isStale = false;
			// eslint-disable-next-line no-await-in-loop -- The next reading may only begin when this one has ended.
			await this.#read();
		}

		this.#loading = undefined;
	}

	async #read(): Promise<void> {
		const {file, onSource, onProblem} = this.#options;
		let source: string | undefined;
		try {
			// A FIFO that nothing writes into would be waited for, also at the program's end; a device may have no end.
			const stats = await stat(file);
			if (!stats.isFile()) {
				throw new FaultError(['notRegular', file]);
			}

			source = await readFile(file, 'utf8');
			if (source === this.#source) {
				return;
			}

			this.#source = source;
			await onSource(source);
		} catch (error) {
			this.#source = source;
			onProblem(error);
		}
	}
}
