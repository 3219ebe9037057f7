/* The docked panel of a lesson: where it stands, and what of it shows. */
import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {LessonRunView} from '../../../source/engine/api/lesson.ts';
import {screenLayout} from '../../../source/screen/frame/screen-layout.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {handlePointer} from '../../../source/screen/input/handle-pointer.ts';
import {padLines} from '../../../source/screen/frame/paint.ts';
import {besidePanel, inWindow, lessonPanel} from '../../../source/screen/overlays/lessons/panel.ts';
import {Looks} from '../../../source/screen/overlays/lessons/look.ts';
import {piecesOf, wrapPieces} from '../../../source/screen/overlays/lessons/panel-text.ts';
import {keyOfAct} from '../../../source/screen/overlays/acts/acts.ts';
import {
	actNames, actsMenu, lessonMenuMode, lessonQuestion, type Mode,
} from '../../../source/screen/overlays/modes.ts';
import {queriesFor} from '../../../source/screen/state/queries.ts';
import type {ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import type {Words} from '../../../source/screen/words/words.ts';
import textWidth from '../../../source/text/width/width.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {everyMode, fullScene, fullState} from '../../helpers/every-screen.ts';
import {chordOf, keyOf} from '../../helpers/key-of.ts';
import {
	choiceOf, everyRun, explanation, learningOf, lessonRun, numberQuestion, shown,
} from '../../helpers/lesson-run.ts';

const sizes = [[60, 16], [80, 24], [100, 30], [140, 40], [160, 50]] as const;
const scene = fullScene();

const korean = '서버는 알림을 기다리지 않고, 데이터그램에 적힌 주소와 포트를 읽어 그리로 응답합니다. ';

/** What keys do then; the letters, of which the footer is long, in the smallest of the usual windows. */
function modesFor({phase}: LessonRunView, columns: number): readonly Mode[] {
	return [
		phase === 'asking' ? lessonQuestion() : {type: 'typing'},
		...(columns === 80 && phase === 'doing' ? [{type: 'commands'}, lessonMenuMode()] as const : []),
	];
}

function stateWith(run: LessonRunView, changes: Partial<ScreenState> = {}): ScreenState {
	return fullState(scene, {
		columns: 80, rows: 24, learning: learningOf(run), ...changes,
	});
}

function drawn(state: ScreenState, words: Words = en): readonly string[] {
	return stripVTControlCharacters(drawApp(state, words)).split('\n');
}

function linesOf(state: ScreenState, words: Words = en): readonly string[] {
	const {lines, size: {height, width}} = lessonPanel(state, words)!;
	return padLines(lines, height, width).map(line => stripVTControlCharacters(line));
}

/** All words that show while one scrolls through the panel. */
function wordsIn(state: ScreenState, words: Words): ReadonlySet<string> {
	const {total} = lessonPanel(state, words)!.size;
	const lines = Array.from({length: total}, (_, top) =>
		linesOf({...state, learning: {...state.learning, top}}, words)).flat();
	return new Set(lines.flatMap(line => line.split(/[\s│]+/)));
}

test('the panel leaves the panes their message line, and the screen its size, in every phase, size and language', t => {
	for (const words of [en, ko]) {
		for (const [columns, rows] of sizes) {
			for (const run of everyRun) {
				for (const mode of modesFor(run, columns)) {
					const lines = drawn(stateWith(run, {columns, rows, mode}), words);
					const place = `${run.phase} in ${mode.type} at ${columns}x${rows}`;
					t.is(lines.length, rows, place);
					t.true(lines.every(line => textWidth(line) <= columns), place);
					t.false(lines.some(line => line.includes('Error')), place);
					t.true(lines.some(line => line.includes(` ${words.lessons.lesson}`)), place);
					t.true(lines.some(line => /[│┃] > /.test(line)), `${place}\n${lines.join('\n')}`);
				}
			}
		}
	}
});

test('it has six rows at 80x24 at most, fewer where there is little to say, and a column from 140 columns on', t => {
	for (const run of everyRun) {
		const {isColumn, height} = lessonPanel(stateWith(run), en)!.size;
		t.false(isColumn);
		t.true(height <= 6);
	}

	t.is(lessonPanel(stateWith(lessonRun({text: shown('Send hello.'), checks: []})), en)!.size.height, 2);
	t.false(lessonPanel(stateWith(lessonRun(), {columns: 139, rows: 40}), en)!.size.isColumn);
	const column = lessonPanel(stateWith(lessonRun(), {columns: 140, rows: 40}), en)!;
	t.like(column.size, {isColumn: true, width: 40, height: 40});
	t.true(column.lines.every(line => textWidth(stripVTControlCharacters(line)) === 40));
});

test('every word can be read, if need be by scrolling, in every size and language', t => {
	for (const words of [en, ko]) {
		for (const [columns, rows] of sizes) {
			const text = shown(korean.repeat(4) + 'x'.repeat(90));
			const run = lessonRun({
				title: korean, text, hints: [shown('one'), shown('two')], reaction: {number: 1, text: shown(korean)},
			});
			const explained = lessonRun({phase: 'explaining', explanation: [...explanation, ...shown(korean.repeat(5))]});
			for (const each of [run, explained]) {
				const seen = wordsIn(stateWith(each, {columns, rows}), words);
				const wanted = [...each.text, ...each.explanation ?? [], ...shown(each.title)]
					.flatMap(part => 'text' in part && !part.text.includes('xx') ? part.text.trim().split(/\s+/) : []);
				const missing = wanted.filter(word => ![...seen].some(line => line.includes(word)));
				t.deepEqual(missing, [], `${columns}x${rows}`);
			}
		}
	}
});

test('a text that is longer than a line is broken, and none is cut', t => {
	const lines = linesOf(stateWith(lessonRun({text: shown('x'.repeat(200)), checks: []})));
	t.is(lines.slice(1).join('').replaceAll(/\s/g, ''), 'x'.repeat(200));
});

test('numbers keep their units, and keys stand as they are pressed', t => {
	const text = [{type: 'key' as const, key: 'flow'}, ...shown(`${'a '.repeat(34)}at 3.1 ms.`)];
	const lines = linesOf(stateWith(lessonRun({text, checks: []})));
	t.true(lines.some(line => line.includes('^F')));
	t.true(lines.some(line => line.trimStart().startsWith('3.1 ms.')));
});

test('a picture keeps its lines and their spaces; where the column is too narrow it stands beneath the panes', t => {
	const picture = '─┤ socket ├─────────────────┤ socket ├─\n    IP ◄─────────────►   IP\nSend hello.';
	const run = lessonRun({text: shown(picture)});
	for (const [columns, rows] of [[80, 24], [140, 40]] as const) {
		const {size} = lessonPanel(stateWith(run, {columns, rows}), en)!;
		const lines = linesOf(stateWith(run, {columns, rows}));
		t.false(size.isColumn);
		t.true(lines.some(line => line.startsWith('     IP ◄─────────────►   IP')));
	}

	t.true(lessonPanel(stateWith(lessonRun({text: shown('IP ◄►\nIP')}), {columns: 140, rows: 40}), en)!.size.isColumn);
});

test('beside the flow diagram the lesson has a column where both have room; else the diagram has it', t => {
	for (const [columns, isColumn] of [[140, false], [159, false], [160, true]] as const) {
		const state = stateWith(lessonRun(), {columns, rows: 50, isFlowDocked: true});
		t.is(lessonPanel(state, en)!.size.isColumn, isColumn, `${columns} columns`);
		t.truthy(screenLayout(besidePanel(state, en), scene, en).dock, `${columns} columns`);
	}

	const narrow = stateWith(lessonRun(), {columns: 140, rows: 40});
	t.true(handleKey(narrow, scene, chordOf('f'), en).state.isFlowDocked, 'the lesson gives way');
});

test('what is beneath an overlay is not looked at, and the panel is in the words of the screen', t => {
	const docked = stateWith(lessonRun(), {columns: 160, rows: 50, isFlowDocked: true});
	const lookedAt = (mode: ScreenState['mode']): unknown => new Looks().next({...docked, mode}, en)?.overlays;
	t.deepEqual(lookedAt(docked.mode), ['flow']);
	t.deepEqual(lookedAt({type: 'help-page', top: 0}), ['help']);
	t.notDeepEqual(lessonPanel(docked, en)!.lines, lessonPanel(docked, ko)!.lines);
});

test('without a lesson the screen is what it was: the same state, and no query of lessons', t => {
	const state = fullState(scene, {columns: 80, rows: 24});
	t.is(besidePanel(state, en), state);
	t.is(inWindow(state, state), state);
	t.false(queriesFor(state, en).some(({type}) => type === 'lesson'));
	t.deepEqual(queriesFor(stateWith(lessonRun()), en).at(-1), {type: 'lesson', language: 'en'});
});

test('with a lesson open every mode takes every key in a window of any size, and the window keeps its size', t => {
	for (const [columns, rows] of [[80, 24], [60, 16], [59, 15], [20, 5], [1, 1], [0, 0], [140, 16]] as const) {
		for (const run of [everyRun[1]!, everyRun[3]!, everyRun[6]!]) {
			for (const [mode] of Object.values(everyMode)) {
				for (const key of ['up', 'return', 'tab', 'escape', 'x', '2']) {
					const {state} = handleKey(stateWith(run, {columns, rows, mode}), scene, keyOf(key), en);
					t.deepEqual([state.columns, state.rows, state.learning.panel], [columns, rows, undefined]);
					t.false([...state.panes.values()].some(({notice}) => notice?.includes('Error')));
				}
			}
		}
	}
});

test('a window that is made tiny and large again with a lesson open is drawn in each size', t => {
	const run = lessonRun({phase: 'asking', prediction: numberQuestion});
	for (const [columns, rows] of [[160, 50], [60, 16], [59, 16], [10, 3], [1, 1], [0, 0], [140, 20]] as const) {
		for (const [mode] of Object.values(everyMode)) {
			const text = drawApp(stateWith(run, {columns, rows, mode}));
			t.notRegex(text, /Error/, `${mode.type} at ${columns}x${rows}`);
		}
	}
});

test('a fault in what the engine tells of the lesson shows in the panel, and the panes go on', t => {
	const failures = new Map([['lesson', 'no lesson today'] as const]);
	const lines = drawn(stateWith(lessonRun(), {failures}));
	t.true(lines.some(line => line.includes('no lesson today')));
	t.true(lines.some(line => line.includes(en.server.title)));
});

test('rows that an explanation speaks of have a sign in the panes, and no others', t => {
	const marked = (run: LessonRunView): number =>
		drawn(stateWith(run, {columns: 160, rows: 50})).join('\n').split('◆').length - 1;
	const run = lessonRun({phase: 'explaining', explanation, marks: [{pane: 1, sequence: 0}]});
	t.true(marked(run) > 0);
	t.is(marked({...run, marks: [{pane: 1, sequence: 999}]}), 0);
	t.is(marked({...run, phase: 'doing'}), 0);
});

test('where a marked row is above those that show, the pane it is in says so', t => {
	const footsOf = (pane: number): readonly string[] =>
		drawn(stateWith(lessonRun({phase: 'explaining', explanation, marks: [{pane, sequence: -1}]})))
			.filter(line => line.includes('◆ ↑'));
	t.deepEqual([1, 2, 99].map(pane => footsOf(pane).length), [1, 1, 0]);
});

test('the question is asked with its choices, the chosen one marked without colours, and Enter on it named', t => {
	const run = lessonRun({phase: 'asking', prediction: choiceOf('The same port', 'Another port')});
	const state = stateWith(run, {mode: lessonQuestion()});
	const lines = drawn({...state, learning: {...state.learning, chosen: 1}});
	t.true(lines.some(line => line.includes(' 1 The same port  ▸2 Another port')));
	t.true(lines.at(-1)!.includes(`Enter ${en.lessons.keys.answer}`));
	t.false(lines.some(line => line.startsWith('┏')), 'keys go to no pane meanwhile');
	t.true(drawn(stateWith(run)).some(line => line.startsWith('┏')));
});

test('what is asked stands behind what the step says, which it speaks of, where both fit; else it comes first', t => {
	for (const words of [en, ko]) {
		for (const [text, isFirst] of [['Send hello.', false], ['word '.repeat(90), true]] as const) {
			const run = lessonRun({phase: 'asking', prediction: choiceOf('a', 'b'), text: shown(text)});
			for (const [columns, rows] of [[80, 24], [120, 40]] as const) {
				const lines = linesOf(stateWith(run, {columns, rows, mode: lessonQuestion()}), words);
				const asked = lines.findIndex(line => line.includes(words.lessons.question));
				t.is(asked === 1, isFirst && rows === 24, lines.join('\n'));
			}
		}
	}
});

test('the caret is in the line in which a guess is typed', t => {
	const run = lessonRun({phase: 'asking', prediction: numberQuestion});
	for (const [columns, rows] of sizes) {
		const {caret, lines} = lessonPanel(stateWith(run, {columns, rows, mode: lessonQuestion()}), en)!;
		const line = stripVTControlCharacters(lines[caret!.y] ?? '');
		t.is(line.slice(0, caret!.x).replace('│', '').trim(), `${en.lessons.yourGuess} >`);
	}

	t.is(lessonPanel(stateWith(run), en)!.caret, undefined);
});

test('the wheel scrolls the panel, a click on it leads to the question, and the footer below it is where it is', t => {
	const run = lessonRun({phase: 'asking', prediction: numberQuestion, text: shown(korean.repeat(5))});
	const state = stateWith(run);
	const y = 24 - 3;
	const scrolled = handlePointer(state, scene, {
		type: 'pointer', action: 'down', x: 3, y,
	}, en).state;
	t.is(scrolled.learning.top, 1);
	t.is(scrolled.rows, 24);
	const clicked = handlePointer(state, scene, {
		type: 'pointer', action: 'press', x: 3, y,
	}, en).state;
	t.deepEqual(clicked.mode, lessonQuestion());
	const pane = drawn(clicked).findIndex(line => line.startsWith('┌'));
	const left = handlePointer(clicked, scene, {
		type: 'pointer', action: 'press', x: 5, y: pane + 2,
	}, en).state;
	t.is(left.mode.type, 'typing', 'a click on a pane leads there');
	t.true(drawn(left)[pane]!.startsWith('┏'));
	const header = handlePointer(state, scene, {
		type: 'pointer', action: 'press', x: drawn(state)[0]!.indexOf('UDP'), y: 0,
	}, en).state;
	t.is(header.protocol, 'udp');
});

test('a click on an act beneath the panel chooses it', t => {
	const state = stateWith(lessonRun(), {columns: 100, rows: 40, mode: actsMenu('menu', 0)});
	const lines = drawn(state);
	for (const [index, name] of [...actNames.entries()].slice(1)) {
		const entry = `${keyOfAct(name)} ${en.acts.entries[name].label}`;
		const y = lines.findIndex(line => line.includes(entry));
		const clicked = handlePointer(state, scene, {
			type: 'pointer', action: 'press', x: lines[y]!.indexOf(entry), y,
		}, en).state;
		t.deepEqual(clicked.mode, actsMenu('menu', index), name);
	}
});

test('at the end it says how many steps were done, and which were not, or were skipped this time', t => {
	for (const words of [en, ko]) {
		const {lessons} = words;
		const textOf = (done: readonly number[], skipped: readonly number[]): string =>
			linesOf(stateWith(lessonRun({
				phase: 'finished', count: 4, done, skipped,
			}), {columns: 100, rows: 30}), words).join(' ').replaceAll(/\s+/g, ' ');
		const {title} = lessonRun();
		t.true(textOf([0, 1, 2, 3], []).includes(`☑ ${lessons.finished(title, 4)}`));
		const undone = textOf([0, 2], [1, 3]);
		t.true(undone.includes(`☐ ${lessons.ended(title, 2, 4)} ${lessons.undone([1, 3])}`), undone);
		t.true(textOf([0, 1, 2, 3], [1]).includes(`${lessons.finished(title, 4)} ${lessons.skippedNow([1])}`));
	}
});

test('why progress is not kept is told in the panel', t => {
	const run = lessonRun();
	const learning = learningOf(run);
	const problem = {type: 'broken', file: '/a/progress.json', keptAs: '/a/progress.broken.json'} as const;
	const lines = linesOf(stateWith(run, {learning: {...learning, view: {...learning.view!, problem}}}));
	t.true(lines.join(' ').includes('progress.broken.json'));
});

test('that a server has another port than the one asked for is told in the panel', t => {
	const run = lessonRun();
	const learning = learningOf(run);
	const other = {protocol: 'udp', wanted: 12_000, port: 23_456} as const;
	for (const words of [en, ko]) {
		const told = {...learning, view: {...learning.view!, otherPorts: [other]}};
		t.true(linesOf(stateWith(run, {learning: told}), words).join(' ').includes('23456'));
	}
});

test('a payload in a text is safe to draw, has 40 columns at most, and says where it is cut', t => {
	const written = (text: string, length = Buffer.byteLength(text)): string =>
		piecesOf([{type: 'payload', bytes: Buffer.from(text), length}]).map(piece => piece.text).join('');
	t.is(written('a \u{1B}[31m\u{202E}한'), String.raw`a \x1b[31m\u{202e}한`);
	t.is(written('한'.repeat(20)), '한'.repeat(20));
	t.is(written('한'.repeat(21)), `${'한'.repeat(19)}…`);
	t.is(written('한국', 100), '한국…');
});

test('a line of a lesson ends between no number and its unit, with a Korean particle behind it or not', t => {
	for (const pieces of [[{text: 'lose 30 % now'}], [{text: 'gave '}, {text: '12'}, {text: ' B를 now'}]]) {
		for (let columns = 7; columns < 12; columns++) {
			const lines = wrapPieces(pieces, columns).map(spans => spans.map(({text}) => text).join(''));
			t.true(lines.some(line => /30 %|12 B를/.test(line)), lines.join('\n'));
		}
	}
});
