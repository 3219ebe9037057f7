import type {Node} from 'yaml';
import type {Amendment} from '../log/amendment.ts';
import {eventTypes, kindOf} from '../log/event-kinds.ts';
import {
	readBytes, readDuration, readRate, readShare,
} from '../text/quantities.ts';
import {parseAddress} from '../text/address.ts';
import {readHex} from '../text/hex.ts';
import {
	unknownName, type YamlMap, type YamlNode, wrongWord,
} from '../text/yaml-reader.ts';
import {
	eventFields, type FieldKind, hexOf, payloadFields, serverFields, stateFields,
} from './fields.ts';
import {
	type Actor,
	type Comparison,
	type Condition,
	type EventCondition,
	lookedOverlays,
	lookedViews,
	type Operator,
	operators,
	type ValuePath,
} from './lesson.ts';
import {
	isServer, type LessonContext, parsePath, reservedNames,
} from './parse-text.ts';

/** What may become known of an event later. */
const amendments = [
	'left', 'read', 'dropped', 'refused', 'overtaken', 'discarded', 'segment-left',
] as const satisfies ReadonlyArray<Amendment['type']>;

const scenes = ['udp', 'tcp', 'laboratory'] as const;

/** The key that says which kind of condition it is, and the keys that may stand beside it. */
const besides = {
	event: [
		'by', 'scene', 'text', 'contains', 'bytes', 'length', 'code', 'where', 'became', 'as', 'count', 'distinct', 'without',
	],
	then: ['without'], // eslint-disable-line unicorn/no-thenable -- It is the name of a key.
	all: ['without'],
	any: ['without'],
	state: ['scene', 'without'],
	view: ['pane', 'scene', 'language', 'focused', 'without'],
	overlay: ['without'],
	experiment: ['outcome', 'without'],
	not: ['without'],
} as const;

type ConditionType = keyof typeof besides;

const types = Object.keys(besides) as ConditionType[];

/** A condition; undefined where it cannot be read, which is noted. */
export function parseCondition(node: YamlNode, context: LessonContext): Condition | undefined {
	const {reader} = context;
	const [type, ...others] = reader.keysAmong(node, types) as ConditionType[] | undefined ?? [];
	if (type === undefined || others.length > 0) {
		reader.fail(node, `a condition has one of the keys ${types.join(', ')}${others.length > 0 ? `, and this has ${[type, ...others].join(' and ')}: join them with all` : ''}`);
		return undefined;
	}

	const map = reader.mapping(node, {what: `a condition with ${type}`, keys: [type, ...besides[type]]});
	const condition = map && parseType(type, map, context);
	const without = map?.has('without') ? parseCondition(map.get('without'), context) : undefined;
	return condition && without ? {...condition, without} : condition;
}

function parseType(type: ConditionType, map: YamlMap, context: LessonContext): Condition | undefined {
	const {reader} = context;
	const value = map.get(type);
	switch (type) {
		case 'event': {
			return parseEvent(map, context);
		}

		case 'then':
		case 'all':
		case 'any': {
			const parts = reader.list(value, type).flatMap(part => parseCondition(part, context) ?? []);
			return parts.length > 0 ? {type, parts} : undefined;
		}

		case 'state': {
			return {
				type,
				scene: map.has('scene') ? reader.choice(map.get('scene'), 'scene', scenes) : undefined,
				where: parseComparisons(value, stateFields, 'a state', context),
			};
		}

		case 'view': {
			const view = reader.choice(value, type, lookedViews);
			return view && {
				type,
				view,
				scene: map.has('scene') ? reader.choice(map.get('scene'), 'scene', scenes) : undefined,
				pane: parseActor(map.get('pane'), 'pane', context),
				language: map.has('language') ? reader.choice(map.get('language'), 'language', ['python', 'javascript', 'c']) : undefined,
				isFocused: map.has('focused') && reader.boolean(map.get('focused'), 'focused') === true,
			};
		}

		case 'overlay': {
			const overlay = reader.choice(value, type, lookedOverlays);
			return overlay && {type, overlay};
		}

		case 'experiment': {
			const experiment = reader.choice(value, type, context.experiments);
			return experiment === undefined
				? undefined
				: {
					type,
					experiment,
					outcome: map.has('outcome') ? reader.choice(map.get('outcome'), 'outcome', ['caused', 'allowed', 'failed']) : undefined,
				};
		}

		case 'not': {
			const part = parseCondition(value, context);
			if (part && !isStateLike(part)) {
				reader.fail(value, 'not takes a state, view, overlay or experiment: an event that must not happen stands in without');
				return undefined;
			}

			return part && {type, part};
		}

		default: {
			return type satisfies never;
		}
	}
}

/** Whether a condition is on how something stands, and on no event. */
function isStateLike(condition: Condition): boolean {
	switch (condition.type) {
		case 'event':
		case 'then': {
			return false;
		}

		case 'all':
		case 'any': {
			return condition.parts.every(part => isStateLike(part));
		}

		case 'not':
		case 'state':
		case 'view':
		case 'overlay':
		case 'experiment': {
			return true;
		}

		default: {
			return condition satisfies never;
		}
	}
}

function parseEvent(map: YamlMap, context: LessonContext): EventCondition {
	const {reader} = context;
	const optional = <Value>(key: string, read: (node: YamlNode) => Value | undefined): Value | undefined =>
		map.has(key) ? read(map.get(key)) : undefined;
	const kinds = reader.oneOrMore(map.get('event'), 'event').flatMap(node => reader.choice(node, 'event', eventTypes) ?? []);
	const where = [
		...optional('text', node => textComparison('text', '=', reader.text(node, 'text'))) ?? [],
		...optional('contains', node => textComparison('text', 'contains', reader.text(node, 'contains'))) ?? [],
		...optional('bytes', node => parseHex(node, context)) ?? [],
		...optional('length', node => parseLength(node, context)) ?? [],
		...optional('code', node => textComparison('code', '=', reader.text(node, 'code'))) ?? [],
		...optional('where', node => parseComparisons(node, eventFields, 'an event', context)) ?? [],
	];
	const ofPayload = where.find(({field}) => payloadFields.has(field));
	const without = kinds.find(kind => !hasPayload(kind));
	if (ofPayload && without !== undefined) {
		reader.fail(map.get('event'), `${without} has no payload, and so no ${ofPayload.field}`);
	}

	const became = optional('became', node => reader.choice(node, 'became', amendments));
	if (became !== undefined && kinds.some(kind => kindOf(kind).data?.isSent !== true)) {
		reader.fail(map.get('became'), 'became goes with datagram-sent and chunk-sent: only of them something becomes known later');
	}

	return {
		type: 'event',
		kinds,
		became,
		by: optional('by', node => parseActor(node, 'by', context)),
		scene: optional('scene', node => reader.choice(node, 'scene', scenes)),
		where,
		as: optional('as', node => parseName(node, context)),
		count: optional('count', node => reader.integer(node, 'count', 1, 100_000)) ?? 1,
		distinct: optional('distinct', node => reader.choice(node, 'distinct', Object.keys(eventFields))),
	};
}

/** Whether events of a kind have bytes. */
function hasPayload(kind: EventCondition['kinds'][number]): boolean {
	const {data, flow} = kindOf(kind);
	return data !== undefined || (flow?.way === 'sends' && flow.arrow === 'unsent') || /^(?:send|message)-/.test(kind);
}

function parseName(node: YamlNode, {reader}: LessonContext): string | undefined {
	const name = reader.text(node, 'as');
	if (name !== undefined && (!/^[a-z][\w-]*$/i.test(name) || reservedNames.has(name))) {
		reader.fail(node, `as is a name of letters, digits and hyphens other than ${[...reservedNames].join(', ')}, not '${name}'`);
		return undefined;
	}

	return name;
}

/** Whose sockets: `client`, `client 2`, `server`, `welcoming`, `connection`, `connection 2`. */
function parseActor(node: YamlNode, what: string, {reader}: LessonContext): Actor | undefined {
	if (!node) {
		return undefined;
	}

	const text = reader.text(node, what);
	const [, role, digits] = /^(client|server|welcoming|connection)(?: (\d+))?$/.exec(text ?? '') ?? [];
	if (text !== undefined && (role === undefined || (digits !== undefined && role !== 'client' && role !== 'connection'))) {
		reader.fail(node, wrongWord(what, text, ['client', 'client 1', 'server', 'welcoming', 'connection', 'connection 1']));
		return undefined;
	}

	return role === undefined ? undefined : {role: role as Actor['role'], number: digits === undefined ? undefined : Number(digits)};
}

function textComparison(field: string, operator: Operator, value: string | undefined): Comparison[] {
	return value === undefined ? [] : [{field, operator, value}];
}

function parseHex(node: YamlNode, {reader}: LessonContext): Comparison[] {
	const text = reader.text(node, 'bytes');
	const read = text === undefined ? undefined : readHex(text);
	if (read && (!('bytes' in read) || read.bytes.length === 0)) {
		reader.fail(node, `bytes are pairs of hexadecimal digits such as 'ed 95 9c', not '${text}'`);
		return [];
	}

	return textComparison('hex', '=', read && hexOf(read.bytes));
}

function parseLength(node: YamlNode, context: LessonContext): readonly Comparison[] {
	const text = context.reader.text(node, 'length');
	const written = text !== undefined && /^\d/.test(text) ? `= ${text}` : text;
	return written === undefined || !node ? [] : parseComparison(`length ${written}`, node, eventFields, 'an event', context);
}

type Fields = Readonly<Record<string, {readonly kind: FieldKind; readonly words?: readonly string[]}>>;

function parseComparisons(node: YamlNode, fields: Fields, where: string, context: LessonContext): Comparison[] {
	const {reader} = context;
	return reader.oneOrMore(node, 'a comparison').flatMap(entry => {
		const text = reader.text(entry, 'a comparison such as length > 5');
		return text === undefined ? [] : parseComparison(text, entry, fields, where, context);
	});
}

const comparison = /^([a-z][\w.-]*)\s*(!=|<=|>=|=|<|>|contains\b|starts with\b|ends with\b)\s*(.*)$/is;

function parseComparison(
	text: string,
	node: Node,
	fields: Fields,
	where: string,
	context: LessonContext,
): Comparison[] {
	const {reader} = context;
	const [, field, operator, written] = comparison.exec(text) ?? [];
	if (field === undefined || operator === undefined || written === undefined || written === '') {
		reader.fail(node, `'${text}' is no comparison: field operator value, such as length > 5; operators are ${operators.join(', ')}`);
		return [];
	}

	const known = fields[field];
	if (!known) {
		reader.fail(node, unknownName('field', field, where, Object.keys(fields)));
		return [];
	}

	const {kind} = known;
	const isOrder = operator.startsWith('<') || operator.startsWith('>');
	const isPart = operator.endsWith('with') || operator === 'contains';
	if ((isOrder && !ordered.has(kind)) || (isPart && kind !== 'text' && kind !== 'word')) {
		reader.fail(node, `${field} cannot be compared with ${operator}: ${isOrder ? 'it is no number' : 'it is no text'}`);
		return [];
	}

	const value = parseValue(written, known, field, node, context);
	return value === undefined ? [] : [{field, operator: operator as Operator, value}];
}

/** Kinds of values that are larger and smaller. */
const ordered: ReadonlySet<FieldKind> = new Set(['number', 'duration', 'time', 'share']);

/** What stands for a literal of each kind, in an error. */
const literals: Readonly<Record<FieldKind, string>> = {
	text: 'a text',
	word: 'a word',
	number: 'a number',
	duration: 'a duration such as 100ms or 2s',
	time: 'the time of something bound, such as query.time',
	share: 'a share such as 30% or 0.3',
	boolean: 'true or false',
	address: 'an address such as 127.0.0.1:12000, or that of something bound, such as query.peer',
};

function parseValue(
	written: string,
	{kind, words}: Fields[string],
	field: string,
	node: Node,
	context: LessonContext,
): Comparison['value'] | undefined {
	const {reader} = context;
	const [, quoted] = /^"(.*)"$/s.exec(written) ?? /^'(.*)'$/s.exec(written) ?? [];
	if (quoted !== undefined) {
		return quoted;
	}

	const path = boundPath(written, context);
	if (path !== undefined) {
		const value = parsePath(written, reader.offsetOf(node, written), context);
		return value && checkKinds(value, kind, field, node, context);
	}

	const value = literalOf(written, kind);
	if (value === undefined || (words && !words.includes(written))) {
		reader.fail(node, words ? wrongWord(field, written, words) : `${field} is compared with ${literals[kind]}, not '${written}'`);
		return undefined;
	}

	return value;
}

/** What is written, where it is meant as a field of something bound, or of a server. */
function boundPath(written: string, {names}: LessonContext): string | undefined {
	const [, name, field] = /^((?:udp\.|tcp\.)?[a-z][\w-]*)\.([a-z][\w.-]*)$/i.exec(written) ?? [];
	return name !== undefined && field !== undefined && (isServer(name) || names.has(name) || field in eventFields)
		? written
		: undefined;
}

function checkKinds(
	value: ValuePath,
	kind: FieldKind,
	field: string,
	node: Node,
	{reader}: LessonContext,
): ValuePath | undefined {
	const other = (isServer(value.name) ? serverFields : eventFields)[value.field]?.kind;
	if ((other === 'address') === (kind === 'address')) {
		return value;
	}

	const pair = `${field} and ${value.name}.${value.field}`;
	reader.fail(node, `${pair} cannot be compared: one is an address, with .host and .port`);
	return undefined;
}

function literalOf(written: string, kind: FieldKind): string | number | undefined {
	switch (kind) {
		case 'text':
		case 'word': {
			return written;
		}

		case 'number': {
			return /^-?\d+(?:\.\d+)?$/.test(written) ? Number(written) : readBytes(written) ?? readRate(written);
		}

		case 'duration': {
			return readDuration(written);
		}

		case 'share': {
			return readShare(written);
		}

		case 'boolean': {
			return /^(?:true|false)$/.test(written) ? written : undefined;
		}

		case 'address': {
			const address = parseAddress(written);
			return address && written;
		}

		case 'time': {
			return undefined;
		}

		default: {
			return kind satisfies never;
		}
	}
}
