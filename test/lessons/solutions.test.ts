/* Model solutions and wrong moves of the built-in lessons, as keys to the screen's controller, on real sockets. */
import test from 'ava';
import {loadLessons} from '../../source/lessons/chapter.ts';
import {lessonVocabulary} from '../../source/screen/input/vocabulary.ts';
import {en} from '../../source/screen/words/en.ts';
import {ko} from '../../source/screen/words/ko.ts';
import {noLearning} from '../../source/screen/state/learning.ts';
import {drawApp} from '../helpers/draw-app.ts';
import {openLesson} from '../helpers/lesson-desk.ts';
import {plainText} from '../helpers/lesson-room.ts';
import {lessonSolutions} from '../helpers/lesson-solutions.ts';

for (const lesson of await loadLessons(lessonVocabulary)) {
	const {id} = lesson;
	const solutions = lessonSolutions[id] ?? [];

	test(`the keys of a model solution get through the lesson ${id}, with all predictions right`, async t => {
		t.is(solutions.length, lesson.steps.length);
		const desk = await openLesson(t, lesson, en);
		for (const [index, step] of solutions.entries()) {
			t.is(desk.run?.step, index);
			if (step.guess !== undefined) {
				// A number that the panes show is read, and not predicted; all servers have one port, which is known.
				const panes = drawApp({...desk.state, learning: noLearning});
				// Digits of a time, or of another port, may be the same by chance.
				const shown = new RegExp(String.raw`(?<![\d.:])${step.guess}(?!\d)`, 'v');
				t.false(/^\d{3}/v.test(step.guess) && shown.test(panes), `${id} ${index + 1}: ${step.guess}`);
				t.notRegex(step.guess, /^#client/, `${id} ${index + 1}`);
				await desk.guess(step.guess);
			}

			const {explanation, prediction, checks} = await desk.solve(step, `${id} ${index + 1}`);
			t.true(checks.every(({isDone}) => isDone));
			t.true(prediction === undefined || prediction.state === 'right', `${id} ${index + 1}: ${JSON.stringify(prediction)}`);
			const text = plainText(explanation) ?? '';
			t.notRegex(text, /\?(?![\s\p{L}])|undefined|NaN/v);
			await desk.next(step.after);
		}

		t.is(desk.run?.phase, 'finished');
	});

	const resumed = lesson.steps.findIndex(({resume}) => resume);
	if (resumed !== -1) {
		test(`the lesson ${id} can be gone on with at any step whose scene does as if those before were done`, async t => {
			for (const [index, step] of solutions.entries()) {
				const own = lesson.steps.slice(0, index + 1).findLast(({scene, resume}) => scene ?? resume);
				if (!own?.resume) {
					continue;
				}

				const desk = await openLesson(t, lesson, en, index);
				t.is(desk.run?.step, index);
				if (step.guess !== undefined) {
					await desk.guess(step.guess);
				}

				await desk.solve(step, `${id} ${index + 1}`);
			}
		});
	}

	test(`wrong moves tick nothing in the lesson ${id}, and it can be solved after each of them`, async t => {
		const desk = await openLesson(t, lesson, ko);
		for (const [index, step] of solutions.entries()) {
			t.is(desk.run?.step, index);
			if (step.guess !== undefined) {
				await desk.guess(step.guess);
			}

			for (const move of [step.wrong].flat()) {
				t.is(await desk.move(move), 0, `${id} ${index + 1}`);
			}

			await desk.solve(step, `${id} ${index + 1}, after a wrong move`);
			await desk.next(step.after);
		}

		t.is(desk.run?.phase, 'finished');
	});
}

test('a client that has read an answer is not told that its connection stays open where the server closes it', async t => {
	const lessons = await loadLessons(lessonVocabulary);
	const desk = await openLesson(t, lessons.find(({id}) => id === 'closing')!, en, 1);
	await desk.guess('2');
	await desk.press(['@client 1', '<Esc>k<Enter>', 'bye<Enter>', '~BYE']);
	await desk.solve({wrong: [], keys: []}, 'its FIN');
	// The step once more, now with a server that leaves the connection open: that is the first reaction.
	await desk.playground.execute({type: 'lesson-again'});
	await desk.press(['@client 1', '<^O>', '<Esc>k<Enter>', 'still<Enter>', '~STILL']);
	await desk.settle();
	t.is(desk.run?.reaction?.number, 1);
	t.regex(plainText(desk.run?.reaction?.text) ?? '', /^Client 1 has read 5 B, and the connection stays open\./);
});
