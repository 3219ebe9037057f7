const {Segmenter} = globalThis.Intl;

/** Intl.Segmenter, made when it is first used: its tables take some 15 ms to load, which no first screen needs. */
export class LazySegmenter {
	readonly #options: ConstructorParameters<typeof Segmenter>;
	#segmenter: InstanceType<typeof Segmenter> | undefined;

	constructor(...options: ConstructorParameters<typeof Segmenter>) {
		this.#options = options;
	}

	segment(text: string): Intl.Segments {
		this.#segmenter ??= new Segmenter(...this.#options);
		return this.#segmenter.segment(text);
	}
}
