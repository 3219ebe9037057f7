/* Peers that begin frames and never finish them: what a server keeps of those has a limit. */
import test from 'ava';
import {frameMessage} from '../../../source/text/framing.ts';
import {inTime} from '../../helpers/in-time.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';
import {openTcpServer} from '../../helpers/sockets.ts';

const kibi = 1024;

test('frames that are not whole are bounded for all connections together: the longest is given up', async t => {
	const {room, server, address} = await openTcpServer(t, {framing: () => 'u32be', limits: {unfinishedBytes: 512 * kibi}});
	const honest = await connectRaw(t, address);
	honest.write(frameMessage(Buffer.from('honest'), 'u32be')!.bytes.subarray(0, 7));
	await room.happened('chunk-received');
	const head = Buffer.of(0, 0x0F, 0xFF, 0xFF);
	const hostile = await Promise.all(Array.from({length: 24}, async () => connectRaw(t, address)));
	for (const {socket} of hostile) {
		socket.write(Buffer.concat([head, Buffer.alloc(128 * kibi)]));
	}

	const kept = (): number => [...server.peers.values()].reduce((sum, {framer}) => sum + framer!.room, 0);
	const read = (): number => [...server.peers.values()].reduce((sum, {received}) => sum + received.bytes, 0);
	await room.until(() => read() === 7 + (24 * (4 + (128 * kibi))), 'all that was sent');
	t.true(kept() <= 512 * kibi, `${kept()} bytes are kept`);
	const failed = room.all('framing-failed');
	t.true(failed.length >= 20);
	t.deepEqual([...new Set(failed.map(({cause, limit}) => `${cause} ${limit}`))], [`no-room ${512 * kibi}`]);
	honest.write('est');
	await room.happened('message-received');
	// What one that was given up goes on with is passed over, and its next message is one.
	const [{socket: number}] = failed as [(typeof failed)[number]];
	const {peer} = server.peers.get(number)!;
	const givenUp = hostile.find(({local}) => local.port === peer.port)!;
	givenUp.write(Buffer.concat([Buffer.alloc(0x0F_FF_FF - (128 * kibi)), frameMessage(Buffer.from('after'), 'u32be')!.bytes]));
	const {bytes} = await room.happened('message-received', ({socket}) => socket === number);
	t.is(Buffer.from(bytes).toString(), 'after');
});

test('a frame that has ended, or whose connection has been reset, counts no more, and is kept no longer', async t => {
	const {room, server, address} = await openTcpServer(t, {framing: () => 'line', limits: {unfinishedBytes: 100 * kibi}});
	for (let round = 1; round <= 4; round++) {
		const client = await connectRaw(t, address);
		client.write(`whole\n${'x'.repeat(60 * kibi)}\n${'y'.repeat(60 * kibi)}`);
		await room.until(() => server.peers.get(round)?.received.bytes === 7 + (120 * kibi), 'a line that is not whole');
		const {framer} = server.peers.get(round)!;
		client.socket.resetAndDestroy();
		await inTime(client.closed, () => 'the end');
		await room.until(() => server.peers.size === 0, 'the end of the connection');
		t.is(framer!.room, 0, 'it is kept no longer');
	}

	t.deepEqual(room.all('framing-failed').map(({cause}) => cause), Array.from({length: 4}, () => 'unfinished'));
});

test('what a peer has sent of a frame before its FIN is kept no longer, though the connection stays', async t => {
	const {room, server, address} = await openTcpServer(t, {framing: () => 'u32be'});
	const beginnings = [Buffer.alloc(128 * kibi, Buffer.of(0, 0x0F, 0xFF, 0xFF)), Buffer.of(0, 0)];
	for (const beginning of beginnings) {
		const client = await connectRaw(t, address);
		client.socket.end(beginning);
	}

	await room.happenedTimes('fin-received', 2);
	t.deepEqual([...server.peers.values()].map(({state}) => state), ['CLOSE_WAIT', 'CLOSE_WAIT']);
	for (const {framer, unfinished} of server.peers.values()) {
		t.deepEqual([framer!.room, unfinished], [0, undefined]);
	}

	t.deepEqual(
		room.all('framing-failed').map(({cause, length}) => [cause, length]).toSorted(([, a], [, b]) => Number(b) - Number(a)),
		[['unfinished', 128 * kibi], ['unfinished', 2]],
	);
});
