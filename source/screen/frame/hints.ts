import type {Words} from '../words/words.ts';
import {
	keepEnd, paint, type Span, widthOf,
} from './paint.ts';

/**
A key and what it does. A vital one is there however narrow the window is: how to find the commands, get help and leave.
*/
export type Hint = {readonly key: string; readonly label: string; readonly isVital?: boolean};

/** As many hints as fit whole into a line, in their order; the vital ones first get their room. */
export function hintLine(hints: readonly Hint[], columns: number): string {
	const line: Span[] = [];
	let room = columns - widthOf(hints.filter(({isVital}) => isVital).flatMap(hint => spansOf(hint)));
	for (const hint of hints) {
		const spans = spansOf(hint);
		const width = hint.isVital ? 0 : widthOf(spans);
		if (width <= room) {
			line.push(...spans);
			room -= width;
		}
	}

	return paint(line, columns);
}

/** All hints, in as many lines as they take, and a notice behind them. */
export function hintLines(hints: readonly Hint[], columns: number, notice: readonly Span[] = []): string[] {
	const lines: Span[][] = [[]];
	for (const spans of [...hints.map(hint => spansOf(hint)), [...notice]]) {
		const last = lines.at(-1)!;
		if (last.length > 0 && widthOf(last) + widthOf(spans) > columns) {
			lines.push(spans);
		} else {
			last.push(...spans);
		}
	}

	return lines.map(line => paint(line, columns));
}

/** The footer of an overlay: its keys in a line, and above them a notice of the last one's outcome. */
export function noticedHints(hints: readonly Hint[], notice: string | undefined, columns: number): string[] {
	return [
		...(notice === undefined
			? []
			: [paint([{text: ` ${keepEnd(notice, columns - 1)}`, tone: 'strong'}], columns)]),
		hintLine(hints, columns),
	];
}

/** The hints of what scrolls, with its own keys between how to scroll and how to leave. */
export function scrollHints(hints: readonly Hint[], {footer}: Words): Hint[] {
	return [
		{key: '↑ ↓', label: footer.scroll},
		...hints,
		{key: 'Esc', label: footer.close, isVital: true},
	];
}

function spansOf({key, label}: Hint): Span[] {
	return [{text: ' '}, {text: key, tone: 'key'}, {text: ` ${label} `, tone: 'dim'}];
}
