import type {Recorder} from '../events/recorder.ts';

/**
What a series that goes as fast as it can may have in the receive buffer of a server of ours, as the kernel counts it. Linux has 212,992 bytes for a socket (rmem_default,
socket(7)), and may go on counting what has been read until that is a quarter of them (udp_rmem_release()). The rest is room for nine clients at once.
*/
const share = 212_992 * 3 / 4 / 9;

/** What the kernel counts for a datagram besides its bytes, and how often it counts these, at most. */
const overhead = 768;
const perByte = 2;

/**
Whether a datagram of this length finds room for certain. Server and client are read by the same thread that sends: without looking at that, a client that sends
as fast as it goes would only show how long it keeps its own server from reading. One datagram is always let through.
*/
export function hasRoom(near: Recorder, far: Recorder, length: number): boolean {
	const unread = near.flightTo(far)?.size ?? 0;
	return unread === 0 || (unread + 1) * (overhead + (length * perByte)) <= share;
}
