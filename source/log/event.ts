import type {NoFields, TypedUnion} from '../text/by-type.ts';
import type {Encoding} from '../text/encoding/encoding.ts';
import type {Fault, FileProblem} from '../text/files/file-problem.ts';
import type {Framing} from '../text/framing.ts';
import type {FramedWrite} from './delivery/stream-place.ts';
import type {
	Arrival, DatagramLinkFate, LinkPassage, StreamLinkFate,
} from './delivery/link-fate.ts';
import type {FileEnd, SequenceEnd, SeriesReport} from './reports.ts';

/** The transport protocol of a socket: datagrams (UDP, RFC 768) or a byte stream (TCP, RFC 9293). */
export type Protocol = 'udp' | 'tcp';

/**
One end of a conversation: a host (an IP address, or a name where one was typed) and a port, 0 to 65,535.
Addresses are shared and never changed, so that the log can keep the object itself.
*/
export type Address = {
	readonly host: string;
	readonly port: number;
};

/** What the system, or Node, said of a call that failed. */
export type SocketFailure = {
	/** An errno name (`ECONNREFUSED`, errno(3)) or a getaddrinfo code (`ENOTFOUND`). */
	readonly code: string;
	/** The call that failed, such as `bind` or `connect`; empty where it is not known. */
	readonly syscall: string;
	readonly message: string;
};

/** The payload of a datagram, or of one write to or one read from a byte stream. */
type Payload = {
	/** How many bytes the socket sent or received. */
	readonly length: number;
	/** Those bytes, or the first of them where one payload is too large for the log to keep whole. */
	readonly bytes: Uint8Array;
};

/** A payload that was sent or received, and its place among all that its socket sent or received. */
type Data = Payload & {
	/**
	Which of its socket's writes it was, or which of its reads: from 1, and counted apart. A datagram is one write and
	one read.
	*/
	readonly number: number;
	/** The socket at the other end, where that is one of the playground's own. */
	readonly far?: SocketId;
};

/** A chunk and its place in the byte stream. */
type Chunk = Data & {
	/** How many bytes of the stream, in this direction, came before it. */
	readonly offset: number;
};

/** What a relay holds: whose bytes, how many, and which of all that it ever held. */
type Held = {readonly peer: Address; readonly held: number; readonly length: number};

/**
Where the time of a connect() was spent, in milliseconds: in the call itself, which on one machine has the whole
handshake in it; in the event loop with other work; and while the loop had nothing to do but wait for the kernel.
*/
export type ConnectTime = {readonly call: number; readonly loop: number; readonly waiting: number};

/** Options whose value is a number: 1 and 0 for on and off, hops, seconds (0: off), bytes, or connections. */
export type NumberOption
	= | 'broadcast' | 'ttl' | 'multicast-ttl' | 'loopback' | 'rcvbuf' | 'sndbuf' | 'nodelay' | 'keepalive' | 'backlog';

/**
An option of a socket, as it is asked for. Without a value it is as the system has it by default, from the next socket
on. An interface is given by its name or its IPv4 address; without one the system picks it.
*/
export type SocketOption
	= | {readonly name: NumberOption; readonly value?: number}
	/** A multicast group is joined, or left. */
		| {readonly name: 'join' | 'leave'; readonly group: string; readonly interface?: string}
	/** Multicast leaves by this interface. */
		| {readonly name: 'interface'; readonly interface?: string}
	/** The address that a client binds. */
		| {readonly name: 'source'; readonly source?: Address};

/** In `elapsed`: this answers a message, and nothing tells which of several. */
export const unknownElapsed = Number.POSITIVE_INFINITY;

/**
What happened to a socket, apart from when and to which. Names are in the past tense. `asked` is the address that bind()
was given, where it is known: with port 0 the system has picked the port of `local`.
*/
type EventFields = {
	/** A UDP socket has its address: a server's by bind(2), a client's also with its first send (ip(7)). */
	'socket-bound': {local: Address; asked?: Address};
	/** The address of a UDP socket could not be bound (bind(2)). */
	'bind-failed': {local: Address; failure: SocketFailure};
	/**
	A datagram was sent (sendto(2), or send(2) where the socket has a peer): the system has taken it, or the simulated
	link, where there is one. That says nothing of its arrival (RFC 768).
	*/
	'datagram-sent': {
		peer: Address;
		arrival?: Arrival;
		/**
		One of the playground's sockets had that address before, and none had it when it was sent, or left the simulated
		link. Whether another program's has taken it is not known.
		*/
		isVacant?: boolean;
		/**
		The kernel had no socket there that takes it, when it was sent, or left the simulated link: it has dropped it.
		*/
		isUnbound?: boolean;
		/** Its fate on the simulated link, where it was sent over that. */
		fate?: DatagramLinkFate;
	} & Data;
	/** One read has returned one datagram, whole, and the address that it came from (recvfrom(2)). */
	'datagram-received': {
		peer: Address;
		/** Milliseconds since the message that it answers was sent, or `unknownElapsed`. */
		elapsed?: number;
		isThirdParty: boolean;
		/** It is from the socket that was sent to, and has another of that machine's addresses. */
		isOtherSource?: boolean;
		/** Which of the far socket's writes it was, where that is one of the playground's own. */
		write?: number;
		/**
		How it came over the simulated link, where that has doubled or changed it: the program that has read it
		cannot know.
		*/
		passage?: LinkPassage;
	} & Data;
	/** The system has not taken a datagram, or bytes of a stream (send(2)). */
	'send-failed': {peer: Address; failure: SocketFailure} & Payload;
	/** `backlog` is what listen() was given, where that is not the default. */
	'listening-started': {local: Address; asked?: Address; backlog?: number};
	/** A TCP server's address could not be bound, or not be listened at (bind(2), listen(2)). */
	'listen-failed': {local: Address; failure: SocketFailure};
	/** `delays`: TCP_NODELAY is not set, so that the system may hold small segments back (RFC 9293 section 3.7.4). */
	'connection-accepted': {peer: Address; local: Address; delays?: true};
	/**
	Accepted, and closed at once: the limit of connections is reached, or that of open files (getrlimit(2),
	RLIMIT_NOFILE). `count` connections are told together where there are many.
	*/
	'connection-rejected': {peer: Address; limit: number; cause?: 'files'; count?: number};
	/** `source` is the address that was bound before, where one was asked for. */
	'connect-started': {peer: Address; source?: Address};
	/** A TCP client is connected: connect(2) has worked, the three-way handshake is over (RFC 9293 section 3.5). */
	'connection-opened': {
		peer: Address;
		local: Address;
		/** As of `connect-started`: without it, or with its port 0, the system has picked the port of `local`. */
		source?: Address;
		spent?: ConnectTime;
		/** As of a connection that was accepted. */
		delays?: true;
	};
	/** A TCP client could not connect (connect(2)): it was refused, had no answer, or has given up. */
	'connect-failed': {
		peer: Address;
		failure: SocketFailure;
		/**
		How far it was: connect() had returned EINPROGRESS, and the system has failed it, or this program has given
		up. Undefined where the call itself, or one before it, has failed.
		*/
		progress?: 'under-way' | 'given-up';
		/** The address that was to be bound before, where one was asked for. */
		source?: Address;
	};
	/**
	The program has written bytes to a stream (send(2)): as far as the system, or the simulated link, does not take them
	at once, they are queued. The peer may read them in other pieces (RFC 9293 section 2.2).
	*/
	'chunk-sent': {
		peer: Address;
		fate?: StreamLinkFate;
		/** With a framing: what was put in a frame. */
		framed?: FramedWrite;
	} & Chunk;
	/** What one read of a stream has returned (recv(2)): a part of what was written, or several writes together. */
	'chunk-received': {peer: Address; elapsed?: number} & Chunk;
	/** With a framing: a message has become whole. Its payload is what its frame has in it. */
	'message-received': {
		peer: Address;
		/** Which of its connection's messages: from 1. */
		message: number;
		/** How many bytes of the stream came before its frame, and how many that has, the message among them. */
		frame: {readonly offset: number; readonly length: number};
		/** The reads that its bytes came in. */
		reads: {readonly first: number; readonly last: number};
		/** Milliseconds since the message that it answers was sent. */
		elapsed?: number;
	} & Payload;
	/** With a framing: what a peer has sent is no message, or an answer cannot be one. */
	'framing-failed': {
		peer: Address;
		framing: Framing;
		/**
		A frame is too long, and is passed over; nothing comes after the beginning of one; one that is not whole is
		not told as a message, as those of all connections are too many; or no frame holds an answer, which is not sent.
		*/
		cause: 'too-long' | 'unfinished' | 'no-room' | 'unsendable';
		/**
		How many bytes a message has at most; of an unfinished frame, how many it has, 0 where not known; without
		room, how many all unfinished frames have at most.
		*/
		limit: number;
		/**
		How many bytes the message has, or the answer; of a frame that is not whole, how many have come. That of a line
		which is too long is not known.
		*/
		length?: number;
	};
	/** How the pane's sockets cut what they read into messages from now on, and frame what they send. */
	'framing-changed': {framing: Framing};
	/** The encoding of the pane's text from now on; its earlier rows are shown in it, too. */
	'encoding-changed': {encoding: Encoding};
	/** `isByClose` where close(2) has sent it, rather than shutdown(2). */
	'fin-sent': {peer: Address; isByClose?: true};
	/** The peer has finished; `closesToo` where the server's rule has it closed from this end, too. */
	'fin-received': {peer: Address; closesToo?: true};
	/**
	`cause` is why the other end has sent the RST, where that is a socket of the playground's. `isTold` where it was
	learned from a write that has an event of its own.
	*/
	'reset-received': {peer: Address; failure: SocketFailure; cause?: 'reset' | 'unread'; isTold?: true};
	/** `source` is the address that was to be bound before the first send, where that has failed. */
	'socket-failed': {peer?: Address; source?: Address; failure: SocketFailure};
	/** The program has closed the connection at once and unsent bytes with it: a reset (RST) instead of a FIN. */
	'reset-sent': {peer: Address};
	/**
	Connect() on a UDP socket: no handshake; it sets the one peer, and errors for datagrams to it are reported (udp(7)).
	*/
	'peer-set': {peer: Address; local: Address};
	/** A relay has made this socket for one peer: what comes from there goes on to `target`, and the answers back. */
	'leg-opened': {peer: Address; target: Address};
	/** Nothing came for that peer or from it for `silence` milliseconds: a UDP relay closes the socket. */
	'leg-expired': {peer: Address; silence: number};
	/**
	A relay holds what it has read here: `held` names it, in the order of holding. `end` where it is the end of a
	stream, which waits behind the stream's bytes; `isPaused` where nothing more is read of it until there is room.
	*/
	'message-held': Held & {end?: 'fin' | 'reset'; isPaused?: true};
	/** Other bytes were given to it by hand: `length` instead of `before`. `isStream` where that changes a stream. */
	'held-edited': Held & {before: number; isStream?: true};
	/**
	It was let go after this many milliseconds, by hand unless there is a `cause`: holding was switched off, or there
	were too many. It had `before` bytes where it was edited. `isResumed` where its stream is read again.
	*/
	'held-released': Held & {
		after: number;
		end?: 'fin' | 'reset';
		before?: number;
		cause?: 'off' | 'full';
		isResumed?: true;
	};
	/** It will never be passed on: it was dropped by hand, or the socket that it was for was closed. */
	'held-dropped': Held & {
		after: number;
		end?: 'fin' | 'reset';
		cause: 'hand' | 'closed';
		isStream?: true;
		isResumed?: true;
	};
	/**
	The server was to be bound to `local`, which has failed: its socket stays where it is, or, where it was closed
	because it was in the way, the address from before is bound again.
	*/
	'move-failed': {local: Address; failure: SocketFailure; made: 'SOCK_DGRAM' | 'SOCK_STREAM'; isReopened?: true};
	/**
	A datagram that the server does not answer: its source is the server's own address, or another server answers every
	answer.
	*/
	'answer-withheld': {
		peer: Address;
		/** How often the same bytes have come back: two servers answer each other. */
		repeats?: number;
	};
	/** A file of reply rules was read; `entries` of a table. */
	'rules-loaded': {file: string; entries: number | undefined};
	/** It could not be used: the rules before it go on where there were any (`isKept`). */
	'rules-rejected': {file: string; problems: readonly FileProblem[]; isKept: boolean};
	/**
	A rule of a file has thrown, has not answered for long, has answered when nothing could be sent (`late`: the peer is
	gone, or this end has finished sending), or sends more than is queued for the peer. Without a peer: what it has
	thrown belongs to no answer, as in a timer. `count` late answers are told together where there are many.
	*/
	'rule-failed': {peer?: Address; cause: 'thrown' | 'slow' | 'late' | 'full'; fault: Fault; count?: number};
	/** A module of reply rules has written this to its console. */
	'rule-printed': {text: string};
	/**
	An option of the socket was set (setsockopt(2)). `family` is the version of IP of its addresses; `via` is what named
	the interface, where one was asked for: its IPv4 address, or over IPv6 its name. `granted` is what getsockopt(2)
	tells of it, where that is asked for.
	*/
	'option-set': {option: SocketOption; family: 4 | 6; via?: string; granted?: number};
	/** The system has refused it: the option is as it was. */
	'option-failed': {option: SocketOption; family: 4 | 6; via?: string; failure: SocketFailure};
	/** It is a setting of the pane: the next socket is made with it. */
	'option-chosen': {option: SocketOption};
	/** The addresses of a name, in the order in which they are tried, or of which the first is taken. */
	'name-found': {name: string; hosts: readonly string[]};
	/** A person has stopped reading from the connection. */
	'reading-stopped': {peer: Address};
	/** A person has it read again. */
	'reading-resumed': {peer: Address};
	/** `waiting` bytes are queued for the peer, which is too many: nothing is read from it until it has taken them. */
	'backpressure-started': {peer: Address; waiting: number};
	/** The peer has taken the queued bytes, and is read again. */
	'backpressure-ended': {peer: Address};
	/** A message of `length` bytes is not sent, because `waiting` bytes are queued already. */
	'send-refused': {peer: Address; length: number; waiting: number};
	/** The socket is closed: `discarded` bytes were queued, and are never sent. */
	'socket-closed': {
		peer?: Address;
		local?: Address;
		discarded: number;
		/** Bytes had been received and not been read: the system sends a RST (RFC 1122 section 4.2.2.13). */
		hasUnread?: true;
		/** The close() is a part of the reset before it. */
		isReset?: true;
	};
	/** Another reply rule answers what comes from now on. */
	'rule-changed': {rule: string};
	/** Whether the server closes a connection behind each reply, from now on. */
	'closing-changed': {closeAfterReply: boolean};
	/** A text has no letter that the rule `uppercase` could change: its answer is the same. Once in a pane. */
	'reply-unchanged': NoFields;
	/** What the client sends from now on, or its next connection, is for this address. */
	'destination-changed': {
		destination: string;
		/** Whether a connection is open to another address, or about to be: that goes on as it is. */
		hasConnection?: boolean;
	};
	/**
	Other conditions of the simulated link for what this pane's sockets send, as they are written; and the seed of its
	random choices.
	*/
	'link-changed': {conditions: string; seed: number};
	/** The simulated link will lose the next datagram that is sent from a pane like this one. */
	'loss-ordered': NoFields;
	/**
	A series of messages has begun: how many (undefined: until it is stopped), and how many a second (undefined: as fast
	as it goes).
	*/
	'series-started': {count: number | undefined; rate: number | undefined};
	/** The series is over: what became of its messages. */
	'series-ended': {report: SeriesReport};
	/** A file has been sent, or what a peer has sent has been written to one: how many bytes, and why it is over. */
	'file-ended': {
		/** Whom it went to, or came from. */
		peer?: Address;
		path: string;
		isSent: boolean;
		/** How many bytes were sent, or written to the file. */
		moved: number;
	} & Omit<FileEnd, 'bytes'>;
	/** Saved messages of this name have been sent, or not all of them; `problem` says why the next was refused. */
	'sequence-ended': {name: string; count: number; reason: SequenceEnd; problem?: string};
};

/** What happened to a socket, apart from when and to which. */
export type EventBody = TypedUnion<EventFields>;

/** What kind of event it is, such as `datagram-received`. */
export type EventType = EventBody['type'];

/** A pane of the screen and the sockets that it shows: the server with its connections, or one client. */
export type PaneId = number;

/** Which of a pane's sockets: 0 is the pane's own (UDP socket, welcoming socket, client), n is connection socket n. */
export type SocketNumber = number;

/** How many datagrams, or reads or writes of a stream, and their bytes. */
export type Tally = {readonly count: number; readonly bytes: number};

/** One of the playground's own sockets: its pane, and which of the pane's sockets it is. */
export type SocketId = {readonly pane: PaneId; readonly socket: SocketNumber};

/** One entry of the event log. */
export type SocketEvent = EventBody & SocketId & {
	/** Place in the log, from 0 and without gaps; this, and never the clock, orders events. */
	readonly sequence: number;
	/**
	Milliseconds, with a fraction, of the log's clock, which is monotonic; `EventLog.wallTime` has the time of day.
	*/
	readonly time: number;
};

type FieldOf<Union, Name extends PropertyKey> = Union extends unknown
	? (Name extends keyof Union ? Union[Name] : never)
	: never;

/** An event of any kind with the fields of all kinds: those that its own has not are undefined. */
export type AnyEvent = Pick<SocketEvent, keyof SocketEvent> & {
	readonly [Name in SocketEvent extends infer Kind ? (Kind extends unknown ? keyof Kind : never) : never]?:
	FieldOf<SocketEvent, Name>;
};

/** The events that are rare enough to be handed over as an object. */
export type ColdEventBody = Exclude<EventBody, {type: HotType}>;

/** The events of the hot path, which the log keeps in columns without making an object. */
export type HotType = 'datagram-sent' | 'datagram-received' | 'chunk-sent' | 'chunk-received';
