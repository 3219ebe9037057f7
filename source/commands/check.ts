import {formatAddress, parseAddress} from '../text/address.ts';
import {Playground} from '../engine/playground.ts';
import {exercises} from '../engine/exercises/exercises.ts';
import {
	type CheckState, exerciseKinds, type ExerciseName, type ExerciseSubject, type ExerciseView,
} from '../engine/api/exercise.ts';
import {Output, print} from '../headless/output.ts';
import {perfect} from '../link/conditions.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import type {ExerciseWords} from '../screen/words/exercises/exercise-words.ts';
import {saidOf} from '../screen/save/exercise-report.ts';
import {demandOf, exerciseWordsOf} from '../screen/words/exercises/say-exercise.ts';
import type {Language} from '../screen/words/language.ts';
import {nearest} from '../text/nearest.ts';
import {shellLine} from '../text/shell-line.ts';
import {exitCodeOf, type ReportFormat, reportOf} from './check-report.ts';
import {langFlag, readLanguage, shared} from './flags.ts';
import {
	type Flags, type Given, helpLines, readGiven, switchFlag, UsageError, valueFlag,
} from './tokens.ts';
import {readAddress, readDuration, wrongValue} from './values.ts';

const flags = {
	server: valueFlag('HOST:PORT', 'check a server that is running already'),
	listen: valueFlag('[HOST:]PORT', 'wait there for a client that you start yourself'),
	timeout: valueFlag('TIME', 'the longest that all checks together may take   (120s)'),
	wait: valueFlag('TIME', 'how long to wait for an answer                  (2s)'),
	tap: switchFlag('print TAP version 14'),
	json: switchFlag('print JSON'),
	lang: langFlag('language of the report'),
	...shared('help'),
} as const satisfies Flags;

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
${helpLines(flags)}

  Exit codes
    0  everything holds                      2  the command line cannot be used
    1  something does not                    3  the program could not be run

  Examples
    $ socket-playground check udp-echo-server -- python3 server.py {port}
    $ socket-playground check udp-echo-server --server 127.0.0.1:12000
`;

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
		return print(options.isHelp ? help : list(words));
	}

	if (!subject) {
		await print(demands(exercise, words));
		throw new UsageError(['whichProgram', usageOf(exercise)]);
	}

	const gone = Promise.withResolvers<void>();
	const output = new Output(process.stdout, {
		onGone(problem) {
			process.stderr.write(problem === undefined ? '' : `socket-playground: ${problem}\n`);
			gone.resolve();
		},
	});
	if (subject.type === 'listen') {
		process.stderr.write(`${words.report.waiting(formatAddress(subject.address))}\n`);
	}

	/** Checks take seconds: as text each is told as soon as it is made, and that one waits for a client to give up. */
	let written = '';
	const tell = (view: ExerciseView): void => {
		const report = reportOf(view, words, format);
		// What was told so far is the beginning, unless nothing could be run after all.
		output.write(report.startsWith(written) ? report.slice(written.length) : `\n${report}`);
		written = report;
		const running = view.checks.find(({state}) => state.type === 'running');
		const waits = running ? saidOf(running, words) : [];
		process.stderr.write(waits.map(sentence => `${running?.name}: ${sentence}\n`).join(''));
	};

	const times = {...(total !== undefined && {total}), ...(answer !== undefined && {answer})};
	const view = await carryOut(exercise, subject, {
		times, gone: gone.promise, ...(format === 'text' && {onView: tell}),
	});
	tell(view);
	return exitCodeOf(view);
}

/**
The signals that end a process, from outside it or at a limit (signal(7)): the program that is checked has a session of
its own, and would go on. Not SIGUSR1, which opens Node's debugger, SIGPIPE and SIGXFSZ, which Node ignores, SIGPROF,
which V8's profiler sends, and those of a fault in this process itself.
*/
const endingSignals: readonly NodeJS.Signals[] = [
	...['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGALRM', 'SIGVTALRM', 'SIGXCPU'] as const,
	// Elsewhere SIGIO ends nothing, and the others are not known.
	...(process.platform === 'linux' ? ['SIGIO', 'SIGPWR', 'SIGSTKFLT'] as const : []),
];

/**
Carry out an exercise to its end, or until the reader of the report has closed it, with nothing left behind, whatever
ends this process.
*/
async function carryOut(exercise: ExerciseName, subject: ExerciseSubject, {times, gone, onView}: {
	readonly times: {readonly total?: number; readonly answer?: number};
	/** Settles when the reader of the report has closed it. */
	readonly gone: Promise<void>;
	readonly onView?: (view: ExerciseView) => void;
}): Promise<ExerciseView> {
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

	for (const signal of endingSignals) {
		process.on(signal, endBy);
	}

	process.on('exit', kill);
	/** How the check stands that is made now. */
	let told: CheckState | undefined;
	const watching = onView && playground.watch(() => {
		const view = playground.view({type: 'exercise'});
		const running = view?.type === 'exercise' ? view.checks.find(({state}) => state.type === 'running') : undefined;
		if (view?.type === 'exercise' && !view.isDone && running && running.state !== told) {
			told = running.state;
			onView(view);
		}
	});
	try {
		await Promise.race([gone, playground.execute({
			type: 'start-exercise', exercise, subject, times,
		})]);
		const view = playground.view({type: 'exercise'});
		if (view?.type !== 'exercise') {
			throw new Error(view?.type === 'failed' ? view.message : 'there is no exercise');
		}

		return view;
	} finally {
		watching?.close();
		await playground.close();
		process.off('exit', kill);
		for (const signal of endingSignals) {
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
	return exerciseKinds[name].role === 'client'
		? `socket-playground check ${name} -- python3 client.py {host} {port}`
		: `socket-playground check ${name} -- python3 server.py {port}`;
}

/** @throws UsageError where it cannot be used */
function readOptions(argv: readonly string[], environment: NodeJS.ProcessEnv): CheckOptions {
	const end = argv.indexOf('--');
	const own = end === -1 ? argv : argv.slice(0, end);
	const command = end === -1 ? undefined : argv.slice(end + 1);
	const given = readGiven(own, flags, true);
	const exercise = readExercise(given.words, command);
	if (given.has('tap') && given.has('json')) {
		throw new UsageError(['twoFormats']);
	}

	return {
		exercise,
		subject: exercise && readSubject(exercise, given, command),
		format: given.has('tap') ? 'tap' : (given.has('json') ? 'json' : 'text'),
		language: readLanguage(given.text('lang'), environment).comments,
		isHelp: given.has('help'),
		total: readTime('timeout', given),
		answer: readTime('wait', given),
	};
}

function readExercise(loose: readonly string[], command: readonly string[] | undefined): ExerciseName | undefined {
	const [typed, ...more] = loose;
	if (typed === undefined) {
		if (command) {
			throw new UsageError(['whichExercise', [...exercises.keys()]]);
		}

		return undefined;
	}

	const names = [...exercises.keys()];
	const name = names.find(known => known === typed);
	if (!name) {
		const plain = typed.toLowerCase().replaceAll(/[_ ]/g, '-');
		const inside = names.filter(known => known.includes(plain) || plain.includes(known));
		const meant = nearest(plain, names) ?? (plain !== '' && inside.length === 1 ? inside[0] : undefined);
		throw new UsageError(['noExercise', typed, meant ?? '', names]);
	}

	if (more.length > 0) {
		const meant = shellLine(['socket-playground', 'check', name, '--', ...more, ...(command ?? [])]);
		throw new UsageError(['notBehind', more[0]!, meant]);
	}

	return name;
}

function readSubject(
	exercise: ExerciseName,
	{text}: Given,
	command: readonly string[] | undefined,
): ExerciseSubject | undefined {
	const server = text('server');
	const listen = text('listen');
	if ([server, listen, command].filter(given => given !== undefined).length > 1) {
		throw new UsageError(['threeWays']);
	}

	const isClient = exerciseKinds[exercise].role === 'client';
	if (server !== undefined) {
		if (isClient) {
			throw new UsageError(['checksClient', exercise]);
		}

		return {type: 'server', address: readAddress('--server', /^\d+$/.test(server) ? `127.0.0.1:${server}` : server)};
	}

	if (listen !== undefined) {
		const address = parseAddress(/^:?\d+$/.test(listen) ? `127.0.0.1:${listen.replace(':', '')}` : listen);
		if (!isClient) {
			throw new UsageError(['checksServer', exercise]);
		}

		if (!address) {
			throw wrongValue('--listen', ['listen'], listen);
		}

		return {type: 'listen', address};
	}

	if (!command) {
		return undefined;
	}

	const [program, ...parameters] = command;
	if (program === undefined || program === '') {
		throw new UsageError(['noProgram']);
	}

	return {type: 'program', command: [program, ...parameters]};
}

/** Milliseconds. A number without a unit is one of seconds. */
function readTime(name: 'timeout' | 'wait', {text}: Given): number | undefined {
	const value = text(name);
	const time = value === undefined
		? undefined
		: readDuration(`--${name}`, /^\d+(?:\.\d+)?$/.test(value) ? `${value}s` : value);
	if (time === 0) {
		throw wrongValue(`--${name}`, ['longerTime'], value ?? '');
	}

	return time;
}
