/*
Has Node run TypeScript: `node --import=./scripts/typescript.js program.ts`. A module of this project is loaded as the
JavaScript that esbuild has made of it, which lies in node_modules/.cache. Where that is missing or older than its
source, all modules whose translation is so are translated in one run. Compiled code is kept beside it.

It also has each test file's process load what runs its tests, fast-check and Ink from one file each, not hundreds.
*/
import {
	mkdirSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync,
} from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const root = path.join(import.meta.dirname, '..');
const cache = path.join(root, 'node_modules/.cache/typescript');
const folders = ['bench', 'scripts', 'soak', 'source', 'test'];

const isTypeScript = file => /\.tsx?$/.test(file) && !file.endsWith('.d.ts');

const translationOf = file => path.join(cache, `${path.relative(root, file)}.mjs`);

/** When a file was written, in milliseconds; a translation has the time of its source. */
const timeOf = file => statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0;

const isTranslated = file => Math.abs(timeOf(translationOf(file)) - timeOf(file)) < 1;

/** Translate the file that is asked for, and with it all others: one run for many takes hardly longer. */
function translate(wanted) {
	const others = folders.flatMap(folder =>
		readdirSync(path.join(root, folder), {recursive: true}).map(file => path.join(root, folder, file)));
	const files = [...new Set([wanted, ...others])].filter(file => isTypeScript(file) && !isTranslated(file));
	try {
		translateAll(files);
	} catch {
		// What is wrong with another file is that one's matter.
		translateAll([wanted]);
	}
}

function translateAll(files) {
	const times = new Map(files.map(file => [file, timeOf(file)]));
	const {buildSync} = module.createRequire(import.meta.url)('esbuild');
	const {outputFiles} = buildSync({
		absWorkingDir: root,
		entryPoints: files.map(file => ({in: file, out: path.relative(root, file)})),
		outdir: root,
		outExtension: {'.js': '.mjs'},
		write: false,
		format: 'esm',
		platform: 'node',
		target: 'node22',
		jsx: 'automatic',
		sourcemap: 'external',
		sourcesContent: false,
		logLevel: 'silent',
	});
	for (const {path: output, contents} of outputFiles) {
		const file = output.replace(/\.mjs(?:\.map)?$/, '');
		write(path.join(cache, path.relative(root, output)), contents, times.get(file) / 1000);
	}
}

const sourceMaps = new Map();

/** A line of a stack, with the position in the source in place of the one in its translation. */
function positioned(line) {
	return line.replace(/(file:\S+\.tsx?):(\d+):(\d+)/, (place, url, row, column) => {
		try {
			if (!sourceMaps.has(url)) {
				const map = readFileSync(`${translationOf(fileURLToPath(url))}.map`, 'utf8');
				sourceMaps.set(url, new module.SourceMap(JSON.parse(map)));
			}

			const {lineNumber, columnNumber} = sourceMaps.get(url).findOrigin(Number(row), Number(column));
			return lineNumber === undefined ? place : `${url}:${lineNumber}:${columnNumber}`;
		} catch {
			return place;
		}
	});
}

/** When npm last installed something. */
const installed = timeOf(path.join(root, 'node_modules/.package-lock.json'));

/** Modules that import many small files, which are loaded from one: what runs test files, fast-check and Ink. */
const joined = ['ava/lib/worker/base.js', 'fast-check/lib/fast-check.js', 'ink/build/index.js'];

/** What stays out of those: state that `ava` shares with what runs test files, React, what is replaced, and a tool. */
const shared = [
	path.join(root, 'node_modules/ava/lib/worker/state.cjs'),
	...['output', 'sanitize-ansi', 'devtools'].map(name => path.join(root, `node_modules/ink/build/${name}.js`)),
	'react',
	'string-width',
];

/** The files that have all of such a module, by the address that it is imported by. */
const joinedFiles = new Map(joined.map(name => [
	pathToFileURL(path.join(root, 'node_modules', name)).href,
	path.join(cache, 'packages', name.replaceAll('/', '-').replace(/js$/, 'mjs')),
]));

function join(url, output) {
	if (timeOf(output) <= installed) {
		const {buildSync} = module.createRequire(import.meta.url)('esbuild');
		const entry = fileURLToPath(url);
		const {outputFiles: [{contents}]} = buildSync({
			absWorkingDir: root,
			entryPoints: [entry],
			outfile: entry,
			allowOverwrite: true,
			bundle: true,
			write: false,
			external: shared,
			// Yoga would load Node's HTTP client where there is a fetch().
			define: {fetch: 'undefined', 'process.env.NODE_ENV': '"production"'},
			format: 'esm',
			platform: 'node',
			target: 'node22',
			banner: {js: 'import {createRequire as toRequire} from "node:module"; const require = toRequire(import.meta.url);'},
			logLevel: 'silent',
		});
		write(output, contents);
	}

	return readFileSync(output);
}

/** Another process may write the same file, or read it. */
function write(file, contents, time = undefined) {
	const written = `${file}.${process.pid}`;
	mkdirSync(path.dirname(file), {recursive: true});
	writeFileSync(written, contents);
	if (time !== undefined) {
		utimesSync(written, time, time);
	}

	renameSync(written, file);
}

const rootAddress = pathToFileURL(root).href;

const addressOf = file => pathToFileURL(path.join(root, file)).href;

/** What stands in for modules of Ink in the build does so here: frames are drawn as they are there, and sooner. */
const replaced = new Map([
	['./output.js', addressOf('source/screen/ink/output.ts')],
	['./sanitize-ansi.js', addressOf('source/screen/ink/sanitize-ansi.ts')],
	['string-width', addressOf('source/text/width/width.ts')],
]);
const ink = addressOf('node_modules/ink/build/');

/**
What stands in for string-width where the text's own width falls back to it, as in the build: the package builds its
expressions of emoji when it is loaded, and few texts need them.
*/
const lazyWidth = 'lazy:string-width';
const lazyWidthSource = `
	import module from 'node:module';
	let original;
	export default (...parameters) => {
		original ??= module.createRequire(${JSON.stringify(rootAddress + '/')})('string-width').default;
		return original(...parameters);
	};
`;

/** Whether it is the address of a module of this project in TypeScript. */
const isOwn = url => url.startsWith(rootAddress) && isTypeScript(url) && !url.includes('/node_modules/');

// Node would read the maps of all modules before they run; few errors are ever looked at.
process.setSourceMapsEnabled(false);
Error.prepareStackTrace = (error, trace) =>
	[Error.prototype.toString.call(error), ...trace.map(frame => positioned(`    at ${frame}`))].join('\n');
module.enableCompileCache(path.join(cache, 'compiled'));
module.registerHooks({
	resolve(specifier, context, resolve) {
		const url = context.parentURL?.startsWith(ink) && replaced.get(specifier);
		if (url) {
			return {url, format: 'module', shortCircuit: true};
		}

		if (specifier === 'string-width' && context.parentURL === replaced.get(specifier)) {
			return {url: lazyWidth, format: 'module', shortCircuit: true};
		}

		// The modules of this project name one another by whole names: nothing has to be looked for.
		return /^\.\.?\/.*\.tsx?$/.test(specifier) && isOwn(context.parentURL ?? '')
			? {url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true}
			: resolve(specifier, context);
	},
	load(url, context, load) {
		const joinedFile = joinedFiles.get(url);
		if (joinedFile) {
			return {format: 'module', shortCircuit: true, source: join(url, joinedFile)};
		}

		if (url === lazyWidth) {
			return {format: 'module', shortCircuit: true, source: lazyWidthSource};
		}

		if (!isOwn(url)) {
			return load(url, context);
		}

		const file = fileURLToPath(url);
		if (!isTranslated(file)) {
			translate(file);
		}

		return {format: 'module', shortCircuit: true, source: readFileSync(translationOf(file))};
	},
});
