import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {
	type ListingForm, listingForms, type SourceLanguage, sourceLanguages,
} from '../../source/programs/languages.ts';
import type {Program} from '../../source/programs/listing.ts';
import {readTranslations, translateComments} from '../../source/programs/translate-comments.ts';
import textWidth from '../../source/text/width/width.ts';
import {
	hosts, programsAt, programsWithOptions, programsWithText,
} from '../helpers/every-program.ts';
import {
	listingOf, listingText, run, warnings, whyNot,
} from '../helpers/listing-program.ts';
import {skipped} from '../helpers/skipped.ts';

const programs = [
	...hosts.flatMap(host => programsAt(host, 65_535)),
	// What is said of a port that the system picks is the same at every host of a kind.
	...['127.0.0.1', '::1', 'localhost'].flatMap(host => programsAt(host, 0)),
	...programsWithOptions,
	...programsWithText,
];

/** A comment with the spaces before it; in C it can take several lines. */
const comments: Readonly<Record<SourceLanguage, RegExp>> = {
	python: /(?:^|(?<=\n)| ) *# .*|(?<=""").+(?=""")/g,
	javascript: /(?:^|(?<=\n)| ) *\/\/ .*/g,
	c: / *\/\*[\s\S]*?\*\//g,
};

/** A listing's code, with each comment, or comments in lines that follow each other, as one mark. */
function codeOf(text: string, language: SourceLanguage): string {
	return text.replaceAll(comments[language], '¤').replaceAll(/¤(?:\n¤)+(?=\n)/g, '¤');
}

function commentsOf(program: Program, language: SourceLanguage, form: ListingForm): string[] {
	return [...listingText(program, language, 'ko', form).matchAll(comments[language])].map(([comment]) => comment.trim());
}

/** Every program in each form. */
const listings = programs.flatMap(program => listingForms.map(form => ({program, form})));

for (const language of sourceLanguages) {
	test(`no comment is left in English where Korean is asked for, in ${language}`, t => {
		const all = listings.flatMap(({program, form}) => commentsOf(program, language, form));
		for (const comment of new Set(all)) {
			// "Ctrl+C" is the same in both; the names of calls, functions and tools are no words.
			t.true(/[가-힣]/.test(comment) || /^\W*Ctrl\+C$/.test(comment), `comment ${comment}`);
			t.notRegex(comment.replace(/cc -.*/, '').replaceAll(/\w+\(\)/g, ''), /(?:[a-z]+ ){2}[a-z]+/);
		}

		t.true(all.length > 1000);
	});

	test(`comments in Korean fit a pane, and neither the code nor the calls of a line change, in ${language}`, t => {
		const lines = new Set<string>();
		for (const {program, form} of listings) {
			const [said, meant] = (['ko', 'en'] as const).map(written =>
				codeOf(listingText(program, language, written, form), language));
			t.is(said, meant);
			for (const {text} of listingOf(program, language, 'ko', form).lines) {
				lines.add(text);
			}

			const [korean, english] = (['ko', 'en'] as const).map(written =>
				listingOf(program, language, written, form).lines.flatMap(({calls}) => calls ?? []));
			t.deepEqual(korean, english);
		}

		for (const text of lines) {
			t.true(textWidth(text) <= 75, `line ${text}`);
			t.notRegex(text, /\s$/);
		}
	});
}

test('translations are paragraphs, however they are divided into lines', t => {
	const table = readTranslations('one\n→ 하나\n\none two\nthree\n→ 하나 둘\n  셋\n');
	t.deepEqual([...table], [['one', '하나'], ['one two three', '하나 둘 셋']]);
});

test('every comment of a listing is translated, and nothing else', async t => {
	const file = path.join(import.meta.dirname, '../../source/programs/templates/comments-ko.txt');
	const korean = readTranslations(await readFile(file, 'utf8'));
	const asked = new Set<string>();
	const table = {
		get(comment: string) {
			asked.add(comment);
			return undefined;
		},
	};
	for (const language of sourceLanguages) {
		for (const {program, form} of listings) {
			const {lines} = listingOf(program, language, 'en', form);
			t.deepEqual(translateComments(lines, language, table), lines, 'an unknown comment stays as it is');
		}
	}

	t.deepEqual([...korean.keys()].filter(comment => !asked.has(comment)), []);
	t.deepEqual([...asked].filter(comment => !korean.has(comment)), ['Ctrl+C']);
});

test('a long comment is divided at its spaces, at the place of the English one', t => {
	const words = Array.from({length: 30}, () => '낱말').join(' ');
	const translate = (texts: readonly string[], language: SourceLanguage): string[] =>
		translateComments(texts.map(text => ({text})), language, new Map([['one two', words]])).map(({text}) => text);
	const python = translate(['x', '    # one', '    # two', '    y'], 'python');
	t.is(python.at(0), 'x');
	t.is(python.at(-1), '    y');
	t.true(python.length > 4);
	t.true(python.slice(1, -1).every(line => line.startsWith('    # 낱말') && textWidth(line) <= 75));
	const c = translate(['    /* one', '       two */', '    y'], 'c');
	t.true(c.length > 3);
	t.regex(c.at(0) ?? '', /^ {4}\/\* 낱말.*낱말$/);
	t.regex(c.at(-2) ?? '', /^ {7}낱말.* \*\/$/);
});

test('listings with Korean comments are read without an error or a warning', async t => {
	for (const language of ['python', 'c'] as const) {
		const missing = whyNot(language);
		if (missing !== undefined) {
			skipped(t, missing);
			continue;
		}

		const texts = programsAt('localhost').flatMap(program =>
			listingForms.map(form => listingText(program, language, 'ko', form)));
		const code = 'import json, sys\nfor text in json.load(sys.stdin): compile(text, "listing", "exec")';
		await t.notThrowsAsync(language === 'python'
			? run('python3', ['-W', 'error', '-c', code], JSON.stringify(texts))
			: Promise.all([...new Set(texts)].map(async text =>
				run('cc', [...warnings, '-fsyntax-only', '-x', 'c', '-'], text))));
	}
});
