import type {SceneView} from '../../engine/api/scene-view.ts';
import {attempt} from '../frame/paint.ts';
import {hintLine} from '../frame/hints.ts';
import {commands} from '../input/commands.ts';
import {typing} from '../input/typing.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {acts} from './acts/acts-menu.ts';
import {seriesPrompt} from './acts/series-prompt.ts';
import {addressPrompt} from './address-prompt.ts';
import {exerciseMenu} from './exercises/exercise-menu.ts';
import {exercisePrompt} from './exercises/exercise-prompt.ts';
import {file} from './file-prompt.ts';
import {filterPrompt} from './filter-prompt.ts';
import {flow} from './flow/flow.ts';
import {heldEdit} from './held/held-edit.ts';
import {heldMessages} from './held/held-list.ts';
import {help} from './help.ts';
import {laboratory} from './laboratory/laboratory.ts';
import {lessonsList} from './lessons/list.ts';
import {lessonMenu} from './lessons/menu.ts';
import {lessonQuestion} from './lessons/question.ts';
import {link, linkSeed, linkValue} from './link/link-panel.ts';
import type {Mode, ModeOf} from './modes.ts';
import type {BodyInput, DrawInput, Overlay} from './overlay.ts';
import {payload} from './payload/payload.ts';
import {saveMenu} from './save-menu.ts';
import {select} from './select.ts';
import {settingsOverlay, settingValue} from './settings/settings-panel.ts';

/** Every mode of the screen: what keys do in it, and what it draws. */
export const overlays = {
	typing,
	commands,
	select,
	'help-page': help,
	'flow-diagram': flow,
	'whole-payload': payload,
	'acts-menu': acts,
	'series-prompt': seriesPrompt,
	'link-panel': link,
	'link-value': linkValue,
	'link-seed': linkSeed,
	'settings-panel': settingsOverlay,
	'setting-value': settingValue,
	'experiment-list': laboratory,
	'save-menu': saveMenu,
	'lesson-list': lessonsList,
	'lesson-menu': lessonMenu,
	'lesson-question': lessonQuestion,
	'exercise-run': exerciseMenu,
	'exercise-prompt': exercisePrompt,
	'held-list': heldMessages,
	'held-edit': heldEdit,
	'address-prompt': addressPrompt,
	'file-prompt': file,
	'filter-prompt': filterPrompt,
} satisfies {readonly [Type in Mode['type']]: Overlay<ModeOf<Type>>};

export function overlayOf<M extends Mode>({type}: M): Overlay<M> {
	// The key is the mode's own, which the compiler cannot follow.
	return overlays[type] as unknown as Overlay<M>;
}

/** The footer: the keys that do something now, or a prompt; in as many lines as they need. */
export function footerLines(state: ScreenState, scene: SceneView, words: Words): readonly string[] {
	const {mode} = state;
	if (state.isQuitAsked) {
		return [hintLine([
			{key: 'q', label: words.footer.quit, isVital: true},
			{key: words.footer.anyOtherKey, label: words.footer.stay},
		], state.columns)];
	}

	return overlayOf(mode).footer({
		state, scene, words, mode,
	});
}

/** The modes that draw something over the panes, or beneath them, each with what that is drawn from. */
export type BodyInputs = {
	readonly [Type in Mode['type'] as (typeof overlays)[Type] extends {readonly body: unknown} ? Type : never]:
	BodyInput<ModeOf<Type>>;
};

/**
How many rows the mode takes beneath the panes, 'all' where it is drawn over them. One that fails is drawn over them.

@param otherRows - the rows of the footer, and of all else beneath the panes
*/
export function bodyRows(input: DrawInput, otherRows: number): number | 'all' {
	const {mode} = input.state;
	const {body} = overlayOf(mode);
	return body ? attempt(() => body.rows?.({...input, mode}, otherRows) ?? 'all', () => 'all') : 0;
}
