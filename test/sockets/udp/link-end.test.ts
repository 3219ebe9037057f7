/*
What is told of a datagram that is on the simulated link while who has its address changes: only when it leaves the link
it is known who gets it. The sockets are real, the link's clock is the test's.
*/
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {EventRoom} from '../../helpers/event-room.ts';
import {onKernel} from '../../helpers/kernel-watch.ts';
import {RawUdp} from '../../helpers/raw-udp.ts';
import type {Address, SocketEvent} from '../../../source/log/event.ts';
import type {SocketTrack} from '../../../source/log/socket-track.ts';
import {type LinkConditions, perfect} from '../../../source/link/conditions.ts';
import {Link} from '../../../source/link/link.ts';
import {UdpClient} from '../../../source/sockets/udp/udp-client.ts';
import {UdpServer} from '../../../source/sockets/udp/udp-server.ts';
import {FakeTime} from '../../link/_fake-time.ts';

type Sent = Extract<SocketEvent, {type: 'datagram-sent'}>;

/** A server that echoes, and a client, with a link between them on which everything stays until the test lets it go. */
type Room = {
	readonly room: EventRoom;
	readonly server: UdpServer;
	readonly client: UdpClient;
	/** Where the server is bound. */
	readonly address: Address;
	/** Let everything leave that is on the link. */
	leave(): void;
	/** What the client's steps are told to be to those who follow it. */
	readonly steps: string[];
	send(text: string): void;
	/** The event of the datagram with this text, as it is now. */
	sent(text: string, pane?: number): Sent;
	untilUnbound(text: string, pane?: number): Promise<Sent>;
};

const serverPane = 1;
const clientPane = 2;

async function open(t: ExecutionContext, conditions: Partial<LinkConditions> = {}, isConnected = false): Promise<Room> {
	const room = new EventRoom();
	const time = new FakeTime();
	const link = new Link({conditions: {...perfect, delay: 1000, ...conditions}, seed: 1, time});
	const steps: string[] = [];
	const trackOf = (pane: number): SocketTrack => room.log.track(pane, room.index, 0);
	const server: UdpServer = new UdpServer({
		...room.socketOptions, link, newTrack: () => trackOf(serverPane), onDatagram(peer, bytes) {
			server.send(peer.number, bytes);
		},
	});
	const client = new UdpClient({
		...room.socketOptions, link, isConnected, awaitsAnswers: () => true, newTrack() {
			const track = trackOf(clientPane);
			track.subscribe({
				onDelivery(write, step) {
					steps.push(`${write} ${step}`);
				},
			});
			return track;
		},
	});
	t.teardown(async () => {
		await client.close();
		await server.close();
	});
	await server.open({host: '127.0.0.1', port: 0});
	const {local: address} = await room.happened('socket-bound');
	const find = (text: string, pane = clientPane): Sent | undefined => room.all('datagram-sent')
		.find(event => event.pane === pane && Buffer.from(event.bytes).toString() === text);
	return {
		room,
		server,
		client,
		address,
		steps,
		leave() {
			time.advance(1000);
		},
		send(text) {
			client.send(address, Buffer.from(text));
		},
		sent(text, pane) {
			return find(text, pane)!;
		},
		async untilUnbound(text, pane) {
			return room.until(() => {
				const event = find(text, pane);
				return event?.isUnbound && event;
			}, `that ${text} has found no socket`);
		},
	};
}

/** Another program's socket at an address. */
async function openStranger(t: ExecutionContext, {host, port}: Address): Promise<RawUdp> {
	const socket = createSocket('udp4');
	socket.bind(port, host);
	await once(socket, 'listening');
	const raw = new RawUdp(socket);
	t.teardown(async () => raw.close());
	return raw;
}

/** On the link nothing is known but that. */
function assertOnLink(t: ExecutionContext, event: Sent): void {
	t.like(event, {isUnbound: undefined, fate: {type: 'passed', onTheLink: 1, discarded: 0}});
	t.not(event.arrival?.type, 'lost');
}

/** It has left the link, and went to a socket that is not the playground's: nothing else is known. */
function assertLeft(t: ExecutionContext, event: Sent): void {
	t.like(event, {
		far: undefined,
		arrival: undefined,
		isVacant: undefined,
		isUnbound: undefined,
		fate: {onTheLink: 0, discarded: 0},
	});
}

for (const isConnected of [false, true]) {
	const who = isConnected ? 'a connected client' : 'a client';

	test.serial(`the server is stopped while a datagram of ${who} is on the link: it has found no socket when it has left`, onKernel(async t => {
		const {room, server, send, sent, leave, untilUnbound, steps} = await open(t, {}, isConnected);
		send('on the link');
		await room.happened('datagram-sent');
		assertOnLink(t, sent('on the link'));
		t.like(sent('on the link'), {far: {pane: serverPane}, arrival: {type: 'under-way'}});
		await server.close();
		assertOnLink(t, sent('on the link'));
		leave();
		t.like(sent('on the link'), {
			far: undefined, arrival: undefined, isVacant: true, isUnbound: undefined,
		});
		t.deepEqual(steps, [], 'it is not told to be dropped before that is known');
		t.like(await untilUnbound('on the link'), {isVacant: true, fate: {onTheLink: 0, discarded: 0}});
		t.deepEqual(steps, ['1 dropped']);
	}));

	test.serial(`the server is stopped while a datagram of ${who} is on the link, and another program gets it`, onKernel(async t => {
		const {room, server, address, send, sent, leave, steps} = await open(t, {}, isConnected);
		send('on the link');
		await room.happened('datagram-sent');
		await server.close();
		const stranger = await openStranger(t, address);
		assertOnLink(t, sent('on the link'));
		leave();
		t.is(await stranger.nextText(), 'on the link');
		assertLeft(t, sent('on the link'));
		t.deepEqual(steps, []);
	}));
}

test.serial('sent while the server is stopped: another program that comes while it is on the link gets it', onKernel(async t => {
	const {room, server, address, send, sent, leave, steps} = await open(t);
	await server.close();
	send('on the link');
	await room.happened('datagram-sent');
	assertOnLink(t, sent('on the link'));
	const stranger = await openStranger(t, address);
	leave();
	t.is(await stranger.nextText(), 'on the link');
	assertLeft(t, sent('on the link'));
	t.deepEqual(steps, []);
}));

test.serial('sent while another program has the port of the stopped server: that goes while it is on the link, and nobody gets it', onKernel(async t => {
	const {room, server, address, send, sent, leave, untilUnbound, steps} = await open(t);
	await server.close();
	const stranger = await openStranger(t, address);
	send('on the link');
	await room.happened('datagram-sent');
	assertOnLink(t, sent('on the link'));
	await stranger.close();
	assertOnLink(t, sent('on the link'));
	leave();
	await untilUnbound('on the link');
	t.deepEqual(steps, ['1 dropped']);
}));

test.serial('the server is started again while it is on the link: it reads the datagram', async t => {
	const {room, server, address, send, sent, leave, steps} = await open(t);
	send('sent while it was open');
	await room.happened('datagram-sent');
	await server.close();
	send('sent while it was closed');
	await room.happenedTimes('datagram-sent', 2);
	for (const text of ['sent while it was open', 'sent while it was closed']) {
		assertOnLink(t, sent(text));
	}

	await server.open(address);
	leave();
	await room.happenedTimes('datagram-received', 2);
	for (const [index, text] of ['sent while it was open', 'sent while it was closed'].entries()) {
		t.like(sent(text), {
			far: {pane: serverPane}, arrival: {type: 'read', number: index + 1}, isVacant: undefined, isUnbound: undefined,
		});
	}

	t.deepEqual(steps.filter(step => step.endsWith('arrived')), ['1 arrived', '2 arrived']);
});

test.serial('an answer is on the link when its client is closed: it has found no socket when it has left', onKernel(async t => {
	const {room, client, send, sent, leave, untilUnbound, steps} = await open(t);
	send('echo');
	await room.happened('datagram-sent');
	leave();
	await room.happenedTimes('datagram-sent', 2);
	assertOnLink(t, sent('echo', serverPane));
	await client.close();
	assertOnLink(t, sent('echo', serverPane));
	leave();
	await untilUnbound('echo', serverPane);
	t.like(sent('echo'), {arrival: {type: 'read'}});
	t.deepEqual(steps, ['1 arrived', '1 answering', '1 answer-dropped']);
}));

test.serial('two copies: the server is stopped between them, and another program gets the second', onKernel(async t => {
	const {room, server, address, send, sent, steps, leave} = await open(t, {duplication: 1});
	send('twice');
	await room.happened('datagram-sent');
	await server.close();
	const stranger = await openStranger(t, address);
	leave();
	t.is(await stranger.nextText(), 'twice');
	t.is(await stranger.nextText(), 'twice');
	assertLeft(t, sent('twice'));
	t.deepEqual(steps, ['1 doubled']);
}));
