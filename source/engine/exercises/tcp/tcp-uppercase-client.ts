import {uppercase} from '../../../replies/uppercase.ts';
import type {Address} from '../../../log/event.ts';
import {splitInCharacter, splitInHalf} from '../../scene/execute/execute-act.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import type {Mistake} from '../../api/mistake.ts';
import type {CheckContext} from '../check-context.ts';
import {serveClient, startClient, untilSent} from '../client-checks.ts';
import {
	type Check, type Exercise, type Finding, holds,
} from '../exercise.ts';
import {judgeBytes} from '../judge-bytes.ts';
import {Incoming} from './tcp-talk.ts';
import {
	longestLine, longLine, spinningShare, writeApart,
} from './tcp-servers.ts';

const line = 'hello, socket';

const newline = 0x0A;

/** How long a client may take to give up, as a multiple of the time for which answers are awaited. */
const longestTimeout = 5;

/** How send() before connect() fails, in the words of most languages. */
const noPeer = /epipe|broken ?pipe|enotconn|not connected|transport endpoint/i;

/** A client that has connected: its connection at the server, and what it sends there. */
class Visit extends Incoming {
	readonly peer: Address;
	readonly #number: number;

	/** @param from - where in the server's events the connection begins */
	constructor(context: CheckContext, accepted: {readonly peer: Address; readonly socket: number}, from: number) {
		super(context, context.server, accepted.socket, from);
		this.peer = accepted.peer;
		this.#number = accepted.socket;
	}

	/** Whether it has closed: with a FIN, or with a RST. */
	get hasEnded(): boolean {
		return this.end !== undefined || this.#connection === undefined;
	}

	write(bytes: Uint8Array): void {
		this.#connection?.write(bytes, false);
	}

	/** Send a FIN, and go on reading: a FIN that comes back is heard. */
	finish(): void {
		this.#connection?.halfClose();
	}

	/** Wait for a whole line, or for what comes instead of one. */
	async untilLine(): Promise<Uint8Array> {
		const {exerciseTimes: {answer, quiet}, program, notes} = this.context;
		const isOver = (): boolean => this.bytes.includes(newline) || this.hasEnded || Boolean(program?.end);
		await this.context.within(answer, () => this.bytes.length > 0 || isOver() || undefined);
		// Its line may come in parts, unless it is known that it comes without an end.
		for (let before = -1; this.bytes.length > before && !isOver() && !notes.has('no newline');) {
			before = this.bytes.length;
			await this.context.within(quiet, () => this.bytes.length > before || isOver() || undefined); // eslint-disable-line no-await-in-loop -- Until no more comes.
		}

		return this.bytes;
	}

	get #connection(): TcpConnection | undefined {
		const {server} = this.context.server;
		return server.protocol === 'tcp' ? server.peers.get(this.#number) : undefined;
	}
}

/** Start the client with a line to type, and wait until it has connected. */
async function visit(context: CheckContext, typed: string): Promise<Visit | Mistake> {
	const from = context.server.index.total;
	await startClient(context, [typed]);
	const result = await untilSent(context, () => context.eventsSince(context.server, from, 'connection-accepted')[0]);
	if ('sent' in result) {
		return new Visit(context, result.sent, from);
	}

	const {mistake} = result;
	const {program, address} = context;
	const isPipe = program?.end?.signal === 'SIGPIPE' || noPeer.test(program?.textOf('stderr') ?? '');
	return mistake.kind === 'never-sends' && mistake.end && isPipe
		? {kind: 'sends-before-connect', address: address!, end: mistake.end}
		: mistake;
}

/** A check for which the client is started anew, with this line to type. */
function visitCheck(
	name: string,
	needs: readonly string[],
	typed: string,
	run: (context: CheckContext, client: Visit) => Promise<Finding>,
): Check {
	return {
		name,
		needs,
		needsProgram: true,
		async run(context) {
			const client = await visit(context, typed);
			if (!(client instanceof Visit)) {
				return client;
			}

			await client.untilLine();
			const outcome = await run(context, client);
			client.finish();
			return outcome;
		},
	};
}

/** The answer to what has come: a whole line, also where the newline is missing. */
function answerTo(got: Uint8Array): Uint8Array {
	const text = Buffer.from(got).toString().replace(/[\0\r\n]+$/, '');
	return Buffer.concat([uppercase(Buffer.from(text)), Buffer.from('\n')]);
}

/** Wait until the client has printed a text. It may end before, and its last output come after that. */
async function hasPrinted(context: CheckContext, answer: Uint8Array): Promise<boolean> {
	const {program, exerciseTimes: {answer: time, quiet}} = context;
	const text = Buffer.from(answer).toString().trimEnd();
	const isPrinted = (): true | undefined => program?.textOf('stdout').includes(text) || undefined;
	await context.within(time, () => isPrinted() ?? (program?.end && true));
	return await context.within(quiet, isPrinted) ?? false;
}

/** What the client has printed. */
function printedBy({program}: CheckContext): Uint8Array {
	return Buffer.from(program?.textOf('stdout').trimEnd() ?? '');
}

/** The client connects to the server's port. */
const connects: Check = {
	name: 'connects',
	needs: [],
	async run(context) {
		await serveClient(context);
		const client = await visit(context, line);
		if (!(client instanceof Visit)) {
			return client;
		}

		context.notes.set('client', client);
		return {address: client.peer};
	},
};

/** The client sends what was typed as a line. Of what a person has typed, only the end is known. */
const sendsLine: Check = {
	name: 'sends-line',
	needs: ['connects'],
	async run(context) {
		const client = clientOf(context);
		const {peer} = client;
		const start = performance.now();
		const got = await client.untilLine();
		const elapsed = performance.now() - start;
		const text = context.subject.type === 'program' ? line : Buffer.from(got).toString().replace(/[\0\r\n]+$/, '');
		const typed = Buffer.from(text);
		const expected = Buffer.from(`${text}\n`);
		if (got.length === 0) {
			return {
				kind: 'sends-nothing', from: peer, typed, waited: elapsed,
			};
		}

		const exchange = {
			from: peer, sent: typed, elapsed, got,
		};
		if (!got.includes(newline)) {
			context.notes.set('no newline', true);
		}

		if (Buffer.compare(got, typed) === 0) {
			return {...exchange, kind: 'newline-missing', expected};
		}

		// A program may end its lines as Windows does.
		const isLine = Buffer.from(got).toString() === `${text}\r\n`;
		const isEndedByZero = Buffer.from(got).toString() === `${text}\0`;
		const mistake = isEndedByZero
			? {...exchange, kind: 'terminator', expected} as const
			: (isLine ? undefined : judgeBytes(exchange, expected));
		return mistake ?? {bytes: got};
	},
};

/** The client that has connected first. */
function clientOf({notes}: CheckContext): Visit {
	return notes.get('client') as Visit;
}

/** The client prints the answer while the connection is open. */
const prints: Check = {
	name: 'prints',
	needs: ['connects'],
	async run(context): Promise<Finding> {
		const client = clientOf(context);
		const {bytes: got} = client;
		if (got.length === 0) {
			return {type: 'skipped', cause: {type: 'needs', of: sendsLine.name}};
		}

		const answer = answerTo(got);
		client.write(answer);
		const {program, exerciseTimes, subject} = context;
		if (subject.type !== 'program') {
			return {type: 'skipped', cause: {type: 'no-program'}};
		}

		if (await hasPrinted(context, answer)) {
			return {bytes: answer};
		}

		const start = performance.now();
		const isWaiting = !program?.end && !client.hasEnded;
		client.finish();
		if (isWaiting && await hasPrinted(context, answer)) {
			return {kind: 'waits-for-close', waited: performance.now() - start + exerciseTimes.answer};
		}

		const end = program?.end;
		return end && end.code !== 0
			? {
				kind: 'ended-early',
				end,
				exchange: {from: context.address!, sent: answer, elapsed: performance.now() - start},
			}
			: {kind: 'does-not-print', answer, output: printedBy(context).subarray(-200)};
	},
};

/** The client has its answer: it closes, at the latest when nothing more is typed. */
const closes: Check = {
	name: 'closes-after-answer',
	needs: ['prints'],
	async run(context) {
		const client = clientOf(context);
		const {program, exerciseTimes: {answer, quiet}} = context;
		const start = performance.now();
		const isOver = (): true | undefined => client.hasEnded || undefined;
		if (!await context.within(quiet, isOver)) {
			program?.type([], true);
			await context.within(answer, isOver);
		}

		client.finish();
		return isOver()
			? holds
			: {kind: 'stays-open', from: client.peer, waited: performance.now() - start};
	},
};

const pieces = visitCheck('pieces', ['prints'], line, async (context, client) => {
	const answer = answerTo(Buffer.from(line));
	const parts = splitInHalf(answer)!;
	await writeApart(context, ...parts.map(part => [client, part] as const));
	return await hasPrinted(context, answer)
		? {bytes: answer}
		: {
			kind: 'reads-once', parts: parts.map(({length}) => length), answer, printed: printedBy(context),
		};
});

/** As answers in parts are printed, it is for the character where this one is not. */
const splitCharacter = visitCheck('split-character', ['pieces'], 'half of a 글자', async (context, client) => {
	const answer = answerTo(Buffer.from('half of a 글자'));
	await writeApart(context, ...splitInCharacter(answer)!.map(part => [client, part] as const));
	return await hasPrinted(context, answer)
		? {bytes: answer}
		: {kind: 'breaks-character', character: '글', printed: printedBy(context)};
});

/** As shorter answers are printed, it is for its length where this one is not. */
const longAnswer = visitCheck('long-answer', ['sends-line', 'pieces'], longLine.trimEnd(), async (context, client) => {
	const {bytes: got, peer: from} = client;
	const typed = Buffer.from(longLine);
	if (got.length < longestLine) {
		return {
			kind: 'line-cut', from, sent: typed, elapsed: 0, got, expected: typed,
		};
	}

	const answer = answerTo(typed);
	client.write(answer);
	if (await hasPrinted(context, answer)) {
		return holds;
	}

	const printed = Buffer.from(printedBy(context)).toString();
	const beginning = Buffer.from(answer).toString();
	let length = 0;
	while (length < beginning.length && printed.includes(beginning.slice(0, length + 1))) {
		length++;
	}

	return {kind: 'answer-cut', length: answer.length, printed: length};
});

/** Without an answer the client gives up by itself, which is only said where it does not. */
const timeout = visitCheck('timeout', ['prints'], line, async (context, client) => {
	const {program, exerciseTimes: {answer}} = context;
	const start = performance.now();
	const isOver = await context.within(answer * longestTimeout, () => program?.end || client.hasEnded || undefined);
	return isOver
		? holds
		: {
			type: 'said',
			mistake: {kind: 'waits-for-ever', sent: client.bytes, waited: performance.now() - start},
		};
});

/** The server closes without an answer: recv() → 0 B ends the client, too. */
const serverCloses = visitCheck('server-closes', ['prints'], line, async (context, client) => {
	const {program, exerciseTimes: {answer}} = context;
	const start = performance.now();
	const usedBefore = program?.processorTime() ?? 0;
	client.finish();
	const isOver = (): true | undefined => (program?.end !== undefined || client.hasEnded) || undefined;
	if (await context.within(answer, isOver)) {
		return holds;
	}

	const waited = performance.now() - start;
	const used = (program?.processorTime() ?? 0) - usedBefore;
	program?.type([], true);
	return await context.within(answer, isOver)
		? holds
		: {
			kind: 'ignores-fin', from: client.peer, waited, used: used > waited * spinningShare ? used : 0,
		};
});

/** The textbook's TCP client: sends a line from the keyboard, prints the answer. */
export const tcpUppercaseClient: Exercise = {
	name: 'tcp-uppercase-client',
	protocol: 'tcp',
	role: 'client',
	rule: 'manual',
	checks: [
		connects,
		sendsLine,
		prints,
		closes,
		pieces,
		splitCharacter,
		longAnswer,
		timeout,
		serverCloses,
	],
};
