import {setImmediate as turn} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {perfectLink} from '../../../helpers/event-room.ts';
import {openPlayground, type PlaygroundRoom} from '../../../helpers/playground-room.ts';
import {Inbox} from '../../../helpers/inbox.ts';
import {KernelWatch, onKernel} from '../../../helpers/kernel-watch.ts';
import {connectRaw} from '../../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../../helpers/raw-udp.ts';
import type {
	View, PaneView, SocketRow, SocketsView,
} from '../../../../source/engine/api/view.ts';
import type {Query} from '../../../../source/engine/api/query.ts';
import {ClientPane} from '../../../../source/engine/scene/panes/client-pane.ts';
import {ServerPane} from '../../../../source/engine/scene/panes/server-pane.ts';
import type {Address} from '../../../../source/log/event.ts';
import {EventLog} from '../../../../source/log/event-log.ts';
import type {TcpServer} from '../../../../source/sockets/tcp/tcp-server.ts';
import {defaultLimits} from '../../../../source/sockets/limits.ts';
import {projectSockets, watchedSockets} from '../../../../source/engine/scene/views/sockets-view.ts';
import {QueryServer} from '../../../../source/engine/query-server.ts';

const wide = {from: 0, rows: 100} as const;

/** Asks about a pane's sockets until the answer fits, as the screen does: it is a real query server. */
class SocketsWatch {
	readonly queryServer: QueryServer;
	readonly #answers = new Inbox<ReadonlyArray<View | undefined>>('a view of the sockets');
	readonly #query: Query;

	constructor(room: PlaygroundRoom, pane: number) {
		this.#query = {type: 'sockets', pane, ...wide};
		this.queryServer = new QueryServer(room.playground, views => {
			this.#answers.add(views);
		});
	}

	async until(fits: (view: SocketsView) => boolean): Promise<SocketsView> {
		for (;;) {
			this.queryServer.ask([this.#query]);
			const [view] = await this.#answers.next();
			if (view?.type === 'sockets' && fits(view)) {
				return view;
			}
		}
	}
}

function derived(room: PlaygroundRoom, pane: number, {from, rows}: {from: number; rows: number} = wide): SocketsView {
	const view: View | undefined = room.playground.view({
		type: 'sockets', pane, from, rows,
	});
	return view as PaneView as SocketsView;
}

function rowOf({rows}: SocketsView, role: SocketRow['role'], number = 0): SocketRow | undefined {
	return rows.find(row => row.role === role && row.number === number);
}

async function openTcp(t: ExecutionContext, clients = 1): Promise<PlaygroundRoom> {
	const room = await openPlayground(t, 'tcp', {clients, reply: 'manual'});
	await room.happenedTimes('connection-accepted', clients);
	return room;
}

test('derives the states of TCP\'s sockets from what has happened, until the kernel has been asked', async t => {
	const room = await openTcp(t);
	const server = room.server('tcp').pane;
	const {pane} = room.client('tcp');
	const local = room.address('tcp');
	const view = derived(room, server);
	t.false(view.isFromKernel);
	t.is(view.total, 2);
	const {peer} = await room.happened('connection-accepted');
	t.deepEqual(view.rows, [
		{
			role: 'welcoming',
			number: 0,
			local,
			isClosed: false,
			waiting: 0,
			state: 'LISTEN',
			isDerived: true,
		},
		{
			role: 'connection',
			number: 1,
			local,
			peer,
			isClosed: false,
			received: {count: 0, bytes: 0},
			sent: {count: 0, bytes: 0},
			waiting: 0,
			state: 'ESTABLISHED',
			isDerived: true,
		},
	]);
	t.deepEqual(derived(room, pane).rows, [
		{
			role: 'client',
			number: 0,
			local: peer,
			peer: local,
			isClosed: false,
			received: {count: 0, bytes: 0},
			sent: {count: 0, bytes: 0},
			waiting: 0,
			state: 'ESTABLISHED',
			isDerived: true,
		},
	]);
	t.deepEqual(structuredClone(view), view);
	await room.playground.execute({type: 'half-close-client', pane});
	await room.happened('fin-received');
	await room.happened('fin-sent');
	t.is(derived(room, pane).rows[0]!.state, 'FIN_WAIT');
	t.is(rowOf(derived(room, server), 'connection', 1)?.state, 'CLOSE_WAIT');
	await room.playground.execute({type: 'half-close-connection', connection: 1});
	await room.happenedTimes('socket-closed', 2);
	t.deepEqual(derived(room, pane).rows, [], 'without the kernel\'s tables nothing is left of it');
	t.deepEqual(derived(room, server).rows.map(({role}) => role), ['welcoming']);
	await room.playground.execute({type: 'stop-server', protocol: 'tcp'});
	t.deepEqual(derived(room, server).rows, []);
});

test('derives TIME_WAIT for the end of a connection that closes first, and LAST_ACK for the other', async t => {
	const room = await openTcp(t);
	const server = room.server('tcp').pane;
	const {pane} = room.client('tcp');
	const states: Array<readonly [string | undefined, string | undefined]> = [];
	const over = room.until(() => {
		const state = [
			derived(room, pane).rows[0]?.state,
			rowOf(derived(room, server), 'connection', 1)?.state,
		] as const;
		states.push(state);
		return state.every(one => one === undefined);
	}, 'both ends closed');
	await room.playground.execute({type: 'half-close-client', pane});
	await room.happened('fin-received');
	await room.playground.execute({type: 'half-close-connection', connection: 1});
	await over;
	t.deepEqual(
		new Set(states.map(([client]) => client)),
		new Set(['ESTABLISHED', 'FIN_WAIT', 'TIME_WAIT', undefined]),
	);
	t.deepEqual(
		new Set(states.map(([, connection]) => connection)),
		new Set(['ESTABLISHED', 'CLOSE_WAIT', 'LAST_ACK', undefined]),
	);
});

test('shows what was read and written, and a window of the rows', async t => {
	const room = await openTcp(t, 4);
	const server = room.server('tcp').pane;
	await room.send(room.client('tcp').pane, 'hello');
	await room.happened('chunk-received');
	const {socket} = await room.happened('chunk-received');
	t.like(rowOf(derived(room, server), 'connection', socket), {
		received: {count: 1, bytes: 5},
		sent: {count: 0, bytes: 0},
	});
	t.like(derived(room, room.client('tcp').pane).rows[0], {sent: {count: 1, bytes: 5}});
	t.like(derived(room, server, {from: 1, rows: 2}), {from: 1, total: 5});
	t.deepEqual(derived(room, server, {from: 1, rows: 2}).rows.map(({number}) => number), [1, 2]);
	t.deepEqual(derived(room, server, {from: 99, rows: 2}).rows.map(({number}) => number), [3, 4]);
	t.is(derived(room, server, {from: 99, rows: 2}).from, 3);
	t.deepEqual(derived(room, server, {from: -4, rows: 1}).rows.map(({role}) => role), ['welcoming']);
});

test('shows a UDP server\'s one socket, and the addresses that it has heard from, which are none', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const server = room.server('udp').pane;
	const {pane} = room.client('udp');
	t.deepEqual(derived(room, pane).rows, [], 'it has no socket in the system yet');
	const raw = await openRawUdp(t);
	raw.send('one', room.address('udp'));
	await raw.nextText();
	await room.send(pane, 'two');
	await room.happenedTimes('datagram-sent', 3);
	const [socket, ...peers] = derived(room, server).rows;
	t.deepEqual(socket, {
		role: 'udp',
		number: 0,
		local: room.address('udp'),
		isClosed: false,
		received: {count: 2, bytes: 6},
		sent: {count: 2, bytes: 6},
		waiting: 0,
	});
	t.deepEqual(peers[0], {
		role: 'peer',
		number: 1,
		peer: raw.address,
		isClosed: false,
		received: {count: 1, bytes: 3},
		sent: {count: 1, bytes: 3},
		waiting: 0,
	});
	t.is(peers.length, 2);
	const {local} = await room.happened('socket-bound', event => event.pane === pane);
	t.like(derived(room, pane).rows, [{role: 'client', local, sent: {count: 1, bytes: 3}}]);
});

test('has the kernel\'s states and queues while it is asked', onKernel(async t => {
	const room = await openTcp(t);
	const server = room.server('tcp').pane;
	const view = await new SocketsWatch(room, server).until(({isFromKernel}) => isFromKernel);
	t.like(rowOf(view, 'welcoming'), {
		state: 'LISTEN', receiveQueue: 0, sendQueue: 0, isClosed: false,
	});
	t.like(rowOf(view, 'connection', 1), {
		state: 'ESTABLISHED', receiveQueue: 0, sendQueue: 0, isClosed: false,
	});
	const {pane} = room.client('tcp');
	const watch = new SocketsWatch(room, pane);
	const before = await watch.until(({isFromKernel}) => isFromKernel);
	t.like(before.rows, [{role: 'client', state: 'ESTABLISHED'}]);
	await room.playground.execute({type: 'half-close-client', pane});
	const half = await watch.until(({rows}) => rows[0]?.state === 'FIN_WAIT2');
	t.is(half.rows.length, 1, 'told apart from FIN_WAIT1, as only the kernel can');
}));

test(
	'shows a connection that the server has closed first for as long as the kernel has it in TIME_WAIT',
	onKernel(async t => {
		const room = await openTcp(t);
		const server = room.server('tcp').pane;
		await room.send(room.client('tcp').pane, 'hi');
		await room.happened('chunk-received');
		const {peer} = await room.happened('connection-accepted');
		await room.playground.execute({type: 'half-close-connection', connection: 1});
		await room.happened('fin-received');
		await room.playground.execute({type: 'half-close-client', pane: room.client('tcp').pane});
		await room.happenedTimes('socket-closed', 2);
		const view = await new SocketsWatch(room, server).until(({rows}) => rows.length === 2);
		t.like(rowOf(view, 'connection', 1), {
			state: 'TIME_WAIT',
			isClosed: true,
			local: room.address('tcp'),
			peer,
			received: {count: 1, bytes: 2},
			sent: {count: 0, bytes: 0},
			waiting: 0,
		});
		t.like(rowOf(view, 'welcoming'), {state: 'LISTEN', isClosed: false});
	}),
);

test('shows a client that has closed first in TIME_WAIT, beside its next connection', onKernel(async t => {
	const room = await openTcp(t);
	const {pane} = room.client('tcp');
	await room.playground.execute({type: 'half-close-client', pane});
	await room.happened('fin-received');
	await room.playground.execute({type: 'half-close-connection', connection: 1});
	await room.happenedTimes('socket-closed', 2);
	await room.playground.execute({type: 'reopen-client', pane});
	const view = await new SocketsWatch(room, pane).until(({rows}) => rows.length === 2);
	t.deepEqual(
		view.rows.map(({state, isClosed}) => ({state, isClosed})),
		[
			{state: 'ESTABLISHED', isClosed: false},
			{state: 'TIME_WAIT', isClosed: true},
		],
	);
	t.not(view.rows[0]!.local?.port, view.rows[1]!.local?.port);
}));

test('gives the kernel\'s word about a four-tuple to the connection that has it now', onKernel(async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'manual'});
	const server = room.server('tcp').pane;
	// At 127.0.0.1 other connections may have the same port, to other destinations: then bind() fails with EADDRINUSE.
	const localAddress = '127.83.119.6';
	const first = await connectRaw(t, room.address('tcp'), {localAddress});
	const {port} = first.local;
	await room.happenedTimes('connection-accepted', 1);
	await room.playground.execute({type: 'half-close-connection', connection: 1});
	await first.fin;
	first.socket.end();
	await room.happened('socket-closed');
	// Its port is free once its own end is closed, too.
	await first.closed;
	const second = await connectRaw(t, room.address('tcp'), {localAddress, localPort: port});
	t.deepEqual(second.local, {host: localAddress, port});
	await room.happenedTimes('connection-accepted', 2);
	const watch = new SocketsWatch(room, server);
	const view = await watch.until(({isFromKernel, rows}) => isFromKernel && rows[1]?.receiveQueue !== undefined);
	t.deepEqual(view.rows.map(({role, number, state, isClosed}) => ({
		role, number, state, isClosed,
	})), [
		{
			role: 'welcoming', number: 0, state: 'LISTEN', isClosed: false,
		},
		{
			role: 'connection', number: 2, state: 'ESTABLISHED', isClosed: false,
		},
	]);
}));

test('has the kernel\'s queues and drops of a UDP server\'s socket', onKernel(async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	await room.send(room.client('udp').pane, 'hi');
	await room.happened('datagram-sent', ({pane}) => pane === room.server('udp').pane);
	const view = await new SocketsWatch(room, room.server('udp').pane).until(({isFromKernel, rows}) => isFromKernel && rows[0]?.drops !== undefined);
	t.like(view.rows[0], {
		role: 'udp', receiveQueue: 0, sendQueue: 0, drops: 0,
	});
	t.is(view.rows[1]!.receiveQueue, undefined);
	const own = await new SocketsWatch(room, room.client('udp').pane).until(({isFromKernel, rows}) => isFromKernel && rows[0]?.drops !== undefined);
	t.like(own.rows, [{role: 'client', receiveQueue: 0, drops: 0}]);
}));

test('has the kernel\'s queues of a UDP socket that is connected, by both its ends', onKernel(async t => {
	const peer = await openRawUdp(t);
	const log = new EventLog({
		events: 64, bytes: 64, clock: () => 0, isOwnHost: () => true,
	});
	const pane = new ClientPane({
		pane: 1,
		number: 1,
		protocol: 'udp',
		log,
		limits: defaultLimits,
		link: perfectLink(),
		isConnected: true,
		defaultDestination: () => peer.address,
		ownServer: () => undefined,
		onChange: () => undefined,
	});
	t.teardown(async () => pane.close());
	t.is(await pane.open(), undefined);
	const [port = 0] = watchedSockets(pane).ports;
	const kernel = new KernelWatch(t, 'udp', port);
	await kernel.socket(port, peer.address.port, () => true, 'the connected socket');
	const {rows: [row]} = projectSockets(pane, {type: 'sockets', pane: 1, ...wide}, kernel.tables.snapshot);
	t.deepEqual([row?.role, row?.receiveQueue, row?.sendQueue, row?.drops], ['client', 0, 0, 0]);
}));

test(
	'a connection that was accepted after the kernel\'s tables were read has not vanished because they do not have it',
	onKernel(async t => {
		const room = await openTcp(t, 0);
		const {pane} = room.server('tcp');
		await new SocketsWatch(room, pane).until(({isFromKernel}) => isFromKernel);
		const raw = await connectRaw(t, room.address('tcp'));
		raw.socket.end();
		await room.happened('fin-received');
		const view = derived(room, pane);
		t.true(view.isFromKernel);
		const {state, isVanished} = rowOf(view, 'connection', 1) ?? {};
		t.deepEqual({state, isVanished}, {state: 'CLOSE_WAIT', isVanished: undefined});
	}),
);

test('stops reading the kernel\'s tables once no query needs them', onKernel(async t => {
	const room = await openTcp(t);
	const {pane} = room.server('tcp');
	const watch = new SocketsWatch(room, pane);
	await watch.until(({isFromKernel}) => isFromKernel);
	const query: Query = {type: 'sockets', pane, ...wide};
	const looked = room.playground.revisionOf(query);
	watch.queryServer.ask([{type: 'scene', scene: 'tcp', peers: 0}]);
	t.not(room.playground.revisionOf(query), looked, 'its snapshot is forgotten at once, without a new query');
	t.false(derived(room, pane).isFromKernel, 'so it is not shown');
	watch.queryServer.ask([{type: 'sockets', pane, ...wide}]);
	const anew = await watch.until(({isFromKernel}) => isFromKernel);
	t.true(anew.isFromKernel, 'and made anew');
}));

test('what the tables have of a four-tuple is of the newest connection that had it when they were read', async t => {
	const pane = new ServerPane({
		pane: 1,
		protocol: 'tcp',
		log: new EventLog({
			events: 64, bytes: 64, clock: () => 0, isOwnHost: () => true,
		}),
		limits: defaultLimits,
		link: perfectLink(),
		configured: {host: '127.0.0.1', port: 0},
		rule: 'manual',
		closeAfterReply: false,
		onChange: () => undefined,
	});
	const server = pane.server as TcpServer;
	await server.open(pane.configured);
	t.teardown(async () => server.close());
	const {local} = server.state as Extract<typeof server.state, {type: 'open'}>;
	let remote: Address = {host: '127.85.119.6', port: 0};
	for (const number of [1, 2]) {
		const raw = await connectRaw(t, local, {localAddress: remote.host, localPort: remote.port});
		remote = raw.local;
		while (!server.peers.has(number)) {
			await turn();
		}

		raw.socket.resetAndDestroy();
		while (server.peers.has(number)) {
			await turn();
		}
	}

	const [first, second] = [...server.ended].map(({endedAt}) => endedAt);
	const tables = [{
		protocol: 'tcp', local, remote, state: 'TIME_WAIT', receiveQueue: 0, sendQueue: 0,
	}] as const;
	for (const [readAt, numbers] of [[first! - 1, []], [first!, [1]], [second!, [2]]] as const) {
		const {rows} = projectSockets(pane, {type: 'sockets', pane: 1, ...wide}, tables, readAt);
		t.deepEqual(rows.filter(({isClosed}) => isClosed).map(({number}) => number), numbers);
	}
});

test('knows the ports by which the kernel knows a pane\'s sockets', async t => {
	const log = new EventLog({
		events: 64, bytes: 64, clock: () => 0, isOwnHost: () => true,
	});
	const pane = new ServerPane({
		pane: 1,
		protocol: 'tcp',
		log,
		limits: defaultLimits,
		link: perfectLink(),
		configured: {host: '127.0.0.1', port: 0},
		rule: 'echo',
		closeAfterReply: false,
		onChange: () => undefined,
	});
	t.like(watchedSockets(pane), {protocol: 'tcp', ports: []});
	await pane.server.open(pane.configured);
	t.teardown(async () => pane.server.close());
	t.true(pane.server.state.type === 'open');
	const {ports: [port = 0], families} = watchedSockets(pane);
	t.deepEqual(families, [4]);
	const local = {host: '127.0.0.1', port};
	t.deepEqual(
		projectSockets(pane, {type: 'sockets', pane: 1, ...wide}, [
			{
				protocol: 'tcp',
				local,
				remote: {host: '0.0.0.0', port: 0},
				state: 'LISTEN',
				receiveQueue: 3,
				sendQueue: 511,
			},
		]).rows,
		[
			{
				role: 'welcoming',
				number: 0,
				local,
				isClosed: false,
				waiting: 0,
				state: 'LISTEN',
				receiveQueue: 3,
				sendQueue: 511,
			},
		],
	);
});

test('a client that is connecting is in SYN_SENT, as far as the program knows', async t => {
	const room = await openTcp(t);
	const {pane} = room.client('tcp');
	const reopened = room.playground.execute({type: 'reopen-client', pane});
	t.like(derived(room, pane).rows[0], {
		role: 'client', peer: room.address('tcp'), state: 'SYN_SENT', isDerived: true,
	});
	await reopened;
	t.is(derived(room, pane).rows[0]!.state, 'ESTABLISHED');
});

test('a connection that its peer has reset after the FIN is gone from the kernel, which no read tells', onKernel(async t => {
	const room = await openPlayground(t, 'tcp', {clients: 0, reply: 'manual'});
	const raw = await connectRaw(t, room.address('tcp'));
	raw.socket.end();
	await room.happened('fin-received');
	raw.socket.resetAndDestroy();
	const view = await new SocketsWatch(room, room.server('tcp').pane).until(({rows}) =>
		rows.some(({isVanished}) => isVanished));
	t.like(rowOf(view, 'connection', 1), {isClosed: false, state: undefined});
}));
