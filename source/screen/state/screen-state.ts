import type {SceneName} from '../../engine/api/command.ts';
import type {
	FlowView, HeldView, PaneView, ViewPlace,
} from '../../engine/api/view.ts';
import type {PayloadView} from '../../views/payload.ts';
import type {MessagesNews} from '../../messages/messages-file.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {Protocol, PaneId} from '../../log/event.ts';
import type {ListingForm, SourceLanguage} from '../../programs/languages.ts';
import {type Codec, codecOf} from '../../text/encoding/codec.ts';
import type {Encoding} from '../../text/encoding/encoding.ts';
import {bothColumns, isTooSmall} from '../frame/layout.ts';
import {
	type Cell, type Draft, emptyDraft, type LineEnding,
} from '../input/line/draft.ts';
import {
	type CommandsMode, commandsMode, lessonQuestion, type Mode, typingMode,
} from '../overlays/modes.ts';
import type {PayloadFormat} from '../panes/rows/payload-text.ts';
import {
	type Exercising, noExercise, type Learning, noLearning, openRun,
} from './learning.ts';

/** What a pane shows: its log told in one of several ways, its sockets, or the program that it is. */
export type PaneViewName = 'message-view' | 'call-view' | 'byte-view' | 'socket-view' | 'program-view';

export type PaneState = {
	readonly view: PaneViewName;
	readonly language: SourceLanguage;
	readonly form: ListingForm;
	/** What rows are looked for, as it was typed; empty shows all. */
	readonly filter: string;
	/** The first line of sockets or of a program; undefined: the first socket, or the call made last. */
	readonly top: number | undefined;
	readonly draft: Draft;
	/** What was deleted last by a key that deletes a word or a part of the line: Ctrl+Y puts it back. */
	readonly killed: readonly Cell[];
	/** What was sent from this pane, oldest first. */
	readonly history: readonly Draft[];
	/** Which entry of the history is in the line, and the draft that it has taken the place of. */
	readonly recalled: {readonly index: number; readonly draft: Draft} | undefined;
	/** The ordinal after the last row shown; undefined while the pane follows the end. */
	readonly end: number | undefined;
	/** After scrolling forth to `end`: the first row not shown before. It shows, and as many after it as fit. */
	readonly anchor?: {readonly end: number; readonly row: number} | undefined;
	readonly payload: PayloadFormat;
	readonly ending: LineEnding;
	/** Whether what is typed is bytes in hexadecimal. They are sent as they are, without an ending. */
	readonly isHex: boolean;
	/** Whether it was said that what was received may be in another encoding. */
	readonly isEncodingHinted?: true;
	/** How many of its events have been on screen. */
	readonly seen: number;
	/** Why the last command was not carried out. */
	readonly notice: string | undefined;
};

/** The state of a new pane: its line is empty, and it follows the end of its log. */
export const newPaneState: PaneState = {
	view: 'message-view',
	language: 'python',
	form: 'short',
	filter: '',
	top: undefined,
	draft: emptyDraft,
	killed: [],
	history: [],
	recalled: undefined,
	end: undefined,
	payload: 'text',
	ending: 'none',
	isHex: false,
	seen: 0,
	notice: undefined,
};

export type ScreenState = {
	readonly columns: number;
	readonly rows: number;
	/** The protocol that is chosen: its scene is shown, unless an experiment is. */
	readonly protocol: Protocol;
	/** Whether the laboratory's scene is shown, with an experiment or an exercise in it. */
	readonly isExperimenting: boolean;
	readonly mode: Mode;
	/** Whether what is open was opened by a letter after Esc: Esc leads back to the commands, else to typing. */
	readonly isFromCommands: boolean;
	/** Whether it was opened while an answer to a lesson's question was typed: that is what it leads back to. */
	readonly isFromQuestion: boolean;
	/** Whether it is asked if the program is to end; the next key answers. */
	readonly isQuitAsked: boolean;
	/** Each scene, once it has been seen. */
	readonly scenes: Readonly<Partial<Record<SceneName, SceneView>>>;
	readonly views: ReadonlyMap<PaneId, PaneView>;
	readonly flow: FlowView | undefined;
	/** Whether the flow diagram stands beside the panes, where there is room for it. */
	readonly isFlowDocked: boolean;
	/** The ends that it was scrolled to there, one after the other; undefined while it follows the newest step. */
	readonly dockScroll: {readonly scene: SceneName; readonly ends: readonly number[]} | undefined;
	/** Whether the scenes of both protocols stand side by side, where there is room for it. */
	readonly isBothWanted: boolean;
	readonly learning: Learning;
	readonly exercising: Exercising;
	/** The saved messages; undefined where there is no file of them. */
	readonly saved: MessagesNews | undefined;
	readonly payload: PayloadView | undefined;
	/** What a relay holds, as far as it was asked for. */
	readonly held: HeldView | undefined;
	/** Why the engine could not answer what is shown somewhere, until it answers again. */
	readonly failures: ReadonlyMap<ViewPlace, string>;
	/** Whether the focused pane has the whole screen; and will again when the experiment is left. */
	readonly isZoomed: boolean;
	readonly isZoomedOutside: boolean;
	readonly panes: ReadonlyMap<PaneId, PaneState>;
	/** The pane that has the focus, and the client that had it last. */
	readonly focus: Readonly<Partial<Record<SceneName, PaneId>>>;
	readonly lastClient: Readonly<Partial<Record<SceneName, PaneId>>>;
};

/** Whether keys go to the focused pane's message line. */
export function isTyping(mode: Mode): boolean {
	return mode.type === typingMode.type;
}

/** Keys go to the message line; or to the answer of a lesson's question, where they did before. */
export function backToTyping(state: ScreenState): ScreenState {
	const isAsked = state.isFromQuestion && openRun(state.learning)?.phase === 'asking';
	return {
		...state, mode: isAsked ? lessonQuestion() : typingMode, isFromCommands: false, isFromQuestion: false,
	};
}

export function toCommands(state: ScreenState, more?: Omit<CommandsMode, 'type'>): ScreenState {
	return {...state, mode: commandsMode(more)};
}

/** The state without what is open, where it was opened: in the commands, or while typing. */
export function stepBack(state: ScreenState, close = backToTyping): ScreenState {
	return state.isFromCommands ? toCommands(close(state)) : close(state);
}

export function newScreenState({columns, rows, protocol}: Pick<ScreenState, 'columns' | 'rows' | 'protocol'>): ScreenState {
	return {
		columns,
		rows,
		protocol,
		isExperimenting: false,
		mode: typingMode,
		isFromCommands: false,
		isFromQuestion: false,
		isQuitAsked: false,
		scenes: {},
		views: new Map(),
		flow: undefined,
		isFlowDocked: false,
		dockScroll: undefined,
		isBothWanted: false,
		learning: noLearning,
		exercising: noExercise,
		saved: undefined,
		payload: undefined,
		held: undefined,
		failures: new Map(),
		isZoomed: false,
		isZoomedOutside: false,
		panes: new Map(),
		focus: {},
		lastClient: {},
	};
}

export function shownScene({isExperimenting, protocol}: Pick<ScreenState, 'isExperimenting' | 'protocol'>): SceneName {
	return isExperimenting ? 'laboratory' : protocol;
}

/** Whether both scenes are to be drawn side by side, and there is room for them. */
export function canDrawBoth({columns, isBothWanted, isExperimenting}: ScreenState): boolean {
	return isBothWanted && !isExperimenting && columns >= bothColumns;
}

/** The scenes that are drawn: UDP's and TCP's side by side where both are wanted and known, else the one shown. */
export function drawnScenes(state: ScreenState, shown: SceneView): readonly SceneView[] {
	const {udp, tcp} = state.scenes;
	return canDrawBoth(state) && udp && tcp ? [udp, tcp] : [shown];
}

/**
Whether something is yet to be seen that keys would be for: a scene that is to be drawn, or the beginning of a lesson's
step, whose scene may be another one by then.
*/
export function awaitsScenes(state: ScreenState): boolean {
	const {learning, failures, scenes} = state;
	const run = openRun(learning);
	if (learning.isOpen && !failures.has('lesson') && (run?.isOpening ?? true)) {
		return true;
	}

	const areBoth = canDrawBoth(state) && !isTooSmall(state.columns, state.rows);
	return (areBoth ? ['udp', 'tcp'] as const : [shownScene(state)]).some(name => {
		const server = name === 'laboratory' ? undefined : run?.servers[name];
		return !scenes[name] || (server !== undefined && scenes[name].server?.pane !== server);
	});
}

export function sceneBeside(state: ScreenState, shown: SceneView): SceneView | undefined {
	return drawnScenes(state, shown).find(({name}) => name !== shown.name);
}

export function drawnSceneOf(state: ScreenState, shown: SceneView, pane: PaneId): SceneView {
	return drawnScenes(state, shown).find(scene => focusRing(scene).includes(pane)) ?? shown;
}

export function sceneOfPane({scenes}: ScreenState, pane: PaneId): SceneView | undefined {
	return Object.values(scenes).find(scene => scene !== undefined && focusRing(scene).includes(pane));
}

/** The panes of a scene in the order of the focus ring: the server, then the clients. */
export function focusRing(scene: SceneView): PaneId[] {
	return [...(scene.server ? [scene.server.pane] : []), ...scene.clients.map(({pane}) => pane)];
}

/** The encoding of a pane's text; undefined where it is UTF-8. */
export function encodingOfPane({server, clients}: SceneView, pane: PaneId | undefined): Encoding | undefined {
	return server?.pane === pane ? server?.encoding : clients.find(client => client.pane === pane)?.encoding;
}

export function codecOfPane(scene: SceneView, pane: PaneId | undefined): Codec {
	return codecOf(encodingOfPane(scene, pane));
}

/** The pane that has the focus: the chosen one, or else the first client, or else the server. */
export function focusedPane(state: ScreenState, scene: SceneView): PaneId | undefined {
	const ring = focusRing(scene);
	const chosen = state.focus[scene.name];
	return chosen !== undefined && ring.includes(chosen) ? chosen : scene.clients[0]?.pane ?? scene.server?.pane;
}

/** What the screen remembers of a pane; of an unchanged one, the state of a new pane. */
export function paneState(state: ScreenState, pane: PaneId): PaneState {
	return state.panes.get(pane) ?? newPaneState;
}

export function withPane(state: ScreenState, pane: PaneId, changes: Partial<PaneState>): ScreenState {
	return {...state, panes: new Map(state.panes).set(pane, {...paneState(state, pane), ...changes})};
}

export function withoutNotice(state: ScreenState, pane: PaneId): ScreenState {
	return paneState(state, pane).notice === undefined ? state : withPane(state, pane, {notice: undefined});
}
