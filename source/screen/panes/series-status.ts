import type {SeriesView} from '../../engine/api/scene-view.ts';
import {percentOf, progressSpans} from '../overlays/acts/report-lines.ts';
import {
	paint, paintApart, type Span, widthOf,
} from '../frame/paint.ts';
import {formatCount} from '../words/values/numbers.ts';
import {seriesSum} from '../words/values/series-sum.ts';
import type {Words} from '../words/words.ts';

/** Before that, messages per second say more of chance than of the series, in milliseconds. */
const shortestTime = 1000;

/**
A series under way, above its client's log: its progress and how to stop it; and in a second line, where there is one,
the fate of its messages.
*/
export function seriesStatus(series: SeriesView, rows: number, columns: number, words: Words): string[] {
	const {report} = series;
	const {acts: {status}, series: {sum}} = words;
	const {sendingTime = 0} = report;
	const rate
		= sendingTime >= shortestTime ? [{text: ` · ${status.rate(((report.sent - 1) * 1000) / sendingTime)}`}] : [];
	const stop: Span[] = [{text: ` ${status.stop}`, tone: 'warning'}];
	const room = columns - widthOf(stop);
	// The bar is as long at the end as at the beginning.
	const atTheEnd = {...series, report: {...report, sent: report.wanted ?? report.sent}};
	const forms = [rate, []].flatMap(behind =>
		[30, 20, 10, 5].map(bar => (shown: SeriesView) => [...progressSpans(shown, bar, words), ...behind]));
	const form = forms.find(draw => widthOf(draw(atTheEnd)) <= room);
	const progress = form ? form(series) : shortProgress(series, words);
	const ways = [
		[false, true],
		[false, false],
		[true, false],
	] as const;
	const sums = ways.map(([isTight, hasZeros]) => seriesSum(report, sum, {isTight, hasZeros}));
	const shown = sums.find(text => widthOf([{text}]) <= columns) ?? sums.at(-1) ?? '';
	return [paintApart(progress, stop, columns), paint([{text: shown}], columns)].slice(0, rows);
}

/** Where there is no room for a bar. */
function shortProgress({report: {sent, wanted}}: SeriesView, {acts: {report}}: Words): Span[] {
	return [
		{text: `▶ ${wanted === undefined ? '' : `${report.percent(percentOf(sent, wanted))} · `}${formatCount(sent)}`},
	];
}
