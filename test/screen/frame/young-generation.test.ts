import {getHeapSpaceStatistics} from 'node:v8';
import test from 'ava';
import {skipped} from '../../helpers/skipped.ts';
import {limitYoungGeneration} from '../../../source/screen/frame/frame-scheduler.ts';

const mebibyte = 1024 * 1024;

function youngGeneration(): number {
	return getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space')?.space_size ?? 0;
}

/** Allocate much of which some survives, so that V8 wants a larger young generation. */
function allocate(): void {
	let kept: unknown[] = [];
	for (let count = 0; count < 1_500_000; count++) {
		kept.push({count, values: [count]});
		if (kept.length > 80_000) {
			kept = [];
		}

		if (count % 10_000 === 0) {
			limitYoungGeneration();
		}
	}
}

test('the young generation of a thread that allocates much stays small', t => {
	if (Number.parseInt(process.versions.node, 10) >= 26) {
		skipped(t, 'this version of V8 keeps its young generation small by itself');
		return;
	}

	const before = youngGeneration();
	allocate();
	t.true(youngGeneration() <= Math.max(before, 17 * mebibyte), `${youngGeneration() / mebibyte} MiB, before ${before / mebibyte}`);
});
