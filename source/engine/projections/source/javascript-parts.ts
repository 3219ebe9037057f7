import type {Address} from '../../events/event.ts';
import {
	hostKind, portNote, quoteHost, reachOf,
} from './host.ts';
import type {ClientProgram, ServerProgram} from './listing.ts';
import {joinLines} from './marked-text.ts';

/** `host` and `port` of a server in JavaScript, with notes on who can reach it and who picks the port. */
export function javascriptServerAddress({address}: ServerProgram): string {
	const reach = reachOf(address);
	return joinLines(hostLine(address, reach === undefined ? '' : ` // ${reach}`), `const port = ${address.port}; // ${portNote(address)}`);
}

/** `host` and `port` of a client in JavaScript: where it sends. */
export function javascriptClientAddress({address}: ClientProgram): string {
	return joinLines(hostLine(address, ''), `const port = ${address.port};`);
}

/** The function `name` of a listing in JavaScript: a host and a port as `host:port`. */
export function javascriptName({address: {host}}: ServerProgram | ClientProgram): string {
	const kind = hostKind(host);
	switch (kind) {
		case 'ipv4': {
			return 'const name = (host, port) => host + \':\' + port;';
		}

		case 'ipv6': {
			return 'const name = (host, port) => \'[\' + host + \']:\' + port;';
		}

		case 'name': {
			return 'const name = (host, port) =>\n  (isIPv6(host) ? \'[\' + host + \']:\' : host + \':\') + port;';
		}

		default: {
			return kind satisfies never;
		}
	}
}

/** The modules that a UDP program's address needs: those that look a name up. */
export function javascriptUdpImports({address: {host}}: ServerProgram | ClientProgram): string {
	return hostKind(host) === 'name'
		? 'import dgram from \'node:dgram\';\nimport {lookup} from \'node:dns/promises\';\nimport {isIPv6} from \'node:net\';'
		: 'import dgram from \'node:dgram\';';
}

/** Making a UDP socket in JavaScript, and looking up its address first where that is needed. */
export function javascriptUdpSocket({address: {host}}: ServerProgram | ClientProgram): string {
	const kind = hostKind(host);
	switch (kind) {
		case 'ipv4': {
			return 'const socket = dgram.createSocket(\'udp4\'); «socket»';
		}

		case 'ipv6': {
			return 'const socket = dgram.createSocket(\'udp6\'); «socket»';
		}

		case 'name': {
			return String.raw`
// A name can have several addresses: take an IPv4 one if there is any.
const {address} = await lookup(host, {order: 'ipv4first'}); «getaddrinfo»
const socket = dgram.createSocket(isIPv6(address) ? 'udp6' : 'udp4'); «socket»`;
		}

		default: {
			return kind satisfies never;
		}
	}
}

/** The variable that has the address which a UDP socket gets for an address. */
export function javascriptUdpTarget({address: {host}}: ServerProgram | ClientProgram): string {
	return hostKind(host) === 'name' ? 'address' : 'host';
}

function hostLine({host}: Address, note: string): string {
	const literals = quoteHost(host, 'javascript');
	return literals.length === 1 ? `const host = ${literals.join('')};${note}` : `const host =\n  ${literals.join(' +\n  ')};`;
}
