/*
Has Node run TypeScript: `node --import=./scripts/typescript.js program.ts`. A module of this project is loaded as the
JavaScript that esbuild has made of it, which lies in node_modules/.cache. Where that is missing or older than its
source, all modules whose translation is so are translated in one run. Compiled code is kept beside it.
*/
import {
	mkdirSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync,
} from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

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
		const time = times.get(file) / 1000;
		// Another process may translate the same files, or read them.
		const written = `${translationOf(file)}.${process.pid}`;
		mkdirSync(path.dirname(written), {recursive: true});
		writeFileSync(written, contents);
		utimesSync(written, time, time);
		renameSync(written, translationOf(file));
	}
}

module.enableCompileCache(path.join(cache, 'compiled'));
module.registerHooks({
	load(url, context, load) {
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
