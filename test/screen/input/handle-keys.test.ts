import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {fullScene, fullState, laboratoryScene} from '../../helpers/every-screen.ts';
import {chordOf, keyOf} from '../../helpers/key-of.ts';
import {painted} from '../../helpers/painted.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {
	clientView, sceneView, screenState, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import type {LinkDirection} from '../../../source/link/random.ts';
import type {HeldRow} from '../../../source/engine/api/view.ts';
import type {RowsView} from '../../../source/views/rows.ts';
import {forgetPanes} from '../../../source/screen/state/apply-scene.ts';
import {helpLines, helpRows} from '../../../source/screen/overlays/help.ts';
import {tabsLine} from '../../../source/screen/panes/pane-lines.ts';
import {flowRows} from '../../../source/screen/overlays/flow/flow-lines.ts';
import {keepFocus} from '../../../source/screen/input/focus.ts';
import {handleKey, withoutEscape} from '../../../source/screen/input/handle-key.ts';
import {askToQuit} from '../../../source/screen/input/run-binding.ts';
import {draw} from '../../../source/screen/frame/renderers.ts';
import type {Mode} from '../../../source/screen/overlays/modes.ts';
import {
	focusedPane, focusRing, newPaneState, paneState, type ScreenState, withPane,
} from '../../../source/screen/state/screen-state.ts';
import {commandOf} from '../../../source/screen/save/scene-head.ts';
import {applyView} from '../../../source/screen/state/apply-view.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';

const scene = fullScene();
const size = {columns: 80, rows: 24};

function pressed(state: ScreenState, ...names: readonly string[]): ScreenState {
	let next = state;
	for (const name of names) {
		next = handleKey(next, scene, keyOf(name), en).state;
	}

	return next;
}

const help = (top: number): ScreenState => fullState(scene, {...size, mode: {type: 'help-page', top}});
const topOf = ({mode}: ScreenState): number | undefined => mode.type === 'help-page' ? mode.top : undefined;
const last = helpLines(80, en).length - helpRows(24);

test('the help scrolls no further than its end, and comes back at once', t => {
	t.true(last > 10);
	const atTheEnd = pressed(help(0), ...Array.from({length: 20}, () => 'pagedown'));
	t.is(topOf(atTheEnd), last);
	t.is(topOf(pressed(atTheEnd, 'up')), last - 1);
	t.is(topOf(pressed(help(0), 'end')), last);
	t.is(topOf(pressed(atTheEnd, 'home')), 0);
	t.is(topOf(pressed(help(0), 'up', 'pageup', 'down')), 1);
	// A window that has grown shows more of it.
	t.is(topOf(pressed({...help(last), rows: 30}, 'up')), last - 7);
	t.is(topOf(pressed({...help(0), rows: 400}, 'pagedown', 'down')), 0);
});

test('the last line of the help shows at its end, above the footer', t => {
	const state = pressed(help(0), 'end');
	const input = {
		state, scene, words: en, mode: state.mode as Extract<Mode, {type: 'help-page'}>, rows: 22,
	};
	t.is(draw('help-page', input, {columns: 80, rows: 22}).at(-1), helpLines(80, en).at(-1));
});

test('the help is laid out once for a width, whichever frames show it', t => {
	t.is(helpLines(80, en), helpLines(80, en));
	t.not(helpLines(100, en), helpLines(80, en));
});

test('only Esc and q close the help: no other key and no chord does anything', t => {
	for (const name of ['escape', 'q', 'Q', 'ㅂ']) {
		t.deepEqual(pressed(help(3), name).mode, {type: 'typing'}, `after ${name}`);
		t.is(pressed({...help(3), isFromCommands: true}, name).mode.type, 'commands', `after ${name}`);
	}

	for (const name of ['x', '?', 'return', 'tab', 'left', 'right', 'delete', 'f5', '9', ' ']) {
		t.deepEqual(pressed(help(3), name).mode, {type: 'help-page', top: 3}, `after ${name}`);
	}

	t.deepEqual(handleKey(help(3), scene, chordOf('f'), en).state.mode, {
		type: 'help-page', top: 3,
	});
});

test('? in a panel shows the help, and Esc leads back to the panel, as it was', t => {
	for (const mode of [
		{type: 'flow-diagram', ends: [9]},
		{type: 'experiment-list', chosen: 3},
		{type: 'acts-menu', page: 'menu', selected: 1},
		{type: 'link-panel', place: {row: 'loss', column: 'both'}},
	] as const satisfies readonly Mode[]) {
		const before = fullState(scene, {...size, mode});
		t.deepEqual(pressed(before, '?').mode, {type: 'help-page', top: 0, back: mode});
		t.deepEqual(pressed(before, '?', 'down', 'escape'), before);
		t.deepEqual(pressed(before, '?', 'q'), before);
	}
});

test('a letter that is no command of a panel says so there, and does nothing', t => {
	const state = fullState(scene, {...size, mode: {type: 'flow-diagram', ends: [9]}});
	const notice = `${en.notice.unknownCommand('y')} · ${en.notice.lettersAre}`;
	t.deepEqual(pressed(state, 'y').mode, {type: 'flow-diagram', ends: [9], notice});
});

test('after Esc, r, p, v, V and k keep the letters, and other commands do not', t => {
	const commands = fullState(scene, {...size, mode: {type: 'commands', notice: 'before'}});
	for (const name of ['r', 'p', 'v', 'V', 'k', 'ㄱ', 'ㅔ']) {
		t.deepEqual(pressed(commands, name).mode, {type: 'commands', isKept: true}, `after ${name}`);
	}

	for (const name of ['2', 'm', 'z', 's', 'i', 'return', 't', 'x']) {
		t.deepEqual(pressed(commands, name).mode, {type: 'typing'}, `after ${name}`);
	}

	t.is(paneState(pressed(commands, 'v', 'v', 'V'), 2).view, 'call-view');
	t.is(paneState(pressed(commands, 'p', 'p', 'p'), 2).payload, 'hex');
});

test('while letters are kept, one that closes a socket is pressed twice; after Esc alone it is pressed once', t => {
	const commands = fullState(scene, {...size, mode: {type: 'commands'}});
	const ofServer = {...commands, focus: {[scene.name]: 1}};
	const effectsOf = (...names: readonly string[]): readonly string[] => {
		let state = names.includes('o') ? ofServer : commands;
		const commandTypes: string[] = [];
		for (const name of names) {
			const done = handleKey(state, scene, keyOf(name), en);
			state = done.state;
			commandTypes.push(...done.effects.flatMap(effect => effect.type === 'execute' ? [effect.command.type] : []));
		}

		return commandTypes;
	};

	t.deepEqual(effectsOf('x'), ['close-client']);
	t.deepEqual(effectsOf('d'), ['half-close-client']);
	t.deepEqual(effectsOf('o'), ['stop-server']);
	for (const [letter, command] of [['x', 'close-client'], ['d', 'half-close-client'], ['o', 'stop-server']] as const) {
		t.deepEqual(effectsOf('v', letter), []);
		t.deepEqual(effectsOf('v', letter, '9', letter), [], 'another key between them');
		t.deepEqual(effectsOf('v', letter, letter), [command]);
		t.deepEqual(effectsOf('v', 'escape', letter), [command], 'Esc was pressed again');
	}

	t.deepEqual(effectsOf('v', 'ㅌ', 'ㅌ', 'ㅌ'), [], 'Hangul may be a message');
	t.deepEqual(effectsOf('v', 'ㅌ', 'x'), ['close-client']);
	const closed = {...scene, server: {...scene.server!, state: {type: 'closed' as const}}};
	t.is(handleKey(pressed(ofServer, 'v'), closed, keyOf('o'), en).effects.length, 1, 'it only opens the server');
	t.deepEqual(effectsOf('v', 'tab', 'x'), [], 'the focus is on another pane');
	t.deepEqual(effectsOf('v', 'x', 'tab', 'x'), [], 'it was asked for another pane');
	t.is(effectsOf('tab', 'x').length, 1, 'after Esc alone');

	const {mode} = pressed(commands, 'p', 'x');
	t.like(mode, {type: 'commands', isKept: true, notice: en.notice.pressAgain('x', en.keys.closeSocket)});
	t.is(pressed(commands, 'p', 'x', 'return').mode.type, 'typing');
});

test('the focused pane says in the place of its line that letters are commands, what the last did, and how to type', t => {
	for (const words of [en, ko]) {
		for (const [columns, rows] of [[80, 24], [100, 30], [160, 50]] as const) {
			const commands = fullState(scene, {columns, rows, mode: {type: 'commands'}});
			const lineOf = (state: ScreenState): string[] => drawApp(state, words).split('\n')
				.map(line => stripVTControlCharacters(line))
				.filter(line => line.includes(` ${words.line.commands.badge} `) && line.includes('┃'));
			const [first = '', ...others] = lineOf(commands);
			t.deepEqual(others, []);
			t.true(first.includes('┃') && first.includes(words.line.commands.leave), first);
			t.true(first.includes(words.line.commands.are), first);
			t.true(lineOf(pressed(commands, 'v'))[0]?.includes(words.line.commands.leave));
			t.true(lineOf(pressed(commands, '9'))[0]?.includes('✗'));
			t.deepEqual(lineOf(pressed(commands, 'return')), []);
			t.deepEqual(lineOf({...commands, isQuitAsked: true}), [], 'the next key is an answer');
		}
	}
});

test('while letters are commands, the beginning of what is half typed shows, a pasted block as its size', t => {
	const lineAfter = (text: string): string => {
		const {state} = handleKey(fullState(scene, {columns: 160, rows: 50}), scene, {type: 'paste', text}, en);
		return stripVTControlCharacters(drawApp(pressed(state, 'escape'), en)).split('\n')
			.find(line => line.includes(` ${en.line.commands.badge} `)) ?? '';
	};

	t.regex(lineAfter('half-typed'), /COMMANDS {2}press a letter {2}> half-typed .*Enter or i: type ┃/);
	t.true(lineAfter('one\ntwo').includes(`  > ${en.line.pasted(2, 7, false)} `), lineAfter('one\ntwo'));
	t.regex(lineAfter('x'.repeat(60)), /> x+… {2}Enter or i: type ┃/);
});

test('digits show a view by its number, and a command that does nothing now says so among the letters', t => {
	const commands = fullState(scene, {...size, mode: {type: 'commands'}});
	const views = ['message-view', 'call-view', 'byte-view', 'socket-view', 'program-view'] as const;
	for (const [index, view] of views.entries()) {
		t.is(paneState(pressed(commands, String(index + 1)), 2).view, view);
	}

	t.deepEqual(pressed(commands, '6').mode, {type: 'commands', notice: en.notice.unknownCommand('6')});
	const limit = scene.clients.length;
	const {state: {mode}} = handleKey(commands, {...scene, clientLimit: limit}, keyOf('n'), en);
	t.deepEqual(mode, {type: 'commands', notice: en.refusal({reason: 'client-limit', limit})});
});

test('z shows the program of a pane in its other form, and leaves the screen as it is', t => {
	const commands = fullState(scene, {...size, mode: {type: 'commands'}});
	const program = pressed(commands, '5', 'escape', 'z');
	t.is(paneState(program, 2).form, 'full');
	t.false(program.isZoomed);
	t.is(paneState(pressed(program, 'escape', 'z'), 2).form, 'short');
});

test('w asks what is to be saved: Enter and w save what the pane shows, c and l the scene, y copies its command line', t => {
	const commands = fullState(scene, {...size, mode: {type: 'commands'}});
	const asked = pressed(commands, 'w');
	t.is(asked.mode.type, 'save-menu');
	for (const [name, what] of [
		['w', {type: 'panes', panes: [2]}],
		['return', {type: 'panes', panes: [2]}],
		['c', {type: 'command'}],
		['l', {type: 'lesson'}],
		['ㅣ', {type: 'lesson'}],
	] as const) {
		const {state, effects} = handleKey(asked, scene, keyOf(name), en);
		t.deepEqual(effects, [{type: 'save-text', what}]);
		t.is(state.mode.type, 'typing');
	}

	const {effects: [copied]} = handleKey(asked, scene, keyOf('y'), en);
	t.like(copied, {type: 'copy-text', text: commandOf(scene, en)});
	t.deepEqual(handleKey(asked, scene, keyOf('x'), en), {state: asked, effects: []});
});

test('of a payload w asks how it is to be saved, and says where; no text that is meant as a message saves it', t => {
	const mode = {
		type: 'whole-payload', sequence: 7, from: 0, back: {type: 'select', pane: 2, ordinal: 0},
	} as const;
	const state = fullState(scene, {...size, mode});
	for (const text of ['web', 'www', 'bb', 'ㅈㅈ', 'ㅠㅠ', '12']) {
		let at = state;
		for (const letter of text) {
			const done = handleKey(at, scene, keyOf(letter), en);
			at = done.state;
			t.deepEqual(done.effects, [], text);
		}
	}

	for (const words of [en, ko]) {
		const {keys: {short: {type}}, footer: {letters}} = words;
		for (const [columns, label] of [[80, type], [100, `${type}: ${letters}`]] as const) {
			const footer = stripVTControlCharacters(drawApp({...state, columns}, words)).split('\n').at(-1)!;
			t.true(footer.includes(` i ${label} `), footer);
		}

		const asked = handleKey(state, scene, keyOf('w'), words).state;
		const drawn = stripVTControlCharacters(drawApp(asked, words)).replaceAll(/\s/g, '');
		t.true(drawn.includes(words.views.saving.where(process.cwd()).replaceAll(/\s/g, '')), drawn);
		for (const [key, wanted] of [['1', 'save-text'], ['2', 'save'], ['3', undefined], ['escape', undefined]] as const) {
			const {state: after, effects} = handleKey(asked, scene, keyOf(key), words);
			t.is(effects[0]?.type, wanted);
			t.deepEqual(after.mode, mode);
		}
	}
});

test('what was asked of a held message is not taken for another, where that one has gone meanwhile', t => {
	const rowOf = (id: number): HeldRow => ({
		id, what: 'data', direction: 'to-server', leg: 1, client: undefined, length: 1, bytes: Uint8Array.of(97), waited: 0,
	});
	const stateOf = (...ids: readonly number[]): ScreenState => fullState(scene, {
		...size,
		mode: {type: 'held-list'},
		held: {
			type: 'held', scene: 'tcp', rows: ids.map(id => rowOf(id)), from: 0, total: ids.length,
		},
	});
	const {mode} = pressed(stateOf(1, 2), 'x');
	const dropped = (state: ScreenState): unknown => handleKey({...state, mode}, scene, keyOf('x'), en).effects[0];
	t.like(dropped(stateOf(1, 2)), {command: {type: 'drop-held', held: 1}});
	t.is(dropped(stateOf(2)), undefined);
	t.like(handleKey({...stateOf(2), mode}, scene, keyOf('x'), en).state.mode, {asked: 'x', chosen: 2});
	const last = {...stateOf(1, 2), mode: {type: 'held-list', chosen: 3} as const};
	t.like(handleKey(last, scene, keyOf('g'), en).effects[0], {command: {held: 2}}, 'of the last, the one before');
	const waited = (milliseconds: number): string => drawApp({
		...stateOf(), held: {...stateOf().held!, rows: [{...rowOf(1), waited: milliseconds}], total: 1},
	});
	t.true(waited(59_999).includes(' 59 s ') && waited(60_000).includes(' 1:00 ') && waited(125_000).includes(' 2:05 '));
	for (const [text, isTaken] of [['', false], ['a', true], ['ab', true], ['abc', false]] as const) {
		const edit = {
			type: 'held-edit', held: 1, isHex: false, range: {least: 1, most: 2}, lead: 0, draft: draftOf(text),
		} as const;
		t.is(handleKey({...stateOf(1), mode: edit}, scene, keyOf('return'), en).effects.length > 0, isTaken, text);
	}
});

test('what another view shows begins at its top, by whichever key it is shown', t => {
	for (const keys of [['v'], ['V'], ['1'], ['4'], ['5'], ['s']]) {
		const state = withPane(fullState(scene, size, 'socket-view'), 2, {top: 3});
		t.is(paneState(pressed(state, 'escape', ...keys), 2).top, undefined, keys.join(' '));
	}
});

test('an Esc that was none leaves the filter and the place that the pane was scrolled to', t => {
	const before = withPane(fullState(scene, {...size, mode: {type: 'filter-prompt', pane: 2, draft: draftOf('x')}}), 2, {
		filter: 'x', end: 4,
	});
	const after = pressed(before, 'escape');
	t.like(paneState(after, 2), {filter: '', end: undefined});
	t.like(paneState(withoutEscape(after, before), 2), {filter: 'x', end: 4});
});

test('k holds both ways, then each, then none', t => {
	const relayOf = (holding: readonly LinkDirection[]): SceneView => ({
		...scene,
		server: serverView({
			relay: {
				targetPane: 90,
				target: scene.server!.configured,
				holding,
				held: {
					count: 0, bytes: 0, 'to-server': 0, 'to-clients': 0, ofClosed: 0,
				},
			},
		}),
	});
	for (const [holding, directions] of [
		[[], ['to-server', 'to-clients']],
		[['to-server', 'to-clients'], ['to-server']],
		[['to-server'], ['to-clients']],
		[['to-clients'], []],
	] as const) {
		const own = relayOf(holding);
		const {effects} = handleKey(fullState(own, size), own, chordOf('k'), en);
		t.like(effects[0], {command: {type: 'set-holding', directions}});
	}
});

test('Shift with an arrow selects a row, and never recalls what was sent, with or without typed text', t => {
	const history = [draftOf('sent before')];
	const panes = new Map([[2, {...newPaneState, history, draft: draftOf('half')}]]);
	const up = keyOf('up', {shift: true});
	const {state} = handleKey(fullState(scene, {...size, panes}), scene, up, en);
	t.is(state.mode.type, 'select');
	t.deepEqual(paneState(state, 2).draft, draftOf('half'));
	const without = fullState(scene, {...size, panes, views: new Map()});
	t.deepEqual(handleKey(without, scene, up, en).state, without);
	t.deepEqual(handleKey(without, scene, keyOf('down', {shift: true}), en).state, without);
});

test('in the prompt of / Up and Down select the previous and the next match, Enter keeps it, typing ends it', t => {
	const before = fullState(scene, {...size, mode: {type: 'filter-prompt', pane: 2, draft: draftOf('x')}});
	const at = (...names: readonly string[]): Mode => pressed(before, ...names).mode;
	t.like(at('up'), {type: 'filter-prompt', ordinal: 4});
	t.like(at('up', 'up', 'up'), {type: 'filter-prompt', ordinal: 2});
	t.like(at('up', 'up', 'down'), {type: 'filter-prompt', ordinal: 4});
	t.deepEqual(at('up', 'up', 'return'), {type: 'select', pane: 2, ordinal: 3});
	t.like(at('up', 'y'), {type: 'filter-prompt', ordinal: undefined, draft: draftOf('xy')});
	t.deepEqual(at('up', 'escape'), {type: 'typing'});
});

test('a protocol that is switched to keeps the focus on the same role, where there is one', t => {
	const tcp = fullScene();
	const udp = sceneView({
		clients: [1, 2, 3].map(number => clientView(number + 10, {type: 'unbound'}, {number})),
		server: serverView({pane: 10}),
	});
	const switched = (from: SceneView, to: SceneView, focus: number): number | undefined => {
		const state = fullState(from, {
			...size,
			scenes: {[from.name]: from, [to.name]: to},
			focus: {[from.name]: focus, [to.name]: to.clients[0]?.pane},
		});
		const chord = chordOf('t');
		return focusedPane(handleKey(state, from, chord, en).state, to);
	};

	t.is(switched(tcp, udp, 1), 10);
	t.is(switched(tcp, udp, 3), 13);
	t.is(switched(udp, tcp, 13), 3);
	t.is(switched(udp, tcp, 10), 1);
	// There is no third client: what had the focus there has it again.
	t.is(switched(udp, tcp, 14), 2);
});

test('a payload scrolls no further than its end, however often PageDown is pressed', t => {
	const back = {type: 'select', pane: 2, ordinal: 0} as const;
	const state = fullState(scene, {
		...size, mode: {
			type: 'whole-payload', sequence: 7, from: 0, back,
		},
	});
	const atTheEnd = pressed(state, ...Array.from({length: 20}, () => 'pagedown'));
	t.like(atTheEnd.mode, {from: 50 - 18});
	t.like(pressed(atTheEnd, 'up').mode, {from: 50 - 19});
	const mode: Mode = {
		type: 'whole-payload', sequence: 7, from: 50 - 18, back, notice: 'saved',
	};
	const told = {...atTheEnd, mode};
	t.like(pressed(told, 'up').mode, {from: 50 - 19, notice: undefined}, 'a notice goes when it scrolls');
	// The length of another payload says nothing about this one.
	t.like(pressed({
		...state, mode: {
			type: 'whole-payload', sequence: 8, from: 0, back,
		},
	}, 'pagedown').mode, {from: 0});
});

test('the flow diagram of another scene says nothing about where this one can be scrolled to', t => {
	const state = fullState(scene, {...size, mode: {type: 'flow-diagram', ends: []}});
	const {steps} = state.flow!;
	const top = steps.at(-flowRows(24))!.first;
	const ends = [steps.at(-1)!.first + 1, top];
	t.deepEqual(pressed(state, 'pageup').mode, {type: 'flow-diagram', ends, selected: undefined});
	const other = {...state, flow: {...state.flow!, scene: 'udp' as const}};
	t.deepEqual(pressed(other, 'pageup').mode, {type: 'flow-diagram', ends: []});
});

test('of a paste it is said, before it is sent, where its bytes or its line ends are not what was copied', t => {
	for (const [text, notice] of [
		['one\rtwo', undefined],
		['one\r\rtwo', en.line.pastedPairs],
		['caf\u{DCE9}', en.line.pastedBytes],
		['caf\u{FFFD}', en.line.pastedReplaced(1)],
	] as const) {
		const {state} = handleKey(fullState(scene, size), scene, {type: 'paste', text}, en);
		t.is(paneState(state, 2).notice, notice);
	}
});

test('leaving a selection, by any way, follows the end again', t => {
	const selected = handleKey(fullState(scene, size), scene, keyOf('up', {shift: true}), en).state;
	t.deepEqual(selected.mode, {type: 'select', pane: 2, ordinal: 4});
	t.is(paneState(selected, 2).end, 5);
	t.is(paneState(pressed(selected, 'up'), 2).end, 5);
	for (const name of ['escape', 'x', 'tab']) {
		t.is(paneState(pressed(selected, name), 2).end, undefined, `after ${name}`);
	}

	t.is(paneState(handleKey(selected, scene, {type: 'paste', text: 'x'}, en).state, 2).end, undefined);
	t.is(
		paneState(handleKey(selected, scene, chordOf('f'), en).state, 2).end,
		undefined,
	);
});

test('Tab takes the notice away from the pane that it leaves', t => {
	const left = pressed(withPane(fullState(scene, size), 2, {notice: 'seen'}), 'tab');
	t.is(paneState(left, 2).notice, undefined);
	t.is(focusedPane(left, scene), 3);
});

test('the view before is shown from its top, as the next one is', t => {
	for (const name of ['v', 'V']) {
		const after = pressed(withPane(fullState(scene, size), 2, {top: 7}), 'escape', name);
		t.is(paneState(after, 2).top, undefined, name);
		t.not(paneState(after, 2).view, 'message-view');
	}
});

test('in the server\'s pane Left chooses the peer before and Right the next one, while its line is empty', t => {
	const state = {...fullState(scene, size), focus: {[scene.name]: 1}};
	const steps = (['left', 'right'] as const).map(name => handleKey(state, scene, keyOf(name), en).effects);
	t.like(steps, [-1, 1].map(step => [{command: {type: 'choose-peer', protocol: scene.protocol, step}}]));
	t.deepEqual(handleKey(withPane(state, 1, {draft: draftOf('x')}), scene, keyOf('left'), en).effects, []);
});

test('o in a UDP client that has no socket yet says how it gets one, and leaves the server as it is', t => {
	for (const state of ['open', 'closed'] as const) {
		const server = serverView({state: state === 'open' ? {type: 'open', local: serverAddress} : {type: 'closed'}});
		const udp = sceneView({server, clients: [clientView(1, {type: 'unbound'})]});
		const before = screenState(udp, {focus: {udp: 2}});
		const done = handleKey(handleKey(before, udp, keyOf('escape'), en).state, udp, keyOf('o'), en);
		t.deepEqual(done.effects, []);
		t.like(done.state.mode, {type: 'commands', notice: en.refusal({reason: 'no-socket-yet'})});
		const chord = handleKey(before, udp, chordOf('o'), en);
		t.deepEqual(chord.effects, []);
		t.is(paneState(chord.state, 2).notice, en.refusal({reason: 'no-socket-yet'}));
	}
});

test('o connects a TCP client anew once either side has sent its FIN', t => {
	const address = {host: '127.0.0.1', port: 40_000};
	const commandOfO = (isFinishing: boolean, hasReceivedFin: boolean): unknown => {
		const tcp = sceneView({
			protocol: 'tcp', clients: [clientView(1, {
				type: 'connected', local: address, peer: address, isFinishing, hasSentFin: isFinishing, hasReceivedFin,
			})],
		});
		const commands = handleKey(screenState(tcp, {focus: {tcp: 2}}), tcp, keyOf('escape'), en).state;
		return handleKey(commands, tcp, keyOf('o'), en).effects[0];
	};

	for (const [isFinishing, hasReceivedFin] of [[true, false], [false, true]] as const) {
		t.like(commandOfO(isFinishing, hasReceivedFin), {command: {type: 'reopen-client', pane: 2}});
	}

	t.is(commandOfO(false, false), undefined);
});

test('o in a client that is open says so, also pressed once more than was meant, and leaves the server as it is', t => {
	const local = {host: '127.0.0.1', port: 40_000};
	for (const [protocol, state] of [
		['udp', {type: 'bound', local}],
		['tcp', {type: 'connecting', destination: serverAddress}],
		['tcp', {
			type: 'connected', local, peer: serverAddress, isFinishing: false, hasSentFin: false, hasReceivedFin: false,
		}],
	] as const) {
		for (const words of [en, ko]) {
			const open = sceneView({protocol, clients: [clientView(1, state)]});
			const before = screenState(open, {focus: {[protocol]: 2}});
			const chord = handleKey(before, open, chordOf('o'), words);
			t.deepEqual(chord.effects, []);
			t.is(paneState(chord.state, 2).notice, words.notice.openAlready);
			const letter = handleKey(handleKey(before, open, keyOf('escape'), words).state, open, keyOf('o'), words);
			t.deepEqual(letter.effects, []);
			t.like(letter.state.mode, {type: 'commands', notice: words.notice.openAlready});
		}
	}
});

test('a selection stays among the rows that the log has; Enter on one that it has dropped says so', t => {
	const state = fullState(scene, {...size, mode: {type: 'select', pane: 2, ordinal: 1}});
	const view = state.views.get(2) as RowsView;
	const left: RowsView = {...view, rows: view.rows.slice(-2), first: view.end - 2};
	const dropped = {...state, views: new Map(state.views).set(2, left)};
	t.like(pressed(dropped, 'up').mode, {ordinal: view.end - 2});
	const told = pressed(dropped, 'return');
	t.is(paneState(told, 2).notice, en.refusal({reason: 'payload-gone'}));
	t.is(told.mode, dropped.mode);
});

const clients = [1, 2, 3].map(number => clientView(number, {type: 'unbound'}));
const three = sceneView({clients});

test('a pane that is closed gives the focus to its neighbour: the next, or of the last the one before', t => {
	const after = (focus: number): number | undefined => {
		const left = sceneView({clients: clients.filter(({pane}) => pane !== focus)});
		return focusedPane(keepFocus(screenState(left, {focus: {udp: focus}}), three, left), left);
	};

	t.deepEqual([2, 3, 4].map(focus => after(focus)), [3, 4, 3]);
	const none = sceneView({clients: []});
	t.is(
		focusedPane(
			keepFocus(screenState(none, {focus: {udp: 2}}), sceneView({clients: clients.slice(0, 1)}), none),
			none,
		),
		1,
	);
	t.is(keepFocus(screenState(three, {focus: {udp: 3}}), three, three).focus.udp, 3);
});

test('nothing is remembered of a pane that is closed', t => {
	const left = sceneView({clients: clients.slice(1)});
	const state = forgetPanes(fullState(three, {failures: new Map([[2, 'a fault'], [3, 'another']])}), three, left);
	t.deepEqual([state.panes.has(2), state.views.has(2), state.failures.has(2)], [false, false, false]);
	t.deepEqual([state.panes.has(3), state.views.has(3), state.failures.has(3)], [true, true, true]);
});

test('a tab counts the rows that were not seen yet, but not the one that shows', t => {
	const busy = sceneView({clients: clients.map(client => ({...client, total: 12}))});
	const panes = new Map([[2, {...newPaneState, seen: 9}], [3, {...newPaneState, seen: 12}]]);
	const tabs = {state: {panes}, scene: busy, words: en};
	const line = tabsLine({...tabs, shown: 2}, 80);
	t.is(stripVTControlCharacters(line).trimEnd(), ' [○ client 1]  ○ client 2  ○ client 3 +12');
	t.is(
		stripVTControlCharacters(tabsLine({...tabs, shown: 4}, 80)).trimEnd(),
		' ○ client 1 +3  ○ client 2  [○ client 3]',
	);
	t.deepEqual(painted(line), ['inverse: [○ client 1]']);
});

test('what has been on screen counts as seen, what a filter has left out does not', t => {
	const view = {
		type: 'rows', pane: 2, kind: 'messages', rows: [], end: 7, total: 9, first: 0,
	} as const;
	const state = screenState(three);
	t.is(paneState(applyView(state, view), 2).seen, 7);
	t.is(paneState(applyView(applyView(state, view), {...view, end: 3}), 2).seen, 7);
	t.is(paneState(applyView(state, {...view, filtered: {isComplete: true, of: 9}}), 2).seen, 0);
});

test('it is asked before the program ends once anything was sent, or received, in either protocol', t => {
	const none = {count: 0, bytes: 0};
	const some = {count: 1, bytes: 0};
	const asked = (...scenes: readonly SceneView[]): boolean => {
		const state = screenState(scenes[0]!, {scenes: Object.fromEntries(scenes.map(each => [each.name, each]))});
		return askToQuit(state).state.isQuitAsked;
	};

	const quiet = sceneView();
	t.false(asked(quiet));
	for (const traffic of [{sent: some, received: none}, {sent: none, received: some}]) {
		t.true(asked(sceneView({traffic})));
		t.true(asked(quiet, sceneView({protocol: 'tcp', traffic})));
	}
});

test('what stands for bytes that were no text is told where the pane is of UTF-8', t => {
	const notice = (changes: Parameters<typeof clientView>[2]): string | undefined => {
		const udp = sceneView({clients: [clientView(1, {type: 'unbound'}, changes)]});
		const {state} = handleKey(screenState(udp, {focus: {udp: 2}}), udp, {type: 'paste', text: 'a\u{FFFD}b'}, en);
		return paneState(state, 2).notice;
	};

	t.is(notice({}), en.line.pastedReplaced(1));
	t.is(notice({encoding: 'euc-kr'}), undefined);
});

test('Esc in the prompt of / shows all rows again, and follows the end', t => {
	const before = fullState(scene, {...size, mode: {type: 'filter-prompt', pane: 2, draft: draftOf('x')}});
	const scrolled = withPane(before, 2, {filter: 'x', end: 3});
	const after = pressed(scrolled, 'escape');
	t.like(paneState(after, 2), {filter: '', end: undefined});
	t.not(after.mode.type, 'filter-prompt');
});

test('of an experiment all panes are saved, which belong together, but a program alone', t => {
	const experiment = laboratoryScene();
	const state = fullState(experiment, {...size, isExperimenting: true, mode: {type: 'save-menu'}});
	const pane = focusedPane(state, experiment)!;
	const saved = (from: ScreenState): unknown => {
		const [effect] = handleKey(from, experiment, keyOf('w'), en).effects;
		return effect?.type === 'save-text' && effect.what.type === 'panes' && effect.what.panes;
	};

	t.deepEqual(saved(state), focusRing(experiment));
	t.true(focusRing(experiment).length > 1);
	t.deepEqual(saved(withPane(state, pane, {view: 'program-view'})), [pane]);
});
