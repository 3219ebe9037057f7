import {setImmediate as nextTurn, setTimeout as wait} from 'node:timers/promises';
import {fillMessage, widestValues} from '../../../messages/fill-message.ts';
import {
	countOf, type Message, type Sequence, stepsOf,
} from '../../../messages/message.ts';
import type {SequenceEnd} from '../../../log/reports.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import type {Refusal} from '../../api/command.ts';
import type {SequenceView} from '../../api/scene-view.ts';

/** Messages that are sent in one turn of the event loop. */
const maxPerTurn = 64;

/** After this many milliseconds a message for which there was no room is tried again. */
const retryAfter = 5;

/** Refusals of a socket that sends nothing more. */
const gone: ReadonlySet<Refusal['reason']> = new Set([
	'not-open', 'sending-finished', 'peer-gone', 'no-peer', 'no-connection',
] as const);

/** Where messages go: the same way as what is typed. */
type MessageOutlet = {
	/** Settles when the socket is connected, or has failed to; undefined where nothing is waited for. */
	readonly ready?: Promise<void> | undefined;
	readonly send: (bytes: Uint8Array) => Promise<Refusal | undefined>;
	/** The same value for as long as it is the same socket. */
	readonly generation: () => unknown;
	/** TCP: the connections that it goes to. */
	readonly connections: () => readonly TcpConnection[];
	/** UDP: the most bytes that a message has. */
	readonly limit: number | undefined;
};

type Run = {
	readonly sequence: Sequence;
	readonly outlet: MessageOutlet;
	/** How often each message has been sent, by its name. */
	readonly counters: Map<string, number>;
	readonly abort: AbortController;
	sent: number;
};

/** The saved messages that a pane sends, one name at a time. */
export class PaneMessages {
	readonly #track: SocketTrack;
	readonly #onChange: () => void;
	#run: Run | undefined;

	constructor(track: SocketTrack, onChange: () => void) {
		this.#track = track;
		this.#onChange = onChange;
	}

	/** How far it is; undefined where nothing is under way. */
	get view(): SequenceView | undefined {
		const run = this.#run;
		return run && {name: run.sequence.name, sent: run.sent, wanted: countOf(run.sequence)};
	}

	get isRunning(): boolean {
		return this.#run !== undefined;
	}

	/** Send a message, or begin a sequence. Settles when the first message has been sent, or refused. */
	async start(
		sequence: Sequence,
		counters: Map<string, number>,
		outlet: MessageOutlet,
	): Promise<Refusal | undefined> {
		if (this.#run) {
			return {reason: 'messages-under-way'};
		}

		const {limit = Number.POSITIVE_INFINITY} = outlet;
		for (const {message} of sequence.steps) {
			const size = fillMessage(message, {...widestValues, counter: nextOf(message, counters)}).length;
			if (size > limit) {
				return {
					reason: 'message-too-large', name: message.name, size, limit,
				};
			}
		}

		const run: Run = {
			sequence, outlet, counters, abort: new AbortController(), sent: 0,
		};
		this.#run = run;
		this.#onChange();
		const {promise, resolve} = Promise.withResolvers<Refusal | undefined>();
		void this.#send(run, resolve).catch((error: unknown) => {
			if (!run.abort.signal.aborted) {
				throw error;
			}

			return undefined;
		}).then(resolve);
		return promise;
	}

	stop(): Refusal | undefined {
		const run = this.#run;
		if (!run) {
			return {reason: 'no-messages'};
		}

		this.#end(run, 'stopped');
		return undefined;
	}

	close(): void {
		if (this.#run) {
			this.#end(this.#run, 'closed');
		}
	}

	/** @returns why the first message was refused @throws the signal's reason, where it was ended meanwhile */
	async #send(run: Run, onBegun: (refusal: undefined) => void): Promise<Refusal | undefined> {
		const {sequence, outlet, abort: {signal}} = run;
		if (outlet.ready) {
			await outlet.ready;
		}

		let generation: unknown;
		for (const {message, pause} of stepsOf(sequence)) {
			/* eslint-disable no-await-in-loop -- One after the other. */
			if (pause !== undefined) {
				await wait(pause, undefined, {ref: false, signal});
			}

			if (run.sent > 0 && outlet.generation() !== generation) {
				this.#end(run, 'closed');
			}

			signal.throwIfAborted();
			const refusal = await this.#sendOne(run, message);
			signal.throwIfAborted();
			if (refusal && run.sent === 0) {
				this.#run = undefined;
				this.#onChange();
				return refusal;
			}

			if (refusal) {
				this.#end(run, gone.has(refusal.reason) ? 'closed' : 'failed', refusal.reason);
				return undefined;
			}

			run.sent++;
			this.#onChange();
			if (run.sent === 1) {
				onBegun(undefined);
				generation = outlet.generation();
				void this.#endWhenClosed(run, outlet.connections());
			}

			if (run.sent % maxPerTurn === 0) {
				await nextTurn();
			}
			/* eslint-enable no-await-in-loop -- Until here. */
		}

		if (sequence.isSequence) {
			// The system takes a datagram, which is an event then, in the next turn.
			await nextTurn();
		}

		this.#end(run, 'done');
		return undefined;
	}

	/** Send a message as soon as there is room for it. */
	async #sendOne({outlet, counters, sent, abort: {signal}}: Run, message: Message): Promise<Refusal | undefined> {
		const fullOnes = (): readonly TcpConnection[] => outlet.connections().filter(connection => isFull(connection));
		for (;;) {
			/* eslint-disable no-await-in-loop -- The peer may be slow. */
			for (let full = fullOnes(); full.length > 0; full = fullOnes()) {
				await Promise.all(full.map(async connection => connection.whenDrained()));
				signal.throwIfAborted();
			}

			const counter = nextOf(message, counters);
			const refusal = await outlet.send(fillMessage(message, {counter, time: Date.now()}));
			if (!refusal) {
				counters.set(message.name, counter);
				return undefined;
			}

			if (refusal.reason !== 'too-much-waiting' || sent === 0) {
				return refusal;
			}

			await wait(retryAfter, undefined, {ref: false, signal});
			/* eslint-enable no-await-in-loop -- Until here. */
		}
	}

	/** A connection that is closed during a pause ends it. */
	async #endWhenClosed(run: Run, connections: readonly TcpConnection[]): Promise<void> {
		if (connections.length > 0) {
			await Promise.all(connections.map(async connection => connection.whenClosed));
			this.#end(run, 'closed');
		}
	}

	#end(run: Run, reason: SequenceEnd, problem?: Refusal['reason']): void {
		if (this.#run !== run) {
			return;
		}

		this.#run = undefined;
		run.abort.abort();
		const {sequence, sent} = run;
		if (sequence.isSequence) {
			this.#track.happened({
				type: 'sequence-ended', name: sequence.name, count: sent, reason, ...(reason === 'failed' && {problem}),
			});
		}

		this.#onChange();
	}
}

/** Whether a connection is full now, and will have room again. */
function isFull(connection: TcpConnection): boolean {
	return connection.isFull && !connection.isFinishing && connection.state !== 'CLOSED';
}

/** The number of a message that is sent next: from 1. */
function nextOf({name}: Message, counters: ReadonlyMap<string, number>): number {
	return (counters.get(name) ?? 0) + 1;
}
