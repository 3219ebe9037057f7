import type {SeriesReport} from '../../log/reports.ts';
import {formatCount} from '../../text/numbers.ts';

/** The names of what a series is the sum of, and short ones; `read` is for `answered` where nothing answers. */
export type SumWords = Readonly<
	Record<
		'sent' | 'answered' | 'read' | 'lostByLink' | 'droppedByKernel' | 'failed' | 'waiting',
		readonly [full: string, tight: string]
	>
>;

/** No kernel tells the fate of a datagram: that it was dropped follows from what was read after it. */
const derived: ReadonlySet<keyof SumWords> = new Set(['droppedByKernel']);

/** How the sum is written: with short names, and with the parts that are nothing. What was answered is there always. */
type SumStyle = {readonly isTight: boolean; readonly hasZeros: boolean};

const inSentences: SumStyle = {isTight: false, hasZeros: false};

/** A series as a sum in which each message is once: `sent 10 = answered 7 + lost by the link 3`. */
export function seriesSum(report: SeriesReport, words: SumWords, {isTight, hasZeros} = inSentences): string {
	const {counts, sent, answered, lostByLink, droppedByKernel, failed, waiting} = report;
	const term = (name: keyof SumWords, count: number): string =>
		`${words[name][isTight ? 1 : 0]} ${derived.has(name) && count > 0 ? '~' : ''}${formatCount(count)}`;
	const others = [
		['lostByLink', lostByLink],
		['droppedByKernel', droppedByKernel],
		['failed', failed],
		['waiting', waiting],
	] as const;
	const terms = [
		term(counts === 'answers' ? 'answered' : 'read', answered),
		...others.filter(([, count]) => hasZeros || count > 0).map(([name, count]) => term(name, count)),
	];
	return `${term('sent', sent)} = ${terms.join(' + ')}`;
}
