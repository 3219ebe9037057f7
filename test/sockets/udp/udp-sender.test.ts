/* A UDP socket's sending end by itself: the socket and the link are real, the link's clock is the test's. */
import test, {type ExecutionContext} from 'ava';
import {EventRoom} from '../../helpers/event-room.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import type {Address} from '../../../source/log/event.ts';
import type {DatagramLinkFate} from '../../../source/log/delivery/link-fate.ts';
import {farEndAt, type SocketTrack} from '../../../source/log/socket-track.ts';
import {type LinkConditions, perfect} from '../../../source/link/conditions.ts';
import {Link} from '../../../source/link/link.ts';
import {defaultLimits, largestDatagramTo, type Limits} from '../../../source/sockets/limits.ts';
import {Overtaking} from '../../../source/sockets/udp/overtaking.ts';
import {type Addressee, UdpSender} from '../../../source/sockets/udp/udp-sender.ts';
import {openUdpSocket} from '../../../source/sockets/udp/udp-socket.ts';
import {FakeTime} from '../../link/_fake-time.ts';

type Room = {
	readonly room: EventRoom;
	readonly time: FakeTime;
	readonly link: Link;
	readonly track: SocketTrack;
	readonly sender: UdpSender<Addressee>;
	readonly to: Addressee;
	/** What became of the writes. */
	readonly steps: string[];
};

function openSender(
	t: ExecutionContext,
	address: Address,
	conditions: Partial<LinkConditions> = {},
	limits: Partial<Limits> = {},
): Room {
	const room = new EventRoom();
	const time = new FakeTime();
	const link = new Link({conditions: {...perfect, ...conditions}, seed: 1, time});
	const socket = openUdpSocket(address.host.includes(':') ? 6 : 4);
	const track = room.track();
	const steps: string[] = [];
	track.subscribe({
		onDelivery(write, step) {
			steps.push(`${write} ${step}`);
		},
	});

	const sender = new UdpSender<Addressee>({
		socket, track, link, limits: {...defaultLimits, ...limits}, direction: 'to-server', onSent: () => undefined,
	});
	socket.on('listening', () => {
		sender.bound();
	});
	t.teardown(async () => new Promise<void>(resolve => {
		sender.close();
		socket.close(resolve);
	}));
	return {
		room,
		time,
		link,
		track,
		sender,
		steps,
		to: {
			address, far: farEndAt(address), overtaking: new Overtaking(), look: undefined,
		},
	};
}

function fateOf(room: EventRoom, place = 0): DatagramLinkFate | undefined {
	return room.all('datagram-sent')[place]?.fate;
}

test('a datagram that the system refuses is not counted as dropped, though its server was started anew before the refusal', async t => {
	const {address} = await openRawUdp(t);
	const {room, track, sender, to, steps} = openSender(t, address);
	const before = room.track(1);
	before.happened({type: 'socket-bound', local: address});
	sender.send(to, new Uint8Array(70_000));
	t.is(track.inFlightTo(before)?.size, 1);
	before.happened({type: 'socket-closed', local: address, discarded: 0});
	room.track(2).happened({type: 'socket-bound', local: address});
	sender.send(to, Buffer.from('to the new one'));
	await room.happened('send-failed');
	t.is(track.inFlightTo(before)?.size, 0);
	track.inFlightTo(before)?.giveUp(Number.POSITIVE_INFINITY);
	t.deepEqual(
		steps.filter(step => step.startsWith('1 ')),
		['1 failed'],
	);
});

test('a delay is what the link\'s clock says, with the wall clock set an hour ahead or back meanwhile', async t => {
	const {address} = await openRawUdp(t);
	const {room, time, sender, to} = openSender(t, address, {delay: 100});
	for (const [place, shift] of [3_600_000, -3_600_000].entries()) {
		sender.send(to, Buffer.from('delayed'));
		room.now += shift;
		time.advance(100);
		t.like(fateOf(room, place), {onTheLink: 0, copies: [{delay: 100}]});
	}
});

for (const host of ['127.0.0.1', '::1']) {
	test(`the largest datagram to ${host} goes over the link, and a longer one past it to the system, which refuses it`, async t => {
		const peer = await openRawUdp(t, host);
		const {room, time, sender, to} = openSender(t, peer.address, {delay: 100});
		const most = largestDatagramTo(host);
		t.is(most, host === '::1' ? 65_527 : 65_507);
		sender.send(to, new Uint8Array(most));
		t.like(fateOf(room), {type: 'passed', onTheLink: 1});
		t.is(sender.bytesOnTheLink, most);
		time.advance(100);
		const {bytes} = await peer.inbox.next();
		t.is(bytes.length, most);
		sender.send(to, new Uint8Array(most + 1));
		t.is(sender.onTheLink, 0);
		const {failure} = await room.happened('send-failed');
		t.is(failure.code, 'EMSGSIZE');
	});
}

test('an IPv4 address in IPv6 form takes what IPv4 does', t => {
	t.is(largestDatagramTo('::ffff:127.0.0.1'), 65_507);
	t.is(largestDatagramTo('::FFFF:127.0.0.1'), 65_507);
	t.is(largestDatagramTo('fe80::1%eth0'), 65_527);
});

test('closing discards what is on the link, and what was under way is overtaken by nothing that is sent later', async t => {
	const {address} = await openRawUdp(t);
	const {room, time, link, sender, to, steps} = openSender(t, address, {delay: 100});
	sender.send(to, Buffer.from('never leaves'));
	t.is(sender.close(), 12);
	t.like(fateOf(room), {onTheLink: 0, discarded: 1});
	t.deepEqual(steps, ['1 discarded']);
	link.change('to-server', perfect);
	sender.send(to, Buffer.from('later'));
	await room.happenedTimes('datagram-sent', 2);
	const fate = fateOf(room);
	t.is(fate?.type === 'passed' && fate.overtakenBy, undefined);
	t.is(time.running, 0);
});

test('what is late leaves in turns of a bounded number', async t => {
	const peer = await openRawUdp(t);
	const {time, sender, to} = openSender(t, peer.address, {delay: 1});
	for (let sent = 0; sent < 50; sent++) {
		sender.send(to, Buffer.from('x'));
	}

	time.block(10);
	t.is(sender.lateness, 9);
	const left = [0, 1, 2, 3].map(() => {
		time.turn();
		return 50 - sender.onTheLink;
	});
	t.deepEqual(left, [16, 32, 48, 50]);
});

test('the link holds as many datagrams of a socket as it may, and no more; what has left it makes room', async t => {
	const {address} = await openRawUdp(t);
	for (const limits of [{linkDatagrams: 2}, {linkBytes: 2 * 4}]) {
		const {room, time, sender, to} = openSender(t, address, {delay: 100}, limits);
		for (let sent = 0; sent < 3; sent++) {
			sender.send(to, Buffer.from('four'));
		}

		t.deepEqual([sender.onTheLink, sender.bytesOnTheLink], [2, 8]);
		t.deepEqual(fateOf(room, 2), {type: 'lost', cause: 'full'});
		time.advance(100);
		t.deepEqual([sender.onTheLink, sender.bytesOnTheLink], [0, 0]);
		sender.send(to, Buffer.from('four'));
		t.like(fateOf(room, 3), {type: 'passed'});
		t.is(sender.close(), 4);
	}
});

test('a link without a delay tells none, however late the datagram was handed on', async t => {
	const {address} = await openRawUdp(t);
	const {room, time, sender, to} = openSender(t, address, {duplication: 1});
	let now = 0;
	Object.assign(time, {now: () => now++});
	sender.send(to, Buffer.from('twice'));
	t.like(fateOf(room), {onTheLink: 0, copies: [{delay: 0}, {delay: 0}]});
});

test('the first datagram of a socket is sent no earlier than the system has bound it', async t => {
	const {address} = await openRawUdp(t);
	const {room, track, sender, to} = openSender(t, address);
	let {now} = room;
	Object.defineProperty(room, 'now', {get: () => ++now});
	const called = track.now() + 1;
	sender.send(to, Buffer.from('first'));
	const {time} = await room.happened('datagram-sent');
	t.true(time > called);
});
