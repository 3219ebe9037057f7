import type {Address} from './event.ts';

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
export function plainAddress(address: Address): Address {
	return {host: plainHost(address.host), port: address.port};
}
