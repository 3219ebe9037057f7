import type {PayloadView} from '../../engine/door/overlay-view.ts';
import type {Row} from '../../engine/door/pane-view.ts';
import type {SceneView} from '../../engine/door/scene-view.ts';
import type {PayloadPage, PayloadTone} from '../../engine/projections/payload-page.ts';
import {formatAddress} from '../../text/address.ts';
import {timeOfDay} from '../../text/time-of-day.ts';
import {filled} from '../filled.ts';
import {
	padColumns, paint, paintApart, type Span, type Tone,
} from '../paint.ts';
import {formatExactBytes} from '../words/numbers.ts';
import type {Words} from '../words/words.ts';

/** Lines above the bytes: which payload it is, and what it is as text. */
const headRows = 3;

const tones: Readonly<Record<PayloadTone, Tone>> = {
	plain: 'plain', dim: 'dim', escape: 'escape', warning: 'warning', charA: 'mark1', charB: 'mark2',
};

/** How many lines of bytes fit, in a terminal of so many rows: the header's line and up to two of the footer are taken. */
export function payloadRows(rows: number): number {
	return Math.max(1, rows - headRows - 3);
}

/** A payload whole over the panes, in exactly so many rows. */
export function payloadLines(view: PayloadView | undefined, scene: SceneView, columns: number, rows: number, words: Words): string[] {
	const {payload} = words.views;
	const {row, page} = view ?? {};
	if (!row || !page) {
		const text = view ? payload.gone : payload.loading;
		return filled([paint([{text: ` ${payload.title} `, tone: 'chosen'}], columns), paint([{text: ` ${text}`, tone: 'warning'}], columns)], rows, columns);
	}

	return filled([
		titleLine(view, row, scene, page, columns, words),
		paint([{text: ' '}, ...aboutSpans(page, words)], columns),
		padColumns('', columns),
		...page.lines.map(line => paint([{text: ' '}, ...line.map(({text, tone}) => ({text, tone: tones[tone]}))], columns)),
	], rows, columns);
}

/** Whose payload it is, when it came or went, and where one is in it. */
function titleLine(view: PayloadView | undefined, row: Row, {server, clients}: SceneView, {from, lines, totalLines}: PayloadPage, columns: number, words: Words): string {
	const isReceived = row.type === 'datagram-received' || row.type === 'chunk-received';
	const client = clients.find(({pane}) => pane === view?.pane);
	const pane = server?.pane === view?.pane ? words.server.title : (client ? words.client.title(client.number) : '');
	const sign: Span = row.type === 'send-failed' ? {text: '✗', tone: 'error'} : (isReceived ? {text: '←', tone: 'received'} : {text: '→', tone: 'sent'});
	const place = words.views.payload.lines(from + 1, from + lines.length, totalLines);
	return paintApart([
		{text: ` ${words.views.payload.title} `, tone: 'chosen'},
		{text: `  ${pane}  ${timeOfDay(row.time, 'full')} `},
		sign,
		{text: ` ${row.peer ? formatAddress(row.peer) : ''}  `},
		{text: formatExactBytes(row.length ?? 0), tone: 'strong'},
	], [{text: totalLines > lines.length ? ` ${place} ` : '', tone: 'dim'}], columns);
}

/** What the bytes are as text, and how many the log has kept. */
function aboutSpans({utf8, kept, length, isWhole}: PayloadPage, {views: {payload}}: Words): Span[] {
	if (length === 0) {
		return [{text: payload.empty}];
	}

	const text: Span[] = [
		{text: utf8.invalid === 0 ? payload.isUtf8 : payload.notUtf8(utf8.invalid), tone: utf8.invalid === 0 ? 'received' : 'warning'},
		{text: ` · ${payload.characters(utf8.characters)}`},
	];
	return [
		...text,
		...(utf8.cut > 0 && isWhole ? [{text: ` · ${payload.cut(utf8.cut)}`, tone: 'warning' as const}] : []),
		...(isWhole ? [] : [{text: ` · ${payload.kept(kept, length)}`, tone: 'warning' as const}]),
	];
}
