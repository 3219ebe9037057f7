import type {ScreenLook} from '../../../engine/api/lesson.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import {attempt} from '../../frame/paint.ts';
import {isTooSmall} from '../../frame/layout.ts';
import {drawFooter} from '../../frame/renderers.ts';
import {sceneLayouts, screenLayout} from '../../frame/screen-layout.ts';
import {viewKind} from '../../panes/views.ts';
import {
	focusedPane, paneState, type ScreenState, shownScene,
} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {bodyRows, overlayOf} from '../registry.ts';
import {besidePanel} from './panel.ts';

/** What the person looks at, told once while it stays the same. */
export class Looks {
	#told: string | undefined;

	/** What is to be told now: undefined where it was, while no lesson is open, and where nothing can be drawn. */
	next(whole: ScreenState, words: Words): ScreenLook | undefined {
		const scene = whole.scenes[shownScene(whole)];
		if (!whole.learning.isOpen || !scene || isTooSmall(whole.columns, whole.rows)) {
			return undefined;
		}

		const look = attempt(() => lookOf(besidePanel(whole, words), scene, words), () => undefined);
		const text = JSON.stringify(look);
		if (text === this.#told) {
			return undefined;
		}

		this.#told = text;
		return look;
	}

	/** A lesson was opened, or left: what is looked at is told anew. */
	forget(): void {
		this.#told = undefined;
	}
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
		overlays: [...new Set([...(overlay ? [overlay] : []), ...(layout.dock && !isCovered ? ['flow' as const] : [])])],
	};
}
