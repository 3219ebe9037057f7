/* What is handed in at the end of a lesson: its report as Markdown, and the log of its scenes as text. */
import path from 'node:path';
import type {LessonReport, StepReport} from '../../engine/api/lesson.ts';
import type {FilledText} from '../../lessons/fill-template.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import {shortDuration} from '../../text/quantities.ts';
import {timeOfDay} from '../../text/time-of-day.ts';
import {keyBindings, keyOf} from '../input/keys.ts';
import {payloadText, piecesOf} from '../overlays/lessons/panel-text.ts';
import {focusRing} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {Command} from '../../engine/api/command.ts';
import type {SentCommand} from '../../engine/client.ts';
import {encodeUtf8} from '../../text/encoding/utf8.ts';
import {openRun} from '../state/learning.ts';
import {byType} from '../../text/by-type.ts';
import {localTime} from './scene-head.ts';
import {type SaveInput, saveView} from './save-view.ts';
import type {TextFile} from './saved-scene.ts';

/** The report, and the log that it names. */
export async function saveLesson(
	report: LessonReport,
	scenes: readonly SceneView[],
	input: Omit<SaveInput, 'scene'>,
): Promise<{readonly report: TextFile; readonly log: TextFile}> {
	const {words, state} = input;
	const chunks: Uint8Array[] = [];
	for (const scene of scenes) {
		const panes = focusRing(scene);
		if (panes.length > 0) {
			// All that the panes have as messages, whatever they show now.
			const {contents} = await saveView({type: 'panes', panes}, {...input, scene, state: {...state, panes: new Map()}}); // eslint-disable-line no-await-in-loop -- One scene stands beneath the other.
			chunks.push(contents);
		}
	}

	const name = `socket-playground-lesson-${report.id}`;
	const log = {name: `${name}.txt`, contents: Buffer.concat(chunks)};
	return {report: {name: `${name}.md`, contents: Buffer.from(reportText(report, log.name, words))}, log};
}

export function reportText(report: LessonReport, log: string, {lessonReport: words}: Words): string {
	const {title, startedAt, endedAt, seeds, steps, count, done} = report;
	const outcomes = new Map(steps.map(({step, outcome}) => [step, outcome]));
	const all = Array.from({length: count}, (_, step) => step);
	const undone = all.filter(step => !done.includes(step));
	/** A line that lists steps, where there are any. */
	const listed = (label: string, some: readonly number[]): string[] =>
		some.length === 0 ? [] : [`- ${label}: ${some.map(step => step + 1).join(', ')}`];
	return [
		`# ${words.title(title)}`,
		'',
		`- ${words.started}: ${localTime(new Date(startedAt))}`,
		`- ${words.ended}: ${endedAt === undefined ? words.notEnded : localTime(new Date(endedAt))}`,
		`- ${words.done}: ${words.ofSteps(done.length, count)}`,
		...listed(words.earlier, done.filter(step => outcomes.get(step) !== 'done')),
		...listed(words.skipped, undone.filter(step => outcomes.get(step) === 'skipped')),
		...listed(words.notDone, undone.filter(step => outcomes.get(step) !== 'skipped')),
		`- ${words.seed}: ${seeds.map(({protocol, seed}) => `${protocol.toUpperCase()} ${seed}`).join(', ')}`,
		`- ${words.log}: ${code(log)}`,
		'',
		...steps.flatMap(step => [...stepLines(step, words), '']),
	].join('\n');
}

function stepLines(step: StepReport, words: Words['lessonReport']): string[] {
	const {outcome, done, attempts, hints, checks, prediction, explanation, teaches} = step;
	const facts = [
		words.outcomes[outcome],
		...(done ? [words.doneAt(timeOfDay(done.at, 'full'), shortDuration(done.after))] : []),
		...(attempts > 1 ? [words.attempts(attempts)] : []),
		...(hints > 0 ? [words.hints(hints)] : []),
	];
	return [
		`## ${step.step + 1}. ${facts.join(', ')}`,
		'',
		...taskLines(step.text),
		'',
		...checks.flatMap(({label, doneAt: time}) => label
			? [`- [${time === undefined ? ' ' : 'x'}] ${markdown(label)}${time === undefined ? '' : ` (${timeOfDay(time, 'full')})`}`]
			: []),
		...(prediction
			? [
				`- ${words.question}: ${markdown(prediction.ask)}`,
				`- ${words.guess}: ${prediction.given ? markdown(prediction.given) : words.states[prediction.state]}`,
				...(prediction.came ? [`- ${words.came}: ${markdown(prediction.came)}${prediction.given ? ` (${words.states[prediction.state]})` : ''}`] : []),
			]
			: []),
		...(explanation ? [`- ${words.seen}: ${markdown(explanation)}`] : []),
		...(teaches.length > 0 ? [`- ${words.teaches}: ${teaches.join(', ')}`] : []),
	];
}

/** The task; the lines of a picture, all but the last, as a block of code. */
function taskLines(text: FilledText): readonly string[] {
	const at = text.findLastIndex(part => part.type === 'text' && part.text.includes('\n'));
	const part = text[at];
	if (part?.type !== 'text') {
		return [markdown(text)];
	}

	const end = part.text.lastIndexOf('\n');
	const picture = piecesOf([...text.slice(0, at), {...part, text: part.text.slice(0, end)}]);
	const sentence = [{...part, text: part.text.slice(end + 1)}, ...text.slice(at + 1)];
	return ['```', ...picture.map(piece => piece.text).join('').split('\n'), '```', '', markdown(sentence)];
}

/** A text of a lesson. What came from elsewhere stands as code, so that it is no markup. */
function markdown(text: FilledText): string {
	return text.map(part => byType(part, {
		key(part) {
			const binding = keyBindings.find(({id}) => id === part.key);
			return code(binding ? keyOf(binding) : part.key);
		},
		value: ({text}) => code(text),
		payload: payload => code(payloadText(payload)),
		text: ({text}) => text.replaceAll(/\s+/g, ' '),
	})).join('');
}

/** Code between as many backticks as it takes (CommonMark section 6.1). */
function code(text: string): string {
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
	return `${fence}${pad}${text}${pad}${fence}`;
}

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
