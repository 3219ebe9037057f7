/*
Two minutes in which clients come and go, links change, peers reset and stall, and random keys are pressed: at the end nothing may be left, memory must be
flat, and every count must add up. `npm run soak -- 20 --seed 5` takes another time and the seed of a run before.
*/
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {HalfProcess} from './half-process.ts';
import {readSettings, type Settings} from './settings.ts';
import {formatTable} from './table.ts';

/** So long after its time a half that has not ended hangs, in milliseconds. */
const timeout = 18_500;

async function run({seconds, seed, halves}: Settings): Promise<number> {
	console.log(`soak: ${seconds} s, seed ${seed}, ${halves.join(' and ')}`);
	const folder = await mkdtemp(path.join(tmpdir(), 'socket-playground-soak-'));
	const processes = await Promise.all(halves.map(async name => {
		const own = path.join(folder, name);
		await mkdir(own);
		return new HalfProcess(name, {seconds, seed, folder: own}, text => {
			console.log(`VIOLATION (seed ${seed}) ${text}`);
		});
	}));
	const end = new AbortController();
	const hung: string[] = [];
	const watchdog = sleep((seconds * 1000) + timeout, undefined, {signal: end.signal}).then(() => {
		for (const half of processes.filter(({isGone}) => !isGone)) {
			hung.push(`${half.name} has not ended ${timeout / 1000} s after its time, while ${half.doing}`);
			half.kill();
		}
	}, () => undefined);
	const stop = (): void => {
		for (const half of processes) {
			half.kill();
		}
	};

	process.once('SIGINT', stop).once('SIGTERM', stop);
	await Promise.all(processes.map(async ({gone}) => gone));
	process.off('SIGINT', stop).off('SIGTERM', stop);
	end.abort();
	await watchdog;
	await rm(folder, {recursive: true, force: true});
	for (const {tables} of processes) {
		for (const {title, figures} of tables) {
			console.log(`\n${formatTable(title, figures)}`);
		}
	}

	const violations = [...processes.flatMap(half => half.violations), ...hung];
	console.log(violations.length === 0 ? '\nno violation' : `\n${violations.length} violations with seed ${seed}:\n${violations.join('\n')}`);
	return violations.length === 0 ? 0 : 1;
}

try {
	process.exitCode = await run(readSettings(process.argv.slice(2)));
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
