import type {Socket} from 'node:dgram';
import test from 'ava';
import {openUdpSocket, untilConnected} from '../../../source/sockets/udp/udp-socket.ts';
import {freeAddress} from '../../helpers/loopback.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {makeUdpClient} from '../../helpers/sockets.ts';

test('connects its socket to the address that it sends to first, and sends then', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t, true);
	t.is(client.send(peer.address, Buffer.from('one')), undefined);
	t.is(client.send(peer.address, Buffer.from('two')), undefined);
	t.is(await peer.nextText(), 'one');
	t.is(await peer.nextText(), 'two');
	await room.happenedTimes('datagram-sent', 2);
	t.deepEqual(room.types, ['socket-bound', 'peer-set', 'datagram-sent', 'datagram-sent']);
	t.like(client.state, {type: 'bound', peer: peer.address});
});

test('takes a new socket for another peer, so that what the event names is where the datagram went', async t => {
	const [one, other] = [await openRawUdp(t), await openRawUdp(t)];
	const {room, client} = makeUdpClient(t, true);
	t.is(await client.connect(one.address), undefined);
	client.send(one.address, Buffer.from('to one'));
	const {from} = await one.inbox.next();
	client.send(other.address, Buffer.from('to the other'));
	client.send(other.address, Buffer.from('again'));
	client.send(one.address, Buffer.from('back'));
	t.is(await other.nextText(), 'to the other');
	t.is(await other.nextText(), 'again');
	const back = await one.inbox.next();
	t.is(Buffer.from(back.bytes).toString(), 'back');
	t.not(back.from.port, from.port);
	const sent = await room.happenedTimes('datagram-sent', 4);
	t.deepEqual(sent.map(event => event.peer), [one.address, other.address, other.address, one.address]);
	t.deepEqual(room.all('peer-set').map(event => event.peer), [one.address, other.address, one.address]);
	t.is(room.all('socket-closed')[0]!.local?.port, from.port);
	t.is(room.all('send-failed').length, 0);
	t.is(one.inbox.length, 0);
	t.is(other.inbox.length, 0);
});

test('connecting to the peer that it has settles at once and changes nothing; to another one it takes a new socket', async t => {
	const [one, other] = [await openRawUdp(t), await openRawUdp(t)];
	const {room, client} = makeUdpClient(t, true);
	await Promise.all([client.connect(one.address), client.connect(one.address)]);
	await client.connect(one.address);
	t.deepEqual(room.types, ['socket-bound', 'peer-set']);
	await client.connect(other.address);
	t.deepEqual(room.types, ['socket-bound', 'peer-set', 'socket-closed', 'socket-bound', 'peer-set']);
	t.like(client.state, {type: 'bound', peer: other.address});
	await client.close();
	await client.connect(other.address);
	t.like(client.state, {type: 'bound', peer: other.address});
});

test('an error that has come back leaves the peer as it is', async t => {
	const nobody = await freeAddress();
	const {room, client} = makeUdpClient(t, true);
	client.send(nobody, Buffer.from('anyone?'));
	const {failure} = await room.happened('socket-failed');
	t.is(failure.code, 'ECONNREFUSED');
	client.send(nobody, Buffer.from('still?'));
	await room.happenedTimes('datagram-sent', 2);
	t.is(room.all('socket-bound').length, 1);
});

test('what could not be sent because the socket has got no peer fails as connect() did, and the next is tried anew', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t, true);
	client.send({host: '127.255.255.255', port: 9}, Buffer.from('to all'));
	const failed = await room.happened('send-failed');
	t.is(failed.failure.code, 'EACCES');
	t.is(Buffer.from(failed.bytes).toString(), 'to all');
	t.like(await client.connect({host: '127.255.255.255', port: 9}), {code: 'EACCES'});
	client.send(peer.address, Buffer.from('to one'));
	t.is(await peer.nextText(), 'to one');
});

test('accounts for a message whose socket was closed before it had its peer', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t, true);
	client.send(peer.address, Buffer.from('typed'));
	await client.close();
	const {failure} = await room.happened('send-failed');
	t.is(failure.code, 'ECANCELED');
	t.deepEqual(client.state, {type: 'closed'});
	t.is(peer.inbox.length, 0);
});

test('waiting for a peer leaves no listener behind', async t => {
	const peer = await openRawUdp(t);
	const listeners = (socket: Socket): number[] =>
		['connect', 'error', 'close'].map(name => socket.listenerCount(name));
	const socket = openUdpSocket(4);
	const before = listeners(socket);
	const settled = untilConnected(socket);
	socket.connect(peer.address.port, peer.address.host);
	t.is(await settled, undefined);
	t.deepEqual(listeners(socket), before);
	const closed = untilConnected(socket);
	socket.close();
	t.is(await closed, undefined);
	t.deepEqual(listeners(socket), before);
});
