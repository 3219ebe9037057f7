/* A call of the socket interface as data, and the calls that several kinds of events have in common. */
import {familyOf} from '../../text/address.ts';
import type {Address, SocketFailure} from '../event.ts';

/** A function of the Berkeley socket interface, as Python's socket module and the manual name it. */
export type CallName
	= | 'socket' | 'bind' | 'listen' | 'accept' | 'connect' | 'send' | 'sendto' | 'recv' | 'recvfrom' | 'shutdown'
		| 'setsockopt' | 'getpeername' | 'getsockopt' | 'close' | 'getaddrinfo';

/**
What a call's text cannot say itself:
- `system-picks-port`: bind() asked for port 0; the result is the address that the system picked
- `library-binds`: Node's dgram binds a socket before its first send, the system picks the port; without a bind() of its
  own, sendto() does that (udp(7))
- `in-progress`: the socket does not block: connect() does not wait, and its outcome is an event of its own
- `handshake-done`: the outcome of the connect() that was in progress (connect(2), EINPROGRESS)
- `to-itself`: the same, and both ends are this one socket (simultaneous open, RFC 9293 section 3.5)
- `peer-finished`: 0 bytes: the peer has sent its FIN, and there is nothing left to read
- `limit-reached`: accepted, and closed at once, since the limit of connections is reached
- `peer-gone`: accepted, and closed at once, since the client had reset the connection already
- `earlier-send`: bytes that an earlier send() took could not be sent; or the failure of that send() itself, reported
  again for the whole socket
- `no-handshake`: connect() on a datagram socket sends nothing: it only sets the peer (udp(7))
- `sends-reset`: close() with a linger time of 0 sends a RST instead of a FIN
- `unread-data`: close() while received bytes are unread: the system sends a RST (RFC 1122 section 4.2.2.13)
- `files-run-out`: accepted, and closed at once: hardly a descriptor is left for the next one (EMFILE)
- `lost-by-link`: the call succeeded as usual; the simulated link has lost the datagram
*/
export type CallNote
	= | 'system-picks-port' | 'library-binds' | 'in-progress' | 'handshake-done' | 'to-itself' | 'peer-finished'
		| 'limit-reached' | 'peer-gone' | 'earlier-send' | 'no-handshake' | 'sends-reset' | 'unread-data' | 'files-run-out'
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
type SocketType = 'SOCK_DGRAM' | 'SOCK_STREAM';

/** The close() of a socket (close(2)), which Node makes after a call that failed, too. */
export const closeCall: Call = {name: 'close', arguments: []};

/** A connection's segments are sent at once (tcp(7), TCP_NODELAY), which Node sets where it is asked for `noDelay`. */
export const noDelayCall: Call = {name: 'setsockopt', arguments: ['IPPROTO_TCP', 'TCP_NODELAY', 1]};

/** How the outcome of a connect() is learned that was in progress (connect(2), EINPROGRESS). */
export const outcomeCall: Call = {name: 'getsockopt', arguments: ['SOL_SOCKET', 'SO_ERROR']};

/**
The socket() and bind() of a welcoming socket, or of a client that binds its source first. Between them libuv lets the
port be bound again while connections of an earlier socket are in TIME_WAIT (socket(7), SO_REUSEADDR), and an IPv6
socket serve IPv4 as well (ipv6(7), IPV6_V6ONLY).
*/
export function boundStreamCalls(asked: Address, local = asked): readonly Call[] {
	return [
		socketCall(local.host, 'SOCK_STREAM'),
		{name: 'setsockopt', arguments: ['SOL_SOCKET', 'SO_REUSEADDR', 1]},
		...(local.host.includes(':')
			? [{name: 'setsockopt', arguments: ['IPPROTO_IPV6', 'IPV6_V6ONLY', 0]} as const]
			: []),
		bindCall(asked, local),
	];
}

/** The socket() for an address of this host's family (socket(2)). */
export function socketCall(host: string, type: SocketType): Call {
	return {name: 'socket', arguments: [families[familyOf(host)], type]};
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
The lookup of a name that has worked, with the addresses in the order in which they are used. Node asks for addresses
only, and adds the port itself (getaddrinfo(3)).
*/
export function lookupCall(name: string, hosts: readonly string[]): Call {
	return {
		name: 'getaddrinfo', arguments: [{quoted: name}, 'None'], result: hosts.map(quoted => ({quoted})),
	};
}

/** The address family (socket(2)) of an IP address; an ellipsis for a name, which may have addresses of either. */
const families = {0: '…', 4: 'AF_INET', 6: 'AF_INET6'} as const;

/** What socket() fails with (socket(2)). Node names its bind() or connect() instead. */
const socketErrors = new Set(['EAFNOSUPPORT', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EPROTONOSUPPORT']);

/** The calls of an open socket by what Node calls those that fail. */
const callsByName: Readonly<Record<string, Call>> = {
	bind: {name: 'bind', arguments: []},
	accept: {name: 'accept', arguments: []},
	read: {name: 'recv', arguments: []},
	recvmsg: {name: 'recvfrom', arguments: []},
	write: {name: 'send', arguments: [], note: 'earlier-send'},
	send: {name: 'sendto', arguments: []},
	shutdown: {name: 'shutdown', arguments: ['SHUT_WR']},
};

/**
The calls of a server that could not be opened, up to the one that failed. Node says `listen` where a stream's bind()
failed: its library keeps EADDRINUSE until listen() is asked for (libuv's uv_tcp_bind), which the system is never
asked for then.

@param wanted - where it should have been bound: an IP address, or a name
*/
export function bindFailure(wanted: Address, failure: SocketFailure, type: SocketType): readonly Call[] {
	const early = earlyFailure(wanted.host, failure);
	if (early) {
		return early;
	}

	const host = familyOf(wanted.host) === 0 ? hostInMessage(failure.message, wanted.port) : wanted.host;
	const local = {host: host ?? wanted.host, port: wanted.port};
	const calls = type === 'SOCK_STREAM' ? boundStreamCalls(local) : [socketCall(local.host, type), bindCall(local)];
	return openFailure(calls, failure);
}

/**
The outcome of a connect() that failed, or of the lookup or the socket() before it.

@param progress - how far it was: with EINPROGRESS, connect() itself has worked, which is an event of its own
*/
export function connectFailure(
	peer: Address,
	failure: SocketFailure,
	progress: 'under-way' | 'given-up' | undefined,
	source?: Address,
): readonly Call[] {
	const early = earlyFailure(peer.host, failure);
	if (early) {
		return early;
	}

	if (progress) {
		return progress === 'given-up' ? [closeCall] : [{...outcomeCall, error: failure.code}, closeCall];
	}

	const made = source ? boundStreamCalls(source) : [socketCall(peer.host, 'SOCK_STREAM')];
	return openFailure(failure.syscall === 'bind' ? made : [...made, {name: 'connect', arguments: [peer]}], failure);
}

/** The sendto() or send() that failed with its bytes, or the lookup before it; none where no call was made. */
export function sendFailure(peer: Address, length: number, failure: SocketFailure): readonly Call[] {
	const {syscall, code} = failure;
	const made: readonly Call[] = syscall === 'send'
		? [{name: 'sendto', arguments: [{bytes: length}, peer], error: code}]
		: (syscall === 'write' ? [{name: 'send', arguments: [{bytes: length}], error: code}] : []);
	return earlyFailure(peer.host, failure) ?? made;
}

/** The call of an open socket that failed, without arguments, which are not known; none where none was made. */
export function socketFailure(failure: SocketFailure): readonly Call[] {
	if (!isMade(failure)) {
		return [];
	}

	const {code, syscall} = failure;
	if (syscall === 'getpeername') {
		return [
			{name: 'accept', arguments: [], note: 'peer-gone'},
			{name: 'getpeername', arguments: [], error: code},
			closeCall,
		];
	}

	if (syscall === 'bind' && socketErrors.has(code)) {
		return [{name: 'socket', arguments: [], error: code}];
	}

	const call = Object.hasOwn(callsByName, syscall) ? callsByName[syscall] : undefined;
	return call ? [{...call, error: code}] : [];
}

/** The calls that were to set an option: the first of them has failed. None where the system was not asked. */
export function optionFailure(calls: readonly Call[], failure: SocketFailure): readonly Call[] {
	return isMade(failure) ? calls.slice(0, 1).map(call => ({...call, error: failure.code})) : [];
}

/** Whether the system was asked at all. Node has codes of its own; what was given up has ECANCELED. */
function isMade({code, syscall}: SocketFailure): boolean {
	return syscall !== '' && code !== 'ECANCELED' && !code.startsWith('ERR_');
}

/** The calls of what failed before there was a socket: none, or a lookup; undefined where it failed later. */
function earlyFailure(host: string, failure: SocketFailure): readonly Call[] | undefined {
	if (!isMade(failure)) {
		return [];
	}

	if (failure.syscall !== 'getaddrinfo') {
		return undefined;
	}

	return familyOf(host) === 0 ? [{name: 'getaddrinfo', arguments: [{quoted: host}, 'None'], error: failure.code}] : [];
}

/** Either the first call, the socket(), failed, or the last that was made on it; then the socket is closed. */
function openFailure(calls: readonly Call[], {code}: SocketFailure): readonly Call[] {
	return socketErrors.has(code)
		? calls.slice(0, 1).map(call => ({...call, error: code}))
		: [...calls.map((call, index) => index === calls.length - 1 ? {...call, error: code} : call), closeCall];
}

/** The IP address that a name stood for, which Node writes at the end of the message, with any port but 0. */
function hostInMessage(message: string, port: number): string | undefined {
	const last = message.split(' ').at(-1) ?? '';
	const end = `:${port}`;
	const host = last.endsWith(end) ? last.slice(0, -end.length) : last;
	return familyOf(host) === 0 ? undefined : host;
}
