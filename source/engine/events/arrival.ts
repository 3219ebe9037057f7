import type {Arrival} from './event.ts';
import type {Departure} from './flight.ts';
import type {LinkFate} from './link-fate.ts';
import type {Recorder} from './recorder.ts';

/** What is known of a datagram that was sent to a socket of ours, by its place: see `placeOf`. */
export function arrivalOf(from: Recorder, to: Recorder, place: number, fate: LinkFate | undefined): Arrival {
	if (place > 0) {
		return {type: 'read', number: place};
	}

	// Where all copies were discarded, or not taken by the system, none is on its way.
	if (fate?.type === 'passed' && fate.discarded === fate.copies.length) {
		return {type: 'lost'};
	}

	// Of two copies the one that is still on the simulated link may arrive.
	if (fate?.type === 'passed' && fate.onTheLink > 0) {
		return {type: 'under-way'};
	}

	const isGone = place === 0 ? fate !== undefined : -place < (from.flightTo(to)?.newestRead ?? 0);
	return isGone || to.isClosed ? {type: 'lost'} : {type: 'under-way'};
}

/** What the log keeps of where a datagram is: which read it was; below 0, the how-many-th that the system got and nobody has read; 0 where neither is known. */
export function placeOf(departure: Departure | undefined): number {
	return departure === undefined ? 0 : departure.readAs || -departure.order;
}
