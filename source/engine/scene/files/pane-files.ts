import type {FilesView} from '../../api/scene-view.ts';
import type {Refusal} from '../../api/command.ts';
import type {EventLog} from '../../../log/event-log.ts';
import type {Address} from '../../../log/event.ts';
import type {FileEnd} from '../../../log/reports.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import {toFailure} from '../../../sockets/failure.ts';
import {openInput} from '../../../sockets/input.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import {FileReceiver, type FileSource} from './file-receiver.ts';
import {FileSender} from './file-sender.ts';

type PaneFilesOptions = {
	readonly log: EventLog;
	readonly track: SocketTrack;
	readonly onChange: () => void;
};

/** The file that a pane sends over a connection, and the one that what its peer sends is written to. */
export class PaneFiles {
	readonly #options: PaneFilesOptions;
	#sender: FileSender | undefined;
	#receiver: FileReceiver | undefined;
	/** One is being created. */
	#isOpening = false;

	constructor(options: PaneFilesOptions) {
		this.#options = options;
	}

	get view(): FilesView | undefined {
		const sender = this.#sender;
		const receiver = this.#receiver;
		return sender || receiver
			? {
				...(sender && {sending: {path: sender.path, bytes: sender.bytes, size: sender.size}}),
				...(receiver && {receiving: {path: receiver.path, bytes: receiver.bytes}}),
			}
			: undefined;
	}

	/** Whether a file is being sent over this connection: what is typed would be in the middle of it. */
	isSending(connection: TcpConnection | undefined): boolean {
		return this.#sender !== undefined && this.#sender.connection === connection;
	}

	/** Begin to send a file over a connection. A directory, and what cannot be read, is refused. */
	async send(path: string, connection: TcpConnection): Promise<Refusal | undefined> {
		return this.#begin(path, this.#sender, async () => {
			const input = await openInput(path);
			if (connection.isFinishing) {
				input.close();
				return {reason: 'sending-finished'};
			}

			this.#sender = new FileSender(path, input, connection, end => {
				this.#sender = undefined;
				this.#ended({path, isSent: true, peer: connection.peer}, end);
			});
			void this.#sender.run();
			return undefined;
		});
	}

	/** Begin to write what a peer sends to a new file. */
	async receive(path: string, source: FileSource): Promise<Refusal | undefined> {
		return this.#begin(path, this.#receiver, async () => {
			this.#receiver = await FileReceiver.open(path, {
				log: this.#options.log,
				source,
				onEnded: end => {
					this.#receiver = undefined;
					this.#ended({path, isSent: false, peer: source.peer}, end);
				},
			});
			return undefined;
		});
	}

	/** Stop sending, or where nothing is sent, receiving. */
	stop(): Refusal | undefined {
		const running = this.#sender ?? this.#receiver;
		running?.stop();
		return running ? undefined : {reason: 'no-file'};
	}

	close(): void {
		this.#sender?.stop();
		this.#receiver?.stop();
	}

	/** Open a file, unless one is under way. */
	async #begin(
		path: string,
		running: FileSender | FileReceiver | undefined,
		open: () => Promise<Refusal | undefined>,
	): Promise<Refusal | undefined> {
		if (running || this.#isOpening) {
			return {reason: 'file-under-way'};
		}

		this.#isOpening = true;
		try {
			return await open();
		} catch (error) {
			return {reason: 'file-failed', path, failure: toFailure(error)};
		} finally {
			this.#isOpening = false;
			this.#options.onChange();
		}
	}

	#ended(
		{path, isSent, peer}: {readonly path: string; readonly isSent: boolean; readonly peer: Address | undefined},
		{bytes, reason, problem, size}: FileEnd,
	): void {
		this.#options.track.happened({
			type: 'file-ended',
			path,
			isSent,
			moved: bytes,
			reason,
			...(peer && {peer}),
			...(problem !== undefined && {problem}),
			...(size !== undefined && {size}),
		});
		this.#options.onChange();
	}
}
