/** A subcommand of the program. Its module is loaded only when it is asked for. */
export type Subcommand = {
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

/** A command line that cannot be used. The message names the flag, and what is allowed. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
