import type {TcpConnection} from '../sockets/tcp/tcp-connection.ts';

/** What is read from. */
type Reading = Pick<TcpConnection, 'number' | 'restReading'>;

/** How long one turn of the event loop may read, and tell of it, before the sockets rest, in milliseconds. */
const longestTurn = 20;

/** How many that have rested may read in one turn. */
const wokenInTurn = 4;

/** A turn accepts one client (libuv's uv_tcp_listen()): while each does, one client reads in so many turns. */
const acceptingTurns = 16;

/**
Reads from connections in turns: a file takes lines as fast as they are made, and all connections that have sent much
would be read, and told of, before the next one is accepted.
*/
export class ReadingTurns {
	readonly #connections: () => ReadonlyArray<Reading | undefined>;
	/** In which turn each has read last. */
	readonly #lastTurns = new WeakMap<Reading, number>();
	readonly #resting = new Set<Reading>();
	/** Those that have rested, and not read since. They may close without that. */
	readonly #woken = new WeakSet<Reading>();
	#turn = 1;
	/** The turn in which a client was accepted last. */
	#accepted = Number.NEGATIVE_INFINITY;
	/** When something was told in this turn first; undefined where nothing was. */
	#begun: number | undefined;
	#isLong = false;
	readonly #now: () => number;

	/** @param connections - all that are open */
	constructor(connections: () => ReadonlyArray<Reading | undefined>, now = () => performance.now()) {
		this.#connections = connections;
		this.#now = now;
	}

	/** Something was told of this connection: it has read, was accepted, or something else. */
	told(connection: Reading | undefined, how: 'read' | 'accepted' | 'other'): void {
		this.#begin();
		const wasLong = this.#isLong;
		this.#isLong = this.#now() - this.#begun! > longestTurn;
		if (how === 'accepted') {
			if (connection && this.#isAccepting && this.#resting.size > 0) {
				this.#rest(connection);
			}

			this.#accepted = this.#turn;
		}

		if (connection && how === 'read') {
			this.#woken.delete(connection);
			this.#lastTurns.set(connection, this.#turn);
		}

		if (this.#isLong) {
			// Who has rested reads once, also where others have much to say in that turn.
			for (const each of wasLong ? [connection] : this.#connections()) {
				if (each && !this.#woken.has(each)) {
					this.#rest(each);
				}
			}
		}
	}

	/** Whether a client was accepted in this turn, or the one before. */
	get #isAccepting(): boolean {
		return this.#turn - this.#accepted <= 1;
	}

	#rest(connection: Reading): void {
		this.#resting.add(connection);
		connection.restReading(true);
	}

	#begin(): void {
		if (this.#begun === undefined) {
			this.#begun = this.#now();
			setImmediate(() => {
				this.#next();
			});
		}
	}

	/** Who has never read is first, the newest before the others; then who has not read for longest. */
	#next(): void {
		this.#begun = undefined;
		this.#isLong = false;
		this.#turn++;
		if (this.#resting.size === 0) {
			return;
		}

		if (this.#isAccepting && this.#turn % acceptingTurns !== 0) {
			this.#begin();
			return;
		}

		const turnOf = (connection: Reading): number => this.#lastTurns.get(connection) ?? 0;
		const sorted = [...this.#resting].toSorted((one, other) =>
			turnOf(one) - turnOf(other) || other.number - one.number);
		for (const each of sorted.slice(0, this.#isAccepting ? 1 : wokenInTurn)) {
			this.#resting.delete(each);
			each.restReading(false);
			this.#woken.add(each);
		}

		this.#begin();
	}
}
