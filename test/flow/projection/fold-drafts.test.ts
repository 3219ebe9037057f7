import test from 'ava';
import type {SocketEvent} from '../../../source/log/event.ts';
import {stepLabel} from '../../../source/flow/drawing/label.ts';
import type {PlacedDraft} from '../../../source/flow/projection/drafts.ts';
import {foldDrafts} from '../../../source/flow/projection/rows.ts';
import {unchanged} from '../../../source/flow/step.ts';
import {
	briefs, eventsOf, exchange, flowOf, passedIn, received, sceneOf, sent, server, type Told, words,
} from '../_scenes.ts';

const scene = sceneOf('udp');

function lost(number: number, text: string): Told {
	return [1, sent(number, text, {to: server, arrival: {type: 'lost'}})];
}

function times(count: number, make: (number: number) => readonly Told[]): Told[] {
	return Array.from({length: count}, (_, index) => make(index + 1)).flat();
}

test('four neighbours that are equal become one, from the oldest of them to the newest', t => {
	const flow = flowOf(eventsOf(...times(4, number => [lost(number, 'a')]), lost(5, 'b'), lost(6, 'a')), scene);
	t.deepEqual(briefs(flow), [
		'client:1 datagram lost server 1 "a" × 4',
		'client:1 datagram lost server 1 "b"',
		'client:1 datagram lost server 1 "a"',
	]);
	t.deepEqual(
		flow.steps.map(({sequence, first, took}) => [sequence, first, took]),
		[
			[3, 0, 3],
			[4, 4, 0],
			[5, 5, 0],
		],
	);
	t.is(flow.steps[0]!.time, flow.steps[1]!.time - 4);
});

test('three stay apart, and so do three pairs', t => {
	t.deepEqual(
		flowOf(eventsOf(...times(3, number => [lost(number, 'a')])), scene).steps.map(({count}) => count),
		[1, 1, 1],
	);
	t.deepEqual(
		flowOf(eventsOf(...times(3, number => exchange(1, number, 'a', 'b'))), scene).steps.map(({count}) => count),
		[1, 1, 1, 1, 1, 1],
	);
});

test('two messages of the same length, and their answers, show what they say', t => {
	t.deepEqual(briefs(flowOf(eventsOf(...exchange(1, 1, 'one', 'ONE'), ...exchange(1, 2, 'two', 'TWO')), scene)), [
		'client:1 datagram arrived server 3 "one"',
		'server datagram arrived client:1 3 "ONE"',
		'client:1 datagram arrived server 3 "two"',
		'server datagram arrived client:1 3 "TWO"',
	]);
});

test('what differs in its fate, its length, its bytes or its lanes stays apart', t => {
	const kinds: readonly Told[] = [
		lost(1, 'a'),
		[1, sent(2, 'a', {to: server, arrival: {type: 'under-way'}})],
		[1, sent(3, 'aa', {to: server, arrival: {type: 'under-way'}})],
		[1, sent(4, 'ab', {to: server, arrival: {type: 'under-way'}})],
		[2, sent(5, 'ab', {to: server, arrival: {type: 'under-way'}})],
	];
	t.is(flowOf(eventsOf(...times(8, () => kinds)), scene).steps.length, 40);
	t.deepEqual(
		flowOf(eventsOf(...kinds.flatMap(kind => [kind, kind, kind, kind])), scene).steps.map(({count}) => count),
		[4, 4, 4, 4, 4],
	);
});

test('whatever an arrow differs in, four of them are not four of the others', t => {
	const draft: PlacedDraft = {
		sequence: 0,
		place: 0,
		time: 0,
		kind: 'datagram',
		own: {
			lane: 'client:1', local: undefined, peer: undefined, far: undefined, isConnected: false, closing: undefined, failure: undefined,
		},
		from: 'client:1',
		to: 'server',
		fate: 'left',
		length: 1,
		bytes: Uint8Array.of(1),
		encoding: undefined,
		lead: undefined,
		note: undefined,
		code: undefined,
		link: undefined,
		part: undefined,
		bundle: undefined,
		hasUnread: false,
		isVacant: false,
		isUnreachable: false,
		isByKernel: false,
		isInferred: false,
	};
	const differences: ReadonlyArray<Partial<PlacedDraft>> = [
		{kind: 'chunk'},
		{from: 'client:2'},
		{to: 'connection:1'},
		{fate: 'lost'},
		{length: 2},
		{bytes: Uint8Array.of(2)},
		{bytes: undefined},
		{code: 'EPIPE'},
		{part: 'departure'},
		{bundle: 7},
		{isByKernel: true},
		{isInferred: true},
		{note: {type: 'port', port: 9}},
		{link: {...unchanged, copies: 2}},
	];
	const counts = (drafts: readonly PlacedDraft[]): number[] => foldDrafts(drafts.map((each, index) => ({
		...each, sequence: -index, place: -index,
	}))).map(({count}) => count);
	const four = Array.from({length: 4}, () => draft);
	t.deepEqual(counts([...four, ...four]), [8]);
	for (const difference of differences) {
		const others = four.map(each => ({...each, ...difference}));
		t.deepEqual(counts([...four, ...others, ...four]), [4, 4, 4], Object.keys(difference).join(' '));
	}
});

test('what two clients say to each other alternates, too: the lower one asks', t => {
	const told = times(5, number => [
		[1, sent(number, 'ping', {to: 2, arrival: {type: 'read', number}})],
		[2, received(number, 'ping', {from: 1, write: number})],
		[2, sent(number, 'PONG!', {to: 1, arrival: {type: 'read', number}})],
		[1, received(number, 'PONG!', {from: 2, write: number})],
	]);
	t.deepEqual(briefs(flowOf(eventsOf(...told), scene)), [
		'client:1 datagram arrived client:2 4 "ping" × 5',
		'client:2 datagram arrived client:1 5 "PONG!" × 5',
	]);
});

test('requests and answers that alternate become two lines', t => {
	const {steps, ...rest} = flowOf(eventsOf(...times(240, number => exchange(1, number, 'ping', 'PONG!'))), scene);
	t.deepEqual(briefs({steps, ...rest}), [
		'client:1 datagram arrived server 4 "ping" × 240',
		'server datagram arrived client:1 5 "PONG!" × 240',
	]);
	t.deepEqual(
		steps.map(({first, sequence, took, isSecond}) => [first, sequence, took, isSecond]),
		[
			[0, 956, 956, false],
			[2, 958, 956, true],
		],
	);
});

test('a request that has no answer yet stays apart from the pairs before it', t => {
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				...times(4, number => exchange(1, number, 'ping', 'PONG!')),
				...exchange(1, 5, 'ping', '').slice(0, 2),
			),
			scene,
		)),
		[
			'client:1 datagram arrived server 4 "ping" × 4',
			'server datagram arrived client:1 5 "PONG!" × 4',
			'client:1 datagram arrived server 4 "ping"',
		],
	);
});

test('a request that has no answer stays apart from the pairs behind it', t => {
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				...exchange(1, 1, 'ping', '').slice(0, 2),
				...times(4, number => exchange(1, number + 1, 'ping', 'PONG!')),
			),
			scene,
		)),
		[
			'client:1 datagram arrived server 4 "ping"',
			'client:1 datagram arrived server 4 "ping" × 4',
			'server datagram arrived client:1 5 "PONG!" × 4',
		],
	);
});

test('pairs of which one half differs stay apart', t => {
	t.is(flowOf(eventsOf(...times(5, number => exchange(1, number, `ask ${number}`, 'ok'))), scene).steps.length, 10);
	t.is(flowOf(eventsOf(...times(5, number => exchange(1, number, 'ask', `ok ${number}`))), scene).steps.length, 10);
	t.is(
		flowOf(eventsOf(...times(5, number => exchange(1, number, 'x'.repeat(number), 'ok'))), scene).steps.length,
		10,
	);
});

test('pairs of two clients stay apart', t => {
	t.is(
		flowOf(
			eventsOf(...times(4, number => [...exchange(1, number, 'a', 'b'), ...exchange(2, number, 'a', 'b')])),
			scene,
		).steps.length,
		16,
	);
});

test('steps that repeat between pairs are counted where they stand', t => {
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				...times(4, number => exchange(1, number, 'a', 'b')),
				...times(5, number => [lost(number + 4, 'a')]),
				...exchange(1, 10, 'a', 'b'),
			),
			scene,
		)),
		[
			'client:1 datagram arrived server 1 "a" × 4',
			'server datagram arrived client:1 1 "b" × 4',
			'client:1 datagram lost server 1 "a" × 5',
			'client:1 datagram arrived server 1 "a"',
			'server datagram arrived client:1 1 "b"',
		],
	);
});

test('a count that the limit has cut says that there may be more', t => {
	const told = times(50, number => [lost(number, 'a')]);
	t.deepEqual(briefs(flowOf(eventsOf(...told, ...times(4, number => [lost(number + 50, 'b')])), scene, 10, 32)), [
		'client:1 datagram lost server 1 "a" × 28+', 'client:1 datagram lost server 1 "b" × 4',
	]);
	t.deepEqual(briefs(flowOf(eventsOf(...told), scene, 10, 50)), ['client:1 datagram lost server 1 "a" × 50']);
});

test('pairs that the limit has cut, between a request and its answer, too, say that there may be more', t => {
	const answered = (number: number): Told[] => [[server, received(number, 'a')], [server, sent(number, 'b')]];
	const events = eventsOf(...times(50, number => answered(number)));
	t.deepEqual(briefs(flowOf(events, scene, 10, 20)), [
		'peer:127.0.0.1:5555 datagram arrived server 1 "a" × 10+',
		'server datagram left peer:127.0.0.1:5555 1 "b" × 10+',
	]);
	t.deepEqual(briefs(flowOf(events, scene, 10, 21)), [
		'server datagram left peer:127.0.0.1:5555 1 "b"',
		'peer:127.0.0.1:5555 datagram arrived server 1 "a" × 10+',
		'server datagram left peer:127.0.0.1:5555 1 "b" × 10+',
	]);
});

test('a run of a second or longer says how long it took, where there is room', t => {
	const labelOf = (gap: number, most?: number, columns = 100): string => {
		const events = eventsOf(...times(240, number => [lost(number, 'ping')])).map(event => ({
			...event,
			time: event.sequence * gap,
		}));
		return stepLabel(flowOf(events, scene, 10, most).steps[0]!, columns, words);
	};

	t.is(labelOf(4), '4 B "ping" ~lost × 240');
	t.is(labelOf(52), '4 B "ping" ~lost × 240 in 12.4 s');
	t.is(labelOf(52, 200), '4 B "ping" ~lost × 200+ in 10.3+ s');
	t.is(labelOf(5000), '4 B "ping" ~lost × 240 in 1,195 s');
	t.is(labelOf(52, undefined, 20), '4 B ~lost × 240', 'why it does not arrive comes before how long that took');
	t.is(labelOf(52, undefined, 18), '4 B ~lost × 240');
	t.is(labelOf(52, undefined, 9), '~lost × …');
});

test('what the link has held, or what was read visibly later, is no run: each has its departure and its arrival', t => {
	const told = times(5, number => [
		[1, sent(number, 'a', {to: server, arrival: {type: 'read', number}, fate: passedIn(30)})],
	]);
	const reads = times(5, number => [[server, received(number, 'a', {from: 1, write: number})]]);
	const departures = Array.from({length: 5}, (_, index) => `departure ${index + 1}`);
	const arrivals = Array.from({length: 5}, (_, index) => `arrival ${index + 1}`);
	const parts = (events: SocketEvent[]): string[] =>
		flowOf(events, scene).steps.map(({part, mark, count}) => `${part} ${mark}${count > 1 ? ` × ${count}` : ''}`);
	t.deepEqual(parts(eventsOf(...told, ...reads)), [...departures, ...arrivals]);
	const plain = eventsOf(
		...times(5, number => [[1, sent(number, 'a', {to: server, arrival: {type: 'read', number}})]]),
		...reads,
	);
	t.deepEqual(parts(plain), ['undefined undefined × 5']);
	const late = plain.map((event, index) => ({...event, time: event.time + (index < 5 ? 0 : 100)}));
	t.deepEqual(parts(late), [...departures, ...arrivals]);
});

test('what is overtaken on its lane by something else is not folded, however little later it arrives', t => {
	const told = (isOvertaken: boolean): Told[] => {
		const aside: Told = [server, sent(9, 'x', {to: 2, arrival: {type: 'under-way'}})];
		return [
			...times(4, number => [[1, sent(number, 'a', {to: server, arrival: {type: 'read', number}})]]),
			...(isOvertaken ? [aside] : []),
			...times(4, number => [[server, received(number, 'a', {from: 1, write: number})]]),
			...(isOvertaken ? [] : [aside]),
		];
	};

	t.deepEqual(briefs(flowOf(eventsOf(...told(false)), scene)), [
		'client:1 datagram arrived server 1 "a" × 4',
		'server datagram under-way client:2 1 "x"',
	]);
	t.deepEqual(briefs(flowOf(eventsOf(...told(true)), scene)), [
		...['①', '②', '③', '④'].map(mark => `client:1 datagram departure ${mark} arrived server 1 "a"`),
		'server datagram under-way client:2 1 "x"',
		...['①', '②', '③', '④'].map(mark => `client:1 datagram arrival ${mark} arrived server 1 "a"`),
	]);
});
