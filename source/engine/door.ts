/*
The door between the two halves of the program: everything that passes it is plain data. Commands go in and are
answered once; questions go in and stay open, and their answers come out again whenever they have changed.
*/
import type {
	Address, Arrival, EventType, PaneId, SocketFailure, SocketId, Tally,
} from './events/event.ts';
import type {CallName, CallNote} from './projections/calls.ts';
import type {FlowLine} from './projections/flow/draw-flow.ts';
import type {LedgerParts} from './projections/ledger.ts';
import type {PayloadPage} from './projections/payload-page.ts';
import type {SourceLanguage} from './projections/source/listing.ts';
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
		| {readonly type: 'send'; readonly pane: PaneId; readonly bytes: Uint8Array}
	/** Write something that the screen shows to a new file in the working directory; the answer has its path. */
		| {readonly type: 'save'; readonly what: Savable}
	/** The bytes of a payload as far as the log has them, for the clipboard. */
		| {readonly type: 'read-payload'; readonly sequence: number};

/** What can be saved: a whole flow diagram, a pane's program, or a payload as it is. */
export type Savable
	= | {readonly type: 'flow'; readonly protocol: Protocol; readonly format: FlowFormat}
		| {readonly type: 'source'; readonly pane: PaneId; readonly language: SourceLanguage}
		| {readonly type: 'payload'; readonly sequence: number};

/** A flow diagram as a picture, as text that Mermaid draws, or as plain text. */
export type FlowFormat = 'svg' | 'mermaid' | 'text';

/** Why a command was not carried out. Nothing has changed then. */
export type Refusal = SendRefusal | {readonly reason: 'client-limit'; readonly limit: number} | {readonly reason: 'no-such-pane'} | {readonly reason: 'no-server'}
	| {readonly reason: 'payload-gone'} | {readonly reason: 'save-failed'; readonly failure: SocketFailure};

/** What came of a command: a refusal where it was not carried out. A call that was made and failed is an event instead. */
export type CommandAnswer = {
	readonly refusal?: Refusal;
	/** The path of the file that was saved. */
	readonly saved?: string;
	/** The payload that was asked for. */
	readonly bytes?: Uint8Array;
};

/** A question that stays open: how a scene stands, or what a view of it shows. */
export type Question
	= | {readonly type: 'scene'; readonly protocol: Protocol; readonly peers: number}
		| RowsQuestion
		| SocketsQuestion
		| SourceQuestion
		| FlowQuestion
		| PayloadQuestion;

/** How a pane's log is told: as messages, as the calls of the socket interface, or as the bytes' way from write to read. */
export type RowsKind = 'messages' | 'calls' | 'bytes';

/**
Which rows are wanted: those whose payload has these bytes; or those with this text (whatever its case) in the payload or the addresses, and
those of these types, whose sentence has it on the screen, and those of this connection socket, whose name it is. Calls are looked through
as they are written.
*/
export type Filter
	= | {readonly type: 'bytes'; readonly bytes: readonly number[]}
		| {readonly type: 'text'; readonly text: string; readonly types: readonly EventType[]; readonly socket?: number};

/**
Asks for rows of a pane's log, up to an ordinal or to the end. A pane's events have ordinals of their own, from 0; where they are
filtered, so have those that are left.
*/
export type RowsQuestion = {
	readonly type: 'rows';
	readonly pane: PaneId;
	readonly kind: RowsKind;
	readonly filter?: Filter;
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

/** Asks for some of the sockets of a pane, with what the kernel says of them. */
export type SocketsQuestion = {readonly type: 'sockets'; readonly pane: PaneId; readonly from: number; readonly rows: number};

/** Asks for the program that a pane is. */
export type SourceQuestion = {readonly type: 'source'; readonly pane: PaneId; readonly language: SourceLanguage};

/** Asks for the flow diagram of a scene, around a pane, up to an event or to the end. */
export type FlowQuestion = {
	readonly type: 'flow';
	readonly protocol: Protocol;
	readonly focus: PaneId | undefined;
	readonly columns: number;
	readonly rows: number;
	/** The sequence number after the last event drawn; undefined follows the end. */
	readonly end: number | undefined;
};

/** Asks for a payload whole, from one of its lines on. */
export type PayloadQuestion = {
	readonly type: 'payload';
	readonly sequence: number;
	readonly columns: number;
	readonly rows: number;
	/** The first line wanted. */
	readonly from: number;
};

/** The answer to a question: how things stood when it was made. */
export type View = SceneView | PaneView | FlowView | PayloadView;

/** What fills a pane. */
export type PaneView = RowsView | SocketsView | SourceView;

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
	readonly pulse: Pulse;
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
	readonly pulse: Pulse;
};

/** How much goes through a pane now, and how fast it is answered. */
export type Pulse = {
	/** Messages, and bytes, in each of the last seconds as lines of blocks, the newest at the end; empty while there were none. */
	readonly messagesLine: string;
	readonly bytesLine: string;
	/** Messages and bytes in the last whole second, both ways together. */
	readonly messages: number;
	readonly bytes: number;
	/** Round-trip times in milliseconds: the last, the median and the 99th percentile since the pane was opened. */
	readonly roundTrip?: {readonly last: number; readonly median: number; readonly p99: number};
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
	readonly kind: RowsKind;
	readonly rows: readonly Row[];
	/** Whether these are the rows that a filter has left, and then how far it has looked: it begins with the newest. */
	readonly filtered?: {readonly isComplete: boolean; readonly of: number};
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
	/** Which of its socket's writes or reads it was, and the socket of ours at the other end. */
	readonly number?: number;
	readonly far?: SocketId;
	/** The calls that it stands for, where calls are asked for. */
	readonly calls?: readonly CallLine[];
	/** How many of the far socket's writes this read's bytes came from, where it is known and not one. */
	readonly writes?: number;
	/** Where its bytes went or came from, where that is asked for. */
	readonly ledger?: LedgerRow;
	/** What became of a datagram that was sent to a socket of ours. */
	readonly arrival?: Arrival;
	/** A datagram was sent to where a socket of ours had been, and none was any more. */
	readonly isVacant?: boolean;
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

/**
Where the bytes of a write went, or those of a read came from: numbers of the far socket's reads or writes. Without parts it is a foreign
peer's, or not known any more.
*/
export type LedgerRow = LedgerParts & {
	/** Whether the other end is closed, so that what has not been read by now never will be. */
	readonly isOver: boolean;
	/** A stream's offset of the first byte; undefined for a datagram. */
	readonly offset: number | undefined;
	/** The payload, cut where one part ends and the next begins; of a write, whole. The last is cut where there is more than fits. */
	readonly pieces: ReadonlyArray<{readonly number: number; readonly text: string}>;
};

/** A call of the socket interface with its arguments and its result, as one line; what it cannot say itself is the note. */
export type CallLine = {readonly name: CallName; readonly text: string; readonly isFailed: boolean; readonly note?: CallNote};

/** The sockets of a pane, as many as were asked for. */
export type SocketsView = {
	readonly type: 'sockets';
	readonly pane: PaneId;
	readonly from: number;
	readonly total: number;
	readonly rows: readonly SocketRow[];
	/** Whether states and queues are the kernel's own; else they are derived from what has happened. */
	readonly isFromKernel: boolean;
};

/** One socket of a pane; of a UDP server's also the addresses that it has heard from, which are no sockets of its own. */
export type SocketRow = {
	readonly role: 'udp' | 'welcoming' | 'connection' | 'peer' | 'client';
	/** The number of a connection, or of a peer; 0 where it is not known any more. */
	readonly number: number;
	readonly local?: Address;
	readonly peer?: Address;
	/** As the kernel has it (RFC 9293 section 3.3.2), or derived; undefined where there is none. */
	readonly state?: string;
	/** Whether it is open in this program, and yet not in the kernel's tables any more. */
	readonly isVanished?: boolean;
	/** Whether the program has closed it: only the kernel still remembers it. */
	readonly isClosed: boolean;
	/** Undefined where it is not known any more. */
	readonly received?: Tally;
	readonly sent?: Tally;
	/** Bytes that wait in the kernel to be read, and to be acknowledged by the peer; of a welcoming socket, connections that wait for accept(). */
	readonly receiveQueue?: number;
	readonly sendQueue?: number;
	/** UDP: datagrams that the kernel has dropped because the receive queue was full. */
	readonly drops?: number;
	/** Bytes that wait in this program, because the kernel's queue is full. */
	readonly waiting: number;
};

/** The program that a pane is, and where in it it is. */
export type SourceView = {
	readonly type: 'source';
	readonly pane: PaneId;
	readonly language: SourceLanguage;
	readonly fileName: string;
	readonly lines: readonly string[];
	/** The lines whose call has happened, the last one first. */
	readonly marks: readonly number[];
	/** The call that has happened last, and how many have happened: it changes with every call, also of the same line. */
	readonly lastCall: {readonly call: CallLine; readonly count: number} | undefined;
};

/** A flow diagram, drawn. */
export type FlowView = {
	readonly type: 'flow';
	readonly protocol: Protocol;
	readonly header: readonly FlowLine[];
	readonly lines: readonly FlowLine[];
	/** Where to end in order to go back by one step, or by a page; undefined where nothing older can be drawn. */
	readonly older: {readonly step: number; readonly page: number} | undefined;
	/** Lanes, and steps between them, that do not fit. */
	readonly hiddenLanes: number;
	readonly hiddenSteps: number;
};

/** A payload whole; without a page where the log does not hold it any more. */
export type PayloadView = {
	readonly type: 'payload';
	readonly sequence: number;
	readonly row?: Row;
	readonly pane?: PaneId;
	readonly page?: PayloadPage;
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
