import test from 'ava';
import fc from 'fast-check';
import {seriesOf} from '../../../source/screen/overlays/acts/series-of.ts';

const counts = fc.integer({min: 1, max: 1_000_000});
/** A text that begins neither like a pace nor with a space, as one would type it. */
const texts = fc
	.string({minLength: 1, unit: 'grapheme'})
	.filter(text => text.trim() !== '' && !/^(?:\s|at(?:\s|$)|every(?:\s|$)|@|\d+(?:\.\d+)?k?\/s(?:\s|$))/i.test(text));

test('a count alone is a series as fast as it goes, of numbered messages', t => {
	t.deepEqual(seriesOf('1000'), {count: 1000, rate: undefined, text: undefined});
	t.deepEqual(seriesOf(' 7 '), {count: 7, rate: undefined, text: undefined});
});

test('large counts may be written short, or with their thousands apart', t => {
	for (const typed of ['20000', '20,000', '20_000', '20k', '20K']) {
		t.like(seriesOf(typed), {count: 20_000});
	}

	t.like(seriesOf('1M'), {count: 1_000_000});
});

test('a rate follows the count, however it is written', t => {
	for (const typed of [
		'100 at 10/s hello',
		'100 at 10 hello',
		'100 @10/s hello',
		'100 @ 10 hello',
		'100 10/s hello',
		'100  at  10 / s hello',
		'100 AT 10/S hello',
	]) {
		t.deepEqual(seriesOf(typed), {count: 100, rate: 10, text: 'hello'}, `${typed} is read`);
	}

	t.like(seriesOf('5 at 0.5/s'), {rate: 0.5});
	t.like(seriesOf('5 at 2k/s'), {rate: 2000});
});

test('an interval is a rate, and without a count it goes on until it is stopped', t => {
	t.deepEqual(seriesOf('every 1s hello'), {count: undefined, rate: 1, text: 'hello'});
	t.deepEqual(seriesOf('every 250ms'), {count: undefined, rate: 4, text: undefined});
	t.deepEqual(seriesOf('every 2 min'), {count: undefined, rate: 1 / 120, text: undefined});
	t.deepEqual(seriesOf('every 2m'), {count: undefined, rate: 1 / 120, text: undefined});
	t.deepEqual(seriesOf('every 1h'), {count: undefined, rate: 1 / 3600, text: undefined});
	t.deepEqual(seriesOf('3 every 1.5s tick'), {count: 3, rate: 1 / 1.5, text: 'tick'});
	t.deepEqual(seriesOf('at 5/s'), {count: undefined, rate: 5, text: undefined});
});

test('a text is kept as it is typed, with the spaces after the first', t => {
	t.like(seriesOf('10   '), {text: undefined});
	t.like(seriesOf(String.raw`10 at 5/s  two  spaces \n `), {text: String.raw` two  spaces \n `});
	t.like(seriesOf('10 attention'), {rate: undefined, text: 'attention'});
	t.like(seriesOf('10 everybody'), {rate: undefined, text: 'everybody'});
	t.like(seriesOf('10 3/second'), {rate: undefined, text: '3/second'});
	t.like(seriesOf('10 안녕'), {text: '안녕'});
});

test('what cannot be is told apart: no count and no pace, and a count, a rate or an interval beyond its limits', t => {
	for (const typed of ['', '  ', 'hello', '-5', '1.5', '5m3', '٣']) {
		t.is(seriesOf(typed), 'form', `${typed} is told`);
	}

	for (const typed of ['0', '1000001', '2M', '0 at 5/s', '0 every 1s']) {
		t.is(seriesOf(typed), 'count', `${typed} is told`);
	}

	for (const typed of [
		'10 at',
		'10 at home',
		'10 at 0/s',
		'10 at 0.0009',
		'10 at 1000001',
		'10 @x',
		'10 at 5/min',
		'10 at 5/sec',
		'at',
	]) {
		t.is(seriesOf(typed), 'rate', `${typed} is told`);
	}

	for (const typed of [
		'every',
		'every 5',
		'every 0ms',
		'every 0.9ms',
		'every 61min',
		'every 2h',
		'every day',
		'10 every',
	]) {
		t.is(seriesOf(typed), 'interval', `${typed} is told`);
	}
});

test('every series that can be written is read as written', t => {
	fc.assert(fc.property(
		counts,
		fc.option(fc.integer({min: 1, max: 1_000_000}), {nil: undefined}),
		fc.option(texts, {nil: undefined}),
		(count, rate, text) => {
			const typed = [
				count,
				...(rate === undefined ? [] : [`at ${rate}/s`]),
				...(text === undefined ? [] : [text]),
			].join(' ');
			t.deepEqual(seriesOf(typed), {count, rate, text}, `${typed} is read`);
		},
	));
	const intervals = fc.integer({min: 1, max: 3_600_000});
	fc.assert(fc.property(intervals, fc.option(texts, {nil: undefined}), (interval, text) => {
		t.deepEqual(seriesOf(`every ${interval}ms${text === undefined ? '' : ` ${text}`}`), {
			count: undefined,
			rate: 1000 / interval,
			text,
		});
	}));
});

test('no line is too strange: it is a series within the limits, or it is told what is wrong', t => {
	fc.assert(fc.property(
		fc.oneof(
			fc.string(),
			fc.stringMatching(/^\d{0,8}[km]? ?(?:at|every|@)? ?\d{0,5}\.?\d{0,3}(?:ms|s|h|\/s)? .{0,5}$/),
		),
		typed => {
			const series = seriesOf(typed);
			const isTold = typeof series === 'string';
			t.true(!isTold || ['form', 'count', 'rate', 'interval'].includes(series));
			const {count, rate, text} = isTold ? {count: 1, rate: 1, text: undefined} : series;
			t.true(
				count === undefined || (Number.isInteger(count) && count >= 1 && count <= 1_000_000),
				`${typed} has a count`,
			);
			t.true(rate === undefined || (rate >= 1 / 3600 && rate <= 1_000_000), `${typed} has a rate`);
			t.true(count !== undefined || rate !== undefined);
			t.not(text, '');
		},
	));
});
