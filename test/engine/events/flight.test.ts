import test from 'ava';
import fc from 'fast-check';
import {Flight} from '../../../source/engine/events/flight.ts';

function bytesOf(text: string): Uint8Array {
	return Buffer.from(text);
}

test('takes each datagram that arrives for the one that departed with its bytes', t => {
	const flight = new Flight();
	const departures = ['one', 'two', 'three'].map((text, index) => flight.depart(index + 1, bytesOf(text)));
	for (const [index, text] of ['one', 'two', 'three'].entries()) {
		t.is(flight.arrive(bytesOf(text), index + 10), departures[index]);
	}

	t.deepEqual(departures.map(({readAs}) => readAs), [10, 11, 12]);
	t.is(flight.newestRead, 3);
	t.is(flight.overtaken, 0);
});

test('counts as lost what was overtaken, which cannot arrive any more', t => {
	const flight = new Flight();
	const [lost, alsoLost, read] = ['a', 'b', 'c'].map((text, index) => flight.depart(index + 1, bytesOf(text)));
	t.is(flight.arrive(bytesOf('c'), 1), read);
	t.is(flight.newestRead, 3);
	t.is(flight.overtaken, 2);
	t.is(flight.arrive(bytesOf('a'), 2), undefined);
	t.is(flight.arrive(bytesOf('b'), 2), undefined);
	t.deepEqual([lost.readAs, alsoLost.readAs], [0, 0]);
});

test('takes the oldest of equal payloads', t => {
	const flight = new Flight();
	const [first, second] = [1, 2, 3].map(number => flight.depart(number, bytesOf('same')));
	t.is(flight.arrive(bytesOf('same'), 1), first);
	t.is(flight.arrive(bytesOf('same'), 2), second);
	t.is(flight.newestRead, 2);
	t.is(flight.overtaken, 0);
});

test('tells datagrams of one length apart by both their ends, and empty ones by their order', t => {
	const flight = new Flight();
	const long = (first: number, last: number): Uint8Array => Uint8Array.from({length: 1000}, (_, index) => index === 0 ? first : (index === 999 ? last : 7));
	flight.depart(1, long(1, 1));
	flight.depart(2, long(2, 1));
	flight.depart(3, long(2, 2));
	flight.depart(4, new Uint8Array(0));
	t.is(flight.arrive(long(2, 2), 1)?.number, 3);
	t.is(flight.arrive(new Uint8Array(0), 2)?.number, 4);
	t.is(flight.arrive(new Uint8Array(0), 3), undefined);
});

test('knows nothing of what never departed', t => {
	const flight = new Flight();
	t.is(flight.arrive(bytesOf('x'), 1), undefined);
	const departure = flight.depart(1, bytesOf('x'));
	t.is(flight.arrive(bytesOf('y'), 1), undefined);
	t.is(flight.arrive(bytesOf('xx'), 1), undefined);
	t.is(flight.newestRead, 0);
	t.is(flight.arrive(bytesOf('x'), 1), departure);
});

test('forgets what the system did not take', t => {
	const flight = new Flight();
	flight.depart(1, bytesOf('a'));
	const refused = flight.depart(2, bytesOf('b'));
	flight.depart(3, bytesOf('c'));
	flight.cancel(refused);
	t.is(flight.arrive(bytesOf('a'), 1)?.number, 1);
	t.is(flight.arrive(bytesOf('b'), 2), undefined);
	t.is(flight.arrive(bytesOf('c'), 2)?.number, 3);
	t.is(flight.overtaken, 0);
	flight.cancel(refused);
	flight.depart(4, bytesOf('d'));
	t.is(flight.arrive(bytesOf('d'), 3)?.number, 4);
});

test('remembers 4,096 datagrams at most, the newest', t => {
	const flight = new Flight();
	for (let number = 1; number <= 10_000; number++) {
		flight.depart(number, bytesOf(String(number)));
	}

	t.is(flight.arrive(bytesOf('5904'), 1), undefined);
	t.is(flight.arrive(bytesOf('5905'), 1)?.number, 5905);
	t.is(flight.arrive(bytesOf('10000'), 2)?.number, 10_000);
	t.is(flight.overtaken, 4094);
});

test('agrees with a plain list about what arrived and what is lost, whatever is dropped', t => {
	const datagram = fc.record({payload: fc.constantFrom('', 'a', 'b', 'ab', 'a much longer one, with more than sixty-four bytes: its middle is not looked at'), isDropped: fc.boolean()});
	fc.assert(fc.property(fc.array(datagram, {maxLength: 60, size: 'max'}), fc.nat(10), (all, lag) => {
		const flight = new Flight();
		/** Payloads on their way, with the flight that they are expected to be: the oldest with the bytes. */
		const model: Array<{number: number; payload: string}> = [];
		const kernel: string[] = [];
		let reads = 0;
		const read = (): void => {
			const payload = kernel.shift()!;
			const place = model.findIndex(one => one.payload === payload);
			t.is(flight.arrive(bytesOf(payload), ++reads)?.number, model[place].number);
			model.splice(0, place + 1);
		};

		for (const [index, {payload, isDropped}] of all.entries()) {
			flight.depart(index + 1, bytesOf(payload));
			model.push({number: index + 1, payload});
			if (!isDropped) {
				kernel.push(payload);
			}

			while (kernel.length > lag) {
				read();
			}
		}

		while (kernel.length > 0) {
			read();
		}

		t.true(flight.newestRead >= reads);
	}), {numRuns: 200});
});
