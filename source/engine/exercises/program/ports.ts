import {randomInt} from 'node:crypto';
import {isPortFree} from '../../../sockets/reserved-address.ts';

/** The port that a program has where it is not told one, as the textbook's programs have it. */
export const textbookPort = 12_000;

/** A port outside of those that systems pick for clients (RFC 6335 section 8.1.2). */
export function randomPort(): number {
	return randomInt(10_000, 30_000);
}

/** A port as a machine with the other byte order would have it: 12000 = 0x2EE0 is 0xE02E = 57390 (htons(3)). */
export function swapped(port: number): number {
	return ((port & 0xFF) << 8) | (port >> 8);
}

/** Whether a program is told its port by an argument. */
export function hasPlaceholder(command: readonly string[]): boolean {
	return command.some(word => word.includes('{port}'));
}

/**
A free port for a program: one that is another one in the other byte order, which any user may bind, so that the mistake
can be told.
*/
export async function pickPort(protocol: 'udp' | 'tcp'): Promise<number> {
	for (;;) {
		const port = randomPort();
		const other = swapped(port);
		const isTold = other >= 1024 && other !== port && port !== textbookPort && other !== textbookPort;
		// eslint-disable-next-line no-await-in-loop -- One after the other, until one is free.
		if (isTold && await isPortFree(protocol, port) && await isPortFree(protocol, other)) {
			return port;
		}
	}
}
