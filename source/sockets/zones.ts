import {networkInterfaces} from 'node:os';
import type {Address} from '../log/event.ts';

/**
An address whose zone is written by its interface's name, as the system writes it in addresses that it returns (RFC 4007
section 11.2): `fe80::1%2` is `fe80::1%eth0`. One that no interface with an IPv6 address has stays as it is.
*/
export function withPlainZone(address: Address): Address {
	const [host = '', zone = ''] = address.host.split('%');
	if (!/^\d+$/.test(zone)) {
		return address;
	}

	const [name] = Object.entries(networkInterfaces()).find(([, addresses]) =>
		addresses?.some(({family, scopeid}) => family === 'IPv6' && scopeid === Number(zone))) ?? [];
	return name === undefined ? address : {...address, host: `${host}%${name}`};
}
