import test from 'ava';
import {keys, openApp} from '../helpers/terminal-app.ts';

for (const protocol of ['udp', 'tcp']) {
	test.serial(`${protocol.toUpperCase()}: a window can be made smaller and larger at any moment, and is filled each time`, async t => {
		const app = await openApp(t, {columns: 120, rows: 40, args: ['-p', protocol]});
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'HELLO');
		app.press('half-typed');
		await app.waitForText('> half-typed');
		for (const [columns, rows] of [[80, 24], [120, 40], [100, 30], [99, 30], [60, 16], [200, 60], [101, 17], [80, 24]] as const) {
			app.resize(columns, rows);
			// eslint-disable-next-line no-await-in-loop -- One size after the other.
			await app.waitFor(screen => screen.frameProblems.length === 0 && screen.text.includes('half-typed'), `a frame of ${columns}x${rows}`);
			t.true(app.screen.cursor.before.endsWith('> half-typed'));
			t.regex(app.screen.footer, /Esc commands/);
			t.is(app.screen.pane('SERVER').width < columns, columns >= 100);
		}

		await app.waitForPane('CLIENT 1', 'HELLO');
		await app.waitForPane('SERVER', 'HELLO');
		app.send('');
		await app.waitForPane('CLIENT 1', 'HALF-TYPED');
		t.deepEqual(app.screen.frameProblems, []);
	});
}

for (const [columns, rows] of [[50, 10], [59, 24], [80, 15], [20, 3], [8, 2]] as const) {
	test.serial(`a window of ${columns}x${rows} says that it is too small, the sockets go on, and nothing typed is lost`, async t => {
		const app = await openApp(t);
		app.press('typed before');
		await app.waitForText('> typed before');
		app.resize(columns, rows);
		await app.waitFor(screen => screen.lines[0].trimEnd() === ' socket-playground needs 60x16'.slice(0, columns - 1) + (columns < 30 ? '…' : ''), 'the notice');
		t.true(`${app.screen.lines[1]} · the sockets go on`.includes(` this window is ${columns}x${rows} · the sockets go on`.slice(0, Math.max(0, columns - 20))));
		t.false(app.screen.text.includes('CLIENT'));
		app.press(' & then\r');
		app.resize(80, 24);
		await app.waitForPane('CLIENT 1', 'TYPED BEFORE & THEN');
		t.deepEqual(app.screen.frameProblems, []);
		t.true(app.isCursorVisible);
	});
}

test.serial('a window that starts too small opens its sockets all the same', async t => {
	const app = await openApp(t, {columns: 120, rows: 40});
	app.resize(50, 10);
	await app.waitForText('needs 60x16');
	app.press(keys.ctrl('t'));
	app.press('over tcp\r');
	app.resize(120, 40);
	await app.waitForPane('CLIENT 1', 'OVER TCP');
	t.regex(app.screen.header, /\[TCP]/);
	t.deepEqual(app.screen.frameProblems, []);
});

for (const [columns, rows] of [[50, 10], [80, 24], [120, 20], [60, 40]] as const) {
	test.serial(`a window made ${columns}x${rows} and 120x40 again at once is whole again`, async t => {
		const app = await openApp(t, {columns: 120, rows: 40});
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'HELLO');
		app.resize(columns, rows);
		app.resize(120, 40);
		app.send('again');
		await app.waitForPane('CLIENT 1', 'AGAIN');
		await app.waitFor(screen => screen.frameProblems.length === 0, 'a whole frame');
		t.regex(app.screen.footer, /Esc commands/);
	});
}
