import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import type {SeriesView} from '../../../source/engine/api/scene-view.ts';
import type {SeriesReport} from '../../../source/log/reports.ts';
import {percentOf, progressBar, reportLines} from '../../../source/screen/overlays/acts/report-lines.ts';
import {drawRow} from '../../../source/screen/panes/rows/row-lines.ts';
import {seriesStatus} from '../../../source/screen/panes/progress-status.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {seriesStarted} from '../../../source/screen/words/overlays/acts-words.ts';
import {seriesSum} from '../../../source/screen/words/series-sum.ts';
import textWidth from '../../../source/text/width/width.ts';
import {seriesReport, seriesView} from '../../helpers/series-view.ts';
import {row} from '../../helpers/terminal-scene.ts';

function report(series: SeriesView, columns = 80, words = en): string[] {
	return reportLines({number: 1}, series, columns, words).map(line => stripVTControlCharacters(line));
}

/** The numbers of a sum as it is written, the total first. */
function numbersOf(sum: string): number[] {
	return [...sum.matchAll(/ ~?(\d[\d,]*)(?= |$)/g)].map(([, digits = '']) => Number(digits.replaceAll(',', '')));
}

const parts = fc.tuple(...Array.from({length: 5}, () => fc.integer({min: 0, max: 1_000_000})));
const reports = fc
	.record({
		parts,
		counts: fc.constantFrom('answers' as const, 'arrivals' as const),
		end: fc.constantFrom('done' as const, 'stopped' as const, 'client-closed' as const),
	})
	.map(({
		parts: [answered = 0, lostByLink = 0, droppedByKernel = 0, failed = 0, waiting = 0],
		counts,
		end,
	}): SeriesReport =>
		seriesReport({
			answered,
			lostByLink,
			droppedByKernel,
			failed,
			waiting,
			counts,
			end,
			sent: answered + lostByLink + droppedByKernel + failed + waiting,
		}));

test('a report has every figure, and the sum that each message is in once', t => {
	const text = report(seriesView(false)).join('\n');
	t.regex(text, /SERIES {3}client 1: 1,000 messages, as fast as possible +done \n/);
	t.regex(text, /█{51} 100 % {2}1,000 of 1,000 sent/);
	t.true(text
		.replaceAll(/\s+/g, ' ')
		.includes('sent 1,000 = answered 702 + lost by the link 298 + dropped by the kernel 0 + failed 0 + waiting 0'));
	t.regex(text, /of the answers +3 late \(over 1 s\) · 2 out of order · 1 duplicate/);
	t.regex(text, /round trip +median 0\.21 ms · p90 0\.40 ms · p99 1\.2 ms · longest 3\.4 ms/);
	t.regex(text, /sent +19\.5 KiB in 1\.0 s · 999\/s, 19\.5 KiB\/s/);
	t.regex(text, /answered +13\.7 KiB in 2\.0 s · 351\/s, 7,020 B\/s/);
});

test('a report of what was stopped says that what came later is not in it', t => {
	const stopped = {
		sent: 480, answered: 470, lostByLink: 3, waiting: 7, end: 'stopped' as const,
	};
	t.true(report(seriesView(false, stopped)).join('\n').includes(en.acts.report.afterStop));
	t.notRegex(report(seriesView(true, stopped)).join('\n'), /after the stop/);
	t.notRegex(report(seriesView(false, {...stopped, answered: 477, waiting: 0})).join('\n'), /after the stop/);
	t.true(report(seriesView(false, stopped), 80, ko).join('\n').includes(ko.acts.report.afterStop));
});

test('while it is under way a report says so, and how far it has come', t => {
	const text = report(seriesView(true, {
		sent: 480, answered: 470, lostByLink: 3, waiting: 7,
	})).join('\n');
	t.regex(text, /under way/);
	t.regex(text, /█{24}░{27} 48 % {2}480 of 1,000 sent/);
	t.regex(
		report(seriesView(true, {wanted: undefined, sent: 12}, 0.25)).join('\n'),
		/messages until stopped, one every 4 s[\s\S]*▶ 12 sent, until stopped/,
	);
});

test('where nothing answers, a report counts what the server has read, and times nothing', t => {
	const text = report(seriesView(false, {counts: 'arrivals', roundTrip: undefined})).join('\n');
	t.regex(text, /= read by the server 702 \+/);
	t.regex(text, /round trip +nothing timed/);
	t.regex(text, /of those read/);
});

test('what was too short for a rate has none', t => {
	t.regex(
		report(seriesView(false, {duration: 0.4})).join('\n'),
		/answered +13\.7 KiB in 0\.40 ms · too few, or too short, for a rate/,
	);
	t.regex(
		report(seriesView(false, {sent: 1, sendingTime: 0, bytesSent: 5})).join('\n'),
		/sent +5 B in 0\.00 ms · too few/,
	);
});

test('how it ended is said', t => {
	t.regex(report(seriesView(false, {end: 'stopped'}))[0] ?? '', /stopped $/);
	t.regex(report(seriesView(false, {end: 'client-closed'}))[0] ?? '', /the socket was closed $/);
});

test('a report fits into every width in either language, cut nowhere, with any figures', t => {
	const large = {
		wanted: 1_000_000,
		sent: 1_000_000,
		answered: 500_000,
		lostByLink: 300_000,
		droppedByKernel: 100_000,
		failed: 90_000,
		waiting: 10_000,
		late: 999_999,
		outOfOrder: 999_999,
		duplicates: 999_999,
		bytesSent: 65_507_000_000,
		bytesAnswered: 65_507_000_000,
		duration: 3_600_000,
		sendingTime: 3_600_000,
		roundTrip: {
			median: 12_345,
			p90: 23_456,
			p99: 34_567,
			most: 45_678,
		},
	};
	for (const words of [en, ko]) {
		for (const columns of [60, 80, 160]) {
			for (const series of [seriesView(false, large, 123.4), seriesView(true, {wanted: undefined}, 1 / 3600)]) {
				const lines = report(series, columns, words);
				t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([columns]));
				t.notRegex(lines.slice(1).join('\n'), /…/);
				// A number stands beside its name.
				t.notRegex(lines.slice(2, 6).join('\n'), /^ \d/m);
				t.true(lines.length <= 13);
			}
		}
	}
});

test('a sum adds up, with the parts that are nothing and without them, in either language', t => {
	fc.assert(fc.property(reports, fc.boolean(), fc.boolean(), (series, isTight, hasZeros) => {
		for (const {series: {sum}} of [en, ko]) {
			const [total = 0, ...others] = numbersOf(seriesSum(series, sum, {isTight, hasZeros}));
			t.is(total, series.sent);
			t.is(others.reduce((all, count) => all + count, 0), total);
			t.true(!hasZeros || others.length === 5);
		}
	}));
});

test('a series under way stands in its pane in two lines: how far it has come and how to stop it, and the sum', t => {
	const series = seriesView(true, {
		wanted: 20_000, sent: 4800, answered: 4790, lostByLink: 3, waiting: 7,
	});
	const [progress, sum] = seriesStatus(series, 2, 76, en).map(line => stripVTControlCharacters(line));
	t.is(progress, `${'█'.repeat(5)}${'░'.repeat(15)} 24 %  4,800 of 20,000 sent · 4,799/s      Esc b s stops`);
	t.is(sum?.trimEnd(), 'sent 4,800 = answered 4,790 + lost by the link 3 + waiting 7');
	t.is(seriesStatus(series, 1, 76, en).length, 1);
	const {report: whole} = series;
	const [young = ''] = seriesStatus({...series, report: {...whole, sendingTime: 999}}, 1, 76, en);
	t.notRegex(stripVTControlCharacters(young), /\/s/, 'no rate before a second is over');
});

test('in every width the lines of a series say how far it has come, and how to stop it', t => {
	for (const words of [en, ko]) {
		for (const columns of [46, 56, 76, 156]) {
			for (const series of [
				seriesView(true, {
					wanted: 1_000_000,
					sent: 999_999,
					answered: 600_000,
					lostByLink: 300_000,
					droppedByKernel: 99_000,
					waiting: 999,
				}),
				seriesView(true, {wanted: undefined, sent: 999_999}, 4),
			]) {
				const lines = seriesStatus(series, 2, columns, words).map(line => stripVTControlCharacters(line));
				t.deepEqual(
					lines.map(line => textWidth(line)),
					[columns, columns],
				);
				t.true(lines[0]?.includes('999,999'));
				t.true(lines[0]?.endsWith(words.acts.status.stop));
			}
		}
	}
});

test('a bar is full only where all is done, and empty only where nothing is', t => {
	t.is(progressBar(0, 10), '░'.repeat(10));
	t.is(progressBar(0.000_001, 10), `█${'░'.repeat(9)}`);
	t.is(progressBar(0.5, 10), `${'█'.repeat(5)}${'░'.repeat(5)}`);
	t.is(progressBar(0.999_999, 10), `${'█'.repeat(9)}░`);
	t.is(progressBar(1, 10), '█'.repeat(10));
	t.is(percentOf(999_999, 1_000_000), 99);
	t.is(percentOf(5, 5), 100);
});

test('in the log the end of a series is a sentence that adds up, in four lines of 80 columns at most', t => {
	for (const words of [en, ko]) {
		for (const changes of [
			{},
			{
				sent: 1_000_000,
				answered: 600_000,
				lostByLink: 300_000,
				droppedByKernel: 90_000,
				failed: 9000,
				waiting: 1000,
				end: 'client-closed',
			},
		] satisfies ReadonlyArray<Partial<SeriesReport>>) {
			const lines = drawRow(row({type: 'series-ended', report: seriesReport(changes)}), {
				geometry: {
					inner: 76,
					logRows: 10,
					time: 12,
					peer: 0,
					payload: 50,
				},
				protocol: 'udp',
				isServer: false,
				home: undefined,
				payload: 'text',
				server: 1,
				clients: [],
				words,
			}).lines.map(line => stripVTControlCharacters(line));
			t.true(lines.length <= 4);
			t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([76]));
			const [, sum = ''] = /: (\S+ \d.*) · /.exec(lines.map(line => line.slice(15).trimEnd()).join(' ')) ?? [];
			const [total = 0, ...others] = numbersOf(` ${sum}`);
			t.is(total, changes.sent ?? 1000);
			t.is(
				others.reduce((all, count) => all + count, 0),
				total,
			);
		}
	}
});

test('the log says how a series begins', t => {
	t.is(seriesStarted(1000, undefined).en, 'series begins: 1,000 messages, as fast as possible');
	t.is(seriesStarted(1, 50).en, 'series begins: 1 message, 50 a second');
	t.is(seriesStarted(undefined, 0.2).en, 'series begins: messages until stopped, one every 5 s');
	t.is(seriesStarted(undefined, 4).ko, '연속 전송 시작: 중지할 때까지, 초당 4개');
});
