import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {Tally} from './statistics.ts';

/** How long a connection has for its last bytes before it is reset, in milliseconds. */
const timeout = 2000;

/** Open this many connections to a port of this machine. */
export async function openConnections(port: number, count: number): Promise<Socket[]> {
	return Promise.all(Array.from({length: count}, async () => {
		const socket = connect({host: '127.0.0.1', port, noDelay: true});
		await once(socket, 'connect');
		socket.on('error', () => undefined);
		return socket;
	}));
}

/** Send a FIN on each, and wait until the peers have answered with theirs. */
export async function closeConnections(sockets: readonly Socket[]): Promise<void> {
	await Promise.all(sockets.map(async socket => {
		const timer = setTimeout(() => {
			socket.destroy();
		}, timeout);
		socket.end();
		await once(socket, 'close');
		clearTimeout(timer);
	}));
}

const echoConnections = 50;
const message = Buffer.alloc(64, 'x');

/** Each connection sends 64 bytes, waits until they are back, and sends again. @returns round trips per second */
export async function loadTcpEcho({port, seconds}: {readonly port: number; readonly seconds: number}): Promise<number> {
	const tally = new Tally();
	const sockets = await openConnections(port, echoConnections);
	for (const socket of sockets) {
		let back = 0;
		socket.on('data', bytes => {
			back += bytes.length;
			if (back < message.length) {
				return;
			}

			back = 0;
			tally.add(1);
			if (!tally.isOver) {
				socket.write(message);
			}
		});
		socket.write(message);
	}

	const rate = await tally.rate(seconds);
	await closeConnections(sockets);
	return rate;
}

const bulkConnections = 4;
const block = Buffer.alloc(64 * 1024, 'x');

/**
Each connection writes blocks of 64 KiB as fast as the peer takes them, and reads what comes back. @returns bytes that
came back per second
*/
export async function loadTcpBulk({port, seconds}: {readonly port: number; readonly seconds: number}): Promise<number> {
	const tally = new Tally();
	const write = (socket: Socket): void => {
		while (!tally.isOver && socket.write(block)) {
			// As long as the system takes it at once.
		}
	};

	const sockets = await openConnections(port, bulkConnections);
	for (const socket of sockets) {
		socket.on('data', bytes => {
			tally.add(bytes.length);
		});
		socket.on('drain', () => {
			write(socket);
		});
		write(socket);
	}

	const rate = await tally.rate(seconds);
	await closeConnections(sockets);
	return rate;
}
