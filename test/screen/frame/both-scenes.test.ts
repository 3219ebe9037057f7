import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {layOut} from '../../../source/screen/frame/layout.ts';
import {sceneLayouts, screenLayout} from '../../../source/screen/frame/screen-layout.ts';
import type {Key} from '../../../source/screen/input/decode/key-decoder.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {handlePointer} from '../../../source/screen/input/handle-pointer.ts';
import {keyBindings} from '../../../source/screen/input/keys.ts';
import {runBinding} from '../../../source/screen/input/run-binding.ts';
import type {Update} from '../../../source/screen/input/update.ts';
import {queriesFor} from '../../../source/screen/state/queries.ts';
import {
	focusedPane, type ScreenState, shownScene, withPane,
} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {fullScene, laboratoryScene} from '../../helpers/every-screen.ts';
import {
	clientView, row, sceneView, screenState, serverView,
} from '../../helpers/terminal-scene.ts';

const udp = sceneView({clients: [clientView(1, {type: 'unbound'})]});
const tcp = fullScene({
	server: serverView({pane: 11}),
	clients: fullScene().clients.map(client => ({...client, pane: client.pane + 10})),
});

function bothState(changes: Partial<ScreenState> = {}): ScreenState {
	return screenState(udp, {
		columns: 80, rows: 24, isBothWanted: true, scenes: {udp, tcp}, ...changes,
	});
}

function shown(state: ScreenState): SceneView {
	return state.scenes[shownScene(state)]!;
}

function press(state: ScreenState, name: string, text = ''): Update {
	const key: Key = {
		type: 'key', name, ctrl: false, alt: false, shift: false, text, sequence: text,
	};
	return handleKey(state, shown(state), key, en);
}

function pressLetter(state: ScreenState, letter: string): Update {
	return press(press(state, 'escape').state, letter, letter);
}

test('a letter puts both scenes side by side, asks for the other one, and takes it away again', t => {
	const alone = screenState(udp, {columns: 80, rows: 24});
	const {state, effects} = pressLetter(alone, 'c');
	t.true(state.isBothWanted);
	t.deepEqual(effects.map(effect => effect.type === 'execute' && effect.command), [{type: 'open-scene', protocol: 'tcp'}]);
	t.deepEqual(queriesFor(state, en).slice(0, 2).map(query => query.type === 'scene' && query.scene), ['udp', 'tcp']);
	const again = pressLetter({...state, scenes: {udp, tcp}}, 'ㅊ');
	t.false(again.state.isBothWanted);
	t.deepEqual(again.effects, []);
});

test('where there is no room for both, or in the laboratory, the letter says so', t => {
	const narrow = pressLetter(screenState(udp, {columns: 79, rows: 24}), 'c').state;
	t.false(narrow.isBothWanted);
	t.is(narrow.mode.type === 'commands' && narrow.mode.notice, en.notice.bothNeedColumns(80));
	const laboratory = laboratoryScene();
	const there = pressLetter(screenState(laboratory, {isExperimenting: true}), 'c').state;
	t.is(there.mode.type === 'commands' && there.mode.notice, en.laboratory.notHere);
});

test('Tab goes through the panes of both scenes, and typing goes to the one with the focus', t => {
	let state = bothState();
	const visited: Array<readonly [string, number | undefined]> = [];
	for (let count = 0; count < 5; count++) {
		visited.push([state.protocol, focusedPane(state, shown(state))]);
		({state} = press(state, 'tab'));
	}

	t.deepEqual(visited, [['udp', 2], ['tcp', 11], ['tcp', 12], ['tcp', 13], ['udp', 1]]);
	t.is(focusedPane(state, shown(state)), 2);
	const back = handleKey(state, udp, {
		type: 'key', name: 'tab', ctrl: false, alt: false, shift: true, text: '', sequence: '',
	}, en).state;
	t.is(focusedPane(back, udp), 1);
	const onTcp = withPane(bothState({protocol: 'tcp', focus: {tcp: 12}}), 12, {draft: draftOf('hi')});
	const {effects: [sent]} = press(onTcp, 'return');
	t.like(sent, {type: 'execute', command: {type: 'send', pane: 12}});
});

test('commands act on the scene that has the focus', t => {
	const halfClose = keyBindings.find(({id}) => id === 'half-close')!;
	const command = (state: ScreenState): unknown => runBinding(state, shown(state), halfClose, en).effects[0];
	t.is(command(bothState()), undefined, 'UDP has none');
	t.like(command(bothState({protocol: 'tcp', focus: {tcp: 12}})), {command: {type: 'half-close-client', pane: 12}});
});

test('both scenes are drawn in every window that has room, UDP on the left, the focused one marked', t => {
	for (const words of [en, ko]) {
		for (const [columns, rows] of [[80, 16], [80, 24], [100, 30], [120, 40], [160, 50]] as const) {
			const lines = stripVTControlCharacters(drawApp(bothState({columns, rows, protocol: 'tcp'}), words)).split('\n');
			t.is(lines.length, rows);
			t.true(lines.every(line => textWidth(line) <= columns));
			const [header = '', titles = ''] = lines;
			const half = columns / 2;
			t.regex(header, /^ {2}UDP /);
			t.is(textWidth(header.slice(0, header.indexOf(' [TCP]'))), half);
			t.is(titles.split(words.server.title).length, 3);
			t.is(lines.filter(line => line.includes(words.client.title(1))).length, 1);
		}
	}

	const [narrow = ''] = drawApp(bothState({columns: 79})).split('\n');
	t.true(narrow.includes(' TCP '));
	t.false(queriesFor(bothState({columns: 79}), en).some(query => query.type === 'scene' && query.scene === 'tcp'));
});

test('a server that other machines can reach is told in its half of the header, however narrow', t => {
	const open = {...udp, server: serverView({isExposed: true})};
	const [header = ''] = drawApp(bothState({scenes: {udp: open, tcp}})).split('\n');
	t.true(header.slice(0, 40).includes(en.header.exposed));
	t.false(header.slice(40).includes(en.header.exposed));
});

test('the engine is asked for the rows of each pane that is drawn, in its own size', t => {
	const queries = queriesFor(bothState(), en);
	const panes = queries.flatMap(query => query.type === 'rows' ? query.pane : []);
	t.deepEqual(panes, [1, 2, 11, 12]);
	t.is(queries.filter(({type}) => type === 'scene').length, 2);
});

test('a click focuses a pane of the other scene, and the wheel scrolls it', t => {
	const rows = Array.from({length: 20}, (_, sequence) => row({sequence, payload: 'x'}));
	const state = bothState({
		views: new Map([[12, {
			type: 'rows', pane: 12, kind: 'messages', rows, end: 20, first: 0, total: 20,
		}]]),
	});
	const layout = screenLayout(state, udp, en);
	const [, right] = sceneLayouts(state, udp, layout);
	const {x, y} = right!.layout.clients[0]!;
	const click = handlePointer(state, udp, {
		type: 'pointer', action: 'press', x: x + 3, y: y + 3,
	}, en).state;
	t.is(click.protocol, 'tcp');
	t.is(focusedPane(click, tcp), 12);
	const wheel = handlePointer(state, udp, {
		type: 'pointer', action: 'up', x: x + 3, y: y + 3,
	}, en).state;
	t.is(wheel.protocol, 'udp', 'the focus stays');
	t.is(wheel.panes.get(12)?.end, 17);
});

test('the flow diagram stands beside both scenes from 140 columns on; below, f takes the whole screen', t => {
	const wide = bothState({columns: 140, rows: 40});
	const docked = pressLetter(wide, 'f').state;
	t.true(docked.isFlowDocked);
	const layout = screenLayout(docked, udp, en);
	t.is(layout.dock?.x, 80);
	t.deepEqual([layout.panes.width, layout.beside?.panes.width], [40, 40]);
	t.is(pressLetter({...wide, columns: 139}, 'f').state.mode.type, 'flow-diagram');
	t.is(layOut({
		columns: 140,
		rows: 40,
		footerRows: 1,
		server: 1,
		clients: [],
		client: undefined,
		zoomed: undefined,
		dockColumns: 0,
	}).beside, undefined);
});
