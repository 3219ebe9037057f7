/* What the controller does where a lesson is opened, looked at and left. */
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import type {Command} from '../../../source/engine/api/command.ts';
import type {LessonRunView} from '../../../source/engine/api/lesson.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import type {Lesson} from '../../../source/lessons/lesson.ts';
import {Controller} from '../../../source/screen/controller.ts';
import {emptyDraft, textOfDraft} from '../../../source/screen/input/line/draft.ts';
import {forgetPanes} from '../../../source/screen/state/apply-scene.ts';
import {focusedPane, withPane} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {lessonRun, lessonView} from '../../helpers/lesson-run.ts';
import {sceneView, screenState, serverView} from '../../helpers/terminal-scene.ts';
import {lessons, udp} from './_lesson-state.ts';

type Started = {readonly controller: Controller; readonly commands: Command[]};

/** A controller, the commands that it has given, and an engine that refuses some of them, and answers no other. */
function startController(lesson?: Lesson, isRefused = (_command: Command) => false): Started {
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
				answer: isRefused(command)
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
	const {controller, commands} = startController(lessons[0], ({type}) => type === 'start-lesson');
	await turn();
	t.deepEqual(commands.map(({type}) => type), ['start-lesson', 'open-scene']);
	t.false(controller.state.learning.isOpen);
});

test('what of a lesson is refused is told, and keys that waited for it go on', async t => {
	const run = lessonRun({phase: 'explaining', isNextAnew: true, isBackAnew: true});
	for (const [type, ...letters] of [
		['lesson-next', 'n'],
		['lesson-hint', 'h'],
		['lesson-back', 'b', 'b'],
		['lesson-again', 'a'],
		['reset-lesson-scene', 'r', 'r'],
		['leave-lesson', 'x'],
	] as const) {
		const {controller, commands} = startController(lessons[0], command => command.type === type);
		controller.applyViews({views: [udp, lessonView(run)], lastCommand: commands.length});
		controller.press(['escape', 'g', ...letters].map(name => keyOf(name)));
		await turn();
		t.true(commands.some(command => command.type === type), type);
		const {mode, panes} = controller.state;
		t.true(JSON.stringify([mode, ...panes]).includes(en.refusal({reason: 'fault', message: 'no'})), type);
	}

	const {controller, commands} = startController(lessons[0], ({type}) => type === 'start-lesson');
	controller.applyViews({views: [udp], lastCommand: commands.length});
	controller.press([keyOf('h')]);
	t.true(controller.isAwaitingViews);
	await turn();
	t.false(controller.isAwaitingViews);
	t.is(textOfDraft(controller.state.panes.get(2)!.draft), 'h');
});

test('where the engine cannot tell of the lesson, keys go on', t => {
	const {controller, commands} = startController(lessons[0]);
	controller.applyViews({views: [udp], lastCommand: commands.length});
	controller.press([keyOf('h')]);
	t.true(controller.isAwaitingViews);
	controller.applyViews({views: [{type: 'failed', place: 'lesson', message: 'no'}], lastCommand: commands.length});
	t.false(controller.isAwaitingViews);
	t.is(textOfDraft(controller.state.panes.get(2)!.draft), 'h');
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
	t.is(controller.state.lastClient.udp, undefined, 'the client that had it last is gone');
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
		const before = withPane(withPane(screenState(udp), pane, {
			draft: draftOf('sent'), history, recalled: {index: 0, draft: draftOf('half')},
		}), 12, {history: [draftOf('its own')]});
		const anew = {...udp, server: serverView({pane: 11}), clients: [{...udp.clients[0]!, pane: 12}]};
		const {draft, history: recalls, recalled} = forgetPanes(before, udp, anew).panes.get(12)!;
		t.true([draft, ...recalls, ...(recalled ? [recalled.draft] : [])].some(line => textOfDraft(line) === 'half'), `${successor}`);
		t.is(textOfDraft(recalls[recalled?.index ?? 1] ?? emptyDraft), 'sent', 'Up goes on from there');
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

test('what a key shows is told before what a key behind it in the same read sends', t => {
	const {controller, commands} = startController(lessons[0]);
	controller.applyViews({views: [udp, lessonView(lessonRun())], lastCommand: commands.length});
	const {length} = commands;
	controller.press([keyOf('escape'), keyOf('2'), keyOf('h'), keyOf('i'), keyOf('return')]);
	t.deepEqual(commands.slice(length).map(({type}) => type), ['note-screen', 'send']);
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
