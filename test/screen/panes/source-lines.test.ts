import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {SourceView} from '../../../source/engine/api/view.ts';
import {
	joinProgram, programParts, sourceLines, sourceTop,
} from '../../../source/screen/panes/source-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import textWidth from '../../../source/text/width/width.ts';

const program: SourceView = {
	type: 'source',
	pane: 1,
	language: 'python',
	fileName: 'udp_server.py',
	lacks: [],
	lines: Array.from({length: 50}, (_, index) => index === 0 ? '\tline 1' : `line ${index + 1}`),
	marks: [20, 30],
	callLines: [],
};

test('a window follows the call that happened last, unless it was scrolled, and stays within the program', t => {
	t.is(sourceTop(program, [20, 30], undefined, 10), 15);
	t.is(sourceTop(program, [0], undefined, 10), 0);
	t.is(sourceTop(program, [49], undefined, 10), 40);
	t.is(sourceTop(program, [], undefined, 10), 0);
	t.is(sourceTop(program, [], 33, 10), 33);
	t.is(sourceTop(program, [], 99, 10), 40);
	t.is(sourceTop(program, [], -5, 10), 0);
	t.is(sourceTop(program, [], 7, 100), 0);
});

test('the last call\'s line has one sign, and those before it another', t => {
	const lines = sourceLines(program, program.marks, 19, {columns: 100, height: 13}).map(line =>
		stripVTControlCharacters(line));
	t.is(lines.length, 13);
	t.is(lines[0]?.trim(), '20 line 20');
	t.is(lines[1]?.trim(), '► 21 line 21');
	t.is(lines[11]?.trim(), '› 31 line 31');
	t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([100]));
});

test('a short program leaves lines empty, and tabs are spaces', t => {
	const lines = sourceLines({lines: program.lines.slice(0, 2)}, [], 0, {columns: 100, height: 4}).map(line =>
		stripVTControlCharacters(line));
	t.deepEqual(lines.map(line => line.trimEnd()), ['   1     line 1', '   2 line 2', '', '']);
	t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([100]));
});

test('where there is no room for a whole line beside its number, the number goes, and the line stays whole', t => {
	const widest = 'x'.repeat(75);
	const lines = sourceLines({lines: [widest]}, [0], 0, {columns: 76, height: 1}).map(line =>
		stripVTControlCharacters(line));
	t.is(lines[0], `►${widest}`);
	for (let columns = 76; columns < 82; columns++) {
		const [line = ''] = sourceLines({lines: [widest]}, [0], 0, {columns, height: 1});
		t.true(stripVTControlCharacters(line).includes(widest), `${columns} columns`);
	}
});

test('the calls stand beside a program where both fit, and else below it, with the lines that it leaves', t => {
	const short = {lines: Array.from({length: 12}, () => 'x'.repeat(68))};
	const long = {lines: Array.from({length: 80}, () => 'x'.repeat(75))};
	t.deepEqual(programParts(short, 116, 34), {
		isBeside: true, program: {columns: 73, height: 34}, calls: {columns: 40, height: 33},
	});
	t.deepEqual(programParts(short, 76, 18), {
		isBeside: false, program: {columns: 76, height: 12}, calls: {columns: 76, height: 5},
	});
	t.deepEqual(programParts(long, 76, 18), {
		isBeside: false, program: {columns: 76, height: 13}, calls: {columns: 76, height: 4},
	});
	for (let columns = 56; columns < 200; columns++) {
		for (let height = 2; height < 60; height++) {
			for (const view of [short, long]) {
				const {isBeside, program: own, calls} = programParts(view, columns, height);
				t.is(isBeside ? own.columns + 3 + calls.columns : calls.columns, columns);
				t.is(isBeside ? own.height : own.height + 1 + calls.height, height);
				t.true(own.height > 0 && calls.height >= 0);
			}
		}
	}
});

test('the calls have a title, which says when the chosen one is no call of the program', t => {
	for (const parts of [programParts(program, 76, 20), programParts(program, 120, 20)]) {
		const {columns, height} = parts.program;
		const own = Array.from({length: height}, (_, index) => String(index).padEnd(columns));
		for (const hasLine of [true, false]) {
			const lines = joinProgram(own, ['a call'.padEnd(parts.calls.columns)], parts, hasLine, en)
				.map(line => stripVTControlCharacters(line));
			t.is(lines.length, 20);
			t.is(new Set(lines.map(line => textWidth(line))).size, 1);
			t.is(lines.join('\n').includes(en.views.source.noLine), !hasLine);
			t.regex(lines[parts.isBeside ? 0 : height] ?? '', /system calls .*─/);
			t.regex(lines[parts.isBeside ? 1 : height + 1] ?? '', /a call/);
		}
	}
});
