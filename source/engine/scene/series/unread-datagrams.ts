import type {SocketTrack} from '../../../log/socket-track.ts';

/** The datagrams in one direction between two UDP sockets of the playground. */
type Way = {
	readonly from: SocketTrack;
	readonly to: SocketTrack;
	/** What the last look() found. */
	departed: number;
	newestRead: number;
};

/**
Finds the datagrams that the kernel has dropped and no later one has overtaken. On loopback a datagram is in the receive
buffer when sendto(2) returns: if it is still unread a while later, though that socket's program reads, and no later one
was read either, it was dropped.
*/
export class UnreadDatagrams {
	#ways: Way[] = [];

	/** Watch the datagrams between these sockets, both ways. */
	watch(near: SocketTrack, far: SocketTrack): void {
		if (!this.#ways.some(({from, to}) => from === near && to === far)) {
			for (const [from, to] of [[near, far], [far, near]] as const) {
				this.#ways.push({
					from, to, departed: 0, newestRead: -1,
				});
			}
		}
	}

	giveUpClosed(): void {
		this.#ways = this.#ways.filter(way => {
			if (way.to.isClosed) {
				giveUp(way, Number.POSITIVE_INFINITY);
			}

			return !way.to.isClosed;
		});
	}

	/** At intervals, after sockets were read: give up what had departed at the last call, if none was read since. */
	look(): void {
		this.giveUpClosed();
		for (const way of this.#ways) {
			const inFlight = way.from.inFlightTo(way.to);
			if (inFlight) {
				if (inFlight.newestRead === way.newestRead) {
					giveUp(way, way.departed);
				}

				way.departed = inFlight.departed;
				way.newestRead = inFlight.newestRead;
			}
		}
	}
}

function giveUp({from, to}: Way, order: number): void {
	from.inFlightTo(to)?.giveUp(order);
}

/**
The share of a server's receive buffer that an unpaced series may fill, as the kernel counts it. Linux has 212,992 bytes
for a socket (rmem_default, socket(7)), and may count read datagrams until they are a quarter of it
(udp_rmem_release()). The rest is room for nine clients at once.
*/
const share = 212_992 * 3 / 4 / 9;

/** What the kernel counts for a datagram in addition to its bytes, and how often it counts these at most. */
const overhead = 768;
const perByte = 2;

/**
Whether a datagram of this length finds room for certain. Server and client are read by the same thread that sends:
without looking at that, a client that sends as fast as it goes would only show how long it keeps its own server from
reading. One datagram is always let through.
*/
export function hasRoom(near: SocketTrack, far: SocketTrack, length: number): boolean {
	const unread = near.inFlightTo(far)?.size ?? 0;
	return unread === 0 || (unread + 1) * (overhead + (length * perByte)) <= share;
}
