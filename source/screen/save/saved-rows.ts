/* Rows of a pane's log as plain text, with whole times, addresses and payloads. */
import {stripVTControlCharacters} from 'node:util';
import {kindOf} from '../../log/event-kinds.ts';
import {formatAddress} from '../../text/address.ts';
import {timeOfDay} from '../../text/time-of-day.ts';
import {readingOf} from '../../text/encoding/codec.ts';
import {visibleBytes} from '../../text/width/visible.ts';
import {callText} from '../../views/calls.ts';
import type {Row} from '../../views/rows.ts';
import {eventText} from '../panes/rows/event-text.ts';
import {rowFate} from '../panes/rows/fate-text.ts';
import type {RowContext} from '../panes/geometry.ts';
import {ledgerLines} from '../panes/rows/ledger-lines.ts';
import {hexOf} from '../panes/rows/payload-text.ts';
import {failedSend} from '../panes/rows/row-lines.ts';
import {formatElapsed} from '../../text/numbers.ts';
import {withoutKeys} from '../words/words.ts';

/** Who is who, and the language. A saved row has as many columns as it needs. */
type SavedRowContext = Omit<RowContext, 'geometry' | 'payload'> & {
	/** What a socket with a number is called; a server's is a connection. */
	readonly nameOf?: (socket: number) => string;
};

const noBytes = new Uint8Array(0);
const indent = '    ';

/** A row as text: its line, and beneath it what has no room in one line. */
export function savedRow(row: Row, context: SavedRowContext): string[] {
	if (row.calls && row.calls.length > 0) {
		return callRow(row, row.calls, context);
	}

	return row.ledger ? bytesRow(row, row.ledger, context) : messageRow(row, context);
}

function messageRow(row: Row, context: SavedRowContext): string[] {
	const {isServer, words} = context;
	const {
		socket, peer, length = 0, bytes, elapsed, message, reads, framed,
	} = row;
	const {data, fails, sign, stage} = kindOf(row.type);
	const nameOf = context.nameOf ?? (isServer ? words.server.connection : undefined);
	const connection = socket > 0 ? nameOf?.(socket) ?? '' : '';
	if (!data && !bytes) {
		// Which connection was accepted is in the sentence itself.
		const isInSentence = stage === 'connected' && !context.nameOf;
		const subject = connection === '' || isInSentence ? '' : `${connection} `;
		return [`${timeOf(row)} ${sign} ${subject}${withoutKeys(eventText(row, isServer, words).text)}`];
	}

	const {told: [told], failed} = rowFate(row, words);
	const end = [
		...(told === undefined ? [] : [told]),
		...failed.map(({text}) => `✗ ${text}`),
		...(row.isThirdParty ? [words.log.thirdParty] : []),
		...(row.isOtherSource ? [words.log.otherSource] : []),
		...(row.writes === undefined ? [] : [`= ${words.views.ledger.severalWrites(row.writes)}`]),
		...(framed ? [words.views.framed(framed)] : []),
		...(message === undefined || !reads ? [] : [words.views.message(message, reads.last - reads.first + 1)]),
		...(elapsed === undefined ? [] : [formatElapsed(elapsed)]),
	];
	return [
		[
			`${timeOf(row)} ${sign} ${[connection, peer ? formatAddress(peer) : ''].filter(Boolean).join(' ')}`,
			`${length} B`,
			...payloadOf(row, context),
			...end,
		].join('  '),
		...notesOf(row, context),
		...(fails ? [`${indent}${withoutKeys(failedSend(row, context))}`] : []),
	];
}

function callRow(row: Row, calls: NonNullable<Row['calls']>, context: SavedRowContext): string[] {
	const {isServer, words} = context;
	return calls.flatMap((call, index) => {
		// Accept() is called on the welcoming socket, though the event is the new connection's.
		const nameOf = context.nameOf ?? (isServer ? words.server.connection : undefined);
		const socket = nameOf && row.socket > 0 && call.name !== 'accept' ? [nameOf(row.socket)] : [];
		const note = call.note === undefined ? [] : [words.views.notes[call.note]];
		const isLast = index === calls.length - 1;
		return [
			[`${timeOf(row)} ${call.error === undefined ? ' ' : '✗'}`, ...socket, callText(call, words.server.connection), ...note, ...(isLast ? payloadOf(row, context) : [])]
				.join('  '),
			...(isLast ? notesOf(row, context) : []),
		];
	});
}

/** The bytes view's own lines, in as many columns as the payload needs. */
function bytesRow(row: Row, ledger: NonNullable<Row['ledger']>, context: SavedRowContext): string[] {
	// An escape takes up to nine columns, and the sentence before the payload some hundreds.
	const inner = 1000 + ((row.bytes?.length ?? 0) * 9);
	const geometry = {
		inner, logRows: 1, time: 12, peer: 0, payload: inner,
	};
	const {lines} = ledgerLines(row, ledger, {...context, geometry, payload: 'text'});
	return [...lines.map(line => stripVTControlCharacters(line).trimEnd()), ...notesOf(row, context)];
}

function timeOf({time}: Row): string {
	return timeOfDay(time, 'full');
}

/** A payload as text, with an escape for all that cannot be seen. */
function payloadOf({bytes = noBytes, length = 0, lead}: Row, {codec}: SavedRowContext): string[] {
	return bytes.length === 0
		? []
		: [visibleBytes(bytes, Number.POSITIVE_INFINITY, bytes.length >= length, readingOf(codec, lead)).text];
}

/** The bytes of a payload that is not text of its encoding, and that the log has not kept all of one. */
function notesOf({bytes = noBytes, length = 0, lead = 0}: Row, {codec, words: {views}}: SavedRowContext): string[] {
	const isText = lead === 0 && readingOf(codec).codec.decode(bytes) !== undefined;
	return [
		...(bytes.length > 0 && !isText ? [`${indent}hex: ${hexOf(bytes)}`] : []),
		...(bytes.length > 0 && bytes.length < length ? [`${indent}${views.payload.kept(bytes.length, length)}`] : []),
	];
}
