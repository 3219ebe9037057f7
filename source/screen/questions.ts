import type {FlowQuestion, PayloadQuestion, Question} from '../engine/door/question.ts';
import type {SceneView} from '../engine/door/scene-view.ts';
import {flowRows} from './overlay/flow-lines.ts';
import {payloadRows} from './overlay/payload-lines.ts';
import {paneQuestion, peersShown} from './pane/geometry.ts';
import {screenLayout} from './screen-layout.ts';
import {focusedPane, paneState, type ScreenState} from './screen-state.ts';
import type {Words} from './words/words.ts';

/** What is to be seen on a screen, as questions to the engine: the scene first, then its panes or what is drawn over them. */
export function questionsFor(state: ScreenState, words: Words): readonly Question[] {
	const {protocol, scenes, rows} = state;
	const scene = scenes[protocol];
	const layout = scene && screenLayout(state, scene, words);
	const question: Question = {type: 'scene', protocol, peers: peersShown(protocol, layout?.server?.height ?? rows)};
	if (!layout) {
		return [question];
	}

	const overlay = overlayQuestion(state, scene);
	if (overlay) {
		return [question, overlay];
	}

	const boxes = layout.server ? [layout.server, ...layout.clients] : layout.clients;
	return [question, ...boxes.map(box => paneQuestion(box, scene, paneState(state, box.pane), words))];
}

/** The question of what is drawn over the panes, if anything is: they are not asked for then. */
function overlayQuestion(state: ScreenState, scene: SceneView): FlowQuestion | PayloadQuestion | undefined {
	const {mode, protocol, columns, rows} = state;
	if (mode.type === 'flow') {
		return {
			type: 'flow', protocol, focus: focusedPane(state, scene), columns, rows: flowRows(rows), end: mode.ends.at(-1),
		};
	}

	return mode.type === 'payload'
		? {
			type: 'payload', sequence: mode.sequence, from: mode.from, columns: columns - 2, rows: payloadRows(rows),
		}
		: undefined;
}
