/* Mistakes with connections and byte streams, as plain data. */
import type {Address} from '../../log/event.ts';
import type {Exchange, ProgramEnd, WrongBytes} from './exchange.ts';

/** How the program's end of a connection ended: with a FIN, with a RST; undefined while it has not. */
export type StreamEnd = 'fin' | 'reset' | undefined;

/** Mistakes of servers. Times are milliseconds. */
type ServerMistake
	/**
	Accept() is called once: after `first`, a client is refused, or stays in the queue of the welcoming socket. `end`
	where the program is over.
	*/
	= | {
		readonly kind: 'accepts-once';
		readonly first: Address;
		/** The client that was not accepted; undefined where it was refused. */
		readonly later?: Address;
		readonly waited: number;
		readonly end?: ProgramEnd;
	}
	/** A client stays in the queue of the welcoming socket: accept() is never called. */
	| ({readonly kind: 'never-accepts'} & Exchange)
	/** Other clients than the first are not served; `isAccepted` where it is known that they are accepted. */
	| ({readonly kind: 'only-first-client'; readonly first: Address; readonly isAccepted: boolean} & Exchange)
	/** A client is served only after `before` has disconnected; `elapsed` is how long it has waited. */
	| ({readonly kind: 'one-at-a-time'; readonly before: Address} & Exchange)
	/** The answer comes only after the client's FIN. */
	| ({readonly kind: 'waits-for-fin'; readonly waited: number} & Exchange)
	/** What one recv() returned was taken for a message: a line came in parts of these sizes. */
	| ({readonly kind: 'one-recv'; readonly parts: readonly number[]; readonly end: StreamEnd} & WrongBytes)
	/** What one recv() returned was taken for one line: of two lines, the second is lost. */
	| ({readonly kind: 'rest-dropped'} & WrongBytes)
	/** A line is longer than the program's buffer. */
	| ({readonly kind: 'line-cut'} & WrongBytes)
	/** Each chunk is decoded by itself, so that a character breaks which two of them share. */
	| ({readonly kind: 'decodes-chunks'; readonly character: string; readonly end?: ProgramEnd} & WrongBytes)
	/** A client that half-closes is taken for gone: what it has asked before is not answered. */
	| ({readonly kind: 'drops-at-fin'} & Exchange)
	/** After the client's FIN none comes back. */
	| {readonly kind: 'never-closes'; readonly peer: Address; readonly waited: number}
	/** The same, and the program has used `used` milliseconds of processor time meanwhile. */
	| {readonly kind: 'spins'; readonly peer: Address; readonly waited: number; readonly used: number}
	/** The connection is closed before all was sent: `received` of `expected` bytes had come. */
	| {
		readonly kind: 'closes-early';
		readonly peer: Address;
		readonly received: number;
		readonly expected: number;
		readonly end: StreamEnd;
	}
	/** The same, and the connection is still open. */
	| {
		readonly kind: 'answers-stop';
		readonly peer: Address;
		readonly received: number;
		readonly expected: number;
		readonly waited: number;
	}
	/** A client's RST, or FIN, has ended the program (`end`), or others are not served since. */
	| ({readonly kind: 'dies-on-reset' | 'dies-on-leave'; readonly peer: Address; readonly end?: ProgramEnd} & Exchange)
	/** Bind() → EADDRINUSE when the program is started again; `state` is that of a connection with its port. */
	| {readonly kind: 'port-in-use'; readonly port: number; readonly end: ProgramEnd; readonly state?: string}
	/** Chat: a client is accepted only after the first has disconnected. */
	| {readonly kind: 'not-together'; readonly first: Address; readonly later: Address; readonly waited: number}
	/** Chat: a line goes to no other client. */
	| ({readonly kind: 'never-relays'; readonly to: Address} & Exchange)
	/** Chat: a line comes back to the client that has sent it; `others` tells whether others get it, too. */
	| ({readonly kind: 'back-to-sender'; readonly others: boolean} & Exchange)
	/** Chat: a line goes to one of the other clients, and not to `missing`. */
	| ({readonly kind: 'not-to-all'; readonly missing: Address} & Exchange)
	/** Chat: how many of `sent` lines came, and how many of them after one that was sent later. */
	| {
		readonly kind: 'lines-lost';
		readonly from: Address;
		readonly to: Address;
		readonly lines: number;
		readonly received: number;
		readonly late: number;
	};

/** Mistakes of clients. Times are milliseconds. */
type ClientMistake
	/** Send() is called before connect(): EPIPE, and the signal SIGPIPE (send(2)). */
	= | {readonly kind: 'sends-before-connect'; readonly address: Address; readonly end: ProgramEnd}
	/** It has connected, and sends nothing of what was typed. */
		| {readonly kind: 'sends-nothing'; readonly from: Address; readonly typed: Uint8Array; readonly waited: number}
	/** A line is sent without the newline that ends it. */
		| ({readonly kind: 'newline-missing'} & WrongBytes)
	/** The answer came in parts of these sizes, and what one recv() returned was taken for the whole. */
		| {
			readonly kind: 'reads-once';
			readonly parts: readonly number[];
			readonly answer: Uint8Array;
			readonly printed: Uint8Array;
		}
	/** Each chunk of the answer is decoded by itself, so that a character breaks which two of them share. */
		| {readonly kind: 'breaks-character'; readonly character: string; readonly printed: Uint8Array}
	/** Of a long answer only the beginning is printed. */
		| {readonly kind: 'answer-cut'; readonly length: number; readonly printed: number}
	/** It has the whole answer, and neither closes nor ends. */
		| {readonly kind: 'stays-open'; readonly from: Address; readonly waited: number}
	/** It prints the answer only when the server has closed. */
		| {readonly kind: 'waits-for-close'; readonly waited: number}
	/** No answer comes, and it waits without end. */
		| {readonly kind: 'waits-for-ever'; readonly sent: Uint8Array; readonly waited: number}
	/** The server has closed, and it still runs: it waits, or has used this much of processor time. */
		| {readonly kind: 'ignores-fin'; readonly from: Address; readonly waited: number; readonly used: number};

/** Mistakes with connections and byte streams. */
export type TcpMistake = ServerMistake | ClientMistake;
