import {randomBytes} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {openPlayground} from '../../helpers/playground-room.ts';
import type {EventLog} from '../../../source/log/event-log.ts';
import {connectRaw, openRawServer} from '../../helpers/raw-tcp.ts';
import {openTcpRelay} from '../../helpers/relays.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

/** More than the system takes for a peer that does not read. */
const size = 12 * 1024 * 1024;

/**
Keeps the bytes of each chunk that was read, without a copy: they are gone where their memory was freed. Those of short
ones are left to the collector.
*/
function chunksOf(log: EventLog): Uint8Array[] {
	const chunks: Uint8Array[] = [];
	log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			if (entry.type === 'event' && entry.event.type === 'chunk-received' && entry.event.length >= 4096) {
				chunks.push(entry.event.bytes);
			}
		},
	});
	return chunks;
}

/** Node 26 may give a part of a larger buffer, which is left to the collector. */
const isFreed = ({length, buffer}: Uint8Array): boolean => length === 0 || length < buffer.byteLength;

for (const reply of ['echo', 'uppercase', 'discard', 'manual'] as const) {
	test(`the memory of a chunk is free when the server has dealt with it by ${reply}`, async t => {
		const room = await openPlayground(t, 'tcp', {reply});
		const chunks = chunksOf(room.playground.log);
		const client = await connectRaw(t, room.address('tcp'));
		client.write(Buffer.alloc(8000, 'a'));
		await room.happened('chunk-received');
		if (reply === 'echo' || reply === 'uppercase') {
			const answer = await client.read(8000);
			t.is(Buffer.compare(answer, Buffer.alloc(8000, reply === 'echo' ? 'a' : 'A')), 0);
		}

		t.true(chunks.length > 0 && chunks.every(chunk => isFreed(chunk)));
	});
}

test('what one client says in a chat comes as it was to another that does not read, though the chunks are freed', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'chat'});
	const chunks = chunksOf(room.playground.log);
	const listener = await connectRaw(t, room.address('tcp'), {isPaused: true});
	const talker = await connectRaw(t, room.address('tcp'));
	await room.until(() => room.server('tcp').peerCount === 2, 'both connections');
	const total = {'chunk-received': 0, 'chunk-sent': 0, 'send-refused': 0};
	room.playground.log.subscribe({
		payload: 'none',
		onEntry(entry) {
			if (entry.type === 'event' && entry.event.type in total && 'length' in entry.event) {
				total[entry.event.type as keyof typeof total] += entry.event.length ?? 0;
			}
		},
	});
	talker.write(Buffer.alloc(size, 'a'));
	await room.until(() => total['chunk-received'] === size, 'all that was said');
	t.true(total['send-refused'] > 0, 'some of it waits');
	t.true(chunks.every(chunk => isFreed(chunk)));
	listener.socket.resume();
	const heard = Buffer.from(await listener.read(total['chunk-sent'])).toString();
	t.true(/^a+$/.test(heard.replaceAll(`127.0.0.1:${talker.socket.localPort}: `, '')));
});

test('a rule of a file has copies of its own of the chunks that are freed', async t => {
	const rulesFile = path.join(await temporaryFolder(t), 'rule.mjs');
	await writeFile(rulesFile, 'let before = "first"; export default message => [before, before = message][0];');
	const room = await openPlayground(t, 'tcp', {reply: 'custom', rulesFile});
	await room.happened('rules-loaded');
	const chunks = chunksOf(room.playground.log);
	const client = await connectRaw(t, room.address('tcp'));
	client.write(Buffer.alloc(8000, 'a'));
	t.is(Buffer.from(await client.read(5)).toString(), 'first');
	client.write(Buffer.alloc(8000, 'b'));
	t.is(Buffer.compare(await client.read(8000), Buffer.alloc(8000, 'a')), 0);
	t.is(chunks.length, 2);
	t.true(chunks.every(chunk => isFreed(chunk)));
});

test('a chunk that waits in a write keeps its memory, and the whole stream comes back', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo'});
	const chunks = chunksOf(room.playground.log);
	const client = await connectRaw(t, room.address('tcp'), {isPaused: true});
	const sent = randomBytes(size);
	client.write(sent);
	await room.happened('backpressure-started');
	t.true(chunks.some(chunk => isFreed(chunk)) && chunks.some(chunk => !isFreed(chunk)));
	client.socket.resume();
	t.is(Buffer.compare(await client.read(size), sent), 0);
});

test('a relay frees the chunks that it has passed on, and keeps those that wait', async t => {
	const target = await openRawServer(t, '127.0.0.1', {pauseOnConnect: true});
	const {room, relay, address} = await openTcpRelay(t, target.address);
	const chunks = chunksOf(room.log);
	const client = await connectRaw(t, address);
	const far = await target.accepted.next();
	const sent = randomBytes(size);
	client.write(sent);
	// No event tells that the relay waits for its target.
	while (chunks.length === 0 || !relay.server.peers.get(1)!.isReadingHeld) {
		await turn();
	}

	t.true(chunks.some(chunk => isFreed(chunk)) && chunks.some(chunk => !isFreed(chunk)));
	far.socket.resume();
	t.is(Buffer.compare(await far.read(size), sent), 0);
});

test('the memory of a chunk is free when a client has recorded it', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo', clients: 1});
	const {pane} = room.client('tcp');
	const chunks = chunksOf(room.playground.log);
	await room.send(pane, 'a'.repeat(8000));
	await room.happened('chunk-received', event => event.pane === pane);
	t.is(chunks.length, 2);
	t.true(chunks.every(chunk => isFreed(chunk)));
});
