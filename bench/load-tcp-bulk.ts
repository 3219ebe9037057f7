import type {Socket} from 'node:net';
import {closeConnections, openConnections} from './load-connections.ts';
import {Tally} from './tally.ts';

const connections = 4;
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

	const sockets = await openConnections(port, connections);
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
