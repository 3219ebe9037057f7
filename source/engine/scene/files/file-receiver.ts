import {createWriteStream, type WriteStream} from 'node:fs';
import {once} from 'node:events';
import type {EventLog} from '../../../log/event-log.ts';
import {kindOf} from '../../../log/event-kinds.ts';
import type {Address, SocketEvent} from '../../../log/event.ts';
import type {FileEnd} from '../../../log/reports.ts';
import type {Subscription} from '../../../log/subscriptions.ts';
import {toFailure} from '../../../sockets/failure.ts';

/** More bytes than this wait for the disk only where datagrams come faster than it writes. */
const mostWaiting = 64 * 1024 * 1024;

/** What is written to the file: what one peer sends. */
export type FileSource = {
	readonly peer?: Address | undefined;
	readonly has: (event: SocketEvent) => boolean;
	/** TCP: read only while the disk keeps up. */
	readonly holdReading?: (isHeld: boolean) => void;
};

type FileReceiverOptions = {
	readonly log: EventLog;
	readonly source: FileSource;
	readonly onEnded: (end: FileEnd) => void;
};

/** Writes what one peer sends to a new file, as it comes. */
export class FileReceiver {
	readonly path: string;
	readonly #source: FileSource;
	readonly #stream: WriteStream;
	readonly #subscription: Subscription;
	readonly #onEnded: (end: FileEnd) => void;
	#written = 0;
	#hasEnded = false;

	private constructor(path: string, stream: WriteStream, {log, source, onEnded}: FileReceiverOptions) {
		this.path = path;
		this.#source = source;
		this.#stream = stream;
		this.#onEnded = onEnded;
		stream.on('drain', () => {
			source.holdReading?.(false);
		});
		stream.on('error', error => {
			this.#end({reason: 'failed', problem: toFailure(error).code});
		});
		this.#subscription = log.subscribe({
			payload: 'whole',
			onEntry: entry => {
				if (entry.type === 'event' && source.has(entry.event)) {
					this.#hear(entry.event);
				}
			},
		});
	}

	/** Create the file, and write to it from now on. Rejects with the system's error where that fails, or it exists. */
	static async open(path: string, given: FileReceiverOptions): Promise<FileReceiver> {
		const stream = createWriteStream(path, {flags: 'wx'});
		await once(stream, 'open');
		return new FileReceiver(path, stream, given);
	}

	get bytes(): number {
		return this.#written;
	}

	stop(): void {
		this.#end({reason: 'stopped'});
	}

	#hear(event: SocketEvent): void {
		const {data, stage, flow} = kindOf(event.type);
		if ('bytes' in event && data?.isSent === false) {
			this.#written += event.bytes.length;
			// The bytes are the caller's.
			if (!this.#stream.write(Uint8Array.from(event.bytes))) {
				this.#source.holdReading?.(true);
			}

			if (this.#stream.writableLength > mostWaiting) {
				this.#end({reason: 'failed', problem: 'ENOBUFS'});
			}
		} else if (flow?.way === 'receives' && flow.arrow === 'fin') {
			this.#end({reason: 'done'});
		} else if (stage === 'closed') {
			this.#end({reason: 'closed'});
		}
	}

	/** What has come is still written; then it is over. */
	#end(how: Omit<FileEnd, 'bytes'>): void {
		if (this.#hasEnded) {
			return;
		}

		this.#hasEnded = true;
		this.#subscription.close();
		this.#source.holdReading?.(false);
		const tell = (): void => {
			this.#onEnded({...how, bytes: this.#stream.bytesWritten});
		};

		if (how.reason === 'failed') {
			this.#stream.destroy();
			tell();
		} else {
			this.#stream.end(tell);
		}
	}
}
