import {randomInt} from 'node:crypto';
import {connect} from 'node:net';
import {pickedPorts, programPorts, swapped} from '../../source/engine/exercises/program/ports.ts';
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

/** The ports that freePort() and freeAddress() have found: they may be opened much later. */
const found = new Set<number>();

/**
Whether the system picks a port for no socket, and no exercise one for a program, in either byte order: nobody has it
who does not name it.
*/
function isLeftAlone(port: number): boolean {
	const [first, last] = pickedPorts();
	const [least, most] = programPorts();
	return (port < first || port > last) && [port, swapped(port)].every(each => each < least || each >= most);
}

/** A port that is left alone, and free for UDP and TCP at this host. */
async function findPort(host: string): Promise<number> {
	for (let tries = 0; ; tries++) {
		// Of five digits as most are, unless the system picks all of these.
		const port = randomInt(tries < 1000 ? 10_000 : 1024, 65_536);
		const isWanted = isLeftAlone(port) || tries > 5000;
		if (isWanted && !found.has(port) && await isPortFree('tcp', port, host) && await isPortFree('udp', port, host)) {
			found.add(port);
			await refusalOf({host, port});
			return port;
		}
	}
}

/**
An address on which nothing listens, for TCP and for UDP: of a host of its own, and of a port that the system hands to
nobody. So it stays free, and may be closed and opened again.
*/
export async function freeAddress(host = loopbackHost()): Promise<Address> {
	return {host, port: await findPort(host)};
}

/** A port of 127.0.0.1 that is free for UDP and TCP, and that the system hands to nobody else meanwhile. */
export async function freePort(): Promise<number> {
	return findPort('127.0.0.1');
}
