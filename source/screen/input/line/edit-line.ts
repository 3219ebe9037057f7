import type {Key} from '../decode/key-decoder.ts';
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
	if (name === 'up' || name === 'down') {
		return shift ? undefined : recall(pane, name === 'up' ? -1 : 1);
	}

	if (ctrl && name === 'y') {
		return pane.killed.length > 0 ? {draft: insertCells(pane.draft, pane.killed)} : undefined;
	}

	const draft = editDraft(pane.draft, key);
	const isKill = (ctrl && (name === 'u' || name === 'w')) || (alt && name === 'backspace');
	const killed = isKill && draft ? pane.draft.cells.slice(draft.caret, pane.draft.caret) : [];
	return draft && {draft, ...(killed.length > 0 && {killed})};
}

type Edit = (draft: Draft) => Draft;

const toStart: Edit = draft => moveCaret(draft, Number.NEGATIVE_INFINITY);
const toEnd: Edit = draft => moveCaret(draft, Number.POSITIVE_INFINITY);
const deleteBack: Edit = draft => deleteCell(draft, -1);

/** What keys do that have a name, and what they do with Alt, or with Ctrl or Alt. */
const edits: Readonly<Partial<Record<string, Edit>>> = {
	left: draft => moveCaret(draft, -1),
	right: draft => moveCaret(draft, 1),
	home: toStart,
	end: toEnd,
	backspace: deleteBack,
	delete: draft => deleteCell(draft, 1),
};
const altEdits: typeof edits = {
	left: draft => moveByWord(draft, -1), right: draft => moveByWord(draft, 1), backspace: deleteWord,
};

/** The chords of readline(3) that no command has, and the arrows with Ctrl. */
const chords: typeof edits = {
	left: altEdits.left,
	right: altEdits.right,
	a: toStart,
	e: toEnd,
	b: edits.left,
	h: deleteBack,
	u: deleteToStart,
	w: deleteWord,
};

/** What a key does to a draft; undefined for a key that does not edit. */
export function editDraft(
	draft: Draft,
	{name = '', ctrl, alt, text}: Extract<Key, {type: 'key'}>,
): Draft | undefined {
	const edit = (ctrl ? chords[name] : undefined) ?? (alt ? altEdits[name] : undefined) ?? edits[name];
	return edit?.(draft) ?? (ctrl || text === '' ? undefined : insertText(draft, text));
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
