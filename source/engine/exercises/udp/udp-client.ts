import {uppercase} from '../../../replies/uppercase.ts';
import type {Exchange} from '../../api/mistake.ts';
import {
	endsCheck, judgePrinted, serveClient, startClient, untilSent,
} from '../client-checks.ts';
import type {CheckContext, Received} from '../check-context.ts';
import {
	check, type Exercise, type Finding, holds, mistake, programCheck, said, skipped,
} from '../exercise.ts';
import {judgeBytes} from '../judge-bytes.ts';

const line = 'hello, socket';

/** Longer than the buffers of a first try, and still within the textbook's recvfrom(2048). 1,000 bytes. */
const longLine = `${'안녕, socket! '.repeat(61)}and the end of the line.`;

/** How much longer than an answer takes a client may wait for one that was lost: a timeout is a few seconds. */
const longestTimeout = 2.5;

/** The first datagram of the client, and that of the client which was started again with a long line. */
const firsts = new WeakMap<CheckContext, Received>();
const seconds = new WeakMap<CheckContext, Received>();

/** Start the client with a line to type, and wait for its first datagram. */
async function runClient(context: CheckContext, typed: string): Promise<Received> {
	const from = context.server.index.total;
	await startClient(context, [typed]);
	return untilSent(context, () => context.receivedBy(context.server, from)[0]);
}

const sends = check('sends', [], async context => {
	await serveClient(context);
	const first = await runClient(context, line);
	firsts.set(context, first);
	return {address: first.peer};
});

/** The datagram has the line that was typed, and nothing else. */
const sendsLine = check('sends-line', ['sends'], async context => {
	const first = firsts.get(context)!;
	if (context.subject.type === 'program') {
		return judgeLine(first, Buffer.from(line));
	}

	// What a person has typed is not known.
	return first.bytes.at(-1) === 0 ? judgeLine(first, first.bytes.subarray(0, -1)) : skipped('no-program');
});

function judgeLine({peer: from, bytes: got}: Received, sent: Uint8Array): Finding {
	const exchange: Exchange = {
		from, sent, got, elapsed: 0,
	};
	// What the client was given is at the same time what it is to send: nothing is unchanged by mistake.
	const found = judgeBytes(exchange, sent);
	if (!found) {
		return {bytes: sent};
	}

	// The line break that ends the line on the keyboard need not be taken off.
	return found.kind === 'line-break-added' ? said(found) : found;
}

const prints = programCheck('prints', ['sends'], async context => judgeAnswerPrinted(context, firsts.get(context)!));

/** The answer is printed, but for what a program may leave out then: the line break, and a zero at the end. */
async function judgeAnswerPrinted(context: CheckContext, {bytes}: Received): Promise<Finding> {
	const answer = uppercase(bytes);
	const length = answer.findLastIndex(byte => ![0, 0x0A, 0x0D].includes(byte)) + 1;
	return judgePrinted(context, bytes, answer.subarray(0, length));
}

/** A long line, with letters of several bytes, goes there and back whole. */
const long = programCheck('long', ['sends-line', 'prints'], async context => {
	const second = await runClient(context, longLine);
	seconds.set(context, second);
	const sent = judgeLine(second, Buffer.from(longLine));
	return 'kind' in sent ? sent : judgeAnswerPrinted(context, second);
});

/** The system picks the client's port, another one each time. */
const ownPort = check('own-port', ['long'], async context => {
	const {peer} = seconds.get(context) ?? {};
	if (!peer) {
		return skipped('no-program');
	}

	const {port} = peer;
	return port === firsts.get(context)!.peer.port ? said(mistake('fixed-port', {port})) : {address: peer};
});

/** The client does not wait without end for an answer that was lost. */
const lost = programCheck('lost-answer', ['prints'], async context => {
	context.loseNextAnswer();
	const {bytes: sent, number: from} = await runClient(context, line);
	const start = performance.now();
	const {program, exerciseTimes: {answer}} = context;
	const time = longestTimeout * answer;
	context.tellWait(time + answer);
	// It may also try again, and be answered then; or say that nothing has come, and go on with something else.
	const printed = program?.textOf('stdout');
	const hasGoneOn = (): boolean =>
		program?.end !== undefined
		|| program?.textOf('stdout') !== printed
		|| context.receivedBy(context.server, 0).some(({number}) => number > from);
	// It may wait for the next line by now: one that waits for an answer does not read that it has ended.
	return await context.comesTrueAtEnd(time, hasGoneOn)
		? holds
		: said(mistake('no-timeout', {sent, waited: performance.now() - start}));
});

/** The textbook's UDP client: sends a line from the keyboard, prints the answer. */
export const udpUppercaseClient: Exercise = {
	name: 'udp-uppercase-client',
	checks: [sends, sendsLine, prints, endsCheck(['prints']), long, ownPort, lost],
};
