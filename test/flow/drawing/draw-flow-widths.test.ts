import test from 'ava';
import fc from 'fast-check';
import type {EventType} from '../../../source/log/event.ts';
import type {FlowScene} from '../../../source/flow/step.ts';
import {hostileBytes} from '../../helpers/hostile-text.ts';
import {
	eventsOf, everyType, flowOf, sceneOf, sent, server, textOf,
} from '../_scenes.ts';
import {draw, isExact} from '../_drawing.ts';

const scenes: readonly FlowScene[] = [
	sceneOf('udp', 9),
	sceneOf('tcp', 9),
	sceneOf('tcp', 1),
	{protocol: 'tcp', clients: []},
];
test('from 76 columns on, and only then, there is room for times in full', t => {
	const events = eventsOf([1, sent(1, 'hello', {to: server, arrival: {type: 'read', number: 1}})]);
	const timeAt = (width: number): string => textOf(draw(events, sceneOf('udp', 1), width).lines[0]!).trim().split(' ')[0]!;
	t.deepEqual([timeAt(75), timeAt(76)], ['05.000', '03:04:05.000']);
});

const columns = fc.integer({min: 1, max: 200});
const control
	= /[\p{Control}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{200B}\u{200C}\u{200E}\u{200F}]/v;

test('every type of event makes lines of exactly the columns asked for', t => {
	const types = fc.array(fc.constantFrom(...Object.keys(everyType) as EventType[]), {maxLength: 30});
	fc.assert(fc.property(
		types,
		fc.constantFrom(...scenes),
		columns,
		fc.constantFrom('client:1', 'server', 'connection:3', 'peer:127.0.0.1:5555', undefined),
		(chosen, scene, width, focus) => {
			isExact(t, draw(eventsOf(...chosen.map(type => everyType[type])), scene, width, focus), width);
		},
	));
});

test('for any payload, lines have exactly the columns asked for and nothing that a terminal obeys', t => {
	fc.assert(
		fc.property(
			fc.array(hostileBytes, {minLength: 1, maxLength: 4}),
			columns,
			fc.boolean(),
			(payloads, width, isOurs) => {
				const told = payloads.map((bytes, index) =>
					[
						1,
						{
							...sent(index, '', isOurs ? {to: server, arrival: {type: 'read', number: index}} : {}),
							bytes,
							length: bytes.length,
						},
					] as const);
				const drawn = draw(eventsOf(...told), sceneOf('udp', 2), width, 'client:1');
				isExact(t, drawn, width);
				for (const line of drawn.lines) {
					t.notRegex(textOf(line), control);
				}
			},
		),
		{numRuns: 300},
	);
});

test('for any name and errno, lines have exactly the columns asked for and nothing that a terminal obeys', t => {
	fc.assert(
		fc.property(hostileBytes, columns, (bytes, width) => {
			const text = Buffer.from(bytes).toString();
			const peer = {host: text, port: 1};
			const failure = {code: text, syscall: 'getaddrinfo', message: text};
			const events = eventsOf(
				[1, {type: 'connect-failed', peer, failure}],
				[1, {type: 'connect-started', peer}],
				[1, {type: 'connect-failed', peer, failure: {...failure, syscall: 'connect'}}],
				[1, {type: 'fin-sent', peer}],
			);
			const drawn = draw(events, sceneOf('tcp', 2), width, 'client:2');
			isExact(t, drawn, width);
			for (const line of [...drawn.header, ...drawn.lines]) {
				t.notRegex(textOf(line), control);
			}
		}),
		{numRuns: 200},
	);
});

test('names that begin alike have lanes of their own, however long they are', t => {
	const peers = ['one', 'two'].map(end => ({host: `${'long.'.repeat(20)}${end}`, port: 9}));
	const failure = {code: 'ENOTFOUND', syscall: 'getaddrinfo', message: ''};
	const events = eventsOf(...peers.map(peer => [1, {
		type: 'send-failed', peer, failure, bytes: Buffer.from('x'), length: 1,
	}] as const));
	const {lanes} = flowOf(events, sceneOf('udp', 1));
	t.deepEqual(lanes.filter(({type}) => type === 'peer').map(({id}) => id), peers.map(({host}) => `peer:${host}:9`));
	isExact(t, draw(events, sceneOf('udp', 1), 90), 90);
});
