import type {Socket} from 'node:net';
import type {Address} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';

/**
Why a connection is not read from: the user has stopped it, its peer does not read what is queued for it, whoever gets
its bytes has no room for more, or others have their turn first.
*/
type Reason = 'stopped' | 'paused' | 'held' | 'resting';

/** Whether a connection is read from: unread data waits in the kernel, and then at the peer. */
export class ReadControl {
	readonly #socket: Socket;
	readonly #track: SocketTrack;
	readonly #peer: Address;
	/** Of each that holds now. */
	readonly #reasons = new Set<Reason>();

	/** @param peer - the far end, for the events */
	constructor(socket: Socket, track: SocketTrack, peer: Address) {
		this.#socket = socket;
		this.#track = track;
		this.#peer = peer;
	}

	is(reason: Reason): boolean {
		return this.#reasons.has(reason);
	}

	get isReading(): boolean {
		return this.#reasons.size === 0;
	}

	/** Bytes that Node has read ahead and the program has not taken. */
	get ahead(): number {
		return this.#socket.readableLength;
	}

	set(isReading: boolean): void {
		if (this.keep('stopped', !isReading)) {
			this.#track.happened({type: isReading ? 'reading-resumed' : 'reading-stopped', peer: this.#peer});
		}
	}

	/** Too many bytes are queued for the peer: stop reading until it has taken them. */
	pause(waiting: number): void {
		if (this.keep('paused', true)) {
			this.#track.happened({type: 'backpressure-started', peer: this.#peer, waiting});
		}
	}

	/** The peer has taken the queued bytes. */
	resume(): void {
		if (this.keep('paused', false)) {
			this.#track.happened({type: 'backpressure-ended', peer: this.#peer});
		}
	}

	/** Let this reason hold, or not. No event. @returns whether that is a change */
	keep(reason: Reason, holds: boolean): boolean {
		if (this.#reasons.has(reason) === holds) {
			return false;
		}

		if (holds) {
			this.#reasons.add(reason);
		} else {
			this.#reasons.delete(reason);
		}

		if (this.isReading) {
			this.#socket.resume();
		} else {
			this.#socket.pause();
		}

		return true;
	}
}
