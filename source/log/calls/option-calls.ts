/* The calls that set the options of sockets, and tell them. */
import {familyOf} from '../../text/address.ts';
import type {NumberOption, SocketOption} from '../event.ts';
import type {Call, CallValue} from './calls.ts';

type Level = 'SOL_SOCKET' | 'IPPROTO_IP' | 'IPPROTO_IPV6' | 'IPPROTO_TCP';

/** What an option is set with: the socket's family of addresses, and what the interface was told by. */
type SetWith = {
	readonly family: 4 | 6;
	/** The IPv4 address of the interface, or over IPv6 its name. */
	readonly via?: string | undefined;
	/** What getsockopt(2) tells afterwards, where that is asked for. */
	readonly granted?: number | undefined;
};

function set(level: Level, name: string, value: CallValue): Call {
	return {name: 'setsockopt', arguments: [level, name, value]};
}

/** An option that IPv4 and IPv6 call by other names. */
function setOfIp(family: 4 | 6, name4: string, name6: string, value: CallValue): readonly Call[] {
	return [family === 6 ? set('IPPROTO_IPV6', name6, value) : set('IPPROTO_IP', name4, value)];
}

function setBuffer(name: 'SO_RCVBUF' | 'SO_SNDBUF', value: number, granted: number | undefined): readonly Call[] {
	const told: Call = {name: 'getsockopt', arguments: ['SOL_SOCKET', name], result: [granted ?? value]};
	return [set('SOL_SOCKET', name, value), ...(granted === undefined ? [] : [told])];
}

const numberCalls: Readonly<Record<NumberOption, (value: number, how: SetWith) => readonly Call[]>> = {
	backlog: () => [],
	broadcast: value => [set('SOL_SOCKET', 'SO_BROADCAST', value)],
	ttl: (value, {family}) => setOfIp(family, 'IP_TTL', 'IPV6_UNICAST_HOPS', value),
	'multicast-ttl': (value, {family}) => setOfIp(family, 'IP_MULTICAST_TTL', 'IPV6_MULTICAST_HOPS', value),
	loopback: (value, {family}) => setOfIp(family, 'IP_MULTICAST_LOOP', 'IPV6_MULTICAST_LOOP', value),
	nodelay: value => [set('IPPROTO_TCP', 'TCP_NODELAY', value)],
	// The last two are libuv's own.
	keepalive: value => value === 0
		? [set('SOL_SOCKET', 'SO_KEEPALIVE', 0)]
		: [
			set('SOL_SOCKET', 'SO_KEEPALIVE', 1),
			set('IPPROTO_TCP', 'TCP_KEEPIDLE', value),
			set('IPPROTO_TCP', 'TCP_KEEPINTVL', 1),
			set('IPPROTO_TCP', 'TCP_KEEPCNT', 10),
		],
	rcvbuf: (value, {granted}) => setBuffer('SO_RCVBUF', value, granted),
	sndbuf: (value, {granted}) => setBuffer('SO_SNDBUF', value, granted),
};

/**
The calls that set an option, as libuv makes them: none for what is bound or listened with. libuv names a group to be
joined by the older names of ipv6(7), IPV6_ADD_MEMBERSHIP and IPV6_DROP_MEMBERSHIP; those of RFC 3493 are the same.
*/
export function optionCalls(option: SocketOption, how: SetWith): readonly Call[] {
	const {family, via} = how;
	const address = `inet_aton('${via ?? '0.0.0.0'}')`;
	if ('group' in option) {
		const {name, group} = option;
		const [name4, name6] = name === 'join'
			? ['IP_ADD_MEMBERSHIP', 'IPV6_JOIN_GROUP'] as const
			: ['IP_DROP_MEMBERSHIP', 'IPV6_LEAVE_GROUP'] as const;
		// By the group's family: an IPv6 socket can be in an IPv4 group.
		return familyOf(group) === 6
			? [set('IPPROTO_IPV6', name6, `inet_pton(AF_INET6, '${group}') + pack('@I', ${indexOf(via)})`)]
			: [set('IPPROTO_IP', name4, `inet_aton('${group}') + ${address}`)];
	}

	if (option.name === 'interface') {
		return setOfIp(family, 'IP_MULTICAST_IF', 'IPV6_MULTICAST_IF', family === 6 ? indexOf(via) : address);
	}

	return option.name === 'source' || option.value === undefined ? [] : numberCalls[option.name](option.value, how);
}

function indexOf(name: string | undefined): string {
	return name === undefined ? '0' : `if_nametoindex('${name}')`;
}
