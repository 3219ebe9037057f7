/* What is known of a row of the diagram beyond what it shows: header fields, times, and how to capture the rest. */
import type {Protocol} from '../log/event.ts';
import {type ClockSetting, timeOfDayAt} from '../log/log-clock.ts';
import {plainHost, familyOf, isLoopback} from '../text/address.ts';
import {type FlowKind, type FlowStep, isStopped} from './step.ts';

/** An address, as far as it is known. */
export type Endpoint = {readonly host?: string; readonly port?: number};

/** What the log tells of a row. */
export type StepFacts = {
	readonly protocol: Protocol;
	readonly source: Endpoint;
	readonly destination: Endpoint;
	/** The payload, where the log has kept all of it. */
	readonly payload?: Uint8Array;
	/** How many bytes of the stream came before it. */
	readonly offset?: number;
	/** How the wall clock was set. */
	readonly clock: readonly ClockSetting[];
	/** The name of the loopback interface: `lo`. */
	readonly loopback: string;
};

/** Why there is no checksum: an address is not known, the log has cut the payload, or the link has changed it. */
type NoChecksum = 'address' | 'payload' | 'link';

/**
The header of what the row shows. `none` is what was never on the wire: a call of the program, what the operating system
has refused, what has not left the simulated link.
*/
export type StepHeader
	= | {readonly type: 'udp'; readonly length: number; readonly checksum: number | NoChecksum}
		| {
			readonly type: 'tcp';
			readonly flags: string;
			readonly length: number;
			/** Of the first byte in its stream, from 0. */
			readonly offset?: number;
		}
		| {readonly type: 'icmp'}
		| {readonly type: 'none'; readonly why: 'call' | 'refused' | 'link'};

/** The details of a row. Times are milliseconds since the epoch. */
export type StepDetails = {
	/** The row: its `first`. */
	readonly first: number;
	readonly source: Endpoint;
	readonly destination: Endpoint;
	readonly header: StepHeader;
	readonly sent?: number;
	/** When a program has read it. */
	readonly arrived?: number;
	/** How many alike were folded into the row: the header is that of the newest. */
	readonly count: number;
	/** The command that captures the rest; undefined where no port is known. */
	readonly capture?: string;
};

/** Bytes of a UDP header (RFC 768). */
const udpHeader = 8;

/** The protocol number of UDP (IANA, Assigned Internet Protocol Numbers). */
const udpNumber = 17;

/** The flags of a segment (RFC 9293 section 3.1), by what the row is. */
const flags: Readonly<Partial<Record<FlowKind, string>>> = {
	connect: 'SYN', connected: 'SYN+ACK', ack: 'ACK', chunk: 'PSH+ACK', fin: 'FIN+ACK', reset: 'RST',
};

/** What is known of a row of the diagram. */
export function stepDetails(step: FlowStep, facts: StepFacts): StepDetails {
	const {from, to, first, count} = step;
	const source = plain(facts.source);
	const destination = plain(facts.destination);
	const header = headerOf(step, {...facts, source, destination});
	const capture = captureLine(step, {...facts, source, destination});
	// A call, as accept() is one, is neither sent nor read.
	const isCall = header.type === 'none' && header.why === 'call';
	const isOne = count === 1 && to !== undefined && !step.isByKernel && !isCall;
	return {
		first,
		source,
		destination,
		header,
		...(isOne && from.time !== undefined && {sent: timeOfDayAt(from.time, facts.clock)}),
		...(isOne && to.time !== undefined && to.fate === 'arrived' && {arrived: timeOfDayAt(to.time, facts.clock)}),
		count,
		...(capture !== undefined && {capture}),
	};
}

function headerOf(step: FlowStep, {protocol, source, destination, payload, offset}: StepFacts): StepHeader {
	const {kind, length = 0, link, to} = step;
	if (kind === 'unsent') {
		return {type: 'none', why: 'refused'};
	}

	const isOnLink = link?.isWaiting || link?.loss !== undefined || to?.fate === 'discarded';
	if ((kind === 'datagram' || kind === 'chunk') && (isOnLink || (kind === 'datagram' && to?.fate === 'refused'))) {
		return {type: 'none', why: 'link'};
	}

	if (kind === 'datagram') {
		const isChanged = step.part !== 'arrival' && (link?.changes.length ?? 0) > 0;
		return {
			type: 'udp',
			length: udpHeader + length,
			checksum: isChanged
				? 'link'
				: (payload?.length === length ? udpChecksum(source, destination, payload) ?? 'address' : 'payload'),
		};
	}

	if (kind === 'unreachable') {
		return {type: 'icmp'};
	}

	const set = protocol === 'tcp' ? flags[kind] : undefined;
	return set === undefined
		? {type: 'none', why: 'call'}
		: {
			type: 'tcp', flags: set, length: kind === 'chunk' ? length : 0, ...(kind === 'chunk' && offset !== undefined && {offset}),
		};
}

/**
The checksum of a UDP datagram, over the pseudo-header of IPv4 (RFC 768) or of IPv6 (RFC 8200 section 8.1), the header
and the payload: 1 to 65,535. Undefined where an address is not known whole.
*/
export function udpChecksum(source: Endpoint, destination: Endpoint, payload: Uint8Array): number | undefined {
	const from = source.host === undefined ? undefined : hostBytes(source.host);
	const to = destination.host === undefined ? undefined : hostBytes(destination.host);
	if (!from || from.length !== to?.length || source.port === undefined || destination.port === undefined) {
		return undefined;
	}

	const length = udpHeader + payload.length;
	const sum = sumOf(from) + sumOf(to) + udpNumber + length + source.port + destination.port + length + sumOf(payload);
	// One's complement arithmetic is that of remainders of 65,535; zero is sent as all ones.
	return 0xFF_FF - (sum % 0xFF_FF);
}

/** The sum of 16-bit words, padded with a zero byte. */
function sumOf(bytes: Uint8Array): number {
	return bytes.reduce((sum, byte, index) => sum + (index % 2 === 0 ? byte * 0x1_00 : byte), 0);
}

/** The 4 or 16 bytes of an IP address; undefined for a name, and for a wildcard address. */
function hostBytes(host: string): Uint8Array | undefined {
	const family = familyOf(host);
	if (family === 0 || host === '0.0.0.0' || host === '::') {
		return undefined;
	}

	if (family === 4) {
		return Uint8Array.from(host.split('.'), Number);
	}

	const [address = ''] = host.split('%');
	const [head = [], tail = []] = address.split('::').map(part => part.split(':').filter(Boolean).flatMap(group =>
		group.includes('.') ? dottedGroups(group) : [Number.parseInt(group, 16)]));
	const groups = [...head, ...Array.from<number>({length: 8 - head.length - tail.length}).fill(0), ...tail];
	return Uint8Array.from(groups.flatMap(group => [group >> 8, group & 0xFF]));
}

/** The last 32 bits of an IPv6 address that are written as IPv4 (RFC 4291 section 2.2). */
function dottedGroups(text: string): number[] {
	const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
	return [(a << 8) | b, (c << 8) | d];
}

/**
The command that captures what goes between two ends: on the loopback interface where both are there, else on all, since
the kernel sends what goes to any address of its own machine over loopback.
*/
function captureLine(step: FlowStep, {protocol, source, destination, loopback}: StepFacts): string | undefined {
	const ends = [source, destination];
	const ports = [...new Set(ends.flatMap(({port}) => port ?? []))];
	if (ports.length === 0) {
		return undefined;
	}

	// A name may be anything that somebody typed.
	const hosts = [...new Set(ends.flatMap(({host}) => host === undefined || familyOf(host) === 0 ? [] : host.split('%', 1)))]
		.filter(host => host !== '0.0.0.0' && host !== '::');
	const isLocal = hosts.length > 0 && hosts.every(host => isLoopback(host));
	const terms = [
		...(isLocal ? [] : hosts.map(host => `host ${host}`)),
		...ports.map(port => `${protocol} port ${port}`),
	].join(' and ');
	const hasIcmp = step.kind === 'unreachable' || (step.kind === 'datagram' && isStopped(step));
	const icmp = hosts.some(host => familyOf(host) === 6) ? 'icmp6' : 'icmp';
	return `tshark -i ${isLocal ? loopback : 'any'} -f "${hasIcmp ? `(${terms}) or ${icmp}` : terms}"`;
}

/** An address as it is on the wire: an IPv4-mapped one (RFC 4291 section 2.5.5.2) is IPv4. */
function plain({host, port}: Endpoint): Endpoint {
	return {...(host !== undefined && {host: plainHost(host)}), ...(port !== undefined && {port})};
}
