import textWidth from '../../text/width/width.ts';
import {
	keepEnd, padColumns, paint, type Span, widthOf, wrap,
} from './paint.ts';

/** A key and what it does. A vital one is always there, a rare one when all others have room. */
export type Hint = {
	readonly key: string;
	readonly label: string;
	readonly isVital?: boolean;
	readonly isRare?: boolean;
};

/** As many hints as fit whole into a line, in their order; the vital ones first get their room, the rare ones last. */
export function hintLine(hints: readonly Hint[], columns: number): string {
	const rankOf = ({isVital, isRare}: Hint): number => isVital ? 0 : (isRare ? 2 : 1);
	const chosen = new Set<Hint>();
	let room = columns;
	for (const hint of hints.toSorted((a, b) => rankOf(a) - rankOf(b))) {
		const width = widthOf(hintSpans(hint));
		if (hint.isVital || width <= room) {
			chosen.add(hint);
			room -= width;
		}
	}

	return paint(hints.filter(hint => chosen.has(hint)).flatMap(hint => hintSpans(hint)), columns);
}

type HintGroup = {readonly name: string; readonly hints: readonly Hint[]};

/**
All hints, a group in a line where each fits into one, two in a line where these fit side by side; else one behind the
other. A notice stands behind them.
*/
export function hintGroups(groups: readonly HintGroup[], columns: number, notice: readonly Span[] = []): string[] {
	const names = Math.max(...groups.map(({name}) => textWidth(name)));
	const lines = groups.map(({name, hints}): Span[] => [
		{text: ` ${padColumns(name, names)} `, tone: 'dim'}, ...hints.flatMap(hint => hintSpans(hint)),
	]);
	const half = Math.floor(columns / 2);
	const pairs = lines.flatMap((line, index) => index % 2 === 0 ? [[line, lines[index + 1] ?? []]] : []);
	if (lines.every(line => widthOf(line) <= half)) {
		return flowed(noticeParts(notice, columns), columns, pairs.map(([left = [], right = []]) =>
			[...left, {text: ' '.repeat(half - widthOf(left))}, ...right]));
	}

	return lines.every(line => widthOf(line) <= columns)
		? flowed(noticeParts(notice, columns), columns, lines)
		: hintLines(groups.flatMap(({hints}) => hints), columns, notice);
}

/** All hints, in as many lines as they take, and a notice behind them; a long one has lines of its own. */
export function hintLines(hints: readonly Hint[], columns: number, notice: readonly Span[] = []): string[] {
	return flowed([...hints.map(hint => hintSpans(hint)), ...noticeParts(notice, columns)], columns);
}

/** A notice as it stands behind hints: broken into lines where it is longer than one. */
function noticeParts(notice: readonly Span[], columns: number): ReadonlyArray<readonly Span[]> {
	return widthOf(notice) <= columns
		? [notice]
		: notice.flatMap(({text, tone}) =>
			wrap(text.trim(), columns - 1).map((part): Span[] => [{text: ` ${part}`, ...(tone && {tone})}]));
}

/** Parts one behind the other, each whole, from the end of these lines on. */
function flowed(
	parts: ReadonlyArray<readonly Span[]>,
	columns: number,
	begun: ReadonlyArray<readonly Span[]> = [[]],
): string[] {
	const lines = begun.map(line => [...line]);
	for (const part of parts) {
		const last = lines.at(-1)!;
		if (last.length > 0 && widthOf(last) + widthOf(part) > columns) {
			lines.push([...part]);
		} else {
			last.push(...part);
		}
	}

	return lines.map(line => paint(line, columns));
}

/**
The footer of an overlay: its keys in a line, and above them a notice of the last one's outcome, in two lines at most;
of a longer one the end stands in one.
*/
export function noticedHints(hints: readonly Hint[], notice: string | undefined, columns: number): string[] {
	const wrapped = notice === undefined ? [] : wrap(notice, columns - 1);
	const lines = wrapped.length > 2 ? [keepEnd(notice ?? '', columns - 1)] : wrapped;
	return [...lines.map(line => paint([{text: ` ${line}`, tone: 'strong'}], columns)), hintLine(hints, columns)];
}

/** As many hints as fit whole, from the first on, with a point between them: what to do in a pane that is empty. */
export function stepsLine(hints: readonly Hint[], columns: number): string {
	const line: Span[] = [];
	for (const {key, label} of hints) {
		const spans: Span[] = [
			{text: line.length > 0 ? ' · ' : ''}, {text: key, tone: 'key'}, {text: key === '' ? label : ` ${label}`},
		];
		if (widthOf([...line, ...spans]) > columns) {
			break;
		}

		line.push(...spans);
	}

	return paint(line, columns);
}

export function hintSpans({key, label}: Hint): Span[] {
	return [{text: ' '}, {text: key, tone: 'key'}, {text: ` ${label} `, tone: 'dim'}];
}
