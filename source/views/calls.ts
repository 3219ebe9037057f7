import type {Call, CallValue} from '../log/calls/calls.ts';
import type {Address, SocketEvent} from '../log/event.ts';
import {kindOf} from '../log/event-kinds.ts';

/**
The calls that an event stands for, in the order in which they were made, written as in Python. Node makes their
siblings, such as recvmsg() and accept4(), and may need several calls for one `send`; calls of libuv's own, such as
epoll_ctl(), are left out.

@param isServer - whether it is an event of a server's pane: a client's UDP socket is bound by Node at its first send
*/
export function projectCalls(event: SocketEvent, {isServer}: {readonly isServer: boolean}): readonly Call[] {
	return kindOf(event.type).calls?.(event, isServer) ?? [];
}

/**
A call as one writes it in Python, with its result or its error behind an arrow. Its note is a sentence of the
reader's language, and not part of it.

@param connection - what a connection socket is called
*/
export function callText(
	{name, arguments: given, result, error}: Call,
	connection = (number: number): string => `connection ${number}`,
): string {
	const text = (value: CallValue): string => valueText(value, connection);
	const outcome = error ?? result?.map(value => text(value)).join(', ');
	const call = `${name}(${given.map(value => text(value)).join(', ')})`;
	return outcome === undefined ? call : `${call} → ${outcome}`;
}

function valueText(value: CallValue, connection: (number: number) => string): string {
	if (typeof value !== 'object') {
		return String(value);
	}

	if ('bytes' in value) {
		return `${value.bytes} B`;
	}

	if ('quoted' in value) {
		return `'${value.quoted}'`;
	}

	return 'connection' in value ? connection(value.connection) : tupleText(value);
}

/**
An address as Python's socket module writes it: a tuple of host and port, for IPv6 with flow information and scope as
well, which are 0. An address with a zone (RFC 4007, `fe80::1%eth0`) stays a pair, which Python takes too: its scope
is a number that is not known here.
*/
function tupleText({host, port}: Address): string {
	return host.includes(':') && !host.includes('%') ? `('${host}', ${port}, 0, 0)` : `('${host}', ${port})`;
}
