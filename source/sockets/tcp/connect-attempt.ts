import {type LookupFunction, isIPv6, Socket} from 'node:net';
import type {Address, ConnectTime, SocketFailure} from '../../log/event.ts';
import {lookUp} from '../host-names.ts';
import type {SocketOptions} from '../socket-options.ts';
import {unknownZone, withZoneName} from '../zones.ts';
import {asError} from '../../text/as-error.ts';
import {ReadBuffer} from './read-buffer.ts';

export type Attempt = {
	readonly socket: Socket;
	readonly readBuffer: ReadBuffer | undefined;
	readonly options: SocketOptions;
	readonly destination: Address;
	/** The address that the system has been asked to connect to last; undefined while a name is looked up. */
	peer: Address | undefined;
	/** Whether connect() to that has worked so far (EINPROGRESS), and the outcome is awaited. */
	isUnderWay: boolean;
	/** When connect() was called, and how long it took at most; and how long the event loop had been idle before. */
	begun: {readonly at: number; readonly call: number; readonly idle: number} | undefined;
	/** What became of that, where it has failed and another address of the name may follow. */
	failed: {readonly failure: SocketFailure; readonly progress: Progress} | undefined;
	isGivenUp: boolean;
};

/** How far an attempt was when it failed. */
type Progress = 'under-way' | 'given-up' | undefined;

/** @param hasOneBuffer - whether the socket reads into the same buffer again and again */
export function newAttempt(destination: Address, options: SocketOptions, hasOneBuffer: boolean): Attempt {
	const readBuffer = hasOneBuffer ? new ReadBuffer() : undefined;
	return {
		destination,
		options,
		peer: undefined,
		isUnderWay: false,
		begun: undefined,
		failed: undefined,
		isGivenUp: false,
		readBuffer,
		socket: new Socket({allowHalfOpen: true, ...(readBuffer && {onread: readBuffer.onread})}),
	};
}

/** The parts of the time from connect() until now, when its outcome is known. */
export function timeSpent({at, call, idle}: NonNullable<Attempt['begun']>): ConnectTime {
	const rest = performance.now() - at - call;
	const waiting = Math.max(0, Math.min(rest, performance.eventLoopUtilization().idle - idle));
	return {call, loop: rest - waiting, waiting};
}

export function progressOf({isGivenUp, isUnderWay}: Attempt): Progress {
	return isGivenUp ? 'given-up' : (isUnderWay ? 'under-way' : undefined);
}

/**
Begin to connect; events tell the outcome. Settles when it is connected, or closed.

@param onFound - hears which addresses the destination's name has
*/
export async function beginConnect(
	attempt: Attempt,
	timeout: number | undefined,
	onFound: (name: string, hosts: readonly string[]) => void,
): Promise<void> {
	const {socket, destination, options: {source, numbers}} = attempt;
	// As the system lets it fail when nothing answers, only earlier.
	const expire = (): void => {
		attempt.isGivenUp = true;
		const error = new Error(`no answer within ${(timeout ?? 0) / 1000} s`);
		socket.destroy(Object.assign(error, {code: 'ETIMEDOUT', syscall: 'connect'}));
	};

	const waiting: {turn?: NodeJS.Immediate} = {};
	const expireAfterTurn = (): void => {
		// Where this thread had no processor, the system may have connected it long ago: that is heard first.
		waiting.turn = setImmediate(expire);
	};

	const timer = timeout === undefined ? undefined : setTimeout(expireAfterTurn, timeout);
	const settled = new Promise<void>(resolve => {
		for (const event of ['connect', 'close']) {
			socket.once(event, () => {
				clearTimeout(timer);
				clearImmediate(waiting.turn);
				resolve();
			});
		}
	});

	try {
		if (numbers.nodelay !== 0) {
			socket.setNoDelay();
		}

		const target = withZoneName(destination);
		if (!target) {
			throw Object.assign(new Error(destination.host), unknownZone(destination));
		}

		socket.connect({
			...target,
			lookup: lookupFor(onFound),
			...(source && {localAddress: source.host, localPort: source.port}),
		});
	} catch (error) {
		// What Node itself refuses, such as a name that cannot be one, fails like what the system refuses.
		socket.destroy(asError(error));
	}

	await settled;
}

/** A `lookup` for Node's sockets that takes the addresses in the order that all sockets take here. */
function lookupFor(onFound: (name: string, hosts: readonly string[]) => void): LookupFunction {
	return (name, {all}, callback) => {
		const answer = async (): Promise<void> => {
			const resolved = await lookUp(name);
			if ('failure' in resolved) {
				const {failure} = resolved;
				callback(Object.assign(new Error(failure.message), failure), '');
				return;
			}

			const {hosts} = resolved;
			const found = hosts.map(address => ({address, family: isIPv6(address) ? 6 : 4}));
			onFound(name, hosts);
			callback(null, all ? found : hosts[0], found[0]?.family);
		};

		void answer();
	};
}
