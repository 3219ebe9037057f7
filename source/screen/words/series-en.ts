import type {SeriesReport} from '../../log/event.ts';
import {formatCount, formatRate} from './numbers.ts';
import {seriesSum, type SumWords} from './series-sum.ts';

const sum: SumWords = {
	sent: ['sent', 'sent'],
	answered: ['answered', 'answered'],
	read: ['read by the server', 'read'],
	lostByLink: ['lost by the link', 'link'],
	droppedByKernel: ['dropped by the kernel', 'kernel'],
	failed: ['failed', 'failed'],
	waiting: ['waiting', 'waiting'],
};

const ends: Readonly<Record<SeriesReport['end'], string>> = {
	done: 'done',
	stopped: 'stopped',
	'client-closed': 'the socket was closed',
};

/** How fast a series goes. */
function pace(rate: number | undefined): string {
	if (rate === undefined) {
		return 'as fast as possible';
	}

	return rate >= 1 ? `${formatRate(rate, 6)} a second` : `one every ${formatRate(1 / rate, 6)} s`;
}

/** How many messages a series has, and how fast it goes. */
function plan(count: number | undefined, rate: number | undefined): string {
	return `${count === undefined ? 'messages until stopped' : `${formatCount(count)} message${count === 1 ? '' : 's'}`}, ${pace(rate)}`;
}

/** What is said of a series of messages, in English. */
export const seriesEn = {
	sum,
	ends,
	plan,
	started: (count: number | undefined, rate: number | undefined) => `series begins: ${plan(count, rate)}`,
	ended: (report: SeriesReport) =>
		`series ends (${ends[report.end]}): ${seriesSum(report, sum, {isTight: false, hasZeros: false})} · Esc b shows all of it`,
};
