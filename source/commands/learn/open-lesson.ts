import path from 'node:path';
import type {EngineClient} from '../../engine/client.ts';
import {lessonIds, loadLesson} from '../../lessons/chapter.ts';
import {lessonVocabulary} from '../../screen/input/vocabulary.ts';
import type {LessonStart} from '../../screen/state/learning.ts';
import {nearest} from '../../text/nearest.ts';
import {openPlayground} from '../open-screen.ts';
import {UsageError} from '../tokens.ts';
import {
	isLessonFile, lessonWords, readLessonFile, tellingBroken,
} from './lesson-words.ts';

/** Open the screen with the list of lessons, or with the one that is named. Settles with the exit code. */
export async function openLesson(
	argv: readonly string[],
	lineFlags: readonly string[],
	engine: EngineClient | undefined,
): Promise<number> {
	return tellingBroken(argv, async () => {
		// A wrong option is told before a lesson is read.
		const {lesson, options} = lessonWords(argv, lineFlags);
		return openPlayground(options, {lesson: lesson === undefined ? 'list' : await startOf(lesson), engine});
	});
}

/** A built-in lesson by its id, or the lesson of a file. */
async function startOf(name: string): Promise<LessonStart> {
	if (isLessonFile(name)) {
		return {lesson: await readLessonFile(name), file: path.resolve(name)};
	}

	const lesson = await loadLesson(name, lessonVocabulary);
	if (lesson) {
		return {lesson};
	}

	const ids = await lessonIds();
	throw new UsageError(['noLesson', name, nearest(name, ids) ?? '', ids]);
}
