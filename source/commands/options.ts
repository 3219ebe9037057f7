import type {PlaygroundOptions} from '../engine/api/command.ts';
import type {Protocol} from '../log/event.ts';
import {defaultLimits} from '../sockets/limits.ts';
import {defaultRule} from '../replies/reply-rule.ts';
import type {Words} from '../screen/words/words.ts';
import {type Theme, themes} from '../screen/frame/tones.ts';
import {
	langFlag, protocols, readLanguage, readNetwork, shared,
} from './flags.ts';
import {meantCommand} from './meant.ts';
import {
	type Flags, helpLines, readGiven, switchFlag, UsageError, valueFlag,
} from './tokens.ts';
import {choiceOf, integerIn, readAddress} from './values.ts';

/** The options of the command line: those of the playground, the protocol shown first, and the screen's language. */
export type Options = PlaygroundOptions & {
	/** The protocol shown first. */
	readonly protocol: Protocol;
	readonly words: Words;
	/** Undefined where the terminal is asked. */
	readonly theme: Theme | undefined;
	readonly hasMouse: boolean;
	/** The path of a file of saved messages, where there is one. */
	readonly messagesFile: string | undefined;
	/** Whether the address that the server has bound is written to standard error. */
	readonly printAddress: boolean;
};

/** THE flags of the screen. */
export const knownFlags = {
	protocol: valueFlag('udp|tcp', 'the protocol shown first            (udp)', {shortFlag: 'p', read: choiceOf(protocols)}),
	...shared('host', 'port'),
	clients: valueFlag('N', 'clients opened at the start, 0 to 9 (2)', {
		shortFlag: 'c', read: integerIn(0, defaultLimits.clients),
	}),
	...shared('reply', 'closeAfterReply', 'framing', 'messages'),
	connect: valueFlag('HOST:PORT', 'open no server; the clients talk to that address', {read: readAddress}),
	source: valueFlag('HOST:PORT', 'the clients bind this address first; also HOST or :PORT alone'),
	...shared('option', 'backlog'),
	printAddress: switchFlag('write \'udp 127.0.0.1:41234\', what the server has bound, to\nstandard error before the screen opens'),
	...shared('link', 'linkToClients', 'seed', 'encoding'),
	lang: langFlag('language of the screen'),
	theme: valueFlag(themes.join('|'), 'the background to choose colours for (the terminal is asked)', {
		read: choiceOf(themes),
	}),
	noMouse: {...switchFlag('leave the mouse to the terminal'), isMultiple: true},
	...shared('help'),
	version: switchFlag('the program\'s version'),
} as const satisfies Flags;

/** What `--help` prints, as bin.ts does on any version of Node. The readme has it from here, too. */
export const help = `
  A terminal app in which every pane is a real UDP or TCP socket

  Usage
    $ socket-playground [options]
    $ socket-playground learn [LESSON | FILE.yaml] [options]
    $ socket-playground check [EXERCISE …]    check a program of your own
    $ socket-playground serve|send|relay --help
                               without a screen, for scripts and pipes; relay with one, too

  Options
${helpLines(knownFlags)}

  Lessons
    learn                      the list of lessons, to choose one
    learn LESSON               one of them, from the step that you had reached
    learn --list               their names and titles, one per line
    learn FILE.yaml            a lesson of your own
    learn FILE.yaml --check    what is wrong with it, as file:line:column: message

  Examples
    $ socket-playground
    $ socket-playground -p tcp --reply echo --port 0 --print-address
    $ socket-playground --connect 127.0.0.1:9000 --clients 3
`;

/**
Read the command line.

@param own - flags that belong to `before`, and are no option of the screen
@param before - the words between the program's name and the options
@param subcommands - the names that a word in their place may have been meant as
@throws UsageError for an unknown flag, an argument that belongs to no flag, or a value that is not allowed; it says
what was probably meant
*/
export function readOptions(
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	{own = {}, before, subcommands}: {
		readonly own?: Flags; readonly before?: readonly string[]; readonly subcommands?: readonly string[];
	} = {},
): Options {
	const flags = {...knownFlags, ...own};
	const read = (words: readonly string[]): Options => readWords(words, flags, environment);
	const isUsable = (words: readonly string[]): boolean => {
		try {
			read(words);
			return true;
		} catch {
			return false;
		}
	};

	try {
		return read(argv);
	} catch (error) {
		const meant = error instanceof UsageError && meantCommand(argv, flags, isUsable, before, subcommands);
		throw meant ? error.withMeant(meant) : error;
	}
}

function readWords(argv: readonly string[], flags: typeof knownFlags, environment: NodeJS.ProcessEnv): Options {
	const {values, words: [argument]} = readGiven(argv, flags);
	const {
		protocol = 'udp', host = '127.0.0.1', port = 12_000, clients = 2, reply = {reply: defaultRule}, closeAfterReply,
		connect, printAddress, theme, messages, noMouse, lang,
	} = values;
	if (argument !== undefined) {
		throw new UsageError(['argument', argument]);
	}

	if (printAddress && connect) {
		throw new UsageError(['printsNoAddress']);
	}

	return {
		protocol,
		host,
		port,
		clients,
		...reply,
		closeAfterReply,
		connect,
		...readNetwork(values, undefined, connect?.host ?? host),
		printAddress,
		words: readLanguage(lang, environment),
		theme,
		messagesFile: messages,
		hasMouse: !noMouse,
	};
}
