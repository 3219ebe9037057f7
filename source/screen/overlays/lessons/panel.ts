import type {LessonRunView} from '../../../engine/api/lesson.ts';
import {
	attempt, faultLines, paint, paintApart, type Span, widthOf,
} from '../../frame/paint.ts';
import {type Hint, hintLines, hintSpans} from '../../frame/hints.ts';
import {isTooSmall} from '../../frame/layout.ts';
import {viewDraft} from '../../input/line/draft-view.ts';
import {openRun} from '../../state/learning.ts';
import {
	focusedPane, isTyping, paneState, type ScreenState, shownScene,
} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {exercisePanel} from '../exercises/exercise-panel.ts';
import {isLessonMenu, isLessonQuestion} from '../modes.ts';
import {upTo} from '../../../views/window.ts';
import {canGoOn} from './lessons.ts';
import {
	checkSign, isPicture, keyText, nextLabel, type Paragraph, paragraphsOf, pictureColumns, wrapPieces,
} from './panel-text.ts';
import {
	hasRoomBeside, leastRows, moreSpans, type Panel, panelColumns, type PanelLines, scrollKeys, type ShownLines,
	shownFrom,
} from './scrolled-panel.ts';

const textColumns = panelColumns - 3;

/** A window of fewer rows is low: the panel has no more than `leastRows` of it. */
const lowWindow = 24;

/** With a picture the panel may have this many rows beneath the panes. */
const rowsOfPicture = 9;

/** The panels that were drawn, by the state that each is drawn from: it is asked for more than once in a frame. */
const panels = new WeakMap<ScreenState, {readonly words: Words; readonly panel: Panel | undefined}>();

/** The panel of the exercise that is shown, or of the open lesson; undefined while none shows. */
export function lessonPanel(state: ScreenState, words: Words): Panel | undefined {
	const run = openRun(state.learning);
	const {run: exercise} = state.exercising;
	if (!(run ?? exercise) || isTooSmall(state.columns, state.rows)) {
		return undefined;
	}

	const known = panels.get(state);
	if (known?.words === words) {
		return known.panel;
	}

	const panel = drawnPanel(state, words, exercise
		? () => exercisePanel(state, exercise, words)
		: () => run && (hasColumn(state, run) ? columnPanel(state, run, words) : rowsPanel(state, run, words)));
	panels.set(state, {words, panel});
	return panel;
}

function drawnPanel(state: ScreenState, words: Words, drawn: () => Panel | undefined): Panel | undefined {
	const failure = state.failures.get(state.exercising.run ? 'exercise' : 'lesson');
	return attempt(() => {
		if (failure !== undefined) {
			throw new Error(failure);
		}

		return drawn();
	}, error => {
		const lines = faultLines(String(error), state.columns, leastRows, words);
		const {length: height} = lines;
		const text = {
			page: height, top: 0, total: height, newLines: height,
		};
		return {
			size: {
				...text, isColumn: false, width: state.columns, height,
			},
			lines,
			caret: undefined,
		};
	});
}

/**
The screen as it is beside the panel: a smaller window, in which all else stands as if it were the whole. Without a
lesson and an exercise it is the state itself.
*/
export function besidePanel(state: ScreenState, words: Words): ScreenState {
	const size = state.learning.isOpen || state.exercising.run ? lessonPanel(state, words)?.size : undefined;
	return size
		? {
			...state,
			columns: size.isColumn ? state.columns - size.width : state.columns,
			rows: size.isColumn ? state.rows : state.rows - size.height,
			learning: {...state.learning, panel: size},
		}
		: state;
}

/** The state in the whole window again. */
export function inWindow(state: ScreenState, {columns, rows}: ScreenState): ScreenState {
	if (!state.learning.panel) {
		return state;
	}

	const {panel, ...learning} = state.learning;
	return {
		...state, columns, rows, learning,
	};
}

/**
The flow diagram comes first where there is no room for both beside the panes, and a picture that is wider than the
column stands beneath them.
*/
function hasColumn(state: ScreenState, run: LessonRunView): boolean {
	return hasRoomBeside(state, panelColumns) && !(isPicture(run.text) && pictureColumns(run.text) > textColumns);
}

/** What the panel's text is made from, and the keys that lead on. */
type Content = PanelLines & {
	readonly chosenLine: number | undefined;
};

function columnPanel(state: ScreenState, run: LessonRunView, words: Words): Panel {
	const {rows} = state;
	const inner = textColumns;
	const keys = hintsOf(state, run, words);
	const title = wrapPieces([{text: run.title, tone: 'strong'}], inner);
	const head: Span[][] = [[...nameSpans(run, words), ...boxesOf(run)], ...title, []];
	const foot = hintLines(keys, inner + 1).length;
	const room = rows - head.length - foot - 1;
	const prompt = promptOf(state, run, inner, words);
	const page = Math.max(1, room - (prompt ? 1 : 0));
	const content = fittingContent(state, run, words, {columns: inner, page, isInline: false});
	const top = topOf(state, content, page);
	const {shown, more, unread, size} = shownFrom(content, top, page);
	const line = (spans: readonly Span[]): string => paint([{text: '│ ', tone: 'dim'}, ...spans], panelColumns);
	const above = [...head, ...shown, ...(prompt ? [prompt.spans] : [])].map(spans => line(spans));
	const below = [
		line(moreSpans(more, isLessonQuestion(state.mode) ? scrollKeys(state, size) : '')),
		...hintLines(hintsOf(state, run, words, {...size, unread}), inner + 1)
			.map(text => paint([{text: '│', tone: 'dim'}], 1) + text + paint([], panelColumns - inner - 2)),
	];
	const blank = Array.from({length: Math.max(0, rows - above.length - below.length)}, () => line([]));
	return {
		size: {
			...size, isColumn: true, width: panelColumns, height: rows,
		},
		lines: [...above, ...blank, ...below].slice(0, rows),
		caret: prompt && {x: 2 + prompt.caret, y: above.length - 1},
	};
}

function rowsPanel(state: ScreenState, run: LessonRunView, words: Words): Panel {
	const {columns, rows} = state;
	const hasPicture = isPicture(run.text) && run.explanation === undefined;
	const most = rows < lowWindow ? leastRows : Math.max(hasPicture ? rowsOfPicture : 0, Math.floor(rows / 4));
	const prompt = promptOf(state, run, columns - 2, words);
	const largest = Math.max(1, most - 1 - (prompt ? 1 : 0));
	const measured = {columns: columns - 2, page: largest, isInline: true};
	// With the sign that more follows, which may be still to be read or not.
	const isTitleCut = [0, 1].some(unread => {
		const widest = headParts(state, run, words, {
			page: 1, top: 0, total: 2, unread,
		});
		return widthOf([...widest.left, {text: ' ↓9 '}, ...widest.right]) > columns;
	});
	const content = fittingContent(state, run, words, measured, isTitleCut ? [[{text: run.title, tone: 'dim'}]] : []);
	// What is not new is there for who scrolls.
	const page = Math.min(largest, run.explanation ? content.newLines : content.lines.length);
	const top = topOf(state, content, page);
	const {shown, more, unread, size} = shownFrom(content, top, page);
	const {left, right} = headParts(state, run, words, {...size, unread});
	const sign = moreSpans(more, isLessonQuestion(state.mode) ? scrollKeys(state, size) : '');
	const lines = [
		paintApart(left, [...sign, ...right], columns),
		...[...shown, ...(prompt ? [prompt.spans] : [])].map(spans => paint([{text: ' '}, ...spans], columns)),
	];
	return {
		size: {
			...size, isColumn: false, width: columns, height: lines.length,
		},
		lines,
		caret: prompt && {x: 1 + prompt.caret, y: lines.length - 1},
	};
}

function nameSpans(run: LessonRunView, {lessons}: Words): Span[] {
	const {step, count} = run;
	return [
		{text: ` ${lessons.lesson} `, tone: 'chosen'},
		...(run.phase === 'finished' ? [] : [{text: ` ${step + 1}/${count} `, tone: 'strong' as const}]),
	];
}

/** The checkboxes without their labels, one beside the other. */
function boxesOf({checks, phase}: LessonRunView): Span[] {
	return phase === 'finished' ? [] : checks.map(({isDone}) => ({...checkSign(isDone), text: isDone ? '☑' : '☐'}));
}

const wholeText: ShownLines = {
	page: 1, top: 0, total: 1, unread: 0,
};

function headParts(
	state: ScreenState,
	run: LessonRunView,
	words: Words,
	lines: ShownLines,
): {readonly left: readonly Span[]; readonly right: readonly Span[]} {
	return {
		left: [...nameSpans(run, words), ...boxesOf(run), {text: run.phase === 'finished' ? ` ${run.title}` : ` · ${run.title}`}],
		right: hintsOf(state, run, words, lines).flatMap(hint => hintSpans(hint)),
	};
}

/** What leads on, and to the lesson's other keys; or, where not all of the text shows, what scrolls it. */
function hintsOf(
	state: ScreenState,
	run: LessonRunView,
	{lessons: {keys}}: Words,
	lines = wholeText,
): Hint[] {
	const {mode} = state;
	if (isLessonMenu(mode) || isLessonQuestion(mode)) {
		return [];
	}

	const scroll = scrollKeys(state, lines);
	const isUnread = lines.unread > 0;
	const menu: Hint = scroll === ''
		? {key: keyText('lessons'), label: keys.menu}
		: {key: scroll, label: keys.scroll};
	const hintsLeft = run.hintCount - run.hints.length;
	switch (run.phase) {
		case 'asking':
		case 'doing': {
			if (canGoOn(run)) {
				return [{key: goOnKey(state), label: isUnread ? keys.more : nextLabel(run, keys)}, menu];
			}

			const isAsking = run.phase === 'asking';
			return [
				...(hintsLeft > 0 && !(isAsking && scroll !== '')
					? [{key: keyText('hint'), label: keys.hint(run.hints.length, run.hintCount)}]
					: []),
				...(isAsking ? [{key: `${keyText('lessons')} p`, label: keys.toQuestion}] : []),
				...(isAsking && scroll === '' ? [] : [menu]),
			];
		}

		case 'explaining': {
			return [{key: goOnKey(state), label: isUnread ? keys.more : nextLabel(run, keys)}, menu];
		}

		case 'finished': {
			return [
				{key: keyText('save'), label: keys.report},
				{key: goOnKey(state), label: isUnread ? keys.more : nextLabel(run, keys)},
			];
		}

		default: {
			return run.phase satisfies never;
		}
	}
}

/** Enter is an overlay's while one is open, and sends a line that is not empty: the menu's letter goes on then. */
function goOnKey(state: ScreenState): string {
	const scene = state.scenes[shownScene(state)];
	const pane = scene && focusedPane(state, scene);
	const isEmpty = pane === undefined || paneState(state, pane).draft.cells.length === 0;
	return isTyping(state.mode) && isEmpty ? 'Enter' : `${keyText('lessons')} n`;
}

/** The text in lines: in the order in which it is read where all of it fits, or else the newest first. */
function fittingContent(
	state: ScreenState,
	run: LessonRunView,
	words: Words,
	{columns, page, isInline}: {readonly columns: number; readonly page: number; readonly isInline: boolean},
	first: readonly Paragraph[] = [],
): Content {
	const isAnswering = isLessonQuestion(state.mode);
	const {inOrder, newestFirst, newCount} = paragraphsOf(run, words, {
		isInline, chosen: isAnswering ? state.learning.chosen : undefined,
	});
	const {problem, otherPorts = []} = state.learning.view ?? {};
	const told = [
		...(problem ? [words.lessons.problem(problem)] : []),
		...otherPorts.map(other => words.lessons.otherPort(other)),
	].map((text): Paragraph => [{text: `! ${text}`, tone: 'warning'}]);
	const lay = (paragraphs: readonly Paragraph[], hasGaps: boolean): Span[][] =>
		[...told, ...first, ...paragraphs].flatMap((paragraph, index) => [
			...(hasGaps && index > 0 ? [[]] : []),
			...wrapPieces(paragraph, columns, isInline ? 0 : indentOf(paragraph)),
		]);
	// What is asked speaks of what the step says.
	const inline = run.phase === 'asking' ? [lay(inOrder, false)] : [lay(newestFirst, false)];
	const ways = isInline ? inline : [lay(inOrder, true), lay(inOrder, false)];
	const lines = ways.find(({length}) => length <= page) ?? lay(newestFirst, false);
	const chosenLine = lines.findIndex(line => line.some(({tone}) => tone === 'chosen'));
	return {
		lines,
		newLines: lines.length <= page ? lines.length : lay(newestFirst.slice(0, newCount), false).length,
		chosenLine: chosenLine === -1 ? undefined : chosenLine,
	};
}

/** Lines beneath a checkbox or a choice stand under its text. */
function indentOf([first]: Paragraph): number {
	return first && /^[☐☑✓✗!▸ ] ?$/.test(first.text) ? 2 : 0;
}

/** The first line that shows: where one has scrolled to, and such that the chosen answer shows. */
function topOf(state: ScreenState, {lines, chosenLine}: Content, page: number): number {
	const top = upTo(lines.length - page, state.learning.top);
	return chosenLine === undefined ? top : Math.min(Math.max(top, chosenLine - page + 1), chosenLine);
}

/** The line in which a guess is typed; undefined while none is, and where one of several is chosen. */
function promptOf(
	{mode, learning: {draft}}: ScreenState,
	{prediction, phase}: LessonRunView,
	columns: number,
	{lessons}: Words,
): {readonly spans: readonly Span[]; readonly caret: number} | undefined {
	if (!isLessonQuestion(mode) || phase !== 'asking' || !prediction || prediction.kind === 'choice') {
		return undefined;
	}

	const lead: Span[] = [{text: `${lessons.yourGuess} > `, tone: 'strong'}];
	const view = viewDraft(draft, columns - widthOf(lead), ({lines}) => String(lines));
	return {
		spans: [...lead, ...view.spans],
		caret: widthOf(lead) + view.caret,
	};
}
