import test from 'ava';
import type {Address} from '../../../source/log/event.ts';
import {mostDatagrams} from '../../../source/sockets/held-messages.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {openUdpRelay, targetPane} from '../../helpers/relays.ts';

const both = ['to-server', 'to-clients'] as const;

test('each datagram is held alone, each way, and others may overtake it', async t => {
	const target = await openRawUdp(t);
	const {room, relay: {held}, address} = await openUdpRelay(t, target.address);
	held.hold(both);
	const peer = await openRawUdp(t);
	for (const text of ['one', '', 'three']) {
		peer.send(text, address);
	}

	await room.until(() => held.count === 3, 'three held');
	t.deepEqual(room.all('leg-opened'), [], 'nothing is opened for what is held');
	room.now += 250;
	held.release(3);
	const {bytes, from} = await target.inbox.next();
	t.is(Buffer.from(bytes).toString(), 'three');
	held.release(2);
	t.is(await target.nextText(), '');
	target.send('answer', from);
	await room.until(() => held.countOf('to-clients') === 1, 'the answer held');
	t.like(held.slice(1, 9), [{
		id: 4, direction: 'to-clients', leg: 1, peer: target.address,
	}]);
	held.release(4);
	t.is(await peer.nextText(), 'answer');
	t.like(room.all('held-released')[0], {
		pane: 1, held: 3, after: 250, peer: peer.address,
	});
});

test('a datagram is edited and dropped by hand, and its rows tell', async t => {
	const target = await openRawUdp(t);
	const {room, relay: {held}, address} = await openUdpRelay(t, target.address);
	held.hold(['to-server']);
	const peer = await openRawUdp(t);
	peer.send('to be edited', address);
	peer.send('to be dropped', address);
	await room.until(() => held.count === 2, 'two held');
	held.edit(1, Buffer.from([0, 255]));
	held.drop(2);
	held.release(1);
	const {bytes, from} = await target.inbox.next();
	t.deepEqual([...bytes], [0, 255]);
	target.send('not held', from);
	t.is(await peer.nextText(), 'not held');
	t.like(room.all('held-edited')[0], {held: 1, before: 12, length: 2});
	t.like(room.all('held-dropped')[0], {held: 2, length: 13, cause: 'hand'});
	t.is(room.all('held-dropped')[0]!.isStream, undefined);
	t.like(room.all('datagram-sent').find(({pane}) => pane === targetPane), {length: 2});
});

test('the bytes that a message has already are no edit, and its original bytes undo one', async t => {
	const target = await openRawUdp(t);
	const {room, relay: {held}, address} = await openUdpRelay(t, target.address);
	held.hold(['to-server']);
	const peer = await openRawUdp(t);
	peer.send('as it was', address);
	await room.until(() => held.count === 1, 'one held');
	t.true(held.edit(1, Buffer.from('as it was')));
	t.deepEqual(room.all('held-edited'), []);
	t.true(held.edit(1, Buffer.from('other')));
	t.true(held.edit(1, Buffer.from('as it was')));
	held.release(1);
	t.is(await target.nextText(), 'as it was');
	t.like(room.all('held-edited'), [{before: 9, length: 5}, {before: 5, length: 9}]);
	t.is(room.all('held-released')[0]!.before, undefined);
});

test('beyond the bound the oldest is let go, and its row says why', async t => {
	const target = await openRawUdp(t);
	const {room, relay: {held}, address} = await openUdpRelay(t, target.address);
	held.hold(['to-server']);
	const peer = await openRawUdp(t);
	for (let sent = 0; sent < mostDatagrams; sent += 64) {
		for (let index = sent; index < sent + 64; index++) {
			peer.send(String(index), address);
		}

		await room.until(() => held.count === sent + 64, `${sent + 64} held`);
	}

	peer.send('one more', address);
	t.is(await target.nextText(), '0');
	t.like(room.all('held-released'), [{held: 1, cause: 'full'}]);
	t.is(held.count, mostDatagrams);
	held.hold([]);
	t.is(held.count, 0);
});

test('a silent peer whose datagrams are held keeps its socket', async t => {
	const target = await openRawUdp(t);
	const {room, relay, address} = await openUdpRelay(t, target.address, {silence: 1000});
	const [peer, other] = [await openRawUdp(t), await openRawUdp(t)];
	relay.held.hold(['to-clients']);
	const expired = (): Address[] => room.all('leg-expired').map(event => event.peer);
	for (let times = 0; relay.held.count === 0; times++) {
		peer.send('opens it', address);
		const {from} = await target.inbox.next();
		target.send('held', from);
		// Where this process is kept waiting meanwhile, that is a silence, too, and the answer comes too late.
		await room.until(() => relay.held.count === 1 || expired().length > times, 'the answer held');
	}

	// One that has been silent for a shorter time, and of which nothing is held, loses its socket.
	const before = expired();
	other.send('opens another', address);
	await room.until(() => expired().length > before.length, 'the other expired');
	t.deepEqual(expired().slice(before.length), [other.address]);
	relay.held.releaseAll();
	t.is(await peer.nextText(), 'held');
	await room.until(() => expired().length === before.length + 2, 'the first expired');
});

test('a peer that is forgotten gets nothing more: what it has sent goes on, what is for it is dropped and told', async t => {
	const target = await openRawUdp(t);
	const {room, relay: {held}, address} = await openUdpRelay(t, target.address, {limits: {peers: 1}});
	const [one, two] = [await openRawUdp(t), await openRawUdp(t)];
	one.send('opens it', address);
	const {from} = await target.inbox.next();
	held.hold(both);
	target.send('for one', from);
	await room.until(() => held.count === 1, 'the answer held');
	one.send('from one', address);
	await room.until(() => held.count === 2, 'the question held');
	two.send('from two', address);
	t.is(await target.nextText(), 'from one');
	t.like(await room.happened('held-dropped'), {held: 1, cause: 'closed', length: 7});
	t.like(room.all('held-released'), [{held: 2, cause: 'full'}]);
});

test('closing lets go of what is held, in order', async t => {
	const target = await openRawUdp(t);
	const {room, relay, address} = await openUdpRelay(t, {...target.address, host: 'localhost'});
	relay.held.hold(both);
	const peer = await openRawUdp(t);
	peer.send('first', address);
	peer.send('second', address);
	await room.until(() => relay.held.count === 2, 'two held');
	await relay.finish(new AbortController().signal);
	await relay.close();
	t.deepEqual([await target.nextText(), await target.nextText()], ['first', 'second']);
	t.deepEqual(room.all('send-failed'), []);
});

test('messages are counted by their peer and direction', async t => {
	const target = await openRawUdp(t);
	const {room, relay: {held}} = await openUdpRelay(t, target.address);
	held.hold(both);
	const track = room.log.track(1, room.index, 0);
	const hold = (leg: number, count: number): void => {
		const passing = {
			direction: 'to-server', leg, peer: target.address, track, deliver: () => undefined,
		} as const;
		for (let index = 0; index < count; index++) {
			held.take(passing, Uint8Array.of(index));
		}
	};

	hold(1, 1);
	hold(2, 1000);
	held.drop(2);
	t.deepEqual([held.countOf('to-server', 1), held.countOf('to-server', 2), held.countOf('to-clients', 2)], [1, 999, 0]);
	held.releaseAll();
	t.is(held.countOf('to-server', 2), 0);
});
