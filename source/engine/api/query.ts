/* What is asked through the door: questions that stay open. */
import type {CommentLanguage, SourceLanguage} from '../../programs/languages.ts';
import type {PayloadQuestion} from '../../views/payload.ts';
import type {RowsQuestion} from '../../views/rows.ts';
import type {PaneId} from '../../log/event.ts';
import type {SceneName} from './command.ts';

export type {PayloadQuestion} from '../../views/payload.ts';
export type {Filter, RowsKind, RowsQuestion} from '../../views/rows.ts';

/** A question that stays open: how a scene stands, or what a view of it shows. */
export type Question
	= | {readonly type: 'scene'; readonly scene: SceneName; readonly peers: number}
		| RowsQuestion
		| SocketsQuestion
		| SourceQuestion
		| FlowQuestion
		| PayloadQuestion;

/** Asks for some of the sockets of a pane, with what the kernel says of them. */
export type SocketsQuestion = {readonly type: 'sockets'; readonly pane: PaneId; readonly from: number; readonly rows: number};

/** Asks for the program that a pane is. */
export type SourceQuestion = {
	readonly type: 'source';
	readonly pane: PaneId;
	readonly language: SourceLanguage;
	/** English where nothing else is asked for. */
	readonly comments?: CommentLanguage;
};

/** Asks for the flow diagram of a scene, around a pane, up to an event or to the end. */
export type FlowQuestion = {
	readonly type: 'flow';
	readonly scene: SceneName;
	readonly focus: PaneId | undefined;
	/** How many steps can be shown. */
	readonly rows: number;
	/** The sequence number after the last event drawn; undefined follows the end. */
	readonly end: number | undefined;
};
