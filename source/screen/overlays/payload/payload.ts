import type {PayloadPart, PayloadQuery, PayloadView} from '../../../views/payload.ts';
import {noticedHints} from '../../frame/hints.ts';
import {letterOf} from '../../input/keys.ts';
import {type Effect, update} from '../../input/update.ts';
import {codecOfPane, type ScreenState} from '../../state/screen-state.ts';
import type {PayloadMode} from '../modes.ts';
import {type Overlay, stepOf} from '../overlay.ts';
import {askToSave, savingHints} from '../saving.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import {kindOf} from '../../../log/event-kinds.ts';
import {formatAddress} from '../../../text/address.ts';
import {timeOfDay} from '../../../text/time-of-day.ts';
import type {Row} from '../../../views/rows.ts';
import {
	optional, padLines, paint, paintApart, type Span,
} from '../../frame/paint.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {formatExactBytes} from '../../../text/numbers.ts';
import type {Words} from '../../words/words.ts';
import {upTo} from '../../../views/window.ts';
import {layoutPayload, type PayloadPage, payloadPage} from './payload-page.ts';

/** From this many columns on the footer has room to say why `i` is needed. */
const whyColumns = 100;

/** A payload whole over the panes: it scrolls, is copied by a letter, and saved by a letter and a digit. */
export const payload = {
	escape: (state, {isSaving, notice, ...mode}) => ({...state, mode: isSaving ? mode : mode.back}),
	paste: 'line',
	handleKey({state, mode, words}, key) {
		const letter = letterOf(key);
		if (mode.isSaving) {
			const {isSaving, notice, ...shown} = mode;
			const what = {type: 'payload', sequence: mode.sequence} as const;
			const ways: readonly Effect[] = [{type: 'save-text', what}, {type: 'save', what}];
			return update({...state, mode: shown}, ...ways.filter((_, index) => letter === String(index + 1)));
		}

		if (letter === 'w') {
			return update({...state, mode: {...mode, ...askToSave(words)}});
		}

		const step = stepOf(key, Math.max(1, payloadRows(state.rows) - 1));
		if (step === undefined) {
			const format = {c: 'text', h: 'hex'}[letter] as 'text' | 'hex' | undefined;
			return update(state, ...(format ? [{type: 'copy', sequence: mode.sequence, format} as const] : []));
		}

		const last = lastPayloadLine(viewOf(state, mode)?.part?.kept ?? 0, state.columns, state.rows);
		return update({...state, mode: {...mode, notice: undefined, from: upTo(last, mode.from + step)}});
	},
	body: {
		draw: ({state, scene, mode, rows, words}) =>
			payloadLines(viewOf(state, mode), scene, state.columns, rows, words),
	},
	query: ({state, mode}) => payloadQuery(mode, viewOf(state, mode), state),
	look: () => 'payload',
	footer({state: {columns}, mode: {isSaving, notice}, words, words: {footer, keys, views: {payload: say}}}) {
		return noticedHints(isSaving
			? savingHints([say.saveText, say.saveBytes], words)
			: [
				{key: '↑ ↓', label: footer.scroll},
				{key: 'c', label: say.copyText},
				{key: 'h', label: say.copyHex},
				{key: 'w', label: keys.save},
				{key: 'i', label: columns < whyColumns ? keys.short.type : `${keys.short.type}: ${footer.letters}`},
				{key: 'Esc', label: footer.close, isVital: true},
			], notice, columns);
	},
	tell: (mode, notice) => ({...mode, notice}),
} satisfies Overlay<PayloadMode>;

/** The engine's answer for this payload: that for another says nothing about it. */
function viewOf({payload: view}: ScreenState, {sequence}: PayloadMode): PayloadView | undefined {
	return view?.sequence === sequence ? view : undefined;
}

/** Lines above the bytes: which payload it is, and what it is as text. */
const headRows = 3;

/** Columns before and behind the bytes. */
const margins = 2;

/** How many lines of bytes fit in a terminal of this many rows, beside the header and two of the footer. */
export function payloadRows(rows: number): number {
	return Math.max(1, rows - headRows - 3);
}

/** The last line at which a page can begin, for a payload of `kept` bytes in a terminal of this size. */
function lastPayloadLine(kept: number, columns: number, rows: number): number {
	return Math.max(0, layoutPayload(kept, columns - margins).totalLines - payloadRows(rows));
}

/** Asks for a payload from one of its lines on. Before the first answer one can only be at its beginning. */
export function payloadQuery(
	{sequence, from}: Pick<PayloadMode, 'sequence' | 'from'>,
	view: PayloadView | undefined,
	{columns, rows}: Pick<ScreenState, 'columns' | 'rows'>,
): PayloadQuery {
	const kept = view?.part?.kept ?? 0;
	const {bytesPerLine} = layoutPayload(kept, columns - margins);
	return {
		type: 'payload',
		sequence,
		offset: Math.min(from, lastPayloadLine(kept, columns, rows)) * bytesPerLine,
		maxBytes: payloadRows(rows) * bytesPerLine,
	};
}

/** A whole payload over the panes, in exactly `rows` rows. */
export function payloadLines(
	view: PayloadView | undefined,
	scene: SceneView,
	columns: number,
	rows: number,
	words: Words,
): string[] {
	const {payload} = words.views;
	const {row, part} = view ?? {};
	if (!row || !part) {
		const text = view ? payload.gone : payload.loading;
		return padLines([
			paint([{text: ` ${payload.title} `, tone: 'chosen'}], columns),
			paint([{text: ` ${text}`, tone: 'warning'}], columns),
		], rows, columns);
	}

	const codec = codecOfPane(scene, view?.pane);
	const page = payloadPage(part, columns - margins, Math.max(1, rows - headRows), codec);
	return padLines([
		titleLine(view, row, scene, page, columns, words),
		paint([{text: ' '}, ...aboutSpans(part, encodingName(codec.encoding), words)], columns),
		paint([{text: ` ${roundTripText(view, row, words)}`, tone: 'dim'}], columns),
		...page.lines.map(line => paint([{text: ' '}, ...line], columns)),
	], rows, columns);
}

/** Whose payload it is, when it was sent or received, and which lines of it are shown. */
function titleLine(
	view: PayloadView | undefined,
	row: Row,
	{server, clients}: SceneView,
	{from, lines, totalLines}: PayloadPage,
	columns: number,
	words: Words,
): string {
	const client = clients.find(({pane}) => pane === view?.pane);
	const pane = server?.pane === view?.pane ? words.server.title : (client ? words.client.title(client.number) : '');
	const {sign, tone} = kindOf(row.type);
	const place = words.views.payload.lines(from + 1, from + lines.length, totalLines);
	return paintApart(
		[
			{text: ` ${words.views.payload.title} `, tone: 'chosen'},
			{text: `  ${pane}  ${timeOfDay(row.time, 'full')} `},
			{text: sign, tone},
			{text: ` ${row.peer ? formatAddress(row.peer) : ''}  `},
			{text: formatExactBytes(row.length ?? 0), tone: 'strong'},
		],
		[{text: totalLines > lines.length ? ` ${place} ` : '', tone: 'dim'}],
		columns,
	);
}

/** Where the round-trip time was spent, measured by this program's reads and writes. */
function roundTripText(view: PayloadView | undefined, {elapsed}: Row, {views: {payload}}: Words): string {
	return view?.roundTrip && elapsed !== undefined ? payload.roundTrip(elapsed, view.roundTrip) : '';
}

/** What the bytes are as text, and how many the log has kept. */
function aboutSpans({text: read, kept, length}: PayloadPart, encoding: string, {views: {payload}}: Words): Span[] {
	const isWhole = kept >= length;
	if (length === 0) {
		return [{text: payload.empty}];
	}

	return [
		read.invalid === 0
			? {text: payload.isText(encoding), tone: 'received'}
			: {text: payload.notText(encoding, read.invalid), tone: 'warning'},
		{text: ` · ${payload.characters(read.characters)}`},
		...optional(read.cut > 0 && isWhole && ` · ${payload.cut(read.cut)}`, 'warning'),
		...optional(!isWhole && ` · ${payload.kept(kept, length)}`, 'warning'),
	];
}
