/*
Bundle the program into dist/: cli.js, which checks Node's version; main.js, the screen; engine.js, the engine's thread;
serve.js and others, what runs without a screen. Everything that it needs is inside, so that it starts fast and installs
nothing. A part that is loaded when it is asked for is in a file of its own; so is all that two such parts share, and
each file takes a millisecond of the start: hence a bundle for each group of them.

`--without output,width` leaves parts of the dependencies as they are, and `--out folder` builds into another folder
than dist/: two builds can be compared, as bench/replacements.ts does.
*/
import {
	cp, readFile, rm, writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {
	build, type BuildOptions, type BuildResult, type Plugin,
} from 'esbuild';
import {helpInKorean} from '../source/screen/words/input/command-help-ko.ts';
import {foldHelp} from '../source/commands/tokens.ts';
import {help} from '../source/commands/options.ts';
import {subcommands} from '../source/commands/subcommands.ts';

const root = path.join(import.meta.dirname, '..');

/** A path as esbuild tells it: with slashes on every system. */
const slashed = (file: string): string => file.replaceAll(path.sep, '/');

/** What can be left as it is: see "Replaced parts of dependencies" in docs/architecture.md. */
const replacements = ['output', 'sanitize-ansi', 'width', 'lazy-width', 'fetch'] as const;

type Replacement = (typeof replacements)[number];

const {values} = parseArgs({
	options: {
		without: {type: 'string', default: ''},
		out: {type: 'string', default: path.join(root, 'dist')},
	},
});
const out = path.resolve(values.out);
const without = values.without.split(',').filter(name => name !== '');
const unknown = without.find(name => !(replacements as readonly string[]).includes(name));
if (unknown !== undefined) {
	throw new RangeError(`There is no replacement '${unknown}': there are ${replacements.join(', ')}`);
}

const replaces = (name: Replacement): boolean => !without.includes(name);

/** Ink asks for the width of every piece of every frame: the quick one that the screen uses itself serves it, too. */
const quickWidth: Plugin = {
	name: 'quick-width',
	setup({onResolve, onLoad}) {
		const own = path.join(root, 'source/text/width/width.ts');
		onResolve({filter: /^string-width$/}, ({importer, kind}) => {
			if (kind === 'require-call') {
				return undefined;
			}

			if (importer === own) {
				return replaces('lazy-width') ? {path: 'string-width', namespace: 'lazy'} : undefined;
			}

			return replaces('width') ? {path: own} : undefined;
		});
		// It builds its expressions of emoji when it is loaded, and a first screen has none.
		onLoad({filter: /^string-width$/, namespace: 'lazy'}, () => ({
			contents: `
				let original;
				export default (...parameters) => (original ??= require('string-width').default)(...parameters);
			`,
			resolveDir: root,
		}));
	},
};

/** React's developer tools are asked for only when they are switched on, but found at start. */
const noDeveloperTools: Plugin = {
	name: 'no-developer-tools',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'stub'}));
		onLoad({filter: /.*/, namespace: 'stub'}, () => ({
			contents: 'export default {initialize() {}, connectToDevTools() {}};',
		}));
	},
};

/** At the end one of Ink's dependencies shows the cursor on standard error, also in a file: terminal.ts does it. */
const noCursorOnErrors: Plugin = {
	name: 'no-cursor-on-errors',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^restore-cursor$/}, () => ({path: 'restore-cursor', namespace: 'no-cursor'}));
		onLoad({filter: /.*/, namespace: 'no-cursor'}, () => ({contents: 'export default () => {};'}));
	},
};

/** Ink divides every frame into cells, and joins them again. The replacement takes its texts for whole lines. */
const quickFrames: Plugin = {
	name: 'quick-frames',
	setup({onResolve, onEnd}) {
		for (const name of (['output', 'sanitize-ansi'] as const).filter(each => replaces(each))) {
			const ours = path.join(root, 'source/screen/ink', `${name}.ts`);
			onResolve({filter: new RegExp(String.raw`^\./${name}\.js$`)}, ({importer}) =>
				slashed(importer).includes('/ink/build/') ? {path: ours} : undefined);
			onEnd(({metafile}) => {
				const inputs = Object.keys(metafile?.inputs ?? {});
				if (
					inputs.some(input => input.includes('/ink/build/'))
					&& !inputs.includes(slashed(path.relative(root, ours)))
				) {
					throw new Error(`Ink's ${name}.js has not been replaced: look at this again`);
				}
			});
		}
	},
};

/**
Say that a part which is loaded when it is asked for finds these modules loaded. Otherwise esbuild cuts what they share
with such parts into a file for each group of those that share it.

@param later - the files of those parts. Whatever else imports one of them loads these modules, too: `learn LESSON`,
which reads lessons, loads the screen
*/
const finds = (loaded: readonly string[], later: RegExp): Plugin => ({
	name: 'finds',
	setup({onLoad}) {
		onLoad({filter: later}, async ({path: file}) => ({
			contents: [
				...loaded.map(name => `import ${JSON.stringify(path.join(root, name))};`),
				await readFile(file, 'utf8'),
			].join('\n'),
			loader: path.extname(file).slice(1) as 'ts' | 'tsx' | 'js',
		}));
	},
});

const common: BuildOptions = {
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node22',
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'none',
	define: {
		// Yoga would load its code by fetch(), and with it the whole of Node's HTTP client, where there is one.
		...(replaces('fetch') && {fetch: 'undefined'}),
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
	},
	banner: {
		js: 'import {createRequire as makeRequire} from "node:module"; const require = makeRequire(import.meta.url);',
	},
	absWorkingDir: root,
	plugins: [quickWidth, quickFrames, noDeveloperTools, noCursorOnErrors],
	metafile: true,
	logLevel: 'warning',
};

const {version} = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {readonly version: string};

const named = await Promise.all(subcommands.flatMap(({name, load}) =>
	name === undefined ? [] : [load().then(({help = '', lineFlags}) => ({name, help, lineFlags}))]));

/** By the names of the subcommands that have one of their own, and the program's. */
const helps = {'': help, ...Object.fromEntries(named.flatMap(each => each.help === '' ? [] : [[each.name, each.help]]))};

await rm(out, {recursive: true, force: true});

/** The subcommands without a screen. */
const headless = ['serve', 'send', 'relay', 'check'];

/** Build modules, and what they load when it is asked for, into files with this name in front. */
async function bundle(
	name: string,
	entries: Readonly<Record<string, string>>,
	plugins: readonly Plugin[] = [],
): Promise<BuildResult> {
	return build({
		...common,
		entryPoints: Object.fromEntries(Object.entries(entries).map(([entry, file]) => [entry, path.join(root, file)])),
		outdir: out,
		splitting: true,
		chunkNames: `${name}-[name]-[hash]`,
		// They share no file with the others, and the package stays below its limit so.
		minifyIdentifiers: name === 'headless',
		plugins: [...plugins, ...common.plugins!],
	});
}

/** Leaves subcommands that are loaded when they are asked for to another bundle. */
const apart = (names: readonly string[]): Plugin => ({
	name: 'apart',
	setup({onResolve}) {
		onResolve({filter: new RegExp(String.raw`^\./(?:${names.join('|')})\.ts$`)}, ({kind, path: file}) =>
			kind === 'dynamic-import' ? {path: file.replace(/ts$/, 'js'), external: true} : undefined);
	},
});

const bundles = await Promise.all([
	// The screen is a file of its own, so that the engine's thread starts before it is read.
	bundle('main', {
		main: 'cli.tsx', screen: 'source/commands/screen.ts', 'open-screen': 'source/commands/open-screen.ts',
	}, [
		apart(headless),
		finds(['source/commands/open-screen.ts'], /(?:run-screen|rules-file|rule-table|messages-file|parse-messages|lesson-lines|chapter)\.tsx?$/),
		// What the screen and the lessons share, and no more: `learn --list` loads no screen.
		finds(
			['source/log/event-kinds.ts', 'source/text/time-of-day.ts', 'source/screen/input/vocabulary.ts'],
			/open-screen\.ts$/,
		),
		finds(['source/commands/open-screen.ts', 'source/screen/run-screen.tsx'], /open-lesson|lesson-report|exercise-words|build\/devtools/),
	]),
	bundle('engine', {engine: 'source/engine/thread.ts'}),
	bundle('headless', Object.fromEntries(headless.map(name => [name, `source/commands/${name}.ts`])), [
		apart(['open-screen']),
		finds(['source/commands/serve.ts'], /(?:rule-table|parse-messages|exercise-words|exercise-run)\.ts$/),
	]),
]);
await build({
	entryPoints: [path.join(root, 'source/bin.ts')],
	outfile: path.join(out, 'cli.js'),
	bundle: true,
	platform: 'node',
	format: 'esm',
	// The oldest that takes a module for a program without being told; that one knows no `node:` in an import.
	target: 'node12.20',
	supported: {'node-colon-prefix-import': false},
	define: {
		helpNames: JSON.stringify(Object.keys(helps).filter(name => name !== '')),
		lineFlags: JSON.stringify(Object.fromEntries(named.map(({name, lineFlags}) => [name, lineFlags]))),
		programVersion: JSON.stringify(version),
	},
	external: ['./main.js', './help.js'],
	banner: {js: '#!/usr/bin/env node'},
	logLevel: 'warning',
});

// Read when it is asked for.
const [helpsEn, helpsKo] = [(text: string) => text, helpInKorean].map(inLanguage =>
	Object.fromEntries(Object.entries(helps).map(([name, text]) => [name, foldHelp(inLanguage(text))])));
await writeFile(path.join(out, 'help.js'), `export default ${JSON.stringify({en: helpsEn, ko: helpsKo})};\n`);

// The listings' templates lie beside the engine, as they lie beside their module in source/. They are read when one is
// asked for.
await cp(path.join(root, 'source/programs/templates'), path.join(out, 'templates'), {recursive: true});
// So do the lessons, beside the modules of the screen.
await cp(path.join(root, 'source/lessons/chapter'), path.join(out, 'chapter'), {recursive: true});

/** The licences of what was bundled, as they ask to be kept. */
const inputs = bundles.flatMap(({metafile}) => Object.keys(metafile!.inputs));
const packages = new Set(inputs.flatMap(input => {
	const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
	return folder === undefined ? [] : [path.join(root, path.relative(root, path.resolve(folder)))];
}));
const licences = await Promise.all([...packages].toSorted().map(async folder => {
	const {name, version, license} = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
		license: string;
	};
	const texts = await Promise.all(['license', 'LICENSE', 'license.md', 'LICENSE.md', 'licence', 'LICENSE.txt'].map(async file =>
		readFile(path.join(folder, file), 'utf8').catch(() => '')));
	return `${name} ${version} (${license})\n\n${texts.find(text => text !== '') ?? ''}`.trim();
}));
await writeFile(path.join(out, 'third-party-licences.txt'), `${licences.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`);
