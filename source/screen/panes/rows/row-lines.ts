import {kindOf} from '../../../log/event-kinds.ts';
import {readingOf} from '../../../text/encoding/codec.ts';
import {toldNothing} from '../../../text/width/choices.ts';
import textWidth from '../../../text/width/width.ts';
import {largestDatagram, largestDatagramTo} from '../../../sockets/limits.ts';
import type {Row} from '../../../views/rows.ts';
import {
	optional, padColumns, paint, paintApart, type Span, type Tone, widthOf, wrap,
} from '../../frame/paint.ts';
import {formatElapsed} from '../../../text/numbers.ts';
import {withoutKeys} from '../../words/words.ts';
import {
	connectionName, type DrawnRow, dumpIndent, type RowContext, rowTime, rowWay, shortAddress,
} from '../geometry.ts';
import {callLines} from './call-lines.ts';
import {fateSpans, type FateText, rowFate} from './fate-text.ts';
import {eventText} from './event-text.ts';
import {ledgerLines} from './ledger-lines.ts';
import {
	escapes, hexDump, payloadLines, payloadText,
} from './payload-text.ts';

/** Columns that a payload keeps beside the fate of its row, as long as that can be told in fewer words. */
const minPayload = 8;
const minOfAll = 4;

/** Fewer columns beneath the beginning of a payload are too few for the rest of it. */
const minBeneath = 16;

/** The time of a connect() makes its row no longer than that; the calls have it, whatever room it takes. */
const mostTimed = 2;

const noBytes = new Uint8Array(0);

/** A row of the log as lines of exactly the pane's inner width; a payload takes one and at most `more` others. */
export function drawRow(row: Row, context: RowContext, more = 0): DrawnRow {
	if (row.calls && row.calls.length > 0) {
		return callLines(row, row.calls, context, more);
	}

	return row.ledger ? ledgerLines(row, row.ledger, context, more) : messageLines(row, context, more);
}

function messageLines(row: Row, context: RowContext, more: number): DrawnRow {
	const {data, fails} = kindOf(row.type);
	if (data || row.bytes) {
		const {lines, isCut} = dataLines(row, context, more);
		const own = {...context, isServer: isOfServer(row, context)};
		const why = fails ? beneath(usable(failedSend(row, own), row, context), 'error', context) : [];
		return {lines: [...lines, ...why], isCut};
	}

	const {home, words, geometry: {inner, time: timeColumns}} = context;
	const isServer = isOfServer(row, context);
	const subject = subjectOf(row, context);
	const {sign, tone, text} = eventText(row, isServer, words);
	const room = inner - timeColumns - 3;
	const told = (sentence: string): string[] => wrap(subject + usable(sentence, row, context), room);
	const whole = told(text);
	const short = whole.length > 1 ? told(eventText(row, isServer, words, home).text) : whole;
	const shortest = short.length < whole.length || row.spent ? short : whole;
	const timed = row.spent
		? [words.log.connectTime(row.spent), words.log.connectTook(row.spent)]
			.map(times => wrap(`${shortest.join(' ')} · ${times}`, room))
			.find(({length}) => length <= Math.max(mostTimed, shortest.length))
		: undefined;
	const [first = '', ...others] = timed ?? shortest;
	const line = paint([time(row, context), {text: ` ${sign} `, tone}, {text: first, tone}], inner);
	return {lines: [line, ...indented(others, tone, context)], isCut: false};
}

/** Whether a row is of a server's socket: of a relay, those that talk to its target are clients'. */
export function isOfServer({pane}: Row, {isServer, target}: Pick<RowContext, 'isServer' | 'target'>): boolean {
	return isServer && pane !== target;
}

/** A relay's sockets to its target are opened and closed by no key. */
function usable(sentence: string, {pane}: Row, {target}: RowContext): string {
	return pane === target ? withoutKeys(sentence) : sentence;
}

/** Whose row a sentence is, where the pane has several sockets. Which connection was accepted is in the sentence. */
function subjectOf(row: Row, context: RowContext): string {
	const {isServer, target, words} = context;
	if (!isServer || row.socket === 0) {
		return '';
	}

	return row.pane === target
		? `${words.server.toTarget(row.socket)} `
		: (kindOf(row.type).stage === 'connected' ? '' : `${words.server.connection(row.socket)} `);
}

function beneath(text: string, tone: Tone, context: RowContext): string[] {
	return indented(wrap(text, context.geometry.inner - context.geometry.time - 3), tone, context);
}

function indented(lines: readonly string[], tone: Tone, {geometry}: RowContext): string[] {
	return lines.map(text => paint([{text: ' '.repeat(geometry.time + 3)}, {text, tone}], geometry.inner));
}

export function failedSend(
	{failure, length = 0, peer}: Row,
	{words, isServer}: Pick<RowContext, 'words' | 'isServer'>,
): string {
	const most = largestDatagramTo(peer?.host ?? '');
	return failure?.code === 'EMSGSIZE' && length > most
		? words.messageTooLong(length, most, most === largestDatagram ? 4 : 6)
		: words.failure(failure!, peer, isServer);
}

/** A payload in hexadecimal that does not fit beside the row's other columns stands beneath it. */
function dataLines(row: Row, context: RowContext, more: number): DrawnRow {
	const {geometry: {inner, payload: columns}, payload: format, codec} = context;
	const {length = 0, bytes = noBytes} = row;
	if (more > 0 && format === 'text') {
		return grownLines(row, context, more);
	}

	const payload = payloadText(bytes, length, format, columns, readingOf(codec, row.lead));
	const beside = dataLine(row, payload.text, context, payload.isCut);
	if (format === 'text' || !beside.isCut) {
		return beside;
	}

	const dump = hexDump(bytes, length, inner - dumpIndent).map(text =>
		paint([{text: ' '.repeat(dumpIndent)}, {text}], inner));
	return {lines: [...dataLine(row, '', context, false).lines, ...dump], isCut: false};
}

/** What stands before the payload. */
function leadOf(row: Row, context: RowContext): Span[] {
	const {geometry} = context;
	const {sign, tone} = kindOf(row.type);
	const peer = geometry.peer > 0 ? [{text: ' '}, {text: padColumns(peerText(row, context), geometry.peer)}] : [];
	return [
		time(row, context),
		{text: ` ${sign}`, tone},
		...peer,
		{text: ` ${`${row.length ?? 0} B`.padStart(5)}  `, tone: 'dim'},
	];
}

/**
Whose a datagram is that came from another address than those that were sent to: at the end of the first line where
`free` columns are enough, else beneath.
*/
function sourceLines(
	row: Row,
	free: number,
	context: RowContext,
): {readonly note: readonly Span[]; readonly beneath: readonly string[]} {
	const {log} = context.words;
	const source = row.isThirdParty ? log.thirdParty : (row.isOtherSource ? log.otherSource : undefined);
	const note = optional(source && ` ${source}`, 'warning');
	return source === undefined || widthOf(note) <= free
		? {note, beneath: []}
		: {note: [], beneath: beneath(source, 'warning', context)};
}

/**
What stands behind the payload, other than its fate: how many writes it has the bytes of, which message it is, and how
long it took. In short a message has its number alone.
*/
function marksOf(
	{elapsed, writes, message, reads, framed}: Row,
	{words: {views}}: RowContext,
	isShort = false,
): Span[] {
	const sent = framed && (isShort ? (framed.count === 1 && views.message(framed.first, 1)) : views.framed(framed));
	const read = message !== undefined && reads
		&& views.message(message, isShort ? 1 : reads.last - reads.first + 1);
	return [
		...optional(sent && `  ${sent}`, 'dim'),
		...optional(read && `  ${read}`, 'dim'),
		...optional(writes !== undefined && ` = ${views.ledger.severalWrites(writes)}`, 'warning'),
		...optional(elapsed !== undefined && `  ${formatElapsed(elapsed)}`, 'dim'),
	];
}

function hasFate({told, failed}: FateText): boolean {
	return told.length + failed.length > 0;
}

/** In one line: the payload gives way. */
function dataLine(row: Row, payload: string, context: RowContext, isCut: boolean): DrawnRow {
	const {geometry: {inner}, words} = context;
	const lead = leadOf(row, context);
	const left = [...lead, ...payloadSpans(payload)];
	const fate = rowFate(row, words);
	const room = inner - widthOf(lead);
	if (hasFate(fate)) {
		return fateLines(fate, left, {room, payload: textWidth(payload), isCut}, row, context);
	}

	const all = marksOf(row, context);
	const isNarrow = room - widthOf(all) < Math.min(minPayload, textWidth(payload));
	const marks = isNarrow ? marksOf(row, context, true) : all;
	const free = room - textWidth(payload) - widthOf(marks);
	const {note, beneath} = sourceLines(row, free, context);
	const right = [...note, ...marks];
	return {
		lines: [paintApart(left, right, inner), ...beneath],
		isCut: isCut || isNarrow || free < 0,
	};
}

/**
The fate of a row stands at the end of its line, behind the number of a framed message; where that would cut the payload
too short, the number stays, and what never arrives stands beneath.
*/
function fateLines(
	fate: FateText,
	left: readonly Span[],
	{room, payload, isCut}: {readonly room: number; readonly payload: number; readonly isCut: boolean},
	row: Row,
	context: RowContext,
): DrawnRow {
	const {inner, time} = context.geometry;
	const [whole, short] = [marksOf(row, context), marksOf(row, context, true)];
	for (const marks of [whole, short]) {
		const own = room - widthOf(marks);
		const least = fateSpans(fate, own - Math.min(minOfAll, payload));
		const better = fateSpans(fate, own - Math.min(minPayload, payload));
		const beside = tellsNothing(better) ? least : (better ?? least);
		if (beside && (marks === short || !tellsNothing(beside))) {
			const right = [...marks, ...beside];
			return {lines: [paintApart(left, right, inner)], isCut: isCut || payload + widthOf(right) > room};
		}
	}

	const beneath = short.length > 0 && fate.failed.length === 0 ? undefined : fateSpans(fate, inner - time - 2);
	return {
		lines: [
			paintApart(left, short, inner),
			...(beneath ? [paint([{text: ' '.repeat(time + 2)}, ...beneath], inner)] : []),
		],
		isCut: isCut || short.length > 0,
	};
}

function tellsNothing(fate: readonly Span[] | undefined): boolean {
	return fate?.[0]?.text === ` ${toldNothing}`;
}

/** In at most `more` lines beneath the first: the payload is cut only where it does not fit; marks share its lines. */
function grownLines(row: Row, context: RowContext, more: number): DrawnRow {
	const {geometry: {inner, time}, codec, words} = context;
	const {length = 0, bytes = noBytes, lead: cut} = row;
	const lead = leadOf(row, context);
	const room = inner - widthOf(lead);
	const indent = room < minBeneath ? time + 3 : inner - room;
	const beneath = inner - indent;
	const fate = rowFate(row, words);
	const marks = marksOf(row, context);
	// Short marks stand in the first line, where every row has them.
	const isFirst = room - widthOf(marks) >= Math.min(minPayload, length);
	const first = isFirst ? room - widthOf(marks) : room;
	const lay = (most: number): ReturnType<typeof payloadLines> =>
		payloadLines(bytes, length, {first, others: beneath, most}, readingOf(codec, cut));
	const full = lay(more + 1);
	const lastRoom = full.lines.length === 1 ? first : beneath;
	const last = isFirst ? [] : marks;
	/** What stands behind the payload, where it fits into these columns. */
	const endIn = (columns: number, told: FateText): readonly Span[] | undefined => {
		const end = hasFate(fate) ? fateSpans(told, columns - widthOf(last)) : [];
		return end && widthOf(last) <= columns ? [...last, ...end] : undefined;
	};

	const beside = endIn(lastRoom - textWidth(full.lines.at(-1) ?? ''), wholeFate(fate));
	const own = beside ? [] : endIn(inner - time - 2, fate) ?? last;
	const {lines, isCut} = beside || full.lines.length <= more ? full : lay(more);
	const isOne = lines.length === 1 && !hasFate(fate);
	const source = sourceLines(row, isOne ? first - textWidth(lines[0] ?? '') : -1, context);
	const drawn = lines.map((text, index) => {
		const left = [...(index === 0 ? lead : [{text: ' '.repeat(indent)}]), ...payloadSpans(text)];
		const right = [
			...(index === 0 ? source.note : []),
			...(index === 0 && isFirst ? marks : []),
			...(index === lines.length - 1 ? beside ?? [] : []),
		];
		return paintApart(left, right, inner);
	});
	return {
		lines: [
			...drawn,
			...(own.length > 0 ? [paint([{text: ' '.repeat(time + 2)}, ...own], inner)] : []),
			...(hasFate(fate) ? [] : source.beneath),
		],
		isCut,
	};
}

/** The ways to say it that leave nothing out. */
function wholeFate({told, failed}: FateText): FateText {
	return {told: told.slice(0, 2), failed};
}

function time({time: milliseconds}: Row, {geometry}: RowContext): Span {
	return {text: rowTime(milliseconds, geometry), tone: 'dim'};
}

function peerText(row: Row, context: RowContext): string {
	const {protocol, isServer, target, home, geometry, words} = context;
	const {peer, socket} = row;
	if (target !== undefined) {
		return rowWay(row, context);
	}

	return protocol === 'tcp' && isServer
		? connectionName(socket, geometry.inner, words)
		: (peer ? shortAddress(peer, home) : '');
}

function payloadSpans(payload: string): Span[] {
	if (!payload.includes('\\')) {
		return [{text: payload}];
	}

	return payload.split(escapes).map((text, index) => ({text, tone: index % 2 === 1 ? 'escape' : 'plain'}));
}
