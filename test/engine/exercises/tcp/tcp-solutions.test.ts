import test from 'ava';
import {checkProgram, commandOf, outcomesOf} from '../../../helpers/exercise-room.ts';

for (const exercise of ['tcp-uppercase-server', 'tcp-uppercase-client', 'tcp-chat-server'] as const) {
	for (const language of ['py', 'c', 'mjs']) {
		test(`${exercise}: everything holds for ${exercise}.${language}`, async t => {
			const command = await commandOf(t, `solutions/${exercise}.${language}`, ['{port}'], ['-pthread']);
			if (!command) {
				return;
			}

			// As nothing is waited for that does not come, a busy machine need not be taken for a silent program. Of a
			// server it is waited for that it does not close.
			const quiet = exercise === 'tcp-uppercase-client' ? {quiet: 5000} : {};
			const view = await checkProgram(exercise, {type: 'program', command}, {answer: 15_000, ...quiet});
			t.is(view.notRun, undefined);
			t.deepEqual(Object.entries(outcomesOf(view)).filter(([, outcome]) => outcome !== 'holds'), []);
		});
	}
}
