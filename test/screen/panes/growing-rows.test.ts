import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {maxPayloadLines, measurePane} from '../../../source/screen/panes/geometry.ts';
import {drawRow} from '../../../source/screen/panes/rows/row-lines.ts';
import {payloadLines} from '../../../source/screen/panes/rows/payload-text.ts';
import {kindOf} from '../../../source/screen/panes/views.ts';
import {newPaneState, type PaneState} from '../../../source/screen/state/screen-state.ts';
import {settleScroll} from '../../../source/screen/input/scroll.ts';
import {en} from '../../../source/screen/words/en.ts';
import textWidth from '../../../source/text/width/width.ts';
import type {Row, RowsView} from '../../../source/views/rows.ts';
import {
	row, type RowChanges, sceneView, screenState, serverAddress,
} from '../../helpers/terminal-scene.ts';
import {pageOf} from '../../../source/screen/panes/rows/pane-rows.ts';

const scene = sceneView({protocol: 'tcp'});

/** Where a client's pane of 50 columns stands, with `lines` lines for its log. */
function placeOf(lines: number, pane: PaneState = newPaneState): Parameters<typeof pageOf>[1] {
	return {
		box: {
			x: 0, y: 0, width: 50, height: lines + 4, pane: 2,
		}, scene, pane, words: en,
	};
}

/** Rows of a log, with payloads of these lengths. */
function rowsOf(lengths: readonly number[]): Row[] {
	return lengths.map((length, sequence) => row({
		type: 'chunk-sent', sequence, payload: String.fromCodePoint(0x61 + (sequence % 26)).repeat(length),
	}));
}

/** What the engine answers where the log has these rows, and a pane asks for `shown` of them up to an end. */
function viewOf(rows: readonly Row[], shown: number, wanted?: number): RowsView {
	const {length} = rows;
	const end = wanted === undefined ? length : Math.min(length, Math.max(wanted, Math.min(shown, length)));
	return {
		type: 'rows', pane: 2, kind: 'messages', rows: rows.slice(Math.max(0, end - shown), end), end, total: length, first: 0,
	};
}

function drawn(view: RowsView, lines: number, selected?: number): string[] {
	const place = placeOf(lines);
	return kindOf(view).lines({
		...place, view, selected, isFocused: false,
	}, view, measurePane(place.box, scene, en), lines).map(line => stripVTControlCharacters(line).trimEnd());
}

test('payloads take the lines that are free, the newest first, and each at most four', t => {
	const lines = drawn(viewOf(rowsOf([60, 60, 1000, 5]), 20), 20);
	t.is(lines.length, 2 + 2 + maxPayloadLines + 1);
	t.regex(lines[7]!, /^ +c+…$/);
	const tight = drawn(viewOf(rowsOf([60, 60, 1000, 5]), 6), 6);
	t.is(tight.length, 6);
	t.regex(tight[0]!, /a…$/);
	t.regex(tight[1]!, /b…$/);
	t.regex(tight[4]!, /^ +c+…$/);
	t.regex(tight[5]!, /e$|d$/);
});

test('in a pane that is full the newest row still shows more than a line, and the others one', t => {
	const lines = drawn(viewOf(rowsOf([5, 60, 60, 60, 60, 60, 60]), 6), 6);
	t.is(lines.length, 6);
	t.deepEqual(lines.map(line => /([a-z])…?$/.exec(line)?.[1]), ['d', 'e', 'f', 'f', 'g', 'g']);
	t.deepEqual(lines.map(line => line.includes('…')), [true, true, false, false, false, false]);
});

test('nothing moves while nothing happens, and what has been drawn is not drawn again', t => {
	let reads = 0;
	const counted = rowsOf([60, 200, 5]).map(each => Object.defineProperty({...each}, 'bytes', {
		get() {
			reads++;
			return each.bytes;
		},
	}));
	const view = viewOf(counted, 12);
	const before = drawn(view, 12);
	const after = reads;
	t.true(after > 0);
	t.deepEqual(drawn(view, 12), before);
	// Whether anything was sent yet is asked of each row.
	t.true(reads - after <= counted.length);
});

/** A sentence that takes two lines in a pane of 50 columns. */
const far = {host: '10.0.0.1', port: 40_000};
const sentence = row({type: 'connection-opened', local: far, peer: far});

test('every row shows whole on some page, whichever way one pages', t => {
	t.notThrows(() => {
		fc.assert(fc.property(
			fc.array(fc.oneof(fc.nat(20), fc.nat(300), fc.constant(-1)), {minLength: 1, maxLength: 60}),
			fc.integer({min: 4, max: 24}),
			(lengths, lines) => {
				const rows = rowsOf(lengths.map(length => Math.max(0, length)))
					.map((each, index) => lengths[index] === -1 ? {...sentence, sequence: index} : each);
				const seen = {back: new Set<number>(), forth: new Set<number>()};
				let pane = newPaneState;
				for (const [way, direction] of [['back', -1], ['forth', 1]] as const) {
					for (let pages = 0; pages < 200; pages++) {
						const view = viewOf(rows, lines, pane.end);
						const {whole, end} = pageOf(view, placeOf(lines, pane), lines);
						for (let index = 1; index <= whole; index++) {
							seen[way].add(end - index);
						}

						pane = {...pane, ...kindOf(view).scroll(placeOf(lines, pane), view, direction)};
					}
				}

				return seen.back.size === rows.length && seen.forth.size === rows.length;
			},
		), {numRuns: 60});
	});
});

test('scrolled forth to the last row, a pane follows what comes only where all that was still to be seen shows', t => {
	const follows = (lengths: readonly number[], end: number, row: number): boolean => {
		const view = viewOf(rowsOf(lengths), 6, end);
		const place = placeOf(6);
		const state = screenState(scene, {
			views: new Map([[2, view]]), panes: new Map([[2, {...newPaneState, end, anchor: {end, row}}]]),
		});
		const layout = {
			columns: 80, rows: 24, panes: place.box, server: undefined, clients: [place.box], folded: [],
			tabs: undefined, beside: undefined, dock: undefined,
		};
		const settled = settleScroll({
			state, scene, words: en, layout: () => layout,
		});
		return settled.panes.get(2)!.end === undefined;
	};

	t.true(follows([5, 5, 5, 5, 5, 5, 5, 5], 8, 4));
	t.false(follows([5, 5, 5, 5, 300, 300, 300, 300], 8, 3), 'the newest take the lines of the oldest');
	t.false(follows([5, 5, 5, 5, 5, 5, 5, 5], 7, 4), 'not the last row yet');
});

test('a selected row is in view, however many lines its neighbours take', t => {
	for (const selected of [0, 3, 5]) {
		const lines = drawn(viewOf(rowsOf([60, 60, 60, 60, 60, 60]), 6), 6, selected);
		const letter = String.fromCodePoint(0x61 + selected);
		t.true(lines.some(line => line.includes(`  ${letter}${letter}`)), `drawn as ${lines.join('\n')}`);
	}
});

const narrow = {
	geometry: {
		inner: 46, logRows: 20, time: 6, peer: 6, payload: 22,
	},
	protocol: 'udp',
	isServer: false,
	home: serverAddress.host,
	payload: 'text',
	server: 1,
	clients: [],
	words: en,
} as const;

function grown(changes: RowChanges, more = 3): string[] {
	return drawRow(row({peer: serverAddress, ...changes}), narrow, more).lines
		.map(line => stripVTControlCharacters(line).trimEnd());
}

test('how long an answer took stands in the first line, and the payload goes on beneath', t => {
	t.deepEqual(grown({type: 'datagram-received', payload: 'x'.repeat(40), elapsed: 6.4}), [
		'56.789 ← :12000  40 B  xxxxxxxxxxxxxxx  6.4 ms',
		'                       xxxxxxxxxxxxxxxxxxxxxxx',
		'                       xx',
	]);
});

test('what became of it shares the last line of the payload where it fits, and has its own where it does not', t => {
	const lost = {type: 'lost', cause: 'loss'} as const;
	t.deepEqual(grown({payload: 'hello', fate: lost}), ['56.789 → :12000   5 B  hello     ✗ lost (link)']);
	t.deepEqual(grown({payload: 'x'.repeat(27), fate: lost}), [
		'56.789 → :12000  27 B  xxxxxxxxxxxxxxxxxxxxxxx',
		'                       xxxx ✗ lost by the link',
	]);
	t.deepEqual(grown({payload: 'x'.repeat(20), fate: lost}), [
		'56.789 → :12000  20 B  xxxxxxxxxxxxxxxxxxxx',
		'         ✗ lost by the link',
	]);
});

test('a payload that is cut, and what became of it, take no more lines than are free', t => {
	const lost = {type: 'lost', cause: 'loss'} as const;
	for (const more of [1, 2, 3]) {
		t.true(grown({payload: 'x'.repeat(300), fate: lost}, more).length <= 1 + more);
		t.true(grown({payload: 'x'.repeat((23 * (more + 1)) - 3), fate: lost}, more).length <= 1 + more);
	}
});

test('beneath a row that leaves its payload few columns, the rest of it begins further to the left', t => {
	const tight = {...narrow, geometry: {...narrow.geometry, inner: 36}};
	const {lines} = drawRow(row({peer: serverAddress, payload: 'x'.repeat(36)}), tight, 3);
	t.deepEqual(lines.map(line => stripVTControlCharacters(line).trimEnd()), [
		'56.789 → :12000  36 B  xxxxxxxxxxxxx',
		'         xxxxxxxxxxxxxxxxxxxxxxx',
	]);
});

test('no line is wider than its pane, and no character or escape is broken, for any bytes', t => {
	const isWhole = (payload: Uint8Array, room: {first: number; others: number; most: number}): boolean => {
		const {lines, isCut} = payloadLines(payload, payload.length, room);
		const [whole] = payloadLines(payload, payload.length, {first: 10_000, others: 10_000, most: 1}).lines;
		return lines.length <= room.most
			&& lines.every((line, index) => textWidth(line) <= (index === 0 ? room.first : room.others))
			&& (isCut ? lines.at(-1)!.endsWith('…') : lines.join('') === whole)
			&& (isCut || lines.every(line => !/\\(?:x[\da-f]?|u{?[\da-f]*)$/.test(line)));
	};

	const rooms = fc.record({
		first: fc.integer({min: 1, max: 60}),
		others: fc.integer({min: 12, max: 60}),
		most: fc.integer({min: 1, max: 5}),
	});
	const texts = fc.array(fc.constantFrom('한', 'a', '👨‍👩‍👧', '\n', '\u{202E}', '\\', 'é', ' '), {maxLength: 80});
	t.notThrows(() => {
		fc.assert(fc.property(fc.uint8Array({maxLength: 300}), texts, rooms, (bytes, text, room) =>
			isWhole(bytes, room) && isWhole(new TextEncoder().encode(text.join('')), room)));
	});
});
