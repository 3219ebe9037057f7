import {setImmediate as turn} from 'node:timers/promises';
import type {Command, CommandAnswer, PlaygroundOptions} from '../../source/engine/api/command.ts';
import {Playground} from '../../source/engine/playground.ts';
import type {LaboratoryTimes} from '../../source/engine/laboratory/experiment-context.ts';
import {Controller} from '../../source/screen/controller.ts';
import {decodeKey} from '../../source/screen/input/decode/decode-key.ts';
import type {Key} from '../../source/screen/input/decode/key-decoder.ts';
import type {ScreenState} from '../../source/screen/state/screen-state.ts';
import {EventWatch} from './event-watch.ts';
import {sequencesOf} from './lesson-keys.ts';
import {playgroundOptions} from './playground-options.ts';

/** What a controller is made with, but for what the desk does. */
type ScreenOptions = Pick<
	ConstructorParameters<typeof Controller>[0],
	'protocol' | 'columns' | 'rows' | 'words' | 'lesson' | 'loadLessons'
>;

/** The screen's controller and the engine on one thread: keys go in, and nothing is drawn by itself. */
export class Desk extends EventWatch {
	readonly playground: Playground;
	readonly #controller: Controller;
	#lastCommand = 0;
	#asked = '';
	#isRefreshing = false;
	#isClosed = false;

	constructor(screen: ScreenOptions, options: Partial<PlaygroundOptions>, times?: LaboratoryTimes) {
		const playground = new Playground({...playgroundOptions, ...options}, times);
		super(playground.log);
		this.playground = playground;
		this.#controller = new Controller({
			...screen,
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

	get state(): ScreenState {
		return this.#controller.state;
	}

	/** Whether keys wait until the screen has seen what it has asked for. */
	get isAwaitingViews(): boolean {
		return this.#controller.isAwaitingViews;
	}

	/** Press keys, such as `<Esc>k`, one after the other, and wait until what they have asked for has been seen. */
	async type(typed: string): Promise<void> {
		for (const sequence of sequencesOf(typed)) {
			this.pressKey(sequence);
		}

		await this.settle();
	}

	/** Press a key, as the terminal sends it. */
	pressKey(sequence: string): void {
		this.#controller.press([decodeKey(sequence) as Key]);
	}

	/** Paste a text, and settle when its outcome is seen. */
	async paste(text: string): Promise<void> {
		this.#controller.press([{type: 'paste', text}]);
		await this.settle();
	}

	/** Press keys that arrive together, and settle when their outcome is seen. */
	async pressAtOnce(typed: string): Promise<void> {
		this.#controller.press(sequencesOf(typed).map(sequence => decodeKey(sequence) as Key));
		await this.settle();
	}

	/** Wait until the screen has seen what it has asked for. */
	async settle(): Promise<void> {
		await turn();
		while (this.#isRefreshing || this.isAwaitingViews) {
			await turn();
		}
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		await this.playground.close();
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
		if (asked !== this.#asked || this.isAwaitingViews) {
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
