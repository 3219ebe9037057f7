import textWidth from '../text/width/width.ts';

/** Columns of a terminal as it is opened. */
const columns = 80;

/** A line of the help: a flag, or a command, with what is said of it, and the default behind that. */
const parts = /^(\s*(?:(?:-\w, )?--[\w-]+(?: \S+)?\s{2,}|(?:\$ |learn ).*?\s{3,})?)(.*?)(?:\s+(\([^()]*\)))?$/;

/** A help in lines of at most 80 columns: what is longer goes on beneath itself, and a default stays whole. */
export function foldHelp(help: string): string {
	const folded: string[] = [];
	const lines = help.split('\n');
	for (let index = 0; index < lines.length;) {
		const first = index;
		do {
			index++;
		} while (goesOn(lines[index - 1]!, lines[index]));

		const own = lines.slice(first, index);
		const isLong = own.some(line => textWidth(line) > columns);
		folded.push(...(isLong ? foldLine(own.join(' ').trimEnd()) : own));
	}

	return folded.join('\n');
}

/** Whether the next line of the help is the rest of a sentence. */
function goesOn(line: string, next = ''): boolean {
	const isParagraph = /^ {2}\S/.test(line) && /^ {2}\S/.test(next);
	const isTold = /^ {20}/.test(line) || /\S {2,}\S/.test(line);
	return isParagraph || (isTold && /[\p{L}\d,]$/v.test(line) && /^ {20,}[\p{Ll}\p{Lo}']/v.test(next));
}

function foldLine(line: string): string[] {
	const [, lead = '', text = '', value = ''] = parts.exec(line) ?? [];
	const room = columns - textWidth(lead);
	const gap = room - textWidth(text) - textWidth(value);
	if (value !== '' && gap >= 1) {
		return [lead + text + ' '.repeat(gap) + value];
	}

	const lines: string[] = [];
	for (const word of [...text.split(/ +/), ...(value === '' ? [] : [value])]) {
		const last = lines.at(-1);
		if (last !== undefined && textWidth(`${last} ${word}`) <= room) {
			lines[lines.length - 1] = `${last} ${word}`;
		} else {
			lines.push(word);
		}
	}

	const indent = ' '.repeat(textWidth(lead));
	return lines.map((part, index) => (index === 0 ? lead : indent) + part);
}
