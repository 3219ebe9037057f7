import {mock} from 'node:test';
import test, {type ExecutionContext} from 'ava';
import {inTime} from '../helpers/in-time.ts';
import {Inbox} from '../helpers/inbox.ts';
import {playgroundOptions} from '../helpers/playground-options.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import type {View} from '../../source/engine/api/view.ts';
import type {RowsView, Filter, RowsQuery} from '../../source/views/rows.ts';
import {Queries} from '../../source/engine/queries.ts';
import {EventLog} from '../../source/log/event-log.ts';
import {farEndAt} from '../../source/log/socket-track.ts';
import {Scenes} from '../../source/engine/scene/scenes.ts';
import {defaultLimits} from '../../source/sockets/limits.ts';
import {QueryServer} from '../../source/engine/query-server.ts';

const yes: Filter = {type: 'text', text: 'YES.example', types: []};

function rowsOf(pane: number, more: Partial<RowsQuery> = {}): RowsQuery {
	return {
		type: 'rows', pane, kind: 'messages', rows: 5, end: undefined, maxBytes: 400, ...more,
	};
}

/** The screen's half: asks the same query again as soon as it has been answered. */
class Screen {
	readonly #queryServer: QueryServer;
	readonly #answers = new Inbox<RowsView>('rows');

	constructor(room: PlaygroundRoom) {
		this.#queryServer = new QueryServer(room.playground, ([view]: ReadonlyArray<View | undefined>) => {
			if (view?.type === 'rows') {
				this.#answers.add(view);
			}
		});
	}

	async ask(query: RowsQuery): Promise<RowsView> {
		this.#queryServer.ask([query]);
		return this.#answers.next();
	}

	/** Every answer up to the first that fits. */
	async askUntil(query: RowsQuery, fits: (view: RowsView) => boolean): Promise<RowsView[]> {
		const views: RowsView[] = [];
		do {
			views.push(await this.ask(query));
		} while (!fits(views.at(-1)!));

		return views;
	}
}

/** Give a client this many destinations, every tenth of them `yes.example`: an event each. */
async function setDestinations(room: PlaygroundRoom, pane: number, count: number): Promise<void> {
	await Promise.all(Array.from({length: count}, async (_, number) =>
		room.playground.execute({
			type: 'set-destination',
			pane,
			destination: {host: number % 10 === 0 ? 'yes.example' : 'no.example', port: number},
		})));
}

async function openFilled(
	t: ExecutionContext,
	count: number,
): Promise<{readonly room: PlaygroundRoom; readonly pane: number; readonly screen: Screen}> {
	const room = await openPlayground(t, 'udp', {clients: 2});
	const {pane} = room.client('udp');
	await setDestinations(room, pane, count);
	return {room, pane, screen: new Screen(room)};
}

test('goes on answering until everything has been looked at, though nothing happens', async t => {
	const {pane, screen} = await openFilled(t, 6000);
	const views = await screen.askUntil(rowsOf(pane, {filter: yes}), ({filtered}) => filtered?.isComplete === true);
	t.true(views.length >= 3, 'a slice at a time');
	t.like(views[0], {filtered: {isComplete: false, of: 6000}});
	t.deepEqual(
		views.find(({rows}) => rows.length === 5)!.rows.map(({destination}) => destination),
		[5950, 5960, 5970, 5980, 5990].map(port => `yes.example:${port}`),
		'the newest first',
	);
	const last = views.at(-1)!;
	t.is(last.total - last.first, 600);
	t.like(last, {total: 0, first: -600, end: 0});
	t.deepEqual(
		views.map(({first}) => first),
		views.map(({first}) => first).toSorted((a, b) => b - a),
		'it only gets more',
	);
});

test('shows the same rows at the same ordinals while others come', async t => {
	const {room, pane, screen} = await openFilled(t, 3000);
	const query = rowsOf(pane, {filter: yes, end: -100});
	const views = await screen.askUntil(query, ({filtered}) => filtered?.isComplete === true);
	const {rows} = views.at(-1)!;
	t.is(rows.length, 5);
	await setDestinations(room, pane, 100);
	const [view] = await screen.askUntil(query, ({total}) => total === 10);
	t.deepEqual(view?.rows, rows);
	const {rows: newest} = await screen.ask(rowsOf(pane, {filter: yes, rows: 1}));
	t.is(newest[0]!.destination, 'yes.example:90');
});

test('looks anew with another filter, and forgets what it found once the filter is taken away', async t => {
	const {room, pane, screen} = await openFilled(t, 50);
	// A slice is bounded by time: on a busy machine one does not reach the fifth row.
	const first = await screen.askUntil(rowsOf(pane, {filter: yes}), ({rows}) => rows.length === 5);
	t.is(first.at(-1)!.rows[0]!.destination, 'yes.example:0');
	const other = await screen.askUntil(
		rowsOf(pane, {filter: {type: 'text', text: 'example:49', types: []}}),
		({filtered}) => filtered?.isComplete === true,
	);
	t.deepEqual(other.at(-1)!.rows.map(({destination}) => destination), ['no.example:49']);
	const all = await screen.ask(rowsOf(pane));
	t.is(all.total, 50);
	t.is(all.filtered, undefined);
	await setDestinations(room, pane, 1);
	const again = await screen.askUntil(rowsOf(pane, {filter: yes}), ({filtered}) => filtered?.isComplete === true);
	t.like(again.at(-1), {first: -6, total: 0});
	await screen.ask(rowsOf(pane));
	await setDestinations(room, pane, 1);
	const anew = await screen.askUntil(rowsOf(pane, {filter: yes}), ({filtered}) => filtered?.isComplete === true);
	t.like(anew.at(-1), {first: -7, total: 0}, 'what it had found was forgotten');
});

test('is not taken for done because another search of the same pane was', async t => {
	const {room: {playground}, pane} = await openFilled(t, 6000);
	const finish = (query: RowsQuery): void => {
		let view: View | undefined;
		do {
			view = playground.view(query);
		} while (view?.type !== 'rows' || view.filtered?.isComplete !== true);
	};

	finish(rowsOf(pane, {filter: yes}));
	const other = rowsOf(pane, {filter: {type: 'text', text: 'no.example', types: []}});
	const before = playground.revisionOf(other);
	t.like(playground.view(other), {filtered: {isComplete: false}});
	finish(other);
	t.not(playground.revisionOf(other), before, 'what was answered first has to be answered again');
});

test('answers again when a datagram that was sent is lost, though nothing happens in its pane', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	await room.send(pane, 'binds');
	await room.happened('datagram-received');
	// The server's socket is closed in the turn in which it would have read them.
	const sent = room.send(pane, 'too late');
	const stopped = room.playground.execute({type: 'stop-server', protocol: 'udp'});
	const screen = new Screen(room);
	await sent;
	await room.happenedTimes('datagram-sent', 2);
	const views = await screen.askUntil(rowsOf(pane), ({rows}) => rows.at(-1)?.arrival?.type === 'lost');
	t.deepEqual(views.at(-1)!.rows.at(-1)?.bytes, Uint8Array.from(Buffer.from('too late')));
	await stopped;
});

test('would answer again when a datagram has been overtaken, which happens in the other pane', async t => {
	const log = new EventLog({
		events: 64, bytes: 1024, clock: () => 0, isOwnHost: () => true,
	});
	const scenes = new Scenes({
		playground: playgroundOptions, limits: defaultLimits, log, onChange: () => undefined,
	});
	await scenes.of('udp').openClient();
	const {clients, server} = scenes.of('udp');
	const client = clients[0]!;
	const answers = new Queries({
		log, scenes, clientLimit: 9, onChange: () => undefined,
	});
	const [near, far] = [{host: '127.0.0.1', port: 1}, {host: '127.0.0.1', port: 2}];
	const sender = log.track(client.pane, client.index, 0);
	const receiver = log.track(server!.pane, server!.index, 0);
	sender.happened({type: 'socket-bound', local: near});
	receiver.happened({type: 'socket-bound', local: far});
	const there = sender.farEnd(farEndAt(far));
	for (const text of ['a', 'b']) {
		const number = sender.nextWrite();
		sender.datagramSent(there, Buffer.from(text), number, sender.departs(there, number, Buffer.from(text), 0));
	}

	const query = rowsOf(client.pane);
	const before = answers.revisionOf(query);
	receiver.happened({type: 'rule-changed', rule: 'echo'});
	t.is(answers.revisionOf(query), before, 'what happens elsewhere is no reason');
	receiver.datagramReceived(receiver.farEnd(farEndAt(near)), Buffer.from('b'));
	t.not(answers.revisionOf(query), before);
	const number = sender.nextWrite();
	sender.datagramSent(there, Buffer.from('c'), number, sender.departs(there, number, Buffer.from('c'), 0));
	const underWay = answers.revisionOf(query);
	const view = answers.view(query);
	receiver.happened({type: 'socket-closed', local: far, discarded: 0});
	t.not(answers.revisionOf(query), underWay, 'what was under way to a socket that is closed is lost');
	const after = answers.view(query);
	t.deepEqual(after?.type === 'rows' && after.rows.slice(-3).map(({arrival}) => arrival?.type), [
		'lost',
		'read',
		'lost',
	]);
	t.deepEqual(view?.type === 'rows' && view.rows.slice(-3).map(({arrival}) => arrival?.type), [
		'lost',
		'read',
		'under-way',
	]);
});

test.serial('under load a flow diagram is answered a few times a second, and again when the load has ended', async t => {
	const log = new EventLog({
		events: 4096, bytes: 1024, clock: () => 0, isOwnHost: () => true,
	});
	const scenes = new Scenes({
		playground: playgroundOptions, limits: defaultLimits, log, onChange: () => undefined,
	});
	await scenes.of('udp').openClient();
	const client = scenes.of('udp').clients[0]!;
	const {promise, resolve} = Promise.withResolvers<void>();
	const answers = new Queries({
		log, scenes, clientLimit: 9, onChange: resolve,
	});
	let now = 0;
	const clock = mock.method(performance, 'now', () => now);
	t.teardown(() => {
		clock.mock.restore();
		answers.close();
	});
	const track = log.track(client.pane, client.index, 0);
	const happen = (times: number): void => {
		for (let time = 0; time < times; time++) {
			track.happened({type: 'loss-ordered'});
		}
	};

	const revision = (): string => answers.revisionOf({
		type: 'flow', scene: 'udp', focus: undefined, rows: 10, end: undefined,
	});
	happen(1);
	const quiet = revision();
	happen(1);
	const next = revision();
	t.not(next, quiet);
	happen(1000);
	now += 99;
	t.is(revision(), next);
	await inTime(promise, () => 'that it may be another now');
	now += 1;
	t.not(revision(), next);
});
