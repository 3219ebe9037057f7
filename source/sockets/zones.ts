import {networkInterfaces} from 'node:os';
import type {Address, SocketFailure} from '../log/event.ts';
import {isLinkLocal} from '../text/address.ts';

/**
An address whose zone is written by its interface's name, as the system writes it in addresses that it returns (RFC 4007
section 11.2): `fe80::1%2` is `fe80::1%eth0`. Undefined where no interface with an address has this name or number: Node
and the system would take another one.
*/
export function withZoneName(address: Address): Address | undefined {
	// Asked for each datagram: nothing is made for an address without a zone.
	if (!address.host.includes('%')) {
		return address;
	}

	const [host = '', zone = ''] = address.host.split('%');
	const interfaces = networkInterfaces();
	if (interfaces[zone]) {
		return address;
	}

	const [name] = Object.entries(interfaces).find(([, addresses]) =>
		addresses?.some(({family, scopeid}) => family === 'IPv6' && String(scopeid) === zone)) ?? [];
	return name === undefined ? undefined : {...address, host: `${host}%${name}`};
}

/** The failure of an address whose zone no interface has. */
export function unknownZone({host}: Address): SocketFailure {
	return {code: 'EINVAL', syscall: '', message: `no interface has the zone of ${host}`};
}

/** Whether an answer from this address can be one to what was sent there: the system may have chosen the zone. */
export function isAnswerFrom(from: Address, destination: Address): boolean {
	const {host, port} = destination;
	return port === from.port
		&& (host === from.host || (isLinkLocal(host) && !host.includes('%') && from.host.startsWith(`${host}%`)));
}
