import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {Tally} from './tally.ts';

const peers = 50;
const message = Buffer.alloc(64, 'x');

/** A datagram that is not back after so long was lost: its peer sends another one, in milliseconds. */
const timeout = 250;

/** Each peer sends a datagram of 64 bytes, waits for the answer, and sends again. @returns round trips per second */
export async function loadUdpEcho({port, seconds}: {readonly port: number; readonly seconds: number}): Promise<number> {
	const tally = new Tally();
	const heard = new Map<Socket, number>();
	const sockets = await Promise.all(Array.from({length: peers}, async () => openPeer(port)));
	for (const socket of sockets) {
		socket.on('message', () => {
			tally.add(1);
			if (!tally.isOver) {
				heard.set(socket, performance.now());
				socket.send(message);
			}
		});
		heard.set(socket, performance.now());
		socket.send(message);
	}

	const timer = setInterval(() => {
		for (const [socket, time] of heard) {
			if (performance.now() - time > timeout) {
				heard.set(socket, performance.now());
				socket.send(message);
			}
		}
	}, timeout / 2);
	const rate = await tally.rate(seconds);
	clearInterval(timer);
	for (const socket of sockets) {
		socket.close();
	}

	return rate;
}

async function openPeer(port: number): Promise<Socket> {
	const socket = createSocket('udp4');
	socket.on('error', () => undefined);
	socket.connect(port, '127.0.0.1');
	await once(socket, 'connect');
	return socket;
}
