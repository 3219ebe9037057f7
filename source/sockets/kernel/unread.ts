import {readFileSync} from 'node:fs';
import {plainAddress, formatAddress} from '../../text/address.ts';
import type {Address} from '../../log/event.ts';
import {KernelTables} from './kernel-tables.ts';
import {parseKernelTable} from './parse-kernel-table.ts';

/** What the table of one version of IP has said of a port. */
type Reading = {
	/** Unread bytes by the addresses of both ends. */
	readonly unread: ReadonlyMap<string, number>;
	/** Whether the table could be read. */
	readonly isKnown: boolean;
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
		? readingOf(local).unread.get(keyOf(local, peer)) ?? 0
		: 0;
}

/**
Whether the kernel no longer has such a connection, as after a RST that no read has told of (RFC 9293 section 3.10.7.4);
false also where the tables cannot be read.
*/
export function isGoneFromKernel(local: Address, peer: Address): boolean {
	if (!KernelTables.isAvailable) {
		return false;
	}

	const {unread, isKnown} = readingOf(local);
	return isKnown && !unread.has(keyOf(local, peer));
}

function readingOf({host, port}: Address): Reading {
	const family = host.includes(':') ? 6 : 4;
	const key = `${family} ${port}`;
	const known = readings.get(key);
	const begin = performance.now();
	if (begin - begun > second) {
		begun = begin;
		spent = 0;
	}

	if (known && begin < known.end && spent > longestAnew) {
		return known;
	}

	const table = readTable(`/proc/net/${family === 6 ? 'tcp6' : 'tcp'}`);
	const unread = new Map(parseKernelTable(table, 'tcp', family, new Set([port]))
		.map(({local, remote, receiveQueue}) => [keyOf(local, remote), receiveQueue]));
	const took = performance.now() - begin;
	spent += took;
	const reading = {unread, isKnown: table.length > 0, end: begin + (2 * took)};
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
