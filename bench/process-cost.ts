import {readFile, readdir} from 'node:fs/promises';
import {runProgram} from '../test/helpers/run-program.ts';

/** Resident memory of a process, in bytes (proc(5): VmRSS; elsewhere ps(1), which has it in KiB). */
export async function residentMemory(pid: number): Promise<number> {
	if (process.platform !== 'linux') {
		const {stdout} = await runProgram('ps', ['-o', 'rss=', '-p', String(pid)]);
		return Number(stdout) * 1024;
	}

	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/**
Processor time that every thread of a process has had so far, in milliseconds (proc(5): schedstat, in nanoseconds).
*/
export async function processorTime(pid: number): Promise<number> {
	const threads = await readdir(`/proc/${pid}/task`);
	const times = await Promise.all(threads.map(async thread => {
		const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0');
		return Number(text.split(' ')[0]) / 1e6;
	}));
	return times.reduce((sum, time) => sum + time, 0);
}
