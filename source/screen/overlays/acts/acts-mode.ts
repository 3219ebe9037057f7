import type {PaneId} from '../../../log/event.ts';
import type {SeriesKind} from './acts.ts';

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
