import type {ViewPlace} from '../../engine/api/view.ts';
import type {Query} from '../../engine/api/query.ts';
import type {LookedOverlay} from '../../lessons/lesson.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {Layout} from '../frame/layout.ts';
import type {Key} from '../input/decode/key-decoder.ts';
import type {CommandId} from '../input/keys.ts';
import type {Update} from '../input/update.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {Mode} from './modes.ts';

/** What a part of the screen is drawn from. */
export type DrawInput = {readonly state: ScreenState; readonly scene: SceneView; readonly words: Words};

/** The same, with the mode that the screen is in. */
export type ModeInput<M extends Mode> = DrawInput & {readonly mode: M};

/** The same, with the room that there is, in rows. */
export type BodyInput<M extends Mode> = ModeInput<M> & {readonly rows: number};

/** The same, and where everything stands, for keys that scroll. */
export type KeyInput<M extends Mode> = ModeInput<M> & {readonly layout: () => Layout};

export type PressedKey = Extract<Key, {type: 'key'}>;

/** What is drawn over the panes, or beneath them. */
export type Body<M extends Mode> = {
	/** Lines of exactly the terminal's columns, as many as there are rows. */
	readonly draw: (input: BodyInput<M>) => readonly string[];
	/**
	How many rows it takes beneath the panes; 'all' where it is drawn over them, the default.

	@param otherRows - the rows of the footer, and of all else beneath the panes
	*/
	readonly rows?: (input: ModeInput<M>, otherRows: number) => number | 'all';
};

/** A line that was drawn over or beneath the panes, without styles; its number there, and a column of it, from 0. */
export type EntryPlace = {
	readonly line: number;
	readonly rows: number;
	readonly column: number;
	readonly text: string;
};

/**
All that the screen knows of one of its modes: what keys do there, what it draws, what the engine is asked for. Pastes,
chords and Esc are dealt with before the mode's own keys, by what is said of them here.
*/
export type Overlay<M extends Mode> = {
	/** The state without it: after a chord, and after what goes to the message line. By default, typing. */
	readonly close?: (state: ScreenState, mode: M) => ScreenState;
	/** The state after Esc, one step back. By default, the mode is closed, and keys are what they were before it. */
	readonly escape?: (state: ScreenState, mode: M) => ScreenState;
	/** What a paste does: it closes the mode and goes to the message line, or what is said. */
	readonly paste: 'line' | ((input: KeyInput<M>, paste: Extract<Key, {type: 'paste'}>) => Update);
	readonly closedBy?: CommandId;
	/** Whether a chord closes it and is a command: the default. Otherwise a chord does nothing. */
	readonly isClosedByChords?: boolean;
	/** Any other key. One that is not for this mode closes it, and goes to the message line: then it is undefined. */
	readonly handleKey: (input: KeyInput<M>, key: PressedKey) => Update | undefined;
	/** Undefined where only the panes are drawn. */
	readonly body?: Body<M>;
	/**
	The mode with the entry chosen that is drawn at a place, undefined where there is none: a click chooses it, and one
	more is Enter. Where this is missing there are no entries to choose.
	*/
	readonly entryAt?: (input: ModeInput<M>, place: EntryPlace) => M | undefined;
	/** A turn of the wheel by this many lines; without this, that many presses of Up or Down, or one among entries. */
	readonly wheel?: (input: KeyInput<M>, action: 'up' | 'down', rows: number) => Update;
	/** What the engine is asked for while the body covers the panes. */
	readonly query?: (input: ModeInput<M>) => Extract<Query, {readonly type: ViewPlace}>;
	/** What a lesson calls it, where it is something to look at. */
	readonly look?: (mode: M) => LookedOverlay;
	readonly footer: (input: ModeInput<M>) => readonly string[];
	/** Where the caret stands in the footer: its column, and how many lines are below it. */
	readonly caret?: (input: ModeInput<M>) => {readonly x: number; readonly below: number};
	/** The mode with a notice of what came of a command, or that there is none, where it shows that itself. */
	readonly tell?: (mode: M, notice: string) => M | undefined;
};

const steps: Readonly<Partial<Record<string, (page: number) => number>>> = {
	up: () => -1,
	down: () => 1,
	pageup: page => -page,
	pagedown: page => page,
	home: () => Number.NEGATIVE_INFINITY,
	end: () => Number.POSITIVE_INFINITY,
};

/** By how many entries or lines a key moves: beyond every end with Home and End. Undefined for any other key. */
export function stepOf({name = ''}: PressedKey, page: number): number | undefined {
	return steps[name]?.(page);
}

/** The value that comes this many places after another, round and round. */
export function nextOf<Value>(values: readonly Value[], value: Value, by: 1 | -1): Value {
	return values[(Math.max(0, values.indexOf(value)) + by + values.length) % values.length] ?? value;
}
