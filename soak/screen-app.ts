import {cp, mkdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {freePort} from '../test/helpers/loopback.ts';
import type {Owner} from '../test/helpers/terminal.ts';
import {keys, TestApp} from '../test/helpers/terminal-app.ts';

const root = path.join(import.meta.dirname, '..');

/** A program that draws nothing for this long, though there is something to draw, hangs; in milliseconds. */
const drawTimeout = 6000;

/** The soak ends the program itself. */
const owner: Owner = {teardown: () => undefined, timeout: Object.assign(() => undefined, {clear: () => undefined})};

/** The program takes over the process of a shell that has told its process id. */
const script = [
	'stty -a >"$FILES/before"',
	'sh -c \'echo $$ >"$FILES/pid"; exec "$NODE" "$PROGRAM" "$@" 2>"$FILES/errors"\' sh "$@"',
	'code=$?',
	'stty -a >"$FILES/after"',
	'exit $code',
].join('; ');

/** The built program in a pseudo-terminal, started by a shell that looks at the terminal's modes before and after. */
export class ScreenApp extends TestApp {
	/** Start it in a folder of its own, from a copy, so that a build during the run does not disturb it. */
	static async open(folder: string, options: readonly string[]): Promise<ScreenApp> {
		const files = path.join(folder, 'files');
		const saved = path.join(folder, 'saved');
		const installed = path.join(folder, 'installed');
		await Promise.all([mkdir(files), mkdir(saved)]);
		await cp(path.join(root, 'dist'), path.join(installed, 'dist'), {recursive: true});
		await cp(path.join(root, 'package.json'), path.join(installed, 'package.json'));
		const port = await freePort();
		const app = new ScreenApp(owner, {
			file: '/bin/sh',
			args: ['-c', script, 'sh', '--port', String(port), '--clients', '3', ...options],
			columns: 120,
			rows: 40,
			env: {FILES: files, NODE: process.execPath, PROGRAM: path.join(installed, 'dist/cli.js')},
			folder: saved,
		});
		await app.waitFor(({footer}) => app.isPasteBracketed && footer.includes('Esc'), 'the first frame');
		// Either protocol's sockets are opened when it is first shown.
		app.press(keys.ctrl('t') + keys.ctrl('t'));
		app.files = files;
		app.port = port;
		app.programPid = Number(await app.read('pid'));
		return app;
	}

	/** The port of both its servers. */
	port = 0;
	/** Its own process, not the shell's. */
	programPid = 0;
	/** How long each answer took, in milliseconds: all keys that were pressed before come first. */
	readonly answerTimes: number[] = [];
	/** Where the shell and the program leave what they have to say. */
	files = '';

	/** `before` and `after` are what `stty -a` said, `errors` is the program's standard error, which is no terminal. */
	async read(name: 'before' | 'after' | 'errors' | 'pid'): Promise<string> {
		return readFile(path.join(this.files, name), 'utf8');
	}

	/**
	Type a text of its own into a line, in any state that random keys have left the program in, and wait until it is
	before the cursor in a whole frame.

	@param longest - how long that may take, in milliseconds; until then the program must go on drawing
	@returns what is wrong, if anything is
	*/
	async ask(longest: number): Promise<string[]> {
		const mark = `soak-${this.answerTimes.length};`;
		const start = performance.now();
		this.resize(120, 40);
		let isPressed = false;
		let problem = 'there was no frame';
		let text = '';
		const state = {isAnswered: false, hasEnded: false};
		this.waitFor(screen => {
			// In a window that is still too small, keys do nothing.
			if (!isPressed && screen.footer !== '') {
				isPressed = true;
				// Esc leads to the commands, from a panel one step at a time.
				this.press(keys.escape.repeat(4) + 'i' + keys.paste(mark));
			}

			const hasMark = screen.cursor.before.endsWith(mark);
			problem = hasMark ? screen.overlayProblems.join('; ') : `${mark} does not show`;
			({text} = screen);
			return hasMark && problem === '';
		}, mark).then(() => {
			state.isAnswered = true;
		}, () => {
			state.hasEnded = true;
		});
		let drawn = this.transcript.length;
		let drawnAt = start;
		const elapsed = (since: number): number => performance.now() - since;
		while (!state.isAnswered && !state.hasEnded && elapsed(start) < longest && elapsed(drawnAt) < drawTimeout) {
			await sleep(5);
			if (this.transcript.length !== drawn) {
				drawn = this.transcript.length;
				drawnAt = performance.now();
			}
		}

		if (state.isAnswered) {
			this.answerTimes.push(elapsed(start));
			this.press(keys.end + keys.ctrl('u'));
			return [];
		}

		const [waited, still] = [start, drawnAt].map(since => `${(elapsed(since) / 1000).toFixed(1)} s`);
		const end = state.hasEnded ? ', and it has ended' : '';
		return [`${problem}${end}, after ${waited}, of which it drew nothing for the last ${still}\n${text}`];
	}

	/** End the program, if it still runs. */
	kill(): void {
		try {
			process.kill(this.programPid, 'SIGKILL');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
				throw error;
			}
		}
	}
}
