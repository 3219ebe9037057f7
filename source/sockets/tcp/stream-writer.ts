import type {Socket} from 'node:net';
import type {StreamLinkFate} from '../../log/delivery/link-fate.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {Fifo} from '../../link/fifo.ts';
import type {Link} from '../../link/link.ts';
import type {LinkDirection} from '../../link/random.ts';
import type {StreamLink} from '../../link/stream-link.ts';

/** One end of a connection that is established, and the simulated link that its bytes go over. */
type StreamWriterOptions = {
	readonly socket: Socket;
	readonly track: SocketTrack;
	readonly link: Link;
	readonly direction: LinkDirection;
	readonly onLinkEmpty: () => void;
};

/**
A write that is on the link, or a part of it: its event, when it got onto the link by the link's clock, and how many of
its bytes have not left.
*/
type Written = {readonly sequence: number; readonly entered: number; waiting: number};

/**
Writes to a connection, over the simulated link unless that is perfect, and records each write. What a program writes at
once is one write, even where the link cuts it.
*/
export class StreamWriter {
	readonly #options: StreamWriterOptions;
	readonly #stream: StreamLink;
	readonly #written = new Fifo<Written>();
	/** Whether the system is to close the connection after the FIN, instead of reading on. */
	#isClosing = false;
	#hasEnded = false;
	/** Bytes that have left the link, and that the system has not taken, as the connection had failed. */
	#untaken = 0;

	constructor(options: StreamWriterOptions) {
		this.#options = options;
		const {socket, link, direction} = options;
		this.#stream = link.openStream(direction, {
			onSegment: bytes => {
				this.#leave(bytes);
			},
			onEnd: () => {
				this.#hasEnded = true;
				if (this.#isClosing) {
					socket.destroySoon();
				} else {
					socket.end();
				}
			},
		});
	}

	/** Bytes that wait in this program: on the link, or because the peer does not read. */
	get waiting(): number {
		return this.#stream.waiting + this.#untaken + this.#options.socket.writableLength;
	}

	get onTheLink(): number {
		return this.#stream.waiting;
	}

	/**
	Write bytes. @returns the socket's error, where the write was not taken: then it has not been recorded

	@param framed - as `SocketTrack.chunkSent()` takes it
	*/
	write(bytes: Uint8Array, time?: number, framed?: number): Error | undefined {
		const {socket, track, link} = this.#options;
		if (this.#stream.isPerfect) {
			socket.write(bytes);
			if (socket.errored) {
				return socket.errored;
			}

			track.chunkSent(bytes, time, undefined, framed);
			return undefined;
		}

		const fate: StreamLinkFate = {
			type: 'stream', onTheLink: bytes.length, discarded: 0, segments: 0, delay: undefined,
		};
		const sequence = track.chunkSent(bytes, time ?? track.now(), fate, framed);
		this.#written.add({sequence, entered: link.time.now(), waiting: bytes.length});
		// The caller may use the buffer again.
		this.#stream.write(Uint8Array.from(bytes));
		return undefined;
	}

	/** Send a FIN after the queued bytes (shutdown(2) with SHUT_WR). */
	end(): void {
		this.#stream.end();
	}

	/** Send a FIN after the queued bytes, and close the connection. */
	endAndClose(): void {
		this.#isClosing = true;
		if (this.#hasEnded) {
			this.#options.socket.destroySoon();
		} else {
			this.#stream.end();
		}
	}

	/** The connection is over: bytes on the link never leave it. */
	close(): void {
		const {link, direction, track} = this.#options;
		link.closeStream(direction, this.#stream);
		for (let next = this.#written.take(); next; next = this.#written.take()) {
			track.amend({type: 'discarded', sequence: next.sequence, amount: next.waiting});
		}
	}

	/** Bytes of the oldest write come out of the link. */
	#leave(bytes: Uint8Array): void {
		const {socket, track, link, onLinkEmpty} = this.#options;
		socket.write(bytes);
		const {first} = this.#written;
		if (socket.errored) {
			// That is told with what is still on the link, when the connection is over.
			this.#untaken += bytes.length;
		} else if (first) {
			first.waiting -= bytes.length;
			const hasLeft = first.waiting === 0;
			if (hasLeft) {
				this.#written.take();
			}

			track.amend({
				type: 'segment-left',
				sequence: first.sequence,
				length: bytes.length,
				delay: hasLeft ? link.time.now() - first.entered : undefined,
			});
		}

		if (this.#stream.waiting === 0) {
			onLinkEmpty();
		}
	}
}
