import {promises as dns} from 'node:dns';
import {networkInterfaces} from 'node:os';
import type {SocketFailure} from '../log/event.ts';
import {isLoopback} from '../text/address.ts';
import {toFailure} from './failure.ts';
import {lackOfFiles} from './open-files.ts';

type Resolved = {readonly hosts: readonly [string, ...string[]]} | {readonly failure: SocketFailure};

/**
How long an address is used before its name is looked up again, in milliseconds. getaddrinfo(3) does not tell the time
to live that the name's record has (RFC 1035 section 3.2.1).
*/
export const longestAge = 30_000;

/**
Names that one socket remembers, and look-ups that this process has under way: libuv runs two of them at the same time,
the others wait for those.
*/
const maxNames = 64;

/** How many descriptors a look-up needs at the same time. */
const filesOfLookUp = 2;

/** The look-ups under way, by name. They cannot be cancelled: further requests for the same name share the answer. */
const underWay = new Map<string, Promise<Resolved>>();

type Known = {readonly hosts: readonly [string, ...string[]]; readonly since: number; isRefreshed: boolean};

/**
The addresses behind the names that one socket sends to. To be discarded with the socket: later results are ignored.
*/
export class HostNames {
	readonly #onFound: (name: string, hosts: readonly string[]) => void;
	readonly #known = new Map<string, Known>();
	readonly #waiting = new Map<string, Array<(resolved: Resolved) => void>>();

	/** @param onFound - called where a name was looked up, and its addresses are not those that it had */
	constructor(onFound: (name: string, hosts: readonly string[]) => void) {
		this.#onFound = onFound;
	}

	/**
	Resolve a name: at once where its address is known, else once it has been looked up. Requests for one name are
	answered in order; one name does not wait for another. A stale address is given once more, and looked up again.
	*/
	resolve(name: string, onResolved: (resolved: Resolved) => void): void {
		const known = this.#known.get(name);
		if (known) {
			if (!known.isRefreshed && performance.now() - known.since > longestAge) {
				known.isRefreshed = true;
				void this.#lookUp(name);
			}

			onResolved(known);
			return;
		}

		const waiting = this.#waiting.get(name);
		if (waiting) {
			waiting.push(onResolved);
		} else {
			this.#waiting.set(name, [onResolved]);
			void this.#lookUp(name);
		}
	}

	async #lookUp(name: string): Promise<void> {
		const resolved = await lookUp(name);
		const before = this.#known.get(name)?.hosts.join(' ');
		this.#known.delete(name);
		if ('hosts' in resolved) {
			const {hosts} = resolved;
			this.#known.set(name, {hosts, since: performance.now(), isRefreshed: false});
			if (hosts.join(' ') !== before) {
				this.#onFound(name, hosts);
			}

			const [oldest] = this.#known.keys();
			if (oldest !== undefined && this.#known.size > maxNames) {
				this.#known.delete(oldest);
			}
		}

		const waiting = this.#waiting.get(name) ?? [];
		this.#waiting.delete(name);
		for (const onResolved of waiting) {
			onResolved(resolved);
		}
	}
}

/**
The addresses of a name, those of IPv4 first, otherwise in the system's order: all sockets take them in this order. UDP
and servers use the first, a TCP client tries one after the other.
*/
export async function lookUp(name: string): Promise<Resolved> {
	const shared = underWay.get(name);
	if (shared) {
		return shared;
	}

	if (underWay.size >= maxNames) {
		return {
			failure: {
				code: 'EAI_AGAIN',
				syscall: 'getaddrinfo',
				message: `${maxNames} other names are being looked up`,
			},
		};
	}

	const looking = (async (): Promise<Resolved> => {
		try {
			// The option `order` is unknown to Node before 22.1.
			const found = await dns.lookup(name, {all: true});
			const sorted = found.toSorted((one, other) => one.family - other.family);
			const [first, ...others] = [...new Set(sorted.map(({address}) => address))];
			return first === undefined
				? {failure: {code: 'ENOTFOUND', syscall: 'getaddrinfo', message: `getaddrinfo ENOTFOUND ${name}`}}
				: {hosts: [first, ...others]};
		} catch (error) {
			// Without a descriptor for /etc/hosts, or for a question to a name server, getaddrinfo() says that there is
			// no such name.
			const failure = toFailure(error);
			const lack = lackOfFiles(filesOfLookUp);
			return {failure: lack ? {...failure, code: lack.code, message: lack.message} : failure};
		} finally {
			underWay.delete(name);
		}
	})();
	underWay.set(name, looking);
	return looking;
}

/** Whether an IP address is one of this machine's own. */
export function isOwnHost(host: string): boolean {
	return (
		isLoopback(host)
		|| Object.values(networkInterfaces()).some(addresses => addresses?.some(({address}) => address === host))
	);
}
