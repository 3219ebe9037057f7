import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {FlowStep} from '../../../source/flow/step.ts';
import type {SceneName} from '../../../source/engine/api/command.ts';
import type {Query} from '../../../source/engine/api/query.ts';
import type {Pointer} from '../../../source/screen/input/decode/decode-key.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {handlePointer} from '../../../source/screen/input/handle-pointer.ts';
import {dockColumns, dockedColumns} from '../../../source/screen/frame/layout.ts';
import {drawnFlow, selectedStep} from '../../../source/screen/overlays/flow/flow-lines.ts';
import {footerLines} from '../../../source/screen/overlays/registry.ts';
import type {FlowMode} from '../../../source/screen/overlays/modes.ts';
import {queriesFor} from '../../../source/screen/state/queries.ts';
import type {ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {fullScene, fullState} from '../../helpers/every-screen.ts';
import {chordOf, keyOf} from '../../helpers/key-of.ts';

const scene = fullScene();

const stepAt = (first: number): FlowStep => ({
	kind: 'chunk',
	from: {lane: 'client:2', time: first, sequence: first},
	to: {
		lane: 'connection:4', fate: 'arrived', time: first, sequence: first + 1,
	},
	sequence: first,
	first,
	time: first,
	took: 0,
	length: 5,
	count: 1,
	hasMore: false,
	isSecond: false,
});

/** Sixty rows, of which the window shows the newest; with those before them, as the engine answers. */
const steps = Array.from({length: 60}, (_, index) => stepAt(index * 2));

function stateWith(ends: readonly number[] = [], more: Partial<ScreenState> = {}): ScreenState {
	const state = fullState(scene, {columns: 80, rows: 24, mode: {type: 'flow-diagram', ends}});
	return answered({...state, ...more});
}

/** The engine's answer to what is asked for now. */
function answered(state: ScreenState): ScreenState {
	const query = queryOf(state);
	const before = steps.filter(({sequence}) => sequence < (query?.end ?? Number.POSITIVE_INFINITY));
	const shown = query?.end === 0 ? steps.slice(0, query.rows) : before.slice(-3 * (query?.rows ?? 1));
	const after = steps.filter(({first}) => first > (shown.at(-1)?.first ?? -1)).slice(1).map(({first}) => first);
	return {
		...state, flow: {
			...state.flow!,
			...(query?.isAhead && {ahead: [...after, Number.POSITIVE_INFINITY]}),
			steps: shown,
			isWhole: shown[0]?.first === 0,
			oldest: shown[0]?.first,
			details: undefined,
		},
	};
}

function queryOf(state: ScreenState): Extract<Query, {type: 'flow'}> | undefined {
	const query = queriesFor(state, en).find(({type}) => type === 'flow');
	return query?.type === 'flow' ? query : undefined;
}

function press(state: ScreenState, ...names: readonly string[]): ScreenState {
	let next = state;
	for (const name of names) {
		next = answered(handleKey(next, scene, keyOf(name), en).state);
	}

	return next;
}

function modeOf({mode}: ScreenState): FlowMode {
	if (mode.type !== 'flow-diagram') {
		throw new Error(`The mode is ${mode.type}`);
	}

	return mode;
}

/** Where the row that is selected stands. */
const selected = (state: ScreenState): number | undefined => queryOf(state)?.selected;

test('Up selects the newest row, then the ones above, and the diagram stays where it is meanwhile', t => {
	const one = press(stateWith(), 'up');
	t.is(selected(one), 118);
	t.deepEqual(modeOf(one).ends, [120], 'behind the end of the newest');
	const two = press(one, 'up', 'up');
	t.is(selected(two), 114);
	t.deepEqual(modeOf(two).ends, [120]);
	t.is(selected(press(two, 'down')), 116);
	t.is(selected(press(stateWith(), 'return')), 118);
	t.is(selected(press(two, 'return')), 114);
});

test('Up goes on above the rows that show, to the first of all, and Down back to the end, which is followed again', t => {
	let state = stateWith();
	const up: Array<number | undefined> = [];
	for (let index = 0; index < 65; index++) {
		state = press(state, 'up');
		up.push(selected(state));
	}

	t.deepEqual(up, [...steps.map(({first}) => first).toReversed(), 0, 0, 0, 0, 0]);
	for (let index = 1; index < 60; index++) {
		state = press(state, 'down');
		t.is(selected(state), index * 2);
	}

	t.like(modeOf(press(state, 'down')), {ends: [], selected: undefined});
});

test('a page back and a page forth join without a gap, with a row selected or not', t => {
	const pages = (state: ScreenState): ReadonlyArray<readonly [number | undefined, number | undefined]> => {
		const back = press(state, 'pageup');
		const forth = press(back, 'pagedown');
		return [state, back, forth].map(each => [selected(each), queryOf(each)?.end]);
	};

	const top = steps.at(-10)!.first;
	t.deepEqual(pages(press(stateWith(), 'up')), [[118, 120], [top - 2, top], [top, 120]]);
	const wideTop = steps.at(-17)!.first;
	t.deepEqual(pages(stateWith()), [[undefined, undefined], [undefined, wideTop], [undefined, undefined]]);
});

test('Home shows the oldest rows, End follows the end', t => {
	const home = press(stateWith(), 'home');
	t.is(queryOf(home)?.end, 0);
	t.deepEqual(press(home, 'home', 'pageup').mode, home.mode);
	t.is(selected(press(stateWith(), 'up', 'home')), 0);
	t.is(selected(press(stateWith(), 'up', 'home', 'down', 'home')), 0);
	t.like(modeOf(press(home, 'end')), {ends: [], selected: undefined});
	t.like(modeOf(press(stateWith(), 'up', 'up', 'end')), {ends: [], selected: undefined});
});

test('from Home a page forth is the next page, with a row selected or not, and at the end it is followed', t => {
	for (const keys of [['home'], ['up', 'home']]) {
		let state = press(stateWith(), ...keys);
		const seen = new Set<number>();
		for (let pages = 0; pages < 20; pages++) {
			const {rows} = (queryOf(state)!);
			for (const {first} of state.flow!.steps.slice(-rows)) {
				seen.add(first);
			}

			state = press(state, 'pagedown');
		}

		t.is(seen.size, steps.length);
		t.deepEqual(modeOf(state).ends, []);
	}
});

test('Esc closes the details before the diagram', t => {
	const details = press(stateWith(), 'up');
	const without = handleKey(details, scene, keyOf('escape'), en).state;
	t.is(modeOf(without).selected, undefined);
	t.is(handleKey(without, scene, keyOf('escape'), en).state.mode.type, 'typing');
});

test('? opens the help, which leads back to the row that is selected', t => {
	const state = press(stateWith(), 'up');
	const help = handleKey(state, scene, keyOf('?'), en).state;
	t.is(help.mode.type, 'help-page');
	t.deepEqual(handleKey(help, scene, keyOf('escape'), en).state.mode, state.mode);
});

test('y copies the command of the row that is selected, and of no other', t => {
	const state = press(stateWith(), 'up');
	const copied = (first: number): unknown => {
		const details = {...fullState(scene).flow!.details!, first};
		return handleKey({...state, flow: {...state.flow!, details}}, scene, keyOf('y'), en).effects;
	};

	t.deepEqual(copied(118), [{
		type: 'copy-text',
		text: 'tshark -i lo -f "tcp port 40000 and tcp port 12000"',
		notice: en.views.flow.copied,
	}]);
	t.deepEqual(copied(116), []);
	t.deepEqual(handleKey(stateWith(), scene, keyOf('y'), en).effects, []);
});

test('no text that is meant as a message saves the diagram, in either language', t => {
	for (const text of [
		'message', 'test', 'sss', 'news', 'www', 'two words', '반갑습니다', 'ㅂㅏㄴㄱㅏㅂ', 'ㄴㄴ', 'ㅈㅈ', 'ㅅㅅ', 'ㅡㅡ', '123',
	]) {
		let state = stateWith();
		for (const letter of text) {
			const done = handleKey(state, scene, keyOf(letter), en);
			({state} = done);
			t.deepEqual(done.effects, [], text);
		}
	}
});

test('w asks how the diagram is to be saved, and says where; a digit saves it, any other key does not', t => {
	const asked = press(stateWith(), 'up', 'w');
	for (const words of [en, ko]) {
		const {say, footer} = {say: words.views.flow, footer: footerLines(press(stateWith(), 'up'), scene, words).join('')};
		t.true(footer.includes(` ${words.keys.save} `));
		const shown = handleKey(press(stateWith(), 'up'), scene, keyOf('ㅈ'), words).state;
		const lines = stripVTControlCharacters(drawApp(shown, words));
		t.true(lines.replaceAll(/\s/g, '').includes(words.views.saving.where(process.cwd()).replaceAll(/\s/g, '')), lines);
		for (const [key, format] of [['1', 'svg'], ['2', 'mermaid'], ['3', 'text']] as const) {
			t.true(lines.includes(` ${key} ${say.formats[format]} `), lines);
			const done = handleKey(shown, scene, keyOf(key), words);
			t.deepEqual(done.effects, [{type: 'save-flow', scene: 'tcp', format}]);
			t.is(modeOf(done.state).isSaving, undefined);
		}
	}

	for (const key of ['4', 's', 'w', 'return', 'escape']) {
		const {state, effects} = handleKey(asked, scene, keyOf(key), en);
		t.deepEqual(effects, []);
		t.deepEqual(modeOf(state), modeOf(press(stateWith(), 'up')), key);
	}
});

test('the diagram says that letters are commands in it, and how to type', t => {
	for (const words of [en, ko]) {
		for (const keys of [[], ['up']]) {
			const lines = stripVTControlCharacters(drawApp(press(stateWith(), ...keys), words));
			t.true(lines.includes(` i ${words.keys.short.type}: ${words.footer.letters} `), lines);
		}
	}

	for (const letter of ['i', 'ㅑ', 'I']) {
		t.is(press(stateWith(), letter).mode.type, 'typing');
	}
});

const flowKey = chordOf('f');
const typing = {mode: {type: 'typing'}} as const;

test('from 120 columns on the diagram is beside the panes first, then over them, then closed', t => {
	for (const letter of [flowKey, keyOf('f')]) {
		const docked = handleKey(stateWith([], {...typing, columns: 120}), scene, flowKey, en).state;
		t.like(docked, {mode: {type: 'typing'}, isFlowDocked: true});
		t.true(dockColumns(docked) > 0);
		const whole = handleKey(docked, scene, flowKey, en).state;
		t.like(whole, {mode: {type: 'flow-diagram', isBeside: true}, isFlowDocked: false});
		t.like(handleKey(whole, scene, letter, en).state, {mode: {type: 'typing'}, isFlowDocked: false});
		t.true(handleKey(whole, scene, keyOf('escape'), en).state.isFlowDocked, 'Esc is a step back');
		t.true(handleKey(whole, scene, {type: 'paste', text: 'x'}, en).state.isFlowDocked);
		const up = handleKey(answered(whole), scene, keyOf('up'), en).state;
		t.like(modeOf(up), {isBeside: true}, 'also where a row is selected');
	}
});

test('the footer says what the key does next: first the diagram, then all of it', t => {
	const docked = stateWith([], {...typing, columns: 120, isFlowDocked: true});
	const footerOf = (state: ScreenState): string => footerLines(state, scene, en).join('');
	t.true(footerOf(docked).includes(` ${en.keys.wholeFlow} `));
	t.true(footerOf({...docked, isFlowDocked: false}).includes(` ${en.keys.short.flow} `));
	t.regex(footerOf(handleKey(docked, scene, flowKey, en).state), new RegExp(` ${en.footer.close} .* ${en.views.flow.beside} `));
});

test('in a narrower window the diagram has the whole screen at once, and a window made wider has it beside the panes again', t => {
	const narrow = stateWith([], {...typing, columns: dockedColumns - 1});
	const whole = handleKey(narrow, scene, flowKey, en).state;
	t.like(whole, {mode: {type: 'flow-diagram'}, isFlowDocked: false});
	t.like(handleKey(whole, scene, flowKey, en).state, {...typing, isFlowDocked: false});
	const docked = {...stateWith([], {...typing, isFlowDocked: true}), columns: 119};
	t.is(dockColumns(docked), 0);
	t.is(queriesFor(docked, en).filter(({type}) => type === 'flow').length, 0);
	const {mode} = handleKey(docked, scene, flowKey, en).state;
	t.like(mode, {type: 'flow-diagram', isBeside: true});
	t.true(dockColumns({...docked, columns: 120}) > 0);
});

test('beside the panes it follows the end, around the focused pane, and the panes are asked for, too', t => {
	const docked = stateWith([], {
		...typing, columns: 120, rows: 40, isFlowDocked: true,
	});
	const queries = queriesFor(docked, en);
	t.deepEqual(queries.map(({type}) => type), ['scene', 'rows', 'rows', 'rows', 'flow']);
	t.like(queryOf(docked), {focus: 2, end: undefined, rows: 33});
	t.like(queriesFor({...docked, mode: {type: 'help-page', top: 0}}, en).at(-1), {type: 'flow'});
	t.deepEqual(queriesFor({...docked, isFlowDocked: false}, en).filter(({type}) => type === 'flow'), []);
});

test('a row that is not among those shown is the nearest', t => {
	const some = [2, 4, 6].map(first => stepAt(first));
	const at = (first: number, by: -1 | 0 | 1): number | undefined => selectedStep(some, {first, by})?.first;
	t.deepEqual([at(4, 0), at(5, 0), at(1, 0), at(9, 0)], [4, 4, 2, 6]);
	t.deepEqual([at(4, -1), at(2, -1), at(9, -1)], [2, 2, 6]);
	t.deepEqual([at(4, 1), at(6, 1), at(1, 1)], [6, 6, 2]);
	t.is(selectedStep([], {first: 4, by: 0}), undefined);
	t.is(selectedStep(some, undefined), undefined);
});

function pointAt(state: ScreenState, action: Pointer['action'], x: number, y: number): ScreenState {
	return answered(handlePointer(state, scene, {
		type: 'pointer', action, x, y,
	}, en).state);
}

/** The lines of the screen, from column `x` on, at which the diagram has an arrow. */
function arrows(state: ScreenState, x = 0): number[] {
	return stripVTControlCharacters(drawApp(state)).split('\n').flatMap((line, y) =>
		/ 5 B.*[─►]|[─►].* 5 B/.test(line.slice(x)) ? [y] : []);
}

test('a click on any row of the diagram selects that row, which then shows with its details; the wheel scrolls', t => {
	const state = stateWith();
	const lines = arrows(state);
	t.is(lines.length, queryOf(state)!.rows);
	for (const [index, y] of lines.entries()) {
		const clicked = pointAt(state, 'press', 10, y);
		const wanted = steps.at(index - lines.length)!.first;
		t.is(selected(clicked), wanted);
		t.like(queryOf(clicked), {selected: wanted});
		t.deepEqual(pointAt(clicked, 'press', 10, 0), clicked);
	}

	t.is(pointAt(state, 'press', 10, lines[0]! - 1).mode, state.mode);
	const back = pointAt(pointAt(state, 'up', 10, 10), 'up', 10, 10);
	t.is(back.flow!.steps.at(-1)!.first, steps.at(-7)!.first);
	t.is(modeOf(back).selected, undefined);
	t.is(pointAt(pointAt(back, 'down', 10, 10), 'down', 10, 10).flow!.steps.at(-1)!.first, steps.at(-1)!.first);
});

test('beside the panes a click on a row opens the diagram with it selected, and the wheel scrolls it alone', t => {
	const docked = stateWith([], {
		...typing, columns: 120, rows: 40, isFlowDocked: true,
	});
	const lines = arrows(docked, 70);
	t.is(lines.length, queryOf(docked)!.rows);
	for (const [index, y] of lines.entries()) {
		const opened = pointAt(docked, 'press', 90, y);
		t.is(selected(opened), steps.at(index - lines.length)!.first);
		t.true(handleKey(handleKey(opened, scene, keyOf('escape'), en).state, scene, keyOf('escape'), en).state.isFlowDocked);
	}

	const back = pointAt(pointAt(docked, 'up', 90, 10), 'up', 90, 10);
	t.is(back.flow!.steps.at(-1)!.first, steps.at(-7)!.first);
	t.is(back.mode, docked.mode);
	t.is(queryOf(pointAt(pointAt(back, 'down', 90, 10), 'down', 90, 10))?.end, undefined);
});

test('a pane that has the whole screen has no diagram beside it, and the diagram then takes the whole screen', t => {
	const docked = stateWith([], {...typing, columns: 120, isFlowDocked: true});
	const zoomed = {...docked, isZoomed: true};
	t.is(dockColumns(zoomed), 0);
	t.deepEqual(queriesFor(zoomed, en).filter(({type}) => type === 'flow'), []);
	t.is(handleKey({...zoomed, isFlowDocked: false}, scene, flowKey, en).state.mode.type, 'flow-diagram');
});

test('a diagram is drawn for its columns, its rows and its words, whichever it was drawn for before', t => {
	const view = stateWith().flow!;
	const room = {columns: 100, steps: 9};
	for (const [other, words] of [[{...room, columns: 60}, en], [{...room, steps: 5}, en], [room, ko]] as const) {
		drawnFlow(view, room, en);
		t.deepEqual(drawnFlow(view, other, words), drawnFlow({...view}, other, words));
		t.notDeepEqual(drawnFlow(view, other, words), drawnFlow(view, room, en));
	}
});

test('how far the diagram beside the panes was scrolled is of its own scene', t => {
	const docked = {
		isFlowDocked: true, mode: {type: 'typing'}, columns: 160, rows: 50,
	} as const;
	const ended = (name: SceneName): unknown =>
		queryOf(stateWith([], {...docked, dockScroll: {scene: name, ends: [31]}}))?.end;
	t.deepEqual([ended('tcp'), ended('udp')], [31, undefined]);
});
