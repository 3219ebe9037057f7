import type {Views} from '../engine/door.ts';
import type {Question} from '../engine/door/question.ts';

/** The two ends that the pace keeps in step: the engine, which is asked, and the terminal, which is drawn on. */
export type ViewPaceOptions = {
	/** Put the open questions to the engine, and ask for the next views. */
	readonly ask: (questions: readonly Question[]) => void;
	/** What is to be seen now. */
	readonly questions: () => readonly Question[];
	/** Draw new views; returns when the frame has been handed to the terminal. */
	readonly draw: (views: Views) => void;
	/** Whether a terminal that is slow to read still has a frame to take. */
	readonly isBehind: () => boolean;
};

/** At most about 30 frames a second, in milliseconds. */
const shortestInterval = 33;

/** After a frame that took one millisecond, the screen rests for so many: drawing takes a small part of one processor. */
const restFactor = 8;

/** The same while more rows arrive than a pane can show: nobody reads them, and each frame takes a processor from the engine. */
const floodInterval = 250;

/** More messages than this are more than a screen has rows. */
const mostRead = 100;

/** Never longer than this, so that the screen lives even where frames are very dear, in milliseconds. */
const longestRest = 400;

/**
Asks the engine for views as fast as the screen can take them: the next are asked for when the last have been drawn
and the screen has rested in proportion to what that cost. What is asked for anew is asked for at once.
*/
export class ViewPace {
	readonly #options: ViewPaceOptions;
	#asked = '';
	#isResting = false;
	#timer: NodeJS.Timeout | undefined;
	/** How many rows each pane had when it was last drawn. */
	readonly #totals = new Map<number, number>();
	/** How many messages each scene had received and sent when it was last drawn. */
	readonly #messages = new Map<string, number>();
	#drawing: NodeJS.Immediate | undefined;

	constructor(options: ViewPaceOptions) {
		this.#options = options;
	}

	/** Take views from the engine, draw them, and ask for the next after a rest. */
	take(views: Views): void {
		const start = performance.now();
		const isFlood = this.#countsFlood(views);
		this.#isResting = true;
		clearTimeout(this.#timer);
		clearImmediate(this.#drawing);
		this.#options.draw(views);
		// React draws after this: what the frame has cost is known when the loop is free again.
		this.#drawing = setImmediate(() => {
			const cost = performance.now() - start;
			const shortest = isFlood ? floodInterval : shortestInterval;
			this.#timer = setTimeout(() => {
				this.#rested();
			}, Math.min(longestRest, Math.max(shortest - cost, cost * restFactor)));
		});
	}

	/** The open questions may be others now, or an answer is waited for: if so, ask without resting. */
	refresh(isUrgent: boolean): void {
		const questions = this.#options.questions();
		const key = JSON.stringify(questions);
		if (key !== this.#asked || (isUrgent && this.#isResting)) {
			this.#ask(questions, key);
		}
	}

	/** Whether more rows have come since the last views than a pane shows, or more messages than any: nobody has read them. */
	#countsFlood({views}: Views): boolean {
		let isFlood = false;
		for (const view of views) {
			if (view?.type === 'rows') {
				isFlood ||= view.total - (this.#totals.get(view.pane) ?? view.total) > view.rows.length;
				this.#totals.set(view.pane, view.total);
			} else if (view?.type === 'scene') {
				// What is drawn over the panes, and a pane without rows, are answered for each message, too.
				const messages = view.traffic.received.count + view.traffic.sent.count;
				isFlood ||= messages - (this.#messages.get(view.name) ?? messages) > mostRead;
				this.#messages.set(view.name, messages);
			}
		}

		return isFlood;
	}

	stop(): void {
		clearImmediate(this.#drawing);
		clearTimeout(this.#timer);
	}

	#rested(): void {
		if (this.#options.isBehind()) {
			// A stream says 'drain' only where it was full: what is merely on its way has to be looked after.
			this.#timer = setTimeout(() => {
				this.#rested();
			}, shortestInterval);
			return;
		}

		const questions = this.#options.questions();
		this.#ask(questions, JSON.stringify(questions));
	}

	#ask(questions: readonly Question[], key: string): void {
		clearImmediate(this.#drawing);
		clearTimeout(this.#timer);
		this.#isResting = false;
		this.#asked = key;
		this.#options.ask(questions);
	}
}
