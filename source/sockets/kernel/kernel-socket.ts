import type {Address} from '../../log/event.ts';

/**
The states that the kernel's tables name, by their numbers from 1 (`include/net/tcp_states.h`). RFC 9293 section 3.3.2
has all but `NEW_SYN_RECV`, which Linux uses inside and writes as `SYN_RECV`.
*/
export const kernelStates = [
	'ESTABLISHED',
	'SYN_SENT',
	'SYN_RECV',
	'FIN_WAIT1',
	'FIN_WAIT2',
	'TIME_WAIT',
	'CLOSE',
	'CLOSE_WAIT',
	'LAST_ACK',
	'LISTEN',
	'CLOSING',
	'NEW_SYN_RECV',
] as const;

/** A socket's state. UDP's is `CLOSE` while it is not connected, else `ESTABLISHED`. */
export type KernelState = (typeof kernelStates)[number];

/** One socket as the kernel's tables have it (proc_net_tcp in the kernel's documentation; proc(5)). */
export type KernelSocket = {
	readonly protocol: 'udp' | 'tcp';
	/**
	As Node writes addresses; an IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) as the IPv4 address. A link-local
	address comes without its zone: the tables have none.
	*/
	readonly local: Address;
	/** Port 0 where there is no peer. */
	readonly remote: Address;
	readonly state: KernelState;
	/**
	TCP: bytes waiting to be read; a FIN that has arrived and has not been read counts as one byte. `LISTEN`:
	connections waiting for accept(). UDP: bytes of memory that waiting datagrams take in the kernel, which is more than
	their payloads.
	*/
	readonly receiveQueue: number;
	/**
	TCP: bytes not yet acknowledged, sent or not; a SYN or a FIN counts as one byte. UDP: bytes of memory that datagrams
	take which have not left yet.
	*/
	readonly sendQueue: number;
	/** UDP only: datagrams that were dropped on arrival, as when the receive queue was full. */
	readonly drops?: number;
};

/** Whether two snapshots have the same sockets, in the same order, each as it was. */
export function isSameSnapshot(one: readonly KernelSocket[], other: readonly KernelSocket[]): boolean {
	return one.length === other.length && one.every((socket, index) => isSameSocket(socket, other[index]!));
}

function isSameSocket(one: KernelSocket, other: KernelSocket): boolean {
	return one.protocol === other.protocol
		&& one.state === other.state
		&& one.receiveQueue === other.receiveQueue
		&& one.sendQueue === other.sendQueue
		&& one.drops === other.drops
		&& one.local.port === other.local.port
		&& one.remote.port === other.remote.port
		&& one.local.host === other.local.host
		&& one.remote.host === other.remote.host;
}
