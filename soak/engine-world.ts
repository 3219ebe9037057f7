import {Counter} from './counter.ts';
import {Dice} from './dice.ts';
import {EngineLedgers} from './engine-ledgers.ts';
import {EngineRoom} from './engine-room.ts';
import {type ForeignServers, openForeignServers} from './foreign-servers.ts';
import {ForeignTcp} from './foreign-tcp.ts';
import {ForeignUdp} from './foreign-udp.ts';
import type {Half} from './half.ts';
import {MemorySamples} from './memory-samples.ts';
import {leftOver, resources} from './resources.ts';
import {SocketWatch} from './socket-watch.ts';
import {inTime, until} from './until.ts';

/** How many times as much resident memory the last third of the run may take as the middle third: a burst of garbage takes some for good, in a step. */
const residentBound = 1.5;

/** The same of what is left after all garbage is gone, and of the first third, too: the log is full within seconds. */
const heapBound = 1.3;

/** Closing takes no longer than this, in milliseconds. */
const timeout = 6000;

/** Everything that the engine's half has: the playground, those who talk to it, and those who count. */
export type EngineWorld = {
	readonly dice: Dice;
	readonly room: EngineRoom;
	readonly ledgers: EngineLedgers;
	readonly servers: ForeignServers;
	readonly foreignTcp: ForeignTcp;
	readonly foreignUdp: ForeignUdp;
	readonly watch: SocketWatch;
	readonly looks: Counter;
	readonly memory: readonly MemorySamples[];
	readonly before: ReadonlyMap<string, number>;
	/** Look how much memory is in use after all garbage is gone. */
	readonly sampleMemory: () => void;
};

/** Open both scenes, and the foreign servers. */
export async function setUpEngine(half: Half): Promise<EngineWorld> {
	half.doing('setting up');
	const before = resources();
	const watch = new SocketWatch('self');
	const {seed} = half.job;
	const room = new EngineRoom(half);
	const ledgers = new EngineLedgers(half, room);
	const servers = await openForeignServers(new Dice(seed, 'foreign servers'));
	await Promise.all([room.execute({type: 'open-scene', protocol: 'udp'}), room.execute({type: 'open-scene', protocol: 'tcp'})]);
	const resident = new MemorySamples('engine: resident', residentBound, half.job.seconds);
	const buffers = new MemorySamples('engine: buffers', heapBound, half.job.seconds, true);
	const heap = new MemorySamples('engine: heap in use', heapBound, half.job.seconds, true);
	return {
		dice: new Dice(seed, 'engine'),
		room,
		ledgers,
		servers,
		foreignTcp: new ForeignTcp(new Dice(seed, 'foreign TCP'), ledgers.streams),
		foreignUdp: new ForeignUdp(new Dice(seed, 'foreign UDP')),
		watch,
		looks: new Counter(),
		memory: [resident, heap, buffers],
		before,
		sampleMemory() {
			// The last resort gives back to the system what a burst of garbage has taken.
			globalThis.gc?.({type: 'major', execution: 'sync', flavor: 'last-resort'});
			const {rss, heapUsed, arrayBuffers} = process.memoryUsage();
			resident.add(rss);
			heap.add(heapUsed);
			buffers.add(arrayBuffers);
		},
	};
}

/** Close everything: nothing may be left. */
export async function tearDownEngine(half: Half, world: EngineWorld): Promise<void> {
	half.doing('closing the playground');
	const {room, ledgers, servers, foreignTcp, foreignUdp, watch, memory, before} = world;
	if (!await inTime(Promise.all([room.playground.close(), room.playground.close()]), timeout)) {
		half.violation('close() hangs', `it has not settled after ${timeout / 1000} s`);
	}

	ledgers.checkClosed();
	half.doing('looking for what is left');
	foreignTcp.close();
	foreignUdp.close();
	servers.close();
	await until(() => room.pending === 0 && watch.left.length === 0 && leftOver(before, resources()).length === 0, timeout);
	room.checkPending(0);
	for (const left of [...watch.left, ...leftOver(before, resources())]) {
		half.violation('something is left', left);
	}

	for (const {problem} of memory) {
		if (problem !== undefined) {
			half.violation('memory is not flat', problem);
		}
	}

	const {tap, datagrams, streams, bytes} = ledgers;
	half.figures('engine: what was done', [['commands', room.commands.total], ...room.commands.figures]);
	half.figures('engine: what was refused', [['refusals', room.refusals.total], ...room.refusals.figures]);
	half.figures('engine: foreign peers', [...foreignTcp.acts.figures, ...foreignUdp.acts.figures, ...servers.acts.figures]);
	half.figures('engine: what happened', [['events', tap.counts.total], ['bytes of payload', bytes], ...tap.counts.figures, ...world.looks.figures]);
	half.figures('engine: datagrams between our own sockets', datagrams.outcomes.figures);
	half.figures('engine: connections of which both ends are known', streams.ends.figures);
	half.figures('engine: at the end', [
		...memory.map(({figure}) => figure), ['sockets left', watch.left.length], ['resources left', leftOver(before, resources()).length], ['commands unanswered', room.pending],
	]);
}
