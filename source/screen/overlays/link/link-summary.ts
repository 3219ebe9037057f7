import type {Protocol} from '../../../log/event.ts';
import type {LinkView, SceneView} from '../../../engine/api/scene-view.ts';
import {conditionsOf, isPerfectFor, type LinkConditions} from '../../../link/conditions.ts';
import {
	oneWayPresets, type PresetName, presetNames, presets,
} from '../../../link/presets.ts';
import type {LinkDirection} from '../../../link/random.ts';
import type {Words} from '../../words/words.ts';
import type {LinkColumn} from './link-rows.ts';

/** What the header says of a scene's simulated link. */
export type LinkSummary = {
	/**
	The preset of each direction, clients → server first; one where both have the same, where it is of that direction
	only, or where there is no server of the playground. Undefined for none.
	*/
	readonly names: ReadonlyArray<PresetName | undefined>;
	/** Whether nothing is done to anything that our sockets send. */
	readonly isPerfect: boolean;
	/** Whether the next datagram of a direction will be lost. */
	readonly losesNext: boolean;
};

/** The simulated link. Without a server of the playground nothing is sent from server to clients. */
export function linkSummary({link, protocol, server}: SceneView): LinkSummary {
	const directions: readonly LinkDirection[] = server ? ['to-server', 'to-clients'] : ['to-server'];
	const ways = directions.map(direction => link[direction]);
	const names = directions.map(direction => wayName(link, direction, protocol));
	const losesNext = protocol === 'udp' && ways.some(way => way.losesNext);
	const [name] = names;
	const isOne = (name !== undefined && oneWayPresets.has(name))
		|| areEqual(ways.map(({conditions}) => conditions), protocol);
	return {
		names: isOne ? names.slice(0, 1) : names,
		isPerfect: !losesNext && ways.every(({conditions}) => isPerfectFor(conditions, protocol)),
		losesNext,
	};
}

/** What the columns are called: on a relay, by the legs that the link is on. */
export function columnNames({server}: SceneView, {link: {panel}}: Words): Readonly<Record<LinkColumn, string>> {
	return server?.relay ? panel.ofRelay : panel.columns;
}

/** The preset that these conditions are to this protocol; what means nothing to it does not count. */
export function linkName(conditions: LinkConditions, protocol: Protocol): PresetName | undefined {
	return presetNames.find(name => areEqual([presets[name], conditions], protocol));
}

/** The same for one direction of a link: a preset that holds for the requests only leaves the answers as they are. */
export function wayName(
	link: Pick<LinkView, LinkDirection>,
	direction: LinkDirection,
	protocol: Protocol,
): PresetName | undefined {
	const name = linkName(link[direction].conditions, protocol);
	const isWhole = direction === 'to-server' && linkName(link['to-clients'].conditions, protocol) === 'perfect';
	return name && oneWayPresets.has(name) && !isWhole ? undefined : name;
}

/** The presets that differ for this protocol, in their order. */
export function presetsFor(protocol: Protocol): readonly PresetName[] {
	return presetNames.filter(name => linkName(presets[name], protocol) === name);
}

/** Whether conditions are the same in all that means something to this protocol. */
export function areEqual([first, ...others]: readonly LinkConditions[], protocol: Protocol): boolean {
	return others.every(other => conditionsOf[protocol].every(name => first?.[name] === other[name]));
}
