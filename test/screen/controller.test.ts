import test from 'ava';
import type {Command, CommandAnswer} from '../../source/engine/api/command.ts';
import {Controller} from '../../source/screen/controller.ts';
import type {Key} from '../../source/screen/input/key-decoder.ts';
import {focusedPane, paneState} from '../../source/screen/state/screen-state.ts';
import {en} from '../../source/screen/words/en.ts';
import {draftOf as draftOfText} from '../helpers/draft-of.ts';
import {sceneView} from '../helpers/terminal-scene.ts';

const escape: Key = {
	type: 'key', name: 'escape', ctrl: false, alt: false, shift: false, text: '', sequence: '\u{1B}',
};

function letter(text: string): Key {
	return {
		type: 'key', name: text, ctrl: false, alt: false, shift: false, text, sequence: text,
	};
}

function ctrl(name: string): Key {
	return {
		type: 'key',
		name,
		ctrl: true,
		alt: false,
		shift: false,
		text: '',
		sequence: String.fromCodePoint(name.codePointAt(0)! - 96),
	};
}

type Heard = {
	readonly controller: Controller;
	readonly commands: Command[];
	states: number;
	quits: number;
};

/** A controller of an engine that answers nothing but what is said here. */
function start(answer?: (command: Command) => CommandAnswer | undefined): Heard {
	const heard: Heard = {
		commands: [],
		states: 0,
		quits: 0,
		controller: new Controller({
			protocol: 'udp',
			columns: 120,
			rows: 40,
			words: en,
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
		}),
	};
	heard.controller.start();
	return heard;
}

/** The same, after the engine's first answer. */
function startSeen(answer?: (command: Command) => CommandAnswer | undefined): Heard {
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

test('an Esc that is taken back leaves the screen in the mode that it was in, unless a key came between', t => {
	const retraction = {type: 'retraction'} as const;
	const {controller} = startSeen();
	controller.press([escape]);
	t.is(controller.state.mode.type, 'commands');
	controller.applyViews({views: [], lastCommand: 9});
	controller.press([retraction, letter('q')]);
	t.is(controller.state.mode.type, 'typing');
	t.is(draftOf(controller), 'q');
	controller.press([escape, letter('f'), retraction]);
	t.is(controller.state.mode.type, 'flow-diagram');
	controller.press([escape]);
	const {type} = controller.state.mode;
	controller.press([retraction, retraction]);
	t.is(controller.state.mode.type, 'flow-diagram');
	t.not(type, 'flow-diagram');
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
	t.deepEqual(notices, [String.raw`a fault in the program: Error: not today\x1b[2J. Please report it.`]);
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
	controller.press([ctrl('f'), letter('s')]);
	await refused.promise;
	await new Promise(resolve => {
		setImmediate(resolve);
	});
	t.is(pieces, 2);
	t.false(commands.some(({type}) => type === 'save'));
	t.true(JSON.stringify(controller.state.mode).includes('no second piece'));
});
