import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {Tally} from './statistics.ts';

const peers = 50;
const message = Buffer.alloc(64, 'x');

/** A datagram that is not back after so long was lost: its peer sends another one, in milliseconds. */
const timeout = 250;

/** Each peer sends a datagram of 64 bytes, waits for the answer, and sends again. @returns round trips per second */
export async function loadUdpEcho({port, seconds}: {readonly port: number; readonly seconds: number}): Promise<number> {
	const tally = new Tally();
	const heard = new Map<Socket, number>();
	const sockets = await Promise.all(Array.from({length: peers}, async () => openSocket(port)));
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

export type Flood = {
	readonly port: number;
	readonly seconds: number;
	readonly perSecond: number;
	/** Datagrams sent at most. */
	readonly most: number;
	/** The length of each datagram. */
	readonly bytes: number;
};

/** Fits into the receive buffer that a UDP socket has by default. */
const longestBurst = 200;

/** Send datagrams at a steady rate, some every millisecond. @returns how many were sent */
export async function floodUdp({port, seconds, perSecond, most, bytes}: Flood): Promise<number> {
	const socket = await openSocket(port);
	const message = Buffer.alloc(bytes, 'x');
	const start = performance.now();
	let sent = 0;
	let elapsed = 0;
	while (elapsed < seconds && sent < most) {
		elapsed = (performance.now() - start) / 1000;
		// What could not be sent in time is not made up for in one burst, which would overrun the receiver.
		const due = Math.min(Math.floor(elapsed * perSecond) - sent, longestBurst, most - sent);
		for (let index = 0; index < due; index++) {
			socket.send(message);
		}

		sent += Math.max(0, due);

		await sleep(1);
	}

	socket.close();
	return sent;
}

export type Probe = {
	readonly port: number;
	readonly seconds: number;
};

/**
Send a datagram to an echo server each millisecond. @returns the longest time until one came back, in milliseconds
*/
export async function probe({port, seconds}: Probe): Promise<number> {
	const socket = await openSocket(port);
	const sentAt: number[] = [];
	let longest = 0;
	socket.on('message', bytes => {
		longest = Math.max(longest, performance.now() - (sentAt[bytes.readUInt32LE()] ?? 0));
	});
	const end = performance.now() + (seconds * 1000);
	while (performance.now() < end) {
		const bytes = Buffer.alloc(64, 'x');
		bytes.writeUInt32LE(sentAt.length);
		sentAt.push(performance.now());
		socket.send(bytes);
		await sleep(1);
	}

	// What the server has not answered yet counts, too.
	await sleep(200);
	socket.close();
	return longest;
}

/** A UDP socket that is connected to a port of this machine. */
export async function openSocket(port: number): Promise<Socket> {
	const socket = createSocket('udp4');
	socket.on('error', () => undefined);
	socket.connect(port, '127.0.0.1');
	await once(socket, 'connect');
	return socket;
}
