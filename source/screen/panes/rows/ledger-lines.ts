import {kindOf} from '../../../log/event-kinds.ts';
import {formatAddress} from '../../../text/address.ts';
import {type Reading, readingOf, utf8Reading} from '../../../text/encoding/codec.ts';
import textWidth from '../../../text/width/width.ts';
import type {StreamPart} from '../../../log/delivery/stream-place.ts';
import type {LedgerRow} from '../../../views/ledger.ts';
import {leadAt} from '../../../views/payload.ts';
import type {Row} from '../../../views/rows.ts';
import {
	joined, optional, paint, type Span, type Tone, wrapSpans,
} from '../../frame/paint.ts';
import {formatExactBytes} from '../../../text/numbers.ts';
import type {Words} from '../../words/words.ts';
import {
	type DrawnRow, dumpIndent, type RowContext, rowTime, rowWay,
} from '../geometry.ts';
import {keptByLink, linkText} from './fate-text.ts';
import {payloadLines} from './payload-text.ts';

const noBytes = new Uint8Array(0);

/** Columns between two pieces of a payload: a letter, and a space on either side. */
const betweenPieces = 3;

/**
A write or a read: its number, where its bytes went or came from, and beneath it the bytes in their writes' colours, in
a line and at most `more` others.
*/
export function ledgerLines(row: Row, ledger: LedgerRow, context: RowContext, more = 0): DrawnRow {
	const {geometry} = context;
	const {inner, time} = geometry;
	const isMessage = row.message !== undefined;
	const spans = isMessage
		? messageSpans(row, ledger, context)
		: (isWrite(row) ? writeSpans(row, ledger, context) : readSpans(row, ledger, context));
	const [first = [], ...others] = wrapSpans(spans, inner - time - 3);
	const {sign: mark, tone} = kindOf(row.type);
	const sign: Span = {text: ` ${mark} `, tone};
	// The reads of a message have its frame as well.
	const pieces = isMessage ? {...ledger, parts: [], more: 0} : ledger;
	const {lines, isCut} = piecesOf(row, pieces, inner - dumpIndent, more + 1, readingOf(context.codec, row.lead));
	const isSeveral = lines.reduce((sum, pieces) => sum + pieces.filter(({isFirst}) => isFirst).length, 0) > 1;
	return {
		lines: [
			paint([{text: rowTime(row.time, geometry), tone: 'dim'}, sign, ...first], inner),
			...others.map(line => paint([{text: ' '.repeat(time + 3)}, ...line], inner)),
			...(row.length === 0 ? [] : lines).map(pieces =>
				paint([{text: ' '.repeat(dumpIndent)}, ...pieceSpans(pieces, isSeveral)], inner)),
		],
		isCut,
	};
}

function writeSpans(row: Row, ledger: LedgerRow, context: RowContext): Span[] {
	const {words: {views: {ledger: words}}} = context;
	const {number = 0, length = 0} = row;
	return [
		...connectionSpan(row, context),
		{text: `${words.write(number)} `, tone: 'strong'},
		markSpan(number),
		{text: `: ${formatExactBytes(length)}`},
		...streamSpan(ledger, length, context.words),
		...(row.framed ? [{text: `  ${context.words.views.framed(row.framed)}`, tone: 'strong' as const}] : []),
		...fateSpans(row, ledger, context),
	];
}

/** Where a write's bytes went, and what the simulated link has made of it. */
function fateSpans(row: Row, ledger: LedgerRow, context: RowContext): Span[] {
	const {told: [told], failed} = linkText(row, context.words);
	// What a stream has on the link is told beside what has been read of it.
	const isToldBeside = row.fate?.type === 'stream' && row.fate.onTheLink > 0;
	const link: Span[] = [
		...optional(told !== undefined && !isToldBeside && `  ${told}`, 'warning'),
		...failed.map(({text}): Span => ({text: `  ✗ ${text}`, tone: 'error'})),
	];
	return [...(keptByLink(row).isAll ? [] : wayOf(row, ledger, context)), ...link];
}

/** Where the bytes of a write went that the link has let through. */
function wayOf(row: Row, {parts, missing, more, isOver}: LedgerRow, context: RowContext): Span[] {
	const {words: {link, views: {ledger: words}}} = context;
	const {type, far, arrival, isVacant, isUnbound, length = 0, fate} = row;
	const {onTheLink, discarded} = keptByLink(row);
	const isDatagram = kindOf(type).data?.unit === 'datagram';
	if (isDatagram && onTheLink > 0 && parts.length === 0) {
		return [{text: `  ${link.stillThere}`, tone: 'warning'}];
	}

	if (isUnbound) {
		return [{text: `  ✗ ${isVacant ? words.vacant : words.unbound}`, tone: 'error'}];
	}

	const waits = optional(!isDatagram && onTheLink > 0 && `  ${link.onTheLink(onTheLink)}`, 'warning');
	if (!far) {
		return [{text: `  ${words.leftTo(row.peer ? formatAddress(row.peer) : '')}`, tone: 'dim'}, ...waits];
	}

	if (arrival?.type === 'lost') {
		return [{text: `  ✗ ${words.lost}`, tone: 'error'}];
	}

	const unread = isDatagram ? missing : Math.max(0, missing - onTheLink - discarded);
	if (parts.length === 0 && unread === length) {
		return [
			isOver ? {text: `  ✗ ${words.neverRead}`, tone: 'error'} : {text: `  ${words.underWay}`, tone: 'warning'},
		];
	}

	const isOne = parts.length + more === 1 && missing === 0;
	const again = fate?.type === 'passed' && fate.readAgain !== undefined ? [fate.readAgain] : [];
	const reads = [
		...parts.map((part): string =>
			isOne ? words.read(part.number) : `${words.read(part.number)} (${formatExactBytes(part.length)})`),
		...again.map(number => words.read(number)),
	];
	const read: Span[] = [
		{text: '  → '},
		...joined([sumOf(reads, 'received'), ...(more > 0 ? [[{text: words.more(more)}]] : [])], ' + '),
		{text: ` ${words.of(nameOf(row, context))}`, tone: 'dim'},
	];
	return [
		...(reads.length === 0 ? [] : read),
		...waits,
		...optional(unread > 0 && `  ${isOver ? words.partNeverRead(unread) : words.notRead(unread)}`, 'warning'),
	];
}

function readSpans(row: Row, ledger: LedgerRow, context: RowContext): Span[] {
	const {words: {views: {ledger: words}}} = context;
	const {number = 0, length = 0, far} = row;
	const {parts, missing, more} = ledger;
	const known: Span[][] = parts.map(part => [
		markSpan(part.number),
		{text: ` ${partText(part, row, context.words)}`, tone: markTone(part.number)},
		...changeSpan(row, context.words),
	]);
	const source: Span[] = far
		? [
			...joined([
				...(missing > 0 ? [[{text: words.forgotten(missing), tone: 'dim'} as const]] : []),
				...known,
				...(more > 0 ? [[{text: words.more(more)}]] : []),
			], ' + '),
			{text: ` ${words.of(nameOf(row, context))}`, tone: 'dim'},
		]
		: [{text: words.foreign(row.peer ? formatAddress(row.peer) : ''), tone: 'dim'}];
	return [
		...connectionSpan(row, context),
		{text: words.read(number), tone: 'strong'},
		{text: `: ${formatExactBytes(length)} = `},
		...source,
		...toMessages(row, context.words),
	];
}

function sumOf(texts: readonly string[], tone: Tone): Span[] {
	return joined(texts.map(text => [{text, tone}]), ' + ');
}

/** Which messages the bytes of a read belong to. */
function toMessages({messages}: Row, {views: {ledger: words}}: Words): Span[] {
	if (!messages) {
		return [];
	}

	const {parts, missing, more} = messages;
	const told = [
		...parts.map((part): string => shareText(part, words.message(part.number), words)),
		...(more > 0 ? [words.more(more)] : []),
		...(missing > 0 ? [words.inNoMessage(missing)] : []),
	];
	return [{text: '  → '}, ...sumOf(told, 'strong')];
}

/** A message: which reads the bytes of its frame came in. */
function messageSpans(row: Row, {parts, missing, more}: LedgerRow, context: RowContext): Span[] {
	const {words: {views: {ledger: words}}} = context;
	const {message = 0, length = 0, frame} = row;
	const told = [
		...(missing > 0 ? [words.forgottenReads(missing)] : []),
		...parts.map((part): string => shareText(part, words.read(part.number), words)),
		...(more > 0 ? [words.more(more)] : []),
	];
	return [
		...connectionSpan(row, context),
		{text: words.message(message), tone: 'strong'},
		{text: `: ${formatExactBytes(length)}`},
		...(frame ? streamSpan(frame, frame.length, context.words) : []),
		{text: '  = '},
		...sumOf(told, 'received'),
	];
}

function changeSpan({passage}: Row, {link}: Words): Span[] {
	return optional(passage?.corruption && `, ${link.corrupted(passage.corruption.at)}`, 'warning');
}

function partText(part: StreamPart, {passage}: Row, {link, views: {ledger: words}}: Words): string {
	const {number} = part;
	const write = passage?.copy === undefined ? words.write(number) : link.copyOf(words.write(number), passage.copy);
	return shareText(part, write, words);
}

/** What share of a piece with this name these bytes are. */
function shareText({from, length, whole}: StreamPart, name: string, words: Words['views']['ledger']): string {
	if (length === whole) {
		return words.whole(name);
	}

	if (from === 0) {
		return words.first(length, name);
	}

	return from + length === whole ? words.last(length, name) : words.middle(length, from, name);
}

function isWrite({type}: Row): boolean {
	return kindOf(type).data?.isSent ?? false;
}

/** Bytes of one write as text, or what of them stands on another line than their beginning. */
type Piece = {readonly number: number; readonly text: string; readonly isFirst: boolean};

/** A payload in at most `most` lines of `columns` columns, cut between the bytes of one write and the next one's. */
export function piecesOf(
	row: Row,
	{parts, more}: LedgerRow,
	columns: number,
	most = 1,
	reading: Reading = utf8Reading,
): {readonly lines: ReadonlyArray<readonly Piece[]>; readonly isCut: boolean} {
	const {number = 0, length = 0, bytes = noBytes} = row;
	const known = parts.reduce((sum, part) => sum + part.length, 0);
	// Where the oldest of a read's writes are not known any more, they cannot be told apart from the others.
	const pieces = isWrite(row) ? [{number, length}] : (known < length && more === 0 ? [{number: 0, length}] : parts);
	const between = pieces.length > 1 ? betweenPieces : 0;
	const shown: Piece[][] = [[]];
	let from = 0;
	let left = columns;
	for (const piece of pieces) {
		left -= between;
		if (left <= 0 && shown.length < most) {
			shown.push([]);
			left = columns - between;
		}

		if (left <= 0 || (from > 0 && from >= bytes.length)) {
			return {lines: shown, isCut: left <= 0};
		}

		const own = bytes.subarray(from, from + piece.length);
		const {lines: [first = '', ...others], isCut} = payloadLines(
			own,
			piece.length,
			{first: left, others: columns, most: most - shown.length + 1},
			readingOf(reading.codec, leadAt(bytes, from, reading)),
		);
		shown.at(-1)!.push({number: piece.number, text: first, isFirst: true});
		shown.push(...others.map(text => [{number: piece.number, text, isFirst: false}]));
		if (isCut) {
			return {lines: shown, isCut};
		}

		left = others.length > 0 ? columns - textWidth(others.at(-1)!) : left - textWidth(first);
		from += piece.length;
	}

	return {lines: shown, isCut: false};
}

/** The bytes, each piece in its write's colour and, where there are several, behind its letter. */
function pieceSpans(pieces: readonly Piece[], isSeveral: boolean): Span[] {
	return pieces.flatMap(({number, text, isFirst}, index): Span[] => [
		...(isSeveral && isFirst ? [{text: index === 0 ? '' : ' '}, markSpan(number)] : []),
		{text, tone: markTone(number)},
	]);
}

function streamSpan({offset}: Pick<LedgerRow, 'offset'>, length: number, {views: {ledger}}: Words): Span[] {
	return optional(offset !== undefined && length > 0 && `  ${ledger.stream(offset, offset + length - 1)}`, 'dim');
}

function connectionSpan(row: Row, context: RowContext): Span[] {
	const {isServer, protocol, target, words} = context;
	return target === undefined
		? optional(isServer && protocol === 'tcp' && `${words.server.connection(row.socket)}  `, 'dim')
		: [{text: `${rowWay(row, context)}  `, tone: 'dim'}];
}

function nameOf({far}: Row, {clients, server, target, words}: RowContext): string {
	if (far?.pane === server && target !== undefined) {
		return words.relay.header;
	}

	if (far?.pane === server) {
		return far && far.socket > 0 ? words.server.connection(far.socket) : words.views.ledger.server;
	}

	const client = clients.find(({pane}) => pane === far?.pane);
	return client ? words.client.tab(client.number) : words.views.ledger.gone;
}

const tones: readonly Tone[] = ['mark1', 'mark2', 'mark3', 'mark4', 'mark5', 'mark6'];

/** The colour of a write with this number; 0 is a write that is not known. */
export function markTone(number: number): Tone {
	return number === 0 ? 'plain' : tones[(number - 1) % tones.length] ?? 'plain';
}

/** The letter of a write with this number, which stands for its colour where there are none: A to Z, and A again. */
export function markLetter(number: number): string {
	return number === 0 ? '?' : String.fromCodePoint(0x41 + ((number - 1) % 26));
}

export function markSpan(number: number): Span {
	return {text: `[${markLetter(number)}]`, tone: markTone(number)};
}
