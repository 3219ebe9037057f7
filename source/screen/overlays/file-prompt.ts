import path from 'node:path';
import {readdir} from 'node:fs/promises';
import {homedir} from 'node:os';
import {visibleLine} from '../../text/width/visible.ts';
import {executed, update, type Update} from '../input/update.ts';
import {contextOf, filesOf} from '../input/key-context.ts';
import {backToTyping, withPane} from '../state/screen-state.ts';
import {type FileMode, isFilePrompt} from './modes.ts';
import type {ModeInput, Overlay} from './overlay.ts';
import {promptOverlay} from './prompt.ts';

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
			? executed(typing, {type: 'stop-file', pane}, pane)
			: update({...state, mode: {...mode, problem: words.files.prompt.empty}});
	}

	const target = scene.server?.pane === pane ? scene.server.target : undefined;
	return executed(typing, {
		type: isReceived ? 'receive-file' : 'send-file', pane, path, target,
	}, pane);
}

/** What stands before the path where what the peer sends is written to it. */
const intoFile = /^\s*>\s*/;

/** A path as it was typed: whether it is written to, and where it is, with `~` for the home folder. */
export function pathOf(typed: string): {readonly isReceived: boolean; readonly path: string} {
	const isReceived = intoFile.test(typed);
	const bare = typed.replace(intoFile, '').trim();
	return {isReceived, path: bare.replace(/^~(?=\/|$)/, homedir())};
}

/** A path as far as it is typed now, and the names that it could go on with. */
type Completion = {readonly typed: string; readonly names: readonly string[]};

/**
What is typed, with as much of the path's last name as all names that fit it have in common; and those names, where
they are several. A folder has a slash behind it. Where nothing fits, or the folder cannot be read, all stays as it is.
*/
export async function completePath(typed: string): Promise<Completion> {
	const {path: whole} = pathOf(typed);
	const begun = /[^/]*$/.exec(typed.replace(intoFile, ''))?.[0] ?? '';
	if (begun === '~') {
		return {typed: `${typed}/`, names: []};
	}

	const folder = whole.slice(0, Math.max(0, whole.length - begun.length));
	try {
		const entries = await readdir(path.resolve(folder), {withFileTypes: true});
		const names = entries
			.filter(({name}) => name.startsWith(begun) && (begun.startsWith('.') || !name.startsWith('.')))
			.map(entry => entry.isDirectory() ? `${entry.name}/` : entry.name)
			.toSorted();
		const [first] = names;
		if (first === undefined) {
			return {typed, names: []};
		}

		// In their order, the first and the last differ the most.
		const letters = [...(names.at(-1) ?? first)];
		const differs = [...first].findIndex((letter, index) => letter !== letters[index]);
		const common = differs === -1 ? first : [...first].slice(0, differs).join('');
		return {typed: typed.slice(0, typed.length - begun.length) + common, names: names.length > 1 ? names : []};
	} catch {
		// The prompt's Enter tells what is wrong with it.
		return {typed, names: []};
	}
}
