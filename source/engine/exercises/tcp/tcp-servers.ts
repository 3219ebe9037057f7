/* What is demanded of every TCP server: how it accepts, closes and starts again. */
import type {Address} from '../../../log/event.ts';
import {socketsAtPort} from '../../../sockets/kernel/process-sockets.ts';
import {isLoopback} from '../../../text/address.ts';
import type {Mistake} from '../../api/mistake.ts';
import {splitInCharacter, splitInHalf} from '../../scene/execute/execute-act.ts';
import type {ClientPane} from '../../scene/panes/client-pane.ts';
import type {CheckContext} from '../check-context.ts';
import {
	type Check, check, type Finding, programCheck,
} from '../exercise.ts';
import {pickPort, textbookPort} from '../program/ports.ts';
import {untilBound} from '../server-checks.ts';
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

/** Nothing can be checked where the program has bound no port. */
export const notBound: Finding = {type: 'skipped', cause: {type: 'needs', of: 'port'}};

/**
A check with this many clients. A program that an earlier check has ended is started again for it.

@param keepsEnd - it is found out whether the program has ended: it is not started again before
*/
export function talkCheck(
	name: string,
	needs: readonly string[],
	clients: number,
	run: TalkCheck,
	keepsEnd = false,
): Check {
	return check(name, needs, async context => {
		if (!context.address) {
			return notBound;
		}

		if (!keepsEnd && !await isRunning(context)) {
			return ended(context);
		}

		const talks: Talk[] = [];
		try {
			for (let place = 0; place < clients; place++) {
				const talk = await openTalk(context, place); // eslint-disable-line no-await-in-loop -- One after the other.
				if ('kind' in talk) {
					return talk;
				}

				talks.push(talk);
			}

			return await run(context, ...talks);
		} finally {
			await Promise.all(talks.map(async talk => talk.leave()));
			await settle(context);
			context.notes.set('ended in', name);
		}
	});
}

/** Nothing can be checked where an earlier check has ended the program for good. */
function ended({notes}: CheckContext): Finding {
	return {type: 'skipped', cause: {type: 'needs', of: notes.get('ended in') as string}};
}

/** How often it is looked what the kernel has of the program's sockets, in milliseconds: no event tells of it. */
export const lookInterval = 20;

/** Clients have left: wait until the program has closed their connections, or has ended, for a short while. */
async function settle(context: CheckContext): Promise<void> {
	const {isEnded, program, exerciseTimes: {quiet}} = context;
	if (!isEnded && program) {
		await context.within(quiet, () => {
			const sockets = program.end ? [] : program.sockets() ?? [];
			// One that has no welcoming socket is about to end.
			const isSettled = sockets.some(({state}) => state === 'LISTEN') && sockets.every(({state}) => state === 'LISTEN');
			return program.end ?? (isSettled || undefined);
		}, lookInterval);
	}
}

/** Whether the program runs, or could be started again after an earlier check has ended it. */
async function isRunning(context: CheckContext): Promise<boolean> {
	return !context.program?.end || revive(context);
}

/** Connect a client to the program: the pane at this place among the scene's, which is added where it is missing. */
export async function openTalk(context: CheckContext, place: number): Promise<Talk | Mistake> {
	const panes = (context.notes.get('panes') ?? []) as ClientPane[];
	context.notes.set('panes', panes);
	panes[place] ??= context.addClient();
	const start = performance.now();
	const failure = await context.connect(panes[place], context.exerciseTimes.answer);
	if (!failure) {
		const talk = new Talk(context, panes[place]);
		if (!context.notes.has('first')) {
			context.notes.set('first', talk.local);
		}

		return talk;
	}

	// A program that closes its welcoming socket may be about to end.
	const end = await context.endAfterSockets();
	const first = firstClient(context);
	if (first) {
		return {
			kind: 'accepts-once', first, waited: performance.now() - start, ...(end && {end}),
		};
	}

	return end
		? {kind: 'ended-early', end}
		: {
			kind: 'not-bound', protocol: 'tcp', port: context.address!.port, waited: performance.now() - start,
		};
}

export function firstClient({notes}: CheckContext): Address | undefined {
	return notes.get('first') as Address | undefined;
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

/**
The mistake of a server that does not answer the FIN of a client with its own within the time; undefined where it does.
The client has sent its FIN.
*/
export async function whyNotClosed(context: CheckContext, talk: Talk): Promise<Mistake | undefined> {
	const {program} = context;
	const start = performance.now();
	const spent = processorTimeFrom(context);
	if (await talk.untilEnd() ?? program?.end) {
		return undefined;
	}

	const waited = performance.now() - start;
	const used = spent();
	return used > 0
		? {
			kind: 'spins', peer: talk.local, waited, used,
		}
		: {kind: 'never-closes', peer: talk.local, waited};
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
	needs: readonly string[],
	serves: (context: CheckContext, talk: Talk) => Promise<Mistake | undefined>,
): Check {
	return programCheck('restart', needs, async (context): Promise<Finding> => {
		const {address} = context;
		if (!address) {
			return notBound;
		}

		if (!await isRunning(context)) {
			return ended(context);
		}

		const before = await openTalk(context, 0);
		if ('kind' in before) {
			return before;
		}

		const mistake = await serves(context, before);
		if (mistake) {
			return mistake;
		}

		// Where the connection is still open, the system closes it from the program's side.
		await context.stop();
		await before.untilEnd();
		await before.close();
		const {port} = context.address ?? address;
		await context.start();
		const bound = await untilBound(context, port, true);
		if ('kind' in bound) {
			return whyNotStarted(context, bound, port);
		}

		const after = await openTalk(context, 0);
		const still = 'kind' in after ? after : await serves(context, after);
		return still ?? {address: {...address, port}};
	});
}

async function whyNotStarted(context: CheckContext, bound: Mistake, port: number): Promise<Mistake> {
	const {program, exerciseTimes: {quiet}} = context;
	// The last that a program has written comes after its end.
	const saysInUse = (): true | undefined =>
		addressInUse.test(`${program?.textOf('stderr')}${program?.textOf('stdout')}`) || undefined;
	if (bound.kind !== 'ended-early' || !await context.within(quiet * 4, saysInUse)) {
		return bound;
	}

	const state = socketsAtPort('tcp', port)?.find(({local}) => local.port === port)?.state;
	return {
		kind: 'port-in-use', port, end: bound.end, ...(state && {state}),
	};
}

/** Start the program again, at another port where it has taken one that it was told. @returns whether it is bound */
async function revive(context: CheckContext): Promise<boolean> {
	const {address} = context;
	if (context.subject.type !== 'program' || !address) {
		return false;
	}

	const port = address.port === textbookPort ? textbookPort : await pickPort('tcp');
	await context.start({host: '0.0.0.0', port});
	const bound = await untilBound(context, port, true);
	if ('kind' in bound) {
		return false;
	}

	context.reach({...address, port: bound.port});
	return true;
}
