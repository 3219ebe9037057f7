import {
	readFile, readdir, readlink, symlink, writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {Progress} from '../../../source/engine/lesson/progress.ts';
import {LessonRoom, lessonWith, stepFor} from '../../helpers/lesson-room.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

const lesson = lessonWith([stepFor('{event: rule-changed}'), stepFor('{event: rule-changed}'), stepFor('{event: rule-changed}')]);

/** A playground with lessons whose progress is in this folder. */
function roomIn(t: ExecutionContext, folder: string): LessonRoom {
	const room = new LessonRoom(folder);
	t.teardown(async () => room.playground.close());
	return room;
}

async function goOn(room: LessonRoom): Promise<void> {
	await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
	await room.playground.execute({type: 'lesson-next'});
}

test('who comes back to a lesson is at the step that they were at, and what is done stays done', async t => {
	const folder = path.join(await temporaryFolder(t), 'not', 'there', 'yet');
	const room = roomIn(t, folder);
	t.deepEqual(room.view(), {
		type: 'lesson', run: undefined, progress: {}, problem: undefined, otherPorts: [],
	});
	await room.start(lesson);
	await goOn(room);
	await room.playground.execute({type: 'lesson-next', skips: true});
	await room.playground.execute({type: 'leave-lesson'});
	const progress = {step: 2, done: [0], count: 3};
	t.deepEqual(room.view().progress, {'a-lesson': progress});
	await room.playground.close();
	t.deepEqual(await readdir(folder), ['lessons.json']);

	const later = roomIn(t, folder);
	t.deepEqual(later.view().progress, {'a-lesson': progress});
	await later.start(lesson);
	t.like(later.run(), {step: 2, done: [0], phase: 'doing'});
	await goOn(later);
	t.like(later.run(), {phase: 'finished', done: [0, 2]});
	await later.playground.close();
	// Who comes back to a lesson that is over begins with what was skipped.
	const last = roomIn(t, folder);
	await last.start(lesson);
	t.like(last.run(), {step: 1, done: [0, 2]});
	await last.start(lesson, {step: 1});
	t.is(last.run().step, 1);
});

test('what changes after a file was written is written, too', async t => {
	const folder = await temporaryFolder(t);
	const progress = new Progress(folder, () => undefined);
	for (const step of [0, 1]) {
		progress.set('a-lesson', {step, done: [], count: 2});
		await progress.settle();
		t.deepEqual(new Progress(folder, () => undefined).all, {'a-lesson': {step, done: [], count: 2}});
	}
});

test('a file\'s lesson has its own progress, and a step that is no longer there is the last one', async t => {
	const folder = await temporaryFolder(t);
	await writeFile(path.join(folder, 'lessons.json'), JSON.stringify({
		version: 1, lessons: {'/home/me/own.yaml': {step: 7, done: [0, 7], count: 9}},
	}));
	const room = roomIn(t, folder);
	await room.start(lesson, {file: '/home/me/own.yaml'});
	t.like(room.run(), {step: 2, done: [0], key: '/home/me/own.yaml'});
	await room.start(lesson);
	t.like(room.run(), {step: 0, done: [], key: 'a-lesson'});
	t.deepEqual(Object.keys(room.view().progress), ['/home/me/own.yaml', 'a-lesson']);
});

const broken = ['', '{', '[]', 'null', '{"lessons": []}', '{"lessons": {"a": {"step": -1, "done": [], "count": 1}}}', '{"lessons": {"a": {"step": 1}}}'];

for (const contents of broken) {
	test(`a broken file is kept under another name, and a new one is begun: ${contents === '' ? 'empty' : contents}`, async t => {
		const folder = await temporaryFolder(t);
		const file = path.join(folder, 'lessons.json');
		const keptAs = path.join(folder, 'lessons.broken-2.json');
		await writeFile(file, contents);
		await writeFile(path.join(folder, 'lessons.broken.json'), 'of before');
		const room = roomIn(t, folder);
		t.deepEqual(room.view().problem, {type: 'broken', file, keptAs});
		t.is(await readFile(keptAs, 'utf8'), contents);
		await room.start(lesson);
		t.is(room.view().problem?.type, undefined);
		await room.playground.close();
		t.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
			version: 1, lessons: {'a-lesson': {step: 0, done: [], count: 3}},
		});
		t.is(await readFile(path.join(folder, 'lessons.broken.json'), 'utf8'), 'of before');
	});
}

test('a broken file is told also to who opens a lesson at once, until the next one is opened', async t => {
	const folder = await temporaryFolder(t);
	await writeFile(path.join(folder, 'lessons.json'), '{');
	const room = roomIn(t, folder);
	await room.start(lesson);
	t.is(room.view().problem?.type, 'broken');
	await room.start(lesson);
	t.is(room.view().problem, undefined);
});

test('where the folder cannot be written that is told once, and the lesson goes on', async t => {
	const folder = await temporaryFolder(t);
	// A file stands where the folder would be: that fails for whoever may write everything, too.
	const place = path.join(folder, 'file');
	await writeFile(place, '');
	const room = roomIn(t, path.join(place, 'folder'));
	t.is(room.view().problem?.type, 'unreadable');
	const other = roomIn(t, path.join(folder, 'later'));
	t.is(other.view().problem, undefined);
	await writeFile(path.join(folder, 'later'), 'in the way');
	await other.start(lesson);
	const problem = await other.until(() => other.view().problem, 'a problem');
	t.like(problem, {type: 'unwritable', file: path.join(folder, 'later', 'lessons.json')});
	await goOn(other);
	t.is(other.run().step, 1);
	await other.start(lesson);
	await goOn(other);
	t.is(other.view().problem, undefined);
});

test('the platform\'s configuration folder is taken where no other is named, and XDG_CONFIG_HOME moves it', async t => {
	const folder = await temporaryFolder(t);
	const before = process.env.XDG_CONFIG_HOME;
	process.env.XDG_CONFIG_HOME = folder;
	const progress = new Progress(undefined, () => undefined);
	if (before === undefined) {
		delete process.env.XDG_CONFIG_HOME;
	} else {
		process.env.XDG_CONFIG_HOME = before;
	}

	progress.set('a', {step: 1, done: [], count: 2});
	progress.set('a', {step: 2, done: [1], count: 2});
	await progress.settle();
	const written = await readFile(path.join(folder, 'socket-playground', 'lessons.json'), 'utf8');
	t.deepEqual((JSON.parse(written) as {lessons: unknown}).lessons, {a: {step: 2, done: [1], count: 2}});
});

test('what changes while the file is being written is written at the end', async t => {
	const folder = await temporaryFolder(t);
	const progress = new Progress(folder, () => undefined);
	for (let step = 0; step <= 100; step++) {
		progress.set('a-lesson', {step, done: [], count: 200});
		await turn();
	}

	await progress.settle();
	t.is(new Progress(folder, () => undefined).all['a-lesson']?.step, 100);
});

test('a file that cannot be read is left as it is', async t => {
	const folder = await temporaryFolder(t);
	const file = path.join(folder, 'lessons.json');
	// Whoever may read everything cannot read this either.
	await symlink('lessons.json', file);
	const progress = new Progress(folder, () => undefined);
	t.like(progress.problem, {type: 'unreadable', code: 'ELOOP'});
	progress.set('a-lesson', {step: 1, done: [], count: 2});
	await progress.settle();
	t.is(await readlink(file), 'lessons.json');
});
