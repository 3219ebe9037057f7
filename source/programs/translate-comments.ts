import textWidth from '../text/width/width.ts';
import type {SourceLanguage} from './languages.ts';
import type {ListingLine} from './template.ts';

/** How many terminal columns a line may take. */
const most = 75;

/** How a comment begins, goes on in the next line, and ends. */
type Style = {readonly open: string; readonly next: string; readonly close: string};

const styles: Readonly<Record<SourceLanguage, Style>> = {
	python: {open: '# ', next: '# ', close: ''},
	javascript: {open: '// ', next: '// ', close: ''},
	c: {open: '/* ', next: '   ', close: ' */'},
};

/** A Python function's docstring, in one line. */
const documentation = /^( *""")(.*)(""")$/;

/**
Read translations of comments: paragraphs of an English comment and, after an arrow, what it becomes. Where a comment is
divided into lines says nothing.
*/
export function readTranslations(text: string): Map<string, string> {
	return new Map(text.trim().split('\n\n').map(paragraph => {
		const [english = '', translated = ''] = paragraph.split('\n→ ').map(part => part.split(/\n */).join(' '));
		return [english, translated];
	}));
}

/** A program's lines, with those of its comments translated that a table has by their text in one line. */
export function translateComments(
	lines: readonly ListingLine[],
	language: SourceLanguage,
	table: Pick<ReadonlyMap<string, string>, 'get'>,
): ListingLine[] {
	const style = styles[language];
	const {open, close} = style;
	const translated: ListingLine[] = [];
	for (let index = 0; index < lines.length; index++) {
		const line = lines[index] ?? {text: ''};
		const {text} = line;
		const block = blockAt(lines, index, style);
		const start = text.lastIndexOf(` ${open}`) + 1 + open.length;
		const [, before = '', sentence = '', after = ''] = documentation.exec(text) ?? [];
		if (block) {
			const found = table.get(block.text);
			translated.push(...(found === undefined
				? lines.slice(index, index + block.length)
				: wrap(found, block.indent, style).map(wrapped => ({text: wrapped}))));
			index += block.length - 1;
		} else if (start > open.length) {
			const end = text.length - close.length;
			const comment = text.slice(start, end);
			translated.push({...line, text: text.slice(0, start) + (table.get(comment) ?? comment) + text.slice(end)});
		} else {
			translated.push(sentence === ''
				? line
				: {...line, text: before + (table.get(sentence) ?? sentence) + after});
		}
	}

	return translated;
}

/** A comment that takes whole lines: its text in one line, and how many lines it takes. */
type Block = {readonly text: string; readonly indent: string; readonly length: number};

function blockAt(lines: readonly ListingLine[], first: number, {open, next, close}: Style): Block | undefined {
	const indent = /^ */.exec(lines[first]?.text ?? '')?.[0] ?? '';
	const parts: string[] = [];
	for (const {text} of lines.slice(first)) {
		const begin = indent + (parts.length === 0 ? open : next);
		if (!text.startsWith(begin)) {
			break;
		}

		parts.push(text.slice(begin.length));
		if (close !== '' && text.endsWith(close)) {
			break;
		}
	}

	const all = parts.join(' ');
	const {length} = parts;
	return length === 0 ? undefined : {text: all.slice(0, all.length - close.length), indent, length};
}

/** A comment in whole lines, its words divided so that each fits. */
function wrap(comment: string, indent: string, {open, next, close}: Style): string[] {
	const wrapped: string[] = [];
	let line = `${indent}${open}`;
	for (const word of `${comment}${close}`.split(' ')) {
		const isFirst = line.endsWith(' ') || line === '';
		const longer = isFirst ? line + word : `${line} ${word}`;
		if (textWidth(longer) > most && !isFirst) {
			wrapped.push(line);
			line = indent + next + word;
		} else {
			line = longer;
		}
	}

	return [...wrapped, line];
}
