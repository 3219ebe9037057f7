import path from 'node:path';
import type {Command} from '../../engine/api/command.ts';
import type {SentCommand} from '../../engine/client.ts';
import {encodeUtf8} from '../../text/encoding/utf8.ts';
import {openRun} from '../state/learning.ts';
import {reportText, saveLesson} from './lesson-report.ts';
import type {SaveInput} from './save-view.ts';

/** What is saved from: the screen as it was when the key was pressed, and the engine. */
type FilesInput = Omit<SaveInput, 'scene'> & {readonly execute: (command: Command) => SentCommand};

/** Save the report of the open lesson, and first the log that it names. @returns what is to be said of it */
export async function saveLessonFiles(input: FilesInput): Promise<string> {
	const {state, read, execute, words} = input;
	const view = await read({type: 'lesson-report', language: words.comments});
	const report = view?.type === 'lesson-report' ? view.report : undefined;
	if (!report) {
		return words.lessons.noReport;
	}

	const protocols = openRun(state.learning)?.protocols ?? [];
	const files = await saveLesson(report, protocols.flatMap(name => state.scenes[name] ?? []), input);
	const log = await execute({type: 'save', what: {type: 'file', ...files.log}}).answer;
	if (log.refusal) {
		return words.refusal(log.refusal);
	}

	// A file of that name may have been there: the report names the one that was written.
	const name = path.basename(log.saved ?? files.log.name);
	const contents = encodeUtf8(reportText(report, name, words));
	const {saved = '', refusal} = await execute({
		type: 'save', what: {type: 'file', name: files.report.name, contents},
	}).answer;
	return refusal ? words.refusal(refusal) : words.lessons.saved(`${saved}, ${name}`);
}
