import test from 'ava';
import type {RateSummary} from '../../../source/engine/api/scene-view.ts';
import {rateText} from '../../../source/screen/panes/rate-text.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {noRates} from '../../helpers/terminal-scene.ts';

const rateSummary: RateSummary = {
	messages: [0, 0, 0, 0, 0, 1, 9, 18],
	bytes: [0, 0, 0, 0, 0, 9876, 1234, 1],
	roundTrip: {last: 0.5, median: 1.25, p99: 20},
};

test('rates and round-trip times stand beside each other where there is room, and fewer of them where there is not', t => {
	const whole = rateText(rateSummary, 120, en);
	t.true(whole.startsWith('·····▁▄█ 9 msg/s · '));
	t.true(whole.includes('1,234 B/s'));
	t.true(whole.endsWith('rtt 0.50 ms, median 1.3 ms, p99 20.0 ms'));
	t.true(rateText({...rateSummary, roundTrip: {...rateSummary.roundTrip!, isNear: true}}, 120, en)
		.endsWith('rtt 0.50 ms, median ~1.3 ms, p99 ~20.0 ms'), 'what is not exact says so');
	t.is(rateText(rateSummary, 16, en), '·····▁▄█ 9 msg/s');
	t.is(rateText(rateSummary, 11, en), 'rtt 0.50 ms');
	t.is(rateText(rateSummary, 5, en), '');
});

test('right after a first send the rate is not 0', t => {
	const first = {messages: [0, 0, 0, 0, 0, 0, 0, 2], bytes: [0, 0, 0, 0, 0, 0, 0, 10]};
	for (const words of [en, ko]) {
		const {messages, bytes} = words.views.rateSummary;
		t.true(rateText(first, 80, words).includes(`${messages(2)} · `));
		t.true(rateText(first, 80, words).includes(bytes(10)));
	}
});

test('a pane in which nothing happens has none; of one that has become quiet the times stay', t => {
	t.is(rateText(undefined, 80, en), '');
	t.is(rateText(noRates, 80, en), '');
	t.is(rateText({...rateSummary, messages: [], bytes: []}, 80, en), 'rtt 0.50 ms, median 1.3 ms, p99 20.0 ms');
});

test('it never takes more columns than it may', t => {
	for (const words of [en, ko]) {
		for (let columns = 0; columns < 120; columns++) {
			t.true(textWidth(rateText(rateSummary, columns, words)) <= columns);
		}
	}
});
