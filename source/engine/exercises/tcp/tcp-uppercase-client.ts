import {uppercase} from '../../../replies/uppercase.ts';
import type {Address} from '../../../log/event.ts';
import {splitInCharacter, splitInHalf} from '../../scene/execute/execute-act.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import type {Mistake} from '../../api/mistake.ts';
import type {CheckContext} from '../check-context.ts';
import {
	beginningIn, printedBy, serveClient, startClient, untilSent, whyNotPrinted,
} from '../client-checks.ts';
import {
	type Check, check, type Exercise, type Finding, holds, programCheck,
} from '../exercise.ts';
import {judgeBytes} from '../judge-bytes.ts';
import {Incoming} from './tcp-talk.ts';
import {
	longestLine, longLine, processorTimeFrom, writeApart,
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
		await this.context.comesTrue(answer, () => this.bytes.length > 0 || isOver());
		// Its line may come in parts, unless it is known that it comes without an end.
		for (let before = -1; this.bytes.length > before && !isOver() && !notes.has('no newline');) {
			before = this.bytes.length;
			await this.context.comesTrue(quiet, () => this.bytes.length > before || isOver()); // eslint-disable-line no-await-in-loop -- Until nothing comes for a while.
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
	return programCheck(name, needs, async context => {
		const client = await visit(context, typed);
		if (!(client instanceof Visit)) {
			return client;
		}

		await client.untilLine();
		const outcome = await run(context, client);
		client.finish();
		return outcome;
	});
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
	const isPrinted = (): boolean => program?.textOf('stdout').includes(text) === true;
	await context.comesTrue(time, () => isPrinted() || program?.end !== undefined);
	return context.comesTrue(quiet, isPrinted);
}

const connects = check('connects', [], async context => {
	await serveClient(context);
	const client = await visit(context, line);
	if (!(client instanceof Visit)) {
		return client;
	}

	context.notes.set('client', client);
	return {address: client.peer};
});

/** The client sends what was typed as a line. Of what a person has typed, only the end is known. */
const sendsLine = check('sends-line', ['connects'], async context => {
	const client = clientOf(context);
	const {peer} = client;
	const start = performance.now();
	const got = await client.untilLine();
	const elapsed = performance.now() - start;
	const text = context.subject.type === 'program' ? line : Buffer.from(got).toString().replace(/[\0\r\n]+$/, '');
	const typed = Buffer.from(text);
	const expected = Buffer.from(`${text}\n`);
	if (got.length === 0) {
		const end = client.hasEnded ? await context.endAfterSockets() : context.program?.end;
		return end && end.code !== 0
			? {kind: 'ended-early', end}
			: {
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
});

function clientOf({notes}: CheckContext): Visit {
	return notes.get('client') as Visit;
}

/** The client prints the answer while the connection is open. */
const prints = check('prints', ['connects'], async (context): Promise<Finding> => {
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

	return whyNotPrinted(context, answer, start);
});

/** The client has its answer: it closes, at the latest when nothing more is typed. */
const closes = check('closes-after-answer', ['prints'], async context => {
	const client = clientOf(context);
	const start = performance.now();
	const hasEnded = await context.comesTrueAtEnd(context.exerciseTimes.quiet, () => client.hasEnded);
	client.finish();
	return hasEnded
		? holds
		: {kind: 'stays-open', from: client.peer, waited: performance.now() - start};
});

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

	return {kind: 'answer-cut', length: answer.length, printed: beginningIn(printedBy(context), answer).length};
});

/** Without an answer the client gives up by itself, which is only said where it does not. */
const timeout = visitCheck('timeout', ['prints'], line, async (context, client) => {
	const {program, exerciseTimes: {answer}} = context;
	const start = performance.now();
	return await context.comesTrue(answer * longestTimeout, () => program?.end !== undefined || client.hasEnded)
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
	const spent = processorTimeFrom(context);
	client.finish();
	const isOver = (): boolean => program?.end !== undefined || client.hasEnded;
	if (await context.comesTrue(answer, isOver)) {
		return holds;
	}

	const waited = performance.now() - start;
	const used = spent();
	program?.type([], true);
	return await context.comesTrue(answer, isOver)
		? holds
		: {
			kind: 'ignores-fin', from: client.peer, waited, used,
		};
});

/** The textbook's TCP client: sends a line from the keyboard, prints the answer. */
export const tcpUppercaseClient: Exercise = {
	name: 'tcp-uppercase-client',
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
