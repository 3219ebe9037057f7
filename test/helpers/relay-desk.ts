import {setImmediate as turn} from 'node:timers/promises';
import {stripVTControlCharacters} from 'node:util';
import type {ExecutionContext} from 'ava';
import type {Command, CommandAnswer} from '../../source/engine/api/command.ts';
import type {SceneView} from '../../source/engine/api/scene-view.ts';
import {Playground} from '../../source/engine/playground.ts';
import type {Address, Protocol} from '../../source/log/event.ts';
import {Controller} from '../../source/screen/controller.ts';
import {decodeKey} from '../../source/screen/input/decode-key.ts';
import type {Key} from '../../source/screen/input/key-decoder.ts';
import type {ScreenState} from '../../source/screen/state/screen-state.ts';
import type {Words} from '../../source/screen/words/words.ts';
import {drawApp} from './draw-app.ts';
import {EventWatch} from './event-watch.ts';
import {sequencesOf} from './lesson-keys.ts';
import {playgroundOptions} from './playground-options.ts';

export type DeskOptions = {
	readonly protocol: Protocol;
	readonly target: Address;
	readonly columns: number;
	readonly rows: number;
	readonly words: Words;
};

/** A relay, the screen's controller and the engine on one thread: keys go in, and frames are drawn when asked for. */
export class RelayDesk extends EventWatch {
	readonly playground: Playground;
	readonly #controller: Controller;
	readonly #options: DeskOptions;
	#lastCommand = 0;
	#isRefreshing = false;
	#isClosed = false;

	constructor(options: DeskOptions) {
		const {protocol, target, columns, rows, words} = options;
		const playground = new Playground({...playgroundOptions, relay: {target, silence: 60_000}});
		super(playground.log);
		this.playground = playground;
		this.#options = options;
		this.#controller = new Controller({
			protocol,
			columns,
			rows,
			words,
			loadLessons: async () => [],
			execute: command => this.#execute(command),
			read: async query => playground.view(query),
			onState: () => {
				this.look();
			},
			onQueries: () => {
				this.#refresh();
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

	get scene(): SceneView | undefined {
		return this.state.scenes[this.#options.protocol];
	}

	/** Where clients send to. */
	get address(): Address {
		const state = this.scene?.server?.state;
		return state?.type === 'open' ? state.local : {host: '', port: 0};
	}

	/** The whole screen, without styles. */
	get frame(): string {
		return stripVTControlCharacters(drawApp(this.state, this.#options.words));
	}

	/** Press keys, such as `<Esc>k`, and wait until the screen has seen what they have asked for. */
	async press(typed: string): Promise<void> {
		for (const sequence of sequencesOf(typed)) {
			this.#controller.press([decodeKey(sequence) as Key]);
		}

		await this.settle();
	}

	/** Wait until something of the frame is as wanted. */
	async shows(...texts: readonly string[]): Promise<string> {
		return this.until(() => {
			const {frame} = this;
			return texts.every(text => frame.includes(text)) ? frame : undefined;
		}, texts.join(' and '));
	}

	async settle(): Promise<void> {
		await turn();
		while (this.#isRefreshing || this.#controller.isAwaitingViews) {
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

	#refresh(): void {
		if (this.#isRefreshing || this.#isClosed) {
			return;
		}

		this.#isRefreshing = true;
		setImmediate(() => {
			if (!this.#isClosed) {
				const {queries} = this.#controller;
				this.playground.open(queries);
				const views = queries.map(query => this.playground.view(query));
				this.#controller.applyViews({views, lastCommand: this.#lastCommand});
			}

			this.#isRefreshing = false;
		});
	}
}

/** A desk with an open relay, closed with the test. */
export async function openRelayDesk(t: ExecutionContext, options: DeskOptions): Promise<RelayDesk> {
	const desk = new RelayDesk(options);
	t.teardown(async () => desk.close());
	await desk.until(() => desk.address.port > 0, 'an open relay');
	await desk.settle();
	return desk;
}
