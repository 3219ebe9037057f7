/** Whose string literals: the three differ in their quotes, and in how they escape what is not ASCII. */
export type StringLiterals = 'python' | 'javascript' | 'c';

/** How many columns one literal may take, its quotes not counted. */
const most = 48;

/** A text as string literals of a language: one, or several that make one string where the text is long. */
export function quote(text: string, language: StringLiterals): string[] {
	const mark = language === 'javascript' ? '\'' : '"';
	const literals: string[] = [];
	let literal = '';
	for (const character of text) {
		const part = escapeCharacter(character, mark, language);
		if (literal.length + part.length > most) {
			literals.push(mark + literal + mark);
			literal = '';
		}

		literal += part;
	}

	return [...literals, mark + literal + mark];
}

function escapeCharacter(character: string, mark: string, language: StringLiterals): string {
	// Two question marks can begin a trigraph in C (C11 5.2.1.1).
	if (character === mark || character === '\\' || (character === '?' && language === 'c')) {
		return `\\${character}`;
	}

	const isPlain = character >= ' ' && character <= '~';
	return isPlain ? character : escapeCode(character, language);
}

function escapeCode(character: string, language: StringLiterals): string {
	const code = character.codePointAt(0) ?? 0;
	switch (language) {
		case 'python': {
			return String.raw`\U${code.toString(16).padStart(8, '0')}`;
		}

		case 'javascript': {
			return String.raw`\u{${code.toString(16)}}`;
		}

		case 'c': {
			// Three octal digits end an escape, whatever follows; hexadecimal ones have no such limit (C11 6.4.4.4).
			return Array.from(Buffer.from(character), byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');
		}

		default: {
			return language satisfies never;
		}
	}
}
