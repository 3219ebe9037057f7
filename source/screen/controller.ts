import type {SentCommand} from '../engine/client.ts';
import type {Views} from '../engine/api/messages.ts';
import type {CommandAnswer, Refusal, SceneName} from '../engine/api/command.ts';
import {MessagesFile, type MessagesNews} from '../messages/messages-file.ts';
import {formatProblems} from '../text/files/file-problem.ts';
import type {Protocol} from '../log/event.ts';
import type {Query} from '../engine/api/query.ts';
import type {View} from '../engine/api/view.ts';
import type {SceneView} from '../engine/api/scene-view.ts';
import {asError} from '../text/as-error.ts';
import type {Input} from './input/decode/key-decoder.ts';
import {
	inScene, applyRefusal, effectHandlers, type EffectHandlers, type EffectOptions, runOf, unawaited,
} from './effects.ts';
import {disturbs} from './overlays/exercises/start-exercise.ts';
import {openLessons, startLesson} from './overlays/lessons/lessons.ts';
import {Looks} from './overlays/lessons/look.ts';
import {besidePanel, inWindow} from './overlays/lessons/panel.ts';
import {isSetting} from './overlays/modes.ts';
import {overlayOf} from './overlays/registry.ts';
import {applyScene} from './state/apply-scene.ts';
import {settleScroll} from './input/scroll.ts';
import {handleKey, withFollowing, withoutEscape} from './input/handle-key.ts';
import {handlePointer} from './input/handle-pointer.ts';
import {
	answerQuit, askToQuit, isInterrupt, isQuitChord,
} from './input/run-binding.ts';
import type {Effect, Update} from './input/update.ts';
import type {LessonStart} from './state/learning.ts';
import {queriesFor} from './state/queries.ts';
import {
	awaitsScenes, focusedPane, isTyping, newScreenState, type ScreenState, shownScene, withPane,
} from './state/screen-state.ts';
import {lineEndings} from './input/line/draft.ts';
import {attempt} from './frame/paint.ts';
import {screenLayout} from './frame/screen-layout.ts';
import {applyView, withEncodingHint} from './state/apply-view.ts';

/** What the controller begins with, the terminal's size in columns and rows among it, and whom it talks to. */
export type ControllerOptions = EffectOptions & {
	readonly protocol: Protocol;
	readonly columns: number;
	readonly rows: number;
	/** What is shown first of the lessons. */
	readonly lesson?: LessonStart | undefined;
	/** The path of a file of saved messages, where there is one. */
	readonly messagesFile?: string | undefined;
	readonly onState: (state: ScreenState) => void;
	/** The open queries may be others now. */
	readonly onQueries: () => void;
};

/** Holds the screen's state, which is replaced; hears keys, sees the engine's views, and sends commands. */
export class Controller {
	#state: ScreenState;
	readonly #options: ControllerOptions;
	/** The command that has asked for a client last. The first views that show the command give it the focus. */
	#clientCommand: {readonly scene: SceneName; readonly id: number} | undefined;
	/** The last command whose outcome keys depend on, and the last one that the views have shown. */
	#awaitedCommand = 0;
	#shownCommand = 0;
	/** The command that has opened, or left, each of these last. What is told of an earlier one is over. */
	readonly #runCommands = {lesson: 0, experiment: 0, exercise: 0};
	readonly #looks = new Looks();
	/** The state before Esc, while that is the last key. */
	#beforeEscape: ScreenState | undefined;
	readonly #messages: MessagesFile | undefined;
	/** How much is under way that such keys come behind. */
	#underWay = 0;
	/** Keys pressed before that outcome was seen. They mean what they will mean then. */
	#heldKeys: readonly Input[] = [];
	readonly #handlers: EffectHandlers;

	constructor(options: ControllerOptions) {
		this.#options = options;
		this.#state = newScreenState(options);
		const {messagesFile} = options;
		this.#messages = messagesFile === undefined
			? undefined
			: new MessagesFile(messagesFile, lineEndings, news => {
				this.#heardMessages(news);
			});
		this.#handlers = effectHandlers({
			...options,
			messages: this.#messages,
			state: () => this.#state,
			set: this.#set.bind(this),
			say: this.#say.bind(this),
			send: this.#execute.bind(this),
			ask: async (command, hear) =>
				this.#heard(options.execute(inScene(command, shownScene(this.#state))).answer, hear),
			beforeKeys: async work => {
				this.#underWay++;
				try {
					await work();
				} finally {
					this.#underWay--;
					this.#releaseKeys();
				}
			},
		});
	}

	get state(): ScreenState {
		return this.#state;
	}

	/** Whether keys mean something only when the engine's next views have been seen, or something else is done. */
	get isAwaitingViews(): boolean {
		return this.#underWay > 0 || this.#shownCommand < this.#awaitedCommand || awaitsScenes(this.#state);
	}

	get queries(): readonly Query[] {
		return queriesFor(this.#state, this.#options.words);
	}

	/** Read the saved messages, and open the scene that is shown first. */
	start(): void {
		void this.#messages?.open();
		const {lesson} = this.#options;
		if (lesson === undefined || lesson === 'list') {
			this.#openScene();
		}

		if (lesson !== undefined) {
			this.#take(lesson === 'list' ? openLessons(this.#state) : startLesson(this.#state, lesson));
		}

		this.#options.onQueries();
	}

	#openScene(): void {
		this.#carryOut({type: 'execute', command: {type: 'open-scene', protocol: this.#state.protocol}});
	}

	applyViews({views, lastCommand}: Views): void {
		let state = this.#state;
		for (const view of views) {
			if (view) {
				state = this.#applyOne(state, view, lastCommand);
			}
		}

		this.#shownCommand = lastCommand;
		this.#set(this.#settled(state));
		this.#releaseKeys();
	}

	#applyOne(state: ScreenState, view: View, lastCommand: number): ScreenState {
		if (view.type === 'scene') {
			// What comes of an experiment that has been ended is too late to be seen.
			const isLate = view.name === 'laboratory'
				&& (!state.isExperimenting || (!state.scenes.laboratory && lastCommand < this.#awaitedCommand));
			// Keys wait for these views. Later ones must not move the focus, which may have been given to another pane.
			const {scene, id = 0} = this.#clientCommand ?? {};
			const isClientAwaited = view.name === scene && this.#shownCommand < id && id <= lastCommand;
			return isLate ? state : applyScene(state, view, isClientAwaited);
		}

		// What was told before a lesson was opened, or left, is over; the same with an exercise.
		if ((view.type === 'exercise' || view.type === 'lesson') && lastCommand < this.#runCommands[view.type]) {
			return state;
		}

		const applied = applyView(state, view);
		return attempt(() => withEncodingHint(applied, view, this.#options.words), () => applied);
	}

	/** Rows that cannot be laid out leave the scrolling as it is: the pane says so when it is drawn. */
	#settled(state: ScreenState): ScreenState {
		const {words} = this.#options;
		const scene = state.scenes[shownScene(state)];
		if (!scene) {
			return state;
		}

		return attempt(() => {
			const inner = besidePanel(state, words);
			const settled = settleScroll({
				state: inner, scene, words, layout: () => screenLayout(inner, scene, words),
			});
			return settled === inner ? state : inWindow(settled, state);
		}, () => state);
	}

	resize(columns: number, rows: number): void {
		this.#set({...this.#state, columns, rows});
		this.#releaseKeys();
	}

	/** Take keys that arrived together: they cost one frame. */
	press(pressed: readonly Input[]): void {
		const before = this.#state;
		const [first, ...others] = pressed;
		const keys = this.#state.isQuitAsked && first
			? [first, ...this.#heldKeys, ...others]
			: [...this.#heldKeys, ...pressed];
		this.#heldKeys = [];
		const held: Input[] = [];
		const next = keys.toReversed();
		for (let key = next.pop(); key; key = next.pop()) {
			if (isInterrupt(key)) {
				this.#options.onQuit('SIGINT');
				return;
			}

			// Nothing is waited for on the way out, and with the answer to whether it is one.
			if (this.#state.isQuitAsked || isQuitChord(key)) {
				this.#take(this.#state.isQuitAsked ? answerQuit(this.#state, key) : askToQuit(this.#state));
				continue;
			}

			const scene = this.#state.scenes[shownScene(this.#state)];
			if (!scene || this.isAwaitingViews || held.length > 0) {
				held.push(key);
			} else {
				this.#handle(isTyping(this.#state.mode) ? withFollowing(key, next) : key, scene);
			}
		}

		this.#heldKeys = held;
		if (this.#state === before) {
			this.#options.onQueries();
		} else {
			this.#set(this.#state);
			this.#releaseKeys();
		}
	}

	#handle(input: Input, scene: SceneView): void {
		const {words} = this.#options;
		const before = this.#beforeEscape;
		this.#beforeEscape = input.type === 'key' && input.name === 'escape' ? this.#state : undefined;
		if (input.type === 'retraction') {
			this.#state = before ? withoutEscape(this.#state, before) : this.#state;
		} else {
			this.#take(input.type === 'pointer'
				? handlePointer(this.#state, scene, input, words)
				: handleKey(this.#state, scene, input, words));
		}
	}

	/** A part of the engine has failed, and no socket with it. */
	showFault(message: string): void {
		this.#say(this.#options.words.refusal({reason: 'fault', message}));
	}

	#set(next: ScreenState): void {
		this.#leave(this.#state, next);
		this.#state = next;
		this.#noteLook();
		this.#options.onState(next);
		this.#options.onQueries();
	}

	/** Tell the engine what the person looks at, where that is another now and a lesson is open. */
	#noteLook(): void {
		const look = this.#looks.next(this.#state, this.#options.words);
		if (look) {
			this.#execute({type: 'execute', command: {type: 'note-screen', look}});
		}
	}

	#releaseKeys(): void {
		// They were pressed before it was asked whether to quit, and are no answer to it.
		if (this.#heldKeys.length > 0 && !this.isAwaitingViews && !this.#state.isQuitAsked) {
			this.press([]);
		}
	}

	#take(update: Update): void {
		if (disturbs(this.#state, update)) {
			this.#say(this.#options.words.exercises.notNow);
			return;
		}

		const {state, effects} = update;
		const before = this.#state;
		if (effects.length > 0) {
			// What a key before this one has shown is looked at before this one has its effect, also in one read.
			this.#noteLook();
		}

		this.#state = state;
		for (const effect of effects) {
			this.#carryOut(effect);
		}

		this.#leave(before, state);
	}

	/** When a panel in which values are stepped through is closed, the panes tell what was changed in it. */
	#leave(before: ScreenState, {mode}: ScreenState): void {
		if (isSetting(before.mode) && !isSetting(mode)) {
			this.#execute({type: 'execute', command: {type: 'tell-changes'}});
		}
	}

	#carryOut(effect: Effect): void {
		// The handler is the effect's own, which the compiler cannot follow.
		void (this.#handlers[effect.type] as (effect: Effect) => unknown)(effect);
	}

	#execute(effect: Extract<Effect, {type: 'execute'}>): void {
		const command = inScene(effect.command, shownScene(this.#state));
		const {id, answer} = this.#options.execute(command);
		if (!unawaited.has(command.type)) {
			this.#awaitedCommand = id;
		}

		if (command.type === 'open-client') {
			this.#clientCommand = {scene: command.scene ?? command.protocol, id};
		}

		const run = runOf[command.type];
		if (run) {
			this.#runCommands[run] = id;
		}

		if (run === 'lesson') {
			this.#looks.forget();
		}

		void this.#heard(answer, ({refusal}) => {
			// Another one may have been opened before this one was refused.
			if (refusal && (!run || this.#runCommands[run] === id)) {
				this.#refuse(refusal, {...effect, command});
			}
		});
	}

	/** Hear the engine's answer; where it can give none any more, say why. */
	async #heard(answer: SentCommand['answer'], hear: (answer: CommandAnswer) => void): Promise<void> {
		try {
			hear(await answer);
		} catch (error) {
			this.showFault(asError(error).message);
		}
	}

	/** The saved messages have been read; again, where there were any before. */
	#heardMessages(saved: MessagesNews): void {
		const {messages, faults} = this.#options.words;
		const isFirst = this.#state.saved === undefined;
		this.#set({...this.#state, saved});
		if (saved.problems.length > 0) {
			this.#say(messages.broken(formatProblems(saved.file, saved.problems, faults).replaceAll('\n', ' · ')));
		} else if (!isFirst) {
			this.#say(messages.changed(saved.file, saved.sequences.length));
		}
	}

	/** Say what came of something where the user is: in the overlay's footer, or in the focused pane. */
	#say(notice: string): void {
		const {mode, scenes} = this.#state;
		const scene = scenes[shownScene(this.#state)];
		const pane = scene && focusedPane(this.#state, scene);
		const told = overlayOf(mode).tell?.(mode, notice);
		if (told) {
			this.#set({...this.#state, mode: told});
		} else if (pane !== undefined) {
			this.#set(withPane(this.#state, pane, {notice}));
		}
	}

	#refuse(refusal: Refusal, effect: Extract<Effect, {type: 'execute'}>): void {
		const {command} = effect;
		if (command.type === 'open-client') {
			this.#clientCommand = undefined;
		}

		this.#set(applyRefusal(this.#state, effect, refusal, this.#options.words));
		// A pane, and the laboratory's list, have told it.
		if (effect.pane === undefined && command.type !== 'start-experiment') {
			this.#say(this.#options.words.refusal(refusal));
		}

		if (command.type === 'start-lesson' && this.#state.scenes[shownScene(this.#state)] === undefined) {
			this.#openScene();
		}

		this.#releaseKeys();
	}
}
