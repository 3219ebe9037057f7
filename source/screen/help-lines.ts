import {keyBindings} from './keys.ts';
import {paint, type Span} from './paint.ts';
import type {Words} from './words/words.ts';

/** The help page, whole: the commands from the key table, the keys of typing, and what the signs mean. */
export function helpLines(columns: number, words: Words): string[] {
	const {help} = words;
	const heading = (text: string): string => paint([{text: ` ${text}`, tone: 'strong'}], columns);
	const entry = (key: string, text: string): string => paint([{text: '   '}, keySpan(key), {text: ` ${text}`}], columns);
	const blank = ' '.repeat(columns);
	return [
		heading(help.commandsTitle),
		...keyBindings.map(({id, letter, hasCtrl}) => entry(hasCtrl ? `${letter}  ^${letter.toUpperCase()}` : letter, help.commands[id])),
		blank,
		heading(help.typingTitle),
		...help.typing.map(([key, text]) => entry(key, text)),
		blank,
		heading(help.signsTitle),
		...help.signs.map(([sign, text]) => entry(sign, text)),
	];
}

function keySpan(key: string): Span {
	return {text: key.padEnd(18), tone: 'key'};
}
