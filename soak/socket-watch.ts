import {
	type KernelRow, kernelRows, socketInodes, timeWait,
} from './kernel-rows.ts';

/** Remembers the sockets that a process has had, so that at the end the kernel can be asked whether any is left. */
export class SocketWatch {
	readonly #pid: number | 'self';
	readonly #inodes = new Set<number>();
	readonly #ports = new Set<number>();
	/** The Unix sockets and whatever else was there before. */
	readonly #before: ReadonlySet<number>;

	constructor(pid: number | 'self') {
		this.#pid = pid;
		this.#before = pid === 'self' ? socketInodes(pid) : new Set();
	}

	/** Remember what the process has open now. @returns those of its sockets that the kernel's tables have */
	look(): KernelRow[] {
		const inodes = socketInodes(this.#pid);
		const rows = kernelRows().filter(({inode}) => inodes.has(inode));
		for (const {inode, localPort} of rows) {
			this.#inodes.add(inode);
			this.#ports.add(localPort);
		}

		return rows;
	}

	/** How many sockets it was seen with. */
	get seen(): number {
		return this.#inodes.size;
	}

	/** What of them is left: open in the process, or in the kernel's tables in any state but TIME_WAIT. */
	get left(): string[] {
		const open = [...socketInodes(this.#pid)].filter(inode => !this.#before.has(inode)).map(inode => `socket ${inode} is open`);
		const known = kernelRows()
			.filter(({inode, localPort, state}) => state !== timeWait && (this.#inodes.has(inode) || (inode === 0 && this.#ports.has(localPort))))
			.map(({protocol, localPort, remotePort, state}) => `${protocol} ${localPort} to ${remotePort} is in state ${state}`);
		return [...open, ...known];
	}
}
