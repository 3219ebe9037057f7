import test from 'ava';
import {Queries} from '../../source/engine/queries.ts';
import type {View} from '../../source/engine/api/view.ts';
import type {Query} from '../../source/engine/api/query.ts';
import {EventLog} from '../../source/log/event-log.ts';
import {Scenes} from '../../source/engine/scene/scenes.ts';
import {defaultLimits} from '../../source/sockets/limits.ts';
import {QueryServer} from '../../source/engine/query-server.ts';
import {Inbox} from '../helpers/inbox.ts';
import {playgroundOptions} from '../helpers/playground-options.ts';
import {openPlayground} from '../helpers/playground-room.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';

type QueryOf<Type extends Query['type']> = Extract<Query, {type: Type}>;

/**
Each query that a playground without a relay answers, and something of it that an answer needs. That for an exercise has
nothing.
*/
const queries: {
	readonly [Type in Exclude<Query['type'], 'exercise' | 'held'>]: {
		readonly of: (pane: number) => QueryOf<Type>;
		readonly needs: keyof QueryOf<Type>;
	};
} = {
	scene: {of: () => ({type: 'scene', scene: 'udp', peers: 5}), needs: 'peers'},
	rows: {
		of: pane => ({
			type: 'rows',
			pane,
			kind: 'messages',
			rows: 5,
			end: undefined,
			maxBytes: 60,
		}),
		needs: 'rows',
	},
	sockets: {
		of: pane => ({
			type: 'sockets',
			pane,
			from: 0,
			rows: 5,
		}),
		needs: 'from',
	},
	source: {of: pane => ({type: 'source', pane, language: 'python'}), needs: 'language'},
	flow: {
		of: pane => ({
			type: 'flow',
			scene: 'udp',
			focus: pane,
			rows: 20,
			end: undefined,
		}),
		needs: 'end',
	},
	payload: {
		of: () => ({
			type: 'payload',
			sequence: 1,
			offset: 0,
			maxBytes: 80,
		}),
		needs: 'sequence',
	},
	lesson: {of: () => ({type: 'lesson', language: 'en'}), needs: 'language'},
	'lesson-report': {of: () => ({type: 'lesson-report', language: 'en'}), needs: 'language'},
};

const fail = (): never => {
	throw new Error('not today');
};

for (const [type, {of, needs}] of Object.entries(queries)) {
	test(`a fault while a query for ${type} is answered is its answer, and the sockets go on`, async t => {
		const room = await openPlayground(t, 'udp', {clients: 1});
		const {playground} = room;
		const {pane} = room.client('udp');
		await room.send(pane, 'before');
		await room.happened('datagram-received', event => event.pane === pane);
		const whole = of(pane);
		const poisoned = Object.defineProperty({...whole}, needs, {get: fail, enumerable: true});
		const place = 'pane' in whole ? pane : (type === 'scene' ? 'udp' : type);
		t.notThrows(() => {
			playground.open([poisoned]);
		});
		t.deepEqual(playground.view(poisoned), {type: 'failed', place, message: 'Error: not today'});
		t.notThrows(() => playground.revisionOf(poisoned));
		playground.open([whole]);
		t.is(playground.view(whole)?.type, whole.type);
		await room.send(pane, 'after');
		t.like(await room.happened('datagram-received', event => event.pane === pane && event.length === 5), {
			pane,
			length: 5,
		});
	});
}

test('a fault while a query for what a relay holds is answered is its answer, and the relay goes on', async t => {
	const target = await openRawUdp(t);
	const room = await openPlayground(t, 'udp', {clients: 1, relay: {target: target.address, silence: 60_000}});
	const {playground} = room;
	await playground.execute({type: 'set-holding', protocol: 'udp', directions: ['to-server']});
	await room.send(room.client('udp').pane, 'held');
	await room.happened('message-held');
	const whole: QueryOf<'held'> = {type: 'held', scene: 'udp', rows: 5};
	const poisoned = Object.defineProperty({...whole}, 'rows', {get: fail, enumerable: true});
	t.deepEqual(playground.view(poisoned), {type: 'failed', place: 'held', message: 'Error: not today'});
	t.notThrows(() => playground.revisionOf(poisoned));
	t.like(playground.view(whole), {type: 'held', total: 1});
	await playground.execute({type: 'release-held', protocol: 'udp'});
	t.is(await target.nextText(), 'held');
});

test('while the log cannot be read, what needs it fails and the rest is answered; afterwards all is', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {log} = room.playground;
	const {pane} = room.client('udp');
	const answers = new Inbox<ReadonlyArray<View | undefined>>('views');
	const queryServer = new QueryServer(room.playground, views => {
		answers.add(views);
	});
	const asked: Query[] = [queries.rows.of(pane), queries.scene.of(pane)];
	await room.send(pane, 'before');
	await room.happened('datagram-received', event => event.pane === pane);
	const {read} = log;
	log.read = fail;
	queryServer.ask(asked);
	const [rows, scene] = await answers.next();
	log.read = read;
	t.deepEqual(rows, {type: 'failed', place: pane, message: 'Error: not today'});
	t.is(scene?.type, 'scene');
	await room.send(pane, 'after');
	queryServer.ask(asked);
	const [again] = await answers.next();
	t.is(again?.type, 'rows');
});

test('a revision that cannot be told is another one each time, so that it is asked again', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {playground} = room;
	const poisoned = Object.defineProperty({...queries.payload.of(1)}, 'sequence', {get: fail});
	t.not(playground.revisionOf(poisoned), playground.revisionOf(poisoned));
});

test('a search that fails between two answers fails in the next answer, and leaves no row out when it goes on', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {log} = room.playground;
	const {pane} = room.client('udp');
	await Promise.all(Array.from({length: 20_000}, async (_, number) => room.playground.execute({
		type: 'set-destination', pane, destination: {host: 'no.example', port: 1 + number},
	})));
	const answers = new Inbox<View>('views');
	const queryServer = new QueryServer(room.playground, ([view]) => {
		if (view) {
			answers.add(view);
		}
	});
	const asked: Query = {...queries.rows.of(pane), filter: {type: 'text', text: 'no.example', types: []}};
	queryServer.ask([asked]);
	t.like(await answers.next(), {type: 'rows', filtered: {isComplete: false}});
	const {read} = log;
	const nextSlice = Promise.withResolvers<void>();
	log.read = () => {
		nextSlice.resolve();
		return fail();
	};

	await nextSlice.promise;
	queryServer.ask([asked]);
	t.like(await answers.next(), {type: 'failed', place: pane});
	log.read = read;
	let view: View;
	do {
		queryServer.ask([asked]);
		view = await answers.next();
	} while (view.type === 'rows' && !view.filtered?.isComplete);

	t.true(view.type === 'rows' && view.total - view.first === view.filtered?.of, 'none is left out');
});

test('where the work for open queries cannot be begun, or an exercise not told, the answers that need it say so', t => {
	const limits = defaultLimits;
	const log = new EventLog({
		events: limits.events, bytes: limits.logBytes, clock: () => 0, isOwnHost: () => true,
	});
	const scenes = new Scenes({
		playground: playgroundOptions, limits, log, onChange: () => undefined,
	});
	const answers = new Queries({
		log, scenes, clientLimit: 9, exercise: fail, onChange: () => undefined,
	});
	t.teardown(() => {
		answers.close();
	});
	t.deepEqual(answers.view({type: 'exercise'}), {type: 'failed', place: 'exercise', message: 'Error: not today'});
	const {paneOf} = scenes;
	const sockets = queries.sockets.of(1);
	scenes.paneOf = fail;
	answers.open([sockets]);
	const revision = answers.revisionOf(queries.scene.of(1));
	t.deepEqual(answers.view(sockets), {type: 'failed', place: 1, message: 'Error: not today'});
	t.is(answers.view(queries.scene.of(1))?.type, 'scene');
	scenes.paneOf = paneOf;
	answers.open([sockets]);
	t.is(answers.view(sockets)?.type, 'sockets');
	t.not(answers.revisionOf(queries.scene.of(1)), revision);
});
