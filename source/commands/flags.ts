/* The flags that commands have in common, and how they are read. */
import type {PlaygroundOptions} from '../engine/api/command.ts';
import {perfect} from '../link/conditions.ts';
import {conditionsFault} from '../link/conditions-problem.ts';
import {parseConditions, type ParsedConditions} from '../link/conditions-text.ts';
import {presetNames} from '../link/presets.ts';
import {largestSeed, newSeed} from '../link/random.ts';
import type {Protocol, SocketOption} from '../log/event.ts';
import {
	formatOption, optionKinds, parseNamedOption, parseOption,
} from '../log/calls/socket-option.ts';
import {defaultRule, namedRules} from '../replies/reply-rule.ts';
import {languageOfLocale, languages} from '../screen/words/language.ts';
import {type Words, wordsOf} from '../screen/words/words.ts';
import type {Limits} from '../sockets/limits.ts';
import {familyOf} from '../text/address.ts';
import {encodingOf, encodings, nearestEncoding} from '../text/encoding/encoding.ts';
import {canFrame, framings} from '../text/framing.ts';
import {readBytes} from '../text/quantities.ts';
import {readMessagesFile, readRule} from './named-files.ts';
import {
	type Flags, type Given, switchFlag, UsageError, valueFlag,
} from './tokens.ts';
import {
	choiceOf, integerIn, readDuration, readHost, taking, wrongValue,
} from './values.ts';

/** The protocols, as the command line names them. */
export const protocols = ['udp', 'tcp'] as const;

/** The flags that several commands have. */
export const sharedFlags = {
	host: valueFlag('ADDRESS', 'address the server binds            (127.0.0.1)', {read: readHost}),
	port: valueFlag('N', 'the server\'s port, 0: the OS picks  (12000)', {read: integerIn(0, 65_535)}),
	reply: valueFlag('RULE', `${namedRules.join(', ')}  (${defaultRule})
or a file: rules.yaml, a table; ./rule.js, a module`, {shortFlag: 'r', read: readRule}),
	closeAfterReply: switchFlag('TCP: close the connection socket after its reply'),
	framing: valueFlag('FRAMING', `TCP: what marks messages in the stream           (none)
${framings.join(', ')}`, {read: choiceOf(framings)}),
	messages: valueFlag('FILE', 'saved messages and sequences to send by name (docs/messages.md)', {read: readMessagesFile}),
	option: valueFlag('NAME[=VALUE]', `an option of the sockets; may be given several times
UDP: broadcast, join=GROUP[%INTERFACE], interface=NAME, ttl=N,
multicast-ttl=N, loopback=off, rcvbuf=BYTES, sndbuf=BYTES
TCP: nodelay=off, keepalive=60s`, {isMultiple: true}),
	backlog: valueFlag('N', 'TCP: clients that may wait for accept()     (511)', {
		read: integerIn(...optionKinds.backlog.range!),
	}),
	maxConnections: valueFlag('N', 'TCP connections at the same time            (1024)', {read: integerIn(1, 100_000)}),
	maxPeers: valueFlag('N', 'UDP peers that it remembers                 (4096)', {read: integerIn(1, 1_000_000)}),
	maxWaiting: valueFlag('BYTES', 'bytes that wait for one peer, such as 64KiB (1MiB)', {
		read: taking(['byteLimit'], readBytes),
	}),
	for: valueFlag('TIME', 'end after 500ms, 10s, 2m …', {read: readDuration}),
	link: valueFlag('CONDITIONS', `what the simulated link does                (perfect)
${presetNames.join(', ')}
or name=value,…  such as  loss=30%,delay=100ms`),
	linkToClients: valueFlag('CONDITIONS', 'the same for what the server sends         (as --link)'),
	seed: valueFlag('N', 'seed of the link\'s random choices      (a random one)', {read: integerIn(0, largestSeed)}),
	encoding: valueFlag('NAME', `of text: ${encodings.slice(1).join(', ')} (utf-8)`),
	help: switchFlag('this text', 'h'),
} as const satisfies Flags;

type SharedFlags = typeof sharedFlags;
type SharedValues = Given<SharedFlags>['values'];

/** Some of them, for a command's own table. */
export function shared<Name extends keyof SharedFlags>(...names: Name[]): Pick<SharedFlags, Name> {
	return Object.fromEntries(names.map(name => [name, sharedFlags[name]])) as Pick<SharedFlags, Name>;
}

/** `--lang`. @param what - has the language */
export function langFlag(what: string) {
	return valueFlag(languages.join('|'), `${what.padEnd(36)}(from the locale, else en)`, {read: choiceOf(languages)});
}

/** The flags that the commands without a screen have. */
export const headlessFlags = {
	...shared('seed', 'encoding'),
	json: switchFlag('JSON lines on standard output; messages for people go to\nstandard error'),
	quiet: switchFlag('failures only, no other messages for people'),
	lang: langFlag('language of messages for people'),
} as const satisfies Flags;

/** `--until count=N`. */
export function untilFlag(about: string) {
	return valueFlag('count=N', about, {
		read: taking(['count'], value => Number(/^count=(\d{1,10})$/.exec(value)?.[1]) || undefined),
	});
}

/**
How sockets are opened, and what they send over.

@param protocol - undefined where both are shown
@param host - what the sockets are bound to, or talk to
*/
export function readNetwork(
	values: Pick<SharedValues, 'encoding' | 'framing' | 'link' | 'option' | 'seed'>
		& Partial<Pick<SharedValues, 'backlog' | 'linkToClients'>> & {readonly source?: string | undefined},
	protocol: Protocol | undefined,
	host: string,
): Pick<PlaygroundOptions, 'framing' | 'options' | 'link' | 'linkToClients' | 'seed' | 'encoding'> {
	const {framing, link, linkToClients, seed = newSeed()} = values;
	const encoding = values.encoding === undefined ? undefined : encodingOf(values.encoding);
	if (values.encoding !== undefined && encoding === undefined) {
		throw wrongValue('--encoding', ['oneOf', encodings], values.encoding, nearestEncoding(values.encoding));
	}

	if (framing !== undefined && protocol === 'udp') {
		throw new UsageError(['framingOfUdp', '--framing']);
	}

	if (framing !== undefined && !canFrame(framing, encoding)) {
		throw new UsageError(['framingOfWide', `--framing ${framing}`, `--encoding ${values.encoding}`]);
	}

	// A preset for the requests leaves the answers alone, unless they have conditions.
	const {conditions, isOneWay} = readConditions('--link', link ?? 'perfect', protocol);
	const other = linkToClients === undefined
		? (isOneWay ? perfect : undefined)
		: readConditions('--link-to-clients', linkToClients, protocol).conditions;
	return {
		...(framing !== undefined && {framing}),
		...readSocketOptions(values, protocol, host),
		link: conditions,
		...(other && {linkToClients: other}),
		seed,
		...(encoding !== undefined && {encoding}),
	};
}

/** What is written without a screen, and in which language. */
export function readOutput(
	{json, quiet, lang}: Given<typeof headlessFlags>['values'],
	environment: NodeJS.ProcessEnv,
): {readonly isJson: boolean; readonly isQuiet: boolean; readonly words: Words} {
	return {isJson: json, isQuiet: quiet, words: readLanguage(lang, environment)};
}

function readConditions(
	flag: string,
	value: string,
	protocol: Protocol | undefined,
): Exclude<ParsedConditions, {problem: unknown}> {
	if (value === '') {
		throw wrongValue(flag, ['link', presetNames], value);
	}

	const read = parseConditions(value, protocol);
	if ('problem' in read) {
		throw new UsageError(conditionsFault(read.problem, `${flag}: `));
	}

	return read;
}

/**
The options of sockets: those of `--option`, `--backlog` and `--source`.

@param protocol - where only sockets of this one are made: options that they cannot have are wrong then
@param host - what the sockets are bound to, or talk to
*/
function readSocketOptions(
	{option: typed, backlog, source}: Parameters<typeof readNetwork>[0],
	protocol: Protocol | undefined,
	host: string,
): Pick<PlaygroundOptions, 'options'> {
	const options = typed.map(value => readSocketOption(value, protocol));
	if (backlog !== undefined) {
		if (protocol === 'udp') {
			throw new UsageError(['backlogOfUdp', '--backlog']);
		}

		options.push({name: 'backlog', value: backlog});
	}

	if (source !== undefined) {
		const anyHost = familyOf(host) === 6 ? '::' : '0.0.0.0';
		options.push(taking(optionKinds.source.allowed, value => parseOption('source', value, anyHost))('--source', source));
	}

	for (const option of options) {
		checkFamily(option, host);
	}

	return options.length === 0 ? {} : {options};
}

function readSocketOption(value: string, protocol: Protocol | undefined): SocketOption {
	const read = parseNamedOption(value, '--option', protocol);
	if ('fault' in read) {
		throw new UsageError(read.fault);
	}

	return read.option;
}

function addressIn(option: SocketOption): string | undefined {
	if ('group' in option) {
		return option.group;
	}

	return option.name === 'source' ? option.source?.host : ('interface' in option ? option.interface : undefined);
}

/** Addresses in options are of the version of IP that the socket has; one of IPv6 can join groups of IPv4, too. */
function checkFamily(option: SocketOption, host: string): void {
	const [own, wanted] = [familyOf(host), familyOf(addressIn(option) ?? '')];
	if (own !== 0 && wanted !== 0 && own !== wanted && !(option.name === 'join' && wanted === 4)) {
		const flag = option.name === 'source' ? '--source' : `--option ${option.name}`;
		throw new UsageError(['otherFamily', flag, formatOption(option), wanted, host, own]);
	}
}

export function readLimits(values: Pick<SharedValues, 'maxConnections' | 'maxPeers' | 'maxWaiting'>): Partial<Limits> {
	const {maxConnections, maxPeers, maxWaiting} = values;
	return {
		...(maxConnections !== undefined && {connections: maxConnections}),
		...(maxPeers !== undefined && {peers: maxPeers}),
		...(maxWaiting !== undefined && {waitingBytes: maxWaiting}),
	};
}

/** The words of the language that was asked for, or else of the locale's. */
export function readLanguage(asked: (typeof languages)[number] | undefined, environment: NodeJS.ProcessEnv): Words {
	return wordsOf(asked ?? languageOfLocale(environment));
}
