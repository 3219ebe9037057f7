import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {median} from '../bench/statistics.ts';
import type {Figure} from './settings.ts';

/** One row of the kernel's tables of sockets (proc(5): /proc/net/tcp and the others). */
export type KernelRow = {
	readonly protocol: 'udp' | 'tcp';
	readonly localPort: number;
	readonly remotePort: number;
	/** As the kernel numbers them: 6 is TIME_WAIT, 10 is LISTEN. */
	readonly state: number;
	/** 0 where no process has the socket any longer. */
	readonly inode: number;
};

const timeWait = 6;
export const listen = 10;

/** Read one of the kernel's tables. */
export function parseRows(text: string, protocol: 'udp' | 'tcp'): KernelRow[] {
	return text.split('\n').slice(1).filter(line => line.trim() !== '').map(line => {
		const [, local = '', remote = '', state = '', ...others] = line.trim().split(/\s+/);
		const portOf = (address: string): number => Number.parseInt(address.split(':')[1] ?? '', 16);
		return {
			protocol,
			localPort: portOf(local),
			remotePort: portOf(remote),
			state: Number.parseInt(state, 16),
			inode: Number(others[5]),
		};
	});
}

/** All sockets of UDP and TCP that the kernel knows now; none where there are no such tables. */
function kernelRows(): KernelRow[] {
	return (['udp', 'udp6', 'tcp', 'tcp6'] as const).flatMap(name => {
		const text = orElse('', () => readFileSync(`/proc/net/${name}`, 'utf8'));
		return parseRows(text, name.startsWith('udp') ? 'udp' : 'tcp');
	});
}

/** The inodes of the sockets that a process has open, Unix sockets included; none where it has ended. */
function socketInodes(pid: number | 'self'): Set<number> {
	const folder = `/proc/${pid}/fd`;
	return new Set(orElse([], () => readdirSync(folder)).flatMap(descriptor => {
		// It may be closed meanwhile, as the descriptor of this very folder is.
		const target = orElse('', () => readlinkSync(`${folder}/${descriptor}`));
		const [, inode] = /^socket:\[(\d+)]$/.exec(target) ?? [];
		return inode === undefined ? [] : [Number(inode)];
	}));
}

function orElse<Value>(otherwise: Value, read: () => Value): Value {
	try {
		return read();
	} catch {
		return otherwise;
	}
}

/** Remembers the sockets that a process has had, so that at the end the kernel can be asked whether any is left. */
export class SocketWatch {
	readonly #pid: number | 'self';
	readonly #inodes = new Set<number>();
	readonly #ports = new Set<number>();
	/** The Unix sockets and all other descriptors that were open before. */
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
		const isOwn = ({inode, localPort}: KernelRow): boolean =>
			this.#inodes.has(inode) || (inode === 0 && this.#ports.has(localPort));
		return [
			...[...socketInodes(this.#pid)]
				.filter(inode => !this.#before.has(inode))
				.map(inode => `socket ${inode} is open`),
			...kernelRows()
				.filter(row => row.state !== timeWait && isOwn(row))
				.map(({protocol, localPort, remotePort, state}) =>
					`${protocol} ${localPort} to ${remotePort} is in state ${state}`),
		];
	}
}

/** What keeps this process alive, or could, by kind: sockets, timers, threads, and listeners of the process itself. */
export function resources(): Map<string, number> {
	const counts = new Map<string, number>();
	const add = (name: string, count = 1): void => {
		counts.set(name, (counts.get(name) ?? 0) + count);
	};

	// Node opens its standard streams when they are first asked for, and asks for one when it destroys a socket.
	for (const {fd} of [process.stdout, process.stderr]) {
		add('standard streams', fd > 0 ? 1 : 0);
	}

	for (const name of process.getActiveResourcesInfo()) {
		add(name);
	}

	for (const name of process.eventNames()) {
		add(`listeners of process '${String(name)}'`, process.listenerCount(name));
	}

	return counts;
}

/** What there is now that there was not before. */
export function leftOver(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): string[] {
	return [...now].flatMap(([name, count]) => {
		const more = count - (before.get(name) ?? 0);
		return more > 0 ? [`${more} more ${name}`] : [];
	});
}

type MemoryOptions = {
	readonly name: string;
	/** How much more the last third of the run may take than the middle third, by their medians: 1.3 is 30 % more. */
	readonly bound: number;
	/** How long the run is: within a minute a program has not reached its steady size. */
	readonly seconds: number;
	/** Whether the last third is compared with the first third as well. */
	readonly isFlatFromBegin?: boolean;
};

/** The bytes that something took, looked at again and again: whether they grow. */
export class MemorySamples {
	readonly #options: MemoryOptions;
	readonly #samples: number[] = [];

	constructor(options: MemoryOptions) {
		this.#options = options;
	}

	add(bytes: number): void {
		this.#samples.push(bytes);
	}

	/** How much more the last third took than the one before, or the first if that is less; undefined if unknown. */
	get growth(): number | undefined {
		const {first, middle, last, isJudged} = this.#thirds;
		return isJudged ? last / (this.#options.isFlatFromBegin ? Math.min(first, middle) : middle) : undefined;
	}

	get problems(): string[] {
		const {growth} = this;
		const {name, bound, seconds} = this.#options;
		return seconds < 60 || growth === undefined || growth <= bound
			? []
			: [
				`${name}: the last third takes ${growth.toFixed(2)} times as much as one before it, more than ${bound}: ${this.#samples
					.map(bytes => mebibytes(bytes))
					.join(' ')} MiB`,
			];
	}

	get figure(): Figure {
		const {first, middle, last} = this.#thirds;
		const growth = this.growth === undefined ? 'too few samples' : `${this.growth.toFixed(2)} times`;
		const bound = this.#options.seconds < 60 ? 'not judged within a minute' : `of at most ${this.#options.bound}`;
		const values = [first, middle, last].map(bytes => mebibytes(bytes)).join(' / ');
		return [
			`${this.#options.name}, MiB`,
			`${values} (begin / middle / end: medians of thirds; ${growth}, ${bound})`,
		];
	}

	get #thirds(): {
		readonly first: number;
		readonly middle: number;
		readonly last: number;
		readonly isJudged: boolean;
	} {
		const third = Math.floor(this.#samples.length / 3);
		const length = Math.max(1, third);
		return {
			first: median(this.#samples.slice(0, length)),
			middle: median(this.#samples.slice(-2 * length, -length)),
			last: median(this.#samples.slice(-length)),
			isJudged: third >= 2,
		};
	}
}

function mebibytes(bytes: number): string {
	return (bytes / (1024 * 1024)).toFixed(1);
}
