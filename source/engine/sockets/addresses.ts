import {isIP} from 'node:net';
import type {Address} from '../events/event.ts';

const bracketed = /^\[([^\]]+)]:(\d{1,5})$/;
const plain = /^([^:\s[\]]+):(\d{1,5})$/;

/**
Read `host:port` or `[v6]:port` (RFC 3986 section 3.2.2 writes IPv6 in brackets).

@returns undefined when the text is not an address, or when its port is over 65,535.
*/
export function parseAddress(text: string): Address | undefined {
	const match = bracketed.exec(text) ?? plain.exec(text);
	if (!match) {
		return undefined;
	}

	const [, host = '', port = ''] = match;
	if (text.startsWith('[') && familyOf(host) !== 6) {
		return undefined;
	}

	return Number(port) > 65_535 ? undefined : {host, port: Number(port)};
}

/** Write an address as `host:port`, an IPv6 host in brackets. */
export function formatAddress({host, port}: Address): string {
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** 4 or 6 for an IP address (a zone such as `%eth0` is allowed), 0 for a name that has to be looked up. */
export function familyOf(host: string): 0 | 4 | 6 {
	return isIP(host) as 0 | 4 | 6;
}

/** Whether two addresses name the same end. Both hosts must be written alike, as the system writes them. */
export function isSameAddress(a: Address, b: Address): boolean {
	return a.port === b.port && a.host === b.host;
}

/** Whether only programs on this machine can reach a socket bound to this host (RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || host.startsWith('::ffff:127.') || (familyOf(host) === 4 && host.startsWith('127.'));
}

/**
Where a client on this machine reaches a server that is bound to this address: itself, or, for the wildcard
addresses 0.0.0.0 and ::, the loopback address of the same family.
*/
export function reachableAddress({host, port}: Address): Address {
	if (host === '0.0.0.0') {
		return {host: '127.0.0.1', port};
	}

	return host === '::' ? {host: '::1', port} : {host, port};
}
