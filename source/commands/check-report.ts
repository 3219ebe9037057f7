/* What was found of a learner's program: as text for people, as TAP, as JSON. */
import type {ExerciseView, OutputPart, ProgramView} from '../engine/api/exercise.ts';
import {
	checkedBy, exerciseText, isAgainst, saidOf,
} from '../screen/save/exercise-report.ts';
import type {ExerciseWords} from '../screen/words/exercises/exercise-words.ts';
import {demandOf} from '../screen/words/exercises/say-exercise.ts';
import {visibleLine} from '../text/width/visible.ts';

/** The report of an exercise that is done; as text also what can be said so far, which the whole begins with. */
export const reports = {text: exerciseText, tap: tapOf, json: jsonOf} as const;

/** 0: everything that was to be checked holds; 1: something does not; 3: the program could not be run. */
export function exitCodeOf({notRun, checks}: ExerciseView): number {
	if (notRun) {
		return 3;
	}

	return checks.some(check => isAgainst(check)) ? 1 : 0;
}

function tapOf(view: ExerciseView, words: ExerciseWords): string {
	const {name, checks, notRun} = view;
	if (notRun) {
		return `TAP version 14\nBail out! ${oneLine(words.notRun(notRun, checkedBy(view)).join(' '))}\n`;
	}

	const lines = ['TAP version 14', `1..${checks.length}`];
	for (const [index, check] of checks.entries()) {
		const {state} = check;
		const description = `${check.name}: ${demandOf(words, name, check.name)}`.replaceAll(/[\\#]/g, String.raw`\$&`);
		const isOk = !isAgainst(check) || state.type === 'skipped';
		const skip = state.type === 'skipped' ? ` # SKIP ${words.skipped(state.cause)}` : '';
		lines.push(oneLine(`${isOk ? 'ok' : 'not ok'} ${index + 1} - ${description}${skip}`));
		if (state.type === 'fails' || state.type === 'said') {
			lines.push(
				'  ---',
				`  message: ${JSON.stringify(saidOf(check, words).join(' '))}`,
				`  mistake: ${JSON.stringify(plain(state.mistake))}`,
				...(state.program ? [`  program: ${JSON.stringify(plainProgram(state.program))}`] : []),
				'  ...',
			);
		}
	}

	return `${lines.join('\n')}\n`;
}

function oneLine(text: string): string {
	return visibleLine(text.replaceAll(/\s+/g, ' '));
}

function jsonOf(view: ExerciseView, words: ExerciseWords): string {
	const {name, checks, notRun, program, address} = view;
	const exitCode = exitCodeOf(view);
	return `${JSON.stringify(plain({
		exercise: name,
		outcome: ({0: 'holds', 1: 'fails', 3: 'not-run'} as const)[exitCode as 0 | 1 | 3],
		...(notRun && {notRun: {...notRun, says: words.notRun(notRun, checkedBy(view))}}),
		checks: checks.map(check => ({
			name: check.name,
			demands: demandOf(words, name, check.name),
			...check.state,
			...('program' in check.state && check.state.program && {program: plainProgram(check.state.program)}),
			says: saidOf(check, words),
		})),
		address,
		...(program && {program: plainProgram(program)}),
	}), undefined, '\t')}\n`;
}

/** A program, with what it has written as text. */
function plainProgram({command, end, output, outputBefore}: ProgramView): unknown {
	return {
		command,
		...(end && {end}),
		...(outputBefore > 0 && {outputBefore}),
		stdout: textOfStream(output, 'stdout'),
		stderr: textOfStream(output, 'stderr'),
	};
}

function textOfStream(output: readonly OutputPart[], stream: OutputPart['stream']): string {
	return Buffer.concat(output.filter(part => part.stream === stream).map(({bytes}) => bytes)).toString();
}

/** The same values, with bytes as what JSON can have: their text and their hexadecimal digits. */
function plain(value: unknown): unknown {
	if (value instanceof Uint8Array) {
		const bytes = Buffer.from(value);
		return {length: bytes.length, text: bytes.toString(), hex: bytes.toString('hex')};
	}

	if (Array.isArray(value)) {
		return value.map(each => plain(each));
	}

	return typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
		: value;
}
