/* What keys do while a lesson asks for a prediction. */
import test from 'ava';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {textOfDraft} from '../../../source/screen/input/line/draft.ts';
import {lessonMenuMode, lessonQuestion} from '../../../source/screen/overlays/modes.ts';
import {applyView} from '../../../source/screen/state/apply-view.ts';
import {focusedPane} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {
	choiceOf, lessonRun, lessonView, numberQuestion, shown,
} from '../../helpers/lesson-run.ts';
import {
	asking, commandsOf, drawn, lineOf, press, stateWith, udp,
} from './_lesson-state.ts';

test('a question that is asked has the keys at once, and its answer is a number, and nothing else', t => {
	const state = applyView(stateWith(lessonRun({step: 1})), lessonView(asking));
	t.deepEqual(state.mode, lessonQuestion());
	t.deepEqual(commandsOf(press(state, '1', '2', 'return')), [{type: 'lesson-predict', answer: '12'}]);
	t.is(press(state, '1', '2', 'return').state.mode.type, 'typing');
	const wrong = press(state, 'return');
	t.deepEqual([commandsOf(wrong), wrong.state.mode], [[], lessonQuestion(en.lessons.noNumber)], 'an Enter too many');
	t.deepEqual(press(wrong.state, '7').state.mode, lessonQuestion());
	t.is(lineOf(press(state, '7').state), '', 'no pane has it');
	for (const [typed, answer] of [['65,507', '65507'], ['1 234', '1234'], ['0,5', '0.5'], ['-3', '-3']] as const) {
		t.deepEqual(commandsOf(press(state, ...typed, 'return')), [{type: 'lesson-predict', answer}], typed);
	}

	t.deepEqual(press(state, '-', 'return').state.mode, lessonQuestion(en.lessons.noNumber));
});

test('what is typed or pasted while a prediction is asked for, and is none, goes to the message line, which says so', t => {
	const choice = lessonRun({phase: 'asking', prediction: choiceOf('a', 'b')});
	for (const run of [asking, choice]) {
		const state = stateWith(run, {mode: lessonQuestion()});
		const typed = press(state, 'h');
		t.deepEqual([lineOf(typed.state), typed.state.mode.type], ['h', 'typing']);
		t.is(typed.state.panes.get(2)?.notice, en.lessons.inLine);
		const longer = press(typed.state, 'i').state;
		t.is(longer.panes.get(2)?.notice, en.lessons.inLine, 'also while more is typed');
		t.is(press(longer, 'backspace', 'backspace').state.panes.get(2)?.notice, undefined);
		const sent = press(longer, 'return');
		t.like(commandsOf(sent), [{type: 'send', pane: 2}]);
		t.is(sent.state.panes.get(2)?.notice, undefined);
		const pasted = handleKey(state, udp, {type: 'paste', text: 'hello'}, en).state;
		t.is(lineOf(pasted), 'hello');
		t.is(lineOf(press(state, '안').state), '안');
	}

	const number = stateWith(asking, {mode: lessonQuestion()});
	const moved = press(number, '1', 's', 't').state;
	t.deepEqual([lineOf(moved), textOfDraft(moved.learning.draft)], ['1st', ''], 'nothing typed is lost');
	t.is(textOfDraft(handleKey(number, udp, {type: 'paste', text: '42\n'}, en).state.learning.draft), '42');
	t.is(lineOf(press(stateWith(choice, {mode: lessonQuestion()}), '9').state), '9');
	const text = stateWith(lessonRun({phase: 'asking', prediction: {...numberQuestion, kind: 'text'}}), {mode: lessonQuestion()});
	for (const lines of ['a\rb', 'a\nb', 'a\r\nb']) {
		const {learning, panes} = handleKey(text, udp, {type: 'paste', text: lines}, en).state;
		t.deepEqual([learning.draft.cells.length, panes.get(2)?.draft.cells.length], [0, 1], 'several lines are no answer');
	}

	t.deepEqual(commandsOf(press(text, 'h', 'i', 'return')), [{type: 'lesson-predict', answer: 'hi'}]);
});

test('of several answers none is chosen at first, and an Enter too many gives none', t => {
	const run = lessonRun({phase: 'asking', prediction: choiceOf('a', 'b', 'c')});
	const state = applyView(stateWith(lessonRun({step: 1})), lessonView(run));
	const pressed = press(state, 'return');
	t.deepEqual([commandsOf(pressed), pressed.state.mode], [[], lessonQuestion(en.lessons.noChoice(3))]);
	t.false(drawn(state).some(line => line.includes('▸')));
	for (const words of [en, ko]) {
		t.true(drawn({...pressed.state, mode: lessonQuestion(words.lessons.noChoice(3))}, words)
			.some(line => line.includes(words.lessons.noChoice(3))), 'it is said');
	}

	t.deepEqual(commandsOf(press(pressed.state, 'down', 'return')), [{type: 'lesson-predict', answer: 'choice-1'}]);
});

test('the footer names what answers a prediction, and what does not, in a window of 80 columns', t => {
	const choice = lessonRun({phase: 'asking', prediction: choiceOf('a', 'b', 'c')});
	for (const words of [en, ko]) {
		const {keys} = words.lessons;
		for (const [run, own] of [
			[choice, `↑ ↓ 1–3 ${keys.chooseAnswer}`], [asking, `0–9 ${keys.number}`],
		] as const) {
			const footer = drawn(stateWith(run, {mode: lessonQuestion()}), words).at(-1)!;
			for (const hint of [own, `Enter ${keys.answer}`, `Tab ${keys.panes}`, `a–z ${keys.toLine}`]) {
				t.true(footer.includes(hint), `${hint} in ${footer}`);
			}
		}
	}
});

test('a question takes no keys from somebody who is at something else, and asks again for the next step', t => {
	const flow = {type: 'flow-diagram', ends: []} as const;
	t.deepEqual(applyView(stateWith(lessonRun({step: 1}), {mode: flow}), lessonView(asking)).mode, flow);
	const typing = applyView(stateWith(asking), lessonView({...asking, hints: [shown('a')]}));
	t.is(typing.mode.type, 'typing', 'it was left for the panes');
	t.deepEqual(applyView(stateWith(asking), lessonView({...asking, step: 3})).mode, lessonQuestion());
	t.deepEqual(
		applyView(stateWith(lessonRun({step: 1}), {mode: lessonMenuMode()}), lessonView(asking)).mode,
		lessonQuestion(),
		'the menu gives way',
	);
	const doing = applyView(stateWith(asking, {mode: lessonQuestion()}), lessonView(lessonRun()));
	t.is(doing.mode.type, 'typing', 'done without an answer');
});

test('Tab goes from the question to the panes, and past the last of them back to it; so does p', t => {
	let {state} = press(stateWith(asking, {mode: lessonQuestion()}), '4', 'tab');
	t.is(state.mode.type, 'typing');
	({state} = press(state, 'tab'));
	t.is(focusedPane(state, udp), 3);
	({state} = press(state, 'tab'));
	t.deepEqual(state.mode, lessonQuestion());
	t.is(textOfDraft(state.learning.draft), '4', 'what was typed is still there');
	t.deepEqual(press(stateWith(asking), 'escape', 'g', 'p').state.mode, lessonQuestion());
	t.is(press(stateWith(lessonRun()), 'tab', 'tab').state.mode.type, 'typing');
});

test('one of several answers is chosen by its number or the arrows, and Enter gives it', t => {
	const run = lessonRun({phase: 'asking', prediction: choiceOf('a', 'b', 'c')});
	const state = stateWith(run, {mode: lessonQuestion()});
	t.deepEqual(commandsOf(press(state, '3', 'return')), [{type: 'lesson-predict', answer: 'choice-3'}]);
	t.deepEqual(commandsOf(press(state, 'down', 'down', 'down', 'up', 'return')), [
		{type: 'lesson-predict', answer: 'choice-2'},
	]);
});
