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
	'#8b93a1',
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

/** Fonts with glyphs for boxes and for Hangul. */
const fonts = 'ui-monospace, \'DejaVu Sans Mono\', \'Noto Sans Mono CJK KR\', Menlo, Consolas, monospace';

/** What a terminal showed at one moment, row by row, for how long it is shown, and what is said of it. */
export type Frame = {
	readonly rows: readonly string[];
	/** Milliseconds. */
	readonly duration: number;
	readonly caption: string;
};

/**
Draw what a terminal shows as an SVG picture. Each run of cells keeps its place, so that the columns stay aligned in any
font.
*/
export function screenSvg(buffer: IBuffer, columns: number, rows: number, title: string): string {
	return documentOf(columns, rows, title, [...screenRows(buffer, columns, rows)].join('\n'));
}

/** The rows of a terminal's screen as SVG elements, a text for each row. */
export function screenRows(buffer: IBuffer, columns: number, rows: number, hasCursor = false): string[] {
	return Array.from({length: rows}, (_, y) => {
		const cursor = hasCursor && buffer.cursorY === y
			? `<rect x="${round(margin + (buffer.cursorX * cell.width))}" y="${margin + (y * cell.height)}" width="${cell.width}" height="${cell.height}" fill="${foreground}" opacity="0.5"/>`
			: '';
		return lineRuns(buffer, y, columns).map(run => drawRun(run, y)).join('') + cursor;
	});
}

/**
Draw frames one after the other, again and again, with CSS animations and no script. A row that stays the same over
several frames is there once. Where nothing moves, by lack of support or by the reader's wish, the last frame is shown.
*/
export function animatedSvg(frames: readonly Frame[], columns: number, rows: number, title: string): string {
	const total = frames.reduce((sum, {duration}) => sum + duration, 0);
	/** In which frames each element is shown. */
	const shown = new Map<string, number[]>();
	for (const [index, frame] of frames.entries()) {
		for (const element of [...frame.rows, captionOf(frame.caption, rows)].filter(text => text !== '')) {
			shown.set(element, [...(shown.get(element) ?? []), index]);
		}
	}

	const starts = frames.map((_, index) => frames.slice(0, index).reduce((sum, {duration}) => sum + duration, 0));
	/** One animation for all elements that are shown in the same frames. */
	const animations = new Map<string, {readonly name: string; readonly rule: string}>();
	const elements = [...shown].map(([element, indices]) => {
		if (indices.length === frames.length) {
			return element;
		}

		const key = indices.join(',');
		const name = animations.get(key)?.name ?? `f${animations.size}`;
		const steps = frames.flatMap((_, index) => {
			const isShown = indices.includes(index);
			return index > 0 && isShown === indices.includes(index - 1)
				? []
				: `${round((100 * (starts[index] ?? 0)) / total, 1000)}%{visibility:${isShown ? 'visible' : 'hidden'}}`;
		});
		const isLast = indices.includes(frames.length - 1);
		animations.set(key, {
			name,
			rule: `@keyframes ${name}{${steps.join('')}}.${name}{visibility:${isLast ? 'visible' : 'hidden'};animation:${name} ${total / 1000}s step-end infinite}`,
		});
		return `<g class="${name}">${element}</g>`;
	});
	const style = [
		...[...animations.values()].map(({rule}) => rule),
		'@media (prefers-reduced-motion:reduce){g{animation:none!important}}',
	].join('\n');
	return documentOf(columns, rows + captionRows, title, `<style>\n${style}\n</style>\n${elements.join('\n')}`);
}

/** Rows beneath the screen for what is said of it. */
const captionRows = 2;

function captionOf(text: string, rows: number): string {
	const y = round(margin + ((rows + 1) * cell.height) + 10);
	return `<text x="${margin + cell.width}" y="${y}" font-size="16" font-family="system-ui, sans-serif" font-weight="bold" fill="#ffffff">${escapeXml(text)}</text>`;
}

function documentOf(columns: number, rows: number, title: string, content: string): string {
	const width = (columns * cell.width) + (2 * margin);
	const height = (rows * cell.height) + (2 * margin);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-label="${escapeXml(title)}">`,
		`<title>${escapeXml(title)}</title>`,
		`<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
		`<g font-family="${fonts}" font-size="${fontSize}" fill="${foreground}">`,
		content,
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
	const own = colourOf(place.isFgPalette(), place.isFgRGB(), place.getFgColor()) ?? foreground;
	const ground = colourOf(place.isBgPalette(), place.isBgRGB(), place.getBgColor());
	const isInverse = place.isInverse() !== 0;
	const colour = isInverse ? (ground ?? background) : own;
	const style = [
		colour === foreground ? '' : ` fill="${colour}"`,
		place.isBold() ? ' font-weight="bold"' : '',
		place.isDim() ? ' opacity="0.6"' : '',
	].join('');
	return {style, fill: isInverse ? own : ground};
}

/** A colour of the palette, or one of its own; undefined for none. */
function colourOf(isPalette: boolean, isRgb: boolean, value: number): string | undefined {
	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : (isPalette ? paletteColour(value) : undefined);
}

function drawRun({x, text, columns, style, fill}: Run, y: number): string {
	const leftOf = (column: number): number => round(margin + (column * cell.width));
	const top = margin + (y * cell.height);
	const box
		= fill === undefined
			? ''
			: `<rect x="${leftOf(x)}" y="${top}" width="${round(columns * cell.width)}" height="${cell.height}" fill="${fill}"/>`;
	// Whoever draws it may take several spaces for one: words that are further apart have places of their own.
	const words = columns === text.length ? [...text.matchAll(/\S+(?: \S+)*/g)] : [{0: text, index: 0}];
	return box + words.map(({0: word, index}) => {
		const width = round((columns === text.length ? word.length : columns) * cell.width);
		return `<text x="${leftOf(x + index)}" y="${top + 13}" textLength="${width}" lengthAdjust="spacingAndGlyphs"${style}>${escapeXml(word)}</text>`;
	}).join('');
}

function round(value: number, parts = 10): number {
	return Math.round(value * parts) / parts;
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
