import type {Call} from './calls/calls.ts';
import type {EventType, SocketEvent} from './event.ts';

/**
What stands before an event: ● it begins, ○ it ends, ✗ it failed, → it goes out, ← it comes in, ≈ the link, ≡ a message
of a stream, ║ it is held.
*/
type Sign = ' ' | '●' | '○' | '✗' | '→' | '←' | '≈' | '≡' | '║';

/** How an event reads: as any other, as sent or received, as a failure, or as something to look at. */
type Tone = 'plain' | 'sent' | 'received' | 'error' | 'warning';

/** How an event leaves its socket. The last of an attempt to open one are `closed` and `failed`. */
type Stage = 'bound' | 'listening' | 'connecting' | 'connected' | 'failed' | 'closed';

/**
An arrow of the flow diagram: a `datagram`; a `chunk` of a byte stream; what was `unsent`, since the operating system
has refused it; `connect` (SYN), `connected` (SYN+ACK); `accept` and `reject` of a connection; `fin`, `reset` (RST).
*/
export type FlowArrow
	= 'datagram' | 'chunk' | 'unsent' | 'connect' | 'connected' | 'accept' | 'reject' | 'fin' | 'reset';

/**
What an event is in the flow diagram: an arrow from its socket's lane or to it, or a notice on that lane.

- `far`: the other end: the `socket` at the far end of the connection, the `listener` that a connect() goes to, the
socket or program at that `address`, the `server`; `peer` where the event names a socket of the playground
- `tells`: what the notice tells: an address, a port, a number of bytes
*/
export type FlowRole
	= | {
		readonly way: 'sends' | 'receives';
		readonly arrow: FlowArrow;
		readonly far: 'peer' | 'socket' | 'listener' | 'address' | 'server';
	}
	| {
		readonly way: 'notice';
		readonly mark?: Exclude<Sign, ' '>;
		readonly tells?: 'local' | 'peer' | 'conditions' | 'series' | 'report';
		/** It is the pane's, and says nothing of a socket that is open. */
		readonly isOfPane?: true;
		/** Of a UDP socket, an ECONNREFUSED is an ICMP message (udp(7)). */
		readonly isIcmp?: true;
	};

/** What the program knows of one kind of event; its fields are those of `EventBody`. */
export type EventKind<Type extends EventType> = {
	/** A space unless given. */
	readonly sign?: Sign;
	/** `plain` unless given. */
	readonly tone?: Tone;
	/**
	It has no sentence of its own: it is a call that failed, which the failure explains, with the address in this field.
	All other kinds but the hot ones have a sentence by their name in the words of each language.
	*/
	readonly fails?: 'local' | 'peer';
	/** Values of its fields on which its sentence depends, one set for each way to say it; one way unless given. */
	readonly samples?: ReadonlyArray<Partial<EventOf<Type>>>;
	/** Of a payload that was sent or received. */
	readonly data?: {readonly unit: 'datagram' | 'chunk'; readonly isSent: boolean};
	readonly stage?: Stage;
	/** The calls that it stands for; none unless given. */
	readonly calls?: (event: EventOf<Type>, isServer: boolean) => readonly Call[];
	/** What it is in the flow diagram; nothing unless given. */
	readonly flow?: FlowRole;
};

type EventOf<Type extends EventType> = Extract<SocketEvent, {type: Type}>;

/** What is known of a kind of event, whichever it is. */
export type AnyEventKind = Omit<EventKind<EventType>, 'sign' | 'tone' | 'calls' | 'samples'> & {
	readonly sign: Sign;
	readonly tone: Tone;
	readonly samples?: ReadonlyArray<Partial<SocketEvent>>;
	readonly calls?: (event: SocketEvent, isServer: boolean) => readonly Call[];
};
