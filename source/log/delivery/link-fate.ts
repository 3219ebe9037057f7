/**
Why the simulated link has lost a datagram: by chance, because the rate's queue was full, because it was the next one
and the next one was to be lost, or because the link holds as many datagrams as one socket may have on it.
*/
export type LossCause = 'loss' | 'queue' | 'next' | 'full';

/** One byte of a datagram's payload that gets another value on the simulated link. */
export type Corruption = {
	/** Which byte, from 0. */
	readonly at: number;
	/** What its value is combined with by exclusive or: 1 to 255, so that it is another one. */
	readonly xor: number;
};

/** What the simulated link makes of a datagram, as far as it is known: amendments make another one of it. */
export type DatagramLinkFate
	= | {readonly type: 'lost'; readonly cause: LossCause}
		| {
			readonly type: 'passed';
			/**
			It leaves the link once, or twice. The delay is in milliseconds: what was decided, and once it has left what
			it was.
			*/
			readonly copies: ReadonlyArray<{readonly delay: number; readonly corruption?: Corruption}>;
			readonly isHeldBack: boolean;
			/** Copies that have not left yet. */
			readonly onTheLink: number;
			/** Copies that never will: the socket was closed, or the system has not taken them. */
			readonly discarded: number;
			/** How many of the discarded ones the system has not taken, where there are any. */
			readonly refused?: number;
			/**
			Which of the far socket's reads the second copy was, where that is one of the playground's own and has read
			both.
			*/
			readonly readAgain?: number;
			/** Which of the socket's writes was sent later, to the same address, and has left earlier. */
			readonly overtakenBy: number | undefined;
		};

/** How one copy of a datagram came over the simulated link. */
export type LinkPassage = {
	/** Which copy it was in the order of leaving, from 1; absent where there was one only. */
	readonly copy?: number;
	/** How long it was on the link, in milliseconds. */
	readonly delay: number;
	readonly corruption?: Corruption;
};

/** The fate of a write to a byte stream on the simulated link. Its bytes are late, and may be cut; none is lost. */
export type StreamLinkFate = {
	readonly type: 'stream';
	/** How many bytes have not left yet. */
	readonly onTheLink: number;
	/** How many never will, since the connection has ended. */
	readonly discarded: number;
	/** In how many segments it was handed to the system so far. */
	readonly segments: number;
	/** Milliseconds until its last byte had left; undefined before that. */
	readonly delay: number | undefined;
};

/** What the simulated link makes of something that was sent, as far as it is known. */
export type LinkFate = DatagramLinkFate | StreamLinkFate;

/**
What became of a datagram that was sent to one of the playground's own sockets: which of that socket's reads it was, or
that it is lost. Inside one machine datagrams from one socket to another keep the order in which the system got them:
one that was overtaken there is lost.
*/
export type Arrival
	= {readonly type: 'read'; readonly number: number} | {readonly type: 'lost'} | {readonly type: 'under-way'};
