import {mock} from 'node:test';
import test, {type ExecutionContext} from 'ava';
import {lessonWith, openLesson, stepFor} from '../helpers/lesson-room.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {openRawServer} from '../helpers/raw-tcp.ts';
import {LogClock, timeOfDayAt} from '../../source/log/log-clock.ts';

const hour = 3_600_000;

/** Set the wall clock, until the function that is returned sets it right again. */
function setWallClock(t: ExecutionContext, by: number): () => void {
	const now = Date.now.bind(Date);
	const mocked = mock.method(Date, 'now', () => now() + by);
	const restore = (): void => {
		mocked.mock.restore();
	};

	t.teardown(restore);
	return restore;
}

/** Let the monotonic clock be this much later: after 100 ms the log looks at the wall clock again. */
function passTime(t: ExecutionContext, milliseconds: number): void {
	const now = performance.now.bind(performance);
	const mocked = mock.method(performance, 'now', () => now() + milliseconds);
	t.teardown(() => {
		mocked.mock.restore();
	});
}

/** Answer what is typed at the server's side, after the wall clock has been set. */
async function answerAfterSetting(
	t: ExecutionContext,
	room: PlaygroundRoom,
	scene: 'udp' | 'tcp',
	by: number,
): Promise<void> {
	const read = scene === 'udp' ? 'datagram-received' : 'chunk-received';
	const {pane} = room.client(scene);
	await room.send(pane, 'ping');
	await room.happened(read);
	setWallClock(t, by);
	passTime(t, 150);
	const bytes = Buffer.from('PING');
	await room.playground.execute({
		type: 'send-from-server',
		protocol: scene,
		target: 1,
		bytes,
	});
	await room.happened(read, event => event.pane === pane);
}

for (const scene of ['udp', 'tcp'] as const) {
	for (const by of [hour, -hour]) {
		test.serial(
			`a round trip over ${scene} is as long as it was though the wall clock is set by ${by} ms during it, and the rows are labelled by it`,
			async t => {
				const before = Date.now();
				const room = await openPlayground(t, scene, {clients: 1, reply: 'manual'});
				await answerAfterSetting(t, room, scene, by);
				const {pane} = room.client(scene);
				const {elapsed} = await room.happened(
					scene === 'udp' ? 'datagram-received' : 'chunk-received',
					event => event.pane === pane,
				);
				t.true(elapsed !== undefined && elapsed >= 150 && elapsed < 10_000, `${elapsed} ms`);
				t.is(room.client(scene).rateSummary.roundTrip?.p99, elapsed, 'and so is the 99th percentile');

				const {rows} = room.rows(pane);
				const sent = rows.find(({type}) => type.endsWith('-sent'))!;
				const received = rows.find(({type}) => type.endsWith('-received'))!;
				t.true(
					Math.abs(sent.time - before) < 10_000,
					'what was before the setting has the time of day of then',
				);
				t.true(Math.abs(received.time - Date.now()) < 10_000, 'what came after it has the new one');
				t.true(Math.abs(received.time - sent.time - by) < 10_000);
				const flow = room.playground.view({
					type: 'flow', scene, focus: pane, rows: 20, end: undefined,
				});
				const steps = flow?.type === 'flow' ? flow.steps : [];
				for (const {sequence, time} of [sent, received]) {
					const step = steps.find(({from, to}) => from.sequence === sequence || to?.sequence === sequence);
					const isBefore = step?.from.sequence === sequence || step?.part === 'arrival';
					t.true(step !== undefined && (!isBefore || Math.abs(step.time - time) < 1), 'the diagram has the same labels');
				}
			},
		);
	}
}

/** Until the test ends, these are the clocks of the process. */
function mockClocks(t: ExecutionContext, monotonic: () => number, wall: () => number): void {
	const clocks = [mock.method(performance, 'now', monotonic), mock.method(Date, 'now', wall)];
	t.teardown(() => {
		for (const {mock: mocked} of clocks) {
			mocked.restore();
		}
	});
}

test.serial('its time only goes forward, and each time keeps the time of day that the wall clock said', t => {
	let time = 1_000_000;
	let wall = 2_000_000_000;
	mockClocks(t, () => time, () => wall);
	const clock = new LogClock();
	const told: Array<readonly [number, number]> = [];
	for (const by of [0, hour, -2 * hour, 50]) {
		wall += by;
		for (let step = 0; step < 3; step++) {
			time += 200;
			wall += 200;
			told.push([clock.now(), wall]);
		}
	}

	for (const [at, said] of told) {
		t.true(Math.abs(timeOfDayAt(at, clock.settings) - said) <= 100, `${timeOfDayAt(at, clock.settings)} for ${said}`);
	}

	t.deepEqual(told.map(([at]) => at), told.map((_, index) => 1_000_200 + (200 * index)));
});

test.serial('of a wall clock that is set again and again, the newest settings are remembered', t => {
	let time = 0;
	let wall = 2_000_000_000;
	mockClocks(t, () => time, () => wall);
	const clock = new LogClock();
	for (let count = 0; count < 100; count++) {
		time += 200;
		wall += hour;
		const now = clock.now();
		t.is(timeOfDayAt(now, clock.settings), wall);
	}

	t.true(clock.settings.length <= 64);
	t.is(timeOfDayAt(time - 200, clock.settings), wall - hour);
});

test.serial('the answer to what a TCP relay has held is timed from its message on, though others were sent long after it', async t => {
	const target = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {relay: {target: target.address, silence: 60_000}, clients: 1});
	const {pane} = room.client('tcp');
	const far = await target.accepted.next();
	await room.playground.execute({type: 'set-holding', protocol: 'tcp', directions: ['to-clients']});
	const send = async (text: string): Promise<void> => {
		await room.playground.execute({type: 'send', pane, bytes: Buffer.from(text)});
		t.is(await far.readLike(text), text);
	};

	await send('first');
	far.write('FIRST');
	await room.happened('message-held');
	passTime(t, 26_000);
	await send('later');
	far.write('LATER');
	await room.happenedTimes('message-held', 2);
	const release = async (held: number): Promise<number> => {
		await room.playground.execute({type: 'release-held', protocol: 'tcp', held});
		const answers = (): Array<number | undefined> =>
			room.all('chunk-received').filter(event => event.pane === pane).map(({elapsed}) => elapsed);
		await room.until(() => answers().length === held, 'an answer');
		return answers().at(-1) ?? Number.NaN;
	};

	const first = await release(1);
	const later = await release(2);
	t.true(first >= 26_000 && first < 36_000, `${first}`);
	t.true(later >= 0 && later < 10_000, `${later}`);
});

test.serial('how long a step of a lesson took is not told by a wall clock that is set meanwhile', async t => {
	const room = await openLesson(t, lessonWith([stepFor('{event: datagram-sent, by: client 1}')]));
	setWallClock(t, -hour);
	passTime(t, 150);
	await room.exchange('one');
	await room.done();
	const [step] = room.report().steps;
	t.true(step?.done && step.done.after >= 0 && step.done.after < 60_000, `it took ${step?.done?.after} ms`);
});
