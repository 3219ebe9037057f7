/**
What the simulated link does, in one direction, to what the playground's sockets send: no byte of a stream is lost,
duplicated, reordered or changed. Shares are from 0 to 1, durations are milliseconds, rates are bytes of payload per
second.
*/
export type LinkConditions = {
	/** UDP: the share of the datagrams that are lost. */
	readonly loss: number;
	/** UDP and TCP: how long a datagram, or a segment of the stream, is on its way. */
	readonly delay: number;
	/** UDP and TCP: the share of the delay by which it differs at most: uniform in delay · (1 ± jitter). */
	readonly jitter: number;
	/** UDP: the share of the datagrams that arrive twice. Each copy has a delay of its own and its own corruption. */
	readonly duplication: number;
	/** UDP: the share of the datagrams that are held back behind what is sent in the next 500 ms: `heldBack`. */
	readonly reordering: number;
	/** UDP: the share of the copies in which one byte has another value. */
	readonly corruption: number;
	/** UDP and TCP: how many bytes of all sockets together get onto the link in a second; undefined for no limit. */
	readonly rate: number | undefined;
	/** UDP with a rate: how many bytes may wait to get onto the link; more are dropped (tail drop). */
	readonly queue: number;
	/**
	TCP: writes are cut into segments of at most this many bytes; undefined leaves them whole. Segments of different
	writes are never joined.
	*/
	readonly slice: number | undefined;
	/**
	TCP with a slice: how long a stream rests after each segment. Without a pause the system may join them again before
	they are read; jitter can bring them together, too.
	*/
	readonly pause: number;
	/** TCP: nothing moves as long as this is on. */
	readonly stall: boolean;
};

/** How much later than its delay a datagram arrives that is held back, beyond its jitter, in milliseconds. */
const holdBack = 500;

/** A link that does nothing: everything arrives once, whole, in order and at once. */
export const perfect: LinkConditions = {
	loss: 0,
	delay: 0,
	jitter: 0,
	duplication: 0,
	reordering: 0,
	corruption: 0,
	rate: undefined,
	queue: 64 * 1024,
	slice: undefined,
	pause: 0,
	stall: false,
};

/** The conditions that mean something to what this protocol sends, in the order in which they are shown. */
export const conditionsOf: Readonly<Record<'udp' | 'tcp', ReadonlyArray<keyof LinkConditions>>> = {
	udp: ['loss', 'delay', 'jitter', 'duplication', 'reordering', 'corruption', 'rate', 'queue'],
	tcp: ['delay', 'jitter', 'rate', 'slice', 'pause', 'stall'],
};

/** The same conditions, with all that means nothing to this protocol as in a perfect link. */
export function conditionsFor(conditions: LinkConditions, protocol: 'udp' | 'tcp'): LinkConditions {
	return {...perfect, ...Object.fromEntries(conditionsOf[protocol].map(name => [name, conditions[name]]))};
}

/** Whether a link has no effect on this protocol: loss does not apply to TCP, slices not to UDP. */
export function isPerfectFor(conditions: LinkConditions, protocol: 'udp' | 'tcp'): boolean {
	const {delay, rate, loss, duplication, reordering, corruption, slice, stall} = conditions;
	if (delay !== 0 || rate !== undefined) {
		return false;
	}

	return protocol === 'udp'
		? loss === 0 && duplication === 0 && reordering === 0 && corruption === 0
		: slice === undefined && !stall;
}

/**
How long one datagram or segment is on its way, in milliseconds.

@param random - from 0 up to 1, uniform
*/
export function delayOf({delay, jitter}: LinkConditions, random: number): number {
	return delay * (1 + (jitter * ((2 * random) - 1)));
}

/**
How much later a datagram that is held back arrives, in milliseconds: 500, and twice the jitter's range. So every
datagram that enters the link less than 500 ms after it overtakes it, unless it is held back too.
*/
export function heldBack({delay, jitter}: LinkConditions): number {
	return holdBack + (2 * delay * jitter);
}
