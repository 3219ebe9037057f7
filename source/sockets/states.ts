import type {Address, SocketFailure} from '../log/event.ts';
import {type Framing, largestMessage} from '../text/framing.ts';

/** The state of a server's own socket (a UDP socket, or TCP's welcoming socket). */
export type ServerState
	= | {readonly type: 'closed'}
		| {readonly type: 'opening'; readonly wanted: Address}
		| {readonly type: 'open'; readonly local: Address}
		| {readonly type: 'failed'; readonly wanted: Address; readonly failure: SocketFailure};

/** The state of a UDP client's socket. After connect() it has only one peer (udp(7)). */
export type UdpClientState
	/** The first send makes the socket and binds it; until then the system has none. */
	= | {readonly type: 'unbound'}
	/** `peer` is the only far end of a socket that has called connect() (udp(7)). */
		| {readonly type: 'bound'; readonly local: Address; readonly peer?: Address}
		| {readonly type: 'closed'};

/**
The state of a TCP client's socket. Each direction has a FIN of its own: with one of them sent, the other still carries
bytes (half-close, RFC 9293 section 3.6).
*/
export type TcpClientState
	= | {readonly type: 'closed'; readonly failure?: SocketFailure}
		| {readonly type: 'connecting'; readonly destination: Address}
		| {
			readonly type: 'connected';
			readonly local: Address;
			readonly peer: Address;
			/** Nothing more can be written: the FIN has been sent, or follows what still waits. */
			readonly isFinishing: boolean;
			readonly hasSentFin: boolean;
			readonly hasReceivedFin: boolean;
		};

/** Why a send was not tried; the caller keeps the message. */
export type SendRefusal
	= | {readonly reason: 'not-open'}
	/** UDP: the socket is made with the first send. */
		| {readonly reason: 'no-socket-yet'}
		| {readonly reason: 'no-destination'}
		| {readonly reason: 'peer-gone'}
		| {readonly reason: 'no-peer'}
		| {readonly reason: 'no-connection'}
		| {readonly reason: 'sending-finished'}
		| {readonly reason: 'empty-write'}
	/** With a framing: no frame holds a message of this many bytes. */
		| {readonly reason: 'larger-than-frame'; readonly framing: Framing; readonly length: number; readonly limit: number}
		| {readonly reason: 'too-much-waiting'; readonly waiting: number};

/** Why no frame takes this message. */
export function largerThanFrame({length}: Uint8Array, framing: Framing): SendRefusal & {readonly reason: 'larger-than-frame'} {
	return {
		reason: 'larger-than-frame', framing, length, limit: largestMessage(framing),
	};
}

/** A far end that a server knows: a UDP address that it heard, or a TCP connection. Numbered from 1, never twice. */
export type PeerNumber = number;
