import {namedRules} from '../../source/replies/reply-rule.ts';
import type {Program} from '../../source/programs/listing.ts';

const protocols = ['udp', 'tcp'] as const;
export const longName = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`;

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
			role: 'client', protocol, address, hasFraming: protocol === 'tcp',
		} as const,
		...namedRules.flatMap(rule => [false, true].map(closeAfterReply => ({
			role: 'server', protocol, address, rule, closeAfterReply,
		} as const))),
	]);
}
