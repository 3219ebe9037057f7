/* What became of what a person had a client do: a series of messages, a file, saved messages. */

/**
How a sequence of saved messages has ended: all are sent; it was stopped; its socket can no longer send; or a message
was refused.
*/
export type SequenceEnd = 'done' | 'stopped' | 'closed' | 'failed';

/**
How the sending or receiving of a file has ended: all is sent, or the peer has finished; it was stopped; the socket was
closed; or reading or writing the file has failed, with the name of the error (errno(3)).
*/
export type FileEnd = {
	readonly bytes: number;
	readonly reason: 'done' | 'stopped' | 'closed' | 'failed';
	readonly problem?: string;
	/** How many bytes the file had when it was opened, where all of it was sent and that is another number. */
	readonly size?: number;
};

/**
What became of a series of messages. Each is counted once: `sent` is the sum of `answered`, `lostByLink`,
`droppedByKernel`, `failed` and `waiting`. Where nothing answers, what the server has read takes the place of the
answers.
*/
export type SeriesReport = {
	/** Whether `answered` counts answers, or messages that the server has read: its rule answers nothing. */
	readonly counts: 'answers' | 'arrivals';
	/** How many were to be sent; undefined for a series that goes on until it is stopped. */
	readonly wanted: number | undefined;
	readonly sent: number;
	readonly answered: number;
	/** Lost by the simulated link, on the way there or on the way back. */
	readonly lostByLink: number;
	/** Dropped by the kernel because a receive buffer was full, or no socket was there. */
	readonly droppedByKernel: number;
	/** The system, or this program, has not taken them. */
	readonly failed: number;
	/** Neither answered nor known to be lost. */
	readonly waiting: number;
	/** Of those answered: later than a second, and after one that was sent later. */
	readonly late: number;
	readonly outOfOrder: number;
	/** Queries that had come before. They are not among `answered`. */
	readonly duplicates: number;
	/**
	Milliseconds; undefined where nothing was timed. Of more than 1,024 round trips all but the longest are within 2 %,
	and `isNear` is there.
	*/
	readonly roundTrip?: {
		readonly median: number;
		readonly p90: number;
		readonly p99: number;
		readonly most: number;
		readonly isNear?: true;
	};
	/** Bytes of payload in all messages sent, and in all answers. */
	readonly bytesSent: number;
	readonly bytesAnswered: number;
	/** From the first message to the last answer, in milliseconds. */
	readonly duration: number;
	/** From the first message to the last, in milliseconds; undefined where it is not known. */
	readonly sendingTime?: number;
	readonly end: 'done' | 'stopped' | 'client-closed';
};
