import type {SocketTrack} from '../../../log/socket-track.ts';
import type {LinkConditions} from '../../../link/conditions.ts';
import {formatConditions} from '../../../link/format-conditions.ts';

/** Records in a pane the changes of the simulated link that its sockets send over. */
export class LinkNews {
	readonly #track: SocketTrack;

	constructor(track: SocketTrack) {
		this.#track = track;
	}

	/** It has these conditions from now on, and chooses by this seed. */
	changed(conditions: LinkConditions, seed: number): void {
		this.#track.happened({type: 'link-changed', conditions: formatConditions(conditions), seed});
	}

	/** It will lose the next datagram. */
	lossOrdered(): void {
		this.#track.happened({type: 'loss-ordered'});
	}
}
