/*
Every built-in lesson in a pseudo-terminal of 80x24, by the keys of its model solution. In one of the two languages, in
turns, wrong moves are played before each step is done; test/lessons/solutions.test.ts plays them without a terminal.
*/
import test from 'ava';
import {loadLessons} from '../../../source/lessons/chapter.ts';
import {lessonVocabulary} from '../../../source/screen/input/vocabulary.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {lessonSolutions} from '../../helpers/lesson-solutions.ts';
import {learn} from '../../helpers/lesson-terminal.ts';

// One after the other: each has a terminal, an engine and its sockets, and all at once would starve.
const lessons = await loadLessons(lessonVocabulary);
for (const [place, lesson] of lessons.entries()) {
	const {id} = lesson;
	const solutions = lessonSolutions[id]!;

	for (const words of [en, ko]) {
		const playsWrong = words === [en, ko][place % 2];
		const title = `the keys of a model solution get through the lesson ${id} in a terminal, in ${words.comments}`;
		test.serial(playsWrong ? `${title}, and wrong moves before them tick nothing` : title, async t => {
			const terminal = await learn(t, lesson, words);
			for (const [step, solution] of solutions.entries()) {
				await terminal.begun(step);
				if (solution.guess !== undefined) {
					await terminal.guess(solution.guess);
				}

				const ticked = playsWrong ? await terminal.move([solution.wrong].flat()) : undefined;
				t.is(ticked, undefined, `step ${step + 1}`);

				const text = await terminal.solve(solution);
				t.true(solution.guess === undefined || text.includes('✓'), `step ${step + 1}\n${text}`);
				await terminal.next(step, solution.after);
			}

			await terminal.app.waitForText('☑');
			await terminal.app.quit();
		});
	}
}
