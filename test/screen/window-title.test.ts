import test from 'ava';
import {titleSequence, windowTitle} from '../../source/screen/terminal.ts';
import {en} from '../../source/screen/words/en.ts';
import {sceneView, serverView} from '../helpers/terminal-scene.ts';

test('a window is named after what the server has bound, or where the clients send', t => {
	t.is(windowTitle(sceneView(), en), 'socket-playground UDP 127.0.0.1:12000');
	const v6 = serverView({state: {type: 'open', local: {host: '::1', port: 41_234}}});
	t.is(windowTitle(sceneView({protocol: 'tcp', server: v6}), en), 'socket-playground TCP [::1]:41234');
	const closed = serverView({state: {type: 'closed'}});
	t.is(windowTitle(sceneView({server: closed}), en), `socket-playground UDP ${en.header.closed}`);
	const elsewhere = sceneView({server: undefined, connect: {host: '10.0.0.1', port: 9}});
	t.is(windowTitle(elsewhere, en), 'socket-playground UDP → 10.0.0.1:9');
});

test('nothing in a title ends its sequence or is a command of the terminal', t => {
	t.is(titleSequence('a\u{7}b\u{1B}\\c\n\u{9C}d'), String.raw`${'\u{1B}'}]2;a\x07b\x1b\c\n\u{9c}d${'\u{1B}'}\ `.trimEnd());
});
