import {
	paint, paintApart, type Span, type Tone, widthOf,
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

/** Put a frame with its title around a pane's lines. */
export function frameLines({width, isFocused, titles, badge, lines, footLeft, footRight}: Frame): string[] {
	const set = isFocused ? heavy : light;
	const tone: Tone = isFocused ? 'focus' : 'dim';
	const side = paint([{text: set.vertical, tone}], 1);
	return [
		border(
			titles.map(title => [{text: `${set.topLeft}${set.horizontal} `, tone}, ...title, {text: ' ', tone}]),
			badge,
			set.topRight,
			set.horizontal,
			tone,
			width,
		),
		...lines.map(line => `${side} ${line} ${side}`),
		border(
			[[
				{text: set.bottomLeft, tone},
				...(footLeft === '' ? [] : [{text: `${set.horizontal} ${footLeft} `, tone}]),
			]],
			footRight,
			set.bottomRight,
			set.horizontal,
			tone,
			width,
		),
	];
}

/** A pane that is folded to its title. */
export function foldedLine(titles: ReadonlyArray<readonly Span[]>, badge: string, width: number): string {
	return border(titles.map(title => [{text: '── ', tone: 'dim'}, ...title, {text: ' '}]), badge, '─', '─', 'dim', width);
}

function border(
	lefts: ReadonlyArray<readonly Span[]>,
	right: string,
	corner: string,
	horizontal: string,
	tone: Tone,
	width: number,
): string {
	const end: Span[] = [
		...(right === '' ? [] : [{text: ` ${right} `, tone}]),
		{text: right === '' ? corner : `${horizontal}${corner}`, tone},
	];
	const left = lefts.find(spans => widthOf(spans) + widthOf(end) <= width) ?? lefts.at(-1) ?? [];
	const used = Math.min(widthOf(left), width - widthOf(end));
	const filling = width - used - widthOf(end);
	return paintApart([...left, {text: horizontal.repeat(filling), tone}], end, width);
}
