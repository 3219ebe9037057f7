/* What was found of a learner's program: as text for people, as TAP, as JSON. */
import type {
	CheckView, ExerciseView, OutputPart, ProgramView, Seen,
} from '../engine/api/exercise.ts';
import {at, quote} from '../screen/words/exercise-values.ts';
import type {ExerciseWords} from '../screen/words/exercise-words.ts';
import {demandOf, sayMistake} from '../screen/words/say-exercise.ts';
import {formatElapsed, formatExactBytes} from '../screen/words/numbers.ts';
import {shellLine} from '../text/shell-line.ts';
import {visibleLine} from '../text/visible.ts';

/** How a report is written. */
export type ReportFormat = 'text' | 'tap' | 'json';

/** The report of an exercise that is done; as text also what can be said so far, which the whole begins with. */
export function reportOf(view: ExerciseView, words: ExerciseWords, format: ReportFormat): string {
	switch (format) {
		case 'text': {
			return textOf(view, words);
		}

		case 'tap': {
			return tapOf(view, words);
		}

		case 'json': {
			return jsonOf(view, words);
		}

		default: {
			return format satisfies never;
		}
	}
}

/** 0: everything that was to be checked holds; 1: something does not; 3: the program could not be run. */
export function exitCodeOf({notRun, checks}: ExerciseView): number {
	if (notRun) {
		return 3;
	}

	return checks.some(check => isAgainst(check)) ? 1 : 0;
}

/** Whether a check speaks against the program, or could not be made because of it. */
function isAgainst({state}: CheckView): boolean {
	return state.type === 'fails' || state.type === 'pending' || state.type === 'running'
		|| (state.type === 'skipped' && ['needs', 'time-limit', 'busy'].includes(state.cause.type));
}

/** What is said of a check: why it does not hold, or was not made. */
function saidOf({state}: CheckView, words: ExerciseWords): readonly string[] {
	switch (state.type) {
		case 'fails':
		case 'said': {
			return sayMistake(words, state.mistake);
		}

		case 'skipped': {
			return [words.skipped(state.cause)];
		}

		case 'holds': {
			const seen = state.seen && seenText(state.seen, words);
			return seen ? [seen] : [];
		}

		case 'pending':
		case 'running': {
			return [];
		}

		default: {
			return state satisfies never;
		}
	}
}

function seenText({exchange, address, bytes}: Seen, {report}: ExerciseWords): string {
	return [
		...(address ? [at(address)] : []),
		...(bytes ? [quote(bytes)] : []),
		...(exchange
			? [report.exchanged(
				quote(exchange.sent),
				exchange.got && quote(exchange.got),
				formatElapsed(exchange.elapsed),
			)]
			: []),
	].join(' · ');
}

function commandOf({subject, program}: ExerciseView): string {
	return subject.type === 'program'
		? shellLine(program?.command ?? subject.command)
		: at(subject.address);
}

function textOf(view: ExerciseView, words: ExerciseWords): string {
	const {name, checks, notRun, isDone} = view;
	const open = checks.findIndex(({state}) => state.type === 'pending' || state.type === 'running');
	if (!isDone && open === 0) {
		return '';
	}

	const {signs, ...report} = words.report;
	const lines = [`${name}: ${words.about[name]}`, commandOf(view), ''];
	if (notRun) {
		lines.push(...words.notRun(notRun, commandOf(view)));
	} else {
		const width = Math.max(...checks.map(check => check.name.length));
		const indent = ' '.repeat(width + 10);
		for (const check of isDone ? checks : checks.slice(0, open)) {
			const {type} = check.state;
			const sign = signs[type === 'pending' || type === 'running' ? 'skipped' : type];
			lines.push(
				`  ${sign}  ${check.name.padEnd(width)}  ${demandOf(words, name, check.name)}`,
				...saidOf(check, words).map(sentence => `${indent}${sentence}`),
			);
		}

		if (!isDone) {
			return linesToText(lines);
		}

		const count = (fits: (check: CheckView) => boolean): number => checks.filter(check => fits(check)).length;
		lines.push('', report.sum({
			holds: count(({state}) => state.type === 'holds' || state.type === 'said'),
			fails: count(({state}) => state.type === 'fails'),
			skipped: count(({state}) => ['skipped', 'pending', 'running'].includes(state.type)),
		}));
	}

	for (const {name: check, program} of programsOf(view)) {
		lines.push('', ...outputLines(program, words, check));
	}

	return linesToText(lines);
}

function linesToText(lines: readonly string[]): string {
	return lines.map(line => `${visibleLine(line)}\n`).join('');
}

/** The program of each check that does not hold, as it was then; each run of it once. */
function programsOf({checks}: ExerciseView): Array<{readonly name: string; readonly program: ProgramView}> {
	const found = new Map<number, {readonly name: string; readonly program: ProgramView}>();
	for (const {name, state} of checks) {
		if (state.type === 'fails' && state.program) {
			found.set(state.program.pid, {name: found.get(state.program.pid)?.name ?? name, program: state.program});
		}
	}

	return [...found.values()];
}

/** What a program has written, a line each, with the stream in front. */
function outputLines(program: ProgramView, {report, ended}: ExerciseWords, check: string): string[] {
	const {end, output, outputBefore} = program;
	return [
		output.length === 0 ? report.noOutput(check) : report.output(check),
		...(outputBefore > 0 ? [`  ${report.before(formatExactBytes(outputBefore))}`] : []),
		...joined(output).flatMap(({stream, bytes}) =>
			textLines(bytes).map(line => `  ${stream} | ${line}`)),
		...(end ? [report.endedWith(ended(end))] : []),
	];
}

/** Parts of one stream that follow each other, put together: a line may have been written in pieces. */
function joined(parts: readonly OutputPart[]): OutputPart[] {
	const found: OutputPart[] = [];
	for (const part of parts) {
		const last = found.at(-1);
		if (last?.stream === part.stream) {
			found[found.length - 1] = {...last, bytes: Buffer.concat([last.bytes, part.bytes])};
		} else {
			found.push(part);
		}
	}

	return found;
}

function textLines(bytes: Uint8Array): string[] {
	return Buffer.from(bytes).toString().replace(/\r?\n$/, '').split(/\r?\n/);
}

function tapOf(view: ExerciseView, words: ExerciseWords): string {
	const {name, checks, notRun} = view;
	if (notRun) {
		return `TAP version 14\nBail out! ${oneLine(words.notRun(notRun, commandOf(view)).join(' '))}\n`;
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
		...(notRun && {notRun: {...notRun, says: words.notRun(notRun, commandOf(view))}}),
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
