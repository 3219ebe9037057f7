/** Commands, their outcomes, and the options of the playground. */
import type {NoFields, TypedUnion} from '../../text/by-type.ts';
import type {FlowEvents} from '../../flow/drawing/export.ts';
import type {
	Address, PaneId, Protocol, SocketFailure, SocketOption,
} from '../../log/event.ts';
import type {Sequence} from '../../messages/message.ts';
import type {ReplyRule} from '../../replies/reply-rule.ts';
import type {Framing} from '../../text/framing.ts';
import type {Limits} from '../../sockets/limits.ts';
import type {LinkConditions} from '../../link/conditions.ts';
import type {LinkDirection} from '../../link/random.ts';
import type {PeerNumber, SendRefusal} from '../../sockets/states.ts';
import type {Encoding} from '../../text/encoding/encoding.ts';
import type {ExerciseName, ExerciseSubject, ExerciseTimes} from './exercise.ts';
import type {ExperimentName} from './experiment.ts';
import type {LessonCommand} from './lesson.ts';

/**
A scene: the two that are always there, one for each protocol, or the laboratory's, where an experiment is set up.
*/
export type SceneName = Protocol | 'laboratory';

/** Where a relay passes on to, and after how many milliseconds of silence it closes a UDP peer's socket. */
export type RelayOptions = {readonly target: Address; readonly silence: number};

export type PlaygroundOptions = {
	/** The address that servers bind. */
	readonly host: string;
	/** The servers' port; 0 lets the system pick one. */
	readonly port: number;
	readonly reply: ReplyRule;
	/** The path of a file with reply rules of one's own: a table or a module. */
	readonly rulesFile?: string;
	readonly closeAfterReply: boolean;
	/** TCP: how servers and clients cut what they read into messages, and frame what they send. */
	readonly framing?: Framing;
	/** The encoding of the text that panes show and take, to begin with; UTF-8 where none is given. */
	readonly encoding?: Encoding | undefined;
	/** Clients opened with each scene. */
	readonly clients: number;
	/** Open no server: the clients talk to this address. */
	readonly connect?: Address;
	/** Open a relay in the server's place. */
	readonly relay?: RelayOptions;
	/**
	What sockets are made with, each by the options that it can have. Groups are joined by servers; where the playground
	has none, by clients.
	*/
	readonly options?: readonly SocketOption[];
	/** The simulated link's conditions at start, both ways. */
	readonly link: LinkConditions;
	/** What the link does to what servers send, where that is something else. */
	readonly linkToClients?: LinkConditions;
	/** The seed of the link's random choices: a whole number from 0 to 2^32 − 1. */
	readonly seed: number;
	readonly limits?: Partial<Limits>;
	/** The folder that the progress of lessons is kept in; undefined for the platform's configuration folder. */
	readonly progressFolder?: string;
};

/** Whom a server's own message goes to. */
export type Target = PeerNumber | 'all';

/** One socket that something is done to: a client's, or a connection socket of the TCP server. */
export type Subject
	= {readonly type: 'client'; readonly pane: PaneId} | {readonly type: 'connection'; readonly connection: PeerNumber};

/** The acts on one socket beyond opening, closing and sending. `bytes` are the typed text. */
type ActFields = {
	/** TCP: end the connection with a reset (RST) instead of a FIN. */
	reset: NoFields;
	/** TCP: stop reading from the connection, so that the peer's send buffer fills; and read again. */
	'stop-reading': NoFields;
	'read-again': NoFields;
	/** UDP: let the socket send to broadcast addresses (socket(7), SO_BROADCAST), or forbid it. */
	'allow-broadcast': NoFields;
	'forbid-broadcast': NoFields;
	/** Send the text in two parts, the first of which ends inside a character of several bytes. */
	'split-character': {bytes: Uint8Array};
	/** Send the text in two writes, one right after the other, or with a pause between them. */
	'two-writes': {bytes: Uint8Array; hasPause: boolean};
};

/** What is done to one socket beyond opening, closing and sending. */
export type Act = TypedUnion<ActFields>;

/**
A series of messages: how many (undefined: until it is stopped), and how many a second (undefined: as fast as it goes).
*/
export type Series = {
	readonly count: number | undefined;
	readonly rate: number | undefined;
	/** What each message says. Without a text the messages are numbered. */
	readonly bytes?: Uint8Array;
};

/**
What the screen asks the engine to do, in the imperative; each is answered once. A `pane` is a client's, a `connection`
is a connection socket of the TCP server, and `bytes` are sent as they are, with a framing in a frame. Where a server or
a connection is meant, it is that of the protocol's own scene unless a `scene` is named.
*/
type CommandFields = {
	/** Open this protocol's server and clients, unless that has been done. */
	'open-scene': {protocol: Protocol};
	'open-server': {protocol: Protocol; scene?: SceneName};
	'stop-server': {protocol: Protocol; scene?: SceneName};
	/** Bind another address from now on: an open server is stopped and opened again. */
	'move-server': {protocol: Protocol; scene?: SceneName; address: Address};
	'set-rule': {protocol: Protocol; scene?: SceneName; rule: ReplyRule};
	'set-close-after-reply': {scene?: SceneName; closeAfterReply: boolean};
	/** A relay holds what goes in these directions, to be let go, edited or dropped; what is held in others goes on. */
	'set-holding': {protocol: Protocol; scene?: SceneName; directions: readonly LinkDirection[]};
	/** Give a held message other bytes; it stays held. */
	'edit-held': {protocol: Protocol; scene?: SceneName; held: number; bytes: Uint8Array};
	'drop-held': {protocol: Protocol; scene?: SceneName; held: number};
	/** Let a held message go, of a stream those before it first; without a number, all. `asItWas` takes edits back. */
	'release-held': {protocol: Protocol; scene?: SceneName; held?: number; asItWas?: true};
	/** The bytes of a held message. */
	'read-held': {protocol: Protocol; scene?: SceneName; held: number};
	/** Choose the next or previous of the server's peers, or all of them, as the target of typed messages. */
	'choose-peer': {protocol: Protocol; scene?: SceneName; step: 1 | -1};
	'send-from-server': {protocol: Protocol; scene?: SceneName; target: Target | undefined; bytes: Uint8Array};
	'half-close-connection': {scene?: SceneName; connection: PeerNumber};
	'close-connection': {scene?: SceneName; connection: PeerNumber};
	/** The encoding of the text that a pane shows and takes, a server's or a client's, and a server's rules answer. */
	'set-encoding': {pane: PaneId; encoding: Encoding; isUntold?: boolean};
	'open-client': {protocol: Protocol; scene?: SceneName};
	'remove-client': {pane: PaneId};
	/** TCP: connect. UDP: a new socket. */
	'reopen-client': {pane: PaneId};
	'close-client': {pane: PaneId};
	'half-close-client': {pane: PaneId};
	'set-destination': {pane: PaneId; destination: Address};
	/**
	Set an option of a pane's sockets (setsockopt(2)): of the one that is open, and of each that follows. What the
	system refuses is an event, and not kept; what no open socket can have is kept for the next one.
	*/
	'set-option': {pane: PaneId; option: SocketOption};
	send: {pane: PaneId; bytes: Uint8Array};
	/** TCP: how a client, or the server, cuts what it reads into messages from now on, and frames what it sends. */
	'set-framing': {pane: PaneId; framing: Framing; isUntold?: boolean};
	/**
	Send a file from a client, or from the server to this peer: over TCP as a stream, over UDP as one datagram. Answered
	when it has begun, a datagram when it has been sent.
	*/
	'send-file': {pane: PaneId; path: string; target?: Target | undefined};
	/** Write what the client's peer, or this peer of the server's, sends from now on to a new file. */
	'receive-file': {pane: PaneId; path: string; target?: Target | undefined};
	/** Stop the file that is being sent, or else the one that is being written. */
	'stop-file': {pane: PaneId};
	/**
	Send saved messages from a client, or from the server to its target or this one, as typed messages are sent.
	Answered when the first has been sent.
	*/
	'send-messages': {pane: PaneId; sequence: Sequence; target?: Target | undefined};
	'stop-messages': {pane: PaneId};
	/** Other conditions of a scene's simulated link, one way or both. */
	'set-link': {
		scene: SceneName;
		direction: LinkDirection | 'both';
		conditions: LinkConditions;
		isUntold?: boolean;
	};
	/**
	The panes say what was changed with `isUntold`, where that is not what they said last. Of their own encoding and
	framing they say so earlier where anything happens in them.
	*/
	'tell-changes': NoFields;
	/**
	Lose exactly the next datagram in this direction. Refused where no UDP socket of the playground sends that way.
	*/
	'lose-next': {scene: SceneName; direction: LinkDirection};
	/** Restart the random choices with this seed, in every scene. */
	'set-seed': {seed: number};
	act: {scene?: SceneName; on: Subject; act: Act};
	'start-series': {pane: PaneId; series: Series};
	'stop-series': {pane: PaneId};
	/** Set up an experiment in the laboratory's scene and carry it out; one that is there is ended first. */
	'start-experiment': {experiment: ExperimentName};
	/** Close all that an experiment has opened. */
	'end-experiment': NoFields;
	/**
	Check a program, in the laboratory's scene; the answer comes when all checks are made, or the exercise was ended.
	What is there is ended first.
	*/
	'start-exercise': {exercise: ExerciseName; subject: ExerciseSubject; times?: Partial<ExerciseTimes>};
	/** End the program that is checked, and close all that the exercise has opened. */
	'end-exercise': NoFields;
	/** Write something that the screen shows to a new file in the working directory; the answer has its path. */
	save: {what: Savable};
	/** Some events of a scene, newest first, for its flow diagram: the newest before this one, or of all. */
	'read-events': {scene: SceneName; end?: number};
	/** The bytes of a payload as far as the log has them, for the clipboard. */
	'read-payload': {sequence: number};
};

export type Command = TypedUnion<CommandFields> | LessonCommand;

/**
What can be saved: a file that was made elsewhere, such as a flow diagram or the text of a view; or a payload as it is.
*/
export type Savable
	= | {readonly type: 'file'; readonly name: string; readonly contents: Uint8Array}
		| {readonly type: 'payload'; readonly sequence: number};

/** Why a command was not carried out. Nothing has changed then. */
export type Refusal
	= | SendRefusal
		| {readonly reason: 'client-limit'; readonly limit: number}
		| {readonly reason: 'no-such-pane'}
		| {readonly reason: 'no-server'}
	/** The address to bind is the relay's target: it would pass on to itself for ever. */
		| {readonly reason: 'relays-to-itself'; readonly target: Address}
	/** It has been let go or dropped; or it is the end of a stream, which has no bytes. */
		| {readonly reason: 'not-held'}
		| {readonly reason: 'held-end'}
	/** An edited message would have too few bytes, or too many; or has too many to be edited. */
		| {readonly reason: 'held-size'; readonly length: number; readonly least: number; readonly most: number}
	/** UDP has no connection, and nothing of one. */
		| {readonly reason: 'udp-has-none'}
	/** TCP sends to one peer only. */
		| {readonly reason: 'no-broadcast'}
	/** The text has no character of more than one byte, or nothing to divide. */
		| {readonly reason: 'nothing-to-split'}
	/** No UDP socket of the playground sends in that direction. */
		| {readonly reason: 'nothing-to-lose'}
	/** A series of messages is being sent from there: a typed message would be counted with it. */
		| {readonly reason: 'series-under-way'}
		| {readonly reason: 'no-series'}
	/** TCP: this client counts the answers to a series: they would be others, or framed in another way, from now on. */
		| {readonly reason: 'answers-are-counted'; readonly client: number}
	/** A line feed of this encoding is no single byte. */
		| {readonly reason: 'no-lines-of'; readonly encoding: Encoding}
	/** Sockets of this protocol or role have no such option, or Node cannot set it. */
		| {readonly reason: 'no-such-option'}
	/** The file cannot be opened, read or created. */
		| {readonly reason: 'file-failed'; readonly path: string; readonly failure: SocketFailure}
	/** It does not fit in a datagram. The size is not known where it is a pipe or a device. */
		| {readonly reason: 'file-too-large'; readonly path: string; readonly limit: number; readonly size?: number}
	/** One is being sent, or written, already. */
		| {readonly reason: 'file-under-way'}
		| {readonly reason: 'no-file'}
	/** A file goes to one peer, or comes from one. */
		| {readonly reason: 'one-peer'}
	/** Saved messages are being sent from there. */
		| {readonly reason: 'messages-under-way'}
		| {readonly reason: 'no-messages'}
	/** It does not fit in a datagram. */
		| {readonly reason: 'message-too-large'; readonly name: string; readonly limit: number; readonly size: number}
		| {readonly reason: 'no-lesson'}
	/** A step of a lesson is left when it is done, or skipped. */
		| {readonly reason: 'step-not-done'}
		| {readonly reason: 'payload-gone'}
		| {readonly reason: 'save-failed'; readonly failure: SocketFailure}
	/** By an error of the program, which may have come after a part of the command was done. */
		| {readonly reason: 'fault'; readonly message: string};

/**
The outcome of a command: a refusal where it was not carried out. A call that was made and failed is an event instead.
*/
export type CommandAnswer = {
	readonly refusal?: Refusal;
	readonly saved?: string;
	readonly bytes?: Uint8Array;
	/** How many bytes it may have, edited. */
	readonly range?: {readonly least: number; readonly most: number};
	/** How many of its first bytes belong to a character that has begun before it. */
	readonly lead?: number;
	readonly events?: FlowEvents;
};
