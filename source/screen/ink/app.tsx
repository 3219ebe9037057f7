import {Box, Text, useCursor} from 'ink';
import {
	createElement, memo, type ReactElement, useMemo, useSyncExternalStore,
} from 'react';
import {
	attempt, faultLines, padLines, paint, wrap,
} from '../frame/paint.ts';
import {isTooSmall} from '../frame/layout.ts';
import {type Part, type Reuse, screenParts} from '../frame/screen-parts.ts';
import {messageLine} from '../input/line/line-text.ts';
import {besidePanel, lessonPanel} from '../overlays/lessons/panel.ts';
import {overlayOf} from '../overlays/registry.ts';
import {
	focusedPane, isTyping, paneState, type ScreenState, shownScene,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';

export type StateSource = {
	readonly subscribe: (onChange: () => void) => () => void;
	readonly getState: () => ScreenState;
};

/** The whole screen as lines, made by plain functions, so that a fault in one costs its part of the screen. */
export function App({source, words}: {readonly source: StateSource; readonly words: Words}): ReactElement {
	const state = useSyncExternalStore(source.subscribe, source.getState);
	const {setCursorPosition} = useCursor();
	const draw = useMemo(() => screenDrawer(words), [words]);
	const {lines, caret} = draw(state);
	setCursorPosition(caret);
	return createElement(
		Box,
		{flexDirection: 'column', width: state.columns, height: state.rows},
		...lines.map(text => createElement(Line, {text})),
	);
}

/** A line that says what it said before is not drawn again. */
const Line = memo(({text}: {readonly text: string}): ReactElement => <Text wrap='truncate'>{text}</Text>);

/** The lines of the screen, as many as the window has, and where the terminal's own cursor stands. */
type Frame = {readonly lines: readonly string[]; readonly caret?: {readonly x: number; readonly y: number} | undefined};

/** Draws frame after frame: parts that are dear are laid out again only when something of them has changed. */
function screenDrawer(words: Words): (state: ScreenState) => Frame {
	let last = new Map<unknown, {readonly facts: readonly unknown[]; readonly lines: readonly string[]}>();
	return state => {
		const drawn: typeof last = new Map();
		const reuse: Reuse = (key, facts, make) => {
			const before = last.get(key);
			const lines = before?.facts.every((fact, at) => fact === facts[at]) ? before.lines : make();
			drawn.set(key, {facts, lines});
			return lines;
		};

		const frame = drawScreen(state, words, reuse);
		last = drawn;
		return frame;
	};
}

function drawScreen(state: ScreenState, words: Words, reuse: Reuse): Frame {
	const {columns, rows} = state;
	if (isTooSmall(columns, rows)) {
		return {lines: tooSmall(state, words)};
	}

	const scene = state.scenes[shownScene(state)];
	const failure = state.failures.get(shownScene(state));
	if (!scene) {
		return {lines: failure === undefined ? padLines([], rows, columns) : faultLines(failure, columns, rows, words)};
	}

	return attempt(() => {
		const parts = screenParts(state, scene, words, reuse);
		return {
			lines: joinParts(parts, columns, rows),
			caret: attempt(() => caretIn(parts, state, words), () => undefined),
		};
	}, error => ({lines: faultLines(String(error), columns, rows, words)}));
}

function tooSmall({columns, rows, isQuitAsked}: ScreenState, {tooSmall: say}: Words): string[] {
	const lines = (isQuitAsked ? [say.quit, say.needs] : [say.needs, say.have(columns, rows), say.keys])
		.flatMap(text => wrap(text, columns - 1))
		.map(text => paint([{text: ` ${text}`}], columns));
	return padLines(lines, rows, columns);
}

/** The lines of the window, with a blank wherever no part is. */
function joinParts(parts: readonly Part[], columns: number, rows: number): string[] {
	const lines = Array.from({length: rows}, () => ({text: '', end: 0}));
	const add = (y: number, x: number, text: string, width: number): void => {
		const line = lines[y];
		if (line) {
			line.text += ' '.repeat(Math.max(0, x - line.end)) + text;
			line.end = x + width;
		}
	};

	for (const {x, y, width, height, lines: own} of parts.toSorted((a, b) => a.x - b.x)) {
		for (const [index, text] of own.slice(0, height).entries()) {
			add(y + index, x, text, width);
		}
	}

	for (const y of lines.keys()) {
		add(y, columns, '', 0);
	}

	return lines.map(({text}) => text);
}

/** The caret stands behind what is typed, in a prompt, in a lesson's panel or in the focused pane. */
function caretIn(parts: readonly Part[], whole: ScreenState, words: Words): Frame['caret'] {
	const state = besidePanel(whole, words);
	const {mode} = state;
	const [{scene}] = parts as readonly [Part];
	const inFooter = overlayOf(mode).caret?.({
		state, scene, words, mode,
	});
	if (state.isQuitAsked || inFooter) {
		return inFooter && !state.isQuitAsked ? {x: inFooter.x, y: whole.rows - 1 - inFooter.below} : undefined;
	}

	const inPanel = lessonPanel(whole, words)?.caret;
	const panel = inPanel && parts.find(({name}) => name === 'panel');
	if (panel) {
		return {x: panel.x + inPanel.x, y: panel.y + inPanel.y};
	}

	const pane = focusedPane(state, scene);
	const part = parts.find(({name, pane: own}) => name === 'pane' && own === pane);
	const isRelay = scene.server?.pane === pane && scene.server?.relay !== undefined;
	if (!isTyping(mode) || !part || pane === undefined || isRelay) {
		return undefined;
	}

	const {caret} = messageLine(paneState(state, pane), pane, scene, part.width - 4, words);
	return {x: part.x + 2 + caret, y: part.y + part.height - 2};
}
