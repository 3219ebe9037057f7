/* The subcommand `learn` as a process: what it prints, and its exit code. */
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {run} from '../../source/commands/learn/learn.ts';
import {UsageError} from '../../source/commands/tokens.ts';
import {lessonIds} from '../../source/lessons/chapter.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {runProgram} from '../helpers/run-program.ts';

const program = ['dist/cli.js', 'learn'];
const fixture = 'test/fixtures/lessons/udp-ports.yaml';

/** The language of what is said must not be that of who runs the tests. */
const env = {...process.env, LC_ALL: 'C.UTF-8'};

type Ended = {readonly code: number; readonly stdout: string; readonly stderr: string};

/** Run `learn` to its end, without a terminal. */
async function learn(...words: readonly string[]): Promise<Ended> {
	try {
		return {code: 0, ...await runProgram(process.execPath, [...program, ...words], {env})};
	} catch (error) {
		return error as Ended;
	}
}

test('--list prints the ids and titles of all lessons, in their order and in the language', async t => {
	const [english, korean] = await Promise.all([learn('--list'), learn('--list', '--lang', 'ko')]);
	const ids = await lessonIds();
	for (const {code, stdout, stderr} of [english, korean]) {
		t.deepEqual([code, stderr], [0, '']);
		t.deepEqual(stdout.trimEnd().split('\n').map(line => line.split(' ')[0]), ids);
	}

	t.regex(english.stdout, /^socket {2,}\w/);
	t.regex(korean.stdout, /^socket {2,}\p{Script=Hangul}/u);
});

test('--check says nothing is wrong, or what is wrong with file, line and column, and exits with 0 or 2', async t => {
	const folder = await temporaryFolder(t);
	const file = path.join(folder, 'own lesson.yaml');
	await writeFile(file, 'id: own\ntitle: {en: Own}\nscene: {protocol: upd}\nsteps: [{text: {en: Do.}, checks: [{when: {event: x}}], explain: {en: Done.}}]\n');
	const [fine, wrong, none, nothing] = await Promise.all([
		learn(fixture, '--check'), learn('--check', file), learn('missing.yaml', '--check'), learn('--check'),
	]);
	t.deepEqual([fine.code, fine.stdout, fine.stderr], [0, `${fixture}: udp-ports, 1 step, en and ko\n`, '']);
	t.deepEqual([wrong.code, wrong.stdout], [2, '']);
	t.deepEqual(wrong.stderr.trimEnd().split('\n').map(line => line.slice(0, line.indexOf(': '))), [`${file}:3:19`, `${file}:4:51`]);
	t.regex(wrong.stderr, /:3:19: protocol is udp, tcp or both, not 'upd'; perhaps 'udp'\n/);
	t.deepEqual([none.code, none.stderr], [2, 'socket-playground: missing.yaml cannot be read: ENOENT\n']);
	t.deepEqual([nothing.code, nothing.stderr], [2, 'socket-playground: --check needs a lesson file: socket-playground learn FILE.yaml --check\n']);
});

test('a folder or a device is no lesson, and is not read', async t => {
	for (const file of [await temporaryFolder(t), '/dev/zero']) {
		const {code, stderr} = await learn('--check', file, '--lang', 'ko');
		t.deepEqual([code, stderr], [2, `socket-playground: ${file}: 일반 파일이 아닙니다\n`]);
	}
});

test('a file with something wrong opens no screen', async t => {
	const file = path.join(await temporaryFolder(t), 'wrong.yaml');
	await writeFile(file, 'id: [\n');
	const {code, stderr} = await learn(file);
	t.is(code, 2);
	t.true(stderr.startsWith(`${file}:`));
});

const wrong: ReadonlyArray<readonly [words: readonly string[], message: RegExp]> = [
	[['soket'], /^there is no lesson 'soket'; perhaps: socket-playground learn socket; there are socket, udp,/],
	[['nothing-like-it'], /^there is no lesson 'nothing-like-it'; there are socket,/],
	[['udp', 'tcp'], /^learn takes one lesson, or one file, and there is 'tcp' as well$/],
	[['udp', '--prot', '80'], /^unknown option --prot; .*; perhaps: socket-playground learn udp --port 80$/],
	[['--list', 'tcp'], /^unexpected argument 'tcp'; /],
	[['--list', '--lang', 'kr'], /^--lang takes en or ko, not 'kr'; perhaps: socket-playground learn --lang ko$/],
	[['--lst'], /^unknown option --lst; allowed are .*--list, --check; .*; perhaps: socket-playground learn --list$/],
	[['own.yaml', '--chek'], /^unknown option --chek; .*; perhaps: socket-playground learn own\.yaml --check$/],
	[['--check=a.yaml'], /^--check takes no value, but has 'a\.yaml'$/],
];

for (const [words, message] of wrong) {
	test(`learn ${words.join(' ')} is told what was meant, or what there is`, async t => {
		await t.throwsAsync(run(words), {instanceOf: UsageError, message});
	});
}

test('without a terminal a lesson is not opened', async t => {
	const {code, stderr} = await learn('udp');
	t.is(code, 2);
	t.regex(stderr, /drawn on a terminal/);
});
