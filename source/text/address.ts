import {isIP, SocketAddress} from 'node:net';

/** An address as the log has it. */
type HostAndPort = {readonly host: string; readonly port: number};

const bracketed = /^\[([^\]]+)]:(\d{1,5})$/;
const plain = /^([^:]+):(\d{1,5})$/;

/** Letters, digits, dots, hyphens and underscores: no name of a host has anything else. */
const hostName = /^[\p{Letter}\p{Mark}\p{Number}._\-]+$/v;

/** Write an address as `host:port`, an IPv6 host in brackets (RFC 3986 section 3.2.2). */
export function formatAddress({host, port}: HostAndPort): string {
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
Read `host:port` or `[v6]:port` (RFC 3986 section 3.2.2 writes IPv6 in brackets).

@returns undefined when the text is not an address, or when its port is over 65,535.
*/
export function parseAddress(text: string): HostAndPort | undefined {
	const match = bracketed.exec(text) ?? plain.exec(text);
	if (!match) {
		return undefined;
	}

	const host = parseHost(match[1] ?? '');
	const port = Number(match[2]);
	return host === undefined || port > 65_535 || text.startsWith('[') !== (familyOf(host) === 6)
		? undefined
		: {host, port};
}

/**
Read an address to bind: `HOST:PORT`; `HOST`, with a port that the system picks; `:PORT` or `PORT`.

@param anyHost - the host where only a port is given
*/
export function parseBinding(text: string, anyHost: string): HostAndPort | undefined {
	const [, port] = /^:?(\d{1,5})$/.exec(text) ?? [];
	if (port !== undefined) {
		return Number(port) > 65_535 ? undefined : {host: anyHost, port: Number(port)};
	}

	const host = parseHost(text.replace(/^\[(.*)]$/, '$1'));
	return parseAddress(text) ?? (host === undefined ? undefined : {host, port: 0});
}

/**
Read a host: a name, or an IP address, which comes back as the system writes it (RFC 5952: `0:0::1` is `::1`).

@returns undefined for a text that is neither
*/
export function parseHost(text: string): string | undefined {
	if (familyOf(text) === 6) {
		const [address = '', zone] = text.split('%');
		const written = new SocketAddress({address, family: 'ipv6'}).address;
		return zone === undefined || hostName.test(zone)
			? [written, zone].filter(part => part !== undefined).join('%')
			: undefined;
	}

	return hostName.test(text) ? text : undefined;
}

/** 4 or 6 for an IP address (a zone such as `%eth0` is allowed), 0 for a name that has to be looked up. */
export function familyOf(host: string): 0 | 4 | 6 {
	return isIP(host) as 0 | 4 | 6;
}

/** The version of IP that a socket of this address speaks; 4 for a name. */
export function versionOf(host: string): 4 | 6 {
	return familyOf(host) === 6 ? 6 : 4;
}

/** What a socket is bound to that has all addresses of the machine (ip(7), ipv6(7)). */
export const anyHosts: readonly string[] = ['0.0.0.0', '::'];

/** Whether two addresses name the same end. Both hosts must be written alike, as the system writes them. */
export function isSameAddress(a: HostAndPort, b: HostAndPort): boolean {
	return a.port === b.port && a.host === b.host;
}

/** Whether only programs on this machine can reach a socket bound to this host (RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(host: string): boolean {
	return (
		host === 'localhost'
		|| host === '::1'
		|| host.startsWith('::ffff:127.')
		|| (familyOf(host) === 4 && host.startsWith('127.'))
	);
}

/** Whether an address is one of a single link (RFC 4291 section 2.5.6, fe80::/10), which needs a zone (RFC 4007). */
export function isLinkLocal(host: string): boolean {
	return /^fe[89ab][\da-f]:/i.test(host);
}

/**
Where a client on this machine reaches a server that is bound to this address: itself, or, for the wildcard
addresses 0.0.0.0 and ::, the loopback address of the same family.
*/
export function reachableAddress({host, port}: HostAndPort): HostAndPort {
	if (host === '0.0.0.0') {
		return {host: '127.0.0.1', port};
	}

	return host === '::' ? {host: '::1', port} : {host, port};
}

/**
A host as IPv4 has it, where an IPv6 socket has written it in its own way (RFC 4291 section 2.5.5.2): `::ffff:127.0.0.1`
is `127.0.0.1`.
*/
export function plainHost(host: string): string {
	return host.startsWith('::ffff:') && host.includes('.') ? host.slice(7) : host;
}

/**
An address as the kernel's tables and other ends have it: an IPv4-mapped IPv6 host (RFC 4291 section 2.5.5.2) as the
IPv4 host that it is.
*/
export function plainAddress(address: HostAndPort): HostAndPort {
	return {host: plainHost(address.host), port: address.port};
}
