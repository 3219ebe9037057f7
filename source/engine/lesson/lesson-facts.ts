import type {LessonFacts, LookFacts, SceneFacts} from '../../lessons/seen.ts';
import {reachableAddress} from '../../text/address.ts';
import type {ScreenLook} from '../api/lesson.ts';
import {ClientPane} from '../scene/panes/client-pane.ts';
import type {Scene} from '../scene/scene.ts';
import type {Scenes} from '../scene/scenes.ts';

/** How the scenes stand now, and what the person looks at. */
export function factsOf(scenes: Scenes, look: ScreenLook | undefined): LessonFacts {
	const experiment = scenes.all.find(({name}) => name === 'laboratory')?.experiment;
	return {
		scenes: Object.fromEntries(scenes.all.map(scene => [scene.name, sceneFacts(scene)])),
		experiment: experiment && {name: experiment.name, outcome: experiment.outcome},
		look: lookFacts(scenes, look),
	};
}

function sceneFacts({server, clients, link}: Scene): SceneFacts {
	const state = server?.server.state;
	const address = state?.type === 'open' ? state.local : server?.configured;
	return {
		server: state?.type ?? 'none',
		local: address && address.port > 0 ? reachableAddress(address) : undefined,
		clients: clients.length,
		openClients: clients.filter(({state: {type}}) => type === 'bound' || type === 'connected').length,
		connections: server?.server.peers.size ?? 0,
		rule: server?.rule ?? '',
		closeAfterReply: server?.closeAfterReply ?? false,
		seed: link.seed,
		link: {
			'to-server': link.datagrams('to-server').conditions,
			'to-clients': link.datagrams('to-clients').conditions,
		},
	};
}

function lookFacts(scenes: Scenes, look: ScreenLook | undefined): LookFacts {
	return {
		scenes: look?.scenes ?? [],
		overlays: look?.overlays ?? [],
		panes: (look?.panes ?? []).flatMap(({pane, view, language}) => {
			const found = scenes.paneOf(pane);
			return found
				? [{
					scene: found.scene.name,
					client: found.pane instanceof ClientPane ? found.pane.number : undefined,
					view,
					language,
					isFocused: look?.focus === pane,
				}]
				: [];
		}),
	};
}
