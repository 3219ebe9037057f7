/** One row of the table. */
export type Result = {
	readonly name: string;
	readonly ours: string;
	readonly bare: string;
	readonly ratio: number;
	readonly target: {readonly least: number} | {readonly most: number};
};

/** One subject of the bench, which gives one or more rows of the table. */
export type Subject = {
	/** What selects it on the command line. */
	readonly name: string;
	/** What is measured, and against what. */
	readonly about: string;
	readonly run: () => Promise<Result[]>;
};

export function isMet({ratio, target}: Result): boolean {
	return 'least' in target ? ratio >= target.least : ratio <= target.most;
}
