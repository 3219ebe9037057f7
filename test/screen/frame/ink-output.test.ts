import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {build} from 'esbuild';
import fc from 'fast-check';

type Frame = {
	write: (
		x: number,
		y: number,
		text: string,
		options: {transformers: ReadonlyArray<(line: string) => string>},
	) => void;
	get: () => {output: string; height: number};
};

type Cell = {value: string; styles: ReadonlyArray<{code: string}>};

type Bundle = {
	Own: new (size: {width: number; height: number}) => Frame;
	Ink: new (size: {width: number; height: number}) => Frame;
	ownSanitize: (text: string) => string;
	inkSanitize: (text: string) => string;
	plainColumns: (line: string) => number;
	tokenize: (line: string) => unknown;
	styledCharsFromTokens: (tokens: unknown) => readonly Cell[];
};

const root = path.join(import.meta.dirname, '../../..');
const ink = path.join(root, 'node_modules/ink/build');

let bundle: Promise<Bundle> | undefined;

/** The replacement and Ink's module side by side, bundled once, as the build does. */
async function loaded(): Promise<Bundle> {
	bundle ??= load();
	return bundle;
}

async function load(): Promise<Bundle> {
	const folder = await mkdtemp(path.join(tmpdir(), 'ink-output-'));
	const outfile = path.join(folder, 'bundle.mjs');
	const own = path.join(root, 'source/screen/ink');
	try {
		await build({
			stdin: {
				contents: `
					export {default as Own} from '${own}/output.ts';
					export {default as Ink} from 'ink-output-original';
					export {default as ownSanitize} from '${own}/sanitize-ansi.ts';
					export {default as inkSanitize} from 'ink-sanitize-original';
					export {plainColumns} from '${own}/plain-line.ts';
					export * from '@alcalzone/ansi-tokenize';`,
				resolveDir: root,
			},
			bundle: true,
			platform: 'node',
			format: 'esm',
			outfile,
			alias: {
				'ink-output-original': path.join(ink, 'output.js'),
				'ink-sanitize-original': path.join(ink, 'sanitize-ansi.js'),
			},
		});
		return await import(pathToFileURL(outfile).href) as Bundle;
	} finally {
		await rm(folder, {recursive: true});
	}
}

const close = new Map([[1, 22], [2, 22], [4, 24], [7, 27], [31, 39], [32, 39], [36, 39], [90, 39]]);
const code = fc.constantFrom(...close.keys());
const plain = fc.constantFrom(...'abc  xyz09│┃─━…→←●○▸►◄–›▀▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐░▒▓▔▕▖▗▘▙▚▛▜▝▞▟한글ㄱㅏㅎ漢あé·');
const odd = fc.constantFrom(
	'\u{1F44D}',
	'\u{301}',
	'\t',
	'\u{AD}',
	'\u{200B}',
	'ｶﾞ',
	'\u{1B}[K',
	'\u{1B}]0;x\u{7}',
	'\u{9B}K',
	'\u{3164}',
);
const words = fc
	.array(fc.oneof({weight: 60, arbitrary: plain}, {weight: 1, arbitrary: odd}), {maxLength: 8})
	.map(parts => parts.join(''));
const styled = fc
	.tuple(code, fc.option(code), words, fc.boolean(), fc.integer({min: 0, max: 19}))
	.map(([style, second, text, isReset, luck]) =>
		[
			`\u{1B}[${style}m`,
			second === null ? '' : `\u{1B}[${second}m`,
			text,
			luck > 0 ? `\u{1B}[${close.get(style)!}m` : '',
			isReset ? '\u{1B}[22m\u{1B}[24m\u{1B}[27m\u{1B}[39m' : '',
		].join(''));
const line = fc.array(fc.oneof(words, styled), {maxLength: 6}).map(parts => parts.join(''));
const block = fc.array(line, {minLength: 1, maxLength: 3}).map(lines => lines.join('\n'));
const frame = fc.tuple(
	fc.tuple(fc.nat(3), fc.nat(3), block),
	fc.tuple(fc.nat(3), fc.nat(3), block),
	fc.tuple(fc.nat(3), fc.nat(3), block),
);

test('block elements, of which sparklines are made, take the quick way', async t => {
	const {plainColumns} = await loaded();
	const blocks = Array.from({length: 0x20}, (_, index) => String.fromCodePoint(0x25_80 + index)).join('');
	t.is(plainColumns(`\u{1B}[32m${blocks}\u{1B}[39m │ 한글`), blocks.length + 7);
});

test('joins lines to the same cells as Ink takes them apart and together, quickly or not', async t => {
	const {Own, Ink, ownSanitize, inkSanitize, plainColumns, tokenize, styledCharsFromTokens} = await loaded();
	const cells = (output: string): string => output.split('\n').map(text => {
		const all = styledCharsFromTokens(tokenize(text)).map(({value, styles}) =>
			`${value}|${styles
				.map(style => style.code)
				.toSorted()
				.join(',')}`);
		return all.join('¦').replace(/(?:¦? \|)+$/, '');
	}).join('\n');
	let quick = 0;
	fc.assert(fc.property(frame, writes => {
		const size = {width: 60, height: 5};
		const [own, theirs] = [new Own(size), new Ink(size)];
		let isPlain = true;
		for (const [index, [dx, y, text]] of writes.entries()) {
			t.is(ownSanitize(text), inkSanitize(text));
			const clean = inkSanitize(text);
			isPlain &&= clean.split('\n').every(part => part === '' || plainColumns(part) >= 0);
			const options = {transformers: [(part: string): string => part]};
			own.write((index * 25) + dx, y, clean, options);
			theirs.write((index * 25) + dx, y, clean, options);
		}

		quick += isPlain ? 1 : 0;
		const [mine, inks] = [own.get(), theirs.get()];
		t.is(mine.height, inks.height);
		t.is(cells(mine.output), cells(inks.output));
	}), {numRuns: 1000}); // What one in 200 draws shows is seen with a probability of 99.3 %.
	t.true(quick > 50, `${quick} frames took the quick way`);
});

test('a row that is taken apart into cells leaves the other rows of its frame on the quick path', async t => {
	const {Own, Ink} = await loaded();
	const size = {width: 200, height: 60};
	const time = (Output: Bundle['Ink'], round: number): number => {
		const output = new Output(size);
		for (let y = 0; y < size.height; y++) {
			const text = `${round} ${y} ${'한글 abc │ '.repeat(14)}`;
			output.write(0, y, y === 30 ? `\u{1F44D} ${text}` : text, {transformers: []});
		}

		const before = process.cpuUsage();
		output.get();
		const {user, system} = process.cpuUsage(before);
		return user + system;
	};

	// Processor time, and the least of several: other programs on the machine only add.
	const times = Array.from({length: 9}, (_, round) => [time(Own, round), time(Ink, round)] as const);
	const [own, inks] = [Math.min(...times.map(([each]) => each)), Math.min(...times.map(([, each]) => each))];
	t.true(own < inks * 0.4, `the quick path takes ${own} µs, Ink ${inks} µs`);
});
