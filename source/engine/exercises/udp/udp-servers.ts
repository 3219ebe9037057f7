import {randomInt} from 'node:crypto';
import {datagramCounts} from '../../../sockets/kernel/process-sockets.ts';
import {isSameAddress} from '../../../text/address.ts';
import type {ClientPane} from '../../scene/panes/client-pane.ts';
import {uppercase} from '../../../replies/uppercase.ts';
import type {Exchange, Mistake} from '../../api/mistake.ts';
import type {Answer, CheckContext} from '../check-context.ts';
import {
	type Check, check, type Exercise, type Finding, holds, mistake, raise,
} from '../exercise.ts';
import {judgeBytes} from '../judge-bytes.ts';
import {
	allAddressesCheck, notBound, portCheck, serverCheck,
} from '../server-checks.ts';

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

/** The first client, and what passed between it and the server. */
const firsts = new WeakMap<CheckContext, {readonly client: ClientPane; readonly exchange: Exchange}>();

/** The server answers, once, and its answer comes from the socket that was sent to. */
const answers = check('answers', [], async context => {
	if (!context.address) {
		return notBound;
	}

	const client = context.addClient();
	const from = client.index.total;
	const answer = await context.ask(client, greeting);
	const {exchange} = answer;
	firsts.set(context, {client, exchange});
	raise(await whyNoAnswer(context, client, answer));
	await context.wait(context.exerciseTimes.quiet);
	const {length} = context.receivedBy(client, from);
	return length === 1 ? {exchange} : mistake('answers-twice', {...exchange, answers: length});
});

/** The answer has the bytes that the rule makes of the message. */
function bytes(rule: Rule): Check {
	return check('bytes', ['answers'], async context => {
		const {exchange} = firsts.get(context)!;
		return judgeBytes(exchange, rule(exchange.sent)) ?? {exchange};
	});
}

/** The server goes on: it answers the same client again. */
const again = check('again', ['answers'], async context => {
	const {client} = firsts.get(context)!;
	for (let answered = 1; answered < 4; answered++) {
		const {exchange, source, end} = await context.ask(client, `message ${answered}`); // eslint-disable-line no-await-in-loop -- One after the other.
		if (!source) {
			return mistake('answers-once', {...exchange, answered, end});
		}
	}

	return holds;
});

/** A message that is shorter than the one before has nothing of that in its answer. */
function shorter(rule: Rule): Check {
	return serverCheck('shorter', ['bytes', 'again'], async context => {
		const {client} = firsts.get(context)!;
		const {exchange: {sent: long}} = await context.ask(client, greeting);
		const {exchange} = await context.ask(client, 'bye');
		return judgeBytes(exchange, rule(exchange.sent), [long, rule(long)]) ?? {exchange};
	});
}

/** Each client gets the answers to its own messages, also when several send at the same time. */
const otherClients = serverCheck('other-clients', ['again'], async context => {
	const {client: first} = firsts.get(context)!;
	const other = context.addClient();
	const from = first.index.total;
	const answer = await context.ask(other, 'hello from another client');
	raise(whyOther(context, first, from, answer));
	const clients = [first, other, context.addClient()].map(client => ({client, from: client.index.total}));
	const start = performance.now();
	for (const [index, {client}] of clients.entries()) {
		context.send(client, `all at once ${index}`);
	}

	const counts = (): number[] => clients.map(({client, from}) => context.receivedBy(client, from).length);
	await context.comesTrue(context.exerciseTimes.answer, () =>
		!counts().includes(0) || context.program?.end !== undefined);
	const missing = counts().indexOf(0);
	if (missing === -1) {
		return holds;
	}

	const exchange: Exchange = {
		from: context.localOf(clients[missing]!.client),
		sent: Buffer.from(`all at once ${missing}`),
		elapsed: performance.now() - start,
	};
	const several = clients[counts().findIndex(count => count > 1)]?.client;
	return several
		? mistake('fixed-address', {...exchange, to: context.localOf(several)})
		: mistake('never-answers', exchange);
});

/** What is wrong where a second client is not answered. */
function whyOther(
	context: CheckContext,
	first: ClientPane,
	from: number,
	{exchange, source, end}: Answer,
): Mistake | undefined {
	if (source) {
		return undefined;
	}

	const address = context.localOf(first);
	if (context.receivedBy(first, from).length > 0) {
		return mistake('fixed-address', {...exchange, to: address});
	}

	const isConnected = context.program?.sockets()?.some(({protocol, remote}) =>
		protocol === 'udp' && isSameAddress(remote, address)) === true;
	return end
		? mistake('ended-early', {end, exchange})
		: mistake('only-first-sender', {...exchange, first: address, isConnected});
}

/** A message that has more than ASCII, or is no text at all. */
function anyBytes(name: 'characters' | 'any-bytes', rule: Rule, message: Uint8Array): Check {
	return serverCheck(name, ['shorter'], async context => judgeAnswer(context, message, rule, ({exchange, end}) =>
		mistake('ended-by-bytes', {...exchange, end})));
}

/** An empty datagram is a message like any other: the server goes on. */
const empty = serverCheck('empty', ['again'], async context => {
	const {client} = firsts.get(context)!;
	context.send(client, '');
	// An answer to the empty one may come first.
	const {exchange, source, end} = await context.ask(client, 'still there?', got => got.length > 1);
	return source ? {exchange} : mistake('ended-by-empty', {...exchange, end});
});

/** A datagram as large as the textbook's buffer comes back whole. */
function large(rule: Rule): Check {
	const text = 'abcdefghijklmnopqrstuvwxyz012345'.repeat(largestDemanded / 32);
	return serverCheck('large', ['shorter'], async context => judgeAnswer(context, text, rule, ({exchange, end}) =>
		end ? mistake('ended-early', {end, exchange}) : mistake('large-unanswered', exchange)));
}

/** What the first client's message finds. @param whyNone - the mistake of a server that does not answer it */
async function judgeAnswer(
	context: CheckContext,
	message: string | Uint8Array,
	rule: Rule,
	whyNone: (answer: Answer) => Mistake,
): Promise<Finding> {
	const answer = await context.ask(firsts.get(context)!.client, message);
	const {exchange, source} = answer;
	return judgeBytes(exchange, rule(exchange.sent)) ?? (source ? {exchange} : whyNone(answer));
}

/** What is wrong where no answer came, or one from elsewhere. */
async function whyNoAnswer(
	context: CheckContext,
	client: ClientPane,
	{exchange, source, end}: Answer,
): Promise<Mistake | undefined> {
	if (end) {
		return mistake('ended-early', {end, exchange});
	}

	if (!source) {
		const vacant = await answersToElsewhere(context, client);
		return vacant === undefined
			? mistake('never-answers', exchange)
			: mistake('fixed-address', {...exchange, vacant});
	}

	// A server that is bound to all addresses may answer from another one of the machine's.
	const {address: server = source} = context;
	return server.port === source.port ? undefined : mistake('other-socket', {...exchange, server, source});
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
		const before = datagramCounts()?.noPorts;
		if (before === undefined) {
			return undefined;
		}

		const probes = randomInt(fewestProbes, mostProbes);
		for (let probe = 0; probe < probes; probe++) {
			context.send(client, `probe ${probe}`);
		}

		const come = (): number => (datagramCounts()?.noPorts ?? 0) - before;
		await context.comesTrue(answer, () => come() >= probes); // eslint-disable-line no-await-in-loop -- One after the other.
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

/** A server that answers each datagram by a rule. */
function checksOf(rule: Rule, isForAll: boolean, others: Check): readonly Check[] {
	return [
		portCheck,
		allAddressesCheck(isForAll),
		answers,
		bytes(rule),
		again,
		shorter(rule),
		otherClients,
		others,
		large(rule),
		empty,
	];
}

/** The textbook's UDP server: every datagram goes back to its sender in upper case. */
export const udpUppercaseServer: Exercise = {
	name: 'udp-uppercase-server',
	checks: checksOf(uppercase, true, anyBytes('characters', uppercase, Buffer.from('소켓 abc'))),
};

function echo(message: Uint8Array): Uint8Array {
	return message;
}

/** The echo server: every datagram goes back to its sender as it came. */
export const udpEchoServer: Exercise = {
	name: 'udp-echo-server',
	checks: checksOf(echo, false, anyBytes(
		'any-bytes',
		echo,
		Uint8Array.of(0x61, 0, 0xFF, 0x80, 0x62, 0xFE, 0x0A, 0x0D, 0x1B, 0x63),
	)),
};
