import type {Subcommand} from './subcommand.ts';

/** Every subcommand, the default one first. */
export const subcommands: readonly [Subcommand, ...Subcommand[]] = [
	{name: undefined, load: async () => import('./screen.ts')},
	{name: 'check', load: async () => import('./check.ts')},
];
