/* A table of reply rules, read from the text of a YAML file. */
import {setTimeout} from 'node:timers/promises';
import {
	type Codec, codecOf, readingOf, readText, Unwritable, utf8Codec, writtenIn,
} from '../text/encoding/codec.ts';
import {fileFault, type FileProblem} from '../text/files/file-problem.ts';
import {type YamlMap, type YamlNode, YamlReader} from '../text/files/yaml-reader.ts';
import {asError} from '../text/as-error.ts';
import type {RulePeer, RuleTable} from './custom-rule.ts';

/** Finds the bytes that an entry is for. */
type Match = (message: Uint8Array, codec: Codec) => MatchedText | undefined;

/** What a pattern has captured: by number, 0 for all of it, and by name. */
type MatchedText = {readonly captures: readonly string[]; readonly names: Readonly<Record<string, string>>};

/** One entry of a table: what it is for, and what is done then. */
type Entry = {
	readonly match: Match;
	readonly answer: ((matched: MatchedText, codec: Codec) => Uint8Array) | undefined;
	/** Milliseconds until it is done. */
	readonly delay: number;
	readonly ending: 'close' | 'reset' | undefined;
};

const noText: MatchedText = {captures: [], names: {}};

const matchKeys = ['exact', 'contains', 'regex', 'hex', 'any'] as const;
const answerKeys = ['text', 'hex', 'file'] as const;

/**
Read a table. The first entry that matches a message decides; a message that none matches is not answered.

@param readFile - the bytes of a file that an entry answers with; throws where there is none
@param codecs - what the text of those servers is in that use it: what one of them cannot write is a problem
*/
export function parseRuleTable(
	source: string,
	readFile: (path: string) => Uint8Array,
	codecs: readonly Codec[] = [utf8Codec],
): RuleTable | {readonly problems: readonly FileProblem[]} {
	const reader = new YamlReader(source);
	const map = reader.problems.length > 0
		? undefined
		: reader.mapping(reader.root, {what: 'a table of rules', keys: ['rules'], required: ['rules']});
	const nodes = map?.has('rules') ? reader.list(map.get('rules'), 'rules') : [];
	const entries = nodes.flatMap(node => parseEntry(node, {reader, readFile, codecs}) ?? []);
	if (reader.problems.length > 0) {
		return {problems: reader.problems};
	}

	return {
		entries: entries.length,
		async rule(message, peer) {
			const written = codecOf(peer.encoding);
			for (const entry of entries) {
				const matched = entry.match(message, written);
				if (matched) {
					return act(entry, matched, peer, written);
				}
			}

			return undefined;
		},
	};
}

async function act(
	{answer, delay, ending}: Entry,
	matched: MatchedText,
	peer: RulePeer,
	codec: Codec,
): Promise<undefined> {
	if (delay > 0) {
		await setTimeout(delay, undefined, {ref: false});
	}

	if (answer) {
		peer.send(answer(matched, codec));
	}

	if (ending) {
		peer[ending]();
	}
}

type Parser = {
	readonly reader: YamlReader;
	readonly readFile: (path: string) => Uint8Array;
	readonly codecs: readonly Codec[];
};

function parseEntry(node: YamlNode, parser: Parser): Entry | undefined {
	const {reader} = parser;
	const map = reader.mapping(node, {
		what: 'a rule', keys: ['match', 'answer', 'delay', 'close', 'reset'], required: ['match'],
	});
	const match = map?.has('match') ? parseMatch(map.get('match'), parser) : undefined;
	const answer = map?.has('answer') ? parseAnswer(map.get('answer'), parser) : undefined;
	const delay = map?.has('delay') ? reader.duration(map.get('delay'), 'delay') : 0;
	const closes = map?.has('close') ? reader.boolean(map.get('close'), 'close') : false;
	const resets = map?.has('reset') ? reader.boolean(map.get('reset'), 'reset') : false;
	if (map && closes && resets) {
		reader.fail(map.get('reset'), ['closeAndReset']);
	}

	return match && {
		match, answer, delay: delay ?? 0, ending: resets ? 'reset' : (closes ? 'close' : undefined),
	};
}

function parseMatch(node: YamlNode, parser: Parser): Match | undefined {
	const {reader} = parser;
	const map = reader.mapping(node, {what: 'match', keys: [...matchKeys, 'flags']});
	const key = map && reader.onlyKey(map, matchKeys, 'match', ['flags']);
	if (!map || !key) {
		return undefined;
	}

	if (map.has('flags') && key !== 'regex') {
		reader.fail(map.get('flags'), ['flagsAlone']);
	}

	const value = map.get(key);
	switch (key) {
		case 'any': {
			if (reader.boolean(value, 'any') === false) {
				reader.fail(value, ['anyFalse']);
			}

			return () => noText;
		}

		case 'hex': {
			const bytes = reader.hex(value);
			return bytes && (message => Buffer.compare(message, bytes) === 0 ? noText : undefined);
		}

		case 'regex': {
			return parsePattern(map, reader);
		}

		case 'exact':
		case 'contains': {
			const text = writableText(value, key, parser);
			return text === undefined
				? undefined
				: (message, written) => isMatch(message, text, key === 'exact', written) ? noText : undefined;
		}

		default: {
			return key satisfies never;
		}
	}
}

/** Whether a message is this text, or has it in it. In UTF-8 its bytes tell; other characters have to be read. */
function isMatch(message: Uint8Array, text: string, isWhole: boolean, codec: Codec): boolean {
	if (codec !== utf8Codec && !isWhole) {
		return readText(message, readingOf(codec)).includes(text);
	}

	const bytes = codec.encode(text);
	if (bytes instanceof Unwritable) {
		return false;
	}

	const all = Buffer.from(message.buffer, message.byteOffset, message.length);
	return isWhole ? all.equals(bytes) : all.includes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}

/** A text that the encoding of each server can write. */
function writableText(node: YamlNode, key: string, {reader, codecs}: Parser): string | undefined {
	const text = reader.rawText(node, key);
	const wrong = codecs.map(codec => codec.encode(text ?? '')).find(bytes => bytes instanceof Unwritable);
	if (wrong) {
		reader.fail(node, wrong.fault);
		return undefined;
	}

	return text;
}

function parsePattern(map: YamlMap, reader: YamlReader): Match | undefined {
	const source = reader.rawText(map.get('regex'), 'regex');
	const flags = map.has('flags') ? reader.text(map.get('flags'), 'flags') ?? '' : '';
	if (source === undefined) {
		return undefined;
	}

	if (/[^imsu]/.test(flags)) {
		reader.fail(map.get('flags'), ['flags', flags]);
		return undefined;
	}

	let pattern: RegExp;
	try {
		pattern = new RegExp(source, flags.includes('u') ? flags : `${flags}u`);
	} catch (error) {
		reader.fail(map.get('regex'), ['regex', 'regex', asError(error).message]);
		return undefined;
	}

	// Bytes that are none of the encoding's text stand for one character each, as in Latin-1.
	return (message, written) => {
		const found = pattern.exec(written.decode(message) ?? Buffer.from(message).toString('latin1'));
		return found
			? {
				captures: found.map(text => text ?? ''),
				names: Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, text]) => [name, text ?? ''])),
			}
			: undefined;
	};
}

function parseAnswer(node: YamlNode, parser: Parser): Entry['answer'] {
	const {reader, readFile} = parser;
	const map = reader.mapping(node, {what: 'answer', keys: answerKeys});
	const key = map && reader.onlyKey(map, answerKeys, 'answer');
	if (!map || !key) {
		return undefined;
	}

	const value = map.get(key);
	if (key === 'hex') {
		const bytes = reader.hex(value);
		return bytes && (() => bytes);
	}

	const text = key === 'text' ? writableText(value, key, parser) : reader.rawText(value, key);
	if (text === undefined) {
		return undefined;
	}

	if (key === 'text') {
		return (matched, written) => writtenIn(written, withCaptures(text, matched));
	}

	try {
		const bytes = readFile(text);
		return () => bytes;
	} catch (error) {
		reader.fail(value, fileFault(error));
		return undefined;
	}
}

/** `$1` to `$9`, `$<name>` and `$0` stand for what was captured; `$$` is a dollar sign. */
function withCaptures(text: string, {captures, names}: MatchedText): string {
	return text.replaceAll(/\$(?:(\d)|<(\w+)>|(\$))/g, (whole: string, digit?: string, name?: string, dollar?: string) => {
		if (dollar) {
			return dollar;
		}

		return (digit === undefined ? names[name ?? ''] : captures[Number(digit)]) ?? whole;
	});
}
