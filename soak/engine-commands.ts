/*
What the engine is told and asked at random, as arbitraries: each is completed when its turn comes, by the scenes as
they are then.
*/
import fc from 'fast-check';
import type {Act, Command} from '../source/engine/api/command.ts';
import type {Query} from '../source/engine/api/query.ts';
import type {ClientView} from '../source/engine/api/scene-view.ts';
import type {Address} from '../source/log/event.ts';
import {experimentNames} from '../source/engine/api/experiment.ts';
import {replyRules} from '../source/replies/reply-rule.ts';
import {type LinkConditions, perfect} from '../source/link/conditions.ts';
import {linkDirections} from '../source/link/random.ts';
import {presetNames, presets} from '../source/link/presets.ts';
import {largestSeed} from '../source/link/random.ts';
import {sourceLanguages} from '../source/programs/languages.ts';
import {itemAt, payload, smallPayload} from './draws.ts';
import {
	allClients, allScenes, panesOf, type Scenes,
} from './view-problems.ts';

/** The scenes now, and where clients may be sent to other than their scene's own server. */
type Moment = {readonly scenes: Scenes; readonly destinations: readonly Address[]};

/** A command, of which the engine may refuse some. */
type CommandDraw = fc.Arbitrary<(moment: Moment) => Command>;

type Weighted = fc.WeightedArbitrary<(moment: Moment) => Command>;

const protocol = fc.constantFrom('udp', 'tcp');
const scene = fc.constantFrom('udp', 'tcp', 'udp', 'tcp', 'laboratory');
const direction = fc.constantFrom(...linkDirections);
const share = fc.double({min: 0, max: 1, noNaN: true});

/** A command of which everything is drawn. */
function any<Values>(weight: number, values: fc.Arbitrary<Values>, make: (values: Values) => Command): Weighted {
	return {weight, arbitrary: values.map(drawn => () => make(drawn))};
}

type OnClient<Values> = (client: ClientView, values: Values, moment: Moment & {readonly isUdp: boolean}) => Command;

/** A command to one of the clients; where there is none, one is opened. */
function toClient<Values>(weight: number, values: fc.Arbitrary<Values>, make: OnClient<Values>): Weighted {
	return {
		weight,
		arbitrary: fc.tuple(fc.nat(), values).map(([index, drawn]) => moment => {
			const {scenes} = moment;
			const client = itemAt(allClients(scenes), index);
			return client
				? make(client, drawn, {...moment, isUdp: scenes.udp.clients.includes(client)})
				: {type: 'open-client', protocol: index % 2 === 0 ? 'udp' : 'tcp'};
		}),
	};
}

/** A command to one of the TCP server's connections. */
function toConnection<Values>(
	weight: number,
	values: fc.Arbitrary<Values>,
	make: (connection: number, values: Values) => Command,
): Weighted {
	return {
		weight,
		arbitrary: fc.tuple(fc.nat(), values).map(([index, drawn]) => ({scenes}) =>
			make(itemAt(scenes.tcp.server?.peers ?? [], index)?.number ?? 1, drawn)),
	};
}

const act: fc.Arbitrary<Act> = fc.oneof(
	{weight: 1, arbitrary: fc.constant<Act>({type: 'reset'})},
	{weight: 1, arbitrary: fc.constant<Act>({type: 'stop-reading'})},
	{weight: 2, arbitrary: fc.constant<Act>({type: 'read-again'})},
	{weight: 1, arbitrary: payload.map((bytes): Act => ({type: 'split-character', bytes}))},
	{
		weight: 1,
		arbitrary: fc.record({type: fc.constant('two-writes' as const), bytes: payload, hasPause: fc.boolean()}),
	},
);

/** A drawn value in this percentage of cases, else the other one. */
function sometimes<Value, Other>(
	percent: number,
	arbitrary: fc.Arbitrary<Value>,
	otherwise: Other,
): fc.Arbitrary<Value | Other> {
	return fc.oneof({weight: percent, arbitrary}, {weight: 100 - percent, arbitrary: fc.constant(otherwise)});
}

/** Never so slow that the link takes more than about three seconds to be empty again. */
const anyConditions: fc.Arbitrary<LinkConditions> = fc.record({
	loss: sometimes(40, share, 0),
	delay: sometimes(60, fc.constantFrom(0.5, 5, 50, 300), 0),
	jitter: sometimes(50, share, 0),
	duplication: sometimes(30, share, 0),
	reordering: sometimes(30, share.map(value => value / 2), 0),
	corruption: sometimes(30, share, 0),
	rate: sometimes(30, fc.integer({min: 20_000, max: 5_000_000}), undefined),
	queue: fc.integer({min: 1, max: 100_000}),
	slice: sometimes(30, fc.integer({min: 1, max: 3000}), undefined),
	pause: sometimes(30, fc.integer({min: 1, max: 20}), 0),
	stall: fc.nat(9).map(die => die === 0),
}).map(drawn => ({...drawn, queue: Math.min(drawn.queue, Math.floor((drawn.rate ?? Infinity) * 1.5))}));

const conditions = fc.oneof(
	{weight: 2, arbitrary: fc.constant(perfect)},
	{weight: 3, arbitrary: fc.constantFrom(...presetNames).map(name => presets[name])},
	{weight: 4, arbitrary: anyConditions},
);

const nothing = fc.constant(undefined);

/** Any command. The weights are of 1,000 or so. */
export const command: CommandDraw = fc.oneof(
	toClient(400, payload, ({pane}, bytes) => ({type: 'send', pane, bytes})),
	{
		weight: 50,
		arbitrary: fc
			.tuple(protocol, payload, fc.nat(2))
			.map(([protocol, bytes, die]) => ({scenes}: Moment): Command => {
				const target = die === 0 ? 'all' : scenes[protocol].server?.target;
				return {
					type: 'send-from-server',
					protocol,
					bytes,
					target,
				};
			}),
	},
	any(50, protocol, protocol => ({type: 'open-client', protocol})),
	toClient(20, nothing, ({pane}) => ({type: 'remove-client', pane})),
	toClient(30, nothing, ({pane}) => ({type: 'close-client', pane})),
	toClient(80, nothing, ({pane}) => ({type: 'reopen-client', pane})),
	toClient(20, nothing, ({pane}) => ({type: 'half-close-client', pane})),
	toConnection(10, nothing, connection => ({type: 'half-close-connection', connection})),
	toConnection(10, nothing, connection => ({type: 'close-connection', connection})),
	any(50, protocol, protocol => ({type: 'open-server', protocol})),
	any(3, protocol, protocol => ({type: 'stop-server', protocol})),
	any(2, fc.tuple(protocol, fc.constantFrom('127.0.0.1', 'localhost', '::1', '127.0.0.2')), ([protocol, host]) => ({
		type: 'move-server',
		protocol,
		address: {host, port: 0},
	})),
	any(20, fc.tuple(protocol, fc.constantFrom(...replyRules)), ([protocol, rule]) => ({
		type: 'set-rule',
		protocol,
		rule,
	})),
	any(10, fc.nat(2), die => ({type: 'set-close-after-reply', closeAfterReply: die === 0})),
	any(10, fc.tuple(protocol, fc.constantFrom(1, -1)), ([protocol, step]) => ({type: 'choose-peer', protocol, step})),
	toClient(30, fc.nat(), ({pane}, index, {scenes, destinations, isUdp}) => {
		const {state} = scenes[isUdp ? 'udp' : 'tcp'].server ?? {};
		const own = state?.type === 'open' && index % 10 < 7 ? state.local : undefined;
		return {type: 'set-destination', pane, destination: own ?? itemAt(destinations, index)!};
	}),
	any(50, fc.record({scene, direction: fc.oneof(direction, fc.constant('both')), conditions}), values => ({
		type: 'set-link',
		...values,
	})),
	any(20, fc.record({scene, direction}), values => ({type: 'lose-next', ...values})),
	any(5, fc.integer({min: 0, max: largestSeed}), seed => ({type: 'set-seed', seed})),
	toClient(40, act, ({pane}, act) => ({type: 'act', on: {type: 'client', pane}, act})),
	toConnection(40, act, (connection, act) => ({type: 'act', on: {type: 'connection', connection}, act})),
	toClient(
		20,
		fc.record({
			count: fc.option(fc.integer({min: 1, max: 500}), {freq: 9, nil: undefined}),
			rate: fc.option(fc.integer({min: 1, max: 2000}), {freq: 4, nil: undefined}),
			bytes: fc.option(smallPayload, {freq: 1, nil: undefined}),
		}),
		({pane}, {bytes, ...series}) => ({type: 'start-series', pane, series: {...series, ...(bytes && {bytes})}}),
	),
	toClient(20, nothing, ({pane}) => ({type: 'stop-series', pane})),
	any(5, fc.constantFrom(...experimentNames), experiment => ({type: 'start-experiment', experiment})),
	any(3, nothing, () => ({type: 'end-experiment'})),
	any(3, scene, scene => ({type: 'read-events', scene})),
);

const size = fc.record({columns: fc.integer({min: 10, max: 150}), rows: fc.integer({min: 1, max: 60})});

/** Draws of which a query is made: the pane's index, the end before the newest event, and what only some have. */
const queryParts = fc.record({
	index: fc.nat(),
	back: fc.option(fc.nat(20_000), {freq: 1, nil: undefined}),
	size,
	kind: fc.constantFrom('messages', 'calls', 'bytes'),
	filter: fc.option(fc.constantFrom('a', '127', '가', 'zzz'), {freq: 1, nil: undefined}),
	language: fc.constantFrom(...sourceLanguages),
	scene,
	from: fc.nat(5),
	type: fc.constantFrom('rows', 'rows', 'rows', 'sockets', 'source', 'flow', 'flow', 'payload'),
});

/** Something that the screen asks. `last` is the newest event's sequence number. */
export const query: fc.Arbitrary<(scenes: Scenes, last: number) => Query> = queryParts.map(parts => (scenes, last) => {
	const {index, back, size, kind, filter, language, scene, from, type} = parts;
	const pane = itemAt(allScenes(scenes).flatMap(one => panesOf(one)), index) ?? 1;
	const end = back === undefined ? undefined : Math.max(0, last + 10 - back);
	switch (type) {
		case 'rows': {
			return {
				type, pane, kind, end, rows: size.rows, maxBytes: 16 * size.columns,
				...(filter !== undefined && {filter: {type: 'text', text: filter, types: []}}),
			};
		}

		case 'sockets': {
			return {
				type, pane, from, rows: size.rows,
			};
		}

		case 'source': {
			return {type, pane, language};
		}

		case 'flow': {
			return {
				type, scene, focus: index % 2 === 0 ? pane : undefined, rows: size.rows, end,
			};
		}

		case 'payload': {
			return {
				type, sequence: Math.max(0, last - ((back ?? 0) % 2000)), offset: from * size.columns, maxBytes: 4096,
			};
		}

		default: {
			return type satisfies never;
		}
	}
});
