import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {ClientState} from '../../../source/engine/api/scene-view.ts';
import {footerLines} from '../../../source/screen/overlays/registry.ts';
import {keyBindings} from '../../../source/screen/input/keys.ts';
import type {Mode} from '../../../source/screen/overlays/modes.ts';
import {newPaneState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width.ts';
import {
	clientView, sceneView, screenState, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

function footer(scene = sceneView(), changes: Parameters<typeof screenState>[1] = {}): string[] {
	return footerLines(screenState(scene, changes), scene, en).map(line => stripVTControlCharacters(line));
}

test('while typing it is one line of the keys that do something now', t => {
	for (const columns of [80, 120, 200]) {
		const [line, ...others] = footer(sceneView(), {columns});
		t.deepEqual(others, []);
		t.is(textWidth(line!), columns);
		t.regex(line!, /Enter send.*Esc commands.*\? help.*\^Q quit/);
		t.notRegex(line!, /half-close/);
	}
});

test('where not all keys fit, how to send and how to find the commands are still there', t => {
	const line = footer(sceneView(), {columns: 60})[0]!;
	t.is(textWidth(line), 60);
	t.regex(line, /Enter send.*Esc commands/);
});

test('after Esc it has the letter of every command that does something now', t => {
	for (const columns of [60, 80, 120]) {
		const lines = footer(sceneView({protocol: 'tcp'}), {columns, mode: {type: 'commands'}});
		t.true(lines.every(line => textWidth(line) === columns));
		for (const {letter, id} of keyBindings) {
			t.is(lines.join('').includes(` ${letter} `), id !== 'half-close');
		}
	}
});

test('an unknown letter is named beside the others', t => {
	t.regex(
		footer(sceneView(), {mode: {type: 'commands', notice: 'no command on \'y\''}}).join(''),
		/✗ no command on 'y'/,
	);
});

test('the arrows are offered on an empty line of a server that has peers', t => {
	const server = serverView({peerCount: 2, target: 1});
	t.regex(footer(sceneView({server}), {focus: {udp: 1}}).join(''), /← → choose peer/);
	t.notRegex(footer(sceneView({server}), {focus: {udp: 2}}).join(''), /← →/);
	t.notRegex(footer(sceneView(), {focus: {udp: 1}}).join(''), /← →/);
});

test('in the help it tells how to leave it', t => {
	t.regex(footer(sceneView(), {mode: {type: 'help-page', top: 0}}).join(''), /Esc q close/);
});

const modes: ReadonlyArray<readonly [Mode, RegExp]> = [
	[{type: 'select', pane: 2, ordinal: 0}, /other row +Enter open whole +Esc back/],
	[
		{type: 'link-panel', place: {row: 'preset', column: 'both'}},
		/row +← → direction +Enter change +\+ - step +p preset +0 perfect +n lose next +s seed +r random seed +Esc close/,
	],
	[{type: 'flow-diagram', ends: []}, /scroll +s save SVG +m Mermaid +t text +Esc close/],
	[
		{
			type: 'whole-payload',
			sequence: 0,
			from: 0,
			back: {type: 'select', pane: 2, ordinal: 0},
		},
		/scroll +c copy text +h copy hex +w save +(?:b save bytes +)?Esc close/,
	],
];

for (const [mode, wanted] of modes) {
	test(`in mode ${mode.type} it has the keys of that mode alone, and fits`, t => {
		for (const columns of [60, 80, 120]) {
			const lines = footer(sceneView(), {columns, mode});
			t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([columns]));
			t.regex(lines.join(''), wanted);
			t.notRegex(lines.join(''), /Enter send/);
		}
	});
}

test('what came of saving or copying stands above the keys, and a path that does not fit keeps its end', t => {
	for (const columns of [60, 120]) {
		const folder = '/a-folder'.repeat(7);
		const lines = footer(sceneView(), {
			columns,
			mode: {type: 'flow-diagram', ends: [], notice: `saved ${folder}/a-name.svg`},
		});
		t.is(lines.length, 2);
		t.regex(
			lines[0] ?? '',
			columns === 60 ? /^ ….*-folder\/a-name\.svg *$/ : /^ saved \/a-folder\/.*\/a-name\.svg +$/,
		);
		t.regex(lines[1] ?? '', /save SVG/);
		t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([columns]));
	}
});

test('beside a program stands how to save it', t => {
	const panes = new Map([[2, {...newPaneState, view: 'program-view' as const}]]);
	t.regex(footer(sceneView(), {columns: 80, panes}).join(''), /Esc w save/);
	t.notRegex(footer().join(''), /Esc w/);
});

test('in the smallest window the letters of all commands leave room for two panes of four lines and the tabs between them', t => {
	const local = {host: '127.0.0.1', port: 40_000};
	const connected: ClientState = {
		type: 'connected',
		local,
		peer: serverAddress,
		isFinishing: false,
		hasSentFin: false,
		hasReceivedFin: false,
	};
	const scenes = (
		[
			['udp', {type: 'unbound'}],
			['udp', {type: 'closed'}],
			['tcp', connected],
			['tcp', {...connected, isFinishing: true}],
			['tcp', {type: 'closed'}],
		] as const
	).map(([protocol, state]) =>
		sceneView({
			protocol,
			clients: [clientView(1, state), clientView(2, state)],
			server: serverView({target: 1, peerCount: 1}),
		}));
	for (const words of [en, ko]) {
		for (const scene of scenes) {
			for (const focus of [1, 2]) {
				const state = screenState(scene, {
					columns: 60,
					rows: 16,
					mode: {type: 'commands'},
					focus: {[scene.name]: focus},
				});
				t.true(footerLines(state, scene, words).length <= 16 - 1 - 9);
			}
		}
	}
});
