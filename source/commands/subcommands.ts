import type {Subcommand} from './subcommand.ts';

/** Every subcommand, and first the one that runs where none is named. */
export const subcommands: readonly [Subcommand, ...Subcommand[]] = [
	{name: undefined, load: async () => import('./screen.ts')},
];
