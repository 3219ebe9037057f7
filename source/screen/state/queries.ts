import type {FlowQuestion, Question} from '../../engine/api/query.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PayloadQuestion} from '../../views/payload.ts';
import {attempt} from '../frame/fault.ts';
import {isTooSmall} from '../frame/layout.ts';
import {isLinkMode} from '../overlays/link/link-mode.ts';
import {dockedLinkRows} from '../overlays/link/docked-link-rows.ts';
import {flowRows} from '../overlays/flow/flow-lines.ts';
import {payloadQuestion} from '../overlays/payload/payload-lines.ts';
import {paneQuestion, peersShown} from '../panes/geometry.ts';
import {drawFooter} from '../frame/renderers.ts';
import {screenLayout} from '../frame/screen-layout.ts';
import {
	focusedPane, paneState, type ScreenState, shownScene,
} from './screen-state.ts';
import type {Words} from '../words/words.ts';

/**
What is to be seen on a screen, as questions to the engine: the scene first, then its panes or what is drawn over them. Where nothing of it can be drawn, it is
the scene alone.
*/
export function questionsFor(state: ScreenState, words: Words): readonly Question[] {
	const {scenes, columns, rows, protocol} = state;
	const name = shownScene(state);
	const scene = scenes[name];
	const alone: Question = {type: 'scene', scene: name, peers: peersShown(protocol, rows)};
	return scene && !isTooSmall(columns, rows) ? attempt(() => questionsOf(state, scene, words), () => [alone]) : [alone];
}

function questionsOf(state: ScreenState, scene: SceneView, words: Words): readonly Question[] {
	const layout = screenLayout(state, scene, words);
	const question: Question = {type: 'scene', scene: scene.name, peers: peersShown(scene.protocol, layout.server?.height ?? state.rows)};
	const overlay = overlayQuestion(state, scene);
	if (overlay) {
		return [question, overlay];
	}

	if (isLinkMode(state.mode) && dockedLinkRows(state, scene, drawFooter({state, scene, words}).length, words) === 0) {
		return [question];
	}

	const boxes = layout.server ? [layout.server, ...layout.clients] : layout.clients;
	return [question, ...boxes.map(box => paneQuestion(box, scene, paneState(state, box.pane), words))];
}

/** The question of what is drawn over the panes, if anything is: they are not asked for then. */
function overlayQuestion(state: ScreenState, scene: SceneView): FlowQuestion | PayloadQuestion | undefined {
	const {mode, columns, rows} = state;
	if (mode.type === 'flow') {
		return {
			type: 'flow', scene: scene.name, focus: focusedPane(state, scene), rows: flowRows(rows), end: mode.ends.at(-1),
		};
	}

	if (mode.type !== 'payload') {
		return undefined;
	}

	const {sequence, from} = mode;
	return payloadQuestion(sequence, from, state.payload?.sequence === sequence ? state.payload : undefined, columns, rows);
}
