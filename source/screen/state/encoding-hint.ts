import {isUtf8} from 'node:buffer';
import type {View} from '../../engine/api/view.ts';
import {kindOf} from '../../log/event-kinds.ts';
import {codecOf} from '../../text/encoding/codec.ts';
import {unfinishedLength} from '../../text/encoding/utf8.ts';
import type {Row} from '../../views/rows.ts';
import type {Words} from '../words/words.ts';
import {
	encodingOfPane, paneState, sceneOfPane, type ScreenState, withPane,
} from './screen-state.ts';

/** Say once in a pane of UTF-8 that what it has received is none, but would be text in CP949. */
export function withEncodingHint(state: ScreenState, view: View, words: Words): ScreenState {
	if (view.type !== 'rows') {
		return state;
	}

	const {pane, rows} = view;
	const {isEncodingHinted, notice} = paneState(state, pane);
	const scene = sceneOfPane(state, pane);
	return scene && !isEncodingHinted && notice === undefined && encodingOfPane(scene, pane) === undefined
		&& rows.some(row => isCp949(row))
		? withPane(state, pane, {isEncodingHinted: true, notice: words.line.encoding.isCp949})
		: state;
}

/** Whether a payload that was received is no UTF-8, however it is cut, and is CP949. */
function isCp949({type, bytes, length = 0}: Row): boolean {
	const {data} = kindOf(type);
	if (!bytes || !data || data.isSent || isUtf8(bytes)) {
		return false;
	}

	const isStream = data.unit === 'chunk';
	const isCut = isStream || bytes.length < length;
	// The rest of a character of UTF-8 has up to three bytes, from 80 to BF.
	const found = isStream ? bytes.findIndex(byte => byte < 0x80 || byte > 0xBF) : 0;
	const first = found === -1 ? bytes.length : found;
	const end = isCut ? bytes.length - unfinishedLength(bytes) : bytes.length;
	const isOnlyCut = first < 4 && isUtf8(bytes.subarray(first, end));
	const pairs = isOnlyCut ? -1 : pairsIn(bytes, isCut);
	// Only what may be such text has the tables loaded.
	return pairs > 0 && codecOf('euc-kr').decode(bytes.subarray(0, pairs)) !== undefined;
}

/** By its ranges, text of ASCII and pairs of CP949, one pair at least. */
const pairsOfCp949 = /^(?:[\u0000-\u007F]*[\u0081-\u00FE][A-Za-z\u0081-\u00FF])+[\u0000-\u007F]*/;

/** How many bytes are that; -1 where there are others. The last may be half of a pair that was cut. */
function pairsIn(bytes: Uint8Array, isCut: boolean): number {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
	const [{length} = ''] = pairsOfCp949.exec(text) ?? [];
	const isHalf = isCut && /^[\u0081-\u00FE]$/.test(text.slice(length));
	return length > 0 && (length === text.length || isHalf) ? length : -1;
}
