/** The playground's limits. Data or connections beyond them are refused, dropped or paused, and this is shown. */
export type Limits = {
	/** TCP connection sockets open at once; a further client is accepted by the kernel and closed at once. */
	readonly connections: number;
	/** Bytes waiting for one peer that does not read; from there on the peer is paused, or a send refused. */
	readonly waitingBytes: number;
	/** Bytes that a relay holds of all streams; from there on none of those that are held is read. */
	readonly heldBytes: number;
	/** Bytes of frames that are not whole, of all connections of a server or a relay; then the longest is given up. */
	readonly unfinishedBytes: number;
	/** UDP peers that the server remembers with their counts; the one that was silent longest is forgotten first. */
	readonly peers: number;
	/** Client panes in one scene. */
	readonly clients: number;
	/** Datagrams of one socket on the simulated link, and their bytes; further ones are lost, as in any full queue. */
	readonly linkDatagrams: number;
	readonly linkBytes: number;
	/** Events in the log. A power of two. */
	readonly events: number;
	/** Bytes of payload in the log. */
	readonly logBytes: number;
};

/** The limits that hold where no others are given. */
export const defaultLimits: Limits = {
	connections: 1024,
	waitingBytes: 1024 * 1024,
	heldBytes: 64 * 1024 * 1024,
	unfinishedBytes: 64 * 1024 * 1024,
	peers: 4096,
	clients: 9,
	linkDatagrams: 32_768,
	linkBytes: 16 * 1024 * 1024,
	events: 131_072,
	logBytes: 16 * 1024 * 1024,
};

/** The largest payload of a UDP datagram over IPv4: 65,535 less 20 bytes of IP and 8 of UDP (RFC 768, RFC 791). */
export const largestDatagram = 65_507;

/** The same over IPv6, whose header the length in UDP's does not count: 65,535 less 8 bytes (RFC 8200, section 3). */
const largestDatagram6 = 65_527;

/** The largest payload of a UDP datagram to this IP address; one mapped from IPv4 (RFC 4291, 2.5.5.2) is IPv4's. */
export function largestDatagramTo(host: string): number {
	return host.includes(':') && !/^::ffff:[\d.]+$/i.test(host) ? largestDatagram6 : largestDatagram;
}
