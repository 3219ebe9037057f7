import {
	mkdir, mkdtemp, readFile, readdir, rm, writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import type {Savable} from '../../source/engine/api/command.ts';
import {saveNew} from '../../source/engine/execute-reading.ts';

const home = process.cwd();
let folder = '';

// Files are saved into the working directory: the tests of this file share one, which is their process's own.
test.before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'socket-playground-'));
	process.chdir(folder);
});

test.after.always(async () => {
	process.chdir(home);
	await rm(folder, {recursive: true});
});

/** Save, and read what has been saved. */
async function save(
	room: PlaygroundRoom,
	what: Savable,
): Promise<{readonly name: string; readonly contents: string; readonly bytes: readonly number[]}> {
	const {saved, refusal} = await room.playground.execute({type: 'save', what});
	if (saved === undefined) {
		throw new Error(JSON.stringify(refusal));
	}

	const contents = await readFile(saved);
	return {name: path.basename(saved), contents: contents.toString(), bytes: [...contents]};
}

test.serial('writes a new file, and gives it a number where there is one of its name', async t => {
	const first = await saveNew('a.b.txt', 'one');
	t.is(first, path.join(process.cwd(), 'a.b.txt'));
	t.is(await saveNew('a.b.txt', 'two'), path.join(process.cwd(), 'a.b-2.txt'));
	t.is(await saveNew('a.b.txt', Uint8Array.of(0, 255)), path.join(process.cwd(), 'a.b-3.txt'));
	t.is(await readFile('a.b.txt', 'utf8'), 'one');
	t.is(await readFile('a.b-2.txt', 'utf8'), 'two');
	const bytes = await readFile('a.b-3.txt');
	t.deepEqual([...bytes], [0, 255]);
});

test.serial('never replaces a file, even with several saves at the same time', async t => {
	const files = await Promise.all(Array.from({length: 20}, async (_, index) => saveNew('many.txt', String(index))));
	t.is(new Set(files).size, 20);
	const contents = await Promise.all(files.map(async file => readFile(file, 'utf8')));
	t.deepEqual(contents, Array.from({length: 20}, (_, index) => String(index)));
});

test.serial('takes a folder of that name for a file that is there', async t => {
	await mkdir('folder.txt');
	t.is(await saveNew('folder.txt', 'x'), path.join(process.cwd(), 'folder-2.txt'));
});

test.serial('leaves no part of a file that could not be written', async t => {
	await t.throwsAsync(saveNew('part.txt', 5 as never));
	const names = await readdir('.');
	t.false(names.includes('part.txt'));
});

test.serial('gives up after a thousand files of one name', async t => {
	await writeFile('full.txt', '');
	await Promise.all(Array.from({length: 999}, async (_, index) => writeFile(`full-${index + 2}.txt`, '')));
	await t.throwsAsync(saveNew('full.txt', 'x'), {code: 'EEXIST'});
	const names = await readdir('.');
	t.false(names.includes('full-1001.txt'));
});

test.serial('saves a payload byte for byte', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'echo'});
	const bytes = Uint8Array.from({length: 256}, (_, index) => index);
	await room.playground.execute({type: 'send', pane: room.client('udp').pane, bytes});
	const {sequence} = await room.happened('datagram-received');
	const {name, bytes: saved} = await save(room, {type: 'payload', sequence});
	t.is(name, `payload-${sequence}.bin`);
	t.deepEqual(saved, [...bytes]);
});

test.serial('saves a file that was made elsewhere', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {name, bytes} = await save(room, {type: 'file', name: 'a-diagram.svg', contents: Uint8Array.of(1, 2, 255)});
	t.is(name, 'a-diagram.svg');
	t.deepEqual(bytes, [1, 2, 255]);
});

test.serial('refuses what is not there, and writes nothing', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const before = await readdir('.');
	t.deepEqual(await room.playground.execute({type: 'save', what: {type: 'payload', sequence: 99}}), {
		refusal: {reason: 'payload-gone'},
	});
	t.deepEqual(
		await room.playground.execute({type: 'save', what: {type: 'payload', sequence: 0}}),
		{refusal: {reason: 'payload-gone'}},
		'an event without a payload',
	);
	t.deepEqual(await readdir('.'), before);
});

test.serial('refuses with the system\'s error where a file cannot be written', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const gone = await mkdtemp(path.join(folder, 'gone-'));
	process.chdir(gone);
	await rm(gone, {recursive: true});
	const answer = await room.playground.execute({
		type: 'save',
		what: {type: 'file', name: 'a.txt', contents: Uint8Array.of(1)},
	});
	process.chdir(folder);
	t.like(answer, {refusal: {reason: 'save-failed', failure: {code: 'ENOENT'}}});
});
