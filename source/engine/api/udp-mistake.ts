/* Mistakes with datagrams, as plain data. */
import type {Address} from '../../log/event.ts';
import type {Exchange, ProgramEnd} from './exchange.ts';

/** What is asked for of round-trip times: the least, the mean and the greatest. */
export type RoundTripName = 'min' | 'avg' | 'max';

/** Mistakes with datagrams. Times are milliseconds. */
export type UdpMistake
	/** A server that has answered this many datagrams, and then none. */
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
	/** A server that answers small datagrams, and not this one. */
		| ({readonly kind: 'large-unanswered'} & Exchange)
	/** A datagram without bytes has ended the server, or it does not answer since. */
		| ({readonly kind: 'ended-by-empty'; readonly end?: ProgramEnd} & Exchange)
	/** Bytes that are no text have ended the server, or it does not answer since. */
		| ({readonly kind: 'ended-by-bytes'; readonly end?: ProgramEnd} & Exchange)
	/** Pinger: another number of pings than was asked for. */
		| {readonly kind: 'wrong-count'; readonly count: number; readonly wanted: number}
	/** Pinger: the next ping came so long after one that was not answered; `ping` counts from 1. */
		| {readonly kind: 'waits-too-long'; readonly ping: number; readonly waited: number}
		| {readonly kind: 'gives-up-early'; readonly ping: number; readonly waited: number}
	/** Pinger: the answer to `ping` came after its timeout, and was taken for the answer to the next one. */
		| {readonly kind: 'late-counted'; readonly ping: number; readonly late: number; readonly said: number; readonly lost: number}
	/** Pinger: no share of lost pings is printed, or another; in percent. */
		| {readonly kind: 'no-loss'; readonly lost: number; readonly output: Uint8Array}
		| {readonly kind: 'wrong-loss'; readonly said: number; readonly lost: number}
	/** Pinger: round-trip times are not printed, or others than were seen; in milliseconds. */
		| {readonly kind: 'no-round-trips'; readonly missing: readonly RoundTripName[]; readonly output: Uint8Array}
		| {
			readonly kind: 'wrong-round-trips';
			readonly name: RoundTripName;
			readonly said: number;
			readonly least: number;
			readonly most: number;
		};
