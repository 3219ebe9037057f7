import type {LinkFate, LinkPassage} from './link-fate.ts';

/** What the log keeps of the simulated link, by sequence numbers, where that does anything: what it makes of what was sent, and how copies came over it. */
export class LinkNotes {
	readonly #fates = new Map<number, LinkFate>();
	readonly #passages = new Map<number, LinkPassage>();

	noteFate(sequence: number, fate: LinkFate): void {
		this.#fates.set(sequence, fate);
	}

	notePassage(sequence: number, passage: LinkPassage): void {
		this.#passages.set(sequence, passage);
	}

	/** What was sent has been read once more: it was the second copy. */
	noteReadAgain(sequence: number, read: number): void {
		const fate = this.#fates.get(sequence);
		if (fate?.type === 'passed') {
			fate.readAgain = read;
		}
	}

	fateOf(sequence: number): LinkFate | undefined {
		return this.#fates.get(sequence);
	}

	passageOf(sequence: number): LinkPassage | undefined {
		return this.#passages.get(sequence);
	}

	/** The log does not hold this event any more. */
	forget(sequence: number): void {
		if (this.#fates.size > 0 || this.#passages.size > 0) {
			this.#fates.delete(sequence);
			this.#passages.delete(sequence);
		}
	}
}
