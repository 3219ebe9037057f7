import {deepStrictEqual} from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import {inTime} from '../helpers/in-time.ts';
import {Replay} from './_replay.ts';
import {
	derivedSockets, emptyLog, flowSceneOf, liveSockets, LogWorld, newestOf, rare, step, viewsOf,
} from './_log-world.ts';

/** No run of a protocol begins after this many milliseconds, nor after this many runs. */
const timeLimit = 6000;
const maxRuns = 60;

for (const protocol of ['udp', 'tcp'] as const) {
	test(`what a subscriber received of random runs makes a log with the same views: ${protocol}`, async t => {
		const seen = new Map<string, number>();
		let runs = 0;
		const until = performance.now() + timeLimit;
		const bounds = fc.record({
			events: fc.constantFrom(32, 256, 4096),
			bytes: fc.constantFrom(2000, 20_000, 1_000_000),
		});
		await fc.assert(
			fc.asyncProperty(
				bounds,
				fc.array(step, {minLength: 5, maxLength: 40, size: 'max'}),
				async (sizes, steps) => {
					// A run that has begun is never cut off: its sockets would stay open.
					if (performance.now() > until) {
						return;
					}

					runs++;
					const world = new LogWorld(protocol, sizes);
					const log = emptyLog(sizes);
					const replay = new Replay(log);
					let taken = 0;
					const catchUp = (): void => {
						for (; taken < world.entries.length; taken++) {
							const entry = world.entries[taken]!;
							replay.take(entry);
							const kind
								= entry.type === 'event'
									? entry.event.type
									: (entry.type === 'amendment'
										? entry.amendment.type
										: entry.type);
							seen.set(kind, (seen.get(kind) ?? 0) + 1);
						}
					};

					const compare = (): void => {
						catchUp();
						const now = world.log.now();
						const scene = flowSceneOf(world.scene);
						const live = viewsOf(world.log, world.indexes, now, scene);
						// A pane in which nothing has happened yet is not in any entry.
						const indexes = new Map([...world.indexes].map(([pane, index]) => [
							pane,
							index.total > 0 ? replay.indexes.get(pane)! : index,
						]));
						deepStrictEqual(viewsOf(log, indexes, now, scene), live);
					};

					try {
						await world.open();
						for (const one of steps) {
							await world.take(one);
							catchUp();
							deepStrictEqual(newestOf(log), newestOf(world.log));
						}

						// In the middle of it all, when all that was begun is done, and in the end.
						compare();
						const isDone = await world.settle();
						compare();
						if (isDone) {
							deepStrictEqual(derivedSockets(world.entries, replay), liveSockets(world.scene));
						}
					} finally {
						await inTime(world.close(), () => 'the end of all sockets');
					}

					compare();
					deepStrictEqual(derivedSockets(world.entries, replay), []);
				},
			),
			{numRuns: maxRuns, endOnFailure: true, examples: [[{events: 4096, bytes: 1_000_000}, rare]]},
		);
		t.true(protocol === 'tcp' || seen.has('refused'));
		t.true(protocol === 'tcp' || process.platform !== 'linux' || seen.has('dropped'));
		t.log(`${runs} runs: ${[...seen].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
	});
}
