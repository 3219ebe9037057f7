/* What is said of a command line, or of a file that it names, which cannot be used, in the language asked for. */
import {spawnSync} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {help as checkHelp, run as check} from '../../source/commands/check.ts';
import {helpInKorean, koreanLines} from '../../source/screen/words/input/command-help-ko.ts';
import {run as learn} from '../../source/commands/learn/learn.ts';
import {help as screenHelp, readOptions} from '../../source/commands/options.ts';
import {help as relayHelp, readRelay} from '../../source/commands/relay.ts';
import {help as sendHelp, run as send} from '../../source/commands/send.ts';
import {help as serveHelp, run as serve} from '../../source/commands/serve.ts';
import {foldHelp, UsageError} from '../../source/commands/tokens.ts';
import {conditionsOf} from '../../source/link/conditions.ts';
import {ko} from '../../source/screen/words/ko.ts';
import {languageAsked} from '../../source/screen/words/language.ts';
import {type Fault, faultText} from '../../source/text/files/file-problem.ts';
import textWidth from '../../source/text/width/width.ts';
import {runProgram} from '../helpers/run-program.ts';
import {program} from '../helpers/terminal-app.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** What is said in Korean. */
async function koreanOf(act: () => unknown): Promise<string> {
	try {
		await act();
	} catch (error) {
		if (error instanceof UsageError) {
			return error.textIn(ko.faults);
		}

		throw error;
	}

	throw new Error('it can be used');
}

const screen = (...words: readonly string[]) => (): unknown => readOptions(words, {});
const rules = 'test/fixtures/none.yaml';

/** Each kind of fault of a command line: what reads it, and what is wrong. */
const wrong: ReadonlyArray<readonly [name: string, act: () => unknown, fault: Fault, meant?: string]> = [
	['a wrong value', screen('--port', 'x'), ['value', '--port', ['integer', 0, 65_535], 'x']],
	['a missing value', screen('--seed'), ['value', '--seed', ['integer', 0, 4_294_967_295], '']],
	['a word that is none of those allowed', screen('--lang', 'fr'), ['value', '--lang', ['oneOf', ['en', 'ko']], 'fr']],
	['a flag that is given twice', screen('--port', '1', '--port', '2'), ['twice', '--port'], 'socket-playground --port 2'],
	['an argument', screen('x/'), ['argument', 'x/']],
	['a switch with a value', screen('--print-address=yes'), ['noValue', '--print-address', 'yes'], 'socket-playground --print-address'],
	['an option of sockets', screen('--option', 'ttl=0'), ['value', '--option ttl', ['hops', 1], '0']],
	['a condition of the link', screen('--link', 'loss=x'), ['value', '--link: loss', ['linkShare'], 'x']],
	['a file that there is not', screen('--messages', rules), ['noSuchFile', '--messages', rules]],
	['serve', async () => serve(['tcp', '9000']), ['serveWords', 'socket-playground serve tcp --port 9000']],
	['a framing of UDP', async () => serve(['udp', '--framing', 'line']), ['framingOfUdp', '--framing']],
	...([
		['serve', async () => serve(['tcp', '--link', 'mobile,loss=5%'])],
		['send', async () => send(['tcp', 'a:1', 'x', '--link', 'loss=5%'])],
		['relay', () => readRelay(['tcp', ':1', 'a:1', '--link', 'loss=5%'], {}, false)],
	] as const).map(([name, act]) => [
		`a condition of the link that means nothing to TCP, in ${name}`,
		act,
		['conditionOfOther', '--link: loss', 'tcp', conditionsOf.tcp],
	] as const),
	['send', async () => send(['localhost', '80']), ['sendWords', 'socket-playground send tcp localhost:80']],
	['hexadecimal digits', async () => send(['udp', 'a:1', '--hex', 'xy']), ['hexDigits', '--hex', 'not-hex', 'x', 1, 'xy']],
	['a large datagram', async () => send(['udp', '127.0.0.1:9', 'x'.repeat(70_000)]), ['largeDatagram', '127.0.0.1:9', 65_507, 70_000]],
	['relay', () => readRelay([], {}, false), ['relayWords']],
	['a lesson that there is not, and a file', async () => learn(['none.yaml', '--check']), ['unreadable', 'none.yaml', 'ENOENT']],
	['two lessons', async () => learn(['udp', 'tcp']), ['twoLessons', 'tcp']],
	['an exercise that there is not', async () => check(['udp-ecko-server']), ['noExercise', 'udp-ecko-server', 'udp-echo-server', []]],
	['a time that is none', async () => check(['udp-echo-server', '--wait', '0']), ['value', '--wait', ['longerTime'], '0']],
	['a lesson without a terminal', async () => learn(['udp']), ['noTerminal']],
];

for (const [name, act, fault, meant] of wrong) {
	test(`Korean says what is wrong: ${name}`, async t => {
		const said = faultText(fault, ko.faults);
		t.regex(said, /\p{Script=Hangul}/v);
		t.is(await koreanOf(act), meant === undefined ? said : `${said}; ${ko.faults.meant(meant)}`);
	});
}

test('Korean says what is wrong with an unknown flag, and what was meant', async t => {
	const said = await koreanOf(screen('--prot', '80'));
	const [before = '', after = ''] = ko.faults.unknownFlag('--prot', '|', false, '').split('|');
	t.true(said.startsWith(before) && before !== '', said);
	t.true(said.endsWith(`${after}; ${ko.faults.meant('socket-playground --port 80')}`), said);
});

test('files of rules and messages are told problem by problem in Korean', async t => {
	const folder = await temporaryFolder(t);
	const [rules, messages] = [path.join(folder, 'rules.yaml'), path.join(folder, 'messages.yaml')];
	await Promise.all([
		writeFile(rules, 'rules:\n  - {match: {any: 1}}\n  - {match: {exact: x}, delay: soon}\n'),
		writeFile(messages, 'messages:\n  a: {hex: 5}\n'),
	]);
	t.is(
		await koreanOf(async () => serve(['udp', '--reply', rules])),
		`--reply: rules.yaml:2:19: ${ko.faults.word('any', '1', ['true', 'false'])}\n`
		+ `rules.yaml:3:32: ${ko.faults.duration('delay', 'soon')}`,
	);
	t.is(
		await koreanOf(async () => send(['udp', '127.0.0.1:9', '@a', '--messages', messages])),
		`--messages: messages.yaml:2:12: ${ko.faults.hex('hex', '5')}`,
	);
});

test('the language is the one asked for, else the locale\'s; it is English where that is not of UTF-8', t => {
	const korean = {LANG: 'ko_KR.UTF-8'};
	t.is(languageAsked(['--port', 'x'], korean), 'ko');
	t.is(languageAsked(['--port', 'x', '--lang=en'], korean), 'en');
	t.is(languageAsked(['--lang', 'ko', '--port'], {}), 'ko');
	t.is(languageAsked(['--port', '--lang'], korean), 'ko');
	t.is(languageAsked(['check', 'x', '--', '--lang', 'en'], korean), 'ko');
	t.is(languageAsked([], {LANG: 'ko_KR.eucKR'}), 'en');
	t.is(languageAsked([], {LC_ALL: 'C.UTF-8', ...korean}), 'en');
});

test('the program says it on standard error, and in the last line of JSON', async t => {
	const folder = await temporaryFolder(t);
	const lesson = path.join(folder, 'own.yaml');
	await writeFile(lesson, 'id: Own\ntitle: {en: Own}\nscene: {protocol: udp}\nsteps: []\n');
	const run = async (...words: readonly string[]): Promise<{code?: number; stdout: string; stderr: string}> =>
		runProgram(process.execPath, ['dist/cli.js', ...words], {env: {...process.env, LC_ALL: 'ko_KR.UTF-8'}})
			.catch((error: unknown) => error as {code: number; stdout: string; stderr: string});
	const [served, checked] = await Promise.all([run('serve', 'udp', '--port', 'x', '--json'), run('learn', lesson, '--check')]);
	const message = ko.faults.value('--port', ['integer', 0, 65_535], 'x');
	t.is(served.stderr, `socket-playground: ${message}\n`);
	t.like(JSON.parse(served.stdout), {reason: 'usage', message});
	t.is(checked.stderr, [
		`${lesson}:1:5: ${ko.faults.value('id', ['lessonId'], 'Own')}`,
		`${lesson}:4:8: ${ko.faults.list('steps')}`,
		'',
	].join('\n'));
	t.deepEqual([served.code, checked.code], [2, 2]);
});

test('the Korean of a flag that takes how many of something says that it is a number', t => {
	for (const line of [
		'TCP connections at the same time', 'UDP peers that it remembers', 'TCP: clients that may wait for accept()',
	]) {
		t.regex(koreanLines[line]!, / 수$/);
	}
});

test('the help is in Korean, too: every flag, and every line that has sentences', async t => {
	const helps = [screenHelp, serveHelp, sendHelp, relayHelp, checkHelp];
	for (const help of helps) {
		const korean = helpInKorean(help).split('\n');
		const english = help.split('\n');
		t.is(korean.length, english.length);
		for (const [index, line] of korean.entries()) {
			const [flag] = /^ {4,}(?:-\w, )?--[\w-]+/.exec(english[index]!) ?? [''];
			t.true(line.startsWith(flag), line);
			t.false(!/\p{Script=Hangul}|\$ /v.test(line) && /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(line), line);
		}
	}

	for (const help of helps.flatMap(text => [text, helpInKorean(text)])) {
		const words = (text: string): string[] => text.split(/\s+/);
		t.deepEqual(words(foldHelp(help)), words(help), 'nothing is lost');
		t.deepEqual(foldHelp(help).split('\n').filter(line => textWidth(line) > 80), [], 'they fit in 80 columns');
	}

	for (const line of Object.keys(koreanLines)) {
		t.true(helps.some(help => help.includes(line)), `no help has '${line}'`);
	}

	const printed = [['serve', '--help', '--lang', 'ko'], ['--help']].map(words => {
		const {stdout} = spawnSync(process.execPath, [program, ...words], {
			encoding: 'utf8', env: {...process.env, LC_ALL: 'ko_KR.UTF-8'},
		});
		return stdout;
	});
	t.deepEqual(printed, [helpInKorean(serveHelp), helpInKorean(screenHelp)].map(help => foldHelp(help)));
});
