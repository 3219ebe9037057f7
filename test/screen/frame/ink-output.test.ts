import {pathToFileURL} from 'node:url';
import path from 'node:path';
import test from 'ava';
import chalk from 'chalk';
import fc from 'fast-check';
import {paint, type Tone} from '../../../source/screen/frame/paint.ts';
import Output from '../../../source/screen/ink/output.ts';
import sanitizeAnsi from '../../../source/screen/ink/sanitize-ansi.ts';

type Frame = {
	write: (x: number, y: number, text: string, options: {transformers: readonly never[]}) => void;
	get: () => {output: string; height: number};
};

type Cell = {value: string; styles: ReadonlyArray<{code: string}>};

const modules = path.join(import.meta.dirname, '../../../node_modules');
const load = async (file: string): Promise<unknown> => import(pathToFileURL(path.join(modules, file)).href);
const {default: InkOutput} = await load('ink/build/output.js') as {
	default: new (size: {width: number; height: number}) => Frame;
};
const {default: inkSanitize} = await load('ink/build/sanitize-ansi.js') as {default: (text: string) => string};
const {tokenize, styledCharsFromTokens} = await load('@alcalzone/ansi-tokenize/build/index.js') as {
	tokenize: (line: string) => unknown;
	styledCharsFromTokens: (tokens: unknown) => readonly Cell[];
};

chalk.level = 3;

const width = 40;
const tone = fc.constantFrom<Tone>('plain', 'dim', 'strong', 'error', 'warning', 'focus', 'chosen', 'mark5');
const plain = fc.constantFrom(...'abc  xyz09│┃─━…→←●○▸►◄–›▀▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐░▒▓▔▕▖▗▘▙▚▛▜▝▞▟한글ㄱㅏㅎ漢あé·');
const odd = fc.constantFrom(
	'\u{1F44D}',
	'\u{1F44D}\u{1F3FD}',
	'\u{1F469}\u{200D}\u{1F4BB}',
	'2\u{FE0F}\u{20E3}',
	'e\u{301}',
	'\t',
	'\r\n',
	'\u{AD}',
	'\u{200B}',
	'\u{202E}',
	'\u{D83D}',
	'ｶﾞ',
	'\u{1B}[K',
	'\u{1B}[31m',
	'\u{1B}]0;x\u{7}',
	'\u{9B}K',
	'\u{3164}',
);
const words = fc
	.array(fc.oneof({weight: 9, arbitrary: plain}, {weight: 1, arbitrary: odd}), {maxLength: 12})
	.map(parts => parts.join(''));
const line = fc.array(fc.record({text: words, tone}), {maxLength: 5}).map(spans => paint(spans, width));

const cellsOf = (output: string): string[] => output.split('\n').map(text =>
	styledCharsFromTokens(tokenize(text))
		.map(({value, styles}) => `${value}|${styles.map(style => style.code).toSorted().join(',')}`)
		.join('¦')
		.replace(/(?:¦? \|)+$/, ''));

test('painted lines are the same cells as Ink takes them apart to, and nothing in them has to be cleaned', t => {
	fc.assert(fc.property(fc.array(line, {minLength: 1, maxLength: 4}), lines => {
		const [own, inks] = [new Output({height: lines.length}), new InkOutput({width, height: lines.length})];
		for (const [y, text] of lines.entries()) {
			t.is(sanitizeAnsi(text), inkSanitize(text));
			own.write(0, y, text);
			inks.write(0, y, text, {transformers: []});
		}

		const [mine, theirs] = [own.get(), inks.get()];
		t.is(mine.height, theirs.height);
		t.deepEqual(cellsOf(mine.output), cellsOf(theirs.output));
	}), {numRuns: 1000}); // What one in 200 draws shows is seen with a probability of 99.3 %.
});

test('lines beneath the window are left out', t => {
	const output = new Output({height: 1});
	output.write(0, 0, 'first  ');
	output.write(0, 1, 'second');
	t.deepEqual(output.get(), {output: 'first', height: 1});
});
