import type {Address} from '../../events/event.ts';
import {
	hostKind, needsLookup, portNote, quoteHost, reachOf,
} from './host.ts';
import type {ClientProgram, ServerProgram} from './listing.ts';
import {joinLines} from './marked-text.ts';

/** `HOST` and `PORT` of a server in Python, with notes on who can reach it and who picks the port. */
export function pythonServerAddress({address}: ServerProgram): string {
	const reach = reachOf(address);
	return joinLines(hostLine(address, reach === undefined ? '' : `  # ${reach}`), `PORT = ${address.port}  # ${portNote(address)}`);
}

/** `HOST` and `PORT` of a client in Python: where it sends. */
export function pythonClientAddress({address}: ClientProgram): string {
	return joinLines(hostLine(address, ''), `PORT = ${address.port}`);
}

/** The function `name` of a listing in Python: an address that a call has returned, as `host:port`. */
export function pythonName({address: {host}}: ServerProgram | ClientProgram): string {
	const kind = hostKind(host);
	switch (kind) {
		case 'ipv4': {
			return String.raw`
def name(address):
    return "%s:%d" % address`;
		}

		case 'ipv6': {
			return String.raw`
def name(address):
    return "[%s]:%d" % address[:2]`;
		}

		case 'name': {
			return String.raw`
def name(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"`;
		}

		default: {
			return kind satisfies never;
		}
	}
}

/**
Making the socket in Python, and looking up its address first where that is needed. The address is `target(...)` afterwards.

@param variable - what the socket is called
*/
export function pythonSocket({protocol, address}: ServerProgram | ClientProgram, variable: string): string {
	const type = `socket.SOCK_${protocol === 'udp' ? 'DGRAM' : 'STREAM'}`;
	const family = hostKind(address.host) === 'ipv6' ? 'socket.AF_INET6' : 'socket.AF_INET';
	if (!needsLookup(address)) {
		return `${variable} = socket.socket(${family}, ${type}) «socket»`;
	}

	const mark = hostKind(address.host) === 'name' ? ' «getaddrinfo»' : '';
	return `
# A name can have several addresses: take an IPv4 one if there is any.
found = socket.getaddrinfo(HOST, PORT, type=${type})${mark}
family, _, _, _, address = min(found, key=lambda one: one[0])
${variable} = socket.socket(family, ${type}) «socket»`;
}

/** What a call of the program's socket gets for an address. */
export function pythonTarget({address}: ServerProgram | ClientProgram): string {
	return needsLookup(address) ? 'address' : '(HOST, PORT)';
}

function hostLine({host}: Address, note: string): string {
	const literals = quoteHost(host, 'python');
	return literals.length === 1 ? `HOST = ${literals.join('')}${note}` : ['HOST = (', ...literals.map(literal => `    ${literal}`), ')'].join('\n');
}
