/* A YAML file read piece by piece; what is wrong is noted with its line and column. */
import {
	type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar,
} from 'yaml';
import {readHex} from '../hex.ts';
import {readDuration} from '../quantities.ts';
import type {Allowed} from './allowed.ts';
import {type Fault, type FileProblem, saidText} from './file-problem.ts';

/** A part of the file; undefined where nothing stands. */
export type YamlNode = Node | undefined;

/** The values of a map by their keys, and where it is. */
export type YamlMap = {
	readonly node: Node;
	/** How many keys it has, known or not. */
	readonly size: number;
	readonly get: (key: string) => YamlNode;
	readonly has: (key: string) => boolean;
	/** What stands behind a key, as this reads it, which is also told the key; undefined where there is none. */
	readonly read: <Value>(key: string, read: (node: Node, key: string) => Value) => Value | undefined;
};

type MapShape = {
	/** What it is, as in `unknown key 'x' in a step`. */
	readonly what: string;
	readonly keys: readonly string[];
	readonly required?: readonly string[];
	/** What is said beside an unknown key. */
	readonly hint?: string;
};

/** The parser quotes what it did not expect, whole: of that a line has this many characters. */
const maxQuoted = 160;

/** Reads the parts of a file, and notes what is wrong with them. */
export class YamlReader {
	readonly source: string;
	readonly #problems: Array<Required<FileProblem>> = [];
	readonly #document: Document;
	readonly #lines = new LineCounter();

	constructor(source: string) {
		this.source = source;
		const document = parseDocument(source, {lineCounter: this.#lines});
		this.#document = document;
		for (const {code, message, pos: [offset]} of document.errors) {
			const [first = ''] = message.split('\n');
			const text = saidText(first.replace(/ at line \d+, column \d+:?$/, ''), maxQuoted);
			// A mapping inside a text, or a text that is cut at a comma or a brace.
			const isSlip = ['BLOCK_AS_IMPLICIT_KEY', 'UNEXPECTED_TOKEN', 'MISSING_CHAR', 'BAD_SCALAR_START'].includes(code);
			// What follows in the same line follows from it.
			const {line} = this.#lines.linePos(offset);
			if (!this.#problems.some(problem => problem.line === line)) {
				this.failAt(offset, ['yaml', text, isSlip, code]);
			}
		}
	}

	get root(): YamlNode {
		return this.#document.contents ?? undefined;
	}

	/** What is wrong, in the order of the file. */
	get problems(): readonly FileProblem[] {
		return this.#problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
	}

	/** Note what is wrong at a part of the file, or where it is missing at the part that should have it. */
	fail(node: YamlNode, fault: Fault): void {
		this.failAt(node?.range?.[0] ?? 0, fault);
	}

	/** Note what is wrong at a place, in characters from the file's beginning. */
	failAt(offset: number, fault: Fault): void {
		const {line, col} = this.#lines.linePos(offset);
		this.#problems.push({line, column: col, fault});
	}

	/** Where a piece of text stands that is a part of this node's. */
	offsetOf(node: Node, piece: string): number {
		const [from = 0, to = 0] = node.range ?? [];
		const found = this.source.indexOf(piece, from);
		return found === -1 || found > to ? from : found;
	}

	/** A map that has these keys, and no others. */
	mapping(node: YamlNode, {what, keys, required = [], hint}: MapShape): YamlMap | undefined {
		const target = this.#resolved(node);
		if (!isMap(target)) {
			this.fail(node, ['map', what, keys, target !== undefined]);
			return undefined;
		}

		const values = new Map<string, Node>();
		for (const {key, value} of target.items) {
			const name = isScalar(key) ? scalarText(key) : undefined;
			if (name !== undefined && keys.includes(name)) {
				values.set(name, (value ?? key) as Node);
			} else {
				this.fail(key as Node, unknownName('key', name ?? '', what, keys, hint));
			}
		}

		const missing = required.filter(key => !values.has(key));
		if (missing.length > 0) {
			this.fail(target, ['missing', what, missing]);
		}

		return {
			node: target,
			size: target.items.length,
			get: key => values.get(key),
			has: key => values.has(key),
			read: (key, read) => values.has(key) ? read(values.get(key)!, key) : undefined,
		};
	}

	/** The entries of a map whose keys are names that the file chooses, in its order. */
	named(
		node: YamlNode,
		what: string,
	): ReadonlyArray<{readonly key: Node; readonly name: string; readonly value: Node}> {
		const target = this.#resolved(node);
		if (!isMap(target) || target.items.length === 0) {
			this.fail(node, ['names', what, target !== undefined]);
			return [];
		}

		return target.items.map(({key, value}) => ({
			key: key as Node, name: isScalar(key) ? scalarText(key) : '', value: (value ?? key) as Node,
		}));
	}

	/** The one key of a map, among these, that names its kind. @param besides - keys that may stand beside it */
	onlyKey<Key extends string>(
		map: YamlMap,
		keys: readonly Key[],
		what: string,
		besides: readonly string[] = [],
	): Key | undefined {
		const [first, ...others] = keys.filter(key => map.has(key));
		if (first === undefined || others.length > 0) {
			// A key that is not known has been told already.
			const isTold = first === undefined && map.size > 0 && !besides.some(key => map.has(key));
			if (!isTold) {
				this.fail(map.node, ['oneKey', what, keys]);
			}

			return undefined;
		}

		return first;
	}

	/** The names of a map's keys that are among these, whatever else it has: to tell which kind of thing it is. */
	keysAmong(node: YamlNode, names: readonly string[]): readonly string[] | undefined {
		const target = this.#resolved(node);
		return isMap(target)
			? target.items.flatMap(({key}) => isScalar(key) && names.includes(scalarText(key)) ? [scalarText(key)] : [])
			: undefined;
	}

	/** The entries of a list, at least one. */
	list(node: YamlNode, what: string): readonly Node[] {
		const target = this.#resolved(node);
		if (!isSeq(target) || target.items.length === 0) {
			this.fail(node, ['list', what]);
			return [];
		}

		return target.items as Node[];
	}

	/** The entries of a list, or one that stands alone. */
	oneOrMore(node: YamlNode, what: string): readonly Node[] {
		const target = this.#resolved(node);
		return isSeq(target) ? this.list(node, what) : (target ? [target] : []);
	}

	/** A text as it is written: `5` and `true` are texts, too. */
	text(node: YamlNode, what: string): string | undefined {
		const target = this.#resolved(node);
		if (isScalar(target) && target.value !== null) {
			return scalarText(target);
		}

		this.fail(node, ['text', what]);
		return undefined;
	}

	/** A text with every space and line feed that it has. */
	rawText(node: YamlNode, what: string): string | undefined {
		const target = this.#resolved(node);
		return isScalar(target) && typeof target.value === 'string' ? target.value : this.text(node, what);
	}

	choice<Choice extends string>(node: YamlNode, what: string, choices: readonly Choice[]): Choice | undefined {
		const find = (text: string): Choice | undefined => choices.find(choice => choice === text);
		return this.value(node, what, find, text => wrongWord(what, text, choices));
	}

	/** A whole number in this range. */
	integer(node: YamlNode, what: string, least: number, most: number): number | undefined {
		const read = (text: string): number | undefined =>
			/^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined;
		return this.value(node, what, read, text => ['integer', what, least, most, text]);
	}

	hex(node: YamlNode): Uint8Array | undefined {
		const text = this.text(node, 'hex') ?? '';
		const read = readHex(text);
		if ('bytes' in read) {
			return read.bytes;
		}

		this.fail(node, ['hex', 'hex', text.slice(read.index)]);
		return undefined;
	}

	/** A duration, in milliseconds. */
	duration(node: YamlNode, what: string): number | undefined {
		return this.value(node, what, text => readDuration(text), text => ['duration', what, text]);
	}

	isMap(node: YamlNode): boolean {
		return isMap(this.#resolved(node));
	}

	isList(node: YamlNode): boolean {
		return isSeq(this.#resolved(node));
	}

	boolean(node: YamlNode, what: string): boolean | undefined {
		const text = this.choice(node, what, ['true', 'false']);
		return text === undefined ? undefined : text === 'true';
	}

	/** Every text that stands behind a key of this name, anywhere in the file. */
	textsOf(name: string): readonly string[] {
		const found: string[] = [];
		const look = (node: unknown): void => {
			if (isMap(node)) {
				for (const {key, value} of node.items) {
					if (isScalar(key) && key.value === name && isScalar(value)) {
						found.push(scalarText(value));
					}

					look(value);
				}
			} else if (isSeq(node)) {
				for (const item of node.items) {
					look(item);
				}
			}
		};

		look(this.root);
		return found;
	}

	/** What a text stands for. @param fault - what is wrong where `read` finds nothing, or what it is to be */
	value<Value>(
		node: YamlNode,
		what: string,
		read: (text: string) => Value | undefined,
		fault: Allowed | ((text: string) => Fault),
	): Value | undefined {
		const text = this.text(node, what);
		const value = text === undefined ? undefined : read(text);
		if (value === undefined && text !== undefined) {
			this.fail(node, typeof fault === 'function' ? fault(text) : ['value', what, fault, text]);
		}

		return value;
	}

	#resolved(node: YamlNode): Node | undefined {
		return isAlias(node) ? node.resolve(this.#document) : node ?? undefined;
	}
}

/** A word that is none of those allowed. */
export function wrongWord(what: string, word: string, allowed: readonly string[]): Fault {
	return ['word', what, word, allowed];
}

/** A name that is not known. @param hint - what is said beside it */
export function unknownName(kind: string, name: string, where: string, allowed: readonly string[], hint = ''): Fault {
	return ['unknown', kind, name, where, allowed, hint];
}

/** The text of a scalar: as it is written where it is not quoted. */
function scalarText(scalar: Scalar): string {
	const {value, source, type} = scalar;
	if (type === 'PLAIN' && typeof value !== 'string') {
		return source ?? String(value);
	}

	// Spaces and line ends in quotes are meant.
	return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? String(value) : String(value).trim();
}
