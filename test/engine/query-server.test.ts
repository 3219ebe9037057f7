import {setImmediate as turn} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {Inbox} from '../helpers/inbox.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import type {View} from '../../source/engine/api/view.ts';
import type {Query} from '../../source/engine/api/query.ts';
import {QueryServer} from '../../source/engine/query-server.ts';

type Answer = ReadonlyArray<View | undefined>;
type ViewerRoom = {readonly room: PlaygroundRoom; readonly queryServer: QueryServer; readonly answers: Inbox<Answer>};

const scene: Query = {type: 'scene', scene: 'udp', peers: 5};

function rowsOf(pane: number, maxBytes = 400): Query {
	return {
		type: 'rows', pane, kind: 'messages', rows: 5, end: undefined, maxBytes,
	};
}

async function openViewer(t: ExecutionContext): Promise<ViewerRoom> {
	const room = await openPlayground(t, 'udp', {clients: 2});
	const answers = new Inbox<Answer>('views');
	const queryServer = new QueryServer(room.playground, views => {
		answers.add(views);
	});
	return {room, queryServer, answers};
}

/** Turns of the event loop, more than an answer takes. */
async function turns(): Promise<void> {
	for (let count = 0; count < 5; count++) {
		await turn();
	}
}

test('answers new queries at once, in their order', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	const {pane} = room.client('udp');
	queryServer.ask([scene, rowsOf(pane)]);
	const [first, second] = await answers.next();
	t.like(first, {type: 'scene', protocol: 'udp'});
	t.like(second, {type: 'rows', pane});
});

test('computes and answers nothing until it is asked', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
	await turns();
	t.is(answers.length, 0);
	queryServer.ask([scene]);
	await answers.next();
	await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'chat'});
	await turns();
	t.is(answers.length, 0, 'no query came since the last answer');
});

test('waits with the same queries until something changes', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	queryServer.ask([scene]);
	await answers.next();
	queryServer.ask([scene]);
	await turns();
	t.is(answers.length, 0);
	await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
	const [view] = await answers.next();
	t.like(view, {server: {rule: 'echo'}});
});

test('answers at once when something changed before it was asked again', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	queryServer.ask([scene]);
	await answers.next();
	await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
	queryServer.ask([scene]);
	const [view] = await answers.next();
	t.like(view, {server: {rule: 'echo'}});
});

test('leaves out what was answered before and is still true', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	const {pane} = room.client('udp');
	queryServer.ask([scene, rowsOf(pane)]);
	await answers.next();
	queryServer.ask([scene, rowsOf(pane, 800)]);
	const [unchanged, changed] = await answers.next();
	t.is(unchanged, undefined);
	t.like(changed, {type: 'rows', pane});
});

test('leaves out the rows of a pane in which nothing happened', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	const busy = room.client('udp');
	const quiet = room.client('udp', 1);
	queryServer.ask([rowsOf(busy.pane), rowsOf(quiet.pane)]);
	await answers.next();
	await room.send(busy.pane, 'hello');
	await room.happened('datagram-received', ({pane}) => pane === busy.pane);
	queryServer.ask([rowsOf(busy.pane), rowsOf(quiet.pane)]);
	const [first, second] = await answers.next();
	t.like(first, {pane: busy.pane});
	t.is(second, undefined);
});

test('answers a burst of changes once', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	queryServer.ask([scene]);
	await answers.next();
	queryServer.ask([scene]);
	for (const rule of ['echo', 'chat', 'reverse'] as const) {
		void room.playground.execute({type: 'set-rule', protocol: 'udp', rule});
	}

	const [view] = await answers.next();
	t.like(view, {server: {rule: 'reverse'}});
	await turns();
	t.is(answers.length, 0);
});

test('answers the queries that were asked last', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	queryServer.ask([scene]);
	queryServer.ask([rowsOf(room.client('udp').pane)]);
	const views = await answers.next();
	t.is(views.length, 1);
	t.like(views[0], {type: 'rows'});
	await turns();
	t.is(answers.length, 0);
});

test('has no answer about a removed pane', async t => {
	const {queryServer, answers} = await openViewer(t);
	queryServer.ask([rowsOf(999), scene]);
	const [gone, view] = await answers.next();
	t.is(gone, undefined);
	t.like(view, {type: 'scene'});
});

test('answers with plain data that can pass between threads', async t => {
	const {room, queryServer, answers} = await openViewer(t);
	await room.send(room.client('udp').pane, 'hello');
	await room.happened('datagram-sent', ({pane}) => pane === room.server('udp').pane);
	queryServer.ask([scene, rowsOf(room.server('udp').pane)]);
	const views = await answers.next();
	t.deepEqual(structuredClone(views), views);
});
