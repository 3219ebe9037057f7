import test from 'ava';
import {perfect} from '../../../source/link/conditions.ts';
import {Link} from '../../../source/link/link.ts';
import {freeAddress} from '../../helpers/loopback.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {openUdpRelay, targetPane} from '../../helpers/relays.ts';

test('datagrams stay apart, and so do peers: each has a socket of its own to the target', async t => {
	const target = await openRawUdp(t);
	const {room, address} = await openUdpRelay(t, target.address);
	const [one, two] = [await openRawUdp(t), await openRawUdp(t)];
	one.send('a', address);
	one.send('', address);
	one.send('bc', address);
	const got = [await target.inbox.next(), await target.inbox.next(), await target.inbox.next()];
	t.deepEqual(got.map(({bytes}) => Buffer.from(bytes).toString()), ['a', '', 'bc']);
	two.send('d', address);
	const other = await target.inbox.next();
	t.is(new Set([...got, other].map(({from}) => from.port)).size, 2);
	target.send('to two', other.from);
	target.send('to one', got[0]!.from);
	t.is(await two.nextText(), 'to two');
	t.is(await one.nextText(), 'to one');
	t.deepEqual(
		room.all('leg-opened').map(({pane, socket, peer}) => [pane, socket, peer]),
		[[targetPane, 1, one.address], [targetPane, 2, two.address]],
	);
	t.is(room.all('datagram-sent').filter(({pane}) => pane === targetPane).length, 4);
	t.is(room.all('datagram-received').filter(({pane, isThirdParty}) => pane === targetPane && !isThirdParty).length, 2);
});

test('a peer\'s socket is closed after a silence, which its row tells, and the next datagram opens another', async t => {
	const target = await openRawUdp(t);
	const {room, relay, address} = await openUdpRelay(t, target.address, {silence: 60});
	const peer = await openRawUdp(t);
	peer.send('before', address);
	const before = await target.inbox.next();
	t.like(await room.happened('leg-expired'), {
		pane: targetPane, socket: 1, peer: peer.address, silence: 60,
	});
	await room.happened('socket-closed');
	t.is(relay.clients.size, 0);
	const answer = peer.nextText();
	for (let isAnswered = false; !isAnswered;) {
		peer.send('after', address);
		const after = await target.inbox.next();
		t.is(Buffer.from(after.bytes).toString(), 'after');
		t.not(after.from.port, before.from.port);
		const isSilent = room.until(
			() => room.all('leg-expired').length === room.all('leg-opened').length,
			'the end of every socket',
		);
		target.send('answer', after.from);
		// Where this process is kept waiting meanwhile, that is a silence, too, and the answer comes too late.
		isAnswered = await Promise.race([answer.then(() => true), isSilent.then(() => false)]);
		await isSilent;
	}

	t.is(await answer, 'answer');
});

test('beyond the number of peers, the one that was silent longest loses its socket', async t => {
	const target = await openRawUdp(t);
	const {room, relay, address} = await openUdpRelay(t, target.address, {limits: {peers: 2}});
	const peers = [await openRawUdp(t), await openRawUdp(t), await openRawUdp(t)];
	for (const peer of peers) {
		peer.send('x', address);
		await target.inbox.next();
	}

	t.deepEqual([...relay.clients.keys()], [2, 3]);
	t.like(await room.happened('socket-closed'), {pane: targetPane, socket: 1});
});

test('a target without a socket is told: the ICMP message is an event of the peer\'s socket', async t => {
	const {room, address} = await openUdpRelay(t, await freeAddress());
	const peer = await openRawUdp(t);
	peer.send('x', address);
	t.like(await room.happened('socket-failed'), {pane: targetPane, socket: 1, failure: {code: 'ECONNREFUSED'}});
});

test('while the target\'s name is looked up, every datagram of a burst waits, or is told to be refused', async t => {
	const target = await openRawUdp(t);
	const named = {...target.address, host: 'localhost'};
	const {room, address} = await openUdpRelay(t, named, {limits: {waitingBytes: 100}});
	const peer = await openRawUdp(t);
	for (let count = 0; count < 30; count++) {
		peer.send('x'.repeat(40), address);
	}

	await room.until(
		() => room.all('datagram-sent').length + room.all('send-refused').length === 30,
		'30 datagrams that are passed on or refused',
	);
	const sent = room.all('datagram-sent').length;
	for (let count = 0; count < sent; count++) {
		await target.inbox.next();
	}

	t.is(target.inbox.length, 0);
	t.true(room.all('send-refused').length > 0);
	t.true(room.all('send-refused').every(({pane}) => pane === targetPane));
});

test('the link applies to each way on its own, and what is on it keeps a silent peer\'s socket open', async t => {
	const target = await openRawUdp(t);
	const link = new Link({conditions: perfect, seed: 1});
	// Both are so long that a busy machine does not keep this process waiting for the one before the other.
	link.change('to-server', {...perfect, delay: 2000});
	link.change('to-clients', {...perfect, duplication: 1});
	const {room, address} = await openUdpRelay(t, target.address, {link, silence: 1500});
	const peer = await openRawUdp(t);
	peer.send('x', address);
	const {from} = await target.inbox.next();
	target.send('y', from);
	t.is(await peer.nextText(), 'y');
	t.is(await peer.nextText(), 'y');
	t.deepEqual(
		room.all('datagram-sent').map(({pane, fate}) => [pane, fate?.type === 'passed' ? fate.copies.length : 0]),
		[[targetPane, 1], [1, 2]],
	);
});

test('the same datagram again and again is passed on each time: two programs may say that', async t => {
	const target = await openRawUdp(t);
	const {room, address} = await openUdpRelay(t, target.address);
	const peer = await openRawUdp(t);
	for (let count = 0; count < 10_050; count += 50) {
		for (let each = 0; each < 50; each++) {
			peer.send('same', address);
		}

		for (let each = 0; each < 50; each++) {
			await target.inbox.next();
		}
	}

	t.deepEqual(room.all('answer-withheld'), []);
});

test('a relay that was closed and opened again knows no peer, and answers to its old sockets reach no peer', async t => {
	const target = await openRawUdp(t);
	const {room, relay, address} = await openUdpRelay(t, target.address, {at: await freeAddress()});
	const peer = await openRawUdp(t);
	peer.send('before', address);
	const before = await target.inbox.next();
	await relay.close();
	t.is(relay.clients.size, 0);
	t.is(relay.server.peers.size, 0);
	target.send('too late', before.from);
	await relay.open(address);
	peer.send('after', address);
	const after = await target.inbox.next();
	target.send('in time', after.from);
	t.is(await peer.nextText(), 'in time');
	t.deepEqual([...relay.clients.keys()], [2]);
	t.deepEqual(room.all('leg-opened').map(({socket}) => socket), [1, 2]);
	t.deepEqual(relay.server.track.received, {count: 1, bytes: 5});
});

test('closing it closes the socket of each peer', async t => {
	const target = await openRawUdp(t);
	const {room, relay, address} = await openUdpRelay(t, target.address);
	const peer = await openRawUdp(t);
	peer.send('x', address);
	await target.inbox.next();
	await relay.close();
	t.deepEqual(room.all('socket-closed').map(({pane}) => pane).toSorted((a, b) => a - b), [1, targetPane]);
});
