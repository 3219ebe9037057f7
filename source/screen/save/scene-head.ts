/* What stands above a view that was saved: when that was, and how to make the scene again. */
import type {OptionsView, SceneView} from '../../engine/api/scene-view.ts';
import type {Address, NumberOption, SocketOption} from '../../log/event.ts';
import {formatConditions} from '../../link/conditions-text.ts';
import {oneWayPresets, type PresetName} from '../../link/presets.ts';
import {fileRule} from '../../replies/reply-rule.ts';
import {anyHosts, formatAddress} from '../../text/address.ts';
import {defaultEncoding, type Encoding, encodingLabel} from '../../text/encoding/encoding.ts';
import type {Framing} from '../../text/framing.ts';
import {shellLine} from '../../text/shell-line.ts';
import {experiments} from '../overlays/laboratory/experiments.ts';
import {wayName} from '../overlays/link/link-summary.ts';
import type {Words} from '../words/words.ts';
import {formatOption, isOptionOf, type SocketRole} from '../../log/calls/socket-option.ts';

/** The preset that holds for the requests only, where the link is one. */
function oneWayPresetOf({link, protocol}: SceneView): PresetName | undefined {
	const name = wayName(link, 'to-server', protocol);
	return name && oneWayPresets.has(name) ? name : undefined;
}

/**
The command line that opens a scene like this one, with its seed. What it does not bring back, `unlike()` tells.

@param messagesFile - the path of the file of saved messages, where there is one
*/
export function commandOf(scene: SceneView, words: Words, messagesFile?: string): string {
	const {protocol, server, connect, clients, link, experiment} = scene;
	const seed = ['--seed', String(link.seed), '--lang', words.comments];
	if (experiment) {
		// It opens its own sockets: the key of its entry in the list does.
		return shellLine(['socket-playground', '--protocol', protocol, ...seed]);
	}

	const shared = [
		...optionFlags(scene),
		...linkFlags(scene),
		...flag('messages', server?.relay ? undefined : messagesFile),
		...flag('framing', framingOf(scene)),
		...flag('encoding', encodingOf(scene)),
		...seed,
	];
	const count = String(clients.length);
	if (server?.relay) {
		const ends = [server.configured, server.relay.target].map(address => formatAddress(address));
		return shellLine([
			'socket-playground', 'relay', protocol, ...ends, ...(clients.length > 0 ? ['--clients', count] : []), ...shared,
		]);
	}

	return shellLine([
		'socket-playground',
		...flag('protocol', protocol),
		...flag('host', server?.configured.host),
		...flag('port', server && String(server.configured.port)),
		...flag('reply', server?.rule === fileRule ? server.rulesFile ?? '' : server?.rule),
		...(server?.closeAfterReply ? ['--close-after-reply'] : []),
		...flag('connect', connect && formatAddress(connect)),
		...flag('clients', count),
		...shared,
	]);
}

function flag(name: string, value: string | undefined): string[] {
	return value === undefined ? [] : [`--${name}`, value];
}

function framingOf({server, clients}: SceneView): Framing | undefined {
	return (server ?? clients[0])?.framing;
}

/** The encoding that panes have from the start; undefined for UTF-8. */
function encodingOf({server, clients: [first]}: SceneView): Encoding | undefined {
	return server ? server.encoding : first?.encoding;
}

/** The link each way: one flag where both are the same, or where a preset is for the requests only. */
function linkFlags(scene: SceneView): string[] {
	const toServer = formatConditions(scene.link['to-server'].conditions);
	const toClients = formatConditions(scene.link['to-clients'].conditions);
	const preset = oneWayPresetOf(scene);
	return [
		'--link',
		preset ?? toServer,
		...(preset !== undefined || toServer === toClients ? [] : ['--link-to-clients', toClients]),
	];
}

/** What the command line of a scene does not bring back, a sentence each. */
export function unlike(scene: SceneView, words: Words): string[] {
	const {saving} = words.views;
	const {server, connect, clients, experiment} = scene;
	const isStopped = server?.state.type === 'closed' || server?.state.type === 'failed';
	const given = server?.state.type === 'open' ? server.state.local : connect ?? server?.configured;
	return experiment
		? []
		: [
			...(isStopped ? [saving.serverStopped] : []),
			...othersThanFlags(scene).map(number => saving.otherOptions(number)),
			...clients.flatMap(({number, destination, state, framing, encoding}) => [
				...(framing === framingOf(scene) ? [] : [saving.framing(number, framing ?? 'none')]),
				...(given && destination && !isSameTarget(destination, given)
					? [saving.destination(number, formatAddress(destination))]
					: []),
				...(state.type === 'closed' ? [saving.clientClosed(number)] : []),
				...(encoding === encodingOf(scene)
					? []
					: [saving.encoding(number, encodingLabel(encoding ?? defaultEncoding))]),
			]),
		];
}

/**
Whether a client sends where it would after the start. A server that is bound to all addresses is reached on loopback,
and of one that was stopped the port may not be known.
*/
function isSameTarget(destination: Address, {host, port}: Address): boolean {
	return (port === 0 || destination.port === port) && (destination.host === host || anyHosts.includes(host));
}

/** The head of a saved view: what it is and when, how to make the scene again, and further facts, a line each. */
export function headOf(what: string, scene: SceneView, facts: readonly string[], words: Words): string[] {
	const {saving} = words.views;
	const {protocol, experiment} = scene;
	const listed = experiments.find(({name}) => name === experiment?.name);
	return [
		`${what} · ${protocol.toUpperCase()} · ${localTime(new Date())}`,
		commandOf(scene, words),
		...(listed ? [saving.experiment(listed.key, words.laboratory.experiments[listed.name].name)] : []),
		...unlike(scene, words),
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

/** The flags that give new panes the options that the server has, and the first client. */
function optionFlags(scene: SceneView): string[] {
	return sharedOptions(scene).flatMap(option => {
		const value = formatOption(option);
		return option.name === 'backlog' || option.name === 'source'
			? [`--${option.name}`, value]
			: ['--option', `${option.name}=${value}`];
	});
}

/** The clients that have other options than these flags give them, by their numbers; 0 stands for the server. */
function othersThanFlags(scene: SceneView): number[] {
	const shared = sharedOptions(scene);
	const isOther = (options: OptionsView | undefined, role: SocketRole): boolean => {
		const given = shared.filter(({name}) => isOptionOf(name, scene.protocol, role)
			&& (name !== 'join' || role === 'server' || !scene.server));
		return textOf(given) !== textOf(listOf(options));
	};

	return [
		...(scene.server && isOther(scene.server.options, 'server') ? [0] : []),
		...scene.clients.filter(({options}) => isOther(options, 'client')).map(({number}) => number),
	];
}

/** The options that the server has, and those of the first client that no server has. */
export function sharedOptions({server, clients: [first]}: SceneView): readonly SocketOption[] {
	const own = listOf(server?.options);
	const names = new Set(own.map(({name}) => name));
	// A relay's command line has no source.
	const isClients = (name: SocketOption['name']): boolean => !names.has(name)
		&& (name !== 'join' || !server) && (name !== 'source' || !server?.relay);
	return [...own, ...listOf(first?.options).filter(({name}) => isClients(name))];
}

function listOf(options: OptionsView | undefined): readonly SocketOption[] {
	if (!options) {
		return [];
	}

	const {numbers, groups, interface: leavesBy, source} = options;
	return [
		...Object.entries(numbers).map(([name, value]) => ({name: name as NumberOption, value})),
		...(leavesBy === undefined ? [] : [{name: 'interface', interface: leavesBy} as const]),
		...groups.map(group => ({name: 'join', ...group} as const)),
		...(source ? [{name: 'source', source} as const] : []),
	];
}

function textOf(options: readonly SocketOption[]): string {
	return options.map(option => `${option.name}=${formatOption(option)}`).toSorted().join(' ');
}
