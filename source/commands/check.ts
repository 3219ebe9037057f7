import {formatAddress, parseAddress} from '../text/address.ts';
import {Playground} from '../engine/playground.ts';
import {exercises} from '../engine/exercises/exercises.ts';
import {
	type CheckState, exerciseKinds, type ExerciseName, type ExerciseSubject, type ExerciseView,
} from '../engine/api/exercise.ts';
import {complain} from '../headless/complain.ts';
import {Output, print} from '../headless/output.ts';
import {perfect} from '../link/conditions.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import type {ExerciseWords} from '../screen/words/exercises/exercise-words.ts';
import {saidOf} from '../screen/save/exercise-report.ts';
import {demandOf, exerciseWordsOf} from '../screen/words/exercises/say-exercise.ts';
import {nearest} from '../text/nearest.ts';
import {shellLine} from '../text/shell-line.ts';
import {exitCodeOf, reports} from './check-report.ts';
import {langFlag, readLanguage, shared} from './flags.ts';
import {
	type Flags, foldHelp, type Given, helpLines, readGiven, switchFlag, UsageError, valueFlag,
} from './tokens.ts';
import {readAddress, readLongerTime, taking} from './values.ts';

const flags = {
	server: valueFlag('HOST:PORT', 'check a server that is running already', {
		read: (flag, value) => readAddress(flag, /^\d+$/.test(value) ? `127.0.0.1:${value}` : value),
	}),
	listen: valueFlag('[HOST:]PORT', 'wait there for a client that you start yourself', {
		read: taking(['listen'], value => parseAddress(value.replace(/^:?(?=\d+$)/, '127.0.0.1:'))),
	}),
	timeout: valueFlag('TIME', 'the longest that all checks together may take   (120s)', {read: readSeconds}),
	wait: valueFlag('TIME', 'how long to wait for an answer                  (2s)', {read: readSeconds}),
	tap: switchFlag('print TAP version 14'),
	json: switchFlag('print JSON'),
	lang: langFlag('language of the report'),
	...shared('help'),
} as const satisfies Flags;

export const help = `
  Check a program that you have written: a UDP or TCP server or client, in any language

  Usage
    $ socket-playground check                      list the exercises
    $ socket-playground check EXERCISE             what an exercise demands
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

/** Carry out an exercise, print what was found, and settle with the exit code. Without an exercise, list them. */
export async function run(argv: readonly string[]): Promise<number> {
	const end = argv.indexOf('--');
	const [own, command] = end === -1 ? [argv] : [argv.slice(0, end), argv.slice(end + 1)];
	const {values, words: loose} = readGiven(own, flags, true);
	const exercise = readExercise(loose, command);
	if (values.tap && values.json) {
		throw new UsageError(['twoFormats']);
	}

	const subject = exercise && readSubject(exercise, values, command);
	const words = await exerciseWordsOf(readLanguage(values.lang, process.env).comments);
	if (values.help || !exercise) {
		return print(values.help ? foldHelp(help) : list(words));
	}

	if (!subject) {
		await print(demands(exercise, words));
		throw new UsageError(['whichProgram', usageOf(exercise)]);
	}

	const gone = Promise.withResolvers<void>();
	const output = new Output(process.stdout, {
		onGone(problem) {
			complain(problem === undefined ? '' : `socket-playground: ${problem}\n`);
			gone.resolve();
		},
	});
	if (subject.type === 'listen') {
		complain(`${words.report.waiting(formatAddress(subject.address))}\n`);
	}

	const format = values.tap ? 'tap' : (values.json ? 'json' : 'text');
	/** Checks take seconds: as text each is told as soon as it is made, and that one waits for a client to give up. */
	let written = '';
	const tell = (view: ExerciseView): void => {
		const report = reports[format](view, words);
		// What was told so far is the beginning, unless nothing could be run after all.
		output.write(report.startsWith(written) ? report.slice(written.length) : `\n${report}`);
		written = report;
		const running = view.checks.find(({state}) => state.type === 'running');
		const waits = running ? saidOf(running, words) : [];
		complain(waits.map(sentence => `${running?.name}: ${sentence}\n`).join(''));
	};

	const {timeout, wait} = values;
	const times = {...(timeout !== undefined && {total: timeout}), ...(wait !== undefined && {answer: wait})};
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
	{server, listen}: Given<typeof flags>['values'],
	command: readonly string[] | undefined,
): ExerciseSubject | undefined {
	if ([server, listen, command].filter(Boolean).length > 1) {
		throw new UsageError(['threeWays']);
	}

	const isClient = exerciseKinds[exercise].role === 'client';
	if (server && isClient) {
		throw new UsageError(['checksClient', exercise]);
	}

	if (listen && !isClient) {
		throw new UsageError(['checksServer', exercise]);
	}

	if (server) {
		return {type: 'server', address: server};
	}

	if (listen) {
		return {type: 'listen', address: listen};
	}

	const [program = '', ...parameters] = command ?? [];
	if (command && program === '') {
		throw new UsageError(['noProgram']);
	}

	return command && {type: 'program', command: [program, ...parameters]};
}

/** Milliseconds. A number without a unit is one of seconds. */
function readSeconds(flag: string, value: string): number {
	return readLongerTime(flag, /^\d+(?:\.\d+)?$/.test(value) && value !== '0' ? `${value}s` : value);
}
