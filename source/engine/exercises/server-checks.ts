/* What is demanded of every server, of either protocol: that it is bound where it was told to be. */
import type {Address} from '../../log/event.ts';
import type {KernelSocket} from '../../sockets/kernel/kernel-socket.ts';
import {KernelTables} from '../../sockets/kernel/kernel-tables.ts';
import {socketsAtPort} from '../../sockets/kernel/process-sockets.ts';
import {isPortFree} from '../../sockets/reserved-address.ts';
import {anyHosts, isLoopback} from '../../text/address.ts';
import type {Mistake} from '../api/mistake.ts';
import {CannotRun, type CheckContext} from './check-context.ts';
import {
	type Check, check, findingOf, mistake, needs, raise, said, skipped,
} from './exercise.ts';
import {
	hasPlaceholder, pickPort, swapped, textbookPort,
} from './program/ports.ts';

/** How often the system is asked what a program has bound, in milliseconds: no event tells of bind() elsewhere. */
const bindInterval = 50;

/** At how many ports a program is started where other programs take them first. */
const mostPorts = 3;

/** How long a socket of the other protocol is left to be followed by the one that is waited for, in milliseconds. */
const graceTime = 300;

/** Where a program has bound its server's socket. */
type Bound = {readonly port: number; readonly local: Address | undefined};

/** The port that a program was told, and where it has bound its server's socket, or why it has not. */
type Started = {readonly told: number; readonly bound: Bound | Mistake};

/** Where the program of a run was bound first, as far as the kernel's tables tell. */
const firstBound = new WeakMap<CheckContext, Address>();

/** The check that the server has left without an answer. */
const silencedBy = new WeakMap<CheckContext, string>();

/** Nothing can be checked where the program has bound no port. */
export const notBound = needs('port');

/** Starts the program; is it bound to the port that it was told? Later checks use the one that it has bound. */
export const portCheck = check('port', [], async context => {
	const {subject} = context;
	if (subject.type !== 'program') {
		context.reach(subject.address);
		return skipped('no-program');
	}

	const isTold = hasPlaceholder(subject.command);
	const {told, bound} = await atFreePort(isTold, async () => startOnce(context, isTold));
	if ('kind' in bound) {
		return bound;
	}

	const {port, local} = bound;
	const address = local ?? {host: '0.0.0.0', port};
	if (local) {
		firstBound.set(context, local);
	}

	context.reach({host: hostToReach(local), port});
	const ports = portsOf(told, isTold);
	const asked = ports.find(each => swapped(each) === port);
	if (ports.includes(port)) {
		return {address};
	}

	return asked === undefined
		? mistake('other-port', {port: told, bound: address})
		: mistake('byte-order', {port: asked, used: port});
});

/**
Have a program started. Where another one takes its port meanwhile, it cannot bind that: it is started once more, at
another one, unless it takes none that it is told.

@throws CannotRun where it has none of them
*/
export async function atFreePort<Value>(
	takesTold: boolean,
	start: (isAgain: boolean) => Promise<Value>,
): Promise<Value> {
	for (let tries = 1; ; tries++) {
		try {
			return await start(tries > 1); // eslint-disable-line no-await-in-loop -- One port after the other.
		} catch (error) {
			const isTaken = error instanceof CannotRun && error.notRun.reason === 'port-taken';
			if (!takesTold || tries === mostPorts || !isTaken) {
				throw error;
			}
		}
	}
}

/** Whether the program that was started takes the port that it is told. */
export function takesTold({address}: CheckContext): boolean {
	return address?.port !== textbookPort;
}

/** Start the program again, where it takes a port that it is told, at another one. @returns why it is not bound */
export async function startAgain(context: CheckContext): Promise<Mistake | undefined> {
	return atFreePort(takesTold(context), async () => {
		const {address, protocol} = context;
		const port = takesTold(context) ? await pickPort(protocol) : textbookPort;
		await context.start({host: '0.0.0.0', port});
		const bound = await untilBound(context, port, true);
		if ('kind' in bound) {
			return bound;
		}

		context.reach({...address!, port: bound.port});
	});
}

async function startOnce(context: CheckContext, isTold: boolean): Promise<Started> {
	const {protocol} = context;
	const told = await pickPort(protocol);
	const isTaken = !isTold && !await isPortFree(protocol, textbookPort);
	await context.start({host: '0.0.0.0', port: told});
	const bound = await untilBound(context, told, isTold);
	if (isTaken && hasNoPort(bound)) {
		throw new CannotRun({reason: 'port-taken', port: textbookPort});
	}

	return {told, bound};
}

function hasNoPort(found: Bound | Mistake): boolean {
	return 'kind' in found && ['ended-early', 'not-bound'].includes(found.kind);
}

/** The states of a connection that may be left of one of the program's, which has ended (RFC 9293 section 3.3.2). */
const endedStates = new Set(['TIME_WAIT', 'FIN_WAIT1', 'FIN_WAIT2', 'CLOSING', 'LAST_ACK']);

/** Whether another program has a socket at this port, as far as the kernel's tables tell. */
function isOthers({protocol, program}: CheckContext, port: number): boolean {
	const countIn = (sockets: readonly KernelSocket[] = []): number => sockets.filter(socket =>
		socket.protocol === protocol && socket.local.port === port && !endedStates.has(socket.state)).length;
	return countIn(socketsAtPort(protocol, port)) > countIn(program?.sockets());
}

/** The ports that a program may have: the one that it was told, and the textbook's where it could not learn that. */
function portsOf(told: number, isTold: boolean): readonly number[] {
	return isTold ? [told] : [told, textbookPort];
}

/**
The server is bound to all addresses of the machine, so that others can reach it.

@param isDemanded - else it is only said where it is not
*/
export function allAddressesCheck(isDemanded: boolean): Check {
	return check('all-addresses', [], async context => {
		if (!context.address) {
			return notBound;
		}

		const bound = firstBound.get(context);
		if (!bound) {
			return skipped(context.subject.type === 'program' ? 'no-tables' : 'no-program');
		}

		if (!isLoopback(bound.host)) {
			return {address: bound};
		}

		const found = mistake('loopback-only', {bound});
		return isDemanded ? found : said(found);
	});
}

/**
Make a check of a server that answers: the program is started again where the check before has ended it, or has left it
without an answer. What cannot be started again is not judged by the checks that follow.
*/
export function serverCheck(name: string, needed: readonly string[], run: Check['run']): Check {
	return check(name, needed, async context => {
		const {subject} = context;
		const silenced = silencedBy.get(context);
		if (subject.type === 'program' && (silenced !== undefined || context.program?.end)) {
			silencedBy.delete(context);
			raise(await startAgain(context));
		} else if (silenced !== undefined) {
			return needs(silenced);
		}

		const found = await findingOf(run, context);
		if ('kind' in found && !('got' in found)) {
			silencedBy.set(context, name);
		}

		return found;
	});
}

/**
Wait until the program has bound a socket of its protocol, or has failed to.

@throws CannotRun where another program has its port by then
*/
export async function untilBound(context: CheckContext, told: number, isTold: boolean): Promise<Bound | Mistake> {
	const found = await lookUntilBound(context, told, isTold);
	const port = isTold ? told : textbookPort;
	if (hasNoPort(found) && isOthers(context, port)) {
		throw new CannotRun({reason: 'port-taken', port, ...(port !== textbookPort && {isTold: true})});
	}

	return found;
}

async function lookUntilBound(context: CheckContext, told: number, isTold: boolean): Promise<Bound | Mistake> {
	const {protocol, exerciseTimes, program} = context;
	const from = performance.now();
	for (let counted = 0; ; counted += bindInterval) {
		const end = program?.end;
		const {bound, other} = await lookForBound(context, told, isTold); // eslint-disable-line no-await-in-loop -- Again and again.
		if (bound) {
			return bound;
		}

		if (end) {
			return mistake('ended-early', {end});
		}

		const isFollowed = (): boolean =>
			program?.end !== undefined || serversOf(program).some(each => each.protocol === protocol);
		if (other && !await context.comesTrue(graceTime, isFollowed, bindInterval)) { // eslint-disable-line no-await-in-loop -- Again and again.
			return mistake('wrong-protocol', {asked: protocol, address: other});
		}

		if (counted >= exerciseTimes.start) {
			return mistake('not-bound', {protocol, port: told, waited: performance.now() - from});
		}

		await context.within(bindInterval, () => program?.end); // eslint-disable-line no-await-in-loop -- Again and again.
	}
}

/** What the program has bound by now, and what it has bound of the other protocol. */
async function lookForBound(
	{program, protocol}: CheckContext,
	told: number,
	isTold: boolean,
): Promise<{readonly bound?: Bound; readonly other?: Address}> {
	const asked = portsOf(told, isTold);
	if (KernelTables.isAvailable) {
		const servers = serversOf(program);
		const own = servers.filter(socket => socket.protocol === protocol);
		const {local} = own.find(socket => asked.includes(socket.local.port)) ?? own[0] ?? {};
		return local ? {bound: {port: local.port, local}} : {other: servers[0]?.local};
	}

	// Where a port is taken now that was free, the program has it.
	const ports = asked.flatMap(port => [port, swapped(port)]);
	const areFree = await Promise.all(ports.map(async port => isPortFree(protocol, port)));
	const port = ports[areFree.indexOf(false)];
	return port === undefined ? {} : {bound: {port, local: undefined}};
}

/** The sockets that are bound and wait for clients: of UDP those without a peer, of TCP the listening ones. */
function serversOf(program: CheckContext['program']): KernelSocket[] {
	return (program?.sockets() ?? []).filter(({protocol, state, local}) =>
		local.port !== 0 && state === (protocol === 'udp' ? 'CLOSE' : 'LISTEN'));
}

/** The host at which a client on this machine reaches a socket that is bound to this address. */
function hostToReach(local: Address | undefined): string {
	// A socket of IPv6 that is bound to all addresses takes IPv4 as well, unless it was told not to (ipv6(7)).
	return !local || anyHosts.includes(local.host) ? '127.0.0.1' : local.host;
}
