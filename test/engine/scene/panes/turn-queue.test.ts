import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import fc from 'fast-check';
import {mostQueued, TurnQueue} from '../../../../source/engine/scene/panes/turn-queue.ts';

/** How many acts one turn does. */
const inTurn = 1000;

/** What an act costs beside the bytes that it needs. */
const costOfEach = 128;

type Step = {readonly type: 'add' | 'addLast'; readonly count: number; readonly bytes: number} | {readonly type: 'turn' | 'clear'};

const steps = fc.array(fc.oneof<Array<fc.Arbitrary<Step>>>(
	fc.record({
		type: fc.constantFrom('add', 'addLast'), count: fc.integer({min: 1, max: 1100}), bytes: fc.constantFrom(0, mostQueued / 256, mostQueued / 2),
	}),
	fc.record({type: fc.constantFrom('turn', 'turn', 'clear')}),
), {maxLength: 12});

test('acts are done in their order, so many in a turn, and only as many bytes are queued as there is room for', async t => {
	await fc.assert(fc.asyncProperty(steps, async all => {
		const queue = new TurnQueue();
		const done: number[] = [];
		const expected: number[] = [];
		let queued: Array<{readonly id: number; readonly cost: number}> = [];
		let size = 0;
		let left = inTurn;
		let last = 0;
		const add = (type: 'add' | 'addLast', bytes: number): void => {
			const id = ++last;
			const cost = bytes + costOfEach;
			const act = (): void => {
				done.push(id);
			};

			const isTaken = type === 'addLast' || queued.length === 0 || size + cost <= mostQueued;
			if (type === 'addLast') {
				queue.addLast(act, bytes);
			} else {
				t.is(queue.add(act, bytes), isTaken);
			}

			if (isTaken && queued.length === 0 && left > 0) {
				left--;
				expected.push(id);
			} else if (isTaken) {
				queued.push({id, cost});
				size += cost;
			}
		};

		for (const step of all) {
			if ('count' in step) {
				for (let count = 0; count < step.count; count++) {
					add(step.type, step.bytes);
				}
			} else if (step.type === 'turn') {
				await turn();
				const now = queued.splice(0, inTurn);
				left = inTurn - now.length;
				size -= now.reduce((sum, {cost}) => sum + cost, 0);
				expected.push(...now.map(({id}) => id));
			} else {
				queue.clear();
				queued = [];
				size = 0;
			}

			t.is(done.length, expected.length);
			t.is(queue.isEmpty, queued.length === 0);
		}

		t.deepEqual(done, expected);
	}), {
		numRuns: 60,
		// What is no longer queued makes room, whether it was done or given up.
		examples: (['turn', 'clear'] as const).map((type): [Step[]] => [[
			{type: 'add', count: inTurn, bytes: 0},
			{type: 'add', count: 200, bytes: mostQueued / 256},
			{type},
			{type: 'add', count: inTurn, bytes: 0},
			{type: 'add', count: 200, bytes: mostQueued / 256},
		]]),
	});
});
