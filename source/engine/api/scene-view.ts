/* How a scene stands. */
import type {
	Address, NumberOption, PaneId, Protocol, SocketOption, Tally,
} from '../../log/event.ts';
import type {SeriesReport} from '../../log/reports.ts';
import type {ReplyRule} from '../../replies/reply-rule.ts';
import type {LinkConditions} from '../../link/conditions.ts';
import type {LinkDirection} from '../../link/random.ts';
import type {SocketOptions} from '../../sockets/socket-options.ts';
import type {
	PeerNumber, ServerState, TcpClientState, UdpClientState,
} from '../../sockets/states.ts';
import type {Encoding} from '../../text/encoding/encoding.ts';
import type {Framing, UnfinishedFrame} from '../../text/framing.ts';
import type {ConnectionState} from '../../sockets/tcp/connection-lifetime.ts';
import type {ExperimentView} from './experiment.ts';
import type {SceneName, Target} from './command.ts';

/** What went each way, since the start. */
export type Traffic = {readonly received: Tally; readonly sent: Tally};

/** Its traffic is the server's; a relay's is that of both its sides; without either, the clients' sum. */
export type SceneView = {
	readonly type: 'scene';
	readonly name: SceneName;
	readonly protocol: Protocol;
	readonly link: LinkView;
	readonly experiment?: ExperimentView;
	readonly server: ServerView | undefined;
	/** The address that clients are given, where they send to another program's server. */
	readonly connect: Address | undefined;
	readonly traffic: Traffic;
	readonly clients: readonly ClientView[];
	readonly clientLimit: number;
};

/** The simulated link: its seed, and its conditions and load each way. */
export type LinkView = {readonly seed: number} & Readonly<Record<LinkDirection, WayView>>;

export type WayView = {
	readonly conditions: LinkConditions;
	readonly losesNext: boolean;
	/** How many datagrams, and how many bytes of streams, are on the link. */
	readonly datagrams: number;
	readonly bytes: number;
};

/** What every pane has. */
export type PaneFacts = {
	readonly pane: PaneId;
	/** How many events the pane ever had. */
	readonly total: number;
	/** TCP: how it cuts what it reads into messages; undefined for not at all. */
	readonly framing?: Framing;
	/** The encoding of its text, where that is not UTF-8. */
	readonly encoding?: Encoding;
	readonly rateSummary: RateSummary;
};

/** What a server's pane has, and a client's. */
export type SocketPaneFacts = {
	readonly files?: FilesView | undefined;
	readonly sequence?: SequenceView | undefined;
	readonly options?: OptionsView;
};

/** How a server stands: its own socket (TCP's welcoming socket), its settings, and some of its peers. */
export type ServerView = PaneFacts & SocketPaneFacts & {
	readonly state: ServerState;
	/** What it binds when it is opened. */
	readonly configured: Address;
	/** Whether other machines can reach it: it is open and bound to more than loopback. */
	readonly isExposed: boolean;
	readonly rule: ReplyRule;
	/** The path of the file with rules of one's own, where there is one. */
	readonly rulesFile: string | undefined;
	readonly closeAfterReply: boolean;
	/** UDP addresses heard from, or TCP connections that are open. */
	readonly peerCount: number;
	/** TCP: clients accepted since the start; UDP: addresses met. */
	readonly peersEver: number;
	readonly target: Target | undefined;
	/** A relay stands in the server's place. */
	readonly relay?: RelayView;
	/** Some of the peers, the target among them. */
	readonly peers: readonly PeerView[];
	/** How many peers come before the first of `peers`. */
	readonly peersBefore: number;
};

/**
What a pane's sockets are made with; what the present socket has been granted of the sizes of buffers; and the options
that it does not have, since the system has refused them, each with the error.
*/
export type OptionsView = SocketOptions & {
	readonly granted: Readonly<Partial<Record<NumberOption, number>>>;
	readonly failed: Readonly<Partial<Record<SocketOption['name'], string>>>;
	/** The IPv4 addresses by which interfaces were told, by their names. */
	readonly addresses: Readonly<Partial<Record<string, string>>>;
};

/** What only a relay has. */
export type RelayView = {
	/** The pane of its sockets' events to the target: rows of both are the relay's. */
	readonly targetPane: PaneId;
	readonly target: Address;
	readonly holding: readonly LinkDirection[];
	readonly held: Tally & Readonly<Record<LinkDirection, number>> & {
		/** How many of them came from clients that are no longer connected: none of its peers. */
		readonly ofClosed: number;
	};
};

/** A relay's socket to the target for one of its peers, and what is held of that peer each way. */
export type LegView = {
	readonly local?: Address;
	/** Undefined while there is no such socket. */
	readonly state: ClientState['type'] | undefined;
	readonly held: Readonly<Record<LinkDirection, number>>;
	/** With a framing: how many bytes are not held yet, as the message that they begin is not whole. */
	readonly kept: number;
	/** Whether it is not read from because too much is held, on either side. */
	readonly isFull: boolean;
};

/** The files that a pane sends and receives: their paths, and how many bytes have gone or come. */
export type FilesView = {
	/** `size` is undefined for a pipe or a device. */
	readonly sending?: {readonly path: string; readonly bytes: number; readonly size: number | undefined};
	readonly receiving?: {readonly path: string; readonly bytes: number};
};

/** How far saved messages are that a pane sends. `wanted` is undefined where they go on until they are stopped. */
export type SequenceView = {readonly name: string; readonly sent: number; readonly wanted: number | undefined};

/** A far end that a server knows. `received` and `sent` count UDP's datagrams, or TCP's reads and writes. */
export type PeerView = Traffic & {
	readonly number: PeerNumber;
	readonly address: Address;
	/** Of a relay's peer only. */
	readonly leg?: LegView;
	/** TCP only. */
	readonly connection?: {
		readonly local: Address;
		readonly state: ConnectionState;
		readonly waiting: number;
		/** How many of them are on the simulated link. */
		readonly onTheLink: number;
		readonly isPaused: boolean;
		readonly isReadingStopped: boolean;
		/** With a framing: the frame that more is awaited of. */
		readonly unfinished?: UnfinishedFrame;
	};
};

/** How a client stands: its socket, where it sends, and what went each way. */
export type ClientView = PaneFacts & SocketPaneFacts & Traffic & {
	/** The client's name is its number. */
	readonly number: number;
	/** Where the next message goes, or the next connect(); undefined while the server has no port yet. */
	readonly destination: Address | undefined;
	readonly state: ClientState;
	/** TCP: bytes that the peer has not taken yet. */
	readonly waiting: number;
	/** TCP: how many of them are on the simulated link. */
	readonly onTheLink: number;
	readonly isReadingStopped: boolean;
	/** With a framing: the frame that more is awaited of. */
	readonly unfinished?: UnfinishedFrame;
	/** UDP: the socket may send to broadcast addresses (SO_BROADCAST). */
	readonly mayBroadcast?: true;
	/** The series of messages that is being sent, or was sent last. */
	readonly series?: SeriesView | undefined;
};

export type SeriesView = {
	readonly isRunning: boolean;
	readonly rate: number | undefined;
	readonly report: SeriesReport;
};

/** How much goes through a pane now, and how fast it is answered. */
export type RateSummary = {
	/** In each of the last seconds, both ways, of which the last has not ended yet. Empty while there were none. */
	readonly messages: readonly number[];
	readonly bytes: readonly number[];
	/**
	Round-trip times in milliseconds: the last, the median and the 99th percentile since the pane was opened; of more
	than 1,024 these two are within 2 %, and `isNear` is there.
	*/
	readonly roundTrip?: {
		readonly last: number; readonly median: number; readonly p99: number; readonly isNear?: true;
	};
};

/** UDP has no connection: unbound, bound or closed. TCP: connecting, connected or closed. */
export type ClientState = UdpClientState | TcpClientState;
