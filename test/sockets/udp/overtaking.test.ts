import test from 'ava';
import fc from 'fast-check';
import {Overtaking} from '../../../source/sockets/udp/overtaking.ts';

/**
Keeps by which write each datagram was overtaken, and whether a datagram that leaves has overtaken any. The sequence
number of write n is 100 + n.
*/
class Watched {
	readonly overtaking = new Overtaking();
	readonly #by = new Map<number, number>();

	leave(write: number): boolean {
		const overtaken = this.overtaking.leave(write);
		for (const sequence of overtaken) {
			this.#by.set(sequence, write);
		}

		return overtaken.length > 0;
	}

	enter(write: number): void {
		this.overtaking.enter(write, 100 + write);
	}

	by(writes: readonly number[]): Array<number | undefined> {
		return writes.map(write => this.#by.get(100 + write));
	}
}

/** Datagrams on the link, their writes numbered from 1. */
function enter(count: number): {readonly overtaking: Watched; by(): Array<number | undefined>} {
	const overtaking = new Watched();
	const writes = Array.from({length: count}, (_, index) => index + 1);
	for (const write of writes) {
		overtaking.enter(write);
	}

	return {overtaking, by: () => overtaking.by(writes)};
}

test('nothing is overtaken where all leave in the order in which they were sent', t => {
	const {overtaking, by} = enter(3);
	t.deepEqual([1, 2, 3].map(write => overtaking.leave(write)), [false, false, false]);
	t.deepEqual(by(), [undefined, undefined, undefined]);
});

test('what leaves has overtaken all that were sent before it and are still there, and none that were sent after it', t => {
	const {overtaking, by} = enter(4);
	t.true(overtaking.leave(3));
	t.deepEqual(by(), [3, 3, undefined, undefined]);
});

test('who has overtaken it first is remembered', t => {
	const {overtaking, by} = enter(3);
	t.true(overtaking.leave(2));
	t.false(overtaking.leave(3), 'only 1 is still there, and it had been overtaken before');
	t.false(overtaking.leave(1));
	t.deepEqual(by(), [2, undefined, undefined]);
});

test('of two copies the first that leaves counts', t => {
	const {overtaking, by} = enter(2);
	overtaking.leave(1);
	t.false(overtaking.leave(2), 'the other copy of 1 may still be there');
	t.false(overtaking.leave(1));
	t.deepEqual(by(), [undefined, undefined]);
});

test('what goes round the link, since that does nothing any more, overtakes what is still on it', t => {
	const {overtaking, by} = enter(2);
	t.true(overtaking.leave(3));
	t.deepEqual(by(), [3, 3]);
});

test('what is cleared away can neither overtake nor be overtaken, and numbers may begin anew', t => {
	const {overtaking, by} = enter(5);
	overtaking.overtaking.clear();
	t.false(overtaking.leave(9));
	t.deepEqual(by(), Array.from({length: 5}, () => undefined));
	overtaking.overtaking.enter(1, 201);
	overtaking.overtaking.enter(2, 202);
	t.deepEqual(overtaking.overtaking.leave(2), [201]);
});

type Step
	= | {readonly type: 'send'; readonly copies: number}
		| {readonly type: 'round'}
		| {readonly type: 'leave'; readonly which: number};

/** The same as a plain list: nothing is ever taken out of it. */
class Model {
	readonly #sent: Array<{readonly write: number; copies: number; hasLeft: boolean; overtakenBy: number | undefined}>
		= [];

	#writes = 0;

	get overtakenBy(): Array<number | undefined> {
		return this.#sent.map(({overtakenBy}) => overtakenBy);
	}

	enter(copies: number): number {
		this.#sent.push({
			write: ++this.#writes,
			copies,
			hasLeft: false,
			overtakenBy: undefined,
		});
		return this.#writes;
	}

	/** A datagram that goes round the link. */
	goRound(): {readonly write: number; readonly hasOvertaken: boolean} {
		const write = ++this.#writes;
		return {write, hasOvertaken: this.#overtake(write)};
	}

	/** One of the copies that are on the link leaves. */
	leave(which: number): {readonly write: number; readonly hasOvertaken: boolean} | undefined {
		const there = this.#sent.filter(({copies}) => copies > 0);
		if (there.length === 0) {
			return undefined;
		}

		const sent = there[which % there.length]!;
		sent.copies--;
		sent.hasLeft = true;
		return {write: sent.write, hasOvertaken: this.#overtake(sent.write)};
	}

	/** All that were sent before it, and of which no copy has left, are overtaken. */
	#overtake(write: number): boolean {
		const earlier = this.#sent.filter(sent => sent.write < write && !sent.hasLeft);
		const overtaken = earlier.filter(sent => sent.overtakenBy === undefined);
		for (const sent of overtaken) {
			sent.overtakenBy = write;
		}

		return overtaken.length > 0;
	}
}

test('agrees with a plain list about which datagram was overtaken by which, in any order of leaving', t => {
	const step: fc.Arbitrary<Step> = fc.oneof(
		fc.record({type: fc.constant('send' as const), copies: fc.constantFrom(1, 1, 1, 2)}),
		fc.record({type: fc.constant('round' as const)}),
		fc.record({type: fc.constant('leave' as const), which: fc.nat(1000)}),
	);
	fc.assert(fc.property(fc.array(step, {maxLength: 80, size: 'max'}), steps => {
		const overtaking = new Watched();
		const model = new Model();
		const writes: number[] = [];
		for (const one of steps) {
			if (one.type === 'send') {
				const write = model.enter(one.copies);
				writes.push(write);
				overtaking.enter(write);
			}

			const left
				= one.type === 'round' ? model.goRound() : (one.type === 'leave' ? model.leave(one.which) : undefined);
			t.is(left && overtaking.leave(left.write), left?.hasOvertaken);
			t.deepEqual(overtaking.by(writes), model.overtakenBy);
		}
	}), {numRuns: 300});
});
