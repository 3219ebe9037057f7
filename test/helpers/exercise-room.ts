import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {Playground} from '../../source/engine/playground.ts';
import type {
	CheckState, ExerciseName, ExerciseSubject, ExerciseTimes, ExerciseView,
} from '../../source/engine/api/exercise.ts';
import type {Mistake} from '../../source/engine/api/mistake.ts';
import {KernelTables} from '../../source/sockets/kernel/kernel-tables.ts';
import {playgroundOptions} from './playground-options.ts';
import {isInstalled} from './program.ts';
import {python, runProgram} from './run-program.ts';
import {skipped} from './skipped.ts';
import {temporaryFolder} from './temporary-folder.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures');

/** How many programs are checked at the same time: with more, their times are the machine's. */
const atOnce = 10;

let running = 0;
const waiting: Array<() => void> = [];

/** Check a program in a playground of its own, in turn with the others of this process. */
export async function checkProgram(
	exercise: ExerciseName,
	subject: ExerciseSubject,
	times: Partial<ExerciseTimes> = {},
	onView: (view: ExerciseView) => void = () => undefined,
): Promise<ExerciseView> {
	if (running >= atOnce) {
		await new Promise<void>(resolve => {
			waiting.push(resolve);
		});
	}

	running++;
	const playground = new Playground(playgroundOptions);
	playground.watch(() => {
		const view = playground.view({type: 'exercise'});
		if (view?.type === 'exercise') {
			onView(view);
		}
	});
	try {
		await playground.execute({
			type: 'start-exercise', exercise, subject, times: {
				answer: 3000, start: 20_000, total: 600_000, ...times,
			},
		});
		const view = playground.view({type: 'exercise'});
		if (view?.type !== 'exercise') {
			throw new Error(`No exercise: ${JSON.stringify(view)}`);
		}

		return view;
	} finally {
		await playground.close();
		running--;
		waiting.shift()?.();
	}
}

/** What each language needs, beyond Node. */
const interpreters: Readonly<Record<string, string>> = {'.c': 'cc', '.py': 'python3'};

/**
The command that runs a program of `test/fixtures/`, by its language: of C it is compiled, in a folder that is deleted
with the test. Undefined where what runs it is not installed, or where the kernel has no tables to find its sockets in:
the test is counted as skipped then.
*/
export async function commandOf(
	t: ExecutionContext,
	file: string,
	parameters: readonly string[],
	compilerFlags: readonly string[] = [],
): Promise<readonly [string, ...string[]] | undefined> {
	const source = path.join(fixtures, file);
	const language = path.extname(file);
	const program = interpreters[language];
	if (!KernelTables.isAvailable) {
		skipped(t, 'the kernel\'s tables of sockets cannot be read');
		return undefined;
	}

	if (program !== undefined && !isInstalled(program)) {
		skipped(t, `${program} is not installed`);
		return undefined;
	}

	switch (language) {
		case '.c': {
			const folder = await temporaryFolder(t);
			const compiled = path.join(folder, 'program');
			await runProgram('cc', ['-Wall', ...compilerFlags, '-o', compiled, source]);
			return [compiled, ...parameters];
		}

		case '.py': {
			// Modules beside it are not compiled into the folder.
			return [...await python(), '-B', source, ...parameters];
		}

		default: {
			return [process.execPath, source, ...parameters];
		}
	}
}

/** The mistakes that were told, by the checks that tell them. */
export function mistakesOf({checks}: ExerciseView): Readonly<Record<string, Mistake>> {
	return Object.fromEntries(checks.flatMap(({name, state}) => 'mistake' in state ? [[name, state.mistake]] : []));
}

/** What was told of the program, in short: `holds`, `fails cut`, `said no-timeout`, `skipped needs`, by check. */
export function outcomesOf({checks}: ExerciseView): Readonly<Record<string, string>> {
	return Object.fromEntries(checks.map(({name, state}) => [name, outcomeOf(state)]));
}

function outcomeOf(state: CheckState): string {
	switch (state.type) {
		case 'fails':
		case 'said': {
			return `${state.type} ${state.mistake.kind}`;
		}

		case 'skipped': {
			return `skipped ${state.cause.type}`;
		}

		case 'holds':
		case 'pending':
		case 'running': {
			return state.type;
		}

		default: {
			return state satisfies never;
		}
	}
}
