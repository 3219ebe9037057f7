import type {Address} from '../events/event.ts';
import {formatFamily, formatTuple, isName} from './call-text.ts';
import type {Call} from './calls.ts';

/** The type of a socket (socket(2)): of datagrams, which is UDP, or of a byte stream, which is TCP. */
export type SocketType = 'SOCK_DGRAM' | 'SOCK_STREAM';

/** The close() of a socket (close(2)), which Node makes after a call that failed, too. */
export const closeCall: Call = {name: 'close', arguments: ''};

/** The socket() for an address of this host's family (socket(2)). */
export function socketCall(host: string, type: SocketType): Call {
	return {name: 'socket', arguments: `${formatFamily(host)}, ${type}`};
}

/**
The bind() to an address (bind(2)).

@param asked - what it was given; with port 0 the system picks one
@param local - what the system made of it, as getsockname(2) says
*/
export function bindCall(asked: Address, local = asked): Call {
	const call: Call = {name: 'bind', arguments: formatTuple(asked)};
	return asked.port === 0 && local.port > 0 ? {...call, result: formatTuple(local), note: 'system-picks-port'} : call;
}

/**
The bind() that Node makes at the first send of a UDP socket that nobody has bound: to the wildcard address and port 0.

@param local - what the system made of it, as getsockname(2) says
*/
export function implicitBindCall(local: Address): Call {
	return bindCall({host: local.host, port: 0}, local);
}

/** The lookup of a name, none for an IP address. Node asks for addresses only, and adds the port itself (getaddrinfo(3)). */
export function lookupCalls(host: string): readonly Call[] {
	return isName(host) ? [{name: 'getaddrinfo', arguments: `'${host}', None`}] : [];
}
