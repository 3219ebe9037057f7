/** A subcommand of the program. Its module is loaded only when it is asked for. */
export type Subcommand = {
	/** The word typed after `socket-playground`; the subcommand without a name is the default. */
	readonly name: string | undefined;
	readonly load: () => Promise<{
		readonly run: RunSubcommand;
		/** What its `--help` prints; the default one's is in options.ts. */
		readonly help?: string;
	}>;
};

/** The names of the subcommands, to tell what a word was meant as. */
export const subcommandNames: readonly string[] = ['learn', 'check', 'serve', 'send', 'relay'];

/**
Runs a subcommand with the arguments that follow its name. Settles with the exit code.

@throws UsageError for a command line, or a terminal, that cannot be used
*/
export type RunSubcommand = (argv: readonly string[]) => Promise<number>;

/** A command line that cannot be used. The message names the flag, and what is allowed. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
