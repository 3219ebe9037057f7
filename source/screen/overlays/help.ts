import {replyRules} from '../../replies/reply-rule.ts';
import {hintLine} from '../frame/hints.ts';
import {
	moreText, padColumns, padLines, paint, paragraph, wrap,
} from '../frame/paint.ts';
import {keyBindings, letterOf} from '../input/keys.ts';
import {update} from '../input/update.ts';
import {type ScreenState, stepBack} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {HelpMode} from './modes.ts';
import {type Overlay, stepOf, upTo} from './overlay.ts';

/** Columns of the keys, of the rules and of the signs. */
const keyColumns = 18;

/** The chords of readline(3) that edit the line, and that commands may have taken. */
const readlineChords = 'dfknpr';

/** The keys of typing, and what they do: last those that one may look for here, and that are commands. */
export function typingKeys({help}: Words): ReadonlyArray<readonly [key: string, text: string]> {
	const taken = [...readlineChords].filter(chord =>
		keyBindings.some(({letter, hasCtrl}) => hasCtrl && letter === chord));
	return [...help.typing, [taken.map(letter => `^${letter.toUpperCase()}`).join(' '), help.takenChords]];
}

/** How many lines of the help fit in a terminal of this many rows, header and footer excluded. */
export function helpRows(rows: number): number {
	return Math.max(1, rows - 2);
}

/** What was laid out last with these words: each frame shows a part of it, and says how much there is besides. */
const laidOut = new WeakMap<Words, {readonly columns: number; readonly lines: readonly string[]}>();

/**
The help page, whole: the commands from the key table, the reply rules, the keys of typing, and what the signs mean.
*/
export function helpLines(columns: number, words: Words): readonly string[] {
	const known = laidOut.get(words);
	const lines = known?.columns === columns ? known.lines : layOut(columns, words);
	laidOut.set(words, {columns, lines});
	return lines;
}

function layOut(columns: number, words: Words): string[] {
	const {help} = words;
	const heading = (text: string): string[] => paragraph(text, columns, 'strong');
	const entry = (key: string, text: string): string[] =>
		wrap(text, columns - keyColumns - 4).map((part, index) => paint([
			{text: `  ${padColumns(index === 0 ? key : '', keyColumns)}`, tone: 'key'}, {text: ` ${part}`},
		], columns));
	const blank = padColumns('', columns);
	return [
		...heading(help.commandsTitle),
		...keyBindings.flatMap(({id, letter, hasCtrl}) =>
			entry(hasCtrl ? `${letter}  ^${letter.toUpperCase()}` : letter, help.commands[id])),
		blank,
		...heading(help.rulesTitle),
		...replyRules.flatMap(rule => entry(rule, help.rules[rule])),
		blank,
		...heading(help.portsTitle),
		blank,
		...heading(help.typingTitle),
		...typingKeys(words).flatMap(([key, text]) => entry(key, text)),
		blank,
		...heading(help.signsTitle),
		...help.signs.flatMap(([sign, text]) => entry(sign, text)),
	];
}

/** The help scrolls within what it has. Esc or q closes it; no other key does anything. */
export const help = {
	escape: leave,
	paste: ({state, mode, words}) => update({...state, mode: {...mode, notice: words.notice.notPasted}}),
	isClosedByChords: false,
	handleKey({state, mode, words}, key) {
		if (letterOf(key) === 'q') {
			return update(leave(state, mode));
		}

		const last = Math.max(0, helpLines(state.columns, words).length - helpRows(state.rows));
		const {notice, top, ...shown} = mode;
		return update({...state, mode: {...shown, top: upTo(last, Math.min(top, last) + (stepOf(key, 10) ?? 0))}});
	},
	body: {
		draw({state: {columns}, mode, rows, words}) {
			const all = helpLines(columns, words);
			return padLines(all.slice(upTo(all.length - rows, mode.top)), rows, columns);
		},
	},
	look: () => 'help',
	footer({state: {columns, rows}, mode: {top, notice}, words}) {
		const {footer} = words;
		const below = Math.max(0, helpLines(columns, words).length - helpRows(rows));
		const from = upTo(below, top);
		return [hintLine([
			...(notice === undefined ? [] : [{key: '✗', label: notice, isVital: true}]),
			...(below > 0 ? [{key: '↑ ↓', label: footer.scroll}] : []),
			{key: 'Esc q', label: footer.close},
			...(below > 0 ? [{key: moreText(from, below - from), label: footer.lines, isVital: true}] : []),
		], columns)];
	},
} satisfies Overlay<HelpMode>;

function leave(state: ScreenState, {back}: HelpMode): ScreenState {
	return back ? {...state, mode: back} : stepBack(state);
}
