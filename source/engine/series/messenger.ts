import type {SeriesTally} from './series-tally.ts';

/**
What came of trying to send a message: it was sent; it has to wait until the sockets have been read, or longer, since too much waits already or it is not known yet where it goes;
or nothing can be sent from here any more.
*/
export type Attempt = 'sent' | 'wait-turn' | 'wait' | 'over';

/** Hears how the messages of a series fare. */
export type MessengerListener = {
	/** A message has got an outcome, or has come a step further. */
	readonly onProgress: () => void;
	/** What made the next message wait is over. */
	readonly onReady: () => void;
	/** The socket was closed, or nothing more can come from its peer. */
	readonly onOver: () => void;
};

/** Sends the messages of one series over one protocol, and counts what becomes of each. */
export type Messenger = {
	readonly tally: SeriesTally;
	/** Send the next message. */
	readonly send: () => Attempt;
	/** Whether all that was sent has an outcome, and nothing of it is under way. */
	readonly isSettled: boolean;
	/** To be called now and then when nothing is sent, each time after the sockets have been read: finds what the kernel has dropped, of which no later datagram tells. */
	readonly look: () => void;
	/** Hear nothing more, and forget what is known of single messages. */
	readonly close: () => void;
};
