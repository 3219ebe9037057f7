import type {
	CheckView, LessonRunView, PredictionView,
} from '../../../engine/api/lesson.ts';
import type {PayloadStart} from '../../../lessons/fields.ts';
import type {FilledText} from '../../../lessons/fill-template.ts';
import {visibleBytes} from '../../../text/width/visible.ts';
import textWidth from '../../../text/width/width.ts';
import {
	gaps, type Span, type Tone, wrap,
} from '../../frame/paint.ts';
import {keyBindings, keyOf} from '../../input/keys.ts';
import type {Words} from '../../words/words.ts';
import {byType} from '../../../text/by-type.ts';

/** A piece of a paragraph. One that is kept whole is not broken at its spaces, as the keys of a command are not. */
type Piece = Span & {readonly isWhole?: boolean};

/** What stands in lines of its own. */
export type Paragraph = readonly Piece[];

/** A value of up to this many columns, such as an address or a time with its unit, is not broken at its spaces. */
const longestWhole = 20;

const payloadColumns = 40;

const space: Piece = {text: ' '};

/** A text of a lesson: keys as they are pressed, values told apart from what is the same for everybody. */
export function piecesOf(text: FilledText): Piece[] {
	return text.map(part => byType(part, {
		key: ({key}) => ({text: keyText(key), tone: 'key', isWhole: true}),
		value: ({text}) => strong(text),
		payload: payload => strong(payloadText(payload)),
		text: ({text}) => ({text}),
	}));
}

function strong(text: string): Piece {
	return {text, tone: 'strong', isWhole: textWidth(text) <= longestWhole};
}

/** The beginning of a payload as it stands in a text, safe to draw. */
export function payloadText({bytes, length}: PayloadStart): string {
	return visibleBytes(bytes, payloadColumns, bytes.length === length).text;
}

/** Whether a text has lines of its own: their spaces are kept. */
export function isPicture(text: FilledText): boolean {
	return text.some(part => 'text' in part && part.text.includes('\n'));
}

/** The columns of the widest of a picture's lines. */
export function pictureColumns(text: FilledText): number {
	const lines = piecesOf(text).map(piece => piece.text).join('').split('\n');
	// The last one is a sentence.
	return Math.max(0, ...lines.slice(0, -1).map(line => textWidth(line)));
}

/** What one comes to by going on. */
export function nextLabel(
	{phase, isAlready, step, count, isNextAnew}: LessonRunView,
	keys: Words['lessons']['keys'],
): string {
	if (phase === 'finished') {
		return keys.list;
	}

	if (phase === 'doing' && isAlready) {
		return keys.explain;
	}

	return step === count - 1 ? keys.end : (isNextAnew ? keys.nextScene : keys.next);
}

/** What is pressed for a command, by its name in the key table. */
export function keyText(name: string): string {
	const binding = keyBindings.find(({id}) => id === name);
	return binding ? keyOf(binding) : name;
}

/**
What the panel says: in the order in which it is read where all of it shows; the newest first where it does not, and
how many of these are new.
*/
type PanelText = {
	readonly inOrder: readonly Paragraph[];
	readonly newestFirst: readonly Paragraph[];
	readonly newCount: number;
};

export function paragraphsOf(
	run: LessonRunView,
	words: Words,
	{isInline, chosen}: {readonly isInline: boolean; readonly chosen: number | undefined},
): PanelText {
	const {lessons} = words;
	if (run.phase === 'finished') {
		const finished = finishedText(run, words);
		return {inOrder: finished, newestFirst: finished, newCount: finished.length};
	}

	const text = piecesOf(run.text);
	const task = isPicture(run.text) ? text : [{text: lessons.task, tone: 'strong' as const}, space, ...text];
	const ask = run.prediction?.state === 'open' ? questionText(run.prediction, chosen, isInline, words) : [];
	const guess = run.prediction ? guessText(run.prediction, words) : [];
	// The title has a checkbox without a label, too.
	const isBare = isInline && ask.length > 0 && !run.checks.some(({label}) => label);
	const checks = isBare ? [] : checksText(run.checks, isInline, words);
	const hints = run.hints.map((hint, index): Paragraph =>
		[{text: lessons.hint(index + 1), tone: 'strong'}, space, ...piecesOf(hint)]);
	const said = run.isAlready ? [{text: lessons.already}] : piecesOf(run.reaction?.text ?? []);
	const reaction = said.length > 0 ? [[{text: '! ', tone: 'warning' as const}, ...said]] : [];
	const explanation = run.explanation
		? [[{text: lessons.explanation, tone: 'strong' as const}, space, ...piecesOf(run.explanation)]]
		: [];
	if (explanation.length > 0) {
		const news = [...guess, ...explanation];
		return {
			inOrder: [text, ...checks, ...hints, ...news],
			newestFirst: [...news, ...(run.checks.some(({label}) => label) ? checks : []), task],
			newCount: news.length,
		};
	}

	const news = [
		...reaction, ...hints.slice(-1), ...(ask.length > 0 ? [...ask, task] : [text]), ...checks, ...guess,
	];
	return {
		inOrder: [text, ...ask, ...checks, ...hints, ...reaction, ...guess],
		newestFirst: [...news, ...hints.slice(0, -1).toReversed()],
		newCount: news.length,
	};
}

/** The checkboxes, each in a line of its own, or in one line where they share it. */
function checksText(checks: readonly CheckView[], isInline: boolean, {lessons}: Words): Paragraph[] {
	const boxes = checks.map(({label, isDone, seen, count}): Paragraph => [
		checkSign(isDone),
		...(label ? piecesOf(label) : [{text: isDone ? lessons.done : lessons.notYet}]),
		...(count > 1 && !isDone ? [{text: ` (${lessons.checkbox(seen, count)})`, tone: 'dim' as const}] : []),
	]);
	return listOf(boxes, isInline ? '   ' : '\n');
}

/** A paragraph of several entries: none of no entry. */
function listOf(entries: readonly Paragraph[], separator: string): Paragraph[] {
	return entries.length === 0
		? []
		: [entries.flatMap((entry, index) => index === 0 ? [...entry] : [{text: separator}, ...entry])];
}

/** The sign of a checkbox, which says the same as its colour. */
export function checkSign(isDone: boolean): Piece {
	return {text: isDone ? '☑ ' : '☐ ', tone: isDone ? 'received' : 'plain', isWhole: true};
}

/** What is asked before, with the choices, one of which is chosen. */
function questionText(
	{ask, choices}: PredictionView,
	chosen: number | undefined,
	isInline: boolean,
	{lessons}: Words,
): Paragraph[] {
	const list = choices.map(({text}, index): Paragraph => {
		const tone: Tone = index === chosen ? 'chosen' : 'plain';
		return [
			{text: index === chosen ? '▸' : ' ', tone, isWhole: true},
			{text: `${index + 1}`, tone: index === chosen ? tone : 'key'},
			{text: ' ', tone, isWhole: true},
			...piecesOf(text).map(piece => ({...piece, tone: index === chosen ? tone : piece.tone})),
		];
	});
	return [
		[{text: lessons.question, tone: 'warning'}, space, ...piecesOf(ask)],
		...listOf(list, isInline ? '  ' : '\n'),
	];
}

function guessText({state, given, came, comment}: PredictionView, {lessons}: Words): Paragraph[] {
	const guess = [{text: lessons.yourGuess, tone: 'strong' as const}, space, ...piecesOf(given ?? [])];
	const said = comment ? [space, ...piecesOf(comment)] : [];
	switch (state) {
		case 'given': {
			return [guess];
		}

		case 'right': {
			return [[{text: '✓ ', tone: 'received'}, ...guess, {text: '. '}, {text: lessons.right}, ...said]];
		}

		case 'wrong': {
			const what = came ? [{text: ' · '}, {text: lessons.came}, space, ...piecesOf(came)] : [];
			return [[{text: '✗ ', tone: 'warning'}, ...guess, ...what, {text: '.'}, ...said]];
		}

		case 'open':
		case 'skipped': {
			return said.length > 0 ? [said.slice(1)] : [];
		}

		default: {
			return state satisfies never;
		}
	}
}

function finishedText({
	title, done, count, skipped,
}: LessonRunView, {lessons}: Words): Paragraph[] {
	const undone = Array.from({length: count}, (_, step) => step).filter(step => !done.includes(step));
	const skippedNow = skipped.filter(step => done.includes(step));
	return [
		[
			checkSign(undone.length === 0),
			{text: undone.length === 0 ? lessons.finished(title, count) : lessons.ended(title, done.length, count)},
			...(undone.length > 0 ? [space, {text: lessons.undone(undone)}] : []),
			...(skippedNow.length > 0 ? [space, {text: lessons.skippedNow(skippedNow)}] : []),
		],
		[{text: keyText('save'), tone: 'key', isWhole: true}, {text: lessons.report}],
	];
}

/** Break a paragraph into lines of at most `columns` columns: where it says so, and at spaces. */
export function wrapPieces(pieces: Paragraph, columns: number, indent = 0): Span[][] {
	const lines: Piece[][] = [[]];
	for (const piece of pieces) {
		for (const [index, text] of piece.text.split('\n').entries()) {
			if (index > 0) {
				lines.push([]);
			}

			lines.at(-1)!.push({...piece, text});
		}
	}

	return lines.flatMap(line => wrapLine(line, columns, indent));
}

/**
Break a line at its spaces into lines of at most `columns` columns. Pieces without a space between them stay
together; a word that is longer than a line is broken where it must be. Lines after the first begin with `indent`
spaces.
*/
function wrapLine(pieces: Paragraph, columns: number, indent: number): Span[][] {
	const room = Math.max(1, columns - indent);
	const lines: Span[][] = [[]];
	let used = 0;
	const put = (word: readonly Span[], width: number): void => {
		lines.at(-1)!.push(...word);
		used += width;
	};

	for (const {word, gap} of wordsOf(pieces, room)) {
		const width = word.reduce((sum, {text}) => sum + textWidth(text), 0);
		const most = lines.length === 1 ? columns : room;
		const isFirst = used === 0;
		if (!isFirst && used + gap.length + width > most) {
			lines.push([]);
			used = 0;
			put(word, width);
			continue;
		}

		if (gap !== '' && (!isFirst || lines.length === 1)) {
			put([{text: gap}], gap.length);
		}

		put(word, width);
	}

	return lines.map((line, index) => index > 0 && indent > 0 ? [{text: ' '.repeat(indent)}, ...line] : line);
}

function wordsOf(pieces: Paragraph, room: number): Array<{readonly word: Span[]; readonly gap: string}> {
	const words: Array<{word: Span[]; gap: string}> = [{word: [], gap: ''}];
	for (const {text, tone, isWhole} of pieces) {
		for (const part of isWhole ? [text] : text.split(gaps)) {
			if (!isWhole && /^\s+$/.test(part)) {
				words.push({word: [], gap: part});
			} else if (part !== '') {
				// Text that is kept whole is indented by spaces of its own, which wrap() drops.
				const lead = part.slice(0, part.length - part.trimStart().length);
				const broken = textWidth(part) > room ? wrap(part.trimStart(), room - lead.length) : [part.trimStart()];
				words.at(-1)!.word.push({text: lead + (broken[0] ?? ''), tone});
				words.push(...broken.slice(1).map(rest => ({word: [{text: rest, tone}], gap: ''})));
			}
		}
	}

	return words.filter(({word}) => word.length > 0);
}
