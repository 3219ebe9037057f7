/* The flags that commands have in common, and how they are read. */
import type {PlaygroundOptions} from '../engine/api/command.ts';
import {perfect} from '../link/conditions.ts';
import {conditionsFault} from '../link/conditions-problem.ts';
import {parseConditions, type ParsedConditions} from '../link/conditions-text.ts';
import {readBytes} from '../text/quantities.ts';
import {presetNames} from '../link/presets.ts';
import {largestSeed, newSeed} from '../link/random.ts';
import type {Protocol, SocketOption} from '../log/event.ts';
import {
	formatOption, type OptionName, optionKinds, parseNamedOption, parseOption,
} from '../log/calls/socket-option.ts';
import {defaultRule, namedRules} from '../replies/reply-rule.ts';
import {type Language, languageOfLocale, languages} from '../screen/words/language.ts';
import {type Words, wordsOf} from '../screen/words/words.ts';
import type {Limits} from '../sockets/limits.ts';
import {canFrame, type Framing, framings} from '../text/framing.ts';
import {familyOf} from '../text/address.ts';
import {encodingOf, encodings, nearestEncoding} from '../text/encoding/encoding.ts';
import {
	type Flags, type Given, switchFlag, UsageError, valueFlag,
} from './tokens.ts';
import {
	readChoice, readDuration, readNumber, wrongValue,
} from './values.ts';

/** The protocols, as the command line names them. */
export const protocols = ['udp', 'tcp'] as const;

/** The flags that several commands have. */
export const sharedFlags = {
	host: valueFlag('ADDRESS', 'address the server binds            (127.0.0.1)'),
	port: valueFlag('N', 'the server\'s port, 0: the OS picks  (12000)'),
	reply: valueFlag('RULE', `${namedRules.join(', ')}  (${defaultRule})
or a file: rules.yaml, a table; ./rule.js, a module`, {shortFlag: 'r'}),
	closeAfterReply: switchFlag('TCP: close the connection socket after its reply'),
	framing: valueFlag('FRAMING', `TCP: what marks messages in the stream           (none)
${framings.join(', ')}`),
	messages: valueFlag('FILE', 'saved messages and sequences to send by name (docs/messages.md)'),
	option: valueFlag('NAME[=VALUE]', `an option of the sockets; may be given several times
UDP: broadcast, join=GROUP[%INTERFACE], interface=NAME, ttl=N,
multicast-ttl=N, loopback=off, rcvbuf=BYTES, sndbuf=BYTES
TCP: nodelay=off, keepalive=60s`, {isMultiple: true}),
	backlog: valueFlag('N', 'TCP: clients that may wait for accept()     (511)'),
	maxConnections: valueFlag('N', 'TCP connections at the same time            (1024)'),
	maxPeers: valueFlag('N', 'UDP peers that it remembers                 (4096)'),
	maxWaiting: valueFlag('BYTES', 'bytes that wait for one peer, such as 64KiB (1MiB)'),
	for: valueFlag('TIME', 'end after 500ms, 10s, 2m …'),
	link: valueFlag('CONDITIONS', `what the simulated link does                (perfect)
${presetNames.join(', ')}
or name=value,…  such as  loss=30%,delay=100ms`),
	linkToClients: valueFlag('CONDITIONS', 'the same for what the server sends         (as --link)'),
	seed: valueFlag('N', 'seed of the link\'s random choices      (a random one)'),
	encoding: valueFlag('NAME', `of text: ${encodings.slice(1).join(', ')} (utf-8)`),
	help: switchFlag('this text', 'h'),
} as const satisfies Flags;

/** Some of them, for a command's own table. */
export function shared<Name extends keyof typeof sharedFlags>(...names: Name[]): Pick<typeof sharedFlags, Name> {
	return Object.fromEntries(names.map(name => [name, sharedFlags[name]])) as Pick<typeof sharedFlags, Name>;
}

/** `--lang`. @param what - has the language */
export function langFlag(what: string): Flags[string] {
	return valueFlag(languages.join('|'), `${what.padEnd(36)}(from the locale, else en)`);
}

/** The flags that the commands without a screen have. */
export const headlessFlags = {
	...shared('seed', 'encoding'),
	json: switchFlag('JSON lines on standard output; messages for people go to\nstandard error'),
	quiet: switchFlag('failures only, no other messages for people'),
	lang: langFlag('language of messages for people'),
} as const satisfies Flags;

/**
How sockets are opened, and what they send over.

@param protocol - undefined where both are shown
@param host - what the sockets are bound to, or talk to
*/
export function readNetwork(given: Given, protocol: Protocol | undefined, host: string): Pick<
	PlaygroundOptions,
	'framing' | 'options' | 'link' | 'linkToClients' | 'seed' | 'encoding'
> {
	const {text} = given;
	return {
		...readFraming(text('framing'), text('encoding'), protocol),
		...readSocketOptions(given, protocol, host),
		...readLink(protocol, text('link'), text('linkToClients')),
		seed: readSeed(text('seed')),
		...readEncoding(text('encoding')),
	};
}

/** What is written without a screen, and in which language. */
export function readOutput({text, has}: Given, environment: NodeJS.ProcessEnv): {
	readonly isJson: boolean; readonly isQuiet: boolean; readonly words: Words;
} {
	return {isJson: has('json'), isQuiet: has('quiet'), words: readLanguage(text('lang'), environment)};
}

/** When a server, or a relay, without a screen ends by itself. */
export function readEnd({text, has}: Given): {
	readonly isOnce: boolean; readonly time: number | undefined; readonly count: number | undefined;
} {
	const [time, until] = [text('for'), text('until')];
	return {
		isOnce: has('once'),
		time: time === undefined ? undefined : readDuration('--for', time),
		count: until === undefined ? undefined : readUntil(until),
	};
}

export function readPort(value: string | undefined): number {
	return readNumber('--port', value ?? '12000', 0, 65_535);
}

/** The simulated link each way. A preset for the requests leaves the answers alone, unless they have conditions. */
function readLink(
	protocol: Protocol | undefined,
	value = 'perfect',
	toClients?: string,
): Pick<PlaygroundOptions, 'link' | 'linkToClients'> {
	const {conditions, isOneWay} = readConditions('--link', value, protocol);
	const other = toClients === undefined ? undefined : readConditions('--link-to-clients', toClients, protocol).conditions;
	return {link: conditions, ...((other ?? isOneWay) && {linkToClients: other ?? perfect})};
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
@param encoding - the value of `--encoding`
@param protocol - undefined where both are shown: then it is for TCP's scene
*/
function readFraming(
	value: string | undefined,
	encoding: string | undefined,
	protocol?: (typeof protocols)[number],
): Pick<PlaygroundOptions, 'framing'> {
	if (value === undefined) {
		return {};
	}

	const framing = readChoice<Framing>('--framing', value, framings);
	if (protocol === 'udp') {
		throw new UsageError(['framingOfUdp', '--framing']);
	}

	if (!canFrame(framing, readEncoding(encoding).encoding)) {
		throw new UsageError(['framingOfWide', `--framing ${framing}`, `--encoding ${encoding}`]);
	}

	return {framing};
}

/** The encoding of text. @throws UsageError that says which was probably meant */
function readEncoding(value: string | undefined): Pick<PlaygroundOptions, 'encoding'> {
	if (value === undefined) {
		return {};
	}

	const encoding = encodingOf(value);
	if (encoding === undefined) {
		throw wrongValue('--encoding', ['oneOf', encodings], value, nearestEncoding(value));
	}

	return {encoding};
}

function readSeed(value: string | undefined): number {
	return value === undefined ? newSeed() : readNumber('--seed', value, 0, largestSeed);
}

/** `count=N`. */
function readUntil(value: string): number {
	const [, count] = /^count=(\d{1,10})$/.exec(value) ?? [];
	if (count === undefined || Number(count) === 0) {
		throw wrongValue('--until', ['count'], value);
	}

	return Number(count);
}

/**
The options of sockets: those of `--option`, `--backlog` and `--source`.

@param protocol - where only sockets of this one are made: options that they cannot have are wrong then
@param host - what the sockets are bound to, or talk to
*/
function readSocketOptions(
	{all, text}: Pick<Given, 'all' | 'text'>,
	protocol: Protocol | undefined,
	host: string,
): Pick<PlaygroundOptions, 'options'> {
	const options = all('option').map(value => readSocketOption(value, protocol));
	const [backlog, source] = [text('backlog'), text('source')];
	const anyHost = familyOf(host) === 6 ? '::' : '0.0.0.0';
	if (backlog !== undefined) {
		if (protocol === 'udp') {
			throw new UsageError(['backlogOfUdp', '--backlog']);
		}

		options.push({name: 'backlog', value: readNumber('--backlog', backlog, ...optionKinds.backlog.range!)});
	}

	if (source !== undefined) {
		options.push(readOption('--source', 'source', source, anyHost));
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

function readOption(flag: string, name: OptionName, value: string, anyHost?: string): SocketOption {
	const option = parseOption(name, value, anyHost);
	if (!option) {
		throw wrongValue(flag, optionKinds[name].allowed, value);
	}

	return option;
}

function addressIn(option: SocketOption): string | undefined {
	switch (option.name) {
		case 'join': {
			return option.group;
		}

		case 'interface': {
			return option.interface;
		}

		case 'source': {
			return option.source?.host;
		}

		default: {
			return undefined;
		}
	}
}

/** Addresses in options are of the version of IP that the socket has; one of IPv6 can join groups of IPv4, too. */
function checkFamily(option: SocketOption, host: string): void {
	const address = addressIn(option);
	const [own, wanted] = [familyOf(host), familyOf(address ?? '')];
	if (own !== 0 && wanted !== 0 && own !== wanted && !(option.name === 'join' && wanted === 4)) {
		const flag = option.name === 'source' ? '--source' : `--option ${option.name}`;
		throw new UsageError(['otherFamily', flag, formatOption(option), wanted, host, own]);
	}
}

/** The limits that were asked for. */
export function readLimits({text}: Given): Partial<Limits> {
	const [connections, peers, waiting] = [text('maxConnections'), text('maxPeers'), text('maxWaiting')];
	const waitingBytes = waiting === undefined ? undefined : readBytes(waiting);
	if (waiting !== undefined && waitingBytes === undefined) {
		throw wrongValue('--max-waiting', ['byteLimit'], waiting);
	}

	return {
		...(connections !== undefined && {connections: readNumber('--max-connections', connections, 1, 100_000)}),
		...(peers !== undefined && {peers: readNumber('--max-peers', peers, 1, 1_000_000)}),
		...(waitingBytes !== undefined && {waitingBytes}),
	};
}

/** The language that was asked for, or else that of the locale. */
export function readLanguage(value: string | undefined, environment: NodeJS.ProcessEnv): Words {
	return wordsOf(value === undefined
		? languageOfLocale(environment)
		: readChoice<Language>('--lang', value, languages));
}
