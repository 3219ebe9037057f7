/** What was made of the texts that it was asked for last. When there are more than it keeps, it begins anew. */
export class TextCache<Made> {
	readonly #most: number;
	readonly #made = new Map<string, Made>();

	constructor(most: number) {
		this.#most = most;
	}

	/** What was made of a text, or is made of it now. */
	get(text: string, make: (text: string) => Made): Made {
		const known = this.#made.get(text);
		if (known !== undefined) {
			return known;
		}

		if (this.#made.size >= this.#most) {
			this.#made.clear();
		}

		const made = make(text);
		this.#made.set(text, made);
		return made;
	}
}
