import path from 'node:path';
import type {SentCommand} from '../engine/client.ts';
import type {Views} from '../engine/api/messages.ts';
import type {
	Command, CommandAnswer, Refusal, Savable, SceneName,
} from '../engine/api/command.ts';
import {compileSequence, MessagesFile, type MessagesNews} from '../messages/messages-file.ts';
import type {Lesson} from '../lessons/lesson.ts';
import type {Protocol} from '../log/event.ts';
import type {Query} from '../engine/api/query.ts';
import type {View} from '../engine/api/view.ts';
import type {SceneView} from '../engine/api/scene-view.ts';
import {exportFlow, type FlowEvents} from '../flow/export.ts';
import type {Input} from './input/key-decoder.ts';
import {copyOf} from './overlays/payload/copy-of.ts';
import {inScene} from './state/in-scene.ts';
import {disturbs} from './overlays/exercises/start-exercise.ts';
import {openLessons, startLesson} from './overlays/lessons/lessons.ts';
import {Looks} from './overlays/lessons/look.ts';
import {besidePanel, inWindow} from './overlays/lessons/panel.ts';
import {editOf} from './overlays/held/held-edit.ts';
import {isFilePrompt, isHeldList, isLinkPanel} from './overlays/modes.ts';
import {overlayOf} from './overlays/registry.ts';
import {forgetPanes} from './state/forget-panes.ts';
import {focusPane, focusSameRole, keepFocus} from './input/focus.ts';
import {settleScroll} from './input/scroll.ts';
import {handleKey} from './input/handle-key.ts';
import {encodingOf} from './input/send-line.ts';
import {handlePointer} from './input/handle-pointer.ts';
import {
	answerQuit, askToQuit, isInterrupt, isQuitChord,
} from './input/quit.ts';
import type {Effect, SavedView, Update} from './input/update.ts';
import {exerciseText} from './save/exercise-report.ts';
import {
	NothingToSave, saveView, type TextFile, withHead,
} from './save/save-view.ts';
import {type LessonStart, openRun} from './state/learning.ts';
import {queriesFor} from './state/queries.ts';
import {
	awaitsScenes, codecOfPane, focusedPane, newScreenState, paneState, sceneOfPane, type ScreenState, shownScene,
	withPane,
} from './state/screen-state.ts';
import {completePath} from './overlays/file/complete-path.ts';
import {
	type Draft, emptyDraft, insertText, lineEndings, textOfDraft,
} from './input/line/draft.ts';
import {applyRefusal} from './state/apply-refusal.ts';
import {screenLayout} from './frame/screen-layout.ts';
import {applyView} from './state/apply-view.ts';
import {withEncodingHint} from './state/encoding-hint.ts';
import {exerciseWordsOf} from './words/say-exercise.ts';
import type {Words} from './words/words.ts';

/** What the controller begins with, the terminal's size in columns and rows among it, and whom it talks to. */
type ControllerOptions = {
	readonly protocol: Protocol;
	readonly columns: number;
	readonly rows: number;
	readonly words: Words;
	/** What is shown first of the lessons. */
	readonly lesson?: LessonStart | undefined;
	/** The path of a file of saved messages, where there is one. */
	readonly messagesFile?: string | undefined;
	readonly loadLessons: () => Promise<readonly Lesson[]>;
	readonly execute: (command: Command) => SentCommand;
	/** Ask the engine once. */
	readonly read: (query: Query) => Promise<View | undefined>;
	/** Draw this state. */
	readonly onState: (state: ScreenState) => void;
	/** The open queries may be others now. */
	readonly onQueries: () => void;
	/** Put a text on the terminal's clipboard. */
	readonly onCopy: (text: string) => void;
	readonly onQuit: () => void;
};

/**
Holds the screen's state, which is replaced and never changed; hears keys, sees the engine's views, and sends commands.
*/
export class Controller {
	#state: ScreenState;
	readonly #options: ControllerOptions;
	/** Scenes in which a new client was asked for: it gets the focus as soon as it shows. */
	readonly #awaitsClient = new Set<SceneName>();
	/** The last command whose outcome keys depend on, and the last one that the views have shown. */
	#awaitedCommand = 0;
	#shownCommand = 0;
	/** The command that has opened a lesson, or left it, last. */
	#lessonCommand = 0;
	/** The command that has started an exercise, or ended it, last. */
	#exerciseCommand = 0;
	readonly #looks = new Looks();
	/** The state before Esc, while that is the last key. */
	#beforeEscape: ScreenState | undefined;
	readonly #messages: MessagesFile | undefined;
	/** Keys pressed before that outcome was seen. They mean what they will mean then. */
	#heldKeys: readonly Input[] = [];

	constructor(options: ControllerOptions) {
		this.#options = options;
		this.#state = newScreenState(options);
		const {messagesFile} = options;
		this.#messages = messagesFile === undefined
			? undefined
			: new MessagesFile(messagesFile, lineEndings, news => {
				this.#heardMessages(news);
			});
	}

	get state(): ScreenState {
		return this.#state;
	}

	/** Whether keys mean something only when the engine's next views have been seen. */
	get isAwaitingViews(): boolean {
		return this.#shownCommand < this.#awaitedCommand || awaitsScenes(this.#state);
	}

	/** What is to be seen now, as queries to the engine. */
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

	/** Take the engine's answers to the open queries. */
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
			return this.#applyScene(state, view, lastCommand);
		}

		// What was told before a lesson was opened, or left, is over; the same with an exercise.
		if (view.type === 'exercise' && lastCommand < this.#exerciseCommand) {
			return state;
		}

		return view.type === 'lesson' && lastCommand < this.#lessonCommand
			? state
			: withEncodingHint(applyView(state, view), view, this.#options.words);
	}

	#settled(state: ScreenState): ScreenState {
		const {words} = this.#options;
		const scene = state.scenes[shownScene(state)];
		if (!scene) {
			return state;
		}

		const inner = besidePanel(state, words);
		return inWindow(settleScroll({
			state: inner, scene, words, layout: () => screenLayout(inner, scene, words),
		}), state);
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
		for (const key of keys) {
			if (isInterrupt(key)) {
				this.#options.onQuit();
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
				this.#handle(key, scene);
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
		switch (input.type) {
			case 'retraction': {
				this.#state = before ? withoutEscape(this.#state, before) : this.#state;
				break;
			}

			case 'pointer': {
				this.#take(handlePointer(this.#state, scene, input, words));
				break;
			}

			default: {
				this.#take(handleKey(this.#state, scene, input, words));
			}
		}
	}

	/** A part of the engine has failed, and no socket with it. */
	showFault(message: string): void {
		this.#say(this.#options.words.refusal({reason: 'fault', message}));
	}

	#set(next: ScreenState): void {
		if (!next.isExperimenting) {
			// Its scene was removed, and with it the client that the request was for.
			this.#awaitsClient.delete('laboratory');
		}

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
		this.#state = state;
		for (const effect of effects) {
			this.#carryOut(effect);
		}

		this.#leave(before, state);
	}

	/** When the link panel is closed, the panes tell what was changed in it. */
	#leave(before: ScreenState, {mode}: ScreenState): void {
		if (isLinkPanel(before.mode) && !isLinkPanel(mode)) {
			this.#execute({type: 'execute', command: {type: 'tell-link', scene: shownScene(before)}});
		}
	}

	#carryOut(effect: Effect): void {
		switch (effect.type) {
			case 'execute': {
				this.#execute(effect);
				break;
			}

			case 'send-saved': {
				void this.#sendSaved(effect);
				break;
			}

			case 'await-client': {
				this.#awaitsClient.add(effect.scene);
				break;
			}

			case 'save': {
				this.#save(effect.what);
				break;
			}

			case 'save-text': {
				void this.#saveText(effect.what);
				break;
			}

			case 'save-flow': {
				void this.#saveFlow(effect);
				break;
			}

			case 'copy': {
				this.#copy(effect);
				break;
			}

			case 'copy-text': {
				this.#options.onCopy(effect.text);
				this.#say(effect.notice);
				break;
			}

			case 'load-lessons': {
				void this.#loadLessons();
				break;
			}

			case 'edit-held': {
				this.#editHeld(effect);
				break;
			}

			case 'save-exercise': {
				void this.#saveFile(async () => this.#exerciseFile());
				break;
			}

			case 'save-lesson': {
				void this.#saveLesson();
				break;
			}

			case 'complete-path': {
				void this.#completePath(effect.draft);
				break;
			}

			case 'quit': {
				this.#options.onQuit();
				break;
			}

			default: {
				effect satisfies never;
			}
		}
	}

	#execute(effect: Extract<Effect, {type: 'execute'}>): void {
		const command = inScene(effect.command, shownScene(this.#state));
		const {id, answer} = this.#options.execute(command);
		const isUnawaited = command.type === 'send' || command.type === 'send-from-server' || command.type === 'send-messages' || command.type === 'note-screen';
		if (!isUnawaited) {
			this.#awaitedCommand = id;
		}

		if (command.type === 'start-lesson' || command.type === 'leave-lesson') {
			this.#lessonCommand = id;
			this.#looks.forget();
		}

		if (command.type === 'start-exercise' || command.type === 'end-exercise') {
			this.#exerciseCommand = id;
		}

		void this.#heard(answer, ({refusal}) => {
			if (refusal) {
				this.#refuse(refusal, {...effect, command});
			}
		});
	}

	/** Hear the engine's answer; where it can give none any more, say why. */
	async #heard(answer: SentCommand['answer'], hear: (answer: CommandAnswer) => void): Promise<void> {
		try {
			hear(await answer);
		} catch (error) {
			this.showFault(error instanceof Error ? error.message : String(error));
		}
	}

	/** The saved messages have been read; again, where there were any before. */
	#heardMessages(saved: MessagesNews): void {
		const {messages} = this.#options.words;
		const isFirst = this.#state.saved === undefined;
		this.#set({...this.#state, saved});
		if (saved.problem !== undefined) {
			this.#say(messages.broken(saved.problem.replaceAll('\n', ' · ')));
		} else if (!isFirst) {
			this.#say(messages.changed(saved.file, saved.sequences.length));
		}
	}

	/** Send a saved message: its texts are encoded, and its files read, now. */
	async #sendSaved({pane, name, target}: Extract<Effect, {type: 'send-saved'}>): Promise<void> {
		const {messages} = this.#options.words;
		const file = this.#messages;
		const found = this.#state.saved?.sequences.find(sequence => sequence.name === name);
		if (!file || !found) {
			this.#set(withPane(this.#state, pane, {notice: messages.gone(name)}));
			return;
		}

		try {
			const scene = sceneOfPane(this.#state, pane);
			const encoding = encodingOf(paneState(this.#state, pane), scene && codecOfPane(scene, pane));
			const sequence = await compileSequence(found, path.dirname(file.path), encoding);
			this.#execute({
				type: 'execute',
				command: {
					type: 'send-messages', pane, sequence, target,
				},
				pane,
			});
		} catch (error) {
			const problem = error instanceof Error ? error.message : String(error);
			this.#set(withPane(this.#state, pane, {notice: messages.unreadable(name, problem)}));
		}
	}

	/** Keys that are pressed meanwhile are for the prompt that it opens. */
	#editHeld({held, protocol}: Extract<Effect, {type: 'edit-held'}>): void {
		const command = inScene({type: 'read-held', protocol, held}, shownScene(this.#state));
		const {id, answer} = this.#options.execute(command);
		this.#awaitedCommand = id;
		void this.#heard(answer, ({refusal, bytes, range}) => {
			if (refusal || !bytes || !range) {
				this.#say(this.#options.words.refusal(refusal ?? {reason: 'not-held'}));
			} else if (isHeldList(this.#state.mode)) {
				const scene = this.#state.scenes[shownScene(this.#state)];
				const codec = scene && codecOfPane(scene, scene.server?.pane);
				this.#set({...this.#state, mode: editOf(held, bytes, range, codec)});
			}
		});
	}

	#save(what: Savable): void {
		void this.#heard(this.#options.execute({type: 'save', what}).answer, ({refusal, saved}) => {
			const {words} = this.#options;
			this.#say(refusal ? words.refusal(refusal) : words.views.saved(saved ?? ''));
		});
	}

	/** Complete the path in the prompt for a file, unless something else is there by now. */
	async #completePath(draft: Draft): Promise<void> {
		const {typed, names} = await completePath(textOfDraft(draft));
		const {mode} = this.#state;
		if (isFilePrompt(mode) && mode.draft === draft) {
			this.#set({...this.#state, mode: {...mode, draft: insertText(emptyDraft, typed), names}});
		}
	}

	/** Read the built-in lessons, and what is said of exercises, and list them. */
	async #loadLessons(): Promise<void> {
		try {
			const words = await exerciseWordsOf(this.#options.words.comments);
			this.#set({...this.#state, exercising: {...this.#state.exercising, words}});
			const lessons = await this.#options.loadLessons();
			this.#set({...this.#state, learning: {...this.#state.learning, lessons}});
		} catch (error) {
			this.#say(this.#options.words.refusal({reason: 'fault', message: String(error)}));
		}
	}

	/** The report of the exercise that is shown, as far as its checks are made. */
	#exerciseFile(): TextFile {
		const {run, words} = this.#state.exercising;
		const text = run?.view && words ? exerciseText(run.view, words) : '';
		if (text === '') {
			throw new NothingToSave(this.#options.words.exercises.noReport);
		}

		return {name: `socket-playground-exercise-${run?.name}.txt`, contents: Buffer.from(text)};
	}

	/** Save the report of the open lesson and the log. What makes them is loaded for it. */
	async #saveLesson(): Promise<void> {
		const {execute, read, words} = this.#options;
		const state = this.#state;
		try {
			const {saveLessonFiles} = await import('./save/lesson-files.ts');
			this.#say(await saveLessonFiles({
				state, execute, read, readPayload: this.#readPayload, words,
			}));
		} catch (error) {
			this.#say(refusalOf(error, words));
		}
	}

	/** The bytes of a payload as far as the log has them. */
	readonly #readPayload = async (sequence: number): Promise<Uint8Array | undefined> => {
		const {bytes} = await this.#options.execute({type: 'read-payload', sequence}).answer;
		return bytes;
	};

	/** Save what is shown as text. The engine hands over the rows piece by piece, and they are written out here. */
	async #saveText(what: SavedView): Promise<void> {
		const {read, words} = this.#options;
		const state = this.#state;
		const scene = state.scenes[shownScene(state)];
		if (scene) {
			await this.#saveFile(async () => saveView(what, {
				state,
				scene,
				read,
				readPayload: this.#readPayload,
				words,
			}));
		}
	}

	/** The engine hands over the events piece by piece; the diagram is drawn here, so that no socket waits for it. */
	async #saveFlow({scene, format}: Extract<Effect, {type: 'save-flow'}>): Promise<void> {
		const {execute, words} = this.#options;
		const shown = this.#state.scenes[scene];
		let refused: Refusal | undefined;
		const read = async (end?: number): Promise<FlowEvents | undefined> => {
			const {events, refusal} = await execute({type: 'read-events', scene, end}).answer;
			refused ??= refusal;
			return events;
		};

		await this.#saveFile(async () => {
			const file = await exportFlow(read, format, words.views.flow.diagram);
			// A diagram of which a piece was refused would be cut without saying so.
			if (refused) {
				throw new NothingToSave(words.refusal(refused));
			}

			return file && format === 'text' && shown ? withHead(file, words.views.flow.title, shown, words) : file;
		});
	}

	/** Have a file written that is made here, and say what came of it. */
	async #saveFile(make: () => Promise<TextFile | undefined>): Promise<void> {
		const {words} = this.#options;
		try {
			const file = await make();
			if (file) {
				this.#save({type: 'file', ...file});
			}
		} catch (error) {
			this.#say(refusalOf(error, words));
		}
	}

	#copy({sequence, format: wanted}: Extract<Effect, {type: 'copy'}>): void {
		void this.#heard(this.#options.execute({type: 'read-payload', sequence}).answer, answer => {
			const {words, onCopy} = this.#options;
			const {payload: view, scenes} = this.#state;
			const scene = scenes[shownScene(this.#state)];
			const codec = scene && view?.sequence === sequence ? codecOfPane(scene, view.pane) : undefined;
			const {text, notice} = copyOf(answer, wanted, words, codec);
			if (text !== undefined) {
				onCopy(text);
			}

			this.#say(notice);
		});
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
			this.#awaitsClient.delete(command.scene ?? command.protocol);
		}

		this.#set(applyRefusal(this.#state, effect, refusal, this.#options.words));
		if (isOfLessons(command)) {
			this.#say(this.#options.words.refusal(refusal));
			if (this.#state.scenes[shownScene(this.#state)] === undefined) {
				this.#openScene();
			}
		}

		this.#releaseKeys();
	}

	#applyScene(state: ScreenState, scene: SceneView, lastCommand: number): ScreenState {
		const {name} = scene;
		const before = state.scenes[name];
		// What comes of an experiment that has been ended is too late to be seen.
		if (name === 'laboratory' && (!state.isExperimenting || (!before && lastCommand < this.#awaitedCommand))) {
			return state;
		}

		const other = state.scenes[name === 'udp' ? 'tcp' : 'udp'];
		const added = scene.clients.findLast(({pane}) => !before?.clients.some(known => known.pane === pane));
		const seen = forgetPanes({...state, scenes: {...state.scenes, [name]: scene}}, before, scene);
		return added && this.#awaitsClient.delete(name)
			? focusPane(seen, scene, added.pane)
			: (before || !other || name === 'laboratory' || isOfLesson(state, scene)
				? keepFocus(seen, before, scene)
				: focusSameRole(seen, other, scene));
	}
}

/** Whether a lesson has opened this scene: its first client has the focus. */
function isOfLesson({learning}: ScreenState, {protocol, server}: SceneView): boolean {
	return server !== undefined && openRun(learning)?.servers[protocol] === server.pane;
}

/** Why nothing was saved. */
function refusalOf(error: unknown, words: Words): string {
	return error instanceof NothingToSave
		? error.message
		: words.refusal({reason: 'save-failed', failure: {code: '', syscall: '', message: String(error)}});
}

/** Whether what comes of a command is for the lesson that is open. */
function isOfLessons({type}: Command): boolean {
	return type === 'start-exercise' || type === 'start-lesson' || type.startsWith('lesson-') || type === 'leave-lesson' || type === 'reset-lesson-scene';
}

/** The state as if Esc had not been pressed: that leaves the mode, and from its prompt ends a pane's filter. */
function withoutEscape(state: ScreenState, before: ScreenState): ScreenState {
	const {mode} = before;
	if (!('pane' in mode) || typeof mode.pane !== 'number') {
		return {...state, mode};
	}

	const {filter, end} = paneState(before, mode.pane);
	return withPane({...state, mode}, mode.pane, {filter, end});
}
