import textWidth from '../../text/width/width.ts';
import {
	optional, paint, paintApart, type Span, type Tone, widthOf,
} from '../frame/paint.ts';

/** The lines of a pane's frame; the focused one is heavier, so that it needs no colour. */
const light = {
	topLeft: '┌', topRight: '┐', bottomLeft: '└', bottomRight: '┘', horizontal: '─', vertical: '│',
};
const heavy = {
	topLeft: '┏', topRight: '┓', bottomLeft: '┗', bottomRight: '┛', horizontal: '━', vertical: '┃',
};

/** A pane's frame and what stands in it. Its width is in terminal columns, the borders included. */
type Frame = {
	readonly width: number;
	readonly isFocused: boolean;
	/** The ways to write it, from the longest to the shortest: the first that fits. */
	readonly titles: ReadonlyArray<readonly Span[]>;
	/** At the right end of the upper border. */
	readonly badge: string;
	/** Lines between the borders, each of exactly `width - 4` columns. */
	readonly lines: readonly string[];
	/** At the two ends of the lower border. */
	readonly footLeft: string;
	readonly footRight: string;
};

/** A badge leaves the title this many columns, in which it says whose the pane is. */
const titleColumns = 14;

export function frameLines({width, isFocused, titles, badge, lines, footLeft, footRight}: Frame): string[] {
	const set = isFocused ? heavy : light;
	const tone: Tone = isFocused ? 'focus' : 'dim';
	const side = paint([{text: set.vertical, tone}], 1);
	const {horizontal} = set;
	const foot: Span[] = [{text: set.bottomLeft, tone}, ...optional(footLeft !== '' && `${horizontal} ${footLeft} `, tone)];
	const heads = titles.map(title => [{text: `${set.topLeft}${horizontal} `, tone}, ...title, {text: ' ', tone}]);
	// Beside the badge stand a space at either end, a piece of the border and the corner.
	const room = Math.max(0, width - titleColumns - 4);
	const right = textWidth(badge) > room ? paint([{text: badge}], room) : badge;
	return [
		border(heads, right, [horizontal, set.topRight], tone, width),
		...lines.map(line => `${side} ${line} ${side}`),
		border([foot], footRight, [horizontal, set.bottomRight], tone, width),
	];
}

export function foldedLine(titles: ReadonlyArray<readonly Span[]>, badge: string, width: number): string {
	const lefts = titles.map((title): Span[] => [{text: '── ', tone: 'dim'}, ...title, {text: ' '}]);
	return border(lefts, badge, ['─', '─'], 'dim', width);
}

function border(
	lefts: ReadonlyArray<readonly Span[]>,
	right: string,
	[horizontal, corner]: readonly [horizontal: string, corner: string],
	tone: Tone,
	width: number,
): string {
	const end: Span[] = [
		...optional(right !== '' && ` ${right} `, tone),
		{text: right === '' ? corner : `${horizontal}${corner}`, tone},
	];
	const left = lefts.find(spans => widthOf(spans) + widthOf(end) <= width) ?? lefts.at(-1) ?? [];
	const used = Math.min(widthOf(left), width - widthOf(end));
	const filling = width - used - widthOf(end);
	return paintApart([...left, {text: horizontal.repeat(filling), tone}], end, width);
}
