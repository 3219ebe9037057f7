import {execFileSync} from 'node:child_process';
import {
	closeSync, constants, mkdtempSync, openSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {WatchedFile} from '../../source/text/files/watched-file.ts';
import {skipped} from '../helpers/skipped.ts';

test('a watched file in whose place a FIFO is put is a problem, and is not waited for', async t => {
	if (process.platform === 'win32') {
		skipped(t, 'Windows has no FIFOs in folders');
		return;
	}

	const folder = mkdtempSync(path.join(tmpdir(), 'watched-file-'));
	const file = path.join(folder, 'file.yaml');
	const other = path.join(folder, 'other');
	writeFileSync(file, 'a');
	execFileSync('mkfifo', [other]);
	const problem = Promise.withResolvers<unknown>();
	const sources: string[] = [];
	const watched = new WatchedFile({
		file,
		async onSource(source) {
			sources.push(source);
		},
		onProblem: problem.resolve,
	});
	t.teardown(() => {
		watched.close();
		rmSync(folder, {recursive: true});
	});
	await watched.open();
	renameSync(other, file);
	// Where the FIFO is opened for reading after all, this ends its waiting, and the test fails.
	const release = setInterval(() => {
		try {
			closeSync(openSync(file, constants.O_WRONLY | constants.O_NONBLOCK));
			problem.reject(new Error('the FIFO was opened for reading'));
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENXIO') {
				problem.reject(error);
			}
		}
	}, 20);
	t.teardown(() => {
		clearInterval(release);
	});
	t.regex(String(await problem.promise), /file\.yaml is no regular file/);
	t.deepEqual(sources, ['a']);
});

test('a file that is back as it was is heard of: what was told last is that it is gone', async t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'watched-file-'));
	const [file, aside] = [path.join(folder, 'file.yaml'), path.join(folder, 'aside')];
	writeFileSync(file, 'a');
	const told: string[] = [];
	const [gone, back] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const watched = new WatchedFile({
		file,
		async onSource(source) {
			told.push(source);
			if (told.includes('gone')) {
				back.resolve();
			}
		},
		onProblem() {
			told.push('gone');
			gone.resolve();
		},
	});
	// A watcher does not keep a process running.
	const alive = setInterval(() => undefined, 1000);
	t.teardown(() => {
		watched.close();
		clearInterval(alive);
		rmSync(folder, {recursive: true});
	});
	await watched.open();
	renameSync(file, aside);
	await gone.promise;
	renameSync(aside, file);
	await back.promise;
	t.is(told[0], 'a');
	t.is(told.at(-1), 'a');
});

test('a file that is closed while it is read for the first time is not watched', async t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'watched-file-'));
	const file = path.join(folder, 'file.yaml');
	writeFileSync(file, 'a');
	const sources: string[] = [];
	const open = async (name: string, onSource: (source: string) => void = () => undefined): Promise<WatchedFile> => {
		const watched = new WatchedFile({
			file,
			async onSource(source) {
				sources.push(`${name} ${source}`);
				onSource(source);
			},
			onProblem(error) {
				t.fail(String(error));
			},
		});
		t.teardown(() => {
			watched.close();
		});
		const opening = watched.open();
		if (name === 'closed') {
			watched.close();
		}

		await opening;
		return watched;
	};

	// A watcher does not keep a process running.
	const alive = setInterval(() => undefined, 1000);
	t.teardown(() => {
		clearInterval(alive);
		rmSync(folder, {recursive: true});
	});
	await open('closed');
	const changed = Promise.withResolvers<void>();
	await open('open', source => {
		if (source === 'b') {
			changed.resolve();
		}
	});
	writeFileSync(file, 'b');
	await changed.promise;
	await open('later');
	t.deepEqual(sources, ['closed a', 'open a', 'open b', 'later b']);
});
