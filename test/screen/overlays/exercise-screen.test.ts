import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {CheckView, ExerciseView} from '../../../source/engine/api/exercise.ts';
import type {Mistake} from '../../../source/engine/api/mistake.ts';
import {sumOf} from '../../../source/screen/save/exercise-report.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {textOfDraft} from '../../../source/screen/input/line/draft.ts';
import type {Update} from '../../../source/screen/input/update.ts';
import {disturbs, subjectOf} from '../../../source/screen/overlays/exercises/start-exercise.ts';
import {wrapPieces} from '../../../source/screen/overlays/lessons/panel-text.ts';
import {exerciseRun} from '../../../source/screen/overlays/modes.ts';
import {applyView} from '../../../source/screen/state/apply-view.ts';
import {noExercise} from '../../../source/screen/state/learning.ts';
import {queriesFor} from '../../../source/screen/state/queries.ts';
import type {ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {exerciseWordsOf} from '../../../source/screen/words/exercises/say-exercise.ts';
import {shellWords} from '../../../source/text/shell-line.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {lessonView} from '../../helpers/lesson-run.ts';
import {sceneView, screenState, serverView} from '../../helpers/terminal-scene.ts';

const udp = sceneView({server: serverView()});
const laboratory = sceneView({name: 'laboratory', server: undefined});
const subject = {type: 'program', command: ['python3', 'a.py']} as const;

function bytes(text: string): Uint8Array {
	return Buffer.from(text);
}

const terminator: Extract<Mistake, {kind: 'terminator'}> = {
	kind: 'terminator',
	from: {host: '127.0.0.1', port: 40_000},
	sent: bytes('hi'),
	elapsed: 1,
	got: bytes('hi\0'),
	expected: bytes('hi'),
};

const wrong: CheckView = {
	name: 'bytes',
	state: {
		type: 'fails',
		mistake: terminator,
		program: {
			pid: 7, command: ['python3', 'a.py'], end: undefined, outputBefore: 0, output: [{stream: 'stderr', bytes: bytes('\u{1B}[2Jhm\n')}],
		},
	},
};

function viewOf(changes: Partial<ExerciseView> = {}): ExerciseView {
	return {
		type: 'exercise',
		name: 'udp-echo-server',
		subject,
		address: {host: '127.0.0.1', port: 12_345},
		program: undefined,
		isDone: false,
		checks: [
			{name: 'port', state: {type: 'holds'}},
			wrong,
			{name: 'again', state: {type: 'running'}},
			{name: 'large', state: {type: 'skipped', cause: {type: 'needs', of: 'bytes'}}},
			{name: 'empty', state: {type: 'pending'}},
		],
		...changes,
	};
}

async function stateWith(view: ExerciseView | undefined, changes: Partial<ScreenState> = {}): Promise<ScreenState> {
	return screenState(udp, {
		learning: {...screenState(udp).learning, lessons: [], view: lessonView(undefined)},
		columns: 80,
		rows: 24,
		mode: exerciseRun(),
		isExperimenting: true,
		scenes: {udp, laboratory},
		exercising: {...noExercise, words: await exerciseWordsOf('en'), run: {name: 'udp-echo-server', subject, view}},
		...changes,
	});
}

function press(state: ScreenState, ...names: readonly string[]): Update {
	let result: Update = {state, effects: []};
	for (const name of names) {
		const {state: next, effects} = handleKey(result.state, laboratory, keyOf(name), en);
		result = {state: next, effects: [...result.effects, ...effects]};
	}

	return result;
}

function commandTypes({effects}: Update): readonly string[] {
	return effects.map(effect => effect.type === 'execute' ? effect.command.type : effect.type);
}

test('the program is a command line, an address, or nothing for a client that one starts oneself', t => {
	t.deepEqual(subjectOf('udp-echo-server', ' python3 "my server.py" {port}', en), {
		type: 'program', command: ['python3', 'my server.py', '{port}'],
	});
	t.deepEqual(subjectOf('udp-echo-server', '12001', en), {type: 'server', address: {host: '127.0.0.1', port: 12_001}});
	t.deepEqual(subjectOf('udp-pinger-client', '[::1]:9', en), {type: 'listen', address: {host: '::1', port: 9}});
	t.deepEqual(subjectOf('udp-pinger-client', '', en), {type: 'listen', address: {host: '127.0.0.1', port: 0}});
	t.deepEqual(subjectOf('udp-echo-server', '', en), {problem: en.exercises.noServer});
	t.deepEqual(subjectOf('udp-echo-server', '127.0.0.1:0', en), {problem: en.exercises.wrongPort});
	t.deepEqual(subjectOf('udp-echo-server', 'python3 \'a', en), {problem: en.exercises.unclosed});
	t.deepEqual(shellWords(String.raw`a\ b  "c \"d" 'e\f'g "" `), ['a b', 'c "d', String.raw`e\fg`, '']);
});

test('the list has the exercises, Enter asks for the program, and what was typed before comes back by Up', async t => {
	const words = await exerciseWordsOf('en');
	const listed = screenState(udp, {
		columns: 80,
		rows: 24,
		mode: {type: 'lesson-list', chosen: 2},
		exercising: {...noExercise, words, typed: {'udp-echo-server': ['./one', './two']}},
		learning: {...screenState(udp).learning, lessons: [], view: lessonView(undefined)},
	});
	t.true(stripVTControlCharacters(drawApp(listed)).includes('▸ ☐ udp-echo-server'));
	const asked = press(listed, 'return').state;
	const typed = ({mode}: ScreenState): string => 'draft' in mode ? textOfDraft(mode.draft) : '';
	t.is(asked.mode.type, 'exercise-prompt');
	t.is(typed(asked), './two');
	t.true(drawApp(asked).includes(words.about['udp-echo-server']));
	t.is(typed(press(asked, 'up').state), './one');
	t.is(typed(press(asked, 'up', 'up', 'down').state), './two');
	t.like(press(asked, 'escape').state.mode, {type: 'lesson-list', chosen: 2});
	const started = press(asked, 'return');
	t.deepEqual(commandTypes(started), ['end-exercise', 'start-exercise']);
	t.true(started.state.isExperimenting);
	const again = press({...started.state, isZoomedOutside: true}, 'a').state;
	t.true(again.isZoomedOutside, 'outside it is as it was before the first');
	t.deepEqual(started.state.exercising.typed['udp-echo-server'], ['./one', './two']);
	t.true(queriesFor(started.state, en).some(({type}) => type === 'exercise'));
});

test('a check that waits for a client to give up says so beneath it, and for how long at most', async t => {
	const view = viewOf({checks: [{name: 'lost-answer', state: {type: 'running', givesUpIn: 7000}}]});
	const run = {name: view.name, subject, view};
	for (const screenWords of [en, ko]) {
		const words = await exerciseWordsOf(screenWords.comments);
		const state = await stateWith(view, {exercising: {...noExercise, words, run}});
		const text = stripVTControlCharacters(drawApp(state, screenWords)).replaceAll(/\s/g, '');
		t.true(text.includes(words.waits('7.0 s').replaceAll(/\s/g, '')), text);
	}
});

test('a check that holds but for a note has a sign of its own, and is counted as such', async t => {
	const noted: CheckView = {name: 'bytes', state: {type: 'said', mistake: terminator}};
	const view = viewOf({isDone: true, checks: [{name: 'port', state: {type: 'holds'}}, noted]});
	for (const language of ['en', 'ko'] as const) {
		const words = await exerciseWordsOf(language);
		const count = {holds: 2, fails: 0, skipped: 0};
		t.is(sumOf(view, words), words.report.sum({...count, said: 1}));
		t.not(sumOf(view, words), words.report.sum({...count, said: 0}));
	}

	const state = await stateWith(view);
	const drawn = stripVTControlCharacters(drawApp(state));
	t.true(drawn.includes('☑! ') && drawn.includes('! bytes'));
});

test('a note stands before what passed, where not all of the checks show', async t => {
	const passed = ['port', 'again', 'large', 'empty'].map((name): CheckView => ({name, state: {type: 'holds'}}));
	const noted: CheckView = {name: 'bytes', state: {type: 'said', mistake: terminator}};
	const view = viewOf({isDone: true, checks: [...passed, noted]});
	const lines = stripVTControlCharacters(drawApp(await stateWith(view, {rows: 16}))).split('\n');
	const first = lines.findIndex(line => line.includes('☑☑☑☑!')) + 1;
	t.true(lines[first]?.startsWith(' ! bytes'), lines.join('\n'));
});

test('a line of output that is longer than the panel keeps its indent', t => {
	const text = '  stderr |   File "/home/somebody/server.py", line 4, in <module>';
	for (const columns of [30, 50, 80]) {
		const [first = []] = wrapPieces([{text, isWhole: true}], columns, 2);
		t.regex(first.map(span => span.text).join(''), /^ {2}stderr \| {3}File/, `${columns}`);
	}
});

test('a long command in the list leaves the exercise its whole name', async t => {
	const words = await exerciseWordsOf('ko');
	const command = `python3 ${'folder/'.repeat(12)}server.py {port}`;
	const listed = drawApp(screenState(udp, {
		columns: 80,
		rows: 24,
		mode: {type: 'lesson-list', chosen: 0},
		exercising: {...noExercise, words, typed: {'udp-uppercase-server': [command]}},
	}), ko);
	const line = stripVTControlCharacters(listed).split('\n').find(text => text.includes('server.py {port}'));
	t.true(line?.includes(' udp-uppercase-server '));
});

test('the checks stand beneath or beside the panes, with why one does not hold and what the program has written', async t => {
	for (const [words, language] of [[en, 'en'], [ko, 'ko']] as const) {
		const say = await exerciseWordsOf(language);
		for (const [columns, rows] of [[60, 16], [80, 24], [100, 30], [160, 50]] as const) {
			const state = await stateWith(viewOf(), {columns, rows});
			const shown = {...state, exercising: {...state.exercising, words: say}};
			const followed = drawApp({...shown, learning: {...shown.learning, top: -1}}, words);
			t.true(stripVTControlCharacters(followed).includes('… again'));
			let seen = '';
			for (const top of [0, 4, 8, 12, 16, 20, 24]) {
				const drawn = stripVTControlCharacters(drawApp({...shown, learning: {...shown.learning, top}}, words));
				t.is(drawn.split('\n').length, rows);
				seen += drawn;
			}

			t.true(seen.includes('udp-echo-server') && seen.includes('☑✗…–☐'), `${columns} ${language}`);
			const [first = ''] = say.mistake(terminator);
			t.true(seen.replaceAll(/[│┃\s]+/g, ' ').includes(first.split(' ').slice(0, 2).join(' ')), `${columns} ${language}`);
			t.true(seen.includes('☑ port') && seen.includes('✗ bytes') && seen.includes('… again') && seen.includes('– large'));
			t.true(seen.includes('stderr | ␛[2Jhm') || /stderr \| .*\[2Jhm/.test(seen));
		}
	}
});

test('a program that could not be started leaves no panes, and the keys stay at the bottom', async t => {
	const words = await exerciseWordsOf('en');
	for (const [columns, rows] of [[80, 24], [120, 40]] as const) {
		const state = await stateWith(viewOf({isDone: true, address: undefined, checks: []}), {
			columns, rows, scenes: {udp, laboratory: {...laboratory, clients: []}},
		});
		const lines = stripVTControlCharacters(drawApp({...state, exercising: {...state.exercising, words}})).split('\n');
		t.true(lines[rows - 1]?.includes(`x ${en.exercises.keys.leave}`), `${columns}`);
	}
});

test('the header of an exercise says that it is one, and not the laboratory', async t => {
	for (const words of [en, ko]) {
		const [header = ''] = stripVTControlCharacters(drawApp(await stateWith(viewOf()), words)).split('\n');
		t.true(header.includes(`[${words.exercises.badge} · UDP]`), header);
		t.false(header.includes(words.laboratory.title));
	}
});

test('a, p, w and x check again, ask for another program, save and leave; arrows scroll; g leads back from the panes', async t => {
	const state = {...await stateWith(viewOf({isDone: true})), isFromCommands: true};
	t.deepEqual(commandTypes(press(state, 'a')), ['end-exercise', 'start-exercise']);
	t.is(press(state, 'p').state.mode.type, 'exercise-prompt');
	t.is(press(state, 'p', 'escape').state.mode.type, 'exercise-run');
	t.deepEqual(commandTypes(press(state, 'w')), ['save-exercise']);
	t.deepEqual(commandTypes(press(state, 'escape', 'w')), ['save-exercise']);
	for (const left of [press(state, 'x'), press(state, 'escape', 'e')]) {
		t.deepEqual(commandTypes(left), ['end-exercise']);
		t.false(left.state.isExperimenting);
		t.is(left.state.exercising.run, undefined);
		t.like(left.state.mode, {type: 'lesson-list', chosen: 2});
	}

	t.is(press(state, 'down', 'down').state.learning.top, 2);
	t.is(press(state, 'i').state.mode.type, 'typing');
	t.is(press(state, 'escape', 'g').state.mode.type, 'exercise-run');
	t.deepEqual(press(state, 'o').effects, []);
	const taken = viewOf({isDone: true, notRun: {reason: 'port-taken', port: 12_000}});
	const blocked = await stateWith(taken);
	t.deepEqual(commandTypes(press(blocked, 'o')), ['stop-server', 'end-exercise', 'start-exercise']);
});

test('while checks are made nothing is sent from their sockets; afterwards it is', async t => {
	const sent: Update['effects'] = [{type: 'execute', command: {type: 'send', pane: 2, bytes: bytes('x')}}];
	const running = await stateWith(viewOf());
	t.true(disturbs(running, {state: running, effects: sent}));
	t.false(disturbs(running, press(running, 'x')));
	const done = await stateWith(viewOf({isDone: true}));
	t.false(disturbs(done, {state: done, effects: sent}));
});

test('what the engine tells of another exercise is not shown; one of which all holds is ticked in the list', async t => {
	const state = await stateWith(undefined);
	t.is(applyView(state, viewOf({name: 'tcp-chat-server'})), state);
	const holds = viewOf({isDone: true, checks: [{name: 'port', state: {type: 'holds'}}]});
	t.deepEqual(applyView(state, holds).exercising.held, ['udp-echo-server']);
	t.deepEqual(applyView(state, viewOf({isDone: true})).exercising.held, []);
});
