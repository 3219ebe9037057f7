/* The statements that set the options of a pane's socket, and bind its own address, in each language. */
import {boundStreamCalls, type Call} from '../log/calls/calls.ts';
import type {Address, Protocol, SocketOption} from '../log/event.ts';
import {optionCalls} from '../log/calls/option-calls.ts';
import {hostKind, quoteHost} from './host.ts';
import type {SourceLanguage} from './languages.ts';
import {listingCallOf} from './template.ts';

/** An option of a pane's socket. */
export type ProgramOption = {
	readonly option: SocketOption;
	/** The IPv4 address of the interface that it names, or over IPv6 its name; undefined where the system picks it. */
	readonly via?: string | undefined;
	/** There is no such interface on this machine, so that nothing can be set. */
	readonly lacksInterface?: boolean;
};

const most = 75;

const comments = {
	options: 'The pane\'s socket options.',
	lacksInterface: 'The pane\'s options, but for an interface that is not there.',
	source: 'The client\'s own address and port.',
};

export function commentIn(language: SourceLanguage, text: string): string {
	return {python: `# ${text}`, javascript: `// ${text}`, c: `/* ${text} */`}[language];
}

/** Where statements stand: in which language, on which socket, and how many columns before them. */
type Place = {readonly language: SourceLanguage; readonly socket: string; readonly indent: number};

/**
A call, in several lines where it is long: its first line has the mark with what it stands for.

@param given - its arguments, in pieces that may stand on lines of their own
@param calls - what it stands for, of the socket interface
*/
function statement(
	{language, indent}: Place,
	head: string,
	[first, ...others]: readonly [string, ...string[]],
	calls: readonly string[] = [],
	end = language === 'python' ? ')' : ');',
): string[] {
	const mark = language === 'python' ? '  #' : ' //';
	const said = calls.length > 0 ? `${mark} calls: ${calls.join(' ')}` : '';
	const fits = (line: string): boolean => indent + line.length <= most;
	const whole = `${head}${[first, ...others].join(' ')}${end}`;
	if (fits(whole)) {
		return [whole + said];
	}

	const column = ' '.repeat(head.length);
	const one = column + others.join(' ') + end;
	const beneath = (before: string): string[] =>
		others.map((other, index) => before + other + (index < others.length - 1 ? '' : end));
	const aligned = beneath(column);
	const parts = aligned.every(line => fits(line)) ? aligned : beneath(language === 'javascript' ? '  ' : '    ');
	return [head + first + said, ...(fits(one) ? [one] : parts)];
}

type OptionPlace = Place & {
	readonly options: readonly ProgramOption[];
	/** Of the socket's addresses. */
	readonly family: 4 | 6;
};

/** The statements that set these options, with the imports that they need; none for no option. */
export function optionLines({options, family, ...place}: OptionPlace): readonly string[] {
	const {language, socket} = place;
	const set = options.filter(({lacksInterface}) => !lacksInterface);
	let groups = 0;
	const lines = set.flatMap(({option, via}) => {
		const calls = optionCalls(option, {family, via}).filter(({name}) => name === 'setsockopt');
		groups += option.name === 'join' ? 1 : 0;
		return language === 'javascript'
			? statement(place, ...nodeCall(option, socket, via), calls.map(call => listingCallOf(call)))
			: calls.flatMap(call => setsockopt(place, call, {option, via, group: `group${groups > 1 ? groups : ''}`}));
	});
	const said = set.length < options.length ? comments.lacksInterface : comments.options;
	return options.length === 0 ? [] : [commentIn(language, said), ...lines];
}

/** The method of Node's sockets that sets an option, and what it is given (node:dgram, node:net). */
function nodeCall(
	option: SocketOption,
	socket: string,
	via: string | undefined,
): [head: string, given: [string, ...string[]]] {
	const quote = (text: string): string => quoteHost(text, 'javascript');
	switch (option.name) {
		case 'join':
		case 'leave': {
			const zone = via === undefined ? [] : [quote(option.group.includes(':') ? `::%${via}` : via)];
			const group = quote(option.group) + (via === undefined ? '' : ',');
			return [`${socket}.${option.name === 'join' ? 'add' : 'drop'}Membership(`, [group, ...zone]];
		}

		case 'interface': {
			const isIpv4 = via === undefined || hostKind(via) === 'ipv4';
			return [`${socket}.setMulticastInterface(`, [quote(isIpv4 ? via ?? '' : `::%${via}`)]];
		}

		case 'source':
		case 'backlog': {
			throw new Error(`Node has no method for ${option.name}`);
		}

		default: {
			const {name, value = 0} = option;
			const isOn = String(value === 1);
			const methods: Readonly<Record<typeof name, readonly [method: string, given: string]>> = {
				broadcast: ['setBroadcast', isOn],
				ttl: ['setTTL', String(value)],
				'multicast-ttl': ['setMulticastTTL', String(value)],
				loopback: ['setMulticastLoopback', isOn],
				rcvbuf: ['setRecvBufferSize', String(value)],
				sndbuf: ['setSendBufferSize', String(value)],
				nodelay: ['setNoDelay', isOn],
				keepalive: ['setKeepAlive', value > 0 ? `true, ${value * 1000}` : 'false'],
			};
			const [method, given] = methods[name];
			return [`${socket}.${method}(`, [given]];
		}
	}
}

/** A setsockopt() in Python or C. @param group - what the variable of a group is called */
function setsockopt(place: Place, call: Call, {option, via, group = ''}: {
	readonly option?: SocketOption;
	readonly via?: string | undefined;
	readonly group?: string;
} = {}): string[] {
	const {language, socket} = place;
	const [level, name, value] = call.arguments.map(String);
	const calls = [listingCallOf(call)];
	const quote = (text: string): string => quoteHost(text, language);
	const index = via === undefined ? '0' : `${language === 'python' ? 'socket.' : ''}if_nametoindex(${quote(via)})`;
	const isGroup = option?.name === 'join';
	const isInterface = option?.name === 'interface';
	const isNewer = level === 'IPPROTO_IPV6';
	const own = via ?? '0.0.0.0';
	if (language === 'python') {
		const pack = (address: string): string => `socket.inet_aton(${quote(address)})`;
		const set = (...what: string[]): string[] =>
			statement(place, `${socket}.setsockopt(`, [`socket.${level}, socket.${name},`, ...what], calls);
		if (isGroup && isNewer) {
			return [
				'import struct',
				...statement(place, `${group} = socket.inet_pton(`, ['socket.AF_INET6,', quote(option.group)]),
				...set(`${group} + struct.pack("@I", ${index})`),
			];
		}

		return isGroup
			? set(pack(option.group), `+ ${pack(own)}`)
			: set(isInterface ? (isNewer ? index : pack(own)) : value!);
	}

	const set = (pointer: string, type: string, before = '', end = ');'): string[] => {
		const given = [`${socket}, ${level}, ${name},`, `${pointer},`, `sizeof${type}`] as const;
		return statement(place, `${before}setsockopt(`, given, calls, end);
	};

	const address = (host: string): string => `{inet_addr(${quote(host)})}`;
	const header = (isGroup || isInterface) && isNewer && via !== undefined ? ['#include <net/if.h>'] : [];
	if (isGroup) {
		return [
			...header,
			...(isNewer
				? [
					`struct ipv6_mreq ${group} = {.ipv6mr_interface = ${index}};`,
					...statement(place, 'inet_pton(', ['AF_INET6,', `${quote(option.group)},`, `&${group}.ipv6mr_multiaddr`]),
				]
				: [`struct ip_mreq ${group} = {`, `    ${address(option.group)}, ${address(own)}};`]),
			...set(`&${group}`, ` ${group}`, 'if (', ') < 0)'),
			'    perror("setsockopt");',
		];
	}

	return [
		...header,
		...(isInterface && !isNewer
			? set(`&(struct in_addr)${address(own)}`, '(struct in_addr)')
			: set(`&(int){${isInterface ? index : value}}`, '(int)')),
	];
}

/**
The statements that bind a client's own address before it sends, or connects; Node gives that to connect() over TCP.

@param onFailure - in C, what is done where bind() fails
*/
export function sourceLines(
	place: Place,
	{host, port}: Address,
	protocol: Protocol,
	onFailure: string,
): readonly string[] {
	const {language, socket} = place;
	const said = commentIn(language, comments.source);
	const calls = ['bind'];
	if (language === 'javascript') {
		return [said, ...statement(place, `${socket}.bind(`, [`${port},`, quoteHost(host, language)], calls)];
	}

	const before = (protocol === 'tcp' ? boundStreamCalls({host, port}) : [])
		.filter(({name}) => name === 'setsockopt')
		.flatMap(call => setsockopt(place, call));
	if (language === 'python') {
		return [
			said,
			...before,
			...statement(place, `${socket}.bind((`, [`${quoteHost(host, language)},`, `${port})`], calls),
		];
	}

	const six = hostKind(host) === 'ipv6' ? '6' : '';
	const [address = '', zone] = host.split('%');
	return [
		...(zone === undefined ? [] : ['#include <net/if.h>']),
		said,
		...before,
		`struct sockaddr_in${six} own = {.sin${six}_family = AF_INET${six}};`,
		...statement(place, 'inet_pton(', [`AF_INET${six},`, `${quoteHost(address, language)},`, `&own.sin${six}_addr`]),
		`own.sin${six}_port = htons(${port});`,
		...(zone === undefined ? [] : [`own.sin6_scope_id = if_nametoindex(${quoteHost(zone, language)});`]),
		`if (bind(${socket}, (struct sockaddr *) &own, sizeof own) < 0) // calls: bind`,
		`    ${onFailure}`,
	];
}
