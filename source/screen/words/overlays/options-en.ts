import type {Address, SocketFailure, SocketOption} from '../../../log/event.ts';
import {formatOption, type OptionName} from '../../../log/calls/socket-option.ts';
import {formatAddress} from '../../../text/address.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {formatBytes, formatCount} from '../values/numbers.ts';

const names: Readonly<Record<OptionName, string>> = {
	broadcast: 'SO_BROADCAST',
	ttl: 'TTL',
	'multicast-ttl': 'multicast TTL',
	loopback: 'multicast loopback',
	interface: 'multicast interface',
	join: 'join',
	leave: 'leave',
	rcvbuf: 'SO_RCVBUF',
	sndbuf: 'SO_SNDBUF',
	nodelay: 'TCP_NODELAY',
	keepalive: 'keep-alive',
	backlog: 'backlog of listen()',
	source: 'source address',
};

/** What to do about an option that the system has refused, by the error's name. */
const advice: Readonly<Record<string, string>> = {
	EINVAL: 'Is it a multicast group, and has the interface multicast?',
	ENODEV: 'Name an interface that this machine has: ip addr lists them.',
	EADDRINUSE: 'This socket is in the group already.',
	EADDRNOTAVAIL: 'This socket is not in the group, or no interface has the address.',
	ENOBUFS: 'The limit of groups for a socket is reached (net.ipv4.igmp_max_memberships).',
	EAFNOSUPPORT: 'The socket is of the other version of IP.',
	ENOPROTOOPT: 'The socket is of the other version of IP.',
};

/** What is said of options of sockets. */
export const sayEn = {
	optionSet(option: SocketOption, granted: number | undefined): string {
		switch (option.name) {
			case 'broadcast': {
				return option.value === 1
					? 'SO_BROADCAST is on: this socket may send to broadcast addresses'
					: 'SO_BROADCAST is off: no broadcast from this socket';
			}

			case 'multicast-ttl': {
				const reach = ['multicast stays on this machine', 'multicast stays in this network'][option.value ?? 2];
				return `multicast TTL is ${formatOption(option)}${reach === undefined ? '' : `: ${reach}`}`;
			}

			case 'loopback': {
				return option.value === 1
					? 'multicast loopback is on: sockets of this machine get what this one sends, too'
					: 'multicast loopback is off: no socket of this machine gets what this one sends';
			}

			case 'rcvbuf':
			case 'sndbuf': {
				return `${names[option.name]}: asked for ${formatBytes(option.value ?? 0)}, the kernel has made it ${formatBytes(granted ?? 0)}`;
			}

			case 'nodelay': {
				return option.value === 1
					? 'TCP_NODELAY is on: small segments are sent at once'
					: 'TCP_NODELAY is off: small segments wait for an ACK (Nagle\'s algorithm)';
			}

			case 'keepalive': {
				return option.value
					? `keep-alive: after ${formatCount(option.value)} s without data the peer is asked every second, 10 times at most`
					: 'keep-alive is off';
			}

			case 'join': {
				return `joined the group ${formatOption(option)}`;
			}

			case 'leave': {
				return `left the group ${formatOption(option)}`;
			}

			case 'interface': {
				return `multicast is sent from ${formatOption(option)}`;
			}

			default: {
				return `${names[option.name]} is ${formatOption(option)}`;
			}
		}
	},
	optionFailed(option: SocketOption, failure: SocketFailure | undefined): string {
		const {code = '', message = ''} = failure ?? {};
		const what = `${names[option.name]} ${formatOption(option)} failed (${code})`;
		const why = message === '' || message.includes(code) ? '' : `: ${visibleLine(message)}`;
		return `${what}${why}. ${advice[code] ?? 'The socket is as it was.'}`;
	},
	sourceFailed({code, message}: SocketFailure, source: Address): string {
		const why: Readonly<Record<string, string>> = {
			EADDRINUSE: 'another socket is bound to it', EADDRNOTAVAIL: 'it is not an address of this machine',
		};
		return `the source ${formatAddress(source)} was not bound (${code}): ${why[code] ?? visibleLine(message)}. Esc j chooses another.`;
	},
	optionChosen: (option: SocketOption): string =>
		`for the next socket: ${names[option.name]} ${formatOption(option)}`,
};
