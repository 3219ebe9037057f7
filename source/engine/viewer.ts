import type {Question, View} from './door.ts';
import type {Playground} from './playground.ts';

type Answered = {readonly key: string; readonly revision: number};

/**
Keeps the open questions, and answers them when something has changed and the screen has asked for more. However much
happens in between, nothing is computed until then.
*/
export class Viewer {
	readonly #playground: Playground;
	readonly #show: (views: ReadonlyArray<View | undefined>) => void;
	#questions: readonly Question[] = [];
	/** What was last answered to each question, to leave out what is still true. */
	#answered: ReadonlyArray<Answered | undefined> = [];
	#isAsked = false;
	#isScheduled = false;

	constructor(playground: Playground, show: (views: ReadonlyArray<View | undefined>) => void) {
		this.#playground = playground;
		this.#show = show;
		playground.onChange = () => {
			if (this.#isAsked) {
				this.#schedule();
			}
		};
	}

	/** Take the questions that are open from now on. They are answered at once where they are new, else at the next change. */
	ask(questions: readonly Question[]): void {
		this.#questions = questions;
		this.#isAsked = true;
		const {revision} = this.#playground;
		if (questions.some((question, index) => this.#isStale(question, this.#answered[index], revision))) {
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
		const {revision} = this.#playground;
		const views = this.#questions.map((question, index) =>
			this.#isStale(question, this.#answered[index], revision) ? this.#playground.view(question) : undefined);
		this.#answered = this.#questions.map(question => ({key: JSON.stringify(question), revision}));
		this.#show(views);
	}

	#isStale(question: Question, answered: Answered | undefined, revision: number): boolean {
		return answered?.revision !== revision || answered.key !== JSON.stringify(question);
	}
}
