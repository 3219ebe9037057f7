import type {ExecutionContext} from 'ava';

/** Says why a test has nothing to look at on this machine, and lets it pass. */
export function skipped(t: ExecutionContext, reason: string): void {
	t.log(`skipped: ${reason}`);
	t.pass();
}
