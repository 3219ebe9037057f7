import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

/** Run a program to its end. @throws with its output where its code is not 0 */
// eslint-disable-next-line @typescript-eslint/strict-void-return -- The process itself is not wanted.
export const runProgram = promisify(execFile);
