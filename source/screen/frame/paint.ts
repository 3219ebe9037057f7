import {stripVTControlCharacters} from 'node:util';
import chalk from 'chalk';
import {graphemesOf, plainAscii, segmentsOf} from '../../text/width/graphemes.ts';
import {visibleLine} from '../../text/width/visible.ts';
import textWidth from '../../text/width/width.ts';
import type {Words} from '../words/words.ts';
import {type ColourName, colours, type Theme} from './tones.ts';

/** What a piece of text is, rather than its colour: the colours stand in one place, and carry no meaning alone. */
export type Tone = keyof ReturnType<typeof tonesOf>;

/** NO_COLOR (no-color.org), where it is set and not empty, takes the colours away; bold and inverse stay. */
const hasColours = !process.env.NO_COLOR;

/** A colour in as many as there are: chalk finds 0 (no styles either), 1 for sixteen, 2 for 256, 3 for more. */
function colourOf(theme: Theme, name: ColourName): (text: string) => string {
	const [indexed, basic] = colours[theme][name];
	const begins = `\u{1B}[38;5;${indexed}m`;
	const beginsBasic = basic === 0 ? undefined : `\u{1B}[${basic}m`;
	return text => {
		const {level} = chalk;
		const begin = level === 1 ? beginsBasic : begins;
		return begin === undefined || level === 0 || !hasColours ? text : `${begin}${text}\u{1B}[39m`;
	};
}

/** What each tone looks like. There is no dim (SGR 2): how dark that is, no program knows. */
function tonesOf(theme: Theme) {
	const colour = (name: ColourName): ((text: string) => string) => colourOf(theme, name);
	const sent = colour('sent');
	return {
		plain: text => text,
		dim: colour('dim'),
		strong: chalk.bold,
		sent,
		received: colour('received'),
		error: colour('error'),
		warning: colour('warning'),
		escape: colour('escape'),
		focus: text => chalk.bold(sent(text)),
		key: chalk.bold,
		chosen: chalk.inverse,
		// Writes to a byte stream, told apart.
		mark1: sent,
		mark2: colour('warning'),
		mark3: colour('received'),
		mark4: colour('escape'),
		mark5: colour('blue'),
		mark6: colour('orange'),
	} satisfies Readonly<Record<string, (text: string) => string>>;
}

let theme: Theme = 'dark';
let tones = tonesOf(theme);

/** Paint for another ground from now on. @returns whether it is another */
export function setTheme(wanted: Theme): boolean {
	const isOther = wanted !== theme;
	theme = wanted;
	tones = tonesOf(theme);
	return isOther;
}

/** What is no unit of a number: a line begins with none, also where a Korean particle stands behind it. */
const noUnit = String.raw`(?!%|(?:ms|s|B|KiB|MiB)(?![\p{Script=Latin}\p{N}]))`;

/** Where a sentence may be broken; `gaps` are kept by a split. */
const wordEnds = new RegExp(`(?<= )${noUnit}`, 'u');
export const gaps = new RegExp(String.raw`(\s+)${noUnit}`, 'u');

export type Span = {readonly text: string; readonly tone?: Tone};

/** A piece of a line, where there is a text for it. */
export function optional(text: string | false | undefined, tone: Tone = 'plain'): Span[] {
	return text ? [{text, tone}] : [];
}

export function joined(parts: ReadonlyArray<readonly Span[]>, between: string): Span[] {
	return parts.flatMap((part, index) => index === 0 ? part : [{text: between}, ...part]);
}

/** Characters that could end a line, move the cursor or turn the order of the text, and are not to be seen. */
const unsafe = /[\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]/v;

/** Most texts are made of these: that costs a small part of the other test. */
const quick = /^[ -~\u00A0·–…←-↓⇄─-▟▸►◄○●◆☐☑✓✗가-힣]*$/;

function isSafe(text: string): boolean {
	return quick.test(text) || !unsafe.test(text);
}

/** A text that is safe to draw, wherever it is from: a path, a message of the system, a title. */
function safeText(text: string): string {
	return isSafe(text) ? text : visibleLine(text);
}

function safeSpans(spans: readonly Span[]): readonly Span[] {
	return spans.every(({text}) => isSafe(text)) ? spans : spans.map(span => ({...span, text: safeText(span.text)}));
}

/** Fit spans into exactly `columns` columns, none below 1: cut, with a `…`, or filled with spaces. */
export function paint(given: readonly Span[], columns: number): string {
	if (columns < 1) {
		return '';
	}

	const spans = safeSpans(given);
	const room = columnsOf(spans) > columns ? columns - 1 : columns;
	let line = '';
	let used = 0;
	for (const {text, tone = 'plain'} of spans) {
		const width = textWidth(text);
		if (used + width <= room) {
			line += tones[tone](text);
			used += width;
			continue;
		}

		const part = beginning(text, room - used);
		line += tones[tone](`${part}…`);
		used += textWidth(part) + 1;
		break;
	}

	return used < columns ? line + ' '.repeat(columns - used) : line;
}

/** Put spans at the two ends of a line. What does not fit goes from the right end of the left spans. */
export function paintApart(left: readonly Span[], right: readonly Span[], columns: number): string {
	const rightColumns = widthOf(right);
	return rightColumns >= columns
		? paint(right, columns)
		: paint(left, columns - rightColumns) + paint(right, rightColumns);
}

/** A painted line in reverse: its own colours go. */
export function invert(line: string): string {
	return chalk.inverse(stripVTControlCharacters(line));
}

/** Fit a text into at most `columns` columns; of a longer one, such as a path, the end is kept, behind a `…`. */
export function keepEnd(text: string, columns: number): string {
	if (columns < 1) {
		return '';
	}

	const safe = safeText(text);
	const cells = graphemesOf(safe);
	let from = 0;
	while (from < cells.length && textWidth(cells.slice(from).join('')) + (from > 0 ? 1 : 0) > columns) {
		from++;
	}

	return from === 0 ? safe : `…${cells.slice(from).join('')}`;
}

/** How many terminal columns spans take, one after the other. */
export function widthOf(spans: readonly Span[]): number {
	return columnsOf(safeSpans(spans));
}

function columnsOf(spans: readonly Span[]): number {
	let width = 0;
	for (const {text} of spans) {
		width += textWidth(text);
	}

	return width;
}

/** Fill a text with spaces up to this many columns. */
export function padColumns(text: string, columns: number): string {
	return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

/** Break a sentence at its spaces into lines of at most `columns` columns, at least 1; a longer word is broken. */
export function wrap(text: string, columns: number): string[] {
	return wrapSpans([{text: text.trimStart()}], columns).map(line => line.map(part => part.text).join('').trimEnd());
}

/** The same in at most this many lines: the last has what is left, and may be cut when it is drawn. */
export function wrapInto(rows: number, text: string, columns: number): string[] {
	const lines = rows > 1 ? wrap(text, columns) : [text];
	return lines.length <= rows ? lines : [...lines.slice(0, rows - 1), lines.slice(rows - 1).join(' ')];
}

/** A text as painted lines, with a margin of a column at either side. */
export function paragraph(text: string, columns: number, tone: Tone = 'plain'): string[] {
	return wrap(text, columns - 2).map(line => paint([{text: ` ${line}`, tone}], columns));
}

/** The same of spans. Each keeps its tone on every line. */
export function wrapSpans(spans: readonly Span[], columns: number): Span[][] {
	const room = Math.max(1, columns);
	const lines: Span[][] = [[]];
	let used = 0;
	for (const {text, tone} of safeSpans(spans)) {
		for (const word of text.split(wordEnds)) {
			if (used > 0 && used + textWidth(word.trimEnd()) > room) {
				lines.push([]);
				used = 0;
			}

			let rest = used === 0 && lines.length > 1 ? word.trimStart() : word;
			while (textWidth(rest.trimEnd()) > room) {
				// Even a column that is too narrow for it takes one character.
				const [first = rest] = rest;
				const part = beginning(rest, room) || first;
				lines.at(-1)!.push({text: part, tone});
				lines.push([]);
				rest = rest.slice(part.length);
			}

			const shown = used + textWidth(rest) > room ? rest.trimEnd() : rest;
			if (shown !== '') {
				lines.at(-1)!.push({text: shown, tone});
				used += textWidth(shown);
			}
		}
	}

	return lines;
}

/** The longest beginning that takes at most this many columns. */
function beginning(text: string, columns: number): string {
	// A character of ASCII before another one is a grapheme of one column.
	if (plainAscii.test(text.slice(0, columns + 1))) {
		return text.slice(0, Math.max(0, columns));
	}

	let part = '';
	let used = 0;
	for (const {segment} of segmentsOf(text)) {
		used += textWidth(segment);
		if (used > columns) {
			break;
		}

		part += segment;
	}

	return part;
}

/** The first lines that fit in `height`, and lines of that many spaces below them. */
export function padLines(lines: readonly string[], height: number, columns: number): string[] {
	return [
		...lines.slice(0, Math.max(0, height)),
		...Array.from({length: Math.max(0, height - lines.length)}, () => padColumns('', columns)),
	];
}

/** How many entries or lines come before and after those that show. */
export function moreText(above: number, below: number, space = ' '): string {
	return [...(above > 0 ? [`↑${space}${above}`] : []), ...(below > 0 ? [`↓${space}${below}`] : [])].join(' ');
}

/** The result of `make`, or of `instead` where that throws: a fault costs the view that it is in, and nothing else. */
export function attempt<Value>(make: () => Value, instead: (error: unknown) => Value): Value {
	try {
		return make();
	} catch (error) {
		return instead(error);
	}
}

/** What a view that failed shows in its place, in exactly `rows` lines: the error's message, and what to do with it. */
export function faultLines(message: string, columns: number, rows: number, {fault}: Words): string[] {
	const sentences = [`✗ ${fault.view(visibleLine(message))}`, fault.report];
	const text = rows === 1 ? [sentences.join(' · ')] : sentences.flatMap(sentence => wrap(sentence, columns - 2));
	return padLines(text.map(line => paint([{text: ` ${line}`, tone: 'error'}], columns)), rows, columns);
}
