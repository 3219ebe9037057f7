import meow from 'meow';
import type {PlaygroundOptions} from '../engine/api/command.ts';
import type {Protocol} from '../log/event.ts';
import {defaultLimits} from '../sockets/limits.ts';
import type {Words} from '../screen/words/words.ts';
import {type Theme, themes} from '../screen/frame/tones.ts';
import {
	allowedFlags, checkToken, helpOf, protocols, readAddress, readChoice, readEncoding, readFraming, readHost,
	readLanguage, readLink, readMessagesFile, readNumber, readPort, readRule, readSeed, readSocketOptions, sharedFlags,
} from './flags.ts';
import {meantCommand} from './meant.ts';
import {UsageError} from './subcommand.ts';
import {type Flags, tokensOf} from './tokens.ts';

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
    -p, --protocol udp|tcp     the protocol shown first            (udp)
${helpOf.host}
${helpOf.port}
    -c, --clients N            clients opened at the start, 0 to 9 (2)
${helpOf.reply}
${helpOf.closeAfterReply}
${helpOf.framing}
${helpOf.messages}
        --connect HOST:PORT    open no server; the clients talk to that address
        --source HOST:PORT     the clients bind this address first; also HOST or :PORT alone
${helpOf.options}
${helpOf.backlog}
        --print-address        write 'udp 127.0.0.1:41234', what the server has bound, to
                               standard error before the screen opens
${helpOf.link}
${helpOf.linkToClients}
${helpOf.seed}
${helpOf.encoding}
        --lang en|ko           language of the screen              (from the locale, else en)
        --theme dark|light     the background to choose colours for (the terminal is asked)
        --no-mouse             leave the mouse to the terminal
${helpOf.help}
        --version              the program's version

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

const flags = {
	protocol: {type: 'string', shortFlag: 'p'},
	host: sharedFlags.host,
	port: sharedFlags.port,
	clients: {type: 'string', shortFlag: 'c'},
	reply: sharedFlags.reply,
	closeAfterReply: sharedFlags.closeAfterReply,
	framing: sharedFlags.framing,
	messages: sharedFlags.messages,
	connect: {type: 'string'},
	source: sharedFlags.source,
	option: sharedFlags.option,
	backlog: sharedFlags.backlog,
	printAddress: {type: 'boolean'},
	link: sharedFlags.link,
	linkToClients: {type: 'string'},
	seed: sharedFlags.seed,
	encoding: sharedFlags.encoding,
	lang: sharedFlags.lang,
	theme: {type: 'string'},
	help: sharedFlags.help,
	version: {type: 'boolean'},
} as const;

const noMouse = '--no-mouse';

/** The flags as they are looked for among the words: `--no-mouse` is the negation of one there. */
export const knownFlags: Flags = {...flags, mouse: {type: 'boolean'}};

/** Flag names as they are typed. */
const allowed = [allowedFlags(flags), noMouse].join(', ');

/**
Read the command line.

@param before - the words between the program's name and the options
@param subcommands - the names that a word in their place may have been meant as
@throws UsageError for an unknown flag, an argument that belongs to no flag, or a value that is not allowed; it says
what was probably meant
*/
export function readOptions(
	argv: readonly string[],
	environment: NodeJS.ProcessEnv,
	importMeta: ImportMeta,
	before: readonly string[] = [],
	subcommands: readonly string[] = [],
): Options {
	const read = (words: readonly string[]): Options => readWords(words, environment, importMeta);
	try {
		return read(argv);
	} catch (error) {
		const meant = error instanceof UsageError
			&& meantCommand(argv, knownFlags, words => isUsable(words, read), before, subcommands);
		throw meant ? new UsageError(`${error.message}; perhaps: ${meant}`) : error;
	}
}

function isUsable(words: readonly string[], read: (words: readonly string[]) => Options): boolean {
	try {
		read(words);
		return true;
	} catch {
		return false;
	}
}

function readWords(argv: readonly string[], environment: NodeJS.ProcessEnv, importMeta: ImportMeta): Options {
	for (const token of tokensOf(argv, knownFlags)) {
		if (token.type === 'flag' && token.name === 'mouse' && !token.isNegated) {
			throw new UsageError(`unknown option --mouse; allowed are ${allowed}`);
		}

		checkToken(token, knownFlags, allowed);
		if (token.type === 'argument') {
			throw new UsageError(`unexpected argument '${token.text}'; options begin with --, and --help lists them`);
		}
	}

	// The parser takes `--no-…` for the negation of a flag, and there is none to negate.
	const given = parse(argv.filter(word => word !== noMouse), importMeta);
	const text = (name: keyof typeof flags): string | undefined => {
		const value = given[name] as string | boolean | undefined;
		return value === undefined ? undefined : String(value);
	};

	const [lang, theme, connect] = [text('lang'), text('theme'), text('connect')];
	const host = readHost(text('host') ?? '127.0.0.1');
	const other = connect === undefined ? undefined : readAddress('--connect', connect);
	if (given.printAddress === true && connect !== undefined) {
		throw new UsageError('--print-address tells what the server has bound, and --connect opens none: give one of them');
	}

	return {
		protocol: readChoice<Protocol>('--protocol', text('protocol') ?? 'udp', protocols),
		host,
		port: readPort(text('port')),
		clients: readNumber('--clients', text('clients') ?? '2', 0, defaultLimits.clients),
		...readRule(text('reply')),
		closeAfterReply: given.closeAfterReply === true,
		...readFraming(text('framing'), text('encoding')),
		connect: other,
		...readSocketOptions({
			all: name => name === 'option' ? given.option as string[] : [],
			text: name => name === 'backlog' || name === 'source' ? text(name) : undefined,
		}, undefined, other?.host ?? host),
		...readLink(text('link'), text('linkToClients')),
		printAddress: given.printAddress === true,
		seed: readSeed(text('seed')),
		...readEncoding(text('encoding')),
		words: readLanguage(lang, environment),
		theme: theme === undefined ? undefined : readChoice<Theme>('--theme', theme, themes),
		messagesFile: readMessagesFile(text('messages')),
		hasMouse: !argv.includes(noMouse),
	};
}

function parse(argv: readonly string[], importMeta: ImportMeta): Record<string, unknown> {
	try {
		// What prints the help and the version is bin.ts.
		return meow(help, {
			importMeta, argv, flags, autoHelp: false, autoVersion: false, allowUnknownFlags: true, inferType: false,
		}).flags;
	} catch (error) {
		// Such as a flag that is given twice.
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}
