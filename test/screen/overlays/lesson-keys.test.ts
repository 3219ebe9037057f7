/* What keys do with lessons: the list, the letters of the open one, the question, and Enter. */
import {stripVTControlCharacters} from 'node:util';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import type {Command} from '../../../source/engine/api/command.ts';
import type {LessonRunView} from '../../../source/engine/api/lesson.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import type {Lesson} from '../../../source/lessons/lesson.ts';
import {perfect} from '../../../source/link/conditions.ts';
import {Controller} from '../../../source/screen/controller.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {textOfDraft} from '../../../source/screen/input/line/draft.ts';
import type {Update} from '../../../source/screen/input/update.ts';
import {lessonsList} from '../../../source/screen/overlays/lessons/list.ts';
import {lessonList, lessonMenuMode, lessonQuestion} from '../../../source/screen/overlays/modes.ts';
import {forgetPanes} from '../../../source/screen/state/apply-scene.ts';
import {applyView} from '../../../source/screen/state/apply-view.ts';
import {noLearning} from '../../../source/screen/state/learning.ts';
import {
	focusedPane, type ScreenState, shownScene, withPane,
} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import type {Words} from '../../../source/screen/words/words.ts';
import textWidth from '../../../source/text/width/width.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {laboratoryScene} from '../../helpers/every-screen.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {
	choiceOf, explanation, learningOf, lessonOf, lessonRun, lessonView, numberQuestion, shown,
} from '../../helpers/lesson-run.ts';
import {sceneView, screenState, serverView} from '../../helpers/terminal-scene.ts';

const udp = sceneView();
const lessons = [lessonOf('socket', 'What a socket is', 3), lessonOf('udp-ports', 'The client\'s port', 9)];
const done = lessonRun({phase: 'explaining', explanation});
const asking = lessonRun({phase: 'asking', prediction: numberQuestion});

function stateWith(run: LessonRunView, changes: Partial<ScreenState> = {}): ScreenState {
	return screenState(udp, {
		columns: 80, rows: 24, learning: learningOf(run, {lessons}), ...changes,
	});
}

function press(state: ScreenState, ...names: readonly string[]): Update {
	let result: Update = {state, effects: []};
	for (const name of names) {
		const scene = result.state.scenes[shownScene(result.state)]!;
		const {state: next, effects} = handleKey(result.state, scene, keyOf(name), en);
		result = {state: next, effects: [...result.effects, ...effects]};
	}

	return result;
}

function commandsOf({effects}: Update): readonly Command[] {
	return effects.flatMap(effect => effect.type === 'execute' ? effect.command : []);
}

function drawn(state: ScreenState, words: Words = en): readonly string[] {
	return stripVTControlCharacters(drawApp(state, words)).split('\n');
}

test('g opens the list, which is read then; Esc and g close it', t => {
	const state = screenState(udp);
	for (const letter of ['g', 'ㅎ']) {
		const opened = press(state, 'escape', letter);
		t.is(opened.state.mode.type, 'lesson-list');
		t.deepEqual(opened.effects, [{type: 'load-lessons'}]);
		t.true(drawn(opened.state).some(line => line.includes(en.lessons.loading)));
		t.is(press(opened.state, 'g').state.mode.type, 'typing');
		t.is(press(opened.state, 'escape').state.mode.type, 'commands');
	}

	t.deepEqual(press({...state, learning: {...noLearning, lessons}}, 'escape', 'g').effects, []);
});

test('the list tells what is done, in the order of the textbook, and Enter opens the first that is not', t => {
	const view = lessonView(undefined, {
		progress: {socket: {step: 2, done: [0, 1, 2], count: 3}, 'udp-ports': {step: 3, done: [0, 1, 2], count: 9}},
	});
	for (const words of [en, ko]) {
		for (const [columns, rows] of [[60, 16], [80, 24], [140, 40]] as const) {
			const lines = drawn(screenState(udp, {
				columns, rows, mode: lessonList(), learning: {...noLearning, lessons, view},
			}), words);
			const [first = '', second = ''] = lines.filter(line => /[☑☐]/.test(line));
			t.true(first.includes('☑ What a socket is') && first.trimEnd().endsWith(words.lessons.progress(3, 3)));
			t.true(second.startsWith('▸ ☐ The client\'s port') && second.includes(words.lessons.progress(3, 9)));
		}
	}

	const listed = screenState(udp, {mode: lessonList(), learning: {...noLearning, lessons, view}});
	const started = press(listed, 'return');
	t.deepEqual(commandsOf(started), [{type: 'start-lesson', lesson: lessons[1]!}]);
	t.true(started.state.learning.isOpen);
	t.is(started.state.mode.type, 'typing');
	t.deepEqual(commandsOf(press(listed, 'up', 'a', 'a')), [{type: 'start-lesson', lesson: lessons[0]!, step: 0}]);
	for (const keys of [['a'], ['a', 'down', 'a'], ['a', 'b', 'a'], ['ㅁ', 'ㅁ'], ['a', 'n', 'a']]) {
		t.deepEqual(commandsOf(press(listed, 'up', ...keys)), [], 'a letter closes no sockets that is meant as a message');
	}

	for (const words of [en, ko]) {
		const notice = words.notice.pressAgain('a', words.lessons.anew);
		const asked = handleKey(press(listed, 'up').state, udp, keyOf('a'), words).state;
		t.true(drawn(asked, words).some(line => line.includes(notice)), notice);
	}

	t.is(press(listed, 'down', 'down', 'down').state.mode.type, 'lesson-list');
});

test('while the list is read nothing is marked in it, and Enter, letters and clicks open nothing', t => {
	const place = {line: 2, rows: 20, column: 5};
	for (const learning of [noLearning, {...noLearning, lessons}, {...noLearning, view: lessonView(undefined)}]) {
		const listed = screenState(udp, {mode: lessonList(), learning});
		t.false(drawn(listed).some(line => line.startsWith('▸')));
		t.is(press(listed, 'return').state, listed);
		t.deepEqual(commandsOf(press(listed, 'down', 'down', 'a')), []);
		const input = {
			state: listed, scene: udp, words: en, mode: lessonList(),
		};
		const text = ` ☐ ${lessons[1]!.title.en} `;
		t.is(lessonsList.entryAt(input, {...place, text}), undefined);
	}
});

test('the list says which sockets the chosen lesson replaces, in either language, and nothing of an exercise', t => {
	const [one, two] = lessons as [Lesson, Lesson];
	const ending = {...one.steps[2]!, scene: {...one.scene, protocols: ['tcp'] as const}};
	const later = {...one, steps: [...one.steps.slice(0, 2), ending]};
	const state = stateWith(done, {mode: lessonList(0)});
	const both = stateWith(done, {mode: lessonList(0), learning: learningOf(done, {lessons: [later, two]})});
	for (const words of [en, ko]) {
		t.is(drawn(state, words)[2]?.trim(), words.lessons.replaces(['UDP']));
		t.is(drawn(both, words)[2]?.trim(), words.lessons.replaces(['UDP', 'TCP']), 'the scene of a later step');
		t.true(textWidth(words.lessons.replaces(['UDP', 'TCP'])) < 80);
	}
});

test('the list says what is under way that a lesson ends, in either language', t => {
	const [client] = udp.clients;
	const busy: SceneView = {
		...udp,
		link: {...udp.link, 'to-server': {...udp.link['to-server'], losesNext: true}},
		clients: [
			{...client!, sequence: {name: 'all', sent: 1, wanted: undefined}},
			{
				...client!, pane: 9, number: 2, files: {receiving: {path: '/a', bytes: 3}},
			},
		],
	};
	for (const words of [en, ko]) {
		const {endings, ends} = words.lessons;
		const text = ends([endings.sending(1), endings.writing(2), endings.link('UDP')]);
		const shownIn = (state: ScreenState): string => drawn(state, words).slice(2, 5).join(' ').replaceAll(/\s+/g, ' ');
		t.true(shownIn(stateWith(done, {mode: lessonList(0), scenes: {udp: busy}})).includes(text));
		t.false(shownIn(stateWith(done, {mode: lessonList(0)})).includes(ends([]).slice(0, 6)));
	}
});

test('a lesson of a file has a section of its own, by its path', t => {
	const own = {lesson: lessonOf('mine', 'My own', 2), file: '/home/me/mine.yaml'};
	const view = lessonView(undefined, {progress: {'/home/me/mine.yaml': {step: 1, done: [0], count: 2}}});
	const state = screenState(udp, {
		mode: lessonList(), learning: {
			...noLearning, lessons, own, view,
		},
	});
	const lines = drawn(state);
	t.true(lines.some(line => line.includes(en.lessons.own)));
	t.true(lines.some(line => line.includes('My own') && line.includes(en.lessons.progress(1, 2))));
	t.deepEqual(commandsOf(press(state, 'end', 'return')), [{type: 'start-lesson', ...own}]);
});

test('a lesson that is started from the laboratory ends the experiment', t => {
	const state = screenState(laboratoryScene(), {
		isExperimenting: true, mode: lessonList(), learning: {...noLearning, lessons, view: lessonView(undefined)},
	});
	const started = press(state, 'return');
	t.deepEqual(commandsOf(started).map(({type}) => type), ['end-experiment', 'start-lesson']);
	t.false(started.state.isExperimenting);
});

test('a lesson shows its scenes when it is opened, and not again while another one is looked at', t => {
	const tcp = sceneView({protocol: 'tcp', name: 'tcp'});
	const opening: ScreenState = {
		...stateWith(done), scenes: {udp, tcp}, learning: {...noLearning, isOpen: true},
	};
	const both = applyView(opening, lessonView(lessonRun({protocols: ['tcp', 'udp']})));
	t.deepEqual([both.protocol, both.isBothWanted], ['tcp', true]);
	const one = applyView(both, lessonView(lessonRun({protocols: ['udp'], step: 3})));
	t.deepEqual([one.protocol, one.isBothWanted], ['udp', false]);
	const looked = press(one, 'escape', 't').state;
	t.is(applyView(looked, lessonView(lessonRun({step: 4}))).protocol, 'tcp');
	t.is(applyView({...opening, learning: noLearning}, lessonView(lessonRun({protocols: ['tcp']}))).protocol, 'udp');
});

test('what is typed goes to the pane, and Enter sends it, an empty line as well until the step is done', t => {
	const state = stateWith(lessonRun());
	t.like(commandsOf(press(state, 'h', 'i', 'return'))[0], {type: 'send', pane: 2});
	const tooMany = press(state, 'return');
	t.deepEqual(commandsOf(tooMany), [], 'it may be one Enter too many');
	t.true(drawn(tooMany.state).join('').includes(en.lessons.sendsEmpty));
	t.like(commandsOf(press(tooMany.state, 'return'))[0], {type: 'send', pane: 2}, 'an empty datagram');
	t.like(commandsOf(press(tooMany.state, 'h', 'return'))[0], {bytes: Buffer.from('h')});
	t.deepEqual(commandsOf(press(tooMany.state, 'h', 'backspace', 'return')), [], 'that was said of another line');
	const typed = withPane(stateWith(done), 2, {draft: draftOf('hi')});
	t.like(commandsOf(press(typed, 'return'))[0], {type: 'send', pane: 2}, 'a line is never thrown away');
});

test('Enter on an empty line goes on once a step is done: first through what does not show, then to the next', t => {
	t.deepEqual(commandsOf(press(stateWith(done), 'return')), [{type: 'lesson-next'}]);
	const long = stateWith(lessonRun({phase: 'explaining', explanation: shown('word '.repeat(120))}));
	t.true(drawn(long).some(line => line.includes(`Enter ${en.lessons.keys.more}`)));
	const read = press(long, 'return');
	t.deepEqual([commandsOf(read), read.state.learning.top], [[], 5]);
	t.true(drawn(read.state).some(line => line.includes(`Enter ${en.lessons.keys.next}`)));
	t.deepEqual(commandsOf(press(read.state, 'return')), [{type: 'lesson-next'}]);
	const finished = press(stateWith(lessonRun({phase: 'finished'})), 'return');
	t.is(finished.state.mode.type, 'lesson-list');
});

test('a step of which everything is so already says so, and Enter on an empty line has it explained', t => {
	const state = stateWith(lessonRun({isAlready: true}));
	t.true(drawn(state).some(line => line.includes(en.lessons.already)));
	t.true(drawn(state).some(line => line.includes(`Enter ${en.lessons.keys.explain}`)));
	t.deepEqual(commandsOf(press(state, 'return')), [{type: 'lesson-next'}]);
});

test('the key that goes on is named: Enter on an empty line, and the letter of the menu elsewhere', t => {
	const named = (state: ScreenState, key: string): void => {
		t.true(drawn(state).some(line => line.includes(` ${key} ${en.lessons.keys.next}`)), key);
	};

	named(stateWith(done), 'Enter');
	const footer = (state: ScreenState): string => drawn({...state, columns: 120}).at(-1) ?? '';
	const send = `Enter ${en.footer.send}`;
	t.deepEqual([lessonRun(), done].map(run => footer(stateWith(run)).includes(send)), [true, false], 'it sends nothing');
	const typed = withPane(stateWith(done), 2, {draft: draftOf('hi')});
	const diagram = press(stateWith(done), 'escape', 'f').state;
	for (const state of [typed, diagram, press(stateWith(done), 'escape').state]) {
		named(state, 'Esc g n');
		t.deepEqual(commandsOf(press(state, 'escape', 'g', 'n')), [{type: 'lesson-next'}]);
	}

	t.true(drawn(stateWith(asking)).some(line => line.includes(` Esc g p ${en.lessons.keys.toQuestion}`)));
	t.deepEqual(press(stateWith(asking), 'escape', 'g', 'p').state.mode, lessonQuestion());
	const long = lessonRun({phase: 'explaining', explanation: shown('word '.repeat(120))});
	const unread = press(withPane(stateWith(long), 2, {draft: draftOf('hi')}), 'escape', 'g', 'n');
	t.deepEqual([commandsOf(unread), unread.state.learning.top], [[], 5], 'first what does not show, as the panel says');
	t.deepEqual(commandsOf(press(unread.state, 'n')), [{type: 'lesson-next'}]);
	const anew = stateWith({...done, isNextAnew: true});
	t.true(drawn(anew).some(line => line.includes(`Enter ${en.lessons.keys.nextScene}`)), 'its sockets are closed');
});

test('the keys that scroll the panel stand beside how much of its text does not show', t => {
	const text = shown('word '.repeat(120));
	const doing = stateWith(lessonRun({text}));
	const headOf = (state: ScreenState, words = en): string =>
		drawn(state, words).find(line => line.startsWith(` ${words.lessons.lesson} `)) ?? '';
	for (const words of [en, ko]) {
		t.true(headOf(doing, words).includes(`Esc g ↓ ${words.lessons.keys.scroll}`), headOf(doing, words));
		const answering = stateWith(lessonRun({phase: 'asking', prediction: numberQuestion, text}), {mode: lessonQuestion()});
		t.regex(headOf(answering, words), /↓\d+ PgDn/);
		t.regex(headOf(press(answering, 'pagedown').state, words), /↑4 ↓\d+ PgUp PgDn/);
	}

	const scrolled = press(doing, 'escape', 'g', 'down');
	t.is(scrolled.state.learning.top, 1, 'they do');
	t.true(drawn(scrolled.state).some(line => line.includes(`↑ ↓ ${en.lessons.keys.scroll}`)));
	t.true(headOf(press(scrolled.state, 'i').state).includes('Esc g ↑ ↓'));
});

test('what is new is shown from its first line on, however far one had scrolled', t => {
	const state = stateWith(lessonRun(), {learning: learningOf(lessonRun(), {top: 2})});
	t.is(applyView(state, lessonView(lessonRun({hints: [shown('Tab')]}))).learning.top, 0);
	t.is(applyView(state, lessonView(done)).learning.top, 0);
	t.is(applyView(state, lessonView(lessonRun())).learning.top, 2);
});

test('h asks for a hint; without a lesson, or when there are none left, it says so', t => {
	t.deepEqual(commandsOf(press(stateWith(lessonRun()), 'escape', 'h')), [{type: 'lesson-hint'}]);
	t.deepEqual(commandsOf(press(stateWith(lessonRun()), 'escape', 'ㅗ')), [{type: 'lesson-hint'}]);
	const none = press(stateWith(lessonRun({hints: [shown('a'), shown('b')]})), 'escape', 'h').state;
	t.deepEqual(none.mode, {type: 'commands', notice: en.lessons.noMoreHints});
	t.deepEqual(
		press(screenState(udp), 'escape', 'h').state.mode,
		{type: 'commands', notice: en.lessons.needsLesson},
	);
});

test('while a lesson is open, g asks for its letters, which stay where a hint is asked for', t => {
	const menu = press(stateWith(lessonRun()), 'escape', 'g').state;
	t.deepEqual(menu.mode, lessonMenuMode());
	const expected: Readonly<Record<string, Command>> = {
		h: {type: 'lesson-hint'},
		b: {type: 'lesson-back'},
		a: {type: 'lesson-again'},
		s: {type: 'lesson-next', skips: true},
		x: {type: 'leave-lesson'},
	};
	for (const [letter, command] of Object.entries(expected)) {
		const pressed = press(menu, letter);
		t.deepEqual(commandsOf(pressed), [command]);
		t.is(pressed.state.mode.type, letter === 'h' ? 'lesson-menu' : 'typing');
	}

	t.deepEqual(commandsOf(press(menu, 'ㅗ')), [{type: 'lesson-hint'}]);
	t.deepEqual(commandsOf(press({...stateWith(done), mode: lessonMenuMode()}, 'n')), [{type: 'lesson-next'}]);
	t.is(press(menu, 'l').state.mode.type, 'lesson-list');
	t.deepEqual(press(menu, 'w').effects, [{type: 'save-lesson'}]);
	t.deepEqual(press(menu, 'n').state.mode, lessonMenuMode(en.lessons.notDone));
	t.deepEqual(press(menu, 'p').state.mode, lessonMenuMode(en.lessons.noQuestion));
	const {keys} = en.lessons;
	for (const [run, label] of [
		[done, keys.next],
		[{...done, isNextAnew: true}, keys.nextScene],
		[{...done, step: 8}, keys.end],
		[lessonRun({isAlready: true}), keys.explain],
		[lessonRun({phase: 'finished'}), keys.list],
	] as const) {
		t.true(drawn(stateWith(run, {mode: lessonMenuMode()})).some(line => line.includes(` n ${label} `)), label);
	}

	const over = stateWith(lessonRun({phase: 'finished'}), {mode: lessonMenuMode()});
	t.deepEqual(press(over, 's').state.mode, lessonMenuMode(en.lessons.noStep), 'it skips nothing');
	t.deepEqual(press(menu, 'z').state.mode, lessonMenuMode(en.notice.unknownCommand('z')));
	t.false(press(menu, 'x').state.learning.isOpen);
	t.is(press(menu, 'i').state.mode.type, 'typing');
});

test('letters that close the lesson\'s sockets are pressed twice, and no Hangul letter confirms', t => {
	const {keys} = en.lessons;
	const anew = lessonRun({step: 1, isBackAnew: true, isNextAnew: true});
	const closing = [
		['r', keys.reset, {type: 'reset-lesson-scene'}],
		['b', keys.backScene, {type: 'lesson-back'}],
		['s', keys.skipScene, {type: 'lesson-next', skips: true}],
	] as const;
	const menu = stateWith(anew, {mode: lessonMenuMode()});
	for (const [letter, label, command] of closing) {
		const asked = press(menu, letter);
		t.deepEqual(asked.effects, []);
		t.true(drawn(asked.state).join('').includes(en.notice.pressAgain(letter, label)));
		t.deepEqual(commandsOf(press(menu, letter, letter)), [command]);
		t.deepEqual(press(menu, letter, 'h', letter).effects.length, 1, 'another letter is between: the hint alone');
	}

	t.deepEqual(press(menu, 'ㄱ', 'ㄱ').effects, []);
	t.deepEqual(commandsOf(press(menu, 'r', 'b')), []);
	const inPlace = stateWith(lessonRun({step: 1}), {mode: lessonMenuMode()});
	t.deepEqual(commandsOf(press(inPlace, 'b')), [{type: 'lesson-back'}], 'the sockets stay');
	t.is(press(stateWith(lessonRun({phase: 'finished'}), {mode: lessonMenuMode()}), 's').effects.length, 0);
});

test('the step before, a step again and new sockets show the lesson\'s scene, whichever was switched to', t => {
	const elsewhere = {...stateWith(lessonRun({protocols: ['tcp'], step: 1})), mode: lessonMenuMode(), protocol: 'udp' as const};
	t.deepEqual(
		['b', 'a', 'rr', 'h'].map(letters => press(elsewhere, ...letters).state.protocol),
		['tcp', 'tcp', 'tcp', 'udp'],
	);
});

test('when a lesson is left, what was another before it is told: the rule, the link, a relay', t => {
	const lost = {...udp.link, 'to-server': {...udp.link['to-server'], conditions: {...perfect, loss: 0.2}}};
	const before = sceneView({server: {...serverView(), pane: 91, rule: 'reverse'}, link: lost});
	const opened = press(screenState(before, {
		columns: 80, rows: 24, mode: lessonList(0), learning: {...noLearning, lessons, view: lessonView(undefined)},
	}), 'return').state;
	const {left} = en.lessons;
	const leave = (scene: SceneView, state = opened): string | undefined => {
		const inLesson = {...state, scenes: {udp: scene}, learning: {...state.learning, view: lessonView(lessonRun())}};
		const gone = press({...inLesson, mode: lessonMenuMode()}, 'x').state;
		t.false(gone.learning.isOpen);
		return gone.panes.get(focusedPane(gone, scene)!)?.notice;
	};

	const others = [left.rule('UDP', udp.server!.rule, 'reverse'), left.link('UDP')];
	t.is(leave(udp), left.told(others));
	t.is(leave(sceneView({server: {...serverView(), rule: 'reverse'}, link: lost})), undefined, 'as it was');
	t.is(leave(before), undefined, 'the lesson has another protocol\'s scenes');
	const next = press({...opened, mode: lessonList(1)}, 'return').state;
	t.is(leave(udp, next), left.told(others), 'of another lesson, from the first one on');
	const held = {
		count: 0, bytes: 0, 'to-server': 0, 'to-clients': 0, ofClosed: 0,
	};
	const relay = {
		targetPane: 90, target: udp.server!.configured, holding: [], held,
	};
	const relayed = {...before, server: serverView({pane: 91, relay})};
	const afterRelay = {...opened, learning: {...opened.learning, before: {udp: relayed}}};
	t.is(leave(udp, afterRelay), left.told([left.relay('UDP'), left.link('UDP')]));
});

test('where the report was saved is told whole, also where it takes more than a line', t => {
	const files = `/home/somebody/${'folder/'.repeat(8)}report.md, report.txt`;
	const state = stateWith(lessonRun(), {mode: lessonMenuMode(en.lessons.saved(files)), columns: 80});
	t.true(drawn(state).slice(-3).join('').replaceAll(/\s/g, '').includes(files.replaceAll(' ', '')));
});

test('after the last step w saves the report; before, it asks what is to be saved', t => {
	t.deepEqual(press(stateWith(lessonRun({phase: 'finished'})), 'escape', 'w').effects, [{type: 'save-lesson'}]);
	t.deepEqual(press(stateWith(done), 'escape', 'w').effects, []);
	t.is(press(stateWith(done), 'escape', 'w').state.mode.type, 'save-menu');
});

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

/** What is typed in client 1's line. */
function lineOf({panes}: ScreenState): string {
	return textOfDraft(panes.get(2)?.draft ?? draftOf(''));
}

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

test('the letters of the lesson are in the footer, in brackets where they do nothing now', t => {
	for (const words of [en, ko]) {
		const footer = drawn(stateWith(lessonRun(), {mode: lessonMenuMode()}), words).slice(-3).join(' ');
		const {keys} = words.lessons;
		t.true(footer.includes(`n (${keys.next})`) && footer.includes(`h ${keys.nextHint}`));
		const all = drawn(screenState(udp, {columns: 80, rows: 24, mode: {type: 'commands'}}), words).join('\n');
		t.true(all.includes(`g ${words.keys.short.lessons}`) && all.includes(`h (${words.keys.short.hint})`));
	}
});

/** A controller, the commands that it has given, and an engine that answers nothing. */
function startController(lesson?: Lesson): {readonly controller: Controller; readonly commands: Command[]} {
	const commands: Command[] = [];
	const controller = new Controller({
		protocol: 'tcp',
		columns: 80,
		rows: 24,
		words: en,
		...(lesson && {lesson: {lesson}}),
		loadLessons: async () => lessons,
		execute(command) {
			commands.push(command);
			return {
				id: commands.length,
				answer: command.type === 'start-lesson' && command.lesson.id === 'refused'
					? Promise.resolve({refusal: {reason: 'fault', message: 'no'}})
					: Promise.withResolvers<never>().promise,
			};
		},
		read: async () => undefined,
		onState: () => undefined,
		onQueries: () => undefined,
		onCopy: () => undefined,
		onQuit: () => undefined,
	});
	controller.start();
	return {controller, commands};
}

test('the command line\'s lesson opens its own scene, and no other', t => {
	const {controller, commands} = startController(lessons[0]);
	t.deepEqual(commands.map(({type}) => type), ['start-lesson']);
	t.is(controller.state.protocol, 'udp');
});

test('where a lesson cannot be opened, the playground is, and says why', async t => {
	const {controller, commands} = startController(lessonOf('refused', 'Refused', 1));
	await turn();
	t.deepEqual(commands.map(({type}) => type), ['start-lesson', 'open-scene']);
	t.false(controller.state.learning.isOpen);
});

test('in a scene that is opened anew the first client has the focus, also where the server comes before it', t => {
	const {controller} = startController(lessons[0]);
	const see = (scene: SceneView): void => {
		controller.applyViews({views: [scene, lessonView(lessonRun())], lastCommand: 99});
	};

	see(udp);
	controller.press([keyOf('tab')]);
	t.is(focusedPane(controller.state, udp), 3);
	see({...udp, clients: []});
	const server = serverView({pane: 11});
	see({...udp, server, clients: []});
	const anew = {...udp, server, clients: udp.clients.map(client => ({...client, pane: client.pane + 10}))};
	see(anew);
	t.is(focusedPane(controller.state, anew), 12);
	t.false(controller.state.panes.has(1), 'nothing is kept of the server that was there');
});

test('what was typed in panes that a lesson\'s take the place of is in these, or is recalled there', t => {
	const {controller} = startController(lessons[0]);
	const see = (scene: SceneView): void => {
		controller.applyViews({views: [scene, lessonView(lessonRun())], lastCommand: 99});
	};

	see(udp);
	controller.press([...'one'].map(key => keyOf(key)));
	controller.press([keyOf('return'), keyOf('t'), keyOf('w'), keyOf('o'), keyOf('tab'), keyOf('3')]);
	see({...udp, server: serverView({pane: 11}), clients: [{...udp.clients[0]!, pane: 12}]});
	t.is(textOfDraft(controller.state.panes.get(12)!.draft), 'two');
	t.deepEqual(controller.state.panes.get(12)!.history.map(draft => textOfDraft(draft)), ['one', '3']);
});

test('a line that was half typed before Up recalled another is not lost where a lesson takes the place of its pane', t => {
	for (const [pane, successor] of [[2, 12], [3, 13]] as const) {
		const history = [draftOf('sent')];
		const before = withPane(screenState(udp), pane, {
			draft: draftOf('sent'), history, recalled: {index: 0, draft: draftOf('half')},
		});
		const anew = {...udp, server: serverView({pane: 11}), clients: [{...udp.clients[0]!, pane: 12}]};
		const {draft, history: recalls, recalled} = forgetPanes(before, udp, anew).panes.get(12)!;
		t.true([draft, ...recalls, ...(recalled ? [recalled.draft] : [])].some(line => textOfDraft(line) === 'half'), `${successor}`);
		t.is(recalled?.index, pane === 2 ? 0 : undefined);
	}
});

test('the engine is told what is looked at when that changes, and only while a lesson is open', t => {
	const {controller, commands} = startController(lessons[0]);
	const notes = (): Command[] => commands.filter(({type}) => type === 'note-screen');
	controller.applyViews({views: [udp, lessonView(lessonRun())], lastCommand: commands.length});
	t.like(notes(), [{
		look: {
			scenes: ['udp'], panes: [{pane: 1, view: 'messages'}, {pane: 2, view: 'messages'}], focus: 2, overlays: [],
		},
	}]);
	controller.press([keyOf('h'), keyOf('i')]);
	t.is(notes().length, 1, 'typing changes nothing of that');
	controller.press([keyOf('escape'), keyOf('2')]);
	controller.press([keyOf('escape'), keyOf('f')]);
	controller.press([keyOf('escape'), keyOf('?')]);
	const looks = notes().map(command => command.type === 'note-screen' ? command.look : undefined);
	t.like(looks.at(1), {panes: [{view: 'messages'}, {view: 'calls'}], overlays: []});
	t.like(looks.at(2), {panes: [], overlays: ['flow']});
	t.deepEqual(looks.at(-1)?.overlays, ['help']);
	controller.press([keyOf('escape'), keyOf('g')]);
	controller.press([keyOf('x')]);
	const {length} = notes();
	controller.press([keyOf('escape'), keyOf('3')]);
	t.is(notes().length, length);
});

test('what is looked at is told to a lesson anew, also where it is what the one before was told', async t => {
	const {controller, commands} = startController(lessons[0]);
	const looks = (): readonly unknown[] => commands.flatMap(command => command.type === 'note-screen' ? command.look : []);
	const see = (run?: LessonRunView): void => {
		controller.applyViews({views: [udp, lessonView(run)], lastCommand: commands.length});
	};

	see(lessonRun());
	controller.press([keyOf('escape'), keyOf('g')]);
	controller.press([keyOf('x')]);
	see();
	controller.press([keyOf('escape'), keyOf('g')]);
	await turn();
	const before = looks();
	controller.press([keyOf('return')]);
	see(lessonRun());
	t.deepEqual(looks().slice(before.length), before.slice(-1));
});

test('what was told of a lesson before it was left does not open it again', t => {
	const {controller, commands} = startController(lessons[0]);
	controller.applyViews({views: [udp, lessonView(lessonRun())], lastCommand: commands.length});
	const before = commands.length;
	controller.press([keyOf('escape'), keyOf('g')]);
	controller.press([keyOf('x')]);
	controller.applyViews({views: [lessonView(lessonRun())], lastCommand: before});
	t.is(controller.state.learning.view?.run, undefined);
});

test('the lessons are read when their list is opened', async t => {
	const {controller} = startController();
	controller.applyViews({views: [sceneView({protocol: 'tcp', name: 'tcp'})], lastCommand: 1});
	controller.press([keyOf('escape'), keyOf('g')]);
	t.is(controller.state.learning.lessons, undefined);
	await turn();
	t.is(controller.state.learning.lessons, lessons);
});
