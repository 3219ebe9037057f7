import type {SeriesReport} from '../source/log/event.ts';

/** What does not add up in what is said of a series of messages. */
export function seriesProblems(report: SeriesReport): string[] {
	const {sent, answered, lostByLink, droppedByKernel, failed, waiting, late, outOfOrder, wanted} = report;
	const parts = {
		answered, lostByLink, droppedByKernel, failed, waiting,
	};
	const sum = answered + lostByLink + droppedByKernel + failed + waiting;
	const told = JSON.stringify(report);
	return [
		...Object.entries({sent, ...parts}).filter(([, count]) => !(count >= 0)).map(([name, count]) => `${name} is ${count} in ${told}`),
		...(sum === sent ? [] : [`${sent} sent, and the parts are ${sum} together: ${told}`]),
		...(wanted !== undefined && sent > wanted ? [`${sent} sent of ${wanted}: ${told}`] : []),
		...(late > answered || outOfOrder > answered ? [`more late, or out of order, than answered: ${told}`] : []),
	];
}
