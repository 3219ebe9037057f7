import type {Subcommand} from './subcommand.ts';

/** Every subcommand, the default one first. */
export const subcommands: readonly [Subcommand, ...Subcommand[]] = [
	{name: undefined, load: async () => import('./screen.ts')},
	{name: 'learn', load: async () => import('./learn.ts')},
	{name: 'check', load: async () => import('./check.ts')},
	{name: 'serve', load: async () => import('./serve.ts')},
	{name: 'send', load: async () => import('./send.ts')},
	{name: 'relay', load: async () => import('./relay.ts')},
];
