import {readFileSync, globSync} from 'node:fs';
import test from 'ava';
import ts from 'typescript';
import {subcommands} from '../source/commands/subcommands.ts';
import {exerciseNames} from '../source/engine/api/exercise.ts';
import {experimentNames} from '../source/engine/api/experiment.ts';
import {eventTypes} from '../source/log/event-kinds.ts';
import {replyRules} from '../source/replies/reply-rule.ts';
import {overlays} from '../source/screen/overlays/registry.ts';
import {viewKinds} from '../source/screen/panes/views.ts';

/** A kind of thing that a registry lists: the names there, and in how many source files one may be spelled out. */
type Registry = {
	readonly names: readonly string[];
	readonly most: number;
	/** Files that are looked at, where the names are words that mean other things elsewhere. */
	readonly among?: RegExp;
};

/** Of each registry, a row. */
const registries: Readonly<Record<string, Registry>> = {
	'event kind': {names: eventTypes, most: 5},
	'reply rule': {names: replyRules, most: 3},
	overlay: {names: Object.keys(overlays), most: 3},
	view: {names: Object.keys(viewKinds), most: 3},
	experiment: {names: experimentNames, most: 3},
	exercise: {names: exerciseNames, most: 3},
	subcommand: {names: subcommands.flatMap(({name}) => name ?? []), most: 3, among: /commands\/|headless\/|cli\.tsx/},
};

/** Sentences and templates are written for each kind: they are not counted. */
const uncounted = /\/(?:words|templates)\//;

/** What has a value, or a type, by its name in an object. */
function isProperty(node: ts.Node): node is ts.Node & {readonly name: ts.PropertyName} {
	return ts.isPropertyAssignment(node) || ts.isPropertySignature(node) || ts.isShorthandPropertyAssignment(node)
		|| ts.isMethodDeclaration(node) || ts.isMethodSignature(node);
}

/** The string literals, and the names of properties and methods, of a source file. */
function literalsOf(file: string): ReadonlySet<string> {
	const literals = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) {
			literals.add(node.text);
		} else if (isProperty(node) && ts.isIdentifier(node.name)) {
			literals.add(node.name.text);
		}

		ts.forEachChild(node, visit);
	};

	visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
	return literals;
}

const files = new Map(globSync(['source/**/*.{ts,tsx}', 'cli.tsx'])
	.filter(file => !uncounted.test(file))
	.map(file => [file, literalsOf(file)]));

for (const [registry, {names, most, among = /./}] of Object.entries(registries)) {
	test(`what the program knows of each ${registry} is in one place: at most ${most} files spell its name`, t => {
		t.true(names.length > 0);
		const spread = names
			.map(name => ({
				name,
				files: [...files]
					.filter(([file, literals]) => among.test(file) && literals.has(name))
					.map(([file]) => file),
			}))
			.filter(({files: {length}}) => length > most);
		t.deepEqual(spread, []);
	});
}
