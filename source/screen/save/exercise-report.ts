/* What was found of a learner's program, as text. */
import type {
	CheckView, ExerciseView, OutputPart, ProgramView, Seen,
} from '../../engine/api/exercise.ts';
import {shellLine} from '../../text/shell-line.ts';
import {visibleLine} from '../../text/width/visible.ts';
import {at, quote} from '../words/exercises/exercise-values.ts';
import type {ExerciseWords} from '../words/exercises/exercise-words.ts';
import {formatElapsed, formatExactBytes} from '../../text/numbers.ts';
import {demandOf, sayMistake} from '../words/exercises/say-exercise.ts';
import {byType} from '../../text/by-type.ts';

/** Whether a check speaks against the program, or could not be made because of it. */
export function isAgainst({state}: CheckView): boolean {
	return state.type === 'fails' || state.type === 'pending' || state.type === 'running'
		|| (state.type === 'skipped' && ['needs', 'time-limit', 'busy'].includes(state.cause.type));
}

/** What is said of a check: why it does not hold, or was not made. */
export function saidOf({state}: CheckView, words: ExerciseWords): readonly string[] {
	return byType(state, {
		fails: ({mistake}) => sayMistake(words, mistake),
		said: ({mistake}) => sayMistake(words, mistake),
		skipped: ({cause}) => [words.skipped(cause)],
		holds: ({seen}) => seen ? [seenText(seen, words)].filter(Boolean) : [],
		pending: () => [],
		running: ({givesUpIn}) => givesUpIn === undefined ? [] : [words.waits(formatElapsed(givesUpIn))],
	});
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

/** What is checked: a command line, or an address. */
export function checkedBy({subject, program}: ExerciseView): string {
	return subject.type === 'program'
		? shellLine(program?.command ?? subject.command)
		: at(subject.address);
}

/** The report of an exercise that is done; else what can be said so far, which the whole begins with. */
export function exerciseText(view: ExerciseView, words: ExerciseWords): string {
	const {name, checks, notRun, isDone} = view;
	const open = checks.findIndex(({state}) => state.type === 'pending' || state.type === 'running');
	if (!isDone && open === 0) {
		return '';
	}

	const {signs} = words.report;
	const lines = [`${name}: ${words.about[name]}`, checkedBy(view), ''];
	if (notRun) {
		lines.push(...words.notRun(notRun, checkedBy(view)));
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

		lines.push('', sumOf(view, words));
	}

	for (const {name: check, program} of programsOf(view)) {
		lines.push('', ...outputLines(program, words, check));
	}

	return linesToText(lines);
}

/** How many checks hold, do not, and were not made. */
export function sumOf({checks}: ExerciseView, {report}: ExerciseWords): string {
	const count = (fits: (check: CheckView) => boolean): number => checks.filter(check => fits(check)).length;
	return report.sum({
		holds: count(({state}) => state.type === 'holds' || state.type === 'said'),
		said: count(({state}) => state.type === 'said'),
		fails: count(({state}) => state.type === 'fails'),
		skipped: count(({state}) => ['skipped', 'pending', 'running'].includes(state.type)),
	});
}

function linesToText(lines: readonly string[]): string {
	return lines.map(line => `${visibleLine(line)}\n`).join('');
}

/** The program of each check that does not hold, as it was then; each run of it once. */
export function programsOf({checks}: ExerciseView): Array<{readonly name: string; readonly program: ProgramView}> {
	const found = new Map<number, {readonly name: string; readonly program: ProgramView}>();
	for (const {name, state} of checks) {
		if (state.type === 'fails' && state.program) {
			found.set(state.program.pid, {name: found.get(state.program.pid)?.name ?? name, program: state.program});
		}
	}

	return [...found.values()];
}

/** What a program has written, a line each, with the stream in front. */
export function outputLines(program: ProgramView, {report, ended}: ExerciseWords, check: string): string[] {
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
