/* What strace prints of setsockopt() and getsockopt(), as the calls view has it. */

/** The names of RFC 3493 for those of ipv6(7). */
function newerName(option: string): string {
	return option.replace('IPV6_ADD_MEMBERSHIP', 'IPV6_JOIN_GROUP').replace('IPV6_DROP_MEMBERSHIP', 'IPV6_LEAVE_GROUP');
}

/** The value of an option as the calls view writes it. */
function pythonValue(option: string, value: string): string {
	const [group, local] = [...value.matchAll(/(?:inet_addr\(|AF_INET6, )"([^"]+)"/g)].map(([, address]) => address);
	const index = /if_nametoindex\("(\w+)"\)/.exec(value)?.[1];
	if (option.endsWith('_MEMBERSHIP')) {
		return local === undefined
			? `inet_pton(AF_INET6, '${group}') + pack('@I', if_nametoindex('${index}'))`
			: `inet_aton('${group}') + inet_aton('${local}')`;
	}

	const number = value.slice(1, -1);
	if (option === 'IP_MULTICAST_IF') {
		return `inet_aton('${[0, 8, 16, 24].map(shift => (Number(number) >>> shift) & 0xFF).join('.')}')`;
	}

	if (option === 'IPV6_MULTICAST_IF') {
		return number === '1' ? 'if_nametoindex(\'lo\')' : number;
	}

	return value.startsWith('{') ? `(${value.match(/\d+/g)?.join(', ')})` : number;
}

/** The level, the option and its value, by what stands in the parentheses of a call. */
export function tracedOption(given: string): string {
	const [, level = '', option = '', value = ''] = /^\d+, (\w+), (\w+), (\[\w+]|{.*}|"[^"]*")/.exec(given) ?? [];
	return [level.replace(/^SOL_(?=TCP|IP)/, 'IPPROTO_'), newerName(option), pythonValue(option, value)].join(' ');
}
