import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {PaneView} from '../../../source/engine/api/view.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import type {Protocol} from '../../../source/log/event.ts';
import {headerLine} from '../../../source/screen/frame/header-line.ts';
import type {PaneBox} from '../../../source/screen/frame/layout.ts';
import {screenLayout} from '../../../source/screen/frame/screen-layout.ts';
import {keyBindings} from '../../../source/screen/input/keys.ts';
import {paneLines} from '../../../source/screen/panes/pane-lines.ts';
import {newPaneState, type ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import type {Words} from '../../../source/screen/words/words.ts';
import textWidth from '../../../source/text/width/width.ts';
import type {Row} from '../../../source/views/rows.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {
	clientView, row, type RowChanges, sceneView, screenState, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

const sizes = [[80, 24], [100, 30], [120, 40], [160, 50]] as const;
const languages = [en, ko] as const;
const protocols = ['udp', 'tcp'] as const;
const none = {count: 0, bytes: 0};

/** 40 columns each: Latin letters, Hangul, which is two columns wide, emoji, and escapes. */
const payloads = [
	'The quick brown fox jumps over lazy dogs',
	'안녕하세요소켓프로그래밍을배우는중입니다',
	'🐢🐇🐢🐇🐢🐇🐢🐇🐢🐇🐢🐇🐢🐇🐢🐇🐢🐇🐢🐇',
	'GET /index.html HTTP/1.1\r\nHost: a.be\r\n',
];

/** A port that the system would pick, of one of two clients. */
function addressOf(client: number): {readonly host: string; readonly port: number} {
	return {host: '127.0.0.1', port: 51_233 + client};
}

/** Two clients and their server, all open; in TCP connected. */
function scene(protocol: Protocol, changes: Partial<SceneView> = {}): SceneView {
	const local = serverAddress;
	return sceneView({
		protocol,
		server: serverView({
			target: 1,
			peerCount: 2,
			peersEver: 2,
			peers: [1, 2].map(number => ({
				number,
				address: addressOf(number),
				received: none,
				sent: none,
				...(protocol === 'tcp' && {
					connection: {
						local,
						state: 'ESTABLISHED',
						waiting: 0,
						onTheLink: 0,
						isPaused: false,
						isReadingStopped: false,
					},
				}),
			})),
		}),
		clients: [1, 2].map(number => clientView(number, protocol === 'udp'
			? {type: 'bound', local: {...addressOf(number), host: '0.0.0.0'}}
			: {
				type: 'connected', local: addressOf(number), peer: local, isFinishing: false, hasSentFin: false, hasReceivedFin: false,
			})),
		...changes,
	});
}

/** One message from the first client and its answer, as this pane has them, behind the row of the socket's opening. */
function view(protocol: Protocol, pane: number, kind: 'messages' | 'calls' | 'bytes', payload: string): PaneView {
	const isServer = pane === 1;
	const unit = protocol === 'udp' ? 'datagram' : 'chunk';
	const data = (isSent: boolean, changes: RowChanges): Row => {
		const length = Buffer.byteLength(payload);
		const peer = isServer ? addressOf(1) : serverAddress;
		const part = {
			number: 1, from: 0, length, whole: length,
		};
		return row({
			type: `${unit}-${isSent ? 'sent' : 'received'}`,
			socket: isServer && protocol === 'tcp' ? 1 : 0,
			peer,
			payload,
			number: 1,
			far: {pane: isServer ? 2 : 1, socket: isServer ? 0 : 1},
			...(kind === 'calls' && {
				calls: [
					protocol === 'udp'
						? (isSent
							? {name: 'sendto', arguments: [{bytes: length}, peer]}
							: {name: 'recvfrom', arguments: [], result: [{bytes: length}, peer]})
						: (isSent
							? {name: 'send', arguments: [{bytes: length}]}
							: {name: 'recv', arguments: [], result: [{bytes: length}]}),
				],
			}),
			...(kind === 'bytes' && {
				ledger: {
					parts: [part], missing: 0, more: 0, isOver: false, offset: undefined,
				},
			}),
			...changes,
		});
	};

	const rows = [
		row({type: 'socket-bound', local: isServer ? serverAddress : addressOf(1)}),
		data(!isServer, {}),
		data(isServer, isServer ? {} : {elapsed: 3.14}),
	].map((each, sequence) => ({...each, sequence}));
	return {
		type: 'rows', pane, kind, rows, end: 3, total: 3, first: 0,
	};
}

/** The views that have rows. */
const kinds = {'message-view': 'messages', 'call-view': 'calls', 'byte-view': 'bytes'} as const;
const views = Object.keys(kinds) as Array<keyof typeof kinds>;

function stateOf(shown: SceneView, columns: number, rows: number, payload: string, name: keyof typeof kinds = 'message-view'): ScreenState {
	const panes = [1, 2, 3];
	return screenState(shown, {
		columns,
		rows,
		panes: new Map(panes.map(pane => [pane, {...newPaneState, view: name}])),
		views: new Map([1, 2].map(pane => [pane, view(shown.protocol, pane, kinds[name], payload)])),
	});
}

/** The server's pane and the first client's, as their lines. */
function panes(shown: SceneView, state: ScreenState, words: Words): string[][] {
	const {server, clients} = screenLayout(state, shown, words);
	return [server, clients[0]].map(box => paneLines({
		box: box!,
		scene: shown,
		pane: state.panes.get(box!.pane)!,
		view: state.views.get(box!.pane),
		selected: undefined,
		isFocused: false,
		words,
	}).map(line => stripVTControlCharacters(line)));
}

/** What stands between the borders, flowed together. */
function flat(lines: readonly string[]): string {
	return lines.slice(1, -1).map(line => line.slice(2, -2)).join('').replaceAll(/ {2}\d\.\d ms|\s/g, '');
}

for (const [columns, rows] of sizes) {
	for (const protocol of protocols) {
		test(`no payload of 40 columns is cut at ${columns}x${rows} in ${protocol}, in any view that has rows`, t => {
			for (const words of languages) {
				for (const [name, payload] of views.flatMap(each => payloads.map(text => [each, text] as const))) {
					const shown = scene(protocol);
					for (const lines of panes(shown, stateOf(shown, columns, rows, payload, name), words)) {
						const about = `${words.comments} ${name}\n${lines.join('\n')}`;
						const text = payload.replaceAll('\r\n', String.raw`\r\n`).replaceAll(' ', '');
						t.is(flat(lines).split(text).length, 3, about);
						t.is(new Set(lines.map(line => textWidth(line))).size, 1, about);
						t.false(lines.join('').includes('…'), about);
					}
				}
			}
		});
	}

	test(`titles and the header keep what matters most at ${columns}x${rows}`, t => {
		for (const words of languages) {
			const tcp = scene('tcp', {server: {...scene('tcp').server!, closeAfterReply: true}});
			const [whole = []] = panes(tcp, stateOf(tcp, columns, rows, 'x'), words);
			t.regex(whole[0]!, /127\.0\.0\.1:12000 · LISTEN ● /);
			const [server = [], client = []] = panes(tcp, stateOf(tcp, columns, rows, 'x', 'call-view'), words);
			t.regex(server[0]!, /:12000 · LISTEN ● /);
			t.regex(client[0]!, /:51234 ● /);
			t.true(client[0]!.includes(words.views.names['call-view']));
			const header = stripVTControlCharacters(headerLine(tcp, columns, words));
			t.true(header.includes(words.header.closeAfterReply), `drawn as ${header}`);
			t.true(header.includes(words.header.rule('uppercase')), `drawn as ${header}`);
		}
	});
}

test('in UDP every row keeps its address, short where its host is told above; in TCP only the server\'s rows say with whom', t => {
	const rowsOf = (protocol: Protocol): string[] => {
		const shown = scene(protocol);
		return panes(shown, stateOf(shown, 100, 30, 'hello'), en).map(lines =>
			lines.filter(line => line.includes('hello')).join('\n'));
	};

	const [udpServer = '', udpClient = ''] = rowsOf('udp');
	t.regex(udpServer, /^│ 56\.789 ← :51234 {3}5 B {2}hello +│\n│ 56\.789 → :51234 {3}5 B {2}hello +│$/);
	t.regex(udpClient, /^│ 56\.789 → :12000 {3}5 B {2}hello +│\n│ 56\.789 ← :12000 {3}5 B {2}hello +3\.1 ms │$/);
	const [tcpServer = '', tcpClient = ''] = rowsOf('tcp');
	t.regex(tcpServer, /^│ 56\.789 ← conn 1 {3}5 B {2}hello +│\n/);
	t.regex(tcpClient, /^│ 56\.789 → {3}5 B {2}hello +│\n/);
	t.notRegex(tcpClient, /12000/);
});

test('an address with a host that is told nowhere above keeps it', t => {
	const shown = scene('udp');
	const other = {host: '192.168.1.5', port: 9};
	const state = stateOf(shown, 100, 30, 'hello');
	const box: PaneBox = screenLayout(state, shown, en).server!;
	const lines = paneLines({
		box,
		scene: shown,
		pane: newPaneState,
		view: {
			type: 'rows',
			pane: 1,
			kind: 'messages',
			rows: [row({type: 'datagram-received', peer: other, payload: 'x'})],
			end: 1,
			total: 1,
			first: 0,
		},
		selected: undefined,
		isFocused: false,
		words: en,
	});
	t.regex(lines.join('\n'), /← 192\.168\.1\.5:9 /);
});

test('a pane with the focus in which nothing was sent or received says in a line what to do, by the keys\' table', t => {
	const chord = (id: string): string => {
		const {letter, hasCtrl} = keyBindings.find(binding => binding.id === id)!;
		return hasCtrl ? `^${letter.toUpperCase()}` : `Esc ${letter}`;
	};

	for (const [columns, rows] of sizes) {
		for (const words of languages) {
			const shown = scene('udp');
			const nothing = (pane: number): PaneView => ({
				type: 'rows', pane, kind: 'messages', rows: [], end: 0, total: 0, first: 0,
			});
			const state = {
				...stateOf(shown, columns, rows, 'x'), views: new Map([1, 2].map(pane => [pane, nothing(pane)])),
			};
			const told = (focus: number): string[] =>
				stripVTControlCharacters(drawApp({...state, focus: {udp: focus}}, words)).split('\n').slice(1, -1)
					.filter(line => line.includes(chord('view')));
			const [line = '', ...others] = told(2);
			t.deepEqual(others, [], 'it stands in the focused pane only');
			for (const text of [words.firstSteps.type, words.views.names['call-view'], chord('flow'), words.firstSteps.flow]) {
				t.true(line.includes(text), `drawn as ${line}`);
			}

			t.is(line.includes(`${chord('switch-protocol')} TCP`), columns !== 100);
			t.is(line.includes(`${chord('source')} ${words.firstSteps.program}`), columns === 80 || columns === 160, `drawn as ${line}`);
			t.true(told(1)[0]!.includes(words.firstSteps.typeInClient));
			const message = stripVTControlCharacters(drawApp(stateOf(shown, columns, rows, 'x'), words));
			t.false(message.includes(words.firstSteps.type), 'after a message it is gone');
		}
	}
});

test('in a window that is too small, the notice is wrapped, not cut', t => {
	for (const words of languages) {
		const text = drawApp(stateOf(scene('udp'), 20, 12, 'x'), words);
		t.is(
			text.replaceAll(/\s/g, ''),
			`${words.tooSmall.needs}${words.tooSmall.have(20, 12)}${words.tooSmall.keys}`.replaceAll(' ', ''),
		);
	}
});
