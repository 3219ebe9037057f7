import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {playgroundOptions} from '../../../helpers/playground-options.ts';
import {openPlayground, type PlaygroundRoom} from '../../../helpers/playground-room.ts';
import {EventLog} from '../../../../source/log/event-log.ts';
import {answerFlow, readFlowEvents} from '../../../../source/engine/scene/views/flow-view.ts';
import {Scene} from '../../../../source/engine/scene/scene.ts';
import {defaultLimits} from '../../../../source/sockets/limits.ts';
import type {SceneName} from '../../../../source/engine/api/command.ts';
import type {FlowView} from '../../../../source/engine/api/view.ts';
import type {FlowQuery} from '../../../../source/engine/api/query.ts';
import {exportFlow} from '../../../../source/flow/drawing/export.ts';
import {drawFlow} from '../../../../source/flow/drawing/terminal.ts';
import {endsAhead, flowLines, olderSteps} from '../../../../source/screen/overlays/flow/flow-lines.ts';
import {en} from '../../../../source/screen/words/en.ts';

type Shown = {readonly view: FlowView; readonly text: string; readonly older: ReturnType<typeof olderSteps>};

/** The part of a diagram that a query asks for, as a screen of 100 columns shows it. */
function shown(room: PlaygroundRoom, scene: SceneName, {rows = 30, ...more}: Partial<FlowQuery> = {}): Shown {
	const view = room.playground.view({
		type: 'flow', scene, focus: undefined, rows, end: undefined, ...more,
	});
	if (view?.type !== 'flow') {
		throw new Error('No diagram');
	}

	const page = {columns: 100, steps: rows};
	const lines = flowLines(view, {
		...page, height: rows + 4, around: 'server', isScrolled: true,
	}, en);
	return {view, text: stripVTControlCharacters(lines.join('\n')), older: olderSteps(view, page, en)};
}

for (const protocol of ['udp', 'tcp'] as const) {
	test(`draws what went between a client and the server, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 1});
		const {pane} = room.client(protocol);
		await room.send(pane, 'hello');
		await room.happened(protocol === 'udp' ? 'datagram-received' : 'chunk-received', event => event.pane === pane);
		const {view, text, older} = shown(room, protocol);
		t.true(text.includes('hello'), `${text}`);
		t.true(text.includes('HELLO'), `${text}`);
		t.is(older, undefined);
		t.deepEqual(structuredClone(view), view);
	});
}

test('goes back step by step to the first, and says when nothing is older', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	for (let number = 0; number < 30; number++) {
		await room.send(pane, `message ${number}`);
		await room.happenedTimes('datagram-received', number + 1);
	}

	let {text, older} = shown(room, 'udp', {rows: 6});
	t.true(text.includes('message 29'));
	t.false(text.includes('message 0"'));
	let seen = text;
	for (let pages = 0; older && pages < 100; pages++) {
		t.true(older.page <= older.step);
		({text, older} = shown(room, 'udp', {rows: 6, end: older.page}));
		seen += text;
	}

	t.is(older, undefined);
	for (let number = 0; number < 30; number++) {
		t.true(seen.includes(`message ${number}`), `message ${number}`);
	}
});

test('from the oldest it goes forth page by page to the newest, and leaves no step out', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {pane} = room.client('udp');
	for (let number = 0; number < 30; number++) {
		await room.send(pane, `message ${number}`);
		await room.happenedTimes('datagram-received', 2 * (number + 1));
	}

	for (const rows of [3, 6, 17]) {
		let seen = '';
		let end: number | undefined = 0;
		let pages = 0;
		for (; pages < 100 && end !== undefined; pages++) {
			const {view, text} = shown(room, 'udp', {rows, end, isAhead: true});
			seen += text;
			[end] = endsAhead(view, rows);
		}

		seen += shown(room, 'udp', {rows}).text;
		t.deepEqual(Array.from({length: 30}, (_, number) => number).filter(number => !seen.includes(`"message ${number}"`)), []);
		t.deepEqual(Array.from({length: 30}, (_, number) => number).filter(number => !seen.includes(`"MESSAGE ${number}"`)), []);
		t.true(pages <= 60, `${pages} pages of ${rows}`);
	}
});

test('scrolled back, it tells what became of what is shown, though that is newer', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('tcp');
	await room.happened('connection-accepted');
	await room.send(pane, 'hello');
	await room.happened('chunk-received');
	const {sequence} = room.all('chunk-sent')[0]!;
	const {steps} = shown(room, 'tcp', {end: sequence + 1}).view;
	t.is(steps.at(-1)?.to?.fate, 'arrived');
	t.is(shown(room, 'tcp', {end: sequence}).view.steps.at(-1)?.kind, 'accept');
});

test('a client is drawn with its own connection socket, also where all that shows is others\'', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 3, reply: 'echo'});
	await room.happenedTimes('connection-accepted', 3);
	for (let number = 0; number < 40; number++) {
		const {pane} = room.client('tcp', 1 + (number % 2));
		await room.send(pane, `message ${number}`);
		await room.happenedTimes('chunk-received', 2 * (number + 1));
	}

	const focus = room.client('tcp', 0).pane;
	const {state} = room.client('tcp', 0);
	const port = state.type === 'connected' ? state.local.port : 0;
	const {view} = shown(room, 'tcp', {rows: 10, focus});
	t.false(view.steps.some(({from}) => from.lane === `client:${focus}`));
	const {header} = drawFlow(view, {words: en.views.flow.diagram, columns: 80, focus: view.focus});
	const text = header.map(line => line.map(({text: part}) => part).join('')).join('\n');
	t.regex(text, /client 1 +connection \d/);
	t.true(text.includes(`← :${port}`));
});

test('scrolled to events that the log has dropped meanwhile, it shows the oldest that are left, and says how many were dropped', async t => {
	const {log, scene} = await fill(100, 64);
	const lines = (end: number | undefined): string => {
		const view = answerFlow(log, scene, {
			type: 'flow',
			scene: 'udp',
			focus: undefined,
			rows: 10,
			end,
		});
		return stripVTControlCharacters(flowLines(view, {
			columns: 100, steps: 10, height: 14, around: 'client 1', isScrolled: true,
		}, en).join('\n'));
	};

	const dropped = lines(log.first - 10);
	t.regex(dropped, /message 37\b[^]*message 46\b/);
	t.notRegex(dropped, /message 47\b|nothing has happened/);
	t.regex(dropped.split('\n')[0] ?? '', /3[67] older rows dropped/);
	t.notRegex(lines(undefined), /dropped/);
});

test('costs what it shows, however long the log is', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	await Promise.all(Array.from({length: 5000}, async (_, port) =>
		room.playground.execute({type: 'set-destination', pane, destination: {host: '127.0.0.1', port}})));
	await room.send(pane, 'x');
	await room.happened('datagram-sent');
	let reads = 0;
	const {log} = room.playground;
	const {read} = log;
	log.read = (...parameters) => {
		reads++;
		return read.apply(log, parameters);
	};

	shown(room, 'udp', {rows: 5, end: 3});
	// Some newer ones tell what became of those that are shown.
	t.true(reads <= 3 + 256);
});

test('looks back no further than it says, and leads past what it does not draw', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	await room.send(pane, 'long ago');
	await room.happened('datagram-received');
	for (let port = 1; port <= 2500; port++) {
		await room.playground.execute({type: 'set-destination', pane, destination: {host: '127.0.0.1', port}});
	}

	let {text, older} = shown(room, 'udp', {rows: 5});
	let pages = 0;
	while (older && pages < 10) {
		t.false(text.includes('long ago'));
		({text, older} = shown(room, 'udp', {rows: 5, end: older.page}));
		pages++;
	}

	t.is(pages, 2);
	t.true(text.includes('long ago'));
});

for (const format of ['svg', 'mermaid', 'text'] as const) {
	test(`a ${format} file says whether older steps are left out: there are too many, or the log does not hold them any more`, async t => {
		const contentsOf = async (datagrams: number, events: number): Promise<string> => {
			const {log, scene} = await fill(datagrams, events);
			const file = await exportFlow(async end => readFlowEvents(log, scene, end), format, en.views.flow.diagram);
			t.regex(file?.name ?? '', /^socket-playground-udp-flow\.(?:svg|mmd|txt)$/);
			return Buffer.from(file?.contents ?? '').toString();
		};

		const [few, evicted, most, more] = await Promise.all([
			contentsOf(20, 64),
			contentsOf(100, 64),
			contentsOf(10_000, 16_384),
			contentsOf(10_001, 16_384),
		]);
		t.deepEqual(
			[few, evicted, most, more].map(contents => contents.includes('… older steps are not in this file')),
			[false, true, false, true],
		);
		t.regex(most, /message 1\b/);
		t.notRegex(more, /message 1\b/);
	});
}

test('events are handed over in bounded pieces, newest first, and none is left out', async t => {
	const {log, scene} = await fill(1000, 4096);
	const texts: string[] = [];
	let pieces = 0;
	for (let end: number | undefined = log.next; end !== undefined;) {
		const piece = readFlowEvents(log, scene, end);
		t.true(piece.events.length <= 256);
		texts.push(...piece.events.flatMap(event => ('bytes' in event ? Buffer.from(event.bytes).toString().trim() : [])));
		pieces++;
		({end} = piece);
	}

	t.is(pieces, 4);
	t.deepEqual(texts, Array.from({length: 1000}, (_, index) => `message ${1000 - index}`));
});

/**
A scene whose client has sent this many chunks, each with a text of its own, and a log that holds this many events.
*/
async function fill(datagrams: number, events: number): Promise<{readonly log: EventLog; readonly scene: Scene}> {
	const log = new EventLog({
		events, bytes: 1 << 20, clock: () => 0, isOwnHost: () => false,
	});
	const scene = new Scene({
		playground: playgroundOptions,
		limits: defaultLimits,
		log,
		newPane: () => 1,
		onChange: () => undefined,
		name: 'udp',
		protocol: 'udp',
	});
	await scene.openClient();
	const {pane, index} = scene.clients[0]!;
	const track = log.track(pane, index, 0);
	for (let number = 1; number <= datagrams; number++) {
		track.chunkSent(Buffer.from(`message ${number} `));
	}

	return {log, scene};
}
