import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {KernelTables} from './kernel-tables.ts';
import type {KernelSocket} from './kernel-socket.ts';
import {parseKernelTable} from './parse-kernel-table.ts';

/** By what the processes of a program are told from all others. */
export type ProgramMark = {
	/** The first of them, which leads a session (setsid(2)), and when it was started: a number is used again. */
	readonly leader: number;
	readonly startedAt: string;
	/** An entry of the environment. */
	readonly entry: string;
	/** The soft limit of file locks (getrlimit(2), RLIMIT_LOCKS): a process has its parent's, whatever it executes. */
	readonly locks: string;
};

/**
The processes that belong to a program: those of its session, and those that have its entry in their environment or its
limit, which are kept by one that leaves the session (proc(5): /proc/<pid>/stat, environ, limits). Only Linux has them;
elsewhere the program itself is all that is known.
*/
export function processesOf({leader, startedAt, entry, locks}: ProgramMark): number[] {
	if (!KernelTables.isAvailable) {
		return [leader];
	}

	const led = ['', startedAt].includes(startOf(leader)) ? String(leader) : undefined;
	const limit = new RegExp(`^Max file locks +${locks} `, 'mv');
	ownStart ??= Number(startOf(process.pid));
	return namesIn('/proc')
		.filter(name => /^\d+$/.test(name))
		.filter(name => {
			const fields = statOf(Number(name));
			if (['Z', 'X', ''].includes(fields[0] ?? '')) {
				return false;
			}

			// What is older than this process was not started by it.
			return fields[3] === led || (Number(fields[19]) >= ownStart!
				&& (`\0${read(`/proc/${name}/environ`)}`.includes(`\0${entry}\0`)
					|| limit.test(read(`/proc/${name}/limits`))));
		})
		.map(Number);
}

/** When this process was started, in clock ticks since the machine was. */
let ownStart: number | undefined;

/** When a process was started, in clock ticks since the machine was (proc(5), stat); empty where there is none. */
export function startOf(process: number): string {
	return statOf(process)[19] ?? '';
}

/** The fields of /proc/<pid>/stat, or a thread's, from the third on, the state. */
function statOf(process: number | string): string[] {
	const stat = read(`/proc/${process}/stat`);
	// The name of the program, in parentheses, may have anything in it.
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** A process and those that it has started, as long as those before them run: quicker to be told than all. */
export function descendantsOf(process: number): number[] {
	const found = [process];
	for (const pid of found) {
		for (const thread of namesIn(`/proc/${pid}/task`)) {
			found.push(...(read(`/proc/${pid}/task/${thread}/children`).match(/\d+/g) ?? []).map(Number));
		}
	}

	return found;
}

/** The sockets that these processes have open, as the kernel's tables have them; undefined without such tables. */
export function socketsOfProcesses(processes: readonly number[]): KernelSocket[] | undefined {
	if (!KernelTables.isAvailable) {
		return undefined;
	}

	const inodes = inodesOfProcesses(processes);
	for (const inode of inodes.size === 0 ? [] : localInodes()) {
		inodes.delete(inode);
	}

	const found: KernelSocket[] = [];
	// To write a table of TCP the kernel goes through all of its connections: where all are found, it need not.
	for (const [protocol, family] of [['tcp', 4], ['udp', 4], ['udp', 6], ['tcp', 6]] as const) {
		if (found.length < inodes.size) {
			found.push(...socketsIn(protocol, family, undefined, inodes));
		}
	}

	return found;
}

/** The inodes of sockets that stay on this machine (unix(7)): a program's standard streams, and others. */
function localInodes(): number[] {
	return read('/proc/net/unix').split('\n').map(line => Number(line.split(/ +/)[6]));
}

/** The sockets with this local or remote port, whoever has them; undefined without such tables. */
export function socketsAtPort(protocol: 'udp' | 'tcp', port: number): KernelSocket[] | undefined {
	return KernelTables.isAvailable
		? ([4, 6] as const).flatMap(family => socketsIn(protocol, family, new Set([port])))
		: undefined;
}

function socketsIn(
	protocol: 'udp' | 'tcp',
	family: 4 | 6,
	ports: ReadonlySet<number> | undefined,
	inodes?: ReadonlySet<number>,
): KernelSocket[] {
	const table = read(`/proc/net/${protocol}${family === 6 ? '6' : ''}`);
	return parseKernelTable(Buffer.from(table), protocol, family, ports, undefined, inodes);
}

/** The clock ticks of proc(5) in a second: sysconf(_SC_CLK_TCK), which is 100 on every Linux of today. */
const ticksPerSecond = 100;

/** The processor time that these processes have used, in user and in kernel mode, in milliseconds (proc(5), stat). */
export function processorTimeOf(processes: readonly number[]): number {
	const ticks = processes.map(process => {
		// Fields 14 and 15, counted from the state, which is field 3.
		const fields = statOf(process);
		return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
	});
	return ticks.reduce((sum, each) => sum + each, 0) * 1000 / ticksPerSecond;
}

/** How a thread has fared with the processor, in milliseconds since it was started. */
export type ThreadTimes = {
	/** It runs, or waits for a processor (proc(5), stat: R). */
	readonly isRunnable: boolean;
	readonly used: number;
	/** How long it has waited for a processor until it last got one. */
	readonly delayed: number;
};

/** The threads of these processes by their numbers (proc(5), stat and schedstat); times are 0 where none are told. */
export function threadTimesOf(processes: readonly number[]): Map<string, ThreadTimes> {
	return new Map(processes.flatMap(process => namesIn(`/proc/${process}/task`).map(thread => {
		const folder = `${process}/task/${thread}`;
		const [used = 0, delayed = 0] = read(`/proc/${folder}/schedstat`).split(' ').map(value => Number(value) / 1e6);
		return [thread, {isRunnable: statOf(folder)[0] === 'R', used, delayed}] as const;
	})));
}

/** The inodes of all sockets that these processes have open: quicker to be told than the sockets. */
export function inodesOfProcesses(processes: readonly number[]): Set<number> {
	return new Set(processes.flatMap(process => inodesOf(process)));
}

function inodesOf(process: number): number[] {
	const folder = `/proc/${process}/fd`;
	return namesIn(folder).flatMap(descriptor => {
		const [, inode] = /^socket:\[(\d+)]$/.exec(linkOf(`${folder}/${descriptor}`)) ?? [];
		return inode === undefined ? [] : [Number(inode)];
	});
}

/** The names in a folder of /proc; none where the process has ended, or is another user's. */
function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function linkOf(path: string): string {
	try {
		return readlinkSync(path);
	} catch {
		return '';
	}
}

/** The text of a file in /proc; empty where it is not there any longer, or not for this user. */
function read(path: string): string {
	try {
		// In any other encoding Node takes 64 KiB for each file whose size the system does not tell.
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

/** What the kernel has counted of the datagrams of one version of IP since the machine started (RFC 4113). */
export type DatagramCounts = {
	/** Received for ports without a socket: udpNoPorts. */
	readonly noPorts: number;
	/** Read by programs (recvmsg(2)): udpInDatagrams. */
	readonly read: number;
};

/** What the kernel has counted; undefined where it does not tell. */
export function datagramCounts(family: 4 | 6 = 4): DatagramCounts | undefined {
	const [noPorts, taken] = family === 6 ? counts6() : counts4();
	return Number.isInteger(noPorts) && Number.isInteger(taken) ? {noPorts: noPorts!, read: taken!} : undefined;
}

function counts4(): number[] {
	const [names, values] = read('/proc/net/snmp').split('\n').filter(line => line.startsWith('Udp:'))
		.map(line => line.split(' '));
	return ['NoPorts', 'InDatagrams'].map(name => Number(values?.[names?.indexOf(name) ?? -1]));
}

function counts6(): number[] {
	const table = new Map(read('/proc/net/snmp6').split('\n').map(line => line.split(/\s+/) as [string, string]));
	return ['Udp6NoPorts', 'Udp6InDatagrams'].map(name => Number(table.get(name) ?? Number.NaN));
}
