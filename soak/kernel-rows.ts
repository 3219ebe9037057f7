import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

/** One line of the kernel's tables of sockets (proc(5): /proc/net/tcp and the others). */
export type KernelRow = {
	readonly protocol: 'udp' | 'tcp';
	readonly localPort: number;
	readonly remotePort: number;
	/** As the kernel numbers them: 6 is TIME_WAIT, 10 is LISTEN. */
	readonly state: number;
	/** 0 where no process has the socket any more. */
	readonly inode: number;
	/** UDP: datagrams dropped because the receive buffer was full. */
	readonly drops: number;
};

export const timeWait = 6;
export const listen = 10;

/** All sockets of UDP and TCP that the kernel knows now; none where there are no such tables. */
export function kernelRows(): KernelRow[] {
	return (['udp', 'udp6', 'tcp', 'tcp6'] as const).flatMap(name => parseRows(contentOf(`/proc/net/${name}`), name.startsWith('udp') ? 'udp' : 'tcp'));
}

/** Read one table. */
export function parseRows(text: string, protocol: 'udp' | 'tcp'): KernelRow[] {
	return text.split('\n').slice(1).filter(line => line.trim() !== '').map(line => {
		const fields = line.trim().split(/\s+/);
		const portOf = (address = ''): number => Number.parseInt(address.split(':')[1] ?? '', 16);
		return {
			protocol,
			localPort: portOf(fields[1]),
			remotePort: portOf(fields[2]),
			state: Number.parseInt(fields[3] ?? '', 16),
			inode: Number(fields[9]),
			drops: protocol === 'udp' ? Number(fields.at(-1)) : 0,
		};
	});
}

/** The inodes of the sockets that a process has open, Unix sockets included; none where it is gone. */
export function socketInodes(pid: number | 'self'): Set<number> {
	const inodes = new Set<number>();
	for (const descriptor of filesOf(`/proc/${pid}/fd`)) {
		try {
			const [, inode] = /^socket:\[(\d+)]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`)) ?? [];
			if (inode !== undefined) {
				inodes.add(Number(inode));
			}
		} catch {
			// It was closed meanwhile, the descriptor of this very folder for one.
			continue;
		}
	}

	return inodes;
}

function filesOf(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function contentOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
