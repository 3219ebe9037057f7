import {uppercase} from '../../../replies/uppercase.ts';
import type {Exchange} from '../../api/exchange.ts';
import {
	endsCheck, judgePrinted, serveClient, startClient, untilSent,
} from '../client-checks.ts';
import type {CheckContext, Received} from '../check-context.ts';
import {
	check, type Exercise, type Finding, holds, programCheck,
} from '../exercise.ts';
import {judgeBytes} from '../judge-bytes.ts';

const line = 'hello, socket';

/** Longer than the buffers of a first try, and still within the textbook's recvfrom(2048). 1,000 bytes. */
const longLine = `${'안녕, socket! '.repeat(61)}and the end of the line.`;

/** How much longer than an answer takes a client may wait for one that was lost: a timeout is a few seconds. */
const longestTimeout = 2.5;

/** Start the client with a line to type, and wait for its first datagram. */
async function runClient(context: CheckContext, typed: string): ReturnType<typeof untilSent<Received>> {
	const from = context.server.index.total;
	await startClient(context, [typed]);
	return untilSent(context, () => context.receivedBy(context.server, from)[0]);
}

function exchangeOf({peer, bytes}: Received, typed: string): Exchange {
	return {
		from: peer, sent: Buffer.from(typed), got: bytes, elapsed: 0,
	};
}

const sends = check('sends', [], async context => {
	await serveClient(context);
	const result = await runClient(context, line);
	if ('mistake' in result) {
		return result.mistake;
	}

	context.notes.set('first', result.sent);
	return {address: result.sent.peer};
});

/** The datagram has the line that was typed, and nothing else. */
const sendsLine = check('sends-line', ['sends'], async ({notes, subject}): Promise<Finding> => {
	if (subject.type !== 'program') {
		const {peer, bytes} = notes.get('first') as Received;
		// What a person has typed is not known.
		return bytes.at(-1) === 0
			? judgeLine(exchangeOf({bytes, peer} as Received, Buffer.from(bytes.subarray(0, -1)).toString()))
			: {type: 'skipped', cause: {type: 'no-program'}};
	}

	return judgeLine(exchangeOf(notes.get('first') as Received, line));
});

function judgeLine(exchange: Exchange): Finding {
	// What the client was given is at the same time what it is to send: nothing is unchanged by mistake.
	const mistake = judgeBytes(exchange, exchange.sent);
	if (!mistake) {
		return {bytes: exchange.sent};
	}

	// The line break that ends the line on the keyboard need not be taken off.
	return mistake.kind === 'line-break-added' ? {type: 'said', mistake} : mistake;
}

const prints = programCheck('prints', ['sends'], async context => {
	const {bytes} = context.notes.get('first') as Received;
	return judgePrinted(context, bytes, trimmed(uppercase(bytes)));
});

/** Without what a program may leave out when it prints: the line break, and a zero at the end. */
function trimmed(bytes: Uint8Array): Uint8Array {
	let {length} = bytes;
	while (length > 0 && [0, 0x0A, 0x0D].includes(bytes[length - 1] ?? -1)) {
		length--;
	}

	return bytes.subarray(0, length);
}

/** A long line, with letters of several bytes, goes there and back whole. */
const long = programCheck('long', ['sends-line', 'prints'], async (context): Promise<Finding> => {
	const result = await runClient(context, longLine);
	if ('mistake' in result) {
		return result.mistake;
	}

	context.notes.set('second', result.sent);
	const sent = judgeLine(exchangeOf(result.sent, longLine));
	const {bytes} = result.sent;
	return 'kind' in sent ? sent : judgePrinted(context, bytes, trimmed(uppercase(bytes)));
});

/** The system picks the client's port, another one each time. */
const ownPort = check('own-port', ['long'], async ({notes}): Promise<Finding> => {
	const first = notes.get('first') as Received;
	const second = notes.get('second') as Received | undefined;
	if (!second) {
		return {type: 'skipped', cause: {type: 'no-program'}};
	}

	const {port} = second.peer;
	return port === first.peer.port
		? {type: 'said', mistake: {kind: 'fixed-port', port}}
		: {address: second.peer};
});

/** The client does not wait without end for an answer that was lost. */
const lost = programCheck('lost-answer', ['prints'], async (context): Promise<Finding> => {
	context.loseNextAnswer();
	const result = await runClient(context, line);
	if ('mistake' in result) {
		return result.mistake;
	}

	const start = performance.now();
	const {program} = context;
	// It may also try again, and be answered then; or say that nothing has come, and go on with something else.
	const from = result.sent.number;
	const printed = program?.textOf('stdout');
	const hasGoneOn = (): boolean =>
		program?.end !== undefined
		|| program?.textOf('stdout') !== printed
		|| context.receivedBy(context.server, 0).some(({number}) => number > from);
	// It may wait for the next line by now: one that waits for an answer does not read that it has ended.
	return await context.comesTrueAtEnd(longestTimeout * context.exerciseTimes.answer, hasGoneOn)
		? holds
		: {
			type: 'said',
			mistake: {kind: 'no-timeout', sent: result.sent.bytes, waited: performance.now() - start},
		};
});

/** The textbook's UDP client: sends a line from the keyboard, prints the answer. */
export const udpUppercaseClient: Exercise = {
	name: 'udp-uppercase-client',
	checks: [sends, sendsLine, prints, endsCheck(['prints']), long, ownPort, lost],
};
