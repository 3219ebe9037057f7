/* The calls that set the options of sockets, and tell them. */
import {familyOf} from '../text/address.ts';
import type {Call, CallValue} from './calls.ts';
import type {SocketOption} from './event.ts';

type Level = 'SOL_SOCKET' | 'IPPROTO_IP' | 'IPPROTO_IPV6' | 'IPPROTO_TCP';

/** What an option is set with: the socket's family of addresses, and what the interface was told by. */
type SetWith = {
	readonly family: 4 | 6;
	/** The IPv4 address of the interface, or over IPv6 its name. */
	readonly via?: string | undefined;
	/** What getsockopt(2) tells afterwards, where that is asked for. */
	readonly granted?: number | undefined;
};

/**
The calls that set an option, as libuv makes them: none for what is bound or listened with. libuv names a group to be
joined by the older names of ipv6(7), IPV6_ADD_MEMBERSHIP and IPV6_DROP_MEMBERSHIP; those of RFC 3493 are the same.
*/
export function optionCalls(option: SocketOption, {family, via, granted}: SetWith): readonly Call[] {
	const set = (level: Level, name: string, value: CallValue): Call =>
		({name: 'setsockopt', arguments: [level, name, value]});
	const ip = (name4: string, name6: string, value: CallValue): readonly Call[] =>
		[family === 6 ? set('IPPROTO_IPV6', name6, value) : set('IPPROTO_IP', name4, value)];
	switch (option.name) {
		case 'source':
		case 'backlog': {
			return [];
		}

		case 'join':
		case 'leave': {
			const {name, group} = option;
			// By the group's family: an IPv6 socket can be in an IPv4 group.
			return familyOf(group) === 6
				? [set(
					'IPPROTO_IPV6',
					name === 'join' ? 'IPV6_JOIN_GROUP' : 'IPV6_LEAVE_GROUP',
					`inet_pton(AF_INET6, '${group}') + pack('@I', ${indexOf(via)})`,
				)]
				: [set(
					'IPPROTO_IP',
					name === 'join' ? 'IP_ADD_MEMBERSHIP' : 'IP_DROP_MEMBERSHIP',
					`inet_aton('${group}') + inet_aton('${via ?? '0.0.0.0'}')`,
				)];
		}

		case 'interface': {
			return ip(
				'IP_MULTICAST_IF',
				'IPV6_MULTICAST_IF',
				family === 6 ? indexOf(via) : `inet_aton('${via ?? '0.0.0.0'}')`,
			);
		}

		default: {
			const {name, value} = option;
			if (value === undefined) {
				return [];
			}

			switch (name) {
				case 'broadcast': {
					return [set('SOL_SOCKET', 'SO_BROADCAST', value)];
				}

				case 'ttl': {
					return ip('IP_TTL', 'IPV6_UNICAST_HOPS', value);
				}

				case 'multicast-ttl': {
					return ip('IP_MULTICAST_TTL', 'IPV6_MULTICAST_HOPS', value);
				}

				case 'loopback': {
					return ip('IP_MULTICAST_LOOP', 'IPV6_MULTICAST_LOOP', value);
				}

				case 'nodelay': {
					return [set('IPPROTO_TCP', 'TCP_NODELAY', value)];
				}

				case 'keepalive': {
					// The last two are libuv's own.
					return value === 0
						? [set('SOL_SOCKET', 'SO_KEEPALIVE', 0)]
						: [
							set('SOL_SOCKET', 'SO_KEEPALIVE', 1),
							set('IPPROTO_TCP', 'TCP_KEEPIDLE', value),
							set('IPPROTO_TCP', 'TCP_KEEPINTVL', 1),
							set('IPPROTO_TCP', 'TCP_KEEPCNT', 10),
						];
				}

				case 'rcvbuf':
				case 'sndbuf': {
					const buffer = name === 'rcvbuf' ? 'SO_RCVBUF' : 'SO_SNDBUF';
					return [
						set('SOL_SOCKET', buffer, value),
						...(granted === undefined
							? []
							: [{name: 'getsockopt', arguments: ['SOL_SOCKET', buffer], result: [granted]} as const]),
					];
				}

				default: {
					return name satisfies never;
				}
			}
		}
	}
}

function indexOf(name: string | undefined): string {
	return name === undefined ? '0' : `if_nametoindex('${name}')`;
}
