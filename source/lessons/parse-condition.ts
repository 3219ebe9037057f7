import type {Node} from 'yaml';
import {eventTypes, kindOf} from '../log/event-kinds.ts';
import {
	readBytes, readDuration, readRate, readShare,
} from '../text/quantities.ts';
import {parseAddress} from '../text/address.ts';
import {readHex} from '../text/hex.ts';
import {
	unknownName, type YamlMap, type YamlNode, wrongWord,
} from '../text/files/yaml-reader.ts';
import {
	eventFields, type FieldKind, hexOf, payloadFields, serverFields, stateFields,
} from './fields.ts';
import {
	type Actor,
	type Comparison,
	type Condition,
	conditionKinds,
	type ConditionType,
	type ConditionValues,
	type EventCondition,
	type Operator,
	operators,
	type ValuePath,
	type Written,
} from './lesson.ts';
import {
	isServer, type LessonContext, parsePath, reservedNames, splitPath,
} from './parse-text.ts';

const types = Object.keys(conditionKinds) as ConditionType[];

/** What reads a value; undefined where it cannot be read, which is noted. */
type Read<Value> = (node: Node, context: LessonContext, what: string) => Value | undefined;

type Values = ConditionValues & {readonly state: Condition; readonly conditions: readonly Condition[]};

/** What reads each way in which a value is written. */
const readers: {readonly [How in keyof Values]: Read<Values[How]>} = {
	'event kinds': (node, {reader}) =>
		reader.oneOrMore(node, 'event').flatMap(kind => reader.choice(kind, 'event', eventTypes) ?? []),
	comparisons: (node, context) => parseComparisons(node, stateFields, 'a state', context),
	experiment: (node, {reader, experiments}, what) => reader.choice(node, what, experiments),
	actor: parseActor,
	name: (node, {reader}) => reader.value(
		node,
		'as',
		text => /^[a-z][\w-]*$/i.test(text) && !reservedNames.has(text) ? text : undefined,
		['boundName', [...reservedNames]],
	),
	field: (node, {reader}, what) => reader.choice(node, what, Object.keys(eventFields)),
	count: (node, {reader}, what) => reader.integer(node, what, 1, 100_000),
	boolean: (node, {reader}, what) => reader.boolean(node, what),
	state(node, context) {
		const part = parseCondition(node, context);
		if (part && !isStateLike(part)) {
			context.reader.fail(node, ['notOfEvent']);
			return undefined;
		}

		return part;
	},
	conditions(node, context, what) {
		const parts = context.reader.list(node, what).flatMap(part => parseCondition(part, context) ?? []);
		return parts.length > 0 ? parts : undefined;
	},
};

/** What stands beside the kinds of an event: all of these are comparisons. */
const eventComparisons: Readonly<Record<string, Read<readonly Comparison[]>>> = {
	text: (node, {reader}, what) => textComparison('text', '=', reader.text(node, what)),
	contains: (node, {reader}, what) => textComparison('text', 'contains', reader.text(node, what)),
	bytes: parseHex,
	length: parseLength,
	code: (node, {reader}, what) => textComparison('code', '=', reader.text(node, what)),
	where: (node, context) => parseComparisons(node, eventFields, 'an event', context),
};

/** A condition; undefined where it cannot be read, which is noted. */
export function parseCondition(node: YamlNode, context: LessonContext): Condition | undefined {
	const {reader} = context;
	const [type, ...others] = reader.keysAmong(node, types) as ConditionType[] | undefined ?? [];
	if (type === undefined || others.length > 0) {
		reader.fail(node, ['conditionKeys', types, type === undefined ? [] : [type, ...others]]);
		return undefined;
	}

	const {field, written, besides} = conditionKinds[type];
	const comparisons = type === 'event' ? Object.entries(eventComparisons) : [];
	const keys = [type, ...Object.keys(besides), ...comparisons.map(([key]) => key), 'without'];
	const map = reader.mapping(node, {what: `a condition with ${type}`, keys});
	const read = (key: string, how: Written): unknown => map?.read(key, part => readValue(how, part, context, key));
	const value = read(type, written);
	const without = map?.read('without', part => parseCondition(part, context));
	// The type of a condition, and what is read of it, are made of the same declaration.
	// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- Its fields are known by their names only.
	const condition = {
		type,
		[field]: value,
		...Object.fromEntries(Object.entries<Written>(besides).map(([key, how]) => [key, read(key, how)])),
		...(type === 'event' && {
			where: comparisons.flatMap(([key, parse]) => map?.read(key, part => parse(part, context, key)) ?? []),
		}),
		...(without && {without}),
	} as Condition;
	if (map && condition.type === 'event') {
		checkEvent(condition, map, context);
	}

	return value === undefined ? undefined : condition;
}

function readValue(written: Written, node: Node, context: LessonContext, what: string): unknown {
	return typeof written === 'object'
		? context.reader.choice(node, what, written.words)
		: readers[written](node, context, what);
}

/** Whether a condition is on how something stands, and on no event. */
function isStateLike(condition: Condition): boolean {
	return 'parts' in condition
		? condition.type !== 'then' && condition.parts.every(part => isStateLike(part))
		: condition.type !== 'event';
}

/** Events of these kinds have what is asked of them. */
function checkEvent({kinds, where, became}: EventCondition, map: YamlMap, {reader}: LessonContext): void {
	const ofPayload = where.find(({field}) => payloadFields.has(field));
	const without = kinds.find(kind => !hasPayload(kind));
	if (ofPayload && without !== undefined) {
		reader.fail(map.get('event'), ['noPayload', without, ofPayload.field]);
	}

	if (became !== undefined && kinds.some(kind => kindOf(kind).data?.isSent !== true)) {
		reader.fail(map.get('became'), ['becameOfOther']);
	}
}

function hasPayload(kind: EventCondition['kinds'][number]): boolean {
	const {data, flow} = kindOf(kind);
	return data !== undefined || (flow?.way === 'sends' && flow.arrow === 'unsent') || /^(?:send|message)-/.test(kind);
}

/** Whose sockets: `client`, `client 2`, `server`, `welcoming`, `connection`, `connection 2`. */
function parseActor(node: Node, {reader}: LessonContext, what: string): Actor | undefined {
	return reader.value(
		node,
		what,
		text => {
			const [role, digits] = /^(?:(?:client|connection)(?: \d+)?|server|welcoming)$/.exec(text)?.[0].split(' ') ?? [];
			return role === undefined
				? undefined
				: {role: role as Actor['role'], number: digits === undefined ? undefined : Number(digits)};
		},
		text => wrongWord(what, text, ['client', 'client 1', 'server', 'welcoming', 'connection', 'connection 1']),
	);
}

function textComparison(field: string, operator: Operator, value: string | undefined): Comparison[] {
	return value === undefined ? [] : [{field, operator, value}];
}

function parseHex(node: Node, {reader}: LessonContext): Comparison[] {
	return textComparison('hex', '=', reader.value(node, 'bytes', text => {
		const read = readHex(text);
		return 'bytes' in read && read.bytes.length > 0 ? hexOf(read.bytes) : undefined;
	}, ['hex']));
}

function parseLength(node: Node, context: LessonContext): readonly Comparison[] {
	const text = context.reader.text(node, 'length');
	const written = text !== undefined && /^\d/.test(text) ? `= ${text}` : text;
	return written === undefined ? [] : parseComparison(`length ${written}`, node, eventFields, 'an event', context);
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
		reader.fail(node, ['noComparison', text, operators]);
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
		reader.fail(node, ['operator', field, operator, isOrder]);
		return [];
	}

	const value = parseValue(written, known, field, node, context);
	return value === undefined ? [] : [{field, operator: operator as Operator, value}];
}

/** Kinds of values that are larger and smaller. */
const ordered: ReadonlySet<FieldKind> = new Set(['number', 'duration', 'time', 'share']);

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

	const value = literalReaders[kind](written);
	if (value === undefined || (words && !words.includes(written))) {
		reader.fail(node, words
			? wrongWord(field, written, words)
			: ['compared', field, [kind === 'time' ? 'boundTime' : kind], written]);
		return undefined;
	}

	return value;
}

/** What is written, where it is meant as a field of something bound, or of a server. */
function boundPath(written: string, {names}: LessonContext): string | undefined {
	const path = splitPath(written);
	return path && (isServer(path.name) || names.has(path.name) || path.field in eventFields) ? written : undefined;
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

	reader.fail(node, ['incomparable', field, `${value.name}.${value.field}`]);
	return undefined;
}

/** What a literal of each kind is read as; undefined where it is none. */
const literalReaders: Readonly<Record<FieldKind, (written: string) => string | number | undefined>> = {
	text: written => written,
	word: written => written,
	number: written => /^-?\d+(?:\.\d+)?$/.test(written) ? Number(written) : readBytes(written) ?? readRate(written),
	duration: readDuration,
	share: readShare,
	boolean: written => /^(?:true|false)$/.test(written) ? written : undefined,
	address: written => parseAddress(written) && written,
	time: () => undefined,
};
