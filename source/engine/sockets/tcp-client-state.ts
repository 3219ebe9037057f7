import type {Address, SocketFailure} from '../events/event.ts';

/**
What a TCP client's socket is doing. Each direction has a FIN of its own: with one of them sent, the other still carries
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
