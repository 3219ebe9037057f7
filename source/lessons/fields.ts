/* What conditions and placeholders can name of an event and of a scene, and how that is written. */
import type {Address, AnyEvent} from '../log/event.ts';
import type {SeriesReport} from '../log/reports.ts';
import {kindOf} from '../log/event-kinds.ts';
import type {LossCause} from '../log/delivery/link-fate.ts';
import {plainHost, formatAddress} from '../text/address.ts';
import {conditionKinds, conditionNames} from '../link/conditions-problem.ts';
import {linkDirections} from '../link/random.ts';
import {namedRules} from '../replies/reply-rule.ts';
import {shortDuration} from '../text/quantities.ts';
import {timeOfDay} from '../text/time-of-day.ts';
import {decodeUtf8} from '../text/encoding/utf8.ts';
import type {SceneFacts, SeenEvent} from './seen.ts';

/** The value of a field; undefined where the event, or the scene, has none. */
export type FieldValue = string | number | boolean | Address | undefined;

/** What kind of value it is: how it is written, and what it can be compared with. */
export type FieldKind = 'text' | 'word' | 'number' | 'duration' | 'time' | 'share' | 'boolean' | 'address';

type Field<From> = {
	readonly kind: FieldKind;
	/** All the values that it can have, where these are few. */
	readonly words?: readonly string[];
	readonly of: (from: From) => FieldValue;
};

const anyOf = ({event}: SeenEvent): AnyEvent => event;

function eventField(kind: FieldKind, of: (event: AnyEvent) => FieldValue): Field<SeenEvent> {
	return {kind, of: seen => of(anyOf(seen))};
}

function addressFields(
	name: string,
	of: (seen: SeenEvent) => Address | undefined,
): Record<string, Field<SeenEvent>> {
	return {
		[name]: {kind: 'address', of},
		[`${name}.host`]: {kind: 'word', of: seen => of(seen)?.host},
		[`${name}.port`]: {kind: 'number', of: seen => of(seen)?.port},
	};
}

function reportField(kind: FieldKind, of: (report: SeriesReport) => FieldValue): Field<SeenEvent> {
	return eventField(kind, ({report}) => report && of(report));
}

function fateOf({type, fate}: AnyEvent): string | undefined {
	if (kindOf(type).data?.isSent !== true) {
		return undefined;
	}

	return fate ? (fate.type === 'lost' ? 'lost' : 'passed') : 'direct';
}

/** The payloads of events as text: one event is compared with many. */
const texts = new WeakMap<SeenEvent, {readonly text: string | undefined}>();

function textOf(seen: SeenEvent): string | undefined {
	const {bytes} = anyOf(seen);
	const known = texts.get(seen) ?? {text: bytes && decodeUtf8(bytes)};
	texts.set(seen, known);
	return known.text;
}

export const eventFields: Readonly<Record<string, Field<SeenEvent>>> = {
	client: {kind: 'number', of: ({client}) => client ?? 0},
	connection: eventField('number', ({socket}) => socket),
	scene: {kind: 'word', words: ['udp', 'tcp', 'laboratory'], of: ({scene}) => scene},
	time: {kind: 'time', of: ({event}) => event.time},
	...addressFields('local', ({local}) => local),
	...addressFields('peer', seen => anyOf(seen).peer),
	...addressFields('asked', seen => anyOf(seen).asked),
	length: eventField('number', ({length}) => length),
	text: {kind: 'text', of: textOf},
	hex: eventField('text', ({bytes}) => bytes && hexOf(bytes)),
	number: eventField('number', ({number}) => number),
	offset: eventField('number', ({offset}) => offset),
	elapsed: eventField('duration', ({elapsed}) => elapsed),
	code: eventField('word', ({failure}) => failure?.code),
	call: eventField('word', ({failure}) => failure?.syscall),
	fate: {...eventField('word', fateOf), words: ['lost', 'passed', 'direct']},
	cause: {
		...eventField('word', ({fate}) => fate?.type === 'lost' ? fate.cause : undefined),
		words: ['loss', 'queue', 'next', 'full'] satisfies LossCause[],
	},
	copies: eventField('number', ({fate}) => fate?.type === 'passed' ? fate.copies.length : undefined),
	delay: eventField('duration', ({fate, passage}) =>
		fate?.type === 'passed' ? fate.copies[0]?.delay : (fate?.type === 'stream' ? fate.delay : passage?.delay)),
	copy: eventField('number', ({passage}) => passage?.copy),
	corrupted: eventField('boolean', ({passage, fate}) =>
		passage ? passage.corruption !== undefined : fate?.type === 'passed' && fate.copies.some(({corruption}) => corruption)),
	write: eventField('number', ({write}) => write),
	'third-party': eventField('boolean', ({isThirdParty}) => isThirdParty),
	'by-close': eventField('boolean', ({isByClose}) => isByClose === true),
	discarded: eventField('number', ({discarded}) => discarded),
	waiting: eventField('number', ({waiting}) => waiting),
	rule: eventField('word', ({rule}) => rule),
	'close-after-reply': eventField('boolean', ({closeAfterReply}) => closeAfterReply),
	destination: eventField('word', ({destination}) => destination),
	count: eventField('number', ({count, report}) => report ? report.wanted : count),
	rate: eventField('number', ({rate}) => rate),
	sent: reportField('number', ({sent}) => sent),
	answered: reportField('number', ({answered}) => answered),
	lost: reportField('number', ({lostByLink}) => lostByLink),
	dropped: reportField('number', ({droppedByKernel}) => droppedByKernel),
	failed: reportField('number', ({failed}) => failed),
	unanswered: reportField('number', ({sent, answered}) => sent - answered),
	late: reportField('number', ({late}) => late),
	reordered: reportField('number', ({outOfOrder}) => outOfOrder),
	duplicates: reportField('number', ({duplicates}) => duplicates),
	median: reportField('duration', ({roundTrip}) => roundTrip?.median),
	duration: reportField('duration', ({duration}) => duration),
	end: {
		...reportField('word', ({end}) => end),
		words: ['done', 'stopped', 'client-closed'] satisfies Array<SeriesReport['end']>,
	},
};

/** Fields that only events with a payload have. */
export const payloadFields: ReadonlySet<string> = new Set(['text', 'hex', 'length']);

type SceneSeen = {readonly scene: SceneFacts; readonly isShown: boolean};

function sceneField(kind: FieldKind, of: (scene: SceneFacts) => FieldValue): Field<SceneSeen> {
	return {kind, of: ({scene}) => of(scene)};
}

const linkKinds = {
	share: 'share',
	duration: 'duration',
	bytes: 'number',
	'bytes-or-none': 'number',
	'rate-or-none': 'number',
	switch: 'boolean',
} as const;

export const stateFields: Readonly<Record<string, Field<SceneSeen>>> = {
	server: {
		...sceneField('word', ({server}) => server),
		words: ['open', 'opening', 'closed', 'failed', 'none'] satisfies Array<SceneFacts['server']>,
	},
	clients: sceneField('number', ({clients}) => clients),
	'open-clients': sceneField('number', ({openClients}) => openClients),
	connections: sceneField('number', ({connections}) => connections),
	rule: {...sceneField('word', ({rule}) => rule), words: namedRules},
	'close-after-reply': sceneField('boolean', ({closeAfterReply}) => closeAfterReply),
	seed: sceneField('number', ({seed}) => seed),
	port: sceneField('number', ({local}) => local?.port),
	shown: {kind: 'boolean', of: ({isShown}) => isShown},
	...Object.fromEntries(linkDirections.flatMap(direction => conditionNames.map(name => [
		`${direction}.${name}`,
		sceneField(linkKinds[conditionKinds[name]], ({link}) => link[direction][name]),
	]))),
};

/** The fields of a scene's server, in placeholders and as values to compare with. */
export const serverFields: Readonly<Record<string, Field<SceneFacts>>> = {
	local: {kind: 'address', of: ({local}) => local},
	'local.host': {kind: 'word', of: ({local}) => local?.host},
	'local.port': {kind: 'number', of: ({local}) => local?.port},
	rule: {kind: 'word', of: ({rule}) => rule},
	seed: {kind: 'number', of: ({seed}) => seed},
};

/** A value as it stands in a text: written, or the beginning of a payload, which is made safe where it is drawn. */
export type WrittenValue = string | PayloadStart;

/** The first bytes of a payload, and how many it has. */
export type PayloadStart = {readonly bytes: Uint8Array; readonly length: number};

/** As many bytes as the columns that a payload has in a text can be filled with. */
const mostBytes = 1024;

/** A copy of a payload's beginning: no more of it goes to the screen. */
export function startOf(bytes: Uint8Array): PayloadStart {
	return {bytes: Uint8Array.from(bytes.subarray(0, mostBytes)), length: bytes.length};
}

/** The most characters of another value that is no number, such as one in hexadecimal. */
const longest = 40;

export function writeEventField(seen: SeenEvent, name: string): WrittenValue | undefined {
	const {bytes} = anyOf(seen);
	if (name === 'text') {
		return bytes && startOf(bytes);
	}

	if (name === 'time') {
		return timeOfDay(seen.wallTime, 'full');
	}

	const field = eventFields[name];
	const value = field?.of(seen);
	return field && value !== undefined ? writeValue(value, field.kind) : undefined;
}

/** A field of a scene's server as it stands in a text. */
export function writeServerField(scene: SceneFacts, name: string): string | undefined {
	const field = serverFields[name];
	const value = field?.of(scene);
	return field && value !== undefined ? writeValue(value, field.kind) : undefined;
}

function writeValue(value: NonNullable<FieldValue>, kind: FieldKind): string {
	if (typeof value === 'object') {
		return formatAddress({host: plainHost(value.host), port: value.port});
	}

	if (typeof value === 'number') {
		return kind === 'duration' ? writeDuration(value) : String(value);
	}

	const text = String(value);
	return text.length > longest ? `${text.slice(0, longest - 2)} …` : text;
}

export function writeDuration(milliseconds: number): string {
	return Number.isFinite(milliseconds) ? shortDuration(milliseconds) : '?';
}

/** Bytes in hexadecimal, with a space between them. */
export function hexOf(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex').replaceAll(/(?<=..)(?=(?:..)+$)/g, ' ');
}
