import {readFileSync} from 'node:fs';
import {plainAddress, formatAddress} from '../../text/address.ts';
import type {Address} from '../../log/event.ts';
import {KernelTables} from './kernel-tables.ts';
import {parseKernelTable} from './parse-kernel-table.ts';

/** Unread bytes by the addresses of both ends, for each port, as read in the call that is under way. */
const read = new Map<string, ReadonlyMap<string, number>>();

/**
How many bytes a connection has received that the program has not read, as the kernel's table says now; 0 where there is
none. It is read at once, which takes milliseconds where there are thousands of connections: once for all those that a
server closes together.
*/
export function unreadInKernel(local: Address, peer: Address): number {
	return KernelTables.isAvailable
		? unreadAt(local.port, local.host.includes(':') ? 6 : 4).get(keyOf(local, peer)) ?? 0
		: 0;
}

/**
Whether the kernel no longer has such a connection, as after a RST that no read has told of (RFC 9293 section 3.10.7.4);
false also where the tables cannot be read.
*/
export function isGoneFromKernel(local: Address, peer: Address): boolean {
	const family = local.host.includes(':') ? 6 : 4;
	return KernelTables.isAvailable
		&& readTable(tableOf(family)).length > 0
		&& !unreadAt(local.port, family).has(keyOf(local, peer));
}

function tableOf(family: 4 | 6): string {
	return `/proc/net/${family === 6 ? 'tcp6' : 'tcp'}`;
}

function unreadAt(port: number, family: 4 | 6): ReadonlyMap<string, number> {
	const table = tableOf(family);
	const key = `${table} ${port}`;
	const known = read.get(key);
	if (known) {
		return known;
	}

	const unread = new Map(parseKernelTable(readTable(table), 'tcp', family, new Set([port]))
		.map(({local, remote, receiveQueue}) => [keyOf(local, remote), receiveQueue]));
	if (read.size === 0) {
		queueMicrotask(() => {
			read.clear();
		});
	}

	read.set(key, unread);
	return unread;
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
