import test from 'ava';
import type {SocketEvent} from '../../../source/log/event.ts';
import {flowMermaid, flowSvg} from '../../../source/flow/drawing/export.ts';
import {
	briefs,
	chunk,
	clientAt,
	eventsOf,
	exchange,
	flowOf,
	handshake,
	passedIn,
	received,
	refused,
	sceneOf,
	sent,
	server,
	serverAt,
	textsOf,
	type Told,
	whole,
	words,
} from '../_scenes.ts';
import {draw} from '../_drawing.ts';

/** Events with the milliseconds after the first at which they happened. */
function timed(...told: ReadonlyArray<readonly [at: number, told: Told]>): SocketEvent[] {
	const events = eventsOf(...told.map(([, one]) => one));
	return events.map((event, index) => ({...event, time: events[0]!.time + told[index]![0]}));
}

function ask(number: number, delay: number, overtakenBy?: number): Told {
	return [1, sent(number, `message ${number}`, {
		to: server, arrival: {type: 'read', number: number === 1 ? 2 : 1}, fate: passedIn(delay, {overtakenBy}),
	})];
}

function read(number: number, write: number): Told {
	return [server, received(number, `message ${write}`, {from: 1, write})];
}

const overtaking = timed([0, ask(1, 140, 2)], [20, ask(2, 0)], [20.4, read(1, 2)], [140, read(2, 1)]);

test('an arrow that arrives later is two rows with the same mark; what overtakes it stands between them', t => {
	t.deepEqual(textsOf(draw(overtaking, sceneOf('udp', 1), 80, 'client:1')).slice(2), [
		'03:04:05.000         ├─ 9 B "message 1" link: +140 ms ①                │',
		'03:04:05.020         ├─ 9 B "message 2" ──────────────────────────────►│',
		'03:04:05.140         │       ① 9 B "message 1" arrived after write 2 ─►│',
	]);
});

test('what arrives later has an open head and a note in Mermaid, and slants in a picture', t => {
	const flow = flowOf(overtaking, sceneOf('udp', 1));
	const lines = whole(flowMermaid(flow, words)).split('\n').slice(3, 6).map(line => line.trim());
	t.deepEqual(lines.map(line => line.replaceAll(/#\d+;/g, '·')), [
		'L1-)L2: 9 B ·message 1· link· ·140 ms ①',
		'L1->>L2: 9 B ·message 2·',
		'Note over L2: ① 9 B ·message 1· link· arrived after write 2',
	]);
	const svg = whole(flowSvg(flow, words));
	const [slant] = /<line x1="220" y1="76" x2="460" y2="124"/.exec(svg) ?? [];
	t.truthy(slant);
});

test('several arrows are each one row, as long as each lane has everything in its order', t => {
	t.deepEqual(briefs(flowOf(eventsOf(
		...handshake(1),
		chunk('chunk-sent', 1, 'connection', {number: 1, offset: 0, text: 'bye'}),
		[server, {type: 'fin-sent', peer: clientAt(1)}, 1],
		[server, {
			type: 'socket-closed', peer: clientAt(1), local: serverAt, discarded: 0,
		}, 1],
		chunk('chunk-received', 1, 'client', {number: 1, offset: 0, text: 'bye'}),
		[1, {type: 'fin-received', peer: serverAt}],
	), sceneOf('tcp', 1))).slice(4), [
		'connection:1 chunk arrived client:1 3 "bye"',
		'connection:1 fin arrived client:1',
		'connection:1 socket-closed 0',
	]);
});

test('what was sent before something else arrived, and arrives behind it, is two rows', t => {
	const [ask1, read1, answer1, heard1] = exchange(1, 1, 'a', 'A');
	const [ask2, read2, answer2, heard2] = exchange(1, 2, 'b', 'B');
	t.deepEqual(briefs(flowOf(
		eventsOf(ask1, ask2, read1, answer1, read2, answer2, heard1, heard2),
		sceneOf('udp', 1),
	)), [
		'client:1 datagram arrived server 1 "a"',
		'client:1 datagram departure ① arrived server 1 "b"',
		'server datagram arrived client:1 1 "A"',
		'client:1 datagram arrival ① arrived server 1 "b"',
		'server datagram arrived client:1 1 "B"',
	]);
});

test('what arrives behind an arrow that is two rows is two rows, too, also where equal ones repeat', t => {
	const asks = [1, 2, 3, 4, 5].map((number): readonly [number, Told] => [number === 1 ? 0 : 25, [
		number === 1 ? 1 : 2, sent(number, number === 1 ? 'a' : 'b', {to: server, arrival: {type: 'read', number}}),
	]]);
	const reads = [1, 2, 3, 4, 5].map((number): readonly [number, Told] => [30, [
		server, received(number, number === 1 ? 'a' : 'b', {from: number === 1 ? 1 : 2, write: number}),
	]]);
	t.deepEqual(briefs(flowOf(timed(...asks, ...reads), sceneOf('udp', 2))), [
		'client:1 datagram departure ① arrived server 1 "a"',
		'client:2 datagram departure ② arrived server 1 "b"',
		'client:2 datagram departure ③ arrived server 1 "b"',
		'client:2 datagram departure ④ arrived server 1 "b"',
		'client:2 datagram departure ⑤ arrived server 1 "b"',
		'client:1 datagram arrival ① arrived server 1 "a"',
		'client:2 datagram arrival ② arrived server 1 "b"',
		'client:2 datagram arrival ③ arrived server 1 "b"',
		'client:2 datagram arrival ④ arrived server 1 "b"',
		'client:2 datagram arrival ⑤ arrived server 1 "b"',
	]);
});

test('a mark is free again when its arrow has arrived, and of more than twenty the rest are numbers', t => {
	const asks = Array.from({length: 22}, (_, index): readonly [number, Told] =>
		[index, [1, sent(index + 1, `${index}`, {to: server, arrival: {type: 'read', number: index + 1}})]]);
	const reads = Array.from({length: 22}, (_, index): readonly [number, Told] =>
		[100 + index, [server, received(index + 1, `${index}`, {from: 1, write: index + 1})]]);
	const later = [[200, asks[0]![1]], [300, reads[0]![1]]] as const;
	const marks = flowOf(timed(...asks, ...reads, ...later), sceneOf('udp', 1)).steps.map(({mark}) => mark);
	t.deepEqual(marks.slice(0, 22), Array.from({length: 22}, (_, index) => index + 1));
	t.deepEqual(marks.slice(22, 44), marks.slice(0, 22));
	const drawn = textsOf(draw(timed(...asks, ...reads), sceneOf('udp', 1), 80, 'client:1'));
	t.regex(drawn[2 + 19]!, /⑳/);
	t.regex(drawn[2 + 20]!, /\(21\)/);
});

test('accept() returns behind the handshake, whichever end was told of it first', t => {
	const [started, opened, accepted] = handshake(1);
	const kinds = ['connect', 'connected', 'ack', 'accept'];
	for (const told of [[started!, opened!, accepted!], [started!, accepted!, opened!]]) {
		t.deepEqual(flowOf(eventsOf(...told), sceneOf('tcp', 1)).steps.map(({kind}) => kind), kinds);
	}
});

test('a socket with a peer that is told of ECONNREFUSED was sent an ICMP message, behind the datagram', t => {
	const peer = {host: '127.0.0.1', port: 9};
	t.deepEqual(briefs(flowOf(eventsOf(
		[1, {type: 'peer-set', peer, local: clientAt(1)}],
		[1, {
			type: 'datagram-sent', peer, number: 1, length: 1, bytes: Uint8Array.of(0x61),
		}],
		[1, {type: 'socket-failed', failure: {...refused, syscall: 'recv'}}],
	), sceneOf('udp', 1))).slice(1), [
		'client:1 datagram left peer:127.0.0.1:9 1 "a"',
		'peer:127.0.0.1:9 K unreachable arrived client:1 ECONNREFUSED',
	]);
});

test('a RST from far away may have been an ICMP message', t => {
	const told = (host: string): string[] => briefs(flowOf(eventsOf(
		[1, {type: 'connect-started', peer: {host, port: 9}}],
		[1, {type: 'connect-failed', peer: {host, port: 9}, failure: refused}],
	), sceneOf('tcp', 1)));
	t.is(told('192.0.2.1')[1], 'peer:192.0.2.1:9 K reset inferred arrived client:1 ECONNREFUSED');
	t.is(told('127.0.0.1')[1], 'peer:127.0.0.1:9 K reset arrived client:1 ECONNREFUSED');
});
