import type {SceneView} from '../../engine/api/scene-view.ts';
import {parseAddress, formatAddress} from '../../text/address.ts';
import {executed, update, type Update} from '../input/update.ts';
import {backToTyping} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {AddressMode} from './modes.ts';
import type {ModeInput, Overlay} from './overlay.ts';
import {promptOverlay} from './prompt.ts';

/** The prompt for the server's address, or for a client's destination. */
export const addressPrompt: Overlay<AddressMode> = promptOverlay({
	look: () => 'address',
	texts: ({scene, mode: {pane, problem}, words}) =>
		({label: labelOf(scene, pane, words), hint: problem ?? words.prompt.hint}),
	submit,
});

function labelOf({server, clients}: SceneView, pane: AddressMode['pane'], {prompt}: Words): string {
	if (pane === 'server') {
		return prompt.server(server ? formatAddress(server.configured) : '');
	}

	const client = clients.find(candidate => candidate.pane === pane);
	return prompt.client(client?.number ?? 0, client?.destination ? formatAddress(client.destination) : '');
}

/** Enter: take the address over, or say what is wrong with it. An empty line leaves all as it is. */
function submit({state, scene: {protocol}, mode, words}: ModeInput<AddressMode>, value: string): Update {
	const {pane} = mode;
	const typing = backToTyping(state);
	if (value.trim() === '') {
		return update(typing);
	}

	const address = parseAddress(value.trim());
	if (!address || (pane !== 'server' && address.port === 0)) {
		return update({...state, mode: {...mode, problem: words.prompt.wrong}});
	}

	return pane === 'server'
		? executed(typing, {type: 'move-server', protocol, address})
		: executed(typing, {type: 'set-destination', pane, destination: address}, pane);
}
