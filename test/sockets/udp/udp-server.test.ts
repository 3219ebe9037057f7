import test from 'ava';
import {freeAddress} from '../../helpers/loopback.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {skipped} from '../../helpers/skipped.ts';
import {largestDatagram} from '../../../source/sockets/limits.ts';
import {UdpClient} from '../../../source/sockets/udp/udp-client.ts';
import {echo, makeUdpServer, openUdpServer} from '../../helpers/sockets.ts';

for (const host of ['127.0.0.1', '::1']) {
	test(`answers every datagram at the address that it came from, on ${host}`, async t => {
		const {room, server, address} = await openUdpServer(t, {host, onDatagram: echo});
		t.deepEqual(server.state, {type: 'open', local: address});
		const peers = await Promise.all(Array.from({length: 20}, async () => openRawUdp(t, host)));
		for (const [index, peer] of peers.entries()) {
			peer.send(`hello from ${index}`, address);
		}

		for (const [index, peer] of peers.entries()) {
			const {bytes, from} = await peer.inbox.next();
			t.is(Buffer.from(bytes).toString(), `hello from ${index}`);
			t.deepEqual(from, address);
		}

		await room.happenedTimes('datagram-sent', 20);
		t.is(server.peersEver, 20);
		t.deepEqual(
			[...server.peers.values()].map(peer => peer.address.port).toSorted((a, b) => a - b),
			peers.map(peer => peer.address.port).toSorted((a, b) => a - b),
		);
		t.true([...server.peers.values()].every(({received, sent}) => received.count === 1 && sent.count === 1));
	});
}

test('keeps a count for each peer', async t => {
	const {room, server, address} = await openUdpServer(t, {onDatagram: echo});
	const often = await openRawUdp(t);
	const once = await openRawUdp(t);
	for (const text of ['one', 'two', 'three']) {
		often.send(text, address);
	}

	once.send('only', address);
	await room.happenedTimes('datagram-sent', 4);
	const counts = new Map([...server.peers.values()].map(peer => [
		peer.address.port,
		{received: peer.received.count, sent: peer.sent.count},
	]));
	t.deepEqual(counts.get(often.address.port), {received: 3, sent: 3});
	t.deepEqual(counts.get(once.address.port), {received: 1, sent: 1});
	t.deepEqual(room.index.received, {count: 4, bytes: 15});
	t.deepEqual(room.index.sent, {count: 4, bytes: 15});
});

test('keeps datagrams apart, with a row for each', async t => {
	const {room, address} = await openUdpServer(t);
	const peer = await openRawUdp(t);
	for (const text of ['one', 'two', 'three']) {
		peer.send(text, address);
	}

	const rows = await room.happenedTimes('datagram-received', 3);
	t.deepEqual(rows.map(({bytes}) => Buffer.from(bytes).toString()), ['one', 'two', 'three']);
	t.deepEqual(rows.map(({length}) => length), [3, 3, 5]);
	t.true(rows.every(row => row.peer.port === peer.address.port && row.peer.host === '127.0.0.1'));
});

for (const length of [0, 1, largestDatagram]) {
	test(`receives and answers a datagram of ${length} bytes whole`, async t => {
		const {room, address} = await openUdpServer(t, {onDatagram: echo});
		const peer = await openRawUdp(t);
		const bytes = Uint8Array.from({length}, (_, index) => index % 251);
		peer.send(bytes, address);
		const answer = await peer.inbox.next();
		t.true(Buffer.from(answer.bytes).equals(bytes));
		const received = await room.happened('datagram-received');
		t.is(received.length, length);
		t.true(Buffer.from(received.bytes).equals(bytes));
		t.like(await room.happened('datagram-sent'), {length});
	});
}

test('records an answer that is larger than a datagram can be as EMSGSIZE, and goes on', async t => {
	const {room, server, address} = await openUdpServer(t);
	const peer = await openRawUdp(t);
	peer.send('hi', address);
	await room.happened('datagram-received');
	t.is(server.send(1, new Uint8Array(largestDatagram + 1)), undefined);
	const failed = await room.happened('send-failed');
	t.is(failed.failure.code, 'EMSGSIZE');
	t.is(failed.length, largestDatagram + 1);
	t.deepEqual(failed.peer, peer.address);
	t.is(room.all('datagram-sent').length, 0);
	t.is(server.peers.get(1)?.sent.count, 0);

	server.send(1, Buffer.from('smaller'));
	t.is(await peer.nextText(), 'smaller');
});

test('records a port that is taken, and opens once it is free', async t => {
	const {address, server: holder} = await openUdpServer(t, {at: await freeAddress()});
	const {room, server} = makeUdpServer(t);
	await server.open(address);
	const {local, failure} = await room.happened('bind-failed');
	t.deepEqual(local, address);
	t.like(failure, {code: 'EADDRINUSE', syscall: 'bind'});
	t.deepEqual(server.state, {type: 'failed', wanted: address, failure});
	await holder.close();
	await server.open(address);
	t.deepEqual(server.state, {type: 'open', local: address});
});

test('records an address that is not this machine\'s as EADDRNOTAVAIL', async t => {
	const {room, server} = makeUdpServer(t);
	await server.open({host: '192.0.2.1', port: 0});
	t.is(await room.codeOf('bind-failed'), 'EADDRNOTAVAIL');
});

test('records a port that needs a permission as EACCES', async t => {
	if (process.getuid?.() === 0) {
		skipped(t, 'root may bind every port');
		return;
	}

	const {room, server} = makeUdpServer(t);
	await server.open({host: '127.0.0.1', port: 1});
	t.is(await room.codeOf('bind-failed'), 'EACCES');
});

test('records an unknown host name', async t => {
	const {room, server} = makeUdpServer(t);
	await server.open({host: 'no-such-host.invalid', port: 0});
	t.regex(await room.codeOf('bind-failed'), /^(ENOTFOUND|EAI_AGAIN)$/);
	t.is(server.state.type, 'failed');
});

test('refuses to send before it is open, after it was closed and to a peer that it does not know', async t => {
	const {server} = makeUdpServer(t);
	t.deepEqual(server.send(1, Buffer.from('x')), {reason: 'not-open'});
	await server.open({host: '127.0.0.1', port: 0});
	t.deepEqual(server.send(1, Buffer.from('x')), {reason: 'peer-gone'});
	await server.close();
	t.deepEqual(server.send(1, Buffer.from('x')), {reason: 'not-open'});
});

test('goes on when an answer finds no socket at the other end', async t => {
	const {room, server, address} = await openUdpServer(t, {onDatagram: echo});
	const gone = await openRawUdp(t, await freeAddress());
	const left = await openRawUdp(t);
	gone.send('bye', address);
	await gone.inbox.next();
	await room.happenedTimes('datagram-sent', 1);
	await gone.close();
	server.send(1, Buffer.from('anyone?'));
	await room.happenedTimes('datagram-sent', 2);
	left.send('still there?', address);
	t.is(await left.nextText(), 'still there?');
	t.is(server.state.type, 'open');
});

test('forgets a peer when there are more than the limit, and meets it anew', async t => {
	const {room, server, address} = await openUdpServer(t, {limits: {peers: 2}});
	const peers = [await openRawUdp(t), await openRawUdp(t), await openRawUdp(t)];
	for (const [index, peer] of peers.entries()) {
		peer.send('hi', address);
		await room.happenedTimes('datagram-received', index + 1);
	}

	t.deepEqual([...server.peers.keys()], [2, 3]);
	t.is(server.peersEver, 3);
	t.deepEqual(server.send(1, Buffer.from('x')), {reason: 'peer-gone'});
	peers[0]!.send('again', address);
	await room.happenedTimes('datagram-received', 4);
	t.deepEqual([...server.peers.keys()], [3, 4]);
	t.deepEqual(server.peers.get(4)?.address, peers[0]!.address);
});

test('forgets the peer that was silent longest first', async t => {
	const {room, server, address} = await openUdpServer(t, {limits: {peers: 2}});
	const [busy, silent, newcomer] = [await openRawUdp(t), await openRawUdp(t), await openRawUdp(t)];
	for (const [index, peer] of [busy, silent, busy, newcomer].entries()) {
		peer.send('hi', address);
		await room.happenedTimes('datagram-received', index + 1);
	}

	t.deepEqual(
		[...server.peers.values()].map(peer => peer.address.port).toSorted((a, b) => a - b),
		[busy.address.port, newcomer.address.port].toSorted((a, b) => a - b),
	);
});

test('closes its socket, forgets its peers and may be closed twice', async t => {
	const {room, server, address} = await openUdpServer(t, {at: await freeAddress()});
	const peer = await openRawUdp(t);
	peer.send('hi', address);
	await room.happened('datagram-received');
	await Promise.all([server.close(), server.close()]);
	await server.close();
	t.deepEqual(room.all('socket-closed').map(({local, discarded}) => ({local, discarded})), [{local: address, discarded: 0}]);
	t.deepEqual(server.state, {type: 'closed'});
	t.is(server.peers.size, 0);

	await server.open(address);
	t.deepEqual(server.state, {type: 'open', local: address});
	peer.send('hi', address);
	await room.happenedTimes('datagram-received', 2);
	t.deepEqual([...server.peers.keys()], [2]);
});

test('is closed after close(), also when it was still opening', async t => {
	const {server} = makeUdpServer(t);
	const opening = server.open({host: 'localhost', port: 0});
	t.is(server.state.type, 'opening');
	await server.close();
	await opening;
	t.deepEqual(server.state, {type: 'closed'});
});

test('an answer that is refused, as too much waits, is told to whoever follows the request', async t => {
	const {room, address} = await openUdpServer(t, {limits: {waitingBytes: -1}, onDatagram: echo});
	const track = room.log.track(2, room.index, 0);
	const client = new UdpClient({...room.socketOptions, newTrack: () => track, awaitsAnswers: () => true});
	t.teardown(async () => client.close());
	const steps: string[] = [];
	track.subscribe({
		onDelivery(write, step) {
			steps.push(`${write} ${step}`);
		},
	});
	client.send(address, Buffer.from('ping'));
	t.like(await room.happened('send-refused'), {length: 4});
	t.deepEqual(steps, ['1 arrived', '1 answering', '1 answer-failed']);
});
