/* The built-in lessons: what they teach, and that their texts fit. Whether they work is in the tests of their keys. */
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {lessonsPage} from '../../scripts/lessons.ts';
import {loadLessons} from '../../source/lessons/chapter.ts';
import {eventFields} from '../../source/lessons/fields.ts';
import {
	type Lesson, type LessonLanguage, type LessonStep, type LessonText, type Template, lessonLanguages,
} from '../../source/lessons/lesson.ts';
import {statements} from '../../source/lessons/parse-lesson.ts';
import {keyBindings, keyOf} from '../../source/screen/input/keys.ts';
import {lessonVocabulary} from '../../source/screen/input/vocabulary.ts';
import textWidth from '../../source/text/width/width.ts';

const lessons = await loadLessons(lessonVocabulary);

test('the page on the lessons is what the lesson files say', async t => {
	const page = await readFile(path.join(import.meta.dirname, '../../docs/lessons.md'), 'utf8');
	t.is(page, await lessonsPage(), 'npm run lessons writes it anew');
});

test('every statement of the chapter is taught by a step', t => {
	const taught = new Set(lessons.flatMap(({steps}) => steps.flatMap(({teaches}) => teaches)));
	t.deepEqual(statements.filter(statement => !taught.has(statement)), []);
});

test('the lessons have the textbook\'s order, and each has five to nine steps that teach something and have hints', t => {
	t.deepEqual(lessons.map(({id}) => id), [
		'socket', 'udp', 'loss', 'tcp', 'clients', 'stream', 'closing', 'errors', 'program', 'side-by-side',
	]);
	for (const {id, steps} of lessons) {
		t.true(steps.length >= 5 && steps.length <= 9, `${id}`);
		t.true(steps.every(({teaches, hints}) => teaches.length > 0 && hints.length > 0), `${id}`);
	}
});

test('what a client has read is called no answer in a reaction: it may have been typed in the server\'s line', t => {
	for (const {id, steps} of lessons) {
		for (const {when, text} of steps.flatMap(({reactions}) => reactions)) {
			const isRead = when.type === 'event' && when.kinds.some(kind => kind.endsWith('-received')) && when.by?.role === 'client';
			t.false(isRead && /answer|응답/i.test(`${plain(text, 'en')} ${plain(text, 'ko')}`), `${id}: ${plain(text, 'en')}`);
		}
	}
});

test('what a label calls an answer has been asked for by a client: a line of the server\'s ticks it by itself in no lesson', t => {
	for (const [id, {checks}] of stepsOf(lessons)) {
		for (const {label = {}, when} of checks) {
			const isAnswer = /answer|응답/i.test(`${plain(label, 'en')} ${plain(label, 'ko')}`);
			const [asked] = when.type === 'then' ? when.parts : [];
			const asks = asked?.type === 'event' && (asked.by?.role === 'client'
				? asked.kinds.every(kind => kind.endsWith('-sent'))
				: asked.kinds.every(kind => kind.endsWith('-received')));
			t.true(!isAnswer || asks, `${id}: ${plain(label, 'en')}`);
		}
	}
});

test('no step speaks of what somebody who comes back to it has not done', t => {
	const ofBefore = /\bonce more\b|\b(?:one|\w+) more (?:request|message)|\bthis time\b|\bso far\b|한 번 더|번 더|아까|지금까지|이전과/;
	for (const [id, {text, prediction, checks}] of stepsOf(lessons)) {
		const choices = (prediction?.choices ?? []).map(choice => choice.text);
		const labels = checks.flatMap(({label}) => label ?? []);
		for (const said of [text, ...(prediction ? [prediction.ask] : []), ...choices, ...labels]) {
			t.notRegex(`${plain(said, 'en')} ${plain(said, 'ko')}`, ofBefore, id);
		}
	}
});

test('every lesson is in both languages', t => {
	for (const {id, languages, title} of lessons) {
		t.deepEqual(languages, lessonLanguages, `${id}`);
		t.regex(title.ko ?? '', /\p{Script=Hangul}/v, `${id}`);
	}

	for (const {id, text} of textsOf(lessons, 'text', 'explanation', 'hints', 'reactions')) {
		t.not(plain(text, 'ko'), plain(text, 'en'), `${id}`);
	}

	for (const {id, text} of textsOf(lessons, 'text', 'explanation')) {
		t.regex(plain(text, 'ko'), /\p{Script=Hangul}/v, `${id}`);
	}
});

/* The panel has five rows of 78 columns below its title in a window of 80x24; what is longer scrolls. */
const panelColumns = 78;

/** What stands in the panel before a text, at most: `Explanation: `. */
const labelColumns = 13;

/** What stands before what is said of a guess: `✗ Your guess: 12345 · it was 54321.` */
const guessColumns = 40;

const mostRows = {
	text: 4, picture: 6, question: 3, explanation: 4, hints: 2, reactions: 2, explained: 6, labels: 2,
} as const;

test('every text fits into the panel at 80x24: an explanation shows whole, and no step has more than two pages', t => {
	for (const language of lessonLanguages) {
		for (const {id, text} of textsOf(lessons, 'text', 'explanation', 'hints', 'reactions')) {
			const kind = /\d (\w+)/.exec(id)?.[1] as 'text' | 'explanation' | 'hints' | 'reactions';
			const lines = plain(text, language);
			const most = lines.includes('\n') ? mostRows.picture : mostRows[kind];
			t.true(rowsOf(lines) <= most, `${language}, ${id}: ${rowsOf(lines)} rows\n${lines}`);
		}

		for (const [id, step] of stepsOf(lessons)) {
			const {
				prediction, checks, hints, explanation,
			} = step;
			const ask = prediction ? plain(prediction.ask, language) : '';
			const choices = (prediction?.choices ?? []).map(({text}) => `1 ${plain(text, language)}`).join('   ');
			const question = rowsOf(ask) + rowsOf(choices);
			const labels = checks.map(({label}) => `☐ ${label ? plain(label, language) : ''}`).join('   ');
			t.true(question <= mostRows.question, `${language}, ${id}: ${ask}\n${choices}`);
			t.true(rowsOf(labels) <= mostRows.labels, `${language}, ${id}: ${labels}`);
			for (const comment of prediction ? [prediction.right ?? {}, prediction.wrong ?? {}] : []) {
				const guess = `${'x'.repeat(guessColumns)} ${plain(comment, language)}`;
				const explained = rowsOf(guess) + rowsOf(plain(explanation, language));
				t.true(explained <= mostRows.explained, `${language}, ${id}: ${explained} rows`);
			}

			// While it is done: the task, what was guessed, the checkboxes, and the longest hint.
			const longest = Math.max(0, ...hints.map(hint => rowsOf(plain(hint, language))));
			const doing = rowsOf(plain(step.text, language)) + (prediction ? 1 : 0) + rowsOf(labels) + longest;
			t.true(doing <= 10, `${language}, ${id}: ${doing} rows`);
		}
	}
});

function stepsOf(from: readonly Lesson[]): Array<readonly [string, LessonStep]> {
	return from.flatMap(({id, steps}) => steps.map((step, index) => [`${id} ${index + 1}`, step] as const));
}

/** Texts of these kinds, each with where it is. */
function textsOf(
	from: readonly Lesson[],
	...kinds: ReadonlyArray<'text' | 'explanation' | 'hints' | 'reactions'>
): Array<{readonly id: string; readonly text: LessonText}> {
	return stepsOf(from).flatMap(([id, step]) => kinds.flatMap(kind => {
		const all = kind === 'reactions'
			? step.reactions.map(({text}) => text)
			: (kind === 'hints' ? step.hints : [step[kind]]);
		return all.map(text => ({id: `${id} ${kind}`, text}));
	}));
}

/** A text as it could stand there, with long values in it. */
function plain(text: LessonText, language: LessonLanguage): string {
	return (text[language] ?? []).map(part => plainPart(part)).join('');
}

function plainPart(part: Template[number]): string {
	switch (part.type) {
		case 'text': {
			return part.text;
		}

		case 'key': {
			const binding = keyBindings.find(({id}) => id === part.key);
			return binding ? keyOf(binding) : part.key;
		}

		case 'value': {
			return 'name' in part.value ? samples[kindOfField(part.value.field)] : samples.duration;
		}

		default: {
			return part satisfies never;
		}
	}
}

const samples = {
	address: '127.0.0.1:54321',
	number: '54321',
	duration: '123.4 ms',
	time: '12:34:56.789',
	text: 'message 000012',
	word: 'ECONNREFUSED',
	share: '100 %',
	boolean: 'false',
} as const;

function kindOfField(field: string): keyof typeof samples {
	return field === 'length' || field === 'connection' || field === 'client'
		? 'share'
		: (eventFields[field]?.kind ?? 'address');
}

/** How many rows of the panel a text takes, broken at its spaces; lines of a picture are not broken. */
function rowsOf(text: string): number {
	const [first = '', ...others] = text.split('\n');
	return text === '' ? 0 : rowsOfLine(first, others.length === 0 ? labelColumns : 0) + others.reduce((sum, line) => sum + rowsOfLine(line, 0), 0);
}

function rowsOfLine(line: string, before: number): number {
	let rows = 1;
	let used = before;
	for (const word of line.split(' ')) {
		const width = textWidth(word);
		if (used > 0 && used + 1 + width > panelColumns) {
			rows++;
			used = width;
		} else {
			used += (used > 0 ? 1 : 0) + width;
		}
	}

	return rows;
}
