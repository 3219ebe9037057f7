import type {Pulse} from '../door/scene-view.ts';
import type {PaneIndex} from '../events/pane-index.ts';
import {projectSparkline} from './sparkline.ts';

/** Seconds, and columns, that a sparkline shows. */
const sparklineColumns = 8;

/** How much goes through a pane at this time (milliseconds, by the log's clock), and how fast it is answered. */
export function projectPulse({rates, roundTrips}: Pick<PaneIndex, 'rates' | 'roundTrips'>, now: number): Pulse {
	const {counts, bytes} = rates.read(now);
	const {last} = roundTrips;
	const isQuiet = rates.isQuiet(now);
	return {
		messagesLine: isQuiet ? '' : projectSparkline(counts, sparklineColumns),
		bytesLine: isQuiet ? '' : projectSparkline(bytes, sparklineColumns),
		messages: counts.at(-2) ?? 0,
		bytes: bytes.at(-2) ?? 0,
		...(last !== undefined && {roundTrip: {last, median: roundTrips.percentile(50) ?? last, p99: roundTrips.percentile(99) ?? last}}),
	};
}
