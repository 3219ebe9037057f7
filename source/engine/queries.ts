import {type CharacterCount, countCharacters} from '../text/utf8.ts';
import {FilteredRows} from '../views/filtered-rows.ts';
import {type PayloadQuestion, type PayloadView, projectPayload} from '../views/payload.ts';
import {projectRows, type RowsQuestion, type RowsView} from '../views/rows.ts';
import type {View} from './api/messages.ts';
import type {ViewPlace} from './api/failed-view.ts';
import type {FlowQuestion, Question} from './api/query.ts';
import type {EventLog} from '../log/event-log.ts';
import {answerFlow} from './scene/flow-view.ts';
import {projectScene} from './scene/scene-view.ts';
import type {Scenes} from './scene/scenes.ts';
import type {ServerPane} from './scene/server-pane.ts';
import type {ClientPane} from './scene/client-pane.ts';
import {projectSockets, watchedSockets} from './scene/sockets-view.ts';
import {KernelTables} from '../sockets/kernel/kernel-tables.ts';
import {projectSource} from './scene/source-view.ts';

/** What questions are answered from. */
export type AnswersOptions = {
	readonly log: EventLog;
	readonly scenes: Scenes;
	readonly clientLimit: number;
	/** An answer may be another now, though nothing has happened. */
	readonly onChange: () => void;
};

/** How often the numbers of a second are another second's, in milliseconds. */
const second = 1000;

/** A search rests for so many milliseconds after each slice; for so many where more than this many events have come meanwhile. */
const searchRest = 4;
const busySearchRest = 60;
const busy = 100;

const noBytes = new Uint8Array(0);
/** While more than `busy` events come between two answers, a flow diagram is answered after this many milliseconds: each is another one then. */
const busyFlowRest = 100;

/** Answers questions as things stand. What costs something only while somebody looks at it is done while the question is open. */
export class Answers {
	readonly #options: AnswersOptions;
	/** The searches that are under way, or done, by their panes. */
	readonly #filtered = new Map<number, FilteredRows>();
	readonly #kernel: KernelTables;
	#open: readonly Question[] = [];
	#ticker: NodeJS.Timeout | undefined;
	#searching: NodeJS.Timeout | undefined;
	/** What a flow diagram was answered for last, and the timer of an answer that is held back. */
	#flow = {revision: -1, next: 0, at: Number.NEGATIVE_INFINITY};
	#flowTimer: NodeJS.Timeout | undefined;
	/** How many events there had been when the search went on last. */
	#searchedUntil = 0;
	/** Why the work for the open questions could not be begun. */
	#openFailure: string | undefined;
	/** How many revisions could not be told. */
	#unknownRevisions = 0;
	#counted: {readonly sequence: number; readonly utf8: CharacterCount} | undefined;

	constructor(options: AnswersOptions) {
		this.#options = options;
		this.#kernel = new KernelTables({onChange: options.onChange});
	}

	/** These questions are open from now on. Where that fails, those that need work to be answered say so. */
	open(questions: readonly Question[]): void {
		try {
			this.#begin(questions);
			this.#openFailure = undefined;
		} catch (error) {
			this.#openFailure = String(error);
		}
	}

	/** Something that is the same for as long as a question would be answered the same. */
	revisionOf(question: Question): string {
		try {
			return `${this.#revision(question)} ${this.#openFailure ?? ''}`;
		} catch {
			// Answering it says what is wrong, or that nothing is any more.
			return `unknown ${++this.#unknownRevisions}`;
		}
	}

	/** Answer a question; undefined for a pane that is no more. An error is an answer, too. */
	view(question: Question): View | undefined {
		const needsWork = question.type === 'rows' || question.type === 'sockets';
		if (needsWork && this.#openFailure !== undefined) {
			return {type: 'failed', place: placeOf(question), message: this.#openFailure};
		}

		try {
			return this.#view(question);
		} catch (error) {
			return {type: 'failed', place: placeOf(question), message: String(error)};
		}
	}

	/** Stop whatever goes on for open questions. */
	close(): void {
		clearInterval(this.#ticker);
		clearTimeout(this.#flowTimer);
		clearTimeout(this.#searching);
		this.#searching = undefined;
		this.#kernel.close();
	}

	#begin(questions: readonly Question[]): void {
		this.#open = questions;
		for (const pane of this.#filtered.keys()) {
			// A pane that is covered, or shows another view, may come back with the same filter: its rows keep their ordinals.
			if (!this.#options.scenes.paneOf(pane) || questions.some(question => question.type === 'rows' && question.pane === pane && !question.filter)) {
				this.#filtered.delete(pane);
			}
		}

		this.#watchKernel();
	}

	#revision(question: Question): string {
		const {log, scenes} = this.#options;
		switch (question.type) {
			case 'rows': {
				const found = this.#foundFor(question);
				const index = scenes.paneOf(question.pane)?.pane.index;
				const far = question.kind === 'bytes' ? log.revision : log.sockets.closings;
				const searched = question.filter && found?.isComplete !== true ? performance.now() : '';
				return index ? `${index.total} ${index.firstSince(log.first)} ${index.changes} ${far} ${searched}` : '';
			}

			case 'scene': {
				const now = log.now();
				this.#tick(now);
				return `${log.revision} ${scenes.isQuiet(now) ? '' : Math.floor(now / second)}`;
			}

			case 'sockets': {
				return `${log.revision} ${this.#kernel.revision}`;
			}

			case 'source': {
				return `${scenes.paneOf(question.pane)?.pane.index.total}`;
			}

			case 'flow': {
				return `${this.#flowRevision()}`;
			}

			case 'payload': {
				return question.sequence < log.first ? 'gone' : 'held';
			}

			default: {
				return question satisfies never;
			}
		}
	}

	#view(question: Question): View | undefined {
		const {log, scenes, clientLimit} = this.#options;
		switch (question.type) {
			case 'scene': {
				const scene = scenes.get(question.scene);
				return scene && projectScene(scene, question.peers, clientLimit, log.now());
			}

			case 'flow': {
				const scene = scenes.get(question.scene);
				return scene && answerFlow(log, scene, question);
			}

			case 'payload': {
				return this.#payload(question);
			}

			case 'rows':
			case 'sockets':
			case 'source': {
				const pane = scenes.paneOf(question.pane)?.pane;
				return pane && this.#paneView(pane, question);
			}

			default: {
				return question satisfies never;
			}
		}
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

	#paneView(pane: ServerPane | ClientPane, question: Exclude<Question, FlowQuestion | PayloadQuestion | {type: 'scene'}>): View {
		switch (question.type) {
			case 'rows': {
				return this.#rows(pane, question);
			}

			case 'sockets': {
				this.#watchKernel();
				return projectSockets(pane, question, this.#kernel.snapshot, this.#kernel.readAt);
			}

			case 'source': {
				return projectSource(this.#options.log, pane, question);
			}

			default: {
				return question satisfies never;
			}
		}
	}

	#rows(pane: ServerPane | ClientPane, question: RowsQuestion): RowsView {
		const {log} = this.#options;
		const {index} = pane;
		const isServer = 'server' in pane;
		if (!question.filter) {
			return projectRows(log, {first: index.firstSince(log.first), total: index.total, at: ordinal => index.at(ordinal)}, question, isServer);
		}

		const found = this.#foundFor(question) ?? new FilteredRows(log, index, question.filter, question.kind, isServer);
		this.#filtered.set(question.pane, found);
		found.search();
		this.#searchOn();
		const {isComplete, first, total} = found;
		return {
			...projectRows(log, {first, total, at: ordinal => found.at(ordinal)}, question, isServer),
			filtered: {isComplete, of: index.total - index.firstSince(log.first)},
		};
	}

	/** What has been found for this very question so far; what was found for another filter of the pane says nothing about this one. */
	#foundFor({pane, kind, filter}: RowsQuestion): FilteredRows | undefined {
		const known = this.#filtered.get(pane);
		return known?.kind === kind && JSON.stringify(known.filter) === JSON.stringify(filter) ? known : undefined;
	}

	#payload(question: PayloadQuestion): PayloadView {
		const {log} = this.#options;
		const {sequence} = question;
		const event = sequence >= log.first && sequence < log.next ? log.read(sequence) : undefined;
		if (!event || !('bytes' in event)) {
			return {type: 'payload', sequence};
		}

		const utf8 = this.#counted?.sequence === sequence ? this.#counted.utf8 : countCharacters(event.bytes);
		this.#counted = {sequence, utf8};
		return {
			type: 'payload',
			sequence,
			pane: event.pane,
			row: {...event, bytes: noBytes, time: log.wallTime(event.time)},
			part: projectPayload(event, question, utf8),
		};
	}

	/** Go on with the searches that are open, slice by slice, between what the sockets have to do. */
	#searchOn(): void {
		const {log} = this.#options;
		const wanted = this.#open.flatMap(question => question.type === 'rows' && question.filter ? this.#filtered.get(question.pane) ?? [] : []);
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
				// The next answer begins the search anew, and says what is wrong with it.
				this.#filtered.clear();
				this.#options.onChange();
			}
		}, log.next - this.#searchedUntil > busy ? busySearchRest : searchRest);
		this.#searchedUntil = log.next;
		this.#searching.unref();
	}

	/** Read the kernel's tables for as long as sockets are looked at, and for the ports that they have now. */
	#watchKernel(): void {
		const panes = this.#open.flatMap(question => question.type === 'sockets' ? this.#options.scenes.paneOf(question.pane) ?? [] : []);
		this.#kernel.watch(KernelTables.isAvailable ? panes.map(({pane}) => watchedSockets(pane)) : []);
	}

	/** A second's numbers change when it has passed: say so once a second, until nothing has happened for a while. */
	#tick(now: number): void {
		if (this.#options.scenes.isQuiet(now)) {
			clearInterval(this.#ticker);
			this.#ticker = undefined;
		} else if (!this.#ticker) {
			this.#ticker = setInterval(() => {
				this.#options.onChange();
				this.#tick(this.#options.log.now());
			}, second);
			this.#ticker.unref();
		}
	}
}

/** Where the answer to a question is shown. */
function placeOf(question: Question): ViewPlace {
	switch (question.type) {
		case 'scene': {
			return question.scene;
		}

		case 'flow':
		case 'payload': {
			return question.type;
		}

		case 'rows':
		case 'sockets':
		case 'source': {
			return question.pane;
		}

		default: {
			return question satisfies never;
		}
	}
}
