import {visibleLine} from '../../../text/visible.ts';
import {update, type Update} from '../../input/update.ts';
import {contextOf, filesOf} from '../../input/key-context.ts';
import {backToTyping, withPane} from '../../state/screen-state.ts';
import {type FileMode, isFilePrompt} from '../modes.ts';
import type {ModeInput, Overlay} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';
import {pathOf} from './complete-path.ts';

/** Names that fit what is typed; of more, only the first are shown. */
const mostNames = 12;

const prompt = promptOverlay<FileMode>({
	texts({state, scene, mode: {pane, names = [], problem}, words: {files: {prompt: say}}}) {
		const number = scene.clients.find(client => client.pane === pane)?.number;
		const isReceiving = filesOf(contextOf(state, scene))?.receiving !== undefined;
		const shown = visibleLine(names.slice(0, mostNames).join('  ')) + (names.length > mostNames ? ' …' : '');
		return {
			label: say.sender(number),
			hint: problem ?? (shown === '' ? (isReceiving ? say.receiving : say.hint) : shown),
		};
	},
	submit,
});

/** The prompt for a file to send, or to write to. Tab completes its path. */
export const file: Overlay<FileMode> = {
	...prompt,
	handleKey(input, key) {
		const {state, mode} = input;
		if (key.name === 'tab') {
			return update(state, {type: 'complete-path', draft: mode.draft});
		}

		const edited = prompt.handleKey(input, key);
		const next = edited?.state.mode;
		return edited && next && isFilePrompt(next) && next.draft !== mode.draft
			? {...edited, state: {...edited.state, mode: {...next, names: []}}}
			: edited;
	},
};

/** Enter: send the file, or write to it; an empty line ends what is being written. */
function submit({state, scene, mode, words}: ModeInput<FileMode>, value: string): Update {
	const {pane} = mode;
	const {path, isReceived} = pathOf(value);
	const typing = withPane(backToTyping(state), pane, {end: undefined, notice: undefined});
	if (path === '') {
		return filesOf(contextOf(state, scene))?.receiving
			? update(typing, {type: 'execute', command: {type: 'stop-file', pane}, pane})
			: update({...state, mode: {...mode, problem: words.files.prompt.empty}});
	}

	const target = scene.server?.pane === pane ? scene.server.target : undefined;
	return update(typing, {
		type: 'execute', command: {
			type: isReceived ? 'receive-file' : 'send-file', pane, path, target,
		}, pane,
	});
}
