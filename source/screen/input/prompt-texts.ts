import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import {formatAddress} from '../../text/address.ts';
import type {PromptMode} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';

/** What a short prompt asks for, and what stands behind what is typed: how to leave it, or what is wrong. */
export function promptTexts(
	mode: PromptMode,
	scene: SceneView,
	words: Words,
): {readonly label: string; readonly hint: string} {
	switch (mode.type) {
		case 'address': {
			return {label: addressLabel(scene, mode.pane, words), hint: mode.problem ?? words.prompt.hint};
		}

		case 'filter': {
			return {label: words.views.filter.label, hint: mode.problem ?? words.views.filter.hint};
		}

		case 'series': {
			const {prompt} = words.acts;
			const number = scene.clients.find(({pane}) => pane === mode.pane)?.number ?? 0;
			return {label: prompt.label(number, mode.kind), hint: mode.problem ?? prompt.hints[mode.kind]};
		}

		case 'link-value':
		case 'link-seed': {
			const {panel} = words.link;
			const label = mode.type === 'link-seed' ? panel.newSeed : panel.changing(mode.place.row, mode.place.column);
			return {label, hint: mode.problem === undefined ? panel.hint : `✗ ${mode.problem}`};
		}

		default: {
			return mode satisfies never;
		}
	}
}

/** Whose address is asked for, and what it is now. */
function addressLabel({server, clients}: SceneView, pane: PaneId | 'server', words: Words): string {
	if (pane === 'server') {
		return words.prompt.server(server ? formatAddress(server.configured) : '');
	}

	const client = clients.find(candidate => candidate.pane === pane);
	return words.prompt.client(client?.number ?? 0, client?.destination ? formatAddress(client.destination) : '');
}
