import {setTimeout as sleep} from 'node:timers/promises';

/** Look again and again until the condition holds. @returns whether it did within so many milliseconds */
export async function until(condition: () => boolean, milliseconds: number): Promise<boolean> {
	const end = performance.now() + milliseconds;
	while (!condition()) {
		if (performance.now() > end) {
			return false;
		}

		await sleep(20);
	}

	return true;
}

/** Whether the promise settles within so many milliseconds. Rejects where it does. */
export async function inTime(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
	const end = new AbortController();
	try {
		return await Promise.race([
			promise.then(() => true),
			sleep(milliseconds, false, {signal: end.signal}),
		]);
	} finally {
		end.abort();
	}
}
