import path from 'node:path';
import type {SentCommand} from '../engine/client.ts';
import type {
	Command, CommandAnswer, Refusal, SceneName,
} from '../engine/api/command.ts';
import type {Query} from '../engine/api/query.ts';
import type {View} from '../engine/api/view.ts';
import {exportFlow, type FlowEvents} from '../flow/drawing/export.ts';
import type {Lesson} from '../lessons/lesson.ts';
import {compileSequence, type MessagesFile} from '../messages/messages-file.ts';
import {readingOf} from '../text/encoding/codec.ts';
import {faultOf, faultText} from '../text/files/file-problem.ts';
import {emptyDraft, insertText, textOfDraft} from './input/line/draft.ts';
import {encodingOf} from './input/line/send-line.ts';
import type {Effect} from './input/update.ts';
import {completePath} from './overlays/file-prompt.ts';
import {editOf} from './overlays/held/held-edit.ts';
import {isFilePrompt, isHeldList} from './overlays/modes.ts';
import {copyOf} from './overlays/payload/clipboard.ts';
import {exerciseText} from './save/exercise-report.ts';
import type {TextFile} from './save/saved-scene.ts';
import {
	NothingToSave, saveView, withHead,
} from './save/save-view.ts';
import {
	codecOfPane, paneState, sceneOfPane, type ScreenState, shownScene, withPane,
} from './state/screen-state.ts';
import {exerciseWordsOf} from './words/exercises/say-exercise.ts';
import type {Words} from './words/words.ts';
import {leaveExperiment} from './overlays/laboratory/experiments.ts';
import {withoutLesson} from './state/apply-lesson.ts';

/** Whom the screen talks to. */
export type EffectOptions = {
	readonly words: Words;
	readonly loadLessons: () => Promise<readonly Lesson[]>;
	readonly execute: (command: Command) => SentCommand;
	/** Ask the engine once. */
	readonly read: (query: Query) => Promise<View | undefined>;
	/** Put a text on the terminal's clipboard. */
	readonly onCopy: (text: string) => void;
	/** @param signal - Ctrl+C, which ends the program as this signal does */
	readonly onQuit: (signal?: 'SIGINT') => void;
};

type EffectHost = EffectOptions & {
	readonly messages: MessagesFile | undefined;
	readonly state: () => ScreenState;
	readonly set: (next: ScreenState) => void;
	readonly say: (notice: string) => void;
	/** Send a command, and tell its refusal. */
	readonly send: (effect: EffectOf<'execute'>) => void;
	/** Send a command, and hear the answer. */
	readonly ask: (command: Command, hear: (answer: CommandAnswer) => void) => Promise<void>;
	/** Do what takes a while: keys that are pressed meanwhile come behind it. */
	readonly beforeKeys: (work: () => Promise<void>) => Promise<void>;
};

type EffectOf<Type extends Effect['type']> = Extract<Effect, {readonly type: Type}>;

export type EffectHandlers = {readonly [Type in Effect['type']]: (effect: EffectOf<Type>) => unknown};

export function effectHandlers(host: EffectHost): EffectHandlers {
	const {words, execute, read, say} = host;

	/** The bytes of a payload as far as the log has them. */
	const readPayload = async (sequence: number): Promise<Uint8Array | undefined> => {
		const {bytes} = await execute({type: 'read-payload', sequence}).answer;
		return bytes;
	};

	const save = async ({what}: Pick<EffectOf<'save'>, 'what'>): Promise<void> =>
		host.ask({type: 'save', what}, ({refusal, saved}) => {
			say(refusal ? words.refusal(refusal) : words.views.saved(saved ?? ''));
		});

	/** Have a file written that is made here, and say what came of it. */
	const saveFile = async (make: () => TextFile | undefined | Promise<TextFile | undefined>): Promise<void> => {
		try {
			const file = await make();
			if (file) {
				void save({what: {type: 'file', ...file}});
			}
		} catch (error) {
			say(refusalOf(error, words));
		}
	};

	/** Its texts are encoded, and its files read, now. */
	const sendSaved = async ({pane, name, target}: EffectOf<'send-saved'>): Promise<void> => {
		const {messages} = words;
		const state = host.state();
		const file = host.messages;
		const found = state.saved?.sequences.find(sequence => sequence.name === name);
		if (!file || !found) {
			host.set(withPane(state, pane, {notice: messages.gone(name)}));
			return;
		}

		try {
			const scene = sceneOfPane(state, pane);
			const encoding = encodingOf(paneState(state, pane), scene && codecOfPane(scene, pane));
			const sequence = await compileSequence(found, path.dirname(file.path), encoding);
			host.send({
				type: 'execute',
				command: {
					type: 'send-messages', pane, sequence, target,
				},
				pane,
			});
		} catch (error) {
			const problem = faultText(faultOf(error), words.faults);
			host.set(withPane(host.state(), pane, {notice: messages.unreadable(name, problem)}));
		}
	};

	return {
		execute: host.send,
		save,
		'send-saved': async effect => host.beforeKeys(async () => sendSaved(effect)),
		/** Keys that are pressed meanwhile are for the prompt that it opens. */
		'edit-held': async ({held, protocol}) => host.beforeKeys(async () =>
			host.ask({type: 'read-held', protocol, held}, ({refusal, bytes, range, lead}) => {
				const state = host.state();
				if (refusal || !bytes || !range) {
					say(words.refusal(refusal ?? {reason: 'not-held'}));
				} else {
					const scene = state.scenes[shownScene(state)];
					const codec = scene && codecOfPane(scene, scene.server?.pane);
					host.set({...state, mode: editOf(held, bytes, range, readingOf(codec, lead))});
				}
			})),
		/** Complete the path in the prompt for a file, unless something else is there by now. */
		async 'complete-path'({draft}) {
			const {typed, names} = await completePath(textOfDraft(draft));
			const state = host.state();
			const {mode} = state;
			if (isFilePrompt(mode) && mode.draft === draft) {
				host.set({...state, mode: {...mode, draft: insertText(emptyDraft, typed), names}});
			}
		},
		async 'load-lessons'() {
			try {
				const said = await exerciseWordsOf(words.comments);
				host.set({...host.state(), exercising: {...host.state().exercising, words: said}});
				const lessons = await host.loadLessons();
				host.set({...host.state(), learning: {...host.state().learning, lessons}});
			} catch (error) {
				say(words.refusal({reason: 'fault', message: String(error)}));
			}
		},
		/** The report of the exercise that is shown, as far as its checks are made. */
		'save-exercise': async () => saveFile(() => {
			const {run, words: exerciseWords} = host.state().exercising;
			const text = run?.view && exerciseWords ? exerciseText(run.view, exerciseWords) : '';
			if (text === '') {
				throw new NothingToSave(words.exercises.noReport);
			}

			return {name: `socket-playground-exercise-${run?.name}.txt`, contents: Buffer.from(text)};
		}),
		/** The report of the open lesson and the log. What makes them is loaded for it. */
		async 'save-lesson'() {
			const state = host.state();
			try {
				const {saveLessonFiles} = await import('./save/lesson-report.ts');
				say(await saveLessonFiles({
					state, execute, read, readPayload, words,
				}));
			} catch (error) {
				say(refusalOf(error, words));
			}
		},
		/** The engine hands over the rows piece by piece, and they are written out here. */
		async 'save-text'({what}) {
			const state = host.state();
			const scene = state.scenes[shownScene(state)];
			await saveFile(async () => scene && saveView(what, {
				state, scene, read, readPayload, words,
			}));
		},
		/** The engine hands over the events piece by piece; the diagram is drawn here: no socket waits for it. */
		async 'save-flow'({scene, format}) {
			const shown = host.state().scenes[scene];
			let refused: Refusal | undefined;
			const readEvents = async (end?: number): Promise<FlowEvents | undefined> => {
				const {events, refusal} = await execute({type: 'read-events', scene, end}).answer;
				refused ??= refusal;
				return events;
			};

			await saveFile(async () => {
				const file = await exportFlow(readEvents, format, words.views.flow.diagram);
				// A diagram of which a piece was refused would be cut without saying so.
				if (refused) {
					throw new NothingToSave(words.refusal(refused));
				}

				return file && format === 'text' && shown ? withHead(file, words.views.flow.title, shown, words) : file;
			});
		},
		copy: async ({sequence, format}) =>
			host.ask({type: 'read-payload', sequence}, answer => {
				const state = host.state();
				const scene = state.scenes[shownScene(state)];
				const view = state.payload;
				const codec = scene && view?.sequence === sequence ? codecOfPane(scene, view.pane) : undefined;
				const {text, notice} = copyOf(answer, format, words, codec);
				if (text !== undefined) {
					host.onCopy(text);
				}

				say(notice);
			}),
		'copy-text'({text, notice}) {
			host.onCopy(text);
			say(notice);
		},
		quit() {
			host.onQuit();
		},
	};
}

/** Why nothing was saved. */
function refusalOf(error: unknown, words: Words): string {
	return error instanceof NothingToSave
		? error.message
		: words.refusal({reason: 'save-failed', failure: {code: '', syscall: '', message: String(error)}});
}

/** The state with a command's refusal told: in the pane that it was given in, or in the laboratory's list. */
export function applyRefusal(
	state: ScreenState,
	{
		command, pane, draft, prompt,
	}: Extract<Effect, {type: 'execute'}>,
	refusal: Refusal,
	words: Words,
): ScreenState {
	const isServers = command.type === 'send-from-server' || (command.type === 'act' && command.on.type === 'connection');
	const notice = words.refusal(refusal, isServers);
	if (command.type === 'start-experiment') {
		const isShown = state.isExperimenting && !state.exercising.run;
		return isShown ? leaveExperiment(state, command.experiment, notice) : state;
	}

	if (command.type === 'start-lesson') {
		return withoutLesson(state);
	}

	if (prompt && isHeldList(state.mode)) {
		return {...state, mode: {...prompt, problem: notice}};
	}

	if (pane === undefined) {
		return state;
	}

	// What could not be sent is put back, unless something else has been typed by now: then it is in the history.
	const {draft: typed, history} = paneState(state, pane);
	const isPutBack = draft && typed.cells.length === 0;
	return withPane(
		state,
		pane,
		isPutBack
			? {
				notice, draft, isHex: draft.isHex ?? false, history: history.filter(entry => entry !== draft),
			}
			: {notice},
	);
}

/** A command as it is meant in a scene: where the laboratory's is shown, a protocol stands for that. */
export function inScene(command: Command, scene: SceneName): Command {
	return scene === 'laboratory' && isOfScene(command) && command.scene === undefined ? {...command, scene} : command;
}

type SceneCommand = Extract<Command, {readonly scene?: SceneName | undefined}>;

const sceneCommands: ReadonlySet<Command['type']> = new Set<SceneCommand['type']>([
	'open-server',
	'stop-server',
	'move-server',
	'set-holding',
	'edit-held',
	'drop-held',
	'release-held',
	'read-held',
	'set-rule',
	'set-close-after-reply',
	'choose-peer',
	'send-from-server',
	'open-client',
	'half-close-connection',
	'close-connection',
	'act',
]);

function isOfScene(command: Command): command is SceneCommand {
	return sceneCommands.has(command.type);
}

/** What a command opens or leaves, of what there is one at a time. */
export const runOf: Readonly<Partial<Record<Command['type'], 'lesson' | 'experiment' | 'exercise'>>> = {
	'start-lesson': 'lesson',
	'leave-lesson': 'lesson',
	'start-experiment': 'experiment',
	'end-experiment': 'experiment',
	'start-exercise': 'exercise',
	'end-exercise': 'exercise',
};

/** Commands on whose outcome no key depends. */
export const unawaited: ReadonlySet<Command['type']>
	= new Set(['send', 'send-from-server', 'send-messages', 'note-screen'] as const);
