import {kindOf} from '../../log/event-kinds.ts';
import {formatAddress} from '../../text/address.ts';
import {timeOfDay} from '../../text/time-of-day.ts';
import textWidth from '../../text/width.ts';
import {largestDatagram, largestDatagramTo} from '../../sockets/limits.ts';
import type {Row} from '../../views/rows.ts';
import {
	padColumns, paint, paintApart, type Span, type Tone, widthOf, wrap,
} from '../frame/paint.ts';
import {formatElapsed} from '../words/numbers.ts';
import type {Words} from '../words/words.ts';
import {callLines} from './call-lines.ts';
import {fateSpans, type FateText, rowFate} from './fate-text.ts';
import {eventText} from './event-text.ts';
import {dumpIndent, type RowContext} from './geometry.ts';
import {ledgerLines} from './ledger-lines.ts';
import {hexDump, payloadText} from './payload-text.ts';

/** Columns that a payload keeps beside the fate of its row, as long as that can be told in fewer words. */
const minPayload = 8;
const minOfAll = 4;

const noBytes = new Uint8Array(0);

/** The escapes that stand for bytes and characters which cannot be drawn. */
const escapes = /(\\(?:[nrt0\\]|x[\da-f]{2}|u{[\da-f]+}))/;

/** A row of the log as lines of exactly the pane's inner width: a payload takes one, a sentence as many as it needs. */
export function rowLines(row: Row, context: RowContext): string[] {
	if (row.calls && row.calls.length > 0) {
		return callLines(row, row.calls, context);
	}

	return row.ledger ? ledgerLines(row, row.ledger, context) : messageLines(row, context);
}

function messageLines(row: Row, context: RowContext): string[] {
	const {data, fails, stage} = kindOf(row.type);
	if (data || row.bytes) {
		const {sign, tone} = kindOf(row.type);
		const lines = dataLines(row, sign, tone, context);
		return fails ? [...lines, ...sentenceLines(failedSend(row, context), context)] : lines;
	}

	const {sign, tone, text} = eventText(row, context.isServer, context.words);
	// Which connection was accepted is in the sentence itself.
	const subject = context.isServer && row.socket > 0 && stage !== 'connected'
		? `${context.words.server.connection(row.socket)} `
		: '';
	const [first = '', ...others] = wrap(subject + text, context.geometry.inner - context.geometry.time - 3);
	const line = paint([time(row, context), {text: ` ${sign} `, tone}, {text: first, tone}], context.geometry.inner);
	return [line, ...indented(others, tone, context)];
}

/** What wrapped lines beneath a row say. */
function sentenceLines(text: string, context: RowContext): string[] {
	return indented(wrap(text, context.geometry.inner - context.geometry.time - 3), 'error', context);
}

function indented(lines: readonly string[], tone: Tone, {geometry}: RowContext): string[] {
	return lines.map(text => paint([{text: ' '.repeat(geometry.time + 3)}, {text, tone}], geometry.inner));
}

/** Why something was not sent. */
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
function dataLines(row: Row, sign: string, tone: Tone, context: RowContext): string[] {
	const {geometry: {inner, payload: columns}, payload: format} = context;
	const {length = 0, bytes = noBytes} = row;
	const payload = payloadText(bytes, length, format, columns);
	if (format === 'text' || !payload.isCut) {
		return dataLine(row, payload.text, sign, tone, context);
	}

	const dump = hexDump(bytes, length, inner - dumpIndent).map(text =>
		paint([{text: ' '.repeat(dumpIndent)}, {text}], inner));
	return [...dataLine(row, '', sign, tone, context), ...dump];
}

function dataLine(row: Row, payload: string, sign: string, tone: Tone, context: RowContext): string[] {
	const {geometry, words} = context;
	const {length = 0, elapsed} = row;
	const peer = geometry.peer > 0 ? [{text: ' '}, {text: padColumns(peerText(row, context), geometry.peer)}] : [];
	const columns: Span[] = [
		time(row, context),
		{text: ` ${sign}`, tone},
		...peer,
		{text: ` ${`${length} B`.padStart(6)}  `, tone: 'dim'},
	];
	const left = [...columns, ...payloadSpans(payload)];
	const fate = rowFate(row, words);
	if (fate.told.length + fate.failed.length > 0) {
		return fateLines(fate, left, {room: geometry.inner - widthOf(columns), payload: textWidth(payload)}, context);
	}

	const right: Span[] = [
		...(row.writes === undefined
			? []
			: [{text: ` = ${words.views.ledger.severalWrites(row.writes)}`, tone: 'warning' as const}]),
		...(elapsed === undefined ? [] : [{text: ` ${formatElapsed(elapsed)}`.padStart(9), tone: 'dim' as const}]),
	];
	const source = sourceText(row, words);
	const note: Span[] = source === undefined ? [] : [{text: ` ${source}`, tone: 'warning'}];
	const isBeside = widthOf([...left, ...note, ...right]) <= geometry.inner;
	const end = isBeside ? [...note, ...right] : right;
	return [
		end.length === 0 ? paint(left, geometry.inner) : paintApart(left, end, geometry.inner),
		...(isBeside || source === undefined
			? []
			: indented(wrap(source, geometry.inner - geometry.time - 3), 'warning', context)),
	];
}

/** Whose a datagram is that came from another address than those that were sent to. */
function sourceText({isThirdParty, isOtherSource}: Row, {log}: Words): string | undefined {
	return isThirdParty ? log.thirdParty : (isOtherSource ? log.otherSource : undefined);
}

/**
The fate of a row stands at the end of its line; where that would cut the payload too short, and it never arrives,
beneath it.
*/
function fateLines(
	fate: FateText,
	left: readonly Span[],
	{room, payload}: {readonly room: number; readonly payload: number},
	{geometry: {inner, time}}: RowContext,
): string[] {
	const least = fateSpans(fate, room - Math.min(minOfAll, payload));
	const better = fateSpans(fate, room - Math.min(minPayload, payload));
	// An ellipsis alone tells nothing.
	const beside = better?.[0]?.text === ' …' ? least : (better ?? least);
	if (beside) {
		return [paintApart(left, beside, inner)];
	}

	const beneath = fateSpans(fate, inner - time - 2);
	return [paint(left, inner), ...(beneath ? [paint([{text: ' '.repeat(time + 2)}, ...beneath], inner)] : [])];
}

function time({time: milliseconds}: Row, {geometry}: RowContext): Span {
	return {text: timeOfDay(milliseconds, geometry.time < 12 ? 'short' : 'full'), tone: 'dim'};
}

function peerText({peer, socket}: Row, {protocol, isServer, words}: RowContext): string {
	return protocol === 'tcp' && isServer ? words.server.connection(socket) : (peer ? formatAddress(peer) : '');
}

function payloadSpans(payload: string): Span[] {
	if (!payload.includes('\\')) {
		return [{text: payload}];
	}

	return payload.split(escapes).map((text, index) => ({text, tone: index % 2 === 1 ? 'escape' : 'plain'}));
}
