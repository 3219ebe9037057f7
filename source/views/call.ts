/* A call of the socket interface as data, its text, and the calls that several kinds of events have in common. */
import type {Address} from '../log/event.ts';

/**
A function of the Berkeley socket interface, by its name in Python's socket module and in the manual's section 2
(getaddrinfo: 3).
*/
export type CallName
	= | 'socket'
		| 'bind'
		| 'listen'
		| 'accept'
		| 'connect'
		| 'send'
		| 'sendto'
		| 'recv'
		| 'recvfrom'
		| 'shutdown'
		| 'setsockopt'
		| 'close'
		| 'getaddrinfo';

/**
What a call's text cannot say itself:
- `system-picks-port`: bind() asked for port 0; the result is the address that the system picked
- `in-progress`: the socket does not block: connect() does not wait, and its outcome is an event of its own
- `handshake-done`: the outcome of the connect() that was in progress, not a second call; the result has this end's
  address, which the system picked
- `peer-finished`: 0 bytes: the peer has sent its FIN, and there is nothing more to read
- `limit-reached`: accepted, and closed at once, since no more connections are allowed
- `peer-gone`: accepted, and closed at once, since the client was gone by then
- `earlier-send`: bytes that an earlier send() took could not be sent; or the failure of that send() itself, told
  again for the whole socket
- `no-handshake`: connect() on a datagram socket sends nothing: it only sets the peer (udp(7))
- `sends-reset`: close() with a linger time of 0 sends a RST instead of a FIN
- `lost-by-link`: the call has worked as any other; the simulated link has lost the datagram
*/
export type CallNote
	= | 'system-picks-port'
		| 'in-progress'
		| 'handshake-done'
		| 'peer-finished'
		| 'limit-reached'
		| 'peer-gone'
		| 'earlier-send'
		| 'no-handshake'
		| 'sends-reset'
		| 'lost-by-link';

/**
What a call was given or gave back: a constant as it is written, a number, an address, how many bytes, a string, or a
connection socket by its number.
*/
export type CallValue
	= string | number | Address | {readonly bytes: number} | {readonly quoted: string} | {readonly connection: number};

/**
A call, its arguments and its results; `error` is an errno name where it failed (errno(3)), or what Node calls a
getaddrinfo error.
*/
export type Call = {
	readonly name: CallName;
	readonly arguments: readonly CallValue[];
	readonly result?: readonly CallValue[];
	readonly error?: string;
	readonly note?: CallNote;
};

/** The type of a socket (socket(2)): of datagrams, which is UDP, or of a byte stream, which is TCP. */
export type SocketType = 'SOCK_DGRAM' | 'SOCK_STREAM';

/** The close() of a socket (close(2)), which Node makes after a call that failed, too. */
export const closeCall: Call = {name: 'close', arguments: []};

/** The socket() for an address of this host's family (socket(2)). */
export function socketCall(host: string, type: SocketType): Call {
	return {name: 'socket', arguments: [familyOf(host), type]};
}

/**
The bind() to an address (bind(2)).

@param asked - what it was given; with port 0 the system picks one
@param local - what the system made of it, as getsockname(2) says
*/
export function bindCall(asked: Address, local = asked): Call {
	const call: Call = {name: 'bind', arguments: [asked]};
	return asked.port === 0 && local.port > 0 ? {...call, result: [local], note: 'system-picks-port'} : call;
}

/**
The lookup of a name, none for an IP address. Node asks for addresses only, and adds the port itself (getaddrinfo(3)).
*/
export function lookupCalls(host: string): readonly Call[] {
	return isName(host) ? [{name: 'getaddrinfo', arguments: [{quoted: host}, 'None']}] : [];
}

/** Whether a host is a name, which has to be looked up before a socket can be made, rather than an IP address. */
export function isName(host: string): boolean {
	return !host.includes(':') && !/^\d+(?:\.\d+){3}$/.test(host);
}

/**
A call as one writes it in Python, with its result or its error behind an arrow. Its note is a sentence of the
reader's language, and not part of it.
*/
export function callText({name, arguments: given, result, error}: Call): string {
	const outcome = error ?? result?.map(value => valueText(value)).join(name === 'recvfrom' ? ' from ' : ', ');
	const call = `${name}(${given.map(value => valueText(value)).join(', ')})`;
	return outcome === undefined ? call : `${call} → ${outcome}`;
}

function valueText(value: CallValue): string {
	if (typeof value !== 'object') {
		return String(value);
	}

	if ('bytes' in value) {
		return `${value.bytes} B`;
	}

	if ('quoted' in value) {
		return `'${value.quoted}'`;
	}

	return 'connection' in value ? `connection ${value.connection}` : tupleText(value);
}

/**
An address as Python's socket module writes it: a tuple of host and port, for IPv6 with flow information and scope as
well, which are 0. An address with a zone (RFC 4007, `fe80::1%eth0`) stays a pair, which Python takes too: its scope
is a number that is not known here.
*/
function tupleText({host, port}: Address): string {
	return host.includes(':') && !host.includes('%') ? `('${host}', ${port}, 0, 0)` : `('${host}', ${port})`;
}

/** The address family (socket(2)) of an IP address; an ellipsis for a name, which may have addresses of either. */
function familyOf(host: string): string {
	if (host.includes(':')) {
		return 'AF_INET6';
	}

	return isName(host) ? '…' : 'AF_INET';
}
