import {setTimeout as sleep} from 'node:timers/promises';

/** Settle when the condition holds. Rejects, saying what was waited for, after so many milliseconds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, milliseconds: number, interval = 10): Promise<void> {
	const end = performance.now() + milliseconds;
	// eslint-disable-next-line no-await-in-loop -- One look after the other.
	while (!(await condition())) {
		if (performance.now() > end) {
			throw new Error(`Waited ${milliseconds} ms in vain: ${what}`);
		}

		// eslint-disable-next-line no-await-in-loop -- As above.
		await sleep(interval);
	}
}
