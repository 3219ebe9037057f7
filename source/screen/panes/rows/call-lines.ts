import type {Call, CallName} from '../../../log/calls/calls.ts';
import {type Reading, readingOf} from '../../../text/encoding/codec.ts';
import textWidth from '../../../text/width/width.ts';
import {callText} from '../../../views/calls.ts';
import type {Row} from '../../../views/rows.ts';
import {
	paint, type Span, type Tone, wrap,
} from '../../frame/paint.ts';
import {type DrawnRow, type RowContext, rowTime} from '../geometry.ts';
import {type PayloadFormat, payloadLines, payloadText} from './payload-text.ts';

/** Which way a call moves bytes. */
const signs: Readonly<Partial<Record<CallName, {readonly sign: string; readonly tone: Tone}>>> = {
	send: {sign: '→', tone: 'sent'},
	sendto: {sign: '→', tone: 'sent'},
	shutdown: {sign: '→', tone: 'sent'},
	recv: {sign: '←', tone: 'received'},
	recvfrom: {sign: '←', tone: 'received'},
	accept: {sign: '●', tone: 'plain'},
	connect: {sign: '●', tone: 'plain'},
	close: {sign: '○', tone: 'plain'},
};

/** Columns between a call and its payload, and the fewest for a part of it: all that there is, or its beginning. */
const gap = 3;
const minPayload = 4;
const minBeginning = 16;

/**
The calls of a row, a line or more each: on which connection, the call with its result, what it means, and the payload,
in the same line or in at most `more` lines beneath.
*/
export function callLines(row: Row, calls: readonly Call[], context: RowContext, more = 0): DrawnRow {
	const drawn = calls.map(call => oneCall(row, call, context, more));
	return {lines: drawn.flatMap(({lines}) => lines), isCut: drawn.some(({isCut}) => isCut)};
}

function oneCall(row: Row, call: Call, context: RowContext, more: number): DrawnRow {
	const {geometry, isServer, target, payload: format, codec, words} = context;
	const {inner, time: timeColumns} = geometry;
	const {name, note} = call;
	const text = callText(call, words.server.connection);
	const isFailed = call.error !== undefined;
	const {sign, tone} = isFailed
		? {sign: '✗', tone: 'error' as const}
		: (signs[name] ?? {sign: ' ', tone: 'plain' as const});
	// Accept() is called on the welcoming socket, though the event is the new connection's.
	const nameOf = row.pane === target ? words.server.toTarget : words.server.connection;
	const socket = isServer && row.socket > 0 && name !== 'accept' ? `${nameOf(row.socket)}  ` : '';
	const time = row.spent && note === 'handshake-done' ? ` · ${words.log.connectTime(row.spent)}` : '';
	const explained = note === undefined ? text : `${text}   ${words.views.notes[note]}${time}`;
	const room = inner - timeColumns - 3;
	const texts = wrap(socket + explained, room);
	const {bytes, length = 0} = row;
	const payload = bytes && length > 0 && !isFailed
		? payloadOf({bytes, length, reading: readingOf(codec, row.lead)}, format, {room, used: textWidth(texts.at(-1) ?? ''), more})
		: undefined;
	const lead: Span[] = [{text: rowTime(row.time, geometry), tone: 'dim'}, {text: ` ${sign} `, tone}];
	const indent: Span = {text: ' '.repeat(timeColumns + 3)};
	return {
		lines: [
			...texts.map((line, index) => paint([
				...(index === 0 ? lead : [indent]),
				{text: line, tone: isFailed ? 'error' : 'plain'},
				...(index === texts.length - 1 ? [{text: payload?.beside ?? '', tone: 'dim' as const}] : []),
			], inner)),
			...(payload?.beneath ?? []).map(line => paint([indent, {text: '  '}, {text: line, tone: 'dim'}], inner)),
		],
		isCut: payload?.isCut ?? false,
	};
}

/** A call's payload: in the rest of its last line, or beneath it where it fits better there. */
function payloadOf(
	{bytes, length, reading}: {readonly bytes: Uint8Array; readonly length: number; readonly reading: Reading},
	format: PayloadFormat,
	{room, used, more}: {readonly room: number; readonly used: number; readonly more: number},
): {readonly beside: string; readonly beneath: readonly string[]; readonly isCut: boolean} {
	const columns = room - used - gap;
	const beside = payloadText(bytes, length, format, columns, reading);
	if (!beside.isCut || more === 0) {
		return {
			beside: columns >= minPayload || !beside.isCut ? `${' '.repeat(gap)}${beside.text}` : '',
			beneath: [],
			isCut: beside.isCut,
		};
	}

	const width = room - 2;
	if (format === 'text') {
		const begins = columns >= minBeginning;
		const {lines, isCut} = payloadLines(
			bytes,
			length,
			{first: begins ? columns : width, others: width, most: begins ? more + 1 : more},
			reading,
		);
		return begins
			? {beside: `${' '.repeat(gap)}${lines[0]}`, beneath: lines.slice(1), isCut}
			: {beside: '', beneath: lines, isCut};
	}

	const {text, isCut} = payloadText(bytes, length, format, width, reading);
	return {beside: '', beneath: [text], isCut};
}
