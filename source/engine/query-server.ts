import type {View} from './api/messages.ts';
import type {Question} from './api/query.ts';
import type {Playground} from './playground.ts';

/**
Keeps the open questions, and answers them when something has changed and the screen has asked for more. However much
happens in between, nothing is computed until then.
*/
export class Viewer {
	readonly #playground: Playground;
	readonly #show: (views: ReadonlyArray<View | undefined>) => void;
	#questions: readonly Question[] = [];
	/** What was last answered to each question, to leave out what is still true. */
	#answered: readonly string[] = [];
	#isAsked = false;
	#isScheduled = false;

	constructor(playground: Playground, show: (views: ReadonlyArray<View | undefined>) => void) {
		this.#playground = playground;
		this.#show = show;
		playground.watch(() => {
			if (this.#isAsked) {
				this.#schedule();
			}
		});
	}

	/** Take the questions that are open from now on. They are answered at once where they are new, else at the next change. */
	ask(questions: readonly Question[]): void {
		this.#questions = questions;
		this.#playground.open(questions);
		this.#isAsked = true;
		if (questions.some((question, index) => this.#answered[index] !== this.#keyOf(question))) {
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
		const keys = this.#questions.map(question => this.#keyOf(question));
		const views = this.#questions.map((question, index) => keys[index] === this.#answered[index] ? undefined : this.#playground.view(question));
		this.#answered = keys;
		this.#show(views);
	}

	/** The same for as long as the answer would be. */
	#keyOf(question: Question): string {
		return `${JSON.stringify(question)} ${this.#playground.revisionOf(question)}`;
	}
}
