import {globSync, readFileSync} from 'node:fs';
import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {withGeneratedParts} from '../scripts/readme.ts';
import {exercises} from '../source/engine/exercises/exercises.ts';
import {runProgram} from './helpers/run-program.ts';
import {temporaryFolder} from './helpers/temporary-folder.ts';

const root = path.join(import.meta.dirname, '..');
test('the readme has the keys and the options that the program has', async t => {
	const readme = await readFile(path.join(root, 'readme.md'), 'utf8');
	t.is(withGeneratedParts(readme), readme, 'npm run readme writes them anew');
});

test('every picture that the readme shows is there, and is well-formed', async t => {
	const readme = await readFile(path.join(root, 'readme.md'), 'utf8');
	const pictures = [...readme.matchAll(/\((docs\/[\w.]+\.svg)\)/g)].map(([, file]) => file);
	t.true(pictures.length >= 2);
	for (const file of pictures) {
		const svg = await readFile(path.join(root, file!), 'utf8');
		t.regex(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*>\n<title>[^<]+<\/title>/);
		t.is(svg.match(/<text\b/g)?.length, svg.match(/<\/text>/g)?.length);
		t.regex(svg, /socket-playground/);
	}
});

/** The pages of the repository, by their paths in it. */
const pages = globSync(['*.md', 'docs/*.md'], {cwd: root}).map(page =>
	({page, text: readFileSync(path.join(root, page), 'utf8')}));

/** The name by which GitHub links to a heading. */
function anchorOf(heading: string): string {
	return heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
}

test('every link of a page to a file, or to a heading, leads somewhere', t => {
	for (const {page, text} of pages) {
		for (const [, link = ''] of text.replaceAll(/```.*?```|`[^`\n]+`/gs, '').matchAll(/]\(([^)]+)\)/g)) {
			const [file = '', anchor] = link.split('#');
			const target = file === '' ? page : path.join(path.dirname(page), file);
			const found = pages.find(({page}) => page === target);
			t.true(link.startsWith('https:') || globSync(target, {cwd: root}).length === 1, `${link} in ${page}`);
			if (found && anchor !== undefined) {
				const anchors = [...found.text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
				t.true(anchors.includes(anchor), `${link} in ${page}`);
			}
		}
	}
});

test('every source file that a page names is there, and so is every command of npm', async t => {
	const all = globSync('{.github,bench,docs,scripts,soak,source,test}/**/*.*', {cwd: root, exclude: ['test/fixtures']});
	const {scripts} = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {readonly scripts: Readonly<Record<string, string>>};
	for (const {page, text} of pages) {
		for (const [, name = ''] of text.matchAll(/`([\w./-]+\.tsx?)`/g)) {
			t.true(all.some(file => `/${file}`.endsWith(`/${name}`)) || name === 'cli.tsx', `${name} in ${page}`);
		}

		for (const [, name = ''] of text.matchAll(/npm run ([a-z]+)/g)) {
			t.true(name in scripts, `npm run ${name} in ${page}`);
		}
	}
});

test('the page of exercises names every check of each', t => {
	const sections = pages.find(({page}) => page === 'docs/exercises.md')!.text.split(/^### /m);
	for (const {name, checks} of exercises.values()) {
		const section = sections.find(text => text.split('\n', 1)[0]!.split(', ').includes(name)) ?? '';
		const named = section.split('\n').filter(line => line.startsWith('|')).map(line => line.split('|')[1]).join('');
		t.deepEqual(checks.map(({name}) => name).filter(name => !named.includes(`\`${name}\``)), [], `${name}`);
	}
});

test('the animated picture moves by itself, stands still for whoever asks for that, and is not large', async t => {
	const svg = await readFile(path.join(root, 'docs/tour.svg'), 'utf8');
	t.true(svg.length < 300_000, `${svg.length}`);
	t.notRegex(svg, /<script|href=|url\(|@import/);
	t.regex(svg, /prefers-reduced-motion/);
	const rule = /@keyframes (?<name>f\d+){.*?}}\.\1{visibility:(?<rest>\w+);animation:\1 (?<time>[\d.]+)s step-end infinite}/g;
	const animations = Array.from(svg.matchAll(rule), ({groups}) => groups ?? {});
	t.true(animations.length > 20);
	t.is(new Set(animations.map(({time}) => time)).size, 1);
	for (const {name} of animations) {
		t.true(svg.includes(`<g class="${name}">`), `${name}`);
	}

	const last = new Set(animations.filter(({rest}) => rest === 'visible').map(({name}) => name));
	const still = [...svg.matchAll(/<g class="(f\d+)">.*?<\/g>/g)].filter(([, name = '']) => last.has(name));
	t.regex(still.join(''), /SYN/);
	t.regex(await readFile(path.join(root, 'readme.md'), 'utf8'), /^# socket-playground\n\n!\[[^\]]+]\(docs\/tour\.svg\)/);
});

test('the package is small, needs no other, and runs from an empty folder with npx', async t => {
	const folder = await temporaryFolder(t);
	const environment = {
		...process.env,
		npm_config_cache: path.join(folder, 'cache'),
		npm_config_offline: 'true',
		npm_config_update_notifier: 'false',
	};
	await runProgram('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
		cwd: root,
		env: environment,
	});
	const files = await readdir(folder);
	const tarball = files.find(name => name.endsWith('.tgz')) ?? '';
	const {size} = await stat(path.join(folder, tarball));
	t.true(size < 1_100_000, `${tarball} has ${size} bytes`);
	const {stdout} = await runProgram(
		'npx',
		['--yes', '--package', path.join(folder, tarball), 'socket-playground', '--version'],
		{cwd: folder, env: environment},
	);
	t.regex(stdout, /^\d+\.\d+\.\d+\n$/);
});

test('what is built asks of node:module only what the oldest Node has', async t => {
	const folder = path.join(root, 'dist');
	const names = new Set<string>();
	for (const file of await readdir(folder)) {
		const code = file.endsWith('.js') ? await readFile(path.join(folder, file), 'utf8') : '';
		for (const [, imported = ''] of code.matchAll(/import\s*{([^}]*)}\s*from\s*"node:module"/g)) {
			for (const name of imported.split(',')) {
				names.add(name.trim().split(' as ')[0]!);
			}
		}
	}

	// A name that the module lacks ends the program before it can say which Node it needs (getCompileCacheDir: 22.8).
	t.deepEqual([...names].toSorted(), ['createRequire']);
});

/** The texts of built modules, and of all that they load before they run, by the files' names. */
async function loadedWith(modules: readonly string[]): Promise<ReadonlyMap<string, string>> {
	const texts = new Map<string, string>();
	const load = async (module: string): Promise<void> => {
		const text = await readFile(path.join(root, 'dist', module), 'utf8');
		texts.set(module, text);
		for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+)"/g)) {
			await (texts.has(imported) ? undefined : load(imported));
		}
	};

	for (const module of modules) {
		await load(module);
	}

	return texts;
}

async function textOf(...modules: readonly string[]): Promise<string> {
	const texts = await loadedWith(modules);
	return [...texts.values()].join('');
}

test('what starts is loaded from few files: each takes a millisecond', async t => {
	const files = await readdir(path.join(root, 'dist'));
	const runScreen = files.find(name => name.startsWith('main-run-screen')) ?? '';
	const screen = await loadedWith(['main.js', 'screen.js', 'open-screen.js', runScreen]);
	t.true(screen.size <= 16, [...screen.keys()].join(' '));
	const engine = await loadedWith(['engine.js']);
	t.true(engine.size <= 4, [...engine.keys()].join(' '));
	for (const headless of ['serve.js', 'send.js', 'relay.js', 'check.js']) {
		const loaded = await loadedWith([headless]);
		t.true(loaded.size <= 10, [...loaded.keys()].join(' '));
	}

	// What the thread waits for is small: it is started before the options are read.
	const learn = files.find(name => name.startsWith('main-learn')) ?? '';
	for (const entry of ['screen.js', learn]) {
		const starter = await textOf('main.js', entry);
		t.true(starter.length < 60_000, `${entry}: ${starter.length}`);
		t.true(starter.includes('EngineClient=class'), entry);
	}
});

test('what a subcommand or the engine may not need is not loaded with it', async t => {
	const [screen, lessons, exercises] = ['useSyncExternalStore', 'LessonRoom=class', 'ExerciseRun=class'];
	for (const [module, ...absent] of [
		['serve.js', screen, lessons, exercises],
		['send.js', screen, lessons, exercises],
		['relay.js', screen, lessons, exercises],
		['check.js', screen],
		['engine.js', screen, exercises],
	] as const) {
		const text = await textOf(module);
		for (const name of absent) {
			t.false(text.includes(name), `${name} in ${module}`);
		}
	}

	const built = await readdir(path.join(root, 'dist'));
	const lines = built.find(name => name.startsWith('main-lesson-lines')) ?? '';
	const listing = await textOf('main.js', lines);
	t.false(listing.includes(screen), 'learn --list');
	const all = await Promise.all(built.filter(name => name.endsWith('.js')).map(async name => textOf(name)));
	for (const name of [screen, lessons, exercises]) {
		t.true(all.some(text => text.includes(name)), `${name} is nowhere`);
	}
});
