import {
	type Codec, type Reading, readingOf, Unwritable, utf8Reading,
} from '../../../text/encoding/codec.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {encodeTyped} from '../../../text/encoding/escapes.ts';
import {visibleBytes} from '../../../text/width/visible.ts';
import {
	type Draft, emptyDraft, insertText, lengthOfMessage, messageOf, hexOf,
} from '../../input/line/draft.ts';
import {update, type Update} from '../../input/update.ts';
import {hexOf as hexDigits} from '../../panes/rows/payload-text.ts';
import {codecOfPane} from '../../state/screen-state.ts';
import {formatBytes} from '../../../text/numbers.ts';
import {type HeldEditMode, heldList} from '../modes.ts';
import type {ModeInput, Overlay} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';
import {wrongIn} from '../../input/line/send-line.ts';

/**
The prompt with the bytes of a held message.

@param range - how many bytes it can have
*/
export function editOf(
	held: number,
	bytes: Uint8Array,
	range: HeldEditMode['range'],
	{codec, lead} = utf8Reading,
): HeldEditMode {
	const text = textDraft(bytes, {codec, lead});
	return {
		type: 'held-edit', held, range, isHex: text === undefined, lead, draft: text ?? hexDraft(bytes),
	};
}

/** Bytes as one would type them as text; undefined where that would not be the same bytes. */
function textDraft(bytes: Uint8Array, reading: Reading): Draft | undefined {
	const {text} = visibleBytes(bytes, Number.POSITIVE_INFINITY, true, reading);
	const typed = encodeTyped(text, reading.codec);
	return typed instanceof Uint8Array && Buffer.compare(typed, bytes) === 0 ? insertText(emptyDraft, text) : undefined;
}

function hexDraft(bytes: Uint8Array): Draft {
	return insertText(emptyDraft, hexDigits(bytes));
}

const prompt = promptOverlay<HeldEditMode>({
	escape: (state, {held}) => ({...state, mode: heldList(held)}),
	texts(input) {
		const {mode: {held, isHex, draft, range, problem}, words} = input;
		const {list, list: {edit}} = words.relay;
		const read = isHex ? hexOf(draft) : lengthOfMessage(draft, 'none', codecOf(input));
		const length = typeof read === 'number' ? read : ('bytes' in read ? read.bytes.length : undefined);
		const hint = typeof read === 'number' || 'bytes' in read
			? formatBytes(length ?? 0)
			: `✗ ${read instanceof Unwritable
				? words.line.encoding.wrong(encodingName(read.encoding))
				: words.line.hex.wrong[read.problem]}`;
		const wrongSize = length === undefined || isIn(range, length) ? undefined : `✗ ${list.wrongSize(length, range)}`;
		return {label: edit.label(held, isHex), hint: problem ?? wrongSize ?? edit.hint(hint)};
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

/** How the text of the relay's pane is read and written. */
function codecOf({scene}: Pick<ModeInput<HeldEditMode>, 'scene'>): Codec {
	return codecOfPane(scene, scene.server?.pane);
}

type Wrong = Exclude<ReturnType<typeof hexOf>, {readonly bytes: unknown}> | Unwritable;

function bytesOf(input: ModeInput<HeldEditMode>): {readonly bytes: Uint8Array} | Wrong {
	const {mode: {draft, isHex}} = input;
	if (isHex) {
		return hexOf(draft);
	}

	const bytes = messageOf(draft, 'none', codecOf(input));
	return bytes instanceof Unwritable ? bytes : {bytes};
}

function switchForm(input: ModeInput<HeldEditMode>): Update {
	const {state, mode, words} = input;
	const {isHex, lead} = mode;
	const read = bytesOf(input);
	if (!('bytes' in read)) {
		return update(wrong(input, read));
	}

	const draft = isHex ? textDraft(read.bytes, readingOf(codecOf(input), lead)) : hexDraft(read.bytes);
	const {list: {edit}} = words.relay;
	return update({
		...state,
		mode: draft
			? {
				...mode, isHex: !isHex, draft, problem: undefined,
			}
			: {...mode, problem: edit.noText},
	});
}

/** The caret stands where that is. */
function wrong({state, mode, words}: ModeInput<HeldEditMode>, problem: Wrong): ModeInput<HeldEditMode>['state'] {
	const {draft, notice} = wrongIn(mode.draft, problem, words);
	return {...state, mode: {...mode, draft, problem: words.relay.list.edit.notTaken(notice)}};
}

/** Enter: these are its bytes from now on; it stays held. */
function submit(input: ModeInput<HeldEditMode>): Update {
	const {state, scene, mode, words: {relay: {list}}} = input;
	const read = bytesOf(input);
	if (!('bytes' in read)) {
		return update(wrong(input, read));
	}

	const {bytes} = read;
	const {protocol, server} = scene;
	return isIn(mode.range, bytes.length)
		? update({...state, mode: heldList(mode.held)}, {
			type: 'execute',
			command: {
				type: 'edit-held', protocol, held: mode.held, bytes,
			},
			...(server && {pane: server.pane}),
			prompt: mode,
		})
		: update({...state, mode: {...mode, problem: list.wrongSize(bytes.length, mode.range)}});
}

function isIn({least, most}: HeldEditMode['range'], length: number): boolean {
	return length >= least && length <= most;
}
