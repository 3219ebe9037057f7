import test from 'ava';
import {playgroundOptions} from '../helpers/playground-options.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {EventLog} from '../../source/engine/events/event-log.ts';
import {exportFlow} from '../../source/engine/flow-view.ts';
import {Scene} from '../../source/engine/scene.ts';
import {defaultLimits} from '../../source/engine/sockets/limits.ts';
import type {SceneName} from '../../source/engine/door/command.ts';
import type {FlowView} from '../../source/engine/door/overlay-view.ts';
import type {FlowQuestion} from '../../source/engine/door/question.ts';

function flowOf(room: PlaygroundRoom, scene: SceneName, more: Partial<FlowQuestion> = {}): FlowView {
	const view = room.playground.view({
		type: 'flow', scene, focus: undefined, columns: 100, rows: 30, end: undefined, ...more,
	});
	if (view?.type !== 'flow') {
		throw new Error('No diagram');
	}

	return view;
}

for (const protocol of ['udp', 'tcp'] as const) {
	test(`draws what went between a client and the server, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 1});
		const {pane} = room.client(protocol);
		await room.send(pane, 'hello');
		await room.happened(protocol === 'udp' ? 'datagram-received' : 'chunk-received', event => event.pane === pane);
		const view = flowOf(room, protocol);
		const text = JSON.stringify(view.lines);
		t.true(text.includes('hello'), `${text}`);
		t.true(text.includes('HELLO'), `${text}`);
		t.is(view.older, undefined);
		t.true(view.header.length > 0);
		t.deepEqual(structuredClone(view), view);
	});
}

test('goes back step by step to the very first, and says when nothing is older', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	for (let number = 0; number < 30; number++) {
		await room.send(pane, `message ${number}`); // eslint-disable-line no-await-in-loop
		await room.happenedTimes('datagram-received', number + 1); // eslint-disable-line no-await-in-loop
	}

	let view = flowOf(room, 'udp', {rows: 6});
	t.true(JSON.stringify(view.lines).includes('message 29'));
	t.false(JSON.stringify(view.lines).includes('message 0"'));
	let seen = '';
	let pages = 0;
	while (view.older && pages < 100) {
		t.true(view.older.page <= view.older.step);
		seen += JSON.stringify(view.lines);
		view = flowOf(room, 'udp', {rows: 6, end: view.older.page});
		pages++;
	}

	seen += JSON.stringify(view.lines);
	t.true(pages < 100);
	for (let number = 0; number < 30; number++) {
		t.true(seen.includes(`message ${number}`), `message ${number}`);
	}
});

test('costs what it shows, however long the log is', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	await Promise.all(Array.from({length: 5000}, async (_, port) => room.playground.execute({type: 'set-destination', pane, destination: {host: '127.0.0.1', port}})));
	await room.send(pane, 'x');
	await room.happened('datagram-sent');
	let reads = 0;
	const {log} = room.playground;
	const {read} = log;
	log.read = (...parameters) => {
		reads++;
		return read.apply(log, parameters);
	};

	flowOf(room, 'udp', {rows: 5, end: 3});
	t.true(reads <= 3);
});

test('looks back no further than it says, and leads past what it does not draw', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	await room.send(pane, 'long ago');
	await room.happened('datagram-received');
	for (let port = 1; port <= 2500; port++) {
		await room.playground.execute({type: 'set-destination', pane, destination: {host: '127.0.0.1', port}}); // eslint-disable-line no-await-in-loop
	}

	let view = flowOf(room, 'udp', {rows: 5});
	let pages = 0;
	while (view.older && pages < 10) {
		t.deepEqual(view.lines, []);
		view = flowOf(room, 'udp', {rows: 5, end: view.older.page});
		pages++;
	}

	t.is(pages, 2);
	t.true(JSON.stringify(view.lines).includes('long ago'));
});

for (const format of ['svg', 'mermaid', 'text'] as const) {
	test(`a ${format} file says whether older steps are left out: there are too many, or the log does not hold them any more`, async t => {
		const contentsOf = async (datagrams: number, events: number): Promise<string> => {
			const {log, scene} = await fill(datagrams, events);
			const {name, contents} = exportFlow(log, scene, format);
			t.regex(name, /^socket-playground-udp-flow\.(?:svg|mmd|txt)$/);
			return contents;
		};

		const [few, evicted, most, more] = await Promise.all([contentsOf(20, 64), contentsOf(100, 64), contentsOf(10_000, 16_384), contentsOf(10_001, 16_384)]);
		t.deepEqual([few, evicted, most, more].map(contents => contents.includes('… older steps are not in this file')), [false, true, false, true]);
		t.regex(most, /message 1\b/);
		t.notRegex(more, /message 1\b/);
	});
}

/** A scene whose client has sent so many datagrams to nobody, each with a text of its own, and a log that holds so many events. */
async function fill(datagrams: number, events: number): Promise<{readonly log: EventLog; readonly scene: Scene}> {
	const log = new EventLog({
		events, bytes: 1 << 20, clock: () => 0, isOwnHost: () => false,
	});
	const scene = new Scene({
		playground: playgroundOptions, limits: defaultLimits, log, newPane: () => 1, onChange: () => undefined, name: 'udp', protocol: 'udp',
	});
	await scene.openClient();
	const [{pane, index}] = scene.clients;
	const recorder = log.recorder(pane, index, 0);
	for (let number = 1; number <= datagrams; number++) {
		recorder.chunkSent(Buffer.from(`message ${number} `));
	}

	return {log, scene};
}
