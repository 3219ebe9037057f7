
/*
The engine in this process, tested by fast-check's model-based commands: what the log's entries add up to is the model,
the playground is what is tested. Each run of commands ends with a still moment in which everything must add up.
*/
import {setImmediate as turn, setTimeout as sleep} from 'node:timers/promises';
import fc from 'fast-check';
import {perfect} from '../source/link/conditions.ts';
import {comesTrue, settles} from '../test/helpers/in-time.ts';
import {command, query} from './engine-commands.ts';
import {EngineLedgers, EngineRoom} from './engine-room.ts';
import {foreignAct, ForeignClients, ForeignServers} from './foreign-peers.ts';
import {Counter, type Half, runHalf} from './half.ts';
import {
	leftOver, MemorySamples, resources, SocketWatch,
} from './process-watch.ts';
import {allClients, allScenes, boundProblems} from './view-problems.ts';

/** Commands of one run, and how long the run takes at most, in seconds. */
const maxCommands = 3000;
const longestRun = 4;

/** Another run before the end, in which everything is closed in the middle; in seconds. */
const lastRun = 0.7;

/** What is on the link has left it after this long, once the link does nothing any longer; in milliseconds. */
const linkTimeout = 5000;

/** Closing takes no longer than this, in milliseconds. */
const closeTimeout = 6000;

/**
Nothing has happened in this many looks, 20 ms apart: nothing is under way inside this machine. Counted, since a process
that has stood still sees time pass and has read nothing.
*/
const quietLooks = 8;

/** What is tested: the playground, and those who talk to it. */
type World = {
	readonly room: EngineRoom;
	readonly clients: ForeignClients;
	readonly servers: ForeignServers;
	/** Queries by type. */
	readonly looks: Counter;
};

type Step = fc.AsyncCommand<EngineLedgers, World>;

await runHalf(async half => {
	half.doing('setting up');
	const {seconds, seed} = half.job;
	const before = resources();
	const watch = new SocketWatch('self');
	const room = new EngineRoom(half);
	const ledgers = new EngineLedgers(half, room);
	const world: World = {
		room, clients: new ForeignClients(ledgers.streams), servers: new ForeignServers(), looks: new Counter(),
	};
	await world.servers.open();
	await Promise.all((['udp', 'tcp'] as const).map(async protocol => room.execute({type: 'open-scene', protocol})));
	const memory = memorySamples(seconds);
	for (let run = 0; half.elapsed < seconds - lastRun; run++) {
		const end = Math.min(half.elapsed + Math.min(longestRun, seconds / 8), seconds - lastRun);
		await runCommands(half, world, ledgers, {seed: seed + run, end});
		await holdStill(half, world, ledgers);
		const rows = watch.look();
		if (rows.length > 0) {
			const foreign = [...world.clients.udpPorts, world.servers.udpPort];
			half.violation('a view is wrong about sockets', ...boundProblems(room.scenes, rows, foreign));
		}

		memory.sample();
	}

	await runCommands(half, world, ledgers, {seed: seed - 1, end: half.elapsed + lastRun});
	half.doing('closing the playground');
	if (!await settles(Promise.all([room.playground.close(), room.playground.close()]), closeTimeout)) {
		half.violation('close() hangs', `it has not settled after ${closeTimeout / 1000} s`);
	}

	ledgers.checkClosed();
	half.doing('looking for what is left');
	world.clients.close();
	world.servers.close();
	const left = (): string[] => [...watch.left, ...leftOver(before, resources())];
	await comesTrue(() => room.pending.length === 0 && left().length === 0, closeTimeout);
	room.checkPending(0);
	half.violation('something is left', ...left());
	half.violation('memory is not flat', ...memory.all.flatMap(({problems}) => problems));
	half.figures('engine: what was done', [...room.commands.figures('commands'), ...world.looks.figures('queries')]);
	half.figures('engine: what was refused', room.refusals.figures('refusals'));
	half.figures('engine: foreign clients', world.clients.acts.figures('counts'));
	half.figures('engine: foreign servers', world.servers.acts.figures('counts'));
	half.figures('engine: what happened', [['bytes of payload', ledgers.bytes], ...ledgers.events.figures('events')]);
	const {outcomes, secondReads} = ledgers.datagrams;
	half.figures('engine: datagrams between its own sockets', [
		...outcomes.figures('followed'), ['read a second time', secondReads],
	]);
	half.figures('engine: connections of which both ends are known', ledgers.streams.ends.figures('followed'));
	half.figures('engine: at the end', [
		...memory.all.map(({figure}) => figure), ['sockets and resources left', left().length],
	]);
});

/** `end` is in seconds of the half. */
type Run = {readonly seed: number; readonly end: number};

/** Draw commands from a seed, and run them until the time is over. */
async function runCommands(half: Half, world: World, ledgers: EngineLedgers, {seed, end}: Run): Promise<void> {
	half.doing(`running commands (seed ${seed})`);
	const step = (run: Step['run'], name: string): Step => ({
		check: () => half.elapsed < end, run, toString: () => name,
	});
	const steps: fc.Arbitrary<Step> = fc.oneof(
		{
			weight: 35,
			arbitrary: command.map(make =>
				step(async (_, {room, servers}) => {
					void room.execute(make({scenes: room.scenes, destinations: servers.addresses}));
					// The next one comes in a message of its own.
					await turn();
				}, 'command')),
		},
		{
			weight: 20,
			arbitrary: foreignAct.map(act =>
				step(async (_, {room, clients}) => {
					act(clients, room.servers);
				}, 'foreign act')),
		},
		{
			weight: 10,
			arbitrary: fc.nat(25).map(milliseconds => step(async () => sleep(milliseconds), 'pause')),
		},
		{
			weight: 1,
			arbitrary: fc.array(query, {minLength: 1, maxLength: 4}).map(draws =>
				step(async (model, {room, looks}) => {
					const {playground, scenes} = room;
					model.check();
					room.checkPending();
					const queries = draws.map(make => make(scenes, playground.log.next));
					playground.open(queries);
					for (const query of queries) {
						looks.add(query.type);
						playground.revisionOf(query);
						playground.view(query);
					}
				}, 'look')),
		},
	);
	const drawn = fc.array(steps, {minLength: maxCommands, maxLength: maxCommands, size: 'max'});
	for (const commands of fc.sample(drawn, {seed: Math.trunc(seed), numRuns: 1, unbiased: true})) {
		await fc.asyncModelRun(() => ({model: ledgers, real: world}), commands);
	}
}

/**
Let everything come to rest: no experiment, no series, links that do nothing, and nothing on them. Then all counts must
add up.
*/
async function holdStill(half: Half, {room}: World, ledgers: EngineLedgers): Promise<void> {
	half.doing('ending what goes on');
	const calmed = Promise.all([
		room.execute({type: 'end-experiment'}),
		...allClients(room.scenes).map(async ({pane}) => room.execute({type: 'stop-series', pane})),
		...(['udp', 'tcp'] as const).map(async scene => room.execute({
			type: 'set-link', scene, direction: 'both', conditions: perfect,
		})),
	]);
	if (!await settles(calmed, linkTimeout)) {
		half.violation('a command was never answered', `${room.pending.join(', ')}, in a still moment`);
	}

	half.doing('waiting for the link to be empty');
	const links = () => allScenes(room.scenes).flatMap(({link}) => [link['to-server'], link['to-clients']]);
	if (!await comesTrue(() => links().every(({datagrams, bytes}) => datagrams === 0 && bytes === 0), linkTimeout)) {
		const told = JSON.stringify(links());
		half.violation(
			'the link is not empty',
			`${linkTimeout / 1000} s after it was told to do nothing it has ${told}`,
		);
	}

	half.doing('waiting until nothing happens');
	const {log} = room.playground;
	let last = log.next;
	let looks = 0;
	const isQuiet = await comesTrue(() => {
		looks = log.next === last ? looks + 1 : 0;
		last = log.next;
		return looks > quietLooks;
	}, linkTimeout);
	half.doing('adding up');
	ledgers.check();
	if (isQuiet) {
		ledgers.settle();
	} else {
		ledgers.datagrams.forget();
	}

	room.checkPending();
}

type Memory = {readonly all: readonly MemorySamples[]; readonly sample: () => void};

/**
Memory of this process, sampled when all garbage is gone. The log is full within seconds: what is in use is flat then.
*/
function memorySamples(seconds: number): Memory {
	const resident = new MemorySamples({name: 'engine: resident', bound: 1.5, seconds});
	const heap = new MemorySamples({
		name: 'engine: heap in use', bound: 1.3, seconds, isFlatFromBegin: true,
	});
	const buffers = new MemorySamples({
		name: 'engine: buffers', bound: 1.3, seconds, isFlatFromBegin: true,
	});
	return {
		all: [resident, heap, buffers],
		sample() {
			// The last resort gives back to the system what a burst of garbage has taken.
			globalThis.gc?.({type: 'major', execution: 'sync', flavor: 'last-resort'});
			const {rss, heapUsed, arrayBuffers} = process.memoryUsage();
			resident.add(rss);
			heap.add(heapUsed);
			buffers.add(arrayBuffers);
		},
	};
}
