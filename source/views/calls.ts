import type {SocketEvent} from '../log/event.ts';
import {
	bindCall, type Call, closeCall, socketCall,
} from './call.ts';
import {
	bindFailure, connectFailure, sendFailure, socketFailure,
} from './failed-calls.ts';

/** What Node is asked to let the kernel hold of clients that are not accepted yet (listen(2)). */
const backlog = 511;

/**
The calls that an event stands for, in the order in which they were made, as one would write them in Python; none
where the event is no call's. Node makes their siblings: recvmsg() and sendmsg() of a datagram, read() and write() of
a stream, accept4(). Calls that set or ask something only, such as setsockopt() and getsockname(), are left out. A
`send` is what the program has written: Node may need several to get it into the kernel. Lookups of names that worked,
and how the attempts at a name's other addresses ended, are not in the log.

@param isServer - whether it is an event of a server's pane: a client's UDP socket is bound by Node at its first send
*/
export function projectCalls(event: SocketEvent, {isServer}: {readonly isServer: boolean}): readonly Call[] {
	switch (event.type) {
		case 'socket-bound': {
			const {local} = event;
			const asked = isServer ? event.asked ?? local : {host: local.host, port: 0};
			return [socketCall(local.host, 'SOCK_DGRAM'), bindCall(asked, local)];
		}

		case 'listening-started': {
			return [
				socketCall(event.local.host, 'SOCK_STREAM'),
				bindCall(event.asked ?? event.local, event.local),
				{name: 'listen', arguments: [backlog]},
			];
		}

		case 'bind-failed': {
			return bindFailure(event.local, event.failure, 'SOCK_DGRAM');
		}

		case 'listen-failed': {
			return bindFailure(event.local, event.failure, 'SOCK_STREAM');
		}

		case 'datagram-sent': {
			const call = {name: 'sendto', arguments: [{bytes: event.length}, event.peer]} as const;
			return [event.fate?.type === 'lost' ? {...call, note: 'lost-by-link'} : call];
		}

		case 'datagram-received': {
			return [{name: 'recvfrom', arguments: [], result: [{bytes: event.length}, event.peer]}];
		}

		case 'chunk-sent': {
			return [{name: 'send', arguments: [{bytes: event.length}]}];
		}

		case 'chunk-received': {
			return [{name: 'recv', arguments: [], result: [{bytes: event.length}]}];
		}

		case 'send-failed': {
			return sendFailure(event.peer, event.length, event.failure);
		}

		case 'connection-accepted': {
			return [{name: 'accept', arguments: [], result: [{connection: event.socket}, event.peer]}];
		}

		case 'connection-rejected': {
			// The system no longer knows the address of a peer that is gone.
			const result = event.peer.host === '' ? undefined : [event.peer];
			return [{
				name: 'accept', arguments: [], ...(result !== undefined && {result}), note: 'limit-reached',
			}, closeCall];
		}

		case 'connect-started': {
			return [
				socketCall(event.peer.host, 'SOCK_STREAM'),
				{name: 'connect', arguments: [event.peer], note: 'in-progress'},
			];
		}

		case 'connection-opened': {
			return [{
				name: 'connect', arguments: [event.peer], result: ['connected', event.local], note: 'handshake-done',
			}];
		}

		case 'connect-failed': {
			return connectFailure(event.peer, event.failure);
		}

		case 'fin-sent': {
			return [{name: 'shutdown', arguments: ['SHUT_WR']}];
		}

		case 'fin-received': {
			return [{
				name: 'recv', arguments: [], result: [{bytes: 0}], note: 'peer-finished',
			}];
		}

		case 'reset-received':
		case 'socket-failed': {
			return socketFailure(event.failure);
		}

		case 'socket-closed': {
			// A UDP client that has sent nothing has no socket in the system yet.
			return isServer || event.local || event.peer ? [closeCall] : [];
		}

		case 'peer-set': {
			return [{
				name: 'connect', arguments: [event.peer], result: [event.local], note: 'no-handshake',
			}];
		}

		case 'reset-sent': {
			// A linger time of 0 turns the close into a reset (socket(7)).
			return [
				{name: 'setsockopt', arguments: ['SOL_SOCKET', 'SO_LINGER', '(1, 0)']},
				{...closeCall, note: 'sends-reset'},
			];
		}

		case 'reading-stopped':
		case 'reading-resumed':
		case 'link-changed':
		case 'loss-ordered':
		case 'series-started':
		case 'series-ended':
		case 'backpressure-started':
		case 'backpressure-ended':
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
