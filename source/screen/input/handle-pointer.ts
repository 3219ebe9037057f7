import {stripVTControlCharacters} from 'node:util';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import {byTag} from '../../text/by-type.ts';
import textWidth from '../../text/width/width.ts';
import {isTooSmall} from '../frame/layout.ts';
import {attempt} from '../frame/paint.ts';
import {type Part, screenParts} from '../frame/screen-parts.ts';
import {screenLayout} from '../frame/screen-layout.ts';
import {
	actsMenu, isLessonQuestion, isPrompt, isSelecting, selectedIn,
} from '../overlays/modes.ts';
import type {EntryPlace, KeyInput, PressedKey} from '../overlays/overlay.ts';
import {dockedRowOpened, scrollDock} from '../overlays/flow/dock.ts';
import {isAsking, scrollPanel, toQuestion} from '../overlays/lessons/lessons.ts';
import {besidePanel, inWindow} from '../overlays/lessons/panel.ts';
import {overlayOf} from '../overlays/registry.ts';
import {selectRow} from '../overlays/select.ts';
import {paneLines, tabAt} from '../panes/pane-lines.ts';
import {
	backToTyping, focusedPane, isTyping, paneState, type ScreenState,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {Pointer} from './decode/decode-key.ts';
import {focusDrawn} from './focus.ts';
import {bindings} from './keys.ts';
import {runBinding} from './run-binding.ts';
import {scrollPane} from './scroll.ts';
import {update, type Update} from './update.ts';

/** Rows that a turn of the wheel scrolls by, where no entry is chosen by it. */
const wheelRows = 3;

type PointerInput = KeyInput<ScreenState['mode']>;

/** What the mouse does: a click focuses a pane or chooses an entry, the wheel scrolls what is under it. */
export function handlePointer(whole: ScreenState, scene: SceneView, pointer: Pointer, words: Words): Update {
	return attempt(() => {
		const {x, y} = pointer;
		const part = isTooSmall(whole.columns, whole.rows)
			? undefined
			: screenParts(whole, scene, words).find(each =>
				x >= each.x && x < each.x + each.width && y >= each.y && y < each.y + each.height);
		if (!part) {
			return update(whole);
		}

		const state = besidePanel(whole, words);
		const done = pointAt(part, {...pointer, x: x - part.x, y: y - part.y}, {
			state, scene, words, mode: state.mode, layout: () => screenLayout(state, scene, words),
		});
		return {state: inWindow(done.state, whole), effects: done.effects};
	}, () => update(whole));
}

/** @param pointer - at a cell of the part */
function pointAt(part: Part, {action, x, y}: Pointer, input: PointerInput): Update {
	const {state, scene, mode, words} = input;
	const step = action === 'up' ? -1 : 1;
	const inOverlay = (): Update => {
		const text = stripVTControlCharacters(part.lines[y] ?? '');
		const place = {
			line: y, rows: part.height, column: x, text,
		};
		return action === 'press' ? choose(input, place) : turn(input, action);
	};

	return byTag('name', part, {
		header: () => action === 'press' ? clickHeader(input, part, x) : update(state),
		body: inOverlay,
		footer: inOverlay,
		experiment: () => update(state),
		// The wheel scrolls the text of a lesson, and a click leads to the question that is asked.
		panel: () => update(action === 'press'
			? (isAsking(state) && isTyping(mode) ? toQuestion(state) : state)
			: scrollPanel(state, step)),
		dock: () => update(action === 'press'
			? (isPrompt(mode) ? state : dockedRowOpened(input, part, y))
			: scrollDock(input, part, action, wheelRows)),
		tabs(tabs) {
			const of = {
				state, scene: tabs.scene, shown: tabs.pane, words,
			};
			return action === 'press' ? clickPane(input, tabAt(of, x)) : update(state);
		},
		pane: ({pane}) => action === 'press'
			? clickPane(input, pane, pane === focusedPane(state, scene) ? rowAt(input, part, y) : undefined)
			: update(pane === undefined ? state : scrollPane(input, pane, step, wheelRows)),
	});
}

function choose(input: PointerInput, place: EntryPlace): Update {
	const {state, mode} = input;
	const chosen = overlayOf(mode).entryAt?.(input, place);
	if (!chosen) {
		return update(state);
	}

	return JSON.stringify({...chosen, notice: undefined}) === JSON.stringify({...mode, notice: undefined})
		? press(input, 'return')
		: update({...state, mode: chosen});
}

/** The wheel over what is drawn over the panes: the next entry, or some lines. */
function turn(input: PointerInput, action: 'up' | 'down'): Update {
	const {body, entryAt, wheel} = overlayOf(input.mode);
	if (!body) {
		return update(input.state);
	}

	if (wheel) {
		return wheel(input, action, wheelRows);
	}

	let result = update(input.state);
	for (let count = 0; count < (entryAt ? 1 : wheelRows); count++) {
		result = press({...input, state: result.state, mode: result.state.mode}, action);
	}

	return result;
}

function press(input: PointerInput, name: string): Update {
	const key: PressedKey = {
		type: 'key', name, ctrl: false, alt: false, shift: false, text: '', sequence: '',
	};
	return overlayOf(input.mode).handleKey(input, key) ?? update(input.state);
}

/** @param row - the ordinal of the row that was clicked on, where it can be selected */
function clickPane(input: PointerInput, pane: PaneId | undefined, row?: number): Update {
	const {state, scene, mode} = input;
	// A prompt is for the pane that it was opened in.
	if (pane === undefined || isPrompt(mode)) {
		return update(state);
	}

	if (row !== undefined) {
		return selectedIn(mode, pane) === row
			? press(input, 'return')
			: update(selectRow(state, pane, row));
	}

	// What is clicked has the keys, also where a prediction is asked for.
	const asked = isLessonQuestion(mode) ? backToTyping(state) : state;
	const closed = isSelecting(mode) ? overlayOf(mode).close?.(state, mode) ?? state : asked;
	const focused = focusDrawn(closed, scene, pane);
	return update(mode.type === 'acts-menu' ? {...focused, mode: actsMenu('menu', mode.selected)} : focused);
}

/**
The ordinal of the row at a line of a pane, where rows can be selected; it is known by what changes when it is. What
is half typed would not be sent by Enter then.
*/
function rowAt({state, scene, mode, words}: PointerInput, part: Part, y: number): number | undefined {
	const {pane = 0, height} = part;
	const view = state.views.get(pane);
	const own = paneState(state, pane);
	const isFree = (isTyping(mode) && own.draft.cells.length === 0) || isSelecting(mode);
	if (!isFree || view?.type !== 'rows' || y >= height - 2) {
		return undefined;
	}

	const box = {...part, pane};
	const linesOf = (selected: number | undefined): readonly string[] => paneLines({
		box, scene, pane: own, view, selected, isFocused: true, words,
	});
	const lines = linesOf(undefined);
	if (stripVTControlCharacters(lines[y] ?? '').slice(1, -1).trim() === '') {
		return undefined;
	}

	for (let ordinal = view.end - 1; ordinal >= view.end - view.rows.length; ordinal--) {
		const changed = linesOf(ordinal).flatMap((line, index) => line === lines[index] ? [] : [index]);
		const [first] = changed;
		if (changed.length === 1 && first !== undefined && first <= y) {
			return ordinal;
		}
	}

	return undefined;
}

/** The protocols in the header are tabs: one that is not shown is switched to. */
function clickHeader({state, scene, words}: PointerInput, {lines: [header = '']}: Part, x: number): Update {
	const other = scene.protocol === 'udp' ? 'TCP' : 'UDP';
	const [before = '', behind] = stripVTControlCharacters(header).split(` ${other} `);
	const from = textWidth(before);
	const {close = backToTyping} = overlayOf(state.mode);
	return behind !== undefined && x >= from && x < from + other.length + 2 && !isPrompt(state.mode)
		? runBinding(close(state, state.mode), scene, bindings['switch-protocol'], words)
		: update(state);
}
