/*
Bundle the program into dist/: cli.js, which checks Node's version; main.js, the screen; engine.js, the engine's thread.
Everything that it needs is inside, so that it starts fast and installs nothing.
*/
import {
	cp, readFile, rm, writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {build, type BuildOptions, type Plugin} from 'esbuild';

const root = path.join(import.meta.dirname, '..');
const out = path.join(root, 'dist');

/** Ink asks for the width of every piece of every frame: the quick one that the screen uses itself serves it, too. */
const quickWidth: Plugin = {
	name: 'quick-width',
	setup({onResolve}) {
		const own = path.join(root, 'source/text/width.ts');
		onResolve({filter: /^string-width$/}, ({importer}) => importer === own ? undefined : {path: own});
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

/**
Ink takes every frame apart into cells, and puts it together again. Ours, whose lines are whole, are joined line by
line.
*/
const quickFrames: Plugin = {
	name: 'quick-frames',
	setup({onResolve, onEnd}) {
		for (const [name, original] of [
			['output', 'ink-output-original'],
			['sanitize-ansi', 'ink-sanitize-original'],
		]) {
			const theirs = path.join(root, 'node_modules/ink/build', `${name}.js`);
			const ours = path.join(root, 'source/screen/ink', `${name}.ts`);
			onResolve({filter: new RegExp(String.raw`^\./${name}\.js$`)}, ({importer}) =>
				importer.includes('/ink/build/') ? {path: ours} : undefined);
			onResolve({filter: new RegExp(`^${original}$`)}, () => ({path: theirs}));
			onEnd(({metafile}) => {
				const inputs = Object.keys(metafile?.inputs ?? {});
				if (
					inputs.some(input => input.includes('/ink/build/'))
					&& ![theirs, ours].every(file => inputs.includes(path.relative(root, file)))
				) {
					throw new Error(`Ink's ${name}.js has not been replaced: look at this again`);
				}
			});
		}
	},
};

/** Meow tidies our own package.json at every start, which needs no tidying. */
const noNormalizing: Plugin = {
	name: 'no-normalizing',
	setup({onLoad}) {
		onLoad({filter: /meow\/build\/dependencies\.js$/}, async ({path: file}) => {
			const source = await readFile(file, 'utf8');
			const contents = source
				.replace('var normalizeExports = requireNormalize();\n', '')
				.replace(
					'const normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
					'const normalizePackageData = () => {};',
				);
			if (contents.length === source.length || contents.includes('normalizeExports')) {
				throw new Error('Meow is not what it was: look at this again');
			}

			return {contents, loader: 'js'};
		});
	},
};

const common: BuildOptions = {
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node22',
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'none',
	// Yoga would load its code by fetch(), and with it the whole of Node's HTTP client, where there is one.
	inject: [path.join(root, 'source/text/lazy-segmenter.ts')],
	define: {
		fetch: 'undefined',
		'Intl.Segmenter': 'LazySegmenter',
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
	},
	banner: {
		js: 'import {createRequire as makeRequire} from "node:module"; const require = makeRequire(import.meta.url);',
	},
	absWorkingDir: root,
	plugins: [noNormalizing, quickWidth, quickFrames, noDeveloperTools],
	metafile: true,
	logLevel: 'warning',
};

await rm(out, {recursive: true, force: true});
const [screen, engine] = await Promise.all([
	build({...common, entryPoints: [path.join(root, 'cli.tsx')], outfile: path.join(out, 'main.js')}),
	build({...common, entryPoints: [path.join(root, 'source/engine/thread.ts')], outfile: path.join(out, 'engine.js')}),
	build({
		entryPoints: [path.join(root, 'source/bin.ts')],
		outfile: path.join(out, 'cli.js'),
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node14',
		external: ['./main.js'],
		banner: {js: '#!/usr/bin/env node'},
		logLevel: 'warning',
	}),
]);

// The listings' templates lie beside the engine, as they lie beside their module in source/. They are read when one is
// asked for.
await cp(path.join(root, 'source/programs/templates'), path.join(out, 'templates'), {recursive: true});

/** The licences of what was bundled, as they ask to be kept. */
const inputs = [screen, engine].flatMap(({metafile}) => Object.keys(metafile!.inputs));
const packages = new Set(inputs.flatMap(input => {
	const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
	return match ? [path.join(root, path.relative(root, path.resolve(match[1]!)))] : [];
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
