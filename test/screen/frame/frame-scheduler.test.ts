import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import type {View} from '../../../source/engine/api/view.ts';
import type {Views} from '../../../source/engine/api/messages.ts';
import type {Query} from '../../../source/engine/api/query.ts';
import {type SchedulerClock, FrameScheduler} from '../../../source/screen/frame/frame-scheduler.ts';
import {row, sceneView} from '../../helpers/terminal-scene.ts';

type Timer = {readonly due: number; readonly callback: () => void};

/** A clock that a test moves on, and the turns of an event loop. */
class FakeClock implements SchedulerClock {
	readonly #timers = new Set<Timer>();
	readonly #turns = new Set<() => void>();
	#now = 0;

	readonly now = (): number => this.#now;

	readonly after = (milliseconds: number, callback: () => void): (() => void) => {
		const timer = {due: this.#now + milliseconds, callback};
		this.#timers.add(timer);
		return () => {
			this.#timers.delete(timer);
		};
	};

	readonly nextTurn = (callback: () => void): (() => void) => {
		this.#turns.add(callback);
		return () => {
			this.#turns.delete(callback);
		};
	};

	/** The code that runs now takes this long. */
	spend(milliseconds: number): void {
		this.#now += milliseconds;
	}

	/** Let the loop turn once. */
	turn(): void {
		const callbacks = [...this.#turns];
		this.#turns.clear();
		for (const callback of callbacks) {
			callback();
		}
	}

	/** Let this time pass: timers that come due ring, in their order. */
	pass(milliseconds: number): void {
		const end = this.#now + milliseconds;
		this.turn();
		while (this.#now < end) {
			const [next] = [...this.#timers].toSorted((a, b) => a.due - b.due);
			if (!next || next.due > end) {
				this.#now = end;
				return;
			}

			this.#now = Math.max(this.#now, next.due);
			this.#timers.delete(next);
			next.callback();
			this.turn();
		}
	}
}

function rowsQuery(rows: number): Query {
	return {
		type: 'rows', pane: 1, kind: 'messages', rows, end: undefined, maxBytes: 64,
	};
}

/** Views of a pane that shows ten rows of this many. */
function rowsViews(total: number): Views {
	const rows = Array.from({length: 10}, () => row({}));
	return {
		lastCommand: 0,
		views: [{
			type: 'rows', pane: 1, kind: 'messages', rows, end: total, total, first: 0,
		}],
	};
}

function sceneViews(messages: number): Views {
	const view: View = sceneView({traffic: {received: {count: messages, bytes: 0}, sent: {count: 0, bytes: 0}}});
	return {lastCommand: 0, views: [view]};
}

type RoomOptions = {
	/** What a frame costs, in milliseconds. */
	readonly cost?: number;
	/** What the engine answers, when it has been asked this often; undefined where nothing has changed. */
	readonly answer?: (asked: number) => Views | undefined;
	/** What happens while a frame is drawn. */
	readonly whileDrawing?: (room: PaceRoom) => void;
};

/** A pace between an engine that answers within a millisecond, and a terminal. */
class PaceRoom {
	readonly clock = new FakeClock();
	readonly pace: FrameScheduler;
	queries: readonly Query[] = [rowsQuery(10)];
	isBehind = false;
	asked = 0;
	frames = 0;

	constructor({cost = 1, answer = () => undefined, whileDrawing = () => undefined}: RoomOptions = {}) {
		this.pace = new FrameScheduler({
			clock: this.clock,
			queries: () => this.queries,
			isBehind: () => this.isBehind,
			ask: () => {
				const views = answer(++this.asked);
				if (views) {
					this.clock.after(1, () => {
						this.pace.take(views);
					});
				}
			},
			draw: () => {
				this.frames++;
				this.clock.spend(cost);
				whileDrawing(this);
			},
		});
	}

	/** How many frames there are in this time. */
	framesIn(milliseconds: number): number {
		const before = this.frames;
		this.clock.pass(milliseconds);
		return this.frames - before;
	}
}

test('there are at most about 30 frames a second, and as many where frames are cheap', t => {
	const room = new PaceRoom({answer: asked => rowsViews(asked)});
	room.pace.refresh(false);
	const frames = room.framesIn(10_000);
	t.true(frames <= 303 && frames > 250, `${frames} in ten seconds`);
});

for (const [cost, least, most] of [[3, 33, 35], [10, 88, 93], [40, 355, 363], [100, 495, 503]] as const) {
	test(`a frame that costs ${cost} ms is followed by a rest in proportion, of 0.4 s at most`, t => {
		const room = new PaceRoom({cost, answer: asked => rowsViews(asked)});
		room.pace.refresh(false);
		const interval = 20_000 / room.framesIn(20_000);
		t.true(interval >= least && interval <= most, `a frame each ${interval} ms`);
	});
}

for (const [name, answer, isFlood] of [
	['more rows than a pane shows', (asked: number) => rowsViews(asked * 11), true],
	['as many rows as a pane shows', (asked: number) => rowsViews(asked * 10), false],
	['more messages than a screen has rows', (asked: number) => sceneViews(asked * 101), true],
	['as many messages as a screen has rows', (asked: number) => sceneViews(asked * 100), false],
] as const) {
	test(`${name} from frame to frame ${isFlood ? 'make frames rare' : 'are drawn as often as any'}`, t => {
		const room = new PaceRoom({answer});
		room.pace.refresh(false);
		const frames = room.framesIn(10_000);
		t.true(isFlood ? frames >= 39 && frames <= 42 : frames > 250, `${frames} in ten seconds`);
	});
}

test('while nothing changes the engine is asked once, and nothing is drawn', t => {
	const room = new PaceRoom();
	room.pace.refresh(false);
	t.is(room.framesIn(60_000), 0);
	t.is(room.asked, 1);
});

test('a keystroke that changes no query asks nothing, and does not put off the next frame', t => {
	const room = new PaceRoom({answer: asked => rowsViews(asked)});
	room.pace.refresh(false);
	room.clock.pass(5);
	const {asked} = room;
	for (let time = 0; time < 25; time += 5) {
		room.pace.refresh(false);
		t.is(room.asked, asked);
		room.clock.pass(5);
	}

	t.is(room.framesIn(10), 1);
});

test('a query that is new is put at once, also while the screen rests', t => {
	const room = new PaceRoom({cost: 40, answer: asked => rowsViews(asked)});
	room.pace.refresh(false);
	room.clock.pass(60);
	t.is(room.asked, 1, 'it rests for 320 ms');
	room.queries = [rowsQuery(11)];
	room.pace.refresh(false);
	t.is(room.asked, 2);
	t.is(room.framesIn(2), 1);
});

test('a query put while the screen rests takes the place of the one that was due', t => {
	const room = new PaceRoom({answer: asked => asked === 1 ? rowsViews(asked) : undefined});
	room.pace.refresh(false);
	room.clock.pass(10);
	room.queries = [rowsQuery(11)];
	room.pace.refresh(false);
	room.clock.pass(1000);
	t.is(room.asked, 2);
});

test('an answer that is waited for is asked for at once while the screen rests, and once only', t => {
	const room = new PaceRoom({cost: 40, answer: asked => rowsViews(asked)});
	room.pace.refresh(false);
	room.clock.pass(60);
	room.pace.refresh(true);
	room.pace.refresh(true);
	t.is(room.asked, 2);
	t.is(room.framesIn(2), 1);
});

test('what is asked for anew while a frame is drawn is put without a rest, but only in the next turn of the loop', t => {
	for (const change of ['query', 'urgency'] as const) {
		const room = new PaceRoom({
			cost: 40,
			answer: () => undefined,
			whileDrawing({pace, asked}) {
				room.queries = change === 'query' ? [rowsQuery(11)] : room.queries;
				pace.refresh(change === 'urgency');
				t.is(room.asked, asked);
			},
		});
		room.pace.refresh(false);
		room.pace.take(rowsViews(1));
		t.is(room.asked, 1);
		room.clock.turn();
		t.is(room.asked, 2);
	}
});

test('one answer that is waited for makes one frame urgent, and not those that follow', t => {
	const room = new PaceRoom({
		answer: asked => rowsViews(asked),
		whileDrawing({pace, frames}) {
			if (frames === 1) {
				pace.refresh(true);
			}
		},
	});
	room.pace.refresh(false);
	t.is(room.framesIn(5), 2);
	t.is(room.framesIn(20), 0);
});

test('what was urgent while a frame was drawn, and is shown by it, is not asked for again', t => {
	const room = new PaceRoom({
		whileDrawing({pace}) {
			pace.refresh(true);
			pace.refresh(false);
		},
	});
	room.pace.refresh(false);
	room.pace.take(rowsViews(1));
	room.clock.turn();
	t.is(room.asked, 1);
	room.clock.pass(34);
	t.is(room.asked, 2);
});

test('the loop turns between any two frames, though every frame waits for another answer that is there at once', t => {
	// As a message port does, this delivers all messages that there are, and those that arrive during the delivery.
	const port: Views[] = [];
	const clock = new FakeClock();
	let frames = 0;
	const pace: FrameScheduler = new FrameScheduler({
		clock,
		queries: () => [rowsQuery(10 + frames)],
		isBehind: () => false,
		ask() {
			t.true(frames < 1000, 'the loop does not turn');
			port.push(rowsViews(frames));
		},
		draw() {
			frames++;
			pace.refresh(true);
		},
	});
	pace.refresh(true);
	for (let turn = 1; turn <= 100; turn++) {
		let views = port.shift();
		while (views) {
			pace.take(views);
			views = port.shift();
		}

		t.is(frames, turn);
		clock.turn();
	}
});

test('with the system\'s clock, what waits for a turn of the loop gets it between any two frames', async t => {
	const port: Views[] = [];
	let frames = 0;
	const pace: FrameScheduler = new FrameScheduler({
		queries: () => [rowsQuery(10 + frames)],
		isBehind: () => false,
		ask() {
			t.true(frames < 1000, 'the loop does not turn');
			port.push(rowsViews(frames));
		},
		draw() {
			frames++;
			pace.refresh(true);
		},
	});
	pace.refresh(true);
	for (let turn = 1; turn <= 20; turn++) {
		for (let views = port.shift(); views; views = port.shift()) {
			pace.take(views);
		}

		t.is(frames, turn);
		await setImmediate();
	}

	pace.stop();
});

test('a terminal that is behind gets no new frame, even while a key waits, and the next soon after it has caught up', t => {
	const room = new PaceRoom({
		answer: asked => rowsViews(asked),
		whileDrawing({pace}) {
			room.queries = [rowsQuery(10 + room.frames)];
			pace.refresh(true);
		},
	});
	room.isBehind = true;
	room.pace.refresh(false);
	t.is(room.framesIn(10_000), 1);
	room.isBehind = false;
	room.clock.pass(40);
	t.true(room.frames > 1);
});

test('a query of a keystroke is put to the engine though the terminal is behind', t => {
	const room = new PaceRoom({answer: asked => rowsViews(asked)});
	room.isBehind = true;
	room.pace.refresh(false);
	room.clock.pass(1000);
	room.pace.refresh(true);
	t.is(room.asked, 2);
	t.is(room.framesIn(1000), 1);
});

test('nothing is asked after the end', t => {
	const room = new PaceRoom({answer: asked => rowsViews(asked)});
	room.pace.refresh(false);
	room.clock.pass(10);
	room.pace.stop();
	const {asked} = room;
	room.clock.pass(1000);
	t.is(room.asked, asked);
});
