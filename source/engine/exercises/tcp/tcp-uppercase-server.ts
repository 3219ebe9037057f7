import type {Exchange, Mistake} from '../../api/mistake.ts';
import type {CheckContext} from '../check-context.ts';
import {
	check, type Exercise, holds, mistake, needs, raise, said, skipped,
} from '../exercise.ts';
import {allAddressesCheck, notBound, portCheck} from '../server-checks.ts';
import {
	characterParts,
	firstClients,
	isQueued,
	lineParts,
	longestLine,
	longLine,
	openTalk,
	restartCheck,
	talkCheck,
	tryTalk,
	whyNotClosed,
	writeApart,
} from './tcp-servers.ts';
import {
	judgeCharacter, judgeLongLine, judgeParts, judgeReply, judgeRest, type Reply, Talk,
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

const firstTalks = new WeakMap<CheckContext, Talk>();

/** How the server has closed it: by itself, behind its answer; or after the client's FIN, with what is wrong. */
const closings = new WeakMap<CheckContext, {readonly isByServer: boolean; readonly wrong: Mistake | undefined}>();

/** One client, one line. What comes until the connection ends, or a while later, is the answer. */
const answers = check('answers', [], async context => {
	if (!context.address) {
		return notBound;
	}

	const talk = await openTalk(context, 0);
	firstTalks.set(context, talk);
	const reply = await talk.ask(greeting);
	await context.within(context.exerciseTimes.quiet, () => talk.end);
	const rest = talk.take();
	const {got = new Uint8Array()} = reply.exchange;
	const exchange = {...reply.exchange, ...(rest.length > 0 && {got: Buffer.concat([got, rest])})};
	const wrong = judgeReply({...reply, exchange, end: talk.end}, upper(greeting));
	if (wrong?.kind !== 'never-answers') {
		return wrong ?? {exchange};
	}

	if (isQueued(context)) {
		return mistake('never-accepts', exchange);
	}

	// A server that reads until the client's FIN answers then.
	talk.halfClose();
	const {exchange: late} = await talk.reply(Buffer.from(greeting), greeting.length);
	return late.got ? mistake('waits-for-fin', {...late, waited: exchange.elapsed}) : wrong;
});

/** The connection is closed: by the server after its answer, or when the client has closed. */
const closes = check('closes', ['answers'], async context => {
	const talk = firstTalks.get(context)!;
	const isByServer = talk.end !== undefined;
	talk.halfClose();
	const wrong = isByServer ? undefined : await whyNotClosed(context, talk);
	await talk.close();
	closings.set(context, {isByServer, wrong});
	return wrong ?? holds;
});

const needsClosing = needs('closes');

/** After the first client has disconnected, another one is served. */
const nextClient = talkCheck('next-client', ['answers'], 1, async (context, talk) => {
	const notClosed = closings.get(context)?.wrong;
	// Each client more would take the processor once more.
	if (notClosed?.kind === 'spins') {
		return needsClosing;
	}

	const reply = await talk.ask(greeting);
	const wrong = judgeReply(reply, upper(greeting));
	if (wrong?.kind !== 'never-answers') {
		return wrong ?? reply;
	}

	// It is still busy with the first.
	if (notClosed) {
		return needsClosing;
	}

	const {exchange} = reply;
	const first = firstClients.get(context)!;
	const isWaiting = isQueued(context);
	return isWaiting
		? mistake('accepts-once', {first, later: talk.local, waited: exchange.elapsed})
		: mistake('only-first-client', {...exchange, first, isAccepted: isWaiting === false});
}, true);

/** Three clients at once, of which the first is silent until the others have been answered. */
const several = talkCheck('several', ['next-client'], 3, async (context, silent, ...talks) => {
	const start = performance.now();
	const others = talks.map((talk, index) => ({talk, line: Buffer.from(`${['second', 'third'][index]} client\n`)}));
	for (const {talk, line} of others) {
		talk.write(line);
	}

	await context.comesTrue(context.exerciseTimes.answer, () =>
		others.every(({talk, line}) => talk.received >= line.length || talk.end !== undefined));
	const isTogether = talks.every(talk => talk.received > 0 || talk.end);
	const first = await silent.ask('first client\n');
	raise(judgeReply(first, upper('first client\n')));
	let last = first;
	for (const [index, {talk, line}] of others.entries()) {
		if (!isTogether) {
			// The next one is served then.
			await (talks[index - 1] ?? silent).close(); // eslint-disable-line no-await-in-loop -- One after the other.
		}

		last = await talk.reply(line, line.length, start); // eslint-disable-line no-await-in-loop -- One after the other.
		const {exchange} = last;
		const wrong = judgeReply(last, upper(line));
		if (wrong?.kind === 'never-answers') {
			return mistake('only-first-client', {
				...exchange, first: silent.local, isAccepted: isQueued(context) === false,
			});
		}

		raise(wrong);
	}

	return isTogether ? last : said(mistake('one-at-a-time', {...last.exchange, before: silent.local}));
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
	const wrong = judgeReply(reply, upper(line));
	if (wrong?.kind === 'closes-early' && wrong.received === 0) {
		return mistake('drops-at-fin', reply.exchange);
	}

	return wrong ?? await whyNotClosed(context, talk) ?? reply;
});

/**
A client that reads late sends more lines than the system's buffers hold the answers of, and its FIN. A server whose
answers wait then must not close before they are sent.
*/
const everyAnswer = talkCheck('every-answer', ['half-close', 'two-lines', 'long-line'], 1, async (context, talk) => {
	if (closings.get(context)?.isByServer) {
		return skipped('not-needed');
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
	if (programEnd) {
		return mistake('ended-early', {end: programEnd});
	}

	return end
		? mistake('closes-early', {
			peer, received, expected: sent, end,
		})
		: mistake('answers-stop', {
			peer, received, expected: sent, waited: answer * stallFactor,
		});
});

/** Clients that reset their connections, with half a line and with a whole one, leave the server to the next. */
const reset = talkCheck('reset', ['next-client'], 1, async (context, talk) => {
	const {quiet} = context.exerciseTimes;
	talk.write('half a li');
	await context.wait(quiet);
	talk.reset();
	const second = await tryTalk(context, 1);
	if (second instanceof Talk) {
		second.write('a whole line, and RST\n');
		second.reset();
	}

	await context.within(quiet, () => context.program?.end);
	const third = await tryTalk(context, 2);
	const line = 'who comes after a RST\n';
	let exchange: Exchange = {from: talk.local, sent: Buffer.from(line), elapsed: 0};
	if (third instanceof Talk) {
		const reply = await third.ask(line);
		await third.close();
		if (!judgeReply(reply, upper(line))) {
			return reply;
		}

		({exchange} = reply);
	}

	return mistake('dies-on-reset', {...exchange, peer: talk.local, end: context.program?.end});
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
		restartCheck(['next-client'], async (_context, talk) => judgeReply(await talk.ask(greeting), upper(greeting))),
	],
};

