import test from 'ava';
import {openPlayground, PlaygroundRoom} from '../helpers/playground-room.ts';
import {freeAddress, loopbackHost, refusalOf} from '../helpers/loopback.ts';
import {openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';

test('adds clients up to the limit, and never gives a number twice', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, limits: {clients: 2}});
	t.deepEqual(await room.playground.execute({type: 'open-client', protocol: 'udp'}), {refusal: undefined});
	t.deepEqual(await room.playground.execute({type: 'open-client', protocol: 'udp'}), {
		refusal: {reason: 'client-limit', limit: 2},
	});
	await room.playground.execute({type: 'remove-client', pane: room.client('udp', 0).pane});
	await room.playground.execute({type: 'open-client', protocol: 'udp'});
	t.deepEqual(room.scene('udp').clients.map(({number}) => number), [2, 3]);
});

test('takes a client\'s pane away with its socket', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 2});
	await room.happenedTimes('connection-accepted', 2);
	const {pane} = room.client('tcp');
	t.deepEqual(await room.playground.execute({type: 'remove-client', pane}), {refusal: undefined});
	t.is(room.scene('tcp').clients.length, 1);
	t.is(room.playground.view({
		type: 'rows', pane, kind: 'messages', rows: 5, end: undefined, maxBytes: 400,
	}), undefined);
	await room.happened('socket-closed', event => event.pane === room.server('tcp').pane);
	t.is(room.server('tcp').peerCount, 1);
	t.deepEqual(await room.send(pane, 'x'), {refusal: {reason: 'no-such-pane'}});
	t.deepEqual(await room.playground.execute({type: 'remove-client', pane}), {refusal: {reason: 'no-such-pane'}});
});

test('where there is no server the traffic is that of all clients, of those that were removed, too', async t => {
	const peer = await openRawUdp(t);
	const room = await openPlayground(t, 'udp', {clients: 3, connect: peer.address});
	const panes = room.scene('udp').clients.map(({pane}) => pane);
	for (const [index, pane] of panes.entries()) {
		await room.send(pane, 'four');
		await room.until(() => room.scene('udp').traffic.sent.count === index + 1, 'sent');
		if (index > 0) {
			await room.playground.execute({type: 'remove-client', pane});
		}
	}

	t.deepEqual(room.scene('udp').traffic.sent, {count: 3, bytes: 12});
});

test('a seed that was chosen is that of a scene, too, which is opened later', async t => {
	const room = await openPlayground(t, 'udp', {clients: 0});
	await room.playground.execute({type: 'set-seed', seed: 4711});
	await room.playground.execute({type: 'open-scene', protocol: 'tcp'});
	t.deepEqual([room.scene('udp').link.seed, room.scene('tcp').link.seed], [4711, 4711]);
});

test('what a TCP server says to all is refused only where no connection could take it', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 2, reply: 'manual'});
	await room.happenedTimes('connection-accepted', 2);
	const toAll = {
		type: 'send-from-server', protocol: 'tcp', target: 'all', bytes: Buffer.from('all'),
	} as const;
	await room.playground.execute({type: 'half-close-connection', connection: 1});
	t.deepEqual(await room.playground.execute(toAll), {refusal: undefined});
	await room.playground.execute({type: 'half-close-connection', connection: 2});
	t.deepEqual(await room.playground.execute(toAll), {refusal: {reason: 'sending-finished'}});
});

test('a chosen peer stays chosen when the user closes another connection', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 3, reply: 'manual'});
	await room.happenedTimes('connection-accepted', 3);
	await room.playground.execute({type: 'choose-peer', protocol: 'tcp', step: 1});
	await room.playground.execute({type: 'choose-peer', protocol: 'tcp', step: 1});
	for (const [connection, target] of [[1, 3], [3, 2]] as const) {
		await room.playground.execute({type: 'close-connection', connection});
		await room.until(() => !room.server('tcp').peers.some(({number}) => number === connection), 'closed');
		t.is(room.server('tcp').target, target);
	}
});

test('closes a TCP client and connects it again', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1});
	const {pane} = room.client('tcp');
	t.is(room.client('tcp').state.type, 'connected');
	await room.playground.execute({type: 'close-client', pane});
	t.is(room.client('tcp').state.type, 'closed');
	t.deepEqual(await room.send(pane, 'x'), {refusal: {reason: 'not-open'}});
	t.deepEqual(await room.playground.execute({type: 'reopen-client', pane}), {refusal: undefined});
	t.is(room.client('tcp').state.type, 'connected');
	await room.send(pane, 'again');
	await room.happened('chunk-received', event => event.pane === pane);
});

test('closes a UDP client and opens it again, unbound', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {pane} = room.client('udp');
	await room.playground.execute({type: 'close-client', pane});
	t.is(room.client('udp').state.type, 'closed');
	await room.playground.execute({type: 'reopen-client', pane});
	t.deepEqual(room.client('udp').state, {type: 'unbound'});
});

test('half-closes a TCP client, whose answer still comes', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1});
	const {pane} = room.client('tcp');
	await room.send(pane, 'query');
	t.deepEqual(await room.playground.execute({type: 'half-close-client', pane}), {refusal: undefined});
	t.deepEqual(await room.playground.execute({type: 'half-close-client', pane}), {
		refusal: {reason: 'sending-finished'},
	});
	const {bytes} = await room.happened('chunk-received', event => event.pane === pane);
	t.is(Buffer.from(bytes).toString(), 'QUERY');
	await room.happened('socket-closed', event => event.pane === pane);
	await room.happened('socket-closed', event => event.pane === room.server('tcp').pane);
});

test('has nothing to half-close in a UDP client', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	t.deepEqual(await room.playground.execute({type: 'half-close-client', pane: room.client('udp').pane}), {
		refusal: {reason: 'not-open'},
	});
});

test('talks to another address once it is told to, with an event that says so', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const peer = await openRawUdp(t);
	const {pane} = room.client('udp');
	await room.playground.execute({type: 'set-destination', pane, destination: peer.address});
	t.deepEqual(room.client('udp').destination, peer.address);
	t.like(await room.happened('destination-changed'), {destination: `127.0.0.1:${peer.address.port}`});
	await room.send(pane, 'to you');
	t.is(await peer.nextText(), 'to you');
});

test('connects a TCP client to another program', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1});
	const peer = await openRawServer(t);
	const {pane} = room.client('tcp');
	await room.playground.execute({type: 'set-destination', pane, destination: peer.address});
	await room.playground.execute({type: 'reopen-client', pane});
	const raw = await peer.accepted.next();
	await room.send(pane, 'hello');
	t.is(await raw.readLike('hello'), 'hello');
});

test('a TCP client talks to another address from its next connection on, and its event says so', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1});
	const peer = await openRawServer(t);
	const {pane} = room.client('tcp');
	await room.happened('connection-opened');
	await room.playground.execute({type: 'set-destination', pane, destination: peer.address});
	t.like(await room.happened('destination-changed'), {hasConnection: true});
	await room.send(pane, 'to the first');
	const {bytes} = await room.happened('chunk-received');
	t.is(Buffer.from(bytes).toString(), 'to the first');
	await room.playground.execute({type: 'close-client', pane});
	await room.playground.execute({type: 'set-destination', pane, destination: peer.address});
	t.is(room.all('destination-changed').at(-1)?.hasConnection, undefined);
	await room.playground.execute({type: 'reopen-client', pane});
	const raw = await peer.accepted.next();
	await room.send(pane, 'to you');
	t.is(await raw.readLike('to you'), 'to you');
});

test('is refused over TCP, and told nothing over UDP, when the server is stopped', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, ...await freeAddress()});
	await room.playground.execute({type: 'open-scene', protocol: 'udp'});
	const [tcp, udp] = [room.client('tcp').pane, room.client('udp').pane];
	await room.playground.execute({type: 'stop-server', protocol: 'tcp'});
	await room.playground.execute({type: 'stop-server', protocol: 'udp'});
	await room.happened('socket-closed', ({pane, socket}) => pane === room.server('tcp').pane && socket > 0);
	await refusalOf(room.client('tcp').destination!);
	t.deepEqual(await room.playground.execute({type: 'reopen-client', pane: tcp}), {refusal: undefined});
	t.is(await room.codeOf('connect-failed'), 'ECONNREFUSED');
	t.deepEqual(await room.send(udp, 'anyone?'), {refusal: undefined});
	await room.happened('datagram-sent', ({pane}) => pane === udp);
	t.is(room.all('send-failed').length, 0);
});

test('has no destination while the system has yet to pick the server\'s port', async t => {
	const room = await openPlayground(t, 'udp', {host: '192.0.2.1', port: 0, clients: 1});
	t.like(room.server('udp').state, {type: 'failed'});
	const {pane, destination} = room.client('udp');
	t.is(destination, undefined);
	t.deepEqual(await room.send(pane, 'x'), {refusal: {reason: 'no-destination'}});
});

test('refuses commands for panes that are no clients', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	for (const pane of [0, -1, 999, room.server('udp').pane]) {
		t.deepEqual(await room.send(pane, 'x'), {refusal: {reason: 'no-such-pane'}});
	}
});

test('grows its revision with every event and every command', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const scene = {type: 'scene', scene: 'udp', peers: 3} as const;
	let revision = room.playground.revisionOf(scene);
	for (const type of ['close-client', 'reopen-client'] as const) {
		await room.playground.execute({type, pane: room.client('udp').pane});
		t.true(room.playground.revisionOf(scene) !== revision);
		revision = room.playground.revisionOf(scene);
	}

	await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
	t.true(room.playground.revisionOf(scene) !== revision);
});

test('leaves no connection behind when a client is removed in the moment that it was added', async t => {
	const room = await openPlayground(t, 'tcp');
	const adding = room.playground.execute({type: 'open-client', protocol: 'tcp'});
	const removing = room.playground.execute({type: 'remove-client', pane: room.client('tcp').pane});
	await Promise.all([adding, removing]);
	t.is(room.scene('tcp').clients.length, 0);
	t.is(room.all('connection-opened').length, 0);
});

test('leaves no connection behind when a client is removed while its scene is being opened', async t => {
	const room = new PlaygroundRoom({clients: 2});
	t.teardown(async () => room.playground.close());
	const opening = room.playground.execute({type: 'open-scene', protocol: 'tcp'});
	await room.playground.execute({type: 'remove-client', pane: room.client('tcp').pane});
	await opening;
	t.is(room.all('connection-opened').length, 1);
});

test('sends to the port that the system had given the server, also after that was stopped', async t => {
	const udp = await openPlayground(t, 'udp', {port: 0, clients: 1});
	const {destination} = udp.client('udp');
	await udp.playground.execute({type: 'stop-server', protocol: 'udp'});
	await udp.send(udp.client('udp').pane, 'anyone?');
	t.deepEqual((await udp.happened('datagram-sent')).peer, destination); // eslint-disable-line unicorn/no-await-expression-member -- It is short so.

	const tcp = await openPlayground(t, 'tcp', {host: loopbackHost(), port: 0, clients: 1});
	await tcp.playground.execute({type: 'stop-server', protocol: 'tcp'});
	await tcp.playground.execute({type: 'reopen-client', pane: tcp.client('tcp').pane});
	const {failure} = await tcp.happened('connect-failed');
	t.is(failure.code, 'ECONNREFUSED');
});
