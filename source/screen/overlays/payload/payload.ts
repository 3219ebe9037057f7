import type {PayloadView} from '../../../views/payload.ts';
import {noticedHints, scrollHints} from '../../frame/hints.ts';
import {letterOf} from '../../input/keys.ts';
import {update, type Update} from '../../input/update.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {PayloadMode} from '../modes.ts';
import type {Overlay} from '../overlay.ts';
import {
	lastPayloadLine, payloadLines, payloadQuery, payloadRows,
} from './payload-lines.ts';

/** A payload whole over the panes: it scrolls, and is copied and saved by a letter. */
export const payload = {
	escape: (state, {back}) => ({...state, mode: back}),
	paste: 'line',
	handleKey({state, mode}, key) {
		const {sequence} = mode;
		const page = Math.max(1, payloadRows(state.rows) - 1);
		const last = lastPayloadLine(viewOf(state, mode)?.part?.kept ?? 0, state.columns, state.rows);
		const scrolled = (by: number): Update =>
			update({...state, mode: {...mode, notice: undefined, from: Math.max(0, Math.min(last, mode.from + by))}});
		switch (key.name) {
			case 'up': {
				return scrolled(-1);
			}

			case 'down': {
				return scrolled(1);
			}

			case 'pageup': {
				return scrolled(-page);
			}

			case 'pagedown': {
				return scrolled(page);
			}

			case 'home': {
				return scrolled(Number.NEGATIVE_INFINITY);
			}

			case 'end': {
				return scrolled(Number.POSITIVE_INFINITY);
			}

			default: {
				return pressLetter(state, sequence, letterOf(key));
			}
		}
	},
	body: {
		draw: ({state, scene, mode, rows, words}) =>
			payloadLines(viewOf(state, mode), scene, state.columns, rows, words),
	},
	query: ({state, mode}) =>
		payloadQuery(mode.sequence, mode.from, viewOf(state, mode), state.columns, state.rows),
	look: () => 'payload',
	footer({state: {columns}, mode, words}) {
		const {copyText, copyHex, saveBytes} = words.views.payload;
		const hints = [
			{key: 'c', label: copyText},
			{key: 'h', label: copyHex},
			{key: 'w', label: words.keys.save},
			{key: 'b', label: saveBytes},
		];
		return noticedHints(scrollHints(hints, words), mode.notice, columns);
	},
	tell: (mode, notice) => ({...mode, notice}),
} satisfies Overlay<PayloadMode>;

/** The engine's answer for this payload: that for another says nothing about it. */
function viewOf({payload: view}: ScreenState, {sequence}: PayloadMode): PayloadView | undefined {
	return view?.sequence === sequence ? view : undefined;
}

function pressLetter(state: ScreenState, sequence: number, letter: string): Update {
	switch (letter) {
		case 'c': {
			return update(state, {type: 'copy', sequence, format: 'text'});
		}

		case 'h': {
			return update(state, {type: 'copy', sequence, format: 'hex'});
		}

		case 'w': {
			return update(state, {type: 'save-text', what: {type: 'payload', sequence}});
		}

		case 'b': {
			return update(state, {type: 'save', what: {type: 'payload', sequence}});
		}

		default: {
			return update(state);
		}
	}
}
