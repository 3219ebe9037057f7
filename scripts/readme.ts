/* Write into readme.md and pages of docs/ what comes from the program itself: its keys, and its command line. */
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {help} from '../source/commands/options.ts';
import {help as relayHelp} from '../source/commands/relay.ts';
import {help as sendHelp} from '../source/commands/send.ts';
import {help as serveHelp} from '../source/commands/serve.ts';
import {foldHelp} from '../source/commands/tokens.ts';
import {keyBindings} from '../source/screen/input/keys.ts';
import {typingKeys} from '../source/screen/overlays/help.ts';
import {en} from '../source/screen/words/en.ts';

const file = path.join(import.meta.dirname, '../readme.md');
const commandLine = path.join(import.meta.dirname, '../docs/command-line.md');
const relay = path.join(import.meta.dirname, '../docs/relay.md');

/** The readme with its generated parts made anew. */
export function withGeneratedParts(readme: string): string {
	return replacePart(replacePart(readme, 'keys', keysPart()), 'usage', usagePart(help));
}

/** A page of a subcommand with the generated parts that it has made anew. */
export function withUsages(page: string): string {
	let text = page;
	for (const [name, usage] of Object.entries({serve: serveHelp, send: sendHelp, relay: relayHelp})) {
		if (text.includes(startOf(name))) {
			text = replacePart(text, name, usagePart(usage));
		}
	}

	return text;
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

function usagePart(text: string): string {
	return `\`\`\`\n${foldHelp(text).replaceAll(/^ {2}/gm, '').trim()}\n\`\`\``;
}

function code(keys: string): string {
	return keys.split(/(, | )/).map((part, index) => index % 2 === 0 ? `\`${part}\`` : part).join('');
}

function startOf(name: string): string {
	return `<!-- ${name}: written by npm run readme -->`;
}

function replacePart(text: string, name: string, part: string): string {
	const [start, end] = [startOf(name), `<!-- end of ${name} -->`];
	const from = text.indexOf(start);
	const to = text.indexOf(end);
	if (from === -1 || to < from) {
		throw new Error(`the text has no part '${name}'`);
	}

	return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
}

if (process.argv[1] === import.meta.filename) {
	await writeFile(file, withGeneratedParts(await readFile(file, 'utf8')));
	for (const page of [commandLine, relay]) {
		await writeFile(page, withUsages(await readFile(page, 'utf8')));
	}
}
