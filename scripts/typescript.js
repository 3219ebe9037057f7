/*
Has Node run TypeScript: `node --import=./scripts/typescript.js program.ts`. A module of this project is loaded as the
JavaScript that esbuild has made of it, which lies in node_modules/.cache. Where that is missing or older than its
source, all modules whose translation is so are translated in one run. Compiled code is kept beside it.

It also has each test file's process load some of ava's dependencies from one file instead of hundreds.
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

const translationOf = file => path.join(cache, `${path.relative(root, file)}.js`);

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
		// In the maps of positions a source stands beside its translation: both have the same address.
		outdir: root,
		write: false,
		format: 'esm',
		platform: 'node',
		target: 'node22',
		jsx: 'automatic',
		sourcemap: 'inline',
		sourcesContent: false,
		logLevel: 'silent',
	});
	for (const {path: output, contents} of outputFiles) {
		const file = output.replace(/\.js$/, '');
		write(translationOf(file), contents, times.get(file) / 1000);
	}
}

/** Packages of many small files that ava loads for each test file, by the file that is loaded first. */
const joined = ['cbor/lib/cbor.js', 'concordance/index.js', 'fast-glob/out/index.js'];

/** When npm last installed something. */
const installed = timeOf(path.join(root, 'node_modules/.package-lock.json'));

/** The file that has all of a package, by the address of its first file. */
const joinedFiles = new Map(joined.map(name => [
	pathToFileURL(path.join(root, 'node_modules', name)).href,
	path.join(cache, 'packages', name.replaceAll('/', '-').replace(/js$/, 'cjs')),
]));

function join(url, output) {
	if (timeOf(output) <= installed) {
		const {buildSync} = module.createRequire(import.meta.url)('esbuild');
		const {outputFiles: [{contents}]} = buildSync({
			entryPoints: [fileURLToPath(url)],
			bundle: true,
			write: false,
			format: 'cjs',
			platform: 'node',
			target: 'node22',
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

module.enableCompileCache(path.join(cache, 'compiled'));
module.registerHooks({
	load(url, context, load) {
		const joinedFile = joinedFiles.get(url);
		if (joinedFile) {
			return {format: 'commonjs', shortCircuit: true, source: join(url, joinedFile)};
		}

		const file = url.startsWith('file:') ? fileURLToPath(url) : '';
		const inProject = path.relative(root, file);
		if (!isTypeScript(file) || inProject.startsWith('..') || inProject.includes('node_modules')) {
			return load(url, context);
		}

		if (!isTranslated(file)) {
			translate(file);
		}

		return {format: 'module', shortCircuit: true, source: readFileSync(translationOf(file))};
	},
});
