import test from 'ava';
import {RoundTrips} from '../../../source/engine/sockets/round-trips.ts';

test('takes a datagram for the answer to the oldest message that has none', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5);
	trips.sent(10, 5);
	t.is(trips.datagramAnswered(30), 30);
	t.is(trips.datagramAnswered(31), 21);
});

test('has no time for what was not asked for', t => {
	const trips = new RoundTrips();
	t.is(trips.datagramAnswered(5), Number.NaN);
	t.is(trips.chunkAnswered(5, 3), Number.NaN);
	trips.sent(0, 1);
	trips.datagramAnswered(1);
	t.is(trips.datagramAnswered(2), Number.NaN);
});

test('times a late answer, however late, while no other message follows', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5);
	t.is(trips.datagramAnswered(60_000), 60_000);
});

test('gives a message up when another follows more than a second later', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5);
	trips.sent(1001, 5);
	t.is(trips.datagramAnswered(1003), 2);
	t.is(trips.datagramAnswered(1004), Number.NaN);
});

test('still waits for a message when another follows within a second', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5);
	trips.sent(1000, 5);
	t.is(trips.datagramAnswered(1003), 1003);
});

test('gives up each message that got no answer within a second, also where others followed sooner', t => {
	const trips = new RoundTrips();
	trips.sent(0, 5);
	trips.sent(900, 5);
	trips.sent(1800, 5);
	t.is(trips.datagramAnswered(1801), 901);
	t.is(trips.datagramAnswered(1802), 2);
});

test('uses messages up byte by byte, as a stream has no borders', t => {
	const trips = new RoundTrips();
	trips.sent(0, 4);
	trips.sent(10, 4);
	t.is(trips.chunkAnswered(20, 2), 20);
	t.is(trips.chunkAnswered(21, 4), 21);
	t.is(trips.chunkAnswered(22, 2), 12);
	t.is(trips.chunkAnswered(23, 1), Number.NaN);
});

test('lets one chunk answer several messages', t => {
	const trips = new RoundTrips();
	trips.sent(0, 4);
	trips.sent(10, 4);
	trips.sent(20, 4);
	t.is(trips.chunkAnswered(25, 8), 25);
	t.is(trips.chunkAnswered(26, 100), 6);
	t.is(trips.chunkAnswered(27, 1), Number.NaN);
});

test('forgets what was sent when it is reset', t => {
	const trips = new RoundTrips();
	trips.sent(0, 4);
	trips.reset();
	t.is(trips.datagramAnswered(1), Number.NaN);
});

test('does not wait for messages without end', t => {
	const trips = new RoundTrips();
	for (let count = 0; count < 10_000; count++) {
		trips.sent(0, 1);
	}

	let timed = 0;
	while (!Number.isNaN(trips.datagramAnswered(1))) {
		timed++;
	}

	t.is(timed, 4096);
});
