import type {ScreenLook} from '../../../engine/api/lesson.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import {attempt} from '../../frame/fault.ts';
import {isTooSmall} from '../../frame/layout.ts';
import {drawFooter} from '../../frame/renderers.ts';
import {sceneLayouts, screenLayout} from '../../frame/screen-layout.ts';
import {viewKind} from '../../panes/views.ts';
import {focusedPane, paneState, type ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {bodyRows, overlayOf} from '../registry.ts';
import {besidePanel} from './panel.ts';

/** What the person looks at, for the open lesson; undefined where nothing of it can be drawn. */
export function screenLook(whole: ScreenState, scene: SceneView, words: Words): ScreenLook | undefined {
	return isTooSmall(whole.columns, whole.rows)
		? undefined
		: attempt(() => lookOf(besidePanel(whole, words), scene, words), () => undefined);
}

function lookOf(state: ScreenState, scene: SceneView, words: Words): ScreenLook {
	const input = {state, scene, words};
	const {mode} = state;
	const layout = screenLayout(state, scene, words);
	const isCovered = bodyRows(input, drawFooter(input).length) === 'all';
	const drawn = sceneLayouts(state, scene, layout);
	const overlay = overlayOf(mode).look?.(mode);
	return {
		scenes: drawn.map(({scene: {name}}) => name),
		panes: isCovered
			? []
			: drawn.flatMap(({layout: {server, clients}}) => (server ? [server, ...clients] : clients).map(({pane}) => {
				const {view, language} = paneState(state, pane);
				const {answer, isProgram} = viewKind(view);
				return {pane, view: answer, ...(isProgram && {language})};
			})),
		focus: focusedPane(state, scene),
		overlays: [...(overlay ? [overlay] : []), ...(layout.dock && !isCovered && overlay !== 'flow' ? ['flow' as const] : [])],
	};
}
