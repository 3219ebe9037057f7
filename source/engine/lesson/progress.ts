import {
	existsSync, readFileSync, renameSync,
} from 'node:fs';
import {mkdir, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import type {LessonProgress, ProgressProblem} from '../api/lesson.ts';

const fileName = 'lessons.json';

/** The folder that settings of this program are kept in on this platform. */
function defaultFolder(): string {
	return envPaths('socket-playground', {suffix: ''}).config;
}

/** How far each lesson is, kept in a file from one start of the program to the next. */
export class Progress {
	readonly #file: string;
	#all: Record<string, LessonProgress> = {};
	#problem: ProgressProblem | undefined;
	#isWritable = true;
	#hasToldUnwritable = false;
	/** Writes are one after the other, and only the newest of those that wait is done. */
	#writing: Promise<void> | undefined;
	#isStale = false;
	readonly #onChange: () => void;

	/** @param folder - undefined for the platform's own */
	constructor(folder: string | undefined, onChange: () => void) {
		this.#file = path.join(folder ?? defaultFolder(), fileName);
		this.#onChange = onChange;
		this.#read();
	}

	/** By the id of a built-in lesson, or the path of a file. */
	get all(): Readonly<Record<string, LessonProgress>> {
		return this.#all;
	}

	get problem(): ProgressProblem | undefined {
		return this.#problem;
	}

	forgetProblem(): void {
		this.#problem = undefined;
	}

	set(key: string, progress: LessonProgress): void {
		this.#all = {...this.#all, [key]: progress};
		this.#isStale = true;
		if (this.#isWritable) {
			this.#writing ??= this.#write();
		}
	}

	/** Settles when what is to be kept has been written, or could not be. */
	async settle(): Promise<void> {
		await this.#writing;
	}

	#read(): void {
		let text: string;
		try {
			text = readFileSync(this.#file, 'utf8');
		} catch (error) {
			const code = codeOf(error);
			if (code !== 'ENOENT') {
				// A file that cannot be read is not replaced either.
				this.#isWritable = false;
				this.#problem = {type: 'unreadable', file: this.#file, code};
			}

			return;
		}

		const read = parseProgress(text);
		if (read) {
			this.#all = read;
			return;
		}

		const keptAs = freeName(this.#file);
		try {
			renameSync(this.#file, keptAs);
			this.#problem = {type: 'broken', file: this.#file, keptAs};
		} catch (error) {
			this.#isWritable = false;
			this.#problem = {type: 'unwritable', file: this.#file, code: codeOf(error)};
		}
	}

	async #write(): Promise<void> {
		try {
			await mkdir(path.dirname(this.#file), {recursive: true});
			while (this.#isStale) {
				this.#isStale = false;
				// A program that is ended in the middle of it leaves the old file whole.
				const temporary = `${this.#file}.${process.pid}`;
				await writeFile(temporary, `${JSON.stringify({version: 1, lessons: this.#all}, undefined, '\t')}\n`); // eslint-disable-line no-await-in-loop -- One after the other.
				await rename(temporary, this.#file); // eslint-disable-line no-await-in-loop -- When that is whole.
			}
		} catch (error) {
			if (!this.#hasToldUnwritable) {
				this.#hasToldUnwritable = true;
				this.#problem = {type: 'unwritable', file: this.#file, code: codeOf(error)};
				this.#onChange();
			}
		} finally {
			this.#writing = undefined;
		}
	}
}

function codeOf(error: unknown): string {
	return (error as NodeJS.ErrnoException).code ?? String(error);
}

/** A name beside the file's that no file has: `lessons.broken.json`, `lessons.broken-2.json`. */
function freeName(file: string): string {
	const {dir, name, ext} = path.parse(file);
	for (let number = 1; ; number++) {
		const free = path.join(dir, `${name}.broken${number === 1 ? '' : `-${number}`}${ext}`);
		if (!existsSync(free)) {
			return free;
		}
	}
}

/** What a file says; undefined where it is none of this program's. */
function parseProgress(text: string): Record<string, LessonProgress> | undefined {
	try {
		const {lessons} = JSON.parse(text) as {readonly lessons?: unknown};
		if (typeof lessons !== 'object' || lessons === null || Array.isArray(lessons)) {
			return undefined;
		}

		const all = Object.entries(lessons);
		return all.every(([, lesson]) => isProgress(lesson))
			? Object.fromEntries(all as Array<[string, LessonProgress]>)
			: undefined;
	} catch {
		return undefined;
	}
}

function isProgress(value: unknown): value is LessonProgress {
	const {step, done, count} = (value ?? {}) as Partial<Record<keyof LessonProgress, unknown>>;
	return isCount(step) && isCount(count) && Array.isArray(done) && done.every(number => isCount(number));
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}
