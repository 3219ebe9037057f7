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

/** UDP's or TCP's scene, which are always there, or the laboratory's, where an experiment is set up. */
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
	readonly clients: number;
	/** Open no server: the clients talk to this address. */
	readonly connect?: Address;
	/** Open a relay in the server's place. */
	readonly relay?: RelayOptions;
	/** What sockets are made with. Groups are joined by servers; where there is none, by clients. */
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

export type Act = TypedUnion<ActFields>;

/** How many messages (undefined: until it is stopped), and how many a second (undefined: as fast as it goes). */
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
	/** Of the open socket, and each that follows (setsockopt(2)). What the system refuses is an event, and not kept. */
	'set-option': {pane: PaneId; option: SocketOption};
	send: {pane: PaneId; bytes: Uint8Array};
	/** TCP: how a client, or the server, cuts what it reads into messages from now on, and frames what it sends. */
	'set-framing': {pane: PaneId; framing: Framing; isUntold?: boolean};
	/** From a client, or from the server to this peer: a stream, in UDP one datagram. Answered when it has begun. */
	'send-file': {pane: PaneId; path: string; target?: Target | undefined};
	/** Write what the client's peer, or this peer of the server's, sends from now on to a new file. */
	'receive-file': {pane: PaneId; path: string; target?: Target | undefined};
	/** Stop the file that is being sent, or else the one that is being written. */
	'stop-file': {pane: PaneId};
	/** From a client, or from the server to its target or this one. Answered when the first has been sent. */
	'send-messages': {pane: PaneId; sequence: Sequence; target?: Target | undefined};
	'stop-messages': {pane: PaneId};
	/** Other conditions of a scene's simulated link, one way or both. */
	'set-link': {scene: SceneName; direction: LinkDirection | 'both'; conditions: LinkConditions; isUntold?: boolean};
	/** The panes say what was changed with `isUntold`, where that is not what they said last. */
	'tell-changes': NoFields;
	/** Lose exactly the next datagram. Refused where no UDP socket of the playground sends that way. */
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
	/** Check a program in the laboratory's scene. Answered when all checks are made, or the exercise was ended. */
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

/** What can be saved: a file that was made elsewhere, such as the text of a view; or a payload as it is. */
export type Savable
	= | {readonly type: 'file'; readonly name: string; readonly contents: Uint8Array}
		| {readonly type: 'payload'; readonly sequence: number};

/** Reasons that need nothing else to be explained; the words have their sentences. */
type PlainReason
	= | 'no-such-pane' | 'no-server' | 'no-such-option' | 'no-lesson' | 'payload-gone'
	/** A message that was let go or dropped; and the end of a stream, which has no bytes. */
		| 'not-held' | 'held-end'
		| 'udp-has-none' | 'no-broadcast' | 'nothing-to-split' | 'nothing-to-lose'
		| 'series-under-way' | 'no-series' | 'file-under-way' | 'no-file' | 'messages-under-way' | 'no-messages'
	/** A file goes to one peer, or comes from one. */
		| 'one-peer'
	/** A step of a lesson is left when it is done, or skipped. */
		| 'step-not-done';

type RefusalFields = Readonly<Record<PlainReason, NoFields>> & {
	'client-limit': {limit: number};
	/** The address to bind is the relay's target: it would pass on to itself for ever. */
	'relays-to-itself': {target: Address};
	/** An edited message would have too few bytes, or too many; or has too many to be edited. */
	'held-size': {length: number; least: number; most: number};
	/** TCP: this client counts the answers to a series: they would be others, or framed in another way, from now on. */
	'answers-are-counted': {client: number};
	/** A line feed of this encoding is no single byte. */
	'no-lines-of': {encoding: Encoding};
	/** The file cannot be opened, read or created. */
	'file-failed': {path: string; failure: SocketFailure};
	/** It does not fit in a datagram. The size is not known where it is a pipe or a device. */
	'file-too-large': {path: string; limit: number; size?: number};
	/** It does not fit in a datagram. */
	'message-too-large': {name: string; limit: number; size: number};
	'save-failed': {failure: SocketFailure};
	/** By an error of the program, which may have come after a part of the command was done. */
	fault: {message: string};
};

/** Why a command was not carried out. Nothing has changed then. */
export type Refusal = SendRefusal | TypedUnion<RefusalFields, 'reason'>;

/** A refusal where a command was not carried out. A call that was made and failed is an event instead. */
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
