import {closeConnections, openConnections} from './load-connections.ts';
import {Tally} from './tally.ts';

const connections = 50;
const message = Buffer.alloc(64, 'x');

/** Each connection sends 64 bytes, waits until they are back, and sends again. @returns round trips per second */
export async function loadTcpEcho({port, seconds}: {readonly port: number; readonly seconds: number}): Promise<number> {
	const tally = new Tally();
	const sockets = await openConnections(port, connections);
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
