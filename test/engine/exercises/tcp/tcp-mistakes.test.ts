import test from 'ava';
import type {ExerciseName, ExerciseView} from '../../../../source/engine/api/exercise.ts';
import type {Mistake} from '../../../../source/engine/api/mistake.ts';
import {exerciseWordsOf, sayMistake} from '../../../../source/screen/words/exercises/say-exercise.ts';
import {checkProgram, commandOf} from '../../../helpers/exercise-room.ts';

/**
What each program of `test/fixtures/mistakes/` is told, check by check, and nothing else. What is no mistake comes
first.
*/
const told: Readonly<Partial<Record<ExerciseName, Readonly<Record<string, readonly string[]>>>>> = {
	'tcp-uppercase-server': {
		textbook: ['several: one-at-a-time', 'two-writes: one-recv'],
		iterative: ['several: one-at-a-time'],
		'closes-after-answer': [],
		'answers-by-chunk': [],
		'never-answers': ['answers: never-answers'],
		'waits-for-fin': ['answers: waits-for-fin'],
		echoes: ['answers: unchanged'],
		'drops-newline': ['answers: newline-missing'],
		terminator: ['answers: terminator'],
		'whole-buffer': ['answers: whole-buffer'],
		'first-client-only': ['next-client: only-first-client'],
		'never-accepts': ['answers: never-accepts'],
		'accepts-once': ['next-client: accepts-once'],
		'accepts-once-and-stays': ['next-client: accepts-once'],
		'one-recv': ['two-writes: one-recv'],
		'dies-on-rest': ['two-writes: ended-early'],
		'rest-dropped': ['two-lines: rest-dropped'],
		'small-buffer': ['long-line: line-cut'],
		'decodes-chunks': ['split-character: decodes-chunks'],
		'decodes-chunks-strictly': ['split-character: decodes-chunks'],
		'drops-at-fin': ['half-close: drops-at-fin'],
		'never-closes': ['closes: never-closes'],
		spins: ['closes: spins'],
		'closes-early': ['every-answer: closes-early'],
		'sends-a-part': ['every-answer: closes-early'],
		'dies-on-reset': ['several: one-at-a-time', 'reset: dies-on-reset'],
		'no-reuse': ['restart: port-in-use'],
		'loopback-only': ['all-addresses: loopback-only'],
		'byte-order': ['port: byte-order'],
		'not-started': ['port: ended-early'],
	},
	'tcp-uppercase-client': {
		textbook: ['sends-line: newline-missing', 'pieces: reads-once', 'timeout: waits-for-ever'],
		'half-closes': [],
		'never-connects': ['connects: never-sends'],
		'sends-before-connect': ['connects: sends-before-connect'],
		'byte-order': ['connects: byte-order'],
		'sends-nothing': ['sends-line: sends-nothing'],
		'dies-connected': ['sends-line: ended-early'],
		'no-newline': ['sends-line: newline-missing'],
		terminator: ['sends-line: terminator'],
		'answers-itself': ['sends-line: wrong-bytes'],
		'prints-nothing': ['prints: does-not-print'],
		'waits-for-fin': ['prints: waits-for-close'],
		'one-recv': ['pieces: reads-once'],
		'gives-up': ['pieces: ended-early', 'timeout: waits-for-ever'],
		'decodes-chunks': ['split-character: breaks-character'],
		'small-buffer': ['long-answer: answer-cut'],
		'never-closes': ['closes-after-answer: stays-open'],
		hangs: ['timeout: waits-for-ever'],
		spins: ['server-closes: ignores-fin'],
	},
	'tcp-chat-server': {
		correct: [],
		'never-relays': ['relays: never-relays'],
		'back-to-sender': ['relays: back-to-sender'],
		'only-to-sender': ['relays: back-to-sender'],
		'first-client-only': ['to-all: not-to-all'],
		'one-at-a-time': ['relays: not-together'],
		'accepts-once': ['relays: accepts-once'],
		'adds-name': ['relays: wrong-bytes'],
		'drops-newline': ['relays: newline-missing'],
		terminator: ['relays: terminator'],
		'one-recv': ['two-writes: one-recv'],
		'one-recv-is-a-line': ['two-writes: one-recv'],
		'dies-on-rest': ['two-writes: ended-early'],
		'rest-dropped': ['two-lines: rest-dropped'],
		'small-buffer': ['long-line: line-cut'],
		'decodes-chunks': ['split-character: decodes-chunks'],
		'loses-lines': ['order: lines-lost'],
		'never-closes': ['leaves: never-closes'],
		spins: ['leaves: spins'],
		'dies-on-leave': ['leaves: dies-on-leave'],
		'keeps-gone': ['leaves: dies-on-leave'],
		'dies-on-reset': ['reset: dies-on-reset'],
		'no-reuse': ['restart: port-in-use'],
		'loopback-only': ['all-addresses: loopback-only'],
		'byte-order': ['port: byte-order'],
	},
};

for (const [exercise, programs] of Object.entries(told)) {
	for (const [name, expected] of Object.entries(programs)) {
		const title = expected.length === 0 ? 'everything holds for' : `'${expected.join('\', \'')}' alone is told of`;
		test(`${exercise}: ${title} ${name}`, async t => {
			const command = await commandOf(t, `mistakes/${exercise}.py`, [name, '{port}']);
			if (!command) {
				return;
			}

			// Where nothing is wrong, nothing is waited for in vain.
			const answer = expected.length === 0 ? 15_000 : 2500;
			const view = await checkProgram(exercise as ExerciseName, {type: 'program', command}, {answer});
			t.is(view.notRun, undefined);
			t.deepEqual(foundIn(view).map(([check, {kind}]) => `${check}: ${kind}`), expected);
			for (const [, mistake] of foundIn(view)) {
				const [en, ko] = [await said('en', mistake), await said('ko', mistake)];
				t.regex(en, /\d/);
				t.notRegex(en, /[가-힣]/);
				t.regex(ko, /[가-힣]{2}/);
				t.notRegex(en + ko, /undefined|NaN|\[object/);
			}
		});
	}
}

/** What speaks against a program, or is said of it. */
function foundIn({checks}: ExerciseView): Array<readonly [string, Mistake]> {
	return checks.flatMap(({name, state}) => 'mistake' in state ? [[name, state.mistake] as const] : []);
}

/** What is said of a mistake, without what a program or a check has sent, which may be Korean. */
async function said(language: 'en' | 'ko', mistake: Mistake): Promise<string> {
	return sayMistake(await exerciseWordsOf(language), mistake).join(' ').replaceAll(/"[^"]*"|'[^']*'/g, '');
}
