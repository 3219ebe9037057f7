import test from 'ava';
import {screenLayout} from '../../../source/screen/frame/screen-layout.ts';
import {scrollPane, showOrdinal} from '../../../source/screen/input/scroll.ts';
import {boxOf} from '../../../source/screen/frame/layout.ts';
import {pageOf} from '../../../source/screen/panes/rows/pane-rows.ts';
import {measurePane} from '../../../source/screen/panes/geometry.ts';
import {newPaneState, paneState, type ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import type {RowsView} from '../../../source/views/rows.ts';
import {row, sceneView, screenState} from '../../helpers/terminal-scene.ts';

const scene = sceneView();
const pane = 1;

/** The server's pane, scrolled so that it ends before this one of a hundred rows, and how many of them it shows. */
function scrolledTo(end: number): {
	readonly state: ScreenState;
	readonly whole: number;
	readonly show: (ordinal: number) => number | undefined;
	readonly back: (lines?: number) => number | undefined;
} {
	const rows = Array.from({length: end}, (_, sequence) => row({sequence, payload: 'hello', peer: {host: '127.0.0.1', port: 9}}));
	const view: RowsView = {
		type: 'rows', pane, kind: 'messages', rows, end, total: 100, first: 0,
	};
	const state = screenState(scene, {
		columns: 80, rows: 24, views: new Map([[pane, view]]), panes: new Map([[pane, {...newPaneState, end}]]),
	});
	const layout = screenLayout(state, scene, en);
	const box = boxOf(layout, pane)!;
	const input = {
		state, scene, words: en, layout: () => layout,
	};
	const {whole} = pageOf(view, {
		box, scene, pane: paneState(state, pane), words: en,
	}, measurePane(box, scene, en).logRows);
	return {
		state,
		whole,
		show: ordinal => paneState(showOrdinal(input, pane, ordinal), pane).end,
		back: lines => paneState(scrollPane(input, pane, -1, lines), pane).end,
	};
}

test('a row that shows moves nothing, and one beside them scrolls by as much as it takes', t => {
	const {whole, show} = scrolledTo(50);
	t.true(whole > 3);
	const first = 50 - whole;
	t.deepEqual([first - 2, first - 1, first, 49, 50, 51].map(ordinal => show(ordinal)), [48, 49, 50, 50, 51, 52]);
	t.deepEqual([0, 99].map(ordinal => show(ordinal)), [whole, 100]);
});

test('by a page back one row stays, at the beginning all that fit', t => {
	const {state, whole, back} = scrolledTo(50);
	t.is(back(), 50 - whole + 1);
	t.is(back(3), 47);
	t.is(paneState(state, pane).end, 50);
	t.is(scrolledTo(whole).back(), whole);
});
