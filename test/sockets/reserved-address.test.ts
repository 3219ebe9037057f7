import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {
	type ReservedAddress, reserveTaken, reserveVacant, reserveSilent,
} from '../../source/sockets/reserved-address.ts';
import {countSockets, openThings, openThingsAfter} from '../helpers/open-sockets.ts';

async function held(t: ExecutionContext, holding: Promise<ReservedAddress>): Promise<ReservedAddress> {
	const address = await holding;
	t.teardown(async () => address.release());
	return address;
}

/** The code that the first of these events' errors has. */
async function codeOf(emitter: NodeJS.EventEmitter): Promise<string | undefined> {
	const [error] = await once(emitter, 'error') as [NodeJS.ErrnoException];
	return error.code;
}

test.serial('a taken address cannot be bound, and can be when it has been given back', async t => {
	const {address, release} = await held(t, reserveTaken());
	const server = createServer();
	server.listen(address);
	t.is(await codeOf(server), 'EADDRINUSE');
	await release();
	server.listen(address);
	await once(server, 'listening');
	server.close();
	await once(server, 'close');
});

test.serial('a taken address is given back, even with connections to it', async t => {
	const {address, release} = await held(t, reserveTaken());
	const socket = connect(address);
	t.teardown(() => {
		socket.destroy();
	});
	await once(socket, 'connect');
	await t.notThrowsAsync(release());
});

test.serial('a connection to a vacant address is refused, again and again', async t => {
	const {address} = await held(t, reserveVacant('tcp'));
	for (let tries = 0; tries < 3; tries++) {
		t.is(await codeOf(connect(address)), 'ECONNREFUSED');
	}
});

test.serial('the system gives the port of a vacant address to no socket', async t => {
	const {address} = await held(t, reserveVacant('tcp'));
	const servers = await Promise.all(Array.from({length: 200}, async () => {
		const server = createServer();
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return server;
	}));
	t.false(servers.some(server => (server.address() as {port: number}).port === address.port));
	await Promise.all(servers.map(async server => {
		server.close();
		await once(server, 'close');
	}));
});

test.serial('a vacant UDP address takes no datagram, and refuses a connected socket\'s', async t => {
	const {address} = await held(t, reserveVacant('udp'));
	const socket = createSocket('udp4');
	t.teardown(() => {
		socket.close();
	});
	socket.connect(address.port, address.host);
	await once(socket, 'connect');
	socket.send('anybody there?');
	t.is(await codeOf(socket), 'ECONNREFUSED');
	const other = createSocket('udp4');
	other.bind(address.port, address.host);
	t.is(await codeOf(other), 'EADDRINUSE');
	other.close();
});

test.serial('a silent address answers no connection while it is held, and refuses them afterwards', async t => {
	const {address, release} = await held(t, reserveSilent());
	const socket = connect(address);
	const answer = once(socket, 'connect').then(
		() => 'connect',
		(error: unknown) => (error as NodeJS.ErrnoException).code,
	);
	// An answer would come before that to somebody who asks later.
	const witness = await held(t, reserveTaken());
	const asked = connect(witness.address);
	await once(asked, 'close');
	t.is(await Promise.race([answer, Promise.resolve('silence')]), 'silence');
	await release();
	t.is(await answer, 'ECONNREFUSED');
});

test.serial('what is held is all closed when it is given back, also twice', async t => {
	const before = await openThings();
	for (const hold of [
		reserveTaken,
		async () => reserveVacant('tcp'),
		async () => reserveVacant('udp'),
		reserveSilent,
	]) {
		const {release} = await hold();
		t.true((await countSockets()) > before.sockets);
		await Promise.all([release(), release()]);
		await release();
		t.deepEqual(await openThingsAfter(before), before);
	}
});
