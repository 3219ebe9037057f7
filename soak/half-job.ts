/** What a half is told. */
export type HalfJob = {
	readonly seconds: number;
	readonly seed: number;
	/** A temporary folder of its own: its working directory, where files are saved. */
	readonly folder: string;
};

/** One line of the table at the end. */
export type Figure = readonly [name: string, value: string | number];

/** What a half tells while it runs. */
export type FromHalf
	/** What it does now: where it hangs, if it does. */
	= | {readonly type: 'doing'; readonly what: string}
	/** Something that must never be was; `at` is in seconds since the half began. */
		| {readonly type: 'violation'; readonly at: number; readonly text: string}
		| {readonly type: 'figures'; readonly title: string; readonly figures: readonly Figure[]};
