import type {Key} from '../key-decoder.ts';
import type {PaneState} from '../../state/screen-state.ts';
import {
	type Draft, deleteCell, deleteToStart, deleteWord, insertCells, keptDraft, insertPaste, insertText, moveByWord,
	moveCaret, pastedLines,
} from './draft.ts';

/** What a key does to a pane's line: its new state, or undefined for a key that means nothing here. */
export function editLine(pane: PaneState, key: Key): Partial<PaneState> | undefined {
	if (key.type === 'paste') {
		return {draft: insertPaste(pane.draft, pastedLines(key.text).text)};
	}

	const {name, ctrl, alt, shift} = key;
	switch (name) {
		case 'up': {
			return shift ? undefined : recall(pane, -1);
		}

		case 'down': {
			return shift ? undefined : recall(pane, 1);
		}

		default: {
			if (ctrl && name === 'y') {
				return pane.killed.length > 0 ? {draft: insertCells(pane.draft, pane.killed)} : undefined;
			}

			const draft = editDraft(pane.draft, key);
			const isKill = (ctrl && (name === 'u' || name === 'w')) || (alt && name === 'backspace');
			const killed = isKill && draft ? pane.draft.cells.slice(draft.caret, pane.draft.caret) : [];
			return draft && {draft, ...(killed.length > 0 && {killed})};
		}
	}
}

/** What a key does to a draft; undefined for a key that does not edit. */
export function editDraft(draft: Draft, {name, ctrl, alt, text}: Extract<Key, {type: 'key'}>): Draft | undefined {
	switch (name) {
		case 'left': {
			return ctrl || alt ? moveByWord(draft, -1) : moveCaret(draft, -1);
		}

		case 'right': {
			return ctrl || alt ? moveByWord(draft, 1) : moveCaret(draft, 1);
		}

		case 'home': {
			return moveCaret(draft, Number.NEGATIVE_INFINITY);
		}

		case 'end': {
			return moveCaret(draft, Number.POSITIVE_INFINITY);
		}

		case 'backspace': {
			return alt ? deleteWord(draft) : deleteCell(draft, -1);
		}

		case 'delete': {
			return deleteCell(draft, 1);
		}

		default: {
			if (ctrl) {
				return editByChord(draft, name);
			}

			return text === '' ? undefined : insertText(draft, text);
		}
	}
}

/** The chords of readline(3) that no command has. */
function editByChord(draft: Draft, name: string | undefined): Draft | undefined {
	switch (name) {
		case 'a': {
			return moveCaret(draft, Number.NEGATIVE_INFINITY);
		}

		case 'e': {
			return moveCaret(draft, Number.POSITIVE_INFINITY);
		}

		case 'b': {
			return moveCaret(draft, -1);
		}

		case 'h': {
			return deleteCell(draft, -1);
		}

		case 'u': {
			return deleteToStart(draft);
		}

		case 'w': {
			return deleteWord(draft);
		}

		default: {
			return undefined;
		}
	}
}

/** Walk through the sent lines; below the newest stands the half-typed one. */
function recall({history, recalled, draft, isHex}: PaneState, step: 1 | -1): Partial<PaneState> | undefined {
	const index = (recalled?.index ?? history.length) + step;
	const entry = history[index];
	if (entry) {
		return {
			draft: moveCaret(entry, Number.POSITIVE_INFINITY),
			isHex: entry.isHex ?? false,
			recalled: {index, draft: recalled?.draft ?? keptDraft({draft, isHex})},
		};
	}

	return recalled && index >= history.length
		? {draft: recalled.draft, isHex: recalled.draft.isHex ?? false, recalled: undefined}
		: undefined;
}
