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
import type {RowsKind} from '../source/views/rows.ts';

/** A kind of thing that a registry lists: the names there, and in how many source files one may be spelled out. */
type Registry = {
	readonly names: readonly string[];
	readonly most: number;
	/** Files that are looked at, where the names are words that mean other things elsewhere. */
	readonly among?: RegExp;
	/** Whether the names are words with other meanings in the same files: only those count that are kinds of rows. */
	readonly areRows?: true;
};

/**
Whether a literal is a kind of a pane's rows, by where it stands: in the type of them, as a value of `kind`, or, in a
file that knows that type, as what a function gets or gives.
*/
function isRowsKind(literal: ts.StringLiteralLike): boolean {
	const {parent} = literal;
	if (ts.isLiteralTypeNode(parent)) {
		return ts.isTypeAliasDeclaration(parent.parent.parent) && parent.parent.parent.name.text === 'RowsKind';
	}

	if (ts.isBinaryExpression(parent)) {
		return /\bkind$/.test(parent.left.getText());
	}

	if (ts.isPropertyAssignment(parent)) {
		return parent.name.getText() === 'kind';
	}

	return (ts.isParameter(parent) || ts.isCallExpression(parent) || ts.isConditionalExpression(parent))
		&& /\bRowsKind\b/.test(literal.getSourceFile().text);
}

/** All kinds of rows: as an object, of which the compiler says where one is missing. */
const rowsKinds: Readonly<Record<RowsKind, true>> = {messages: true, calls: true, bytes: true};

/** Of each registry, a row. */
const registries: Readonly<Record<string, Registry>> = {
	'event kind': {names: eventTypes, most: 5},
	'reply rule': {names: replyRules, most: 3},
	overlay: {names: Object.keys(overlays), most: 3},
	view: {names: Object.keys(viewKinds), most: 3},
	experiment: {names: experimentNames, most: 3},
	exercise: {names: exerciseNames, most: 3},
	'kind of rows': {names: Object.keys(rowsKinds), most: 5, areRows: true},
	subcommand: {names: subcommands.flatMap(({name}) => name ?? []), most: 3, among: /commands\/|headless\/|cli\.tsx/},
};

/** Sentences and templates are written for each kind: they are not counted. */
const uncounted = /\/(?:words|templates)\//;

/** What has a value, or a type, by its name in an object. */
function isProperty(node: ts.Node): node is ts.Node & {readonly name: ts.PropertyName} {
	return ts.isPropertyAssignment(node) || ts.isPropertySignature(node) || ts.isShorthandPropertyAssignment(node)
		|| ts.isMethodDeclaration(node) || ts.isMethodSignature(node);
}

/** What a source file spells out: string literals, names of properties and methods; and which are kinds of rows. */
type Literals = {readonly all: ReadonlySet<string>; readonly rows: ReadonlySet<string>};

function literalsOf(file: string): Literals {
	const [all, rows] = [new Set<string>(), new Set<string>()];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) {
			all.add(node.text);
			if (node.text in rowsKinds && isRowsKind(node)) {
				rows.add(node.text);
			}
		} else if (isProperty(node) && ts.isIdentifier(node.name)) {
			all.add(node.name.text);
		}

		ts.forEachChild(node, visit);
	};

	visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
	return {all, rows};
}

const files = new Map(globSync(['source/**/*.{ts,tsx}', 'cli.tsx'])
	.filter(file => !uncounted.test(file))
	.map(file => [file, literalsOf(file)]));

for (const [registry, {names, most, among = /./, areRows}] of Object.entries(registries)) {
	test(`what the program knows of each ${registry} is in one place: at most ${most} files spell its name`, t => {
		t.true(names.length > 0);
		const spread = names
			.map(name => ({
				name,
				files: [...files]
					.filter(([file, {all, rows}]) => among.test(file) && (areRows ? rows : all).has(name))
					.map(([file]) => file),
			}))
			.filter(({files: {length}}) => length > most);
		t.deepEqual(spread, []);
	});
}
