import {readFileSync} from 'node:fs';
import {plainAddress, formatAddress} from '../../text/address.ts';
import type {Address} from '../../log/event.ts';
import {KernelTables} from './kernel-tables.ts';
import {parseKernelTable} from './parse-kernel-table.ts';

/** What the table of one version of IP has said of a port. */
type Reading = {
	/** Unread bytes by the addresses of both ends. */
	readonly unread: ReadonlyMap<string, number>;
	/** Whether it was read twice: the kernel may pass over a connection while others come and go. */
	readonly isTwice: boolean;
	/** Until when it may be used, as performance.now() has it. */
	readonly end: number;
};

/** A table is read anew for each who asks, for up to this long in a second (in milliseconds). */
const longestAnew = 100;
const second = 1000;
let begun = Number.NEGATIVE_INFINITY;
let spent = 0;

/** The last readings, by table and port. */
const readings = new Map<string, Reading>();

/**
How many bytes a connection has received that the program has not read, as the kernel's table says now; 0 where there is
none. It is read at once, which takes milliseconds where there are thousands of connections. Where many ask, as when a
server closes all of these together, what was read is used again for as long as that took.
*/
export function unreadInKernel(local: Address, peer: Address): number {
	return KernelTables.isAvailable
		? readingWith(local, peer).unread.get(keyOf(local, peer)) ?? 0
		: 0;
}

/** A reading that has this connection, or one that was made twice. */
function readingWith(local: Address, peer: Address): Reading {
	const reading = readingOf(local);
	return reading.isTwice || reading.unread.has(keyOf(local, peer)) ? reading : readAnew(local, reading);
}

function readingOf(local: Address): Reading {
	const known = readings.get(tableOf(local).key);
	const now = performance.now();
	if (now - begun > second) {
		begun = now;
		spent = 0;
	}

	return known && now < known.end && spent > longestAnew ? known : readAnew(local);
}

function tableOf({host, port}: Address): {readonly family: 4 | 6; readonly key: string} {
	const family = host.includes(':') ? 6 : 4;
	return {family, key: `${family} ${port}`};
}

/** @param before - what a reading just before this one has found */
function readAnew(local: Address, before?: Reading): Reading {
	const {port} = local;
	const {family, key} = tableOf(local);
	const begin = performance.now();
	const table = readTable(`/proc/net/${family === 6 ? 'tcp6' : 'tcp'}`);
	const unread = new Map([
		...before?.unread ?? [],
		...parseKernelTable(table, 'tcp', family, new Set([port]))
			.map(({local, remote, receiveQueue}) => [keyOf(local, remote), receiveQueue] as const),
	]);
	const took = performance.now() - begin;
	spent += took;
	const reading = {
		unread,
		isTwice: before !== undefined,
		end: begin + (2 * took),
	};
	readings.set(key, reading);
	setTimeout(() => {
		if (readings.get(key) === reading) {
			readings.delete(key);
		}
	}, took).unref();
	return reading;
}

function keyOf(local: Address, remote: Address): string {
	return [local, remote].map(address => formatAddress(plainAddress(address))).join(' ');
}

/** Without a descriptor to read it with, the table is as good as empty. */
function readTable(path: string): Uint8Array {
	try {
		return readFileSync(path);
	} catch {
		return new Uint8Array();
	}
}
