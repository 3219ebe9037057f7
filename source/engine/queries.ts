import {byType} from '../text/by-type.ts';
import {type CharacterCount, codecOf, countText} from '../text/encoding/codec.ts';
import type {Encoding} from '../text/encoding/encoding.ts';
import {readingOfEvent} from '../views/stream-lead.ts';
import {FilteredRows} from '../views/filtered-rows.ts';
import {type PayloadQuery, type PayloadView, projectPayload} from '../views/payload.ts';
import {projectRoundTrip} from '../views/round-trip.ts';
import {
	projectRows, type RowList, type RowsQuery, type RowsView,
} from '../views/rows.ts';
import type {EventLog} from '../log/event-log.ts';
import {report} from '../log/subscriptions.ts';
import {KernelTables} from '../sockets/kernel/kernel-tables.ts';
import type {View, ViewPlace} from './api/view.ts';
import type {ExerciseView} from './api/exercise.ts';
import type {Query} from './api/query.ts';
import type {LessonRoom} from './lesson/lesson-room.ts';
import {answerFlow} from './scene/views/flow-view.ts';
import {projectScene} from './scene/views/scene-view.ts';
import type {ScenePane} from './scene/scene.ts';
import type {Scenes} from './scene/scenes.ts';
import {RelayPane} from './scene/panes/relay-pane.ts';
import {projectHeld} from './scene/views/relay-view.ts';
import {eventAt} from './scene/views/step-facts.ts';
import {projectSockets, watchedSockets} from './scene/views/sockets-view.ts';
import {projectSource} from './scene/views/source-view.ts';

type QueriesOptions = {
	readonly log: EventLog;
	readonly scenes: Scenes;
	readonly clientLimit: number;
	readonly exercise?: () => ExerciseView | undefined;
	readonly lessons?: LessonRoom;
	/** Another number whenever something else than an event has changed what scenes are. */
	readonly changes?: () => number;
	/** An answer may be another now, though nothing has happened. */
	readonly onChange: () => void;
};

/** How often the numbers of a second are another second's, in milliseconds. */
const second = 1000;

/** How long a search rests after each slice, in milliseconds; the longer where many events have come since. */
const searchRest = 4;
const busySearchRest = 60;
const busy = 100;

const noBytes = new Uint8Array(0);
/** After this many milliseconds a flow diagram is answered where it would be another one each time. */
const busyFlowRest = 100;

/** Answers queries from the present state. Costly work goes on only while a query that needs it is open. */
export class Queries {
	readonly #options: QueriesOptions;
	/** The searches that are under way, or done, by their panes. */
	readonly #filtered = new Map<number, FilteredRows>();
	readonly #kernel: KernelTables;
	#open: readonly Query[] = [];
	#ticker: NodeJS.Timeout | undefined;
	#searching: NodeJS.Timeout | undefined;
	/** What a flow diagram was answered for last, and the timer of an answer that is held back. */
	#flow = {revision: -1, next: 0, at: Number.NEGATIVE_INFINITY};
	#flowTimer: NodeJS.Timeout | undefined;
	/** How many events there had been when the search went on last. */
	#searchedUntil = 0;
	/** Why the work for the open queries could not be begun. */
	#openFailure: string | undefined;
	#unknownRevisions = 0;
	#counted:
		| {readonly sequence: number; readonly encoding: Encoding | undefined; readonly text: CharacterCount}
		| undefined;

	constructor(options: QueriesOptions) {
		this.#options = options;
		this.#kernel = new KernelTables({
			onChange: options.onChange, onFault: options.log.onFault, readsTwice: true,
		});
	}

	/** These queries are open from now on. Where that fails, those that need work to be answered say so. */
	open(queries: readonly Query[]): void {
		try {
			this.#begin(queries);
			this.#openFailure = undefined;
		} catch (error) {
			this.#openFailure = String(error);
		}
	}

	/** Something that is the same for as long as a query would be answered the same. */
	revisionOf(query: Query): string {
		try {
			// What a log has is told by its events alone.
			const changes = query.type === 'rows' || query.type === 'payload' ? '' : this.#options.changes?.();
			return `${this.#revision(query)} ${changes} ${this.#openFailure ?? ''}`;
		} catch {
			// The answer tells the failure, or that it is over.
			return `unknown ${++this.#unknownRevisions}`;
		}
	}

	/** Answer a query; undefined for a pane that was removed. An error is an answer, too. */
	view(query: Query): View | undefined {
		const needsWork = query.type === 'rows' || query.type === 'sockets';
		if (needsWork && this.#openFailure !== undefined) {
			return {type: 'failed', place: placeOf(query), message: this.#openFailure};
		}

		try {
			return this.#view(query);
		} catch (error) {
			return {type: 'failed', place: placeOf(query), message: String(error)};
		}
	}

	close(): void {
		clearInterval(this.#ticker);
		clearTimeout(this.#flowTimer);
		clearTimeout(this.#searching);
		this.#searching = undefined;
		this.#kernel.close();
	}

	#begin(queries: readonly Query[]): void {
		this.#open = queries;
		for (const pane of this.#filtered.keys()) {
			// A pane that is covered, or shows another view, may come back with the same filter: its rows keep their
			// ordinals.
			if (
				!this.#options.scenes.paneOf(pane)
				|| queries.some(query => query.type === 'rows' && query.pane === pane && !query.filter)
			) {
				this.#filtered.delete(pane);
			}
		}

		this.#watchKernel();
	}

	#revision(query: Query): string {
		const {log, scenes} = this.#options;
		const pane = this.#paneOf(query);
		/** What events, and what becomes known of them, change in the rows of the pane. */
		const rows = pane && `${pane.index.total} ${pane.index.firstSince(log.first)} ${pane.index.changes}`;
		return byType(query, {
			rows: given => {
				const far = given.kind === 'bytes' ? log.revision : log.sockets.closings;
				const searched = given.filter && this.#foundFor(given)?.isComplete !== true ? performance.now() : '';
				return pane ? `${rows} ${far} ${searched} ${pane.encoding}` : '';
			},
			scene: () => {
				const now = log.now();
				this.#tick(now);
				return `${log.revision} ${scenes.isQuiet(now) ? '' : Math.floor(now / second)}`;
			},
			sockets: () => `${log.revision} ${this.#kernel.revision}`,
			// Its server's address is in it.
			source: () => `${rows} ${pane && 'destination' in pane ? JSON.stringify(pane.destination) : ''}`,
			flow: () => `${this.#flowRevision()}`,
			payload: ({sequence}) => sequence < log.first ? 'gone' : `held ${this.#encodingOf(sequence)}`,
			held: ({scene}) => {
				// How long they have waited is told in seconds.
				const isHolding = (scenes.get(scene)?.relay?.relay.held.count ?? 0) > 0;
				if (isHolding) {
					this.#tick(log.now());
				}

				return `${log.revision} ${isHolding ? Math.floor(log.now() / second) : ''}`;
			},
			exercise: ({type}) => type,
			// Its texts name what scenes have.
			lesson: () => this.#options.lessons?.revision ?? '',
			'lesson-report': () => this.#options.lessons?.revision ?? '',
		});
	}

	#view(query: Query): View | undefined {
		const {log, scenes, clientLimit, exercise, lessons} = this.#options;
		const pane = this.#paneOf(query);
		const scene = 'scene' in query ? scenes.get(query.scene) : undefined;
		return byType<Query, View | undefined>(query, {
			scene: ({peers}) => scene && projectScene(scene, peers, clientLimit, log.now()),
			flow: given => scene && answerFlow(log, scene, given),
			payload: given => this.#payload(given),
			held: given => scene?.relay && projectHeld(scene.relay, given, log),
			exercise: () => exercise?.(),
			lesson: ({language}) => lessons?.view(language),
			'lesson-report': ({type, language}) => ({type, report: lessons?.report(language)}),
			rows: given => pane && this.#rows(pane, given),
			sockets: given => {
				this.#watchKernel();
				return pane && projectSockets(pane, given, this.#kernel.snapshot, this.#kernel.readAt);
			},
			source: given => {
				const calls: RowsQuery | undefined = given.calls && {
					type: 'rows', pane: given.pane, kind: 'calls', ...given.calls,
				};
				return pane && !(pane instanceof RelayPane)
					? projectSource(log, pane, given, calls && this.#rows(pane, calls))
					: undefined;
			},
		});
	}

	#paneOf(query: Query): ScenePane | undefined {
		return 'pane' in query ? this.#options.scenes.paneOf(query.pane)?.pane : undefined;
	}

	/** The log's revision, which under load stands still for a while. */
	#flowRevision(): number {
		const {log, onChange} = this.#options;
		const now = performance.now();
		const rest = this.#flow.at + busyFlowRest - now;
		if (rest > 0 && log.next - this.#flow.next > busy) {
			this.#flowTimer ??= setTimeout(() => {
				this.#flowTimer = undefined;
				onChange();
			}, rest).unref();
		} else if (log.revision !== this.#flow.revision) {
			this.#flow = {revision: log.revision, next: log.next, at: now};
		}

		return this.#flow.revision;
	}

	#allRows({index}: ScenePane): RowList {
		const first = index.firstSince(this.#options.log.first);
		return {first, total: index.total, at: ordinal => index.at(ordinal)};
	}

	#rows(pane: ScenePane, query: RowsQuery): RowsView {
		const {log} = this.#options;
		const {index} = pane;
		const isServer = 'server' in pane;
		if (!query.filter) {
			return projectRows(log, this.#allRows(pane), query, isServer, codecOf(pane.encoding));
		}

		const {filter, kind} = query;
		const found = this.#foundFor(query)
			?? new FilteredRows(log, index, filter, kind, isServer ? pane.pane : undefined, codecOf(pane.encoding));
		this.#filtered.set(query.pane, found);
		found.search();
		this.#searchOn();
		const {isComplete, first, total} = found;
		return {
			...projectRows(log, {first, total, at: ordinal => found.at(ordinal)}, query, isServer, found.codec),
			filtered: {isComplete, of: index.total - index.firstSince(log.first)},
		};
	}

	/** The rows found so far for this query; undefined where they were found for another filter of the pane. */
	#foundFor({pane, kind, filter}: RowsQuery): FilteredRows | undefined {
		const known = this.#filtered.get(pane);
		const encoding = this.#options.scenes.paneOf(pane)?.pane.encoding;
		const isSame = known?.kind === kind && known.codec.encoding === encoding;
		return isSame && JSON.stringify(known.filter) === JSON.stringify(filter) ? known : undefined;
	}

	#payload(query: PayloadQuery): PayloadView {
		const {log} = this.#options;
		const {sequence} = query;
		const event = eventAt(log, sequence);
		if (!event || !('bytes' in event)) {
			return {type: 'payload', sequence};
		}

		const encoding = this.#encodingOf(sequence);
		const reading = readingOfEvent(log, event, codecOf(encoding));
		const isCounted = this.#counted?.sequence === sequence && this.#counted.encoding === encoding;
		const text = isCounted ? this.#counted!.text : countText(event.bytes, reading);
		this.#counted = {sequence, encoding, text};
		const far = 'far' in event && event.far ? this.#options.scenes.paneOf(event.far.pane)?.pane : undefined;
		const roundTrip = far && projectRoundTrip(log, event, this.#allRows(far));
		return {
			type: 'payload',
			sequence,
			...(roundTrip && {roundTrip}),
			pane: event.pane,
			row: {...event, bytes: noBytes, time: log.wallTime(event.time)},
			part: projectPayload(event, query, text, reading),
		};
	}

	/** The encoding of the pane whose event this is; undefined where it is no longer known. */
	#encodingOf(sequence: number): Encoding | undefined {
		const {log, scenes} = this.#options;
		const event = eventAt(log, sequence, 0);
		return event && scenes.paneOf(event.pane)?.pane.encoding;
	}

	/** Continue the open searches slice by slice, between the work for the sockets. */
	#searchOn(): void {
		const {log} = this.#options;
		const wanted = this.#open.flatMap(query =>
			query.type === 'rows' && query.filter ? (this.#filtered.get(query.pane) ?? []) : []);
		if (this.#searching || wanted.every(({isComplete}) => isComplete)) {
			return;
		}

		this.#searching = setTimeout(() => {
			this.#searching = undefined;
			try {
				for (const found of wanted) {
					found.search();
				}

				this.#searchOn();
			} catch {
				// The next answer continues the search, and tells its failure.
				this.#options.onChange();
			}
		}, log.next - this.#searchedUntil > busy ? busySearchRest : searchRest);
		this.#searchedUntil = log.next;
		this.#searching.unref();
	}

	/** Read the kernel's tables for as long as sockets are looked at, and for the ports that they have now. */
	#watchKernel(): void {
		const panes = this.#open.flatMap(query =>
			query.type === 'sockets' ? (this.#options.scenes.paneOf(query.pane) ?? []) : []);
		this.#kernel.watch(KernelTables.isAvailable ? panes.map(({pane}) => watchedSockets(pane)) : []);
	}

	get #isHolding(): boolean {
		const {scenes} = this.#options;
		return this.#open.some(query =>
			query.type === 'held' && (scenes.get(query.scene)?.relay?.relay.held.count ?? 0) > 0);
	}

	/** A second's numbers change when it has passed: say so once a second, until nothing has happened for a while. */
	#tick(now: number): void {
		if (this.#options.scenes.isQuiet(now) && !this.#isHolding) {
			clearInterval(this.#ticker);
			this.#ticker = undefined;
		} else if (!this.#ticker) {
			this.#ticker = setInterval(() => {
				const {log, onChange} = this.#options;
				onChange();
				try {
					this.#tick(log.now());
				} catch (error) {
					report(error, log.onFault);
				}
			}, second);
			this.#ticker.unref();
		}
	}
}

export function placeOf(query: Query): ViewPlace {
	return 'pane' in query ? query.pane : (query.type === 'scene' ? query.scene : query.type);
}
