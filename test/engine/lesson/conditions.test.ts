/* Each kind of condition on real sockets: what does not tick it, and what does. */
import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import type {Command} from '../../../source/engine/api/command.ts';
import type {ScreenLook} from '../../../source/engine/api/lesson.ts';
import {perfect} from '../../../source/link/conditions.ts';
import {
	type LessonRoom, lessonWith, openLesson, stepFor,
} from '../../helpers/lesson-room.ts';

/** Something that a person does. Settles when it has had its effect. */
type Do = (room: LessonRoom) => Promise<unknown>;

type Case = {
	readonly name: string;
	readonly scene?: string;
	/** The YAML of the condition, in one line. */
	readonly condition: string;
	readonly wrong: readonly Do[];
	readonly right: readonly Do[];
};

const exchange = (text: string, place = 0, scene: 'udp' | 'tcp' = 'udp'): Do => async room => room.exchange(text, scene, place);
const tcpExchange = (text: string, place = 0): Do => exchange(text, place, 'tcp');
const command = (made: Command): Do => async room => room.playground.execute(made);
const setRule = (rule: 'echo' | 'reverse' | 'discard'): Do => command({type: 'set-rule', protocol: 'udp', rule});
const stopServer = (protocol: 'udp' | 'tcp'): Do => command({type: 'stop-server', protocol});
const setLink = (loss: number): Do => command({
	type: 'set-link', scene: 'udp', direction: 'to-server', conditions: {...perfect, loss},
});

/** Send a datagram that the link loses. */
const sendLost = (text: string): Do => async room => {
	await room.playground.execute({type: 'lose-next', scene: 'udp', direction: 'to-server'});
	await room.send(room.client('udp').pane, text);
	await room.happened('datagram-sent', ({fate}) => fate?.type === 'lost');
};

const look = (made: (room: LessonRoom) => Partial<ScreenLook>): Do => async room =>
	room.playground.execute({
		type: 'note-screen', look: {
			scenes: ['udp'], panes: [], focus: undefined, overlays: [], ...made(room),
		},
	});

const onClient = (room: LessonRoom, of: 'udp' | 'tcp' = 'udp'): Command & {readonly pane: number} => ({type: 'close-client', pane: room.client(of).pane});

const cases: readonly Case[] = [
	{
		name: 'an event of one client',
		scene: 'protocol: udp, clients: 2',
		condition: '{event: datagram-sent, by: client 2}',
		wrong: [exchange('from the first')],
		right: [exchange('from the second', 1)],
	},
	{
		name: 'one of two kinds of events',
		condition: '{event: [rule-changed, socket-closed]}',
		wrong: [exchange('neither')],
		right: [setRule('echo')],
	},
	{
		name: 'a payload by its text',
		condition: '{event: datagram-received, by: server, text: hello}',
		wrong: [exchange('hello!'), exchange('hell')],
		right: [exchange('hello')],
	},
	{
		name: 'a payload by a part of its text',
		condition: '{event: datagram-received, by: client, contains: "ELL"}',
		wrong: [exchange('all')],
		right: [exchange('well')],
	},
	{
		name: 'a payload by its bytes',
		condition: '{event: datagram-received, by: server, bytes: "ED959C 21"}',
		wrong: [exchange('한'), exchange('간!')],
		right: [exchange('한!')],
	},
	{
		name: 'a payload by its length',
		condition: '{event: datagram-received, by: server, length: 3}',
		wrong: [exchange('ab'), exchange('abcd')],
		right: [exchange('abc')],
	},
	{
		name: 'a payload that is longer than something',
		condition: '{event: datagram-received, by: server, length: "> 3"}',
		wrong: [exchange('abc')],
		right: [exchange('abcd')],
	},
	{
		name: 'the error of a call that failed',
		scene: 'protocol: tcp, clients: 1',
		condition: '{event: connect-failed, code: ECONNREFUSED}',
		wrong: [tcpExchange('fine')],
		right: [
			stopServer('tcp'),
			async room => room.until(() => room.client('tcp').state.type === 'connected' && room.all('fin-received').length > 0, 'FIN'),
			async room => room.playground.execute({type: 'reopen-client', pane: room.client('tcp').pane}),
		],
	},
	{
		name: 'a datagram that the link has lost',
		condition: '{event: datagram-sent, by: client, where: [fate = lost, cause = next]}',
		wrong: [exchange('arrives')],
		right: [sendLost('does not')],
	},
	{
		name: 'what becomes known of an event later',
		condition: '{event: datagram-sent, by: client, became: read}',
		wrong: [sendLost('is never read')],
		right: [exchange('is read')],
	},
	{
		name: 'several events',
		condition: '{event: datagram-received, by: server, count: 3}',
		wrong: [exchange('1'), exchange('2')],
		right: [exchange('3')],
	},
	{
		name: 'several events that differ in a field',
		scene: 'protocol: udp, clients: 2',
		condition: '{event: datagram-received, by: server, count: 2, distinct: peer}',
		wrong: [exchange('1'), exchange('2'), exchange('3')],
		right: [exchange('4', 1)],
	},
	{
		name: 'events in an order',
		condition: '{then: [{event: rule-changed}, {event: datagram-received, by: server}]}',
		wrong: [exchange('before'), setRule('echo')],
		right: [exchange('behind')],
	},
	{
		name: 'an event in an order counts for one part only',
		condition: '{then: [{event: datagram-received, by: server}, {event: datagram-received, by: server}]}',
		wrong: [exchange('one')],
		right: [exchange('two')],
	},
	{
		name: 'each event in a longer order counts for one part only',
		condition: '{then: [{event: datagram-received, by: server}, {event: datagram-received, by: server}, {event: datagram-received, by: server}]}',
		wrong: [exchange('one'), exchange('two')],
		right: [exchange('three')],
	},
	{
		name: 'a sequence whose first beginning leads nowhere',
		condition: '{then: [{event: datagram-sent, by: client, as: query}, {event: datagram-received, by: server, where: text = query.text}]}',
		wrong: [sendLost('lost')],
		right: [exchange('arrives')],
	},
	{
		name: 'two conditions in any order',
		condition: '{all: [{event: rule-changed}, {event: datagram-received, by: server}]}',
		wrong: [exchange('one'), exchange('more')],
		right: [setRule('echo')],
	},
	{
		name: 'one of two conditions',
		condition: '{any: [{event: rule-changed}, {event: datagram-received, by: server, text: hello}]}',
		wrong: [exchange('hi')],
		right: [exchange('hello')],
	},
	{
		name: 'what must not happen between two parts',
		condition: '{then: [{event: datagram-received, by: server, text: a}, {event: datagram-received, by: server, text: c, without: {event: rule-changed}}]}',
		wrong: [exchange('a'), setRule('echo'), exchange('c')],
		right: [exchange('a'), exchange('c')],
	},
	{
		name: 'what must not happen at all makes it begin again',
		condition: '{event: datagram-received, by: server, count: 2, without: {event: rule-changed}}',
		wrong: [exchange('1'), setRule('echo'), exchange('2')],
		right: [exchange('3')],
	},
	{
		name: 'an address that is a bound one',
		scene: 'protocol: udp, clients: 2',
		condition: '{then: [{event: socket-bound, by: client 1, as: first}, {event: datagram-received, by: server, where: peer = first.local, text: again}]}',
		wrong: [exchange('one'), exchange('again', 1)],
		right: [exchange('again')],
	},
	{
		name: 'an address that is not the server\'s',
		scene: 'protocol: udp, clients: 1',
		condition: '{event: datagram-sent, by: client, where: peer != server.local}',
		wrong: [exchange('to the server')],
		right: [
			async room => room.playground.execute({
				type: 'set-destination', pane: room.client('udp').pane, destination: {host: '127.0.0.1', port: 9},
			}),
			async room => room.send(room.client('udp').pane, 'elsewhere'),
		],
	},
	{
		name: 'the local port of a connection socket is the welcoming socket\'s',
		scene: 'protocol: tcp, clients: 1',
		condition: '{event: chunk-received, by: connection 2, where: [local.port = server.local.port, local = server.local]}',
		wrong: [tcpExchange('from the first')],
		right: [
			command({type: 'open-client', protocol: 'tcp'}),
			async room => room.until(() => room.server('tcp').peerCount === 2, 'two connections'),
			tcpExchange('from the second', 1),
		],
	},
	{
		name: 'the welcoming socket alone',
		scene: 'protocol: tcp, clients: 1',
		condition: '{event: socket-closed, by: welcoming}',
		wrong: [async room => {
			await room.playground.execute(onClient(room, 'tcp'));
			await room.happened('socket-closed', ({pane, socket}) => pane === room.server('tcp').pane && socket > 0);
		}],
		right: [stopServer('tcp')],
	},
	{
		name: 'the other protocol\'s events, where they are asked for',
		condition: '{event: chunk-received, by: server, scene: tcp}',
		wrong: [exchange('datagram')],
		right: [
			command({type: 'open-scene', protocol: 'tcp'}),
			command({type: 'open-client', protocol: 'tcp'}),
			tcpExchange('bytes'),
		],
	},
	{
		name: 'a round trip by its time, which only an answer has',
		scene: 'protocol: udp, clients: 1, reply: discard',
		condition: '{event: datagram-received, where: elapsed < 60s}',
		wrong: [async room => {
			await room.send(room.client('udp').pane, 'unanswered');
			await room.happened('datagram-received');
		}],
		right: [setRule('echo'), exchange('answered')],
	},
	{
		name: 'a series by its report',
		condition: '{event: series-ended, where: [sent = 3, answered < 3, unanswered >= 1, end = done]}',
		wrong: [async room => {
			await room.playground.execute({type: 'start-series', pane: room.client('udp').pane, series: {count: 3, rate: undefined}});
			await room.happened('series-ended');
		}],
		right: [async room => {
			await room.playground.execute({
				type: 'set-link', scene: 'udp', direction: 'both', conditions: {...perfect, loss: 1},
			});
			await room.playground.execute({type: 'start-series', pane: room.client('udp').pane, series: {count: 3, rate: undefined}});
			await room.happenedTimes('series-ended', 2);
		}],
	},
	{
		name: 'a scene by its number of clients',
		condition: '{state: clients >= 2}',
		wrong: [exchange('one')],
		right: [command({type: 'open-client', protocol: 'udp'})],
	},
	{
		name: 'a scene by its clients that have a port',
		condition: '{state: [open-clients = 1, connections = 1]}',
		wrong: [command({type: 'open-client', protocol: 'udp'})],
		right: [exchange('one')],
	},
	{
		name: 'a scene by its server and rule',
		condition: '{state: [server = closed, rule = echo]}',
		wrong: [stopServer('udp'), command({type: 'open-server', protocol: 'udp'}), setRule('echo')],
		right: [stopServer('udp')],
	},
	{
		name: 'the link each way',
		condition: '{state: [to-server.loss >= 30%, to-clients.loss = 0]}',
		wrong: [setLink(0.2)],
		right: [setLink(0.3)],
	},
	{
		name: 'the other scene',
		condition: '{state: clients = 1, scene: tcp}',
		wrong: [command({type: 'open-scene', protocol: 'tcp'})],
		right: [command({type: 'open-client', protocol: 'tcp'})],
	},
	{
		name: 'which scene is on the screen',
		condition: '{state: shown = true, scene: tcp}',
		wrong: [command({type: 'open-scene', protocol: 'tcp'}), look(() => ({scenes: ['udp']}))],
		right: [look(() => ({scenes: ['tcp']}))],
	},
	{
		name: 'a view of a pane',
		condition: '{view: calls, pane: server}',
		wrong: [
			look(room => ({panes: [{pane: room.client('udp').pane, view: 'calls'}]})),
			look(room => ({panes: [{pane: room.server('udp').pane, view: 'messages'}]})),
		],
		right: [look(room => ({panes: [{pane: room.server('udp').pane, view: 'calls'}]}))],
	},
	{
		name: 'a view of a pane of one scene',
		condition: '{view: calls, pane: client, scene: tcp}',
		scene: 'protocol: both',
		wrong: [look(room => ({panes: [{pane: room.client('udp').pane, view: 'calls'}]}))],
		right: [look(room => ({panes: [{pane: room.client('tcp').pane, view: 'calls'}]}))],
	},
	{
		name: 'a program in a language, in the focused pane',
		condition: '{view: source, pane: client 1, language: c, focused: true}',
		wrong: [
			look(room => ({panes: [{pane: room.client('udp').pane, view: 'source', language: 'python'}], focus: room.client('udp').pane})),
			look(room => ({panes: [{pane: room.client('udp').pane, view: 'source', language: 'c'}], focus: room.server('udp').pane})),
		],
		right: [look(room => ({panes: [{pane: room.client('udp').pane, view: 'source', language: 'c'}], focus: room.client('udp').pane}))],
	},
	{
		name: 'what is drawn over the panes',
		condition: '{overlay: flow}',
		wrong: [look(() => ({overlays: ['payload', 'link']}))],
		right: [look(() => ({overlays: ['flow']}))],
	},
	{
		name: 'what is not so',
		condition: '{then: [{overlay: link}, {not: {overlay: link}}]}',
		wrong: [exchange('nothing'), look(() => ({overlays: ['link']}))],
		right: [look(() => ({}))],
	},
	{
		name: 'an event while something is on the screen',
		condition: '{then: [{overlay: flow}, {event: datagram-received, by: server}]}',
		wrong: [exchange('before')],
		right: [look(() => ({overlays: ['flow']})), exchange('behind')],
	},
	{
		name: 'an experiment that is over',
		condition: '{experiment: udp-refused, outcome: caused}',
		wrong: [command({type: 'start-experiment', experiment: 'empty-datagram'})],
		right: [command({type: 'start-experiment', experiment: 'udp-refused'})],
	},
	{
		name: 'an event of the laboratory',
		condition: '{event: datagram-received, by: client, scene: laboratory, length: 0}',
		wrong: [exchange('outside')],
		right: [command({type: 'start-experiment', experiment: 'empty-datagram'})],
	},
	{
		name: 'the lesson\'s own scenes where none is named, not the laboratory\'s',
		condition: '{event: datagram-received, by: client}',
		wrong: [command({type: 'start-experiment', experiment: 'empty-datagram'})],
		right: [exchange('inside')],
	},
];

for (const {name, scene, condition, wrong, right} of cases) {
	test(`${name}: what is something else does not tick it, and the thing itself does`, async t => {
		const room = await openLesson(t, lessonWith([stepFor(condition)], scene));
		t.like(room.run(), {phase: 'doing', checks: [{isDone: false}]});
		for (const act of wrong) {
			await act(room);
			// States are looked at once in each turn of the event loop.
			await setImmediate();
			await setImmediate();
			t.like(room.run(), {phase: 'doing', checks: [{isDone: false}]});
		}

		for (const act of right) {
			await act(room);
			await setImmediate();
			await setImmediate();
		}

		t.like(await room.done(), {checks: [{isDone: true}]});
	});
}
