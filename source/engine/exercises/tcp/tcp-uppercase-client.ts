import {uppercase} from '../../../replies/uppercase.ts';
import type {Address} from '../../../log/event.ts';
import {splitInCharacter, splitInHalf} from '../../scene/execute/execute-act.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import type {CheckContext} from '../check-context.ts';
import {
	beginningIn, printedBy, serveClient, startClient, untilSent, whyNotPrinted,
} from '../client-checks.ts';
import {
	type Check, check, type Exercise, type Finding, holds, mistake, needs, programCheck, said, skipped,
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

/** The first client, and the runs whose clients send a line without an end. */
const firsts = new WeakMap<CheckContext, Visit>();
const lineless = new WeakSet<CheckContext>();

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
		const {exerciseTimes: {answer, quiet}, program} = this.context;
		const isOver = (): boolean => this.bytes.includes(newline) || this.hasEnded || Boolean(program?.end);
		await this.context.comesTrue(answer, () => this.bytes.length > 0 || isOver());
		// Its line may come in parts, unless it is known that it comes without an end.
		for (let before = -1; this.bytes.length > before && !isOver() && !lineless.has(this.context);) {
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
async function visit(context: CheckContext, typed: string): Promise<Visit> {
	const {server} = context;
	const from = server.index.total;
	await startClient(context, [typed]);
	const accepted = await untilSent(
		context,
		() => context.eventsSince(server, from).find(event => event.type === 'connection-accepted'),
		end => end.signal === 'SIGPIPE' || noPeer.test(context.program?.textOf('stderr') ?? '')
			? mistake('sends-before-connect', {address: context.address!, end})
			: undefined,
	);
	return new Visit(context, accepted, from);
}

/** A check for which the client is started anew, with this line to type. */
function visitCheck(
	name: string,
	needed: readonly string[],
	typed: string,
	run: (context: CheckContext, client: Visit) => Promise<Finding>,
): Check {
	return programCheck(name, needed, async context => {
		const client = await visit(context, typed);
		await client.untilLine();
		const outcome = await run(context, client);
		client.finish();
		return outcome;
	});
}

/** What a line is without its end, and zeros behind it. */
function textOf(line: Uint8Array): string {
	return Buffer.from(line).toString().replace(/[\0\r\n]+$/, '');
}

/** The answer to what has come: a whole line, also where the newline is missing. */
function answerTo(got: Uint8Array): Uint8Array {
	return Buffer.concat([uppercase(Buffer.from(textOf(got))), Buffer.from('\n')]);
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
	firsts.set(context, client);
	return {address: client.peer};
});

/** The client sends what was typed as a line. Of what a person has typed, only the end is known. */
const sendsLine = check('sends-line', ['connects'], async context => {
	const client = firsts.get(context)!;
	const {peer: from} = client;
	const start = performance.now();
	const got = await client.untilLine();
	const elapsed = performance.now() - start;
	const text = context.subject.type === 'program' ? line : textOf(got);
	const sent = Buffer.from(text);
	const expected = Buffer.from(`${text}\n`);
	if (got.length === 0) {
		const end = client.hasEnded ? await context.endAfterSockets() : context.program?.end;
		return end && end.code !== 0
			? mistake('ended-early', {end})
			: mistake('sends-nothing', {from, typed: sent, waited: elapsed});
	}

	if (!got.includes(newline)) {
		lineless.add(context);
	}

	const exchange = {from, sent, elapsed};
	switch (Buffer.from(got).toString()) {
		case text: {
			return mistake('newline-missing', {...exchange, got, expected});
		}

		case `${text}\0`: {
			return mistake('terminator', {...exchange, got, expected});
		}

		// A program may end its lines as Windows does.
		case `${text}\r\n`: {
			return {bytes: got};
		}

		default: {
			return judgeBytes({...exchange, got}, expected) ?? {bytes: got};
		}
	}
});

/** The client prints the answer while the connection is open. */
const prints = check('prints', ['connects'], async (context): Promise<Finding> => {
	const client = firsts.get(context)!;
	const {bytes: got} = client;
	if (got.length === 0) {
		return needs(sendsLine.name);
	}

	const answer = answerTo(got);
	client.write(answer);
	const {program, exerciseTimes, subject} = context;
	if (subject.type !== 'program') {
		return skipped('no-program');
	}

	if (await hasPrinted(context, answer)) {
		return {bytes: answer};
	}

	const start = performance.now();
	const isWaiting = !program?.end && !client.hasEnded;
	client.finish();
	return isWaiting && await hasPrinted(context, answer)
		? mistake('waits-for-close', {waited: performance.now() - start + exerciseTimes.answer})
		: whyNotPrinted(context, answer, start);
});

/** The client has its answer: it closes, at the latest when nothing more is typed. */
const closes = check('closes-after-answer', ['prints'], async context => {
	const client = firsts.get(context)!;
	const start = performance.now();
	const hasEnded = await context.comesTrueAtEnd(context.exerciseTimes.quiet, () => client.hasEnded);
	client.finish();
	return hasEnded ? holds : mistake('stays-open', {from: client.peer, waited: performance.now() - start});
});

const pieces = visitCheck('pieces', ['prints'], line, async (context, client) => {
	const answer = answerTo(Buffer.from(line));
	const parts = splitInHalf(answer)!;
	const start = performance.now();
	await writeApart(context, ...parts.map(part => [client, part] as const));
	const lengths = parts.map(({length}) => length);
	if (await hasPrinted(context, answer)) {
		return {bytes: answer};
	}

	const {end} = context.program!;
	const printed = printedBy(context);
	// It may have failed before any part came.
	return end && end.code !== 0 && beginningIn(printed, answer).length === 0
		? whyNotPrinted(context, answer, start)
		: mistake('reads-once', {parts: lengths, answer, printed});
});

/** As answers in parts are printed, it is for the character where this one is not. */
const splitCharacter = visitCheck('split-character', ['pieces'], 'half of a 글자', async (context, client) => {
	const answer = answerTo(Buffer.from('half of a 글자'));
	await writeApart(context, ...splitInCharacter(answer)!.map(part => [client, part] as const));
	return await hasPrinted(context, answer)
		? {bytes: answer}
		: mistake('breaks-character', {character: '글', printed: printedBy(context)});
});

/** As shorter answers are printed, it is for its length where this one is not. */
const longAnswer = visitCheck('long-answer', ['sends-line', 'pieces'], longLine.trimEnd(), async (context, client) => {
	const {bytes: got, peer: from} = client;
	const sent = Buffer.from(longLine);
	if (got.length < longestLine) {
		return mistake('line-cut', {
			from, sent, elapsed: 0, got, expected: sent,
		});
	}

	const answer = answerTo(sent);
	client.write(answer);
	return await hasPrinted(context, answer)
		? holds
		: mistake('answer-cut', {length: answer.length, printed: beginningIn(printedBy(context), answer).length});
});

/** Without an answer the client gives up by itself, which is only said where it does not. */
const timeout = visitCheck('timeout', ['prints'], line, async (context, client) => {
	const {program, exerciseTimes: {answer}} = context;
	const start = performance.now();
	context.tellWait(answer * longestTimeout);
	return await context.comesTrue(answer * longestTimeout, () => program?.end !== undefined || client.hasEnded)
		? holds
		: said(mistake('waits-for-ever', {sent: client.bytes, waited: performance.now() - start}));
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
		: mistake('ignores-fin', {from: client.peer, waited, used});
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
