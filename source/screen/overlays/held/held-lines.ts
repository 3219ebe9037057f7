import type {HeldRow, HeldView} from '../../../engine/api/view.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import {type Codec, readingOf} from '../../../text/encoding/codec.ts';
import {
	optional, padColumns, paint, paintApart, type Span, widthOf, wrap,
} from '../../frame/paint.ts';
import {homeOf, shortAddress} from '../../panes/geometry.ts';
import {payloadText} from '../../panes/rows/payload-text.ts';
import {codecOfPane} from '../../state/screen-state.ts';
import {formatBytes, formatCount} from '../../../text/numbers.ts';
import {holdingOf} from '../../words/panes/relay-words.ts';
import type {Words} from '../../words/words.ts';

/** Columns of a length such as `1460 B`, and of how long something has waited. */
const lengthColumns = 9;
const waitedColumns = 7;

/** Fewer columns of a payload than these are too few for a note beside it. */
const leastPayload = 12;

/** What is held, and one line for each message that is shown. */
export function heldLines(
	{scene, view, chosen, words}: {
		readonly scene: SceneView;
		readonly view: HeldView | undefined;
		readonly chosen: number | undefined;
		readonly words: Words;
	},
	columns: number,
): string[] {
	const {relay} = words;
	const own = scene.server?.relay;
	const {rows = [], from = 0, total = 0} = view ?? {};
	const holding = holdingOf(own?.holding ?? []);
	const title: Span[] = [
		{text: ` ${relay.list.title} `, tone: 'chosen'},
		{text: `  ${own && total > 0 ? relay.held(own.held.count || total, own.held.bytes) : relay.list.nothing}`, tone: 'strong'},
		{text: ` · ${relay.holding[holding]}`, tone: holding === 'none' ? 'dim' : 'warning'},
	];
	const place = total > rows.length && rows.length > 0 ? relay.list.count(from + 1, from + rows.length, total) : '';
	const right: Span[] = [{text: ` ${words.footer.letters} `}, ...optional(place !== '' && ` ${place} `, 'dim')];
	const codec = codecOfPane(scene, scene.server?.pane);
	const ways = rows.map(row => wayOf(row, scene, words));
	const wayColumns = Math.max(0, ...ways.map(text => widthOf([{text}])));
	return [
		paintApart(title, right, columns),
		...rows.map((row, index) =>
			heldLine(row, padColumns(ways[index]!, wayColumns), row.id === chosen, columns, codec, words)),
	];
}

function heldLine(
	row: HeldRow,
	way: string,
	isChosen: boolean,
	columns: number,
	codec: Codec,
	words: Words,
): string {
	const {id, what, length, before, bytes, lead: begun, waited} = row;
	const {list} = words.relay;
	const lead: Span[] = [
		{text: isChosen ? ' ▸' : '  ', tone: 'strong'},
		{text: `${formatCount(id).padStart(4)} `, tone: isChosen ? 'strong' : 'dim'},
		{text: way, tone: row.direction === 'to-server' ? 'sent' : 'received'},
	];
	const right: Span[] = [{text: ` ${waitedText(waited).padStart(waitedColumns)} `, tone: 'dim'}];
	if (what !== 'data') {
		return paintApart([...lead, {text: `  ${list[what]}`, tone: 'warning'}], right, columns);
	}

	const size: Span = {text: `${formatBytes(length).padStart(lengthColumns)}  `, tone: 'dim'};
	const note: Span[] = before === undefined ? [] : [{text: ` ${list.edited(before)}`, tone: 'warning'}];
	const room = columns - widthOf([...lead, size, ...right]);
	const notes = room - widthOf(note) >= leastPayload ? note : note.map(span => ({...span, text: ' *'}));
	const {text} = payloadText(bytes, length, 'text', Math.max(0, room - widthOf(notes)), readingOf(codec, begun));
	return paintApart([...lead, size, {text}], [...notes, ...right], columns);
}

/** From whom to whom: `client 1 → target`, `target → :51234`. */
function wayOf({direction, leg, client}: HeldRow, scene: SceneView, {relay, server}: Words): string {
	const name = scene.protocol === 'tcp' || !client
		? server.connection(leg)
		: shortAddress(client, homeOf(scene, undefined));
	return direction === 'to-server' ? relay.list.toTarget(name) : relay.list.toClient(name);
}

/** Whole seconds: `7 s`, `2:05`. */
function waitedText(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function nothingLines(scene: SceneView, columns: number, {relay}: Words): string[] {
	return scene.server?.relay?.holding.length
		? []
		: wrap(relay.list.nothingYet, columns - 2).map(text => paint([{text: `  ${text}`, tone: 'dim'}], columns));
}
