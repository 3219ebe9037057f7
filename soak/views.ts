import type {Query} from '../source/engine/api/query.ts';
import type {ClientView, SceneView} from '../source/engine/api/scene-view.ts';
import {sourceLanguages} from '../source/programs/languages.ts';
import type {Dice} from './dice.ts';

/** The scenes as they stand: UDP's, TCP's, and the laboratory's while an experiment is set up. */
export type Scenes = {readonly udp: SceneView; readonly tcp: SceneView; readonly laboratory: SceneView | undefined};

/** All scenes that there are. */
export function allScenes({udp, tcp, laboratory}: Scenes): SceneView[] {
	return laboratory ? [udp, tcp, laboratory] : [udp, tcp];
}

/** The clients of all scenes. */
export function allClients(scenes: Scenes): ClientView[] {
	return allScenes(scenes).flatMap(({clients}) => clients);
}

/** Something that the screen may ask. @param last - the newest event's sequence number */
export function randomQuery(dice: Dice, scenes: Scenes, last: number): Query {
	const panes = allScenes(scenes).flatMap(({server, clients}) => [...(server ? [server.pane] : []), ...clients.map(({pane}) => pane)]);
	const pane = dice.pick(panes.length > 0 ? panes : [1]);
	const size = {columns: dice.whole(10, 150), rows: dice.whole(1, 60)};
	const end = dice.chance(0.7) ? undefined : dice.whole(0, last + 10);
	const scene = dice.pick(['udp', 'tcp', 'laboratory'] as const);
	return dice.weighted<() => Query>([
		[5, () => ({
			type: 'rows', pane, kind: dice.pick(['messages', 'calls', 'bytes']), rows: size.rows, end, maxBytes: dice.whole(0, 2500),
			...(dice.chance(0.3) && {filter: {type: 'text', text: dice.pick(['a', '127', '가', 'zzz']), types: []}}),
		})],
		[2, () => ({
			type: 'sockets', pane, from: dice.whole(0, 5), rows: size.rows,
		})],
		[1, () => ({type: 'source', pane, language: dice.pick(sourceLanguages)})],
		[2, () => ({
			type: 'flow', scene, focus: dice.chance(0.5) ? pane : undefined, ...size, end,
		})],
		[1, () => ({
			type: 'payload', sequence: dice.whole(Math.max(0, last - 2000), last), offset: dice.whole(0, 100), maxBytes: dice.whole(0, 2000),
		})],
	])();
}
