import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {footerLines} from '../../source/screen/footer-lines.ts';
import {keyBindings} from '../../source/screen/keys.ts';
import {en} from '../../source/screen/words/en.ts';
import textWidth from '../../source/text/width.ts';
import {sceneView, screenState, serverView} from '../helpers/terminal-scene.ts';

function footer(scene = sceneView(), changes: Parameters<typeof screenState>[1] = {}): string[] {
	return footerLines(screenState(scene, changes), scene, en).map(line => stripVTControlCharacters(line));
}

test('while typing it is one line of the keys that do something now', t => {
	for (const columns of [80, 120, 200]) {
		const [line, ...others] = footer(sceneView(), {columns});
		t.deepEqual(others, []);
		t.is(textWidth(line), columns);
		t.regex(line, /Enter send.*Esc commands.*\? help.*\^Q quit/);
		t.notRegex(line, /half-close/);
	}
});

test('where not all keys fit, how to send and how to find the commands are still there', t => {
	const [line] = footer(sceneView(), {columns: 60});
	t.is(textWidth(line), 60);
	t.regex(line, /Enter send.*Esc commands/);
});

test('after Esc it has the letter of every command that does something now', t => {
	for (const columns of [60, 80, 120]) {
		const lines = footer(sceneView({protocol: 'tcp'}), {columns, mode: {type: 'commands'}});
		t.true(lines.every(line => textWidth(line) === columns));
		for (const {letter, id} of keyBindings) {
			t.is(lines.join('').includes(` ${letter} `), id !== 'half-close');
		}
	}
});

test('an unknown letter is named beside the others', t => {
	t.regex(footer(sceneView(), {mode: {type: 'commands', notice: 'no command on \'y\''}}).join(''), /✗ no command on 'y'/);
});

test('the arrows are offered on an empty line of a server that has peers', t => {
	const server = serverView({peerCount: 2, target: 1});
	t.regex(footer(sceneView({server}), {focus: {udp: 1}}).join(''), /← → choose peer/);
	t.notRegex(footer(sceneView({server}), {focus: {udp: 2}}).join(''), /← →/);
	t.notRegex(footer(sceneView(), {focus: {udp: 1}}).join(''), /← →/);
});

test('in the help it tells how to leave it', t => {
	t.regex(footer(sceneView(), {mode: {type: 'help', top: 0}}).join(''), /Esc close/);
});
