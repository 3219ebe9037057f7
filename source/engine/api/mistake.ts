/* What passes between a learner's program and the playground, and what exercises find wrong with it, as plain data. */
import type {TypedUnion} from '../../text/by-type.ts';
import type {Address, Protocol} from '../../log/event.ts';

/** How a program ended: its exit code, or the signal that has ended it (waitpid(2)). */
export type ProgramEnd = {readonly code: number | undefined; readonly signal: string | undefined};

/** A message that was sent to a program, and what came back. Times are milliseconds. */
export type Exchange = {
	readonly from: Address;
	readonly sent: Uint8Array;
	/** How long an answer was awaited, or was on its way. */
	readonly elapsed: number;
	/** What came back; undefined where nothing did. */
	readonly got?: Uint8Array;
};

/** What a program was expected to send, and what it has sent instead. */
export type WrongBytes = Exchange & {readonly got: Uint8Array; readonly expected: Uint8Array};

/** Mistakes of programs of both protocols, servers and clients. */
type CommonMistakes = {
	/** The program has ended by itself before it could be judged; `exchange` is the last that was asked of it. */
	'ended-early': {end: ProgramEnd; exchange?: Exchange};
	/** A server that has bound no port (of this protocol) within this time; `bound` is what it has bound instead. */
	'not-bound': {protocol: Protocol; port: number; waited: number};
	'wrong-protocol': {asked: Protocol; address: Address};
	/** A port that is not in network byte order (htons(3)): a server has bound, or a client has sent to, `used`. */
	'byte-order': {port: number; used: number};
	'other-port': {port: number; bound: Address};
	/** A client that has sent nothing to the server; how it ended, where it did. */
	'never-sends': {waited: number; address: Address; end?: ProgramEnd};
	/** A client that uses the other protocol at the server's address. */
	'sends-otherwise': {asked: Protocol; address: Address};
	/** A client that prints something else than the answer; `output` is the last of what it has printed. */
	'does-not-print': {answer: Uint8Array; output: Uint8Array};
	/** A client that still runs when everything is answered and its standard input has ended. */
	'does-not-end': {waited: number};
	'ends-with-error': {end: ProgramEnd};
	/** A client whose socket has the same port each time that it is started. */
	'fixed-port': {port: number};
	/** A client that waits without end for an answer that was lost. */
	'no-timeout': {sent: Uint8Array; waited: number};
	/** A server that only programs on the same machine can reach. */
	'loopback-only': {bound: Address};
	'never-answers': Exchange;
	/** The server's answer is what it got, where that was to be changed. */
	unchanged: WrongBytes;
	/** The text is followed by the byte 0 that ends it in C. */
	terminator: WrongBytes;
	/** The text is followed by a line break that was not in it. */
	'line-break-added': WrongBytes;
	/** The text is followed by the rest of the buffer: zeros, or bytes of an earlier message. */
	'whole-buffer': WrongBytes;
	'stale-bytes': WrongBytes;
	/** What came is the beginning of what was sent. */
	cut: WrongBytes;
	/** What came ends before the first byte 0 of what was sent. */
	'stops-at-zero': WrongBytes;
	'wrong-bytes': WrongBytes;
};

/** What is wrong with a program. `kind` is one of the usual mistakes; the rest is what was seen of it. */
export type Mistake = TypedUnion<CommonMistakes, 'kind'> | UdpMistake | TcpMistake;

export type MistakeKind = Mistake['kind'];

/** How the program's end of a connection ended: with a FIN, with a RST; undefined while it has not. */
export type StreamEnd = 'fin' | 'reset' | undefined;

/** Mistakes of servers. Times are milliseconds. */
type ServerMistakes = {
	/** Accept() is called once: after `first`, `later` waits, or one is refused. `end` where the program is over. */
	'accepts-once': {first: Address; later?: Address; waited: number; end?: ProgramEnd};
	/** A client stays in the queue of the welcoming socket: accept() is never called. */
	'never-accepts': Exchange;
	/** Other clients than the first are not served; `isAccepted` where it is known that they are accepted. */
	'only-first-client': {first: Address; isAccepted: boolean} & Exchange;
	/** A client is served only after `before` has disconnected; `elapsed` is how long it has waited. */
	'one-at-a-time': {before: Address} & Exchange;
	'waits-for-fin': {waited: number} & Exchange;
	/** What one recv() returned was taken for a message: a line came in parts of these sizes. */
	'one-recv': {parts: readonly number[]; end: StreamEnd} & WrongBytes;
	/** What one recv() returned was taken for one line: of two lines, the second is lost. */
	'rest-dropped': WrongBytes;
	/** A line is longer than the program's buffer. */
	'line-cut': WrongBytes;
	/** Each chunk is decoded by itself, so that a character breaks which two of them share. */
	'decodes-chunks': {character: string; end?: ProgramEnd} & WrongBytes;
	/** A client that half-closes is taken for gone: what it has asked before is not answered. */
	'drops-at-fin': Exchange;
	/** After the client's FIN none comes back. */
	'never-closes': {peer: Address; waited: number};
	/** The same, and the program has used `used` milliseconds of processor time meanwhile. */
	spins: {peer: Address; waited: number; used: number};
	/** The connection is closed before all was sent: `received` of `expected` bytes had come. */
	'closes-early': {peer: Address; received: number; expected: number; end: StreamEnd};
	/** The same, and the connection is still open. */
	'answers-stop': {peer: Address; received: number; expected: number; waited: number};
	/** A client's RST, or FIN, has ended the program (`end`), or others are not served since. */
	'dies-on-reset': {peer: Address; end?: ProgramEnd} & Exchange;
	'dies-on-leave': {peer: Address; end?: ProgramEnd} & Exchange;
	/** Bind() → EADDRINUSE when the program is started again; `state` is that of a connection with its port. */
	'port-in-use': {port: number; end: ProgramEnd; state?: string};
	/** Chat: a client is accepted only after the first has disconnected. */
	'not-together': {first: Address; later: Address; waited: number};
	'never-relays': {to: Address} & Exchange;
	/** Chat: a line comes back to the client that has sent it; `others` tells whether others get it, too. */
	'back-to-sender': {others: boolean} & Exchange;
	/** Chat: a line goes to one of the other clients, and not to `missing`. */
	'not-to-all': {missing: Address} & Exchange;
	/** Chat: how many of `sent` lines came, and how many of them after one that was sent later. */
	'lines-lost': {from: Address; to: Address; lines: number; received: number; late: number};
};

/** Mistakes of clients. Times are milliseconds. */
type ClientMistakes = {
	/** Send() is called before connect(): EPIPE, and the signal SIGPIPE (send(2)). */
	'sends-before-connect': {address: Address; end: ProgramEnd};
	/** It has connected, and sends nothing of what was typed. */
	'sends-nothing': {from: Address; typed: Uint8Array; waited: number};
	'newline-missing': WrongBytes;
	/** The answer came in parts of these sizes, and what one recv() returned was taken for the whole. */
	'reads-once': {parts: readonly number[]; answer: Uint8Array; printed: Uint8Array};
	/** Each chunk of the answer is decoded by itself, so that a character breaks which two of them share. */
	'breaks-character': {character: string; printed: Uint8Array};
	'answer-cut': {length: number; printed: number};
	/** It has the whole answer, and neither closes nor ends. */
	'stays-open': {from: Address; waited: number};
	'waits-for-close': {waited: number};
	'waits-for-ever': {sent: Uint8Array; waited: number};
	/** The server has closed, and it still runs: it waits, or has used this much of processor time. */
	'ignores-fin': {from: Address; waited: number; used: number};
};

export type TcpMistake = TypedUnion<ServerMistakes & ClientMistakes, 'kind'>;

/** What is asked for of round-trip times: the least, the mean and the greatest. */
export type RoundTripName = 'min' | 'avg' | 'max';

/** Mistakes with datagrams. Times are milliseconds. */
type UdpMistakes = {
	/** A server that has answered this many datagrams, and then none. */
	'answers-once': {answered: number; end?: ProgramEnd} & Exchange;
	/** Only the first client is answered; `isConnected` where the kernel's tables show it as the only peer. */
	'only-first-sender': {first: Address; isConnected: boolean} & Exchange;
	/**
	A server whose answers go to one address, whoever has sent: to an earlier client (`to`), or to a port without a
	socket, as often as the kernel has counted (`Udp: NoPorts` of /proc/net/snmp).
	*/
	'fixed-address': {to?: Address; vacant?: number} & Exchange;
	/** A server that answers from another socket than the one that got the datagram. */
	'other-socket': {server: Address; source: Address} & Exchange;
	'answers-twice': {answers: number} & Exchange;
	/** A server that answers small datagrams, and not this one. */
	'large-unanswered': Exchange;
	/** A datagram without bytes has ended the server, or it does not answer since. */
	'ended-by-empty': {end?: ProgramEnd} & Exchange;
	/** Bytes that are no text have ended the server, or it does not answer since. */
	'ended-by-bytes': {end?: ProgramEnd} & Exchange;
	/** Pinger: another number of pings than was asked for. */
	'wrong-count': {count: number; wanted: number};
	/** Pinger: the next ping came so long after one that was not answered; `ping` counts from 1. */
	'waits-too-long': {ping: number; waited: number};
	'gives-up-early': {ping: number; waited: number};
	/** Pinger: the answer to `ping` came after its timeout, and was taken for the answer to the next one. */
	'late-counted': {ping: number; late: number; said: number; lost: number};
	/** Pinger: no share of lost pings is printed, or another; in percent. */
	'no-loss': {lost: number; output: Uint8Array};
	'wrong-loss': {said: number; lost: number};
	/** Pinger: round-trip times are not printed, or others than were seen; in milliseconds. */
	'no-round-trips': {missing: readonly RoundTripName[]; output: Uint8Array};
	'wrong-round-trips': {name: RoundTripName; said: number; least: number; most: number};
};

export type UdpMistake = TypedUnion<UdpMistakes, 'kind'>;
