import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {Inbox} from './inbox.ts';

export type RawDatagram = {readonly bytes: Uint8Array; readonly from: Address};

/** A bare UDP socket on loopback, and what comes to it. */
export class RawUdp {
	readonly socket: Socket;
	readonly address: Address;
	readonly inbox = new Inbox<RawDatagram>('a datagram');
	readonly #closed: Promise<unknown>;
	#isOpen = true;

	/** @param socket - one that is bound */
	constructor(socket: Socket) {
		this.socket = socket;
		const {address, port} = socket.address();
		this.address = {host: address, port};
		this.#closed = once(socket, 'close');
		socket.on('message', (bytes, from) => {
			this.inbox.add({bytes, from: {host: from.address, port: from.port}});
		});
	}

	get port(): number {
		return this.address.port;
	}

	/** Send to an address, or to a port of 127.0.0.1. */
	send(bytes: Uint8Array | string, to: Address | number): void {
		const {host, port} = typeof to === 'number' ? {host: '127.0.0.1', port: to} : to;
		this.socket.send(bytes, port, host);
	}

	/** The next datagram's bytes. */
	async next(): Promise<Uint8Array> {
		const {bytes} = await this.inbox.next();
		return bytes;
	}

	/** The next datagram as text. */
	async nextText(): Promise<string> {
		return Buffer.from(await this.next()).toString();
	}

	/** Give the port back. Closing twice does no harm. */
	async close(): Promise<void> {
		if (this.#isOpen) {
			this.#isOpen = false;
			this.socket.close();
		}

		await this.#closed;
	}
}

/**
Open a bare UDP socket; it is closed with the test.

@param at - a host, where the system picks the port, or a whole address
*/
export async function openRawUdp(t: ExecutionContext, at: Address | string = '127.0.0.1'): Promise<RawUdp> {
	const {host, port} = typeof at === 'string' ? {host: at, port: 0} : at;
	const socket = createSocket({type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 4 * 1024 * 1024});
	socket.bind(port, host);
	await once(socket, 'listening');
	const raw = new RawUdp(socket);
	t.teardown(async () => raw.close());
	return raw;
}
