/* The built-in lessons: files beside this module, here and in the bundle, read when they are asked for. */
import {readdir, readFile} from 'node:fs/promises';
import {BrokenFile} from '../text/files/file-problem.ts';
import type {Lesson} from './lesson.ts';
import {parseLesson, parseTitle, type Vocabulary} from './parse-lesson.ts';

const folder = new URL('chapter/', import.meta.url);

/** The file of a lesson is named by its place in the textbook's order and its id: `03-udp-loss.yaml`. */
const fileName = /^\d+-([a-z\d-]+)\.yaml$/;

/** The ids of the built-in lessons, in the textbook's order. */
export async function lessonIds(): Promise<readonly string[]> {
	const files = await lessonFiles();
	return files.map(([id]) => id);
}

/** The titles of the built-in lessons by their ids, in the textbook's order: a list needs nothing else of them. */
export async function lessonTitles(): Promise<ReadonlyArray<readonly [id: string, title: Lesson['title']]>> {
	const files = await lessonFiles();
	return Promise.all(files.map(async ([id, file]) =>
		[id, parseTitle(await readFile(new URL(file, folder), 'utf8'))] as const));
}

/** A built-in lesson by its id; undefined where there is none. */
export async function loadLesson(id: string, vocabulary: Vocabulary): Promise<Lesson | undefined> {
	const files = new Map(await lessonFiles());
	const file = files.get(id);
	return file === undefined ? undefined : readLesson(file, vocabulary);
}

/** All built-in lessons, in the textbook's order. */
export async function loadLessons(vocabulary: Vocabulary): Promise<readonly Lesson[]> {
	const files = await lessonFiles();
	return Promise.all(files.map(async ([, file]) => readLesson(file, vocabulary)));
}

async function lessonFiles(): Promise<ReadonlyArray<readonly [string, string]>> {
	const files = await readdir(folder);
	return files.toSorted().flatMap(file => {
		const [, id] = fileName.exec(file) ?? [];
		return id === undefined ? [] : [[id, file] as const];
	});
}

async function readLesson(file: string, vocabulary: Vocabulary): Promise<Lesson> {
	const read = parseLesson(await readFile(new URL(file, folder), 'utf8'), vocabulary);
	if ('problems' in read) {
		// A fault of the program.
		throw new BrokenFile(file, read.problems);
	}

	return read.lesson;
}
