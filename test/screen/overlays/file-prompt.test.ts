import {
	mkdirSync, mkdtempSync, rmSync, writeFileSync,
} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import path from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {Command} from '../../../source/engine/api/command.ts';
import type {FilesView, SceneView} from '../../../source/engine/api/scene-view.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import type {Update} from '../../../source/screen/input/update.ts';
import {completePath, pathOf} from '../../../source/screen/overlays/file-prompt.ts';
import {fileStatus} from '../../../source/screen/panes/progress-status.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {fullScene, fullState} from '../../helpers/every-screen.ts';
import {keyOf} from '../../helpers/key-of.ts';

/** Press keys in client 1's pane: what begins with a slash, a tilde or `>` is typed. */
function pressed(scene: SceneView, ...names: readonly string[]): Update {
	let last: Update = {state: fullState(scene, {columns: 100, rows: 30}), effects: []};
	for (const name of names) {
		for (const key of /^[/~>]/.test(name) ? Array.from(name, letter => keyOf(letter)) : [keyOf(name)]) {
			last = handleKey(last.state, scene, key, en);
		}
	}

	return last;
}

function commandOf({effects: [effect]}: Update): Command | undefined {
	return effect?.type === 'execute' ? effect.command : undefined;
}

/** The scene in which client 1's pane has these files under way. */
function withFiles(files: FilesView): SceneView {
	const scene = fullScene();
	return {...scene, clients: scene.clients.map(client => client.pane === 2 ? {...client, files} : client)};
}

test('Esc u asks for a path; Enter sends that file, and with > writes to it', t => {
	const scene = fullScene();
	t.like(commandOf(pressed(scene, 'escape', 'u', '~/notes', 'return')), {
		type: 'send-file', pane: 2, path: path.join(homedir(), 'notes'),
	});
	t.like(commandOf(pressed(scene, 'escape', 'u', '> /tmp/x y', 'return')), {type: 'receive-file', path: '/tmp/x y'});
	t.like(commandOf(pressed(scene, 'escape', 'u', '~/notes', 'return')), {target: undefined}, 'a client has one peer');
	const named = pressed(scene, 'escape', 'u').state;
	const mode = {...named.mode, names: ['a', 'ab']} as const;
	t.like(handleKey({...named, mode}, scene, keyOf('a'), en).state.mode, {names: []});
	const empty = pressed(scene, 'escape', 'u', 'return');
	t.is(commandOf(empty), undefined);
	t.like(empty.state.mode, {type: 'file-prompt', problem: en.files.prompt.empty});
});

test('while a file is sent, Esc u stops it; Enter on the empty prompt ends one that is written', t => {
	const sending = {sending: {path: 'a', bytes: 1, size: 2}};
	t.deepEqual(commandOf(pressed(withFiles(sending), 'escape', 'u')), {type: 'stop-file', pane: 2});
	const receiving = {receiving: {path: 'a', bytes: 1}};
	t.deepEqual(commandOf(pressed(withFiles(receiving), 'escape', 'u', 'return')), {type: 'stop-file', pane: 2});
});

test('Tab completes a name as far as it is clear, and tells the names that are left', async t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'socket-playground-path-'));
	t.teardown(() => {
		rmSync(folder, {recursive: true});
	});
	writeFileSync(path.join(folder, 'data-1'), '');
	writeFileSync(path.join(folder, 'data-2'), '');
	writeFileSync(path.join(folder, '.hidden'), '');
	mkdirSync(path.join(folder, 'other'));
	t.deepEqual(await completePath(`${folder}/d`), {typed: `${folder}/data-`, names: ['data-1', 'data-2']});
	t.deepEqual(await completePath(`> ${folder}/o`), {typed: `> ${folder}/other/`, names: []});
	const {names} = await completePath(`${folder}/`);
	t.deepEqual(names, ['data-1', 'data-2', 'other/']);
	t.deepEqual(await completePath(`${folder}/.h`), {typed: `${folder}/.hidden`, names: []});
	t.deepEqual(await completePath(`${folder}/none/x`), {typed: `${folder}/none/x`, names: []});
	t.deepEqual(await completePath('~'), {typed: '~/', names: []});
	t.like(pressed(fullScene(), 'escape', 'u', '/tm', 'tab').effects[0], {type: 'complete-path'});
});

test('a path is taken as it was typed, but for the home folder in front', t => {
	t.deepEqual(pathOf(' ~/a ~b '), {isReceived: false, path: `${homedir()}/a ~b`});
	t.deepEqual(pathOf('~other/a'), {isReceived: false, path: '~other/a'});
	t.deepEqual(pathOf('>a'), {isReceived: true, path: 'a'});
});

test('the pane tells how far a file is and how to stop it, in any width', t => {
	const files = {sending: {path: '/a/very/long/path/to/a/file.bin', bytes: 500, size: 1000}, receiving: {path: 'in', bytes: 7}};
	for (const words of [en, ko]) {
		const [sending = '', receiving = ''] = fileStatus(files, 60, words).map(line => stripVTControlCharacters(line));
		t.regex(sending, /▶ .*file\.bin · 50 % · 500 B.*Esc u/);
		t.regex(receiving, /◀ 7 B > in .*Esc u Enter/);
	}
});
