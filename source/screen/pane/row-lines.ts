import type {Protocol} from '../../engine/door/command.ts';
import type {Row} from '../../engine/door/pane-view.ts';
import type {ClientView} from '../../engine/door/scene-view.ts';
import type {PaneId} from '../../engine/events/event.ts';
import {formatAddress} from '../../text/address.ts';
import {timeOfDay} from '../../text/time-of-day.ts';
import {largestDatagram} from '../../engine/sockets/limits.ts';
import {
	padColumns, paint, paintApart, type Span, type Tone, wrap,
} from '../paint.ts';
import {formatElapsed} from '../words/numbers.ts';
import type {Words} from '../words/words.ts';
import {callLines} from './call-lines.ts';
import {happeningText} from './happening-text.ts';
import {dumpIndent, type PaneGeometry} from './geometry.ts';
import {ledgerLines} from './ledger-lines.ts';

/** What the look of a row depends on, apart from the row: the pane that it stands in, and the language. */
export type RowContext = {
	readonly geometry: PaneGeometry;
	readonly protocol: Protocol;
	readonly isServer: boolean;
	/** Who is who: the server's pane and the clients. */
	readonly server: PaneId | undefined;
	readonly clients: readonly ClientView[];
	readonly words: Words;
};

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
	switch (row.type) {
		case 'datagram-sent':
		case 'chunk-sent': {
			return [dataLine(row, '→', 'sent', context), ...dumpLines(row, context)];
		}

		case 'datagram-received':
		case 'chunk-received': {
			return [dataLine(row, '←', 'received', context), ...dumpLines(row, context)];
		}

		case 'send-failed': {
			return [dataLine(row, '✗', 'error', context), ...dumpLines(row, context), ...sentenceLines(failedSend(row, context), context)];
		}

		default: {
			const {sign, tone, text} = happeningText(row, context.isServer, context.words);
			const subject = context.isServer && row.socket > 0 && row.type !== 'accepted' ? `${context.words.server.connection(row.socket)} ` : '';
			const [first = '', ...others] = wrap(subject + text, context.geometry.inner - context.geometry.time - 3);
			const line = paint([time(row, context), {text: ` ${sign} `, tone}, {text: first, tone}], context.geometry.inner);
			return [line, ...indented(others, tone, context)];
		}
	}
}

/** A payload in hexadecimal that does not fit beside the row's other columns. */
function dumpLines({dump = []}: Row, {geometry}: RowContext): string[] {
	return dump.map(text => paint([{text: ' '.repeat(dumpIndent)}, {text}], geometry.inner));
}

/** What wrapped lines beneath a row say. */
function sentenceLines(text: string, context: RowContext): string[] {
	return indented(wrap(text, context.geometry.inner - context.geometry.time - 3), 'error', context);
}

function indented(lines: readonly string[], tone: Tone, {geometry}: RowContext): string[] {
	return lines.map(text => paint([{text: ' '.repeat(geometry.time + 3)}, {text, tone}], geometry.inner));
}

function failedSend({failure, length = 0, peer}: Row, {words}: RowContext): string {
	return failure?.code === 'EMSGSIZE' && length > largestDatagram ? words.messageTooLong(length) : words.failure(failure!, peer);
}

function dataLine(row: Row, sign: string, tone: Tone, context: RowContext): string {
	const {geometry, words} = context;
	const {length = 0, payload = '', elapsed, isThirdParty} = row;
	const peer = geometry.peer > 0 ? [{text: ' '}, {text: padColumns(peerText(row, context), geometry.peer)}] : [];
	const left: Span[] = [
		time(row, context),
		{text: ` ${sign}`, tone},
		...peer,
		{text: ` ${`${length} B`.padStart(6)}  `, tone: 'dim'},
		...payloadSpans(payload),
	];
	const lost = lossOf(row, context);
	if (lost !== undefined) {
		return paintApart(left, [{text: ` ✗ ${lost}`, tone: 'error'}], geometry.inner);
	}

	if (isThirdParty) {
		return paintApart(left, [{text: ` ${words.log.thirdParty}`, tone: 'warning'}], geometry.inner);
	}

	const right: Span[] = [
		...(row.writes === undefined ? [] : [{text: ` = ${words.views.ledger.severalWrites(row.writes)}`, tone: 'warning' as const}]),
		...(elapsed === undefined ? [] : [{text: ` ${formatElapsed(elapsed)}`.padStart(9), tone: 'dim' as const}]),
	];
	return right.length === 0 ? paint(left, geometry.inner) : paintApart(left, right, geometry.inner);
}

function time({time: milliseconds}: Row, {geometry}: RowContext): Span {
	return {text: timeOfDay(milliseconds, geometry.time < 12 ? 'short' : 'full'), tone: 'dim'};
}

/** Why what was sent did not come to anybody, where that is known. */
function lossOf({arrival, isVacant, neverRead, length}: Row, {words: {log, views: {ledger}}}: RowContext): string | undefined {
	if (isVacant) {
		return log.vacant;
	}

	if (arrival?.type === 'lost') {
		return log.lost;
	}

	return neverRead === undefined ? undefined : (neverRead === length ? log.neverRead : ledger.partNeverRead(neverRead));
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
