/* The link of a scene: what its sockets share, and what each stream has for itself. */
import test from 'ava';
import {type LinkConditions, perfect} from '../../source/link/conditions.ts';
import {Link} from '../../source/link/link.ts';
import {maxSegmentsPerTurn, type StreamLink} from '../../source/link/stream-link.ts';
import {copiesOf} from './_fates.ts';
import {FakeTime} from './_fake-time.ts';

type Stream = {readonly link: StreamLink; readonly out: Array<readonly [at: number, length: number]>};

function roomWith(conditions: Partial<LinkConditions>, seed = 1): {time: FakeTime; link: Link; open: () => Stream} {
	const time = new FakeTime();
	const link = new Link({conditions: {...perfect, ...conditions}, seed, time});
	return {
		time, link, open() {
			const out: Stream['out'] = [];
			const stream = link.openStream('to-server', {
				onSegment(bytes) {
					out.push([time.now(), bytes.length]);
				},
				onEnd: () => undefined,
			});
			return {link: stream, out};
		},
	};
}

function bytesOut({out}: Stream): number {
	return out.reduce((sum, [, length]) => sum + length, 0);
}

/** Bytes that tell how often they are cut. */
class Cuttable extends Uint8Array {
	static cuts = 0;

	override subarray(begin?: number, end?: number): Uint8Array<ArrayBuffer> {
		Cuttable.cuts++;
		return new Uint8Array(this.buffer, this.byteOffset + (begin ?? 0), (end ?? this.length) - (begin ?? 0));
	}
}

for (const slice of [undefined, 7, 1000]) {
	test(`four streams at 20 kB/s get 20 kB/s together, each the same share: slice ${slice}`, t => {
		const {time, open} = roomWith({rate: 20_000, slice});
		const streams = [open(), open(), open(), open()];
		for (const {link} of streams) {
			link.write(new Uint8Array(100_000));
		}

		time.advance(10_000, 3);
		const each = streams.map(stream => bytesOut(stream));
		const all = each.reduce((sum, bytes) => sum + bytes, 0);
		t.true(Math.abs(all - 200_000) <= 4000, `${all} B`);
		t.true(each.every(bytes => Math.abs(bytes - 50_000) <= 2000), `shares: ${each.join(' ')}`);
	});
}

test('a stream gets the whole rate while the others have nothing to send, and its pauses are the others\' turn', t => {
	const {time, open} = roomWith({rate: 10_000, slice: 100, pause: 10});
	const [first, second] = [open(), open()];
	first.link.write(new Uint8Array(10_000));
	time.advance(1000);
	t.is(bytesOut(first), 5000);
	second.link.write(new Uint8Array(10_000));
	time.advance(1000);
	t.true(bytesOut(first) >= 9800 && bytesOut(second) >= 4800, 'both at 5 kB/s, the rate of the link together');
});

test('datagrams and streams of one direction share its rate, the other direction has its own', t => {
	const {time, link, open} = roomWith({rate: 10_000});
	const stream = open();
	stream.link.write(new Uint8Array(10_000));
	for (let sent = 0; sent < 50; sent++) {
		link.datagrams('to-server').fateOf(100, time.now());
		time.advance(20);
	}

	t.true(Math.abs(bytesOut(stream) - 5000) <= 300, `${bytesOut(stream)} B: a half is the datagrams'`);
	t.is(copiesOf(link.datagrams('to-clients').fateOf(100, time.now()))[0]?.delay, 10);
});

test('after the thread was held up, streams catch up in turns: none gets ahead', t => {
	const {time, open} = roomWith({rate: 10_000});
	const streams = [open(), open(), open()];
	for (const {link} of streams) {
		link.write(new Uint8Array(100_000));
	}

	time.block(1000);
	for (let turn = 0; turn < 120; turn++) {
		time.turn();
		const each = streams.map(stream => bytesOut(stream));
		t.true(Math.max(...each) - Math.min(...each) <= 200, `shares: ${each.join(' ')}`);
	}

	t.true(Math.abs(streams.reduce((sum, stream) => sum + bytesOut(stream), 0) - 10_000) <= 300);
});

test('another rate holds for all streams at once, and no byte is lost', t => {
	const {time, link, open} = roomWith({rate: 1000});
	const streams = [open(), open()];
	for (const stream of streams) {
		stream.link.write(new Uint8Array(5000));
	}

	time.advance(1005);
	link.change('to-server', {...perfect, rate: 9000});
	time.advance(500);
	const all = streams.reduce((sum, stream) => sum + bytesOut(stream), 0);
	t.true(Math.abs(all - 5500) <= 100, `${all} B`);
	link.change('to-server', perfect);
	time.finish();
	t.deepEqual(streams.map(stream => bytesOut(stream)), [5000, 5000]);
});

test('a connection that ends leaves no room taken behind it', t => {
	const {time, link, open} = roomWith({rate: 1000, slice: 10_000});
	const gone = open();
	gone.link.write(new Uint8Array(10_000));
	link.closeStream('to-server', gone.link);
	const next = open();
	next.link.write(new Uint8Array(10));
	time.finish();
	t.deepEqual(next.out, [[10, 10]]);
	t.is(bytesOut(gone), 0);
});

test('64 KiB in slices of a byte are cut as they come out, a limited number in a turn of the event loop', t => {
	const {time, open} = roomWith({slice: 1, delay: 1000, jitter: 0.5});
	const stream = open();
	const length = 64 * 1024;
	Cuttable.cuts = 0;
	stream.link.write(new Cuttable(length));
	time.advance(499);
	t.is(Cuttable.cuts, 0);
	let turns = 0;
	let before = 0;
	while (stream.link.waiting > 0 && turns < length) {
		time.block(stream.out.length === before ? 1 : 0);
		time.turn();
		t.true(stream.out.length - before <= maxSegmentsPerTurn, `${stream.out.length - before} in one turn`);
		before = stream.out.length;
		turns++;
	}

	t.is(Cuttable.cuts, length);
	t.is(bytesOut(stream), length);
	t.true(stream.out.every(([at], place) => at >= (stream.out[place - 1]?.[0] ?? 500)));
});

test('however much is written at once, each turn hands over a bounded part of it, without a delay as well', t => {
	const {time, open} = roomWith({slice: 1});
	const stream = open();
	stream.link.write(new Uint8Array(1000));
	t.is(stream.out.length, maxSegmentsPerTurn);
	stream.link.write(new Uint8Array(1));
	t.is(stream.out.length, maxSegmentsPerTurn, 'what is written meanwhile does not jump the queue');
	time.finish();
	t.is(bytesOut(stream), 1001);
	t.is(time.now(), 0, 'the bound costs turns, no time');
});

test('a reseeded link gives each stream its own numbers, as a new link with that seed does', t => {
	const timesOf = ({time, link, open}: ReturnType<typeof roomWith>, reseed: (link: Link) => void): unknown => {
		const streams = [open(), open()];
		reseed(link);
		for (const {link: stream} of streams) {
			stream.write(new Uint8Array(40));
		}

		time.finish();
		return streams.map(({out}) => out);
	};

	const conditions = {
		delay: 100, jitter: 1, slice: 4, pause: 300,
	};
	const [first, second] = timesOf(roomWith(conditions, 9), () => undefined) as unknown[];
	t.notDeepEqual(first, second);
	t.deepEqual(timesOf(roomWith(conditions, 1), link => {
		link.reseed(9);
	}), [first, second]);
});

test('reseeding on the way leaves the pace as it is, and every byte comes', t => {
	const {time, link, open} = roomWith({slice: 1, pause: 10});
	const stream = open();
	stream.link.write(new Uint8Array(4));
	time.advance(15);
	link.reseed(3);
	time.finish();
	t.deepEqual(stream.out.map(([at]) => at), [0, 10, 20, 30]);
});

test('a link keeps the order of datagrams, and adds to a timeout, as its conditions let it, whichever way they hold', t => {
	const slow = {delay: 100, jitter: 0.5} as const;
	const cases: ReadonlyArray<readonly [Partial<LinkConditions>, keepsOrder: boolean, timeout: number]> = [
		[{}, true, 1000],
		[{loss: 0.5, corruption: 0.5}, true, 1000],
		[{delay: 100}, true, 1100],
		[{jitter: 0.5}, true, 1000],
		[slow, false, 1150],
		[{duplication: 0.1}, false, 1000],
		[{reordering: 0.1}, false, 1500],
		[{...slow, reordering: 0.1}, false, 1750],
		[{rate: 1000, queue: 500}, true, 1500],
	];
	for (const [conditions, keepsOrder, timeout] of cases) {
		for (const direction of ['to-server', 'to-clients'] as const) {
			const {link} = roomWith({});
			link.change(direction, {...perfect, ...conditions});
			t.like(link, {keepsOrder, timeout}, JSON.stringify(conditions));
			link.change(direction, perfect);
			t.like(link, {keepsOrder: true, timeout: 1000});
		}
	}
});

test('the answer to what a stream once held up may take as long as it takes, though the link is quick again', t => {
	const {link} = roomWith({});
	link.change('to-server', {...perfect, loss: 1});
	t.is(link.streamTimeout, 1000, 'streams lose nothing');
	link.change('to-server', {...perfect, delay: 1});
	link.change('to-server', perfect);
	t.is(link.streamTimeout, Number.POSITIVE_INFINITY);
});

test('what goes over the link of a relay\'s clients goes over the one to its target, too', t => {
	const slow = {...perfect, delay: 700, jitter: 0.5};
	const linkOver = (conditions: LinkConditions, further: LinkConditions): Link =>
		new Link({conditions, seed: 1, beyond: new Link({conditions: further, seed: 2})});
	const factsOf = ({timeout, keepsOrder, streamTimeout}: Link): unknown[] => [timeout, keepsOrder, streamTimeout];
	const alone = factsOf(new Link({conditions: slow, seed: 1}));
	t.deepEqual(alone, [3100, false, Number.POSITIVE_INFINITY]);
	t.deepEqual(factsOf(linkOver(perfect, slow)), alone);
	t.deepEqual(factsOf(linkOver(slow, perfect)), alone);
	t.deepEqual(factsOf(linkOver(perfect, perfect)), [1000, true, 1000]);
});
