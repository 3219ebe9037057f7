/** How long a test waits for what must come, in milliseconds. Reaching it fails the test; nothing ever waits it out. */
const timeout = 30_000;

/** The promise's own outcome, or a rejection that says what was missing. */
export async function inTime<Value>(promise: Promise<Value>, missing: () => string): Promise<Value> {
	const {promise: late, reject} = Promise.withResolvers<never>();
	const timer = setTimeout(() => {
		reject(new Error(`Still missing after ${timeout} ms: ${missing()}`));
	}, timeout);
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
