import test from 'ava';
import {SeriesTally} from '../../../../source/engine/scene/series/series-tally.ts';

test('a message that was refused counts nowhere: not among those sent, and not in the time that sending took', t => {
	const tally = new SeriesTally(10);
	tally.send(5, 1000);
	tally.send(5, 1010);
	const before = tally.report('stopped');
	t.is(before.sendingTime, 10);
	for (const time of [1500, 2000]) {
		tally.send(5, time);
		tally.takeBack(5);
		t.deepEqual(tally.report('stopped'), before);
	}

	tally.send(5, 2500);
	t.like(tally.report('stopped'), {
		sent: 3, waiting: 3, bytesSent: 15, sendingTime: 1500,
	});
});

test('an answer is late that takes longer than a second, and not one that takes just as long', t => {
	const tally = new SeriesTally(2);
	for (const elapsed of [1000, 1000.1]) {
		tally.send(5, 0);
		tally.answer({
			time: elapsed, elapsed, isRoundTrip: true, length: 5, isOutOfOrder: false,
		});
	}

	t.like(tally.report('done'), {answered: 2, late: 1});
});

test('the time begins with the first message that was not refused', t => {
	const tally = new SeriesTally(undefined);
	tally.send(5, 1000);
	tally.takeBack(5);
	t.like(tally.report('stopped'), {sent: 0, sendingTime: 0});
	tally.send(5, 2000);
	tally.send(5, 2030);
	t.is(tally.report('stopped').sendingTime, 30);
});

test('an answer that could be anybody\'s is a duplicate as soon as all others have fared otherwise, each of them once', t => {
	const tally = new SeriesTally(3);
	for (let message = 0; message < 3; message++) {
		tally.send(5, 0);
	}

	tally.answerAny(10, 5);
	tally.lose('failed');
	tally.lose('failed');
	t.like(tally.report('stopped'), {
		answered: 1, failed: 2, waiting: 0, duplicates: 0,
	});
	tally.lose('failed');
	t.like(tally.report('stopped'), {
		answered: 0, failed: 3, waiting: 0, duplicates: 1,
	});
	tally.send(5, 20);
	tally.answer({
		time: 30, elapsed: 10, isRoundTrip: true, length: 5, isOutOfOrder: false,
	});
	tally.lose('failed');
	t.like(tally.report('stopped'), {answered: 1, duplicates: 1}, 'what is known to be answered stays so');
});
