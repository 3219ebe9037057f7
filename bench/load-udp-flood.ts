import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';

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
	const socket = createSocket('udp4');
	socket.on('error', () => undefined);
	socket.connect(port, '127.0.0.1');
	await once(socket, 'connect');
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
