import type {IBuffer, IBufferCell} from '@xterm/headless';

const cell = {width: 8.4, height: 17};
const margin = 12;
const fontSize = 14;
const background = '#16181d';
const foreground = '#d7dae0';

/** The first sixteen colours of a terminal; those after them are the same everywhere. */
const palette = [
	'#16181d',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#d7dae0',
	'#5c6370',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#ffffff',
];

/** A colour of xterm's palette of 256: sixteen, a cube of 6x6x6, and greys. */
function paletteColour(index: number): string {
	const hex = (...levels: readonly number[]): string =>
		`#${levels.map(level => level.toString(16).padStart(2, '0')).join('')}`;
	if (index >= 232) {
		const grey = 8 + ((index - 232) * 10);
		return hex(grey, grey, grey);
	}

	const cube = [36, 6, 1].map(unit => Math.floor((index - 16) / unit) % 6);
	return palette[index] ?? hex(...cube.map(step => step === 0 ? 0 : 55 + (step * 40)));
}

type Run = {
	readonly x: number;
	text: string;
	columns: number;
	readonly style: string;
	readonly fill: string | undefined;
};

/**
Draw what a terminal shows as an SVG picture. Each run of cells keeps its place, so that the columns stay aligned in any
font.
*/
export function screenSvg(buffer: IBuffer, columns: number, rows: number, title: string): string {
	const width = (columns * cell.width) + (2 * margin);
	const height = (rows * cell.height) + (2 * margin);
	const lines = Array.from({length: rows}, (_, y) =>
		lineRuns(buffer, y, columns)
			.map(run => drawRun(run, y))
			.join('')).join('\n');
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-label="${escapeXml(title)}">`,
		`<title>${escapeXml(title)}</title>`,
		`<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
		`<g font-family="ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono CJK KR', Menlo, Consolas, monospace" font-size="${fontSize}" fill="${foreground}" xml:space="preserve">`,
		lines,
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

/** Neighbouring cells of one style; a wide character is a run of its own, since fonts do not agree about its width. */
function lineRuns(buffer: IBuffer, y: number, columns: number): Run[] {
	const runs: Run[] = [];
	const line = buffer.getLine(buffer.baseY + y);
	for (let x = 0; x < columns; x++) {
		const place = line?.getCell(x);
		if (!place || place.getWidth() === 0) {
			continue;
		}

		const text = place.getChars() || ' ';
		const {style, fill} = styleOf(place);
		const last = runs.at(-1);
		if (
			last?.style === style
			&& last.fill === fill
			&& place.getWidth() === 1
			&& last.columns === last.text.length
		) {
			last.text += text;
			last.columns++;
		} else {
			runs.push({
				x,
				text,
				columns: place.getWidth(),
				style,
				fill,
			});
		}
	}

	return runs.filter(({text, fill}) => text.trim() !== '' || fill !== undefined);
}

function styleOf(place: IBufferCell): {style: string; fill: string | undefined} {
	const colour = place.isFgPalette() ? paletteColour(place.getFgColor()) : foreground;
	const isInverse = place.isInverse() !== 0;
	const style = [
		isInverse ? ` fill="${background}"` : (colour === foreground ? '' : ` fill="${colour}"`),
		place.isBold() ? ' font-weight="bold"' : '',
		place.isDim() ? ' opacity="0.6"' : '',
	].join('');
	return {style, fill: isInverse ? colour : undefined};
}

function drawRun({x, text, columns, style, fill}: Run, y: number): string {
	const left = round(margin + (x * cell.width));
	const top = margin + (y * cell.height);
	const width = round(columns * cell.width);
	const box
		= fill === undefined
			? ''
			: `<rect x="${left}" y="${top}" width="${width}" height="${cell.height}" fill="${fill}"/>`;
	return `${box}<text x="${left}" y="${top + 13}" textLength="${width}" lengthAdjust="spacingAndGlyphs"${style}>${escapeXml(text)}</text>`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
