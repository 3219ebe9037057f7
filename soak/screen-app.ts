import {cp, mkdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {freePort} from '../bench/free-port.ts';
import type {Owner} from '../test/helpers/terminal.ts';
import {keys, TestApp} from '../test/helpers/terminal-app.ts';
import type {Dice} from './dice.ts';

const root = path.join(import.meta.dirname, '..');

/** The built program in a pseudo-terminal, started by a shell that looks at the terminal's modes before and after. */
export type ScreenApp = {
	readonly app: TestApp;
	/** The port of both its servers. */
	readonly port: number;
	/** Its process. */
	readonly pid: number;
	/** What it has written to its standard error, which is no terminal. */
	readonly errors: () => Promise<string>;
	/** What `stty -a` said before it ran, and after. */
	readonly modes: () => Promise<readonly [before: string, after: string]>;
};

/** Nobody else: the soak ends the program itself. */
const owner: Owner = {teardown: () => undefined, timeout: Object.assign(() => undefined, {clear: () => undefined})};

/** The program's own process id is its shell's, which it takes over. */
const script = 'stty -a >"$FILES/before"; sh -c \'echo $$ >"$FILES/pid"; exec "$NODE" "$PROGRAM" "$@" 2>"$FILES/errors"\' sh "$@"; code=$?; stty -a >"$FILES/after"; exit $code';

/** Start it in a folder of its own, from a copy, so that a build during the run does not disturb it. */
export async function openScreenApp(dice: Dice, folder: string): Promise<ScreenApp> {
	const files = path.join(folder, 'files');
	const saved = path.join(folder, 'saved');
	const installed = path.join(folder, 'installed');
	await Promise.all([mkdir(files), mkdir(saved)]);
	await cp(path.join(root, 'dist'), path.join(installed, 'dist'), {recursive: true});
	await cp(path.join(root, 'package.json'), path.join(installed, 'package.json'));
	const port = await freePort();
	const app = new TestApp(owner, {
		file: '/bin/sh',
		args: [
			'-c',
			script,
			'sh',
			'--port',
			String(port),
			'--clients',
			'3',
			'--seed',
			String(dice.whole(0, 1_000_000)),
			'--lang',
			dice.pick(['en', 'ko']),
			'--protocol',
			dice.pick(['udp', 'tcp']),
		],
		columns: 120,
		rows: 40,
		env: {FILES: files, NODE: process.execPath, PROGRAM: path.join(installed, 'dist/cli.js')},
		folder: saved,
	});
	await app.waitFor(({footer}) => app.isPasteBracketed && footer.includes('Esc'), 'the first frame');
	// Either protocol's sockets are opened when it is first shown.
	app.press(keys.ctrl('t') + keys.ctrl('t'));
	const read = async (name: string): Promise<string> => readFile(path.join(files, name), 'utf8');
	return {
		app,
		port,
		pid: Number(await read('pid')),
		errors: async () => read('errors'),
		modes: async () => [await read('before'), await read('after')],
	};
}
