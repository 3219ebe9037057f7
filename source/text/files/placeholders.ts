/**
Divide a text at its placeholders; `{{` is a brace. `partOf` says what any other match of the pattern stands for: text,
a part, or undefined for what is wrong and left out.
*/
export function splitPlaceholders<Part extends {readonly type: string}>(
	text: string,
	pattern: RegExp,
	partOf: (match: RegExpExecArray) => Part | string | undefined,
): Array<Part | string> {
	const parts: Array<Part | string> = [];
	let before = '';
	let from = 0;
	for (const match of text.matchAll(pattern)) {
		const [written] = match;
		const part = written === '{{' ? '{' : partOf(match);
		before += text.slice(from, match.index);
		from = match.index + written.length;
		if (typeof part === 'string') {
			before += part;
		} else {
			parts.push(...(before === '' ? [] : [before]), ...(part ? [part] : []));
			before = '';
		}
	}

	before += text.slice(from);
	return before === '' ? parts : [...parts, before];
}
