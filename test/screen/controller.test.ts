import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import type {Command, CommandAnswer} from '../../source/engine/api/command.ts';
import type {RowsView} from '../../source/views/rows.ts';
import {Controller, type ControllerOptions} from '../../source/screen/controller.ts';
import {inScene} from '../../source/screen/effects.ts';
import type {Key} from '../../source/screen/input/decode/key-decoder.ts';
import {textOfDraft} from '../../source/screen/input/line/draft.ts';
import {focusedPane, paneState} from '../../source/screen/state/screen-state.ts';
import {en} from '../../source/screen/words/en.ts';
import {draftOf as draftOfText} from '../helpers/draft-of.ts';
import {chordOf, keyOf} from '../helpers/key-of.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {
	clientView, row, type RowChanges, sceneView, serverView,
} from '../helpers/terminal-scene.ts';

const escape = keyOf('escape', {sequence: '\u{1B}'});

const letter = (text: string, name = text): Key => keyOf(name, {text, sequence: text});

const ctrl = chordOf;

type Heard = {
	readonly controller: Controller;
	readonly commands: Command[];
	states: number;
	quits: number;
};

/** A controller of an engine that answers nothing but what is said here. */
function start(
	answer?: (command: Command) => CommandAnswer | Promise<CommandAnswer> | undefined,
	changes: Partial<ControllerOptions> = {},
): Heard {
	const heard: Heard = {
		commands: [],
		states: 0,
		quits: 0,
		controller: new Controller({
			protocol: 'udp',
			columns: 120,
			rows: 40,
			words: en,
			loadLessons: async () => [],
			execute(command) {
				heard.commands.push(command);
				const known = answer?.(command);
				return {
					id: heard.commands.length,
					answer: known ? Promise.resolve(known) : Promise.withResolvers<never>().promise,
				};
			},
			onState() {
				heard.states++;
			},
			onQueries: () => undefined,
			read: async () => undefined,
			onCopy: () => undefined,
			onQuit() {
				heard.quits++;
			},
			...changes,
		}),
	};
	heard.controller.start();
	return heard;
}

/** The same, after the engine's first answer. */
function startSeen(answer?: Parameters<typeof start>[0]): Heard {
	const heard = start(answer);
	heard.controller.applyViews({views: [sceneView()], lastCommand: 1});
	return heard;
}

function draftOf({state}: Controller): string {
	return paneState(state, focusedPane(state, sceneView())!).draft.cells.map(String).join('');
}

test('a keystroke is drawn at once, without an answer of the engine', t => {
	const heard = startSeen();
	const {states} = heard;
	heard.controller.press([letter('x')]);
	t.is(heard.states, states + 1);
	t.is(draftOf(heard.controller), 'x');
});

test('keys after a command mean what they mean when its outcome is seen: they wait for the views that show it', t => {
	const {controller, commands} = startSeen();
	controller.press([ctrl('n'), letter('x')]);
	t.true(controller.isAwaitingViews);
	t.is(draftOf(controller), '');
	controller.applyViews({views: [], lastCommand: 1});
	t.is(draftOf(controller), '');
	controller.applyViews({views: [], lastCommand: commands.length});
	t.false(controller.isAwaitingViews);
	t.is(draftOf(controller), 'x');
});

test('a client that was asked for gets the focus when it shows first, and not where that is too late', t => {
	const tab = {...letter('tab'), text: ''};
	const more = sceneView({clients: [1, 2, 3].map(number => clientView(number, {type: 'unbound'}))});
	const shown = startSeen();
	shown.controller.press([ctrl('n')]);
	shown.controller.applyViews({views: [more], lastCommand: shown.commands.length});
	t.is(focusedPane(shown.controller.state, more), 4);

	const failed = startSeen();
	failed.controller.press([ctrl('n')]);
	failed.controller.applyViews({
		views: [{type: 'failed', place: 'udp', message: 'Error: not now'}], lastCommand: failed.commands.length,
	});
	failed.controller.press([tab]);
	failed.controller.applyViews({views: [more], lastCommand: failed.commands.length});
	t.is(focusedPane(failed.controller.state, more), 3);

	const early = startSeen();
	early.controller.press([ctrl('n')]);
	early.controller.applyViews({views: [more], lastCommand: 1});
	t.is(focusedPane(early.controller.state, more), 2, 'what shows before is another\'s');
});

test('an experiment that is refused when another one is shown leaves that as it is', async t => {
	const answers: Array<(answer: CommandAnswer) => void> = [];
	const {controller, commands} = startSeen(({type}): Promise<CommandAnswer> | undefined => {
		if (type !== 'start-experiment') {
			return undefined;
		}

		const {promise, resolve} = Promise.withResolvers<CommandAnswer>();
		answers.push(resolve);
		return promise;
	});
	const see = (): void => {
		controller.applyViews({views: [sceneView({name: 'laboratory'})], lastCommand: commands.length});
	};

	controller.press([escape, letter('e'), letter('1')]);
	see();
	controller.press([escape, letter('e')]);
	see();
	controller.press([letter('2')]);
	see();
	t.is(answers.length, 2);
	answers[0]!({refusal: {reason: 'fault', message: 'Error: the first'}});
	await turn();
	t.true(controller.state.isExperimenting);
	answers[1]!({refusal: {reason: 'fault', message: 'Error: the second'}});
	await turn();
	t.false(controller.state.isExperimenting);
	t.true(JSON.stringify(controller.state.mode).includes('Error: the second'));
});

test('an Esc that is taken back leaves the screen in the mode that it was in, unless a key came between', t => {
	const retraction = {type: 'retraction'} as const;
	const {controller} = startSeen();
	controller.press([escape]);
	t.is(controller.state.mode.type, 'commands');
	controller.applyViews({views: [], lastCommand: 9});
	controller.press([retraction, letter('q')]);
	t.is(controller.state.mode.type, 'typing');
	t.is(draftOf(controller), 'q');
	controller.resize(80, 24);
	controller.press([escape, letter('f'), retraction]);
	t.is(controller.state.mode.type, 'flow-diagram');
	controller.press([escape]);
	const {type} = controller.state.mode;
	controller.press([retraction, retraction]);
	t.is(controller.state.mode.type, 'flow-diagram');
	t.not(type, 'flow-diagram');
	controller.press([escape]);
	t.is(controller.state.mode.type, 'commands', 'where it was opened');

	controller.press([escape, escape, letter('/'), letter('x')]);
	const pane = focusedPane(controller.state, sceneView())!;
	t.is(paneState(controller.state, pane).filter, 'x');
	controller.press([escape]);
	t.is(paneState(controller.state, pane).filter, '');
	controller.press([retraction]);
	t.is(controller.state.mode.type, 'filter-prompt');
	t.is(paneState(controller.state, pane).filter, 'x');
});

test('a prompt takes all keys of one read at once, without waiting for a view', t => {
	const {controller, commands} = startSeen();
	controller.press([escape, letter('a'), ...[...'127.0.0.1:9'].map(text => letter(text))]);
	t.false(controller.isAwaitingViews);
	t.like(controller.state.mode, {type: 'address-prompt', draft: draftOfText('127.0.0.1:9')});
	controller.press([{...letter('return'), text: ''}, letter('x')]);
	t.like(commands.at(-1), {type: 'set-destination', destination: {host: '127.0.0.1', port: 9}});
	controller.applyViews({views: [], lastCommand: commands.length});
	t.is(draftOf(controller), 'x');
});

test('where there was traffic, Ctrl+Q and q ask once: a second press quits, any other key stays and does nothing else', t => {
	const traffic = {sent: {count: 1, bytes: 2}, received: {count: 0, bytes: 0}};
	const busy = (): Heard => {
		const heard = start();
		heard.controller.applyViews({views: [sceneView({traffic})], lastCommand: 1});
		return heard;
	};

	for (const ask of [[ctrl('q')], [escape, letter('q')]]) {
		for (const [answer, quits] of [
			[ctrl('q'), 1], [letter('q'), 1], [letter('ㅂ'), 0], [letter('ㅃ'), 0], [letter('x'), 0], [escape, 0],
		] as const) {
			const heard = busy();
			const {controller} = heard;
			controller.press(ask);
			t.true(controller.state.isQuitAsked);
			const {mode} = controller.state;
			controller.press([answer]);
			t.false(controller.state.isQuitAsked);
			t.is(controller.state.mode, mode);
			t.is(draftOf(controller), '');
			t.is(heard.quits, quits);
		}
	}

	const asked = busy();
	asked.controller.press([ctrl('q'), ctrl('q')]);
	t.is(asked.quits, 1);
	const cancelled = busy();
	cancelled.controller.press([ctrl('q'), letter('x'), letter('y')]);
	t.is(cancelled.quits, 0);
	t.is(draftOf(cancelled.controller), 'y');
	const interrupted = busy();
	interrupted.controller.press([ctrl('c')]);
	t.is(interrupted.quits, 1);
});

test('Hangul that is meant as a message where letters are commands ends nothing, whether or not there was traffic', t => {
	for (const count of [0, 1]) {
		const traffic = {sent: {count, bytes: count}, received: {count: 0, bytes: 0}};
		for (const text of ['반갑습니다', 'ㅂㅏㄴㄱㅏㅂ', 'ㅂㅂ', 'ㅂㅂㅂ', 'ㅃㅃ', 'ㅂㅂ2']) {
			const heard = start();
			heard.controller.applyViews({views: [sceneView({traffic})], lastCommand: 1});
			heard.controller.press([escape, ...[...text].map(typed => letter(typed)), keyOf('return')]);
			t.is(heard.quits, 0, text);
		}
	}

	const {controller} = startSeen();
	controller.press([escape, letter('ㅂ')]);
	t.true(controller.state.isQuitAsked, 'it is asked, also where nothing was sent');
});

test('an Esc that is taken back, or a click, is no answer to whether to quit', t => {
	const traffic = {sent: {count: 1, bytes: 2}, received: {count: 0, bytes: 0}};
	const heard = start();
	const {controller} = heard;
	controller.applyViews({views: [sceneView({traffic})], lastCommand: 1});
	controller.press([ctrl('q')]);
	controller.press([{type: 'retraction'}, {
		type: 'pointer', action: 'press', x: 5, y: 5,
	}]);
	t.true(controller.state.isQuitAsked);
	t.is(heard.quits, 0);
	controller.press([letter('q')]);
	t.is(heard.quits, 1);
});

test('keys that wait for views are no answer to whether to quit', t => {
	const traffic = {sent: {count: 1, bytes: 2}, received: {count: 0, bytes: 0}};
	const heard = start();
	const {controller, commands} = heard;
	controller.applyViews({views: [sceneView({traffic})], lastCommand: 1});
	controller.press([ctrl('n'), letter('x')]);
	controller.press([ctrl('q')]);
	t.true(controller.state.isQuitAsked);
	controller.applyViews({views: [], lastCommand: commands.length});
	t.true(controller.state.isQuitAsked);
	controller.press([letter('n'), letter('y')]);
	t.false(controller.state.isQuitAsked);
	t.is(draftOf(controller), 'xy');
});

test('a prompt survives a window that is too small, where keys do nothing but quit', t => {
	const heard = startSeen();
	const {controller} = heard;
	controller.press([escape, letter('a'), letter('1')]);
	const {mode} = controller.state;
	controller.resize(40, 10);
	controller.press([letter('2'), {...letter('return'), text: ''}, escape, letter('x'), {type: 'paste', text: 'y'}]);
	t.is(controller.state.mode, mode);
	controller.resize(120, 40);
	t.is(controller.state.mode, mode);
	controller.press([letter('9')]);
	t.like(controller.state.mode, {type: 'address-prompt', draft: draftOfText('19')});
	controller.resize(40, 10);
	controller.press([ctrl('q')]);
	t.is(heard.quits, 1);
});

test('a scene that is seen for the first time gives the focus to the role that had it in the other', t => {
	for (const [tabs, number] of [[0, 1], [1, 2], [2, undefined]] as const) {
		const {controller, commands} = startSeen();
		const tab = {...letter('tab'), text: ''};
		controller.press(Array.from({length: tabs}, () => tab));
		controller.press([ctrl('t')]);
		const tcp = sceneView({
			protocol: 'tcp',
			server: serverView({pane: 10}),
			clients: [clientView(1, {type: 'closed'}, {pane: 11}), clientView(2, {type: 'closed'}, {pane: 12})],
		});
		controller.applyViews({views: [tcp], lastCommand: commands.length});
		t.is(focusedPane(controller.state, tcp), number === undefined ? 10 : 10 + number);
	}
});

test('a client that was asked for gets the focus, and one that comes after a refusal does not', async t => {
	const withOneMore = sceneView({clients: [1, 2, 3].map(number => clientView(number, {type: 'unbound'}))});
	for (const refusal of [undefined, {reason: 'client-limit', limit: 9}] as const) {
		const {controller, commands} = startSeen(({type}) => type === 'open-client' ? {refusal} : undefined);
		const before = focusedPane(controller.state, sceneView());
		controller.press([ctrl('n')]);
		await turn();
		controller.applyViews({views: [withOneMore], lastCommand: commands.length});
		t.is(focusedPane(controller.state, withOneMore), refusal ? before : 4);
	}
});

for (const name of ['c', 'q']) {
	test(`Ctrl+${name.toUpperCase()} quits even while keys wait for a view`, t => {
		const unseen = start();
		unseen.controller.press([letter('x'), ctrl(name)]);
		t.is(unseen.quits, 1, 'before the first views');

		const awaiting = startSeen();
		awaiting.controller.press([ctrl('n')]);
		awaiting.controller.press([letter('x')]);
		awaiting.controller.press([ctrl(name)]);
		t.is(awaiting.quits, 1, 'before the views that show what a command has begun');

		const prompting = startSeen();
		prompting.controller.press([escape, letter('a'), letter('1'), ctrl(name)]);
		t.is(prompting.quits, 1, 'within a prompt');
	});
}

test('a fault in the engine is told in the focused pane, and the screen goes on', t => {
	const {controller} = start();
	controller.applyViews({views: [sceneView()], lastCommand: 9});
	controller.showFault('Error: not today\u{1B}[2J');
	const {state} = controller;
	const notices = [...state.panes.values()].map(({notice}) => notice).filter(notice => notice !== undefined);
	t.deepEqual(notices, [en.refusal({reason: 'fault', message: String.raw`Error: not today\x1b[2J`})]);
});

test('a flow diagram of which a piece was refused is not saved, and the refusal is told', async t => {
	let pieces = 0;
	const refused = Promise.withResolvers<void>();
	const {controller, commands} = startSeen(command => {
		if (command.type !== 'read-events') {
			return undefined;
		}

		if (pieces++ > 0) {
			refused.resolve();
			return {refusal: {reason: 'fault', message: 'no second piece'}};
		}

		const scene = {protocol: 'udp' as const, clients: []};
		return {
			refusal: undefined, events: {
				scene, events: [], end: 5, hasDropped: false,
			},
		};
	});
	controller.resize(80, 24);
	controller.press([ctrl('f'), letter('w'), letter('1')]);
	await refused.promise;
	while (!JSON.stringify(controller.state.mode).includes('no second piece')) {
		await turn();
	}

	t.is(pieces, 2);
	t.false(commands.some(({type}) => type === 'save'));
});

test('when a panel of settings is closed, by any key, the panes are to tell what was changed in it, once', t => {
	for (const [open, close, isOver] of [
		[[ctrl('l'), letter('s'), escape], escape, true],
		[[ctrl('l')], ctrl('t'), true],
		[[ctrl('l')], ctrl('l'), true],
		[[ctrl('l')], letter('s'), false],
		[[escape, letter('j')], letter('j'), true],
		[[escape, letter('j')], escape, true],
		[[escape, letter('j')], keyOf('down'), false],
	] as const) {
		const {controller, commands} = startSeen();
		for (const key of open) {
			controller.press([key]);
		}

		t.false(commands.some(({type}) => type === 'tell-changes'), 'a prompt of the panel does not close it');
		controller.press([close]);
		t.deepEqual(commands.filter(({type}) => type === 'tell-changes'), isOver ? [{type: 'tell-changes'}] : []);
	}
});

test('rows that fail when they are laid out, or read as text, end nothing when they come', t => {
	const {controller} = startSeen();
	const pane = focusedPane(controller.state, sceneView())!;
	const stateOf = () => paneState(controller.state, pane);
	let sequence = 0;
	const show = (changes: RowChanges = {}): void => {
		const end = stateOf().end ?? 200;
		// Each is another one: they are not compared with those before.
		const rows = Array.from({length: 60}, () =>
			Object.defineProperties(row({sequence: sequence++, payload: 'x'}), Object.getOwnPropertyDescriptors(changes)));
		const view: RowsView = {
			type: 'rows', pane, kind: 'messages', rows, end, total: 200, first: 0,
		};
		controller.applyViews({views: [view], lastCommand: 1});
	};

	show();
	controller.press([keyOf('pageup')]);
	show();
	controller.press([keyOf('pagedown')]);
	const {end, anchor} = stateOf();
	t.like({end, anchor}, {end: 200, anchor: {end: 200}}, 'it is found out whether it follows the end');
	const poisoned = (name: string): RowChanges => Object.defineProperty({}, name, {
		enumerable: true,
		get() {
			throw new Error('no such thing');
		},
	});
	for (const name of ['peer', 'bytes']) {
		t.notThrows(() => {
			show(poisoned(name));
		}, name);
	}

	t.is(stateOf().end, 200);
	show();
	t.is(stateOf().end, undefined);
});

test('a refusal is told where the person is, also of a command that no pane has given', async t => {
	const refusal = {reason: 'fault', message: 'Error: not now'} as const;
	for (const [type, keys] of [
		['lose-next', [ctrl('l'), letter('n')]],
		['set-link', [ctrl('l'), letter('p')]],
		['set-seed', [ctrl('l'), letter('r')]],
		['tell-changes', [ctrl('l'), escape]],
		['set-rule', [ctrl('r')]],
		['start-experiment', [escape, letter('e'), letter('1')]],
	] as const) {
		const {controller, commands} = startSeen(command => command.type === type ? {refusal} : undefined);
		controller.press(keys);
		await turn();
		t.true(commands.some(command => command.type === type));
		const {mode, panes} = controller.state;
		t.true(JSON.stringify([mode, ...panes]).includes(en.refusal(refusal)), type);
	}
});

test('the list of lessons is opened over the playground, and a lesson in its place', t => {
	const [own, list] = [undefined, 'list' as const].map(lesson => start(undefined, {lesson}));
	t.deepEqual(own?.commands.map(({type}) => type), ['open-scene']);
	t.deepEqual(list?.commands.map(({type}) => type), ['open-scene']);
	t.is(list?.controller.state.mode.type, 'lesson-list');
});

test('what an experiment that was ended has shown late is not taken for the next one\'s', t => {
	const {controller, commands} = startSeen();
	const laboratory = sceneView({name: 'laboratory'});
	const see = (lastCommand: number): void => {
		controller.applyViews({views: [laboratory], lastCommand});
	};

	controller.press([escape, letter('e'), letter('1')]);
	const first = commands.length;
	see(first);
	t.is(controller.state.scenes.laboratory, laboratory);
	controller.press([escape, letter('e')]);
	see(commands.length);
	t.is(controller.state.scenes.laboratory, undefined);
	controller.press([letter('2')]);
	see(first);
	t.is(controller.state.scenes.laboratory, undefined);
	see(commands.length);
	t.is(controller.state.scenes.laboratory, laboratory);
});

test('keys that wait for both scenes go on where the window has become too small for both', t => {
	for (const [columns, rows] of [[70, 24], [200, 5]] as const) {
		const {controller, commands} = startSeen();
		controller.resize(200, 50);
		controller.press([escape, letter('c'), letter('x')]);
		controller.applyViews({views: [], lastCommand: commands.length});
		t.true(controller.isAwaitingViews, 'the other scene is yet to be seen');
		t.is(draftOf(controller), '');
		controller.resize(columns, rows);
		t.false(controller.isAwaitingViews);
		t.is(draftOf(controller), rows < 10 ? '' : 'x', 'in a window that shows nothing, keys do nothing');
	}
});

test('a command that names its scene is for that, also in an experiment', t => {
	const stop = {type: 'stop-server', protocol: 'tcp'} as const;
	t.deepEqual(inScene(stop, 'laboratory'), {...stop, scene: 'laboratory'});
	t.deepEqual(inScene(stop, 'tcp'), stop);
	t.deepEqual(inScene({...stop, scene: 'tcp'}, 'laboratory'), {...stop, scene: 'tcp'});
});

test('what takes a while changes nothing else that has become another by the time when it is done', async t => {
	const size = ({state: {columns, rows}}: Controller): readonly number[] => [columns, rows];
	const lessons = startSeen().controller;
	lessons.press([escape, letter('g')]);
	lessons.resize(90, 30);
	await until(() => lessons.state.learning.lessons !== undefined);
	t.deepEqual(size(lessons), [90, 30]);
	t.truthy(lessons.state.exercising.words);

	const folder = await temporaryFolder(t);
	const path = startSeen().controller;
	writeFileSync(`${folder}/some-file`, '');
	const typed = (): string => path.state.mode.type === 'file-prompt' ? textOfDraft(path.state.mode.draft) : '';
	const tab = letter('', 'tab');
	path.press([escape, letter('u'), ...[...`${folder}/some`].map(key => letter(key)), tab]);
	path.resize(90, 30);
	await until(() => typed() === `${folder}/some-file`);
	t.deepEqual(size(path), [90, 30]);
	for (let count = 0; count < 5; count++) {
		path.press([letter('', 'backspace')]);
	}

	path.press([tab]);
	path.press([letter('!')]);
	for (let count = 0; count < 5; count++) {
		await readdir(folder);
	}

	t.is(typed(), `${folder}/some!`, 'what is typed by then stays');
});

/** Settles when a condition holds: it is looked at in every turn of the event loop. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) {
		await turn();
	}
}

test('saved messages are read again when their file changes; a broken change keeps them, and says so', async t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'socket-playground-messages-'));
	t.teardown(() => {
		rmSync(folder, {recursive: true, force: true});
	});
	const file = path.join(folder, 'device.yaml');
	writeFileSync(path.join(folder, 'data'), 'data');
	writeFileSync(file, String.raw`messages: {login: {text: "caf\\u{e9}"}, data: {file: data}}`);
	const {controller, commands} = start(undefined, {messagesFile: file});
	controller.applyViews({views: [sceneView()], lastCommand: 1});
	const namesOf = (): string => controller.state.saved?.sequences.map(({name}) => name).join(' ') ?? '';
	const notice = (): string => paneState(controller.state, 2).notice ?? '';
	await until(() => namesOf() === 'login data');
	t.is(notice(), '', 'that they are read first is no change');
	const menuKeys = [escape, letter('b'), ...Array.from({length: 12}, () => letter('', 'down'))];
	controller.press([...menuKeys.slice(0, -1), letter('', 'return')]);
	await until(() => commands.some(({type}) => type === 'send-messages'));
	const command = commands.at(-1);
	t.like(command, {type: 'send-messages', pane: 2, sequence: {name: 'login', isSequence: false}});
	const part = command?.type === 'send-messages' ? command.sequence.steps[0]?.message.parts[0] : undefined;
	t.deepEqual(part?.type === 'bytes' ? Buffer.from(part.bytes) : part, Buffer.from('caf\u{E9}'));

	// Its file has to be read first: what is typed behind it waits for that.
	const before = commands.length;
	controller.press([...menuKeys, letter('', 'return'), letter('x'), letter('', 'return')]);
	t.is(commands.length, before);
	await until(() => commands.length === before + 2);
	t.deepEqual(commands.slice(before).map(({type}) => type), ['send-messages', 'send']);
	t.false(controller.isAwaitingViews);

	writeFileSync(file, 'messages: {login: {txt: a}}');
	await until(() => notice() !== '');
	t.is(notice(), en.messages.broken('device.yaml:1:20: unknown key \'txt\' in a message; perhaps \'text\'; allowed are text, hex, file, ending'));
	t.is(namesOf(), 'login data');
	rmSync(path.join(folder, 'data'));
	controller.press([...menuKeys, letter('', 'return')]);
	controller.resize(100, 30);
	await until(() => notice().includes('ENOENT'));
	t.is(controller.state.columns, 100, 'nothing else is as it was before the files were read');
	t.true(notice().startsWith('not sent: data: '));
	writeFileSync(file, 'messages: {login: {text: a}, status: {text: b}, more: {text: c}}');
	await until(() => namesOf() === 'login status more');
	t.is(notice(), en.messages.changed('device.yaml', 3));
	t.deepEqual(controller.state.saved?.problems, []);
});

test('characters of one read are typed as one, in order with the keys between them, and cost a part of single ones', t => {
	const text = 'a long line, 안녕 😀 e\u{301} '.repeat(1000);
	const keys = [...text].map(each => letter(each));
	const {controller} = startSeen();
	controller.press([...keys, keyOf('home'), letter('<'), keyOf('end'), letter('>'), keyOf('backspace'), letter(']')]);
	t.is(draftOf(controller), `<${text}]`);
	controller.press([escape, ...'iiz'].map(each => typeof each === 'string' ? letter(each) : each));
	t.is(draftOf(controller), `<${text}]iz`, 'the first letter after Esc is a command');
	const time = (press: () => void): number => {
		const before = process.cpuUsage();
		press();
		const {user, system} = process.cpuUsage(before);
		return user + system;
	};

	// Processor time, and the least of several: other programs on the machine only add.
	const times = Array.from({length: 3}, () => {
		const [together, alone] = [startSeen().controller, startSeen().controller];
		return [
			time(() => {
				together.press(keys);
			}),
			time(() => {
				for (const key of keys.slice(0, 5000)) {
					alone.press([key]);
				}
			}),
		] as const;
	});
	const [all, some] = [Math.min(...times.map(([each]) => each)), Math.min(...times.map(([, each]) => each))];
	t.true(all < some, `${keys.length} characters together take ${all} µs, 5000 alone ${some} µs`);
});
