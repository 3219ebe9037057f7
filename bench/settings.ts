/* What the environment says about a run. */

/** How long each row of the bench measures at most, in seconds: BENCH_SECONDS. */
export const secondsPerRow = positive('BENCH_SECONDS', 20);

/** How many datagrams arrive between the two looks at the memory: BENCH_DATAGRAMS. */
export const datagrams = positive('BENCH_DATAGRAMS', 10_000_000);

/** Print every pair of measurements: BENCH_VERBOSE. */
export const isVerbose = Boolean(process.env.BENCH_VERBOSE);

function positive(name: string, otherwise: number): number {
	const text = process.env[name] ?? '';
	if (text === '') {
		return otherwise;
	}

	const value = Number(text);
	if (!(value > 0)) {
		throw new RangeError(`${name} takes a number greater than 0, not '${text}'`);
	}

	return value;
}
