import {Fifo} from '../../../link/fifo.ts';

/** How many acts are done before timers, signals and sockets have their turn. */
const mostInTurn = 1000;

/** How many bytes may be queued: those that acts are said to need, and what each takes beside them. */
export const mostQueued = 64 * 1024 * 1024;
const costOfEach = 128;

type Act = {readonly run: () => void; readonly cost: number};

/** Does acts in their order, a limited number in each turn of the event loop, so that many of them hold up nothing. */
export class TurnQueue {
	readonly #acts = new Fifo<Act>();
	#queued = 0;
	/** How many may still be done in this turn. */
	#left = mostInTurn;

	get isEmpty(): boolean {
		return this.#acts.first === undefined;
	}

	/** Do it in its turn, which may be now. `bytes`: what it needs until then; false where there is no room. */
	add(run: () => void, bytes: number): boolean {
		const hasRoom = this.isEmpty || this.#queued + bytes + costOfEach <= mostQueued;
		if (hasRoom) {
			this.addLast(run, bytes);
		}

		return hasRoom;
	}

	/** The same, also where the queue has no room. */
	addLast(run: () => void, bytes = 0): void {
		if (this.isEmpty && this.#left > 0) {
			this.#done(run);
		} else {
			const cost = bytes + costOfEach;
			this.#acts.add({run, cost});
			this.#queued += cost;
		}
	}

	clear(): void {
		this.#acts.clear();
		this.#queued = 0;
	}

	#done(run: () => void): void {
		if (this.#left === mostInTurn) {
			setImmediate(() => {
				this.#goOn();
			});
		}

		this.#left--;
		run();
	}

	#goOn(): void {
		this.#left = mostInTurn;
		for (let act = this.#acts.take(); act; act = this.#left > 0 ? this.#acts.take() : undefined) {
			this.#queued -= act.cost;
			this.#done(act.run);
		}
	}
}
