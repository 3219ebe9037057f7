import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer} from 'node:net';

/** A port of 127.0.0.1 that is free for UDP and TCP at this moment. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const socket = createSocket('udp4');
	try {
		socket.bind(port, '127.0.0.1');
		await once(socket, 'listening');
		return port;
	} catch {
		return await freePort();
	} finally {
		socket.close();
		server.close();
		await once(server, 'close');
	}
}
