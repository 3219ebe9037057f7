import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {Inbox} from './inbox.ts';

export type RawDatagram = {readonly bytes: Uint8Array; readonly from: Address};

/** A bare UDP socket on loopback. */
export type RawUdp = {
	readonly socket: Socket;
	readonly address: Address;
	readonly inbox: Inbox<RawDatagram>;
	send(bytes: Uint8Array | string, to: Address): void;
	/** The next datagram as text. */
	nextText(): Promise<string>;
	close(): Promise<void>;
};

/** Open a bare UDP socket on a port that the system picks; it is closed with the test. */
export async function openRawUdp(t: ExecutionContext, host = '127.0.0.1'): Promise<RawUdp> {
	const socket = createSocket({type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 4 * 1024 * 1024});
	const inbox = new Inbox<RawDatagram>('a datagram');
	socket.on('message', (bytes, {address, port}) => {
		inbox.add({bytes, from: {host: address, port}});
	});
	socket.bind(0, host);
	await once(socket, 'listening');
	const closed = once(socket, 'close');
	let isOpen = true;
	const close = async (): Promise<void> => {
		if (isOpen) {
			isOpen = false;
			socket.close();
		}

		await closed;
	};

	t.teardown(close);
	return {
		socket,
		address: {host, port: socket.address().port},
		inbox,
		send(bytes, to) {
			socket.send(bytes, to.port, to.host);
		},
		async nextText() {
			const {bytes} = await inbox.next();
			return Buffer.from(bytes).toString();
		},
		close,
	};
}
