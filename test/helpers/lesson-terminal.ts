import type {ExecutionContext} from 'ava';
import type {Lesson} from '../../source/lessons/lesson.ts';
import {bindingOf} from '../../source/screen/input/keys.ts';
import type {Words} from '../../source/screen/words/words.ts';
import {freePort} from './loopback.ts';
import {
	paneOf, type Presses, sequencesOf, tabTo,
} from './lesson-keys.ts';
import type {StepSolution, WrongMove} from './lesson-solutions.ts';
import {keys, program, TestApp} from './terminal-app.ts';
import type {PaneOnScreen, TerminalScreen} from './terminal-screen.ts';
import {temporaryFolder} from './temporary-folder.ts';

/** A lesson in a pseudo-terminal of 80x24, which a person with these words reads. */
class LessonTerminal {
	readonly app: TestApp;
	readonly #words: Words;
	readonly #lesson: Lesson;

	constructor(app: TestApp, words: Words, lesson: Lesson) {
		this.app = app;
		this.#words = words;
		this.#lesson = lesson;
	}

	/** Wait until this step is begun. */
	async begun(step: number): Promise<void> {
		const {lessons} = this.#words;
		await this.#until(
			screen => this.#isAt(screen, step)
				&& /[☐☑]/v.test(this.#titleOf(screen))
				&& !screen.text.includes(lessons.explanation),
			`step ${step + 1}`,
		);
	}

	/** Answer the step's question. */
	async guess(text: string): Promise<void> {
		const {lessons} = this.#words;
		await this.app.waitForText(lessons.question);
		this.app.press((text.startsWith('#') ? this.#portOf(text.slice(1)) : text) + keys.enter);
		await this.#until(({text: shown}) => !shown.includes(lessons.question), 'the question answered');
	}

	/**
	Make wrong moves, and settle with the screen where they have ticked something: the title has another box, or the
	step is explained. The hint that is asked for last comes from the engine after all that they have come to.
	*/
	async move(moves: readonly WrongMove[]): Promise<string | undefined> {
		const boxes = (): string => this.#titleOf(this.app.screen).replaceAll(/[^☐☑]/gv, '');
		const before = boxes();
		for (const {keys: presses, shows, undo = []} of moves) {
			await this.press(presses);
			if (shows !== undefined) {
				// Not what is still in the message line.
				const isShown = (line: string): boolean => line.includes(shows) && !/^[│┃] > /v.test(line);
				await this.#until(({lines}) => lines.some(line => isShown(line)), `the row of ${shows}`);
			}

			await this.press(undo);
		}

		const panel = this.#panelOf(this.app.screen);
		await this.press(['<Esc>h']);
		await this.#until(screen => this.#panelOf(screen) !== panel, 'the hint');
		const {text} = this.app.screen;
		return boxes() === before && !text.includes(this.#words.lessons.explanation) ? undefined : text;
	}

	/** Do a step as its solution does, until it is explained. Settles with the text on the screen. */
	async solve({keys: presses}: StepSolution): Promise<string> {
		await this.press(presses);
		await this.app.waitForText(this.#words.lessons.explanation);
		return this.app.screen.text;
	}

	/** Go on to the next step, out of whatever is open; after the last one to the end. */
	async next(step: number, after: Presses = []): Promise<void> {
		const {lessons} = this.#words;
		await this.press(after);
		this.app.press(keys.typing);
		const isOver = (screen: TerminalScreen): boolean =>
			!screen.text.includes(lessons.explanation) && !this.#isAt(screen, step);
		const {next, nextScene, end, more} = lessons.keys;
		const leadsOn = (text: string): boolean => [next, nextScene, end].some(label => text.includes(`Enter ${label}`));
		await this.#until(({text}) => leadsOn(text) || text.includes(more), 'the way on');
		while (!isOver(this.app.screen)) {
			const before = this.#panelOf(this.app.screen);
			const isLast = leadsOn(before);
			this.app.press(keys.enter);
			await this.#until(screen => isLast ? isOver(screen) : this.#panelOf(screen) !== before, 'the next step');
		}
	}

	/** Press what a solution has. */
	async press(presses: Presses): Promise<void> {
		for (const typed of presses) {
			if (typed.startsWith('@')) {
				await this.#focus(typed.slice(1));
			} else if (typed.startsWith('~') || typed.startsWith('=')) {
				await this.app.waitForText(typed.slice(1));
			} else {
				await this.#type(typed);
			}
		}
	}

	/**
	Type something. A person does not press the next key in the same moment as a command's, and what comes with Esc in
	one write would be Alt and that key. So after Esc the footer is waited for to say another thing of Esc: nothing else
	changes that, where what the keys before it do to it is shown already. A solution waits for that with `=`.
	*/
	async #type(typed: string): Promise<void> {
		const sequences = sequencesOf(typed);
		for (const [index, sequence] of sequences.entries()) {
			const {text} = this.app.screen;
			const label = escapeOf(this.app.screen);
			this.app.press(sequence);
			if (sequence === keys.escape) {
				await this.#until(screen => escapeOf(screen) !== label, 'what Esc shows');
			} else if (sequences[index - 1] === keys.escape) {
				// Some commands leave the letters where they are.
				const isShown = (screen: TerminalScreen): boolean =>
					bindingOf(sequence)?.isRepeated ? screen.text !== text : escapeOf(screen) !== undefined;
				await this.#until(isShown, `what ${sequence} shows`);
			} else if (sequence < ' ' && sequence !== keys.enter) {
				await this.#until(screen => screen.text !== text, `what ${JSON.stringify(sequence)} shows`);
			}
		}
	}

	async #focus(name: string): Promise<void> {
		await this.#until(({panes}) => panes.some(({isFocused}) => isFocused), 'a pane with the focus');
		for (let pressed = 0; pressed < 20; pressed++) {
			const focused = this.app.screen.panes.find(({isFocused}) => isFocused);
			if (focused && this.#isCalled(focused, name)) {
				return;
			}

			this.app.press(tabTo(name));
			await this.#until(
				({panes}) => panes.some(pane => pane.isFocused && (!focused || whichOf(pane) !== whichOf(focused))),
				`the focus on ${name}`,
			);
		}

		throw new Error(`Tab does not lead to ${name}\n${this.app.screen.text}`);
	}

	#portOf(name: string): string {
		const pane = this.app.screen.panes.find(each => this.#isCalled(each, name));
		return /:(\d+)/.exec(pane?.title ?? '')?.[1] ?? '';
	}

	/** Whether a pane has this name. Side by side UDP's panes are on the left. */
	#isCalled({title, x}: PaneOnScreen, name: string): boolean {
		const {protocol, client} = paneOf(name);
		const {server, client: {title: titleOf}} = this.#words;
		const isRole = title.startsWith(client === undefined ? server.title : titleOf(client));
		return isRole && (protocol === undefined || (protocol === 'udp') === (x === 0));
	}

	/** The panel's lines; rates in the panes change by themselves. */
	#panelOf({lines}: TerminalScreen): string {
		return lines.slice(lines.findIndex(line => this.#isTitle(line)), -1).join('\n');
	}

	#titleOf({lines}: TerminalScreen): string {
		return lines.find(line => this.#isTitle(line)) ?? '';
	}

	#isTitle(line: string): boolean {
		return line.startsWith(` ${this.#words.lessons.lesson} `);
	}

	#isAt(screen: TerminalScreen, step: number): boolean {
		return this.#titleOf(screen).includes(` ${step + 1}/${this.#lesson.steps.length} `);
	}

	async #until(isWanted: (screen: TerminalScreen) => boolean, what: string): Promise<void> {
		await this.app.waitFor(isWanted, what);
	}
}

/** What Esc does, as the footer has it; undefined while it has the letters of the commands. */
function escapeOf({footer}: TerminalScreen): string | undefined {
	return / Esc:? (.+?)(?: {2}|$)/.exec(footer)?.[1];
}

/** Which pane it is, whatever its socket is called by now, and whichever view it shows. */
function whichOf({title, x}: PaneOnScreen): string {
	return `${/^(?:[\p{L}\p{N}]+ ?)+/v.exec(title)?.[0].trim()} ${x}`;
}

/** Open a lesson in a terminal of 80x24. Its progress is kept in a folder of its own. */
export async function learn(
	t: ExecutionContext,
	lesson: Lesson,
	words: Words,
): Promise<LessonTerminal> {
	const folder = await temporaryFolder(t);
	// Clients name the server's port also where it is not open: the system cannot pick it then.
	const port = String(await freePort());
	const app = new TestApp(t, {
		file: process.execPath,
		args: [program, 'learn', lesson.id, '--lang', words.comments, '--port', port],
		columns: 80,
		rows: 24,
		env: {XDG_CONFIG_HOME: folder},
	});
	const terminal = new LessonTerminal(app, words, lesson);
	await terminal.begun(0);
	return terminal;
}
