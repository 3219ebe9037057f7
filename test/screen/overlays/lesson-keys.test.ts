/* What keys do with the open lesson: its letters, the panel, and Enter. */
import test from 'ava';
import type {Command} from '../../../source/engine/api/command.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {perfect} from '../../../source/link/conditions.ts';
import {lessonList, lessonMenuMode, lessonQuestion} from '../../../source/screen/overlays/modes.ts';
import {applyView} from '../../../source/screen/state/apply-view.ts';
import {noLearning} from '../../../source/screen/state/learning.ts';
import {focusedPane, type ScreenState, withPane} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {
	learningOf, lessonRun, lessonView, numberQuestion, shown,
} from '../../helpers/lesson-run.ts';
import {sceneView, screenState, serverView} from '../../helpers/terminal-scene.ts';
import {
	asking, commandsOf, done, drawn, lessons, press, stateWith, udp,
} from './_lesson-state.ts';

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
	const atServer = press({...state, focus: {udp: 1}}, 'return');
	t.is(atServer.state.panes.get(1)?.notice, undefined, 'nobody is there whom an empty datagram would go to');
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
	const next = press({...opened, scenes: {udp}, mode: lessonList(1)}, 'return').state;
	t.is(leave(udp, next), left.told(others), 'of another lesson, from the first one on');
	const held = {
		count: 0, bytes: 0, 'to-server': 0, 'to-clients': 0, ofClosed: 0,
	};
	const relay = {
		targetPane: 90, target: udp.server!.configured, holding: [], held,
	};
	const relayed = {...before, server: serverView({pane: 91, relay, rule: 'reverse'})};
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

test('the letters of the lesson are in the footer, in brackets where they do nothing now', t => {
	for (const words of [en, ko]) {
		const footer = drawn(stateWith(lessonRun(), {mode: lessonMenuMode()}), words).slice(-3).join(' ');
		const {keys} = words.lessons;
		t.true(footer.includes(`n (${keys.next})`) && footer.includes(`h ${keys.nextHint}`));
		const all = drawn(screenState(udp, {columns: 80, rows: 24, mode: {type: 'commands'}}), words).join('\n');
		t.true(all.includes(`g ${words.keys.short.lessons}`) && all.includes(`h (${words.keys.short.hint})`));
	}
});
