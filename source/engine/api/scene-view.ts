/* How a scene stands, as it comes out through the door. */
import type {
	Address, PaneId, SeriesReport, SocketFailure, Tally,
} from '../../log/event.ts';
import type {ReplyRule} from '../../replies/reply-rule.ts';
import type {LinkConditions} from '../../link/conditions.ts';
import type {LinkDirection} from '../../link/random.ts';
import type {
	PeerNumber, ServerState, TcpClientState, UdpClientState,
} from '../../sockets/states.ts';
import type {ConnectionState} from '../../sockets/tcp-connection.ts';
import type {ExperimentName} from '../laboratory/experiment-names.ts';
import type {Protocol, SceneName, Target} from './command.ts';

/** What went each way, since the start. */
export type Traffic = {readonly received: Tally; readonly sent: Tally};

/**
How one protocol's scene stands. Its traffic is the server's; where there is no server of ours, the clients' together.
*/
export type SceneView = {
	readonly type: 'scene';
	readonly name: SceneName;
	readonly protocol: Protocol;
	readonly link: LinkView;
	/** The laboratory's scene only: what is being tried. */
	readonly experiment?: ExperimentView;
	readonly server: ServerView | undefined;
	/** Where clients talk to somebody else's server: the address that they are given. */
	readonly connect: Address | undefined;
	readonly traffic: Traffic;
	readonly clients: readonly ClientView[];
	readonly clientLimit: number;
};

/** How the simulated link stands: its seed, and what it does each way. */
export type LinkView = {readonly seed: number} & Readonly<Record<LinkDirection, {
	readonly conditions: LinkConditions;
	/** Whether the next datagram will be lost. */
	readonly losesNext: boolean;
	/** How many datagrams, and how many bytes of streams, are on the link. */
	readonly datagrams: number;
	readonly bytes: number;
}>>;

/** How far an experiment has come. Its steps are told in the order in which they are taken. */
export type ExperimentView = {
	readonly name: ExperimentName;
	/** Whether all steps have been taken. Everything stays open, to be looked at, until the experiment is ended. */
	readonly isDone: boolean;
	/**
	What came of it, once it is done: it was `caused`; this machine has `allowed` what was to fail; or the experiment
	itself has `failed`, with `failure` of its facts.
	*/
	readonly outcome: 'caused' | 'allowed' | 'failed' | undefined;
	readonly facts: ExperimentFacts;
};

/**
What an experiment has found out so far, for the text that explains it. Each is there as soon as it is known, in the
experiments that have it.
*/
export type ExperimentFacts = {
	/**
	The address that it is about: where nobody listens, that is taken, that may not be bound, that is not known, or that
	does not answer. In `time-wait` the client's own, which the kernel keeps.
	*/
	readonly address?: Address;
	/** What the system said of the call that was to fail; of one that was not, where the experiment has `failed`. */
	readonly failure?: SocketFailure;
	/** `timeout`: how long connect() waited, in milliseconds. */
	readonly waited?: number;
	/**
	Bytes of payload. `message-too-long`: of the largest datagram, where that has been sent. `no-reader`: written until
	nothing more was taken.
	*/
	readonly length?: number;
	/** `time-wait`: the state that the kernel's tables have, `TIME_WAIT`; undefined where there are no tables. */
	readonly state?: string;
	/**
	`no-reader`: where the bytes were when nothing moved any more, `length` together; undefined where there are no
	tables of the kernel.
	*/
	readonly queues?: {
		/** In the kernel: the receiving end's receive queue, and the sending end's send queue. */
		readonly receive: number;
		readonly send: number;
		/** Not in the kernel: what Node has read ahead in the receiving program, and what waits in the sending one. */
		readonly readAhead: number;
		readonly waiting: number;
	};
};

/** How a server stands: its own socket (TCP's welcoming socket), its settings, and some of its peers. */
export type ServerView = {
	readonly pane: PaneId;
	/** How many events the pane ever had. */
	readonly total: number;
	readonly state: ServerState;
	/** What it binds when it is opened. */
	readonly configured: Address;
	/** Whether other machines can reach it: it is open and bound to more than loopback. */
	readonly isExposed: boolean;
	readonly rule: ReplyRule;
	readonly closeAfterReply: boolean;
	/** UDP addresses heard from, or TCP connections that are open. */
	readonly peerCount: number;
	/** TCP: clients accepted since the start; UDP: addresses met. */
	readonly peersEver: number;
	/** Whom a message typed here goes to. */
	readonly target: Target | undefined;
	readonly rateSummary: RateSummary;
	/** Some of the peers, the target among them. */
	readonly peers: readonly PeerView[];
	/** How many peers come before the first of `peers`. */
	readonly peersBefore: number;
};

/** A far end that a server knows. `received` and `sent` count UDP's datagrams, or TCP's reads and writes. */
export type PeerView = {
	readonly number: PeerNumber;
	readonly address: Address;
	readonly received: Tally;
	readonly sent: Tally;
	/** TCP only. */
	readonly connection?: {
		readonly local: Address;
		readonly state: ConnectionState;
		readonly waiting: number;
		/** How many of them are on the simulated link. */
		readonly onTheLink: number;
		readonly isPaused: boolean;
		/** Whether it has been told not to read. */
		readonly isReadingStopped: boolean;
	};
};

/** How a client stands: its socket, where it sends, and what went each way. */
export type ClientView = {
	readonly pane: PaneId;
	/** The client's name is its number. */
	readonly number: number;
	readonly total: number;
	/** Where the next message goes, or the next connect(); undefined while the server has no port yet. */
	readonly destination: Address | undefined;
	readonly state: ClientState;
	readonly received: Tally;
	readonly sent: Tally;
	/** TCP: bytes that the peer has not taken yet. */
	readonly waiting: number;
	/** TCP: how many of them are on the simulated link. */
	readonly onTheLink: number;
	/** TCP: whether it has been told not to read. */
	readonly isReadingStopped: boolean;
	/** The series of messages that is being sent, or was sent last. */
	readonly series?: SeriesView;
	readonly rateSummary: RateSummary;
};

/** How far a series of messages has come. */
export type SeriesView = {
	readonly isRunning: boolean;
	readonly rate: number | undefined;
	readonly report: SeriesReport;
};

/** How much goes through a pane now, and how fast it is answered. */
export type RateSummary = {
	/**
	Messages, and bytes, in each of the last seconds, both ways together. The last second has not ended yet. Empty while
	there were none.
	*/
	readonly messages: readonly number[];
	readonly bytes: readonly number[];
	/** Round-trip times in milliseconds: the last, the median and the 99th percentile since the pane was opened. */
	readonly roundTrip?: {readonly last: number; readonly median: number; readonly p99: number};
};

/**
What a client's socket is doing: unbound, bound or closed in UDP, which has no connection; connecting, connected or
closed in TCP.
*/
export type ClientState = UdpClientState | TcpClientState;
