import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {Pointer} from '../../../source/screen/input/decode/decode-key.ts';
import {handlePointer} from '../../../source/screen/input/handle-pointer.ts';
import {
	actNames, actsMenu, experimentList, linkPanel,
} from '../../../source/screen/overlays/modes.ts';
import {keyOfAct} from '../../../source/screen/overlays/acts/acts.ts';
import {experiments} from '../../../source/screen/overlays/laboratory/experiments.ts';
import {
	focusedPane, paneState, type ScreenState, withPane,
} from '../../../source/screen/state/screen-state.ts';
import {boxOf} from '../../../source/screen/frame/layout.ts';
import {screenLayout} from '../../../source/screen/frame/screen-layout.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {everyMode, fullScene, fullState} from '../../helpers/every-screen.ts';
import {
	clientView, connected, row, sceneView, screenState, serverView,
} from '../../helpers/terminal-scene.ts';

const clients = Array.from({length: 4}, (_, index) => clientView(index + 1, {type: 'unbound'}));
const scene = sceneView({clients});
const sizes = [[80, 24], [100, 30], [120, 40], [160, 50]] as const;

function stateOf(changes: Partial<ScreenState>): ScreenState {
	return screenState(scene, changes);
}

const drawn = new WeakMap<ScreenState, string[]>();

/** The cell where a text begins on the screen, and some columns on. */
function cellOf(state: ScreenState, text: string, words = en, on = 0): {x: number; y: number} {
	const lines = drawn.get(state) ?? stripVTControlCharacters(drawApp(state, words)).split('\n');
	drawn.set(state, lines);
	const y = lines.findIndex(line => line.includes(text));
	return {x: textWidth(lines[y]?.slice(0, lines[y].indexOf(text)) ?? '') + on, y};
}

function point(state: ScreenState, action: Pointer['action'], {x, y}: {x: number; y: number}, words = en): ScreenState {
	return handlePointer(state, scene, {
		type: 'pointer', action, x, y,
	}, words).state;
}

for (const [columns, rows] of sizes) {
	test(`a click focuses the pane, the tab or the folded client that it is on, in ${columns}x${rows}`, t => {
		for (const words of [en, ko]) {
			let state = stateOf({columns, rows});
			state = point(state, 'press', cellOf(state, `${words.server.title} · `, words, 1), words);
			t.is(focusedPane(state, scene), 1);
			for (const number of [3, 1, 4]) {
				const title = columns >= 100 ? words.client.title(number) : words.client.tab(number);
				state = point(state, 'press', cellOf(state, title, words, 1), words);
				t.is(focusedPane(state, scene), number + 1);
			}
		}
	});

	test(`a click chooses an experiment, and one more starts it, in ${columns}x${rows}`, t => {
		for (const words of [en, ko]) {
			let state = stateOf({columns, rows, mode: experimentList(0)});
			const {name} = experiments[3]!;
			state = point(state, 'press', cellOf(state, words.laboratory.experiments[name].name, words), words);
			t.deepEqual(state.mode, experimentList(3));
			state = point(state, 'press', cellOf(state, words.laboratory.experiments[name].name, words), words);
			t.true(state.isExperimenting);
		}
	});

	test(`a click chooses an act in the menu, in ${columns}x${rows}`, t => {
		for (const words of [en, ko]) {
			const state = stateOf({columns, rows, mode: actsMenu('menu', 0)});
			for (const [index, name] of [...actNames.entries()].slice(1)) {
				const {label} = words.acts.entries[name];
				for (const on of [2, textWidth(label) + 1]) {
					const after = point(state, 'press', cellOf(state, `${keyOfAct(name)} ${label}`, words, on), words);
					t.deepEqual(after.mode, actsMenu('menu', index), label);
				}
			}
		}
	});

	test(`a click chooses a value in the link panel, in ${columns}x${rows}`, t => {
		for (const words of [en, ko]) {
			let state = stateOf({columns, rows, mode: linkPanel({row: 'preset', column: 'both'})});
			const delay = cellOf(state, words.link.panel.rows.delay, words);
			state = point(state, 'press', delay, words);
			t.deepEqual(state.mode, linkPanel({row: 'delay', column: 'both'}));
			const x = cellOf(state, words.link.panel.columns['to-clients'], words).x + 1;
			state = point(state, 'press', {x, y: delay.y}, words);
			t.deepEqual(state.mode, linkPanel({row: 'delay', column: 'to-clients'}));
			state = point(state, 'press', {x, y: delay.y}, words);
			t.is(state.mode.type, 'link-value');
		}
	});
}

test('a click on the other protocol in the header switches to it', t => {
	const state = stateOf({columns: 80, rows: 24});
	t.is(point(state, 'press', cellOf(state, ' TCP ', en, 2)).protocol, 'tcp');
	t.is(point(state, 'press', cellOf(state, '[UDP]', en, 2)).protocol, 'udp');

	const tcp = sceneView({protocol: 'tcp', server: serverView({pane: 11}), clients: [clientView(1, connected, {pane: 12})]});
	for (const words of [en, ko]) {
		const both = stateOf({
			columns: 160, rows: 50, isBothWanted: true, scenes: {udp: scene, tcp},
		});
		const {x, y} = cellOf(both, ' TCP ', words);
		const protocols = [-1, 0, 4, 5].map(on => point(both, 'press', {x: x + on, y}, words).protocol);
		t.deepEqual(protocols, ['udp', 'tcp', 'tcp', 'udp']);
	}
});

test('a click on a row of the focused pane selects it, and one more opens it; not while a message is half typed', t => {
	const rows = ['alpha', 'beta', 'gamma'].map((payload, sequence) => row({sequence, length: payload.length, payload}));
	const view = {
		type: 'rows', kind: 'messages', pane: 2, rows, first: 0, end: 3, total: 3,
	} as const;
	const base = stateOf({columns: 80, rows: 24, views: new Map([[2, view]])});
	for (const [ordinal, text] of ['alpha', 'beta', 'gamma'].entries()) {
		const selected = point(base, 'press', cellOf(base, text));
		t.deepEqual(selected.mode, {type: 'select', pane: 2, ordinal});
		const opened = point(selected, 'press', cellOf(selected, text));
		t.like(opened.mode, {type: 'whole-payload', sequence: ordinal});
	}

	const selected = point(base, 'press', cellOf(base, 'alpha'));
	t.like(point(selected, 'press', cellOf(selected, 'gamma')).mode, {type: 'select', ordinal: 2});
	t.is(point(base, 'press', {x: 5, y: 20}).mode.type, 'typing');
	const last = boxOf(screenLayout(base, scene, en), 2)!;
	for (const y of [1, 2]) {
		const place = {x: last.x + 3, y: last.y + last.height - y};
		t.is(point(base, 'press', place).mode.type, 'typing', 'the message line and the border are no rows');
	}

	const typing = withPane(base, 2, {draft: draftOf('half')});
	t.is(point(typing, 'press', cellOf(typing, 'alpha')).mode.type, 'typing');
});

test('a click on another pane ends what is about the one before, and is nothing while one types into a prompt', t => {
	const base = stateOf({columns: 160, rows: 50});
	const other = boxOf(screenLayout(base, scene, en), 3)!;
	const on = (state: ScreenState): ScreenState => point(state, 'press', {x: other.x + 3, y: other.y + 1});
	t.deepEqual(on({...base, mode: {type: 'acts-menu', page: 'report', selected: 2}}).mode, actsMenu('menu', 2));
	const selecting = on(withPane({...base, mode: {type: 'select', pane: 2, ordinal: 1}}, 2, {end: 4}));
	t.deepEqual([selecting.mode.type, focusedPane(selecting, scene)], ['typing', 3]);
	t.is(paneState(selecting, 2).end, undefined, 'it follows its end again');
	const prompt = {...base, mode: {type: 'address-prompt', pane: 2, draft: draftOf('1')}} as const;
	t.is(focusedPane(on(prompt), scene), 2);

	const full = fullScene();
	const docked = fullState(full, {columns: 160, rows: 50, isFlowDocked: true});
	for (const mode of [docked.mode, prompt.mode]) {
		const state = {...docked, mode};
		const dock = screenLayout(state, full, en).dock!;
		const modes = Array.from({length: dock.height}, (_, y) => handlePointer(state, full, {
			type: 'pointer', action: 'press', x: dock.x + 5, y: dock.y + y,
		}, en).state.mode.type);
		t.is(modes.includes('flow-diagram'), mode === docked.mode);
	}
});

test('the wheel scrolls the pane under it, and leaves the focus and what is typed', t => {
	const rows = Array.from({length: 7}, (_, index) => row({sequence: index, length: 1, payload: 'x'}));
	const view = {
		type: 'rows', kind: 'messages', pane: 1, rows, first: 0, end: 100, total: 100,
	} as const;
	let state = stateOf({columns: 80, rows: 24, views: new Map([[1, view]])});
	const place = {x: 5, y: 4};
	state = point(state, 'up', place);
	t.is(paneState(state, 1).end, 97);
	t.is(focusedPane(state, scene), 2);
	state = point(withPane(state, 1, {end: 95}), 'down', place);
	t.like(paneState(state, 1), {end: 98, anchor: {end: 98, row: 95}});
	state = point(withPane(state, 1, {end: 100}), 'down', place);
	t.is(paneState(state, 1).end, undefined);
	t.deepEqual(point(state, 'up', {x: 5, y: 0}), state);
});

test('the wheel chooses the next entry of a list, and scrolls the help', t => {
	const list = stateOf({columns: 80, rows: 24, mode: experimentList(3)});
	t.deepEqual(point(list, 'down', {x: 10, y: 10}).mode, experimentList(4));
	t.deepEqual(point(list, 'up', {x: 10, y: 10}).mode, experimentList(2));
	const help = stateOf({columns: 80, rows: 24, mode: {type: 'help-page', top: 0}});
	t.deepEqual(point(help, 'down', {x: 10, y: 10}).mode, {type: 'help-page', top: 3});
});

test('wherever the mouse is used, in every mode, nothing fails, is sent or is typed', t => {
	for (const mode of Object.values(everyMode).flat()) {
		const state = stateOf({columns: 80, rows: 24, mode});
		for (let y = 0; y < 24; y++) {
			for (const action of ['press', 'up', 'down'] as const) {
				const {state: after, effects} = handlePointer(state, scene, {
					type: 'pointer', action, x: 40, y,
				}, en);
				t.false(effects.some(effect => effect.type === 'execute' && effect.command.type === 'send'));
				t.is(paneState(after, 2).draft.cells.length, 0);
			}
		}
	}
});
