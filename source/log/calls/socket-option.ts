/* Options of sockets as data: which there are, what they take, and how they are written and read. */
import {parseBinding, familyOf, formatAddress} from '../../text/address.ts';
import type {Allowed} from '../../text/files/allowed.ts';
import type {Fault} from '../../text/files/file-problem.ts';
import {nearest} from '../../text/nearest.ts';
import {readBytes} from '../../text/quantities.ts';
import type {NumberOption, Protocol, SocketOption} from '../event.ts';

export type OptionName = SocketOption['name'];

export type SocketRole = 'client' | 'server';

type OptionKind = {
	readonly protocol?: Protocol;
	readonly role?: SocketRole;
	/** The least and the greatest number, where it is one; a switch has 0 and 1. */
	readonly range?: readonly [least: number, most: number];
	/** What it takes, as the command line has it. */
	readonly allowed: Allowed;
	/** It is of no socket that is open, only of the next one. */
	readonly isForNext?: true;
};

const bufferSizes = [1, 2 ** 26] as const;
const switchValues = [0, 1] as const;

/** Every option, in the order in which they are set. Those of UDP Node can set on no other socket. */
export const optionKinds: Readonly<Record<OptionName, OptionKind>> = {
	source: {
		role: 'client', allowed: ['source'], isForNext: true,
	},
	backlog: {
		protocol: 'tcp', role: 'server', range: [1, 2_147_483_647], allowed: ['connections'], isForNext: true,
	},
	rcvbuf: {protocol: 'udp', range: bufferSizes, allowed: ['buffer']},
	sndbuf: {protocol: 'udp', range: bufferSizes, allowed: ['buffer']},
	broadcast: {protocol: 'udp', range: switchValues, allowed: ['switch']},
	ttl: {protocol: 'udp', range: [1, 255], allowed: ['hops', 1]},
	'multicast-ttl': {protocol: 'udp', range: [0, 255], allowed: ['hops', 0]},
	loopback: {protocol: 'udp', range: switchValues, allowed: ['switch']},
	interface: {protocol: 'udp', allowed: ['interface']},
	join: {protocol: 'udp', allowed: ['group']},
	leave: {protocol: 'udp', allowed: ['joinedGroup']},
	nodelay: {protocol: 'tcp', range: switchValues, allowed: ['switch']},
	// The system takes no longer one (tcp(7), TCP_KEEPIDLE).
	keepalive: {protocol: 'tcp', range: [0, 32_767], allowed: ['idleTime']},
};

export function isOptionOf(name: OptionName, protocol: Protocol, role: SocketRole): boolean {
	const kind = optionKinds[name];
	return (kind.protocol ?? protocol) === protocol && (kind.role ?? role) === role;
}

/**
Read the value of an option as it is typed: `on`, `7`, `64KiB`, `60s`, `239.1.2.3%eth0`, and `default` for the system's
own. Undefined where it is none.

@param anyHost - what is bound where a source is a port alone
*/
export function parseOption(name: OptionName, typed: string, anyHost = '0.0.0.0'): SocketOption | undefined {
	const text = typed.trim();
	if (text === 'default' && name !== 'join' && name !== 'leave') {
		return {name};
	}

	switch (name) {
		case 'join':
		case 'leave': {
			const [, group = '', zone] = /^([^%]*)(?:%([\w.:-]+))?$/.exec(text) ?? [];
			return isGroup(group) ? {name, group, ...(zone !== undefined && {interface: zone})} : undefined;
		}

		case 'interface': {
			return /^[\w.:-]+$/.test(text) ? {name, interface: text} : undefined;
		}

		case 'source': {
			const source = parseBinding(text, anyHost);
			return source && familyOf(source.host) !== 0 ? {name, source} : undefined;
		}

		default: {
			const value = numberOf(name, text);
			const [least, most] = optionKinds[name].range ?? switchValues;
			return value !== undefined && value >= least && value <= most ? {name, value} : undefined;
		}
	}
}

/** Options that have flags of their own, or that only a socket which is open can have. */
const notNamed = new Set<OptionName>(['source', 'backlog', 'leave']);
const optionNames = (Object.keys(optionKinds) as OptionName[]).filter(name => !notNamed.has(name));

/**
Read an option as `--option` takes it: `NAME=VALUE`, or the name of a switch alone; else what is wrong.

@param what - what takes it, as a person has written it
@param protocol - where only sockets of this one are made: options that they cannot have are wrong then
*/
export function parseNamedOption(
	typed: string,
	what: string,
	protocol?: Protocol,
): {readonly option: SocketOption} | {readonly fault: Fault} {
	const [, before = '', text] = /^([^=]*)(?:=(.*))?$/s.exec(typed) ?? [];
	const name = optionNames.find(known => known === before);
	if (name === undefined) {
		return {fault: ['value', what, ['options', optionNames], typed, nearest(before.toLowerCase(), optionNames)]};
	}

	const kind = optionKinds[name];
	if (protocol && kind.protocol && kind.protocol !== protocol) {
		return {fault: ['otherProtocol', `${what} ${name}`, kind.protocol.toUpperCase()]};
	}

	const option = parseOption(name, text ?? (kind.range?.[1] === 1 ? 'on' : ''));
	return option ? {option} : {fault: ['value', `${what} ${name}`, kind.allowed, text ?? '']};
}

function numberOf(name: NumberOption, text: string): number | undefined {
	if (name === 'rcvbuf' || name === 'sndbuf') {
		return readBytes(text);
	}

	const [, seconds] = /^(\d{1,5})\s*s$/.exec(text) ?? [];
	if (name === 'keepalive' && Number(seconds) > 0) {
		return Number(seconds);
	}

	if (name === 'keepalive' && /^0+$/.test(text)) {
		// With Node 0 seconds leave the system's idle time as it is, and `off` is a word of its own.
		return undefined;
	}

	const isSwitch = optionKinds[name].range === switchValues;
	if (text === 'off' && (isSwitch || name === 'keepalive')) {
		return 0;
	}

	return text === 'on' && isSwitch ? 1 : (/^\d{1,10}$/.test(text) ? Number(text) : undefined);
}

/** Whether an address is a multicast group: 224.0.0.0/4 (RFC 5771), ff00::/8 (RFC 4291 section 2.7). */
export function isGroup(host: string): boolean {
	return familyOf(host) === 4 ? /^2(?:2[4-9]|3\d)\./.test(host) : familyOf(host) === 6 && /^ff/i.test(host);
}

/** The value of an option, as it is typed. */
export function formatOption(option: SocketOption): string {
	switch (option.name) {
		case 'join':
		case 'leave': {
			return `${option.group}${option.interface === undefined ? '' : `%${option.interface}`}`;
		}

		case 'interface': {
			return option.interface ?? 'default';
		}

		case 'source': {
			return option.source ? formatAddress(option.source) : 'default';
		}

		default: {
			const {name, value} = option;
			if (value === undefined) {
				return 'default';
			}

			if (name === 'keepalive') {
				return value === 0 ? 'off' : `${value}s`;
			}

			return optionKinds[name].range === switchValues ? (value === 1 ? 'on' : 'off') : String(value);
		}
	}
}
