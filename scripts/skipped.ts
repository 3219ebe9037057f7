/*
What the tests left out on this machine, counted by reason: `npm test` clears the list first and prints it last, so that
a missing program never passes for a green test.
*/
import {existsSync} from 'node:fs';
import {readFile, rm} from 'node:fs/promises';
import {skippedList} from '../test/helpers/skipped.ts';

if (process.argv[2] === 'clear') {
	await rm(skippedList, {force: true});
} else {
	const text = existsSync(skippedList) ? await readFile(skippedList, 'utf8') : '';
	const reasons = text.split('\n').filter(line => line !== '');
	process.stdout.write(`${reasons.length} ${reasons.length === 1 ? 'test' : 'tests'} skipped${reasons.length > 0 ? ':' : ''}\n`);
	for (const [reason, all] of Map.groupBy(reasons, reason => reason)) {
		process.stdout.write(`  ${all.length} × ${reason}\n`);
	}
}
