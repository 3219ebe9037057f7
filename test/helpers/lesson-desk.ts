import type {ExecutionContext} from 'ava';
import type {PlaygroundOptions} from '../../source/engine/api/command.ts';
import type {LessonRunView} from '../../source/engine/api/lesson.ts';
import {loadLessons} from '../../source/lessons/chapter.ts';
import type {Lesson} from '../../source/lessons/lesson.ts';
import type {PaneId} from '../../source/log/event.ts';
import {textOfDraft} from '../../source/screen/input/line/draft.ts';
import {lessonVocabulary} from '../../source/screen/input/vocabulary.ts';
import {openRun} from '../../source/screen/state/learning.ts';
import {focusedPane, paneState, shownScene} from '../../source/screen/state/screen-state.ts';
import type {Words} from '../../source/screen/words/words.ts';
import {Desk} from './desk.ts';
import {freePort} from './loopback.ts';
import {
	paneOf, type Presses, tabTo,
} from './lesson-keys.ts';
import type {StepSolution, WrongMove} from './lesson-solutions.ts';
import {temporaryFolder} from './temporary-folder.ts';

/** A desk with an open lesson. */
export class LessonDesk extends Desk {
	constructor(lesson: Lesson, words: Words, options: Partial<PlaygroundOptions>) {
		super(
			{
				protocol: 'udp',
				columns: 80,
				rows: 24,
				words,
				lesson: {lesson},
				loadLessons: async () => loadLessons(lessonVocabulary),
			},
			{reply: 'uppercase', clients: 2, ...options},
			{step: 0, timeout: 1000},
		);
	}

	/** How the lesson stands, as the screen has it. */
	get run(): LessonRunView | undefined {
		return openRun(this.state.learning);
	}

	/** How many checks of the step are ticked. */
	get ticks(): number {
		return this.run?.checks.filter(({isDone}) => isDone).length ?? 0;
	}

	/** Press what a solution has. */
	async press(presses: Presses): Promise<void> {
		for (const typed of presses) {
			if (typed.startsWith('@')) {
				await this.#focus(typed.slice(1));
			} else if (typed.startsWith('~')) {
				await this.#received(typed.slice(1));
			} else if (!typed.startsWith('=')) {
				await this.type(typed);
			}
		}
	}

	/** The pane that has the focus, by its number, and what is typed in its line. */
	get focus(): {readonly pane: PaneId | undefined; readonly typed: string} {
		const {state} = this;
		const scene = state.scenes[shownScene(state)];
		const pane = scene && focusedPane(state, scene);
		return {pane, typed: pane === undefined ? '' : textOfDraft(paneState(state, pane).draft)};
	}

	/** Answer the step's question. */
	async guess(text: string): Promise<void> {
		await this.#until(() => this.run?.phase === 'asking', 'a question');
		await this.type(`${text.startsWith('#') ? this.#portOf(text.slice(1)) : text}<Enter>`);
		await this.#until(() => this.run?.phase === 'doing', 'the question answered');
	}

	/** Make a wrong move, and settle with how many checks that has ticked. */
	async move({keys: presses, sees, undo = []}: WrongMove): Promise<number> {
		const before = this.ticks;
		const from = this.playground.log.next;
		await this.press(presses);
		if (sees !== undefined) {
			await this.#until(() => this.events.some(({type, sequence}) => type === sees && sequence >= from), sees);
		}

		await this.settle();
		const ticked = this.ticks - before + (this.run?.phase === 'explaining' ? 1 : 0);
		await this.press(undo);
		return ticked;
	}

	/** Do a step as its solution does, until it is explained. */
	async solve({keys: presses}: StepSolution, name: string): Promise<LessonRunView> {
		await this.press(presses);
		await this.#until(() => this.run?.phase === 'explaining', name);
		await this.settle();
		return this.run!;
	}

	/** Go on to the next step, out of whatever is open. */
	async next(after: Presses = []): Promise<void> {
		await this.press(after);
		const step = this.run?.step;
		await this.type('<Esc><Esc>i');
		for (let pressed = 0; pressed < 5 && this.run?.step === step && this.run?.phase === 'explaining'; pressed++) {
			await this.type('<Enter>');
		}

		await this.#until(() => this.run?.step !== step || this.run?.phase === 'finished', 'the next step');
	}

	/** Wait until the lesson is at its first step. */
	async opened(): Promise<void> {
		await this.#until(() => this.run !== undefined && !this.isAwaitingViews, 'the lesson');
		await this.settle();
	}

	/** The port of the socket in a pane, as its title has it. */
	#portOf(name: string): number {
		const {protocol, client} = paneOf(name);
		const view = this.playground.view({type: 'scene', scene: protocol ?? this.state.protocol, peers: 1});
		const scene = view?.type === 'scene' ? view : undefined;
		const state = client === undefined
			? scene?.server?.state
			: scene?.clients.find(({number}) => number === client)?.state;
		return state && 'local' in state ? state.local.port : 0;
	}

	async #focus(name: string): Promise<void> {
		const {protocol, client} = paneOf(name);
		for (let pressed = 0; pressed < 20; pressed++) {
			await this.settle();
			const {state} = this;
			const scene = state.scenes[shownScene(state)];
			const pane = scene && focusedPane(state, scene);
			const number = scene?.clients.find(each => each.pane === pane)?.number;
			if (scene && number === client && (protocol === undefined || scene.protocol === protocol)) {
				return;
			}

			this.pressKey(tabTo(name));
		}

		throw new Error(`Tab does not lead to ${name}`);
	}

	async #received(text: string): Promise<void> {
		await this.#until(() => this.events.some(event =>
			(event.type === 'datagram-received' || event.type === 'chunk-received')
			&& Buffer.from(event.bytes).toString() === text), text);
	}

	async #until(find: () => boolean, name: string): Promise<void> {
		await this.until(find, `${name}; the lesson is ${JSON.stringify(this.run, undefined, '\t')}`);
	}
}

/** Open a lesson at a desk, closed with the test, at a step. Its progress is kept in a folder of its own. */
export async function openLesson(t: ExecutionContext, lesson: Lesson, words: Words, step = 0): Promise<LessonDesk> {
	const folder = await temporaryFolder(t);
	// Clients name the server's port also where it is not open: the system cannot pick it then.
	const desk = new LessonDesk(lesson, words, {progressFolder: folder, port: await freePort()});
	t.teardown(async () => desk.close());
	await desk.opened();
	if (step > 0) {
		await desk.playground.execute({type: 'start-lesson', lesson, step});
		await desk.opened();
	}

	return desk;
}
