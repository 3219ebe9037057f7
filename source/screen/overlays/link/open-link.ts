import type {SceneView} from '../../../engine/api/scene-view.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import {areEqual} from './link-summary.ts';

/**
Show the link panel: its first row, for both directions where they are the same. Without a server of ours only the
clients' sends count.
*/
export function openLink(state: ScreenState, {link, protocol, server}: SceneView): ScreenState {
	const isSame = areEqual([link['to-server'].conditions, link['to-clients'].conditions], protocol);
	return {...state, mode: {type: 'link', place: {row: 'preset', column: server && isSame ? 'both' : 'to-server'}}};
}
