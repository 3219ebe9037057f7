import type {
	Command, Savable, SceneName, Target,
} from '../../engine/api/command.ts';
import type {PaneId, Protocol} from '../../log/event.ts';
import type {FlowFormat} from '../../flow/drawing/export.ts';
import type {HeldEditMode} from '../overlays/modes.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Draft} from './line/draft.ts';

/**
What is saved as text: panes in the views that they show, a payload, the report of a client's series; or the scene, as a
shell script with its command line or as a lesson.
*/
export type SavedView
	= | {readonly type: 'panes'; readonly panes: readonly PaneId[]}
		| {readonly type: 'payload'; readonly sequence: number}
		| {readonly type: 'report'; readonly pane: PaneId}
		| {readonly type: 'command'}
		| {readonly type: 'lesson'};

/**
Send a command to the engine. A refusal is shown in the pane, and an unsent draft is put back there; or in the prompt
that the command is from, which is opened again.
*/
type Execute = {
	readonly type: 'execute';
	readonly command: Command;
	readonly pane?: PaneId;
	readonly draft?: Draft;
	readonly prompt?: HeldEditMode;
};

/** What a key asks for beyond the screen's own state. */
export type Effect
	= | Execute
	/** Send a saved message from this pane, or begin a sequence. */
		| {readonly type: 'send-saved'; readonly pane: PaneId; readonly name: string; readonly target: Target | undefined}
	/** Save something, and say where it is. */
		| {readonly type: 'save'; readonly what: Savable}
	/** Save what a view shows, whole, as text. */
		| {readonly type: 'save-text'; readonly what: SavedView}
		| {readonly type: 'save-flow'; readonly scene: SceneName; readonly format: FlowFormat}
	/** Copy a payload to the terminal's clipboard, as text or as hexadecimal digits. */
		| {readonly type: 'copy'; readonly sequence: number; readonly format: 'text' | 'hex'}
	/** Copy a text to the terminal's clipboard, and say this. */
		| {readonly type: 'copy-text'; readonly text: string; readonly notice: string}
	/** Read the built-in lessons, and what is said of exercises, for their list. */
		| {readonly type: 'load-lessons'}
		| {readonly type: 'save-exercise'}
	/** Save the report of the open lesson, and the log beside it. */
		| {readonly type: 'save-lesson'}
	/** Read the bytes of a held message, to be edited. */
		| {readonly type: 'edit-held'; readonly held: number; readonly protocol: Protocol}
		| {readonly type: 'complete-path'; readonly draft: Draft}
		| {readonly type: 'quit'};

/** What came of a key: the screen's state afterwards, and what else is to be done. */
export type Update = {readonly state: ScreenState; readonly effects: readonly Effect[]};

/** Put a step together. Its effects are taken in the order in which they are given. */
export function update(state: ScreenState, ...effects: readonly Effect[]): Update {
	return {state, effects};
}

/** Have the engine carry out a command, for a pane where it is one's. */
export function executed(state: ScreenState, command: Command, pane?: PaneId): Update {
	return update(state, {type: 'execute', command, ...(pane !== undefined && {pane})});
}
