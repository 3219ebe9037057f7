import {hintLines} from '../../frame/hints.ts';
import {paint, wrap} from '../../frame/paint.ts';
import {letterOf} from '../../input/keys.ts';
import {type SavedView, update, type Update} from '../../input/update.ts';
import {viewKind} from '../../panes/views.ts';
import {commandOf} from '../../save/scene-head.ts';
import {
	backToTyping, focusedPane, focusRing, paneState,
} from '../../state/screen-state.ts';
import type {SaveMode} from '../modes.ts';
import type {ModeInput, Overlay} from '../overlay.ts';

/** What is to be saved, and the scene's command line: Enter, or its own key once more, saves what the pane shows. */
export const saveMenu = {
	paste: 'nothing',
	handleKey(input, key) {
		const {state, scene, words} = input;
		switch (key.name === 'return' ? 'w' : letterOf(key)) {
			case 'w': {
				return saving(input, {type: 'panes', panes: savedPanes(input)});
			}

			case 'c': {
				return saving(input, {type: 'command'});
			}

			case 'l': {
				return scene.experiment || scene.server?.relay ? update(state) : saving(input, {type: 'lesson'});
			}

			case 'y': {
				const {copied} = words.views.saving;
				const text = commandOf(scene, words, state.saved?.path);
				return update(backToTyping(state), {type: 'copy-text', text, notice: copied});
			}

			default: {
				return update(state);
			}
		}
	},
	footer({state: {columns, saved}, scene, words}) {
		const {saving: say} = words.views;
		const command = wrap(commandOf(scene, words, saved?.path), columns - 1);
		return [
			...command.map(line => paint([{text: ` ${line}`, tone: 'strong'}], columns)),
			...hintLines([
				{key: 'w', label: say.view},
				{key: 'c', label: say.command},
				...(scene.experiment || scene.server?.relay ? [] : [{key: 'l', label: say.lesson}]),
				{key: 'y', label: say.copy},
				{key: 'Esc', label: words.footer.close},
			], columns),
		];
	},
} satisfies Overlay<SaveMode>;

function saving({state}: ModeInput<SaveMode>, what: SavedView): Update {
	return update(backToTyping(state), {type: 'save-text', what});
}

/** The focused pane; in an experiment all of them, which belong together. */
function savedPanes({state, scene}: ModeInput<SaveMode>): readonly number[] {
	const pane = focusedPane(state, scene);
	const isProgram = pane !== undefined && viewKind(paneState(state, pane).view).isProgram;
	return scene.experiment && !isProgram ? focusRing(scene) : [pane ?? -1];
}
