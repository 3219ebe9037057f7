import type {PayloadView} from '../../../views/payload.ts';
import {noticedHints} from '../../frame/hints.ts';
import {letterOf} from '../../input/keys.ts';
import {type Effect, update} from '../../input/update.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {PayloadMode} from '../modes.ts';
import {stepOf, upTo} from '../moving.ts';
import type {Overlay} from '../overlay.ts';
import {
	lastPayloadLine, payloadLines, payloadQuery, payloadRows,
} from './payload-lines.ts';

/** A payload whole over the panes: it scrolls, and is copied and saved by a letter. */
export const payload = {
	escape: (state, {back}) => ({...state, mode: back}),
	paste: 'line',
	handleKey({state, mode}, key) {
		const step = stepOf(key, Math.max(1, payloadRows(state.rows) - 1));
		if (step === undefined) {
			return update(state, ...effectsOf(letterOf(key), mode.sequence));
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
	footer: ({state: {columns}, mode: {notice}, words: {footer, keys, views: {payload: say}}}) => noticedHints([
		{key: '↑ ↓', label: footer.scroll},
		{key: 'c', label: say.copyText},
		{key: 'h', label: say.copyHex},
		{key: 'w', label: keys.save},
		{key: 'b', label: say.saveBytes},
		{key: 'Esc', label: footer.close, isVital: true},
	], notice, columns),
	tell: (mode, notice) => ({...mode, notice}),
} satisfies Overlay<PayloadMode>;

/** The engine's answer for this payload: that for another says nothing about it. */
function viewOf({payload: view}: ScreenState, {sequence}: PayloadMode): PayloadView | undefined {
	return view?.sequence === sequence ? view : undefined;
}

function effectsOf(letter: string, sequence: number): readonly Effect[] {
	const effects: Readonly<Partial<Record<string, Effect>>> = {
		c: {type: 'copy', sequence, format: 'text'},
		h: {type: 'copy', sequence, format: 'hex'},
		w: {type: 'save-text', what: {type: 'payload', sequence}},
		b: {type: 'save', what: {type: 'payload', sequence}},
	};
	return [effects[letter] ?? []].flat();
}
