import {Bottleneck} from './bottleneck.ts';
import {heldBack, isPerfectFor, type LinkConditions} from './conditions.ts';
import {DatagramLink} from './datagram-link.ts';
import {type LinkDirection, linkDirections} from './random.ts';
import {StreamLink} from './stream-link.ts';
import {realTime, type Time} from './time.ts';

/** The conditions that hold for both ways to begin with, and the seed of its random choices. */
type LinkOptions = {
	readonly conditions: LinkConditions;
	/** A whole number from 0 to 2^32 − 1. */
	readonly seed: number;
	readonly time?: Time;
	/** That of a relay at its far end, which what goes over this one goes over, too. */
	readonly beyond?: Link | undefined;
};

/** Who takes what comes out of a link for a byte stream. */
type StreamEnds = {
	readonly onSegment: (bytes: Uint8Array) => void;
	readonly onEnd: () => void;
};

/**
The simulated link between the clients and the server of one scene, both ways: their conditions can be changed while
everything goes on.
*/
export class Link {
	/** The clock of everything that is on its way here, and of its timers. */
	readonly time: Time;
	readonly #beyond: Link | undefined;
	#seed: number;
	#timeout: number;
	#keepsOrder: boolean;
	#hasSlowed: boolean;
	readonly #datagrams: Readonly<Record<LinkDirection, DatagramLink>>;
	/** One for all sockets that send this way. */
	readonly #bottlenecks = bothWays(() => new Bottleneck());
	readonly #streams = bothWays(() => new Set<StreamLink>());
	readonly #opened: Record<LinkDirection, number> = {'to-server': 0, 'to-clients': 0};

	constructor({conditions, seed, time = realTime, beyond}: LinkOptions) {
		this.#beyond = beyond;
		this.time = time;
		this.#seed = seed;
		this.#timeout = timeoutWith([conditions, conditions]);
		this.#keepsOrder = keepsOrder(conditions);
		this.#hasSlowed = !isPerfectFor(conditions, 'tcp');
		this.#datagrams = bothWays(direction =>
			new DatagramLink({
				conditions, seed, direction, bottleneck: this.#bottlenecks[direction],
			}));
	}

	get seed(): number {
		return this.#seed;
	}

	/**
	How long the answer to a datagram may take, in milliseconds, before it counts as none: a second, and what the link
	may add on both ways.
	*/
	get timeout(): number {
		return Math.max(this.#timeout, this.#beyond?.timeout ?? 0);
	}

	/** Whether datagrams leave the link, both ways, as they were sent: once, and in their order. */
	get keepsOrder(): boolean {
		return this.#keepsOrder && (this.#beyond?.keepsOrder ?? true);
	}

	/**
	How long the answer to what was written to a stream may take: once the link, or a relay that holds messages, has
	slowed streams down, as long as it takes, since none of it is lost.
	*/
	get streamTimeout(): number {
		return this.#hasSlowed ? Number.POSITIVE_INFINITY : this.#beyond?.streamTimeout ?? 1000;
	}

	/** From now on, something between the ends may keep what is written to streams. */
	slowStreams(): void {
		this.#hasSlowed = true;
	}

	/** What decides on the datagrams that go this way. */
	datagrams(direction: LinkDirection): DatagramLink {
		return this.#datagrams[direction];
	}

	/** Change the conditions for data sent in this direction from now on. */
	change(direction: LinkDirection, conditions: LinkConditions): void {
		const bottleneck = this.#bottlenecks[direction];
		for (const stream of this.#streams[direction]) {
			stream.withdraw();
		}

		// What datagrams have left in the queue gets through at the new rate.
		bottleneck.changeRate(this.time.now(), this.#datagrams[direction].conditions.rate, conditions.rate);
		this.#datagrams[direction].change(conditions);
		const ways = linkDirections.map(way => this.#datagrams[way].conditions);
		this.#timeout = timeoutWith(ways);
		this.#keepsOrder = ways.every(way => keepsOrder(way));
		this.#hasSlowed ||= !isPerfectFor(conditions, 'tcp');
		for (const stream of this.#streams[direction]) {
			stream.change(conditions);
		}
	}

	/** Restart the random numbers with this seed, as if nothing had been sent yet. Data on the link keeps its times. */
	reseed(seed: number): void {
		this.#seed = seed;
		for (const direction of linkDirections) {
			this.#datagrams[direction].reseed(seed);
			this.#opened[direction] = 0;
			for (const stream of this.#streams[direction]) {
				stream.reseed(seed, ++this.#opened[direction]);
			}
		}
	}

	/** A link for one direction of one connection. To be closed with `closeStream` when the connection is over. */
	openStream(direction: LinkDirection, {onSegment, onEnd}: StreamEnds): StreamLink {
		const stream = new StreamLink({
			conditions: this.#datagrams[direction].conditions,
			seed: this.#seed,
			direction,
			connection: ++this.#opened[direction],
			bottleneck: this.#bottlenecks[direction],
			onSegment,
			onEnd,
			time: this.time,
		});
		this.#streams[direction].add(stream);
		return stream;
	}

	/** The connection is over: data on the link never leaves it. */
	closeStream(direction: LinkDirection, stream: StreamLink): void {
		this.#streams[direction].delete(stream);
		stream.close();
	}
}

/** What each way has of its own. */
function bothWays<Value>(make: (direction: LinkDirection) => Value): Readonly<Record<LinkDirection, Value>> {
	return {'to-server': make('to-server'), 'to-clients': make('to-clients')};
}

function timeoutWith(ways: readonly LinkConditions[]): number {
	return 1000 + ways.reduce((sum, conditions) => sum + maxDelay(conditions), 0);
}

/** The longest that a datagram takes over a link, in milliseconds. */
function maxDelay(conditions: LinkConditions): number {
	const {delay, jitter, reordering, rate, queue} = conditions;
	const held = reordering > 0 ? heldBack(conditions) : 0;
	return (delay * (1 + jitter)) + held + (rate === undefined ? 0 : queue * 1000 / rate);
}

function keepsOrder({delay, jitter, duplication, reordering}: LinkConditions): boolean {
	return duplication === 0 && reordering === 0 && (delay === 0 || jitter === 0);
}
