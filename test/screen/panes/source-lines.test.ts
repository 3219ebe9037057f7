import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {SourceView} from '../../../source/engine/api/view.ts';
import {sourceLines, sourceTop} from '../../../source/screen/panes/source-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import textWidth from '../../../source/text/width.ts';

const program: SourceView = {
	type: 'source',
	pane: 1,
	language: 'python',
	fileName: 'udp_server.py',
	lines: Array.from({length: 50}, (_, index) => index === 0 ? '\tline 1' : `line ${index + 1}`),
	marks: [20, 30],
	lastCall: {name: 'recvfrom', arguments: [], result: [{bytes: 5}]},
};

test('a window follows the call that happened last, unless it was scrolled, and stays within the program', t => {
	t.is(sourceTop(program, undefined, 10), 15);
	t.is(sourceTop({...program, marks: [0]}, undefined, 10), 0);
	t.is(sourceTop({...program, marks: [49]}, undefined, 10), 40);
	t.is(sourceTop({...program, marks: []}, undefined, 10), 0);
	t.is(sourceTop(program, 33, 10), 33);
	t.is(sourceTop(program, 99, 10), 40);
	t.is(sourceTop(program, -5, 10), 0);
	t.is(sourceTop(program, 7, 100), 0);
});

test('the last call\'s line has one sign, those before it another, and beneath stands the call', t => {
	const lines = sourceLines(program, 19, 14, 100, en).map(line => stripVTControlCharacters(line));
	t.is(lines.length, 14);
	t.is(lines[0]?.trim(), '20 line 20');
	t.is(lines[1]?.trim(), '► 21 line 21');
	t.is(lines[11]?.trim(), '› 31 line 31');
	t.is(lines.at(-1)?.trim(), '► recvfrom() → 5 B');
	t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([100]));
});

test('a short program leaves lines empty, tabs are spaces, and before any call it says so', t => {
	const lines = sourceLines({
		...program, lines: program.lines.slice(0, 2), marks: [], lastCall: undefined,
	}, 0, 6, 100, en).map(line => stripVTControlCharacters(line));
	t.deepEqual(
		lines.map(line => line.trimEnd()),
		['   1     line 1', '   2 line 2', '', '', '', `  ${en.views.source.nothingYet}`],
	);
	t.deepEqual(new Set(lines.map(line => textWidth(line))), new Set([100]));
});

test('where there is no room for a whole line beside its number, the number goes, and the line stays whole', t => {
	const widest = 'x'.repeat(75);
	const lines = sourceLines({...program, lines: [widest], marks: [0]}, 0, 2, 76, en).map(line =>
		stripVTControlCharacters(line));
	t.is(lines[0], `►${widest}`);
});
