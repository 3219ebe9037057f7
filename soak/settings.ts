import {parseArgs} from 'node:util';
import {largestSeed, newSeed} from '../source/link/random.ts';

/** The two halves of the soak, which run at the same time in a process each. */
const halfNames = ['engine', 'screen'] as const;

/** Which half. */
export type HalfName = typeof halfNames[number];

/** What a run of the soak is told. */
export type Settings = {
	/** How long everything comes and goes, in seconds. */
	readonly seconds: number;
	/** A whole number from 0 to 2^32 − 1, from which every random choice follows. */
	readonly seed: number;
	readonly halves: readonly HalfName[];
};

/** What a half is told. */
export type HalfJob = {
	readonly seconds: number;
	readonly seed: number;
	/** A temporary folder of its own: its working directory. What it does now is in the file `<folder>.phase`. */
	readonly folder: string;
};

/** One line of the tables at the end. */
export type Figure = readonly [name: string, value: string | number];

const usage = 'npm run soak -- [seconds] [--seed N] [--only engine|screen]';

/** Read `20 --seed 5 --only engine`. @throws an error that says what is allowed */
export function readSettings(argv: readonly string[]): Settings {
	const {positionals, values} = parseArgs({
		args: [...argv], allowPositionals: true, options: {seed: {type: 'string'}, only: {type: 'string'}},
	});
	const [text = '120', ...others] = positionals;
	const seconds = Number(text);
	const seed = values.seed === undefined ? newSeed() : Number(values.seed);
	const halves = halfNames.filter(name => values.only === undefined || values.only === name);
	const isSeed = Number.isInteger(seed) && seed >= 0 && seed <= largestSeed;
	if (!(seconds >= 1 && seconds <= 86_400) || others.length > 0 || !isSeed || halves.length === 0) {
		throw new RangeError(`${usage}: seconds from 1 to 86400, and a whole number from 0 to ${largestSeed}`);
	}

	return {seconds, seed, halves};
}
