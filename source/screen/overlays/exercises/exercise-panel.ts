import type {CheckView, ExerciseView} from '../../../engine/api/exercise.ts';
import {formatAddress} from '../../../text/address.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {
	paint, paintApart, type Span, type Tone, widthOf,
} from '../../frame/paint.ts';
import {
	checkedBy, outputLines, programsOf, saidOf, sumOf,
} from '../../save/exercise-report.ts';
import type {OpenExercise} from '../../state/learning.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {ExerciseWords} from '../../words/exercises/exercise-words.ts';
import {demandOf} from '../../words/exercises/say-exercise.ts';
import type {Words} from '../../words/words.ts';
import {type Paragraph, wrapPieces} from '../lessons/panel-text.ts';
import {
	columnsBeside, hasRoomBeside, leastRows, moreSpans, type Panel, panelColumns, scrollKeys, shownFrom,
} from '../lessons/scrolled-panel.ts';
import {blockedBy} from './start-exercise.ts';

/** The sign of a check, which says the same as its colour. */
const signs: Readonly<Record<CheckView['state']['type'], {readonly text: string; readonly tone: Tone}>> = {
	pending: {text: '☐', tone: 'plain'},
	running: {text: '…', tone: 'strong'},
	holds: {text: '☑', tone: 'received'},
	said: {text: '!', tone: 'warning'},
	fails: {text: '✗', tone: 'error'},
	skipped: {text: '–', tone: 'dim'},
};

/** The checks of an exercise: in a column, or in as many rows all the time as its panel may have. */
export function exercisePanel(state: ScreenState, run: OpenExercise, words: Words): Panel {
	const wide = state.columns >= columnsBeside + 16 ? panelColumns + 16 : panelColumns;
	const isColumn = hasRoomBeside(state, wide);
	const width = isColumn ? wide : state.columns;
	const height = isColumn ? state.rows : Math.max(leastRows + 2, Math.floor(state.rows * 3 / 8));
	const inner = width - (isColumn ? 3 : 2);
	const page = height - (isColumn ? 4 : 1);
	const {name, state: standing, lines, current} = exerciseText(state, run, words, inner, page);
	const rowHead = [...name, {text: '  '}, ...standing];
	const last = Math.max(0, lines.length - page);
	// The check that is made now shows, unless one has scrolled.
	const followed = current === undefined ? 0 : Math.max(0, current - page + 1);
	const top = Math.min(last, state.learning.top < 0 ? followed : state.learning.top);
	const {shown, more, size} = shownFrom({lines, newLines: lines.length}, top, page);
	const signs = standing.slice(0, -1);
	const line = (spans: readonly Span[]): string => paint([{text: '│ ', tone: 'dim'}, ...spans], width);
	const right = moreSpans(more, scrollKeys(state, size));
	return {
		size: {
			...size, isColumn, width, height,
		},
		lines: isColumn
			? [line(name),
				line(signs),
				line(standing.slice(-1)),
				...shown.map(spans => line(spans)),
				...Array.from({length: page - shown.length}, () => line([])),
				line(right)]
			: [
				paintApart(widthOf([...rowHead, ...right]) <= width ? rowHead : [...name, {text: '  '}, ...signs], right, width),
				...shown.map(spans => paint([{text: ' '}, ...spans], width)),
			],
		caret: undefined,
	};
}

/** What the panel says, in lines: which exercise it is and how it stands; and each check, with what was found. */
type ExerciseText = {
	readonly name: readonly Span[];
	readonly state: readonly Span[];
	readonly lines: readonly Span[][];
	/** The line of the check that is made now, the last of its lines. */
	readonly current: number | undefined;
};

/**
The text of an exercise in lines that fit the columns.

@param page - lines that show at a time: where not all of a text that is done fits, what does not hold comes first
*/
function exerciseText(
	whole: ScreenState,
	run: OpenExercise,
	words: Words,
	columns: number,
	page: number,
): ExerciseText {
	const {exercises} = words;
	const {name, view} = run;
	const {words: say} = whole.exercising;
	const head: Span[] = [{text: ` ${exercises.badge} `, tone: 'chosen'}, {text: ` ${name}`, tone: 'strong'}];
	if (!view || !say) {
		return {
			name: head,
			state: [],
			lines: [[{text: say ? exercises.starting : exercises.loading, tone: 'dim'}]],
			current: undefined,
		};
	}

	const {checks, isDone, notRun} = view;
	const made = checks.filter(({state}) => state.type !== 'pending' && state.type !== 'running').length;
	const state: Span[] = [
		...(notRun ? [] : checks.map(check => signs[check.state.type])),
		{text: ` ${isDone ? (notRun ? '' : sumOf(view, say)) : exercises.running(made, checks.length)}`, tone: 'strong'},
	];
	const program: Span[][] = wrapPieces([{text: visibleLine(checkedBy(view)), tone: 'dim'}], columns);
	if (notRun) {
		const lines = [...say.notRun(notRun, checkedBy(view)), ...(blockedBy(whole, run) ? [exercises.ownPort] : [])]
			.flatMap(sentence => wrapPieces([{text: visibleLine(sentence), tone: 'warning'}], columns));
		return {
			name: head, state, lines: [...lines, ...program], current: undefined,
		};
	}

	const outputs = programsOf(view).flatMap(({name: check, program: ran}) =>
		outputLines(ran, say, check).flatMap((line, index) =>
			wrapPieces([{text: visibleLine(line), tone: index === 0 ? 'strong' : 'plain', isWhole: true}], columns, 2)));
	const linesOf = (some: readonly CheckView[]): Span[][] =>
		some.flatMap(check => checkLines(view, check, say, columns));
	const inOrder = [...waitingLines(view, say, columns), ...linesOf(checks)];
	const ofType = (type: CheckView['state']['type']): CheckView[] => checks.filter(({state}) => state.type === type);
	// What has to be read shows before what passed, where all of it does not show.
	const isCut = isDone && (outputs.length > 0 || ofType('said').length > 0) && inOrder.length > page;
	const running = checks.findIndex(({state: {type}}) => type === 'running');
	const before = [...waitingLines(view, say, columns), ...linesOf(checks.slice(0, running + 1))];
	return {
		name: head,
		state,
		lines: isCut
			? [
				...linesOf(ofType('fails')),
				...outputs,
				...linesOf(ofType('said')),
				...linesOf(checks.filter(({state: {type}}) => type !== 'fails' && type !== 'said')),
				...program,
			]
			: [...inOrder, ...outputs, ...program],
		current: running === -1 ? undefined : before.length - 1,
	};
}

/** Where a program is awaited that somebody starts, until it has come. */
function waitingLines(
	{subject, address, checks, isDone}: ExerciseView,
	{report}: ExerciseWords,
	columns: number,
): Span[][] {
	const isAwaited = subject.type === 'listen' && !isDone && checks[0]?.state.type === 'running';
	return isAwaited
		? wrapPieces([{text: report.waiting(formatAddress(address ?? subject.address)), tone: 'warning'}], columns)
		: [];
}

/** A check: its sign, its name, what it demands; beneath it what was found. */
function checkLines(view: ExerciseView, check: CheckView, say: ExerciseWords, columns: number): Span[][] {
	const {type} = check.state;
	const isTold = type === 'fails' || type === 'said';
	const demand = demandOf(say, view.name, check.name);
	const title: Paragraph = [
		{...signs[type], isWhole: true},
		{text: ' '},
		{text: check.name, tone: 'strong', isWhole: true},
		{text: ` ${visibleLine(demand)}`, tone: type === 'pending' || type === 'skipped' ? 'dim' : 'plain'},
	];
	const mark: Span[] = type === 'said' ? [{text: `${say.report.signs.said.trim()}: `, tone: 'warning'}] : [];
	return [
		...wrapPieces(title, columns, 2),
		...saidOf(check, say).flatMap((sentence, index) => wrapPieces([
			...(index === 0 ? mark : []),
			{text: visibleLine(sentence), tone: isTold ? 'warning' : 'dim'},
		], Math.max(1, columns - 4)).map((line): Span[] => [{text: '    '}, ...line])),
	];
}
