import {setTimeout as sleep} from 'node:timers/promises';

/** Settle when the condition holds. Rejects, saying what was waited for, after so many milliseconds. */
export async function until(
	what: string,
	condition: () => boolean | Promise<boolean>,
	milliseconds: number,
	interval = 10,
): Promise<void> {
	const end = performance.now() + milliseconds;
	while (!(await condition())) {
		if (performance.now() > end) {
			throw new Error(`Waited ${milliseconds} ms in vain: ${what}`);
		}

		await sleep(interval);
	}
}
