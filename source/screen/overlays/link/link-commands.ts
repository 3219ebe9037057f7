import type {Command} from '../../../engine/api/command.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import {type LinkConditions, perfect} from '../../../link/conditions.ts';
import {conditionNames} from '../../../link/conditions-problem.ts';
import type {LinkDirection} from '../../../link/random.ts';
import {directionsOf, type LinkColumn} from './link-rows.ts';

/**
What sets other conditions in these directions: one command where both get the same, none where nothing changes. The
panes tell of it when the panel is closed.
*/
export function linkCommands(
	{name, link}: SceneView,
	column: LinkColumn,
	change: (conditions: LinkConditions, direction: LinkDirection) => LinkConditions,
): Command[] {
	const ways = directionsOf(column).map(direction => ({
		direction,
		before: link[direction].conditions,
		conditions: change(link[direction].conditions, direction),
	}));
	const [first, second] = ways;
	if (!ways.some(({before, conditions}) => areDifferent(before, conditions))) {
		return [];
	}

	const isSame = first && second && !areDifferent(first.conditions, second.conditions);
	return (isSame ? [{...first, direction: 'both' as const}] : ways)
		.filter(({before, conditions}) => isSame || areDifferent(before, conditions))
		.map(({direction, conditions}) => ({
			type: 'set-link', scene: name, direction, conditions, isUntold: true,
		}));
}

/**
What orders the loss of the next datagram in these directions, where there is one to lose and that has not been ordered.
*/
export function lossCommands(scene: SceneView, column: LinkColumn): Command[] {
	const {name, link} = scene;
	return losableDirections(scene, column)
		.filter(direction => !link[direction].losesNext)
		.map(direction => ({type: 'lose-next', scene: name, direction}));
}

/** Those of these directions in which UDP sockets of the playground send. */
export function losableDirections({protocol, server, clients}: SceneView, column: LinkColumn): LinkDirection[] {
	return protocol === 'udp'
		? directionsOf(column).filter(direction =>
			direction === 'to-server' ? clients.length > 0 || server?.relay !== undefined : server !== undefined)
		: [];
}

/** What a preset, or conditions that begin with one, are this way, asked for in these directions. */
export function conditionsAt(
	{conditions, isOneWay = false}: {readonly conditions: LinkConditions; readonly isOneWay?: boolean},
	column: LinkColumn,
	direction: LinkDirection,
): LinkConditions {
	return isOneWay && column === 'both' && direction === 'to-clients' ? perfect : conditions;
}

function areDifferent(one: LinkConditions, other: LinkConditions): boolean {
	return conditionNames.some(name => one[name] !== other[name]);
}
