/* Mistakes with datagrams, as plain data. */
import type {TypedUnion} from '../../text/by-type.ts';
import type {Address} from '../../log/event.ts';
import type {Exchange, ProgramEnd} from './exchange.ts';

/** What is asked for of round-trip times: the least, the mean and the greatest. */
export type RoundTripName = 'min' | 'avg' | 'max';

/** Mistakes with datagrams. Times are milliseconds. */
type UdpMistakes = {
	/** A server that has answered this many datagrams, and then none. */
	'answers-once': {answered: number; end?: ProgramEnd} & Exchange;
	/** Only the first client is answered; `isConnected` where the kernel's tables show it as the only peer. */
	'only-first-sender': {first: Address; isConnected: boolean} & Exchange;
	/**
	A server whose answers go to one address, whoever has sent: to an earlier client (`to`), or to a port without a
	socket, as often as the kernel has counted (`Udp: NoPorts` of /proc/net/snmp).
	*/
	'fixed-address': {to?: Address; vacant?: number} & Exchange;
	/** A server that answers from another socket than the one that got the datagram. */
	'other-socket': {server: Address; source: Address} & Exchange;
	'answers-twice': {answers: number} & Exchange;
	/** A server that answers small datagrams, and not this one. */
	'large-unanswered': Exchange;
	/** A datagram without bytes has ended the server, or it does not answer since. */
	'ended-by-empty': {end?: ProgramEnd} & Exchange;
	/** Bytes that are no text have ended the server, or it does not answer since. */
	'ended-by-bytes': {end?: ProgramEnd} & Exchange;
	/** Pinger: another number of pings than was asked for. */
	'wrong-count': {count: number; wanted: number};
	/** Pinger: the next ping came so long after one that was not answered; `ping` counts from 1. */
	'waits-too-long': {ping: number; waited: number};
	'gives-up-early': {ping: number; waited: number};
	/** Pinger: the answer to `ping` came after its timeout, and was taken for the answer to the next one. */
	'late-counted': {ping: number; late: number; said: number; lost: number};
	/** Pinger: no share of lost pings is printed, or another; in percent. */
	'no-loss': {lost: number; output: Uint8Array};
	'wrong-loss': {said: number; lost: number};
	/** Pinger: round-trip times are not printed, or others than were seen; in milliseconds. */
	'no-round-trips': {missing: readonly RoundTripName[]; output: Uint8Array};
	'wrong-round-trips': {name: RoundTripName; said: number; least: number; most: number};
};

export type UdpMistake = TypedUnion<UdpMistakes, 'kind'>;
