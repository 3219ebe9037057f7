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
export type MessageOutlet = {
	/**
	Settles when the socket is connected, or has failed to: until then a message that is stopped is not sent. Undefined
	where nothing is waited for.
	*/
	readonly ready: Promise<void> | undefined;
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
	readonly abort: AbortController;
	sent: number;
	/** Settles when its first message was sent, or pauses; and what tells that. */
	readonly begun: Promise<void>;
	readonly begin: () => void;
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

	/** Settles when what is under way has sent its first message, or pauses: what is sent later comes behind that. */
	get begun(): Promise<void> | undefined {
		return this.#run?.begun;
	}

	get isRunning(): boolean {
		return this.#run !== undefined;
	}

	/**
	Send a message, or begin a sequence. Settles when the first message has been sent, or refused.

	@param counters - how often each message has been sent, by its name
	*/
	async start(
		sequence: Sequence,
		outlet: MessageOutlet,
		counters: Map<string, number>,
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

		const {promise: begun, resolve: begin} = Promise.withResolvers<void>();
		const run: Run = {
			sequence, abort: new AbortController(), sent: 0, begun, begin,
		};
		this.#run = run;
		this.#onChange();
		const {promise, resolve} = Promise.withResolvers<Refusal | undefined>();
		void this.#send(run, outlet, counters, resolve).then(resolve).finally(begin);
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

	/** The pane is closed. */
	close(): void {
		if (this.#run) {
			this.#end(this.#run, 'closed');
		}
	}

	/** @returns why the first message was refused */
	async #send(
		run: Run,
		outlet: MessageOutlet,
		counters: Map<string, number>,
		onBegun: (refusal: undefined) => void,
	): Promise<Refusal | undefined> {
		if (outlet.ready) {
			await outlet.ready;
		}

		let generation: unknown;
		for (const {message, pause} of stepsOf(run.sequence)) {
			/* eslint-disable no-await-in-loop -- One after the other. */
			if (pause !== undefined) {
				run.begin();
				if (!(await isOver(pause, run))) {
					return undefined;
				}
			}

			if (run.sent > 0 && outlet.generation() !== generation) {
				this.#end(run, 'closed');
				return undefined;
			}

			if (this.#run !== run) {
				return undefined;
			}

			const refusal = await this.#sendOne(run, message, outlet, counters);
			if (this.#run !== run) {
				return undefined;
			}

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
				run.begin();
				onBegun(undefined);
				generation = outlet.generation();
				void this.#endWhenClosed(run, outlet.connections());
			}

			if (run.sent % maxPerTurn === 0) {
				await nextTurn();
			}
			/* eslint-enable no-await-in-loop */
		}

		if (run.sequence.isSequence) {
			// The system takes a datagram, which is an event then, in the next turn.
			await nextTurn();
		}

		this.#end(run, 'done');
		return undefined;
	}

	/** Send a message as soon as there is room for it. */
	async #sendOne(
		run: Run,
		message: Message,
		outlet: MessageOutlet,
		counters: Map<string, number>,
	): Promise<Refusal | undefined> {
		for (;;) {
			/* eslint-disable no-await-in-loop -- The peer may be slow. */
			for (;;) {
				const full = outlet.connections().filter(connection => isFull(connection));
				if (full.length === 0 || this.#run !== run) {
					break;
				}

				await Promise.all(full.map(async connection => connection.whenDrained()));
			}

			if (this.#run !== run) {
				return undefined;
			}

			const counter = nextOf(message, counters);
			const refusal = await outlet.send(fillMessage(message, {counter, time: Date.now()}));
			if (!refusal) {
				counters.set(message.name, counter);
				return undefined;
			}

			if (refusal.reason !== 'too-much-waiting' || run.sent === 0 || !(await isOver(retryAfter, run))) {
				return refusal;
			}
			/* eslint-enable no-await-in-loop */
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

/** Whether a pause has come to its end, and the sequence was not stopped meanwhile. */
async function isOver(pause: number, {abort: {signal}}: Run): Promise<boolean> {
	try {
		await wait(pause, undefined, {ref: false, signal});
		return true;
	} catch {
		return false;
	}
}
