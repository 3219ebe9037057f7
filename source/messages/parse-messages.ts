/* A file of saved messages, read from its text. */
import type {Node} from 'yaml';
import {fileFault, type FileProblem} from '../text/files/file-problem.ts';
import {
	unknownName, type YamlMap, type YamlNode, YamlReader,
} from '../text/files/yaml-reader.ts';
import {FieldOverflow, fillMessage, widestValues} from './fill-message.ts';
import {
	inlineName, ofMessage, type SavedMessage, type SavedSequence, type Step,
} from './message.ts';
import {parseHexParts, parseTextParts} from './parse-parts.ts';

type MessagesContext = {
	readonly endings: readonly string[];
	/** How long a file is that a message sends; throws where it cannot be sent. */
	readonly sizeOf: (path: string) => number;
};

type Parser = MessagesContext & {readonly reader: YamlReader; readonly sequences: YamlNode};

const kinds = ['text', 'hex', 'file'] as const;

/** A name that can be typed as `@name`. */
const namePattern = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;

/** Read a file: its messages, then its sequences, as they stand there; or what is wrong with it. */
export function parseMessages(
	source: string,
	context: MessagesContext,
): readonly SavedSequence[] | {readonly problems: readonly FileProblem[]} {
	const reader = new YamlReader(source);
	const map = reader.problems.length > 0
		? undefined
		: reader.mapping(reader.root, {what: 'a file of messages', keys: ['messages', 'sequences']});
	const parser = {...context, reader, sequences: map?.get('sequences')};
	const messages = map ? parseAll('messages', map, parser, (value, name) => parseMessage(value, name, parser)) : [];
	const byName = new Map(messages.map(message => [message.name, message]));
	const sequences = map
		? parseAll('sequences', map, parser, (value, name, key) => {
			if (byName.has(name)) {
				reader.fail(key, ['nameTwice', name]);
			}

			return parseSequence(value, name, byName, parser);
		})
		: [];
	if (map && messages.length + sequences.length === 0 && reader.problems.length === 0) {
		reader.fail(map.node, ['noMessages']);
	}

	return reader.problems.length > 0
		? {problems: reader.problems}
		: [...messages.map(message => ofMessage(message)), ...sequences];
}

function parseAll<Entry>(
	what: string,
	map: YamlMap,
	{reader}: Parser,
	parse: (value: Node, name: string, key: Node) => Entry | undefined,
): Entry[] {
	return map.has(what)
		? reader.named(map.get(what), what).flatMap(({key, name, value}) => {
			if (!namePattern.test(name)) {
				reader.fail(key, ['wrongName', name]);
			}

			return parse(value, name, key) ?? [];
		})
		: [];
}

function parseMessage(node: Node, name: string, parser: Parser): SavedMessage | undefined {
	const {reader, endings} = parser;
	const map = reader.mapping(node, {what: 'a message', keys: [...kinds, 'ending']});
	const kind = map && reader.onlyKey(map, kinds, 'a message', ['ending']);
	const value = kind && map.get(kind);
	if (!map || !kind || !value) {
		return undefined;
	}

	const written = kind === 'text' ? reader.rawText(value, kind) : reader.text(value, kind);
	const ending = map.has('ending') ? reader.choice(map.get('ending'), 'ending', endings) : undefined;
	if (written === undefined) {
		return undefined;
	}

	const parts = kind === 'text'
		? parseTextParts(written, value, reader)
		: (kind === 'hex' ? parseHexParts(written, value, reader) : parseFile(written, value, parser));
	const message = {
		name, parts, ending, isText: kind === 'text',
	};
	checkLengths(message, value, reader);
	return message;
}

function parseFile(path: string, node: Node, {reader, sizeOf}: Parser): SavedMessage['parts'] {
	try {
		return [{type: 'file', path, size: sizeOf(path)}];
	} catch (error) {
		reader.fail(node, fileFault(error));
		return [];
	}
}

/** A length for which there is no room is told now, with the widest counter that there can be. */
function checkLengths({name, parts}: SavedMessage, node: Node, reader: YamlReader): void {
	try {
		fillMessage({
			name,
			parts: parts.map(part => part.type === 'text'
				? {type: 'bytes', bytes: Buffer.from(part.text)}
				: (part.type === 'file' ? {type: 'bytes', bytes: new Uint8Array()} : part)),
			ending: new Uint8Array(),
			characterBytes: 1,
		}, widestValues);
	} catch (error) {
		if (!(error instanceof FieldOverflow)) {
			throw error;
		}

		reader.failAt(reader.offsetOf(node, error.written), error.fault);
	}
}

function parseSequence(
	node: Node,
	name: string,
	messages: ReadonlyMap<string, SavedMessage>,
	parser: Parser,
): SavedSequence | undefined {
	const {reader} = parser;
	const map = reader.isList(node)
		? undefined
		: reader.mapping(node, {what: 'a sequence', keys: ['steps', 'repeat'], required: ['steps']});
	if (!map && !reader.isList(node)) {
		return undefined;
	}

	const steps: Array<Step<SavedMessage>> = [];
	let hasMessages = false;
	let pause: number | undefined;
	const list = map ? (map.has('steps') ? reader.list(map.get('steps'), 'steps') : []) : reader.list(node, 'a sequence');
	for (const step of list) {
		if (reader.keysAmong(step, ['pause'])?.length === 1 && reader.keysAmong(step, kinds)?.length === 0) {
			const only = reader.mapping(step, {what: 'a pause', keys: ['pause']});
			pause = (pause ?? 0) + (reader.duration(only?.get('pause'), 'pause') ?? 0);
			continue;
		}

		hasMessages = true;
		const message = reader.isMap(step)
			? parseMessage(step, inlineName(name, steps.length + 1), parser)
			: namedMessage(step, messages, parser);
		if (message) {
			steps.push({message, pause});
			pause = undefined;
		}
	}

	const rounds = map?.has('repeat') ? parseRepeat(map, reader) : 1;
	if (!hasMessages && list.length > 0) {
		reader.fail(node, ['noMessage', name]);
	} else if (rounds === undefined && pause === undefined && steps.every(step => !step.pause)) {
		reader.fail(map?.get('repeat'), ['noPause']);
	}

	return {
		name, isSequence: true, steps, pauseAfter: pause, rounds,
	};
}

function namedMessage(
	node: Node,
	messages: ReadonlyMap<string, SavedMessage>,
	{reader, sequences}: Parser,
): SavedMessage | undefined {
	const text = reader.text(node, 'a step');
	const message = text === undefined ? undefined : messages.get(text);
	if (text !== undefined && !message) {
		const isSequence = reader.keysAmong(sequences, [text])?.length === 1;
		reader.fail(node, isSequence ? ['nested', text] : unknownName('message', text, 'a sequence', [...messages.keys()]));
	}

	return message;
}

/** How often; undefined for ever. */
function parseRepeat(map: YamlMap, reader: YamlReader): number | undefined {
	const node = map.get('repeat');
	return reader.text(node, 'repeat') === 'forever' ? undefined : reader.integer(node, 'repeat', 1, 1_000_000) ?? 1;
}
