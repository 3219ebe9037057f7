import type {Protocol} from '../../../log/event.ts';
import {type LinkConditions, perfect} from '../../../link/conditions.ts';
import type {ConditionName} from '../../../link/conditions-problem.ts';
import type {LinkDirection} from '../../../link/random.ts';

/**
A row of the link panel: a direction's preset, one of its conditions, or the order to lose exactly the next datagram.
*/
export type LinkRow = 'preset' | ConditionName | 'next';

/** Which of the link panel's columns is chosen: one direction, or both. */
export type LinkColumn = LinkDirection | 'both';

/** Which value of the link panel is chosen. */
export type LinkPlace = {readonly row: LinkRow; readonly column: LinkColumn};

/** The columns in the order in which one key walks through them. */
export const linkColumns: readonly LinkColumn[] = ['to-server', 'to-clients', 'both'];

/** The conditions that mean something to what this protocol sends, in the order of the panel's rows. */
export const conditionsOf: Readonly<Record<Protocol, readonly ConditionName[]>> = {
	udp: ['loss', 'delay', 'jitter', 'duplication', 'reordering', 'corruption', 'rate', 'queue'],
	tcp: ['delay', 'jitter', 'rate', 'slice', 'pause', 'stall'],
};

/** The same, with all that means nothing to this protocol as in a perfect link. */
export function conditionsFor(conditions: LinkConditions, protocol: Protocol): LinkConditions {
	return {...perfect, ...Object.fromEntries(conditionsOf[protocol].map(name => [name, conditions[name]]))};
}

/** The panel's rows for a scene of this protocol. */
export function linkRows(protocol: Protocol): readonly LinkRow[] {
	return ['preset', ...conditionsOf[protocol], ...(protocol === 'udp' ? ['next' as const] : [])];
}

/** The directions that a column stands for. */
export function directionsOf(column: LinkColumn): readonly LinkDirection[] {
	return column === 'both' ? ['to-server', 'to-clients'] : [column];
}
