import chalk from 'chalk';

// A test has no terminal, and would be painted without colours.
chalk.level = 1;

/** Names of the attributes and colours that lines are painted in (ECMA-48 SGR). */
const styles: Readonly<Partial<Record<string, string>>> = {
	1: 'bold',
	7: 'inverse',
	32: 'green',
	36: 'cyan',
	37: 'dim',
	91: 'red',
	92: 'orange',
	93: 'yellow',
	95: 'magenta',
	96: 'blue',
};

/**
The pieces of a painted line that have a style, as the style and the text, without the spaces at its ends; the rest is
left out.
*/
export function painted(line: string): string[] {
	const pieces: string[] = [];
	const current = new Set<string>();
	for (const [, code = '', text = ''] of line.matchAll(/\u{1B}\[(\d+)m([^\u{1B}]*)/gu)) {
		const style = styles[code];
		if (style === undefined) {
			// A colour ends another.
			for (const each of current) {
				const isWeight = each === 'bold';
				if (
					(code === '22' && isWeight)
					|| (code === '27' && each === 'inverse')
					|| (code === '39' && !isWeight && each !== 'inverse')
					|| code === '0'
				) {
					current.delete(each);
				}
			}
		} else {
			current.add(style);
		}

		if (current.size > 0 && text.trim() !== '') {
			pieces.push(`${[...current].join(' ')}: ${text.trim()}`);
		}
	}

	return pieces;
}
