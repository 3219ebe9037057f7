import type {Address} from '../events/event.ts';

/**
An address as Python's socket module writes it: a tuple of host and port, for IPv6 with flow information and scope as well, which are 0.
An address with a zone (RFC 4007, `fe80::1%eth0`) stays a pair, which Python takes too: its scope is a number that is not known here.
*/
export function formatTuple({host, port}: Address): string {
	return host.includes(':') && !host.includes('%') ? `('${host}', ${port}, 0, 0)` : `('${host}', ${port})`;
}

/** The address family (socket(2)) of an IP address; an ellipsis for a name, which may have addresses of either. */
export function formatFamily(host: string): string {
	if (host.includes(':')) {
		return 'AF_INET6';
	}

	return isName(host) ? '…' : 'AF_INET';
}

/** Whether a host is a name, which has to be looked up before a socket can be made, rather than an IP address. */
export function isName(host: string): boolean {
	return !host.includes(':') && !/^\d+(?:\.\d+){3}$/.test(host);
}

/** How many bytes a call was given, or gave back. */
export function formatBytes(length: number): string {
	return `${length} B`;
}
