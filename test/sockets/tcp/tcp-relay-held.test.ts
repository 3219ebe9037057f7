import test, {type ExecutionContext} from 'ava';
import {mostChunks} from '../../../source/sockets/held-queues.ts';
import type {Limits} from '../../../source/sockets/limits.ts';
import {connectRaw, openRawServer, type RawConnection} from '../../helpers/raw-tcp.ts';
import {openTcpRelay, targetPane} from '../../helpers/relays.ts';

/** A client and its target with a relay between them that holds both ways. */
async function hold(t: ExecutionContext, limits: Partial<Limits> = {}): Promise<
	Awaited<ReturnType<typeof openTcpRelay>> & {readonly client: RawConnection; readonly far: RawConnection}
> {
	const target = await openRawServer(t);
	const opened = await openTcpRelay(t, target.address, {limits});
	const client = await connectRaw(t, opened.address);
	const far = await target.accepted.next();
	opened.relay.held.hold(['to-server', 'to-clients']);
	return {...opened, client, far};
}

/** Write chunks that are read one by one. */
async function writeHeld({client, relay, room}: Awaited<ReturnType<typeof hold>>, ...texts: string[]): Promise<void> {
	for (const text of texts) {
		const before = relay.held.count;
		client.write(text);
		await room.until(() => relay.held.count > before, text);
	}
}

test('a chunk is held as it was read, each way, and goes on when it is let go', async t => {
	const scene = await hold(t);
	const {room, relay, client, far} = scene;
	await writeHeld(scene, 'question');
	far.write('greeting');
	await room.until(() => relay.held.count === 2, 'two held');
	t.like(relay.held.slice(0, 9), [
		{
			id: 1, what: 'data', direction: 'to-server', leg: 1, peer: client.local,
		},
		{
			id: 2, what: 'data', direction: 'to-clients', leg: 1,
		},
	]);
	t.is(room.all('chunk-sent').length, 0);
	room.now += 1500;
	t.true(relay.held.release(2));
	t.is(await client.readLike('greeting'), 'greeting');
	t.is(far.received.length, 0);
	t.true(relay.held.release(1));
	t.is(await far.readLike('question'), 'question');
	t.false(relay.held.release(1));
	t.deepEqual(room.all('message-held').map(({pane, held, length}) => [pane, held, length]), [[1, 1, 8], [targetPane, 2, 8]]);
	t.deepEqual(room.all('held-released').map(({pane, held, after}) => [pane, held, after]), [[targetPane, 2, 1500], [1, 1, 1500]]);
});

test('bytes are edited and dropped by hand, as edited or as they were, and the rows say that the stream was changed', async t => {
	const scene = await hold(t);
	const {room, relay: {held}, far} = scene;
	await writeHeld(scene, 'one', 'two', 'three');
	t.true(held.edit(1, Buffer.from('ONE!')));
	t.true(held.drop(2));
	t.true(held.edit(3, Buffer.from('lost')));
	t.true(held.release(3, true));
	t.is(await far.readLike('ONE!three'), 'ONE!three');
	t.false(held.edit(3, Buffer.from('late')));
	t.false(held.drop(3));
	t.like(room.all('held-edited')[0], {
		pane: 1, held: 1, before: 3, length: 4, isStream: true,
	});
	t.like(room.all('held-dropped'), [{
		held: 2, length: 3, cause: 'hand', isStream: true,
	}]);
	t.like(room.all('held-released'), [{held: 1, before: 3, length: 4}, {held: 3, length: 5}]);
	t.is(room.all('held-released')[1]!.before, undefined);
});

test('a stream keeps its order: with a chunk go those before it', async t => {
	const scene = await hold(t);
	const {relay: {held}, far} = scene;
	await writeHeld(scene, '1', '2', '3');
	held.release(2);
	t.is(await far.readLike('12'), '12');
	t.deepEqual(held.slice(0, 9).map(({id}) => id), [3]);
	held.releaseAll();
	t.is(await far.readLike('3'), '3');
});

test('a FIN waits behind held bytes as a FIN, and passes at once where nothing is held', async t => {
	const scene = await hold(t);
	const {room, relay: {held}, client, far} = scene;
	await writeHeld(scene, 'last words');
	client.socket.end();
	await room.until(() => held.size === 2, 'the FIN held');
	t.like(held.slice(1, 9), [{what: 'fin'}]);
	t.deepEqual([held.count, held.countOf('to-server'), held.countOf('to-server', 1)], [1, 1, 1], 'it is no message');
	t.false(held.drop(2), 'an end is not dropped');
	t.false(held.edit(2, Buffer.from('x')));
	t.is(room.all('fin-sent').length, 0);
	held.release(1);
	await far.fin;
	t.is(Buffer.from(far.received).toString(), 'last words');
	t.is(held.count, 0);
	far.socket.end();
	await client.fin;
	t.is(await client.closed, undefined);
	t.is(await far.closed, undefined);
	t.deepEqual(room.all('reset-sent'), []);
});

test('a reset waits behind held bytes as a reset, and what is held for the end that is gone is dropped and told', async t => {
	const scene = await hold(t);
	const {room, relay, client, far} = scene;
	await writeHeld(scene, 'before');
	far.write('too late');
	await room.until(() => relay.held.count === 2, 'both held');
	client.socket.resetAndDestroy();
	const dropped = await room.happened('held-dropped');
	t.like(dropped, {
		pane: targetPane, held: 2, length: 8, cause: 'closed',
	});
	await room.until(() => relay.held.slice(0, 9).map(({what}) => what).join(' ') === 'data reset', 'the RST held');
	t.deepEqual(room.all('reset-sent'), []);
	relay.held.release(1);
	t.is(await far.closed, 'ECONNRESET');
	await room.until(() => relay.clients.size === 0, 'the leg forgotten');
	t.is(room.all('chunk-sent')[0]!.length, 6);
	t.is(relay.held.count, 0);
});

for (const end of ['fin', 'reset'] as const) {
	test(`a held end (${end}) whose other side is gone is dropped once, with what is held before it`, async t => {
		const scene = await hold(t, {heldBytes: 1100});
		const {room, relay, address, client, far} = scene;
		const {held} = relay;
		await writeHeld(scene, 'before');
		if (end === 'fin') {
			client.socket.end();
		} else {
			client.socket.resetAndDestroy();
		}

		await room.until(() => held.size === 2, 'the end held');
		far.socket.resetAndDestroy();
		await room.until(() => relay.clients.size === 0, 'the leg forgotten');
		t.deepEqual(room.all('held-released'), []);
		t.like(room.all('held-dropped'), [
			{
				held: 1, length: 6, cause: 'closed', isResumed: undefined,
			},
			{held: 2, end, cause: 'closed'},
		]);
		t.deepEqual([held.size, held.count, held.bytes], [0, 0, 0]);
		// With what one more costs besides its bytes, these are just the limit.
		const other = await connectRaw(t, address);
		other.write('x'.repeat(1100 - 512));
		const {isPaused} = await room.happened('message-held', ({held: id}) => id === 3);
		t.true(isPaused);
	});
}

test('while much of a stream is held it is not read, so that its sender waits; it is read again when there is room', async t => {
	const scene = await hold(t, {waitingBytes: 100_000});
	const {room, relay, client, far} = scene;
	const bytes = Buffer.alloc(16 * 1024 * 1024, 'abcdefg');
	client.socket.end(bytes);
	await room.happened('message-held', ({isPaused}) => isPaused === true);
	t.true(relay.server.peers.get(1)!.isReadingHeld);
	t.true(relay.held.bytes < 100_000 + 65_537, `${relay.held.bytes} bytes are held`);
	t.true(client.socket.writableLength > 0, 'the sender waits');
	far.write('the other way goes on');
	await room.until(() => relay.held.countOf('to-clients') === 1, 'a message back');
	relay.held.hold([]);
	t.true(room.all('held-released').some(({cause, isResumed}) => cause === 'off' && isResumed === true));
	await far.fin;
	t.is(Buffer.compare(far.received, bytes), 0);
	t.is(await client.readLike('the other way goes on'), 'the other way goes on');
});

test('many small chunks of a stream are not read for ever, either', async t => {
	const scene = await hold(t);
	await writeHeld(scene, ...Array.from({length: mostChunks}, (_, index) => String(index)));
	const {room, relay, far} = scene;
	t.like(room.all('message-held').at(-1), {held: mostChunks, isPaused: true});
	t.true(relay.server.peers.get(1)!.isReadingHeld);
	relay.held.drop(1);
	t.false(relay.server.peers.get(1)!.isReadingHeld);
	relay.held.releaseAll();
	const rest = Array.from({length: mostChunks - 1}, (_, index) => String(index + 1)).join('');
	t.is(await far.readLike(rest), rest);
});

test('when one direction is no longer held, what is held in it goes on in its order, and the other stays', async t => {
	const scene = await hold(t);
	const {room, relay: {held}, client, far} = scene;
	await writeHeld(scene, 'a', 'b');
	far.write('c');
	await room.until(() => held.count === 3, 'all held');
	held.hold(['to-clients']);
	t.is(await far.readLike('ab'), 'ab');
	t.deepEqual(room.all('held-released').map(({held: id, cause}) => [id, cause]), [[1, 'off'], [2, 'off']]);
	client.write('d');
	t.is(await far.readLike('d'), 'd');
	t.is(held.countOf('to-clients'), 1);
});

test('closing lets go of what is held, in order, before both ends of every connection are closed', async t => {
	const scene = await hold(t);
	const {room, relay, client, far} = scene;
	await writeHeld(scene, 'first ', 'second');
	far.write('answer');
	await room.until(() => relay.held.count === 3, 'all held');
	await relay.finish();
	await relay.close();
	await far.fin;
	await client.fin;
	t.is(Buffer.from(far.received).toString(), 'first second');
	t.is(Buffer.from(client.received).toString(), 'answer');
	t.deepEqual(room.all('reset-sent'), []);
});

test('what is held of all streams is bounded: then none of them is read, until there is room again', async t => {
	const scene = await hold(t, {heldBytes: 200_000});
	const {room, relay, address, client} = scene;
	const other = await connectRaw(t, address);
	await room.until(() => relay.server.peers.size === 2, 'a second connection');
	other.write('a little');
	await room.until(() => relay.held.count === 1, 'one held');
	client.socket.end(Buffer.alloc(16 * 1024 * 1024));
	await room.happened('message-held', ({isPaused}) => isPaused === true);
	t.true(relay.held.bytes < 200_000 + 65_537, `${relay.held.bytes} bytes are held`);
	const isRead = (): boolean[] => [...relay.server.peers.values()].map(({isReadingHeld}) => !isReadingHeld);
	t.deepEqual(isRead(), [false, false]);
	relay.held.hold(['to-clients']);
	t.deepEqual(isRead()[1], true, 'what is not held is read in any case');
});
