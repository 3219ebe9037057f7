import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	chmodSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Refusal} from '../../../source/engine/api/command.ts';
import type {SocketEvent} from '../../../source/log/event.ts';
import {FileReceiver} from '../../../source/engine/scene/files/file-receiver.ts';
import {EventRoom} from '../../helpers/event-room.ts';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

type Ended = Extract<SocketEvent, {type: 'file-ended'}>;

function newFolder(t: ExecutionContext): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'socket-playground-files-'));
	t.teardown(() => {
		rmSync(folder, {recursive: true, force: true});
	});
	return folder;
}

async function refusalOf(room: PlaygroundRoom, pane: number, file: string, type: 'send-file' | 'receive-file' = 'send-file'): Promise<Refusal | undefined> {
	const target = room.scene('udp').server?.pane === pane ? 1 : undefined;
	const {refusal} = await room.playground.execute({
		type, pane, path: file, target,
	});
	return refusal;
}

/** Follow the ends of files. */
function endsOf(room: PlaygroundRoom): {readonly ends: Ended[]; readonly next: (count: number) => Promise<void>} {
	const ends: Ended[] = [];
	const waiting = new Set<() => void>();
	room.playground.log.subscribe({
		payload: 'none',
		onEntry(entry) {
			if (entry.type === 'event' && entry.event.type === 'file-ended') {
				ends.push(entry.event);
				for (const look of waiting) {
					look();
				}
			}
		},
	});
	return {
		ends,
		async next(count) {
			await new Promise<void>(resolve => {
				const look = (): void => {
					if (ends.length >= count) {
						waiting.delete(look);
						resolve();
					}
				};

				waiting.add(look);
				look();
			});
		},
	};
}

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

test('a file goes over TCP as a stream, and what the peer sends is written to a new one, byte for byte', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'echo'});
	const folder = newFolder(t);
	const [source, copy, answer] = ['source', 'copy', 'answer'].map(name => path.join(folder, name)) as [string, string, string];
	writeFileSync(source, Buffer.from(Array.from({length: 3_000_001}, (_, index) => (index * 7919) % 251)));
	const {pane} = room.client('tcp');
	const {ends, next} = endsOf(room);
	const server = room.server('tcp');
	const received = await room.playground.execute({
		type: 'receive-file', pane: server.pane, path: copy, target: 1,
	});
	t.is(received.refusal, undefined);
	t.is(await refusalOf(room, pane, answer, 'receive-file'), undefined);
	t.is(await refusalOf(room, pane, source), undefined);
	t.like(await refusalOf(room, pane, source), {reason: 'file-under-way'});
	const between = await room.send(pane, 'between');
	t.like(between.refusal, {reason: 'file-under-way'});
	t.like(room.client('tcp').files?.sending, {path: source, size: 3_000_001});
	await next(1);
	t.like(ends[0], {
		isSent: true, moved: 3_000_001, reason: 'done', path: source,
	});
	await room.playground.execute({type: 'half-close-client', pane});
	await next(3);
	t.is(hashOf(copy), hashOf(source));
	t.is(hashOf(answer), hashOf(source));
	t.deepEqual(ends.slice(1).map(({moved, reason, isSent}) => ({moved, reason, isSent})), Array.from({length: 2}, () =>
		({moved: 3_000_001, reason: 'done', isSent: false} as const)));
	t.is(room.client('tcp').files, undefined);
});

test('a peer that does not read holds the file up, in constant memory, and a key stops it', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 2, reply: 'discard'});
	const folder = newFolder(t);
	const source = path.join(folder, 'large');
	writeFileSync(source, '');
	truncateSync(source, 1024 ** 3);
	const {pane} = room.client('tcp');
	const {ends, next} = endsOf(room);
	await room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'stop-reading'}});
	t.is(await refusalOf(room, pane, source), undefined);
	await room.until(() => room.client('tcp').waiting > 512 * 1024, 'so far');
	t.true(room.client('tcp').waiting <= 1024 * 1024);
	const other = room.client('tcp', 1).pane;
	const quick = await room.send(other, 'still quick');
	t.is(quick.refusal, undefined);
	await room.playground.execute({type: 'stop-file', pane});
	await next(1);
	t.is(ends[0]?.reason, 'stopped');
	t.true((ends[0]?.moved ?? 0) < 64 * 1024 * 1024);
	t.is(ends[0]?.size, undefined, 'it is as long as it was');
	const stopped = await room.playground.execute({type: 'stop-file', pane});
	t.like(stopped.refusal, {reason: 'no-file'});
});

test('a connection that ends ends the file with it', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('tcp');
	const {ends, next} = endsOf(room);
	t.is(await refusalOf(room, pane, '/dev/zero'), undefined);
	await room.until(() => room.client('tcp').sent.bytes > 1024 * 1024, 'so far');
	await room.playground.execute({type: 'close-connection', connection: 1});
	await next(1);
	t.is(ends[0]?.reason, 'closed');
});

test('what was dropped when a connection ended is not counted as sent', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('tcp');
	const {ends, next} = endsOf(room);
	await room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'stop-reading'}});
	t.is(await refusalOf(room, pane, '/dev/zero'), undefined);
	await room.until(() => room.client('tcp').waiting > 512 * 1024, 'a full queue');
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'reset'}});
	await next(1);
	const {discarded} = await room.happened('socket-closed', event => event.pane === pane);
	t.true(discarded > 0);
	t.is(ends[0]?.moved, room.client('tcp').sent.bytes - discarded);
});

test('a file that has become longer or shorter while it was sent is told with the length that it had', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 2, reply: 'discard'});
	const folder = newFolder(t);
	const {ends, next} = endsOf(room);
	const size = 64 * 1024 * 1024;
	for (const [index, change] of [1024 * 1024, -size].entries()) {
		const file = path.join(folder, String(index));
		writeFileSync(file, '');
		truncateSync(file, size);
		const {pane} = room.client('tcp', index);
		await room.playground.execute({type: 'act', on: {type: 'connection', connection: index + 1}, act: {type: 'stop-reading'}});
		t.is(await refusalOf(room, pane, file), undefined);
		await room.until(() => room.client('tcp', index).waiting > 512 * 1024, 'a full queue');
		truncateSync(file, size + change);
		await room.playground.execute({type: 'act', on: {type: 'connection', connection: index + 1}, act: {type: 'read-again'}});
		await next(index + 1);
		t.like(ends[index], {reason: 'done', size});
		t.is(Math.sign(ends[index]!.moved - size), Math.sign(change));
	}
});

test('a pipe is sent as it is written, and may be stopped while nothing comes', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const pipe = path.join(newFolder(t), 'pipe');
	execFileSync('mkfifo', [pipe]);
	const {pane} = room.client('tcp');
	const {ends, next} = endsOf(room);
	t.is(await refusalOf(room, pane, pipe), undefined);
	const writer = openSync(pipe, 'w');
	writeSync(writer, 'first');
	await room.until(() => room.server('tcp').peers[0]?.received.bytes === 5, 'so far');
	t.like(room.client('tcp').files?.sending, {bytes: 5, size: undefined});
	await room.playground.execute({type: 'stop-file', pane});
	await next(1);
	t.like(ends[0], {reason: 'stopped', moved: 5});
	t.throws(() => writeSync(writer, 'nobody reads it'), {code: 'EPIPE'});
});

test('a file is what one peer has sent: nothing of a stranger, nor of another connection', async t => {
	const folder = newFolder(t);
	const [ofUdp, ofTcp] = ['udp', 'tcp'].map(name => path.join(folder, name)) as [string, string];
	const datagrams = await openPlayground(t, 'udp', {clients: 1, reply: 'echo'});
	const {pane} = datagrams.client('udp');
	await datagrams.send(pane, 'first');
	const {local} = await datagrams.happened('socket-bound', event => event.pane === pane);
	await datagrams.until(() => datagrams.client('udp').received.count === 1, 'the first answer');
	t.is(await refusalOf(datagrams, pane, ofUdp, 'receive-file'), undefined);
	const stranger = await openRawUdp(t);
	stranger.send('stranger', {host: '127.0.0.1', port: local.port});
	await datagrams.happened('datagram-received', ({isThirdParty}) => isThirdParty);
	await datagrams.send(pane, 'answer');
	await datagrams.until(() => datagrams.client('udp').received.count === 3, 'both');
	const ofDatagrams = endsOf(datagrams);
	await datagrams.playground.execute({type: 'stop-file', pane});
	await ofDatagrams.next(1);
	t.is(readFileSync(ofUdp, 'utf8'), 'answer');

	const streams = await openPlayground(t, 'tcp', {clients: 2, reply: 'discard'});
	await streams.happenedTimes('connection-accepted', 2);
	await streams.playground.execute({
		type: 'receive-file', pane: streams.server('tcp').pane, path: ofTcp, target: 2,
	});
	const {ends, next} = endsOf(streams);
	for (const place of [0, 1]) {
		await streams.send(streams.client('tcp', place).pane, `client ${place + 1}`);
		await streams.happenedTimes('chunk-received', place + 1);
	}

	await streams.playground.execute({type: 'half-close-client', pane: streams.client('tcp', 1).pane});
	await next(1);
	t.like(ends[0], {reason: 'done', moved: 8});
	t.is(readFileSync(ofTcp, 'utf8'), 'client 2');
});

test('files end with the playground, on either side, and what has come by then is written', async t => {
	const folder = newFolder(t);
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'echo'});
	const {ends} = endsOf(room);
	const [ofServer, ofClient] = ['server', 'client'].map(name => path.join(folder, name)) as [string, string];
	await room.happened('connection-accepted');
	await room.playground.execute({
		type: 'receive-file', pane: room.server('tcp').pane, path: ofServer, target: 1,
	});
	const {pane} = room.client('tcp');
	t.is(await refusalOf(room, pane, ofClient, 'receive-file'), undefined);
	await room.send(pane, 'hello');
	await room.happenedTimes('chunk-received', 2);
	await room.playground.close();
	await room.until(() => ends.length === 2, 'both ends');
	t.deepEqual(ends.map(({reason, moved}) => [reason, moved]), [['stopped', 5], ['stopped', 5]]);
	t.deepEqual([ofServer, ofClient].map(file => readFileSync(file, 'utf8')), ['hello', 'hello']);
});

test('what is being opened is one file, and none of a connection that is finished meanwhile', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const file = path.join(newFolder(t), 'file');
	writeFileSync(file, 'bytes');
	const {pane} = room.client('tcp');
	const sent = ['/dev/zero', file].map(async source => refusalOf(room, pane, source));
	t.deepEqual(await Promise.all(sent), [undefined, {reason: 'file-under-way'}]);
	const {next} = endsOf(room);
	await room.playground.execute({type: 'stop-file', pane});
	await next(1);
	const late = refusalOf(room, pane, file);
	await room.playground.execute({type: 'half-close-client', pane});
	t.deepEqual(await late, {reason: 'sending-finished'});
	t.is(room.client('tcp').files, undefined);
});

test('whoever sends is read again when a file is no longer written, and nothing more is heard', async t => {
	const room = new EventRoom();
	const track = room.track();
	const held: boolean[] = [];
	const file = path.join(newFolder(t), 'file');
	const {promise: ended, resolve: onEnded} = Promise.withResolvers<unknown>();
	const receiver = await FileReceiver.open(file, {
		log: room.log,
		source: {
			has: () => true,
			holdReading(isHeld) {
				held.push(isHeld);
			},
		},
		onEnded,
	});
	if (!(receiver instanceof FileReceiver)) {
		t.fail();
		return;
	}

	track.chunkReceived(new Uint8Array(1_000_000));
	t.deepEqual(held, [true]);
	receiver.stop();
	t.deepEqual(held, [true, false]);
	track.chunkReceived(new Uint8Array(1_000_000));
	t.is(receiver.bytes, 1_000_000);
	t.like(await ended, {reason: 'stopped', bytes: 1_000_000});
	t.false(held.at(-1));
});

test('over UDP a file is one datagram; one that is too large is refused with the limit, unread', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'echo'});
	const folder = newFolder(t);
	const file = path.join(folder, 'file');
	const answer = path.join(folder, 'answer');
	const {pane} = room.client('udp');
	t.is(await refusalOf(room, pane, answer, 'receive-file'), undefined);
	writeFileSync(file, Buffer.alloc(65_507, 'x'));
	t.is(await refusalOf(room, pane, file), undefined);
	await room.until(() => room.client('udp').received.bytes === 65_507, 'so far');
	const {ends, next} = endsOf(room);
	await room.playground.execute({type: 'stop-file', pane});
	await next(1);
	t.like(ends[0], {isSent: false, moved: 65_507, reason: 'stopped'});
	t.is(hashOf(answer), hashOf(file));
	writeFileSync(file, Buffer.alloc(65_508, 'x'));
	t.deepEqual(await refusalOf(room, pane, file), {
		reason: 'file-too-large', path: file, limit: 65_507, size: 65_508,
	});
	t.deepEqual(await refusalOf(room, pane, '/dev/zero'), {reason: 'file-too-large', path: '/dev/zero', limit: 65_507});
	await room.playground.execute({type: 'set-destination', pane, destination: {host: '::1', port: 9}});
	truncateSync(file, 1024 ** 4);
	t.like(await refusalOf(room, pane, file), {reason: 'file-too-large', limit: 65_527, size: 1024 ** 4});
	t.is(await refusalOf(room, room.server('udp').pane, answer), undefined);
	await room.until(() => room.client('udp').received.bytes === 2 * 65_507, 'so far');
});

test('a directory, a missing file, one that may not be read, and one that exists are refused with the reason', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1});
	const folder = newFolder(t);
	const secret = path.join(folder, 'secret');
	writeFileSync(secret, 'secret');
	chmodSync(secret, 0);
	const {pane} = room.client('tcp');
	t.like(await refusalOf(room, pane, folder), {reason: 'file-failed', failure: {code: 'EISDIR'}});
	t.like(await refusalOf(room, pane, path.join(folder, 'none')), {reason: 'file-failed', failure: {code: 'ENOENT'}});
	t.like(await refusalOf(room, pane, secret, 'receive-file'), {reason: 'file-failed', failure: {code: 'EEXIST'}});
	const isReadable = process.getuid?.() === 0;
	t.like(
		isReadable ? {failure: {code: 'EACCES'}} : await refusalOf(room, pane, secret),
		{failure: {code: 'EACCES'}},
	);

	t.is(room.client('tcp').files, undefined);
	const toAll = await room.playground.execute({
		type: 'send-file', pane: room.server('tcp').pane, path: secret, target: 'all',
	});
	t.like(toAll.refusal, {reason: 'one-peer'});
});
