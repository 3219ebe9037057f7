import meow from 'meow';
import type {PlaygroundOptions} from '../engine/api/command.ts';
import type {Protocol} from '../log/event.ts';
import {defaultRule, type ReplyRule, replyRules} from '../replies/reply-rule.ts';
import {parseAddress, parseHost} from '../text/address.ts';
import {perfect} from '../link/conditions.ts';
import {describeConditionsProblem} from '../link/conditions-problem.ts';
import {parseConditions} from '../link/parse-conditions.ts';
import {presetNames} from '../link/presets.ts';
import {largestSeed, newSeed} from '../link/random.ts';
import {defaultLimits} from '../sockets/limits.ts';
import {
	type Language, languageOfLocale, languages, type Words, wordsOf,
} from '../screen/words/words.ts';
import {type Theme, themes} from '../screen/frame/tones.ts';
import {meantCommand} from './meant.ts';
import {UsageError} from './subcommand.ts';
import {dashed, type Flags, tokensOf} from './tokens.ts';

/** The options of the command line: those of the playground, the protocol shown first, and the screen's language. */
export type Options = PlaygroundOptions & {
	/** The protocol shown first. */
	readonly protocol: Protocol;
	readonly words: Words;
	/** Undefined where the terminal is asked. */
	readonly theme: Theme | undefined;
	readonly hasMouse: boolean;
	/** Whether the address that the server has bound is written to standard error. */
	readonly printAddress: boolean;
};

const protocols = ['udp', 'tcp'] as const;

/** What `--help` prints, as bin.ts does on any version of Node. The readme has it from here, too. */
export const help = `
  UDP and TCP sockets to see, in panes

  Usage
    $ socket-playground [options]
    $ socket-playground check [EXERCISE …]    check a program of your own

  Options
    -p, --protocol udp|tcp     the protocol shown first            (udp)
        --host ADDRESS         address the server binds            (127.0.0.1)
        --port N               the server's port, 0: the OS picks  (12000)
    -c, --clients N            clients opened at the start, 0 to 9 (2)
    -r, --reply RULE           ${replyRules.join(', ')}  (${defaultRule})
        --close-after-reply    TCP: close the connection socket after its reply
        --connect HOST:PORT    open no server; the clients talk to that address
        --print-address        write 'udp 127.0.0.1:41234', what the server has bound, to
                               standard error before the screen opens
        --link CONDITIONS      what the simulated link does                (perfect)
                               ${presetNames.join(', ')}
                               or name=value,…  such as  loss=30%,delay=100ms
        --seed N               seed of the link's random choices      (a random one)
        --lang en|ko           language of the screen              (from the locale, else en)
        --theme dark|light     the ground that the colours are for (the terminal is asked)
        --no-mouse             leave the mouse to the terminal
    -h, --help                 this text
        --version              the program's version

  Examples
    $ socket-playground
    $ socket-playground -p tcp --reply echo --port 0 --print-address
    $ socket-playground --connect 127.0.0.1:9000 --clients 3
`;

const flags = {
	protocol: {type: 'string', shortFlag: 'p'},
	host: {type: 'string'},
	port: {type: 'string'},
	clients: {type: 'string', shortFlag: 'c'},
	reply: {type: 'string', shortFlag: 'r'},
	closeAfterReply: {type: 'boolean'},
	connect: {type: 'string'},
	printAddress: {type: 'boolean'},
	link: {type: 'string'},
	seed: {type: 'string'},
	lang: {type: 'string'},
	theme: {type: 'string'},
	help: {type: 'boolean', shortFlag: 'h'},
	version: {type: 'boolean'},
} as const;

const noMouse = '--no-mouse';

/** The flags as they are looked for among the words: `--no-mouse` is the negation of one there. */
const knownFlags: Flags = {...flags, mouse: {type: 'boolean'}};

type FlagName = keyof typeof flags;

/** What a flag stands at where it is not given. One that is given without a value has none. */
const defaults = {
	protocol: 'udp', host: '127.0.0.1', port: '12000', clients: '2', reply: defaultRule, link: 'perfect',
} as const;

/** Flag names as they are typed. */
const allowedFlags = [
	...Object.entries(flags).map(([name, flag]) =>
		'shortFlag' in flag ? `--${dashed(name)} (-${flag.shortFlag})` : `--${dashed(name)}`),
	noMouse,
].join(', ');

/**
Read the command line.

@throws UsageError for an unknown flag, an argument that belongs to no flag, or a value that is not allowed; it says
what was probably meant
*/
export function readOptions(argv: readonly string[], environment: NodeJS.ProcessEnv, importMeta: ImportMeta): Options {
	const read = (words: readonly string[]): Options => readWords(words, environment, importMeta);
	try {
		return read(argv);
	} catch (error) {
		const meant = error instanceof UsageError && meantCommand(argv, knownFlags, words => isUsable(words, read));
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

/** Whether a flag as it is typed is one without a value. */
function isSwitch(typed: string): boolean {
	const name = typed.replace(/^--(?:no-)?/, '');
	return Object.entries(knownFlags).some(([flag, {type}]) => type === 'boolean' && dashed(flag) === name);
}

function readWords(argv: readonly string[], environment: NodeJS.ProcessEnv, importMeta: ImportMeta): Options {
	for (const token of tokensOf(argv, knownFlags)) {
		if (token.type === 'flag' && token.name === 'mouse' && !token.isNegated) {
			throw new UsageError(`unknown option --mouse; allowed are ${allowedFlags}`);
		}

		if (token.type === 'unknown' && token.value !== undefined && isSwitch(token.typed)) {
			throw new UsageError(`${token.typed} takes no value, but has '${token.value}'`);
		}

		if (token.type === 'unknown') {
			throw new UsageError(`unknown option ${token.typed}; allowed are ${allowedFlags}`);
		}

		if (token.type === 'argument') {
			throw new UsageError(`unexpected argument '${token.text}'; options begin with --, and --help lists them`);
		}
	}

	// The parser takes `--no-…` for the negation of a flag, and there is none to negate.
	const given = parse(argv.filter(word => word !== noMouse), importMeta);
	const values = {
		...defaults, connect: '', seed: '', lang: '', theme: '', ...given,
	};
	const text = (name: Exclude<FlagName, 'closeAfterReply' | 'printAddress' | 'help' | 'version'>): string => String(values[name]);
	const host = parseHost(text('host').replace(/^\[(.*)]$/, '$1'));
	if (host === undefined) {
		throw new UsageError('--host takes an IP address or a host name, such as 127.0.0.1, ::1 or 0.0.0.0');
	}

	if (given.printAddress === true && given.connect !== undefined) {
		throw new UsageError('--print-address tells what the server has bound, and --connect opens none: give one of them');
	}

	return {
		protocol: readChoice<Protocol>('--protocol', text('protocol'), protocols),
		host,
		port: readNumber('--port', text('port'), 0, 65_535),
		clients: readNumber('--clients', text('clients'), 0, defaultLimits.clients),
		reply: readChoice<ReplyRule>('--reply', text('reply'), replyRules),
		closeAfterReply: given.closeAfterReply === true,
		connect: given.connect === undefined ? undefined : readAddress('--connect', text('connect')),
		...readLink(text('link')),
		printAddress: given.printAddress === true,
		seed: given.seed === undefined ? newSeed() : readNumber('--seed', text('seed'), 0, largestSeed),
		words: wordsOf(given.lang === undefined
			? languageOfLocale(environment)
			: readChoice<Language>('--lang', text('lang'), languages)),
		theme: given.theme === undefined ? undefined : readChoice<Theme>('--theme', text('theme'), themes),
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

function readChoice<Choice extends string>(flag: string, value: string, choices: readonly Choice[]): Choice {
	const found = choices.find(choice => choice === value);
	if (found === undefined) {
		throw wrongValue(flag, `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)!}`, value);
	}

	return found;
}

function readNumber(flag: string, value: string, least: number, most: number): number {
	const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
	if (!(number >= least && number <= most)) {
		throw wrongValue(flag, `a whole number from ${least} to ${most}`, value);
	}

	return number;
}

function readAddress(flag: string, value: string): NonNullable<Options['connect']> {
	const address = parseAddress(value);
	if (!address || address.port === 0) {
		throw wrongValue(flag, 'host:port or [v6]:port with a port from 1 to 65535', value);
	}

	return address;
}

function readLink(value: string): Pick<PlaygroundOptions, 'link' | 'linkToClients'> {
	if (value === '') {
		throw wrongValue('--link', `${presetNames.join(', ')}, or name=value ... such as loss=30%,delay=100ms`, value);
	}

	const read = parseConditions(value);
	if ('problem' in read) {
		throw new UsageError(`--link: ${describeConditionsProblem(read.problem)}`);
	}

	return {link: read.conditions, ...(read.isOneWay && {linkToClients: perfect})};
}

function wrongValue(flag: string, allowed: string, value: string): UsageError {
	return new UsageError(value === '' ? `${flag} needs a value: ${allowed}` : `${flag} takes ${allowed}, not '${value}'`);
}
