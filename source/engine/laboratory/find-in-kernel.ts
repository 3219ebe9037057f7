import type {KernelSocket} from '../sockets/kernel/kernel-socket.ts';
import {KernelTables} from '../sockets/kernel/kernel-tables.ts';
import type {Waits} from './waits.ts';

/** Which sockets are looked through: those of IPv4 that have this local or remote port; and for how long, in milliseconds. */
export type KernelSearch = {readonly protocol: 'udp' | 'tcp'; readonly port: number; readonly patience: number};

/** The pause between two readings of the kernel's tables, in milliseconds. */
const interval = 50;

/** What is found in the kernel's tables, once it is; undefined where there are no tables, or they do not show it in time. */
export async function findInKernel<Value>(
	waits: Waits,
	{protocol, port, patience}: KernelSearch,
	find: (sockets: readonly KernelSocket[]) => Value | undefined,
): Promise<Value | undefined> {
	if (!KernelTables.isAvailable) {
		return undefined;
	}

	const tables = new KernelTables({
		interval,
		onChange() {
			waits.look();
		},
	});
	try {
		tables.watch([{protocol, ports: [port], families: [4]}]);
		return await waits.within(patience, () => tables.snapshot && find(tables.snapshot));
	} finally {
		tables.close();
	}
}
