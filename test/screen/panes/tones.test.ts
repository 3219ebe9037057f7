import test from 'ava';
import {painted} from '../../helpers/painted.ts';
import {
	clientView, connected, connectedPeer, row, type RowChanges, sceneView, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';
import type {LedgerRow} from '../../../source/views/ledger.ts';
import type {RowContext} from '../../../source/screen/panes/geometry.ts';
import type {ClientState} from '../../../source/engine/api/scene-view.ts';
import type {SocketRow} from '../../../source/engine/api/view.ts';
import {drawRow} from '../../../source/screen/panes/rows/row-lines.ts';
import {socketsLines} from '../../../source/screen/panes/sockets-lines.ts';
import {clientStatus, relayStatus, serverStatus} from '../../../source/screen/panes/status-lines.ts';
import {en} from '../../../source/screen/words/en.ts';

const context: RowContext = {
	geometry: {
		inner: 76, logRows: 10, time: 12, peer: 0, payload: 40,
	}, protocol: 'tcp', isServer: false, home: undefined, payload: 'text', server: 1, clients: sceneView().clients, words: en,
};
const udp: RowContext = {...context, protocol: 'udp', geometry: {...context.geometry, peer: 15}};
const time = 'dim: 12:34:56.789';

function tones(changes: RowChanges, changed: RowContext = context): string[] {
	return drawRow(row(changes), changed).lines.flatMap(line => painted(line));
}

test('what was sent, received or failed is told apart by a colour, beside its sign', t => {
	t.deepEqual(tones({type: 'chunk-sent', length: 5, payload: 'hello'}), [time, 'cyan: →', 'dim: 5 B']);
	t.deepEqual(tones({
		type: 'chunk-received', length: 5, payload: 'HELLO', elapsed: 1.5,
	}), [time, 'green: ←', 'dim: 5 B', 'dim: 1.5 ms']);
	t.deepEqual(
		tones(
			{
				type: 'send-failed',
				peer: serverAddress,
				length: 5,
				payload: 'hello',
				failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
			},
			udp,
		).slice(0, 3),
		[time, 'red: ✗', 'dim: 5 B'],
	);
	const why = tones({
		type: 'send-failed', length: 5, payload: '', failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
	}).slice(3);
	t.true(why.length > 0 && why.every(piece => piece.startsWith('red: ')), why.join('; '));
});

test('the escapes in a payload are coloured, its text is not', t => {
	t.deepEqual(tones({type: 'chunk-sent', payload: 'a\nb\u{1B}c\u{202E}'}).slice(3), [
		String.raw`magenta: \n`, String.raw`magenta: \x1b`, String.raw`magenta: \u{202e}`,
	]);
});

test('what was lost is red, what the link did or a third party sent is yellow', t => {
	t.deepEqual(tones({length: 5, payload: 'hello', arrival: {type: 'lost'}}, udp), [
		time,
		'cyan: →',
		'dim: 5 B',
		'red: ✗ ~lost',
	]);
	t.is(tones({
		type: 'datagram-received', length: 1, payload: 'x', isThirdParty: true,
	}, udp).at(-1), `yellow: ${en.log.thirdParty}`);
	t.is(tones({
		type: 'chunk-received', length: 6, payload: 'onetwo', writes: 2,
	}).at(-1), 'yellow: = 2 writes');
	t.is(tones({
		type: 'datagram-sent', length: 5, payload: 'hello', fate: {type: 'lost', cause: 'loss'},
	}, udp).at(-1)?.slice(0, 6), 'red: ✗');
});

test('a sentence about a socket has a tone of its own: plain where it opens, red where it fails, yellow where it is a warning', t => {
	t.deepEqual(tones({type: 'socket-bound', local: serverAddress}), [time]);
	const failed = tones({
		type: 'connect-failed',
		peer: serverAddress,
		failure: {code: 'ECONNREFUSED', syscall: 'connect', message: ''},
	}).slice(1);
	t.true(failed.length > 0 && failed.every(piece => piece.startsWith('red: ')), failed.join('; '));
	const warned = tones({type: 'backpressure-started', waiting: 5000}).slice(1);
	t.true(warned.length > 0 && warned.every(piece => piece.startsWith('yellow: ')), warned.join('; '));
});

test('a call has the colour of its direction, one that failed is red', t => {
	const call = (name: 'send' | 'recv' | 'connect', error?: string): string[] => tones({
		type: 'chunk-sent', length: 5, payload: 'hello', calls: [{name, arguments: [], error}],
	});
	t.deepEqual(call('send'), [time, 'cyan: →', 'dim: hello']);
	t.deepEqual(call('recv'), [time, 'green: ←', 'dim: hello']);
	t.deepEqual(call('connect'), [time, 'dim: hello']);
	t.deepEqual(call('send', 'EPIPE'), [time, 'red: ✗', 'red: send() → EPIPE']);
});

test('the bytes of each write have its colour, and its letter', t => {
	const ledger: LedgerRow = {
		parts: [{
			number: 1, from: 0, length: 3, whole: 3,
		}, {
			number: 2, from: 0, length: 3, whole: 3,
		}], missing: 0, more: 0, isOver: false, offset: 0,
	};
	const far = {pane: 2, socket: 0};
	const pieces = tones({
		type: 'chunk-received', number: 1, payload: 'onetwo', far, ledger,
	});
	t.deepEqual(pieces.slice(0, 4), [time, 'green: ←', 'bold: read', 'bold: 1']);
	t.deepEqual(pieces.slice(-4), ['cyan: [A]', 'cyan: one', 'yellow: [B]', 'yellow: two']);
	t.true(pieces.includes('cyan: write') && pieces.includes('yellow: write'));
});

/** The tone in which a text stands in these lines; undefined for none. */
function toneOf(lines: readonly string[], text: string): string | undefined {
	const piece = lines.flatMap(line => painted(line)).find(each => each.includes(text));
	return piece?.split(':', 1)[0];
}

test('what the link did is yellow beside a payload, and what it lost red', t => {
	const copies = [{delay: 5}, {delay: 7}];
	const fate = {
		type: 'passed', copies, isHeldBack: false, onTheLink: 0, discarded: 1, overtakenBy: undefined,
	} as const;
	const pieces = tones({
		type: 'datagram-sent', length: 5, payload: 'hello', fate,
	}, {...udp, geometry: {...udp.geometry, inner: 120}});
	t.is(pieces.find(piece => piece.includes(en.link.copies(2)))?.slice(0, 7), 'yellow:');
	t.is(pieces.find(piece => piece.includes('✗'))?.slice(0, 4), 'red:');
});

test('a FIN has the colour of what is sent among the calls', t => {
	t.deepEqual(
		tones({type: 'fin-sent', calls: [{name: 'shutdown', arguments: ['SHUT_WR'], error: undefined}]}).slice(0, 2),
		[time, 'cyan: →'],
	);
});

test('a server that has failed is red, and one that is opening or closed yellow', t => {
	const failure = {code: 'EADDRINUSE', syscall: 'bind', message: ''};
	for (const [state, tone] of [
		[{type: 'failed', wanted: serverAddress, failure}, 'red'],
		[{type: 'opening', wanted: serverAddress}, 'yellow'],
		[{type: 'closed'}, 'yellow'],
	] as const) {
		t.is(toneOf(serverStatus(serverView({state}), 'udp', {rows: 1, peers: 1}, 100, en), ''), tone, state.type);
	}
});

test('a connection is green while it is established, and yellow in any other state, wherever it is told', t => {
	for (const [state, tone] of [
		['ESTABLISHED', 'green'], ['CLOSE_WAIT', 'yellow'], ['FIN_WAIT', 'yellow'], ['LISTEN', 'green'], ['TIME_WAIT', 'yellow'],
	] as const) {
		const shown: SocketRow = {
			role: 'connection', number: 1, local: serverAddress, state, isClosed: false, waiting: 0,
		};
		const table = socketsLines({
			type: 'sockets', pane: 1, from: 0, total: 1, rows: [shown], isFromKernel: true,
		}, 100, 10, en);
		t.is(toneOf(table, state), tone, state);
		if (state === 'LISTEN') {
			continue;
		}

		const server = serverView({peerCount: 1, peersEver: 1, peers: [connectedPeer({state})]});
		t.is(toneOf(serverStatus(server, 'tcp', {rows: 1, peers: 1}, 100, en), state), tone, state);
		const held = {
			count: 0, bytes: 0, 'to-server': 0, 'to-clients': 0, ofClosed: 0,
		};
		const relay = {
			targetPane: 9, target: serverAddress, holding: [], held,
		};
		t.is(toneOf(relayStatus(server, relay, 'tcp', 3, 100, en), state), tone, state);
	}
});

test('a client that can send is told plainly, and any other in yellow', t => {
	const states: ReadonlyArray<readonly [ClientState, string | undefined]> = [
		[connected, undefined],
		[{...connected, hasReceivedFin: true}, 'yellow'],
		[{...connected, isFinishing: true}, 'yellow'],
		[{type: 'connecting', destination: serverAddress}, 'yellow'],
		[{type: 'closed', failure: undefined}, 'yellow'],
	];
	for (const [state, tone] of states) {
		t.is(toneOf(clientStatus(clientView(1, state), sceneView({protocol: 'tcp'}), 1, 100, en), ''), tone);
	}
});

test('datagrams that the kernel has dropped are red, and none are not told', t => {
	const table = (drops: number): readonly string[] => socketsLines({
		type: 'sockets', pane: 1, from: 0, total: 1, isFromKernel: true, rows: [{
			role: 'udp', number: 0, local: serverAddress, isClosed: false, waiting: 0, drops,
		}],
	}, 100, 10, en);
	t.is(toneOf(table(3), en.views.sockets.dropped(3)), 'red');
	t.is(toneOf(table(0), en.views.sockets.dropped(0)), undefined);
});
