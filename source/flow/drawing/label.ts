import type {Protocol} from '../../log/event.ts';
import type {SeriesReport} from '../../log/reports.ts';
import type {NoticeType, SentenceType} from '../../log/event-kinds.ts';
import {formatAddress} from '../../text/address.ts';
import {byType} from '../../text/by-type.ts';
import {codecOf, readingOf} from '../../text/encoding/codec.ts';
import {encodeUtf8} from '../../text/encoding/utf8.ts';
import {formatCount, formatExactBytes, rounded} from '../../text/numbers.ts';
import {toldNothing} from '../../text/width/choices.ts';
import {visibleBytes} from '../../text/width/visible.ts';
import textWidth from '../../text/width/width.ts';
import {connectionOfLane, peerOfLane} from '../lanes.ts';
import {
	type FlowKind, type FlowLane, type FlowLaneId, type FlowNote, type FlowStep, isHeadless, isStopped,
	noticeOf, type WritePart,
} from '../step.ts';
import {cutVisible} from './columns.ts';
import {type FlowLinkWords, linkChoices} from './link-label.ts';

/**
What a notice is, what may be said of it where there is more room, and a shorter way to say what it is, for where an
address would not be whole behind it; with the bytes that it is about.
*/
type NoticeWords = (bytes: number) => readonly [lead: string, note?: string, short?: string];

/** What a diagram says, in one language. Names of flags, calls and errors are the same in all of them. */
export type FlowWords = {
	readonly client: (number: number) => string;
	readonly connection: (number: number) => string;
	readonly server: string;
	readonly welcoming: string;
	readonly relay: string;
	readonly target: (address: string) => string;
	readonly connected: string;
	/** What an ICMP message says. */
	readonly unreachable: string;
	/** Said of an arrow's end that is a row of its own. */
	readonly arrives: string;
	/** Said of what no event tells. */
	readonly inferred: string;
	/** Said of a datagram that was never read, though its socket has read later ones, or is closed. */
	readonly lost: string;
	readonly noSocket: string;
	/** One line for each protocol: what K means, and what is not drawn, since no program sees it. */
	readonly unseen: Readonly<Record<Protocol, string>>;
	readonly steps: Readonly<Record<NoticeType & SentenceType, NoticeWords>>;
	readonly limit: (connections: number) => string;
	readonly peer: (address: string) => string;
	/** Part of a write: bytes `first` to `last`. */
	readonly write: (number: number, first: number, last: number) => string;
	readonly writes: (names: string) => string;
	readonly messages: (first: number, last: number) => string;
	readonly series: (count: number | undefined, rate: number | undefined) => string;
	readonly report: (report: SeriesReport) => string;
	/** How long a run took: `12.4 s`, or at least that. */
	readonly took: (seconds: string, isAtLeast: boolean) => string;
	/** What a file says that does not begin with the first step. */
	readonly olderLeftOut: string;
	readonly link: FlowLinkWords;
};

/**
A label's parts, in their order: what it is, the payload, a note, what the link has made of it, what is never cut (an
errno name and how often), and how long that took.
*/
type StepLabel = {
	readonly lead: string;
	/** Said in its place where the note would be cut behind it. */
	readonly short: string | undefined;
	readonly payload: string;
	readonly note: string;
	/** The ways to say it. The first is for where there is room for everything, the others become shorter. */
	readonly link: readonly string[];
	/** Whether that is why it does not arrive, which is told rather than all else. */
	readonly isReason: boolean;
	readonly end: string;
	readonly span: string;
};

/** Columns of a payload, and of an errno name, that a label can have. */
const payloadColumns = 60;
const codeColumns = 40;

/** A payload, or a note, of which fewer columns could be shown than this is left out. */
const minPayload = 3;
const minNote = 8;

/** Columns of a payload that less is told of the link for. */
const payloadBesideLink = 12;

/** These parts with spaces between them; empty ones do not count. */
export function spaced(...parts: readonly string[]): string {
	return parts.filter(Boolean).join(' ');
}

/** Columns that an address may take: `[2001:db8:1234:5678:9abc:def0:1234:5678]:65535` and a zone. */
const addressColumns = 60;

/** A text that is safe to draw: the host of an address may be a typed name. */
function visible(text: string, columns = addressColumns): string {
	return visibleBytes(encodeUtf8(text), columns).text;
}

/** A lane's name: `client 1`, `server`, `welcoming`, `connection 2`, `127.0.0.1:5555`. */
export function laneName(lane: FlowLane, words: FlowWords): string {
	const address = visible(peerOfLane(lane.id) ?? '');
	return byType(lane, {
		client: ({number = 0}) => words.client(number),
		connection: ({number = 0}) => words.connection(number),
		server: () => words.server,
		relay: () => words.relay,
		welcoming: () => words.welcoming,
		target: () => words.target(address),
		peer: () => address,
	});
}

/** A lane's ports: `:51234`, `… :51234 :51240`; of a connection socket both ends': `:12000 ← :51234`. */
export function lanePorts({ports, hasMorePorts, peerPort}: FlowLane): string {
	const local = [...(hasMorePorts ? ['…'] : []), ...ports.map(port => `:${port}`)].join(' ');
	return peerPort === undefined ? local : [local, `:${peerPort}`].filter(Boolean).join(' ← ');
}

/** What a step says: `12 B "hello"`, `SYN connect()`, `bound 127.0.0.1:12000`, `× 240`. */
export function labelOfStep(step: FlowStep, words: FlowWords): StepLabel {
	const {
		bytes, encoding, lead: cut, length = 0, code, count, hasMore, link,
	} = step;
	const payload = bytes && length > 0
		? visibleBytes(bytes, payloadColumns, bytes.length === length, readingOf(codecOf(encoding), cut))
		: undefined;
	const [lead, note = noteText(step.note, words), short] = leadOf(step, words);
	const wholes = wholeNotes(step, note, words);
	const lost = step.kind === 'datagram' && step.to?.fate === 'lost' && !link?.loss
		? (step.note?.type === 'no-socket' ? words.noSocket : words.lost)
		: '';
	const choices = link ? linkChoices(link, words.link) : (lost === '' ? [] : [lost, lost]);
	return {
		lead,
		short,
		payload: payload ? `"${payload.text}${payload.isCut ? '' : '"'}` : '',
		note: wholes ? '' : note,
		link: wholes ?? choices,
		isReason: isStopped(step) && choices.length > 0,
		end: spaced(
			visible(code ?? '', codeColumns),
			count > 1 ? `× ${formatCount(count)}${hasMore ? '+' : ''}` : '',
			step.isInferred ? words.inferred : '',
			link ? lost : '',
			step.part === 'arrival' && !link ? words.arrives : '',
		),
		span: spanOf(step, words),
	};
}

/** What is told whole or not at all, the longest first, twice as `StepLabel.link` has it; undefined for other steps. */
function wholeNotes({kind}: FlowStep, note: string, words: FlowWords): readonly string[] | undefined {
	if (kind === 'ack' && note !== '') {
		return [note, note, words.connected];
	}

	return kind === 'accept' || kind === 'connect' || kind === 'ack' ? [note, note] : undefined;
}

export function stepLabel(step: FlowStep, columns: number, words: FlowWords): string {
	return fitLabel(labelOfStep(step, words), columns);
}

/** What of a step's label is not left out as long as it can be told, if need be with fewer words. */
export function leastLabel(step: FlowStep, words: FlowWords): string {
	const {lead, short = lead, link, isReason, end} = labelOfStep(step, words);
	return spaced(short, isReason ? tellingOf(link).at(-1) ?? '' : '', end);
}

/** The ways to say what the link has done, but for its sign alone. */
function tellingOf([, ...shorter]: StepLabel['link']): readonly string[] {
	return shorter.filter(choice => choice !== toldNothing);
}

/**
The payload is cut first, then the note goes, then less is told of the link, then how long it took goes, then what it is
is cut. Why it does not arrive stays, if need be alone.
*/
export function fitLabel(
	{lead: long, short = long, payload, note, link, isReason, end: often, span}: StepLabel,
	columns: number,
): string {
	const [byLink = '', ...shorter] = link;
	const lead = textWidth(spaced(long, note, often)) > columns ? short : long;
	const whole = spaced(lead, payload, note, byLink, often, span);
	if (byLink !== '' && textWidth(whole) <= columns) {
		return whole;
	}

	const last = textWidth(spaced(lead, often, span)) > columns ? often : spaced(often, span);
	// However little room there is, the beginning of the payload stays beside what has become of it.
	const hasRoom = (told: string, least: number): boolean =>
		textWidth(spaced(lead, 'x'.repeat(Math.min(textWidth(payload), least)), told, last)) <= columns;
	const telling = tellingOf(link);
	const beside = telling.find(choice => hasRoom(choice, payloadBesideLink))
		?? telling.find(choice => hasRoom(choice, minPayload));
	if (isReason && beside === undefined) {
		const ways = [
			...[last, often].flatMap(behind => telling.map(choice => spaced(lead, choice, behind))),
			...telling.map(choice => spaced(choice, often)),
		];
		return ways.find(way => textWidth(way) <= columns) ?? cutVisible(ways.at(-1) ?? often, columns);
	}

	const told = beside ?? shorter.find(choice => hasRoom(choice, minPayload)) ?? '';
	const end = spaced(told, last);
	const roomBeside = (...parts: readonly string[]): number => columns - textWidth(spaced(...parts)) - 1;
	const cut = (part: string, room: number, least: number): string =>
		room >= Math.min(least, textWidth(part)) ? cutVisible(part, room) : '';
	if (roomBeside(lead, note, end) >= 0) {
		return spaced(lead, cut(payload, roomBeside(lead, note, end), minPayload), note, end);
	}

	if (roomBeside(lead, end) >= -1) {
		return spaced(lead, cut(note, roomBeside(lead, end), minNote), end);
	}

	const room = roomBeside(end) + (end === '' ? 1 : 0);
	return room > 0 ? spaced(cutVisible(lead, room), end) : cutVisible(end, columns);
}

/**
A step between lanes that are not drawn, in at most this many columns: `connection 9 ─ 5 B "hello" ─► client 3`, `client
4 ○ closed`.
*/
export function stepInWords(
	step: FlowStep,
	names: ReadonlyMap<FlowLaneId, string>,
	columns: number,
	words: FlowWords,
): string {
	const {from, to, part} = step;
	const [name = '', target = ''] = [from, to].map(end => names.get(end?.lane ?? ''));
	const mark = markText(step.mark);
	let before = spaced(name, markOfStep(step) || (to === undefined ? '' : '⇄'));
	let after = '';
	if (to !== undefined && to.lane !== from.lane) {
		const line = to.fate === 'under-way' ? '╌' : '─';
		const end = isStopped(step) ? '─✗' : (isHeadless(step) ? line : '─►');
		before = part === 'arrival' ? spaced(mark, name) : spaced(name, line);
		after = spaced(part === 'departure' ? `─${mark}` : end, target);
	}

	const label = stepText(step, columns - textWidth(spaced(before, after)) - 1, words);
	return cutVisible(spaced(before, label, after), columns);
}

/** A step's label with the sign of the kernel, where no renderer has a place of its own for that. */
export function stepText(step: FlowStep, columns: number, words: FlowWords): string {
	const label = stepLabel(step, step.isByKernel ? columns - 2 : columns, words);
	return step.isByKernel ? `${label} ${kernelSign}` : label;
}

/** The same of an arrow with the mark of a departure behind it, of an arrival before it. */
export function markedText(step: FlowStep, columns: number, words: FlowWords): string {
	const text = stepText(step, columns, words);
	const mark = markText(step.mark);
	return step.part === 'departure' ? spaced(text, mark) : spaced(mark, text);
}

/**
The sign at the head of what happens on one lane: ● it begins, ○ it ends, ✗ it failed, ≈ the simulated link. Empty for
the rest.
*/
export function markOfStep({kind}: FlowStep): string {
	return noticeOf(kind)?.mark ?? '';
}

/** The sign behind what the kernel has done by itself. */
export const kernelSign = 'K';

/** The mark that a departure and its arrival share: `①`, from 21 on `(21)`. Empty where there is none. */
export function markText(mark: number | undefined): string {
	return mark === undefined ? '' : (mark <= 20 ? String.fromCodePoint(0x24_5F + mark) : `(${mark})`);
}

/** What an arrow is, and what may be said of it where there is more room. */
const leads: Readonly<Record<
	Exclude<FlowKind, NoticeType>, (step: FlowStep, words: FlowWords) => ReturnType<NoticeWords>
>> = {
	datagram: ({length = 0}) => [formatExactBytes(length)],
	chunk: ({length = 0}) => [formatExactBytes(length)],
	unsent: ({length = 0}) => [formatExactBytes(length)],
	connect: () => ['SYN', 'connect()'],
	connected: () => ['SYN+ACK'],
	ack: ({note}, words) => note ? ['ACK', `${words.connected} ${noteText(note, words)}`] : ['ACK'],
	unreachable: (_step, words) => ['ICMP', words.unreachable],
	accept: ({to}, words) => ['accept()', `→ ${words.connection(connectionOfLane(to?.lane ?? '') ?? 0)}`],
	reject: ({length = 0}, words) => length > 0 ? ['accept()', words.limit(length)] : ['accept()'],
	fin: () => ['FIN'],
	reset: () => ['RST'],
};

/** The same of any step: that of notices is in the words. */
function leadOf(step: FlowStep, words: FlowWords): ReturnType<NoticeWords> {
	const {kind, length = 0} = step;
	if (kind in leads) {
		return leads[kind as keyof typeof leads](step, words);
	}

	return (words.steps as Partial<Record<FlowKind, NoticeWords>>)[kind]?.(length) ?? [''];
}

function noteText(note: FlowNote | undefined, words: FlowWords): string {
	return note === undefined
		? ''
		: byType(note, {
			address: ({address}) => visible(formatAddress(address)),
			peer: ({address}) => words.peer(visible(formatAddress(address))),
			port: ({port}) => `:${port}`,
			'no-socket': () => '',
			writes({parts, isRange}) {
				const [part] = parts;
				return parts.length === 1 && part?.first !== undefined
					? words.write(part.number, part.first, part.last ?? part.first)
					: words.writes(parts.map(each => partText(each)).join(isRange ? '–' : '+'));
			},
			messages: ({first, last}) => words.messages(first, last),
			conditions: ({conditions}) => conditions,
			series: ({count, rate}) => words.series(count, rate),
			report: ({report}) => words.report(report),
		});
}

/** A write, or a part of it: `3`, `3[5]`, `3[5–9]`. */
function partText({number, first, last}: WritePart): string {
	return first === undefined ? String(number) : `${number}[${first === last ? first : `${first}–${last}`}]`;
}

/** How long a run took; empty for less than a second. */
function spanOf({took, hasMore}: FlowStep, words: FlowWords): string {
	const seconds = took / 1000;
	return seconds < 1 ? '' : words.took(rounded(seconds, 1) < 100 ? seconds.toFixed(1) : formatCount(Math.round(seconds)), hasMore);
}
