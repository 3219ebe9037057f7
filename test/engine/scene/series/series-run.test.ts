/* When a series sends, and when it ends: by a clock that the test sets. */
import test, {type ExecutionContext} from 'ava';
import type {EventRoom} from '../../../helpers/event-room.ts';
import type {SeriesReport} from '../../../../source/log/reports.ts';
import {type Attempt, type MessengerListener, SeriesRun} from '../../../../source/engine/scene/series/series-run.ts';
import {SeriesTally} from '../../../../source/engine/scene/series/series-tally.ts';
import {StreamMessenger} from '../../../../source/engine/scene/series/stream-messenger.ts';
import {type LinkConditions, perfect} from '../../../../source/link/conditions.ts';
import {Link} from '../../../../source/link/link.ts';
import {defaultLimits} from '../../../../source/sockets/limits.ts';
import {TcpClient} from '../../../../source/sockets/tcp/tcp-client.ts';
import {FakeTime} from '../../../link/_fake-time.ts';
import {makeTcpServer} from '../../../helpers/sockets.ts';

type FakeRun = {
	readonly time: FakeTime;
	readonly run: SeriesRun;
	readonly tally: SeriesTally;
	/** What the messenger says, until it says something else. */
	readonly says: {attempt: Attempt; silence: number; looks: number};
	readonly hears: () => MessengerListener;
	readonly ends: SeriesReport[];
};

/** A series whose messenger does what the test says. */
function fakeRun(count: number | undefined, rate: number | undefined): FakeRun {
	const time = new FakeTime(1000);
	const tally = new SeriesTally(count);
	const says: FakeRun['says'] = {attempt: 'sent', silence: 2000, looks: 0};
	const ends: SeriesReport[] = [];
	let listener: MessengerListener | undefined;
	const run = new SeriesRun({
		series: {count, rate},
		time,
		newMessenger(given) {
			listener = given;
			return {
				tally,
				send() {
					if (says.attempt === 'sent') {
						tally.send(1, time.now());
					}

					return says.attempt;
				},
				get isSettled() {
					return tally.waiting === 0;
				},
				get silence() {
					return says.silence;
				},
				look() {
					says.looks++;
				},
				close: () => undefined,
			};
		},
		onEnded(report) {
			ends.push(report);
		},
	});
	return {
		time, run, tally, says, ends, hears: () => listener!,
	};
}

test('sends each message at its time from the beginning, however late the timers are', t => {
	const {time, run, tally} = fakeRun(100, 10);
	run.start();
	t.is(tally.sent, 1);
	time.advance(5000, 30);
	t.is(tally.sent, 50);
	time.block(1000);
	time.turn();
	time.turn();
	t.is(tally.sent, 61, 'what is late is made up for');
});

test('sends a bounded number in a turn, and the rest in the next turns', t => {
	const {time, run, tally} = fakeRun(200, undefined);
	run.start();
	const sent = [tally.sent];
	for (let turn = 0; turn < 3; turn++) {
		time.turn();
		sent.push(tally.sent);
	}

	t.deepEqual(sent, [64, 128, 192, 200]);
});

test('tries again what had to wait: after 2 ms, in the next turn, or as soon as it is told to', t => {
	const {time, run, tally, says} = fakeRun(3, undefined);
	says.attempt = 'wait';
	run.start();
	time.block(1);
	time.turn();
	t.is(time.running, 1);
	says.attempt = 'wait-turn';
	time.block(1);
	time.turn();
	time.turn();
	says.attempt = 'sent';
	time.turn();
	t.is(tally.sent, 3);
	const told = fakeRun(3, undefined);
	told.says.attempt = 'wait';
	told.run.start();
	told.says.attempt = 'sent';
	told.hears().onReady();
	told.time.turn();
	t.is(told.tally.sent, 3);
});

test('sends nothing after its end, and starts nothing, whatever it hears then', t => {
	for (const hear of ['onReady', 'onProgress', 'onOver'] as const) {
		const {time, run, tally, says, ends, hears} = fakeRun(3, undefined);
		says.attempt = 'wait';
		run.start();
		run.end('stopped');
		says.attempt = 'sent';
		hears()[hear]();
		t.is(time.running, 0);
		time.turn();
		t.is(tally.sent, 0);
		t.deepEqual(ends.map(({end}) => end), ['stopped']);
	}
});

test('ends when all is answered, after the event that tells so', t => {
	const {time, run, tally, ends, hears} = fakeRun(1, undefined);
	run.start();
	tally.answer({
		time: 1001, elapsed: 1, isRoundTrip: true, length: 1, isOutOfOrder: false,
	});
	hears().onProgress();
	t.is(ends.length, 0);
	time.turn();
	t.like(ends[0], {answered: 1, waiting: 0, end: 'done'});
	t.is(time.running, 0);
});

test('is not ended by a silence in which this process has had no turn: it looks twice for what was dropped', t => {
	const {time, run, says, ends} = fakeRun(2, undefined);
	run.start();
	for (const looks of [1, 2]) {
		t.is(ends.length, 0);
		time.block(5000);
		// The timer, and then what was read meanwhile.
		time.turn();
		time.turn();
		t.is(says.looks, looks);
	}

	t.like(ends[0], {waiting: 2, end: 'done'});
	const heard = fakeRun(2, undefined);
	heard.run.start();
	heard.time.advance(400);
	heard.hears().onProgress();
	heard.time.block(5000);
	heard.time.turn();
	heard.time.turn();
	t.is(heard.ends.length, 0, 'a look before that does not count');
});

test('ends when nothing has been heard for as long as its messenger says, and looks for what was dropped meanwhile', t => {
	const {time, run, says, ends, hears} = fakeRun(2, undefined);
	run.start();
	time.advance(1500);
	hears().onProgress();
	time.advance(2000);
	t.is(ends.length, 0);
	time.advance(400);
	t.like(ends[0], {waiting: 2, end: 'done'});
	t.true(says.looks >= 10);
});

test('does not end while something is known to be under way; silence begins when nothing is', t => {
	const {time, run, says, ends} = fakeRun(2, undefined);
	says.silence = Number.POSITIVE_INFINITY;
	run.start();
	time.advance(3_600_000);
	t.is(ends.length, 0);
	says.silence = 10_000;
	time.advance(9000);
	t.is(ends.length, 0);
	time.advance(2000);
	t.like(ends[0], {waiting: 2, end: 'done'});
});

type StreamRun = {
	readonly time: FakeTime;
	readonly room: EventRoom;
	readonly link: Link;
	readonly messenger: () => StreamMessenger;
	readonly ends: SeriesReport[];
	readonly start: () => void;
	/** Wait until the server, which echoes, has read this many bytes. */
	readonly read: (bytes: number) => Promise<void>;
	/** What the server does with a chunk. */
	readonly answer: (handler: (answer: () => void) => void) => void;
};

/** A client that sends two messages over a link whose clock is the test's, to a server that echoes them. */
async function openStreamRun(t: ExecutionContext, conditions: Partial<LinkConditions>): Promise<StreamRun> {
	let serverRead = 0;
	let onAnswer = (answer: () => void): void => {
		answer();
	};

	const {room, server} = makeTcpServer(t, {
		onChunk(connection, bytes) {
			serverRead += bytes.length;
			const own = Uint8Array.from(bytes);
			onAnswer(() => {
				connection.write(own, true);
			});
			room.look();
		},
	});
	await server.open({host: '127.0.0.1', port: 0});
	const {local} = await room.happened('listening-started');
	const time = new FakeTime();
	const link = new Link({conditions: {...perfect, ...conditions}, seed: 1, time});
	const client = new TcpClient({
		newTrack: () => room.log.track(2, room.index, 0),
		limits: defaultLimits,
		link,
		awaitsAnswers: () => true,
		onChange: () => undefined,
	});
	t.teardown(async () => client.close());
	await client.connect(local);
	await room.happened('connection-accepted');
	const ends: SeriesReport[] = [];
	let made: StreamMessenger | undefined;
	const run = new SeriesRun({
		series: {count: 2, rate: undefined},
		time,
		newMessenger(listener) {
			made = new StreamMessenger({
				client,
				count: 2,
				content: Buffer.from('message'),
				counts: 'answers',
				limit: 1024 * 1024,
				now: time.now,
				answerLength: ({length}) => length,
				listener: {
					...listener,
					onProgress() {
						listener.onProgress();
						room.look();
					},
				},
			});
			return made;
		},
		onEnded(report) {
			ends.push(report);
		},
	});
	return {
		time, room, link, ends,
		messenger: () => made!,
		start() {
			run.start();
		},
		async read(bytes) {
			await room.until(() => serverRead >= bytes, `${bytes} B read by the server`);
		},
		answer(handler) {
			onAnswer = handler;
		},
	};
}

test('a series over TCP waits for a link that cuts and rests longer than any timeout, and for what the server has to read', async t => {
	const series = await openStreamRun(t, {slice: 7, pause: 60_000});
	const {time, room, ends, messenger} = series;
	series.start();
	time.advance(59_999);
	t.is(ends.length, 0);
	t.is(messenger().silence, Number.POSITIVE_INFINITY);
	time.advance(1);
	await series.read(14);
	await room.until(() => messenger().tally.waiting === 0, 'both answers');
	time.turn();
	t.like(ends[0], {answered: 2, waiting: 0, end: 'done'});
});

test('a series over TCP waits for a link that stands still', async t => {
	const series = await openStreamRun(t, {stall: true});
	const {time, room, link, ends, messenger} = series;
	series.start();
	time.advance(3_600_000);
	t.is(ends.length, 0);
	link.change('to-server', perfect);
	await room.until(() => messenger().tally.waiting === 0, 'both answers');
	time.turn();
	t.like(ends[0], {answered: 2, waiting: 0, end: 'done'});
});

test('a series over TCP gives up 10 s after everything was read, where the server does not answer', async t => {
	const series = await openStreamRun(t, {});
	const {time, room, ends, messenger} = series;
	const answers: Array<() => void> = [];
	series.answer(answer => {
		answers.push(answer);
	});
	series.start();
	t.is(messenger().silence, Number.POSITIVE_INFINITY, 'the server has not read it');
	time.advance(60_000);
	t.is(ends.length, 0);
	await series.read(14);
	t.is(messenger().silence, 10_000);
	time.advance(9000);
	t.is(ends.length, 0);
	answers[0]?.();
	t.is(messenger().silence, Number.POSITIVE_INFINITY, 'its answer is under way');
	await room.until(() => messenger().tally.report('done').answered > 0, 'an answer');
	time.advance(11_000);
	t.is(ends.length, 1);
});
