import test from 'ava';
import type {Command} from '../../../source/engine/api/command.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {perfect} from '../../../source/link/conditions.ts';
import {presets} from '../../../source/link/presets.ts';
import type {Key} from '../../../source/screen/input/decode/key-decoder.ts';
import type {LinkPlace} from '../../../source/screen/overlays/link/link-rows.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {emptyDraft, textOfDraft} from '../../../source/screen/input/line/draft.ts';
import type {Update} from '../../../source/screen/input/update.ts';
import type {Mode} from '../../../source/screen/overlays/modes.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {chordOf, keyOf} from '../../helpers/key-of.ts';
import {linkScene, linkView} from '../../helpers/link-scene.ts';
import {screenState, serverAddress, serverView} from '../../helpers/terminal-scene.ts';

const udp = linkScene(linkView());
const tcp = linkScene(linkView(), {protocol: 'tcp'});

function at(row: LinkPlace['row'] = 'preset', column: LinkPlace['column'] = 'both'): Mode {
	return {type: 'link-panel', place: {row, column}};
}

function press(scene: SceneView, mode: Mode, pressed: Key): Update {
	return handleKey(screenState(scene, {mode}), scene, pressed, en);
}

/** What is chosen after these keys. */
function chosen(scene: SceneView, mode: Mode, ...names: readonly string[]): string {
	let state = screenState(scene, {mode});
	for (const name of names) {
		state = handleKey(state, scene, keyOf(name), en).state;
	}

	return state.mode.type === 'link-panel' ? `${state.mode.place.row} ${state.mode.place.column}` : state.mode.type;
}

/** The commands; of what the panel changes the panes tell later, when it is closed. */
function commands({effects}: Update): Command[] {
	return effects.flatMap(effect => effect.type === 'execute' ? [effect.command] : []).map(command => {
		if (command.type !== 'set-link') {
			return command;
		}

		const {isUntold, ...told} = command;
		return isUntold ? told : {...told, isUntold: false};
	});
}

function submit(scene: SceneView, mode: Mode, value: string, words = en): Update {
	let state = screenState(scene, {mode});
	for (const character of value) {
		state = handleKey(state, scene, keyOf(character), words).state;
	}

	return handleKey(state, scene, keyOf('return'), words);
}

function valuePrompt(
	row: LinkPlace['row'],
	column: LinkPlace['column'] = 'both',
	type: 'link-value' | 'link-seed' = 'link-value',
): Mode {
	return {
		type,
		place: {row, column},
		draft: emptyDraft,
	};
}

test('Esc l and Ctrl+L open the panel, for both directions where they are the same, and l, Esc and Ctrl+L close it', t => {
	const chord = chordOf('l');
	for (const [mode, pressed] of [
		[{type: 'commands'}, keyOf('l')],
		[{type: 'typing'}, chord],
		[{type: 'commands'}, keyOf('ㅣ')],
	] as const) {
		t.deepEqual(press(udp, mode, pressed).state.mode, at());
	}

	const open = (scene: SceneView): Mode => press(scene, {type: 'commands'}, keyOf('l')).state.mode;
	t.deepEqual(open(linkScene(linkView({loss: 1}, {}))), at('preset', 'to-server'));
	t.deepEqual(open(linkScene(linkView({loss: 1}, {}), {protocol: 'tcp'})), at());
	t.deepEqual(open(linkScene(linkView(), {server: undefined})), at('preset', 'to-server'));
	for (const pressed of [keyOf('l'), keyOf('ㅣ'), chord, keyOf('escape')]) {
		t.deepEqual(press(udp, at(), pressed).state.mode, {type: 'typing'});
	}
});

test('Up and Down choose a row of those that mean something to the protocol', t => {
	t.is(chosen(udp, at(), 'down'), 'loss both');
	t.is(chosen(udp, at(), 'up'), 'preset both');
	t.is(chosen(udp, at(), 'end'), 'next both');
	t.is(chosen(udp, at(), 'end', 'down', 'up'), 'queue both');
	t.is(chosen(udp, at('queue'), 'home'), 'preset both');
	t.is(chosen(tcp, at(), 'down'), 'delay both');
	t.is(chosen(tcp, at(), 'end'), 'stall both');
});

test('Left, Right and Tab choose a direction, or both', t => {
	t.is(chosen(udp, at('loss'), 'right'), 'loss to-server');
	t.is(chosen(udp, at('loss'), 'right', 'right'), 'loss to-clients');
	t.is(chosen(udp, at('loss'), 'right', 'tab', 'right'), 'loss both');
	t.is(chosen(udp, at('loss'), 'left'), 'loss to-clients');
	t.deepEqual(press(udp, at('loss'), keyOf('tab', {shift: true})).state.mode, at('loss', 'to-clients'));
});

test('a digit begins the chosen value in its prompt, where a number is one', t => {
	const {mode} = press(udp, at('loss', 'to-server'), keyOf('5')).state;
	t.like(mode, {type: 'link-value', place: {row: 'loss', column: 'to-server'}});
	t.is(mode.type === 'link-value' && textOfDraft(mode.draft), '5');
	for (const row of ['preset', 'next'] as const) {
		t.like(press(udp, at(row), keyOf('5')).state.mode, at(row));
	}
});

test('Enter opens a prompt for the chosen value, and switches a stall', t => {
	t.like(press(udp, at('loss', 'to-server'), keyOf('return')).state, {
		mode: {type: 'link-value', place: {row: 'loss', column: 'to-server'}, draft: emptyDraft},
	});
	const on = {...perfect, stall: true};
	t.deepEqual(commands(press(tcp, at('stall'), keyOf('return'))), [{
		type: 'set-link', scene: 'tcp', direction: 'both', conditions: on,
	}]);
	t.deepEqual(
		commands(press(linkScene(linkView({stall: true}), {protocol: 'tcp'}), at('stall', 'to-clients'), keyOf('return'))),
		[
			{
				type: 'set-link',
				scene: 'tcp',
				direction: 'to-clients',
				conditions: perfect,
			},
		],
	);
	t.deepEqual(
		commands(press(linkScene(linkView({stall: true}, {}), {protocol: 'tcp'}), at('stall'), keyOf('return'))),
		[
			{
				type: 'set-link',
				scene: 'tcp',
				direction: 'both',
				conditions: on,
			},
		],
	);
});

test('+ and - step the value of each chosen direction by itself, and do nothing at an end', t => {
	const scene = linkScene(linkView({loss: 0.1, delay: 5}, {loss: 1}));
	t.deepEqual(commands(press(scene, at('loss', 'both'), keyOf('+'))), [{
		type: 'set-link', scene: 'udp', direction: 'to-server', conditions: {...perfect, loss: 0.2, delay: 5},
	}]);
	t.deepEqual(commands(press(scene, at('loss', 'both'), keyOf('-'))), [
		{
			type: 'set-link', scene: 'udp', direction: 'to-server', conditions: {...perfect, loss: 0.05, delay: 5},
		},
		{
			type: 'set-link', scene: 'udp', direction: 'to-clients', conditions: {...perfect, loss: 0.9},
		},
	]);
	t.deepEqual(commands(press(udp, at('delay'), keyOf('='))), [{
		type: 'set-link', scene: 'udp', direction: 'both', conditions: {...perfect, delay: 1},
	}]);
	t.deepEqual(commands(press(linkScene(linkView({delay: 5})), at('delay'), keyOf('_'))), [{
		type: 'set-link', scene: 'udp', direction: 'both', conditions: {...perfect, delay: 2},
	}]);
	t.deepEqual(commands(press(udp, at('delay'), keyOf('-'))), []);
});

test('p is the next preset, on its row + and - are the next and the one before, and 0 is perfect', t => {
	const one = (scene: SceneView, pressed: string, mode: Mode = at()): unknown =>
		commands(press(scene, mode, keyOf(pressed)));
	const both = (conditions: unknown): unknown => [{
		type: 'set-link', scene: 'udp', direction: 'both', conditions,
	}];
	const lossyRequests = [{
		type: 'set-link', scene: 'udp', direction: 'to-server', conditions: presets.pinger,
	}];
	t.deepEqual(one(udp, 'p', at('queue')), lossyRequests);
	t.deepEqual(one(udp, 'ㅔ', at('queue')), lossyRequests);
	t.deepEqual(one(udp, '+'), lossyRequests);
	t.deepEqual(one(linkScene(linkView(presets.pinger, {})), 'p'), both(presets.wifi));
	t.deepEqual(one(udp, 'p', at('preset', 'to-clients')), [{
		type: 'set-link', scene: 'udp', direction: 'to-clients', conditions: presets.wifi,
	}]);
	t.deepEqual(one(udp, '-'), both(presets.hostile));
	t.deepEqual(one(linkScene(linkView(presets.hostile)), 'p'), both(perfect));
	t.deepEqual(one(linkScene(linkView({loss: 0.7})), 'p'), both(perfect));
	t.deepEqual(one(linkScene(linkView({loss: 0.7})), '-'), both(presets.hostile));
	t.deepEqual(one(linkScene(linkView(presets.wifi, presets.pinger)), 'p'), both(presets.mobile));
	t.deepEqual(one(linkScene(linkView(presets.wifi, presets.pinger)), 'p', at('preset', 'to-clients')), [{
		type: 'set-link', scene: 'udp', direction: 'to-clients', conditions: perfect,
	}]);
	t.deepEqual(one(linkScene(linkView(presets.hostile)), '0', at('loss')), both(perfect));
	t.deepEqual(one(udp, '0'), []);
});

test('n loses exactly the next one of the chosen directions, as Enter and + do on its row; TCP has none', t => {
	const order = (direction: string): unknown => ({type: 'lose-next', scene: 'udp', direction});
	t.deepEqual(commands(press(udp, at('delay', 'to-clients'), keyOf('n'))), [order('to-clients')]);
	for (const name of ['n', 'return', '+']) {
		t.deepEqual(commands(press(udp, at('next'), keyOf(name))), [order('to-server'), order('to-clients')]);
	}

	t.deepEqual(commands(press(udp, at('next'), keyOf('-'))), []);
	t.deepEqual(commands(press(linkScene(linkView({losesNext: true}, {})), at('next'), keyOf('n'))), [
		order('to-clients'),
	]);
	const {state, effects} = press(tcp, at('delay'), keyOf('n'));
	t.deepEqual(effects, []);
	t.like(state.mode, {type: 'link-panel', notice: en.link.panel.noDatagrams});
	t.like(press(tcp, state.mode, keyOf('y')).state.mode, {
		notice: `${en.notice.unknownCommand('y')} · ${en.notice.lettersAre}`,
	});
	t.deepEqual(press(tcp, state.mode, keyOf('up')).state.mode, at());
});

test('where no socket of the playground sends, n says that there is nothing to lose, and orders what it can', t => {
	const foreign = linkScene(linkView(), {server: undefined});
	for (const name of ['n', 'return', '+']) {
		const {state, effects} = press(foreign, at('next', 'to-clients'), keyOf(name));
		t.deepEqual(effects, []);
		t.like(state.mode, {type: 'link-panel', notice: en.refusal({reason: 'nothing-to-lose'})});
		t.deepEqual(commands(press(foreign, at('next', 'both'), keyOf(name))), [
			{type: 'lose-next', scene: 'udp', direction: 'to-server'},
		]);
	}

	t.deepEqual(commands(press(linkScene(linkView(), {clients: []}), at('next', 'both'), keyOf('n'))), [
		{type: 'lose-next', scene: 'udp', direction: 'to-clients'},
	]);
	t.is(press(foreign, at('next', 'to-clients'), keyOf('-')).effects.length, 0);
});

test('a relay sends both ways, also without a client', t => {
	const held = {
		count: 0, bytes: 0, 'to-server': 0, 'to-clients': 0, ofClosed: 0,
	};
	const relay = {
		targetPane: 9, target: serverAddress, holding: [], held,
	};
	const scene = linkScene(linkView(), {clients: [], server: serverView({relay})});
	t.deepEqual(commands(press(scene, at('next', 'both'), keyOf('n'))).map(command => 'direction' in command && command.direction), [
		'to-server', 'to-clients',
	]);
});

test('a preset that leaves the answers as they are does so for both ways at once, not for one that is chosen', t => {
	const set = (column: LinkPlace['column']): unknown =>
		commands(submit(udp, valuePrompt('preset', column), 'pinger')).map(command =>
			command.type === 'set-link' && [command.direction, command.conditions.loss]);
	t.deepEqual(set('both'), [['to-server', presets.pinger.loss]]);
	t.deepEqual(set('to-server'), [['to-server', presets.pinger.loss]]);
	t.deepEqual(set('to-clients'), [['to-clients', presets.pinger.loss]]);
});

test('s opens a prompt for a seed, and r takes a random one', t => {
	t.like(press(udp, at('loss'), keyOf('s')).state, {
		mode: {type: 'link-seed', place: {row: 'loss', column: 'both'}},
	});
	const [one, other] = [press(udp, at(), keyOf('r')), press(udp, at(), keyOf('r'))].map(({effects}) => effects);
	t.like(one, [{type: 'execute', command: {type: 'set-seed'}}]);
	t.notDeepEqual(one, other);
});

test('a chord is a command, and a paste goes to the line, as everywhere', t => {
	t.deepEqual(commands(press(udp, at(), chordOf('t'))), [{type: 'open-scene', protocol: 'tcp'}]);
	// Alt and a letter is Esc and the letter: that leads back to the line, and in the prompt to the panel.
	t.is(press(udp, at(), keyOf('e', {alt: true, text: '', sequence: '\u{1B}e'})).state.panes.get(2)?.draft.cells[0], 'e');
	t.is(press(udp, valuePrompt('loss'), keyOf('f', {alt: true, text: '', sequence: '\u{1B}f'})).state.mode.type, 'link-panel');
	const {state} = press(udp, at(), {type: 'paste', text: 'hello'});
	t.is(state.mode.type, 'typing');
	t.is(state.panes.get(2)?.draft.cells.length, 5);
});

test('a value that was typed is taken over for the chosen directions, in the words of --link, and the rest stays', t => {
	const scene = linkScene(linkView({delay: 7}, {delay: 8}));
	const {state, effects} = submit(scene, valuePrompt('loss'), ' 30% ');
	t.deepEqual(state.mode, at('loss'));
	t.deepEqual(effects, [
		{
			type: 'execute',
			command: {
				type: 'set-link',
				scene: 'udp',
				direction: 'to-server',
				conditions: {...perfect, delay: 7, loss: 0.3},
				isUntold: true,
			},
		},
		{
			type: 'execute',
			command: {
				type: 'set-link',
				scene: 'udp',
				direction: 'to-clients',
				conditions: {...perfect, delay: 8, loss: 0.3},
				isUntold: true,
			},
		},
	]);
	t.deepEqual(commands(submit(tcp, valuePrompt('rate', 'to-clients'), '1 MB/s')), [
		{
			type: 'set-link',
			scene: 'tcp',
			direction: 'to-clients',
			conditions: {...perfect, rate: 1_000_000},
		},
	]);
	t.deepEqual(commands(submit(linkScene(linkView({slice: 4}), {protocol: 'tcp'}), valuePrompt('slice'), 'none')), [
		{
			type: 'set-link',
			scene: 'tcp',
			direction: 'both',
			conditions: perfect,
		},
	]);
	t.deepEqual(submit(udp, valuePrompt('loss'), '0'), {state: {...screenState(udp), mode: at('loss')}, effects: []});
});

test('on the first row a preset or whole conditions are taken', t => {
	t.deepEqual(commands(submit(udp, valuePrompt('preset'), 'Mobile')), [{
		type: 'set-link', scene: 'udp', direction: 'both', conditions: presets.mobile,
	}]);
	t.deepEqual(
		commands(submit(linkScene(linkView({queue: 5})), valuePrompt('preset', 'to-server'), 'loss=30%,delay=100ms')),
		[
			{
				type: 'set-link',
				scene: 'udp',
				direction: 'to-server',
				conditions: {...perfect, loss: 0.3, delay: 100},
			},
		],
	);
});

const wrongs: ReadonlyArray<readonly [LinkPlace['row'], string, RegExp, RegExp]> = [
	['loss', '200', /loss takes 0 to 1, or 0% to 100%, not '200'/, /loss에 쓸 수 없는 값 '200': 0~1 또는 0%~100%/],
	['loss', '30%,delay=5', /loss takes .* not '30%,delay=5'/, /loss에 쓸 수 없는 값/],
	['delay', '100 ± 50%', /delay takes 0ms to 60s, not/, /delay에 쓸 수 없는 값 .*: 0ms~60s/],
	['queue', 'none', /queue takes whole bytes/, /queue에 쓸 수 없는 값 .*: 1~64MiB/],
	[
		'preset',
		'lsos=3',
		/'lsos=3' is no link condition; allowed are perfect, pinger, .*stall/,
		/없는 조건 'lsos=3': perfect, .*stall/,
	],
	['preset', 'loss=', /loss needs a value/, /loss에는 값이 있어야 합니다/],
	['preset', 'loss=1,loss=2', /loss is given twice/, /두 번/],
	['preset', 'loss=1,wifi', /wifi must come first/, /맨 앞/],
	['preset', 'a\u{1B}[2J', /'a\\x1b\[2J' is no link condition/, /없는 조건 'a\\x1b\[2J'/],
];

for (const [row, typed, english, korean] of wrongs) {
	test(`a wrong value, ${JSON.stringify(typed)} for ${row}, stays in the prompt, which says what is allowed`, t => {
		for (const [words, wanted] of [[en, english], [ko, korean]] as const) {
			const {state, effects} = submit(udp, valuePrompt(row), typed, words);
			t.deepEqual(effects, []);
			t.like(state.mode, {type: 'link-value', draft: draftOf(typed)});
			t.regex('problem' in state.mode ? state.mode.problem ?? '' : '', wanted);
		}
	});
}

test('a seed is a whole number of 32 bits', t => {
	for (const [typed, seed] of [['0', 0], [' 4294967295 ', 4_294_967_295], ['007', 7]] as const) {
		const {state, effects} = submit(udp, valuePrompt('loss', 'both', 'link-seed'), typed);
		t.deepEqual(effects, [{type: 'execute', command: {type: 'set-seed', seed}}]);
		t.deepEqual(state.mode, at('loss'));
	}

	for (const typed of ['4294967296', '-1', '1.5', '0x1', '1e3', 'x']) {
		const {state, effects} = submit(udp, valuePrompt('loss', 'both', 'link-seed'), typed);
		t.deepEqual(effects, []);
		t.like(state.mode, {type: 'link-seed', problem: 'a whole number from 0 to 4294967295'});
	}
});

test('an empty prompt and Esc lead back to the panel and change nothing', t => {
	for (const type of ['link-value', 'link-seed'] as const) {
		t.deepEqual(submit(udp, valuePrompt('loss', 'both', type), ' '), {
			state: screenState(udp, {mode: at('loss')}),
			effects: [],
		});
		t.deepEqual(press(udp, valuePrompt('loss', 'to-server', type), keyOf('escape')), {
			state: screenState(udp, {mode: at('loss', 'to-server')}),
			effects: [],
		});
	}
});
