import type {Exchange, Mistake, MistakeKind} from '../../api/mistake.ts';
import type {CheckContext} from '../check-context.ts';
import {
	type Check, type Exercise, holds, mistake, needs, raise,
} from '../exercise.ts';
import {allAddressesCheck, portCheck} from '../server-checks.ts';
import {
	characterParts,
	isQueued,
	lineParts,
	longLine,
	lookInterval,
	openTalk,
	restartCheck,
	type TalkCheck,
	talkCheck,
	whyNotClosed,
	writeApart,
} from './tcp-servers.ts';
import {
	judgeCharacter, judgeLongLine, judgeParts, judgeReply, judgeRest, type Reply, type Talk,
} from './tcp-talk.ts';

/** How many lines each of two clients sends while the order is checked. */
const linesInOrder = 40;

/** What became of a server when a client had left; nothing where it went on. */
const leavings = new WeakMap<CheckContext, MistakeKind>();

/** Wait until the program has accepted every client, and has had time to note it. @returns whether it has */
async function areAccepted(context: CheckContext): Promise<boolean> {
	const {answer, quiet} = context.exerciseTimes;
	// No event tells that another process has called accept().
	await context.comesTrue(answer, () => context.program?.end !== undefined || !isQueued(context), lookInterval);
	// Nothing tells when it has put a client on its list.
	await context.wait(quiet);
	return !isQueued(context);
}

/** Wait for what another client gets of what one has sent. */
async function replyOf(sent: string | Uint8Array, start: number, sender: Talk, receiver: Talk): Promise<Reply> {
	const bytes = Buffer.from(sent);
	const reply = await receiver.reply(bytes, bytes.length, start);
	return {...reply, exchange: {...reply.exchange, from: sender.local}};
}

/** Let a client send, and wait for what another gets. */
async function say(line: string | Uint8Array, sender: Talk, receiver: Talk): Promise<Reply> {
	const start = performance.now();
	sender.write(line);
	return replyOf(line, start, sender, receiver);
}

/** What is wrong where these others have got this of a line: nothing where each has it whole. */
function judgeOthers(replies: readonly Reply[], receivers: readonly Talk[]): Mistake | undefined {
	const missing = replies.findIndex(({exchange}) => exchange.got === undefined);
	const reply = replies[missing];
	const wrong = replies.map(each => judgeReply(each, each.exchange.sent)).find(each => each !== undefined);
	if (!reply || wrong?.kind === 'ended-early') {
		return wrong;
	}

	const {local} = receivers[missing]!;
	return replies.some(({exchange}) => exchange.got !== undefined)
		? mistake('not-to-all', {...reply.exchange, missing: local})
		: mistake('never-relays', {...reply.exchange, to: local});
}

/** A check that begins when all clients are accepted. */
function chatCheck(name: string, needed: readonly string[], clients: number, run: TalkCheck): Check {
	return talkCheck(name, needed, clients, async (context, ...talks) => {
		await areAccepted(context);
		return run(context, ...talks);
	});
}

/** Two clients: the line of one comes to the other, and not back. */
const relays = talkCheck('relays', [], 2, async (context, sender, receiver) => {
	const start = performance.now();
	if (!await areAccepted(context)) {
		return whyNotAccepted(context, start, sender, receiver);
	}

	const reply = await say('hello, everybody\n', sender, receiver);
	await context.comesTrue(context.exerciseTimes.quiet, () => sender.received > 0);
	const wrong = judgeOthers([reply], [receiver]);
	const isBack = sender.take().length > 0;
	return isBack && (!wrong || wrong.kind === 'never-relays')
		? mistake('back-to-sender', {...reply.exchange, others: !wrong})
		: wrong ?? reply;
});

/** A client waits for accept(): until the first has disconnected, or without end. */
async function whyNotAccepted(context: CheckContext, start: number, one: Talk, other: Talk): Promise<Mistake> {
	await one.close();
	const waited = performance.now() - start;
	const clients = {first: one.local, later: other.local};
	return await areAccepted(context)
		? mistake('not-together', {...clients, waited})
		: mistake('accepts-once', {...clients, waited: performance.now() - start});
}

/** Whether lines still go from one client to another: two, as the first send() to a closed client may succeed. */
async function stillRelays(
	context: CheckContext,
	sender: Talk,
	receiver: Talk,
): Promise<{readonly exchange: Exchange; readonly isLost: boolean}> {
	const one = await say('who is still here?\n', sender, receiver);
	await context.within(context.exerciseTimes.quiet, () => context.program?.end);
	const other = await say('and who now?\n', sender, receiver);
	const lost = [one, other].find(reply => judgeReply(reply, reply.exchange.sent));
	return {exchange: (lost ?? other).exchange, isLost: lost !== undefined};
}

/** A client leaves: its connection is closed, and the others go on. */
const leaves = chatCheck('leaves', ['relays'], 3, async (context, first, second, third) => {
	first.halfClose();
	const notClosed = await whyNotClosed(context, first);
	if (notClosed) {
		leavings.set(context, notClosed.kind);
		return notClosed;
	}

	await first.close();
	const {exchange, isLost} = await stillRelays(context, second, third);
	if (!isLost) {
		return {exchange};
	}

	leavings.set(context, 'dies-on-leave');
	return mistake('dies-on-leave', {...exchange, peer: first.local, end: context.program?.end});
});

/** Three clients, two of which send. */
const toAll = chatCheck('to-all', ['relays'], 3, async (context, first, second, third) => {
	const leaving = leavings.get(context);
	// The clients of the checks before have left.
	if (leaving === 'dies-on-leave' || leaving === 'spins') {
		return needs('leaves');
	}

	for (const [line, sender, ...receivers] of [
		['from the third\n', third, first, second],
		['from the first\n', first, second, third],
	] as const) {
		const start = performance.now();
		sender.write(line);
		// eslint-disable-next-line no-await-in-loop -- One after the other.
		const replies = await Promise.all(receivers.map(async receiver => replyOf(line, start, sender, receiver)));
		raise(judgeOthers(replies, receivers));
	}

	return holds;
});

/** A line comes in two parts, and another client's whole line between them: neither gets into the other. */
const twoWrites = chatCheck('two-writes', ['to-all'], 3, async (context, slow, quick, third) => {
	const [first, second] = lineParts;
	const whole = Buffer.from('a line of another\n');
	const start = performance.now();
	await writeApart(context, [slow, first], [quick, whole], [slow, second]);
	const sent = Buffer.concat([whole, first, second]);
	const reply = await replyOf(sent, start, slow, third);
	const wrong = judgeReply(reply, sent);
	// What came before the program ended may be the other client's line.
	return (wrong?.kind === 'ended-early' ? wrong : judgeParts(reply, sent, lineParts)) ?? reply;
});

const splitCharacter = chatCheck('split-character', ['two-writes'], 2, async (context, sender, receiver) => {
	const [first, second] = characterParts;
	const start = performance.now();
	await writeApart(context, [sender, first], [sender, second]);
	const sent = Buffer.concat(characterParts);
	const reply = await replyOf(sent, start, sender, receiver);
	return judgeCharacter(reply, sent) ?? reply;
});

const twoLines = chatCheck('two-lines', ['to-all'], 2, async (_context, sender, receiver) => {
	const one = 'the first line\n';
	const reply = await say(`${one}the second line\n`, sender, receiver);
	return judgeRest(reply, Buffer.from(one), reply.exchange.sent) ?? judgeOthers([reply], [receiver]) ?? reply;
});

/** Two clients send many lines at once: the third gets all, each whole, and those of each in their order. */
const order = chatCheck('order', ['two-writes', 'two-lines'], 3, async (_context, first, second, third) => {
	const senders = [first, second];
	const lines = senders.map((_, sender) =>
		Array.from({length: linesInOrder}, (_each, index) => `line ${index + 1} of client ${sender + 1}\n`));
	for (let index = 0; index < linesInOrder; index++) {
		for (const [place, sender] of senders.entries()) {
			sender.write(lines[place]![index]!);
		}
	}

	const sent = Buffer.from(lines.flat().join(''));
	const reply = await replyOf(sent, performance.now(), first, third);
	const got = Buffer.from(reply.exchange.got ?? '').toString().split(/(?<=\n)/);
	for (const [place, own] of lines.entries()) {
		const places = own.map(line => got.indexOf(line)).filter(at => at !== -1);
		const late = places.filter((at, index) => places.slice(0, index).some(before => before > at)).length;
		if (places.length < own.length || late > 0) {
			const {programEnd: end} = reply;
			const {local: from} = senders[place]!;
			return end
				? mistake('ended-early', {end})
				: mistake('lines-lost', {
					from, to: third.local, lines: own.length, received: places.length, late,
				});
		}
	}

	return holds;
});

const longLineCheck = chatCheck('long-line', ['two-writes'], 2, async (_context, sender, receiver) => {
	const reply = await say(longLine, sender, receiver);
	return judgeLongLine(reply, reply.exchange.sent) ?? reply;
});

/** A client resets its connection in the middle of a line, and the others go on. */
const reset = chatCheck('reset', ['leaves', 'to-all'], 3, async (context, first, second, third) => {
	first.write('half a li');
	await context.wait(context.exerciseTimes.quiet);
	first.reset();
	await context.within(context.exerciseTimes.quiet, () => context.program?.end);
	// A program that passes on parts of lines has sent this one.
	third.take();
	const {exchange, isLost} = await stillRelays(context, second, third);
	return isLost
		? mistake('dies-on-reset', {...exchange, peer: first.local, end: context.program?.end})
		: {exchange};
});

/** The TCP chat server: each line that a client sends goes to all others. */
export const tcpChatServer: Exercise = {
	name: 'tcp-chat-server',
	checks: [
		portCheck,
		allAddressesCheck(true),
		relays,
		leaves,
		toAll,
		twoWrites,
		splitCharacter,
		twoLines,
		order,
		longLineCheck,
		reset,
		restartCheck(['relays', 'leaves'], async (context, talk) => {
			const other = await openTalk(context, 1);
			await areAccepted(context);
			const wrong = judgeOthers([await say('hello again\n', talk, other)], [other]);
			await other.close();
			return wrong;
		}),
	],
};
