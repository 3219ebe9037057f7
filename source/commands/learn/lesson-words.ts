import {readFile} from 'node:fs/promises';
import {complain} from '../../headless/complain.ts';
import {exitCodes} from '../../headless/exit-code.ts';
import type {Lesson} from '../../lessons/lesson.ts';
import {parseLesson} from '../../lessons/parse-lesson.ts';
import {lessonVocabulary} from '../../screen/input/vocabulary.ts';
import {languageAsked} from '../../screen/words/language.ts';
import {type Words, wordsOf} from '../../screen/words/words.ts';
import {asError} from '../../text/as-error.ts';
import {BrokenFile, errorText} from '../../text/files/file-problem.ts';
import {sizeOf} from '../../text/files/watched-file.ts';
import {visibleLine} from '../../text/width/visible.ts';
import {knownFlags, type Options, readOptions} from '../options.ts';
import {
	dashed, type Flags, switchFlag, tokensOf, UsageError,
} from '../tokens.ts';

/** The lesson that is named, and the options of the screen. @throws UsageError for a wrong one */
export function lessonWords(argv: readonly string[], lineFlags: readonly string[]): {
	readonly lesson: string | undefined; readonly options: Options;
} {
	const {lesson, others} = splitWords(argv, lineFlags);
	const before = ['learn', ...(lesson === undefined ? [] : [lesson])];
	return {lesson, options: readOptions(others, process.env, {own: switchesOf(lineFlags), before})};
}

function switchesOf(names: readonly string[]): Flags {
	return Object.fromEntries(names.map(name => [name, switchFlag('')]));
}

/** What is wrong with a file of a lesson is said, and the exit code is that of a wrong command line. */
export async function tellingBroken(argv: readonly string[], work: () => Promise<number>): Promise<number> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof BrokenFile)) {
			throw error;
		}

		complain(`${errorText(error, wordsAsked(argv).faults)}\n`);
		return exitCodes.usage;
	}
}

export function wordsAsked(argv: readonly string[]): Words {
	return wordsOf(languageAsked(argv, process.env));
}

/** The lesson that is named, the flags that are given, and the words without the lesson and those of its own. */
export function splitWords(argv: readonly string[], lineFlags: readonly string[]): {
	readonly lesson: string | undefined;
	readonly flags: ReadonlySet<string>;
	readonly others: readonly string[];
} {
	const tokens = tokensOf(argv, {...knownFlags, ...switchesOf(lineFlags)});
	for (const token of tokens) {
		if (token.type === 'flag' && lineFlags.includes(token.name) && token.value !== undefined) {
			throw new UsageError(['noValue', dashed(token.name), token.value]);
		}
	}

	const [lesson, second] = tokens.flatMap(token => token.type === 'argument' ? [token.text] : []);
	// Behind an option that there is not, what is no lesson may be its value.
	if (second !== undefined && tokens.every(({type}) => type !== 'unknown')) {
		throw new UsageError(['twoLessons', second]);
	}

	const at = lesson === undefined ? -1 : argv.lastIndexOf(lesson);
	const own = new Set(lineFlags.map(name => dashed(name)));
	return {
		lesson,
		flags: new Set(tokens.flatMap(token => token.type === 'flag' ? token.name : [])),
		others: argv.filter((word, index) => index !== at && !own.has(word)),
	};
}

/** Whether a word is a file's name: an id has neither a dot nor a slash. */
export function isLessonFile(name: string): boolean {
	return /[./\\]/.test(name);
}

/** @throws UsageError where it cannot be read, BrokenFile where something is wrong with it */
export async function readLessonFile(file: string): Promise<Lesson> {
	let source: string;
	try {
		sizeOf(file, Number.POSITIVE_INFINITY);
		source = await readFile(file, 'utf8');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		throw new UsageError(code === undefined ? asError(error) : ['unreadable', file, code]);
	}

	const read = parseLesson(source, lessonVocabulary);
	if ('problems' in read) {
		throw new BrokenFile(visibleLine(file), read.problems);
	}

	return read.lesson;
}
