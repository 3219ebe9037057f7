import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {update, type Update} from '../../../source/screen/input/update.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import type {SettingName, SettingsMode} from '../../../source/screen/overlays/modes.ts';
import {optionSettings} from '../../../source/screen/overlays/settings/option-settings.ts';
import {chosenSetting, settingsOverlay} from '../../../source/screen/overlays/settings/settings-panel.ts';
import {settingsOf} from '../../../source/screen/overlays/settings/settings.ts';
import {footerLines} from '../../../source/screen/overlays/registry.ts';
import {type Setting, type SettingPlace, settingPlace} from '../../../source/screen/overlays/settings/setting.ts';
import {
	focusedPane, paneState, type ScreenState, withPane,
} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {callText} from '../../../source/views/calls.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {fullScene, fullState} from '../../helpers/every-screen.ts';
import {keyOf} from '../../helpers/key-of.ts';

const scene: SceneView = fullScene();
const udp: SceneView = fullScene({name: 'udp', protocol: 'udp'});
const mode: SettingsMode = {type: 'settings-panel', chosen: 'ending'};
const {rows} = en.settings;

function press(state: ScreenState, ...names: readonly string[]): ScreenState {
	let pressed = state;
	for (const name of names) {
		pressed = handleKey(pressed, scene, keyOf(name), en).state;
	}

	return pressed;
}

test('Esc j shows the settings of the focused pane, and j or Esc closes them', t => {
	const state = press(fullState(scene, {columns: 80, rows: 24}), 'escape', 'j');
	t.is(state.mode.type, 'settings-panel');
	t.true(drawApp(state).includes(en.settings.title));
	t.is(press(state, 'j').mode.type, 'typing');
	t.is(press(state, 'escape').mode.type, 'commands');
});

test('only keys that change the chosen row are offered', t => {
	const place = settingPlace({state: fullState(scene, {columns: 80, rows: 24, mode}), scene, words: en});
	for (const setting of settingsOf(place!)) {
		const state = fullState(scene, {columns: 80, rows: 24, mode: {...mode, chosen: setting.name}});
		const line = stripVTControlCharacters(footerLines(state, scene, en).at(-1)!);
		t.is(line.includes('← →'), setting.step !== undefined, setting.name);
		t.is(line.includes('Enter'), setting.step !== undefined || setting.prompt !== undefined, setting.name);
	}
});

test('Left and Right change a value at once, round and round', t => {
	const state = fullState(scene, {columns: 80, rows: 24, mode});
	const endingOf = (after: ScreenState): string => paneState(after, focusedPane(after, scene) ?? 0).ending;
	t.is(endingOf(press(state, 'right')), 'lf');
	t.is(endingOf(press(state, 'left')), 'nul');
	t.is(endingOf(press(state, 'return', 'return', 'left')), 'lf');
	t.deepEqual(press(state, 'right').mode, mode);
});

test('the encoding of the focused pane is stepped through', t => {
	const state = fullState(scene, {columns: 80, rows: 24, mode: {...mode, chosen: 'encoding'}});
	const pane = focusedPane(state, scene);
	const stepped = (key: string): unknown => handleKey(state, scene, keyOf(key), en).effects[0];
	t.like(stepped('right'), {command: {type: 'set-encoding', pane, encoding: 'euc-kr'}});
	t.like(stepped('left'), {command: {type: 'set-encoding', pane, encoding: 'utf-16le'}});
});

test('the framing of the focused pane is stepped through, or typed', t => {
	const tcp = {...scene, protocol: 'tcp'} as const;
	const chosen = {...mode, chosen: 'framing'} as const;
	const state = fullState(tcp, {columns: 80, rows: 24, mode: chosen});
	const pane = focusedPane(state, tcp);
	const framingAfter = (...names: readonly string[]): unknown => {
		let pressed = update(state);
		for (const name of names) {
			pressed = handleKey(pressed.state, tcp, keyOf(name), en);
		}

		const [effect] = pressed.effects;
		return effect?.type === 'execute' && 'pane' in effect.command && effect.command.pane === pane && 'framing' in effect.command
			? effect.command.framing
			: pressed.state.mode;
	};

	t.is(framingAfter('right'), 'line');
	t.is(framingAfter('left'), 'u32le');
	t.is(framingAfter('return', ...'U16be', 'return'), 'u16be');
	t.like(framingAfter('return', ...'u17', 'return'), {problem: en.settings.noFraming('none, line, u8, u16be, u16le, u32be, u32le')});
	t.is(chosenSetting(settingPlace({state, scene: {...scene, protocol: 'udp'}, words: en})!, chosen)?.name, 'encoding');
});

test('framing by line and UTF-16LE, in which a line feed has two bytes, are not chosen together', t => {
	const after = (own: SceneView, name: 'encoding' | 'framing', key: string): unknown => {
		const state = fullState(own, {columns: 80, rows: 24, mode: {...mode, chosen: name}});
		return handleKey(state, own, keyOf(key), en).effects[0];
	};

	const withAll = (more: Partial<SceneView['clients'][number]>): SceneView => ({
		...scene, protocol: 'tcp', clients: scene.clients.map(client => ({...client, ...more})),
	});
	t.like(after(withAll({framing: 'line'}), 'encoding', 'left'), {command: {encoding: 'latin1'}});
	t.like(after(withAll({framing: 'u8'}), 'encoding', 'left'), {command: {encoding: 'utf-16le'}});
	t.like(after(withAll({encoding: 'utf-16le'}), 'framing', 'right'), {command: {framing: 'u8'}});
	t.like(after(withAll({encoding: 'euc-kr'}), 'framing', 'right'), {command: {framing: 'line'}});
});

test('Tab shows the settings of the next pane', t => {
	const state = fullState(scene, {columns: 80, rows: 24, mode});
	const next = press(state, 'tab');
	t.not(focusedPane(next, scene), focusedPane(state, scene));
	t.deepEqual(next.mode, mode);
});

test('a click chooses the row that is drawn there', t => {
	const state = fullState(scene, {columns: 80, rows: 24, mode});
	const lines = drawApp(state).split('\n').map(line => stripVTControlCharacters(line));
	const text = lines.find(line => line.includes(`▸ ${rows.ending.name}`));
	const place = {
		line: 1, rows: 8, column: 4, text: text ?? '',
	};
	const entryAt = (where: typeof place): unknown => settingsOverlay.entryAt({
		state, scene, mode, words: en,
	}, where);
	t.deepEqual(entryAt(place), mode);
	t.is(entryAt({...place, text: ''}), undefined);
});

test('an option is set with Left and Right, or typed, and what cannot be taken is told in the prompt', t => {
	const commandsOf = ({effects}: Update): unknown => effects.map(effect => effect.type === 'execute' && effect.command);
	const pane = focusedPane(fullState(udp, {}), udp);
	const at = (chosen: SettingsMode['chosen']): ScreenState =>
		fullState(udp, {columns: 80, rows: 24, mode: {type: 'settings-panel', chosen}});
	t.deepEqual(commandsOf(handleKey(at('may-broadcast'), udp, keyOf('right'), en)), [
		{type: 'set-option', pane, option: {name: 'broadcast', value: 1}},
	]);
	let {state} = handleKey(at('multicast-group'), udp, keyOf('return'), en);
	t.is(state.mode.type, 'setting-value');
	const typed = (text: string): Update => {
		for (const letter of text) {
			({state} = handleKey(state, udp, keyOf(letter), en));
		}

		return handleKey(state, udp, keyOf('return'), en);
	};

	const wrong = typed('10.0.0.1');
	t.deepEqual(wrong.effects, []);
	t.regex(JSON.stringify(wrong.state.mode), /not taken/);
	state = handleKey(at('multicast-group'), udp, keyOf('return'), en).state;
	t.deepEqual(commandsOf(typed('239.1.2.3%lo')), [
		{type: 'set-option', pane, option: {name: 'join', group: '239.1.2.3', interface: 'lo'}},
	]);
});

test('what is said of an option is of the socket that is there now', t => {
	const {settings} = en;
	const local = {host: '127.0.0.1', port: 9};
	const options = {
		numbers: {ttl: 9},
		groups: [{group: '239.1.2.3', interface: 'lo'}, {group: 'ff02::1', interface: 'lo'}],
		granted: {},
		failed: {},
		addresses: {lo: '127.0.0.1'},
	};
	const placeOf = (client: Partial<SceneView['clients'][number]>, host = '0.0.0.0', focus = 2): SettingPlace => {
		const own: SceneView = {
			...udp,
			server: {...udp.server!, options, state: {type: 'open', local: {host, port: 1}}},
			clients: udp.clients.map(each => ({...each, options, ...client})),
		};
		return settingPlace({state: fullState(own, {focus: {udp: focus}}), scene: own, words: en})!;
	};

	const settingOf = (name: SettingName): Setting => optionSettings.find(setting => setting.name === name)!;
	for (const [state, aside] of [
		[{type: 'unbound'}, settings.noSocketYet], [{type: 'bound', local}, undefined], [{type: 'closed'}, settings.noSocketYet],
	] as const) {
		t.is(settingOf('ip-ttl').aside?.(placeOf({state})), aside, state.type);
	}

	const calls = settingOf('multicast-group').calls?.(placeOf({})).map(call => callText(call)) ?? [];
	t.deepEqual(calls.map(call => call.includes('127.0.0.1')), [true, false], 'each group is of its own version of IP');
	for (const [host, isElsewhere] of [['0.0.0.0', false], ['239.1.2.3', false], ['127.0.0.1', true]] as const) {
		const aside = settingOf('multicast-group').aside?.(placeOf({}, host, 1)) ?? '';
		t.is(aside.includes(settings.boundElsewhere(host)), isElsewhere, host);
	}

	for (const [host, source] of [['127.0.0.1', '0.0.0.0'], ['2001:db8:1:2:3:4:5:6', '::']] as const) {
		const place = placeOf({destination: {host, port: 9}});
		t.like(settingOf('source-address').prompt?.submit(place, ':5000'), {
			effects: [{command: {option: {name: 'source', source: {host: source, port: 5000}}}}],
		});
	}
});

test('a value that is typed takes away what was said of the one before', t => {
	const state = withPane(fullState(udp, {mode: {type: 'setting-value', chosen: 'ip-ttl', draft: draftOf('9')}}), 2, {notice: 'no'});
	t.is(paneState(handleKey(state, udp, keyOf('return'), en).state, 2).notice, undefined);
});

test('what Node cannot set is said to be not possible, and its call is not shown', t => {
	const state = fullState(scene, {columns: 80, rows: 24, mode: {type: 'settings-panel', chosen: 'receive-buffer'}});
	const text = drawApp(state);
	t.true(text.includes(en.settings.notPossible));
	t.true(text.includes(en.settings.whyNotPossible));
	t.false(text.includes('setsockopt(SOL_SOCKET, SO_RCVBUF'));
	t.deepEqual(handleKey(state, scene, keyOf('right'), en).effects, []);
});

test('every option that is typed is taken as it can be typed, and else what can be is said', t => {
	const typedOptions: Readonly<Partial<Record<SettingName, ReadonlyArray<readonly [string, unknown]>>>> = {
		'source-address': [
			[':81', {source: {host: '0.0.0.0', port: 81}}],
			['127.0.0.2', {source: {host: '127.0.0.2', port: 0}}],
			['default', {name: 'source'}],
			['a b', undefined],
		],
		'ip-ttl': [['3', {value: 3}], ['0', undefined]],
		'multicast-group': [
			['239.1.2.3', {name: 'join', group: '239.1.2.3'}],
			['-239.1.2.3%lo', {name: 'leave', group: '239.1.2.3', interface: 'lo'}],
			['-10.0.0.1', undefined],
		],
		'multicast-interface': [['lo', {interface: 'lo'}], ['l o', undefined]],
		'multicast-hops': [['0', {value: 0}], ['256', undefined]],
		'receive-buffer': [['64KiB', {value: 65_536}], ['0', undefined]],
		'send-buffer': [['1', {name: 'sndbuf', value: 1}], ['big', undefined]],
	};
	const state = fullState(udp, {columns: 80, rows: 24});
	const place = settingPlace({state, scene: udp, words: en})!;
	for (const {name, prompt} of optionSettings.filter(({isFor}) => isFor?.(place))) {
		t.is(typedOptions[name] !== undefined, prompt !== undefined, name);
		for (const [typed, option] of typedOptions[name] ?? []) {
			const hint = prompt!.hint(place);
			const submitted = prompt!.submit(place, typed);
			t.true(hint.length > 0);
			if (option === undefined) {
				t.is(submitted, en.settings.wrong(hint), typed);
			} else {
				t.like(submitted, {effects: [{command: {type: 'set-option', pane: place.pane, option}}]}, typed);
			}
		}
	}

	const toIpv6 = {...place.client!, destination: {host: '::1', port: 9}};
	const source = optionSettings.find(({name}) => name === 'source-address')!;
	t.like(source.prompt!.submit({...place, client: toIpv6}, ':81'), {effects: [{command: {option: {source: {host: '::', port: 81}}}}]});
});

test('over TCP the sizes of buffers are refused as they are told: Node cannot set them', t => {
	const place = settingPlace({state: fullState(scene, {}), scene, words: en})!;
	for (const {name, prompt} of optionSettings.filter(({isFor}) => isFor?.(place))) {
		if (name === 'receive-buffer' || name === 'send-buffer') {
			t.is(prompt!.submit(place, '64KiB'), en.settings.whyNotPossible);
			t.is(prompt!.hint(place), en.settings.hints[name] ?? '');
		}
	}
});
