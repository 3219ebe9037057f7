/* What exercises find wrong with a learner's program, as plain data. */
import type {TypedUnion} from '../../text/by-type.ts';
import type {Address, Protocol} from '../../log/event.ts';
import type {Exchange, ProgramEnd, WrongBytes} from './exchange.ts';
import type {TcpMistake} from './tcp-mistake.ts';
import type {UdpMistake} from './udp-mistake.ts';

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
