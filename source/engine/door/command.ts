/* What goes in through the door: commands, what the playground is started with, and what comes of a command. */
import type {Address, PaneId, SocketFailure} from '../events/event.ts';
import type {SourceLanguage} from '../projections/source/languages.ts';
import type {ReplyRule} from '../replies/reply-rule.ts';
import type {Limits} from '../sockets/limits.ts';
import type {PeerNumber, SendRefusal} from '../sockets/server-state.ts';

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
