import type {Address} from '../../events/event.ts';
import {quote, type StringLiterals} from './string-literals.ts';

/** How a host is written: as an IPv4 or IPv6 address, or as something that must be looked up first. */
export type HostKind = 'ipv4' | 'ipv6' | 'name';

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ipv4 = new RegExp(String.raw`^${octet}(?:\.${octet}){3}$`);

/** Tell a host's kind by its letters. A zone (`fe80::1%eth0`) is part of an IPv6 address. */
export function hostKind(host: string): HostKind {
	return host.includes(':') ? 'ipv6' : (ipv4.test(host) ? 'ipv4' : 'name');
}

/** Whether the address has to be looked up before there can be a socket: a name, or an IPv6 address with a zone. */
export function needsLookup({host}: Address): boolean {
	return hostKind(host) === 'name' || host.includes('%');
}

/** A host as string literals of a language: one, or several that make one string where it is long. A name comes in its ASCII form (RFC 5891). */
export function quoteHost(host: string, language: StringLiterals): string[] {
	// Only a name can have other than ASCII letters. What is no name of a host stays as it is.
	return quote(/^[\u0000-\u007F]*$/.test(host) ? host : asciiName(host), language);
}

/** Node 22.0 has no URL.parse, which would not throw. */
function asciiName(name: string): string {
	try {
		return new URL(`http://${name}`).hostname;
	} catch {
		return name;
	}
}

/** Who can reach a server that is bound to a host, for a comment of a listing; undefined where the address itself says that. */
export function reachOf({host}: Address): string | undefined {
	if (host === '127.0.0.1' || host === '::1' || host === 'localhost') {
		return 'loopback: only this machine can reach it';
	}

	return host === '0.0.0.0' || host === '::' ? 'every address of this machine' : undefined;
}

/** Who picks a server's port, for a comment of a listing. */
export function portNote({port}: Address): string {
	return port === 0 ? 'the system picks one, and it is printed below' : 'chosen here, so that clients can know it';
}
