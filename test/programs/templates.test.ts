import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type NamedRule, namedRules, replyTo} from '../../source/replies/reply-rule.ts';
import {
	type ListingForm, listingForms, type SourceLanguage, sourceLanguages,
} from '../../source/programs/languages.ts';
import {projectListing} from '../../source/programs/listing.ts';
import {
	listingText, run, runText, warnings, whyNot,
} from '../helpers/listing-program.ts';
import {readPrograms} from '../helpers/every-program.ts';
import {openPlayground} from '../helpers/playground-room.ts';
import {python} from '../helpers/run-program.ts';
import {skipped} from '../helpers/skipped.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const folder = path.join(import.meta.dirname, '../../source/programs/templates');
const extensions: Readonly<Record<SourceLanguage, string>> = {python: 'py', javascript: 'mjs', c: 'c'};

async function readTemplate(name: string, language: SourceLanguage): Promise<string> {
	return readFile(path.join(folder, `${name}.${extensions[language]}`), 'utf8');
}

/** Whether a language is there to run a template; the test is counted as skipped where it is not. */
function isThere(t: ExecutionContext, language: SourceLanguage): boolean {
	const missing = whyNot(language);
	if (missing !== undefined) {
		skipped(t, missing);
	}

	return missing === undefined;
}

/** Whether a rule makes other bytes of what it receives: it has a function reply() in the listings then. */
function changesBytes(rule: NamedRule): boolean {
	const bytes = Buffer.from('aB');
	const answer = replyTo(rule, bytes);
	return answer !== undefined && !bytes.equals(answer);
}

const parts = namedRules.filter(rule => changesBytes(rule)).map(rule => `replies/${rule}`);
const names = ['udp-server', 'udp-client', 'tcp-server', 'tcp-client'] as const;

/** A rule's part of the short form in C is statements, which stand in a function. */
function inFunction(text: string): string {
	const lines = text.split('\n');
	const includes = lines.filter(line => line.startsWith('#'));
	const others = lines.filter(line => !line.startsWith('#'));
	return [
		...includes, '#include <sys/types.h>', 'void part(char *data, ssize_t length) {', ...others, '}', '',
	].join('\n');
}

/** The values that a template itself has. */
const valuesOf: Readonly<Record<ListingForm, {readonly port: number; readonly rule: NamedRule}>> = {
	full: {port: 0, rule: 'echo'}, short: {port: 12_000, rule: 'echo'},
};

/** Code of branches that no program has yet: the rules that make other bytes take whole characters. */
const unused = new Set(['reply(data, length);']);

/** A template's lines of code, each in all ways in which it may stand in a listing. */
function linesOf(template: string, partsOfIt: readonly string[]): string[][] {
	const replacements = [template, ...partsOfIt].flatMap(text =>
		[...text.matchAll(/(?:#|\/\/) replace (.+) with (.+)$/gm)].map(([, from = '', to = '']) => [from, to] as const));
	return template.split('\n')
		.map(line => line.replace(/^ *(?:#|\/\/) \| ?/, '').trim())
		.filter(line => !/^(?:(?:#|\/\/) )?(?:if|else if|else|end|include|replace)(?: |$)/.test(line)
			&& !line.includes(' value: '))
		.map(line => {
			let ways = [line.replace(/ +(?:#|\/\/) calls: .*$/, '')];
			for (const [from, to] of replacements) {
				ways = ways.flatMap(way => way.includes(from) ? [way, way.replaceAll(from, to)] : [way]);
			}

			return ways;
		});
}

for (const language of sourceLanguages) {
	test(`each branch of a template in ${language} is in a listing that the language reads in tests`, async t => {
		const partsOfIt = language === 'python'
			? await Promise.all(['encoding', 'framing', 'typed'].map(async part => readTemplate(`parts/${part}`, language)))
			: [];
		for (const form of listingForms) {
			for (const name of names) {
				const [protocol, role] = name.split('-');
				const listings = readPrograms[language]
					.filter(program => program.protocol === protocol && program.role === role)
					.map(program => projectListing(program, language, 'en', form));
				const texts = new Set(listings.flatMap(({lines}) => lines.map(({text}) => text.trim())));
				const template = await readTemplate(form === 'short' ? `short/${name}` : name, language);
				const missing = linesOf(template, partsOfIt)
					.filter(ways => !ways.some(way => texts.has(way) || unused.has(way)));
				t.deepEqual(missing.map(([line]) => line), [], `${form} ${name}`);
			}
		}
	});

	test(`the templates and the rules' parts in ${language} are valid as they are`, async t => {
		t.true(parts.length > 1);
		if (!isThere(t, language)) {
			return;
		}

		const copies = await temporaryFolder(t);
		const short = [...names, ...parts].map(name => `short/${name}`);
		for (const [index, name] of [...names, ...parts, ...short].entries()) {
			const file = path.join(copies, `${index}.${extensions[language]}`);
			const text = await readTemplate(name, language);
			const isStatements = language === 'c' && name.startsWith('short/replies/');
			await writeFile(file, isStatements ? inFunction(text) : text);
			const commands: Readonly<Record<SourceLanguage, readonly [string, ...string[]]>> = {
				python: [...await python(), '-W', 'error', '-m', 'py_compile', file],
				javascript: [process.execPath, '--check', file],
				// The template calls the function that a part has.
				c: ['cc', ...warnings, '-Wno-unused-function', '-pthread', '-fsyntax-only', file],
			};
			const [command, ...parameters] = commands[language];
			await t.notThrowsAsync(run(command, parameters), `of ${name}`);
		}
	});

	for (const protocol of ['udp', 'tcp'] as const) {
		const received = protocol === 'udp' ? 'datagram-received' : 'chunk-received';

		for (const role of ['server', 'client'] as const) {
			test(`the template of a ${protocol} ${role} in ${language} is the listing of its own values`, async t => {
				for (const form of listingForms) {
					const of = form === 'short' ? 'short/' : '';
					const template = await readTemplate(`${of}${protocol}-${role}`, language);
					const plain = template.split('\n')
						.filter(line => !/^ *(?:#|\/\/) (?:if|else|end|include|replace|\|)(?: |$)/.test(line))
						.map(line => line.replace(/ +(?:#|\/\/) calls: .*$/, '').replace(/ +(?:#|\/\/) value: .*$/, ''))
						.join('\n').replaceAll(/\n{3,}/g, '\n\n');
					const {port, rule} = valuesOf[form];
					t.is(plain.replace(/\n+$/, '\n'), listingText(role === 'server'
						? {
							role, protocol, address: {host: '127.0.0.1', port}, rule, closeAfterReply: false,
						}
						: {role, protocol, address: {host: '127.0.0.1', port: 12_000}}, language, 'en', form));
				}
			});
		}

		test(`the template of a ${protocol} server in ${language} runs as it is`, async t => {
			if (!isThere(t, language)) {
				return;
			}

			const template = await readTemplate(`${protocol}-server`, language);
			const listing = await runText(t, template, language, `template.${extensions[language]}`);
			const room = await openPlayground(t, protocol, {connect: await listing.address(), clients: 1});
			if (protocol === 'tcp') {
				await listing.prints('accepted');
			}

			await room.send(room.client(protocol).pane, 'hello');
			const [event] = await room.happenedTimes(received, 1);
			t.is(event && Buffer.from(event.bytes).toString(), 'hello');
		});

		test(`the template of a ${protocol} client in ${language} runs as it is, but for the port`, async t => {
			if (!isThere(t, language)) {
				return;
			}

			const room = await openPlayground(t, protocol, {reply: 'uppercase'});
			const template = await readTemplate(`${protocol}-client`, language);
			const text = template.replaceAll('12000', String(room.address(protocol).port));
			const listing = await runText(t, text, language, `template.${extensions[language]}`);
			listing.type('hello\n');
			await listing.prints('HELLO');
			listing.endInput();
			t.is(await listing.code, 0);
		});
	}

	test(`a server in ${language} has the function reply() of each rule that changes what it receives`, t => {
		for (const rule of namedRules) {
			for (const protocol of ['udp', 'tcp'] as const) {
				const {lines} = projectListing({
					role: 'server', protocol, address: {host: '127.0.0.1', port: 0}, rule, closeAfterReply: false,
				}, language);
				const hasReply = lines.some(({text}) => /^(?:def|function|static void) reply\(/.test(text));
				t.is(hasReply, changesBytes(rule), `${rule} over ${protocol}`);
				const textOf = (shown: NamedRule): string => listingText({
					role: 'server', protocol, address: {host: '127.0.0.1', port: 0}, rule: shown, closeAfterReply: false,
				}, language, 'en', 'short');
				t.is(textOf(rule) !== textOf('echo') && rule !== 'chat', changesBytes(rule) || ['discard', 'manual'].includes(rule));
			}
		}
	});
}
