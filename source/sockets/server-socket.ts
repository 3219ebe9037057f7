import type {Address, SocketFailure, Tally} from '../log/event.ts';
import {anyHosts, familyOf, plainHost} from '../text/address.ts';
import {toFailure} from './failure.ts';
import {isOwnHost, lookUp} from './host-names.ts';
import type {ServerState} from './states.ts';
import {unknownZone, withZoneName} from './zones.ts';

/** A socket that is bound, and how it is taken into use or closed again. */
export type BoundSocket = {
	readonly local: Address;
	readonly adopt: () => void;
	readonly undo: () => Promise<void>;
};

/** The life cycle that both servers share: one socket at a time, opened, closed, and opened again. */
export abstract class ServerSocket {
	readonly #onChange: () => void;
	#state: ServerState = {type: 'closed'};
	#lastLocal: Address | undefined;
	#opening: Promise<void> | undefined;
	/** The call to bind() that is under way, undone by close(). */
	#binding: Promise<void> | undefined;
	/** The end of the sockets before: the next one is bound after it. */
	#closing: Promise<void> | undefined;
	/** Another number after each close(): what was begun before must not open afterwards. */
	#generation = 0;

	/** @param onChange - called after a change that is not an event */
	constructor(onChange: () => void) {
		this.#onChange = onChange;
	}

	get state(): ServerState {
		return this.#state;
	}

	/** Where it was bound last: a client that knows it from then still sends there when it is closed. */
	get lastLocal(): Address | undefined {
		return this.#lastLocal;
	}

	/** What is on the simulated link: datagrams and their bytes; of streams only bytes. */
	abstract get onTheLink(): Tally;

	isOwn(address: Address): boolean {
		const state = this.#state;
		return state.type === 'open' && isBoundTo(state.local, address);
	}

	/** Bind to an address; port 0 lets the system pick one. Never rejects: a failure is the state, and an event. */
	async open(wanted: Address): Promise<void> {
		this.#opening ??= this.#open(wanted, this.#generation);
		await this.#opening;
	}

	/**
	Bind to another address; the open socket is closed only once the next one is bound. Where it is itself in the way,
	it is closed first, and bound again where that fails.

	@returns whether it was moved
	*/
	async move(wanted: Address): Promise<boolean> {
		const state = this.#state;
		const generation = this.#generation;
		if (state.type !== 'open') {
			await this.close();
			await this.open(wanted);
			return true;
		}

		let asked = wanted;
		try {
			const hosts = await hostsOf(wanted);
			asked = {...wanted, host: hosts[0]};
			return await this.#take(asked, generation);
		} catch (error) {
			if (generation !== this.#generation) {
				return false;
			}

			const failure = toFailure(error);
			if (failure.code === 'EADDRINUSE' && isInTheWay(state.local, asked)) {
				return this.#replace(state.local, wanted, asked);
			}

			this.stayed(wanted, failure, false);
			return false;
		}
	}

	/** Close every socket, or give up opening one; may be called twice. Settles when all are closed. */
	async close(): Promise<void> {
		const state = this.#state;
		if (state.type === 'open' || state.type === 'opening') {
			this.#generation++;
			this.#opening = undefined;
			this.#state = {type: 'closed'};
			if (state.type === 'open') {
				this.#closing = this.release(state.local);
			} else {
				this.#closing = this.#binding;
				this.#onChange();
			}
		}

		await this.#closing;
	}

	/** Bind a new socket, which is not used yet. Rejects with the system's error, the socket closed. */
	protected abstract bind(address: Address): Promise<BoundSocket>;
	/** A name to bind has been looked up: it has these addresses, and the first is taken. */
	protected abstract found(name: string, hosts: readonly string[]): void;
	protected abstract opened(local: Address, asked: Address): void;
	protected abstract failed(wanted: Address, failure: SocketFailure): void;
	/** The next socket could not be bound: this one goes on, or was closed for it and is bound again. */
	protected abstract stayed(wanted: Address, failure: SocketFailure, isReopened: boolean): void;
	/** Close the socket and all that belongs to it: at once, but for what the system takes for it. */
	protected abstract release(local: Address): Promise<void>;

	async #open(wanted: Address, generation: number): Promise<void> {
		this.#state = {type: 'opening', wanted};
		this.#onChange();
		await this.#closing;
		try {
			const hosts = await hostsOf(wanted);
			// A look-up may take long: close() does not wait for it.
			if (generation === this.#generation) {
				if (familyOf(wanted.host) === 0) {
					this.found(wanted.host, hosts);
				}

				this.#binding = this.#bind(wanted, {...wanted, host: hosts[0]}, generation);
			}
		} catch (error) {
			this.#failed(wanted, toFailure(error), generation);
		}

		await this.#binding;
	}

	async #bind(wanted: Address, asked: Address, generation: number): Promise<void> {
		try {
			await this.#take(asked, generation);
		} catch (error) {
			this.#failed(wanted, toFailure(error), generation);
		}
	}

	/** Bind the next socket, and use it instead of one that is open. @returns false where it was given up meanwhile */
	async #take(asked: Address, generation: number): Promise<boolean> {
		const {local, adopt, undo} = await this.bind(inKnownZone(asked));
		if (generation !== this.#generation) {
			await undo();
			return false;
		}

		if (this.#state.type === 'open') {
			this.#closing = this.release(this.#state.local);
		}

		adopt();
		this.#state = {type: 'open', local};
		this.#lastLocal = local;
		this.opened(local, asked);
		return true;
	}

	/** Close the socket, and bind the next one in its place; where that fails, the address from before again. */
	async #replace(before: Address, wanted: Address, asked: Address): Promise<boolean> {
		const closed = this.close();
		const generation = this.#generation;
		this.#state = {type: 'opening', wanted};
		let hasMoved = false;
		const bindNext = async (): Promise<void> => {
			await closed;
			try {
				hasMoved = await this.#take(asked, generation);
			} catch (error) {
				if (generation === this.#generation) {
					this.stayed(wanted, toFailure(error), true);
					await this.#bind(before, before, generation);
				}
			}
		};

		this.#binding = bindNext();
		this.#opening = this.#binding;
		await this.#binding;
		return hasMoved;
	}

	#failed(wanted: Address, failure: SocketFailure, generation: number): void {
		if (generation === this.#generation) {
			this.#opening = undefined;
			this.#state = {type: 'failed', wanted, failure};
			this.failed(wanted, failure);
		}
	}
}

/** The IP addresses of a host that may be a name. Rejects with the look-up's error. */
async function hostsOf({host}: Address): Promise<readonly [string, ...string[]]> {
	const resolved = familyOf(host) === 0 ? await lookUp(host) : {hosts: [host] as const};
	if ('failure' in resolved) {
		throw Object.assign(new Error(resolved.failure.message), resolved.failure);
	}

	return resolved.hosts;
}

/** Whether a socket that is bound to `local` keeps another one from being bound to `asked` (ip(7), ipv6(7)). */
function isInTheWay(local: Address, asked: Address): boolean {
	const hosts = [local, asked].map(({host}) => plainHost(host));
	return local.port === asked.port && (hosts[0] === hosts[1] || hosts.some(host => anyHosts.includes(host)));
}

/** The address with its zone by its name. The system would bind ::1 in a zone that there is not, without a word. */
function inKnownZone(address: Address): Address {
	const known = withZoneName(address);
	if (!known) {
		throw Object.assign(new Error(address.host), unknownZone(address));
	}

	return known;
}

/** Whether a socket that is bound to `local` has this address: a wildcard stands for each of the machine's. */
export function isBoundTo(local: Address, {host, port}: Address): boolean {
	if (port !== local.port) {
		return false;
	}

	const isWildcard = anyHosts.includes(local.host);
	return plainHost(host) === plainHost(local.host) || (isWildcard && isOwnHost(plainHost(host)));
}
