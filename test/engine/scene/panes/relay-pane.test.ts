import test from 'ava';
import {perfect} from '../../../../source/link/conditions.ts';
import type {LinkDirection} from '../../../../source/link/random.ts';
import {openPlayground, PlaygroundRoom} from '../../../helpers/playground-room.ts';
import {connectRaw, openRawServer} from '../../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../../helpers/raw-udp.ts';

test('a relay stands in the server\'s place: clients send to it, and the link works once, on what it passes on', async t => {
	const target = await openRawUdp(t);
	const room = new PlaygroundRoom({
		relay: {target: target.address, silence: 60_000},
		link: {...perfect, loss: 1},
		linkToClients: perfect,
		clients: 1,
	});
	t.teardown(async () => room.playground.close());
	await room.playground.execute({type: 'open-scene', protocol: 'udp'});
	const {pane, relay} = room.server('udp');
	const client = room.client('udp');
	t.deepEqual(client.destination, room.address('udp'));
	await room.playground.execute({type: 'send', pane: client.pane, bytes: Buffer.from('lost between relay and target')});
	await room.until(() => room.all('datagram-sent').length === 2, 'sent by the client and by the relay');
	t.deepEqual(
		room.all('datagram-sent').map(event => [event.pane, event.fate?.type]),
		[[client.pane, undefined], [relay!.targetPane, 'lost']],
	);
	t.like(room.scene('udp').traffic, {received: {count: 1}, sent: {count: 1}}, 'of both sides');
	const sides = new Set(room.rows(pane).rows.map(row => row.pane));
	t.deepEqual(sides, new Set([pane, relay!.targetPane]), 'its rows are of both sides');
	const command = {type: 'lose-next', scene: 'udp', direction: 'to-clients'} as const;
	const {refusal} = await room.playground.execute(command);
	t.is(refusal, undefined);
});

test('a relay does not move to its target, moves elsewhere, and refuses what only a server does', async t => {
	const target = await openRawUdp(t);
	const room = new PlaygroundRoom({relay: {target: target.address, silence: 60_000}});
	t.teardown(async () => room.playground.close());
	const execute = async (command: Parameters<typeof room.playground.execute>[0]): Promise<string | undefined> => {
		const {refusal} = await room.playground.execute(command);
		return refusal?.reason;
	};

	await execute({type: 'open-scene', protocol: 'udp'});
	const before = room.address('udp');
	t.is(await execute({type: 'move-server', protocol: 'udp', address: target.address}), 'relays-to-itself');
	t.deepEqual(room.address('udp'), before);
	t.is(await execute({type: 'move-server', protocol: 'udp', address: {host: '127.0.0.1', port: 0}}), undefined);
	t.not(room.address('udp').port, before.port);
	t.is(await execute({type: 'set-rule', protocol: 'udp', rule: 'echo'}), 'no-server');
	t.is(await execute({type: 'release-held', protocol: 'udp', held: 1}), 'not-held');
	t.is(await execute({type: 'stop-server', protocol: 'udp'}), undefined);
	t.is(room.server('udp').state.type, 'closed');
});

test('the flow diagram of a relay has three lanes, and all of its sockets are one', async t => {
	const target = await openRawUdp(t);
	const room = new PlaygroundRoom({relay: {target: target.address, silence: 60_000}, clients: 1});
	t.teardown(async () => room.playground.close());
	await room.playground.execute({type: 'open-scene', protocol: 'udp'});
	await room.playground.execute({type: 'send', pane: room.client('udp').pane, bytes: Buffer.from('question')});
	const {from} = await target.inbox.next();
	target.send('answer', from);
	await room.until(() => room.all('datagram-sent').length === 3, 'the answer passed on');
	const view = room.playground.view({
		type: 'flow', scene: 'udp', focus: undefined, rows: 50, end: undefined,
	});
	const flow = view?.type === 'flow' ? view : undefined;
	t.deepEqual(flow?.lanes.map(({type}) => type), ['client', 'relay', 'target']);
	t.deepEqual(flow?.lanes.map(({ports}) => ports), [
		[room.all('datagram-received')[0]!.peer.port], [room.address('udp').port], [target.address.port],
	]);
	const [client, relay, far] = flow!.lanes.map(({id}) => id);
	t.deepEqual(
		flow!.steps
			.filter(({kind, part}) => kind === 'datagram' && part !== 'arrival')
			.map(({from: {lane}, to}) => [lane, to?.lane]),
		[[client, relay], [relay, far], [far, relay], [relay, client]],
	);
});

test('the answers to what was held until the relay is closed reach the clients', async t => {
	const [udp, tcp] = [await openRawUdp(t), await openRawServer(t)];
	for (const protocol of ['udp', 'tcp'] as const) {
		const {address} = {udp, tcp}[protocol];
		const room = new PlaygroundRoom({relay: {target: address, silence: 60_000}});
		t.teardown(async () => room.playground.close());

		await room.playground.execute({type: 'open-scene', protocol});
		await room.playground.execute({type: 'set-holding', protocol, directions: ['to-server', 'to-clients']});
		const {relay} = room.server(protocol);
		t.deepEqual(relay?.holding, ['to-server', 'to-clients']);
		if (protocol === 'udp') {
			const peer = await openRawUdp(t);
			peer.send('question', room.address('udp'));
			await room.happened('message-held');
			const closed = room.playground.close();
			const {from} = await udp.inbox.next();
			udp.send('answer', from);
			t.is(await peer.nextText(), 'answer');
			await closed;
		} else {
			const client = await connectRaw(t, room.address('tcp'));
			const far = await tcp.accepted.next();
			client.write('question');
			await room.happened('message-held');
			const stop = async (): Promise<unknown> => room.playground.execute({type: 'stop-server', protocol});
			// While it stops, it is told to stop once more.
			const stopped = [stop(), stop()];
			await far.readLike('question');
			far.write('answer');
			t.is(await client.readLike('answer'), 'answer');
			await Promise.all(stopped);
			t.deepEqual(room.server('tcp').relay?.holding, ['to-server', 'to-clients'], 'it holds when it is opened again');
		}
	}
});

test('what a relay is told to hold while it is being closed is what it holds when it is opened again', async t => {
	const target = await openRawUdp(t);
	const room = await openPlayground(t, 'udp', {relay: {target: target.address, silence: 60_000}});
	const hold = async (...directions: LinkDirection[]): Promise<unknown> =>
		room.playground.execute({type: 'set-holding', protocol: 'udp', directions});
	await hold('to-server');
	const peer = await openRawUdp(t);
	peer.send('question', room.address('udp'));
	await room.happened('message-held');
	const stopped = room.playground.execute({type: 'stop-server', protocol: 'udp'});
	// The target does not answer: the relay still waits for it.
	await target.inbox.next();
	t.deepEqual(room.server('udp').relay?.holding, ['to-server'], 'what it was told before');
	await hold('to-clients');
	t.deepEqual(room.server('udp').relay?.holding, ['to-clients']);
	t.is(room.server('udp').state.type, 'open');
	await stopped;
	await room.playground.execute({type: 'open-server', protocol: 'udp'});
	t.deepEqual(room.server('udp').relay?.holding, ['to-clients']);
	peer.send('passed on', room.address('udp'));
	const {bytes, from} = await target.inbox.next();
	t.is(Buffer.from(bytes).toString(), 'passed on');
	target.send('held', from);
	await room.happenedTimes('message-held', 2);
});

test('of what is held a view has the rows around one, up to the last, and how much is of closed connections', async t => {
	const target = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {relay: {target: target.address, silence: 60_000}});
	await room.playground.execute({type: 'set-holding', protocol: 'tcp', directions: ['to-server']});
	for (const held of [1, 2, 3, 5, 6]) {
		const client = await connectRaw(t, room.address('tcp'));
		client.write('held');
		await room.happenedTimes('message-held', held);
		if (held === 3) {
			// Its end is held, too.
			client.socket.resetAndDestroy();
			await room.happenedTimes('message-held', 4);
		}
	}

	const shown = (around?: number): number[] | undefined => {
		const view = room.playground.view({
			type: 'held', scene: 'tcp', rows: 2, ...(around !== undefined && {around}),
		});
		return view?.type === 'held' ? view.rows.map(({id}) => id) : undefined;
	};

	t.deepEqual(
		[undefined, 1, 2, 3, 5, 6].map(around => shown(around)),
		[[1, 2], [1, 2], [1, 2], [2, 3], [4, 5], [5, 6]],
	);
	t.like(room.server('tcp').relay?.held, {count: 5, ofClosed: 1});
});

test('a held message is edited to as many bytes as its frame, a chunk and a line of the screen take', async t => {
	const target = await openRawServer(t);
	const room = new PlaygroundRoom({relay: {target: target.address, silence: 60_000}, framing: 'u8'});
	t.teardown(async () => room.playground.close());
	await room.playground.execute({type: 'open-scene', protocol: 'tcp'});
	await room.playground.execute({type: 'set-holding', protocol: 'tcp', directions: ['to-server']});
	const client = await connectRaw(t, room.address('tcp'));
	await target.accepted.next();
	client.write('\u0002hi');
	await room.happenedTimes('message-held', 1);
	const {pane} = room.server('tcp');
	await room.playground.execute({type: 'set-framing', pane, framing: 'none'});
	client.write(Buffer.alloc(8193));
	await room.happenedTimes('message-held', 2);
	const read = async (held: number): Promise<unknown> => room.playground.execute({type: 'read-held', protocol: 'tcp', held});
	t.deepEqual(await read(1), {bytes: Uint8Array.from(Buffer.from('hi')), range: {least: 0, most: 255}});
	const refusal = {
		reason: 'held-size', length: 8193, least: 1, most: 8192,
	};
	t.like(await read(2), {refusal});
	const edit = async (held: number, length: number): Promise<string | undefined> => {
		const {refusal: why} = await room.playground.execute({
			type: 'edit-held', protocol: 'tcp', held, bytes: Buffer.alloc(length),
		});
		return why?.reason;
	};

	t.deepEqual(
		[
			await edit(1, 256),
			await edit(1, 255),
			await edit(1, 0),
			await edit(2, 0),
			await edit(2, 8193),
			await edit(2, 8192),
		],
		['held-size', undefined, undefined, 'held-size', 'held-size', undefined],
	);
});
