import {mkdir, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {visibleLine} from '../../../source/text/width/visible.ts';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

test.serial('what a pane and the flow diagram show is saved by w, and a folder\'s hostile name breaks no frame', async t => {
	const parent = await temporaryFolder(t);
	const folder = path.join(parent, 'a\nb\u{1B}[2Jc\u{202E}d');
	await mkdir(folder);
	const app = await openApp(t, {
		folder, columns: 160, rows: 50, args: ['-c', '1'],
	});
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
	for (const name of ['messages.txt', 'messages-2.txt']) {
		await app.command('w');
		app.press('w');
		const saved = en.views.saved(path.join(folder, `socket-playground-udp-client-1-${name}`));
		const shown = visibleLine(saved).slice(-40);
		await app.waitFor(screen => screen.flat('CLIENT 1').replaceAll(' ', '').includes(shown), saved);
		t.deepEqual(app.screen.frameProblems, []);
	}

	t.regex(await readFile(path.join(folder, 'socket-playground-udp-client-1-messages.txt'), 'utf8'), /← .* 5 B {2}HELLO/);
	await app.command('f');
	app.press(keys.ctrl('f'));
	await app.waitFor(screen => screen.line(1).startsWith(' FLOW'), 'the flow diagram');
	app.press('w3');
	await app.waitForText('socket-playground-udp-flow.txt');
	t.regex(
		await readFile(path.join(folder, 'socket-playground-udp-flow.txt'), 'utf8'),
		/^# FLOW · UDP · .*\n# socket-playground --protocol udp .*--seed \d+ --lang en\n\n.*hello/s,
	);
	t.deepEqual(app.screen.overlayProblems, []);

	await rm(folder, {recursive: true});
	app.press('w3');
	await app.waitForText('ENOENT');
	t.deepEqual(app.screen.overlayProblems, []);
	app.press(keys.escape);
});

test.serial('w saves the scene as a command line that opens it again, and as a lesson, at 80x24', async t => {
	const folder = await temporaryFolder(t);
	const app = await openApp(t, {folder, args: ['-p', 'tcp', '-c', '1', '--link', 'delay=20ms', '--link-to-clients', 'perfect']});
	await app.waitForPane('CLIENT 1', 'connected');
	await app.command('r');
	await app.command('w');
	await app.waitForText('--link-to-clients perfect');
	t.deepEqual(app.screen.frameProblems, []);
	app.press('c');
	await app.waitForText('tcp-scene.sh');
	await app.command('w');
	app.press('l');
	await app.waitForText('tcp-lesson.yaml');
	const [script, lesson] = await Promise.all(['scene.sh', 'lesson.yaml'].map(async name =>
		readFile(path.join(folder, `socket-playground-tcp-${name}`), 'utf8')));
	t.regex(lesson!, /^ {2}reply: echo$/m);
	const command = script!.trimEnd().split('\n').at(-1)!;
	t.regex(command, /^socket-playground --protocol tcp --host 127\.0\.0\.1 --port 0 --reply echo --clients 1 --link '20 ms' --link-to-clients perfect --seed \d+ --lang en$/);
	app.press(keys.ctrl('c'));

	const args = command.replace(' --port 0', '').replace('\'20 ms\'', '20ms').split(' ').slice(1);
	const again = await openApp(t, {folder, args});
	await again.waitForPane('CLIENT 1', 'connected');
	await again.command('w');
	again.press('c');
	await again.waitForText('tcp-scene-2.sh');
	const second = await readFile(path.join(folder, 'socket-playground-tcp-scene-2.sh'), 'utf8');
	t.is(second.trimEnd().split('\n').at(-1), command);
});
