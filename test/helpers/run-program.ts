import {execFile} from 'node:child_process';
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
