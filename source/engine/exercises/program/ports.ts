import {randomInt} from 'node:crypto';
import {socketsAtPort} from '../../../sockets/kernel/process-sockets.ts';
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
Whether any program can bind this port: also one that does not set SO_REUSEADDR, which a connection in TIME_WAIT keeps
from it (RFC 9293 section 3.6.1). Without the kernel's tables only this program's own bind() is tried, which sets it.
*/
export async function isUnused(protocol: 'udp' | 'tcp', port: number): Promise<boolean> {
	const isBindable = await isPortFree(protocol, port);
	return isBindable && (socketsAtPort(protocol, port) ?? []).length === 0;
}

/** A free port for a program that is another one, which any user may bind, in the other byte order. */
export async function pickPort(protocol: 'udp' | 'tcp'): Promise<number> {
	for (;;) {
		const port = randomPort();
		const other = swapped(port);
		const isTold = other >= 1024 && other !== port && port !== textbookPort && other !== textbookPort;
		// eslint-disable-next-line no-await-in-loop -- One after the other, until one is free.
		if (isTold && await isUnused(protocol, port) && await isUnused(protocol, other)) {
			return port;
		}
	}
}
