import {appendFileSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';

/** The file with a line for each test that had nothing to look at: why. `npm test` prints it at its end. */
export const skippedList = path.join(import.meta.dirname, '../../node_modules/.cache/socket-playground/skipped.txt');

/** Says why a test has nothing to look at on this machine, counts it as skipped, and lets it pass. */
export function skipped(t: ExecutionContext, reason: string): void {
	t.log(`skipped: ${reason}`);
	mkdirSync(path.dirname(skippedList), {recursive: true});
	appendFileSync(skippedList, `${reason}\n`);
	t.pass();
}
