import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {Row} from '../../source/engine/door/pane-view.ts';
import {type RowContext, rowLines} from '../../source/screen/pane/row-lines.ts';
import {en} from '../../source/screen/words/en.ts';
import textWidth from '../../source/text/width.ts';
import {row, sceneView, serverAddress} from '../helpers/terminal-scene.ts';

const wide = {
	inner: 56, statusRows: 1, logRows: 10, time: 12, peer: 15, payload: 17,
};
const udp: RowContext = {
	geometry: wide, protocol: 'udp', isServer: false, server: 1, clients: sceneView().clients, words: en,
};
const tcp: RowContext = {...udp, protocol: 'tcp', geometry: {...wide, peer: 0, payload: 33}};

function lines(changes: Partial<Row>, context = udp): string[] {
	return rowLines(row(changes), context).map(line => stripVTControlCharacters(line));
}

test('a datagram is a line with its time, direction, peer, length and payload', t => {
	t.deepEqual(lines({peer: serverAddress, length: 5, payload: 'hello'}), ['12:34:56.789 → 127.0.0.1:12000    5 B  hello            ']);
	t.deepEqual(lines({
		type: 'datagram-received', peer: serverAddress, length: 5, payload: 'HELLO', elapsed: 3.14,
	}), ['12:34:56.789 ← 127.0.0.1:12000    5 B  HELLO      3.1 ms']);
});

test('a chunk of a client names no peer, one of a server its connection', t => {
	t.regex(lines({type: 'chunk-sent', length: 5, payload: 'hello'}, tcp)[0], /^12:34:56\.789 → +5 B {2}hello/);
	t.regex(lines({
		type: 'chunk-received', socket: 3, length: 5, payload: 'hello',
	}, {...tcp, isServer: true, geometry: {...wide, peer: 12}})[0], /← connection 3 +5 B {2}hello/);
});

test('what comes from a third party is marked', t => {
	t.regex(lines({
		type: 'datagram-received', peer: {host: '127.0.0.1', port: 9}, length: 1, payload: 'x', isThirdParty: true,
	})[0], /from a third party$/);
});

test('a datagram that is too large is told what the limit is, in as many lines as that needs', t => {
	const [first, ...others] = lines({
		type: 'send-failed', peer: serverAddress, length: 70_000, payload: 'xx', failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
	});
	t.regex(first, /✗ 127\.0\.0\.1:12000 +70000 B/);
	t.regex(others.join(' ').replaceAll(/ +/g, ' '), /65,507 B.*70,000/);
});

test('a read with the bytes of several writes says of how many; a datagram that was lost says so', t => {
	t.regex(lines({
		type: 'chunk-received', length: 6, payload: 'onetwo', writes: 2, elapsed: 1,
	}, tcp)[0], /onetwo +.* = 2 writes +1\.0 ms$/);
	t.regex(lines({
		peer: serverAddress, length: 5, payload: 'hello', arrival: {type: 'lost'},
	})[0], /hello +✗ lost$/);
	t.regex(lines({
		peer: serverAddress, length: 5, payload: 'hello', isVacant: true,
	})[0], /hello +✗ no socket$/);
	t.regex(lines({
		type: 'chunk-sent', peer: serverAddress, length: 5, payload: 'hello', neverRead: 5,
	}, tcp)[0], /hello +✗ never read$/);
	t.regex(lines({
		type: 'chunk-sent', peer: serverAddress, length: 5, payload: 'hello', neverRead: 2,
	}, tcp)[0], /hello +✗ 2 B never read$/);
});

test('a narrow pane has the time without milliseconds', t => {
	t.regex(lines({length: 1, payload: 'x'}, {
		...tcp, geometry: {
			...wide, inner: 40, time: 8, peer: 0, payload: 20,
		},
	})[0], /^12:34:56 → /);
});

test('every row fills its lines exactly, whatever it is', t => {
	const types = [
		'bound',
		'listening',
		'bind-failed',
		'connect-failed',
		'accepted',
		'rejected',
		'connecting',
		'connected',
		'fin-sent',
		'fin-received',
		'reset',
		'paused',
		'resumed',
		'send-refused',
		'closed',
		'rule-changed',
		'closing-changed',
		'destination-changed',
		'datagram-sent',
		'chunk-received',
		'send-failed',
		'socket-failed',
		'listen-failed',
	] as const;
	for (const type of types) {
		for (const context of [udp, tcp, {...udp, isServer: true}, {...tcp, isServer: true}]) {
			for (const payload of ['', '안녕하세요 👨‍👩‍👧 세계', String.raw`\x1b[2J\u{202e}`, 'x'.repeat(400)]) {
				const drawn = lines({
					type,
					socket: 2,
					peer: serverAddress,
					local: serverAddress,
					length: 123_456,
					payload,
					amount: 7,
					setting: 'echo',
					elapsed: 12.3,
					failure: {code: 'ECONNREFUSED', syscall: 'connect', message: ''},
				}, context);
				t.true(drawn.length > 0);
				t.deepEqual(new Set(drawn.map(line => textWidth(line))), new Set([56]));
			}
		}
	}
});
