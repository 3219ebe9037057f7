import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {exitCodes} from '../headless/exit-code.ts';
import {print} from '../headless/output.ts';
import {lessonIds, loadLesson, loadLessons} from '../lessons/chapter.ts';
import type {Lesson} from '../lessons/lesson.ts';
import {parseLesson} from '../lessons/parse-lesson.ts';
import type {LessonStart} from '../screen/state/learning.ts';
import {lessonVocabulary} from '../screen/input/keys.ts';
import {nearest} from '../text/nearest.ts';
import {visibleLine} from '../text/width/visible.ts';
import {BrokenFile, errorText} from '../text/files/file-problem.ts';
import {languageAsked} from '../screen/words/language.ts';
import {type Words, wordsOf} from '../screen/words/words.ts';
import {knownFlags, readOptions} from './options.ts';
import {openScreen} from './open-screen.ts';
import {
	type Flags, switchFlag, tokensOf, UsageError,
} from './tokens.ts';

/** What `learn` alone has beside the screen's options. */
const switches = {
	list: switchFlag('the lessons, one per line'), check: switchFlag('what is wrong with a file'),
} as const satisfies Flags;

/** The flags with which it opens no screen. */
export const lineFlags = Object.keys(switches);

/** Open the list of lessons, or one of them; list them as text; or check a file. Settles with the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
	const {lesson, isList, isCheck, options} = splitWords(argv);
	try {
		if (isCheck) {
			return await check(lesson, wordsAsked(argv));
		}

		// A wrong option is told before a lesson is read.
		const {words} = readOptions(options, process.env, ['learn', ...(lesson === undefined ? [] : [lesson])]);
		if (isList) {
			const lessons = await loadLessons(lessonVocabulary);
			return await print(listOf(lessons, words.comments));
		}

		return await openScreen({argv: options, lesson: lesson === undefined ? 'list' : await startOf(lesson)});
	} catch (error) {
		if (!(error instanceof BrokenFile)) {
			throw error;
		}

		process.stderr.write(`${errorText(error, wordsAsked(argv).faults)}\n`);
		return exitCodes.usage;
	}
}

function wordsAsked(argv: readonly string[]): Words {
	return wordsOf(languageAsked(argv, process.env));
}

/** The lesson that is named, the switches of `learn`, and the options of the screen. */
function splitWords(argv: readonly string[]): {
	readonly lesson: string | undefined;
	readonly isList: boolean;
	readonly isCheck: boolean;
	readonly options: readonly string[];
} {
	const tokens = tokensOf(argv, {...knownFlags, ...switches});
	const [lesson, second] = tokens.flatMap(token => token.type === 'argument' ? [token.text] : []);
	// Behind an option that there is not, what is no lesson may be its value.
	if (second !== undefined && tokens.every(({type}) => type !== 'unknown')) {
		throw new UsageError(['twoLessons', second]);
	}

	const has = (name: keyof typeof switches): boolean =>
		tokens.some(token => token.type === 'flag' && token.name === name && !token.isNegated);
	const at = lesson === undefined ? -1 : argv.lastIndexOf(lesson);
	const own = new Set(Object.keys(switches).map(name => `--${name}`));
	return {
		lesson,
		isList: has('list'),
		isCheck: has('check'),
		options: argv.filter((word, index) => index !== at && !own.has(word)),
	};
}

async function check(file: string | undefined, {lessons}: Words): Promise<number> {
	if (file === undefined) {
		throw new UsageError(['noLessonFile']);
	}

	const {id, steps, languages} = await readLessonFile(file);
	return print(`${visibleLine(file)}: ${lessons.checked(id, steps.length, languages)}\n`);
}

/** A built-in lesson by its id, or the lesson of a file. */
async function startOf(name: string): Promise<LessonStart> {
	const lesson = isFile(name) ? undefined : await loadLesson(name, lessonVocabulary);
	if (lesson) {
		return {lesson};
	}

	if (isFile(name)) {
		return {lesson: await readLessonFile(name), file: path.resolve(name)};
	}

	const ids = await lessonIds();
	throw new UsageError(['noLesson', name, nearest(name, ids) ?? '', ids]);
}

/** Whether a word is a file's name: an id has neither a dot nor a slash. */
function isFile(name: string): boolean {
	return /[./\\]/.test(name);
}

async function readLessonFile(file: string): Promise<Lesson> {
	let source: string;
	try {
		source = await readFile(file, 'utf8');
	} catch (error) {
		throw new UsageError(['unreadable', file, (error as NodeJS.ErrnoException).code ?? String(error)]);
	}

	const read = parseLesson(source, lessonVocabulary);
	if ('problems' in read) {
		throw new BrokenFile(visibleLine(file), read.problems);
	}

	return read.lesson;
}

/** The lessons, one a line: the id, and the title. */
function listOf(lessons: readonly Lesson[], language: 'en' | 'ko'): string {
	const width = Math.max(0, ...lessons.map(({id}) => id.length));
	return lessons.map(({id, title}) => `${id.padEnd(width)}  ${title[language] ?? Object.values(title)[0] ?? ''}\n`).join('');
}
