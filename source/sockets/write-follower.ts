import type {FarEnd, SocketTrack} from '../log/socket-track.ts';

/**
Hears which of its socket's writes a datagram is, so that what becomes of it can be followed (`SocketTrack.subscribe`).
*/
export type WriteFollower = {
	/**
	It has this number among the writes of the socket with this track, and goes there. Told before anything becomes of
	it.
	*/
	readonly written: (number: number, track: SocketTrack, far: FarEnd) => void;
	/** It never will be a write: its destination's name has no address, or the socket was closed. */
	readonly unwritten: () => void;
};
