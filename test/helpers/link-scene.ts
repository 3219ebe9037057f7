import type {LinkView, SceneView} from '../../source/engine/api/scene-view.ts';
import {perfect, type LinkConditions} from '../../source/link/conditions.ts';
import type {LinkDirection} from '../../source/link/random.ts';
import {perfectLinkView, sceneView} from './terminal-scene.ts';

/** What differs from a perfect link with nothing on it, in one direction. */
type WayChanges = Partial<LinkConditions> & Partial<Omit<LinkView[LinkDirection], 'conditions'>>;

/** A simulated link of which each direction, or both, differ from a perfect one with seed 1. */
export function linkView(toServer: WayChanges = {}, toClients: WayChanges = toServer, seed = 1): LinkView {
	const way = ({
		losesNext = false,
		datagrams = 0,
		bytes = 0,
		...conditions
	}: WayChanges): LinkView[LinkDirection] => ({
		conditions: {...perfect, ...conditions},
		losesNext,
		datagrams,
		bytes,
	});
	return {
		...perfectLinkView, seed, 'to-server': way(toServer), 'to-clients': way(toClients),
	};
}

/** A scene with such a link. */
export function linkScene(link: LinkView, changes: Partial<SceneView> = {}): SceneView {
	return sceneView({...changes, link});
}
