import type {Socket} from 'node:net';
import type {Address} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';

/**
Whether a connection is read from: not after the user stopped it, nor while too many bytes are queued for a peer that
does not read.
*/
export class ReadControl {
	readonly #socket: Socket;
	readonly #track: SocketTrack;
	readonly #peer: Address;
	#isStopped = false;
	#isPaused = false;
	#isHeld = false;
	#isResting = false;

	/** @param peer - the far end, for the events */
	constructor(socket: Socket, track: SocketTrack, peer: Address) {
		this.#socket = socket;
		this.#track = track;
		this.#peer = peer;
	}

	/** Whether the user has stopped reading. */
	get isStopped(): boolean {
		return this.#isStopped;
	}

	/** Whether it does not read because too much waits. */
	get isPaused(): boolean {
		return this.#isPaused;
	}

	/** Whether it does not read because whoever gets its bytes has no room for more. */
	get isHeld(): boolean {
		return this.#isHeld;
	}

	get isReading(): boolean {
		return !this.#isStopped && !this.#isPaused && !this.#isHeld && !this.#isResting;
	}

	/** Bytes that Node has read ahead and the program has not taken. */
	get ahead(): number {
		return this.#socket.readableLength;
	}

	/** Stop reading, or read again. Unread data waits in the kernel, and then at the peer. */
	set(isReading: boolean): void {
		if (this.#isStopped === isReading) {
			this.#isStopped = !isReading;
			this.#track.happened({type: isReading ? 'reading-resumed' : 'reading-stopped', peer: this.#peer});
			this.#follow();
		}
	}

	/** Too many bytes are queued for the peer: stop reading until it has taken them. */
	pause(waiting: number): void {
		if (!this.#isPaused) {
			this.#isPaused = true;
			this.#track.happened({type: 'backpressure-started', peer: this.#peer, waiting});
			this.#follow();
		}
	}

	/** The peer has taken the queued bytes. */
	resume(): void {
		if (this.#isPaused) {
			this.#isPaused = false;
			this.#follow();
			this.#track.happened({type: 'backpressure-ended', peer: this.#peer});
		}
	}

	/** Read only while there is room for what is read: as a program calls recv() when it can use data. No event. */
	hold(isHeld: boolean): void {
		if (this.#isHeld !== isHeld) {
			this.#isHeld = isHeld;
			this.#follow();
		}
	}

	/** Do not read until others have had their turn: with what else keeps it from reading. No event. */
	rest(isResting: boolean): void {
		if (this.#isResting !== isResting) {
			this.#isResting = isResting;
			this.#follow();
		}
	}

	#follow(): void {
		if (this.isReading) {
			this.#socket.resume();
		} else {
			this.#socket.pause();
		}
	}
}
