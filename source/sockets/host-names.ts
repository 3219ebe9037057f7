import {promises as dns} from 'node:dns';
import {networkInterfaces} from 'node:os';
import type {SocketFailure} from '../log/event.ts';
import {isLoopback} from '../text/address.ts';
import {toFailure} from './failure.ts';

/** What became of a look-up. */
type Resolved = {readonly host: string} | {readonly failure: SocketFailure};

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

/** The look-ups under way, by name. They cannot be cancelled: further requests for the same name share the answer. */
const underWay = new Map<string, Promise<Resolved>>();

type Known = {readonly host: string; readonly since: number; isRefreshed: boolean};

/**
The addresses behind the names that one socket sends to. To be discarded with the socket: later results are ignored.
*/
export class HostNames {
	readonly #known = new Map<string, Known>();
	readonly #waiting = new Map<string, Array<(resolved: Resolved) => void>>();

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
		this.#known.delete(name);
		if ('host' in resolved) {
			this.#known.set(name, {host: resolved.host, since: performance.now(), isRefreshed: false});
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

async function lookUp(name: string): Promise<Resolved> {
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
			const {address: host} = await dns.lookup(name, {order: 'ipv4first'});
			return {host};
		} catch (error) {
			return {failure: toFailure(error)};
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
