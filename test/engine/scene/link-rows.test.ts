import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {stripVTControlCharacters} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import type {PlaygroundOptions} from '../../../source/engine/api/command.ts';
import type {Protocol} from '../../../source/log/event.ts';
import type {Row, RowsKind} from '../../../source/views/rows.ts';
import {type LinkConditions, perfect} from '../../../source/link/conditions.ts';
import {drawFlow} from '../../../source/flow/drawing/terminal.ts';
import {drawRow} from '../../../source/screen/panes/rows/row-lines.ts';
import {en} from '../../../source/screen/words/en.ts';

async function open(
	t: ExecutionContext,
	protocol: Protocol,
	conditions: Partial<LinkConditions>,
	more: Partial<PlaygroundOptions> = {},
): Promise<PlaygroundRoom> {
	return openPlayground(t, protocol, {
		clients: 1,
		reply: 'discard',
		link: {...perfect, ...conditions},
		seed: 7,
		...more,
	});
}

async function setLink(room: PlaygroundRoom, scene: Protocol, conditions: Partial<LinkConditions>): Promise<void> {
	await room.playground.execute({
		type: 'set-link', scene, direction: 'both', conditions: {...perfect, ...conditions},
	});
}

/** The rows of a type that a pane of 120 columns draws, from behind their time on. */
function drawn(
	room: PlaygroundRoom,
	protocol: Protocol,
	kind: RowsKind,
	type: Row['type'],
	who: 'client' | 'server' = 'client',
): string[] {
	const {server, clients} = room.scene(protocol);
	const pane = who === 'client' ? clients[0]!.pane : server!.pane;
	const rows = room.rows(pane, kind).rows.filter(row => row.type === type);
	return rows.map(row =>
		drawRow(row, {
			geometry: {
				inner: 116,
				logRows: 10,
				time: 12,
				peer: 0,
				payload: 60,
			},
			protocol,
			isServer: who === 'server',
			home: undefined,
			payload: 'text',
			server: server?.pane,
			clients,
			words: en,
		}).lines
			.map(line =>
				stripVTControlCharacters(line)
					.replace(/^\d[\d:.]{11}/, '')
					.replaceAll(/ {2,}/g, '  ')
					.trim())
			.join(' | '));
}

/** The arrows and notes of the flow diagram between the client and the server, without their times. */
function flow(room: PlaygroundRoom, scene: Protocol): string[] {
	const view = room.playground.view({
		type: 'flow', scene, focus: undefined, rows: 60, end: undefined,
	});
	if (view?.type !== 'flow') {
		return [];
	}

	const {lines} = drawFlow(view, {words: en.views.flow.diagram, columns: 160, focus: undefined});
	return lines.map(line => line.map(({text}) => text).join('').slice(13).replaceAll(/[─ ]{2,}/g, ' ').trim());
}

/** Send texts one after the other, each when the one before has been recorded. */
async function send(room: PlaygroundRoom, protocol: Protocol, ...texts: readonly string[]): Promise<void> {
	const {pane} = room.client(protocol);
	const before = room.all(protocol === 'udp' ? 'datagram-sent' : 'chunk-sent').length;
	await Promise.all(texts.map(async text => room.send(pane, text)));
	await room.happenedTimes(protocol === 'udp' ? 'datagram-sent' : 'chunk-sent', before + texts.length);
}

test('a datagram that the link has lost says so wherever it is told, and its call has worked', async t => {
	const room = await open(t, 'udp', {loss: 1});
	await send(room, 'udp', 'gone');
	t.deepEqual(drawn(room, 'udp', 'messages', 'datagram-sent'), ['→  4 B  gone  ✗ lost by the link']);
	t.deepEqual(drawn(room, 'udp', 'bytes', 'datagram-sent'), ['→ write 1 [A]: 4 B  ✗ lost by the link | gone']);
	t.regex(drawn(room, 'udp', 'calls', 'datagram-sent')[0]!, /^→ sendto\(4 B, .*\) {2}then lost by the link {2}gone$/);
	t.regex(flow(room, 'udp').at(-1)!, /├ 4 B "gone" lost by the link ✗ /);
});

test('exactly the next one is lost: the order and the loss are both told', async t => {
	const room = await open(t, 'udp', {});
	await room.playground.execute({type: 'lose-next', scene: 'udp', direction: 'to-server'});
	await send(room, 'udp', 'gone', 'kept');
	await room.happened('datagram-received');
	t.deepEqual(drawn(room, 'udp', 'messages', 'datagram-sent'), [
		'→  4 B  gone  ✗ lost by the link, as ordered',
		'→  4 B  kept',
	]);
	t.deepEqual(drawn(room, 'udp', 'messages', 'loss-ordered'), [
		'≈ the simulated link will lose the next datagram in this direction, whoever sends it',
	]);
	const lines = flow(room, 'udp');
	t.regex(lines.join('\n'), /≈ simulated link loses the next datagram/);
	t.regex(lines.join('\n'), /4 B "gone" lost by the link.* ✗/);
	t.regex(lines.join('\n'), /"kept" [①►]/);
});

test('two copies are two reads of one write, and each says which it is', async t => {
	const room = await open(t, 'udp', {duplication: 1});
	await send(room, 'udp', 'twice');
	await room.happenedTimes('datagram-received', 2);
	t.deepEqual(drawn(room, 'udp', 'messages', 'datagram-sent'), ['→  5 B  twice  link: 2 copies']);
	t.deepEqual(
		drawn(room, 'udp', 'messages', 'datagram-received', 'server'),
		['←  5 B  twice', '←  5 B  twice'],
		'the program that reads them cannot know',
	);
	t.deepEqual(drawn(room, 'udp', 'bytes', 'datagram-sent'), [
		'→ write 1 [A]: 5 B  → read 1 + read 2 of the server  link: 2 copies | twice',
	]);
	t.deepEqual(drawn(room, 'udp', 'bytes', 'datagram-received', 'server'), [
		'← read 1: 5 B = [A] write 1 (1st copy) of client 1 | twice',
		'← read 2: 5 B = [A] write 1 (2nd copy) of client 1 | twice',
	]);
	const arrows = flow(room, 'udp').filter(line => line.includes('twice'));
	t.regex(arrows[0]!, /"twice" link: 2 copies [①►]/);
	t.regex(arrows.at(-1)!, /"twice" link: 2nd copy ►/);
});

test('a changed byte is told where it was sent, and in the ledger where it was read', async t => {
	const room = await open(t, 'udp', {corruption: 1});
	await send(room, 'udp', 'x');
	await room.happened('datagram-received');
	t.deepEqual(drawn(room, 'udp', 'messages', 'datagram-sent'), ['→  1 B  x  link: byte 1 changed']);
	t.regex(
		drawn(room, 'udp', 'bytes', 'datagram-received', 'server')[0]!,
		/^← read 1: 1 B = \[A] write 1, byte 1 changed of client 1 \| /,
	);
	t.regex(flow(room, 'udp').join('\n'), /1 B "x" link: byte 1 changed [①►]/);
});

test('a delayed datagram is on the link first, and has a row with its delay and one where it arrives', async t => {
	const room = await open(t, 'udp', {delay: 3000});
	await send(room, 'udp', 'late');
	t.deepEqual(drawn(room, 'udp', 'messages', 'datagram-sent'), ['→  4 B  late  link: +3.0 s …']);
	t.deepEqual(drawn(room, 'udp', 'bytes', 'datagram-sent'), [
		'→ write 1 [A]: 4 B  on the link  link: +3.0 s … | late',
	]);
	t.regex(flow(room, 'udp').at(-1)!, /4 B "late" link: \+3.0 s … ╌/);
	await room.happened('datagram-received');
	t.regex(drawn(room, 'udp', 'messages', 'datagram-sent')[0]!, /^→ {2}4 B {2}late {2}link: \+[\d.]+ m?s$/);
	t.regex(
		drawn(room, 'udp', 'bytes', 'datagram-sent')[0]!,
		/^→ write 1 \[A]: 4 B {2}→ read 1 of the server {2}link: \+[\d.]+ m?s \| late$/,
	);
	const arrows = flow(room, 'udp').filter(line => line.includes('late'));
	t.is(arrows.length, 2);
	t.regex(arrows[0]!, /4 B "late" link: \+[\d.]+ m?s ①/);
	t.regex(arrows[1]!, /① 4 B "late" arrives ►/);
});

test('a datagram that a later one overtakes says by which', async t => {
	const room = await open(t, 'udp', {delay: 3000});
	await send(room, 'udp', 'first');
	await setLink(room, 'udp', {});
	await send(room, 'udp', 'second');
	await room.happenedTimes('datagram-received', 2);
	const [first, second] = drawn(room, 'udp', 'messages', 'datagram-sent');
	t.regex(first!, /^→ {2}5 B {2}first {2}link: \+[\d.]+ m?s · arrived after write 2$/);
	t.is(second, '→  6 B  second');
	t.deepEqual(drawn(room, 'udp', 'messages', 'datagram-received', 'server'), ['←  6 B  second', '←  5 B  first']);
	t.regex(
		drawn(room, 'udp', 'bytes', 'datagram-sent')[0]!,
		/→ read 2 of the server {2}link: \+[\d.]+ m?s · arrived after write 2/,
	);
	t.regex(
		flow(room, 'udp').join('\n'),
		/5 B "first" link: \+[\d.]+ m?s ①[^]*"second"[^]*① 5 B "firs.* arrived after write 2 ►/,
	);
});

test('what is on the link when the socket is closed never leaves it', async t => {
	const room = await open(t, 'udp', {delay: 60_000});
	await send(room, 'udp', 'never');
	await room.playground.execute({type: 'close-client', pane: room.client('udp').pane});
	t.deepEqual(drawn(room, 'udp', 'messages', 'datagram-sent'), ['→  5 B  never  ✗ never left the link: closed']);
	t.deepEqual(drawn(room, 'udp', 'bytes', 'datagram-sent'), [
		'→ write 1 [A]: 5 B  ✗ never left the link: closed | never',
	]);
	t.regex(flow(room, 'udp').join('\n'), /5 B "never" never left the link: closed ✗/);
});

test('what the system does not take when it leaves the link was not lost by the link', async t => {
	const room = await open(t, 'udp', {delay: 20});
	const {pane} = room.client('udp');
	// No socket may send to everybody that has not asked for it (SO_BROADCAST, socket(7)): nothing leaves the machine.
	await room.playground.execute({type: 'set-destination', pane, destination: {host: '255.255.255.255', port: 9}});
	await room.send(pane, 'everybody');
	await room.happened('send-failed');
	t.regex(drawn(room, 'udp', 'messages', 'datagram-sent')[0]!, /✗ refused by the OS$/);
});

test('a datagram that leaves the link for a socket that is closed meanwhile finds none, and is not lost by the link', async t => {
	const room = await open(t, 'udp', {delay: 3000});
	await send(room, 'udp', 'late');
	await room.playground.execute({type: 'stop-server', protocol: 'udp'});
	t.deepEqual(drawn(room, 'udp', 'messages', 'datagram-sent'), ['→  4 B  late  link: +3.0 s …']);
	t.deepEqual(drawn(room, 'udp', 'bytes', 'datagram-sent'), ['→ write 1 [A]: 4 B  on the link  link: +3.0 s … | late']);
	await room.until(() => drawn(room, 'udp', 'messages', 'datagram-sent')[0]?.includes('✗'), 'no socket');
	t.regex(drawn(room, 'udp', 'messages', 'datagram-sent')[0]!, /^→ {2}4 B {2}late {2}link: \+[\d.]+ m?s {2}✗ no socket$/);
	t.regex(
		drawn(room, 'udp', 'bytes', 'datagram-sent')[0]!,
		/^→ write 1 \[A]: 4 B {2}✗ the socket that was there is closed {2}link: \+[\d.]+ m?s \| late$/,
	);
	t.regex(flow(room, 'udp').join('\n'), /4 B "late" link: \+[\d.]+ m?s no socket ─*✗/);
});

test('a datagram that another program gets instead of the server, since it was on the link, is not told to be lost', async t => {
	const room = await open(t, 'udp', {delay: 3000});
	await send(room, 'udp', 'late');
	const {port} = room.address('udp');
	await room.playground.execute({type: 'stop-server', protocol: 'udp'});
	const socket = createSocket('udp4');
	t.teardown(() => socket.close());
	socket.bind(port, '127.0.0.1');
	await once(socket, 'listening');
	const [bytes] = await once(socket, 'message') as [Uint8Array];
	t.is(Buffer.from(bytes).toString(), 'late');
	t.regex(drawn(room, 'udp', 'messages', 'datagram-sent')[0]!, /^→ {2}4 B {2}late {2}link: \+[\d.]+ m?s$/);
	t.regex(
		drawn(room, 'udp', 'bytes', 'datagram-sent')[0]!,
		/^→ write 1 \[A]: 4 B {2}→ 127\.0\.0\.1:\d+, outside the playground {2}link: \+[\d.]+ m?s \| late$/,
	);
	const drawing = flow(room, 'udp').join('\n');
	t.regex(drawing, /4 B "late" link: \+[\d.]+ m?s ─*►/);
	t.notRegex(drawing, /✗/);
});

test('a write is on the link, then late, and tells its number of segments', async t => {
	const room = await open(t, 'tcp', {delay: 3000, slice: 4});
	await send(room, 'tcp', 'abcdefghij');
	t.deepEqual(drawn(room, 'tcp', 'messages', 'chunk-sent'), ['→  10 B  abcdefghij  10 B on the link …']);
	t.deepEqual(drawn(room, 'tcp', 'bytes', 'chunk-sent'), [
		'→ write 1 [A]: 10 B  stream 0–9  10 B on the link | abcdefghij',
	]);
	await room.until(() => room.all('chunk-received').reduce((sum, {length}) => sum + length, 0) === 10, '10 bytes');
	t.regex(
		drawn(room, 'tcp', 'messages', 'chunk-sent')[0]!,
		/^→ {2}10 B {2}abcdefghij {2}link: \+[\d.]+ m?s · in 3 segments$/,
	);
	t.regex(
		drawn(room, 'tcp', 'bytes', 'chunk-sent')[0]!,
		/of connection 1 {2}link: \+[\d.]+ m?s · in 3 segments \| abcdefghij$/,
	);
	t.regex(flow(room, 'tcp').join('\n'), /link: \+[\d.]+ m?s · in 3 segments ①[^]*① .* arrives ►/);
});

test('a stall keeps bytes on the link, and closing the connection discards them', async t => {
	const room = await open(t, 'tcp', {stall: true});
	await send(room, 'tcp', 'held');
	t.deepEqual(drawn(room, 'tcp', 'messages', 'chunk-sent'), ['→  4 B  held  4 B on the link …']);
	t.regex(flow(room, 'tcp').join('\n'), /4 B "held" 4 B on the link ╌/);
	await room.playground.execute({type: 'close-client', pane: room.client('tcp').pane});
	await room.happened('socket-closed');
	t.deepEqual(drawn(room, 'tcp', 'messages', 'chunk-sent'), ['→  4 B  held  ✗ 4 B never left the link: closed']);
	t.regex(drawn(room, 'tcp', 'bytes', 'chunk-sent')[0]!, / {2}✗ 4 B never left the link: closed \| held$/);
	t.regex(flow(room, 'tcp').join('\n'), /4 B "held" never left the link: closed ┼ ✗/);
});

test('a reset goes from who has sent it to who has read it', async t => {
	const room = await open(t, 'tcp', {});
	await room.happened('connection-accepted');
	await room.playground.execute({
		type: 'act',
		on: {type: 'client', pane: room.client('tcp').pane},
		act: {type: 'reset'},
	});
	await room.happened('reset-received');
	const arrows = flow(room, 'tcp').filter(line => line.includes('RST'));
	t.regex(arrows[0]!, /├ RST ECONNRESET /);
	t.regex(arrows.at(-1)!, /RST ECONNRESET .*►│/);
});
