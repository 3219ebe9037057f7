/** The fate of datagrams between two real sockets of one playground. */
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import type {Query} from '../../../source/engine/api/query.ts';
import type {Arrival} from '../../../source/log/delivery/link-fate.ts';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import {loopbackHost} from '../../helpers/loopback.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

/** What became of what a pane has sent, in the order of its writes. */
function arrivals(room: PlaygroundRoom, pane: number): Array<Arrival | undefined> {
	return room.all('datagram-sent').filter(event => event.pane === pane).map(({arrival}) => arrival);
}

test('matches each datagram with the read that it became, both ways', async t => {
	const room = await openPlayground(t, 'udp', {clients: 2});
	const first = room.client('udp').pane;
	const second = room.client('udp', 1).pane;
	const server = room.server('udp').pane;
	for (const [index, pane] of [first, second, first].entries()) {
		await room.send(pane, 'same');
		await room.happenedTimes('datagram-received', 2 * (index + 1));
		await room.happenedTimes('datagram-sent', 2 * (index + 1));
	}

	t.deepEqual(arrivals(room, first), [{type: 'read', number: 1}, {type: 'read', number: 3}]);
	t.deepEqual(arrivals(room, second), [{type: 'read', number: 2}]);
	t.deepEqual(
		room
			.all('datagram-received')
			.filter(({pane}) => pane === server)
			.map(({number, write, far}) => ({number, write, far})),
		[
			{number: 1, write: 1, far: {pane: first, socket: 0}},
			{number: 2, write: 1, far: {pane: second, socket: 0}},
			{number: 3, write: 2, far: {pane: first, socket: 0}},
		],
	);
	t.deepEqual(arrivals(room, server).map(arrival => arrival?.type), ['read', 'read', 'read']);
	const [, row] = room.rows(first, 'bytes').rows;
	t.like(row, {
		type: 'datagram-sent', ledger: {
			missing: 0, parts: [{
				number: 1, from: 0, length: 4, whole: 4,
			}], offset: undefined,
		},
	});
});

test('knows no far end of a foreign peer\'s datagrams', async t => {
	const room = await openPlayground(t, 'udp');
	const raw = await openRawUdp(t);
	raw.send('hi', room.address('udp'));
	t.is(await raw.nextText(), 'HI');
	t.like(await room.happened('datagram-received'), {number: 1, far: undefined, write: undefined});
	t.like(await room.happened('datagram-sent'), {number: 1, far: undefined, arrival: undefined});
});

test('knows no far end of what is sent to a server that is stopped', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, host: loopbackHost()});
	const {pane} = room.client('udp');
	await room.send(pane, 'before');
	await room.happened('datagram-received', event => event.pane === pane);
	await room.playground.execute({type: 'stop-server', protocol: 'udp'});
	await room.send(pane, 'after');
	const sent = await room.happened('datagram-sent', event => event.pane === pane && event.number === 2);
	t.is(sent.far, undefined);
	t.is(sent.arrival, undefined);
	t.like(room.all('datagram-sent')[0], {far: {pane: room.server('udp').pane}, arrival: {type: 'read', number: 1}});
});

test('begins at number 1 again with a new socket, which is told from the one before', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, host: loopbackHost()});
	const {pane} = room.client('udp');
	const server = room.server('udp').pane;
	const address = room.address('udp');
	await room.send(pane, 'one');
	await room.happenedTimes('datagram-received', 2);
	await room.playground.execute({type: 'stop-server', protocol: 'udp'});
	await room.playground.execute({type: 'move-server', protocol: 'udp', address});
	await room.send(pane, 'two');
	await room.happenedTimes('datagram-received', 4);
	t.deepEqual(
		room
			.all('datagram-received')
			.filter(event => event.pane === server)
			.map(({number, write}) => [number, write]),
		[
			[1, 1],
			[1, 2],
		],
	);
	await room.playground.execute({type: 'close-client', pane});
	await room.playground.execute({type: 'reopen-client', pane});
	await room.send(pane, 'three');
	await room.happenedTimes('datagram-received', 6);
	t.deepEqual(
		room
			.all('datagram-received')
			.filter(event => event.pane === server)
			.map(({number, write}) => [number, write]),
		[
			[1, 1],
			[1, 2],
			[2, 1],
		],
	);
	t.deepEqual(arrivals(room, pane), [
		{type: 'read', number: 1},
		{type: 'read', number: 1},
		{type: 'read', number: 2},
	]);
});

for (const isBound of [true, false]) {
	test(`knows what a client has sent just before it was closed, ${isBound ? 'bound' : 'as its first message'}`, async t => {
		const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
		const {pane} = room.client('udp');
		const server = room.server('udp').pane;
		if (isBound) {
			await room.send(pane, 'binds');
			await room.happened('datagram-received');
		}

		void room.send(pane, 'last');
		await room.playground.execute({type: 'close-client', pane});
		const read = await room.happened('datagram-received', ({bytes}) => Buffer.from(bytes).toString() === 'last');
		t.like(read, {pane: server, far: {pane, socket: 0}, write: isBound ? 2 : 1});
		t.deepEqual(arrivals(room, pane).at(-1), {type: 'read', number: isBound ? 2 : 1});
		t.is(room.client('udp').state.type, 'closed');
	});
}

test('knows what became of each of thousands of datagrams at once, and in which order they came', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	const server = room.server('udp').pane;
	const count = 3000;
	const answers = Array.from({length: count}, async (_, number) =>
		room.playground.execute({type: 'send', pane, bytes: Buffer.alloc(600, number % 7)}));
	const answered = await Promise.all(answers);
	const refused = answered.filter(({refusal}) => refusal).length;
	await room.until(() => room.client('udp').total === 1 + count - refused, 'the outcome of all');
	const newest: Query = {
		type: 'rows', pane: server, kind: 'messages', rows: 1, end: undefined, maxBytes: 400,
	};
	const hasCome = (): boolean => {
		const view = room.playground.view(newest);
		return view?.type === 'rows' && Buffer.from(view.rows[0]?.bytes ?? []).toString() === 'the end';
	};

	// Inside one machine nothing comes after this one, which may be dropped itself.
	while (!hasCome()) {
		await room.send(pane, 'the end');
		await turn();
	}

	const all = arrivals(room, pane);
	const reads = all.flatMap(arrival => arrival?.type === 'read' ? [arrival.number] : []);
	const lost = all.filter(arrival => arrival?.type === 'lost').length;
	t.is(reads.length, room.server('udp').peers[0]!.received.count);
	t.deepEqual(
		reads,
		Array.from({length: reads.length}, (_, index) => index + 1),
		'in the order in which they were sent',
	);
	const underWay = all.filter(arrival => arrival?.type === 'under-way').length;
	t.is(reads.length + lost + underWay, room.client('udp').sent.count);
	t.true(
		all.slice(0, 1 + count - refused).every(arrival => arrival?.type !== 'under-way'),
		'what was sent before one that came has come, or is lost',
	);
	t.log(`${lost} of ${count} lost, ${refused} refused`);
	const numbers = room.all('datagram-received').filter(event => event.pane === server).map(({write}) => write);
	t.deepEqual(numbers, numbers.toSorted((a, b) => a! - b!));
});

test('records the end of a socket before the beginning of the next', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	await Promise.all([
		room.playground.execute({type: 'stop-server', protocol: 'udp'}),
		room.playground.execute({type: 'open-server', protocol: 'udp'}),
	]);
	t.deepEqual(room.types, ['socket-bound', 'socket-closed', 'socket-bound']);
	await room.send(room.client('udp').pane, 'hi');
	t.like(await room.happened('datagram-received'), {number: 1, write: 1, far: {pane: room.client('udp').pane}});
});
