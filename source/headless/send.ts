import process from 'node:process';
import type {PlaygroundOptions} from '../engine/api/command.ts';
import type {ClientPane} from '../engine/scene/client-pane.ts';
import {kindOf} from '../log/event-kinds.ts';
import type {Address, Protocol, SocketEvent, SocketFailure} from '../log/event.ts';
import type {Words} from '../screen/words/words.ts';
import {Utf8Carry} from '../replies/utf8-carry.ts';
import {TcpClient} from '../sockets/tcp/tcp-client.ts';
import {visibleBytes} from '../text/visible.ts';
import {type ExitCode, exitCodeOf, exitCodes} from './exit-code.ts';
import type {Expectation} from './expectation.ts';
import type {Input} from './input.ts';
import {Output} from './output.ts';
import {failureText, type PlainContext} from './plain-line.ts';
import {jsonReporter, plainReporter, silentReporter} from './reporter.ts';
import {sendDatagrams} from './send-datagrams.ts';
import {sendStream} from './send-stream.ts';
import {Session} from './session.ts';

/** What is sent: messages that are known, or an input that is sent as it is read (TCP only). */
export type Job
	= {readonly type: 'messages'; readonly messages: readonly Uint8Array[]} | {readonly type: 'input'; readonly input: Input};

/** What is sent, where to, and which answer is waited for. */
export type SendOptions = {
	readonly protocol: Protocol;
	readonly playground: PlaygroundOptions & {readonly connect: Address};
	readonly isJson: boolean;
	readonly isQuiet: boolean;
	readonly words: Words;
	readonly job: Job;
	/** Milliseconds of silence after which no more is waited for; Infinity waits until the peer ends. */
	readonly wait: number;
	/** Milliseconds from one message to the next; without it, the next follows the answer (UDP), or at once (TCP). */
	readonly interval: number | undefined;
	/** TCP: whether the connection stays open both ways when all is sent. */
	readonly keepsOpen: boolean;
	readonly expected: Expectation | undefined;
};

/** What the two protocols have in common while they send. */
export type Sending = {
	readonly session: Session;
	readonly pane: ClientPane;
	readonly options: SendOptions;
	readonly errors: Output;
	/** Print an answer, or a part of one. */
	readonly print: (bytes: Uint8Array) => void;
	/** End the run: a call has failed. */
	readonly fail: (failure: SocketFailure, address: Address | undefined) => void;
	/** Hear every event. */
	readonly hear: (onEvent: (event: SocketEvent) => void) => void;
};

/** Send, wait for the answer, print it, and settle with the exit code. */
export async function send(options: SendOptions): Promise<ExitCode> {
	const {protocol, playground, isJson, words, job} = options;
	const errors = new Output(process.stderr);
	const output = new Output(process.stdout, {
		onSlow(isSlow) {
			if (pane.client instanceof TcpClient) {
				pane.client.holdReading(isSlow);
			}
		},
		onGone(message) {
			session.finish(message === undefined
				? {code: exitCodes.done, reason: 'closed'}
				: {code: exitCodes.failed, reason: 'failed', message});
		},
	});
	const context: PlainContext = {
		protocol, isServer: false, words, hasColours: errors.isTerminal && !process.env.NO_COLOR,
	};
	const session: Session = new Session({
		command: 'send',
		protocol,
		playground,
		errors,
		reporter(wallTime) {
			if (isJson) {
				return jsonReporter({output, wallTime});
			}

			return options.isQuiet
				? silentReporter
				: plainReporter({output: errors, wallTime}, context, event => isTold(event, options));
		},
	});
	const pane = session.scene.addClient(true);
	session.log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			session.reporter.entry(entry);
		},
	});
	const printer = printerOf(output);
	const sending: Sending = {
		session,
		pane,
		options,
		errors,
		print: isJson ? () => undefined : printer.print,
		fail(failure, address) {
			// What fails at the address that was asked for reads as it does in a server.
			const {source} = playground;
			const isOfSource = source !== undefined && failure.syscall === 'bind';
			session.finish({
				code: exitCodeOf(failure),
				reason: 'failed',
				message: failureText(failure, isOfSource ? source : address, {words, isServer: isOfSource}),
				isTold: !isJson && !options.isQuiet && !isOfSource,
			});
		},
		hear(onEvent) {
			session.log.subscribe({
				payload: 'whole',
				onEntry(entry) {
					if (entry.type === 'event') {
						onEvent(entry.event);
					}
				},
			});
		},
	};
	return session.run({
		work: async () => protocol === 'udp' ? sendDatagrams(sending) : sendStream(sending),
		async finishSending() {
			printer.end();
			if (job.type === 'input') {
				job.input.close();
			}

			await session.settled(() => protocol === 'tcp' || pane.client.onTheLink.count === 0);
		},
		counts: () => pane.index,
		async flushed() {
			printer.end();
			await output.flushed();
		},
	});
}

/**
Whether an event has a line. The bytes of an input are not told one by one: they are many, and the answer is printed. A
bind() that failed is explained at the end.
*/
function isTold(event: SocketEvent, {job}: SendOptions): boolean {
	const isBind = 'failure' in event && event.failure.syscall === 'bind';
	return !isBind && (job.type === 'messages' || !kindOf(event.type).data);
}

/**
Prints answers: as they are, to the byte; at a terminal as text in which nothing is a command, with its line ends.
*/
function printerOf(output: Output): {readonly print: (bytes: Uint8Array) => void; readonly end: () => void} {
	if (!output.isTerminal) {
		return {
			print(bytes) {
				output.write(bytes);
			},
			end: () => undefined,
		};
	}

	const carry = new Utf8Carry();
	let isInLine = false;
	const print = (bytes: Uint8Array): void => {
		const lines = Buffer.from(bytes).toString('latin1').split('\n').map(line => Buffer.from(line, 'latin1'));
		output.write(lines.map(line => visibleBytes(line, Number.POSITIVE_INFINITY).text).join('\n'));
		isInLine = bytes.length === 0 ? isInLine : bytes.at(-1) !== 0x0A;
	};

	return {
		print(bytes) {
			print(carry.take(bytes));
		},
		end() {
			print(carry.flush());
			if (isInLine) {
				isInLine = false;
				output.write('\n');
			}
		},
	};
}
