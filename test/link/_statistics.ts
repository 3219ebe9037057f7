import type {ExecutionContext} from 'ava';

/**
A count of independent trials must be within 5 standard deviations of what is expected: with √(n·p·(1 − p)) for one, a
right generator is outside once in about 1.7 million. All seeds are fixed, so that a test that passes always passes.
*/
export function countsLike(t: ExecutionContext, count: number, trials: number, probability: number): void {
	const expected = trials * probability;
	const bound = 5 * Math.sqrt(expected * (1 - probability));
	t.true(Math.abs(count - expected) <= bound, `${count} of ${trials}, expected ${expected} ± ${bound}`);
}

/**
The mean of uniform values must be within 5 standard deviations: the width of their range over √12 for one value, less
by √n for the mean.
*/
export function meansLike(t: ExecutionContext, values: readonly number[], least: number, most: number): void {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const bound = 5 * (most - least) / Math.sqrt(12 * values.length);
	t.true(Math.abs(mean - ((least + most) / 2)) <= bound, `${mean}, expected ${(least + most) / 2} ± ${bound}`);
}
