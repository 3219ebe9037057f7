import {timeOfDay} from '../../text/time-of-day.ts';
import type {Call, CallName} from '../../log/calls.ts';
import {callText} from '../../views/calls.ts';
import type {Row} from '../../views/rows.ts';
import {
	paint, type Span, type Tone, wrap,
} from '../frame/paint.ts';
import type {RowContext} from './geometry.ts';
import {payloadText} from './payload-text.ts';

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

/**
The calls of a row, a line or more each: on which connection, the call with its result, what it means, and the
payload.
*/
export function callLines(row: Row, calls: readonly Call[], context: RowContext): string[] {
	return calls.flatMap(call => oneCall(row, call, context));
}

function oneCall(row: Row, call: Call, {geometry, isServer, payload: format, words}: RowContext): string[] {
	const {inner, time} = geometry;
	const {name, note} = call;
	const text = callText(call);
	const isFailed = call.error !== undefined;
	const {sign, tone} = isFailed
		? {sign: '✗', tone: 'error' as const}
		: (signs[name] ?? {sign: ' ', tone: 'plain' as const});
	// Accept() is called on the welcoming socket, though the event is the new connection's.
	const socket = isServer && row.socket > 0 && name !== 'accept' ? `${words.server.connection(row.socket)}  ` : '';
	const explained = note === undefined ? text : `${text}   ${words.views.notes[note]}`;
	const [first = '', ...others] = wrap(socket + explained, inner - time - 3);
	const hasPayload = others.length === 0 && note === undefined && !isFailed && (row.length ?? 0) > 0;
	const payload = hasPayload && row.bytes ? `   ${payloadText(row.bytes, row.length ?? 0, format, inner).text}` : '';
	const lead: Span[] = [
		{text: timeOfDay(row.time, time < 12 ? 'short' : 'full'), tone: 'dim'},
		{text: ` ${sign} `, tone},
	];
	return [
		paint([...lead, {text: first, tone: isFailed ? 'error' : 'plain'}, {text: payload, tone: 'dim'}], inner),
		...others.map(line =>
			paint([{text: ' '.repeat(time + 3)}, {text: line, tone: isFailed ? 'error' : 'plain'}], inner)),
	];
}
