import test from 'ava';
import {NameLookups} from '../helpers/name-lookups.ts';
import {openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';
import {
	makeTcpClient, makeTcpServer, makeUdpClient, makeUdpServer,
} from '../helpers/sockets.ts';

test.serial('every socket takes the addresses of a name in one order, those of IPv4 first, and says which it has got', async t => {
	const lookups = new NameLookups(t);
	const named = {host: 'both.test', port: 0};
	const found = ['::1', '127.0.0.1', '::2', '127.0.0.1', '127.0.0.9'];
	const hosts = ['127.0.0.1', '127.0.0.9', '::1', '::2'];
	for (const make of [makeUdpServer, makeTcpServer]) {
		const {room, server} = make(t);
		const opening = server.open(named);
		await lookups.answer('both.test', ...found);
		await opening;
		t.like(await room.happened('name-found'), {name: 'both.test', hosts});
		t.like(server.state, {type: 'open', local: {host: '127.0.0.1'}});
	}

	const peer = await openRawUdp(t);
	const datagrams = makeUdpClient(t);
	datagrams.client.send({...named, port: peer.address.port}, Buffer.from('hello'));
	await lookups.answer('both.test', ...found);
	t.is(await peer.nextText(), 'hello');
	t.like(await datagrams.room.happened('name-found'), {hosts});

	const {address} = await openRawServer(t);
	const stream = makeTcpClient(t);
	const connecting = stream.client.connect({...named, port: address.port});
	await lookups.answer('both.test', ...found);
	await connecting;
	t.like(await stream.room.happened('name-found'), {hosts});
	t.like(await stream.room.happened('connection-opened'), {peer: address});
});

test.serial('a TCP client tries the addresses of a name one after the other, with a row for each', async t => {
	const lookups = new NameLookups(t);
	const {address} = await openRawServer(t);
	const {room, client} = makeTcpClient(t);
	const connecting = client.connect({host: 'two.test', port: address.port});
	await lookups.answer('two.test', '127.0.0.9', '127.0.0.1');
	await connecting;
	t.deepEqual(room.types, ['name-found', 'connect-started', 'connect-failed', 'connect-started', 'connection-opened']);
	t.like(room.events[2], {peer: {host: '127.0.0.9'}, failure: {code: 'ECONNREFUSED'}, progress: 'under-way'});
	t.like(room.events[4], {peer: address});
});

test.serial('a TCP client says of each address of a name why it could not connect', async t => {
	const lookups = new NameLookups(t);
	const {room, client} = makeTcpClient(t);
	// No socket listens at the first two addresses: the port is one that a server has at a third.
	const {address: {port}} = await openRawServer(t, '127.0.0.3');
	const connecting = client.connect({host: 'none.test', port});
	await lookups.answer('none.test', '127.0.0.9', '127.0.0.8');
	await connecting;
	t.deepEqual(room.all('connect-failed').map(({peer}) => peer.host), ['127.0.0.9', '127.0.0.8']);
	t.like(client.state, {type: 'closed', failure: {code: 'ECONNREFUSED'}});
});
