import {Fifo} from '../../../link/fifo.ts';

/** How many acts are done before others have their turn: timers, signals, and what the sockets bring. */
const mostInTurn = 1000;

/** What may wait: bytes, and what each act takes beside those that it is told to need. */
const mostWaiting = 64 * 1024 * 1024;
const costOfEach = 128;

type Act = {readonly run: () => void; readonly cost: number};

/** Acts in their order, of which one turn of the event loop does so many at most: who asks for more holds up nobody. */
export class TurnQueue {
	readonly #acts = new Fifo<Act>();
	#waiting = 0;
	/** How many may still be done in this turn. */
	#left = mostInTurn;

	get isEmpty(): boolean {
		return this.#acts.first === undefined;
	}

	/**
	Do it: at once where nothing waits, and not too much was done in this turn.

	@param bytes - what it needs until it is done. @returns whether there is room for that
	*/
	add(run: () => void, bytes = 0): boolean {
		if (this.isEmpty && this.#left > 0) {
			this.#done(run);
			return true;
		}

		const cost = bytes + costOfEach;
		const hasRoom = this.#waiting + cost <= mostWaiting;
		if (hasRoom) {
			this.#acts.add({run, cost});
			this.#waiting += cost;
		}

		return hasRoom;
	}

	/** Do nothing of what waits. */
	clear(): void {
		this.#acts.clear();
		this.#waiting = 0;
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
			this.#waiting -= act.cost;
			this.#done(act.run);
		}
	}
}
