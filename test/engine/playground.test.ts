import test from 'ava';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {freeAddress, loopbackHost} from '../helpers/loopback.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';

for (const protocol of ['udp', 'tcp'] as const) {
	test(`opens the server first and then the clients, once, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 2});
		await room.playground.execute({type: 'open-scene', protocol});
		const {server, clients, clientLimit} = room.scene(protocol);
		t.like(server, {
			state: {type: 'open'},
			rule: 'uppercase',
			closeAfterReply: false,
			isExposed: false,
			configured: {host: '127.0.0.1', port: 0},
		});
		t.deepEqual(clients.map(({number}) => number), [1, 2]);
		t.deepEqual(clients.map(({destination}) => destination), [room.address(protocol), room.address(protocol)]);
		t.is(clientLimit, 9);
		t.is(room.types[0], protocol === 'udp' ? 'socket-bound' : 'listening-started');
		t.is(room.all('listening-started').length + room.all('socket-bound').length, 1);
	});

	test(`carries a message to the server and its answer back, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 2});
		const {pane} = room.client(protocol);
		t.deepEqual(await room.send(pane, 'hello'), {refusal: undefined});
		const received = protocol === 'udp' ? 'datagram-received' : 'chunk-received';
		const answer = await room.happened(received, event => event.pane === pane);
		t.is(Buffer.from(answer.bytes).toString(), 'HELLO');
		t.true(answer.elapsed! >= 0);
		t.deepEqual(answer.peer, room.address(protocol));
		await room.until(() => room.scene(protocol).traffic.sent.count === 1, 'the server\'s count');
		t.like(room.client(protocol), {received: {count: 1, bytes: 5}, sent: {count: 1, bytes: 5}});
		t.like(room.scene(protocol).traffic, {received: {count: 1, bytes: 5}, sent: {count: 1, bytes: 5}});
		t.is(room.client(protocol, 1).received.count, 0);
		t.is(room.rows(room.client(protocol, 1).pane).rows.filter(row => row.bytes !== undefined).length, 0);
	});

	test(`stops and opens the server, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {host: loopbackHost()});
		const address = room.address(protocol);
		await room.playground.execute({type: 'stop-server', protocol});
		t.deepEqual(room.server(protocol).state, {type: 'closed'});
		await room.playground.execute({type: 'stop-server', protocol});
		t.is(room.all('socket-closed').length, 1);
		await room.playground.execute({type: 'open-server', protocol});
		t.is(room.server(protocol).state.type, 'open');
		await room.playground.execute({type: 'move-server', protocol, address});
		t.deepEqual(room.server(protocol).state, {type: 'open', local: address});
		t.deepEqual(room.server(protocol).configured, address);
	});

	test(`a server that cannot be bound to another address stays where it is, and says so, over ${protocol}`, async t => {
		const host = loopbackHost();
		const room = await openPlayground(t, protocol, {host, clients: 1});
		const other = await openPlayground(t, protocol, {host});
		const [address, taken] = [room.address(protocol), other.address(protocol)];
		await room.playground.execute({type: 'move-server', protocol, address: taken});
		t.deepEqual(room.server(protocol).state, {type: 'open', local: address});
		t.deepEqual(room.server(protocol).configured, {...address, port: 0});
		t.like(await room.happened('move-failed'), {local: taken, failure: {code: 'EADDRINUSE'}});
		t.is(room.all('socket-closed').length, 0);
		await room.send(room.client(protocol).pane, 'still here');
		await room.happened(protocol === 'udp' ? 'datagram-received' : 'chunk-received');
		await room.playground.execute({type: 'move-server', protocol, address: {host, port: 0}});
		const {state} = room.server(protocol);
		t.true(state.type === 'open' && state.local.port !== address.port);
		t.is(room.all('move-failed').length, 1);
	});

	test(`a server stays open where its port is taken on the other host, over ${protocol}`, async t => {
		const {address: taken} = await (protocol === 'udp' ? openRawUdp : openRawServer)(t, loopbackHost());
		const address = {host: loopbackHost(), port: taken.port};
		const room = await openPlayground(t, protocol, address);
		await room.playground.execute({type: 'move-server', protocol, address: taken});
		t.deepEqual(room.server(protocol).state, {type: 'open', local: address});
		t.like(await room.happened('move-failed'), {local: taken, failure: {code: 'EADDRINUSE'}, isReopened: undefined});
		t.is(room.all('socket-closed').length, 0);

		// Every address of the machine: the server's own socket is in the way, and so is the other one.
		const every = {host: '0.0.0.0', port: address.port};
		await room.playground.execute({type: 'move-server', protocol, address: every});
		t.deepEqual(room.server(protocol).state, {type: 'open', local: address});
		t.deepEqual(room.server(protocol).configured, address);
		t.like(room.all('move-failed')[1], {local: every, failure: {code: 'EADDRINUSE'}, isReopened: true});
		const bound = protocol === 'udp' ? 'socket-bound' : 'listening-started';
		const told = room.types.filter(type => [bound, 'move-failed'].includes(type));
		t.deepEqual(told.slice(-2), ['move-failed', bound]);
	});

	test(`a server that moves to every address of the machine keeps its port, and is reached at any of them, over ${protocol}`, async t => {
		const moved = async (tries: number): Promise<PlaygroundRoom> => {
			const room = await openPlayground(t, protocol, {host: loopbackHost(), clients: 1, reply: 'echo'});
			const {port} = room.address(protocol);
			await room.playground.execute({type: 'move-server', protocol, address: {host: '0.0.0.0', port}});
			// Another program may have this port on another address.
			return room.all('move-failed').length > 0 && tries > 1 ? moved(tries - 1) : room;
		};

		const room = await moved(5);
		const bound = protocol === 'udp' ? 'socket-bound' : 'listening-started';
		const own = room.server(protocol).pane;
		const [first, second] = room.all(bound).filter(event => event.pane === own).map(({local}) => local);
		const {host, port} = first!;
		const every = {host: '0.0.0.0', port};
		t.deepEqual(second, every);
		t.like(room.server(protocol), {state: {type: 'open', local: every}, configured: every, isExposed: true});
		t.deepEqual(room.client(protocol).destination, {host: '127.0.0.1', port});
		t.true(room.all('socket-closed').some(({pane}) => pane === own), 'its first socket was in the way');
		const {pane} = room.client(protocol);
		await room.playground.execute({type: 'reopen-client', pane});
		await room.send(pane, 'where it was');
		await room.until(() => room.client(protocol).received.count === 1, 'the answer');
		for (const other of [host, loopbackHost()]) {
			await room.playground.execute({type: 'set-destination', pane, destination: {host: other, port}});
			await room.playground.execute({type: 'reopen-client', pane});
			await room.send(pane, 'and elsewhere');
		}

		await room.until(() => room.scene(protocol).traffic.sent.count === 3, 'three answers');
	});

	test(`says when the server is open to other machines, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {host: '0.0.0.0', clients: 1});
		t.true(room.server(protocol).isExposed);
		t.is(room.client(protocol).destination?.host, '127.0.0.1');
		await room.playground.execute({type: 'stop-server', protocol});
		t.false(room.server(protocol).isExposed);
	});

	test(`walks through the peers and all of them as targets, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 2, reply: 'manual'});
		if (protocol === 'udp') {
			for (const [index, {pane}] of room.scene('udp').clients.entries()) {
				await room.send(pane, 'here');
				await room.happenedTimes('datagram-received', index + 1);
			}
		}

		await room.until(() => room.server(protocol).peerCount === 2, 'two peers');
		const targets = [room.server(protocol).target];
		for (const step of [1, 1, 1, -1, -1] as const) {
			await room.playground.execute({type: 'choose-peer', protocol, step});
			targets.push(room.server(protocol).target);
		}

		t.deepEqual(targets, [1, 2, 'all', 1, 'all', 2]);
	});

	test(`sends what is typed at the server to one peer or to all, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 2, reply: 'manual'});
		const {clients} = room.scene(protocol);
		for (const {pane} of clients) {
			await room.send(pane, 'here');
		}

		await room.until(() => room.scene(protocol).traffic.received.count === 2, 'two messages');
		const type = 'send-from-server';
		t.deepEqual(await room.playground.execute({
			type, protocol, target: 2, bytes: Buffer.from('two only'),
		}), {refusal: undefined});
		await room.until(() => room.scene(protocol).clients.some(client => client.received.bytes === 8), 'a message');
		t.is(clients.length, room.scene(protocol).clients.filter(client => client.received.count < 2).length);
		t.deepEqual(await room.playground.execute({
			type, protocol, target: 'all', bytes: Buffer.from('everybody'),
		}), {refusal: undefined});
		await room.until(
			() => room.scene(protocol).clients.every(client => client.received.bytes >= 9),
			'a message for each',
		);
		t.deepEqual(
			room
				.scene(protocol)
				.clients.map(client => client.received.bytes)
				.toSorted((a, b) => a - b),
			[9, 17],
		);
	});

	test(`refuses what the server cannot send, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol);
		const type = 'send-from-server';
		const bytes = Buffer.from('x');
		t.deepEqual(await room.playground.execute({
			type, protocol, target: undefined, bytes,
		}), {refusal: {reason: protocol === 'tcp' ? 'no-connection' : 'no-peer'}});
		t.deepEqual(await room.playground.execute({
			type, protocol, target: 'all', bytes,
		}), {refusal: {reason: protocol === 'tcp' ? 'no-connection' : 'no-peer'}});
		await room.playground.execute({type: 'stop-server', protocol});
		t.deepEqual(await room.playground.execute({
			type, protocol, target: 'all', bytes,
		}), {refusal: {reason: 'not-open'}});
	});

	test(`closes every socket, however often it is closed, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 3});
		await Promise.all([room.playground.close(), room.playground.close()]);
		await room.playground.close();
		t.is(room.server(protocol).state.type, 'closed');
		t.deepEqual(room.scene(protocol).clients.map(({state}) => state.type), ['closed', 'closed', 'closed']);
	});

	test(`leaves no socket open when it is closed while it is opening, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol === 'udp' ? 'tcp' : 'udp');
		const opening = room.playground.execute({type: 'open-scene', protocol});
		await room.playground.close();
		await opening;
		t.not(room.server(protocol).state.type, 'open');
	});
}

test('keeps both protocols\' sockets apart and alive', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	await room.playground.execute({type: 'open-scene', protocol: 'tcp'});
	const panes = [room.server('udp').pane, room.server('tcp').pane, room.client('udp').pane, room.client('tcp').pane];
	t.is(new Set(panes).size, 4);
	await room.send(room.client('udp').pane, 'udp');
	await room.send(room.client('tcp').pane, 'tcp');
	await room.happened('datagram-received', ({pane}) => pane === room.client('udp').pane);
	await room.happened('chunk-received', ({pane}) => pane === room.client('tcp').pane);
	t.is(room.scene('udp').traffic.received.count, 1);
	t.is(room.scene('tcp').traffic.received.count, 1);
	await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
	t.is(room.server('udp').rule, 'echo');
	t.is(room.server('tcp').rule, 'uppercase');
});

test('opens no server where the clients are to talk to another program', async t => {
	const peer = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {connect: peer.address, clients: 1});
	t.is(room.scene('tcp').server, undefined);
	t.deepEqual(room.client('tcp').destination, peer.address);
	await peer.accepted.next();
	t.deepEqual(await room.playground.execute({type: 'open-server', protocol: 'tcp'}), {
		refusal: {reason: 'no-server'},
	});
	t.deepEqual(await room.playground.execute({type: 'set-rule', protocol: 'tcp', rule: 'echo'}), {
		refusal: {reason: 'no-server'},
	});
});

test('refuses to set when a server closes, where there is none', async t => {
	const room = await openPlayground(t, 'tcp', {connect: await freeAddress()});
	t.deepEqual(await room.playground.execute({type: 'set-close-after-reply', closeAfterReply: true}), {
		refusal: {reason: 'no-server'},
	});
});

test('opens the clients, unconnected, where the server cannot open', async t => {
	const taken = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {port: taken.address.port, clients: 2});
	t.like(room.server('tcp').state, {type: 'failed', failure: {code: 'EADDRINUSE'}});
	t.deepEqual(room.scene('tcp').clients.map(({state}) => state), [{type: 'closed'}, {type: 'closed'}]);
	t.is(taken.accepted.length, 0);
});

test('half-closes and closes one connection socket, and no other', async t => {
	const room = await openPlayground(t, 'tcp');
	const one = await connectRaw(t, room.address('tcp'));
	await room.happenedTimes('connection-accepted', 1);
	const two = await connectRaw(t, room.address('tcp'));
	await room.happenedTimes('connection-accepted', 2);
	await room.playground.execute({type: 'half-close-connection', connection: 1});
	await one.fin;
	t.is(room.server('tcp').peers[0]?.connection?.state, 'FIN_WAIT');
	await room.playground.execute({type: 'close-connection', connection: 1});
	await room.happened('socket-closed', ({socket}) => socket === 1);
	t.deepEqual(await room.playground.execute({type: 'close-connection', connection: 1}), {
		refusal: {reason: 'peer-gone'},
	});
	two.write('hi');
	t.is(await two.readLike('HI'), 'HI');
});

test('lists a window of peers around the target, with how many come before', async t => {
	const room = await openPlayground(t, 'udp', {reply: 'manual'});
	for (let number = 1; number <= 12; number++) {
		const peer = await openRawUdp(t);
		peer.send('hi', room.address('udp'));
		await room.happenedTimes('datagram-received', number);
	}

	t.like(room.server('udp', 4), {peerCount: 12, peersEver: 12, peersBefore: 0});
	for (let steps = 0; steps < 7; steps++) {
		await room.playground.execute({type: 'choose-peer', protocol: 'udp', step: 1});
	}

	const {target, peers, peersBefore} = room.server('udp', 4);
	t.is(target, 8);
	t.is(peersBefore, 5);
	t.deepEqual(peers.map(({number}) => number), [6, 7, 8, 9]);
	t.is(room.server('udp', 100).peers.length, 12);
	t.is(room.server('udp', 100).peersBefore, 0);
});
