
/* The built program in a pseudo-terminal: keys at random, other sizes, and foreign peers that talk to its servers. */
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {residentMemory} from '../bench/process-cost.ts';
import {hostilePayloads} from '../test/helpers/terminal-hostility.ts';
import {Dice} from './dice.ts';
import {flood} from './flood.ts';
import {ForeignTcp} from './foreign-tcp.ts';
import {ForeignUdp} from './foreign-udp.ts';
import {type Half, runHalf} from './half.ts';
import {MemorySamples} from './memory-samples.ts';
import {openScreenApp, type ScreenApp} from './screen-app.ts';
import {endScreen} from './screen-end.ts';
import {ScreenKeys} from './screen-keys.ts';
import {ScreenProbe} from './screen-probe.ts';
import {SocketWatch} from './socket-watch.ts';

/** How much more the last third may take than the middle third: after a burst the engine keeps some of what its garbage took, in steps. */
const memoryBound = 1.5;

const sizes: ReadonlyArray<readonly [number, number]> = [[80, 24], [120, 40], [50, 10], [100, 30], [200, 60], [61, 17]];

/** The log holds 131,072 events; each of these datagrams is two, with its answer. Once it is full the memory can be flat. */
const fill = 75_000;

await runHalf(async half => {
	half.doing('starting the program');
	const dice = new Dice(half.job.seed, 'screen');
	const screen = await openScreenApp(dice, half.job.folder);
	const watch = new SocketWatch(screen.pid);
	const memory = new MemorySamples('screen: resident', memoryBound, half.job.seconds);
	const foreign = [new ForeignTcp(new Dice(half.job.seed, 'screen: foreign TCP')), new ForeignUdp(new Dice(half.job.seed, 'screen: foreign UDP'))] as const;
	const keys = new ScreenKeys(dice);
	const probe = new ScreenProbe(screen.app);
	const closeForeign = (): void => {
		for (const peers of foreign) {
			peers.close();
		}
	};

	try {
		half.doing('filling the log');
		const flooded = await flood(screen.port, fill, half.job.seconds / 6);
		await pressKeys(half, screen, {
			dice, watch, memory, foreign, keys, probe,
		});
		for (const {acts} of foreign) {
			half.figures('screen: foreign peers', acts.figures);
		}

		const saved = await readdir(path.join(half.job.folder, 'saved'));
		half.figures('screen: what was done', [
			['runs of keys', keys.runs],
			['characters pressed', keys.pressed],
			['datagrams to fill the log', flooded],
			['sockets that it was seen with', watch.seen],
			['files saved', saved.length],
			['answers asked for', probe.times.length],
			['an answer took, ms (median, longest)', `${median(probe.times).toFixed(0)}, ${Math.max(...probe.times).toFixed(0)}`],
		]);
		await endScreen(half, screen, {
			watch, memory, probe, closeForeign,
		});
	} finally {
		closeForeign();
		stop(screen.pid);
	}
});

type Doers = {
	readonly dice: Dice;
	readonly watch: SocketWatch;
	readonly memory: MemorySamples;
	readonly foreign: readonly [ForeignTcp, ForeignUdp];
	readonly keys: ScreenKeys;
	readonly probe: ScreenProbe;
};

/** Press keys until the time is over; ask every few seconds for an answer. */
async function pressKeys(half: Half, {app, port, pid}: ScreenApp, {dice, watch, memory, foreign, keys, probe}: Doers): Promise<void> {
	const address = {host: '127.0.0.1', port};
	const interval = Math.min(4, half.job.seconds / 12);
	const hostile = hostilePayloads();
	let asked = half.elapsed;
	while (half.elapsed < half.job.seconds) {
		half.doing('pressing keys');
		app.press(keys.next());
		if (dice.chance(0.04)) {
			app.resize(...dice.pick(sizes));
		}

		for (const peers of foreign) {
			peers.act(address);
		}

		foreign[1].say(address, dice.pick(hostile));
		await sleep(dice.whole(20, 200));
		if (half.elapsed - asked > interval && half.job.seconds - half.elapsed > interval) {
			asked = half.elapsed;
			half.doing('waiting for an answer of the screen');
			const problem = await probe.ask(Math.max(8000, (half.job.seconds - half.elapsed) * 1000));
			if (problem !== undefined) {
				half.violation('the screen does not answer', problem);
			}

			const resident = await residentMemory(pid);
			memory.add(resident);
			watch.look();
			app.transcript = '';
		}
	}
}

function median(times: readonly number[]): number {
	return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** End the program, if it still runs. */
function stop(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
			throw error;
		}
	}
}
