/*
The door between the two halves of the program: everything that passes it is plain data. Commands go in and are
answered once; questions go in and stay open, and their answers come out again whenever they have changed.
*/
import type {
	Address, EventType, PaneId, SocketFailure,
} from './events/event.ts';
import type {ReplyRule} from './replies/reply-rule.ts';
import type {Limits} from './sockets/limits.ts';
import type {PeerNumber, SendRefusal, ServerState} from './sockets/server-state.ts';
import type {TcpClientState} from './sockets/tcp-client.ts';
import type {ConnectionState} from './sockets/tcp-connection.ts';
import type {UdpClientState} from './sockets/udp-client.ts';

/** The transport protocol of a scene: datagrams (UDP, RFC 768) or a byte stream (TCP, RFC 9293). */
export type Protocol = 'udp' | 'tcp';

/** What the playground is started with. */
export type PlaygroundOptions = {
	/** The address that servers bind. */
	readonly host: string;
	/** The servers' port; 0 lets the system pick one. */
	readonly port: number;
	readonly reply: ReplyRule;
	readonly closeAfterReply: boolean;
	/** Clients opened with each scene. */
	readonly clients: number;
	/** Open no server: the clients talk to this address. */
	readonly connect?: Address;
	readonly limits?: Partial<Limits>;
};

/** Whom a server's own message goes to. */
export type Target = PeerNumber | 'all';

/**
What the screen asks the engine to do, in the imperative; each is answered once. A `pane` is a client's, a `connection`
is a connection socket of the TCP server, and `bytes` are sent as they are.
*/
export type Command
	/** Open this protocol's server and clients, unless that has been done. */
	= | {readonly type: 'open-scene'; readonly protocol: Protocol}
		| {readonly type: 'open-server'; readonly protocol: Protocol}
		| {readonly type: 'stop-server'; readonly protocol: Protocol}
	/** Bind another address from now on: an open server is stopped and opened again. */
		| {readonly type: 'move-server'; readonly protocol: Protocol; readonly address: Address}
		| {readonly type: 'set-rule'; readonly protocol: Protocol; readonly rule: ReplyRule}
		| {readonly type: 'set-close-after-reply'; readonly closeAfterReply: boolean}
	/** Walk through the server's peers, and all of them together, as targets of what is typed there. */
		| {readonly type: 'choose-peer'; readonly protocol: Protocol; readonly step: 1 | -1}
		| {readonly type: 'send-from-server'; readonly protocol: Protocol; readonly target: Target | undefined; readonly bytes: Uint8Array}
		| {readonly type: 'half-close-connection'; readonly connection: PeerNumber}
		| {readonly type: 'close-connection'; readonly connection: PeerNumber}
		| {readonly type: 'open-client'; readonly protocol: Protocol}
		| {readonly type: 'remove-client'; readonly pane: PaneId}
	/** TCP: connect. UDP: a new socket. */
		| {readonly type: 'reopen-client'; readonly pane: PaneId}
		| {readonly type: 'close-client'; readonly pane: PaneId}
		| {readonly type: 'half-close-client'; readonly pane: PaneId}
		| {readonly type: 'set-destination'; readonly pane: PaneId; readonly destination: Address}
		| {readonly type: 'send'; readonly pane: PaneId; readonly bytes: Uint8Array};

/** Why a command was not carried out. Nothing has changed then. */
export type Refusal = SendRefusal | {readonly reason: 'client-limit'; readonly limit: number} | {readonly reason: 'no-such-pane'} | {readonly reason: 'no-server'};

/** What came of a command: a refusal where it was not carried out. A call that was made and failed is an event instead. */
export type CommandAnswer = {readonly refusal?: Refusal};

/** A question that stays open: how a scene stands, or some rows of a pane's log. */
export type Question
	= | {readonly type: 'scene'; readonly protocol: Protocol; readonly peers: number}
		| RowsQuestion;

/** Asks for rows of a pane's log, up to an ordinal or to the end. A pane's events have ordinals of their own, from 0. */
export type RowsQuestion = {
	readonly type: 'rows';
	readonly pane: PaneId;
	/** How many rows are wanted. */
	readonly rows: number;
	/** The ordinal after the last row wanted; undefined follows the end. */
	readonly end: number | undefined;
	readonly payload: PayloadFormat;
	/** Terminal columns that a payload may take beside its row's other columns, and beneath the row. */
	readonly columns: number;
	readonly dumpColumns: number;
};

/** How payloads are shown: as text with visible escapes, or as hexadecimal bytes and the same bytes as text. */
export type PayloadFormat = 'text' | 'hex';

/** The answer to a question: how things stood when it was made. */
export type View = SceneView | RowsView;

/** How many datagrams, or reads or writes of a stream, and their bytes. */
export type Tally = {readonly count: number; readonly bytes: number};

/** What went each way, since the start. */
export type Traffic = {readonly received: Tally; readonly sent: Tally};

/** How one protocol's scene stands. Its traffic is the server's; where there is no server of ours, the clients' together. */
export type SceneView = {
	readonly type: 'scene';
	readonly protocol: Protocol;
	readonly server: ServerView | undefined;
	/** Where clients talk to somebody else's server: the address that they are given. */
	readonly connect: Address | undefined;
	readonly traffic: Traffic;
	readonly clients: readonly ClientView[];
	readonly clientLimit: number;
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
	/** Some of the peers, the target among them. */
	readonly peers: readonly PeerView[];
	/** How many peers come before the first of `peers`. */
	readonly peersBefore: number;
};

/** A far end that a server knows. `received` and `sent` count UDP's datagrams, or TCP's reads and writes. */
export type PeerView = {
	readonly number: PeerNumber;
	readonly address: Address;
	readonly received: number;
	readonly sent: number;
	/** TCP only. */
	readonly connection?: {
		readonly local: Address;
		readonly state: ConnectionState;
		readonly waiting: number;
		readonly isPaused: boolean;
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
};

/**
What a client's socket is doing: unbound, bound or closed in UDP, which has no connection; connecting, connected or closed
in TCP.
*/
export type ClientState = UdpClientState | TcpClientState;

/** Rows of a pane's log, oldest first, with their place among all of the pane's events. */
export type RowsView = {
	readonly type: 'rows';
	readonly pane: PaneId;
	readonly rows: readonly Row[];
	/** The ordinal after the last row. */
	readonly end: number;
	/** How many events the pane ever had: `total - end` rows are newer than these. */
	readonly total: number;
	/** The oldest ordinal that the log still holds: so many have gone. */
	readonly first: number;
};

/** One row of a pane's log: an event, its payload as text that is safe to draw. */
export type Row = {
	readonly sequence: number;
	/** Milliseconds since the epoch. */
	readonly time: number;
	readonly type: EventType;
	/** The connection socket's number, 0 for the pane's own socket. */
	readonly socket: number;
	readonly peer?: Address;
	readonly local?: Address;
	/** Bytes of the payload. */
	readonly length?: number;
	/** As much of the payload as fits, escapes visible; `isCut` tells that there is more. */
	readonly payload?: string;
	readonly isCut?: boolean;
	/** In hexadecimal: lines beneath the row, where the payload does not fit beside it. */
	readonly dump?: readonly string[];
	/** Round-trip time in milliseconds. */
	readonly elapsed?: number;
	readonly isThirdParty?: boolean;
	readonly failure?: SocketFailure;
	/** Bytes waiting, dropped, or a limit, as the type has it. */
	readonly amount?: number;
	/** A setting's new value. */
	readonly setting?: string;
};

/** What the screen's half sends. */
export type ToEngine
	= | {readonly type: 'command'; readonly id: number; readonly command: Command}
	/** Replaces the open questions. Also means: the last answers have been drawn, the next may come. */
		| {readonly type: 'ask'; readonly questions: readonly Question[]}
		| {readonly type: 'close'};

/** What the engine answers at one time to all open questions. */
export type Views = {
	/** An answer for each question, in their order; undefined where it has not changed since the last. */
	readonly views: ReadonlyArray<View | undefined>;
	/** The number of the last command that had been received, and begun, when these were made. */
	readonly lastCommand: number;
};

/** What the engine's half sends. */
export type FromEngine
	= | {readonly type: 'answer'; readonly id: number; readonly answer: CommandAnswer}
		| ({readonly type: 'views'} & Views)
		| {readonly type: 'closed'};
