import type {
	Command, Savable, SceneName, Target,
} from '../../engine/api/command.ts';
import type {PaneId, Protocol} from '../../log/event.ts';
import type {FlowFormat} from '../../flow/drawing/export.ts';
import type {HeldEditMode} from '../overlays/modes.ts';
import type {NoFields, TypedUnion} from '../../text/by-type.ts';
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

/** What a key asks for beyond the screen's own state. */
export type Effect = TypedUnion<{
	/**
	Send a command to the engine. A refusal is shown in the pane, and an unsent draft is put back there; or in the
	prompt that the command is from, which is opened again.
	*/
	execute: {command: Command; pane?: PaneId; draft?: Draft; prompt?: HeldEditMode};
	/** Send a saved message from this pane, or begin a sequence. */
	'send-saved': {pane: PaneId; name: string; target: Target | undefined};
	/** Save something, and say where it is. */
	save: {what: Savable};
	/** Save what a view shows, whole, as text. */
	'save-text': {what: SavedView};
	'save-flow': {scene: SceneName; format: FlowFormat};
	/** Copy a payload to the terminal's clipboard, as text or as hexadecimal digits. */
	copy: {sequence: number; format: 'text' | 'hex'};
	/** Copy a text to the terminal's clipboard, and say this. */
	'copy-text': {text: string; notice: string};
	/** Read the built-in lessons, and what is said of exercises, for their list. */
	'load-lessons': NoFields;
	'save-exercise': NoFields;
	/** Save the report of the open lesson, and the log beside it. */
	'save-lesson': NoFields;
	/** Read the bytes of a held message, to be edited. */
	'edit-held': {held: number; protocol: Protocol};
	'complete-path': {draft: Draft};
	quit: NoFields;
}>;

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
