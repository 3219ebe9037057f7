/* Which datagrams to another program of this machine are told to have found no socket. */
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {spawn} from 'node:child_process';
import type {ExecutionContext} from 'ava';
import {EventRoom} from '../../helpers/event-room.ts';
import {freeAddress, freePort} from '../../helpers/loopback.ts';
import {onKernel} from '../../helpers/kernel-watch.ts';
import {ownNetworkTest} from '../../helpers/own-network.ts';
import {python} from '../../helpers/run-program.ts';
import {openRawUdp, RawUdp} from '../../helpers/raw-udp.ts';
import {skipped} from '../../helpers/skipped.ts';
import {makeUdpClient} from '../../helpers/sockets.ts';
import {isInstalled} from '../../helpers/program.ts';
import type {Address} from '../../../source/log/event.ts';
import {perfect} from '../../../source/link/conditions.ts';
import {Link} from '../../../source/link/link.ts';
import {UdpClient} from '../../../source/sockets/udp/udp-client.ts';

const test = await ownNetworkTest(import.meta.filename);

/** A socket that is connected to itself: it takes nothing from others, and nobody else gets its port. */
async function holdVacant(t: ExecutionContext, host = '127.0.0.1'): Promise<RawUdp> {
	const raw = await openRawUdp(t, await freeAddress(host));
	raw.socket.connect(raw.port, host);
	await once(raw.socket, 'connect');
	return raw;
}

/** An address without a socket that takes what a client sends. */
async function vacantAddress(t: ExecutionContext, host?: string): Promise<Address> {
	const {address} = await holdVacant(t, host);
	return address;
}

/**
Settles when it is told that a datagram with this text has found no socket. It is sent now and then: beside what other
programs send and read meanwhile, it may not be known of one.
*/
async function untilUnbound(
	{room, client}: {readonly room: EventRoom; readonly client: UdpClient},
	address: Address,
	text: string,
): Promise<void> {
	client.send(address, Buffer.from(text));
	const sending = setInterval(() => {
		client.send(address, Buffer.from(text));
	}, 200);
	try {
		await room.until(() => unboundTexts(room).includes(text), `that ${text} has found no socket`);
	} finally {
		clearInterval(sending);
	}
}

/** The different texts of the datagrams that are told to have found no socket. */
function unboundTexts(room: EventRoom): string[] {
	return [...new Set(room.all('datagram-sent')
		.filter(({isUnbound}) => isUnbound).map(({bytes}) => Buffer.from(bytes).toString()))];
}

/**
Send to an address, and then to one without a socket: when that is told, what is to be told of the first is. Another
program sends to none meanwhile.
*/
async function sentTo(t: ExecutionContext, address: Address): Promise<readonly string[]> {
	const {room, client} = makeUdpClient(t);
	const stranger = await openRawUdp(t);
	const nowhere = await vacantAddress(t);
	client.send(address, Buffer.from('to it'));
	stranger.send('to none', nowhere);
	await room.happened('datagram-sent');
	await untilUnbound(makeUdpClient(t), nowhere, 'to none');
	return unboundTexts(room);
}

// The first of this file: nothing has been looked at before, and the first look is made at once.
test.serial('where a socket of the playground was, the first datagram to another program\'s has not found none', onKernel(async t => {
	const {room, client} = makeUdpClient(t);
	const raw = await openRawUdp(t);
	const before = room.track(1);
	before.happened({type: 'socket-bound', local: raw.address});
	before.happened({type: 'socket-closed', local: raw.address, discarded: 0});
	client.send(raw.address, Buffer.from('the first'));
	t.is(await raw.nextText(), 'the first');
	const sent = await room.happened('datagram-sent');
	t.false('isVacant' in sent);
}));

for (const host of ['127.0.0.1', '127.0.0.2', '::1']) {
	test.serial(`a datagram to a port that no socket has had is told as one, on ${host}`, onKernel(async t => {
		const {room, client} = makeUdpClient(t);
		const address = await vacantAddress(t, host);
		await untilUnbound({room, client}, address, 'anybody?');
		const sent = room.all('datagram-sent').find(({isUnbound}) => isUnbound);
		t.like(sent, {
			peer: address, isUnbound: true, far: undefined, arrival: undefined,
		});
		t.deepEqual([...new Set(room.types)], ['socket-bound', 'datagram-sent'], 'no other event');
	}));
}

test.serial('a connected socket\'s datagram is told as well, beside the error that comes back', onKernel(async t => {
	const {room, client} = makeUdpClient(t, true);
	await untilUnbound({room, client}, await vacantAddress(t), 'anybody?');
	const {failure} = await room.happened('socket-failed');
	t.is(failure.code, 'ECONNREFUSED');
}));

test.serial('each of a hundred datagrams is told, though it is looked only now and then', onKernel(async t => {
	const {room, client} = makeUdpClient(t);
	const address = await vacantAddress(t);
	const sendAll = (): void => {
		for (let number = 0; number < 100; number++) {
			client.send(address, Buffer.from(String(number)));
		}
	};

	sendAll();
	const sending = setInterval(sendAll, 200);
	t.teardown(() => {
		clearInterval(sending);
	});
	await room.until(() => unboundTexts(room).length === 100, 'a hundred');
	clearInterval(sending);
	t.is(unboundTexts(room).length, 100);
}));

for (const [title, host, type] of [
	['that address', '127.0.0.1', 'udp4'],
	['all addresses of IPv4', '0.0.0.0', 'udp4'],
	['all addresses', '::', 'udp6'],
	['that address as an IPv6 one', '::ffff:127.0.0.1', 'udp6'],
] as const) {
	test.serial(`a datagram to a stranger's socket that is bound to ${title} is not`, onKernel(async t => {
		const socket = createSocket(type);
		socket.bind(0, host);
		await once(socket, 'listening');
		const raw = new RawUdp(socket);
		t.teardown(async () => raw.close());
		t.deepEqual(await sentTo(t, {host: '127.0.0.1', port: raw.port}), []);
		t.is(await raw.nextText(), 'to it');
	}));
}

test.serial('a socket that is connected takes the datagrams of its peer only', onKernel(async t => {
	const raw = await openRawUdp(t);
	const nobody = await vacantAddress(t);
	raw.socket.connect(nobody.port, nobody.host);
	await once(raw.socket, 'connect');
	const {room, client} = makeUdpClient(t);
	await untilUnbound({room, client}, raw.address, 'to it');
	const peer = await openRawUdp(t);
	client.send(peer.address, Buffer.from('the first'));
	const {from} = await peer.inbox.next();
	peer.socket.connect(from.port, '127.0.0.1');
	await once(peer.socket, 'connect');
	client.send(peer.address, Buffer.from('from its peer'));
	t.is(await peer.nextText(), 'from its peer');
	await untilUnbound({room, client}, await vacantAddress(t), 'to none');
	t.deepEqual(unboundTexts(room), ['to it', 'to none']);
}));

test.serial('two programs that share a port are not told as none', onKernel(async t => {
	if (!isInstalled('python3')) {
		skipped(t, 'python3 is not installed');
		return;
	}

	const [command, ...options] = await python();
	const port = await freePort();
	for (let number = 0; number < 2; number++) {
		const program = spawn(command, [...options, '-c', `
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
s.bind(('', ${port}))
print('bound', flush=True)
sys.stdin.read()`]);
		t.teardown(() => {
			program.kill();
		});
		await once(program.stdout, 'data');
	}

	t.deepEqual(await sentTo(t, {host: '127.0.0.1', port}), []);
}));

test.serial('a socket that is closed as soon as it has got the datagram was there', onKernel(async t => {
	const {room, client} = makeUdpClient(t);
	const other = makeUdpClient(t);
	const nowhere = await vacantAddress(t);
	const raw = await openRawUdp(t);
	client.send(raw.address, Buffer.from('to it'));
	for (let number = 0; number < 9; number++) {
		other.client.send(nowhere, Buffer.from('to none'));
	}

	await raw.close();
	await untilUnbound(other, nowhere, 'to none');
	t.deepEqual(unboundTexts(room), []);
}));

test.serial('a program that binds the port in between gets what follows, and what came before stays told', onKernel(async t => {
	const {room, client} = makeUdpClient(t);
	const holder = await holdVacant(t);
	const {address} = holder;
	await untilUnbound({room, client}, address, 'before');
	await holder.close();
	const socket = createSocket('udp4');
	socket.bind(address.port, address.host);
	await once(socket, 'listening');
	const raw = new RawUdp(socket);
	t.teardown(async () => raw.close());
	client.send(address, Buffer.from('with it'));
	t.is(await raw.nextText(), 'with it');
	await untilUnbound({room, client}, await vacantAddress(t), 'to none');
	t.deepEqual(unboundTexts(room), ['before', 'to none']);
}));

test.serial('a program that came, read the datagram and went is not told as none, whatever others send to none', onKernel(async t => {
	const {room, client} = makeUdpClient(t);
	const stranger = await openRawUdp(t);
	const nowhere = await vacantAddress(t);
	const holder = await holdVacant(t);
	const {address} = holder;
	await untilUnbound({room, client}, address, 'before');
	await holder.close();
	const socket = createSocket('udp4');
	socket.bind(address.port, address.host);
	await once(socket, 'listening');
	client.send(address, Buffer.from('read'));
	const raw = new RawUdp(socket);
	t.is(await raw.nextText(), 'read');
	await raw.close();
	for (let number = 0; number < 9; number++) {
		stranger.send('to none', nowhere);
	}

	await untilUnbound({room, client}, address, 'later');
	t.deepEqual(unboundTexts(room).filter(text => text !== 'later'), ['before']);
}));

test.serial('what another program\'s datagrams to none and its reading hide is told again once it is quiet', onKernel(async t => {
	const {room, client} = makeUdpClient(t);
	const stranger = await openRawUdp(t);
	const reader = await openRawUdp(t);
	const nowhere = await vacantAddress(t);
	let number = 0;
	const sending = setInterval(() => {
		client.send(nowhere, Buffer.from(String(number++)));
		for (const to of number < 10 ? [nowhere, reader.address] : []) {
			stranger.send('x', to);
		}
	}, 20);
	t.teardown(() => {
		clearInterval(sending);
	});
	await room.until(() => unboundTexts(room).some(text => Number(text) > 10), 'one that is sent when it is quiet');
	t.true(number > 10);
}));

test.serial('where a socket of the playground was, another program\'s is found, and the place no longer vacant', onKernel(async t => {
	const {room, client} = makeUdpClient(t);
	const raw = await openRawUdp(t);
	const before = room.track(1);
	before.happened({type: 'socket-bound', local: raw.address});
	before.happened({type: 'socket-closed', local: raw.address, discarded: 0});
	client.send(raw.address, Buffer.from('the first'));
	t.is(await raw.nextText(), 'the first');
	await untilUnbound({room, client}, await vacantAddress(t), 'to none');
	client.send(raw.address, Buffer.from('the second'));
	const sent = await room.until(() => room.all('datagram-sent').find(({bytes}) => Buffer.from(bytes).toString() === 'the second'), 'the second');
	t.false('isVacant' in sent);
	t.deepEqual(unboundTexts(room), ['to none']);
}));

test.serial('over the link each copy has to find none', onKernel(async t => {
	const room = new EventRoom();
	const link = new Link({conditions: {...perfect, delay: 1, duplication: 1}, seed: 1});
	const client = new UdpClient({...room.socketOptions, link, awaitsAnswers: () => true});
	t.teardown(async () => client.close());
	await untilUnbound({room, client}, await vacantAddress(t), 'twice');
	t.like(room.all('datagram-sent').find(({isUnbound}) => isUnbound), {fate: {onTheLink: 0, discarded: 0}});
}));

test('nothing is told of an address that is not of this machine, of a group, or of a broadcast address', async t => {
	const {room, client} = makeUdpClient(t);
	for (const host of ['239.255.0.1', '0.0.0.0']) {
		client.send({host, port: 9}, Buffer.from(host));
	}

	const address = await vacantAddress(t);
	client.send(address, Buffer.from('to none'));
	await room.happenedTimes('datagram-sent', 2);
	t.true(unboundTexts(room).every(text => text === 'to none'));
});
