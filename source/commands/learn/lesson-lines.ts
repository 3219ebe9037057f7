import {print} from '../../headless/output.ts';
import {lessonTitles} from '../../lessons/chapter.ts';
import type {Lesson} from '../../lessons/lesson.ts';
import type {Words} from '../../screen/words/words.ts';
import {visibleLine} from '../../text/width/visible.ts';
import {UsageError} from '../tokens.ts';
import {
	lessonWords, readLessonFile, splitWords, tellingBroken, wordsAsked,
} from './lesson-words.ts';

/**
List the lessons as text, or check a file. Settles with the exit code.

@param lineFlags - the flags of `learn` that ask for that, by their names
*/
export async function writeLessons(
	argv: readonly string[],
	lineFlags: readonly [list: string, check: string],
): Promise<number> {
	const [, forFile] = lineFlags;
	return tellingBroken(argv, async () => {
		const {lesson, flags} = splitWords(argv, lineFlags);
		if (flags.has(forFile)) {
			return check(lesson, wordsAsked(argv));
		}

		if (lesson !== undefined) {
			throw new UsageError(['argument', lesson]);
		}

		const {options: {words}} = lessonWords(argv, lineFlags);
		return print(listOf(await lessonTitles(), words.comments));
	});
}

async function check(file: string | undefined, {lessons}: Words): Promise<number> {
	if (file === undefined) {
		throw new UsageError(['noLessonFile']);
	}

	const {id, steps, languages} = await readLessonFile(file);
	return print(`${visibleLine(file)}: ${lessons.checked(id, steps.length, languages)}\n`);
}

function listOf(lessons: ReadonlyArray<readonly [id: string, title: Lesson['title']]>, language: 'en' | 'ko'): string {
	const width = Math.max(0, ...lessons.map(([id]) => id.length));
	return lessons.map(([id, title]) => `${id.padEnd(width)}  ${title[language] ?? Object.values(title)[0] ?? ''}\n`).join('');
}
