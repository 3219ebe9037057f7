import test from 'ava';
import type {SocketEvent} from '../../../source/log/event.ts';
import {FlowScan, projectFlow} from '../../../source/flow/projection/project.ts';
import {
	briefs, eventsOf, exchange, flowOf, received, sceneOf, sent, server, serverAt, type Told,
} from '../_scenes.ts';

/** Events without an end, and how many of them have been pulled. */
function * endless(
	make: (sequence: number) => SocketEvent[],
	pulled: {count: number; isReturned?: boolean},
): Generator<SocketEvent> {
	try {
		for (let sequence = 1_000_000; ; sequence--) {
			for (const event of make(sequence)) {
				pulled.count++;
				yield {...event, sequence: 5_000_000 - pulled.count};
			}
		}
	} finally {
		pulled.isReturned = true;
	}
}

test('only the events that the rows need are pulled', t => {
	const pulled = {count: 0, isReturned: false};
	const flow = projectFlow(
		endless(
			sequence =>
				eventsOf(...exchange(1, sequence, `ask ${sequence}`, `answer ${sequence}${'x'.repeat(sequence % 3)}`)).toReversed(),
			pulled,
		),
		sceneOf('udp'),
		20,
	);
	t.is(flow.steps.length, 20);
	t.false(flow.isWhole);
	t.true(pulled.count < 400, `${pulled.count} events`);
	t.true(pulled.isReturned);
});

test('at most the limit of events is pulled, and one to see that there are more', t => {
	const pulled = {count: 0, isReturned: false};
	const flow = projectFlow(
		endless(sequence => eventsOf(...exchange(1, sequence, 'ask', 'answer')).toReversed(), pulled),
		sceneOf('udp'),
		20,
		1000,
	);
	t.deepEqual(briefs(flow), [
		'client:1 datagram arrived server 3 "ask" × 250+',
		'server datagram arrived client:1 6 "answer" × 250+',
	]);
	t.is(pulled.count, 1001);
	t.false(flow.isWhole);
});

test('what is shown is joined with what lies just before it', t => {
	const told = Array.from(
		{length: 200},
		(_, index) =>
			[
				1,
				sent(index + 1, `datagram ${index}`, {to: server, arrival: {type: 'read', number: index + 1}}),
			] as const,
	);
	const arrivals = told.map((_, index) => [server, received(index + 1, `datagram ${index}`, {from: 1, write: index + 1})] as const);
	const flow = flowOf(eventsOf(...told, ...arrivals), sceneOf('udp'), 30);
	t.deepEqual(flow.steps.map(({sequence}) => sequence), Array.from({length: 30}, (_, index) => 370 + index));
	t.true(flow.steps.every(({part, mark}) => part === 'arrival' && mark !== undefined));
});

test('events that are not drawn count for the limit, too', t => {
	const pulled = {count: 0, isReturned: false};
	t.deepEqual(
		briefs(projectFlow(
			endless(() => eventsOf([server, {type: 'rule-changed', rule: 'echo'}]), pulled),
			sceneOf('udp'),
			20,
		)),
		[],
	);
	t.is(pulled.count, 4097);
});

test('a diagram that shows all there is says so', t => {
	const events = eventsOf(...exchange(1, 1, 'a', 'b'));
	t.true(flowOf(events, sceneOf('udp'), 2, 4).isWhole);
	t.false(flowOf(events, sceneOf('udp'), 1).isWhole);
	t.false(flowOf(events, sceneOf('udp'), 2, 3).isWhole);
	t.deepEqual(flowOf([], sceneOf('udp')).steps, []);
	t.deepEqual(flowOf(events, sceneOf('udp'), 0).steps, []);
});

test('the oldest event that was looked at is told, even where nothing is drawn', t => {
	t.is(flowOf(eventsOf(...exchange(1, 1, 'a', 'b')), sceneOf('udp'), 2, 3).oldest, 1);
	t.like(
		flowOf(
			eventsOf([server, {type: 'rule-changed', rule: 'echo'}], [server, {type: 'rule-changed', rule: 'reverse'}]),
			sceneOf('udp'),
			2,
			1,
		),
		{steps: [], oldest: 1, isWhole: false},
	);
	t.is(flowOf([], sceneOf('udp')).oldest, undefined);
});

test('a datagram whose sending may be among older events is not drawn where it arrived; where there are none, it is', t => {
	const scan = new FlowScan(sceneOf('udp'));
	const [read] = eventsOf([server, received(1, 'hi', {from: 1, write: 1})]);
	scan.add(read!);
	t.deepEqual(briefs(scan.flow(10, false, true)), []);
	t.deepEqual(briefs(scan.flow(10, true, true)), ['client:1 datagram arrived server 2 "hi"']);
});

test('a connection that is open has the server\'s port, though no event tells it any longer', t => {
	const scene = sceneOf('tcp');
	const open = {...scene, server: {...scene.server!, connections: [{number: 3, peerPort: 51_001}]}};
	const {lanes} = flowOf([], open);
	t.like(lanes.find(({id}) => id === 'connection:3'), {number: 3, ports: [serverAt.port], peerPort: 51_001});
});

test('of a lane\'s ports the four newest are named, and that there were more where there were', t => {
	for (const [count, named, hasMore] of [[4, [1, 2, 3, 4], false], [5, [2, 3, 4, 5], true]] as const) {
		const told = Array.from({length: count}, (_, index): Told => [
			1, {type: 'socket-bound', local: {host: '127.0.0.1', port: index + 1}},
		]);
		t.like(flowOf(eventsOf(...told), sceneOf('udp', 1)).lanes[0], {ports: named, hasMorePorts: hasMore});
	}
});

test('where steps from a place on are left out, the oldest event of the others is told', t => {
	const events = eventsOf(...[1, 2, 3].flatMap(number => exchange(1, number, `a${number}`, `b${number}`))).toReversed();
	const scan = new FlowScan(sceneOf('udp'), 4);
	for (const event of events.slice(0, 8)) {
		scan.add(event);
	}

	t.is(scan.flow(10, true, true).oldest, undefined);
	scan.add(events[8]!);
	t.is(scan.flow(10, true, true).oldest, 3);
});

test('no more events are pulled than the limit allows, however few of them rows need', t => {
	const pulled = {count: 0, isReturned: false};
	projectFlow(
		endless(sequence => eventsOf(...exchange(1, sequence, `ask ${sequence}`, `${sequence}`)).toReversed(), pulled),
		sceneOf('udp'),
		20,
		120,
	);
	t.true(pulled.count <= 121, `${pulled.count} events`);
});
