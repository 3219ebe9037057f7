import type {SceneView} from '../../engine/api/scene-view.ts';
import {hintLines} from '../frame/hints.ts';
import {paint, wrap} from '../frame/paint.ts';
import {letterOf} from '../input/keys.ts';
import {type SavedView, update} from '../input/update.ts';
import {viewKind} from '../panes/views.ts';
import {commandOf} from '../save/scene-head.ts';
import {
	backToTyping, focusedPane, focusRing, paneState,
} from '../state/screen-state.ts';
import type {SaveMode} from './modes.ts';
import type {ModeInput, Overlay} from './overlay.ts';

/** What is to be saved, and the scene's command line: Enter, or its own key once more, saves what the pane shows. */
export const saveMenu = {
	paste: 'line',
	handleKey(input, key) {
		const {state, scene, words} = input;
		const letter = key.name === 'return' ? 'w' : letterOf(key);
		if (letter === 'y') {
			const {copied} = words.views.saving;
			const text = commandOf(scene, words, state.saved?.path);
			return update(backToTyping(state), {type: 'copy-text', text, notice: copied});
		}

		const saved: Readonly<Partial<Record<string, SavedView>>> = {
			w: {type: 'panes', panes: savedPanes(input)},
			c: {type: 'command'},
			...(canBeLesson(scene) && {l: {type: 'lesson'}}),
		};
		const what = saved[letter];
		return what ? update(backToTyping(state), {type: 'save-text', what}) : update(state);
	},
	footer({state: {columns, saved}, scene, words}) {
		const {saving: say} = words.views;
		const command = wrap(commandOf(scene, words, saved?.path), columns - 1);
		return [
			...command.map(line => paint([{text: ` ${line}`, tone: 'strong'}], columns)),
			...hintLines([
				{key: 'w', label: say.view},
				{key: 'c', label: say.command},
				...(canBeLesson(scene) ? [{key: 'l', label: say.lesson}] : []),
				{key: 'y', label: say.copy},
				{key: 'Esc', label: words.footer.close},
			], columns),
		];
	},
} satisfies Overlay<SaveMode>;

function canBeLesson({experiment, server}: SceneView): boolean {
	return !experiment && !server?.relay;
}

/** The focused pane; in an experiment all of them, which belong together. */
function savedPanes({state, scene}: ModeInput<SaveMode>): readonly number[] {
	const pane = focusedPane(state, scene);
	const isProgram = pane !== undefined && viewKind(paneState(state, pane).view).isProgram;
	return scene.experiment && !isProgram ? focusRing(scene) : [pane ?? -1];
}
