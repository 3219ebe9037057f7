import type {PaneId} from '../../../log/event.ts';

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
] as const;

/** An entry of the menu, by its name. `reading` stops it, or begins it again. */
export type ActName = (typeof actNames)[number];

/** The series of messages: a number of them at a rate, one every so often until stopped, and as many as can be. */
export type SeriesKind = 'burst' | 'repeat' | 'load';

/**
The menu of the acts on the focused socket is shown, or the report of its series: a page of the same. The entry is told
by its place.
*/
export type ActsMode = {
	readonly type: 'acts';
	readonly page: 'menu' | 'report';
	readonly selected: number;
	readonly notice?: string;
};

/** A short prompt for a series of messages: how many, how fast, and what. Once it is ready it hears keys. */
export type SeriesPromptMode = {
	readonly type: 'series';
	readonly kind: SeriesKind;
	readonly pane: PaneId;
	readonly value: string;
	readonly isReady: boolean;
	readonly problem?: string;
};
