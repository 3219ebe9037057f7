import type {View} from './api/view.ts';
import type {Query} from './api/query.ts';
import type {Playground} from './playground.ts';

/** Gets an answer for each query, in their order; undefined where it has not changed since the last. */
type Show = (views: ReadonlyArray<View | undefined>, queries: readonly Query[]) => void;

/** Answers the open queries when something has changed and the screen has asked: nothing is computed before. */
export class QueryServer {
	readonly #playground: Playground;
	readonly #show: Show;
	#queries: readonly Query[] = [];
	#answered: readonly string[] = [];
	#isAsked = false;
	#isScheduled = false;

	constructor(playground: Playground, show: Show) {
		this.#playground = playground;
		this.#show = show;
		playground.watch(() => {
			if (this.#isAsked) {
				this.#schedule();
			}
		});
	}

	/** These queries are open from now on. New ones are answered at once, others at the next change. */
	ask(queries: readonly Query[]): void {
		this.#queries = queries;
		this.#playground.open(queries);
		this.#isAsked = true;
		if (queries.some((query, index) => this.#answered[index] !== this.#keyOf(query))) {
			this.#schedule();
		}
	}

	/** Answer after the events of this turn of the event loop, so that a burst is one answer. */
	#schedule(): void {
		if (!this.#isScheduled) {
			this.#isScheduled = true;
			setImmediate(() => {
				this.#isScheduled = false;
				this.#answer();
			});
		}
	}

	#answer(): void {
		this.#isAsked = false;
		const queries = this.#queries;
		const keys = queries.map(query => this.#keyOf(query));
		const views = queries.map((query, index) =>
			keys[index] === this.#answered[index] ? undefined : this.#playground.view(query));
		this.#answered = keys;
		this.#show(views, queries);
	}

	/** The same for as long as the answer would be. */
	#keyOf(query: Query): string {
		return `${JSON.stringify(query)} ${this.#playground.revisionOf(query)}`;
	}
}
