import type {FileEnd} from '../../../log/reports.ts';
import {toFailure} from '../../../sockets/failure.ts';
import {
	type Input, openInput, readWhole, sendInput,
} from '../../../sockets/input.ts';
import {largestDatagramTo} from '../../../sockets/limits.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import type {Refusal} from '../../api/command.ts';

/** A file that is to be one datagram: what has no length, such as a pipe, is read until it is too large. */
export async function readDatagram(path: string, host: string): Promise<Uint8Array | Refusal> {
	const limit = largestDatagramTo(host);
	let input: Input | undefined;
	try {
		input = await openInput(path);
		const {size} = input;
		if (size !== undefined && size > limit) {
			return {
				reason: 'file-too-large', path, limit, size,
			};
		}

		const bytes = await readWhole(input, limit);
		return bytes.length > limit ? {reason: 'file-too-large', path, limit} : bytes;
	} catch (error) {
		return {reason: 'file-failed', path, failure: toFailure(error)};
	} finally {
		input?.close();
	}
}

export class FileSender {
	readonly path: string;
	readonly connection: TcpConnection;
	readonly #input: Input;
	readonly #onEnded: (end: FileEnd) => void;
	#written = 0;
	#hasEnded = false;

	/** @param onEnded - called once: with how many bytes have been sent, and why it is over */
	constructor(path: string, input: Input, connection: TcpConnection, onEnded: (end: FileEnd) => void) {
		this.path = path;
		this.connection = connection;
		this.#input = input;
		this.#onEnded = onEnded;
	}

	/** How many bytes the system has taken. */
	get bytes(): number {
		return Math.max(0, this.#written - this.connection.unsent);
	}

	/** The length of the file; undefined for a pipe, a device, and a file that has become longer meanwhile. */
	get size(): number | undefined {
		const {size = 0} = this.#input;
		return this.#written > size ? undefined : this.#input.size;
	}

	async run(): Promise<void> {
		const {connection} = this;
		// A pipe may have nothing to read meanwhile.
		void connection.whenClosed.then(() => {
			this.#end({reason: 'closed'});
		});
		const isOver = (): boolean => this.#hasEnded || connection.isFinishing || connection.state === 'CLOSED';
		try {
			await sendInput(this.#input, {
				put: bytes => {
					this.#written += connection.put(bytes) ? bytes.length : 0;
				},
				waiting: () => connection.waiting,
				isOver,
				room: async () => connection.whenDrained(),
			});
			this.#end({reason: isOver() ? 'closed' : 'done'});
		} catch (error) {
			this.#end({reason: 'failed', problem: toFailure(error).code});
		}
	}

	/** Stop sending it. What has been written already is still sent. */
	stop(): void {
		this.#end({reason: 'stopped'});
	}

	#end(how: Omit<FileEnd, 'bytes'>): void {
		if (!this.#hasEnded) {
			this.#hasEnded = true;
			this.#input.close();
			// What has been written is still sent, unless the connection is over.
			const {size} = this.#input;
			const hasChanged = how.reason === 'done' && size !== undefined && size !== this.#written;
			this.#onEnded({
				...how, bytes: how.reason === 'closed' ? this.bytes : this.#written, ...(hasChanged && {size}),
			});
		}
	}
}
