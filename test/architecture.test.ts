import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '..');

/** The rooms of `source/`, lowest first. Those that share a line do not know each other. */
const floors = [
	['text'],
	['log'],
	['views', 'flow', 'link', 'replies'],
	['sockets'],
	['programs', 'lessons', 'messages'],
	['engine'],
	['screen'],
	['headless'],
	['commands'],
] as const;

/** The rooms of the engine, lowest first, below its own files. */
const engineRooms = ['api', 'scene', 'laboratory', 'exercises', 'lesson'];

/** Files that belong to no room, since they come before any: nothing but each other and cli.tsx imports them. */
const entries = new Set(['source/bin.ts', 'source/node-version.ts']);

type Name = {readonly name: string; readonly isType: boolean};

/** One import, export-from, import() or import type: a path stands as one from the root. */
type Import = {
	readonly from: string;
	readonly target: string;
	readonly names: readonly Name[];
	readonly isType: boolean;
	/** Whether what it names is exported again. */
	readonly isExport: boolean;
};

function targetOf(from: string, specifier: ts.Node): string {
	const {text} = specifier as ts.StringLiteral;
	return text.startsWith('.') ? path.relative(root, path.resolve(root, path.dirname(from), text)) : text;
}

function importOf(from: string, statement: ts.ImportDeclaration | ts.ExportDeclaration): Import | undefined {
	if (!statement.moduleSpecifier) {
		return undefined;
	}

	const isImport = ts.isImportDeclaration(statement);
	const clause = isImport ? statement.importClause : undefined;
	const bindings = isImport ? clause?.namedBindings : statement.exportClause;
	const isWhole = isImport ? clause?.phaseModifier === ts.SyntaxKind.TypeKeyword : statement.isTypeOnly;
	const isList = bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings));
	const elements = isList ? [...bindings.elements] : [];
	const names = elements.map(({name, propertyName, isTypeOnly}) => ({
		name: (propertyName ?? name).text, isType: isWhole || isTypeOnly,
	}));
	return {
		from,
		target: targetOf(from, statement.moduleSpecifier),
		names,
		isType: isWhole || (!clause?.name && names.length > 0 && names.every(({isType}) => isType)),
		isExport: !isImport,
	};
}

/** Everything that a file imports, wherever in it, types included. */
function importsOf(from: string, code: string): Import[] {
	const found: Import[] = [];
	const look = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
			const statement = importOf(from, node);
			if (statement) {
				found.push(statement);
			}
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			found.push({
				from, target: targetOf(from, node.argument.literal), names: [], isType: true, isExport: false,
			});
		} else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
			const [specifier] = node.arguments;
			if (specifier && ts.isStringLiteral(specifier)) {
				found.push({
					from, target: targetOf(from, specifier), names: [], isType: false, isExport: false,
				});
			}
		}

		ts.forEachChild(node, look);
	};

	look(ts.createSourceFile(
		from,
		code,
		ts.ScriptTarget.Latest,
		true,
		from.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
	));
	return found;
}

const names = await readdir(path.join(root, 'source'), {recursive: true});
const files = names.filter(file => /\.tsx?$/.test(file)).map(file => path.join('source', file));
const importsByFile = await Promise.all(files.map(async file =>
	importsOf(file, await readFile(path.join(root, file), 'utf8'))));
const all = importsByFile.flat();
const inside = all.filter(({target}) => target.startsWith('source/'));

function isIn(file: string, ...folders: readonly string[]): boolean {
	return folders.some(folder => file.startsWith(`source/${folder}/`));
}

function roomOf(file: string): string {
	return file.split('/')[1] ?? '';
}

function floorOf(file: string): number {
	return floors.findIndex(rooms => rooms.some(room => isIn(file, room)));
}

/** The engine's own files lie above its rooms. */
function engineFloorOf(file: string): number {
	const floor = engineRooms.findIndex(room => isIn(file, `engine/${room}`));
	return floor === -1 ? engineRooms.length : floor;
}

function show(wrong: readonly Import[]): string[] {
	return wrong.map(({from, target}) => `${from} imports ${target}`);
}

test('every file is in a room', t => {
	t.deepEqual(files.filter(file => floorOf(file) === -1 && !entries.has(file)), []);
	t.true(all.length > 500);
});

test('a folder has at least three files, and at most sixteen', t => {
	const folders = Map.groupBy(files.filter(file => !entries.has(file)), file => path.dirname(file));
	const wrong = [...folders].filter(([, {length}]) => length < 3 || length > 16);
	t.deepEqual(wrong.map(([folder, {length}]) => `${folder} has ${length} files`), []);
});

test('each room knows only rooms below it, its own files, and none beside it', t => {
	const wrong = inside.filter(({from, target}) =>
		!entries.has(from)
		&& roomOf(from) !== roomOf(target)
		&& (floorOf(target) >= floorOf(from) || entries.has(target)));
	t.deepEqual(show(wrong), []);
});

test('in the engine its API knows no other room, scenes know the API, the laboratory both, and lessons all', t => {
	const wrong = inside.filter(({from, target}) =>
		isIn(from, 'engine') && isIn(target, 'engine') && engineFloorOf(target) > engineFloorOf(from));
	t.deepEqual(show(wrong), []);
});

test('imports go round in no circle, type imports included', t => {
	const graph = Map.groupBy(inside, ({from}) => from);
	const done = new Set<string>();
	const circles: string[] = [];
	const walk = (file: string, trail: readonly string[]): void => {
		if (trail.includes(file)) {
			circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
		} else if (!done.has(file)) {
			for (const {target} of graph.get(file) ?? []) {
				walk(target, [...trail, file]);
			}

			done.add(file);
		}
	};

	for (const file of files) {
		walk(file, []);
	}

	t.deepEqual(circles, []);
});

test('a name is imported from where it lives: nothing is exported again', t => {
	// The words' type is that of the English ones, and goes with the choice among the languages.
	t.deepEqual(show(all.filter(({from, isExport}) => isExport && from !== 'source/screen/words/words.ts')), []);
});

test('the log, views, the flow diagram, the link and replies use no package, and neither input nor output of Node', t => {
	const fine = new Set(['node:buffer', 'node:crypto', 'node:timers/promises']);
	const wrong = all.filter(({from, target}) =>
		isIn(from, 'log', 'views', 'flow', 'link', 'replies') && !target.startsWith('source/') && !fine.has(target));
	t.deepEqual(show(wrong), []);
});

test('what the engine answers with is values: how wide text is, and what is safe to draw, is known to who draws', t => {
	const rooms = ['log', 'views', 'flow', 'link', 'sockets', 'messages', 'lessons', 'engine'];
	t.deepEqual(show(inside.filter(({from, target}) =>
		isIn(from, ...rooms) && !isIn(from, 'flow/drawing') && isIn(target, 'text/width'))), []);
});

test('only sockets use Node\'s sockets and its look-ups of names; texts use two pure functions of node:net', t => {
	const modules = new Set(['node:net', 'node:dgram', 'node:dns', 'node:dns/promises', 'node:tls']);
	const pure = new Set(['isIP', 'SocketAddress']);
	const wrong = all.filter(({from, target, names, isType}) =>
		modules.has(target)
		&& !isIn(from, 'sockets')
		&& !isType
		&& !(isIn(from, 'text') && names.every(({name}) => pure.has(name))));
	t.deepEqual(show(wrong), []);
});

test('the engine\'s API is plain data: it imports types only', t => {
	t.deepEqual(show(all.filter(({from, isType}) => isIn(from, 'engine/api') && !isType)), []);
});

test('nothing below the screen uses React or Ink', t => {
	const wrong = all.filter(({from, target}) =>
		/^(?:react|ink)(?:[-/]|$)/.test(target) && !isIn(from, 'screen', 'commands'));
	t.deepEqual(show(wrong), []);
});

/** What brings a parser of YAML with it, and is loaded when a file is to be read; and what loads it. */
const onDemand = new Map([
	['source/replies/rule-table.ts', 'source/engine/scene/rules-file.ts'],
	['source/messages/parse-messages.ts', 'source/messages/messages-file.ts'],
]);

/** The files that are loaded with a file, and the packages and modules of Node among them. */
function loadedWith(file: string): Set<string> {
	const loaded = new Set<string>();
	const load = (name: string): void => {
		if (!loaded.has(name)) {
			loaded.add(name);
			for (const {from, target, isType} of all) {
				if (from === name && !isType && !onDemand.has(target)) {
					load(target);
				}
			}
		}
	};

	load(file);
	return loaded;
}

for (const [file, loader] of onDemand) {
	test(`${file}, which reads YAML, is only loaded when it is asked for`, async t => {
		const [only, ...others] = all.filter(({target}) => target === file);
		t.is(only?.from, loader);
		t.deepEqual(others, []);
		t.regex(await readFile(path.join(root, loader), 'utf8'), new RegExp(String.raw`await import\('.*/${path.basename(file)}'\)`));
	});
}

for (const command of ['serve', 'send']) {
	test(`${command} loads nothing of Ink, and of the engine nothing that it does not need`, t => {
		const loaded = [...loadedWith(`source/commands/${command}.ts`)];
		t.true(loaded.length > 50);
		const rooms = ['engine/laboratory', 'flow', 'programs', 'screen/ink', 'screen/state'];
		t.deepEqual(loaded.filter(name => name.endsWith('.tsx') || isIn(name, ...rooms)), []);
		const packages = loaded.filter(name => !name.startsWith('source/') && !name.startsWith('node:'));
		t.deepEqual(packages.toSorted(), ['chalk', 'string-width']);
	});
}

/** What the screen may run of the rooms that do what a socket does: data, and how it is written and read. */
const screenValues = new Set([
	'source/engine/api/exercise.ts',
	'source/engine/api/experiment.ts',
	'source/log/event-kinds.ts',
	'source/log/calls/option-calls.ts',
	'source/log/calls/socket-option.ts',
	'source/sockets/limits.ts',
	'source/programs/languages.ts',
	'source/link/conditions.ts',
	'source/link/conditions-problem.ts',
	'source/link/conditions-text.ts',
	'source/link/presets.ts',
	'source/link/random.ts',
]);

test('the screen knows the engine by its API and its client\'s type, and no socket, log, program or link', t => {
	const wrong = inside.filter(({from, target, isType}) => {
		if (!isIn(from, 'screen') || screenValues.has(target)) {
			return false;
		}

		return isIn(target, 'engine')
			? !(isType && (isIn(target, 'engine/api') || target === 'source/engine/client.ts'))
			: isIn(target, 'sockets') || (isIn(target, 'log', 'programs', 'link') && !isType);
	});
	t.deepEqual(show(wrong), []);
});

/** What needs the time of day, and where it is read. Durations, rates and limits are of the monotonic clock. */
const timesOfDay = new Map([
	['source/log/log-clock.ts', 'labels of events'],
	['source/engine/scene/panes/pane-messages.ts', 'a placeholder of saved messages'],
	['source/commands/send-job.ts', 'the same without a screen'],
	['source/headless/json-line.ts', 'labels of lines'],
	['source/screen/save/scene-head.ts', 'when a view was saved'],
	['source/screen/save/saved-scene.ts', 'when a scene was saved'],
]);

/** The wall clock is read: Date.now(), new Date() without a time, Date(), or by way of performance.timeOrigin. */
function readsWallClock(node: ts.Node): boolean {
	const isDate = (name: ts.Node): boolean => ts.isIdentifier(name) && name.text === 'Date';
	return (ts.isPropertyAccessExpression(node) && isDate(node.expression) && node.name.text === 'now')
		|| (ts.isPropertyAccessExpression(node) && node.name.text === 'timeOrigin')
		|| (ts.isNewExpression(node) && isDate(node.expression) && (node.arguments?.length ?? 0) === 0)
		|| (ts.isCallExpression(node) && isDate(node.expression));
}

test('the wall clock is read only where the time of day is told', async t => {
	const readers = await Promise.all(files.map(async file => {
		let isReader = false;
		const look = (node: ts.Node): void => {
			isReader ||= readsWallClock(node);
			ts.forEachChild(node, look);
		};

		const code = await readFile(path.join(root, file), 'utf8');
		if (/\b(?:Date|timeOrigin)\b/.test(code)) {
			look(ts.createSourceFile(file, code, ts.ScriptTarget.Latest));
		}

		return isReader ? [file] : [];
	}));
	t.deepEqual(readers.flat().toSorted(), [...timesOfDay.keys()].toSorted());
});

test('tests, bench, soak and scripts look at a terminal with one emulator', async t => {
	const folders = ['test', 'bench', 'soak', 'scripts'];
	const listed = await Promise.all(folders.map(async folder => {
		const inside = await readdir(path.join(root, folder), {recursive: true});
		return inside.map(file => path.join(folder, file)).filter(file => file.endsWith('.ts'));
	}));
	const emulators = await Promise.all(listed.flat().map(async file =>
		/(?:new|extends) xterm\.Terminal/.test(await readFile(path.join(root, file), 'utf8')) ? [file] : []));
	t.deepEqual(emulators.flat(), ['test/helpers/terminal-emulator.ts']);
});

/** The folders and files that a document names in backticks, and in the tree of a block of code. */
function pathsIn(document: string): Set<string> {
	const blocks = document.split('```');
	const inTree = blocks.filter((_, index) => index % 2 === 1)
		.flatMap(block => block.split(/[\s,:;()]+/))
		.filter(name => !name.startsWith('node:'));
	const inText = blocks.filter((_, index) => index % 2 === 0)
		.flatMap(text => [...text.matchAll(/`([^`\s]+)`/g)]).map(([, name = '']) => name);
	return new Set([...inTree, ...inText].filter(name => /\.(?:tsx?|md|json)$|[\w-]\/$/.test(name)));
}

test('docs/architecture.md names only files and folders that there are', async t => {
	const folders = ['source', 'test', 'docs', 'scripts', 'bench'];
	const below = await Promise.all(folders.map(async folder => {
		const entries = await readdir(path.join(root, folder), {recursive: true, withFileTypes: true});
		return entries.map(entry =>
			`/${path.relative(root, path.join(entry.parentPath, entry.name))}${entry.isDirectory() ? '/' : ''}`);
	}));
	const there = [...folders.map(folder => `/${folder}/`), '/cli.tsx', '/CHANGELOG.md', '/readme.md', ...below.flat()];
	const named = [...pathsIn(await readFile(path.join(root, 'docs/architecture.md'), 'utf8'))];
	t.true(named.length > 150);
	t.deepEqual(named.filter(name => !there.some(place => place.endsWith(`/${name}`))), []);
});
