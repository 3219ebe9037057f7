import type {Address, Tally} from '../../log/event.ts';

/** A connection that this program has closed: the kernel may hold on to it, as in TIME_WAIT (RFC 9293, 3.6.1). */
export type EndedConnection = {
	/** The number of a server's connection; 0 for a client's. */
	readonly number: number;
	readonly local: Address;
	readonly peer: Address;
	readonly received: Tally;
	readonly sent: Tally;
	/** When this program closed it, as performance.now() has it. */
	readonly endedAt: number;
};

/** The kernel forgets a connection in TIME_WAIT after a minute; more than these are not remembered here. */
const most = 1024;

/** The connections that ended last, oldest first. */
export class EndedConnections {
	readonly #all = new Set<EndedConnection>();

	/** Add one that has ended now; the oldest of too many goes. */
	add({number, local, peer, received, sent}: Omit<EndedConnection, 'endedAt'>): void {
		this.#all.add({
			number, local, peer, received, sent, endedAt: performance.now(),
		});
		const [oldest] = this.#all;
		if (oldest && this.#all.size > most) {
			this.#all.delete(oldest);
		}
	}

	[Symbol.iterator](): Iterator<EndedConnection> {
		return this.#all.values();
	}
}
