import test from 'ava';
import fc from 'fast-check';
import {EventLog} from '../../../source/log/event-log.ts';
import {type InFlightDatagram, InFlight, type Origin} from '../../../source/log/delivery/in-flight.ts';
import {PaneIndex} from '../../../source/log/storage/pane-index.ts';

const log = new EventLog({
	events: 1, bytes: 16, clock: () => 0, isOwnHost: () => false,
});
const track = log.track(1, new PaneIndex(), 0);

function bytesOf(text: string): Uint8Array {
	return Buffer.from(text);
}

/** A write of the socket that all these datagrams are from. */
function write(number: number, time = 0): Origin {
	return {track, number, time};
}

/** What is in flight, and the writes whose datagrams were dropped, in the order of their notification. */
function makeFlight(): {readonly inFlight: InFlight; readonly dropped: readonly number[]} {
	const dropped: number[] = [];
	const inFlight = new InFlight(({number}: InFlightDatagram) => {
		dropped.push(number);
	});
	return {inFlight, dropped};
}

test('takes each datagram that arrives for the one that departed with its bytes', t => {
	const {inFlight, dropped} = makeFlight();
	const departures = ['one', 'two', 'three'].map((text, index) => inFlight.depart(write(index + 1), bytesOf(text)));
	for (const [index, text] of ['one', 'two', 'three'].entries()) {
		t.is(inFlight.arrive(bytesOf(text), index + 10), departures[index]);
	}

	t.deepEqual(departures.map(({readAs}) => readAs), [10, 11, 12]);
	t.is(inFlight.newestRead, 3);
	t.deepEqual(dropped, []);
});

test('counts as lost what was overtaken, which cannot arrive any more', t => {
	const {inFlight, dropped} = makeFlight();
	const [lost, alsoLost, read] = ['a', 'b', 'c'].map((text, index) =>
		inFlight.depart(write(index + 1), bytesOf(text)));
	t.is(inFlight.arrive(bytesOf('c'), 1), read);
	t.is(inFlight.newestRead, 3);
	t.deepEqual(dropped, [1, 2]);
	t.is(inFlight.arrive(bytesOf('a'), 2), undefined);
	t.is(inFlight.arrive(bytesOf('b'), 2), undefined);
	t.deepEqual([lost?.readAs, alsoLost?.readAs], [0, 0]);
});

test('takes the oldest of equal payloads', t => {
	const {inFlight, dropped} = makeFlight();
	const [first, second] = [1, 2, 3].map(number => inFlight.depart(write(number), bytesOf('same')));
	t.is(inFlight.arrive(bytesOf('same'), 1), first);
	t.is(inFlight.arrive(bytesOf('same'), 2), second);
	t.is(inFlight.newestRead, 2);
	t.deepEqual(dropped, []);
});

test('tells datagrams of one length apart by both their ends, and empty ones by their order', t => {
	const {inFlight} = makeFlight();
	const long = (first: number, last: number): Uint8Array =>
		Uint8Array.from({length: 1000}, (_, index) => (index === 0 ? first : (index === 999 ? last : 7)));
	inFlight.depart(write(1), long(1, 1));
	inFlight.depart(write(2), long(2, 1));
	inFlight.depart(write(3), long(2, 2));
	inFlight.depart(write(4), new Uint8Array(0));
	t.is(inFlight.arrive(long(2, 2), 1)?.number, 3);
	t.is(inFlight.arrive(new Uint8Array(0), 2)?.number, 4);
	t.is(inFlight.arrive(new Uint8Array(0), 3), undefined);
});

test('knows nothing of what never departed', t => {
	const {inFlight} = makeFlight();
	t.is(inFlight.arrive(bytesOf('x'), 1), undefined);
	const departure = inFlight.depart(write(1), bytesOf('x'));
	t.is(inFlight.arrive(bytesOf('y'), 1), undefined);
	t.is(inFlight.arrive(bytesOf('xx'), 1), undefined);
	t.is(inFlight.newestRead, 0);
	t.is(inFlight.arrive(bytesOf('x'), 1), departure);
});

test('forgets what the system did not take', t => {
	const {inFlight, dropped} = makeFlight();
	inFlight.depart(write(1), bytesOf('a'));
	const refused = inFlight.depart(write(2), bytesOf('b'));
	inFlight.depart(write(3), bytesOf('c'));
	inFlight.cancel(refused);
	t.is(inFlight.arrive(bytesOf('a'), 1)?.number, 1);
	t.is(inFlight.arrive(bytesOf('b'), 2), undefined);
	t.is(inFlight.arrive(bytesOf('c'), 2)?.number, 3);
	t.deepEqual(dropped, []);
	inFlight.cancel(refused);
	inFlight.depart(write(4), bytesOf('d'));
	t.is(inFlight.arrive(bytesOf('d'), 3)?.number, 4);
});

test('what has been read, or overtaken, is cancelled too late to take another away', t => {
	const {inFlight, dropped} = makeFlight();
	const departures = ['a', 'b', 'c', 'd'].map((text, index) => inFlight.depart(write(index + 1), bytesOf(text)));
	inFlight.arrive(bytesOf('b'), 1);
	for (const departure of departures.slice(0, 2)) {
		inFlight.cancel(departure);
	}

	t.is(inFlight.size, 2);
	t.is(inFlight.arrive(bytesOf('c'), 2), departures[2]);
	t.is(inFlight.arrive(bytesOf('d'), 3), departures[3]);
	t.deepEqual(dropped, [1]);
});

test('remembers 65,536 datagrams at most, the newest, and tells of each that it forgets', t => {
	const {inFlight, dropped} = makeFlight();
	for (let number = 1; number <= 70_000; number++) {
		inFlight.depart(write(number), bytesOf(String(number)));
	}

	t.is(inFlight.departed, 70_000);
	t.is(dropped.length, 70_000 - 65_536);
	t.deepEqual([dropped[0], dropped.at(-1)], [1, 4464]);
	t.is(inFlight.arrive(bytesOf('4464'), 1), undefined);
	t.is(inFlight.arrive(bytesOf('4465'), 1)?.number, 4465);
	t.is(inFlight.arrive(bytesOf('70000'), 2)?.number, 70_000);
	t.is(dropped.length, 69_998, 'all but the two that came');
	t.deepEqual(dropped.slice(4463, 4466), [4464, 4466, 4467]);
});

test('gives those up that will not be read any more: they are lost, and the next may still come', t => {
	const {inFlight, dropped} = makeFlight();
	for (const number of [1, 2, 3, 4]) {
		inFlight.depart(write(number), bytesOf(`write ${number}`));
	}

	t.false(inFlight.giveUp(0));
	t.is(inFlight.newestRead, 0);
	t.true(inFlight.giveUp(2));
	t.deepEqual(dropped, [1, 2]);
	t.is(inFlight.newestRead, 3, 'whoever departed before it is lost; it is not');
	t.false(inFlight.giveUp(2), 'they have been given up before');
	t.is(inFlight.arrive(bytesOf('write 2'), 1), undefined);
	t.is(inFlight.arrive(bytesOf('write 3'), 1)?.number, 3);
	t.true(inFlight.giveUp(inFlight.departed));
	t.deepEqual(dropped, [1, 2, 4]);
	t.false(inFlight.giveUp(100));
	t.is(inFlight.depart(write(5), bytesOf('write 5')).order, 5);
	t.is(inFlight.arrive(bytesOf('write 5'), 2)?.number, 5);
});

test('agrees with a plain list about what arrived and what is lost, for any drops', t => {
	const datagram = fc.record({
		payload: fc.constantFrom(
			'',
			'a',
			'b',
			'ab',
			'a much longer one, with more than sixty-four bytes: its middle is not looked at',
		),
		isDropped: fc.boolean(),
	});
	fc.assert(fc.property(fc.array(datagram, {maxLength: 60, size: 'max'}), fc.nat(10), (all, lag) => {
		const {inFlight, dropped} = makeFlight();
		/** Payloads on their way, with the one that they are expected to be: the oldest with the bytes. */
		const model: Array<{number: number; payload: string}> = [];
		const kernel: string[] = [];
		const lost: number[] = [];
		let reads = 0;
		const read = (): void => {
			const payload = kernel.shift()!;
			const place = model.findIndex(one => one.payload === payload);
			t.is(inFlight.arrive(bytesOf(payload), ++reads)?.number, model[place]!.number);
			lost.push(...model.splice(0, place + 1).slice(0, -1).map(({number}) => number));
			t.deepEqual(dropped, lost);
		};

		for (const [index, {payload, isDropped}] of all.entries()) {
			inFlight.depart(write(index + 1), bytesOf(payload));
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

		t.true(inFlight.newestRead >= reads);
	}), {numRuns: 200});
});

test('knows each by its order: over a simulated link writes depart in another order than they were made, and twice', t => {
	const {inFlight, dropped} = makeFlight();
	const [third, first, again] = [write(3), write(1), write(3)].map(origin =>
		inFlight.depart(origin, bytesOf(`write ${origin.number}`)));
	t.deepEqual(
		[third, first, again].map(departure => departure?.order),
		[1, 2, 3],
	);
	t.is(inFlight.arrive(bytesOf('write 3'), 1), third);
	t.is(inFlight.newestRead, 1);
	t.is(inFlight.arrive(bytesOf('write 1'), 2), first);
	t.is(inFlight.newestRead, 2, 'its place among the departures, and not its number');
	t.is(inFlight.arrive(bytesOf('write 3'), 3), again);
	t.is(inFlight.newestRead, 3);
	t.deepEqual(
		[third, first, again].map(departure => departure?.readAs),
		[1, 2, 3],
	);
	t.deepEqual(dropped, []);
});

test('counts a write as lost that was made later and departed earlier than the one that was read', t => {
	const {inFlight, dropped} = makeFlight();
	inFlight.depart(write(2), bytesOf('later'));
	inFlight.depart(write(1), bytesOf('earlier'));
	t.is(inFlight.arrive(bytesOf('earlier'), 1)?.number, 1);
	t.deepEqual(dropped, [2]);
});

test('tells of the copy that was dropped, where the other one came', t => {
	const {inFlight, dropped} = makeFlight();
	const [copy] = [1, 1, 2].map(number => inFlight.depart(write(number), bytesOf(`write ${number}`)));
	t.is(inFlight.arrive(bytesOf('write 1'), 1), copy, 'copies cannot be told apart: the oldest counts as the one that arrived');
	t.is(inFlight.arrive(bytesOf('write 2'), 2)?.number, 2);
	t.deepEqual(dropped, [1]);
});

test('keeps whose it is, when it was sent, and what it answers', t => {
	const {inFlight} = makeFlight();
	const asked = write(8, 1000.5);
	const departure = inFlight.depart(write(4, 2000.25), bytesOf('four'), asked);
	t.like(departure, {
		number: 4, time: 2000.25, order: 1, length: 4, sequence: undefined, readAs: 0,
	});
	t.is(departure.track, track);
	t.is(departure.answers, asked);
	t.is(inFlight.depart(write(5), bytesOf('five')).answers, undefined);
});

test('leaves the orders as they are when the system has not taken one', t => {
	const {inFlight, dropped} = makeFlight();
	inFlight.cancel(inFlight.depart(write(1), bytesOf('a')));
	t.is(inFlight.depart(write(2), bytesOf('b')).order, 2);
	t.is(inFlight.arrive(bytesOf('b'), 1)?.number, 2);
	t.is(inFlight.newestRead, 2);
	t.deepEqual(dropped, []);
});
