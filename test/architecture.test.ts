import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '..');

type Import = {readonly from: string; readonly target: string; readonly isType: boolean};

/** Every import and export-from of a file; what is imported by a path stands as a path from the root. */
function importsOf(file: string, code: string): Import[] {
	const {statements} = ts.createSourceFile(
		file,
		code,
		ts.ScriptTarget.Latest,
		true,
		file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
	);
	return statements.flatMap(statement => {
		if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) || !statement.moduleSpecifier) {
			return [];
		}

		const {text} = statement.moduleSpecifier as ts.StringLiteral;
		const target = text.startsWith('.') ? path.relative(root, path.resolve(root, path.dirname(file), text)) : text;
		return [{from: file, target, isType: isTypeOnly(statement)}];
	});
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
	if (ts.isExportDeclaration(statement)) {
		return statement.isTypeOnly;
	}

	const clause = statement.importClause;
	const bindings = clause?.namedBindings;
	return (
		clause?.phaseModifier === ts.SyntaxKind.TypeKeyword
		|| (clause?.name === undefined
			&& bindings !== undefined
			&& ts.isNamedImports(bindings)
			&& bindings.elements.length > 0
			&& bindings.elements.every(element => element.isTypeOnly))
	);
}

const entries = await readdir(path.join(root, 'source'), {recursive: true});
const files = entries.filter(file => /\.tsx?$/.test(file)).map(file => path.join('source', file));
const importsByFile = await Promise.all(files.map(async file => importsOf(file, await readFile(path.join(root, file), 'utf8'))));
const all = importsByFile.flat();

function importsIn(folder: string): Import[] {
	return all.filter(({from}) => from.startsWith(`${folder}/`));
}

function show(wrong: readonly Import[]): string[] {
	return wrong.map(({from, target}) => `${from} imports ${target}`);
}

/** The door's types have a folder beside it. */
function isDoor(file: string): boolean {
	return file === 'source/engine/api/messages.ts' || file.startsWith('source/engine/door/');
}

/** These folders import, apart from Node and packages, nothing but themselves and these. */
const allowed: Readonly<Record<string, readonly string[]>> = {
	'source/text': [],
	'source/engine/events': [],
	'source/engine/sockets': ['source/engine/events', 'source/text'],
	'source/engine/replies': ['source/text'],
	'source/views': ['source/engine/events', 'source/text'],
};

for (const [folder, others] of Object.entries(allowed)) {
	test(`${folder} imports nothing of ours but itself${others.map(other => ` and ${other}`).join('')}`, t => {
		t.true(importsIn(folder).length > 0);
		t.deepEqual(show(importsIn(folder).filter(({target}) =>
			target.startsWith('source/') && ![folder, ...others].some(other => target.startsWith(`${other}/`)))), []);
	});
}

test('events import neither Node nor packages', t => {
	t.deepEqual(show(importsIn('source/engine/events').filter(({target}) => !target.startsWith('source/'))), []);
});

test('projections import events, views, the door\'s types and texts, and no sockets', t => {
	const fine = ['source/engine/events/', 'source/engine/projections/', 'source/text/', 'source/views/'];
	t.deepEqual(show(importsIn('source/engine/projections').filter(({target, isType}) =>
		!fine.some(start => target.startsWith(start)) && !(isDoor(target) && isType))), []);
});

test('the flow diagram imports events, texts and the door\'s types, and nothing that draws a screen', t => {
	const fine = ['source/flow/', 'source/engine/events/', 'source/text/'];
	t.true(importsIn('source/flow').length > 0);
	t.deepEqual(
		show(importsIn('source/flow').filter(({target, isType}) =>
			target.startsWith('source/')
			&& !fine.some(start => target.startsWith(start))
			&& !(isDoor(target) && isType))),
		[],
	);
});

test('the door is types, and is imported for its types only', t => {
	t.deepEqual(show(all.filter(({from, isType}) => isDoor(from) && !isType)), []);
	t.deepEqual(show(all.filter(({target, isType}) => isDoor(target) && !isType)), []);
});

test('nothing of the engine imports React, Ink or the screen', t => {
	const wrong = all.filter(({from, target}) => /^source\/(?:engine|text|views)\//.test(from)
		&& (/^(?:react|ink)(?:[-/]|$)/.test(target) || target.startsWith('source/screen/')));
	t.deepEqual(show(wrong), []);
});

test('the screen knows the door, and no socket, log or playground', t => {
	const nodes = new Set(['node:net', 'node:dgram', 'net', 'dgram', 'node:dns', 'node:tls']);
	t.true(importsIn('source/screen').length > 0);
	t.deepEqual(show(importsIn('source/screen').filter(({target}) => nodes.has(target))), []);
	const values = new Set([
		'source/engine/client.ts',
		'source/programs/languages.ts',
		'source/replies/reply-rule.ts',
		'source/sockets/addresses.ts',
		'source/sockets/limits.ts',
		// What conditions of the simulated link are, and how they are written: the link itself is not known.
		...[
			'conditions',
			'conditions-problem',
			'format-conditions',
			'parse-conditions',
			'presets',
			'quantities',
			'random',
		].map(name => `source/engine/sockets/link/${name}.ts`),
	]);
	t.deepEqual(show(importsIn('source/screen').filter(({target, isType}) =>
		target.startsWith('source/engine/') && !isType && !values.has(target))), []);
});

test('only sockets know Node\'s sockets', t => {
	const wrong = all.filter(({from, target, isType}) =>
		['node:net', 'node:dgram'].includes(target) && !isType && !from.startsWith('source/engine/sockets/'));
	t.deepEqual(show(wrong), []);
});

test('imports go round in no circle', t => {
	const graph = Map.groupBy(
		all.filter(({isType, target}) => !isType && target.startsWith('source/')),
		({from}) => from,
	);
	const done = new Set<string>();
	const circles: string[] = [];
	const walk = (file: string, trail: readonly string[]): void => {
		if (trail.includes(file)) {
			circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
			return;
		}

		if (!done.has(file)) {
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
