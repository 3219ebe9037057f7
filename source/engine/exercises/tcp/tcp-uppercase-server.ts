import type {Mistake} from '../../api/mistake.ts';
import type {CheckContext} from '../check-context.ts';
import {
	check, type Exercise, type Finding, holds,
} from '../exercise.ts';
import {allAddressesCheck, portCheck} from '../server-checks.ts';
import {
	characterParts,
	firstClient,
	isQueued,
	lineParts,
	longestLine,
	longLine,
	notBound,
	openTalk,
	restartCheck,
	talkCheck,
	whyNotClosed,
	writeApart,
} from './tcp-servers.ts';
import {
	judgeCharacter, judgeLongLine, judgeParts, judgeReply, judgeRest, type Reply, type Talk,
} from './tcp-talk.ts';

/** Lines whose answers overfill the system's buffers while the client does not read, and the bytes of one write. */
const manyLines = 2048;
const linesPerWrite = 16;

/** How long many answers may stop, as a multiple of the time for which one is awaited. */
const stallFactor = 3;

/** Each letter of ASCII in upper case: what Unicode says of others is no matter of sockets. */
function upper(text: string | Uint8Array): Uint8Array {
	return Buffer.from(Buffer.from(text).toString('latin1').replaceAll(/[a-z]+/g, word => word.toUpperCase()), 'latin1');
}

const greeting = 'hello, socket\n';

/** One client, one line. What comes until the connection ends, or a while later, is the answer. */
const answers = check('answers', [], async context => {
	if (!context.address) {
		return notBound;
	}

	const talk = await openTalk(context, 0);
	if ('kind' in talk) {
		return talk;
	}

	context.notes.set('talk', talk);
	const reply = await talk.ask(greeting);
	await context.within(context.exerciseTimes.quiet, () => talk.end);
	const rest = talk.take();
	const {got = new Uint8Array()} = reply.exchange;
	const exchange = {...reply.exchange, ...(rest.length > 0 && {got: Buffer.concat([got, rest])})};
	const mistake = judgeReply({...reply, exchange, end: talk.end}, upper(greeting));
	if (mistake?.kind !== 'never-answers') {
		return mistake ?? {exchange};
	}

	return isQueued(context)
		? {...exchange, kind: 'never-accepts'}
		: whyNeverAnswered(talk, mistake, exchange.elapsed);
});

/** A server that reads until the client's FIN answers then. */
async function whyNeverAnswered(talk: Talk, mistake: Mistake, waited: number): Promise<Mistake> {
	talk.halfClose();
	const {exchange} = await talk.reply(Buffer.from(greeting), greeting.length);
	return exchange.got ? {...exchange, kind: 'waits-for-fin', waited} : mistake;
}

/** The connection is closed: by the server after its answer, or when the client has closed. */
const closes = check('closes', ['answers'], async context => {
	const talk = context.notes.get('talk') as Talk;
	const isClosedByServer = talk.end !== undefined;
	context.notes.set('closes after answer', isClosedByServer);
	talk.halfClose();
	const mistake = isClosedByServer ? undefined : await whyNotClosed(context, talk);
	await talk.close();
	context.notes.set('not closed', mistake?.kind);
	return mistake ?? holds;
});

const needsClosing: Finding = {type: 'skipped', cause: {type: 'needs', of: 'closes'}};

/** After the first client has disconnected, another one is served. */
const nextClient = talkCheck('next-client', ['answers'], 1, async (context, talk) => {
	const notClosed = context.notes.get('not closed');
	// Each client more would take the processor once more.
	if (notClosed === 'spins') {
		return needsClosing;
	}

	const reply = await talk.ask(greeting);
	const mistake = judgeReply(reply, upper(greeting));
	if (mistake?.kind !== 'never-answers') {
		return mistake ?? reply;
	}

	// It is still busy with the first.
	if (notClosed) {
		return needsClosing;
	}

	const first = firstClient(context)!;
	const isWaiting = isQueued(context);
	return isWaiting
		? {
			kind: 'accepts-once', first, later: talk.local, waited: reply.exchange.elapsed,
		}
		: {
			...reply.exchange, kind: 'only-first-client', first, isAccepted: isWaiting === false,
		};
}, true);

/** Three clients at once, of which the first is silent until the others have been answered. */
const several = talkCheck('several', ['next-client'], 3, async (context, silent, ...others) => {
	const lines = ['second client\n', 'third client\n'];
	const start = performance.now();
	for (const [index, talk] of others.entries()) {
		talk.write(lines[index]!);
	}

	await context.within(context.exerciseTimes.answer, () => others.every((talk, index) =>
		talk.received >= lines[index]!.length || talk.end) || undefined);
	const isTogether = others.every(talk => talk.received > 0 || talk.end);
	const first = await silent.ask('first client\n');
	const mistake = judgeReply(first, upper('first client\n'));
	if (mistake) {
		return mistake;
	}

	if (!isTogether) {
		await silent.close();
	}

	let last: Reply | undefined;
	for (const [index, talk] of others.entries()) {
		const line = Buffer.from(lines[index]!);
		last = await talk.reply(line, line.length, start); // eslint-disable-line no-await-in-loop -- One after the other.
		const mistake = judgeReply(last, upper(line));
		if (mistake) {
			return mistake.kind === 'never-answers'
				? {
					...last.exchange, kind: 'only-first-client', first: silent.local, isAccepted: isQueued(context) === false,
				}
				: mistake;
		}

		if (!isTogether) {
			await talk.close(); // eslint-disable-line no-await-in-loop -- The next one is served then.
		}
	}

	return isTogether
		? last!
		: {type: 'said', mistake: {...last!.exchange, kind: 'one-at-a-time', before: silent.local}};
});

async function askInParts(context: CheckContext, talk: Talk, parts: readonly Uint8Array[]): Promise<Reply> {
	const start = performance.now();
	await writeApart(context, ...parts.map(part => [talk, part] as const));
	const sent = Buffer.concat(parts);
	return talk.reply(sent, sent.length, start);
}

const twoWrites = talkCheck('two-writes', ['next-client'], 1, async (context, talk) => {
	const reply = await askInParts(context, talk, lineParts);
	return judgeParts(reply, upper(reply.exchange.sent), lineParts) ?? reply;
});

const splitCharacter = talkCheck('split-character', ['two-writes'], 1, async (context, talk) => {
	const reply = await askInParts(context, talk, characterParts);
	return judgeCharacter(reply, upper(reply.exchange.sent)) ?? reply;
});

/** Two lines in one write: both are answered, or the first, and the connection is closed. */
const twoLines = talkCheck('two-lines', ['next-client'], 1, async (_context, talk) => {
	const [one, other] = ['the first line\n', 'the second line\n'] as const;
	const reply = await talk.ask(one + other);
	const dropped = judgeRest(reply, upper(one), upper(one + other));
	return dropped ? (reply.end ? reply : dropped) : judgeReply(reply, upper(one + other)) ?? reply;
});

const longLineCheck = talkCheck('long-line', ['two-writes'], 1, async (_context, talk) => {
	const reply = await talk.ask(longLine);
	return judgeLongLine(reply, upper(longLine)) ?? reply;
});

/** The client's FIN comes right behind its line: the answer is still owed, and then a FIN. */
const halfClose = talkCheck('half-close', ['next-client', 'closes'], 1, async (context, talk) => {
	const line = Buffer.from('and then a FIN\n');
	const start = performance.now();
	talk.write(line);
	talk.halfClose();
	const reply = await talk.reply(line, line.length, start);
	const mistake = judgeReply(reply, upper(line));
	if (mistake) {
		return mistake.kind === 'closes-early' && mistake.received === 0
			? {...reply.exchange, kind: 'drops-at-fin'}
			: mistake;
	}

	const notClosed = await whyNotClosed(context, talk);
	return notClosed ?? reply;
});

/**
A client that reads late sends more lines than the system's buffers hold the answers of, and its FIN. A server whose
answers wait then must not close before they are sent.
*/
const everyAnswer = talkCheck('every-answer', ['half-close', 'two-lines', 'long-line'], 1, async (context, talk) => {
	if (context.notes.get('closes after answer')) {
		return {type: 'skipped', cause: {type: 'not-needed'}};
	}

	const {exerciseTimes: {answer, quiet}} = context;
	const {pane, local: peer} = talk;
	talk.setReading(false);
	const bytes = Buffer.from(longLine.repeat(linesPerWrite));
	let sent = 0;
	const expected = longestLine * manyLines;
	while (sent < expected && pane.state.type === 'connected') {
		talk.write(bytes);
		sent += bytes.length;
		// Where the server waits until its answers are read, nothing more is taken: the rest waits here.
		if (pane.waiting > 0) {
			await context.within(quiet, () => pane.waiting === 0 || undefined); // eslint-disable-line no-await-in-loop -- One after the other.
			if (pane.waiting > 0) {
				break;
			}
		}
	}

	talk.halfClose();
	await context.within(quiet * 2, () => talk.end);
	talk.setReading(true);
	let received = 0;
	for (let before = -1; talk.end === undefined && received !== before;) {
		before = received;
		await context.comesTrue(answer * stallFactor, () => talk.received > 0 || talk.end !== undefined); // eslint-disable-line no-await-in-loop -- One after the other.
		received += talk.drop();
	}

	received += talk.drop();
	const {end} = talk;
	if (received === sent) {
		return holds;
	}

	const programEnd = await context.endAfterSockets();
	return programEnd
		? {kind: 'ended-early', end: programEnd}
		: (end
			? {
				kind: 'closes-early', peer, received, expected: sent, end,
			}
			: {
				kind: 'answers-stop', peer, received, expected: sent, waited: answer * stallFactor,
			});
});

/** Clients that reset their connections, with half a line and with a whole one, leave the server to the next. */
const reset = talkCheck('reset', ['next-client'], 1, async (context, talk) => {
	const {quiet} = context.exerciseTimes;
	talk.write('half a li');
	await context.wait(quiet);
	talk.reset();
	const second = await openTalk(context, 1);
	if (!('kind' in second)) {
		second.write('a whole line, and RST\n');
		second.reset();
	}

	await context.within(quiet, () => context.program?.end);
	const third = await openTalk(context, 2);
	const line = 'who comes after a RST\n';
	const reply = 'kind' in third ? undefined : await third.ask(line);
	if (!('kind' in third)) {
		await third.close();
	}

	if (reply && !judgeReply(reply, upper(line))) {
		return reply;
	}

	const exchange = reply?.exchange ?? {from: talk.local, sent: Buffer.from(line), elapsed: 0};
	return {
		...exchange, kind: 'dies-on-reset', peer: talk.local, end: context.program?.end,
	};
});

/** The TCP uppercase server: each line that a client sends is answered in upper case. */
export const tcpUppercaseServer: Exercise = {
	name: 'tcp-uppercase-server',
	checks: [
		portCheck,
		allAddressesCheck(true),
		answers,
		closes,
		nextClient,
		several,
		twoWrites,
		splitCharacter,
		twoLines,
		longLineCheck,
		halfClose,
		everyAnswer,
		reset,
		restartCheck(['next-client'], async (_context, talk) => {
			const reply = await talk.ask(greeting);
			return judgeReply(reply, upper(greeting));
		}),
	],
};

