import {randomInt} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {socketsAtPort} from '../../../sockets/kernel/process-sockets.ts';
import {isPortFree} from '../../../sockets/reserved-address.ts';

/** The port that a program has where it is not told one, as the textbook's programs have it. */
export const textbookPort = 12_000;

/** Those of RFC 6335 section 6, from the first to the last. */
const dynamicPorts = [49_152, 65_535] as const;

/**
The ports that this system picks for sockets that name none, from the first to the last (ip(7), ip_local_port_range):
any other program may have one of them at any moment.
*/
export function pickedPorts(): readonly [first: number, last: number] {
	try {
		const [first = Number.NaN, last = Number.NaN] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
			.split('\t').map(Number);
		return first <= last ? [first, last] : dynamicPorts;
	} catch {
		return dynamicPorts;
	}
}

/** Where ports for programs are looked for, and how many there have to be. */
const usualPorts = [[10_000, 30_000], [5000, 10_000]] as const;
const fewestPorts = 1000;

/** From which port up to which programs are told one: the system picks none of these, where there are such. */
export function programPorts(): readonly [least: number, most: number] {
	const [first, last] = pickedPorts();
	const parts = usualPorts.flatMap(([least, most]) => [
		[least, Math.min(most, first)], [Math.max(least, last + 1), most],
	] as const);
	return parts.find(([least, most]) => most - least >= fewestPorts) ?? usualPorts[0];
}

export function randomPort(): number {
	return randomInt(...programPorts());
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
