/* What exercises find wrong with a learner's program, as plain data. */
import type {Address, Protocol} from '../../log/event.ts';
import type {Exchange, ProgramEnd, WrongBytes} from './exchange.ts';
import type {TcpMistake} from './tcp-mistake.ts';
import type {UdpMistake} from './udp-mistake.ts';

/** Mistakes of programs of both protocols, servers and clients. */
type CommonMistake
	/** The program has ended by itself before it could be judged; `exchange` is the last that was asked of it. */
	= | {readonly kind: 'ended-early'; readonly end: ProgramEnd; readonly exchange?: Exchange}
	/** A server that has bound no port (of this protocol) within this time; `bound` is what it has bound instead. */
		| {readonly kind: 'not-bound'; readonly protocol: Protocol; readonly port: number; readonly waited: number}
	/** A server that has bound a port of the other protocol. */
		| {readonly kind: 'wrong-protocol'; readonly asked: Protocol; readonly address: Address}
	/** A port that is not in network byte order (htons(3)): a server has bound, or a client has sent to, `used`. */
		| {readonly kind: 'byte-order'; readonly port: number; readonly used: number}
		| {readonly kind: 'other-port'; readonly port: number; readonly bound: Address}
	/** A client that has sent nothing to the server; how it ended, where it did. */
		| {readonly kind: 'never-sends'; readonly waited: number; readonly address: Address; readonly end?: ProgramEnd}
	/** A client that uses the other protocol at the server's address. */
		| {readonly kind: 'sends-otherwise'; readonly asked: Protocol; readonly address: Address}
	/** A client that prints something else than the answer; `output` is the last of what it has printed. */
		| {readonly kind: 'does-not-print'; readonly answer: Uint8Array; readonly output: Uint8Array}
	/** A client that still runs when everything is answered and its standard input has ended. */
		| {readonly kind: 'does-not-end'; readonly waited: number}
		| {readonly kind: 'ends-with-error'; readonly end: ProgramEnd}
	/** A client whose socket has the same port each time that it is started. */
		| {readonly kind: 'fixed-port'; readonly port: number}
	/** A client that waits without end for an answer that was lost. */
		| {readonly kind: 'no-timeout'; readonly sent: Uint8Array; readonly waited: number}
	/** A server that only programs on the same machine can reach. */
		| {readonly kind: 'loopback-only'; readonly bound: Address}
		| ({readonly kind: 'never-answers'} & Exchange)
	/** The server's answer is what it got, where that was to be changed. */
		| ({readonly kind: 'unchanged'} & WrongBytes)
	/** The text is followed by the byte 0 that ends it in C. */
		| ({readonly kind: 'terminator'} & WrongBytes)
	/** The text is followed by a line break that was not in it. */
		| ({readonly kind: 'line-break-added'} & WrongBytes)
	/** The text is followed by the rest of the buffer: zeros, or bytes of an earlier message. */
		| ({readonly kind: 'whole-buffer'} & WrongBytes)
		| ({readonly kind: 'stale-bytes'} & WrongBytes)
	/** What came is the beginning of what was sent. */
		| ({readonly kind: 'cut'} & WrongBytes)
	/** What came ends before the first byte 0 of what was sent. */
		| ({readonly kind: 'stops-at-zero'} & WrongBytes)
		| ({readonly kind: 'wrong-bytes'} & WrongBytes);

/** What is wrong with a program. `kind` is one of the usual mistakes; the rest is what was seen of it. */
export type Mistake = CommonMistake | UdpMistake | TcpMistake;

/** The mistakes by their names. */
export type MistakeKind = Mistake['kind'];
