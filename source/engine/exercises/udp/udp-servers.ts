import {randomInt} from 'node:crypto';
import {datagramsToNoPort} from '../../../sockets/kernel/process-sockets.ts';
import {isSameAddress} from '../../../text/address.ts';
import type {ClientPane} from '../../scene/panes/client-pane.ts';
import {uppercase} from '../../../replies/uppercase.ts';
import type {Exchange, ProgramEnd} from '../../api/exchange.ts';
import type {Mistake} from '../../api/mistake.ts';
import type {Answer, CheckContext} from '../check-context.ts';
import {
	type Check, check, type Exercise, type Finding, holds,
} from '../exercise.ts';
import {judgeBytes} from '../judge-bytes.ts';
import {allAddressesCheck, portCheck, serverCheck} from '../server-checks.ts';

/** What the server is to make of a message. */
type Rule = (message: Uint8Array) => Uint8Array;

/** Short enough for a small buffer: that is another check's. */
const greeting = 'hello, socket';

/**
The largest datagram that is demanded, in bytes: what the textbook's recvfrom(2048) takes. It is more than fits an
Ethernet frame.
*/
const largestDemanded = 2048;

/**
Whether the program answers to elsewhere shows in this many rounds: a random number of datagrams is sent in
each, so that what other programs on the machine do does not look the same.
*/
const neededRounds = 3;
const maxRounds = 6;
const fewestProbes = 4;
const mostProbes = 40;

/** The server answers, once, and its answer comes from the socket that was sent to. */
const answers = check('answers', [], async context => {
	if (!context.address) {
		return {type: 'skipped', cause: {type: 'needs', of: portCheck.name}};
	}

	const client = context.addClient();
	const from = client.index.total;
	const answer = await context.ask(client, greeting);
	context.notes.set('first', client);
	context.notes.set('first-exchange', answer.exchange);
	const mistake = await whyNoAnswer(context, client, answer);
	if (mistake) {
		return mistake;
	}

	await context.wait(context.exerciseTimes.quiet);
	const {length} = context.receivedBy(client, from);
	return length === 1
		? answer
		: {...answer.exchange, kind: 'answers-twice', answers: length};
});

/** The answer has the bytes that the rule makes of the message. */
function bytes(rule: Rule): Check {
	return check('bytes', ['answers'], async ({notes}) => {
		const exchange = notes.get('first-exchange') as Exchange;
		const mistake = judgeBytes(exchange, rule(exchange.sent));
		return mistake ?? {exchange};
	});
}

/** The server goes on: it answers the same client again. */
const again = check('again', ['answers'], async context => {
	const client = firstClient(context);
	for (let answered = 1; answered < 4; answered++) {
		const answer = await context.ask(client, `message ${answered}`); // eslint-disable-line no-await-in-loop -- One after the other.
		if (!answer.source) {
			return {...silence(answer), kind: 'answers-once', answered};
		}
	}

	return holds;
});

/** A message that is shorter than the one before has nothing of that in its answer. */
function shorter(rule: Rule): Check {
	return serverCheck('shorter', ['bytes', 'again'], async context => {
		const client = firstClient(context);
		const {exchange: {sent: long}} = await context.ask(client, greeting);
		const {exchange} = await context.ask(client, 'bye');
		const mistake = judgeBytes(exchange, rule(exchange.sent), [long, rule(long)]);
		return mistake ?? {exchange};
	});
}

/** Each client gets the answers to its own messages, also when several send at the same time. */
const otherClients = serverCheck('other-clients', ['again'], async context => {
	const first = firstClient(context);
	const other = context.addClient();
	const from = first.index.total;
	const answer = await context.ask(other, 'hello from another client');
	const mistake = whyOther(context, first, from, answer);
	if (mistake) {
		return mistake;
	}

	const clients = [first, other, context.addClient()];
	const starts = clients.map(({index}) => index.total);
	const start = performance.now();
	for (const [index, client] of clients.entries()) {
		context.send(client, `all at once ${index}`);
	}

	const counts = (): number[] => clients.map((client, index) =>
		context.receivedBy(client, starts[index] ?? 0).length);
	await context.within(
		context.exerciseTimes.answer,
		() => counts().every(count => count > 0) || context.program?.end ? true : undefined,
	);
	const missing = clients.find((_, index) => counts()[index] === 0);
	const several = clients.find((_, index) => (counts()[index] ?? 0) > 1);
	if (!missing) {
		return holds;
	}

	const exchange: Exchange = {
		from: context.localOf(missing),
		sent: Buffer.from(`all at once ${clients.indexOf(missing)}`),
		elapsed: performance.now() - start,
	};
	return several
		? {...exchange, kind: 'fixed-address', to: context.localOf(several)}
		: {...exchange, kind: 'never-answers'};
});

/** What is wrong where a second client is not answered. */
function whyOther(context: CheckContext, first: ClientPane, from: number, answer: Answer): Mistake | undefined {
	const {exchange, source, end} = answer;
	if (source) {
		return undefined;
	}

	const address = context.localOf(first);
	if (context.receivedBy(first, from).length > 0) {
		return {...exchange, kind: 'fixed-address', to: address};
	}

	return end
		? {kind: 'ended-early', end, exchange}
		: {
			...exchange,
			kind: 'only-first-sender',
			first: address,
			isConnected: context.program?.sockets()?.some(({protocol, remote}) =>
				protocol === 'udp' && isSameAddress(remote, address)) === true,
		};
}

/** A message that has more than ASCII, or is no text at all. */
function anyBytes(name: 'characters' | 'any-bytes', rule: Rule, message: Uint8Array): Check {
	return serverCheck(name, ['shorter'], async context =>
		judgeAnswer(context, message, rule, answer => ({...silence(answer), kind: 'ended-by-bytes'})));
}

/** An empty datagram is a message like any other: the server goes on. */
const empty = serverCheck('empty', ['again'], async context => {
	const client = firstClient(context);
	context.send(client, '');
	// An answer to the empty one may come first.
	const answer = await context.ask(client, 'still there?', got => got.length > 1);
	return answer.source ? {exchange: answer.exchange} : {...silence(answer), kind: 'ended-by-empty'};
});

/** A datagram as large as the textbook's buffer comes back whole. */
function large(rule: Rule): Check {
	const text = 'abcdefghijklmnopqrstuvwxyz012345'.repeat(largestDemanded / 32);
	return serverCheck('large', ['shorter'], async context => judgeAnswer(context, text, rule, ({exchange, end}) =>
		end ? {kind: 'ended-early', end, exchange} : {...exchange, kind: 'large-unanswered'}));
}

/** What the first client's message finds. @param whyNone - the mistake of a server that does not answer it */
async function judgeAnswer(
	context: CheckContext,
	message: string | Uint8Array,
	rule: Rule,
	whyNone: (answer: Answer) => Mistake,
): Promise<Finding> {
	const answer = await context.ask(firstClient(context), message);
	const {exchange, source} = answer;
	return judgeBytes(exchange, rule(exchange.sent)) ?? (source ? {exchange} : whyNone(answer));
}

/** What was not answered, and how the program has ended where it has. */
function silence({exchange, end}: Answer): Exchange & {readonly end?: ProgramEnd} {
	return {...exchange, ...(end && {end})};
}

function firstClient({notes}: CheckContext): ClientPane {
	return notes.get('first') as ClientPane;
}

/** What is wrong where no answer came, or one from elsewhere. */
async function whyNoAnswer(
	context: CheckContext,
	client: ClientPane,
	{exchange, source, end}: Answer,
): Promise<Mistake | undefined> {
	const {address} = context;
	if (!source) {
		if (end) {
			return {kind: 'ended-early', end, exchange};
		}

		const vacant = await answersToElsewhere(context, client);
		return vacant === undefined
			? {...exchange, kind: 'never-answers'}
			: {...exchange, kind: 'fixed-address', vacant};
	}

	// A server that is bound to all addresses may answer from another one of the machine's.
	return address?.port === source.port
		? undefined
		: {
			...exchange, kind: 'other-socket', server: address ?? source, source,
		};
}

/**
Whether the program sends something to a port without a socket for each datagram that it gets: then the kernel counts as
many. How many did, in all rounds; undefined where it does not, or nothing tells.
*/
async function answersToElsewhere(context: CheckContext, client: ClientPane): Promise<number | undefined> {
	const {answer, quiet} = context.exerciseTimes;
	let sum = 0;
	let hits = 0;
	for (let round = 0; round < maxRounds && hits < neededRounds; round++) {
		const before = datagramsToNoPort();
		if (before === undefined) {
			return undefined;
		}

		const probes = randomInt(fewestProbes, mostProbes);
		for (let probe = 0; probe < probes; probe++) {
			context.send(client, `probe ${probe}`);
		}

		const come = (): number => (datagramsToNoPort() ?? 0) - before;
		await context.within(answer, () => come() >= probes ? true : undefined); // eslint-disable-line no-await-in-loop -- One after the other.
		await context.wait(quiet); // eslint-disable-line no-await-in-loop -- One after the other.
		const count = come();
		if (count === probes || count === probes + 1) {
			hits++;
			sum += probes;
		} else if (count < probes) {
			return undefined;
		}
	}

	return hits === neededRounds ? sum : undefined;
}

function echo(message: Uint8Array): Uint8Array {
	return message;
}

/** The textbook's UDP server: every datagram goes back to its sender in upper case. */
export const udpUppercaseServer: Exercise = {
	name: 'udp-uppercase-server',
	checks: [
		portCheck,
		allAddressesCheck(true),
		answers,
		bytes(uppercase),
		again,
		shorter(uppercase),
		otherClients,
		anyBytes('characters', uppercase, Buffer.from('소켓 abc')),
		large(uppercase),
		empty,
	],
};

/** The echo server: every datagram goes back to its sender as it came. */
export const udpEchoServer: Exercise = {
	name: 'udp-echo-server',
	checks: [
		portCheck,
		allAddressesCheck(false),
		answers,
		bytes(echo),
		again,
		shorter(echo),
		otherClients,
		anyBytes('any-bytes', echo, Uint8Array.of(0x61, 0, 0xFF, 0x80, 0x62, 0xFE, 0x0A, 0x0D, 0x1B, 0x63)),
		large(echo),
		empty,
	],
};
