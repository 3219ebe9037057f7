/* Mistakes with datagrams, as plain data. */
import type {Address} from '../../log/event.ts';
import type {Exchange, ProgramEnd} from './exchange.ts';

/** Mistakes with datagrams. Times are milliseconds. */
export type UdpMistake
	/** A server that has answered this many datagrams and no more. */
	= | ({readonly kind: 'answers-once'; readonly answered: number; readonly end?: ProgramEnd} & Exchange)
	/**
	A server that answers its first client alone; `isConnected` where the kernel's tables show that its socket has that
	client as its only peer (connect(2)).
	*/
		| ({readonly kind: 'only-first-sender'; readonly first: Address; readonly isConnected: boolean} & Exchange)
	/**
	A server whose answers go to one address, whoever has sent: to an earlier client (`to`), or to a port without a
	socket, as often as the kernel has counted (`Udp: NoPorts` of /proc/net/snmp).
	*/
		| ({readonly kind: 'fixed-address'; readonly to?: Address; readonly vacant?: number} & Exchange)
	/** A server that answers from another socket than the one that got the datagram. */
		| ({readonly kind: 'other-socket'; readonly server: Address; readonly source: Address} & Exchange)
	/** A server that answers one datagram several times. */
		| ({readonly kind: 'answers-twice'; readonly answers: number} & Exchange)
	/** A datagram without bytes has ended the server, or it does not answer since. */
		| ({readonly kind: 'ended-by-empty'; readonly end?: ProgramEnd} & Exchange)
	/** Bytes that are no text have ended the server, or it does not answer since. */
		| ({readonly kind: 'ended-by-bytes'; readonly end?: ProgramEnd} & Exchange);
