import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {inlineName, ofMessage, type SavedSequence} from '../../../source/messages/message.ts';
import type {MessagesNews} from '../../../source/messages/messages-file.ts';
import {emptyDraft, insertText} from '../../../source/screen/input/line/draft.ts';
import {type ActName, actNames} from '../../../source/screen/overlays/modes.ts';
import {
	actOfKey, keyOfAct, reasonAgainst, subjectOf,
} from '../../../source/screen/overlays/acts/acts.ts';
import {footerLines} from '../../../source/screen/overlays/registry.ts';
import {actsPage} from '../../../source/screen/overlays/acts/acts-lines.ts';
import {newPaneState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {seriesView} from '../../helpers/series-view.ts';
import {
	clientView, connected, connectedPeer, sceneView, screenState, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

/** A TCP scene with a client, whose connection is the one that the server has chosen. */
function tcpScene(
	changes: Parameters<typeof connectedPeer>[0] = {},
	client = clientView(1, connected),
): SceneView {
	return sceneView({
		protocol: 'tcp',
		clients: [client],
		server: serverView({target: 1, peerCount: 1, peers: [connectedPeer(changes)]}),
	});
}

const scenes: Readonly<Record<string, readonly [SceneView, number]>> = {
	'a TCP client': [tcpScene(), 2],
	'a TCP client that does not read': [tcpScene({}, clientView(1, connected, {isReadingStopped: true})), 2],
	'a TCP client with a series': [tcpScene({}, clientView(1, connected, {series: seriesView(true)})), 2],
	'a closed TCP client': [tcpScene({}, clientView(1, {type: 'closed'})), 2],
	'a connection': [tcpScene(), 1],
	'a TCP server without a chosen connection': [
		sceneView({protocol: 'tcp', server: serverView({target: 'all', peerCount: 2})}),
		1,
	],
	'a UDP client': [sceneView(), 2],
	'the UDP server': [sceneView({server: serverView({target: 1, peerCount: 1})}), 1],
};

function plain(lines: readonly string[]): string[] {
	return lines.map(line => stripVTControlCharacters(line));
}

function menu(
	scene: SceneView,
	pane: number,
	selected: ActName,
	columns: number,
	{
		rows = 24, words = en, notice = '', hasText = false, saved = undefined as MessagesNews | undefined,
	} = {},
): string[] {
	const mode = {
		type: 'acts-menu', page: 'menu', selected: actNames.indexOf(selected), ...(notice !== '' && {notice}),
	} as const;
	const draft = hasText ? insertText(emptyDraft, 'typed') : emptyDraft;
	const state = screenState(scene, {
		columns, rows, mode, saved, focus: {[scene.name]: pane}, panes: new Map([[pane, {...newPaneState, draft}]]),
	});
	return plain(actsPage({
		state, scene, mode, words,
	}).lines);
}

for (const [name, [scene, pane]] of Object.entries(scenes)) {
	test(`for ${name} every entry stands in the menu whole, whichever is chosen, in every width and language`, t => {
		for (const words of [en, ko]) {
			for (const [columns, rows] of [[60, 16], [80, 24], [160, 50]] as const) {
				const heights = new Set<number>();
				for (const selected of actNames) {
					const lines = menu(scene, pane, selected, columns, {rows, words});
					const text = lines.join('\n');
					heights.add(lines.length);
					t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([columns]));
					t.notRegex(text, /…/);
					const isStopped = name.includes('does not read');
					for (const act of actNames) {
						const {label} = words.acts.entries[act === 'reading' && isStopped ? 'read-again' : act];
						t.true(text.includes(`${keyOfAct(act)} ${label}`), `${label} in\n${text}`);
					}

					t.true(text.includes(`▸${keyOfAct(selected)} `));
				}

				t.is(heights.size, 1);
			}
		}
	});

	test(`for ${name} what the chosen entry does is told to its last word, or why it does nothing`, t => {
		for (const words of [en, ko]) {
			for (const columns of [60, 80, 160]) {
				for (const selected of actNames) {
					for (const hasText of [false, true]) {
						const text = menu(scene, pane, selected, columns, {words, hasText})
							.join(' ')
							.replaceAll(/\s+/g, ' ');
						const reason = reasonAgainst(selected, subjectOf(scene, pane)!, words);
						const isStopped = name.includes('does not read') && selected === 'reading';
						t.true(
							text.includes(reason ?? words.acts.entries[isStopped ? 'read-again' : selected].what),
							`${selected}: ${text}`,
						);
						const sends
							= reason === undefined
								&& ['split-character', 'two-writes', 'two-writes-pause'].includes(selected);
						t.is(text.includes(words.acts.usesLine), sends && hasText);
						t.is(
							text.includes(words.acts.usesSample(selected === 'split-character' ? '안녕' : 'first second')),
							sends && !hasText,
						);
					}
				}
			}
		}
	});
}

test('why a choice does nothing stands beneath the menu', t => {
	t.regex(menu(sceneView(), 2, 'reset', 80, {notice: 'for a reason'}).join('\n'), /✗ for a reason/);
});

test('the title names the socket and the addresses of both its ends', t => {
	t.regex(menu(tcpScene(), 2, 'reset', 80)[0] ?? '', /client 1 {2}127\.0\.0\.1:40000 ⇄ 127\.0\.0\.1:12000/);
	t.regex(
		menu(tcpScene(), 1, 'reset', 80)[0] ?? '',
		/connection 1 {2}127\.0\.0\.1:12000 ⇄ 127\.0\.0\.1:40000/,
	);
	t.regex(menu(sceneView(), 2, 'reset', 80)[0] ?? '', /client 1 {2}→ 127\.0\.0\.1:12000/);
});

test('in a large window each entry has a line with what it does', t => {
	const lines = menu(tcpScene(), 2, 'reset', 160, {rows: 50});
	t.regex(lines[1] ?? '', /▸1 reset \(RST\) .*ECONNRESET/);
	t.regex(lines[10] ?? '', / 0 report +✗ No series/);
});

test('each entry has a digit of its own', t => {
	t.deepEqual(actNames.map(name => actOfKey(keyOfAct(name))), [...actNames]);
	t.deepEqual(['', 'b', '10', '٣'].map(digit => actOfKey(digit)), [undefined, undefined, undefined, undefined]);
});

test('what means nothing for a socket cannot be chosen', t => {
	const open = ([scene, pane]: readonly [SceneView, number]): string =>
		actNames
			.filter(name => reasonAgainst(name, subjectOf(scene, pane)!, en) === undefined)
			.map(name => keyOfAct(name))
			.join('');
	t.deepEqual(Object.fromEntries(Object.entries(scenes).map(([name, scene]) => [name, open(scene)])), {
		'a TCP client': '123456789',
		'a TCP client that does not read': '123456789',
		'a TCP client with a series': '1230',
		'a closed TCP client': '',
		'a connection': '123456',
		'a TCP server without a chosen connection': '',
		'a UDP client': '456789',
		'the UDP server': '',
	});
	const finished = tcpScene({}, clientView(1, {...connected, isFinishing: true}));
	t.is(open([finished, 2]), '13');
	t.is(open([tcpScene({}, clientView(1, {type: 'connecting', destination: serverAddress})), 2]), '456789');
	t.is(open([tcpScene({}, clientView(1, {type: 'closed'}, {series: seriesView(false)})), 2]), '0');
});

test('after its FIN a connection can only be reset and stop reading', t => {
	for (const state of ['FIN_WAIT', 'LAST_ACK', 'TIME_WAIT'] as const) {
		const scene = sceneView({
			protocol: 'tcp', server: serverView({
				target: 1, peers: [connectedPeer({state})],
			}),
		});
		t.deepEqual(
			actNames.filter(name => reasonAgainst(name, subjectOf(scene, 1)!, en) === undefined),
			['reset', 'reading'],
			state,
		);
	}
});

test('the panes stay visible above the menu, and only in a low window it is drawn over them', t => {
	for (const [columns, rows, isOver] of [
		[80, 24, false],
		[160, 50, false],
		[60, 16, true],
		[80, 18, true],
	] as const) {
		const scene = tcpScene();
		const mode = {type: 'acts-menu', page: 'menu', selected: 0} as const;
		const state = screenState(scene, {columns, rows, mode});
		const page = actsPage({
			state, scene, mode, words: en,
		});
		t.is(page.isOver, isOver);
		t.is(footerLines(state, scene, en).length, isOver ? 1 : page.lines.length + 1);
		t.true(rows - 2 - page.lines.length >= (isOver ? 0 : 12));
		t.regex(
			stripVTControlCharacters(footerLines(state, scene, en).at(-1) ?? ''),
			/^ ↑ ↓ choose +Enter 0–9 c do it +Esc back *$/,
		);
	}
});

test('on the server\'s menu the arrows are offered for another connection', t => {
	const scene = tcpScene();
	const state = screenState(scene, {columns: 80, mode: {type: 'acts-menu', page: 'menu', selected: 0}, focus: {tcp: 1}});
	t.regex(stripVTControlCharacters(footerLines(state, scene, en).at(-1) ?? ''), /← → other connection/);
});

const savedNews: MessagesNews = {
	path: '/tmp/device.yaml',
	file: 'device.yaml',
	problems: [],
	sequences: Array.from({length: 40}, (_, index): SavedSequence => ofMessage({
		name: `m${index}`,
		parts: [
			{type: 'text', text: 'hello '},
			{type: 'bytes', bytes: Uint8Array.of(0x1B, 0x80)},
			{
				type: 'field', value: 'counter', format: {type: 'decimal', places: 4}, plus: 0, written: '{counter:04}',
			},
		],
		ending: 'crlf',
		isText: true,
	})),
};

test('saved messages are listed under a heading, with their bytes, as many as fit; the selected one is among them', t => {
	const news: MessagesNews = {...savedNews, problems: [{line: 3, column: 7, fault: ['endFirst']}]};
	for (const words of [en, ko]) {
		for (const [columns, rows] of [[60, 16], [80, 24], [100, 30], [160, 50]] as const) {
			for (const [file, selected] of [[savedNews, 0], [savedNews, 39], [news, 20]] as const) {
				const scene = sceneView();
				const mode = {type: 'acts-menu', page: 'menu', selected: actNames.length + selected} as const;
				const state = {...screenState(scene, {columns, rows, mode}), saved: file};
				const page = actsPage({
					state, scene, mode, words,
				});
				const lines = plain(page.lines);
				const text = lines.join('\n');
				t.true(lines.length <= rows - 2);
				t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([columns]));
				t.true(text.includes(` ▸» m${selected} `));
				t.true(text.includes(words.messages.title('device.yaml')));
				t.is(text.includes('device.yaml:3:7'), file === news);
				t.true(text.replaceAll(/\s+/g, ' ').includes(words.messages.sends));
			}
		}
	}
});

test('a saved message shows its size, its text and its bytes, with placeholders as they are written', t => {
	const lines = menu(sceneView(), 2, 'reset', 120, {rows: 30, saved: {...savedNews, sequences: savedNews.sequences.slice(0, 1)}});
	t.regex(
		lines.at(-1) ?? '',
		/^ {2}» m0 +≥ 14 B {2}hello \\x1b\\x80{counter:04}\\r\\n +68 65 6c 6c 6f 20 1b 80 {counter:04} 0d 0a *$/,
	);
	t.true(menu(sceneView(), 2, 'reset', 80).some(line => line.includes(en.messages.none)));
	const named = ofMessage({
		name: 'named', parts: [], ending: undefined, isText: true,
	}).steps[0]!;
	const [{message: inline}] = savedNews.sequences[0]!.steps as [typeof named];
	const bytes = {
		...inline, isText: false, name: inlineName('start', 2), parts: inline.parts.slice(1, 2),
	};
	const sequences = [{
		name: 'start', isSequence: true, steps: [named, {message: {...inline, name: inlineName('start', 2)}, pause: 1500}, {message: bytes, pause: undefined}], pauseAfter: undefined, rounds: 1,
	}];
	const [line = ''] = menu(sceneView(), 2, 'reset', 120, {rows: 30, saved: {...savedNews, sequences}}).slice(-1);
	t.true(line.includes(String.raw`${en.messages.sequence(3, 1)}: named · 1.5 s · "hello \x1b\x80{counter:04}" · 1b 80 `));
});
