import {type ChildProcess, spawn} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {
	accessSync, closeSync, constants, existsSync, openSync, readSync, statSync,
} from 'node:fs';
import path from 'node:path';
import type {Address} from '../../../log/event.ts';
import {KernelTables} from '../../../sockets/kernel/kernel-tables.ts';
import {type ProgramMark, startOf} from '../../../sockets/kernel/process-sockets.ts';

/** What is put in the environment, so that the processes of a program can be told. */
const markerName = 'SOCKET_PLAYGROUND_CHECK';

/**
Sets the limit of file locks, and becomes the program. Linux has not heeded that limit since 2.4.25 (setrlimit(2)), but
every process has it from the one that started it: neither setsid(2) nor execve(2) takes it away. Shells call it -w or
-x.
*/
const limited = 'ulimit -S -w "$0" 2>/dev/null || ulimit -S -x "$0" 2>/dev/null; exec "$@"';

/** A program that has been started, and by what its processes are told from all others. */
export type SpawnedProgram = {
	readonly child: ChildProcess;
	readonly mark: ProgramMark;
	/** The program and its arguments, with the address in them. */
	readonly command: readonly string[];
};

/** An interpreter was to run a script that is not there. */
export class NoScript extends Error {
	readonly file: string;

	constructor(file: string) {
		super(`There is no file ${file}`);
		this.file = file;
	}
}

/**
Start a learner's program in a session of its own. Rejects with the system's error where that fails, such as ENOENT.

@throws NoScript
*/
export async function spawnProgram(
	command: readonly [string, ...string[]],
	{host, port}: Address,
): Promise<SpawnedProgram> {
	const [name = '', ...parameters] = command.map(word =>
		word.replaceAll('{port}', String(port)).replaceAll('{host}', host));
	const script = missingScript(name, parameters);
	if (script !== undefined) {
		throw new NoScript(path.resolve(script));
	}

	const locks = String(randomInt(2 ** 40, 2 ** 47));
	const canLimit = KernelTables.isAvailable && existsSync('/bin/sh');
	if (canLimit) {
		// A shell would say in its own words, and later, that there is no such program.
		requireProgram(name);
	}

	const words = canLimit ? ['/bin/sh', '-c', limited, locks, name, ...parameters] : [name, ...parameters];
	const child = spawn(words[0]!, words.slice(1), {
		// Everything that it starts can be ended with it.
		detached: true,
		stdio: 'pipe',
		env: {
			...process.env, PORT: String(port), HOST: host, PYTHONUNBUFFERED: '1', [markerName]: locks,
		},
	});
	await once(child, 'spawn');
	const leader = child.pid!;
	return {
		child,
		mark: {
			leader, startedAt: startOf(leader), entry: `${markerName}=${locks}`, locks,
		},
		command: [name, ...parameters],
	};
}

/**
Throw the error that execvp(3) has for a name, or that execve(2) has for the interpreter of a script, which it then
names; for a directory EISDIR, which these call EACCES.
*/
function requireProgram(name: string): void {
	const files = name.includes('/')
		? [name]
		: (process.env.PATH ?? '').split(path.delimiter).map(folder => path.join(folder, name));
	const codes = files.map(file => codeOf(file));
	const found = codes.indexOf(undefined);
	const code = found === -1 ? codes.find(each => each !== 'ENOENT') ?? 'ENOENT' : undefined;
	const interpreter = code === undefined ? interpreterOf(files[found] ?? name) : undefined;
	const failed = code ?? (interpreter === undefined ? undefined : codeOf(interpreter));
	if (failed !== undefined) {
		// A carriage return in that line is a part of the name.
		const named = interpreter && JSON.stringify(interpreter).slice(1, -1);
		throw Object.assign(new Error(`spawn ${name} ${failed}`), {code: failed, syscall: 'execve', interpreter: named});
	}
}

/** Why a file cannot be executed; undefined where it can. */
function codeOf(file: string): string | undefined {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isDirectory() ? 'EISDIR' : undefined;
	} catch (error) {
		const {code = 'ENOENT'} = error as NodeJS.ErrnoException;
		return code === 'ENOTDIR' ? 'ENOENT' : code;
	}
}

/** The interpreter in the first line of a script (execve(2)); undefined where a file has none, or may not be read. */
function interpreterOf(file: string): string | undefined {
	try {
		const start = Buffer.alloc(256);
		const descriptor = openSync(file, 'r');
		try {
			readSync(descriptor, start);
		} finally {
			closeSync(descriptor);
		}

		return /^#![ \t]*([^ \t\n\0]+)/v.exec(start.toString('latin1'))?.[1];
	} catch {
		return undefined;
	}
}

/** Programs whose first argument is the path of the script that they run. */
const interpreters = /^(?:python[\d.]*|node|ruby|perl|php|lua|bash|sh)$/v;

/**
The script that an interpreter is to run and that is not there: it would end with a code of its own, as if the program
were wrong. Undefined where that cannot be told, as behind options.
*/
function missingScript(name: string, [first = '-']: readonly string[]): string | undefined {
	const isPath = first.includes('/') || /\.\w+$/v.test(first);
	const isScript = interpreters.test(path.basename(name)) && !first.startsWith('-') && isPath;
	// Node adds the ending.
	return isScript && ![first, `${first}.js`].some(file => existsSync(file)) ? first : undefined;
}
