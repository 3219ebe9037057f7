import {replyRules} from '../../../replies/reply-rule.ts';
import {keyBindings} from '../../input/keys.ts';
import {padColumns, paint, wrap} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';

/** Columns of the keys, of the rules and of the signs. */
const keyColumns = 18;

/** How many lines of it are shown in a terminal of so many rows: the header's and the footer's are taken. */
export function helpRows(rows: number): number {
	return Math.max(1, rows - 2);
}

/**
The help page, whole: the commands from the key table, the reply rules, the keys of typing, and what the signs mean.
*/
export function helpLines(columns: number, words: Words): string[] {
	const {help} = words;
	const heading = (text: string): string[] =>
		wrap(text, columns - 2).map(part => paint([{text: ` ${part}`, tone: 'strong'}], columns));
	const entry = (key: string, text: string): string[] =>
		wrap(text, columns - keyColumns - 4).map((part, index) =>
			paint(
				[{text: `  ${padColumns(index === 0 ? key : '', keyColumns)}`, tone: 'key'}, {text: ` ${part}`}],
				columns,
			));
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
		...help.typing.flatMap(([key, text]) => entry(key, text)),
		blank,
		...heading(help.signsTitle),
		...help.signs.flatMap(([sign, text]) => entry(sign, text)),
	];
}
