import {execFile} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';

/** The option with which Node runs a program in TypeScript. */
export const typescript = `--import=${pathToFileURL(path.join(import.meta.dirname, '../../scripts/typescript.js')).href}`;

/** Run a program to its end. @throws with its output where its code is not 0 */
// eslint-disable-next-line @typescript-eslint/strict-void-return -- The process itself is not wanted.
export const runProgram = promisify(execFile);

let pythonPath: Promise<string> | undefined;

/**
The command that runs Python itself: what is called python3 may be a script that looks for it, which takes longer than
it. Packages that were installed are not looked for (-S).
*/
export async function python(): Promise<readonly [string, string]> {
	pythonPath ??= runProgram('python3', ['-c', 'import sys; print(sys.executable)']).then(({stdout}) => stdout.trim());
	return [await pythonPath, '-S'];
}

/**
Run one of test/fixtures in a network namespace of its own (network_namespaces(7)), which these commands have set up.

@returns what it has printed, as JSON; undefined where this machine allows no such namespace, or not what they set up
*/
export async function inOwnNetwork(setUp: string, fixture: string, ...parameters: string[]): Promise<unknown> {
	const enter = ['-rn', 'sh', '-c'];
	const program = path.join(import.meta.dirname, '../fixtures', fixture);
	try {
		await runProgram('unshare', [...enter, setUp]);
	} catch {
		return undefined;
	}

	const {stdout} = await runProgram('unshare', [
		...enter, `${setUp} && exec "$0" "$@"`, process.execPath, typescript, program, ...parameters,
	]);
	return JSON.parse(stdout);
}

/** Whether SIGKILL waits to be delivered to a process (proc(5)): it runs nothing more of its program. */
function isBeingKilled(id: string): boolean {
	const pending = readFileSync(`/proc/${id}/status`, 'utf8').matchAll(/^(?:SigPnd|ShdPnd):\t[\da-f]*([\da-f])[\da-f]{2}$/gm);
	return [...pending].some(([, digit]) => (Number.parseInt(digit!, 16) & 1) === 1);
}

/** The command lines of the processes that have this text in them, but for those that are being killed. Needs /proc. */
export function processesWith(text: string): string[] {
	return readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(name => {
		try {
			const line = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ');
			return line.includes(text) && !isBeingKilled(name) ? [line] : [];
		} catch {
			// It has ended meanwhile.
			return [];
		}
	});
}
