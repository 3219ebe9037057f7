import {formatAddress, parseAddress} from '../text/address.ts';
import {Playground} from '../engine/playground.ts';
import {exercises} from '../engine/exercises/exercises.ts';
import type {ExerciseName, ExerciseSubject, ExerciseView} from '../engine/api/exercise.ts';
import {perfect} from '../link/conditions.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import type {ExerciseWords} from '../screen/words/exercise-words.ts';
import {demandOf, exerciseWordsOf} from '../screen/words/say-exercise.ts';
import {type Language, languageOfLocale, languages} from '../screen/words/words.ts';
import {nearest} from '../text/nearest.ts';
import {shellLine} from '../text/shell-line.ts';
import {exitCodeOf, type ReportFormat, reportOf} from './check-report.ts';
import {UsageError} from './subcommand.ts';
import {dashed, type Flags, tokensOf} from './tokens.ts';

/** What `check --help` prints. */
export const help = `
  Check a program that you have written: a UDP or TCP server or client, in any language

  Usage
    $ socket-playground check                                   list the exercises
    $ socket-playground check EXERCISE                          what an exercise demands
    $ socket-playground check EXERCISE [options] -- PROGRAM [ARGUMENT…]
    $ socket-playground check EXERCISE [options] --server HOST:PORT
    $ socket-playground check EXERCISE [options] --listen [HOST:]PORT

  The program is started and ended by the check. It learns its port from {port} in its arguments,
  or from PORT in its environment; where it uses neither, it has port 12000.

  Options
        --server HOST:PORT     check a server that is running already
        --listen [HOST:]PORT   wait there for a client that you start yourself
        --timeout SECONDS      the longest that all checks together may take   (120)
        --wait SECONDS         how long an answer is awaited                   (2)
        --tap                  print TAP version 14
        --json                 print JSON
        --lang en|ko           language of the report               (from the locale, else en)
    -h, --help                 this text

  Exit codes
    0  everything holds                      2  the command line cannot be used
    1  something does not                    3  the program could not be run

  Examples
    $ socket-playground check udp-echo-server -- python3 server.py {port}
    $ socket-playground check udp-echo-server --server 127.0.0.1:12000
`;

const flags = {
	server: {type: 'string'},
	listen: {type: 'string'},
	timeout: {type: 'string'},
	wait: {type: 'string'},
	tap: {type: 'boolean'},
	json: {type: 'boolean'},
	lang: {type: 'string'},
	help: {type: 'boolean', shortFlag: 'h'},
} as const satisfies Flags;

/** A command line that can be used. */
type CheckOptions = {
	readonly exercise: ExerciseName | undefined;
	readonly subject: ExerciseSubject | undefined;
	readonly format: ReportFormat;
	readonly language: Language;
	readonly isHelp: boolean;
	/** Milliseconds. */
	readonly total: number | undefined;
	readonly answer: number | undefined;
};

/** Carry out an exercise, print what was found, and settle with the exit code. Without an exercise, list them. */
export async function run(argv: readonly string[]): Promise<number> {
	const options = readOptions(argv, process.env);
	const {exercise, subject, format, total, answer} = options;
	const words = await exerciseWordsOf(options.language);
	if (options.isHelp || !exercise) {
		process.stdout.write(options.isHelp ? help : list(words));
		return 0;
	}

	if (!subject) {
		process.stdout.write(demands(exercise, words));
		throw new UsageError(`check: which program? ${usageOf(exercise)}`);
	}

	if (subject.type === 'listen') {
		process.stderr.write(`${words.report.waiting(formatAddress(subject.address))}\n`);
	}

	/** Checks take seconds: as text each is told as soon as it is made. */
	let written = '';
	const tell = (view: ExerciseView): void => {
		const report = reportOf(view, words, format);
		// What was told so far is the beginning, unless nothing could be run after all.
		process.stdout.write(report.startsWith(written) ? report.slice(written.length) : `\n${report}`);
		written = report;
	};

	const times = {...(total !== undefined && {total}), ...(answer !== undefined && {answer})};
	const view = await carryOut(exercise, subject, times, format === 'text' ? tell : undefined);
	tell(view);
	return exitCodeOf(view);
}

/** Carry out an exercise to its end, with nothing left behind, whatever ends this process. */
async function carryOut(
	exercise: ExerciseName,
	subject: ExerciseSubject,
	times: {readonly total?: number; readonly answer?: number},
	onView: ((view: ExerciseView) => void) | undefined,
): Promise<ExerciseView> {
	const playground = new Playground({
		host: '127.0.0.1', port: 0, reply: defaultRule, closeAfterReply: false, clients: 0, link: perfect, seed: 0,
	});
	const kill = (): void => {
		playground.kill();
	};

	const endBy = (signal: NodeJS.Signals): void => {
		kill();
		process.off(signal, endBy);
		process.kill(process.pid, signal);
	};

	const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) {
		process.on(signal, endBy);
	}

	process.on('exit', kill);
	let concluded = 0;
	const watching = onView && playground.watch(() => {
		const view = playground.view({type: 'exercise'});
		const count = view?.type === 'exercise' ? view.checks.findIndex(({state}) => state.type === 'running') : 0;
		if (view?.type === 'exercise' && !view.isDone && count > concluded) {
			concluded = count;
			onView(view);
		}
	});
	try {
		await playground.execute({
			type: 'start-exercise', exercise, subject, times,
		});
		const view = playground.view({type: 'exercise'});
		if (view?.type !== 'exercise') {
			throw new Error(view?.type === 'failed' ? view.message : 'there is no exercise');
		}

		return view;
	} finally {
		watching?.close();
		await playground.close();
		process.off('exit', kill);
		for (const signal of signals) {
			process.off(signal, endBy);
		}
	}
}

/** Each exercise on a line, its name first. */
function list({about}: ExerciseWords): string {
	const names = [...exercises.keys()];
	const width = Math.max(...names.map(({length}) => length));
	return names.map(name => `${name.padEnd(width)}  ${about[name]}\n`).join('');
}

function demands(name: ExerciseName, words: ExerciseWords): string {
	const checks = exercises.get(name)?.checks ?? [];
	const width = Math.max(...checks.map(check => check.name.length));
	return [
		`${name}: ${words.about[name]}`,
		...(words.rules[name] ?? []).map(rule => `  ${rule}`),
		'',
		...checks.map(check => `  ${check.name.padEnd(width)}  ${demandOf(words, name, check.name)}`),
		'',
		'',
	].join('\n');
}

function usageOf(name: ExerciseName): string {
	return exercises.get(name)?.role === 'client'
		? `socket-playground check ${name} -- python3 client.py {host} {port}`
		: `socket-playground check ${name} -- python3 server.py {port}`;
}

/** @throws UsageError where it cannot be used */
function readOptions(argv: readonly string[], environment: NodeJS.ProcessEnv): CheckOptions {
	const end = argv.indexOf('--');
	const own = end === -1 ? argv : argv.slice(0, end);
	const command = end === -1 ? undefined : argv.slice(end + 1);
	const values = new Map<string, string | true>();
	const loose: string[] = [];
	for (const token of tokensOf(own, flags)) {
		if (token.type === 'argument') {
			loose.push(token.text);
		} else if (token.type === 'unknown' || token.isNegated) {
			const typed = token.type === 'unknown' ? token.typed : `--no-${token.name}`;
			throw new UsageError(`check: unknown option ${typed}; allowed are `
				+ Object.keys(flags).map(flag => `--${dashed(flag)}`).join(', ')
				+ '; options of your program come behind --');
		} else if (flags[token.name as keyof typeof flags].type === 'string' && !token.value) {
			throw new UsageError(`check: --${token.name} needs a value`);
		} else {
			values.set(token.name, token.value ?? true);
		}
	}

	const exercise = readExercise(loose, command);
	const [language = languageOfLocale(environment)] = values.has('lang')
		? [languages.find(known => known === values.get('lang'))]
		: [];
	if (values.has('lang') && language !== values.get('lang')) {
		throw new UsageError(`check: --lang takes ${languages.join(' or ')}, not '${String(values.get('lang'))}'`);
	}

	if (values.has('tap') && values.has('json')) {
		throw new UsageError('check: --tap and --json are two formats: give one of them');
	}

	return {
		exercise,
		subject: exercise && readSubject(exercise, values, command),
		format: values.has('tap') ? 'tap' : (values.has('json') ? 'json' : 'text'),
		language,
		isHelp: values.has('help'),
		total: readSeconds(values, 'timeout'),
		answer: readSeconds(values, 'wait'),
	};
}

function readExercise(loose: readonly string[], command: readonly string[] | undefined): ExerciseName | undefined {
	const [typed, ...more] = loose;
	if (typed === undefined) {
		if (command) {
			throw new UsageError(`check: which exercise? ${[...exercises.keys()].join(', ')}`);
		}

		return undefined;
	}

	const names = [...exercises.keys()];
	const name = names.find(known => known === typed);
	if (!name) {
		const plain = typed.toLowerCase().replaceAll(/[_ ]/g, '-');
		const inside = names.filter(known => known.includes(plain) || plain.includes(known));
		const meant = nearest(plain, names) ?? (plain !== '' && inside.length === 1 ? inside[0] : undefined);
		throw new UsageError(`check: there is no exercise '${typed}'; `
			+ (meant === undefined ? `there are ${names.join(', ')}` : `perhaps: ${meant}`));
	}

	if (more.length > 0) {
		throw new UsageError(`check: unexpected argument '${more[0]!}'; perhaps: `
			+ `socket-playground check ${shellLine([name, '--', ...more, ...(command ?? [])])}`);
	}

	return name;
}

function readSubject(
	exercise: ExerciseName,
	values: ReadonlyMap<string, string | true>,
	command: readonly string[] | undefined,
): ExerciseSubject | undefined {
	const server = values.get('server');
	const listen = values.get('listen');
	if ([server, listen, command].filter(given => given !== undefined).length > 1) {
		throw new UsageError('check: a program behind --, --server and --listen are three ways: give one of them');
	}

	const isClient = exercises.get(exercise)?.role === 'client';
	if (typeof server === 'string') {
		const address = parseAddress(/^\d+$/.test(server) ? `127.0.0.1:${server}` : server);
		if (isClient || !address || address.port === 0) {
			throw new UsageError(isClient
				? `check: ${exercise} checks a client, which --listen waits for`
				: `check: --server takes host:port or [v6]:port with a port from 1 to 65535, not '${server}'`);
		}

		return {type: 'server', address};
	}

	if (typeof listen === 'string') {
		const address = parseAddress(/^:?\d+$/.test(listen) ? `127.0.0.1:${listen.replace(':', '')}` : listen);
		if (!isClient || !address) {
			throw new UsageError(isClient
				? `check: --listen takes a port, host:port or [v6]:port, not '${listen}'`
				: `check: ${exercise} checks a server, whose address --server takes`);
		}

		return {type: 'listen', address};
	}

	if (!command) {
		return undefined;
	}

	const [program, ...parameters] = command;
	if (program === undefined || program === '') {
		throw new UsageError('check: the program comes behind --, such as: -- python3 my_program.py');
	}

	return {type: 'program', command: [program, ...parameters]};
}

/** @returns milliseconds */
function readSeconds(values: ReadonlyMap<string, string | true>, name: 'timeout' | 'wait'): number | undefined {
	const text = values.get(name);
	if (typeof text !== 'string') {
		return undefined;
	}

	const seconds = /^\d{1,5}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
	if (seconds <= 0) {
		throw new UsageError(`check: --${name} takes a number of seconds, such as 0.5 or 10, not '${text}'`);
	}

	return seconds * 1000;
}
