import type {Question, Views} from '../engine/door.ts';

export type ViewPaceOptions = {
	/** Put the open questions to the engine, and ask for the next views. */
	readonly ask: (questions: readonly Question[]) => void;
	/** What is to be seen now. */
	readonly questions: () => readonly Question[];
	/** Draw new views; returns when the frame has been handed to the terminal. */
	readonly draw: (views: Views) => void;
	/** Whether a terminal that is slow to read still has a frame to take; `whenDrained` calls back once it has not. */
	readonly isBehind: () => boolean;
	readonly whenDrained: (callback: () => void) => void;
};

/** At most about 30 frames a second, in milliseconds. */
const shortestInterval = 33;

/** After a frame that took one millisecond, the screen rests for so many: drawing takes a small part of one processor. */
const restFactor = 8;

/** Never longer than this, so that the screen lives even where frames are very dear, in milliseconds. */
const longestRest = 250;

/**
Asks the engine for views as fast as the screen can take them: the next are asked for when the last have been drawn
and the screen has rested in proportion to what that cost. What is asked for anew is asked for at once.
*/
export class ViewPace {
	readonly #options: ViewPaceOptions;
	#asked = '';
	#isResting = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: ViewPaceOptions) {
		this.#options = options;
	}

	/** Take views from the engine, draw them, and ask for the next after a rest. */
	take(views: Views): void {
		const start = performance.now();
		this.#isResting = true;
		this.#options.draw(views);
		const cost = performance.now() - start;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#rested();
		}, Math.min(longestRest, Math.max(shortestInterval - cost, cost * restFactor)));
	}

	/** The open questions may be others now, or an answer is waited for: if so, ask without resting. */
	refresh(isUrgent: boolean): void {
		const questions = this.#options.questions();
		const key = JSON.stringify(questions);
		if (key !== this.#asked || (isUrgent && this.#isResting)) {
			this.#ask(questions, key);
		}
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#rested(): void {
		if (this.#options.isBehind()) {
			this.#options.whenDrained(() => {
				this.#rested();
			});
			return;
		}

		const questions = this.#options.questions();
		this.#ask(questions, JSON.stringify(questions));
	}

	#ask(questions: readonly Question[], key: string): void {
		clearTimeout(this.#timer);
		this.#isResting = false;
		this.#asked = key;
		this.#options.ask(questions);
	}
}
