/* A pane of another encoding than UTF-8: its message line, its hint, its payloads and its border. */
import {isUtf8} from 'node:buffer';
import test from 'ava';
import fc from 'fast-check';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import type {View} from '../../../source/engine/api/view.ts';
import {defaultEncoding, type Encoding, encodingLabel} from '../../../source/text/encoding/encoding.ts';
import {
	codecOf, countText, readingOf, type Unwritable,
} from '../../../source/text/encoding/codec.ts';
import textWidth from '../../../source/text/width/width.ts';
import {projectPayload} from '../../../source/views/payload.ts';
import {
	type Cell, emptyDraft, insertPaste, insertText, lengthOfBlock, lengthOfMessage, lineEndings, messageOf,
} from '../../../source/screen/input/line/draft.ts';
import {messageLine} from '../../../source/screen/input/line/line-text.ts';
import {sendLine} from '../../../source/screen/input/line/send-line.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {clipboardText} from '../../../source/screen/overlays/payload/clipboard.ts';
import {payloadPage} from '../../../source/screen/overlays/payload/payload-page.ts';
import {payloadLines} from '../../../source/screen/panes/rows/payload-text.ts';
import {withEncodingHint} from '../../../source/screen/state/apply-view.ts';
import {
	paneState, type PaneState, type ScreenState, withPane,
} from '../../../source/screen/state/screen-state.ts';
import {commandOf, unlike} from '../../../source/screen/save/scene-head.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {everyEvent} from '../../helpers/every-event.ts';
import {fullScene, fullState} from '../../helpers/every-screen.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {painted} from '../../helpers/painted.ts';

const pane = 2;

function sceneIn(encoding: Encoding | undefined): SceneView {
	const scene = fullScene();
	return {
		...scene,
		clients: scene.clients.map(client => client.pane === pane && encoding ? {...client, encoding} : client),
	};
}

function stateWith(scene: SceneView, changes: Partial<PaneState>): ScreenState {
	return withPane(fullState(scene, {columns: 80, rows: 24}), pane, changes);
}

/** The bytes that Enter sends, in hexadecimal, or the notice that says why it sends none, and where the caret is. */
function entered(
	encoding: Encoding | undefined,
	changes: Partial<PaneState>,
	words = en,
): string | readonly [string, number] {
	const scene = sceneIn(encoding);
	const {state, effects: [effect]} = sendLine(stateWith(scene, changes), scene, pane, words);
	const {notice = '', draft} = paneState(state, pane);
	return effect?.type === 'execute' && effect.command.type === 'send'
		? Buffer.from(effect.command.bytes).toString('hex')
		: [notice, draft.caret];
}

const typed = (text: string): Partial<PaneState> => ({draft: insertText(emptyDraft, text)});

test('what is typed is written in the encoding of the pane, with its ending and its escapes', t => {
	t.is(entered('euc-kr', typed('똠a')), '8c6361');
	t.is(entered('shift_jis', typed('表')), '955c');
	t.is(entered('gbk', typed('你€')), 'c4e380');
	t.is(entered('latin1', typed(String.raw`\u{e9}\xff`)), 'e9ff');
	t.is(entered('utf-16le', {...typed(String.raw`a\n\x0a`), ending: 'crlf'}), '61000a000a0d000a00');
	t.is(entered(undefined, typed('똠')), 'eb98a0');
	t.is(entered('utf-16le', {draft: insertPaste(emptyDraft, 'a\nb\n'), ending: 'crlf'}), '61000d000a0062000d000a00');
	t.is(entered('euc-kr', {draft: insertPaste(emptyDraft, '가\u{DCFF}')}), 'b0a1ff');
});

test('what the encoding cannot write is pointed at, and nothing is sent', t => {
	t.deepEqual(entered('euc-kr', typed('ab😀c')), [en.line.encoding.notSent('😀', 'EUC-KR', 3, 1), 2]);
	t.deepEqual(entered('shift_jis', typed('¥'), ko), [ko.line.encoding.notSent('¥', 'Shift_JIS', 1, 1), 0]);
	t.deepEqual(entered('latin1', typed(String.raw`a\u{20ac}`)), [en.line.encoding.notSent('€', 'Latin-1', 2, 1), 1]);
	t.deepEqual(entered('gbk', {draft: insertPaste(emptyDraft, 'a\nb😀')}), [en.line.encoding.notSent('😀', 'GBK', 2, 2), 0]);
	t.is(entered('euc-kr', {...typed('3f 8C 63'), isHex: true}), '3f8c63');
});

test('the line counts the bytes of its encoding, and marks what that does not have', t => {
	const drawn = (encoding: Encoding, changes: Partial<PaneState>): string => {
		const scene = sceneIn(encoding);
		return messageLine(paneState(stateWith(scene, changes), pane), pane, scene, 76, en).text;
	};

	const line = (encoding: Encoding, changes: Partial<PaneState>): string[] => painted(drawn(encoding, changes));

	t.is(line('euc-kr', typed('똠a')).at(-1), 'dim: 3 B');
	t.is(line('utf-16le', {...typed('똠a'), ending: 'lf'}).at(-1), 'dim: 6 B +LF');
	t.deepEqual(line('euc-kr', typed('aé')).slice(-2), ['red: é', `red: ✗ ${en.line.encoding.wrong('EUC-KR')}`]);
	t.true(drawn('euc-kr', {draft: insertPaste(emptyDraft, '가\n나')}).includes(en.line.pasted(2, 5, false)));
	t.is(line('euc-kr', {...typed('8c63'), isHex: true}).at(-1), 'dim: "똠" · 2 B');
});

test('a series in which the encoding cannot write something is refused in its prompt', t => {
	const scene = sceneIn('euc-kr');
	let {state} = handleKey(stateWith(scene, {}), scene, keyOf('escape'), en);
	for (const key of ['b', '7']) {
		({state} = handleKey(state, scene, keyOf(key), en));
	}

	t.is(state.mode.type, 'series-prompt');
	for (const key of '2 at 9/s é') {
		({state} = handleKey(state, scene, keyOf(key), en));
	}

	const after = handleKey(state, scene, keyOf('return'), en);
	t.deepEqual(after.effects, []);
	t.like(after.state.mode, {problem: en.line.encoding.wrongCharacter('é', 'EUC-KR')});
});

/** Whether a pane says that it may be CP949, when this has come. */
function isHinted(
	hex: string,
	encoding?: Encoding,
	changes: Partial<PaneState> = {},
	type: 'datagram-received' | 'chunk-received' | 'datagram-sent' = 'datagram-received',
): boolean {
	const scene = sceneIn(encoding);
	const bytes = Buffer.from(hex, 'hex');
	const view: View = {
		type: 'rows',
		pane,
		kind: 'messages',
		rows: [{...everyEvent[type], bytes, length: bytes.length}],
		end: 1,
		total: 1,
		first: 0,
	};
	const state = withEncodingHint(stateWith(scene, {notice: undefined, ...changes}), view, en);
	return paneState(state, pane).notice === en.line.encoding.isCp949;
}

test('bytes that are no UTF-8 but valid CP949 have a hint, once in a pane', t => {
	t.true(isHinted('8c63'));
	t.true(isHinted('bec8b3e7 20 61'));
	t.false(isHinted('bec8b3e7', 'euc-kr'));
	t.false(isHinted('bec8b3e7', undefined, {isEncodingHinted: true}));
	t.false(isHinted('bec8b3e7', undefined, {}, 'datagram-sent'));
	t.false(isHinted('ff'));
	t.false(isHinted('c961'), 'C9 61 is no character of CP949');
	t.false(isHinted(Buffer.from('안녕').toString('hex')));
	t.false(isHinted('ec9588ec', undefined, {}, 'chunk-received'), 'UTF-8 that was cut');
	t.false(isHinted('9588ec9588', undefined, {}, 'chunk-received'), 'UTF-8 that was cut before');
	t.true(isHinted('bec8b3e7c7', undefined, {}, 'chunk-received'), 'CP949 that was cut');
});

test('every text with Hangul in CP949 has the hint, and no text in UTF-8, wherever that is cut', t => {
	const hangul = fc.integer({min: 0xAC_00, max: 0xD7_A3}).map(code => String.fromCodePoint(code));
	const texts = fc.array(fc.oneof(hangul, fc.constantFrom('a', ' ', '\n')), {maxLength: 12}).map(parts => parts.join(''));
	const {encode} = codecOf('euc-kr');
	const hexOf = (bytes: Uint8Array | Unwritable): string => Buffer.from(bytes as Uint8Array).toString('hex');
	fc.assert(fc.property(texts, hangul, fc.nat({max: 2}), fc.nat({max: 3}), (text, last, from, cut) => {
		const own = encode(text + last) as Uint8Array;
		t.is(isHinted(hexOf(own)), !isUtf8(own));
		const utf8 = Buffer.from(`${last}${text}${last}`);
		t.false(isHinted(hexOf(utf8.subarray(from, utf8.length - cut)), undefined, {}, 'chunk-received'));
	}), {numRuns: 60});
});

const payloads = [
	['euc-kr', '똠방\u{3000}a'], ['shift_jis', 'ｱﾞ表'], ['utf-16le', '똠𝄞a\n'], ['latin1', 'é\u{85}'], ['gbk', '你\u{E4C6}'],
] as const;
for (const [encoding, text] of payloads) {
	test(`the whole payload in ${encoding} has its text in columns of two for each byte`, t => {
		const codec = codecOf(encoding);
		const bytes = codec.encode(text) as Uint8Array;
		for (const from of [0, 1]) {
			const own = bytes.subarray(from);
			const lead = encoding === 'latin1' || encoding === 'shift_jis' ? 0 : from;
			const reading = readingOf(codec, lead);
			const part = projectPayload(
				{...everyEvent['chunk-received'], bytes: own, length: own.length},
				{offset: 0, maxBytes: 4096},
				countText(own, reading),
				reading,
			);
			const {lines} = payloadPage(part, 120, 10, codec);
			const line = lines[0]!.map(span => span.text).join('');
			t.is(textWidth(line), 6 + (16 * 3) - 1 + 2 + (own.length * 2), `${line}`);
		}
	});
}

test('payloads in lines break no character, and take the columns that there are', t => {
	const codec = codecOf('euc-kr');
	const bytes = codec.encode('똠방각하'.repeat(20)) as Uint8Array;
	const room = {first: 9, others: 13, most: 3};
	const {lines, isCut} = payloadLines(bytes.subarray(1), bytes.length - 1, room, readingOf(codec, 1));
	t.true(isCut);
	t.is(lines[0], String.raw`\x63방각`.slice(0, 4) + '방각');
	t.true(lines.every((line, index) => textWidth(line) <= (index === 0 ? 9 : 13)));
});

test('how long a line is follows its ending and its encoding, whichever it had before', t => {
	const draft = insertPaste(insertText(emptyDraft, '한'), '글\n표');
	const [, block] = draft.cells;
	for (const encoding of ['euc-kr', 'utf-16le', undefined, 'utf-16le', 'euc-kr'] as const) {
		const codec = codecOf(encoding);
		t.is(lengthOfBlock(block as Exclude<Cell, string>, codec), (codec.encode('글\n표') as Uint8Array).length, encoding);
		for (const ending of lineEndings) {
			const bytes = messageOf(draft, ending, codec) as Uint8Array;
			t.is(lengthOfMessage(draft, ending, codec), bytes.length, `${encoding} ${ending}`);
		}
	}
});

test('the clipboard gets the text of the encoding', t => {
	t.deepEqual(clipboardText(Uint8Array.of(0x8C, 0x63), 'text', codecOf('euc-kr')), {text: '똠', format: 'text'});
	t.deepEqual(clipboardText(Uint8Array.of(0x8C), 'text', codecOf('euc-kr')), {text: '8c', format: 'hex'});
});

test('the command line of a scene has its encoding, and tells of a client that has another', t => {
	const scene = fullScene();
	const {server} = scene;
	const korean: SceneView = {
		...scene,
		server: server && {...server, encoding: 'euc-kr'},
		clients: scene.clients.map((client, index) => index === 0 ? client : {...client, encoding: 'euc-kr'}),
	};
	t.regex(commandOf(korean, en), / --encoding euc-kr /);
	t.notRegex(commandOf(scene, en), /--encoding/);
	t.true(unlike(korean, en).includes(en.views.saving.encoding(1, encodingLabel(defaultEncoding))));
	t.false(unlike(korean, en).includes(en.views.saving.encoding(2, 'EUC-KR (CP949)')));
});
