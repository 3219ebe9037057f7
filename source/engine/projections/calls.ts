import type {SocketEvent} from '../events/event.ts';
import {
	bindCall, closeCall, implicitBindCall, socketCall,
} from './basic-calls.ts';
import {formatBytes, formatTuple} from './call-text.ts';
import {
	bindFailure, connectFailure, sendFailure, socketFailure,
} from './failed-calls.ts';

/** A function of the Berkeley socket interface, by its name in Python's socket module and in the manual's section 2 (getaddrinfo: 3). */
export type CallName = 'socket' | 'bind' | 'listen' | 'accept' | 'connect' | 'send' | 'sendto' | 'recv' | 'recvfrom' | 'shutdown' | 'setsockopt' | 'close' | 'getaddrinfo';

/**
What a call's line cannot say itself:
- `system-picks-port`: bind() asked for port 0; the result is the address that the system picked
- `in-progress`: the socket does not block: connect() does not wait, and its outcome is an event of its own
- `handshake-done`: the outcome of the connect() that was in progress, not a second call; the result has this end's address, which the system picked
- `peer-finished`: 0 bytes: the peer has sent its FIN, and there is nothing more to read
- `limit-reached`: accepted, and closed at once, since no more connections are allowed
- `peer-gone`: accepted, and closed at once, since the client was gone by then
- `earlier-send`: bytes that an earlier send() took could not be sent; or the failure of that send() itself, told again for the whole socket
- `no-handshake`: connect() on a datagram socket sends nothing: it only sets the peer (udp(7))
- `sends-reset`: close() with a linger time of 0 sends a RST instead of a FIN
- `lost-by-link`: the call has worked as any other; the simulated link has lost the datagram
*/
export type CallNote = 'system-picks-port' | 'in-progress' | 'handshake-done' | 'peer-finished' | 'limit-reached' | 'peer-gone' | 'earlier-send' | 'no-handshake' | 'sends-reset' | 'lost-by-link';

/** A call, its arguments, and its result as text; `error` is an errno name where it failed (errno(3)), or what Node calls a getaddrinfo error. */
export type Call = {
	readonly name: CallName;
	readonly arguments: string;
	readonly result?: string;
	readonly error?: string;
	readonly note?: CallNote;
};

/** What Node is asked to let the kernel hold of clients that are not accepted yet (listen(2)). */
const backlog = 511;

/**
The calls that an event stands for, in the order in which they were made, as one would write them in Python; none where the event is no
call's. Node makes their siblings: recvmsg() and sendmsg() of a datagram, read() and write() of a stream, accept4(). Calls that set or ask
something only, such as setsockopt() and getsockname(), are left out. A `send` is what the program has written: Node may need several to
get it into the kernel. Lookups of names that worked, and how the attempts
at a name's other addresses ended, are not in the log.

@param isServer - whether it is an event of a server's pane: a client's UDP socket is bound by Node at its first send
*/
export function projectCalls(event: SocketEvent, {isServer}: {readonly isServer: boolean}): readonly Call[] {
	switch (event.type) {
		case 'bound': {
			return [socketCall(event.local.host, 'SOCK_DGRAM'), isServer ? bindCall(event.asked ?? event.local, event.local) : implicitBindCall(event.local)];
		}

		case 'listening': {
			return [socketCall(event.local.host, 'SOCK_STREAM'), bindCall(event.asked ?? event.local, event.local), {name: 'listen', arguments: String(backlog)}];
		}

		case 'bind-failed': {
			return bindFailure(event.local, event.failure, 'SOCK_DGRAM');
		}

		case 'listen-failed': {
			return bindFailure(event.local, event.failure, 'SOCK_STREAM');
		}

		case 'datagram-sent': {
			const call = {name: 'sendto', arguments: `${formatBytes(event.length)}, ${formatTuple(event.peer)}`} as const;
			return [event.fate?.type === 'lost' ? {...call, note: 'lost-by-link'} : call];
		}

		case 'datagram-received': {
			return [{name: 'recvfrom', arguments: '', result: `${formatBytes(event.length)} from ${formatTuple(event.peer)}`}];
		}

		case 'chunk-sent': {
			return [{name: 'send', arguments: formatBytes(event.length)}];
		}

		case 'chunk-received': {
			return [{name: 'recv', arguments: '', result: formatBytes(event.length)}];
		}

		case 'send-failed': {
			return sendFailure(event.peer, event.length, event.failure);
		}

		case 'accepted': {
			return [{name: 'accept', arguments: '', result: `connection ${event.socket}, ${formatTuple(event.peer)}`}];
		}

		case 'rejected': {
			// The system no longer knows the address of a peer that is gone.
			const result = event.peer.host === '' ? undefined : formatTuple(event.peer);
			return [{
				name: 'accept', arguments: '', ...(result !== undefined && {result}), note: 'limit-reached',
			}, closeCall];
		}

		case 'connecting': {
			return [socketCall(event.peer.host, 'SOCK_STREAM'), {name: 'connect', arguments: formatTuple(event.peer), note: 'in-progress'}];
		}

		case 'connected': {
			return [{
				name: 'connect', arguments: formatTuple(event.peer), result: `connected, ${formatTuple(event.local)}`, note: 'handshake-done',
			}];
		}

		case 'connect-failed': {
			return connectFailure(event.peer, event.failure);
		}

		case 'fin-sent': {
			return [{name: 'shutdown', arguments: 'SHUT_WR'}];
		}

		case 'fin-received': {
			return [{
				name: 'recv', arguments: '', result: formatBytes(0), note: 'peer-finished',
			}];
		}

		case 'reset':
		case 'socket-failed': {
			return socketFailure(event.failure);
		}

		case 'closed': {
			// A UDP client that has sent nothing has no socket in the system yet.
			return isServer || event.local || event.peer ? [closeCall] : [];
		}

		case 'peer-set': {
			return [{
				name: 'connect', arguments: formatTuple(event.peer), result: formatTuple(event.local), note: 'no-handshake',
			}];
		}

		case 'reset-sent': {
			// A linger time of 0 turns the close into a reset (socket(7)).
			return [{name: 'setsockopt', arguments: 'SOL_SOCKET, SO_LINGER, (1, 0)'}, {...closeCall, note: 'sends-reset'}];
		}

		case 'reading-stopped':
		case 'reading-resumed':
		case 'link-changed':
		case 'loss-ordered':
		case 'series-started':
		case 'series-ended':
		case 'paused':
		case 'resumed':
		case 'send-refused':
		case 'rule-changed':
		case 'closing-changed':
		case 'destination-changed': {
			return [];
		}

		default: {
			return event satisfies never;
		}
	}
}

/** A call as one line, with its result or its error behind an arrow; its note is left to the screen, which speaks the user's language. */
export function formatCall({name, arguments: given, result, error}: Call): string {
	const outcome = error ?? result;
	return outcome === undefined ? `${name}(${given})` : `${name}(${given}) → ${outcome}`;
}
