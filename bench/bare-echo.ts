/* What the playground is measured against: the shortest echo servers on node:net and node:dgram. */
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {serveJobs} from './helper-process.ts';

export type BareJob = {readonly port: number};

serveJobs(async ({port}: BareJob) => {
	const server = createServer({noDelay: true}, socket => {
		socket.on('error', () => undefined);
		socket.pipe(socket);
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const socket = createSocket('udp4');
	socket.on('message', (bytes, peer) => {
		socket.send(bytes, peer.port, peer.address);
	});
	socket.bind(port, '127.0.0.1');
	await once(socket, 'listening');
});
