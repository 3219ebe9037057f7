import {once} from 'node:events';
import {connect} from 'node:net';
import {Worker} from 'node:worker_threads';
import type {ReservedAddress} from './held-address.ts';

const host = '127.0.0.1';

/** How many connections may wait for accept(). Linux lets one more wait (listen(2)). */
const backlog = 1;

/** Connections that are begun to fill the queue: more than any system lets wait with that backlog. */
const fillers = 8;

/*
Listens and then stands still, so that libuv cannot accept. A thread of its own: this one must go on. The text is what
runs, in development and in the bundle alike.
*/
const listener = `
const {createServer} = require('node:net');
const {parentPort, workerData} = require('node:worker_threads');
const server = createServer();
server.listen({...workerData, port: 0}, () => {
	parentPort.postMessage(server.address().port);
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/**
Hold an address that does not answer. A socket listens there that never accepts, and the queue of connections that wait
for that is full: the system drops every SYN, as listen(2) describes (the client sends it again), and neither SYN+ACK
nor RST comes back.
*/
export async function reserveSilent(): Promise<ReservedAddress> {
	const worker = new Worker(listener, {eval: true, workerData: {host, backlog}, execArgv: []});
	worker.unref();
	const [port] = await once(worker, 'message') as [number];
	const sockets = Array.from({length: fillers}, () => connect(port, host));
	const release = async (): Promise<void> => {
		const closed = sockets.filter(socket => !socket.closed).map(async socket => once(socket, 'close'));
		for (const socket of sockets) {
			socket.destroy();
		}

		await Promise.all([...closed, worker.terminate()]);
	};

	for (const socket of sockets) {
		// Those that wait are reset when the listening socket is closed.
		socket.on('error', () => {
			socket.destroy();
		});
	}

	try {
		// On loopback a handshake is over by the time that connect() returns: when the first is heard of, all have been
		// begun.
		await once(sockets[0]!, 'connect');
	} catch (error) {
		await release();
		throw error;
	}

	return {address: {host, port}, release};
}
