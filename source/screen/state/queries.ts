import type {FlowQuery, Query} from '../../engine/api/query.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PayloadQuery} from '../../views/payload.ts';
import {attempt} from '../frame/fault.ts';
import {isTooSmall} from '../frame/layout.ts';
import {isLinkMode} from '../overlays/link/link-mode.ts';
import {dockedLinkRows} from '../overlays/link/docked-link-rows.ts';
import {flowRows} from '../overlays/flow/flow-lines.ts';
import {payloadQuery} from '../overlays/payload/payload-lines.ts';
import {paneQuery, peersShown} from '../panes/geometry.ts';
import {drawFooter} from '../frame/renderers.ts';
import {screenLayout} from '../frame/screen-layout.ts';
import type {Words} from '../words/words.ts';
import {
	focusedPane, paneState, type ScreenState, shownScene,
} from './screen-state.ts';

/**
What is to be seen on a screen, as queries to the engine: the scene first, then its panes or what is drawn over them.
Where nothing of it can be drawn, it is the scene alone.
*/
export function queriesFor(state: ScreenState, words: Words): readonly Query[] {
	const {scenes, columns, rows, protocol} = state;
	const name = shownScene(state);
	const scene = scenes[name];
	const alone: Query = {type: 'scene', scene: name, peers: peersShown(protocol, rows)};
	return scene && !isTooSmall(columns, rows) ? attempt(() => queriesOf(state, scene, words), () => [alone]) : [alone];
}

function queriesOf(state: ScreenState, scene: SceneView, words: Words): readonly Query[] {
	const layout = screenLayout(state, scene, words);
	const query: Query = {
		type: 'scene',
		scene: scene.name,
		peers: peersShown(scene.protocol, layout.server?.height ?? state.rows),
	};
	const overlay = overlayQuery(state, scene);
	if (overlay) {
		return [query, overlay];
	}

	if (isLinkMode(state.mode) && dockedLinkRows(state, scene, drawFooter({state, scene, words}).length, words) === 0) {
		return [query];
	}

	const boxes = layout.server ? [layout.server, ...layout.clients] : layout.clients;
	return [query, ...boxes.map(box => paneQuery(box, scene, paneState(state, box.pane), words))];
}

/** The query of what is drawn over the panes, if anything is: they are not asked for then. */
function overlayQuery(state: ScreenState, scene: SceneView): FlowQuery | PayloadQuery | undefined {
	const {mode, columns, rows} = state;
	if (mode.type === 'flow') {
		return {
			type: 'flow',
			scene: scene.name,
			focus: focusedPane(state, scene),
			rows: flowRows(rows),
			end: mode.ends.at(-1),
		};
	}

	if (mode.type !== 'payload') {
		return undefined;
	}

	const {sequence, from} = mode;
	return payloadQuery(
		sequence,
		from,
		state.payload?.sequence === sequence ? state.payload : undefined,
		columns,
		rows,
	);
}
