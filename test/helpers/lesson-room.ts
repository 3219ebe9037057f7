import type {ExecutionContext} from 'ava';
import type {CommandAnswer, PlaygroundOptions} from '../../source/engine/api/command.ts';
import type {
	LessonCommand, LessonReport, LessonRunView, LessonView,
} from '../../source/engine/api/lesson.ts';
import type {FilledText} from '../../source/lessons/fill-template.ts';
import {payloadText} from '../../source/screen/overlays/lessons/panel-text.ts';
import {byType} from '../../source/text/by-type.ts';
import type {Lesson, LessonLanguage} from '../../source/lessons/lesson.ts';
import {formatProblems} from '../../source/text/files/file-problem.ts';
import {parseLesson} from '../../source/lessons/parse-lesson.ts';
import {lessonVocabulary} from '../../source/screen/input/vocabulary.ts';
import {PlaygroundRoom} from './playground-room.ts';
import {temporaryFolder} from './temporary-folder.ts';

/** The lesson of a file's text, which must have nothing wrong in it. */
export function lessonOf(source: string): Lesson {
	const read = parseLesson(source, lessonVocabulary);
	if ('problems' in read) {
		throw new Error(formatProblems('lesson.yaml', read.problems));
	}

	return read.lesson;
}

/** A lesson in English with one client of UDP and these steps; each is the YAML of its keys. */
export function lessonWith(steps: readonly string[], scene = 'protocol: udp, clients: 1', id = 'a-lesson'): Lesson {
	return lessonOf([
		`id: ${id}`,
		'title: {en: A lesson}',
		`scene: {${scene}}`,
		'steps:',
		...steps.map(step => step.trim().split('\n').map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`).join('\n')),
	].join('\n'));
}

/** A step of which only the condition of its check matters. */
export function stepFor(condition: string, others = ''): string {
	return `
text: {en: Do it.}
checks:
  - when: ${condition}
explain: {en: Done.}
${others}`;
}

/** A text as one line, a key as its command's name in angle brackets. */
export function plainText(text: FilledText | undefined): string | undefined {
	return text?.map(part => byType(part, {
		key: ({key}) => `<${key}>`,
		payload: payload => payloadText(payload),
		value: ({text}) => text,
		text: ({text}) => text,
	})).join('');
}

/** A playground with lessons, whose progress is kept in a folder of its own. */
export class LessonRoom extends PlaygroundRoom {
	readonly folder: string;

	constructor(folder: string, options: Partial<PlaygroundOptions> = {}) {
		super({progressFolder: folder, ...options}, {step: 0, timeout: 300});
		this.folder = folder;
	}

	view(language: LessonLanguage = 'en'): LessonView {
		const view = this.playground.view({type: 'lesson', language});
		if (view?.type !== 'lesson') {
			throw new Error(JSON.stringify(view));
		}

		return view;
	}

	/** The lesson that is open. */
	run(language: LessonLanguage = 'en'): LessonRunView {
		const {run} = this.view(language);
		if (!run) {
			throw new Error('No lesson is open');
		}

		return run;
	}

	report(language: LessonLanguage = 'en'): LessonReport {
		const view = this.playground.view({type: 'lesson-report', language});
		if (view?.type !== 'lesson-report' || !view.report) {
			throw new Error(JSON.stringify(view));
		}

		return view.report;
	}

	async start(lesson: Lesson, others: Partial<Extract<LessonCommand, {type: 'start-lesson'}>> = {}): Promise<CommandAnswer> {
		return this.playground.execute({type: 'start-lesson', lesson, ...others});
	}

	/** Settles when all checks of the step are ticked. */
	async done(): Promise<LessonRunView> {
		return this.until(() => this.run().phase === 'explaining' && this.run(), 'a step that is done');
	}

	/** Send from the first client of a scene, and wait until the server's answer has come. */
	async exchange(text: string, scene: 'udp' | 'tcp' = 'udp', place = 0): Promise<void> {
		const {pane, received} = this.client(scene, place);
		await this.send(pane, text);
		await this.until(() => this.client(scene, place).received.count > received.count, `an answer to ${text}`);
	}
}

/** A playground with a lesson open, closed with the test. */
export async function openLesson(
	t: ExecutionContext,
	lesson: Lesson,
	options: Partial<PlaygroundOptions> = {},
): Promise<LessonRoom> {
	const room = new LessonRoom(await temporaryFolder(t), options);
	t.teardown(async () => room.playground.close());
	await room.start(lesson);
	return room;
}
