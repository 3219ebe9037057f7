/* What keys do in the list of lessons, and what it says of them. */
import test from 'ava';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import type {Lesson} from '../../../source/lessons/lesson.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {lessonsList} from '../../../source/screen/overlays/lessons/list.ts';
import {lessonList} from '../../../source/screen/overlays/modes.ts';
import {noLearning} from '../../../source/screen/state/learning.ts';
import {queriesFor} from '../../../source/screen/state/queries.ts';
import type {ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {laboratoryScene} from '../../helpers/every-screen.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {
	learningOf, lessonOf, lessonRun, lessonView,
} from '../../helpers/lesson-run.ts';
import {screenState} from '../../helpers/terminal-scene.ts';
import {
	commandsOf, done, drawn, lessons, press, stateWith, udp,
} from './_lesson-state.ts';

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
	const finished = lessonRun({key: 'socket', phase: 'finished'});
	t.deepEqual(commandsOf(press(stateWith(finished, {mode: lessonList()}), 'return')), [
		{type: 'start-lesson', lesson: lessons[1]!},
	], 'after one that is finished comes the next');
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
			{
				...client!, pane: 10, number: 3, files: {sending: {path: '/b', bytes: 1, size: 2}, receiving: {path: '/c', bytes: 3}},
			},
		],
	};
	for (const words of [en, ko]) {
		const {endings, ends} = words.lessons;
		const text = ends([endings.sending(1), endings.writing(2), endings.sending(3), endings.writing(3), endings.link('UDP')]);
		const shownIn = (state: ScreenState): string => drawn(state, words).slice(2, 6).join(' ').replaceAll(/\s+/g, ' ');
		t.true(shownIn(stateWith(done, {mode: lessonList(0), scenes: {udp: busy}})).includes(text));
		t.false(shownIn(stateWith(done, {mode: lessonList(0)})).includes(ends([]).slice(0, 6)));
	}
});

test('a lesson of a file stays in the list where another is opened, and an open list asks for the lessons once', t => {
	const own = {lesson: lessonOf('mine', 'My own', 2), file: '/home/me/mine.yaml'};
	const state = stateWith(done, {mode: lessonList(1), learning: learningOf(done, {lessons, own})});
	t.is(press(state, 'return').state.learning.own, own);
	t.is(queriesFor(state, en).filter(({type}) => type === 'lesson').length, 1);
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
