import type {ClientView, SeriesView} from '../../../engine/api/scene-view.ts';
import {
	padColumns, paint, paintApart, type Span, widthOf, wrap, wrapSpans,
} from '../../frame/paint.ts';
import {seriesSum} from '../../words/series-sum.ts';
import type {Words} from '../../words/words.ts';

/** A rate over less time would be chance, in milliseconds. */
const shortestTime = 10;

/** The outcome of a client's series of messages, so far or final, as lines of exactly `columns` columns. */
export function reportLines(
	{number}: Pick<ClientView, 'number'>,
	series: SeriesView,
	columns: number,
	words: Words,
): string[] {
	const {
		acts: {report: labels},
		series: {sum, plan, ends},
	} = words;
	const {report, rate, isRunning} = series;
	const state = isRunning ? labels.running : ends[report.end];
	const entries: ReadonlyArray<readonly [string, string]> = [
		[
			labels.disorder[report.counts],
			[labels.late(report.late), labels.outOfOrder(report.outOfOrder), labels.duplicates(report.duplicates)].join(' · '),
		],
		[labels.timing, report.roundTrip ? labels.times(report.roundTrip) : labels.noTiming],
		[labels.throughput.sent, flowOf(report.sent, report.bytesSent, report.sendingTime, report.sent - 1, words)],
		[
			labels.throughput[report.counts],
			flowOf(report.answered, report.bytesAnswered, report.duration, report.answered, words),
		],
	];
	// The bar is as long at the end as at the beginning.
	const whole = {...report, sent: report.wanted ?? report.sent};
	const widest = widthOf(progressSpans({...series, report: whole}, 0, words));
	const most = Math.max(...entries.map(([label]) => widthOf([{text: label}])));
	return [
		paintApart(
			[
				{text: ` ${labels.title} `, tone: 'chosen'},
				{text: '  '},
				{text: labels.of(number, plan(report.wanted, rate)), tone: 'strong'},
			],
			[{text: ` ${state} `, tone: isRunning ? 'warning' : 'received'}],
			columns,
		),
		paint([{text: ' '}, ...progressSpans(series, Math.min(60, columns - 2 - widest), words)], columns),
		...wrapTerms(seriesSum(report, sum, {isTight: false, hasZeros: true}), columns - 2).map(text =>
			paint([{text: ` ${text}`, tone: 'strong'}], columns)),
		...(report.end === 'stopped' && !isRunning && report.waiting > 0
			? [paint([{text: ` ${labels.afterStop}`, tone: 'warning'}], columns)]
			: []),
		...inColumns(
			entries.map(([label, text]) => [{text: ` ${padColumns(label, most)}  `, tone: 'dim'}, {text}]),
			columns,
			most + 3,
		),
	];
}

/** A bar, how much of it is done, and how many messages that is; where there is no end, only how many. */
export function progressSpans(
	{report: {sent, wanted}}: SeriesView,
	barColumns: number,
	{acts: {status, report}}: Words,
): Span[] {
	if (wanted === undefined) {
		return [{text: `▶ ${status.untilStopped(sent)}`, tone: 'sent'}];
	}

	return [
		{text: progressBar(wanted === 0 ? 1 : sent / wanted, barColumns), tone: 'sent'},
		{text: ` ${report.percent(percentOf(sent, wanted))}  ${status.of(sent, wanted)}`},
	];
}

/**
How much went one way in this time, in milliseconds, and messages and bytes a second.

@param steps - the intervals in that time: from the first message to the last, one less than there are messages
*/
function flowOf(
	count: number,
	bytes: number,
	time: number | undefined,
	steps: number,
	{acts: {report}}: Words,
): string {
	const within = report.within(bytes, time ?? 0);
	return count < 2 || time === undefined || time < shortestTime
		? `${within} · ${report.noThroughput}`
		: `${within} · ${report.flow((steps * 1000) / time, ((bytes / count) * steps * 1000) / time)}`;
}

/** A sum in lines; a number stands beside its name. */
function wrapTerms(sum: string, columns: number): string[] {
	return wrap(sum.replaceAll(/ (?=\d)/g, '\u{A0}'), columns).map(line => line.replaceAll('\u{A0}', ' '));
}

/** Entries in lines, what does not fit beneath their second column. */
function inColumns(entries: ReadonlyArray<readonly Span[]>, columns: number, indent: number): string[] {
	return entries.flatMap(([label = {text: ''}, ...rest]) => wrapSpans(rest, columns - indent - 1).map((spans, index) =>
		paint([index === 0 ? label : {text: ' '.repeat(indent)}, ...spans], columns)));
}

/** A bar of exactly `columns` columns, none below 1; full only where all is done, empty only where nothing is. */
export function progressBar(share: number, columns: number): string {
	if (columns < 1) {
		return '';
	}

	const most = share < 1 ? columns - 1 : columns;
	const full = Math.max(share > 0 && columns > 1 ? 1 : 0, Math.min(most, Math.round(share * columns)));
	return '█'.repeat(full) + '░'.repeat(columns - full);
}

/** How much is done, in whole percent: 100 only where all is. */
export function percentOf(done: number, all: number): number {
	return all === 0 ? 100 : Math.min(100, Math.floor((done / all) * 100));
}
