/*
Two minutes in which clients come and go, links change, peers reset and stall, and random keys are pressed: at the end
nothing may be left, memory must be flat, and every count must add up. `npm run soak -- 20 --seed 5` takes another time
and the seed of an earlier run.
*/
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {
	mkdir, mkdtemp, readFile, rm,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	type HalfJob, type HalfName, readSettings, type Settings,
} from './settings.ts';

/** A half that has not ended this long after its time hangs, in milliseconds. */
const timeout = 18_500;

/** Run a half in a process of its own. @returns whether it ended in time and without a violation */
async function runHalf(name: HalfName, job: HalfJob): Promise<boolean> {
	await mkdir(job.folder);
	const {NODE_OPTIONS: _, ...env} = process.env;
	const child = fork(path.join(import.meta.dirname, `${name}-half.ts`), [JSON.stringify(job)], {
		execArgv: [...process.execArgv, '--expose-gc'],
		env,
		timeout: job.seconds * 1000 + timeout,
		killSignal: 'SIGKILL',
	});
	const stop = (): void => {
		child.kill('SIGKILL');
	};

	process.once('SIGINT', stop).once('SIGTERM', stop);
	const [code, signal] = await once(child, 'exit') as [number | undefined, NodeJS.Signals | undefined];
	process.off('SIGINT', stop).off('SIGTERM', stop);
	if (code === null) {
		const phase = await readFile(`${job.folder}.phase`, 'utf8');
		console.log(`VIOLATION (seed ${job.seed}) ${name}: ended by ${signal} while ${phase}`);
	}

	return code === 0;
}

async function run({seconds, seed, halves}: Settings): Promise<number> {
	console.log(`soak: ${seconds} s, seed ${seed}, ${halves.join(' and ')}`);
	const root = await mkdtemp(path.join(tmpdir(), 'socket-playground-soak-'));
	const ends = await Promise.all(halves.map(async name => {
		const folder = path.join(root, name);
		return runHalf(name, {seconds, seed, folder});
	}));
	await rm(root, {recursive: true, force: true});
	console.log(ends.every(Boolean) ? '\nno violation' : `\nthere were violations, told above, with seed ${seed}`);
	return ends.every(Boolean) ? 0 : 1;
}

try {
	process.exitCode = await run(readSettings(process.argv.slice(2)));
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
