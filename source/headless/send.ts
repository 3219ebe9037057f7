import {kindOf} from '../log/event-kinds.ts';
import type {SocketEvent} from '../log/event.ts';
import type {EntrySubscription} from '../log/subscriptions.ts';
import {CharacterCarry} from '../replies/character-carry.ts';
import {TcpClient} from '../sockets/tcp/tcp-client.ts';
import {type Codec, readingOf} from '../text/encoding/codec.ts';
import type {Framing} from '../text/framing.ts';
import {visibleBytes} from '../text/width/visible.ts';
import {exitCodeOf} from './exit-code.ts';
import type {Output} from './output.ts';
import {failureText} from './plain-line.ts';
import {sendDatagrams} from './send-datagrams.ts';
import {sendStream} from './send-stream.ts';
import {
	answerIn, isToMany, type SendOptions, type Sending,
} from './sending.ts';
import {openSession} from './session.ts';

const lineFeed = Uint8Array.of(0x0A);

/** Send, wait for the answer, print it, and end the process with the exit code. */
export async function send(options: SendOptions): Promise<never> {
	const {protocol, playground, isJson, words, job} = options;
	const {session, output, errors, codec} = openSession(options, {
		isServer: false,
		isTold: event => isTold(event, options),
		onSlow(isSlow) {
			if (pane.client instanceof TcpClient) {
				pane.client.holdReading(isSlow);
			} else {
				// No sender of datagrams can be held up: what has come is kept up to a limit, and the rest counted.
				setPaused(answers, isSlow);
			}

			session.look();
		},
		onSlowErrors(isSlow) {
			// It has nothing that anybody waits for: the answers go on.
			if (!isJson) {
				setPaused(rows, isSlow);
			}
		},
	});
	// A socket with a peer hears from that alone, and many may answer a broadcast or a group.
	const pane = session.scene.addClient(!isToMany(playground));
	const rows = session.log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			session.reporter.entry(entry);
		},
	});
	// In JSON lines the rows have them.
	const answers = isJson
		? rows
		: session.log.subscribe({
			payload: 'whole',
			onEntry(entry) {
				const answer = entry.type === 'event' ? answerIn(entry.event, playground) : undefined;
				if (answer) {
					printer.print(answer);
				} else if (entry.type === 'gap') {
					errors.write(`${words.headless.linesMissing(entry.missed)}\n`);
				}
			},
		});
	const printer = printerOf(output, codec, playground.framing ?? 'none', () => {
		if (pane.client instanceof TcpClient) {
			pane.client.connection?.keepRead();
		}
	});
	if (pane.client instanceof TcpClient) {
		pane.client.readIntoOneBuffer();
	}

	const sending: Sending = {
		session,
		pane,
		options,
		errors,
		hasRoom: () => !output.isSlow,
		fail(failure, address) {
			// What fails at the address that was asked for reads as it does in a server.
			const {source} = pane.options.values;
			const isOfSource = source !== undefined && failure.syscall === 'bind';
			session.finish({
				code: exitCodeOf(failure),
				reason: 'failed',
				message: failureText(failure, isOfSource ? source : address, {words, isServer: isOfSource}),
				isTold: !isJson && !options.isQuiet && !isOfSource,
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
		counts: () => ({received: pane.index.received, sent: pane.index.sent}),
		async flushed() {
			await output.flushed();
			printer.end();
			await output.flushed();
			// What was kept comes before the last line.
			await errors.flushed();
		},
	});
}

function setPaused(subscription: EntrySubscription, isPaused: boolean): void {
	if (isPaused) {
		subscription.pause();
	} else {
		subscription.resume();
	}
}

/** Whether an event has a line: not the many reads and writes of an input, nor a failed bind(), told at the end. */
function isTold(event: SocketEvent, {job}: SendOptions): boolean {
	const isBind = 'failure' in event && event.failure.syscall === 'bind';
	return !isBind && (job.type === 'messages' || !kindOf(event.type).data);
}

/**
Prints answers: as they are, to the byte; at a terminal as text of their encoding, in which nothing is a command, with
its line ends. What was a line of the stream is one again.

@param onKept - called where the bytes that were handed over are needed until the output has taken them
*/
export function printerOf(
	output: Output,
	codec: Codec,
	framing: Framing,
	onKept: () => void,
): {readonly print: (bytes: Uint8Array) => void; readonly end: () => void} {
	if (!output.isTerminal) {
		return {
			print(bytes) {
				output.write(framing === 'line' ? Buffer.concat([bytes, lineFeed]) : bytes);
				if (output.isWaiting) {
					onKept();
				}
			},
			end: () => undefined,
		};
	}

	const carry = new CharacterCarry(codec);
	let isInLine = false;
	const print = (bytes: Uint8Array): void => {
		const lines = linesIn(bytes, codec);
		output.write(lines.map(line =>
			visibleBytes(line, Number.POSITIVE_INFINITY, true, readingOf(codec)).text).join('\n'));
		isInLine = bytes.length === 0 ? isInLine : lines.at(-1)!.length > 0;
	};

	const end = (): void => {
		print(carry.flush());
		if (isInLine) {
			isInLine = false;
			output.write('\n');
		}
	};

	return {
		print(bytes) {
			print(carry.take(framing === 'line' ? Buffer.concat([bytes, lineFeed]) : bytes));
			if (framing !== 'none') {
				end();
			}
		},
		end,
	};
}

/** Bytes between line feeds. No character of several bytes has one in it, but for those of UTF-16. */
function linesIn(bytes: Uint8Array, {unit}: Codec): Uint8Array[] {
	const lines: Uint8Array[] = [];
	let from = 0;
	for (let index = 0; index < bytes.length; index += unit) {
		if (bytes[index] === 0x0A && (unit === 1 || bytes[index + 1] === 0)) {
			lines.push(bytes.subarray(from, index));
			from = index + unit;
		}
	}

	return [...lines, bytes.subarray(from)];
}
