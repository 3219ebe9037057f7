import type {Address, SocketFailure, Tally} from '../log/event.ts';
import {familyOf} from '../text/address.ts';
import {toFailure} from './failure.ts';
import {lookUp} from './host-names.ts';
import type {ServerState} from './states.ts';

/**
The life cycle that both servers share: one socket at a time that is bound to a known address; opened, closed, and
opened again.
*/
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

	/** Bind to an address; port 0 lets the system pick one. Never rejects: a failure is the state, and an event. */
	async open(wanted: Address): Promise<void> {
		this.#opening ??= this.#open(wanted, this.#generation);
		await this.#opening;
	}

	/** Close every socket, or give up opening one. Settles when all are closed. May be called twice. */
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

	/** Bind a new socket. Rejects with the system's error, the socket closed. */
	protected abstract bind(address: Address): Promise<Address>;
	/** A name to bind has been looked up: it has these addresses, and the first is taken. */
	protected abstract found(name: string, hosts: readonly string[]): void;
	/** The socket is bound: use it. */
	protected abstract opened(local: Address, asked: Address): void;
	protected abstract failed(wanted: Address, failure: SocketFailure): void;
	/**
	Close the socket and all that belongs to it. `local` is undefined where close() came before it was bound, so that
	nothing was recorded.
	*/
	protected abstract release(local: Address | undefined): Promise<void>;

	async #open(wanted: Address, generation: number): Promise<void> {
		this.#state = {type: 'opening', wanted};
		this.#onChange();
		await this.#closing;
		const isName = familyOf(wanted.host) === 0;
		const resolved = isName ? await lookUp(wanted.host) : {hosts: [wanted.host] as const};
		// A look-up may take long: close() does not wait for it.
		if (generation === this.#generation) {
			if ('failure' in resolved) {
				this.#failed(wanted, resolved.failure, generation);
			} else {
				if (isName) {
					this.found(wanted.host, resolved.hosts);
				}

				this.#binding = this.#bind(wanted, {host: resolved.hosts[0], port: wanted.port}, generation);
			}
		}

		await this.#binding;
	}

	async #bind(wanted: Address, asked: Address, generation: number): Promise<void> {
		try {
			const local = await this.bind(asked);
			if (generation === this.#generation) {
				this.#state = {type: 'open', local};
				this.#lastLocal = local;
				this.opened(local, asked);
			} else {
				await this.release(undefined);
			}
		} catch (error) {
			this.#failed(wanted, toFailure(error), generation);
		}
	}

	#failed(wanted: Address, failure: SocketFailure, generation: number): void {
		if (generation === this.#generation) {
			this.#opening = undefined;
			this.#state = {type: 'failed', wanted, failure};
			this.failed(wanted, failure);
		}
	}
}
