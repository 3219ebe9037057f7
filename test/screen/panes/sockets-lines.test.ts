import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {SocketRow, SocketsView} from '../../../source/engine/api/view.ts';
import {socketLines, socketsLines, socketsStatus} from '../../../source/screen/panes/sockets-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {serverAddress} from '../../helpers/terminal-scene.ts';

const tally = {count: 2, bytes: 6};
const peer = {host: '127.0.0.1', port: 40_000};
const connection: SocketRow = {
	role: 'connection',
	number: 1,
	local: serverAddress,
	peer,
	state: 'ESTABLISHED',
	isClosed: false,
	received: tally,
	sent: tally,
	waiting: 0,
};
const welcoming: SocketRow = {
	role: 'welcoming',
	number: 0,
	local: serverAddress,
	state: 'LISTEN',
	isClosed: false,
	waiting: 0,
	receiveQueue: 3,
	sendQueue: 0,
};

function view(rows: readonly SocketRow[], changes: Partial<SocketsView> = {}): SocketsView {
	return {
		type: 'sockets', pane: 1, from: 0, total: rows.length, rows, isFromKernel: true, ...changes,
	};
}

const drawn = (rows: readonly SocketRow[], columns: number): string[] =>
	socketsLines(view(rows), columns, 20, en).map(line => stripVTControlCharacters(line).trim());

test('a socket takes two lines in a wide pane and three in a narrow one', t => {
	t.is(socketLines(76), 2);
	t.is(socketLines(56), 3);
	t.deepEqual(drawn([connection], 76), [
		'● connection 1  ESTABLISHED  127.0.0.1:12000 ⇄ 127.0.0.1:40000',
		'← 2 · 6 B  → 2 · 6 B',
		en.views.sockets.fromKernel,
	]);
	t.deepEqual(drawn([connection], 56).slice(0, 2), [
		'● connection 1  ESTABLISHED',
		'127.0.0.1:12000 ⇄ 127.0.0.1:40000',
	]);
});

test('a welcoming socket has no peer, and counts who waits to be accepted', t => {
	t.deepEqual(drawn([welcoming], 76).slice(0, 2), ['● welcoming socket  LISTEN  127.0.0.1:12000 ⇄ *', '3 to accept']);
});

test('tells the bytes queued in the kernel and in this program, drops in UDP, and that the kernel keeps a closed socket', t => {
	t.regex(
		drawn(
			[
				{
					...connection,
					receiveQueue: 5,
					sendQueue: 7,
					waiting: 20_000,
				},
			],
			76,
		)[1] ?? '',
		/19\.5 KiB waiting here {2}5 B unread · 7 B unacked/,
	);
	t.regex(
		drawn(
			[
				{
					...connection,
					receiveQueue: 0,
					sendQueue: 2_600_000,
					waiting: 256_000,
					sent: {count: 12_345, bytes: 7_400_000},
				},
			],
			76,
		)[1] ?? '',
		/250\.0 KiB waiting here {2}2\.5 MiB unacked$/,
	);
	t.regex(
		drawn(
			[
				{
					...connection,
					receiveQueue: 5,
					sendQueue: 0,
					readAhead: 65_536,
				},
			],
			76,
		)[1] ?? '',
		/→ 2 · 6 B {2}64\.0 KiB read ahead · 5 B unread · 0 B unacked$/,
	);
	const datagrams: readonly SocketRow[] = [
		{
			role: 'udp',
			number: 0,
			local: serverAddress,
			isClosed: false,
			received: tally,
			sent: tally,
			waiting: 0,
			receiveQueue: 5,
			sendQueue: 768,
			drops: 4,
		},
	];
	const udp = drawn(datagrams, 56);
	t.regex(udp[2] ?? '', /^✗ 4 dropped {2}← 2 · 6 B {2}→ 2 · 6 B {2}5 B /);
	t.notRegex(drawn(datagrams, 156).join(' '), /unack/);
	const closed = drawn([{...connection, isClosed: true, state: 'TIME_WAIT'}], 76);
	t.regex(closed[0] ?? '', /^○ connection 1 {2}TIME_WAIT/);
	t.regex(closed[1] ?? '', /→ 2 · 6 B {2}closed first, waits ~60 s$/);
});

test('the line above says what is to be seen, and how many sockets are above and below', t => {
	const status = (rows: readonly SocketRow[], changes?: Partial<SocketsView>): string =>
		socketsStatus(view(rows, changes), {}, 76, 1, en).map(line => stripVTControlCharacters(line)).join('\n');
	t.is(status([]).trim(), en.views.sockets.none);
	const [unbound = ''] = socketsStatus(view([]), {isUnbound: true}, 76, 1, en);
	t.is(stripVTControlCharacters(unbound).trim(), en.views.sockets.unbound);
	t.regex(status([welcoming, connection], {from: 3, total: 12}), /^all share port 12000: .* ↑ 3 ↓ 7$/);
	const [focused = ''] = socketsStatus(view([welcoming], {from: 3, total: 12}), {isFocused: true}, 76, 1, en);
	t.regex(stripVTControlCharacters(focused), / ↑ 3 ↓ 8 · PgUp PgDn$/, 'the keys are for the focused pane');
	t.is(status([{...connection, role: 'client'}]).trim(), en.views.sockets.ownPort);
	t.is(status([{
		...connection, role: 'client', local: peer, peer,
	}]).trim(), en.views.sockets.toItself);
	t.is(status([{...connection, role: 'udp'}]).trim(), en.views.sockets.oneForAll);
});

test('what is to be seen in a table fits the narrowest pane of a wide window', t => {
	t.deepEqual(
		[en, ko].flatMap(({views: {sockets}}) => [
			sockets.none,
			sockets.oneForAll,
			sockets.ownPort,
			sockets.toItself,
			sockets.samePort(65_535),
		]).filter(text => textWidth(text) > 56),
		[],
	);
});

test('every line has the pane\'s width', t => {
	for (const columns of [36, 56, 76, 116]) {
		const lines = [
			...socketsLines(
				view([welcoming, connection, {...connection, role: 'peer', local: undefined}]),
				columns,
				20,
				en,
			),
			...socketsStatus(view([welcoming]), {}, columns, 2, en),
		];
		t.deepEqual(new Set(lines.map(line => textWidth(stripVTControlCharacters(line)))), new Set([columns]));
	}
});

test('where a table is from is wrapped where lines are free, and takes one line where they are not', t => {
	for (const words of [en, ko]) {
		const lines = (height: number): string[] =>
			socketsLines(view([connection], {isFromKernel: false}), 46, height, words)
				.slice(3)
				.map(line => stripVTControlCharacters(line).trim());
		t.is(lines(9).join(' '), words.views.sockets.derived);
		t.is(lines(4).length, 1);
		const [lesson = '', ...others] = socketsStatus(view([]), {isUnbound: true}, 46, 3, words);
		t.is([lesson, ...others].map(line => stripVTControlCharacters(line).trim()).join(' '), words.views.sockets.unbound);
	}
});

test('a state that was not read from the kernel has the sign for that, and one that was has none', t => {
	t.regex(drawn([{...connection, isDerived: true}], 76)[0]!, /connection 1 {2}~ESTABLISHED /);
	t.regex(drawn([{...connection, isDerived: true}], 56)[0]!, /connection 1 {2}~ESTABLISHED$/);
});
