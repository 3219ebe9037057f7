import type {Protocol} from '../../../log/event.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import {isPerfectFor, type LinkConditions} from '../../../link/conditions.ts';
import {type PresetName, presetNames, presets} from '../../../link/presets.ts';
import type {LinkDirection} from '../../../link/random.ts';
import {conditionsOf} from './link-rows.ts';

/** What the header says of a scene's simulated link. */
export type LinkSummary = {
	/**
	The preset of each direction, clients → server first; one where both have the same, or where the playground has no
	server. Undefined for none.
	*/
	readonly names: ReadonlyArray<PresetName | undefined>;
	/** Whether nothing is done to anything that our sockets send. */
	readonly isPerfect: boolean;
	/** Whether the next datagram of a direction will be lost. */
	readonly losesNext: boolean;
};

/**
A scene's simulated link, for its protocol. Without a server of the playground nothing is sent from server to clients.
*/
export function linkSummary({link, protocol, server}: SceneView): LinkSummary {
	const directions: readonly LinkDirection[] = server ? ['to-server', 'to-clients'] : ['to-server'];
	const ways = directions.map(direction => link[direction]);
	const names = ways.map(({conditions}) => linkName(conditions, protocol));
	const losesNext = protocol === 'udp' && ways.some(way => way.losesNext);
	return {
		names: areEqual(ways.map(({conditions}) => conditions), protocol) ? names.slice(0, 1) : names,
		isPerfect: !losesNext && ways.every(({conditions}) => isPerfectFor(conditions, protocol)),
		losesNext,
	};
}

/**
The preset that these conditions are to this protocol, where they are one: what means nothing to it does not count.
*/
export function linkName(conditions: LinkConditions, protocol: Protocol): PresetName | undefined {
	return presetNames.find(name => areEqual([presets[name], conditions], protocol));
}

/** Whether conditions are the same in all that means something to this protocol. */
export function areEqual([first, ...others]: readonly LinkConditions[], protocol: Protocol): boolean {
	return others.every(other => conditionsOf[protocol].every(name => first?.[name] === other[name]));
}
