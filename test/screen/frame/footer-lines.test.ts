import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {ClientView, SceneView} from '../../../source/engine/api/scene-view.ts';
import {hintLine, noticedHints} from '../../../source/screen/frame/hints.ts';
import {footerLines} from '../../../source/screen/overlays/registry.ts';
import {contextOf} from '../../../source/screen/input/key-context.ts';
import {isIn, keyBindings} from '../../../source/screen/input/keys.ts';
import type {Mode} from '../../../source/screen/overlays/modes.ts';
import {newPaneState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {textOfDraft} from '../../../source/screen/input/line/draft.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {
	clientView, connected, sceneView, screenState, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

function footer(scene = sceneView(), changes: Parameters<typeof screenState>[1] = {}): string[] {
	return footerLines(screenState(scene, changes), scene, en).map(line => stripVTControlCharacters(line));
}

test('while typing it is one line of the keys that do something now', t => {
	for (const columns of [120, 200]) {
		const [line, ...others] = footer(sceneView(), {columns});
		t.deepEqual(others, []);
		t.is(textWidth(line!), columns);
		t.regex(line!, /Enter send.*Esc commands.*\^Q quit.*\? help/);
		t.notRegex(line!, /half-close/);
	}
});

test('at 80 columns it has what teaches, in either language: the other protocol, view, flow, link, laboratory', t => {
	for (const protocol of ['udp', 'tcp'] as const) {
		const [line = '', ...others] = footer(sceneView({protocol}), {columns: 80});
		t.deepEqual(others, []);
		t.regex(
			line,
			/^ Tab pane {2}Esc commands {2}\^T (?:TCP|UDP) {2}\^V view {2}\^F flow {2}\^L link {2}Esc e lab {2}\^Q quit +$/,
		);
		const scene = sceneView({protocol});
		const [korean = ''] = footerLines(screenState(scene, {columns: 80}), scene, ko);
		for (const [key, word] of [
			[String.raw`\^V`, ko.keys.short.view],
			[String.raw`\^F`, ko.keys.short.flow],
			[String.raw`\^L`, ko.keys.short['link-conditions']],
			['Esc e', ko.footer.laboratory],
			[String.raw`\^Q`, ko.keys.short.quit],
		] as const) {
			t.regex(stripVTControlCharacters(korean), new RegExp(` ${key} ${word} `));
		}
	}
});

test('at 80 columns the key without which a pane can do nothing comes first, in either language', t => {
	const client = (state: ClientView['state']): ClientView => clientView(1, state);
	const server = serverView({state: {type: 'closed'}});
	const failed = serverView({
		state: {type: 'failed', wanted: serverAddress, failure: {code: 'EADDRINUSE', syscall: 'bind', message: ''}},
	});
	for (const words of [en, ko]) {
		const {keys} = words;
		const needed: ReadonlyArray<readonly [Partial<SceneView>, number, string]> = [
			[{server}, 1, `^O ${keys.openServer}`],
			[{server: failed, protocol: 'tcp'}, 1, `^O ${keys.openServer}`],
			[{clients: []}, 1, `^N ${keys.newClient}`],
			[{protocol: 'tcp', clients: [client({type: 'closed'})]}, 2, `^O ${keys.connect}`],
			[{protocol: 'tcp', clients: [client({type: 'connecting', destination: serverAddress})]}, 2, `^X ${keys.closeSocket}`],
			[{protocol: 'tcp', clients: [client({...connected, hasReceivedFin: true})]}, 2, `^O ${keys.reconnect}`],
			[{clients: [client({type: 'closed'})]}, 2, `^O ${keys.openSocket}`],
		];
		for (const [changes, focus, hint] of needed) {
			const scene = sceneView(changes);
			const state = screenState(scene, {columns: 80, focus: {[scene.name]: focus}});
			const [line = '', ...others] = footerLines(state, scene, words).map(text => stripVTControlCharacters(text));
			t.deepEqual(others, []);
			t.true(line.startsWith(` ${hint} `), `${hint}: ${line}`);
			t.true(line.includes(` Esc ${words.footer.commands} `), line);
			t.true(line.includes(` ^Q ${keys.short.quit} `), line);
		}
	}
});

test('where not all keys fit, how to find the commands is still there', t => {
	const line = footer(sceneView(), {columns: 60})[0]!;
	t.is(textWidth(line), 60);
	t.regex(line, /Esc commands.*\^V view/);
});

test('a vital hint is there also where there is no room for it, and a rare one only where all others are', t => {
	const hints = [
		{key: 'a', label: 'one', isRare: true},
		{key: 'b', label: 'two'},
		{key: 'c', label: 'three', isVital: true},
		{key: 'd', label: 'four', isVital: true},
	];
	const keys = (columns: number): string =>
		(stripVTControlCharacters(hintLine(hints, columns)).match(/(?<= )[a-d](?= )/g) ?? []).join('');
	const whole = hints.map(({key, label}) => key.length + label.length + 3);
	const [one = 0, two = 0, three = 0, four = 0] = whole;
	t.is(keys(one + two + three + four), 'abcd');
	t.is(keys(one + three + four), two === one ? 'bcd' : 'acd');
	t.is(keys(three + four), 'cd');
	t.is(keys(three + four - 2), 'cd');
});

test('after Esc it has every letter, in groups, in either language; what does nothing now is in brackets', t => {
	for (const words of [en, ko]) {
		for (const [columns, rows] of [[80, 4], [100, 4], [160, 2]] as const) {
			const scene = sceneView({protocol: 'tcp'});
			const lines = footerLines(screenState(scene, {columns, mode: {type: 'commands'}}), scene, words)
				.map(line => stripVTControlCharacters(line));
			t.is(lines.length, rows, `${columns} columns, ${words.comments}`);
			t.true(lines.every(line => textWidth(line) === columns));
			for (const group of Object.values(words.keys.groups)) {
				t.regex(lines.join('\n'), new RegExp(`(^| )${group} `, 'm'));
			}

			for (const {letter, id, label, shown = letter} of keyBindings.filter(binding => binding.shown !== '' && isIn(binding, scene))) {
				const short = words.keys.short[id];
				const isIdle = label(words, contextOf(screenState(scene), scene)) === undefined;
				t.true(lines.join('').includes(isIdle ? ` ${shown} (${short})` : ` ${shown} ${short} `));
			}
		}
	}
});

test('whether to quit is asked in the footer, with nothing else', t => {
	for (const columns of [60, 80]) {
		const [line = '', ...others] = footer(sceneView(), {columns, isQuitAsked: true});
		t.deepEqual(others, []);
		t.regex(line, /^ q again to quit/);
		t.is(textWidth(line), columns);
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

test('in the help it tells how to leave it, and how to scroll where there is more of it', t => {
	const mode = {type: 'help-page', top: 0} as const;
	t.regex(footer(sceneView(), {mode}).join(''), /↑ ↓ scroll +Esc q close +↓ \d+ lines/);
	t.regex(footer(sceneView(), {mode, rows: 400}).join(''), /^ Esc q close +$/);
});

const modes: ReadonlyArray<readonly [Mode, RegExp]> = [
	[{type: 'select', pane: 2, ordinal: 0}, /other row +Enter open whole +Esc back/],
	[
		{type: 'link-panel', place: {row: 'preset', column: 'both'}},
		/row +← → direction +Enter change +\+ - step +p preset +0 perfect +n lose next +s seed +r random seed +Esc close/,
	],
	[{type: 'flow-diagram', ends: []}, /w save +i type: letters are commands .*Esc close/],
	[
		{
			type: 'whole-payload',
			sequence: 0,
			from: 0,
			back: {type: 'select', pane: 2, ordinal: 0},
		},
		/scroll +c copy text +h copy hex +w save +(?:i type(?:: letters are commands)? +)?Esc close/,
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
		t.regex(lines[1] ?? '', /w save/);
		t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([columns]));
	}
});

test('beside a program stands how to leave it, and how to save it', t => {
	const panes = new Map([[2, {...newPaneState, view: 'program-view' as const}]]);
	t.regex(footer(sceneView(), {columns: 80, panes}).join(''), /^ Esc v back to messages .*Esc w save/);
	t.notRegex(footer().join(''), /Esc w/);
});

test('in the smallest window the letters of all commands leave room for two panes of four lines and the tabs between them', t => {
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

test('what a prompt asks for, how to leave it and what is wrong are whole, however narrow the window is', t => {
	const scene = sceneView({
		server: serverView({configured: {host: 'fe80::1234:5678:9abc:def0', port: 65_535}}),
		clients: [clientView(1, {type: 'unbound'})],
	});
	for (const words of [en, ko]) {
		const {prompt, views: {filter}, acts, link: {panel}} = words;
		const place = {row: 'corruption', column: 'to-clients'} as const;
		const prompts: ReadonlyArray<readonly [Mode, string, string]> = [
			[{type: 'address-prompt', pane: 'server', draft: draftOf('')}, prompt.server('[fe80::1234:5678:9abc:def0]:65535'), prompt.hint],
			[
				{
					type: 'address-prompt', pane: 2, draft: draftOf('not an address'), problem: prompt.wrong,
				},
				prompt.client(1, '127.0.0.1:12000'),
				prompt.wrong,
			],
			[{type: 'filter-prompt', pane: 2, draft: draftOf('')}, filter.label, filter.hint],
			[
				{
					type: 'filter-prompt', pane: 2, draft: draftOf('hex:0'), problem: filter.wrong,
				},
				filter.label,
				filter.wrong,
			],
			[
				{
					type: 'series-prompt', kind: 'burst', pane: 2, draft: draftOf(''),
				},
				acts.prompt.label(1, 'burst'),
				acts.prompt.hints.burst,
			],
			[
				{
					type: 'link-value', place, draft: draftOf('300'), problem: 'x'.repeat(90),
				},
				panel.changing('corruption', panel.columns['to-clients']),
				panel.hint,
			],
			[
				{
					type: 'series-prompt', kind: 'burst', pane: 2, draft: draftOf('300'), problem: 'x'.repeat(90),
				},
				acts.prompt.label(1, 'burst'),
				'x'.repeat(90),
			],
		];
		for (const [mode, label, hint] of prompts) {
			for (const columns of [60, 80, 120]) {
				const lines = footerLines(screenState(scene, {columns, mode}), scene, words)
					.map(line => stripVTControlCharacters(line));
				const text = lines.join('').replaceAll(/\s/g, '');
				t.true(text.includes(label.replaceAll(' ', '')), `drawn as ${lines.join('\n')}`);
				t.true(text.includes(hint.replaceAll(' ', '')), `drawn as ${lines.join('\n')}`);
				t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([columns]));
				const typed = 'draft' in mode ? textOfDraft(mode.draft).replaceAll(' ', '') : '';
				const [above = '', below = ''] = typed === '' ? [text, text] : text.split(typed);
				t.true(above.includes(label.replaceAll(' ', '')) && below.includes(hint.replaceAll(' ', '')));
			}
		}
	}
});

test('a notice over the keys of an overlay is whole in 80 columns; of one that is longer the end is shown', t => {
	for (const words of [en, ko]) {
		const notice = words.refusal({reason: 'save-failed', failure: {code: 'EACCES', syscall: 'open', message: ''}});
		const lines = noticedHints([], notice, 80).map(line => stripVTControlCharacters(line));
		t.is(lines.slice(0, -1).map(line => line.trim()).join(' '), notice);
	}

	const [line, ...others] = noticedHints([], `${'long '.repeat(60)}end`, 80).map(text => stripVTControlCharacters(text));
	t.regex(line!, /^ ….* end$/);
	t.is(others.length, 1);
});

test('a wide window of a relay names each of its keys once', t => {
	const relay = {
		targetPane: 9, target: serverAddress, holding: [], held: {
			count: 0, bytes: 0, ofClosed: 0, 'to-server': 0, 'to-clients': 0,
		},
	};
	const scene = sceneView({server: serverView({relay})});
	const [line = ''] = footer(scene, {columns: 300, focus: {udp: 1}});
	for (const label of [en.relay.keys.hold.none, en.relay.keys.list]) {
		t.is(line.split(label).length, 2, line);
	}
});
