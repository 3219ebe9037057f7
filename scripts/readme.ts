/* Write into readme.md what comes from the program itself: its keys, and its command line. */
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {help} from '../source/commands/options.ts';
import {keyBindings} from '../source/screen/input/keys.ts';
import {typingKeys} from '../source/screen/overlays/help/help.ts';
import {en} from '../source/screen/words/en.ts';

const file = path.join(import.meta.dirname, '../readme.md');

/** The readme with its generated parts made anew. */
export function withGeneratedParts(readme: string): string {
	return replacePart(replacePart(readme, 'keys', keysPart()), 'usage', usagePart());
}

function keysPart(): string {
	const typing = typingKeys(en).map(([key, text]) => `| ${code(key)} | ${text} |`);
	const commands = keyBindings.map(({id, letter, hasCtrl}) =>
		`| \`${letter}\` | ${hasCtrl ? `\`Ctrl+${letter.toUpperCase()}\`` : ''} | ${en.help.commands[id]} |`);
	return [
		'| key | what it does |',
		'| --- | --- |',
		...typing,
		'',
		'| Esc, then | or at once | what it does |',
		'| --- | --- | --- |',
		...commands,
	].join('\n');
}

function usagePart(): string {
	return `\`\`\`\n${help.replaceAll(/^ {2}/gm, '').trim()}\n\`\`\``;
}

function code(keys: string): string {
	return keys.split(/(, | )/).map((part, index) => index % 2 === 0 ? `\`${part}\`` : part).join('');
}

function replacePart(text: string, name: string, part: string): string {
	const [start, end] = [`<!-- ${name}: written by npm run readme -->`, `<!-- end of ${name} -->`];
	const from = text.indexOf(start);
	const to = text.indexOf(end);
	if (from === -1 || to < from) {
		throw new Error(`readme.md has no part '${name}'`);
	}

	return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
}

if (process.argv[1] === import.meta.filename) {
	await writeFile(file, withGeneratedParts(await readFile(file, 'utf8')));
}
