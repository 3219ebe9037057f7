
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {KernelTables} from '../../source/sockets/kernel/kernel-tables.ts';
import {openConnections} from '../load-tcp.ts';
import type {Result, Subject} from '../result.ts';
import {isVerbose, secondsPerRow} from '../settings.ts';
import {median, pairedRatio} from '../statistics.ts';

const connections = 1000;

/** How long a watch at the default interval is measured, in seconds. */
const secondsWatched = Math.min(4, secondsPerRow);

/** How long single readings are measured at most, in seconds. */
const secondsMeasured = Math.min(6, secondsPerRow);

/** What something cost, in milliseconds. */
type Cost = {
	readonly wall: number;
	/** Processor time of all threads. */
	readonly processor: number;
	/** Processor time of the thread that asked, which is blocked while it reads. */
	readonly thread: number;
};

export const kernelTable: Subject = {
	name: 'kernel',
	about: `one reading of the kernel's TCP tables with ${connections.toLocaleString('en')} connections between sockets of this process / readFileSync() of the same tables, split into lines`,
	async run() {
		if (!KernelTables.isAvailable) {
			console.log('kernel: this system has no /proc/net/tcp that can be read');
			return [];
		}

		const accepted: Socket[] = [];
		const server = createServer(socket => {
			accepted.push(socket);
			socket.on('error', () => undefined);
		}).listen({port: 0, host: '127.0.0.1', backlog: connections});
		await once(server, 'listening');
		const {port} = server.address() as {port: number};
		const clients = await openConnections(port, connections);
		try {
			return await measure(port);
		} finally {
			// A reset leaves no TIME_WAIT behind, which the next run would count.
			for (const socket of [...clients, ...accepted]) {
				socket.resetAndDestroy();
			}

			server.close();
			await once(server, 'close');
		}
	},
};

async function measure(port: number): Promise<Result[]> {
	const pairs: Array<[ours: Cost, plain: Cost]> = [];
	const end = performance.now() + (secondsMeasured * 1000);
	// The first rounds warm both up, and are not counted.
	for (let round = 0; round < 20 || performance.now() < end; round++) {
		const pair: [Cost, Cost] = [await costOf(async () => readOnce(port)), await costOf(readPlainly)];
		if (round >= 5) {
			pairs.push(pair);
		}
	}

	const share = await watchedShare(port);
	if (isVerbose) {
		console.log(`kernel: ${pairs.length} readings; ${(share * 100).toFixed(1)} % of a processor at the default interval`);
	}

	const format = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;
	const row = (name: string, which: keyof Cost, most: number): Result => ({
		name: `kernel tables, ${name}`,
		ours: format(median(pairs.map(([ours]) => ours[which]))),
		bare: format(median(pairs.map(([, plain]) => plain[which]))),
		ratio: pairedRatio(pairs.map(([ours, plain]) => [ours[which], plain[which]])),
		target: {most},
	});
	return [
		row('one reading: time of its thread', 'thread', 0.6),
		row('one reading: time of all threads', 'processor', 2),
		row('one reading: until it is there', 'wall', 2),
		{
			name: 'kernel tables, watched: share of one processor',
			ours: `${(share * 100).toFixed(1)} %`,
			bare: '100 %',
			ratio: share,
			target: {most: 0.1},
		},
	];
}

/** From the start of watching until there is a snapshot. */
async function readOnce(port: number): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	const tables = new KernelTables({onChange: resolve});
	tables.watch([{protocol: 'tcp', ports: [port]}]);
	await promise;
	const found = tables.snapshot?.length ?? 0;
	tables.close();
	// Both ends of each, and the welcoming socket.
	if (found < connections * 2) {
		throw new Error(`The tables have ${found} of ${(connections * 2) + 1} sockets`);
	}
}

function readPlainly(): number {
	return ['tcp', 'tcp6'].flatMap(name => readFileSync(`/proc/net/${name}`, 'utf8').split('\n')).length;
}

async function costOf(action: () => unknown): Promise<Cost> {
	const start = performance.now();
	const processor = process.cpuUsage();
	const thread = process.threadCpuUsage();
	await action();
	return {
		wall: performance.now() - start,
		processor: milliseconds(process.cpuUsage(processor)),
		thread: milliseconds(process.threadCpuUsage(thread)),
	};
}

/** The share of one processor that watching at the default interval takes: all threads of this process. */
async function watchedShare(port: number): Promise<number> {
	const tables = new KernelTables({onChange: () => undefined});
	tables.watch([{protocol: 'tcp', ports: [port]}]);
	const {wall, processor} = await costOf(async () => sleep(secondsWatched * 1000));
	tables.close();
	return processor / wall;
}

function milliseconds({user, system}: NodeJS.CpuUsage): number {
	return (user + system) / 1000;
}
