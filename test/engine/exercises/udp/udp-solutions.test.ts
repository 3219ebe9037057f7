import test from 'ava';
import type {ExerciseName} from '../../../../source/engine/api/exercise.ts';
import {checkProgram, commandOf, outcomesOf} from '../../../helpers/exercise-room.ts';
import {skipped} from '../../../helpers/skipped.ts';

/** Programs that are right: their files, and their arguments and flags for the compiler. */
const solutions: ReadonlyArray<{
	readonly exercise: ExerciseName;
	readonly file: string;
	readonly parameters: readonly string[];
	readonly flags?: readonly string[];
}> = [
	{exercise: 'udp-echo-server', file: 'udp-echo-server.py', parameters: ['{port}']},
	{exercise: 'udp-echo-server', file: 'udp-server.c', parameters: ['{port}']},
	{exercise: 'udp-echo-server', file: 'udp-server.mjs', parameters: ['echo', '{port}']},
	// They take their port from the environment.
	{exercise: 'udp-uppercase-server', file: 'udp-uppercase-server.py', parameters: []},
	{
		exercise: 'udp-uppercase-server', file: 'udp-server.c', parameters: [], flags: ['-DUPPERCASE'],
	},
	{exercise: 'udp-uppercase-server', file: 'udp-server.mjs', parameters: ['uppercase']},
	// It goes on to the end of its input, and its output waits in the program until then.
	{exercise: 'udp-uppercase-client', file: 'udp-uppercase-loop.c', parameters: ['{host}', '{port}']},
	...['py', 'c', 'mjs'].flatMap(extension => (['udp-uppercase-client', 'udp-pinger-client'] as const).map(exercise => ({
		exercise, file: `${exercise}.${extension}`, parameters: ['{host}', '{port}'],
	}))),
];

for (const {
	exercise, file, parameters, flags,
} of solutions) {
	test(`${exercise}: everything holds for ${file}`, async t => {
		const command = await commandOf(t, `solutions/${file}`, parameters, flags);
		if (!command) {
			return;
		}

		const view = await checkProgram(exercise, {type: 'program', command});
		if (Object.values(outcomesOf(view)).includes('skipped busy')) {
			skipped(t, 'the machine is too busy to measure times');
			return;
		}

		t.is(view.notRun, undefined);
		t.true(view.isDone);
		t.deepEqual([...new Set(Object.values(outcomesOf(view)))], ['holds'], `${JSON.stringify(view.checks)}`);
	});
}
