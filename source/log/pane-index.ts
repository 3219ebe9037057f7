import {DurationHistogram} from './duration-histogram.ts';
import {RateMeter} from './rate-meter.ts';
import {SequenceRing} from './sequence-ring.ts';

/**
The events of one pane, so that a window of its rows costs what it shows however long the log is, and what they add up
to.
*/
export class PaneIndex extends SequenceRing {
	readonly received = {count: 0, bytes: 0};
	readonly sent = {count: 0, bytes: 0};
	/** How many amendments this pane's sends had, such as a loss: earlier rows have changed then. */
	changes = 0;
	/** What went both ways together, second by second. */
	readonly rates: RateMeter;
	readonly roundTrips = new DurationHistogram();

	constructor(rates = new RateMeter()) {
		super(64);
		this.rates = rates;
	}

	/** One of its sends had an amendment. */
	changed(): void {
		this.changes++;
	}
}
