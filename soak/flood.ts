import {createSocket} from 'node:dgram';
import {setTimeout as sleep} from 'node:timers/promises';

const burst = 100;
const payload = Buffer.alloc(160, 'flood of the soak ');

/** Send datagrams to a port of 127.0.0.1, so many as fit into the time at a pace that an engine can follow. @returns how many were sent */
export async function flood(port: number, most: number, seconds: number): Promise<number> {
	const socket = createSocket('udp4');
	socket.on('error', () => undefined);
	// Its answers are read, and are nobody's business.
	socket.on('message', () => undefined);
	const end = performance.now() + (seconds * 1000);
	let sent = 0;
	while (sent < most && performance.now() < end) {
		for (let left = burst; left > 0; left--) {
			socket.send(payload, port, '127.0.0.1', () => undefined);
		}

		sent += burst;

		await sleep(8);
	}

	socket.close();
	return sent;
}
