import test from 'ava';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import type {Update} from '../../../source/screen/input/update.ts';
import {messageLine} from '../../../source/screen/input/line/line-text.ts';
import {applyRefusal} from '../../../source/screen/effects.ts';
import {textOfDraft} from '../../../source/screen/input/line/draft.ts';
import {type PaneState, paneState, type ScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {fullScene, fullState} from '../../helpers/every-screen.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {painted} from '../../helpers/painted.ts';

const scene = fullScene();
const pane = 2;
const start = fullState(scene, {columns: 80, rows: 24});

/** Press keys, typing what has several letters and pasting what has several lines. */
function pressed(state: ScreenState, ...names: readonly string[]): Update {
	let last: Update = {state, effects: []};
	for (const name of names) {
		const keys = name.includes('\n')
			? [{type: 'paste', text: name} as const]
			: (/^[a-z]+$/.test(name)
				? [keyOf(name)]
				: Array.from(name, letter => keyOf(letter)));
		for (const key of keys) {
			last = handleKey(last.state, scene, key, en);
		}
	}

	return last;
}

/** A line of bytes in hexadecimal, in which this has been typed. */
function hex(...typed: readonly string[]): ScreenState {
	return pressed(start, 'escape', 'y', ...typed).state;
}

const of = (state: ScreenState): PaneState => paneState(state, pane);
const line = (state: ScreenState, words = en): string[] => painted(messageLine(of(state), pane, scene, 76, words).text);

/** The bytes of the send that this asks for, in hexadecimal. */
function sent({effects}: Update): string | undefined {
	for (const effect of effects) {
		if (effect.type === 'execute' && effect.command.type === 'send') {
			return Buffer.from(effect.command.bytes).toString('hex');
		}
	}

	return undefined;
}

test('Esc y makes the line one of bytes, and a text again', t => {
	t.true(of(hex()).isHex);
	t.is(of(hex()).notice, en.line.hex.notice.hex);
	t.deepEqual(line(hex()), ['bold: hex>']);
	const {state} = pressed(hex(), 'escape', 'y');
	t.false(of(state).isHex);
	t.deepEqual(line(state), ['bold: >']);
});

test('bytes in any of the usual ways are counted and shown as text, and sent without an ending', t => {
	for (const typed of ['48 69 0A', '48:69:0a', '0x48, 0x69, 0x0A', '48690a', '0000  48 69\n0002  0a\n']) {
		const state = hex(typed);
		t.is(line(state).at(-1), String.raw`dim: "Hi\n" · 3 B`);
		const ended = pressed(state, 'escape', 'm', 'escape', 'm').state;
		t.is(sent(pressed(ended, 'return')), '48690a');
	}

	t.is(sent(pressed(hex('DE AD be ef'), 'return')), 'deadbeef');
});

test('what a paste has lost is not told where it is digits that are pasted', t => {
	const pastedInto = (state: ScreenState): string | undefined =>
		of(handleKey(state, scene, {type: 'paste', text: '41 \u{FFFD}'}, en).state).notice;
	t.is(pastedInto(hex('')), undefined);
	t.is(pastedInto(start), en.line.pastedReplaced(1));
});

test('an odd digit is pointed at; nothing is sent, and nothing typed is lost', t => {
	const state = hex('DE A EF');
	t.deepEqual(line(state), ['bold: hex>', 'red: A', `red: ✗ ${en.line.hex.wrong['odd-digit']}`]);
	t.true(line(state, ko).includes(`red: ✗ ${ko.line.hex.wrong['odd-digit']}`));
	const update = pressed(state, 'return');
	t.deepEqual(update.effects, []);
	t.is(textOfDraft(of(update.state).draft), 'DE A EF');
	t.is(of(update.state).draft.caret, 3);
	t.is(of(update.state).notice, en.line.hex.notSent('odd-digit', 'A', 4, 1));
	t.is(sent(pressed(update.state, 'delete', 'return')), 'deef');
});

test('what is wrong in a pasted dump is told by its line', t => {
	const {state, effects} = pressed(hex('41 42\n43 4\n'), 'return');
	t.deepEqual(effects, []);
	t.is(of(state).notice, en.line.hex.notSent('odd-digit', '4', 4, 2));
	t.is(of(state).draft.cells.length, 1);
});

test('the history gives back bytes as bytes and text as text, and what was typed meanwhile', t => {
	const afterText = pressed(start, 'Hi', 'return').state;
	const afterBoth = pressed(afterText, 'escape', 'y', '00FF', 'return', '1').state;
	const bytes = pressed(afterBoth, 'up').state;
	t.true(of(bytes).isHex);
	t.is(sent(pressed(bytes, 'return')), '00ff');
	const text = pressed(bytes, 'up').state;
	t.false(of(text).isHex);
	const typed = pressed(text, 'down', 'down').state;
	t.true(of(typed).isHex);
	t.is(textOfDraft(of(typed).draft), '1');
});

test('bytes that were refused come back as bytes', t => {
	const update = pressed(hex('00 ff'), 'return');
	const [effect] = update.effects;
	const isText = pressed(update.state, 'escape', 'y').state;
	if (effect?.type === 'execute') {
		const state = applyRefusal(isText, effect, {reason: 'not-open'}, en);
		t.true(of(state).isHex);
		t.is(textOfDraft(of(state).draft), '00 ff');
		t.is(of(state).history.length, of(start).history.length);
	} else {
		t.fail();
	}
});
