/* What real sockets do not show at will: states under way, bounds, and every field of events. */
import test from 'ava';
import type {SocketEvent} from '../../source/log/event.ts';
import {perfect} from '../../source/link/conditions.ts';
import {loadLessons} from '../../source/lessons/chapter.ts';
import {compare} from '../../source/lessons/compare.ts';
import {eventFields, writeEventField} from '../../source/lessons/fields.ts';
import type {Condition} from '../../source/lessons/lesson.ts';
import {LessonRun} from '../../source/lessons/lesson-run.ts';
import {isActor, type LessonFacts, type SeenEvent} from '../../source/lessons/seen.ts';
import {trackCondition, type TrackContext} from '../../source/lessons/track-condition.ts';
import {lessonVocabulary} from '../../source/screen/input/vocabulary.ts';
import {everyEvent, report} from '../helpers/every-event.ts';
import {lessonWith, stepFor} from '../helpers/lesson-room.ts';

const facts: LessonFacts = {
	scenes: {
		udp: {
			server: 'open',
			local: {host: '127.0.0.1', port: 12_000},
			clients: 1,
			openClients: 0,
			connections: 0,
			rule: 'echo',
			closeAfterReply: false,
			seed: 1,
			link: {'to-server': perfect, 'to-clients': perfect},
		},
	},
	experiment: undefined,
	look: {scenes: ['udp'], panes: [], overlays: []},
};

const local = {host: '127.0.0.1', port: 80};

function contextWith(changed: Partial<LessonFacts> = {}): TrackContext {
	return {facts: () => ({...facts, ...changed}), scenes: () => ['udp'], bound: () => new Map()};
}

function conditionOf(yaml: string): Condition {
	return lessonWith([stepFor(yaml)]).steps[0]!.checks[0]!.when;
}

function seen(event: SocketEvent, sequence = 0): SeenEvent {
	return {
		event: {...event, sequence}, scene: 'udp', client: 1, local: {host: '127.0.0.1', port: 50_000}, wallTime: 0, became: undefined,
	};
}

const received = (text: string, sequence: number): SeenEvent => seen({
	type: 'datagram-received',
	peer: {host: '127.0.0.1', port: 80},
	bytes: Buffer.from(text),
	length: text.length,
	number: 1,
	isThirdParty: false,
	sequence,
	time: 0,
	pane: 1,
	socket: 0,
}, sequence);

test('an experiment that is under way has no outcome yet', t => {
	const condition = conditionOf('{experiment: udp-refused}');
	for (const [outcome, count] of [[undefined, 0], ['caused', 1], ['failed', 1]] as const) {
		const tracker = trackCondition(condition, contextWith({experiment: {name: 'udp-refused', outcome}}));
		t.is(tracker.take(undefined).length, count);
	}

	const other = trackCondition(condition, contextWith({experiment: {name: 'tcp-refused', outcome: 'caused'}}));
	t.is(other.take(undefined).length, 0);
});

test('a state is told when it begins to be so, and again after it has not been so', t => {
	let overlays: LessonFacts['look']['overlays'] = [];
	const tracker = trackCondition(conditionOf('{overlay: flow}'), {
		...contextWith(), facts: () => ({...facts, look: {...facts.look, overlays}}),
	});
	const counts = [[], ['flow'], ['flow'], [], ['flow']].map(shown => {
		overlays = shown as typeof overlays;
		return tracker.take(undefined).length;
	});
	t.deepEqual(counts, [0, 1, 0, 0, 1]);
});

test('however many beginnings a sequence has, some of the newest are followed', t => {
	const condition = conditionOf('{then: [{event: datagram-received, as: first}, {event: datagram-received, as: second, where: text = first.text}]}');
	const tracker = trackCondition(condition, contextWith());
	for (let number = 0; number < 1000; number++) {
		t.is(tracker.take(received(`message ${number}`, number)).length, 0);
	}

	t.is(tracker.take(received('message 0', 1000)).length, 0);
	const matches = tracker.take(received('message 999', 1001));
	t.true(matches[0]?.bound.get('first')?.seen.event.sequence === 999);
});

test('what must not happen in between ends every beginning of a sequence', t => {
	const condition = conditionOf('{then: [{event: datagram-received, text: a}, '
		+ '{event: datagram-received, text: b, without: {event: datagram-received, text: c}}]}');
	const tracker = trackCondition(condition, contextWith());
	const counts = ['a', 'a', 'a', 'c', 'b', 'a', 'b'].map((text, index) => tracker.take(received(text, index)).length);
	t.deepEqual(counts, [0, 0, 0, 0, 0, 0, 1]);
});

test('what is bound keeps its bytes, whatever becomes of the sender\'s', t => {
	const tracker = trackCondition(conditionOf('{event: datagram-received, as: it-came, count: 3}'), contextWith());
	const event = received('mine', 7);
	tracker.take(received('one', 5));
	tracker.take(received('two', 6));
	const matches = tracker.take(event);
	if ('bytes' in event.event) {
		event.event.bytes.fill(0);
	}

	const binding = matches[0]?.bound.get('it-came');
	t.deepEqual(binding && writeEventField(binding.seen, 'text'), {bytes: new Uint8Array(Buffer.from('mine')), length: 4});
	t.deepEqual(binding?.places.map(({sequence}) => sequence), [5, 6, 7]);
});

test('each field has a value in some event, and every value can be written', t => {
	const without = new Set(Object.keys(eventFields));
	const sent = everyEvent['datagram-sent'];
	const copies = [{delay: 3}];
	const events: readonly SocketEvent[] = [
		...Object.values(everyEvent),
		{...everyEvent['socket-bound'], asked: local},
		{...sent, fate: {type: 'lost', cause: 'next'}},
		{
			...sent, fate: {
				type: 'passed', copies, isHeldBack: false, onTheLink: 0, discarded: 0, overtakenBy: undefined,
			},
		},
		{
			...everyEvent['datagram-received'], elapsed: 3, write: 1, passage: {delay: 3, copy: 2},
		},
	];
	const unwritten = events.flatMap(event => Object.entries(eventFields).flatMap(([name, field]) => {
		if (field.of(seen(event)) === undefined) {
			return [];
		}

		without.delete(name);
		return writeEventField(seen(event), name) === undefined ? [name] : [];
	}));
	t.deepEqual(unwritten, []);
	t.deepEqual([...without], []);
});

test('the fields of a series are each its own count', t => {
	const counts = {
		wanted: 90, sent: 80, answered: 50, lostByLink: 11, droppedByKernel: 12, failed: 13, late: 14, outOfOrder: 15,
		duplicates: 16, duration: 17,
	};
	const ended = seen({...everyEvent['series-ended'], report: {...report, ...counts}});
	const fields = {
		count: 90, sent: 80, answered: 50, lost: 11, dropped: 12, failed: 13, unanswered: 30, late: 14, reordered: 15,
		duplicates: 16, median: 2, duration: 17,
	};
	for (const [name, value] of Object.entries(fields)) {
		t.is(eventFields[name]?.of(ended), value, name);
	}
});

test('an event is of a client, or of the server\'s own socket, or of one of its connection sockets', t => {
	const namesOf = (...of: [client: number | undefined, socket: number]): readonly string[] =>
		['client', 'client 2', 'server', 'welcoming', 'connection', 'connection 2'].filter(name => {
			const condition = conditionOf(`{event: rule-changed, by: ${name}}`);
			return condition.type === 'event' && isActor(condition.by!, ...of);
		});
	t.deepEqual(namesOf(1, 0), ['client']);
	t.deepEqual(namesOf(2, 0), ['client', 'client 2']);
	t.deepEqual(namesOf(undefined, 0), ['server', 'welcoming']);
	t.deepEqual(namesOf(undefined, 1), ['server', 'connection']);
	t.deepEqual(namesOf(undefined, 2), ['server', 'connection', 'connection 2']);
});

test('of many counted events the last fifty are kept', t => {
	const many = trackCondition(conditionOf('{event: datagram-received, as: it-came, count: 200}'), contextWith());
	const matches = Array.from({length: 200}, (_, number) => many.take(received('x', number))).flat();
	const [first, ...others] = matches[0]!.bound.get('it-came')!.places.map(({sequence}) => sequence);
	t.deepEqual([matches.length, first, others.length], [1, 150, 49]);
});

test('what is so already when its turn comes is told with the event before it', t => {
	const tracker = trackCondition(conditionOf('{then: [{event: datagram-received}, {state: server = open}]}'), contextWith());
	t.deepEqual(tracker.take(received('x', 3)).map(({by}) => by?.event.sequence), [3]);
});

/** A run of a lesson with two steps: the first has this check, the second a scene of its own. */
function runOf(condition: string, done: readonly number[] = []): LessonRun {
	return new LessonRun({
		lesson: lessonWith([stepFor(condition), stepFor('{event: rule-changed}', 'scene: {protocol: udp}')]),
		done,
		facts: () => facts,
		now: () => 0,
		onStep: () => undefined,
	});
}

test('whoever looks at a lesson is told of each event that counts', t => {
	const run = runOf('{event: datagram-received, count: 3}');
	run.enter(0, true);
	run.begin();
	const changes = [1, 2, 3].map(number => {
		run.take(received('x', number));
		return run.changes;
	});
	t.is(new Set(changes).size, 3);
	t.is(run.phase, 'explaining');
});

test('a step can be skipped while its scene is being opened, and none that the lesson has not is done', t => {
	const run = runOf('{event: rule-changed}', [1, 2, 7]);
	run.enter(0, true);
	run.skip();
	t.deepEqual([run.skipped, run.done], [[0], [1]]);
});

const comparisons: ReadonlyArray<readonly [...Parameters<typeof compare>, boolean]> = [
	[5, '=', 5, true],
	[5, '=', '5', true],
	[5, '!=', 6, true],
	[5, '!=', 5, false],
	[5, '<', 6, true],
	[5, '<', 5, false],
	[5, '<=', 5, true],
	[6, '<=', 5, false],
	[6, '>', 5, true],
	[5, '>', 5, false],
	[5, '>=', 5, true],
	[4, '>=', 5, false],
	['abc', 'contains', 'b', true],
	['abc', 'contains', 'd', false],
	['abc', 'starts with', 'ab', true],
	['abc', 'starts with', 'b', false],
	['abc', 'ends with', 'bc', true],
	['abc', 'ends with', 'b', false],
	[true, '=', 'true', true],
	[false, '=', 'true', false],
	[local, '=', {host: '127.0.0.1', port: 80}, true],
	[local, '=', {host: '127.0.0.1', port: 81}, false],
	[local, '=', {host: '127.0.0.2', port: 80}, false],
	[local, '=', {host: '::ffff:127.0.0.1', port: 80}, true],
	[local, '=', {host: '0.0.0.0', port: 80}, true],
	[{host: '::', port: 80}, '=', local, true],
	[local, '!=', {host: '127.0.0.1', port: 81}, true],
	[local, '=', '127.0.0.1:80', true],
	[local, '!=', '127.0.0.1:80', false],
	// What is missing is neither equal nor unequal to anything.
	[undefined, '=', 5, false],
	[undefined, '!=', 5, false],
	[5, '!=', undefined, false],
];

for (const [left, operator, right, holds] of comparisons) {
	test(`${JSON.stringify(left)} ${operator} ${JSON.stringify(right)} is ${holds}`, t => {
		t.is(compare(left, operator, right), holds);
	});
}

test('the answer before the server\'s FIN is the one that is explained, and none to an earlier message', async t => {
	const lessons = await loadLessons(lessonVocabulary);
	const {when} = lessons.find(({id}) => id === 'closing')!.steps[1]!.checks[0]!;
	const tracker = trackCondition(when, contextWith());
	const data = {
		peer: local, bytes: Buffer.from('x'), length: 1, number: 1, far: undefined, offset: 0,
	};
	const [sent, answered] = [{...data, type: 'chunk-sent'}, {...data, type: 'chunk-received', elapsed: undefined}] as const;
	const events = [sent, answered, sent, answered, {type: 'fin-received', peer: local, closesToo: false}] as const;
	const matches = events.flatMap((event, sequence) =>
		tracker.take(seen({
			...event, time: 0, pane: 1, socket: 0, sequence,
		} as SocketEvent, sequence)));
	t.deepEqual(matches.map(({bound}) => bound.get('reply')?.seen.event.sequence), [3]);
});
