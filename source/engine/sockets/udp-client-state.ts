import type {Address} from '../events/event.ts';

/** What a UDP client's socket is doing. UDP has no connection: a socket that has called connect() has only one peer (udp(7)). */
export type UdpClientState
	/** Open, and not bound: the system picks a port at the first send. */
	= | {readonly type: 'unbound'}
	/** `peer` is the only far end of a socket that has called connect() (udp(7)). */
		| {readonly type: 'bound'; readonly local: Address; readonly peer?: Address}
		| {readonly type: 'closed'};
