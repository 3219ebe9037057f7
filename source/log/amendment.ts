import type {SocketEvent, SocketId} from './event.ts';
import type {LinkFate} from './delivery/link-fate.ts';

/**
One socket of the playground's, from its opening to its closing: a pane that opens its socket again has the same
`SocketId` and another trackId.
*/
export type TrackId = SocketId & {
	/** A number that no other socket in the log has. */
	readonly trackId: number;
};

/**
What becomes known of an event after it was appended; `sequence` names that event. All but `segment-left` are about a
datagram that was sent.
*/
export type Amendment = {readonly sequence: number} & (
	/** One of its copies has left the simulated link after `delay` milliseconds. */
	| {
		readonly type: 'left';
		/** Which of the fate's copies, from 0. */
		readonly copy: number;
		readonly delay: number;
		/** The playground's own socket that is at the other end now, and that the copy is on its way to. */
		readonly to?: TrackId;
		/** None of the playground's sockets has the address now, and one had it before. */
		readonly isVacant?: true;
	}
	/** A socket of the playground's has read it: by its `number`-th read. Of two copies, each is told. */
	| {readonly type: 'read'; readonly number: number}
	/** The kernel has dropped it, or one of its copies: a receive buffer was full. */
	| {readonly type: 'dropped'}
	/** The system was handed it, or one of its copies, and no socket was at its destination that takes it. */
	| {readonly type: 'unbound'}
	/** The system has not taken a copy that left the link; `to` is where it was on its way to. */
	| {readonly type: 'refused'; readonly to?: TrackId}
	/** The socket's write `by` was sent later, and has left the link earlier. */
	| {readonly type: 'overtaken'; readonly by: number}
	/** This many of its copies, or bytes of a write to a stream, never leave the link: the socket was closed. */
	| {readonly type: 'discarded'; readonly amount: number}
	/**
	`length` bytes of a write to a stream have left the link; with the last ones comes how long it took, in
	milliseconds.
	*/
	| {readonly type: 'segment-left'; readonly length: number; readonly delay: number | undefined}
);

/** An event as it was appended. It never changes. */
export type EventEntry = {
	readonly type: 'event';
	/** Its bytes belong to the sender or receiver again after the call: a subscriber that keeps them copies them. */
	readonly event: SocketEvent;
	/** Whose event it is. */
	readonly trackId: number;
	/** The socket at the other end, where that is one of the playground's own. */
	readonly farTrackId: number | undefined;
	/** Its payload is the same array as that of the event before, as in an echo: the log counts it once. */
	readonly isRepeat: boolean;
};

/** What subscribers get, one after the other; `gap` where one that paused has missed some. */
export type LogEntry
	= | EventEntry
		| {readonly type: 'amendment'; readonly amendment: Amendment}
		| {readonly type: 'gap'; readonly missed: number};

/** What is known of the link's part after this amendment. */
export function amendFate(fate: LinkFate, amendment: Amendment): LinkFate {
	if (fate.type === 'lost') {
		return fate;
	}

	if (amendment.type === 'discarded') {
		const {amount} = amendment;
		return {...fate, onTheLink: fate.onTheLink - amount, discarded: fate.discarded + amount};
	}

	if (fate.type === 'stream') {
		return amendment.type === 'segment-left'
			? {
				...fate,
				onTheLink: fate.onTheLink - amendment.length,
				segments: fate.segments + 1,
				delay: amendment.delay,
			}
			: fate;
	}

	switch (amendment.type) {
		case 'left': {
			const copies = fate.copies.map((copy, index) =>
				index === amendment.copy ? {...copy, delay: amendment.delay} : copy);
			return {...fate, copies, onTheLink: fate.onTheLink - 1};
		}

		case 'refused': {
			return {...fate, discarded: fate.discarded + 1, refused: (fate.refused ?? 0) + 1};
		}

		case 'overtaken': {
			return {...fate, overtakenBy: amendment.by};
		}

		case 'read':
		case 'dropped':
		case 'unbound':
		case 'segment-left': {
			return fate;
		}

		default: {
			return amendment satisfies never;
		}
	}
}
