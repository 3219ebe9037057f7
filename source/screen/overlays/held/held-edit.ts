import {largestDatagramTo} from '../../../sockets/limits.ts';
import {bytesOfTyped} from '../../../text/escapes.ts';
import {visibleBytes} from '../../../text/visible.ts';
import {
	type Draft, emptyDraft, insertText, lengthOfMessage, messageOf,
} from '../../input/line/draft.ts';
import {hexOf, placeOf} from '../../input/line/hex-line.ts';
import {update, type Update} from '../../input/update.ts';
import {formatBytes} from '../../words/numbers.ts';
import type {Words} from '../../words/words.ts';
import {
	type HeldEditMode, type HeldListMode, heldList,
} from '../modes.ts';
import type {ModeInput, Overlay} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';

/** More bytes than these are not edited in a line. */
const mostEdited = 8 * 1024;

/** The prompt with the bytes of a held message; where they are too many, the list says so. */
export function editOf(held: number, bytes: Uint8Array, {relay: {list}}: Words): HeldEditMode | HeldListMode {
	if (bytes.length > mostEdited) {
		return heldList(held, list.tooLong(bytes.length, mostEdited));
	}

	const text = textDraft(bytes);
	return {
		type: 'held-edit', held, isHex: text === undefined, draft: text ?? hexDraft(bytes),
	};
}

/** Bytes as one would type them as text; undefined where that would not be the same bytes. */
function textDraft(bytes: Uint8Array): Draft | undefined {
	const {text} = visibleBytes(bytes, Number.POSITIVE_INFINITY);
	return Buffer.compare(bytesOfTyped(text), bytes) === 0 ? insertText(emptyDraft, text) : undefined;
}

function hexDraft(bytes: Uint8Array): Draft {
	return insertText(emptyDraft, Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' '));
}

const prompt = promptOverlay<HeldEditMode>({
	escape: (state, {held}) => ({...state, mode: heldList(held)}),
	texts({mode: {held, isHex, draft, problem}, words}) {
		const {list: {edit}} = words.relay;
		const read = isHex ? hexOf(draft) : undefined;
		const wrong = read && 'problem' in read ? `✗ ${words.line.hex.wrong[read.problem]}` : undefined;
		const length = read && 'bytes' in read ? read.bytes.length : lengthOfMessage(draft, 'none');
		return {label: edit.label(held, isHex), hint: problem ?? edit.hint(wrong ?? formatBytes(length))};
	},
	submit,
});

/** The bytes of a held message, edited as a message line is. Tab shows them as text, or in hexadecimal. */
export const heldEdit: Overlay<HeldEditMode> = {
	...prompt,
	handleKey(input, key) {
		return key.name === 'tab' ? switchForm(input) : prompt.handleKey(input, key);
	},
};

function bytesOf({draft, isHex}: HeldEditMode): ReturnType<typeof hexOf> {
	return isHex ? hexOf(draft) : {bytes: messageOf(draft, 'none')};
}

function switchForm({state, mode, words}: ModeInput<HeldEditMode>): Update {
	const {held, isHex} = mode;
	const read = bytesOf(mode);
	if ('problem' in read) {
		return update(wrong({state, mode, words}, read));
	}

	const draft = isHex ? textDraft(read.bytes) : hexDraft(read.bytes);
	const {list: {edit}} = words.relay;
	return update({
		...state,
		mode: draft
			? {
				type: 'held-edit', held, isHex: !isHex, draft,
			}
			: {...mode, problem: edit.noText},
	});
}

/** The caret stands where the hexadecimal is wrong. */
function wrong(
	{state, mode, words}: Pick<ModeInput<HeldEditMode>, 'state' | 'mode' | 'words'>,
	problem: Extract<ReturnType<typeof hexOf>, {problem: unknown}>,
): ModeInput<HeldEditMode>['state'] {
	const {cell, line, column} = placeOf(mode.draft, problem);
	return {
		...state,
		mode: {
			...mode,
			draft: {...mode.draft, caret: cell},
			problem: words.relay.list.edit.notHex(words.line.hex.notSent(problem.problem, problem.at, column, line)),
		},
	};
}

/** Enter: these are its bytes from now on; it stays held. */
function submit(input: ModeInput<HeldEditMode>): Update {
	const {state, scene, mode, words: {relay: {list}}} = input;
	const read = bytesOf(mode);
	if ('problem' in read) {
		return update(wrong(input, read));
	}

	const {bytes} = read;
	const {protocol, server} = scene;
	const most = largestDatagramTo(server?.relay?.target.host ?? '');
	const problem = protocol === 'tcp'
		? (bytes.length === 0 ? list.emptyChunk : undefined)
		: (bytes.length > most ? list.tooLongToSend(bytes.length, most) : undefined);
	return problem === undefined
		? update({...state, mode: heldList(mode.held)}, {
			type: 'execute',
			command: {
				type: 'edit-held', protocol, held: mode.held, bytes,
			},
			...(server && {pane: server.pane}),
		})
		: update({...state, mode: {...mode, problem}});
}
