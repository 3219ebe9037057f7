import {setTimeout as sleep} from 'node:timers/promises';
import {keys, type TestApp} from '../test/helpers/terminal-app.ts';

/** A program that draws nothing for so long, though there is something to draw, hangs; in milliseconds. */
const timeout = 6000;

/** Sees whether the program still answers, whatever state random keys have left it in. */
export class ScreenProbe {
	/** How long each answer took, in milliseconds: all keys that were pressed before come first. */
	readonly times: number[] = [];
	readonly #app: TestApp;

	constructor(app: TestApp) {
		this.#app = app;
	}

	/**
	Type a text of its own somewhere, and wait until it stands before the cursor in a frame that is whole.

	@param most - how long that may take, in milliseconds; until then the program must go on drawing
	@returns what is wrong, if anything is
	*/
	async ask(most: number): Promise<string | undefined> {
		const app = this.#app;
		const mark = `soak-${this.times.length};`;
		const start = performance.now();
		app.resize(120, 40);
		// A chord is a command wherever one is: it leaves the diagram, a payload, a prompt and the help. Twice, it changes nothing but a prompt. The paste ends the row of letters.
		app.press(keys.ctrl('p') + keys.ctrl('p') + keys.paste(mark));
		let problem = 'there was no frame';
		const seen = {answer: false, end: false};
		app.waitFor(screen => {
			const hasMark = screen.cursor.before.endsWith(mark);
			problem = hasMark ? screen.overlayProblems.join('; ') : 'what was pasted does not show';
			return hasMark && problem === '';
		}, mark).then(() => {
			seen.answer = true;
		}, () => {
			seen.end = true;
		});
		let drawn = app.transcript.length;
		let drawnAt = start;
		while (!seen.answer && !seen.end && performance.now() - start < most && performance.now() - drawnAt < timeout) {
			await sleep(10);
			if (app.transcript.length !== drawn) {
				drawn = app.transcript.length;
				drawnAt = performance.now();
			}
		}

		if (!seen.answer) {
			const waited = `${((performance.now() - start) / 1000).toFixed(1)} s, of which it drew nothing for the last ${((performance.now() - drawnAt) / 1000).toFixed(1)} s`;
			return `${problem}${seen.end ? ', and it has ended' : ''}, after ${waited}\n${app.screen.text}`;
		}

		this.times.push(performance.now() - start);
		app.press(keys.end + keys.ctrl('u'));
		return undefined;
	}
}
