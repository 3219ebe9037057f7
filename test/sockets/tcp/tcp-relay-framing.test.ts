/* A relay that knows the messages in its streams: it tells of them, and holds each as a whole. */
import {setImmediate as turn} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {Limits} from '../../../source/sockets/limits.ts';
import {divideFrames} from '../../../source/sockets/tcp/whole-frames.ts';
import {
	Framer, type Framing, frameMessage, maxMessage,
} from '../../../source/text/framing.ts';
import {connectRaw, openRawServer, type RawConnection} from '../../helpers/raw-tcp.ts';
import {openTcpRelay} from '../../helpers/relays.ts';

async function open(t: ExecutionContext, framing: Framing, limits: Partial<Limits> = {}): Promise<
	Awaited<ReturnType<typeof openTcpRelay>> & {
		readonly client: RawConnection; readonly far: RawConnection; readonly reframe: (framing: Framing) => void;
	}
> {
	const target = await openRawServer(t);
	let now = framing;
	const opened = await openTcpRelay(t, target.address, {framing: () => now, limits});
	const client = await connectRaw(t, opened.address);
	const far = await target.accepted.next();
	return {
		...opened,
		client,
		far,
		reframe(next) {
			now = next;
			opened.relay.reframe();
		},
	};
}

test('whatever a stream is and however it comes, no byte of it is lost or moved, and messages are whole', t => {
	const stream = fc.array(fc.oneof(
		fc.uint8Array({maxLength: 12}),
		fc.uint8Array({maxLength: 12}).map(bytes => frameMessage(bytes, 'u8')!.bytes),
		fc.constant(Buffer.from('one\r\ntwo\n')),
	), {maxLength: 12});
	t.notThrows(() => {
		fc.assert(fc.property(
			stream,
			fc.constantFrom('line' as const, 'u8' as const, 'u16le' as const, 'u32be' as const),
			fc.array(fc.boolean(), {maxLength: 12}),
			(chunks, framing, follows) => {
				const framer = new Framer(framing);
				let isKept = false;
				const flush = (): void => {
					out.push(...(isKept ? [Uint8Array.from(framer.kept)] : []));
					isKept = false;
				};

				const out: Uint8Array[] = [];
				const messages: string[] = [];
				for (const [index, chunk] of chunks.entries()) {
					if (follows[index]) {
						flush();
						framer.take(chunk);
						out.push(chunk);
						continue;
					}

					const {parts, keepsBack} = divideFrames(chunk, framer.take(chunk), framer, isKept);
					isKept = keepsBack;
					for (const {raw, message} of parts) {
						out.push(raw);
						messages.push(...(message ? [Buffer.from(message).toString('hex')] : []));
					}
				}

				flush();
				const bytes = Buffer.concat(chunks);
				const whole = new Framer(framing).take(bytes)
					.flatMap(cut => cut.type === 'message' ? [Buffer.from(cut.bytes).toString('hex')] : []);
				const isAll = follows.slice(0, chunks.length).some(Boolean) || messages.join(' ') === whole.join(' ');
				return isAll && Buffer.concat(out).equals(bytes);
			},
		));
	});
});

test('bytes are passed on as they come, and messages are told on both sides', async t => {
	const {room, client, far} = await open(t, 'u16be');
	client.write(Buffer.from('\u0000\u0005he'));
	t.is(await far.readLike('\u0000\u0005he'), '\u0000\u0005he', 'the beginning of a message goes on');
	client.write('llo');
	await far.readLike('llo');
	far.write('\u0000\u0002hi');
	await client.readLike('\u0000\u0002hi');
	t.deepEqual(
		room.all('message-received').map(({pane, bytes, reads}) => [pane, Buffer.from(bytes).toString(), reads.first, reads.last]),
		[[1, 'hello', 1, 2], [2, 'hi', 1, 1]],
	);
});

test('a whole message is held, however it is read; edited, it goes on in a frame of its own', async t => {
	const {room, relay: {held}, client, far} = await open(t, 'u16be');
	held.hold(['to-server']);
	client.write('\u0000\u0005he');
	await room.happenedTimes('chunk-received', 1);
	t.is(held.count, 0, 'the rest is awaited');
	client.write('llo\u0000\u0003one\u0000\u0003two\u0000');
	await room.until(() => held.count === 3, 'three messages');
	t.deepEqual(held.slice(0, 9).map(({bytes}) => Buffer.from(bytes).toString()), ['hello', 'one', 'two']);
	t.deepEqual(held.rangeOf(1), {least: 0, most: 8192});
	t.true(held.edit(2, Buffer.from('eleven')));
	held.drop(3);
	held.release(2);
	t.is(await far.readLike('\u0000\u0005hello\u0000\u0006eleven'), '\u0000\u0005hello\u0000\u0006eleven');
	client.write('\u0002ok');
	await room.until(() => held.count === 1, 'the message that was begun');
	held.hold([]);
	t.is(await far.readLike('\u0000\u0002ok'), '\u0000\u0002ok');
});

test('lines keep the line end that they came with, and get LF when they are edited', async t => {
	const {room, relay: {held}, client, far} = await open(t, 'line');
	held.hold(['to-server']);
	client.write('one\r\ntwo\r\n');
	await room.until(() => held.count === 2, 'two lines');
	held.edit(2, Buffer.from('2'));
	held.releaseAll();
	t.is(await far.readLike('one\r\n2\n'), 'one\r\n2\n');
});

test('the rest of a message whose beginning has gone on goes on, too; the next one is held', async t => {
	const {room, relay: {held}, client, far} = await open(t, 'u8');
	client.write('\u0004ab');
	await far.readLike('\u0004ab');
	held.hold(['to-server']);
	client.write('cd\u0002ef');
	t.is(await far.readLike('cd'), 'cd');
	await room.until(() => held.count === 1, 'the next one');
	t.is(Buffer.from(held.slice(0, 1)[0]!.bytes).toString(), 'ef');
});

test('the beginning of a message is held as a chunk when nothing follows it, and goes on when holding ends', async t => {
	const {room, relay: {held}, client, far} = await open(t, 'u8');
	held.hold(['to-server', 'to-clients']);
	far.write('\u0009abc');
	await room.happenedTimes('chunk-received', 1);
	held.hold(['to-server']);
	t.is(await client.readLike('\u0009abc'), '\u0009abc');
	client.socket.end('\u0001x\u0009begin');
	await room.until(() => held.size === 3, 'a message, a chunk and the FIN');
	t.deepEqual(
		held.slice(0, 9).map(({what, bytes, frame}) => [what, Buffer.from(bytes).toString(), frame?.framing]),
		[['data', 'x', 'u8'], ['data', '\u0009begin', undefined], ['fin', '', undefined]],
	);
	held.releaseAll();
	await far.fin;
	t.is(Buffer.from(far.received).toString(), '\u0001x\u0009begin');
});

test('a frame that is longer than a message may be goes on by itself, behind what is held before it', async t => {
	const {room, relay: {held}, client, far} = await open(t, 'u32be');
	held.hold(['to-server']);
	const long = Buffer.alloc(4 + maxMessage + 1, 'x');
	long.writeUInt32BE(maxMessage + 1);
	client.write(long);
	await far.read(long.length);
	t.is(held.count, 0);
	client.write(Buffer.concat([frameMessage(Buffer.from('kept'), 'u32be')!.bytes, long.subarray(0, 9)]));
	await room.until(() => held.count === 2, 'a message, and a chunk behind it');
	t.deepEqual(held.slice(0, 9).map(({frame}) => frame?.framing), ['u32be', undefined]);
});

test('with another framing what is held stays what it is, and the beginning of a message is held as a chunk', async t => {
	const {room, relay: {held}, client, far, reframe} = await open(t, 'u8');
	held.hold(['to-server']);
	client.write('\u0001a\u0009b');
	await room.until(() => held.count === 1, 'one');
	reframe('line');
	t.is(held.count, 2);
	client.write('c\n');
	await room.until(() => held.count === 3, 'a line');
	held.edit(1, Buffer.from('AA'));
	held.releaseAll();
	t.is(await far.readLike('\u0002AA\u0009bc\n'), '\u0002AA\u0009bc\n');
});

test('only a chunk that is a whole read is told as one: what is left of several may begin in an earlier one', async t => {
	const {room, relay, client, reframe} = await open(t, 'line');
	relay.held.hold(['to-server']);
	client.write('one');
	await room.happened('chunk-received');
	client.write('two');
	await room.happenedTimes('chunk-received', 2);
	reframe('none');
	client.write('three');
	await room.happenedTimes('message-held', 2);
	const reads = room.all('chunk-received').map(({sequence}) => sequence);
	t.deepEqual(
		relay.held.slice(0, 2).map(({bytes, read}) => [Buffer.from(bytes).toString(), read]),
		[['onetwo', undefined], ['three', reads[2]]],
	);
});

test('what is held is bounded for messages without a byte, too: then no stream is read', async t => {
	const {room, relay, address, client} = await open(t, 'u8', {heldBytes: 50_000});
	relay.held.hold(['to-server']);
	const other = await connectRaw(t, address);
	await room.until(() => relay.server.peers.size === 2, 'a second connection');
	other.write('\0');
	await room.until(() => relay.held.count === 1, 'one held');
	client.write('\0'.repeat(100));
	await room.until(() => relay.held.count === 101, 'many held');
	t.is(relay.held.bytes, 0);
	t.true(relay.server.peers.get(2)!.isReadingHeld);
	relay.held.releaseAll();
	t.false(relay.server.peers.get(2)!.isReadingHeld);
});

test.serial('the frame that is not whole is in memory once, also while it is kept back', async t => {
	setFlagsFromString('--expose-gc');
	const gc = runInNewContext('gc') as () => void;
	// What the first has found is given back by another thread, whenever that runs: the next one waits for it.
	const collectGarbage = (): void => {
		gc();
		gc();
	};

	const mebi = 1024 * 1024;
	const {room, relay, client} = await open(t, 'u32be');
	relay.held.hold(['to-server']);
	const frame = Buffer.alloc(4 + maxMessage, Buffer.of(0, 0x10, 0, 0));
	collectGarbage();
	const before = process.memoryUsage().arrayBuffers;
	client.write(frame.subarray(0, -1));
	await room.until(
		() => room.all('chunk-received').reduce((sum, {length}) => sum + length, 0) === frame.length - 1,
		'all of the frame but its end',
	);
	await turn();
	t.is(relay.held.keptOf(1), frame.length - 1);
	const used = (): number => process.memoryUsage().arrayBuffers - before;
	// The log has room for its bytes from the beginning. No event tells when the sockets give their buffers back.
	for (let turns = 0; used() > 1.6 * mebi && turns < 200; turns++) {
		await turn();
		collectGarbage();
	}

	t.true(used() > 0.9 * mebi && used() < 1.6 * mebi, `${used()} bytes`);
	t.is(relay.held.count, 0);
});

test('what is kept back of the longest frame is held as a chunk when all such frames are too many', async t => {
	const {room, relay: {held}, address, client, far} = await open(t, 'u16be', {unfinishedBytes: 50_000});
	held.hold(['to-server']);
	const other = await connectRaw(t, address);
	client.write(Buffer.concat([Buffer.of(0xFF, 0xFF), Buffer.alloc(30_000, 'x')]));
	await room.until(() => held.keptOf(1) === 30_002, 'the first');
	other.write(Buffer.concat([Buffer.of(0xFF, 0xFF), Buffer.alloc(20_000, 'y')]));
	const {socket, limit, length} = await room.happened('framing-failed', ({cause}) => cause === 'no-room');
	t.deepEqual([socket, limit, length], [1, 50_000, 30_002]);
	t.deepEqual([held.keptOf(1), held.count, held.bytes], [0, 1, 30_002]);
	held.releaseAll();
	client.write(Buffer.concat([Buffer.alloc(65_535 - 30_000, 'z'), frameMessage(Buffer.from('next'), 'u16be')!.bytes]));
	const passed = Buffer.from(await far.read(65_537));
	t.is(passed.toString('latin1').replaceAll(/(.)\1*/g, '$1'), '\u00FFxz');
	await room.until(() => held.count === 1, 'the message behind it');
	t.is(Buffer.from(held.slice(0, 1)[0]!.bytes).toString(), 'next');
});

test('a relay asks what is held only for a direction that is held, with a framing too', async t => {
	const {room, relay, client, far} = await open(t, 'line');
	const asked: string[] = [];
	const take = relay.held.take.bind(relay.held);
	relay.held.take = (passing, ...others) => {
		asked.push(passing.direction);
		return take(passing, ...others);
	};

	relay.held.hold(['to-clients']);
	client.write('one\ntw');
	t.is(await far.readLike('one\ntw'), 'one\ntw');
	far.write('held\n');
	await room.until(() => relay.held.count === 1, 'a message');
	t.deepEqual(asked, ['to-clients']);
});
