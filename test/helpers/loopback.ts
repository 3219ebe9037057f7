import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import type {Address} from '../../source/log/event.ts';
import {isPortFree} from '../../source/sockets/reserved-address.ts';

function byte(): number {
	return 1 + Math.floor(Math.random() * 250);
}

/**
A loopback address that no other test uses. The system hands a port that one test has just closed to the next that asks
for any; where a test needs a port to stay free, it has one on an address of its own. Only Linux has all of 127.0.0.0/8.
*/
export function loopbackHost(): string {
	return process.platform === 'linux' ? `127.${byte()}.${byte()}.${byte()}` : '127.0.0.1';
}

/**
Connect until that is refused, and say with which code it was. A program that is just being started by another test has
a copy of every socket of this process until it runs, so that a socket may listen on for a moment after it was closed.
*/
export async function refusalOf({host, port}: Address): Promise<string | undefined> {
	for (let tries = 0; tries < 10_000; tries++) {
		const socket = connect(port, host);
		const {promise, resolve} = Promise.withResolvers<string | undefined>();
		socket.on('connect', () => {
			resolve(undefined);
		});
		socket.on('error', (error: NodeJS.ErrnoException) => {
			resolve(error.code);
		});
		const code = await promise;
		socket.destroy();
		if (code === 'ECONNREFUSED') {
			return code;
		}
	}

	return undefined;
}

/** An address on which nothing listens, for TCP and for UDP. */
export async function freeAddress(host = loopbackHost()): Promise<Address> {
	const server = createServer();
	server.listen(0, host);
	await once(server, 'listening');
	const {port} = server.address() as {port: number};
	server.close();
	await once(server, 'close');
	await refusalOf({host, port});
	return {host, port};
}

/** Those that freePort() has found: they may be opened much later. */
const found = new Set<number>();

/**
A port of 127.0.0.1 that is free for UDP and TCP, and that the system hands to nobody else meanwhile, as it is none of
those that it picks (ip(7), ip_local_port_range), nor the one that the textbook's programs have.
*/
export async function freePort(): Promise<number> {
	const host = '127.0.0.1';
	for (;;) {
		const port = randomInt(12_001, 32_000);
		if (!found.has(port) && await isPortFree('tcp', port, host) && await isPortFree('udp', port, host)) {
			found.add(port);
			await refusalOf({host, port});
			return port;
		}
	}
}
