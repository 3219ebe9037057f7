import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, openSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {exitCodeOf, reports} from '../../source/commands/check-report.ts';
import {run} from '../../source/commands/check.ts';
import {UsageError} from '../../source/commands/tokens.ts';
import {exercises} from '../../source/engine/exercises/exercises.ts';
import type {ExerciseView} from '../../source/engine/api/exercise.ts';
import {demandOf, exerciseWordsOf, sayMistake} from '../../source/screen/words/exercises/say-exercise.ts';
import {languages} from '../../source/screen/words/language.ts';
import {checkProgram, commandOf, mistakesOf} from '../helpers/exercise-room.ts';
import {processesWith} from '../helpers/run-program.ts';
import {program} from '../helpers/terminal-app.ts';
import {skipped} from '../helpers/skipped.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const root = path.join(import.meta.dirname, '../..');

/** Start `socket-playground check`. */
function startCheck(...argv: readonly string[]): ChildProcess {
	return spawn(process.execPath, [program, 'check', ...argv], {
		cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, LC_ALL: 'C.UTF-8'},
	});
}

type Output = {
	readonly code: number | undefined;
	readonly signal: string | undefined;
	readonly out: string;
	readonly err: string;
};

async function outputOf(child: ChildProcess): Promise<Output> {
	const [closed, out, error] = await Promise.all([
		once(child, 'close') as Promise<[number | undefined, NodeJS.Signals | undefined]>,
		child.stdout!.setEncoding('utf8').toArray(),
		child.stderr!.setEncoding('utf8').toArray(),
	]);
	return {
		code: closed[0] ?? undefined, signal: closed[1] ?? undefined, out: out.join(''), err: error.join(''),
	};
}

/** Command lines that cannot be used, and what is said of them. */
const wrong: ReadonlyArray<readonly [readonly string[], RegExp]> = [
	[['udp-ecko-server', '--', 'true'], /'udp-ecko-server'; perhaps: udp-echo-server$/],
	[['UDP_Echo_Server', '--', 'true'], /perhaps: udp-echo-server$/],
	[['pinger', '--', 'true'], /perhaps: udp-pinger-client$/],
	[['something', '--', 'true'], /there are udp-uppercase-server, /],
	[['--', 'true'], /which exercise\? udp-uppercase-server, /],
	[['udp-echo-server', '--'], /the program comes behind --/],
	[
		['udp-echo-server', 'python3', 'a b.py'],
		/unexpected argument 'python3'; perhaps: socket-playground check udp-echo-server -- python3 'a b\.py'$/,
	],
	[['udp-echo-server', '--port', '1', '--', 'true'], /unknown option --port; allowed are --server, .*behind --$/],
	[['udp-echo-server', '--tap', '--json', '--', 'true'], /--tap and --json/],
	[['udp-echo-server', '--server', 'nowhere'], /--server takes host:port .*, not 'nowhere'/],
	[['udp-echo-server', '--server', '127.0.0.1:0'], /--server takes host:port/],
	[['udp-echo-server', '--server'], /--server needs a value/],
	[['udp-echo-server', '--server', '127.0.0.1:9', '--', 'true'], /three ways/],
	[['udp-echo-server', '--listen', '12000'], /checks a server, whose address --server takes/],
	[['udp-uppercase-client', '--server', '127.0.0.1:9'], /checks a client, which --listen waits for/],
	[['udp-uppercase-client', '--listen', 'here'], /--listen takes a port/],
	[['udp-echo-server', '--timeout', '0', '--', 'true'], /--timeout takes a time that is longer than 0/],
	[['udp-echo-server', '--wait', '1', '--wait', '2', '--', 'true'], /--wait is given twice/],
	[['udp-echo-server', '--wait', 'long', '--', 'true'], /--wait takes a time with its unit.*'long'/],
	// More days than a timer takes: a number without a unit is one of seconds.
	[['udp-echo-server', '--timeout', '3000000', '--', 'true'], /--timeout takes a time with its unit.*'3000000/],
	[['udp-echo-server', '--lang', 'fr', '--', 'true'], /--lang takes en or ko, not 'fr'/],
];

/** How exercises stand for a program that holds, for some that do not, and for one that could not be run. */
const made: ExerciseView[] = [];

test.before('programs are checked', async t => {
	const node = await commandOf(t, 'solutions/udp-server.mjs', ['echo', '{port}']);
	const python = await commandOf(t, 'mistakes/udp-server.py', ['ascii-only', '{port}']);
	const loopback = await commandOf(t, 'mistakes/udp-server.py', ['loopback-echo', '{port}']);
	made.push(...await Promise.all([
		checkProgram('udp-echo-server', {type: 'program', command: node!}),
		checkProgram('udp-echo-server', {type: 'program', command: ['/nonexistent/program']}),
		...(python && loopback
			? [
				checkProgram('udp-uppercase-server', {type: 'program', command: python}),
				checkProgram('udp-echo-server', {type: 'program', command: loopback}),
				checkProgram('udp-uppercase-server', {type: 'program', command: loopback}),
			]
			: []),
	]));
	t.true(made.length > 1);
});

for (const [argv, pattern] of wrong) {
	test(`'check ${argv.join(' ')}' is refused, with what is allowed or was meant`, async t => {
		const error = await t.throwsAsync(run(argv), {instanceOf: UsageError});
		t.regex(error?.message ?? '', pattern);
	});
}

test('check alone lists the exercises, one a line, the identifier first', async t => {
	const {code, out, err} = await outputOf(startCheck());
	t.is(code, 0);
	t.is(err, '');
	const lines = out.trimEnd().split('\n');
	t.deepEqual(lines.map(line => line.split(' ')[0]), [...exercises.keys()]);
	t.true(lines.every(line => / {2}\S.{10,}$/.test(line)));
});

test('an exercise without a program tells what it demands, and that the program is missing', async t => {
	const {code, out, err} = await outputOf(startCheck('udp-echo-server'));
	t.is(code, 2);
	t.regex(err, /which program\? socket-playground check udp-echo-server -- /);
	for (const {name} of exercises.get('udp-echo-server')?.checks ?? []) {
		t.regex(out, new RegExp(String.raw`^  ${name} +\S`, 'm'));
	}
});

test('the exit code is 0 where everything holds, 1 where something does not, 3 where nothing could be run', async t => {
	const right = await commandOf(t, 'solutions/udp-server.mjs', ['echo', '{port}']);
	const never = await commandOf(t, 'mistakes/udp-server.py', ['crashes', '{port}']);
	if (!right || !never) {
		return;
	}

	const [holds, fails, notRun] = await Promise.all([
		outputOf(startCheck('udp-echo-server', '--wait', '5', '--', ...right)),
		outputOf(startCheck('udp-echo-server', '--json', '--', ...never)),
		outputOf(startCheck('udp-echo-server', '--', '/nonexistent/program')),
	]);
	t.is(holds.code, 0, `${holds.out}`);
	t.is(fails.code, 1);
	const {outcome, checks} = JSON.parse(fails.out) as {outcome: string; checks: Array<Record<string, unknown>>};
	t.is(outcome, 'fails');
	t.like(checks[0], {name: 'port', type: 'fails', mistake: {kind: 'ended-early', end: {code: 1}}});
	t.is(notRun.code, 3);
	t.regex(notRun.out, /there is no file \/nonexistent\/program \(ENOENT\)/);
	t.deepEqual([holds.err, fails.err, notRun.err], ['', '', '']);
});

test('that a client is waited for until it gives up is told beside the report, and for how long at most', async t => {
	const command = await commandOf(t, 'mistakes/udp-client.py', ['no-timeout', '{host}', '{port}']);
	if (!command) {
		return;
	}

	const {code, out, err} = await outputOf(startCheck('udp-uppercase-client', '--wait', '1', '--', ...command));
	t.is(code, 0, out);
	const {waits} = await exerciseWordsOf('en');
	t.is(err, `lost-answer: ${waits('3.5 s')}\n`);
});

test('a list that cannot be written is told in one line, with code 1; one whose reader is gone is no failure', async t => {
	if (!existsSync('/dev/full')) {
		skipped(t, 'there is no /dev/full');
		return;
	}

	const full = openSync('/dev/full', 'w');
	const start = (stdout: number | 'pipe', ...args: string[]): ChildProcess =>
		spawn(process.execPath, [program, ...args], {stdio: ['ignore', stdout, 'pipe']});
	const outcome = async (child: ChildProcess): Promise<readonly [unknown, string]> => {
		const [[code], errors] = await Promise.all([
			once(child, 'close') as Promise<[number | undefined]>, child.stderr!.setEncoding('utf8').toArray(),
		]);
		return [code, errors.join('')];
	};

	const gone = start('pipe', 'check');
	gone.stdout!.destroy();
	const said = await Promise.all([
		outcome(gone), ...[['check'], ['learn', '--list'], ['--help']].map(async args => outcome(start(full, ...args))),
	]);
	closeSync(full);
	t.deepEqual(said[0], [0, '']);
	for (const [code, errors] of said.slice(1)) {
		t.is(code, 1);
		t.regex(errors, /^socket-playground: ENOSPC[^\n]*\n$/);
	}
});

test('where nobody reads standard error, a command ends as it would have', async t => {
	const lesson = path.join(await temporaryFolder(t), 'broken.yaml');
	await writeFile(lesson, 'id: Own\n');
	const command = await commandOf(t, 'mistakes/udp-client.py', ['no-timeout', '{host}', '{port}']);
	const commands: ReadonlyArray<readonly [code: number, words: readonly string[]]> = [
		[2, ['check', 'udp-echo-server']],
		[2, ['--port', 'x']],
		[2, ['serve', 'udp', '--port', 'x', '--json']],
		[2, ['learn', lesson, '--check']],
		...(command ? [[0, ['check', 'udp-uppercase-client', '--wait', '1', '--', ...command]] as const] : []),
	];
	await Promise.all(commands.map(async ([code, words]) => {
		const child = spawn(process.execPath, [program, ...words], {stdio: ['ignore', 'ignore', 'pipe']});
		// Before the program has begun.
		child.stderr.destroy();
		const [ended] = await once(child, 'close') as [number | undefined];
		t.is(ended, code, words.join(' '));
	}));
});

for (const [signal, number] of [['SIGINT', 4118], ['SIGTERM', 4119], ['SIGQUIT', 4122], ['SIGVTALRM', 4123]] as const) {
	test(`a check that is ended by ${signal} leaves nothing of the program behind`, async t => {
		if (process.platform !== 'linux') {
			skipped(t, 'there is no /proc');
			return;
		}

		const mark = `${number}.${process.pid}`;
		const command = await commandOf(t, 'mistakes/leaves-others.py', ['{port}', mark]);
		if (!command) {
			return;
		}

		const child = startCheck('udp-echo-server', '--wait', '60', '--', ...command);
		const ended = outputOf(child);
		// The two that the program starts. Until then there may be more of its own: python3 can be a script that forks.
		const started = (): number => processesWith(`sleep ${mark}`).length;
		// No event tells that another process has started one.
		while (started() < 2 && child.exitCode === null) {
			await wait(20);
		}

		t.is(started(), 2);
		child.kill(signal);
		const {signal: endedBy} = await ended;
		t.is(endedBy, signal);
		t.deepEqual(processesWith(mark), []);
	});
}

test('a report whose reader has closed it ends the check quietly, and the program with it', async t => {
	const mark = `4121.${process.pid}`;
	const command = await commandOf(t, 'solutions/udp-server.mjs', ['echo', '{port}', mark]);
	const child = startCheck('udp-echo-server', '--', ...command!);
	child.stdout!.once('data', () => {
		child.stdout!.destroy();
	});
	const closed = once(child, 'close') as Promise<[number | undefined]>;
	const [[code], errors] = await Promise.all([closed, child.stderr!.setEncoding('utf8').toArray()]);
	t.is(code, 1);
	t.is(errors.join(''), '');
	t.deepEqual(processesWith(mark), []);
});

type JsonReport = {
	readonly outcome: string;
	readonly checks: ReadonlyArray<{name: string; type: string; says: string[]; mistake?: {kind: string}}>;
};

type TestPoint = {readonly number: number; readonly name: string; readonly isOk: boolean; readonly isSkipped: boolean};

/** The test points of a TAP stream, and the lines of its YAML blocks. @throws for a line that is neither */
function partsOfTap(lines: readonly string[]): {readonly points: TestPoint[]; readonly blocks: string[][]} {
	const points: TestPoint[] = [];
	const blocks: string[][] = [];
	let block: string[] | undefined;
	for (const line of lines) {
		const point = /^(not )?ok (\d+) - ([\w-]+): (?:[^#\\]|\\[#\\])+?( # SKIP .*)?$/.exec(line);
		if (block && line === '  ...') {
			block = undefined;
		} else if (block) {
			block.push(line);
		} else if (line === '  ---') {
			block = [];
			blocks.push(block);
		} else if (point) {
			const [, not, number, name = '', skip] = point;
			points.push({
				number: Number(number), name, isOk: not === undefined, isSkipped: skip !== undefined,
			});
		} else {
			throw new Error(`Not TAP: ${line}`);
		}
	}

	return {points, blocks};
}

/** Whether a line of a YAML block is a name and a value of JSON, which YAML has, too. */
function isYamlOfJson(line: string): boolean {
	const [, json] = /^ {2}\w+: (.+)$/.exec(line) ?? [];
	try {
		return json !== undefined && JSON.parse(json) !== undefined;
	} catch {
		return false;
	}
}

for (const language of languages) {
	test(`the report for people says what holds, what does not and why, in its language (${language})`, async t => {
		const words = await exerciseWordsOf(language);
		for (const view of made) {
			const report = reports.text(view, words);
			t.true(report.startsWith(`${view.name}: ${words.about[view.name]}\n`));
			t.notRegex(report, /undefined|NaN|\[object/);
			for (const {name} of view.notRun ? [] : view.checks) {
				t.true(report.includes(demandOf(words, view.name, name)));
			}

			const sentences = Object.values(mistakesOf(view)).flatMap(mistake => sayMistake(words, mistake));
			t.deepEqual(sentences.filter(sentence => !report.includes(sentence)), []);
			// Of these programs, those that fail and end have an error to show.
			const hasEnded = view.checks.some(({state}) => state.type === 'fails' && state.program?.end);
			t.is(report.includes('Traceback'), hasEnded);
		}
	});

	test(`a report in TAP is valid, and has as many test points as checks (${language})`, async t => {
		const words = await exerciseWordsOf(language);
		for (const view of made.filter(({notRun}) => notRun)) {
			t.regex(reports.tap(view, words), /^TAP version 14\nBail out! [^\n]+\n$/);
		}

		for (const view of made.filter(({notRun}) => !notRun)) {
			const [version, plan, ...lines] = reports.tap(view, words).trimEnd().split('\n');
			t.is(version, 'TAP version 14');
			t.is(plan, `1..${view.checks.length}`);
			const {points, blocks} = partsOfTap(lines);
			t.deepEqual(points.map(({number, name, isOk, isSkipped}) => [number, name, isOk, isSkipped]), view.checks.map(({name, state: {type}}, index) => [index + 1, name, type !== 'fails', type === 'skipped']));
			t.is(blocks.length, view.checks.filter(({state}) => 'mistake' in state).length);
			for (const block of blocks) {
				t.true(block.length >= 2);
				t.deepEqual(block.filter(line => !isYamlOfJson(line)), []);
			}
		}
	});

	test(`a report in JSON has every check with its outcome, its values and its sentences (${language})`, async t => {
		const words = await exerciseWordsOf(language);
		for (const view of made) {
			const json = JSON.parse(reports.json(view, words)) as JsonReport;
			const outcomes: Record<number, string> = {0: 'holds', 1: 'fails', 3: 'not-run'};
			t.is(json.outcome, outcomes[exitCodeOf(view)] ?? '');
			t.deepEqual(json.checks.map(({name, type}) => ({name, type})), view.checks.map(({name, state}) =>
				({name, type: state.type})));
			for (const {name, says, mistake} of json.checks) {
				const told = mistakesOf(view)[name];
				t.is(mistake?.kind, told?.kind);
				t.deepEqual(told ? [...sayMistake(words, told)] : says, says);
			}
		}
	});
}

test('what a program prints is shown where it fails, and its control characters as escapes', async t => {
	const command = await commandOf(t, 'mistakes/leaves-others.py', ['{port}', `4120.${process.pid}`]);
	if (!command) {
		return;
	}

	const view = await checkProgram('udp-echo-server', {type: 'program', command}, {answer: 300});
	const report = reports.text(view, await exerciseWordsOf('en'));
	t.true(report.includes(String.raw`  stdout | \x1b[31mready\x07 `));
	t.false(report.includes('\u001B'));
});
