/** Characters that no XML 1.0 document may hold (section 2.2), not even as references. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gv;

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;',
};

/** A text as XML has it: markup as entities, and U+FFFD for what XML 1.0 cannot hold. */
export function xmlText(text: string): string {
	return text.replaceAll(forbidden, '\u{FFFD}').replaceAll(/[&<>"']/g, character => entities[character] ?? character);
}

/** Where a text of an SVG picture stands, and its further attributes. */
export type SvgTextPlace = {readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle'; readonly style: string};

/** A text element; nothing for an empty text. Spaces stay as they are. */
export function svgText({x, y, anchor, style}: SvgTextPlace, text: string): string {
	return text === '' ? '' : `<text x="${x}" y="${y}" text-anchor="${anchor}" xml:space="preserve" ${style}>${xmlText(text)}</text>`;
}

/** A straight line with further attributes. */
export function svgLine({x1, y1, x2, y2}: {readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number}, style: string): string {
	return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${style}/>`;
}
