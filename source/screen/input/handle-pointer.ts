import {stripVTControlCharacters} from 'node:util';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import {
	boxOf,
	isTooSmall, type Layout, type PaneBox, type SceneLayout,
} from '../frame/layout.ts';
import {attempt} from '../frame/paint.ts';
import {
	drawBody, drawExperiment, drawFooter, draw,
} from '../frame/renderers.ts';
import {sceneLayouts, screenLayout} from '../frame/screen-layout.ts';
import {
	actsMenu, isLessonQuestion, isPrompt, isSelecting, selectedIn,
} from '../overlays/modes.ts';
import type {EntryPlace, KeyInput, PressedKey} from '../overlays/overlay.ts';
import {dockedRowOpened, scrollDock} from '../overlays/flow/dock.ts';
import {isAsking, scrollPanel, toQuestion} from '../overlays/lessons/lessons.ts';
import {besidePanel, inWindow} from '../overlays/lessons/panel.ts';
import {bodyRows, overlayOf} from '../overlays/registry.ts';
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

/**
What the mouse does: a click focuses a pane or chooses an entry, the wheel scrolls what is under it. Where that fails it
does nothing.
*/
export function handlePointer(state: ScreenState, scene: SceneView, pointer: Pointer, words: Words): Update {
	return attempt(() => {
		if (isTooSmall(state.columns, state.rows)) {
			return update(state);
		}

		const inner = besidePanel(state, words);
		const place = placeBesidePanel(inner, scene, pointer, words);
		const done = place ? handleInWindow(inner, scene, place, words) : pointInPanel(inner, pointer);
		return {state: inWindow(done.state, state), effects: done.effects};
	}, () => update(state));
}

/** Where something is in the window that the panel of a lesson leaves; undefined in the panel. */
function placeBesidePanel(
	state: ScreenState,
	scene: SceneView,
	pointer: Pointer,
	words: Words,
): Pointer | undefined {
	const {panel} = state.learning;
	if (!panel) {
		return pointer;
	}

	if (panel.isColumn) {
		return pointer.x < state.columns ? pointer : undefined;
	}

	const footer = drawFooter({state, scene, words}).length;
	if (pointer.y < state.rows - footer) {
		return pointer;
	}

	return pointer.y < state.rows - footer + panel.height ? undefined : {...pointer, y: pointer.y - panel.height};
}

/** In the panel of a lesson the wheel scrolls its text, and a click leads to the question that is asked. */
function pointInPanel(state: ScreenState, {action}: Pointer): Update {
	if (action === 'press') {
		return update(isAsking(state) && isTyping(state.mode) ? toQuestion(state) : state);
	}

	return update(scrollPanel(state, action === 'up' ? -1 : 1));
}

function handleInWindow(state: ScreenState, scene: SceneView, pointer: Pointer, words: Words): Update {
	const layout = (): Layout => screenLayout(state, scene, words);
	const input = {
		state, scene, words, mode: state.mode, layout,
	};
	const place = placeInOverlay(input, pointer);
	if (place) {
		return pointer.action === 'press' ? choose(input, place) : turn(input, pointer.action);
	}

	return pointer.action === 'press' ? click(input, pointer) : scroll(input, pointer, pointer.action);
}

/** The line of the overlay, or of the footer, at a place; undefined where the header or the panes are. */
function placeInOverlay(input: PointerInput, {x, y}: Pointer): EntryPlace | undefined {
	const {state} = input;
	const footer = drawFooter(input);
	const experiment = drawExperiment(input, footer.length);
	const end = state.rows - footer.length - experiment.length;
	const taken = bodyRows(input, footer.length + experiment.length);
	const rows = taken === 'all' ? end - 1 : taken;
	const line = y - (end - rows);
	const drawn = y >= state.rows - footer.length
		? {line: y - state.rows + footer.length, lines: footer}
		: (y < end && line >= 0 && rows > 0 ? {line, lines: drawBody(input, rows)} : undefined);
	return drawn && {
		line: drawn.line,
		rows: drawn.lines.length,
		column: x,
		text: stripVTControlCharacters(drawn.lines[drawn.line] ?? ''),
	};
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

function click(input: PointerInput, {x, y}: Pointer): Update {
	const {state, scene, mode, words} = input;
	if (y === 0) {
		return clickHeader(input, x);
	}

	const layout = input.layout();
	if (layout.dock && isIn(layout.dock, x, y)) {
		return update(isPrompt(mode) ? state : dockedRowOpened(input, layout.dock, y - layout.dock.y));
	}

	const [pane] = sceneLayouts(state, scene, layout)
		.filter(({layout: {panes}}) => isIn(panes, x, y))
		.map(({scene: drawn, layout: own}) => y === own.tabs
			? tabAt({
				state, scene: drawn, shown: own.clients[0]?.pane, words,
			}, x - own.panes.x)
			: boxAt(own, x, y));
	// A prompt is for the pane that it was opened in.
	if (pane === undefined || isPrompt(mode)) {
		return update(state);
	}

	const row = pane === focusedPane(state, scene) ? rowAt(input, pane, y) : undefined;
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
The ordinal of the row at a line of the screen, where rows can be selected; it is known by what changes when it is. What
is half typed would not be sent by Enter then.
*/
function rowAt({state, scene, mode, words, layout}: PointerInput, pane: PaneId, y: number): number | undefined {
	const view = state.views.get(pane);
	const own = paneState(state, pane);
	const box = boxOf(layout(), pane);
	const isFree = (isTyping(mode) && own.draft.cells.length === 0) || isSelecting(mode);
	if (!box || !isFree || view?.type !== 'rows' || y >= box.y + box.height - 2) {
		return undefined;
	}

	const linesOf = (selected: number | undefined): readonly string[] => paneLines({
		box, scene, pane: own, view, selected, isFocused: true, words,
	});
	const lines = linesOf(undefined);
	if (stripVTControlCharacters(lines[y - box.y] ?? '').slice(1, -1).trim() === '') {
		return undefined;
	}

	for (let ordinal = view.end - 1; ordinal >= view.end - view.rows.length; ordinal--) {
		const changed = linesOf(ordinal).flatMap((line, index) => line === lines[index] ? [] : [index]);
		const [first] = changed;
		if (changed.length === 1 && first !== undefined && first <= y - box.y) {
			return ordinal;
		}
	}

	return undefined;
}

/** The protocols in the header are tabs: one that is not shown is switched to. */
function clickHeader(input: PointerInput, x: number): Update {
	const {state, scene, words} = input;
	const [header = ''] = draw('header', input, {columns: state.columns, rows: 1});
	const other = scene.protocol === 'udp' ? 'TCP' : 'UDP';
	const from = stripVTControlCharacters(header).indexOf(` ${other} `);
	const {close = backToTyping} = overlayOf(state.mode);
	return from !== -1 && x >= from && x < from + other.length + 2 && !isPrompt(state.mode)
		? runBinding(close(state, state.mode), scene, bindings['switch-protocol'], words)
		: update(state);
}

function scroll(input: PointerInput, {x, y}: Pointer, action: 'up' | 'down'): Update {
	const {beside, dock, ...layout} = input.layout();
	if (dock && isIn(dock, x, y)) {
		return update(scrollDock(input, dock, action, wheelRows));
	}

	const pane = boxAt(layout, x, y) ?? (beside && boxAt(beside, x, y));
	return update(pane === undefined ? input.state : scrollPane(input, pane, action === 'up' ? -1 : 1, wheelRows));
}

function boxAt({server, clients, folded}: SceneLayout, x: number, y: number): PaneId | undefined {
	return [...(server ? [server] : []), ...clients, ...folded].find(box => isIn(box, x, y))?.pane;
}

function isIn(box: Omit<PaneBox, 'pane'>, x: number, y: number): boolean {
	return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}
