import type {ExerciseName} from '../../engine/api/exercise.ts';
import type {PaneId} from '../../log/event.ts';
import {type Draft, emptyDraft} from '../input/line/draft.ts';
import type {LinkPlace} from './link/link-rows.ts';

/** What can be done to one socket, and the series of messages, in the order of the menu. */
export const actNames = [
	'reset',
	'half-close',
	'reading',
	'split-character',
	'two-writes',
	'two-writes-pause',
	'burst',
	'repeat',
	'load',
	'report',
	'broadcast',
] as const;

/** An entry of the menu, by its name. `reading` stops it, or begins it again; so does `broadcast`. */
export type ActName = (typeof actNames)[number];

/** The series of messages: a number of them at a rate, one at an interval until stopped, or as many as possible. */
export type SeriesKind = 'burst' | 'repeat' | 'load';

/** A row of the settings of a pane: an option of its sockets, or how messages are written. */
export type SettingName
	= | 'encoding'
		| 'ending'
		| 'framing'
		| 'source-address'
		| 'listen-backlog'
		| 'may-broadcast'
		| 'ip-ttl'
		| 'multicast-group'
		| 'multicast-interface'
		| 'multicast-hops'
		| 'multicast-loop'
		| 'receive-buffer'
		| 'send-buffer'
		| 'no-delay'
		| 'keep-alive';

/** Keys type into the focused pane's line. */
export type TypingMode = {readonly type: 'typing'};

export const typingMode: TypingMode = {type: 'typing'};

/**
Esc was pressed: the next letter is a command. A notice names an unknown letter. After a command that is repeated the
letters stay: then one that would close a socket is to be pressed twice, the second time as `asked`.
*/
export type CommandsMode = {
	readonly type: 'commands';
	readonly notice?: string;
	readonly isKept?: true;
	readonly asked?: string;
};

/**
The help, from one of its lines on. After it comes the panel that it was opened in, if any. A notice says why a paste
went nowhere.
*/
export type HelpMode = {
	readonly type: 'help-page';
	readonly top: number;
	readonly back?: Mode;
	readonly notice?: string;
};

export type SelectMode = {readonly type: 'select'; readonly pane: PaneId; readonly ordinal: number};

/**
A mode that asks how what it shows is to be saved: `w` says where that is, and a digit saves it. A letter alone would
be a part of many a message.
*/
export type Saving = {readonly isSaving?: true; readonly notice?: string};

/** A payload is shown whole, from one of its lines on. After it the row is selected again. */
export type PayloadMode = {
	readonly type: 'whole-payload';
	readonly sequence: number;
	readonly from: number;
	readonly back: SelectMode;
} & Saving;

/**
Which row of the diagram is selected: the one that stands at `first`, or the next one before (-1) or behind it (1),
which the engine may still have to answer.
*/
export type Selection = {readonly first: number; readonly by: -1 | 0 | 1};

/** The flow diagram is shown up to the last of these ends that were scrolled to, or up to the newest step. */
export type FlowMode = {
	readonly type: 'flow-diagram';
	readonly ends: readonly number[];
	/** The row of which the details are shown. */
	readonly selected?: Selection | undefined;
	readonly isBeside?: boolean;
} & Saving;

/** The menu of the acts on the focused socket, or the report of its series. The entry is told by its place. */
export type ActsMode = {
	readonly type: 'acts-menu';
	readonly page: 'menu' | 'report';
	readonly selected: number;
	readonly notice?: string;
};

/** The link panel is shown. A notice says why the last key did nothing. */
export type LinkMode = {readonly type: 'link-panel'; readonly place: LinkPlace; readonly notice?: string};

/** The error laboratory's list, with one experiment chosen by its place; a notice says why one did not start. */
export type LaboratoryMode = {readonly type: 'experiment-list'; readonly chosen: number; readonly notice?: string};

/** The settings of the focused pane, with one of them chosen by its name; undefined chooses the first. */
export type SettingsMode = {
	readonly type: 'settings-panel';
	readonly chosen: SettingName | undefined;
	readonly notice?: string;
};

/** It is asked what is to be saved: what the focused pane shows, or the scene. */
export type SaveMode = {readonly type: 'save-menu'};

/**
The list of lessons, with one entry chosen by its place; undefined chooses where one is. A letter that closes sockets is
to be pressed twice, the second time as `asked`.
*/
export type LessonListMode = {
	readonly type: 'lesson-list';
	readonly chosen: number | undefined;
	readonly notice?: string;
	readonly asked?: string;
};

/**
The letters of the lesson that is open. A notice says what came of the last one; one that closes sockets is to be
pressed twice, the second time as `asked`.
*/
export type LessonMenuMode = {readonly type: 'lesson-menu'; readonly notice?: string; readonly asked?: string};

/** Keys go to the answer of the step's question, in the lesson's panel. */
export type LessonQuestionMode = {readonly type: 'lesson-question'; readonly problem?: string};

/** The letters of the exercise that is carried out. A notice says what came of the last one. */
export type ExerciseMode = {readonly type: 'exercise-run'; readonly notice?: string};

/**
The messages that a relay holds, one of them chosen by its number: the oldest unless given. A letter that nothing undoes
is to be pressed twice, the second time as `asked`.
*/
export type HeldListMode = {
	readonly type: 'held-list';
	readonly chosen?: number | undefined;
	readonly notice?: string;
	readonly asked?: string;
};

/** What every short prompt has: what is typed so far, and why that was not taken. */
type Prompt<Type> = {readonly type: Type; readonly draft: Draft; readonly problem?: string};

/** A short prompt for an address: the server's, or a client's destination. */
export type AddressMode = Prompt<'address-prompt'> & {readonly pane: PaneId | 'server'};

/** A short prompt for what to find in a pane: its rows change as one types, and one of them may be selected. */
export type FilterMode = Prompt<'filter-prompt'> & {
	readonly pane: PaneId;
	/** The ordinal of the match that is selected. */
	readonly ordinal?: number;
};

/** A short prompt for the path of a file to send or write, and the names that Tab has found to fit it. */
export type FileMode = Prompt<'file-prompt'> & {readonly pane: PaneId; readonly names?: readonly string[]};

/** A short prompt for a series of messages: how many, how fast, and what. */
export type SeriesPromptMode = Prompt<'series-prompt'> & {readonly kind: SeriesKind; readonly pane: PaneId};

/** A short prompt for the program that an exercise checks; and which of those typed before is in it, 0 the newest. */
export type ExercisePromptMode = Prompt<'exercise-prompt'> & {
	readonly exercise: ExerciseName;
	readonly recalled?: number;
	/** How far what the exercise asks for is scrolled, in lines. */
	readonly top?: number;
};

/** A short prompt for another value of what is chosen in the link panel, or for another seed. The panel stays. */
export type LinkValueMode = Prompt<'link-value'> & {readonly place: LinkPlace};
export type LinkSeedMode = Prompt<'link-seed'> & {readonly place: LinkPlace};
export type LinkPromptMode = LinkValueMode | LinkSeedMode;

/** A short prompt for another value of the setting that is chosen. The panel stays. */
export type SettingValueMode = Prompt<'setting-value'> & {readonly chosen: SettingName};

export function isSeedPrompt({type}: LinkPromptMode): boolean {
	return type === 'link-seed';
}

/** Whether letters are commands, and what the last one did. */
export function lettersIn(mode: Mode): CommandsMode | undefined {
	return mode.type === 'commands' ? mode : undefined;
}

export function commandsMode(more?: Omit<CommandsMode, 'type'>): CommandsMode {
	return {type: 'commands', ...more};
}

export function isSelecting(mode: Mode): mode is SelectMode {
	return mode.type === 'select';
}

const settingModes: ReadonlySet<Mode['type']>
	= new Set(['link-panel', 'link-value', 'link-seed', 'settings-panel', 'setting-value']);

/** Whether values are stepped through in a panel, the link's or that of the settings, or typed in a prompt of it. */
export function isSetting({type}: Mode): boolean {
	return settingModes.has(type);
}

/** A short prompt with the bytes of a held message, as text or in hexadecimal. After it the list is there again. */
export type HeldEditMode = Prompt<'held-edit'> & {
	readonly held: number;
	readonly isHex: boolean;
	readonly range: {readonly least: number; readonly most: number};
	/** How many of the first bytes belong to a character that has begun before them. */
	readonly lead: number;
};

export type PromptMode
	= | AddressMode
		| FileMode
		| FilterMode
		| SeriesPromptMode
		| LinkPromptMode
		| SettingValueMode
		| ExercisePromptMode
		| HeldEditMode;

/** What keys do now, with all that the screen remembers while they do. */
export type Mode
	= | TypingMode
		| CommandsMode
		| HelpMode
		| SelectMode
		| PayloadMode
		| FlowMode
		| ActsMode
		| LinkMode
		| SettingsMode
		| LaboratoryMode
		| SaveMode
		| LessonListMode
		| LessonMenuMode
		| LessonQuestionMode
		| ExerciseMode
		| HeldListMode
		| PromptMode;

/** The mode of a type, where one member of the union has several. */
export type ModeOf<Type extends Mode['type']> = Mode & {readonly type: Type};

function noticed<Shown>(mode: Shown, notice: string | undefined): Shown | (Shown & {readonly notice: string}) {
	return notice === undefined ? mode : {...mode, notice};
}

export function filePrompt(pane: PaneId): FileMode {
	return {type: 'file-prompt', pane, draft: emptyDraft};
}

export function isFilePrompt(mode: Mode): mode is FileMode {
	return mode.type === 'file-prompt';
}

export function heldList(chosen?: number, notice?: string): HeldListMode {
	return noticed({type: 'held-list', chosen}, notice);
}

export function isHeldList(mode: Mode): mode is HeldListMode {
	return mode.type === 'held-list';
}

export function isPrompt(mode: Mode): mode is PromptMode {
	return 'draft' in mode;
}

export function selectedIn(mode: Mode, pane: PaneId): number | undefined {
	return (mode.type === 'select' || mode.type === 'filter-prompt') && mode.pane === pane ? mode.ordinal : undefined;
}

/** The help from its first line on, and the panel that it is opened in. */
export function helpPage(back?: Mode): HelpMode {
	return {type: 'help-page', top: 0, ...(back && {back})};
}

export function linkPanel(place: LinkPlace): LinkMode {
	return {type: 'link-panel', place};
}

export function settingsPanel(chosen?: SettingName): SettingsMode {
	return {type: 'settings-panel', chosen};
}

export function settingPrompt(chosen: SettingName): SettingValueMode {
	return {type: 'setting-value', chosen, draft: emptyDraft};
}

export function experimentList(chosen: number, notice?: string): LaboratoryMode {
	return noticed({type: 'experiment-list', chosen}, notice);
}

export function lessonList(chosen?: number, notice?: string): LessonListMode {
	return noticed({type: 'lesson-list', chosen}, notice);
}

export function lessonMenuMode(notice?: string): LessonMenuMode {
	return noticed({type: 'lesson-menu'}, notice);
}

export function isLessonMenu({type}: Mode): boolean {
	return type === 'lesson-menu';
}

export function lessonQuestion(problem?: string): LessonQuestionMode {
	return {type: 'lesson-question', ...(problem !== undefined && {problem})};
}

export function isLessonQuestion(mode: Mode): mode is LessonQuestionMode {
	return mode.type === 'lesson-question';
}

export function exerciseRun(notice?: string): ExerciseMode {
	return noticed({type: 'exercise-run'}, notice);
}

/** The flow diagram, up to the newest step unless it is told otherwise. */
export function flowDiagram(isBeside: boolean, ends: readonly number[] = [], selected?: Selection): FlowMode {
	return {
		type: 'flow-diagram', ends, ...(selected && {selected}), ...(isBeside && {isBeside}),
	};
}

export function actsMenu(page: ActsMode['page'], selected: number, notice?: string): ActsMode {
	return noticed({type: 'acts-menu', page, selected}, notice);
}

export const emptyPrompt = {draft: emptyDraft} as const;
