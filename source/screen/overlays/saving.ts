import type {Hint} from '../frame/hints.ts';
import {attempt} from '../frame/paint.ts';
import type {Words} from '../words/words.ts';
import type {Saving} from './modes.ts';

/** What is to be added to the mode once `w` was pressed. */
export function askToSave({views: {saving}}: Words): Required<Saving> {
	return {isSaving: true, notice: saving.where(attempt(() => process.cwd(), () => '.'))};
}

/** The keys meanwhile: a digit for each way. */
export function savingHints(ways: readonly string[], {views: {saving}}: Words): Hint[] {
	return [...ways.map((label, index) => [String(index + 1), label]), ['Esc', saving.not]]
		.map(([key = '', label = '']) => ({key, label, isVital: true}));
}
