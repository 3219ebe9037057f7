
/* The engine in this process: commands at random, foreign peers that reset and stall, and now and then a still moment in which everything must add up. */
import {setImmediate as turn, setTimeout as sleep} from 'node:timers/promises';
import {setUpEngine, tearDownEngine, type EngineWorld} from './engine-world.ts';
import {boundProblems} from './bound-sockets.ts';
import {type Half, runHalf} from './half.ts';
import {randomCommand} from './random-command.ts';
import {holdStill} from './still-moment.ts';
import {randomQuery} from './views.ts';

/** How often everything is looked at, in milliseconds. */
const checkInterval = 250;

/** Busy for so many seconds at most, then a still moment. */
const longestBusy = 4;

/** Busy once more for so many seconds before the end. */
const lastBusy = 0.7;

await runHalf(async half => {
	const world = await setUpEngine(half);
	const busy = Math.min(longestBusy, half.job.seconds / 8);
	while (half.elapsed < half.job.seconds - lastBusy) {
		await beBusy(half, world, Math.min(half.elapsed + busy, half.job.seconds - lastBusy));
		await holdStill(half, world.room, world.ledgers);
		lookAtSockets(half, world);
		world.sampleMemory();
	}

	// It is closed in the middle of everything.
	await beBusy(half, world, half.elapsed + lastBusy);
	await tearDownEngine(half, world);
});

/** Do anything, in bursts and with pauses, until so many seconds have passed. */
async function beBusy(half: Half, world: EngineWorld, end: number): Promise<void> {
	half.doing('acting at random');
	const {dice, room, ledgers, foreignTcp, foreignUdp, servers} = world;
	let checked = performance.now();
	while (half.elapsed < end) {
		const {scenes} = room;
		const address = (protocol: 'udp' | 'tcp'): {host: string; port: number} | undefined => {
			const state = scenes[protocol].server?.state;
			return state?.type === 'open' ? state.local : undefined;
		};

		for (let left = dice.whole(1, 6); left > 0; left--) {
			void room.execute(randomCommand(dice, scenes, servers.addresses));
			// The next one comes in a message of its own.
			await turn();
		}

		foreignTcp.act(address('tcp'));
		foreignUdp.act(address('udp'));
		if (performance.now() - checked > checkInterval) {
			checked = performance.now();
			ledgers.check();
			look(world);
			room.checkPending();
		}

		await sleep(dice.whole(0, 25));
	}
}

/** Ask what the screen asks. */
function look({dice, room, looks}: EngineWorld): void {
	const {playground} = room;
	const queries = Array.from({length: dice.whole(1, 4)}, () => randomQuery(dice, room.scenes, playground.log.next));
	playground.open(queries);
	for (const query of queries) {
		looks.add(`view: ${query.type}`);
		playground.revisionOf(query);
		playground.view(query);
	}
}

/** What the views say of sockets must be so in the kernel. */
function lookAtSockets(half: Half, {room, watch, foreignUdp, servers}: EngineWorld): void {
	const rows = watch.look();
	if (rows.length > 0) {
		for (const problem of boundProblems(room.scenes, rows, [...foreignUdp.ports, servers.udpPort])) {
			half.violation('a view lies about sockets', problem);
		}
	}
}
