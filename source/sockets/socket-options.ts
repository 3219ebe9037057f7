import type {Address, NumberOption, SocketOption} from '../log/event.ts';
import {optionKinds} from '../log/calls/socket-option.ts';
import type {Link} from '../link/link.ts';
import type {Limits} from './limits.ts';

/** A multicast group that a socket is in, and on which interface; without one the system picks it. */
type Group = {readonly group: string; readonly interface?: string};

/** What a pane's sockets are made with. What is not there is as the system, or Node, has it by default. */
export type SocketOptions = {
	readonly numbers: Readonly<Partial<Record<NumberOption, number>>>;
	readonly groups: readonly Group[];
	readonly interface?: string | undefined;
	readonly source?: Address | undefined;
};

export const noOptions: SocketOptions = {numbers: {}, groups: []};

/** What every server, client and relay is made with. */
export type CommonOptions = {
	readonly limits: Limits;
	/** The simulated link that what it sends goes over: to the server, or to the clients. */
	readonly link: Link;
	readonly options?: (() => SocketOptions) | undefined;
	/** Something has changed that is not an event. */
	readonly onChange: () => void;
};

export function withOption(options: SocketOptions, option: SocketOption): SocketOptions {
	switch (option.name) {
		case 'join':
		case 'leave': {
			const {name, ...group} = option;
			const others = options.groups.filter(other => !isSameGroup(other, group));
			return {...options, groups: name === 'join' ? [...others, group] : others};
		}

		case 'interface': {
			return {...options, interface: option.interface};
		}

		case 'source': {
			return {...options, source: option.source};
		}

		default: {
			const {[option.name]: _, ...others} = options.numbers;
			return {
				...options, numbers: option.value === undefined ? others : {...others, [option.name]: option.value},
			};
		}
	}
}

/** What is to be set on a new socket, in order. */
export function optionsToSet({numbers, groups, interface: leavesBy}: SocketOptions): readonly SocketOption[] {
	const names = Object.keys(optionKinds).filter(name => Object.hasOwn(numbers, name)) as NumberOption[];
	return [
		...names.map(name => ({name, value: numbers[name]!})),
		...(leavesBy === undefined ? [] : [{name: 'interface', interface: leavesBy} as const]),
		...groups.map(group => ({name: 'join', ...group} as const)),
	];
}

function isSameGroup(one: Group, other: Group): boolean {
	return one.group === other.group && one.interface === other.interface;
}

/** What came of a change of an option: it was set, or refused, or there is no socket yet that has it. */
export type OptionOutcome = 'set' | 'failed' | 'no-socket';
