import {randomBytes} from 'node:crypto';
import {connect} from 'node:net';
import test from 'ava';
import {perfect} from '../../../source/link/conditions.ts';
import {Link} from '../../../source/link/link.ts';
import {freeAddress} from '../../helpers/loopback.ts';
import {connectRaw, openRawServer, RawConnection} from '../../helpers/raw-tcp.ts';
import {openTcpRelay, targetPane} from '../../helpers/relays.ts';

test('each client has a connection of its own to the target, and bytes go both ways', async t => {
	const target = await openRawServer(t);
	const {room, address} = await openTcpRelay(t, target.address);
	const one = await connectRaw(t, address);
	const atOne = await target.accepted.next();
	const two = await connectRaw(t, address);
	const atTwo = await target.accepted.next();
	one.write('from one');
	two.write('from two');
	t.is(await atOne.readLike('from one'), 'from one');
	t.is(await atTwo.readLike('from two'), 'from two');
	atTwo.write('to two');
	atOne.write('to one');
	t.is(await one.readLike('to one'), 'to one');
	t.is(await two.readLike('to two'), 'to two');
	const [, second] = await room.happenedTimes('leg-opened', 2);
	t.like(second, {
		pane: targetPane, socket: 2, peer: two.local, target: target.address,
	});
	for (const [pane, type] of [[1, 'chunk-received'], [2, 'chunk-sent'], [2, 'chunk-received'], [1, 'chunk-sent']] as const) {
		t.is(room.all(type).filter(event => event.pane === pane && event.socket === 2).length, 1, `${pane} ${type}`);
	}
});

test('what a client has sent before the target is connected comes first', async t => {
	const target = await openRawServer(t);
	const {address} = await openTcpRelay(t, target.address);
	const client = await connectRaw(t, address);
	client.write('early');
	client.socket.end();
	const far = await target.accepted.next();
	t.is(await far.readLike('early'), 'early');
	await far.fin;
	t.is(far.received.length, 5);
});

test('a FIN that comes before the target is connected is passed on when it is', async t => {
	const target = await openRawServer(t);
	const {room, relay, address} = await openTcpRelay(t, target.address);
	const client = new RawConnection(connect({...address, allowHalfOpen: true}));
	t.teardown(() => {
		client.socket.destroy();
	});
	client.socket.end();
	const far = await target.accepted.next();
	await far.fin;
	far.socket.end('answer');
	await client.fin;
	t.is(Buffer.from(client.received).toString(), 'answer');
	await room.happenedTimes('socket-closed', 2);
	t.deepEqual(room.all('reset-sent'), []);
	t.is(relay.clients.size, 0);
});

test('a half-close is passed on as a half-close: the other direction goes on', async t => {
	const target = await openRawServer(t);
	const {room, relay, address} = await openTcpRelay(t, target.address);
	const client = await connectRaw(t, address);
	const far = await target.accepted.next();
	client.socket.end('request');
	await far.fin;
	t.is(Buffer.from(far.received).toString(), 'request');
	far.write('answer');
	t.is(await client.readLike('answer'), 'answer');
	far.socket.end();
	await client.fin;
	t.is(await client.closed, undefined);
	t.is(await far.closed, undefined);
	await room.happenedTimes('socket-closed', 2);
	t.deepEqual(room.all('reset-sent'), []);
	t.is(relay.clients.size, 0, 'nothing is kept of a connection that is over');
});

test('a half-close by the target is passed on, too', async t => {
	const target = await openRawServer(t);
	const {address} = await openTcpRelay(t, target.address);
	const client = await connectRaw(t, address);
	const far = await target.accepted.next();
	far.socket.end('greeting');
	await client.fin;
	client.write('still here');
	t.is(await far.readLike('still here'), 'still here');
	client.socket.end();
	t.is(await far.closed, undefined);
});

for (const side of ['client', 'target'] as const) {
	test(`a reset by the ${side} is passed on as a reset`, async t => {
		const target = await openRawServer(t);
		const {room, relay, address} = await openTcpRelay(t, target.address);
		const client = await connectRaw(t, address);
		const far = await target.accepted.next();
		client.write('x');
		await far.read(1);
		const [from, to] = side === 'client' ? [client, far] : [far, client];
		from.socket.resetAndDestroy();
		t.is(await to.closed, 'ECONNRESET');
		await room.happenedTimes('socket-closed', 2);
		t.is(room.all('reset-received')[0]?.pane, side === 'client' ? 1 : targetPane);
		t.is(room.all('reset-sent')[0]?.pane, side === 'client' ? targetPane : 1);
		t.is(relay.clients.size, 0);
	});
}

test('a target that refuses is told, and the client\'s connection is reset', async t => {
	const {room, relay, address} = await openTcpRelay(t, await freeAddress());
	const client = await connectRaw(t, address);
	t.is(await client.closed, 'ECONNRESET');
	t.like(await room.happened('connect-failed'), {pane: targetPane, socket: 1, failure: {code: 'ECONNREFUSED'}});
	t.like(await room.happened('reset-sent'), {pane: 1, socket: 1});
	t.is(relay.clients.size, 0);
});

test('a relay that was closed and opened again passes on every end, as before', async t => {
	const target = await openRawServer(t, await freeAddress());
	const {relay, address} = await openTcpRelay(t, target.address, {at: await freeAddress()});
	for (let times = 0; times < 2; times++) {
		const client = await connectRaw(t, address);
		const far = await target.accepted.next();
		far.socket.resetAndDestroy();
		t.is(await client.closed, 'ECONNRESET');
		await relay.close();
		await relay.open(address);
	}

	await target.close();
	const client = await connectRaw(t, address);
	t.is(await client.closed, 'ECONNRESET', 'where the target refuses, too');
});

for (const side of ['client', 'target'] as const) {
	test(`reading pauses while the ${side} takes nothing, and it gets all of it in the end`, async t => {
		const target = await openRawServer(t);
		const {room, relay, address} = await openTcpRelay(t, target.address, {limits: {waitingBytes: 100_000}});
		const client = await connectRaw(t, address);
		const far = await target.accepted.next();
		const [from, to] = side === 'target' ? [client, far] : [far, client];
		const bytes = randomBytes(32 * 1024 * 1024);
		to.socket.pause();
		from.socket.end(bytes);
		const held = (): number => side === 'target'
			? relay.clients.get(1)!.waiting
			: relay.server.peers.get(1)!.waiting;
		await room.until(() => held() > 100_000, 'bytes that wait');
		let [before, written] = [-1, 0];
		while (before !== written) {
			before = written;

			await new Promise(resolve => {
				setTimeout(resolve, 100);
			});
			written = from.socket.bytesWritten - from.socket.writableLength;
			t.true(held() < 400_000, `${held()} bytes wait`);
		}

		t.true(from.socket.writableLength > 0, 'the sender waits, too');
		to.socket.resume();
		await to.fin;
		t.is(Buffer.compare(to.received, bytes), 0);
	});
}

test('the link applies to each way on its own', async t => {
	const target = await openRawServer(t);
	const link = new Link({conditions: perfect, seed: 1});
	link.change('to-server', {...perfect, slice: 2});
	link.change('to-clients', {...perfect, slice: 3});
	const {room, address} = await openTcpRelay(t, target.address, {link});
	const client = await connectRaw(t, address);
	const far = await target.accepted.next();
	client.write('12345678');
	await far.read(8);
	far.write('123456789');
	await client.read(9);
	await room.until(() => room.all('chunk-sent').length === 2, 'two writes');
	const fates = room.all('chunk-sent').map(({pane, fate}) => [pane, fate?.type === 'stream' && fate.segments]);
	t.deepEqual(fates, [[targetPane, 4], [1, 3]]);
});

test('closing it closes both ends of every connection', async t => {
	const target = await openRawServer(t);
	const {room, relay, address} = await openTcpRelay(t, target.address);
	const client = await connectRaw(t, address);
	const far = await target.accepted.next();
	await relay.close();
	await client.fin;
	await far.fin;
	t.is(room.all('socket-closed').length, 3);
	t.deepEqual(room.all('reset-sent'), []);
});
