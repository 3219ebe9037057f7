/** Views: the answers to queries, as of the time when each was made. */
import type {SourceLanguage} from '../../programs/languages.ts';
import type {PayloadView} from '../../views/payload.ts';
import type {RowsView} from '../../views/rows.ts';
import type {StepDetails} from '../../flow/details.ts';
import type {Flow, FlowLaneId} from '../../flow/step.ts';
import type {Address, PaneId, Tally} from '../../log/event.ts';
import type {HeldMessage} from '../../sockets/held-queues.ts';
import type {SceneName} from './command.ts';
import type {ExerciseView} from './exercise.ts';
import type {LessonReportView, LessonView} from './lesson.ts';
import type {SceneView} from './scene-view.ts';

export type View
	= | SceneView
		| PaneView
		| FlowView
		| HeldView
		| PayloadView
		| ExerciseView
		| LessonView
		| LessonReportView
		| FailedView;

/** Where an answer is shown: in a pane, in what is drawn over the panes, or everywhere, as a scene is. */
export type ViewPlace = PaneId | SceneName | 'flow' | 'held' | 'payload' | 'exercise' | 'lesson' | 'lesson-report';

/** An answer that failed, by an error of the program: the next one may succeed. */
type FailedView = {readonly type: 'failed'; readonly place: ViewPlace; readonly message: string};

/** Some of the messages that a relay holds, oldest first. */
export type HeldView = {
	readonly type: 'held';
	readonly scene: SceneName;
	readonly from: number;
	readonly total: number;
	readonly rows: readonly HeldRow[];
};

export type HeldRow = Pick<HeldMessage, 'id' | 'what' | 'direction' | 'leg'> & {
	/** The client that it came from, or goes to; undefined where that is gone. */
	readonly client: Address | undefined;
	readonly length: number;
	/** How many bytes it had, where it was edited. */
	readonly before?: number;
	/** The first of its bytes. */
	readonly bytes: Uint8Array;
	/** How many of them belong to a character that has begun in the chunk before, where some do. */
	readonly lead?: number;
	/** For how many milliseconds it has been held. */
	readonly waited: number;
};

/** A part of a flow diagram: more steps than rows, since some may be between lanes that do not fit. */
export type FlowView = Flow & {
	readonly type: 'flow';
	readonly scene: SceneName;
	readonly focus: FlowLaneId | undefined;
	/** How many events of the scene the log has dropped. */
	readonly dropped: number;
	/**
	Where asked for: the ends with which the window shows one step more of what comes next, two more, and so on to as
	many as there are rows. The last is infinite where the steps end.
	*/
	readonly ahead?: readonly number[];
	/** Of the row that is selected. */
	readonly details?: StepDetails;
};

export type PaneView = RowsView | SocketsView | SourceView;

/** The sockets of a pane, as many as were asked for. */
export type SocketsView = {
	readonly type: 'sockets';
	readonly pane: PaneId;
	readonly from: number;
	readonly total: number;
	readonly rows: readonly SocketRow[];
	/** Whether states and queues are the kernel's own; else they are derived from the events. */
	readonly isFromKernel: boolean;
};

/** A socket of a pane; of a UDP server's also the addresses heard from, which are no sockets of its own. */
export type SocketRow = {
	readonly role: 'udp' | 'welcoming' | 'connection' | 'peer' | 'client' | 'target';
	/** Of a connection or peer, also of a relay's socket to its target for that; 0 where it is not known. */
	readonly number: number;
	readonly local?: Address;
	readonly peer?: Address;
	/** As the kernel has it (RFC 9293 section 3.3.2), or derived; undefined where there is none. */
	readonly state?: string;
	/** Whether the state is derived: the kernel's tables had no such socket when they were read, or are not there. */
	readonly isDerived?: true;
	/** Whether it is open in this program, but no longer in the kernel's tables. */
	readonly isVanished?: boolean;
	/** Whether the program has closed it: only the kernel still remembers it. */
	readonly isClosed: boolean;
	/** Undefined where it is no longer known. */
	readonly received?: Tally;
	readonly sent?: Tally;
	/** Bytes to be read, and to be acknowledged by the peer; of a welcoming socket, connections to accept(). */
	readonly receiveQueue?: number;
	readonly sendQueue?: number;
	/** UDP: datagrams that the kernel has dropped because the receive queue was full. */
	readonly drops?: number;
	/** Bytes that wait in this program, because the kernel's queue is full. */
	readonly waiting: number;
	/** TCP: bytes that were read ahead before reading was stopped, where there are any. */
	readonly readAhead?: number;
};

/** The program that a pane is, and where in it it is. */
export type SourceView = {
	readonly type: 'source';
	readonly pane: PaneId;
	readonly language: SourceLanguage;
	readonly fileName: string;
	/** What the pane has and its program does without. */
	readonly lacks: ReadonlyArray<'framing' | 'encoding'>;
	readonly lines: readonly string[];
	/** The lines whose call has happened shortly before, the last one first. */
	readonly marks: readonly number[];
	/** The calls that were asked for; and for each of these rows the lines that make its calls, the last one first. */
	readonly calls?: RowsView;
	readonly callLines: ReadonlyArray<readonly number[]>;
};
