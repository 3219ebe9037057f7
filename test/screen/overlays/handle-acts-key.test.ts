import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {ClientView, SceneView} from '../../../source/engine/api/scene-view.ts';
import {ofMessage, type SavedSequence} from '../../../source/messages/message.ts';
import type {MessagesNews} from '../../../source/messages/messages-file.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {chordOf, keyOf} from '../../helpers/key-of.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {emptyDraft} from '../../../source/screen/input/line/draft.ts';
import type {Update} from '../../../source/screen/input/update.ts';
import {actNames, type ActsMode, type Mode} from '../../../source/screen/overlays/modes.ts';
import {
	newPaneState, paneState, type PaneState, type ScreenState,
} from '../../../source/screen/state/screen-state.ts';
import {acts} from '../../../source/screen/overlays/acts/acts-menu.ts';
import {actsPage} from '../../../source/screen/overlays/acts/acts-lines.ts';
import {footerLines} from '../../../source/screen/overlays/registry.ts';
import {paneStatus} from '../../../source/screen/panes/status-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {seriesView} from '../../helpers/series-view.ts';
import {
	clientView, connected, connectedPeer, sceneView, screenState, serverView,
} from '../../helpers/terminal-scene.ts';

function tcpScene(changes: Partial<ClientView> = {}, isReadingStopped = false): SceneView {
	return sceneView({
		protocol: 'tcp',
		clients: [clientView(1, connected, changes)],
		server: serverView({target: 4, peerCount: 1, peers: [connectedPeer({isReadingStopped}, 4)]}),
	});
}

const menu: ActsMode = {type: 'acts-menu', page: 'menu', selected: 0};

function stateWith(scene: SceneView, mode: Mode, pane: Partial<PaneState> = {}, focus = 2): ScreenState {
	return screenState(scene, {
		columns: 80,
		rows: 24,
		mode,
		focus: {[scene.name]: focus},
		panes: new Map([[focus, {...newPaneState, ...pane}]]),
	});
}

function press(
	scene: SceneView,
	names: readonly string[],
	{
		mode = menu,
		pane = {},
		focus = 2,
	}: {readonly mode?: Mode; readonly pane?: Partial<PaneState>; readonly focus?: number} = {},
): Update {
	let at: Update = {state: stateWith(scene, mode, pane, focus), effects: []};
	for (const name of names) {
		at = handleKey(at.state, scene, keyOf(name), en);
	}

	return at;
}

const client = {type: 'client', pane: 2} as const;
const connection = {type: 'connection', connection: 4} as const;
const plainActs = [
	['1', {type: 'act', on: client, act: {type: 'reset'}}, {type: 'act', on: connection, act: {type: 'reset'}}],
	['2', {type: 'half-close-client', pane: 2}, {type: 'half-close-connection', connection: 4}],
	[
		'3',
		{type: 'act', on: client, act: {type: 'stop-reading'}},
		{type: 'act', on: connection, act: {type: 'stop-reading'}},
	],
] as const;

for (const [digit, atClient, atConnection] of plainActs) {
	test(`${digit} is carried out on the focused client, or on the server's chosen connection, and one types again`, t => {
		for (const [focus, command] of [
			[2, atClient],
			[1, atConnection],
		] as const) {
			const {state, effects} = press(tcpScene(), [digit], {focus});
			t.deepEqual(effects, [{type: 'execute', command, pane: focus}]);
			t.deepEqual(state.mode, {type: 'typing'});
		}
	});
}

test('3 on a socket that does not read makes it read again', t => {
	t.like(press(tcpScene({isReadingStopped: true}), ['3']).effects[0], {command: {act: {type: 'read-again'}}});
	t.like(press(tcpScene({}, true), ['3'], {focus: 1}).effects[0], {command: {act: {type: 'read-again'}}});
});

test('Up and Down choose, round the ends, and Enter does what is chosen', t => {
	t.like(press(tcpScene(), ['down']).state.mode, {selected: 1});
	t.like(press(tcpScene(), ['up']).state.mode, {selected: 10});
	t.like(press(tcpScene(), ['up', 'down']).state.mode, {selected: 0});
	t.like(press(tcpScene(), ['down', 'return']).effects[0], {command: {type: 'half-close-client'}});
});

for (const [digit, wanted] of [
	['4', {type: 'split-character'}],
	['5', {type: 'two-writes', hasPause: false}],
	['6', {type: 'two-writes', hasPause: true}],
] as const) {
	test(`${digit} sends what is typed as it would be sent, and it goes to the history`, t => {
		const draft = draftOf(String.raw`한\n`);
		const {state, effects} = press(sceneView(), [digit], {pane: {draft, ending: 'crlf'}});
		t.deepEqual(effects, [
			{
				type: 'execute',
				pane: 2,
				draft,
				command: {type: 'act', on: client, act: {...wanted, bytes: Buffer.from('한\n\r\n')}},
			},
		]);
		const {draft: left, history, notice} = paneState(state, 2);
		t.deepEqual(left.cells, []);
		t.deepEqual(history, [draft]);
		t.is(notice, undefined);
	});

	test(`${digit} with nothing typed sends a sample, and says so`, t => {
		const {state, effects} = press(sceneView(), [digit]);
		const sample = digit === '4' ? '안녕' : 'first second';
		t.deepEqual(effects, [
			{
				type: 'execute',
				pane: 2,
				command: {type: 'act', on: client, act: {...wanted, bytes: Buffer.from(sample)}},
			},
		]);
		t.is(paneState(state, 2).notice, en.acts.sampleSent(sample));
		t.deepEqual(paneState(state, 2).history, []);
	});
}

test('what means nothing here does nothing, and the menu says why', t => {
	for (const names of [['1'], ['return']]) {
		const {state, effects} = press(sceneView(), names);
		t.deepEqual(effects, []);
		t.deepEqual(state.mode, {...menu, notice: en.acts.reasons.udp.reset});
	}

	t.like(press(sceneView(), ['1', 'down']).state.mode, {selected: 1, notice: undefined});
	t.like(press(sceneView({server: serverView({target: 1, peerCount: 1})}), ['4'], {focus: 1}).state.mode, {
		notice: en.acts.reasons.oneSocketForAll,
	});
});

test('Esc, b and its key on a Korean keyboard go back, other keys change nothing, and a letter says so', t => {
	for (const name of ['escape', 'b', 'B', 'ㅠ']) {
		t.deepEqual(press(tcpScene(), [name]), {state: stateWith(tcpScene(), {type: 'typing'}), effects: []});
	}

	for (const name of ['home', 'left']) {
		t.deepEqual(press(tcpScene(), [name]), {state: stateWith(tcpScene(), menu), effects: []});
	}

	t.like(press(tcpScene(), ['y']), {state: {mode: {...menu, notice: `${en.notice.unknownCommand('y')} · ${en.notice.lettersAre}`}}, effects: []});
});

test('the arrows are offered, and asked for, where there is a connection to choose, and nowhere else', t => {
	const ofServer = (changes: Parameters<typeof serverView>[0]): string => {
		const scene = sceneView({protocol: 'tcp', server: serverView(changes)});
		return footerLines(stateWith(scene, menu, {}, 1), scene, en).map(line => stripVTControlCharacters(line)).join('\n');
	};

	const stopped = ofServer({state: {type: 'closed'}});
	t.notRegex(stopped, /← →|Left and Right/);
	t.true(stopped.includes(en.acts.reasons.noConnection));
	t.notRegex(ofServer({}), /← →|Left and Right/, 'no client yet');
	const peers = [connectedPeer({}, 4), connectedPeer({}, 5)];
	t.regex(ofServer({target: 4, peerCount: 2, peers}), /← → other connection/);
	const all = ofServer({target: 'all', peerCount: 2, peers});
	t.regex(all, /← → other connection/);
	t.true(all.includes(en.acts.reasons.chooseConnection));
});

test('Tab shows the menu of the next pane, and on the server Left and Right that of another connection', t => {
	const {state} = press(tcpScene(), ['tab']);
	t.is(state.focus.tcp, 1);
	t.is(state.mode.type, 'acts-menu');
	const {state: after, effects} = press(tcpScene(), ['left'], {focus: 1});
	t.deepEqual(effects, [{type: 'execute', command: {type: 'choose-peer', protocol: 'tcp', step: -1}, pane: 1}]);
	t.is(after.mode.type, 'acts-menu');
});

test('a chord is a command here, too, and a paste goes to the line', t => {
	t.is(handleKey(stateWith(tcpScene(), menu), tcpScene(), chordOf('f'), en).state.mode.type, 'flow-diagram');
	const {state} = handleKey(stateWith(tcpScene(), menu), tcpScene(), {type: 'paste', text: 'pasted'}, en);
	t.is(state.mode.type, 'typing');
	t.is(paneState(state, 2).draft.cells.length, 6);
});

test('b opens the menu, and while a series is sent its report', t => {
	const commands: Mode = {type: 'commands'};
	t.deepEqual(press(tcpScene(), ['b'], {mode: commands}).state.mode, menu);
	t.deepEqual(press(tcpScene({series: seriesView(false)}), ['b'], {mode: commands}).state.mode, menu);
	t.deepEqual(press(tcpScene({series: seriesView(true)}), ['b'], {mode: commands}).state.mode, {
		...menu,
		page: 'report',
	});
});

test('in the report s stops the series that is sent, and a goes to the acts; Enter and Esc go back', t => {
	const mode: Mode = {type: 'acts-menu', page: 'report', selected: 0};
	const running = tcpScene({series: seriesView(true)});
	t.deepEqual(press(running, ['s'], {mode}), {
		state: stateWith(running, mode),
		effects: [{type: 'execute', command: {type: 'stop-series', pane: 2}, pane: 2}],
	});
	t.deepEqual(press(tcpScene({series: seriesView(false)}), ['s'], {mode}).effects, []);
	t.like(press(running, ['a'], {mode}).state.mode, {page: 'menu'});
	t.like(press(running, ['a', '1'], {mode}).effects[0], {command: {act: {type: 'reset'}}});
	for (const name of ['return', 'b']) {
		t.is(press(running, [name], {mode}).state.mode.type, 'typing');
	}

	t.is(press(running, ['escape'], {mode}).state.mode.type, 'typing');

	t.deepEqual(press(running, ['1'], {mode}).effects, []);
});

test('0 shows the report of the last series', t => {
	t.like(press(tcpScene({series: seriesView(false)}), ['0']).state.mode, {type: 'acts-menu', page: 'report'});
	t.like(press(tcpScene({series: seriesView(false)}), ['0', 'escape']).state.mode, {page: 'menu', selected: 9});
	t.like(press(tcpScene(), ['0']).state.mode, {page: 'menu', notice: en.acts.reasons.noReport});
});

function submit(kind: '7' | '8' | '9', value: string, pane: Partial<PaneState> = {}): Update {
	const {state} = press(sceneView(), [kind], {pane});
	const typed = handleKey(state, sceneView(), {type: 'paste', text: value}, en).state;
	return handleKey(typed, sceneView(), keyOf('return'), en);
}

test('a series is asked for in a prompt, and begun', t => {
	t.deepEqual(press(sceneView(), ['7']).state.mode, {
		type: 'series-prompt', kind: 'burst', pane: 2, draft: emptyDraft,
	});
	const {state, effects} = submit('7', '1000 at 50/s');
	t.deepEqual(effects, [
		{type: 'execute', command: {type: 'start-series', pane: 2, series: {count: 1000, rate: 50}}, pane: 2},
	]);
	t.is(state.mode.type, 'typing');
});

test('a series\' text is taken as on the message line, with its escapes and the line ending', t => {
	t.deepEqual(submit('9', String.raw`3 a\tb`, {ending: 'lf'}).effects, [
		{
			type: 'execute',
			command: {type: 'start-series', pane: 2, series: {count: 3, rate: undefined, bytes: Buffer.from('a\tb\n')}},
			pane: 2,
		},
	]);
});

test('Enter alone begins what the hint says', t => {
	for (const [kind, series] of [
		['7', {count: 100, rate: 50}],
		['8', {count: undefined, rate: 1}],
		['9', {count: 20_000, rate: undefined}],
	] as const) {
		t.deepEqual(submit(kind, ' ').effects, [
			{type: 'execute', command: {type: 'start-series', pane: 2, series}, pane: 2},
		]);
	}
});

test('a time alone is an interval where one is asked for, and a burst has a pace', t => {
	for (const [kind, value, series] of [
		['8', '250ms', {count: undefined, rate: 4}],
		['8', '2 s hi', {count: undefined, rate: 0.5, bytes: Buffer.from('hi')}],
		['8', '5 every 1s', {count: 5, rate: 1}],
		['7', '1,000', {count: 1000, rate: 50}],
		['7', '30 at 5/s', {count: 30, rate: 5}],
		['9', '1000', {count: 1000, rate: undefined}],
	] as const) {
		t.deepEqual(submit(kind, value).effects, [
			{type: 'execute', command: {type: 'start-series', pane: 2, series}, pane: 2},
		]);
	}
});

test('what cannot be a series stays in the prompt, which says why until it is changed', t => {
	for (const [value, problem] of [
		['hello', 'form'],
		['0', 'count'],
		['5 at x', 'rate'],
		['every 2d', 'interval'],
	] as const) {
		const {state, effects} = submit('8', value);
		t.deepEqual(effects, []);
		t.like(state.mode, {type: 'series-prompt', draft: draftOf(value), problem: en.acts.prompt.problems[problem]});
		t.like(handleKey(state, sceneView(), keyOf('x'), en).state.mode, {problem: undefined});
	}
});

const saved: MessagesNews = {
	path: '/tmp/device.yaml',
	file: 'device.yaml',
	problems: [],
	sequences: ['login', 'status'].map((name): SavedSequence => ofMessage({
		name, parts: [{type: 'text', text: name}], ending: undefined, isText: true,
	})),
};

/** The same as above, where there are saved messages. */
function pressSaved(scene: SceneView, names: readonly string[], focus = 2): Update {
	let at: Update = {state: {...stateWith(scene, menu, {}, focus), saved}, effects: []};
	for (const name of names) {
		at = handleKey(at.state, scene, keyOf(name), en);
	}

	return at;
}

test('what an act and a series send is text of the pane, also where bytes are typed in its line', t => {
	const {effects: [effect]} = press(tcpScene(), ['4'], {pane: {isHex: true}});
	t.like(effect, {command: {type: 'act', act: {bytes: Buffer.from('안녕')}}});

	const wide = tcpScene({encoding: 'utf-16le'});
	const mode = {
		type: 'series-prompt', kind: 'burst', pane: 2, draft: draftOf('3 a'),
	} as const;
	const {effects: [begun]} = press(wide, ['return'], {mode, pane: {ending: 'lf'}});
	t.like(begun, {command: {series: {bytes: Buffer.from('a\n', 'utf16le')}}}, 'its ending, too');
});

test('behind the acts come the saved messages: Enter sends the chosen one, from a server to its target', t => {
	t.like(pressSaved(tcpScene(), ['up']).state.mode, {selected: 12});
	t.like(pressSaved(tcpScene(), ['up', 'down']).state.mode, {selected: 0});
	const {state, effects} = pressSaved(tcpScene(), ['up', 'return']);
	t.deepEqual(effects, [{
		type: 'send-saved', pane: 2, name: 'status', target: undefined,
	}]);
	t.deepEqual(state.mode, {type: 'typing'});
	t.deepEqual(pressSaved(tcpScene(), ['up', 'up', 'return'], 1).effects, [{
		type: 'send-saved', pane: 1, name: 'login', target: 4,
	}]);
});

test('while saved messages are sent from a pane, it tells how far they are, s stops them, and no others begin', t => {
	const sequence = {name: 'login', sent: 3, wanted: 12};
	const scene = tcpScene({sequence});
	for (const words of [en, ko]) {
		const [line = ''] = paneStatus(scene, {pane: 2, height: 12}, 60, words);
		t.true(line.includes(words.messages.sending('login', 3, 12)));
		t.true(line.includes(words.messages.stop));
	}

	t.deepEqual(pressSaved(scene, ['s']).effects, [{type: 'execute', command: {type: 'stop-messages', pane: 2}, pane: 2}]);
	const again = pressSaved(scene, ['up', 'return']);
	t.deepEqual(again.effects, []);
	t.like(again.state.mode, {notice: en.messages.running('login')});
	t.true(footerLines(again.state, scene, en).at(-1)?.includes(en.messages.stopIt));
	t.deepEqual(pressSaved(tcpScene(), ['s']).effects, []);
});

test('Home and End go to both ends of the list, and page keys by eight saved messages, the acts being the first page', t => {
	const many = Array.from({length: 20}, (_, index) => ({...saved.sequences[0]!, name: `m${index}`}));
	const selected = (...names: readonly string[]): number => {
		let at: Update = {state: {...stateWith(tcpScene(), menu), saved: {...saved, sequences: many}}, effects: []};
		for (const name of names) {
			at = handleKey(at.state, tcpScene(), keyOf(name), en);
		}

		return at.state.mode.type === 'acts-menu' ? at.state.mode.selected : -1;
	};

	t.deepEqual([selected('end'), selected('end', 'home'), selected('pagedown'), selected('pagedown', 'pagedown')], [30, 0, 11, 19]);
	t.deepEqual([selected('end', 'pagedown'), selected('end', 'pageup'), selected('end', 'pageup', 'pageup', 'pageup')], [30, 22, 11]);
	t.is(selected('pagedown', 'pageup'), 0);
});

test('a click on a saved message chooses it, also where others begin like it, or its name is cut', t => {
	const scene = tcpScene();
	const names = ['status-2', 'status', 'login', `login-${'x'.repeat(30)}`];
	const sequences = names.map(name => ({...saved.sequences[0]!, name}));
	const state = {...stateWith(scene, menu), rows: 40, saved: {...saved, sequences}};
	const input = {
		state, scene, mode: menu, words: en,
	} as const;
	const lines = actsPage(input).lines.map(line => stripVTControlCharacters(line));
	const chosen = lines.flatMap((text, line) => {
		const mode = text.includes('»') && acts.entryAt(input, {
			line, rows: lines.length, column: 20, text,
		});
		return mode ? [mode.selected - actNames.length] : [];
	});
	t.deepEqual(chosen, [0, 1, 2, 3]);
});
