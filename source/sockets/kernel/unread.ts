import {readFileSync} from 'node:fs';
import {plainAddress} from '../../log/plain-host.ts';
import type {Address} from '../../log/event.ts';
import {formatAddress} from '../../text/address.ts';
import {KernelTables} from './kernel-tables.ts';
import {parseKernelTable} from './parse-kernel-table.ts';

/**
How many bytes a connection has received that the program has not read, as the kernel's table says now; 0 where there is
none. It is read at once, which takes milliseconds where there are thousands of connections.
*/
export function unreadInKernel(local: Address, peer: Address): number {
	if (!KernelTables.isAvailable) {
		return 0;
	}

	const family = local.host.includes(':') ? 6 : 4;
	const table = readTable(family === 6 ? '/proc/net/tcp6' : '/proc/net/tcp');
	const key = (address: Address): string => formatAddress(plainAddress(address));
	return parseKernelTable(table, 'tcp', family, new Set([local.port]))
		.find(socket => key(socket.local) === key(local) && key(socket.remote) === key(peer))?.receiveQueue ?? 0;
}

/** Without a descriptor to read it with, the table is as good as empty. */
function readTable(path: string): Uint8Array {
	try {
		return readFileSync(path);
	} catch {
		return new Uint8Array();
	}
}
