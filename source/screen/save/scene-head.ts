/* What stands above a view that was saved: when that was, and how to make the scene again. */
import type {SceneView} from '../../engine/api/scene-view.ts';
import {formatConditions} from '../../link/format-conditions.ts';
import {oneWayPresets, type PresetName} from '../../link/presets.ts';
import {formatAddress} from '../../text/address.ts';
import {shellLine} from '../../text/shell-line.ts';
import {experiments} from '../overlays/laboratory/experiments.ts';
import {wayName} from '../overlays/link/link-summary.ts';
import type {Words} from '../words/words.ts';

/** The preset that holds for the requests only, where the link is one. */
function oneWayPresetOf({link, protocol}: SceneView): PresetName | undefined {
	const name = wayName(link, 'to-server', protocol);
	return name && oneWayPresets.has(name) ? name : undefined;
}

/**
The command line that opens a scene like this one, with its seed. Its link is a preset for the requests only, or that of
the way to the server.
*/
export function commandOf(scene: SceneView, words: Words): string {
	const {protocol, server, connect, clients, link, experiment} = scene;
	const seed = ['--seed', String(link.seed), '--lang', words.comments];
	if (experiment) {
		// It opens its own sockets: the key of its entry in the list does.
		return shellLine(['socket-playground', '--protocol', protocol, ...seed]);
	}

	return shellLine([
		'socket-playground',
		'--protocol',
		protocol,
		...(server
			? [
				'--host',
				server.configured.host,
				'--port',
				String(server.configured.port),
				'--reply',
				server.rule,
				...(server.closeAfterReply ? ['--close-after-reply'] : []),
			]
			: []),
		...(connect ? ['--connect', formatAddress(connect)] : []),
		'--clients',
		String(clients.length),
		'--link',
		oneWayPresetOf(scene) ?? formatConditions(link['to-server'].conditions),
		...seed,
	]);
}

/** The head of a saved view: what it is and when, how to make the scene again, and further facts, a line each. */
export function headOf(what: string, scene: SceneView, facts: readonly string[], words: Words): string[] {
	const {saving} = words.views;
	const {link, protocol, experiment} = scene;
	const toServer = formatConditions(link['to-server'].conditions);
	const toClients = formatConditions(link['to-clients'].conditions);
	const listed = experiments.find(({name}) => name === experiment?.name);
	return [
		`${what} · ${protocol.toUpperCase()} · ${localTime(new Date())}`,
		commandOf(scene, words),
		...(listed ? [saving.experiment(listed.key, words.laboratory.experiments[listed.name].name)] : []),
		...(toServer === toClients || oneWayPresetOf(scene) ? [] : [saving.linkDiffers(toServer, toClients)]),
		...facts,
	];
}

/** A time as this machine's clock shows it, with the offset from UTC (RFC 3339). */
export function localTime(date: Date): string {
	const offset = -date.getTimezoneOffset();
	const shown = new Date(date.getTime() + (offset * 60_000)).toISOString().replace('T', ' ').replace('Z', '');
	const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
	const two = (number: number): string => String(number).padStart(2, '0');
	return `${shown} ${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}
