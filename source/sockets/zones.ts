import {readFileSync} from 'node:fs';
import {networkInterfaces} from 'node:os';
import type {Address, SocketFailure} from '../log/event.ts';
import {isLinkLocal} from '../text/address.ts';

/** How long what is known of the interfaces is used, in milliseconds: asking costs more than sending a datagram. */
const longestAge = 1000;

/** Where Linux lists IPv6 addresses: each with its interface's number, in hexadecimal, and at the end its name. */
const addressList = '/proc/net/if_inet6';

/** The names of the interfaces by themselves and by their numbers (if_nametoindex(3)), when they were asked for. */
let known: {readonly at: number; readonly names: ReadonlyMap<string, string>} | undefined;

/**
An address whose zone is written by its interface's name, as the system writes it in addresses that it returns (RFC 4007
section 11.2): `fe80::1%2` is `fe80::1%eth0`. Undefined where no interface has this name or number: Node and the system
would take another one, or leave the zone out.
*/
export function withZoneName(address: Address): Address | undefined {
	// Asked for each datagram: nothing is made for an address without a zone.
	const at = address.host.indexOf('%');
	if (at === -1) {
		return address;
	}

	const zone = address.host.slice(at + 1);
	if (!known || performance.now() - known.at > longestAge) {
		known = {at: performance.now(), names: readNames()};
	}

	const name = known.names.get(zone);
	if (name === zone) {
		return address;
	}

	return name === undefined ? undefined : {...address, host: `${address.host.slice(0, at)}%${name}`};
}

function readNames(): ReadonlyMap<string, string> {
	const found = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
		[[name, name], ...addresses.flatMap(({family, scopeid}) =>
			family === 'IPv6' && scopeid > 0 ? [[String(scopeid), name]] : [])] as Array<[string, string]>);
	return new Map([...readNumbers(), ...found]);
}

/** Those of interfaces that have no link-local address, too: only these have their number in their addresses. */
function readNumbers(): ReadonlyArray<readonly [string, string]> {
	try {
		return readFileSync(addressList, 'utf8').trim().split('\n').flatMap(line => {
			const columns = line.split(/ +/);
			const [number = '', name = ''] = [columns.at(1), columns.at(-1)];
			return [[name, name], [String(Number.parseInt(number, 16)), name]] as const;
		});
	} catch {
		return [];
	}
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
