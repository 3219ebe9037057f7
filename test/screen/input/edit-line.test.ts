import test from 'ava';
import type {Key} from '../../../source/screen/input/decode/key-decoder.ts';
import {emptyDraft, insertText} from '../../../source/screen/input/line/draft.ts';
import {editLine} from '../../../source/screen/input/line/edit-line.ts';
import {newPaneState, type PaneState} from '../../../source/screen/state/screen-state.ts';

function key(name: string | undefined, changes: Partial<Extract<Key, {type: 'key'}>> = {}): Key {
	return {
		type: 'key', name, ctrl: false, alt: false, shift: false, text: '', sequence: '', ...changes,
	};
}

const character = (text: string): Key => key(undefined, {text, sequence: text});

function press(pane: PaneState, ...keys: readonly Key[]): PaneState {
	let after = pane;
	for (const pressed of keys) {
		after = {...after, ...editLine(after, pressed)};
	}

	return after;
}

const text = ({draft}: PaneState): string =>
	draft.cells.map(cell => (typeof cell === 'string' ? cell : `[${cell.lines}]`)).join('');

test('characters are typed, chords and keys without a meaning are not', t => {
	t.is(text(press(newPaneState, character('a'), character('안'), character(' '))), 'a안 ');
	for (const strange of [
		key('f1'),
		key('t', {ctrl: true}),
		key('y', {ctrl: true}),
		key(undefined),
		key('insert'),
		key('x', {alt: true}),
	]) {
		t.is(editLine(newPaneState, strange), undefined);
	}
});

test('keys edit where the caret stands', t => {
	const typed = press(newPaneState, ...[...'one two'].map(letter => character(letter)));
	t.is(text(press(typed, key('home'), character('>'))), '>one two');
	t.is(text(press(typed, key('a', {ctrl: true}), key('delete'))), 'ne two');
	t.is(text(press(typed, key('left', {ctrl: true}), character('-'))), 'one -two');
	t.is(text(press(typed, key('w', {ctrl: true}))), 'one ');
	t.is(text(press(typed, key('backspace', {alt: true}))), 'one ');
	t.is(text(press(typed, key('left'), key('u', {ctrl: true}))), 'o');
	t.is(text(press(typed, key('home'), key('e', {ctrl: true}), key('backspace'))), 'one tw');
	t.is(text(press(typed, key('home'), key('right', {alt: true}), character('!'))), 'one! two');
	t.is(text(press(typed, key('b', {ctrl: true}), character('-'))), 'one tw-o');
	t.is(text(press(typed, key('h', {ctrl: true}))), 'one tw');
});

test('Ctrl+Y puts back what Ctrl+W, Ctrl+U or Alt+Backspace deleted last, also in the next message', t => {
	const typed = press(newPaneState, ...[...'one two'].map(letter => character(letter)));
	const ctrl = (name: string): Key => key(name, {ctrl: true});
	t.is(text(press(typed, ctrl('w'), ctrl('a'), ctrl('y'))), 'twoone ');
	t.is(text(press(typed, key('left'), ctrl('u'), ctrl('e'), ctrl('y'), ctrl('y'))), 'oone twone tw');
	t.is(text(press(typed, key('backspace', {alt: true}), ctrl('u'), ctrl('y'))), 'one ');
	t.is(text(press(typed, key('backspace', {alt: true}), ctrl('y'), ctrl('y'))), 'one twotwo');
	t.is(text(press(typed, ctrl('w'), ctrl('a'), ctrl('w'), key('delete'), ctrl('y'))), 'twone ');
	t.is(text(press({...press(typed, ctrl('u')), draft: emptyDraft}, ctrl('y'))), 'one two');
});

test('a paste goes where the caret stands', t => {
	t.is(text(press(newPaneState, character('a'), {type: 'paste', text: '1\n2'}, character('b'))), 'a[2]b');
});

test('the history is walked through, and below it is what was half-typed', t => {
	const history = ['first', 'second'].map(entry => insertText(emptyDraft, entry));
	const pane = press({...newPaneState, history}, character('h'));
	t.is(text(press(pane, key('up'))), 'second');
	t.is(text(press(pane, key('up'), key('up'))), 'first');
	t.is(text(press(pane, key('up'), key('up'), key('up'))), 'first');
	t.is(text(press(pane, key('up'), key('up'), key('down'))), 'second');
	t.is(text(press(pane, key('up'), key('down'))), 'h');
	t.is(editLine(pane, key('down')), undefined);
	t.is(press(pane, key('up')).draft.caret, 6);
	t.is(editLine(newPaneState, key('up')), undefined);
});
