/* What is demanded of every TCP server: how it accepts, closes and starts again. */
import type {Address} from '../../../log/event.ts';
import {socketsAtPort} from '../../../sockets/kernel/process-sockets.ts';
import {isLoopback} from '../../../text/address.ts';
import type {Mistake} from '../../api/mistake.ts';
import {splitInCharacter, splitInHalf} from '../../scene/execute/execute-act.ts';
import type {ClientPane} from '../../scene/panes/client-pane.ts';
import type {CheckContext} from '../check-context.ts';
import {
	type Check, check, type Finding, Found, mistake, needs, programCheck, raise,
} from '../exercise.ts';
import {
	atFreePort, notBound, startAgain, takesTold, untilBound,
} from '../server-checks.ts';
import {Talk} from './tcp-talk.ts';

/** The share of the time for which a program computes from which on it is said to spin: one that waits uses none. */
const spinningShare = 0.05;

/** Where it is said in what a program writes that bind() has failed with EADDRINUSE, in the words of most languages. */
const addressInUse = /eaddrinuse|address already in use|only one usage of each socket address/i;

/** Between two writes, so that the program reads them apart, in milliseconds. */
const pauseBetweenWrites = 200;

/** The longest line that a program has to take, its newline with it, in bytes. */
export const longestLine = 4096;

export const longLine = `${'a long line '.repeat(longestLine).slice(0, longestLine - 1)}\n`;

/** A line in two parts, and one in which these are inside a character. */
export const lineParts = splitInHalf(Buffer.from('one line, two writes\n'))!;
export const characterParts = splitInCharacter(Buffer.from('half of a 글자\n'))!;

/** Write with pauses between, so that the program reads what is written apart. */
export async function writeApart(
	context: CheckContext,
	...writes: ReadonlyArray<readonly [writer: Pick<Talk, 'write'>, bytes: Uint8Array]>
): Promise<void> {
	for (const [index, [writer, bytes]] of writes.entries()) {
		if (index > 0) {
			await context.wait(pauseBetweenWrites); // eslint-disable-line no-await-in-loop -- One after the other.
		}

		writer.write(bytes);
	}
}

/** What is checked with these clients, which are connected when it begins, and closed when it is over. */
export type TalkCheck = (context: CheckContext, ...talks: Talk[]) => Promise<Finding>;

/** The panes of a run's clients, and the first address that one has connected from. */
const panesOf = new WeakMap<CheckContext, ClientPane[]>();
export const firstClients = new WeakMap<CheckContext, Address>();

/** The check with clients that was made last. */
const lastChecks = new WeakMap<CheckContext, string>();

/**
A check with this many clients. A program that an earlier check has ended is started again for it.

@param keepsEnd - it is found out whether the program has ended: it is not started again before
*/
export function talkCheck(
	name: string,
	needed: readonly string[],
	clients: number,
	run: TalkCheck,
	keepsEnd = false,
): Check {
	return check(name, needed, async context => {
		await requireServer(context, keepsEnd);
		const talks: Talk[] = [];
		try {
			for (let place = 0; place < clients; place++) {
				talks.push(await openTalk(context, place)); // eslint-disable-line no-await-in-loop -- One after the other.
			}

			return await run(context, ...talks);
		} finally {
			await Promise.all(talks.map(async talk => talk.leave()));
			await settle(context);
			lastChecks.set(context, name);
		}
	});
}

/** End the check where the program has bound no port, or was ended for good: else it is started again. */
async function requireServer(context: CheckContext, keepsEnd = false): Promise<void> {
	if (!context.address) {
		throw new Found(notBound);
	}

	if (!keepsEnd && context.program?.end && await startAgain(context)) {
		throw new Found(needs(lastChecks.get(context) ?? ''));
	}
}

/** How often it is looked what the kernel has of the program's sockets, in milliseconds: no event tells of it. */
export const lookInterval = 20;

/** Clients have left: wait until the program has closed their connections, or has ended, for a short while. */
async function settle(context: CheckContext): Promise<void> {
	const {isEnded, program, exerciseTimes: {quiet}} = context;
	if (!isEnded && program) {
		let before: string | undefined;
		await context.comesTrue(quiet, () => {
			// To tell the states of sockets takes long: as long as none is closed, none has to be.
			const open = program.openSockets();
			const sockets = program.end || open === before ? [] : program.sockets() ?? [];
			before = open;
			// One that has no welcoming socket is about to end.
			const isSettled = sockets.length > 0 && sockets.every(({state}) => state === 'LISTEN');
			return program.end !== undefined || isSettled;
		}, lookInterval);
	}
}

/** Connect a client to the program, or end the check: the pane at this place among the scene's, added where missing. */
export async function openTalk(context: CheckContext, place: number): Promise<Talk> {
	const talk = await tryTalk(context, place);
	if (talk instanceof Talk) {
		return talk;
	}

	throw new Found(talk);
}

/** The same, or what is wrong where it cannot. */
export async function tryTalk(context: CheckContext, place: number): Promise<Talk | Mistake> {
	const panes = panesOf.get(context) ?? [];
	panesOf.set(context, panes);
	panes[place] ??= context.addClient();
	const start = performance.now();
	const failure = await context.connect(panes[place], context.exerciseTimes.answer);
	const first = firstClients.get(context);
	if (!failure) {
		const talk = new Talk(context, panes[place]);
		firstClients.set(context, first ?? talk.local);
		return talk;
	}

	// A program that closes its welcoming socket may be about to end.
	const end = await context.endAfterSockets();
	const waited = performance.now() - start;
	if (first) {
		return mistake('accepts-once', {first, waited, end});
	}

	return end
		? mistake('ended-early', {end})
		: mistake('not-bound', {protocol: 'tcp', port: context.address!.port, waited});
}

/**
Whether a client waits in the queue of the program's welcoming socket; undefined where the system does not tell.
*/
export function isQueued({program, address}: CheckContext): boolean | undefined {
	const isHere = address && isLoopback(address.host);
	const sockets = program?.sockets() ?? (isHere ? socketsAtPort('tcp', address.port) : undefined);
	const welcoming = sockets?.find(({state, local}) => state === 'LISTEN' && local.port === address?.port);
	return welcoming && welcoming.receiveQueue > 0;
}

/** What is wrong where the client has sent its FIN, and the server does not answer with its own in time. */
export async function whyNotClosed(context: CheckContext, talk: Talk): Promise<Mistake | undefined> {
	const {program} = context;
	const start = performance.now();
	const spent = processorTimeFrom(context);
	if (await talk.untilEnd() ?? program?.end) {
		return undefined;
	}

	const waited = performance.now() - start;
	const used = spent();
	const {local: peer} = talk;
	return used > 0 ? mistake('spins', {peer, waited, used}) : mistake('never-closes', {peer, waited});
}

/**
Measures how much processor time the program uses from now on, in milliseconds. Told is 0 where it is so little that the
program waits for something: a small share of an answer's time, which any program could have had a processor for.
*/
export function processorTimeFrom({program, exerciseTimes}: CheckContext): () => number {
	const before = program?.processorTime() ?? 0;
	return () => {
		const used = (program?.processorTime() ?? 0) - before;
		return used > exerciseTimes.answer * spinningShare ? used : 0;
	};
}

/**
The program can be started again at once, though a connection of its port is still in TIME_WAIT: what has closed it
first keeps it so for a while (RFC 9293 section 3.6.1).

@param serves - the mistake of a server that does not serve; the talk is with the program that was started again
*/
export function restartCheck(
	needed: readonly string[],
	serves: (context: CheckContext, talk: Talk) => Promise<Mistake | undefined>,
): Check {
	return programCheck('restart', needed, async context => atFreePort(takesTold(context), async isAgain => {
		raise(isAgain ? await startAgain(context) : undefined);
		await requireServer(context);
		const before = await openTalk(context, 0);
		raise(await serves(context, before));
		// Where the connection is still open, the system closes it from the program's side.
		await context.stop();
		await before.untilEnd();
		await before.close();
		const address = context.address!;
		await context.start();
		const bound = await untilBound(context, address.port, true);
		if ('kind' in bound) {
			return whyNotStarted(context, bound, address.port);
		}

		raise(await serves(context, await openTalk(context, 0)));
		return {address};
	}));
}

async function whyNotStarted(context: CheckContext, bound: Mistake, port: number): Promise<Mistake> {
	const {program, exerciseTimes: {quiet}} = context;
	// The last that a program has written comes after its end.
	const saysInUse = (): boolean => addressInUse.test(`${program?.textOf('stderr')}${program?.textOf('stdout')}`);
	if (bound.kind !== 'ended-early' || !await context.comesTrue(quiet * 4, saysInUse)) {
		return bound;
	}

	const state = socketsAtPort('tcp', port)?.find(({local}) => local.port === port)?.state;
	return mistake('port-in-use', {port, end: bound.end, state});
}
