import type {SeriesView, FilesView, SequenceView} from '../../engine/api/scene-view.ts';
import {percentOf, progressSpans} from '../overlays/acts/report-lines.ts';
import {
	paint, paintApart, type Span, widthOf, keepEnd,
} from '../frame/paint.ts';
import {formatCount} from '../../text/numbers.ts';
import {seriesSum} from '../words/series-sum.ts';
import type {Words} from '../words/words.ts';
import {visibleLine} from '../../text/width/visible.ts';

/** Before that, messages per second say more of chance than of the series, in milliseconds. */
const shortestTime = 1000;

/** A series under way, above its client's log: its progress, and in a second line the fate of its messages. */
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
	const ways = [{hasZeros: true}, {}, {isTight: true}];
	const sums = ways.map(way => seriesSum(report, sum, {isTight: false, hasZeros: false, ...way}));
	const shown = sums.find(text => widthOf([{text}]) <= columns) ?? sums.at(-1) ?? '';
	return [paintApart(progress, stop, columns), paint([{text: shown}], columns)].slice(0, rows);
}

/** Where there is no room for a bar. */
function shortProgress({report: {sent, wanted}}: SeriesView, {acts: {report}}: Words): Span[] {
	return [
		{text: `▶ ${wanted === undefined ? '' : `${report.percent(percentOf(sent, wanted))} · `}${formatCount(sent)}`},
	];
}

/** A line for the file that a pane sends, and one for the file that is written: how far it is, and how to stop it. */
export function fileStatus(files: FilesView | undefined, columns: number, {files: say}: Words): string[] {
	const line = (stop: string, path: string, text: (path: string) => string): string => {
		const end = {text: ` ${stop}`, tone: 'warning'} as const;
		const room = Math.max(8, columns - widthOf([end, {text: text('')}]));
		return paintApart([{text: text(keepEnd(visibleLine(path), room)), tone: 'strong'}], [end], columns);
	};

	const {sending, receiving} = files ?? {};
	return [
		...(sending ? [line(say.stop, sending.path, path => say.sending(path, sending.bytes, sending.size))] : []),
		...(receiving ? [line(say.end, receiving.path, path => say.receiving(path, receiving.bytes))] : []),
	];
}

/** A line for the saved messages that a pane sends: how far they are, and how to stop them. */
export function sequenceStatus(sequence: SequenceView | undefined, columns: number, {messages}: Words): string[] {
	return sequence
		? [paintApart(
			[{text: messages.sending(sequence.name, sequence.sent, sequence.wanted), tone: 'strong'}],
			[{text: ` ${messages.stop}`, tone: 'warning'}],
			columns,
		)]
		: [];
}
