import type {Address} from '../../../log/event.ts';
import {kindOf} from '../../../log/event-kinds.ts';
import type {
	Exchange, Mistake, ProgramEnd, StreamEnd, WrongBytes,
} from '../../api/mistake.ts';
import type {ClientPane} from '../../scene/panes/client-pane.ts';
import type {ServerPane} from '../../scene/panes/server-pane.ts';
import type {CheckContext} from '../check-context.ts';
import {mistake} from '../exercise.ts';
import {judgeBytes} from '../judge-bytes.ts';

/** What came back for what was written, and how the connection, and the program, stand by then. */
export type Reply = {
	/** `got` is undefined where nothing came. */
	readonly exchange: Exchange;
	readonly end: StreamEnd;
	readonly programEnd: ProgramEnd | undefined;
};

/** What has come over one connection: bytes, and its end. */
export class Incoming {
	protected readonly context: CheckContext;
	readonly #pane: ClientPane | ServerPane;
	readonly #socket: number;
	readonly #chunks: Uint8Array[] = [];
	/** Where in the pane's events the next look begins. */
	#next: number;
	#received = 0;
	#end: StreamEnd;

	/** @param from - where in the pane's events the connection begins */
	constructor(context: CheckContext, pane: ClientPane | ServerPane, socket: number, from: number) {
		this.context = context;
		this.#pane = pane;
		this.#socket = socket;
		this.#next = from;
	}

	/** How many bytes have come since the last were taken. */
	get received(): number {
		this.#look();
		return this.#received;
	}

	get bytes(): Uint8Array {
		this.#look();
		return Buffer.concat(this.#chunks);
	}

	get end(): StreamEnd {
		this.#look();
		return this.#end;
	}

	/** Take what has come, and forget it. @returns how many bytes that were */
	drop(): number {
		const {received} = this;
		this.#received = 0;
		this.#chunks.length = 0;
		return received;
	}

	take(): Uint8Array {
		const {bytes} = this;
		this.drop();
		return bytes;
	}

	#look(): void {
		const {total} = this.#pane.index;
		if (this.#next === total) {
			return;
		}

		const events = this.context.eventsSince(this.#pane, this.#next);
		this.#next = total;
		for (const event of events.filter(({socket}) => socket === this.#socket)) {
			const {data, flow} = kindOf(event.type);
			if (data?.unit === 'chunk' && !data.isSent && 'bytes' in event) {
				this.#chunks.push(event.bytes);
				this.#received += event.length;
			} else if (flow?.way === 'receives' && (flow.arrow === 'fin' || flow.arrow === 'reset')) {
				this.#end ??= flow.arrow;
			}
		}
	}
}

/** One connection of a client's pane to the program that is checked. */
export class Talk extends Incoming {
	readonly pane: ClientPane;
	/** The client's end, as the program sees it. */
	readonly local: Address;

	/** The connection has just been established. */
	constructor(context: CheckContext, pane: ClientPane) {
		super(context, pane, 0, pane.index.total);
		this.pane = pane;
		this.local = context.localOf(pane);
	}

	override get end(): StreamEnd {
		// A write may have failed before the RST was read.
		return super.end ?? (this.pane.state.type === 'closed' ? 'reset' : undefined);
	}

	/** Write to the connection; what cannot be written, because it is over, is not. */
	write(text: string | Uint8Array): void {
		void this.pane.send(typeof text === 'string' ? Buffer.from(text) : text);
	}

	/** Send a FIN, and go on reading. */
	halfClose(): void {
		this.#client?.halfClose();
	}

	reset(): void {
		this.#client?.reset();
	}

	/** Stop reading, or read again. */
	setReading(isReading: boolean): void {
		this.#client?.setReading(isReading);
	}

	async close(): Promise<void> {
		await this.pane.close();
	}

	/** End the connection with a FIN: what still comes is read before close(2), which would send a RST otherwise. */
	async leave(): Promise<void> {
		if (!this.context.isEnded) {
			this.halfClose();
			await this.context.within(this.context.exerciseTimes.quiet, () => this.end);
		}

		await this.close();
	}

	/**
	Wait until `length` bytes have come, the connection or program has ended, or the time is over; then take what has
	come.

	@param sent - what it is to answer
	@param start - when that was sent, as performance.now() has it
	*/
	async reply(sent: Uint8Array, length: number, start = performance.now()): Promise<Reply> {
		const {context} = this;
		await context.comesTrue(context.exerciseTimes.answer, () =>
			this.received >= length || this.end !== undefined || context.program?.end !== undefined);
		// What was sent before the program ended, or behind the bytes that were awaited, may be on its way.
		await context.turn();
		const elapsed = performance.now() - start;
		const isCut = this.received < length && this.end !== undefined;
		const programEnd = isCut ? await context.endAfterSockets() : context.program?.end;
		const got = this.take();
		const exchange = {from: this.local, sent, elapsed};
		return {exchange: got.length > 0 ? {...exchange, got} : exchange, end: this.end, programEnd};
	}

	/** Write, and wait for an answer of as many bytes. */
	async ask(text: string | Uint8Array): Promise<Reply> {
		const sent = typeof text === 'string' ? Buffer.from(text) : text;
		const start = performance.now();
		this.write(sent);
		return this.reply(sent, sent.length, start);
	}

	/** Wait for the program's FIN, or its RST. */
	async untilEnd(): Promise<StreamEnd> {
		return this.context.within(this.context.exerciseTimes.answer, () => this.end);
	}

	get #client() {
		const {client} = this.pane;
		return client.protocol === 'tcp' ? client : undefined;
	}
}

/** What is wrong with an answer; undefined where it is as expected. */
export function judgeReply({exchange, end, programEnd}: Reply, expected: Uint8Array): Mistake | undefined {
	const {got, from: peer} = exchange;
	if (got && Buffer.compare(got, expected) === 0) {
		return undefined;
	}

	if (programEnd) {
		return mistake('ended-early', {end: programEnd, exchange});
	}

	if (got === undefined) {
		return end
			? mistake('closes-early', {
				peer, received: 0, expected: expected.length, end,
			})
			: mistake('never-answers', exchange);
	}

	return Buffer.compare(got, expected.subarray(0, -1)) === 0
		? mistake('newline-missing', {...exchange, got, expected})
		: judgeBytes(exchange, expected);
}

function wrongBytes({exchange}: Reply, expected: Uint8Array): WrongBytes {
	return {...exchange, got: exchange.got ?? new Uint8Array(), expected};
}

/** What is wrong with the answer to a line that came in these parts. */
export function judgeParts(reply: Reply, expected: Uint8Array, parts: readonly Uint8Array[]): Mistake | undefined {
	const found = judgeReply(reply, expected);
	const isOver = found?.kind === 'ended-early' && !reply.exchange.got;
	const lengths = parts.map(({length}) => length);
	return found && !isOver
		? mistake('one-recv', {...wrongBytes(reply, expected), end: reply.end, parts: lengths})
		: found;
}

/** What is wrong with the answer to a line with a character in two parts, where other lines in parts are answered. */
export function judgeCharacter(reply: Reply, expected: Uint8Array): Mistake | undefined {
	return judgeReply(reply, expected)
		&& mistake('decodes-chunks', {...wrongBytes(reply, expected), character: '글', end: reply.programEnd});
}

/** What is wrong with the answer to a long line, where shorter ones are answered. */
export function judgeLongLine(reply: Reply, expected: Uint8Array): Mistake | undefined {
	const found = judgeReply(reply, expected);
	return !found || found.kind === 'ended-early' ? found : mistake('line-cut', wrongBytes(reply, expected));
}

/** What is wrong where the first of two lines in one write is answered, and the other is not. */
export function judgeRest(reply: Reply, first: Uint8Array, expected: Uint8Array): Mistake | undefined {
	const {got} = reply.exchange;
	return got && Buffer.compare(got, first) === 0
		? mistake('rest-dropped', wrongBytes(reply, expected))
		: undefined;
}
