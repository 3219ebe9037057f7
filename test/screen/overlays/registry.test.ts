import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {keyBindings} from '../../../source/screen/input/keys.ts';
import {type Draft, textOfDraft} from '../../../source/screen/input/line/draft.ts';
import {isPrompt, type Mode} from '../../../source/screen/overlays/modes.ts';
import {overlayOf, overlays} from '../../../source/screen/overlays/registry.ts';
import {paneState, type ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {everyMode, fullScene, fullState} from '../../helpers/every-screen.ts';
import {chordOf, keyOf} from '../../helpers/key-of.ts';
import {learningOf, lessonRun, numberQuestion} from '../../helpers/lesson-run.ts';

const scene: SceneView = fullScene();
const types = Object.keys(overlays) as ReadonlyArray<Mode['type']>;

function stateIn(mode: Mode): ScreenState {
	const isAsked = mode.type === 'lesson-question';
	const run = lessonRun({phase: 'asking', prediction: numberQuestion});
	return fullState(scene, {
		columns: 100, rows: 40, mode, ...(isAsked && {learning: learningOf(run, {draft: draftOf('x')})}),
	});
}

function lineOf(state: ScreenState): string {
	return textOfDraft(paneState(state, 2).draft);
}

function typedIn({mode, learning}: ScreenState): Draft | undefined {
	return mode.type === 'lesson-question' ? learning.draft : (isPrompt(mode) ? mode.draft : undefined);
}

/** Where Esc leads to from modes that are opened in another panel, and from where letters are commands or an answer. */
const escapes: Readonly<Partial<Record<Mode['type'], Mode['type']>>> = {
	typing: 'commands',
	commands: 'commands',
	'whole-payload': 'select',
	'series-prompt': 'acts-menu',
	'link-value': 'link-panel',
	'link-seed': 'link-panel',
	'setting-value': 'settings-panel',
	'lesson-question': 'commands',
	'exercise-prompt': 'lesson-list',
	'held-edit': 'held-list',
};

for (const type of types) {
	for (const [index, mode] of everyMode[type].entries()) {
		const name = `${type} ${index + 1}`;
		test(`${name}: Esc leads back to where it was opened, ${escapes[type] ?? 'typing or commands'}, and types nothing`, t => {
			for (const isFromCommands of [false, true]) {
				const {state, effects} = handleKey({...stateIn(mode), isFromCommands}, scene, keyOf('escape'), en);
				t.is(state.mode.type, escapes[type] ?? (isFromCommands ? 'commands' : 'typing'));
				t.is(lineOf(state), '');
				t.deepEqual(effects, []);
			}
		});

		test(`${name}: a paste goes to a prompt's own text, or to the message line, or is said to go nowhere, and runs no command`, t => {
			const {state, effects} = handleKey(stateIn(mode), scene, {type: 'paste', text: ' t\u{1B}q\nsecond '}, en);
			// What is no number is no answer: it is a message, behind what was typed before.
			const isAsked = type === 'lesson-question';
			const before = isAsked ? undefined : typedIn(stateIn(mode));
			t.deepEqual(effects, []);
			if (before) {
				t.deepEqual(typedIn(state), draftOf(`${textOfDraft(before)}t\u{1B}q`));
				t.is(lineOf(state), '');
			} else if (type === 'help-page' || type === 'held-list') {
				const notice = type === 'help-page' ? en.notice.notPasted : en.relay.line;
				t.like(state.mode, {...mode, notice});
				t.true(drawApp(state).includes(notice));
				t.is(lineOf(state), '');
			} else {
				t.is(state.mode.type, 'typing');
				t.is(lineOf(state), `${isAsked ? 'x' : ''} t\u{1B}q\nsecond `);
			}
		});

		test(`${name}: a chord is a command, unless the help is read, and an unknown one types nothing`, t => {
			const chord = handleKey(stateIn(mode), scene, chordOf('t'), en);
			const isHelp = type === 'help-page';
			t.deepEqual(
				chord.effects,
				isHelp ? [] : [{type: 'execute', command: {type: 'open-scene', protocol: 'udp'}, pane: 2}],
			);
			t.is(chord.state.mode.type, isHelp ? type : 'typing');
			t.is(lineOf(chord.state), '');
			const {state, effects} = handleKey(
				stateIn(mode),
				scene,
				chordOf('g'),
				en,
			);
			t.deepEqual(effects, []);
			t.is(lineOf(state), '');
			t.deepEqual(typedIn(state), typedIn(stateIn(mode)));
		});

		test(`${name}: Alt and a letter is what Esc and then the letter is: a command only where Esc leads to the letters`, t => {
			for (const letter of ['t', 'p', 'y', 'V', '2']) {
				for (const isFromCommands of [false, true]) {
					const before = {...stateIn(mode), isFromCommands};
					const alt = keyOf(letter, {alt: true, text: '', sequence: `\u{1B}${letter}`});
					const {state} = handleKey(before, scene, keyOf('escape'), en);
					const done = handleKey(before, scene, alt, en);
					t.deepEqual(done, handleKey(state, scene, keyOf(letter), en));
					t.is(lineOf(done.state), ['typing', 'select'].includes(state.mode.type) ? letter : '');
				}
			}
		});

		test(`${name}: Esc, as often as it takes to leave all panels, and a letter is a command, and none is typed`, t => {
			for (const letter of ['0', 'p', 't']) {
				const keys = [...Array.from({length: 4}, () => keyOf('escape')), keyOf(letter)];
				let state = stateIn(mode);
				for (const key of keys) {
					state = handleKey(state, scene, key, en).state;
				}

				t.deepEqual(state.mode, {
					0: {type: 'commands', notice: en.notice.unknownCommand('0')},
					p: {type: 'commands', isKept: true},
					t: {type: 'typing'},
				}[letter]);
				t.is(lineOf(state), '');
			}
		});

		test(`${name}: in a window that is too small keys and pastes do nothing, and it is still there afterwards`, t => {
			const before = {...stateIn(mode), columns: 59, rows: 15};
			for (const key of [
				...['x', 'return', 'escape', 'q'].map(key => keyOf(key)),
				chordOf('t'),
				keyOf('t', {alt: true, text: '', sequence: '\u{1B}t'}),
				{type: 'paste', text: 'p'} as const,
			]) {
				t.deepEqual(handleKey(before, scene, key, en), {state: before, effects: []});
			}
		});
	}
}

test('a prompt is read in the order of question, what is typed, hint or problem, in either language and any width', t => {
	for (const words of [en, ko]) {
		for (const columns of [400, 120, 80, 60]) {
			for (const [mode] of Object.values(everyMode)) {
				if (isPrompt(mode)) {
					const typed = {...mode, draft: draftOf('zyxw'), problem: 'wrong, and why'};
					const input = {state: {...stateIn(mode), columns}, scene, words};
					const text = stripVTControlCharacters(overlayOf<Mode>(typed).footer({...input, mode: typed}).join(''));
					const [question = '', hint = ''] = text.split('zyxw');
					t.regex(question, /[\p{L}][^>]*[>:] *$/v);
					t.regex(hint, /\p{L}/v);
					t.notRegex(question, /wrong|Esc/);
				}
			}
		}
	}
});

test('a prompt is edited as a message line is: by graphemes, words, from both ends', t => {
	const [mode] = everyMode['series-prompt'];
	let state = stateIn(mode);
	const press = (...names: readonly string[]): string => {
		for (const name of names) {
			const ctrl = name.startsWith('^');
			const key = name.replace('^', '');
			state = handleKey(state, scene, keyOf(key, ctrl ? {ctrl, text: '', sequence: ''} : {}), en).state;
		}

		return textOfDraft(typedIn(state)!);
	};

	t.is(press('1', '0', ' ', '안', '녕'), '10 안녕');
	t.is(press('backspace'), '10 안');
	t.is(press('home', '5'), '510 안');
	t.is(press('delete'), '50 안');
	t.is(press('end', '^w'), '50 ');
	t.is(press('^a', '^right', 'left', 'x'), '5x0 ');
	t.is(press('^e', '^u'), '');
});

test('the caret of a prompt stands where the next character goes, and in the line of its footer', t => {
	for (const type of types) {
		for (const mode of everyMode[type]) {
			t.is(overlayOf(mode).caret !== undefined, isPrompt(mode));
			if (!isPrompt(mode)) {
				continue;
			}

			for (const columns of [400, 80, 60]) {
				const input = {state: {...stateIn(mode), columns}, scene, words: en};
				const drawnWith = (draft: Draft): {readonly x: number; readonly line: string} => {
					const overlay = overlayOf<Mode>({...mode, draft});
					const drawn = {...input, mode: {...mode, draft}};
					const {x, below} = overlay.caret!(drawn);
					return {x, line: stripVTControlCharacters(overlay.footer(drawn).at(-1 - below) ?? '')};
				};

				const caretOf = (draft: Draft): number => drawnWith(draft).x;
				const {x, line} = drawnWith(draftOf('ab안'));
				t.is(textWidth(line.slice(0, line.lastIndexOf('ab안') + 3)), x, `${type}: the caret is in the line that is typed`);
				const start = caretOf(draftOf(''));
				t.is(caretOf(draftOf('ab안')), start + 4, `${type} in ${columns} columns`);
				t.is(caretOf({...draftOf('ab안'), caret: 1}), start + 1);
				t.true(caretOf(draftOf('x'.repeat(1000))) < columns);
			}
		}
	}
});

test('a panel that a chord has opened is left for the line, one that a letter has opened for the commands', t => {
	for (const binding of keyBindings) {
		for (const isChord of binding.hasCtrl ? [false, true] : [false]) {
			const before = fullState(scene, {columns: 100, rows: 40});
			const keys = isChord ? [chordOf(binding.letter)] : [keyOf('escape'), keyOf(binding.letters?.[0] ?? binding.letter)];
			let opened = before;
			for (const key of keys) {
				opened = handleKey(opened, scene, key, en).state;
			}

			if (opened.mode.type === 'typing' || opened.mode.type === 'commands') {
				continue;
			}

			const {state} = handleKey(opened, scene, keyOf('escape'), en);
			t.is(state.mode.type, isChord ? 'typing' : 'commands', binding.id);
		}
	}
});

test('a panel that a chord has opened while an answer is typed leads back to the answer, as what only shows something does', t => {
	const asked = stateIn({type: 'lesson-question'});
	for (const letter of ['l', 'f', 'v', 'p']) {
		for (const leave of [keyOf('escape'), chordOf(letter), keyOf('i')]) {
			let {state} = handleKey({...asked, isFlowDocked: false}, scene, chordOf(letter), en);
			if (state.mode.type !== 'lesson-question') {
				({state} = handleKey(state, scene, leave, en));
			}

			t.is(state.mode.type, 'lesson-question', letter);
			t.deepEqual(typedIn(state), draftOf('x'));
			t.is(lineOf(state), '');
		}
	}

	const panel = handleKey(handleKey(asked, scene, chordOf('f'), en).state, scene, chordOf('l'), en).state;
	t.is(panel.mode.type, 'link-panel');
	t.is(handleKey(panel, scene, keyOf('escape'), en).state.mode.type, 'lesson-question');
	for (const letter of ['v', 'n']) {
		const [fromPanel, direct] = [panel, asked].map(state => handleKey(state, scene, chordOf(letter), en).state);
		t.is(fromPanel?.mode.type, direct?.mode.type, letter);
	}

	const answering = handleKey(panel, scene, chordOf('v'), en).state;
	t.is(handleKey(answering, scene, keyOf('tab'), en).state.mode.type, 'typing', 'Tab leads to the panes at once');

	const answered = {...panel, learning: learningOf(lessonRun({phase: 'doing'}))};
	t.is(handleKey(answered, scene, keyOf('escape'), en).state.mode.type, 'typing');
});

test('a row that is selected while one types is left for the line, step by step', t => {
	let state = fullState(scene, {columns: 100, rows: 40});
	const at: string[] = [];
	for (const key of [keyOf('up', {shift: true, text: ''}), ...['return', 'escape', 'escape', 'escape'].map(name => keyOf(name))]) {
		state = handleKey(state, scene, key, en).state;
		at.push(state.mode.type);
	}

	t.deepEqual(at, ['select', 'whole-payload', 'select', 'typing', 'commands']);
});
