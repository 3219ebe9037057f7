import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';

export type Probe = {
	readonly port: number;
	readonly seconds: number;
};

/**
Send a datagram to an echo server each millisecond. @returns the longest time until one came back, in milliseconds
*/
export async function probe({port, seconds}: Probe): Promise<number> {
	const socket = createSocket('udp4');
	const sentAt: number[] = [];
	let longest = 0;
	socket.on('error', () => undefined);
	socket.on('message', bytes => {
		longest = Math.max(longest, performance.now() - (sentAt[bytes.readUInt32LE()] ?? 0));
	});
	socket.connect(port, '127.0.0.1');
	await once(socket, 'connect');
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
