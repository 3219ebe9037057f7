import type {Address, SocketFailure} from '../log/event.ts';
import {
	bindCall, type Call, closeCall, isName, lookupCalls, socketCall, type SocketType,
} from './call.ts';

/**
What socket() fails with (socket(2)). Node makes the socket together with its bind() or connect(), and names those
instead.
*/
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
	if (!isMade(failure)) {
		return [];
	}

	if (failure.syscall === 'getaddrinfo') {
		return lookupFailure(wanted.host, failure);
	}

	const host = isName(wanted.host) ? hostInMessage(failure.message, wanted.port) : wanted.host;
	const lookups = lookupCalls(wanted.host).map(call =>
		host === undefined ? call : {...call, result: [{quoted: host}]});
	const local = {host: host ?? wanted.host, port: wanted.port};
	return [...lookups, ...openFailure(socketCall(local.host, type), bindCall(local), failure)];
}

/** What came of a connect() that failed, or of the lookup or the socket() before it. */
export function connectFailure(peer: Address, failure: SocketFailure): readonly Call[] {
	if (!isMade(failure)) {
		return [];
	}

	if (failure.syscall === 'getaddrinfo') {
		return lookupFailure(peer.host, failure);
	}

	const made = openFailure(socketCall(peer.host, 'SOCK_STREAM'), {name: 'connect', arguments: [peer]}, failure);
	// That the socket was made is a part of the attempt, which is an event of its own.
	return made.filter(({name, error}) => name !== 'socket' || error !== undefined);
}

/**
The sendto() or send() that failed with its bytes, or the lookup before it; none where Node, or this program, refused
by itself.
*/
export function sendFailure(peer: Address, length: number, failure: SocketFailure): readonly Call[] {
	if (!isMade(failure)) {
		return [];
	}

	switch (failure.syscall) {
		case 'send': {
			return [{name: 'sendto', arguments: [{bytes: length}, peer], error: failure.code}];
		}

		case 'write': {
			return [{name: 'send', arguments: [{bytes: length}], error: failure.code}];
		}

		case 'getaddrinfo': {
			return lookupFailure(peer.host, failure);
		}

		default: {
			return [];
		}
	}
}

/**
The call of an open socket that failed, without arguments, since they are not known; none where it was no call of
ours.
*/
export function socketFailure(failure: SocketFailure): readonly Call[] {
	if (!isMade(failure)) {
		return [];
	}

	const {code, syscall} = failure;
	// The system gives the socket out, Node ignores the errno: it stands for a client that was found to be gone after
	// accept().
	if (syscall === 'accept' && code === 'ECONNABORTED') {
		return [{name: 'accept', arguments: [], note: 'peer-gone'}, closeCall];
	}

	if (syscall === 'bind' && socketErrors.has(code)) {
		return [{name: 'socket', arguments: [], error: code}];
	}

	const call = Object.hasOwn(callsByName, syscall) ? callsByName[syscall] : undefined;
	return call ? [{...call, error: code}] : [];
}

/**
Whether the system was asked at all. What Node refuses by itself has a code of its own, and what was given up has
ECANCELED.
*/
function isMade({code, syscall}: SocketFailure): boolean {
	return syscall !== '' && code !== 'ECANCELED' && !code.startsWith('ERR_');
}

function lookupFailure(host: string, {code}: SocketFailure): readonly Call[] {
	return lookupCalls(host).map(call => ({...call, error: code}));
}

/** Either the socket() failed, or the call that was made on it; then the socket is closed. */
function openFailure(socket: Call, call: Call, {code}: SocketFailure): readonly Call[] {
	return socketErrors.has(code) ? [{...socket, error: code}] : [socket, {...call, error: code}, closeCall];
}

/**
The IP address that a name stood for, which Node writes at the end of the message, with the port unless that is 0.
*/
function hostInMessage(message: string, port: number): string | undefined {
	const last = message.split(' ').at(-1) ?? '';
	const end = `:${port}`;
	const host = last.endsWith(end) ? last.slice(0, -end.length) : last;
	return isName(host) ? undefined : host;
}
