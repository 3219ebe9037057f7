/* The options of a scene's sockets as flags of the command line. */
import type {OptionsView, SceneView} from '../../engine/api/scene-view.ts';
import type {NumberOption, SocketOption} from '../../log/event.ts';
import {formatOption, isOptionOf, type SocketRole} from '../../log/calls/socket-option.ts';

/** The flags that give new panes the options that the server has, and the first client. */
export function optionFlags(scene: SceneView): string[] {
	return sharedOptions(scene).flatMap(option => {
		const value = formatOption(option);
		return option.name === 'backlog' || option.name === 'source'
			? [`--${option.name}`, value]
			: ['--option', `${option.name}=${value}`];
	});
}

/** The clients that have other options than these flags give them, by their numbers; 0 stands for the server. */
export function othersThanFlags(scene: SceneView): number[] {
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
