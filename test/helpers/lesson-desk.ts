import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import type {Command, CommandAnswer, PlaygroundOptions} from '../../source/engine/api/command.ts';
import type {LessonRunView} from '../../source/engine/api/lesson.ts';
import {Playground} from '../../source/engine/playground.ts';
import {loadLessons} from '../../source/lessons/chapter.ts';
import type {Lesson} from '../../source/lessons/lesson.ts';
import {Controller} from '../../source/screen/controller.ts';
import type {PaneId} from '../../source/log/event.ts';
import {decodeKey} from '../../source/screen/input/decode-key.ts';
import {textOfDraft} from '../../source/screen/input/line/draft.ts';
import type {Key} from '../../source/screen/input/key-decoder.ts';
import {lessonVocabulary} from '../../source/screen/overlays/lessons/vocabulary.ts';
import {openRun} from '../../source/screen/state/learning.ts';
import {focusedPane, paneState, shownScene} from '../../source/screen/state/screen-state.ts';
import type {Words} from '../../source/screen/words/words.ts';
import {EventWatch} from './event-watch.ts';
import {freePort} from './free-port.ts';
import {
	paneOf, type Presses, sequencesOf, tabTo,
} from './lesson-keys.ts';
import type {StepSolution, WrongMove} from './lesson-solutions.ts';
import {playgroundOptions} from './playground-options.ts';

/** The screen's controller and the engine on one thread, with an open lesson: keys go in, and nothing is drawn. */
export class LessonDesk extends EventWatch {
	readonly playground: Playground;
	readonly #controller: Controller;
	#lastCommand = 0;
	#asked = '';
	#isRefreshing = false;
	#isClosed = false;

	constructor(lesson: Lesson, words: Words, options: Partial<PlaygroundOptions>) {
		const playground = new Playground(
			{
				...playgroundOptions, reply: 'uppercase', clients: 2, ...options,
			},
			{step: 0, timeout: 1000},
		);
		super(playground.log);
		this.playground = playground;
		this.#controller = new Controller({
			protocol: 'udp',
			columns: 80,
			rows: 24,
			words,
			lesson: {lesson},
			loadLessons: async () => loadLessons(lessonVocabulary),
			execute: command => this.#execute(command),
			read: async query => playground.view(query),
			onState: () => {
				this.look();
			},
			onQueries: () => {
				this.#ask();
			},
			onCopy: () => undefined,
			onQuit: () => undefined,
		});
		playground.watch(() => {
			this.#refresh();
		});
		this.#controller.start();
	}

	/** How the lesson stands, as the screen has it. */
	get run(): LessonRunView | undefined {
		return openRun(this.#controller.state.learning);
	}

	/** How many checks of the step are ticked. */
	get ticks(): number {
		return this.run?.checks.filter(({isDone}) => isDone).length ?? 0;
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		await this.playground.close();
	}

	/** Press what a solution has. */
	async press(presses: Presses): Promise<void> {
		for (const typed of presses) {
			if (typed.startsWith('@')) {
				await this.#focus(typed.slice(1));
			} else if (typed.startsWith('~')) {
				await this.#received(typed.slice(1));
			} else if (!typed.startsWith('=')) {
				this.#type(typed);
				await this.#settle();
			}
		}
	}

	/** Press keys that arrive together, and settle when their outcome is seen. */
	async pressAtOnce(typed: string): Promise<void> {
		this.#controller.press(sequencesOf(typed).map(sequence => decodeKey(sequence) as Key));
		await this.#settle();
	}

	/** The pane that has the focus, by its number, and what is typed in its line. */
	get focus(): {readonly pane: PaneId | undefined; readonly typed: string} {
		const {state} = this.#controller;
		const scene = state.scenes[shownScene(state)];
		const pane = scene && focusedPane(state, scene);
		return {pane, typed: pane === undefined ? '' : textOfDraft(paneState(state, pane).draft)};
	}

	/** Answer the step's question. */
	async guess(text: string): Promise<void> {
		await this.#until(() => this.run?.phase === 'asking', 'a question');
		this.#type(`${text.startsWith('#') ? this.#portOf(text.slice(1)) : text}<Enter>`);
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

		await this.#settle();
		const ticked = this.ticks - before + (this.run?.phase === 'explaining' ? 1 : 0);
		await this.press(undo);
		return ticked;
	}

	/** Do a step as its solution does, until it is explained. */
	async solve({keys: presses}: StepSolution, name: string): Promise<LessonRunView> {
		await this.press(presses);
		await this.#until(() => this.run?.phase === 'explaining', name);
		await this.#settle();
		return this.run!;
	}

	/** Go on to the next step, out of whatever is open. */
	async next(after: Presses = []): Promise<void> {
		await this.press(after);
		const step = this.run?.step;
		this.#type('<Esc><Esc>i');
		await this.#settle();
		for (let pressed = 0; pressed < 5 && this.run?.step === step && this.run?.phase === 'explaining'; pressed++) {
			this.#type('<Enter>');
			await this.#settle();
		}

		await this.#until(() => this.run?.step !== step || this.run?.phase === 'finished', 'the next step');
	}

	/** Wait until the lesson is at its first step. */
	async opened(): Promise<void> {
		await this.#until(() => this.run !== undefined && !this.#controller.isAwaitingViews, 'the lesson');
		await this.#settle();
	}

	#type(typed: string): void {
		for (const sequence of sequencesOf(typed)) {
			this.#pressSequence(sequence);
		}
	}

	#pressSequence(sequence: string): void {
		this.#controller.press([decodeKey(sequence) as Key]);
	}

	/** The port of the socket in a pane, as its title has it. */
	#portOf(name: string): number {
		const {protocol, client} = paneOf(name);
		const view = this.playground.view({type: 'scene', scene: protocol ?? this.#controller.state.protocol, peers: 1});
		const scene = view?.type === 'scene' ? view : undefined;
		const state = client === undefined
			? scene?.server?.state
			: scene?.clients.find(({number}) => number === client)?.state;
		return state && 'local' in state ? state.local.port : 0;
	}

	async #focus(name: string): Promise<void> {
		const {protocol, client} = paneOf(name);
		for (let pressed = 0; pressed < 20; pressed++) {
			await this.#settle();
			const {state} = this.#controller;
			const scene = state.scenes[shownScene(state)];
			const pane = scene && focusedPane(state, scene);
			const number = scene?.clients.find(each => each.pane === pane)?.number;
			if (scene && number === client && (protocol === undefined || scene.protocol === protocol)) {
				return;
			}

			this.#pressSequence(tabTo(name));
		}

		throw new Error(`Tab does not lead to ${name}`);
	}

	async #received(text: string): Promise<void> {
		await this.#until(() => this.events.some(event =>
			(event.type === 'datagram-received' || event.type === 'chunk-received')
			&& Buffer.from(event.bytes).toString() === text), text);
	}

	/** Wait until the screen has seen what it has asked for. */
	async #settle(): Promise<void> {
		await turn();
		while (this.#isRefreshing || this.#controller.isAwaitingViews) {
			await turn();
		}
	}

	async #until(find: () => boolean, name: string): Promise<void> {
		await this.until(find, `${name}; the lesson is ${JSON.stringify(this.run, undefined, '\t')}`);
	}

	#execute(command: Command): {readonly id: number; readonly answer: Promise<CommandAnswer>} {
		const id = ++this.#lastCommand;
		const answer = this.playground.execute(command);
		void answer.then(() => {
			this.#refresh();
		});
		this.#refresh();
		return {id, answer};
	}

	/** The screen asks for something, perhaps for what it has asked for already. */
	#ask(): void {
		const asked = JSON.stringify(this.#controller.queries);
		if (asked !== this.#asked || this.#controller.isAwaitingViews) {
			this.#asked = asked;
			this.#refresh();
		}
	}

	/** Answer what the screen asks for, at the next turn. */
	#refresh(): void {
		if (this.#isRefreshing || this.#isClosed) {
			return;
		}

		this.#isRefreshing = true;
		setImmediate(() => {
			this.#isRefreshing = false;
			if (!this.#isClosed) {
				const {queries} = this.#controller;
				this.playground.open(queries);
				this.#controller.applyViews({
					views: queries.map(query => this.playground.view(query)), lastCommand: this.#lastCommand,
				});
			}
		});
	}
}

/** Open a lesson at a desk, closed with the test. Its progress is kept in a folder of its own. */
export async function openLesson(t: ExecutionContext, lesson: Lesson, words: Words): Promise<LessonDesk> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'socket-playground-lesson-'));
	// Clients name the server's port also where it is not open: the system cannot pick it then.
	const desk = new LessonDesk(lesson, words, {progressFolder: folder, port: await freePort()});
	t.teardown(async () => {
		await desk.close();
		await rm(folder, {recursive: true});
	});
	await desk.opened();
	return desk;
}
