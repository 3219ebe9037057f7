import {once} from 'node:events';
import {connect, type Socket} from 'node:net';

/** How long a connection has for its last bytes before it is reset, in milliseconds. */
const timeout = 2000;

/** Open so many connections to a port of this machine. */
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
