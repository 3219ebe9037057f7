/* Every built-in lesson in a pseudo-terminal of 80x24, by the keys of its model solution. */
import test from 'ava';
import {loadLessons} from '../../../source/lessons/chapter.ts';
import {lessonVocabulary} from '../../../source/screen/overlays/lessons/vocabulary.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {lessonSolutions} from '../../helpers/lesson-solutions.ts';
import {learn} from '../../helpers/lesson-terminal.ts';

const lessons = await loadLessons(lessonVocabulary);

for (const words of [en, ko]) {
	for (const {id, steps: {length: count}} of lessons) {
		test(`the keys of a model solution get through the lesson ${id} in a terminal, in ${words.comments}`, async t => {
			const lesson = await learn(t, {id, count, words});
			for (const [step, solution] of lessonSolutions[id]!.entries()) {
				await lesson.begun(step);
				if (solution.guess !== undefined) {
					await lesson.guess(solution.guess);
				}

				const text = await lesson.solve(solution);
				t.log(text);
				t.true(solution.guess === undefined || text.includes('✓'), text);
				await lesson.next(step, solution.after);
			}

			t.true(lesson.app.screen.text.includes('☑'));
			await lesson.app.quit();
		});
	}
}
