import {createSocket, type Socket} from 'node:dgram';
import {lookup, type LookupAddress} from 'node:dns';
import {once} from 'node:events';
import type {LookupFunction} from 'node:net';
import type {Address} from '../../log/event.ts';
import {familyOf} from '../../text/address.ts';

/** The family of the host that was looked up last: a server's peers are often on one host. */
let last = {hostname: '', family: 0};

/**
A `lookup` for Node's sockets that answers an IP address at once. Node's own goes through getaddrinfo(3)'s
machinery for every datagram that is sent to a literal address.
*/
const literalLookup: LookupFunction = (hostname, options, callback) => {
	if (hostname !== last.hostname) {
		last = {hostname, family: familyOf(hostname)};
	}

	const {family} = last;
	if (family === 0) {
		// eslint-disable-next-line n/prefer-promises/dns -- Node's sockets take the callback form.
		lookup(hostname, options, callback);
		return;
	}

	const result: string | LookupAddress[] = options.all ? [{address: hostname, family}] : hostname;
	callback(null, result, family);
};

/** How many datagrams of each version of IP the sockets of this process have read. */
export const readHere = {4: 0, 6: 0};

/** Make a UDP socket for IPv4 or IPv6. Its descriptor comes to be when it is bound, by bind() or by its first send. */
export function openUdpSocket(family: 4 | 6): Socket {
	return createSocket({type: family === 6 ? 'udp6' : 'udp4', lookup: literalLookup as never});
}

/** Hear what a socket receives, and count it: with one listener, as Node copies a list of two for each datagram. */
export function hearDatagrams(socket: Socket, hear: (host: string, port: number, bytes: Uint8Array) => void): void {
	socket.on('message', (bytes, {address, family, port}) => {
		// A socket for IPv6 has IPv4-mapped senders, too.
		readHere[family === 'IPv4' || address.includes('.') ? 4 : 6]++;
		hear(address, port, bytes);
	});
}

/** Close a socket, where there is one. Settles when the system has closed it. */
export async function closeUdpSocket(socket: Socket | undefined): Promise<void> {
	await new Promise<void>(resolve => {
		if (socket) {
			socket.close(resolve);
		} else {
			resolve();
		}
	});
}

/** Where a socket is bound, as getsockname(2) says. */
export function boundAddress(socket: Socket): Address {
	const {address, port} = socket.address();
	return {host: address, port};
}

/** Bind a client's socket to its source and connect it to its peer, where it is to have these. Events tell the rest. */
export function bindAndConnect(socket: Socket, source: Address | undefined, peer: Address | undefined): void {
	const connect = (): void => {
		if (peer) {
			socket.connect(peer.port, peer.host);
		}
	};

	if (source) {
		// A connect() would bind the socket elsewhere where this fails.
		socket.once('listening', connect);
		socket.bind({address: source.host, port: source.port, exclusive: true});
	} else {
		connect();
	}
}

/** Why nothing is sent from a socket whose source could not be bound, and which is closed by now. */
export function notBound(): Error {
	return Object.assign(new Error('the source could not be bound'), {code: 'ECANCELED', syscall: 'bind'});
}

/**
Settle when connect() on a UDP socket has worked, with the error where it has failed; also when the socket is closed.
*/
export async function untilConnected(socket: Socket): Promise<Error | undefined> {
	const over = new AbortController();
	try {
		await Promise.race(['connect', 'close'].map(async name => once(socket, name, over)));
		return undefined;
	} catch (error) {
		return error as Error;
	} finally {
		over.abort();
	}
}

/** Bind, and settle when the system has answered. Rejects with the system's error, the socket closed. */
export async function bindUdpSocket(socket: Socket, {host, port}: Address): Promise<Address> {
	const listening = once(socket, 'listening');
	try {
		socket.bind({address: host, port, exclusive: true});
		await listening;
		return boundAddress(socket);
	} catch (error) {
		socket.close();
		throw error;
	}
}
