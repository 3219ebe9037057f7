import test from 'ava';
import {unknownElapsed} from '../../source/log/event.ts';
import {RoundTrips} from '../../source/sockets/round-trips.ts';

/** How long a message waits for its answer, in milliseconds, over a link that does nothing. */
const second = 1000;

test('takes a datagram for the answer to the only message that has none', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, second);
	t.is(trips.datagramAnswered(30), 30);
	trips.sent(40, 5, second);
	t.is(trips.datagramAnswered(45), 5);
});

test('has no time for an answer to one of several messages, and for those that follow until each can be told', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, second);
	trips.sent(200, 5, second);
	t.is(trips.datagramAnswered(201), unknownElapsed);
	trips.sent(400, 5, second);
	t.is(trips.datagramAnswered(401), unknownElapsed);
	trips.sent(1001, 5, second);
	t.is(trips.datagramAnswered(1003), 2);
	t.is(trips.datagramAnswered(1004), Number.NaN);
});

test('knows which message is answered by its content, also in upper case, backwards, or in another order', t => {
	const trips = new RoundTrips();
	for (const [place, text] of ['one 1', 'two 2', 'three', 'four', 'five'].entries()) {
		trips.sent(place * 200, text.length, second, Buffer.from(text));
	}

	const answered = (time: number, text: string): number =>
		trips.datagramAnswered(time, undefined, Buffer.from(text));
	t.is(answered(801, 'FIVE'), 1);
	t.is(answered(802, 'one 1'), 802);
	t.is(answered(803, 'RUOF'), 203);
	t.is(answered(804, 'four'), Number.NaN);
	t.is(answered(805, 'ok'), unknownElapsed);
});

test('knows a late answer by its content, while answers in the order of sending are given up', t => {
	const trips = new RoundTrips();
	trips.sent(0, 4, second, Buffer.from('late'));
	trips.sent(2000, 5, second, Buffer.from('later'));
	t.is(trips.datagramAnswered(2100, undefined, Buffer.from('LATE')), 2100);
	t.is(trips.datagramAnswered(2200, undefined, Buffer.from('LATER')), 200);
});

test('cannot tell apart answers to messages with the same content', t => {
	const trips = new RoundTrips();
	for (const time of [0, 200]) {
		trips.sent(time, 4, second, Buffer.from('tick'));
	}

	t.is(trips.datagramAnswered(201, undefined, Buffer.from('TICK')), unknownElapsed);
	trips.sent(1400, 4, second, Buffer.from('tick'));
	t.is(trips.datagramAnswered(1401, undefined, Buffer.from('TICK')), 1);
});

test('does not take a message that was given up, or forgotten, for one with the same content', t => {
	const trips = new RoundTrips();
	const tick = Buffer.from('tick');
	trips.sent(0, 4, second, tick);
	trips.sent(1, 5, second, Buffer.from('other'));
	trips.sent(61_000, 4, second, tick);
	t.is(trips.datagramAnswered(61_001, undefined, tick), 1);
	trips.sent(62_000, 4, second, tick);
	trips.reset();
	trips.sent(62_010, 4, second, tick);
	t.is(trips.datagramAnswered(62_011, undefined, tick), 1);
	t.is(trips.datagramAnswered(62_012, undefined, tick), Number.NaN);
});

test('has no time for what was not asked for', t => {
	const trips = new RoundTrips();
	t.is(trips.datagramAnswered(5), Number.NaN);
	t.is(trips.chunkAnswered(5, 3), Number.NaN);
	trips.sent(0, 1, second);
	trips.datagramAnswered(1);
	t.is(trips.datagramAnswered(2), Number.NaN);
});

test('times a late answer, however late, while no other message follows', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, second);
	t.is(trips.datagramAnswered(60_000), 60_000);
});

test('gives a message up when another follows more than a second later', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, second);
	trips.sent(1001, 5, second);
	t.is(trips.datagramAnswered(1003), 2);
	t.is(trips.datagramAnswered(1004), Number.NaN);
});

test('still waits for a message when another follows within a second', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, second);
	trips.sent(1000, 5, second);
	t.is(trips.datagramAnswered(1003), unknownElapsed);
});

test('gives up each message that got no answer within a second, also where others followed sooner', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, second);
	trips.sent(900, 5, second);
	trips.sent(1901, 5, second);
	t.is(trips.datagramAnswered(1903), 2);
	t.is(trips.datagramAnswered(1904), Number.NaN);
});

test('uses messages up byte by byte, as a stream has no borders', t => {
	const trips = new RoundTrips();
	trips.sent(0, 4, second);
	trips.sent(10, 4, second);
	t.is(trips.chunkAnswered(20, 2), 20);
	t.is(trips.chunkAnswered(21, 4), 21);
	t.is(trips.chunkAnswered(22, 2), 12);
	t.is(trips.chunkAnswered(23, 1), Number.NaN);
});

test('lets one chunk answer several messages', t => {
	const trips = new RoundTrips();
	trips.sent(0, 4, second);
	trips.sent(10, 4, second);
	trips.sent(20, 4, second);
	t.is(trips.chunkAnswered(25, 8), 25);
	t.is(trips.chunkAnswered(26, 100), 6);
	t.is(trips.chunkAnswered(27, 1), Number.NaN);
});

test('forgets what was sent when it is reset', t => {
	const trips = new RoundTrips();
	trips.sent(0, 4, second);
	trips.reset();
	t.is(trips.datagramAnswered(1), Number.NaN);
});

test('does not wait for messages without end', t => {
	const trips = new RoundTrips();
	for (let count = 0; count < 10_000; count++) {
		trips.sent(0, 1, second);
	}

	let timed = 0;
	while (!Number.isNaN(trips.datagramAnswered(1))) {
		timed++;
	}

	t.is(timed, 4096);
});

test('waits for a message as long as it is told to: a slow link needs more than a second', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, 3000);
	trips.sent(3000, 5, 3000);
	t.is(trips.datagramAnswered(3001), unknownElapsed);
	trips.sent(6001, 5, 3000);
	t.is(trips.datagramAnswered(6003), 2);
});

test('waits without end while the link stands still', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, Number.POSITIVE_INFINITY);
	trips.sent(3_600_000, 5, Number.POSITIVE_INFINITY);
	t.is(trips.datagramAnswered(3_600_001), unknownElapsed);
});

test('gives up by the timeout of the message that follows: the link may have changed since', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, 5000);
	trips.sent(1500, 5, second);
	t.is(trips.datagramAnswered(1501), 1);
});

test('times an answer exactly where it is known what it answers, and awaits none of those before', t => {
	const trips = new RoundTrips();
	for (const time of [0, 10, 20, 30]) {
		trips.sent(time, 5, second);
	}

	t.is(trips.datagramAnswered(50, 20), 30, 'those of 0 and 10 are late, or lost');
	t.is(trips.datagramAnswered(55), 25, 'the oldest awaited is that of 30');
	t.is(trips.datagramAnswered(56), Number.NaN);
});

test('times an answer exactly though its message is not awaited any more', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5, second);
	trips.sent(10, 5, second);
	t.is(trips.datagramAnswered(40, 10), 30);
	t.is(trips.datagramAnswered(45, 0), 45, 'it was overtaken');
	t.is(trips.datagramAnswered(46, 10), 36, 'it has come twice');
	trips.sent(50, 5, second);
	t.is(trips.datagramAnswered(60, 10), 50, 'a late copy');
	t.is(trips.datagramAnswered(61), 11, 'takes nothing from what was sent later');
});

test('after a reset neither what was awaited nor what was answered is known by its content', t => {
	const trips = new RoundTrips();
	const [one, two] = [Buffer.from('one'), Buffer.from('two')];
	trips.sent(0, 3, second, one);
	trips.sent(1, 3, second, two);
	t.is(trips.datagramAnswered(2, undefined, two), 1);
	trips.reset();
	for (const [time, answer] of [one, two].entries()) {
		trips.sent(time, 5, second, Buffer.from('other'));
		t.is(trips.datagramAnswered(time + 7, undefined, answer), 7);
	}
});
