import type {SeriesView} from '../../source/engine/api/scene-view.ts';
import type {SeriesReport} from '../../source/log/reports.ts';

/** A report that adds up: of 1,000 messages 702 were answered, and 298 lost by the link. */
export function seriesReport(changes: Partial<SeriesReport> = {}): SeriesReport {
	return {
		counts: 'answers',
		wanted: 1000,
		sent: 1000,
		answered: 702,
		lostByLink: 298,
		droppedByKernel: 0,
		failed: 0,
		waiting: 0,
		late: 3,
		outOfOrder: 2,
		duplicates: 1,
		roundTrip: {
			median: 0.21, p90: 0.4, p99: 1.2, most: 3.4,
		},
		bytesSent: 20_000,
		bytesAnswered: 14_040,
		duration: 2000,
		sendingTime: 1000,
		end: 'done',
		...changes,
	};
}

/** A series under way, or ended. */
export function seriesView(isRunning: boolean, changes: Partial<SeriesReport> = {}, rate?: number): SeriesView {
	return {isRunning, rate, report: seriesReport(changes)};
}
