/* Mistakes with connections and byte streams, as plain data. */
import type {TypedUnion} from '../../text/by-type.ts';
import type {Address} from '../../log/event.ts';
import type {Exchange, ProgramEnd, WrongBytes} from './exchange.ts';

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
