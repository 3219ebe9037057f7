/* Every built-in lesson in a pseudo-terminal of 80x24, by the keys of its model solution, and by wrong moves. */
import test from 'ava';
import {loadLessons} from '../../../source/lessons/chapter.ts';
import {lessonVocabulary} from '../../../source/screen/overlays/lessons/vocabulary.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {lessonSolutions} from '../../helpers/lesson-solutions.ts';
import {learn} from '../../helpers/lesson-terminal.ts';

for (const {id, steps: {length: count}} of await loadLessons(lessonVocabulary)) {
	const solutions = lessonSolutions[id]!;

	for (const words of [en, ko]) {
		test(`the keys of a model solution get through the lesson ${id} in a terminal, in ${words.comments}`, async t => {
			const lesson = await learn(t, {id, count, words});
			for (const [step, solution] of solutions.entries()) {
				await lesson.begun(step);
				if (solution.guess !== undefined) {
					await lesson.guess(solution.guess);
				}

				const text = await lesson.solve(solution);
				t.true(solution.guess === undefined || text.includes('✓'), `step ${step + 1}\n${text}`);
				await lesson.next(step, solution.after);
			}

			await lesson.app.waitForText('☑');
			await lesson.app.quit();
		});
	}

	test(`wrong moves tick no checkbox of the lesson ${id} in a terminal`, async t => {
		const lesson = await learn(t, {id, count, words: ko});
		for (const [step, solution] of solutions.entries()) {
			await lesson.begun(step);
			if (solution.guess !== undefined) {
				await lesson.guess(solution.guess);
			}

			for (const move of [solution.wrong].flat()) {
				t.is(await lesson.move(move), 0, `step ${step + 1}\n${lesson.app.screen.text}`);
			}

			await lesson.solve(solution);
			await lesson.next(step, solution.after);
		}

		await lesson.app.waitForText('☑');
		await lesson.app.quit();
	});
}
