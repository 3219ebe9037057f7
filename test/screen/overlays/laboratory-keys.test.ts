import test from 'ava';
import type {Command, CommandAnswer, Refusal} from '../../../source/engine/api/command.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {Controller} from '../../../source/screen/controller.ts';
import {experiments} from '../../../source/screen/overlays/laboratory/experiments.ts';
import type {Key} from '../../../source/screen/input/decode/key-decoder.ts';
import {messageOf} from '../../../source/screen/input/line/draft.ts';
import type {Mode} from '../../../source/screen/overlays/modes.ts';
import {paneState, type ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {inTime} from '../../helpers/in-time.ts';
import {clientView, sceneView, serverView} from '../../helpers/terminal-scene.ts';

const own = sceneView();
const laboratory = sceneView({
	name: 'laboratory',
	protocol: 'tcp',
	server: serverView({pane: 11, peerCount: 1, target: 1}),
	clients: [clientView(11, {type: 'closed'}), clientView(12, {type: 'closed'})],
	experiment: {
		name: 'half-closed', isDone: false, outcome: undefined, facts: {},
	},
});

/** A controller, an engine that only notes its commands, and the keys of a keyboard. */
class Desk {
	readonly commands: Command[] = [];
	readonly answers: Array<(answer: CommandAnswer) => void> = [];
	hasQuit = false;
	#onState: (() => void) | undefined;
	readonly controller = new Controller({
		protocol: 'udp',
		columns: 80,
		rows: 24,
		words: en,
		loadLessons: async () => [],
		execute: command => {
			this.commands.push(command);
			return {
				id: this.commands.length, answer: new Promise(resolve => {
					this.answers.push(resolve);
				}),
			};
		},
		read: async () => undefined,
		onState: () => {
			this.#onState?.();
		},
		onQueries: () => undefined,
		onCopy: () => undefined,
		onQuit: () => {
			this.hasQuit = true;
		},
	});

	constructor() {
		this.controller.start();
		this.see(own);
	}

	get state(): ScreenState {
		return this.controller.state;
	}

	get mode(): Mode {
		return this.state.mode;
	}

	/** Let the engine send a view of a scene in which this many commands have begun: all so far. */
	see(scene: SceneView, lastCommand = this.commands.length): void {
		this.controller.applyViews({views: [scene], lastCommand});
	}

	/** Press keys by their names, `alt-` before one that is held with Alt. */
	press(...names: readonly string[]): void {
		this.controller.press(names.map((text): Key => {
			const alt = text.startsWith('alt-');
			const name = alt ? text.slice(4) : text;
			const character = [...name].length === 1 ? name : '';
			return {
				type: 'key',
				name,
				ctrl: false,
				alt,
				shift: false,
				text: alt ? '' : character,
				sequence: alt ? `\u{1B}${name}` : character,
			};
		}));
	}

	/** What has been typed in a pane. */
	typed(pane: number): string {
		return Buffer.from(messageOf(paneState(this.state, pane).draft, 'none')).toString();
	}

	/** Refuse the last command. Settles when the controller has heard it. */
	async refuse(refusal: Refusal): Promise<void> {
		const heard = new Promise<void>(resolve => {
			this.#onState = resolve;
		});
		this.answers.at(-1)?.({refusal});
		await inTime(heard, () => 'a state with the refusal');
	}
}

const half = experiments.findIndex(({name}) => name === 'half-closed');

test('Esc e shows the list, Esc goes back to the commands, and e to the line', t => {
	const desk = new Desk();
	desk.press('escape', 'e');
	t.deepEqual(desk.mode, {type: 'experiment-list', chosen: 0});
	desk.press('escape');
	t.deepEqual(desk.mode, {type: 'commands'});
	desk.press('alt-e', 'e');
	t.deepEqual(desk.mode, {type: 'typing'});
	// On a Korean keyboard it is the same key.
	desk.press('escape', 'ㄷ', 'ㄷ');
	t.deepEqual(desk.mode, {type: 'typing'});
	t.is(desk.commands.length, 1);
});

test('arrows, pages, Home and End choose, and stop at the ends', t => {
	const desk = new Desk();
	desk.press('escape', 'e');
	for (const [key, wanted] of [
		['down', 1],
		['down', 2],
		['up', 1],
		['home', 0],
		['up', 0],
		['end', 15],
		['down', 15],
		['pageup', 0],
		['pagedown', 15],
	] as const) {
		desk.press(key);
		t.deepEqual(desk.mode, {type: 'experiment-list', chosen: wanted}, `after ${key}`);
	}
});

test('Enter starts the chosen experiment and shows the laboratory; what is shown in the list starts another one at once', t => {
	const desk = new Desk();
	desk.press('escape', 'e', 'down', 'return');
	t.deepEqual(desk.commands.at(-1), {type: 'start-experiment', experiment: experiments[1]!.name});
	t.true(desk.state.isExperimenting);
	for (const {key, name} of experiments) {
		const other = new Desk();
		other.press('escape', 'e', key);
		t.deepEqual(other.commands.at(-1), {type: 'start-experiment', experiment: name});
	}
});

test('keys wait until the laboratory is seen, and go there then', t => {
	const desk = new Desk();
	desk.press('escape', 'e', '9', 'h', 'i');
	t.true(desk.controller.isAwaitingViews);
	// What comes of an experiment before is not what was asked for.
	desk.see(laboratory, desk.commands.length - 1);
	t.is(desk.state.scenes.laboratory, undefined);
	desk.see(laboratory);
	t.false(desk.controller.isAwaitingViews);
	t.is(desk.typed(12), 'hi');
	t.is(desk.typed(2), '');
});

test('an experiment that is refused leads back to the list, which says why, and keys go on', async t => {
	const desk = new Desk();
	desk.press('escape', 'e', '9', 'down');
	t.true(desk.controller.isAwaitingViews);
	// There is no scene to be seen.
	desk.controller.applyViews({views: [undefined], lastCommand: desk.commands.length});
	await desk.refuse({reason: 'no-series'});
	t.false(desk.state.isExperimenting);
	t.false(desk.controller.isAwaitingViews);
	t.deepEqual(desk.mode, {type: 'experiment-list', chosen: half + 1});
	desk.press('9');
	await desk.refuse({reason: 'no-series'});
	desk.see(own);
	t.deepEqual(desk.mode, {type: 'experiment-list', chosen: half, notice: en.refusal({reason: 'no-series'})});
});

test('Esc e ends the experiment: the list shows it chosen, before a scene that is as it was', t => {
	const desk = new Desk();
	desk.press('tab', 'x', 'y', 'alt-z');
	const before = desk.state;
	desk.press('escape', 'e', '9');
	desk.see(laboratory);
	t.false(desk.state.isZoomed);
	desk.press('a', 'tab', 'b', 'escape', 'e');
	t.deepEqual(desk.commands.at(-1), {type: 'end-experiment'});
	t.deepEqual(desk.mode, {type: 'experiment-list', chosen: half});
	// It may still be seen once, on its way.
	desk.see(laboratory);
	desk.see(own);
	t.is(desk.state.scenes.laboratory, undefined);
	desk.press('escape', 'i');
	t.deepEqual(desk.mode, {type: 'typing'});
	t.deepEqual(desk.state.panes, before.panes);
	t.is(desk.state.focus.udp, before.focus.udp);
	t.is(desk.state.isZoomed, before.isZoomed);
	t.deepEqual(desk.state.scenes.udp, before.scenes.udp);
});

test('one can leave from within', t => {
	const desk = new Desk();
	desk.press('escape', 'e', '9');
	desk.see(laboratory);
	desk.press('escape', 'q');
	t.true(desk.hasQuit);
});

test('in the laboratory what is for a server, or for a connection, is for the laboratory\'s', t => {
	const desk = new Desk();
	desk.press('escape', 'e', '9');
	desk.see(laboratory);
	desk.press('tab', 'tab');
	t.is(desk.state.focus.laboratory, 11);
	const wanted: ReadonlyArray<readonly [keys: readonly string[], type: Command['type']]> = [
		[['escape', 'n'], 'open-client'],
		[['escape', 'x'], 'close-connection'],
		[['escape', 'd'], 'half-close-connection'],
		[['escape', 'o'], 'stop-server'],
		[['escape', 'r'], 'set-rule'],
		[['escape', 'k'], 'set-close-after-reply'],
		[['return', 'right'], 'choose-peer'],
		[['h', 'return'], 'send-from-server'],
	];
	for (const [keys, type] of wanted) {
		desk.press(...keys);
		t.like(desk.commands.at(-1), {type, scene: 'laboratory'});
		desk.see(laboratory);
	}

	desk.press('escape', 'a');
	desk.press(...'127.0.0.1:9', 'return');
	t.like(desk.commands.at(-1), {type: 'move-server', protocol: 'tcp', scene: 'laboratory'});
});

test('outside it names no scene', t => {
	const desk = new Desk();
	desk.press('escape', 'r');
	t.deepEqual(desk.commands.at(-1), {type: 'set-rule', protocol: 'udp', rule: 'echo'});
});

test('while an experiment is shown the protocol is not switched, and the letters say why', t => {
	const desk = new Desk();
	desk.press('escape', 'e', '9');
	desk.see(laboratory);
	const known = desk.commands.length;
	desk.press('escape', 't');
	t.deepEqual(desk.mode, {type: 'commands', notice: en.laboratory.notHere});
	t.is(desk.commands.length, known);
	t.is(desk.state.protocol, 'udp');
});

test('a new client gets the focus in the scene in which it was asked for', t => {
	const desk = new Desk();
	desk.press('escape', 'e', '9');
	desk.see(laboratory);
	desk.press('escape', 'n');
	desk.see({...laboratory, clients: [...laboratory.clients, clientView(13, {type: 'closed'})]});
	t.is(desk.state.focus.laboratory, 14);
});

test('a client of the laboratory is one like any other: it sends, is closed and opened', t => {
	const desk = new Desk();
	desk.press('escape', 'e', '9');
	desk.see(laboratory);
	desk.press('h', 'return');
	t.like(desk.commands.at(-1), {type: 'send', pane: 12});
	desk.press('escape', 'o');
	t.deepEqual(desk.commands.at(-1), {type: 'reopen-client', pane: 12});
	desk.see(laboratory);
	desk.press('escape', 'x');
	t.deepEqual(desk.commands.at(-1), {type: 'remove-client', pane: 12});
	desk.see(laboratory);
	desk.press('escape', 'f');
	t.like(desk.controller.queries[1], {type: 'flow', scene: 'laboratory'});
});

test('a client that an ended experiment was asked for takes the focus in no later one', t => {
	const desk = new Desk();
	desk.press('escape', 'e', '9');
	desk.see(laboratory);
	desk.press('escape', 'n');
	desk.see(laboratory);
	desk.press('escape', 'e', '9');
	desk.see(own);
	desk.see(laboratory);
	t.true(desk.state.isExperimenting);
	t.is(desk.state.focus.laboratory, undefined);
});

test('after an experiment that was refused, or has been ended, Esc leads from the list to where it was opened', async t => {
	const refused = new Desk();
	refused.press('escape', 'e', '1');
	await refused.refuse({reason: 'no-series'});
	refused.see(own);
	t.is(refused.mode.type, 'experiment-list');
	refused.press('escape');
	t.is(refused.mode.type, 'commands');

	const ended = new Desk();
	ended.press('escape', 'e', '9');
	ended.see(laboratory);
	ended.press('escape', 'e');
	ended.see(own);
	t.is(ended.mode.type, 'experiment-list');
	ended.press('escape');
	t.is(ended.mode.type, 'commands');
});
