import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {closeConnections, openConnections} from './load-connections.ts';

export type Trickle = {
	readonly port: number;
	readonly protocol: 'udp' | 'tcp';
	/** Messages to send, one after the other. */
	readonly messages: number;
	/** Milliseconds between two messages. */
	readonly interval: number;
};

const message = Buffer.alloc(64, 'x');

/** Send messages of 64 bytes so slowly that each can be drawn before the next one. @returns how many were sent */
export async function trickle({port, protocol, messages, interval}: Trickle): Promise<number> {
	const {send, close} = protocol === 'udp' ? await openUdp(port) : await openTcp(port);
	for (let sent = 0; sent < messages; sent++) {
		send();
		await sleep(interval);
	}

	await close();
	return messages;
}

type Sender = {readonly send: () => void; readonly close: () => Promise<void>};

async function openUdp(port: number): Promise<Sender> {
	const socket = createSocket('udp4');
	socket.on('error', () => undefined);
	socket.connect(port, '127.0.0.1');
	await once(socket, 'connect');
	return {
		send() {
			socket.send(message);
		},
		async close() {
			socket.close();
			await once(socket, 'close');
		},
	};
}

async function openTcp(port: number): Promise<Sender> {
	const sockets = await openConnections(port, 1);
	return {
		send() {
			for (const socket of sockets) {
				socket.resume();
				socket.write(message);
			}
		},
		close: async () => closeConnections(sockets),
	};
}
