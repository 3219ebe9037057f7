import {namedRules} from '../../source/replies/reply-rule.ts';
import type {NumberOption, Protocol} from '../../source/log/event.ts';
import type {SourceLanguage} from '../../source/programs/languages.ts';
import type {Program} from '../../source/programs/listing.ts';
import type {ProgramOption} from '../../source/programs/option-lines.ts';

const protocols = ['udp', 'tcp'] as const;
const longName = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`;

/** Hosts of every kind that a listing tells apart. */
export const hosts = [
	'127.0.0.1',
	'0.0.0.0',
	'203.0.113.255',
	'::',
	'::1',
	'2001:db8:1111:2222:3333:4444:5555:6666',
	'fe80::1%eth0',
	'localhost',
	'안녕.example',
	longName,
];

/**
Every program there is, at an address: two roles, two protocols, each rule, closing after the reply or not; and one of a
pane with a framing.
*/
export function programsAt(host: string, port = 12_000): Program[] {
	const address = {host, port};
	return protocols.flatMap(protocol => [
		{
			role: 'client', protocol, address, ...(protocol === 'tcp' && {framing: 'line' as const}),
		} as const,
		...namedRules.flatMap(rule => [false, true].map(closeAfterReply => ({
			role: 'server', protocol, address, rule, closeAfterReply,
		} as const))),
	]);
}

/** Every option that the sockets of a pane can have, over the loopback interface. */
export function everyOption(protocol: Protocol, family: 4 | 6): ProgramOption[] {
	const via = family === 6 ? 'lo' : '127.0.0.1';
	const number = (name: NumberOption, value: number): ProgramOption => ({option: {name, value}});
	const group = (name: string): ProgramOption => ({option: {name: 'join', group: name, interface: 'lo'}, via});
	return protocol === 'tcp'
		? [number('backlog', 7), number('nodelay', 0), number('keepalive', 60)]
		: [
			number('rcvbuf', 4096),
			number('sndbuf', 65_536),
			number('broadcast', 1),
			number('ttl', 7),
			number('multicast-ttl', 3),
			number('loopback', 0),
			{option: {name: 'interface', interface: 'lo'}, via},
			{option: {name: 'join', group: '239.1.2.5', interface: 'nowhere'}, lacksInterface: true},
			...(family === 6 ? ['ff01::1234', 'ff01::1235'] : ['239.1.2.3', '239.1.2.4']).map(name => group(name)),
		];
}

/** Clients that bind an address of their own before they send to a name. */
const clientsOfNames = protocols.map((protocol): Program => ({
	role: 'client', protocol, address: {host: 'localhost', port: 12_000}, source: {host: '127.0.0.1', port: 0},
}));

/** Servers and a client of each protocol, with every option, over IPv4 and IPv6. */
export const programsWithOptions: readonly Program[] = [...clientsOfNames, ...['127.0.0.1', '::1'].flatMap(host => {
	const address = {host, port: 12_000};
	const family = host === '::1' ? 6 : 4;
	return protocols.flatMap(protocol => {
		const options = everyOption(protocol, family);
		const source = {host, port: 0};
		return [
			{
				role: 'client', protocol, address, options, source,
			} as const,
			{
				role: 'server', protocol, address, rule: 'echo', closeAfterReply: false, options,
			} as const,
			{
				role: 'server', protocol, address, rule: 'chat', closeAfterReply: false, options,
			} as const,
		];
	});
})];

/** Programs whose pane has an encoding, a framing, or both. */
export const programsWithText: readonly Program[] = (['euc-kr', 'latin1', 'utf-16le', undefined] as const).flatMap(encoding => {
	const address = {host: '127.0.0.1', port: 12_000};
	return protocols.flatMap(protocol =>
		(protocol === 'udp' ? ['none'] as const : ['none', 'line', 'u16le'] as const)
			.filter(framing => (framing !== 'none' || encoding) && (framing !== 'line' || encoding !== 'utf-16le'))
			.flatMap(framing => [
				{
					role: 'client', protocol, address, encoding, framing,
				} as const,
				...namedRules.map(rule => ({
					role: 'server', protocol, address, rule, closeAfterReply: false, encoding, framing,
				} as const)),
			]));
});

const others = [...programsAt('0.0.0.0', 0), ...programsWithOptions, ...programsWithText];

/** All of these: what their languages read in tests, and in C those that are compiled, which takes longer. */
export const readPrograms: Readonly<Record<SourceLanguage, readonly Program[]>> = {
	python: [...hosts.flatMap(host => programsAt(host)), ...others],
	javascript: [...hosts.flatMap(host => programsAt(host)), ...others],
	c: [...['127.0.0.1', '::1', 'fe80::1%eth0', longName].flatMap(host => programsAt(host)), ...others],
};
