/** A subcommand of the program. Its module is loaded only when it is asked for. */
type Subcommand = {
	/** The word typed after `socket-playground`; the subcommand without a name is the default. */
	readonly name: string | undefined;
	readonly load: () => Promise<{
		readonly run: RunSubcommand;
		/** What its `--help` prints; the default one's is in options.ts. */
		readonly help?: string;
		/** Of one that opens the screen: the flags with which it writes lines instead. */
		readonly lineFlags?: readonly string[];
	}>;
};

/**
Runs a subcommand with the arguments that follow its name. Settles with the exit code.

@param names - those of all subcommands: a wrong word may have been meant as one
@throws UsageError for a command line, or a terminal, that cannot be used
*/
type RunSubcommand = (argv: readonly string[], names: readonly string[]) => Promise<number>;

/** Every subcommand, the default one first. */
export const subcommands: readonly [Subcommand, ...Subcommand[]] = [
	{name: undefined, load: async () => import('./screen.ts')},
	{name: 'learn', load: async () => import('./learn/learn.ts')},
	{name: 'check', load: async () => import('./check.ts')},
	{name: 'serve', load: async () => import('./serve.ts')},
	{name: 'send', load: async () => import('./send.ts')},
	{name: 'relay', load: async () => import('./relay.ts')},
];
