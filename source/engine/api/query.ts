/* Queries: they stay open, and are answered whenever the answer has changed. */
import type {CommentLanguage, ListingForm, SourceLanguage} from '../../programs/languages.ts';
import type {PayloadQuery} from '../../views/payload.ts';
import type {RowsQuery} from '../../views/rows.ts';
import type {PaneId} from '../../log/event.ts';
import type {SceneName} from './command.ts';
import type {LessonQuery, LessonReportQuery} from './lesson.ts';

/** A query that stays open: for the state of a scene, the contents of a view, or what is over the panes. */
export type Query
	= | {readonly type: 'scene'; readonly scene: SceneName; readonly peers: number}
		| RowsQuery
		| SocketsQuery
		| SourceQuery
		| FlowQuery
		| PayloadQuery
		| HeldQuery
	/** For the exercise that is carried out, or was last. */
		| {readonly type: 'exercise'}
		| LessonQuery
		| LessonReportQuery;

/** Asks for some of the sockets of a pane, with what the kernel says of them. */
export type SocketsQuery = {
	readonly type: 'sockets';
	readonly pane: PaneId;
	readonly from: number;
	readonly rows: number;
};

/** Asks for some of the messages that a scene's relay holds, oldest first: those around one, or the first. */
export type HeldQuery = {
	readonly type: 'held';
	readonly scene: SceneName;
	readonly rows: number;
	/** The number of a message; where it is gone, the next one takes its place. */
	readonly around?: number;
};

/** Asks for the program that a pane is, and the calls that it has made. */
export type SourceQuery = {
	readonly type: 'source';
	readonly pane: PaneId;
	readonly language: SourceLanguage;
	/** The full form where nothing else is asked for. */
	readonly form?: ListingForm;
	/** Which of the pane's calls; none where it is left out. */
	readonly calls?: Pick<RowsQuery, 'rows' | 'end' | 'maxBytes'>;
	/** English where nothing else is asked for. */
	readonly comments?: CommentLanguage;
};

/** Asks for the flow diagram of a scene, around a pane, up to an event or to the end. */
export type FlowQuery = {
	readonly type: 'flow';
	readonly scene: SceneName;
	readonly focus: PaneId | undefined;
	readonly rows: number;
	/** The sequence number after the last event drawn; undefined follows the end. */
	readonly end: number | undefined;
	/** Whether the ends of the windows that come next are asked for, too: see `FlowView.ahead`. */
	readonly isAhead?: true;
	/** The row that is selected, by its `first`: its details are asked for, too. */
	readonly selected?: number;
};
