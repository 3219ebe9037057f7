import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';

for (const protocol of ['udp', 'tcp']) {
	test.serial(
		`${protocol.toUpperCase()}: a client is opened, closed, opened again, closed and removed by keys`,
		async t => {
			const app = await openApp(t, {args: ['-p', protocol, '-c', '1']});
			app.press(keys.ctrl('n'));
			await app.waitForFocus('CLIENT 2');
			app.send('hello');
			await app.waitForPane('CLIENT 2', 'HELLO');
			const own = app.clientPort(2);
			app.press(keys.ctrl('x'));
			await app.waitForPane('CLIENT 2', /^closed ·/);
			t.regex(app.screen.pane('CLIENT 2').title, /closed ○/);
			t.regex(app.screen.pane('CLIENT 2').text, /HELLO/);
			app.send('not lost');
			await app.waitForPane('CLIENT 2', 'not sent');
			t.regex(app.screen.pane('CLIENT 2').lines.at(-1)!, /^> not lost/);
			app.press(keys.ctrl('o'));
			await app.waitFor(screen => /●|no socket yet/.test(screen.pane('CLIENT 2').title));
			app.press(keys.enter);
			await app.waitForPane('CLIENT 2', 'NOT LOST');
			t.not(app.clientPort(2), own);
			app.press(keys.ctrl('x') + keys.ctrl('x'));
			await app.waitForFocus('CLIENT 1');
			t.false(app.screen.text.includes('CLIENT 2'));
			t.deepEqual(app.screen.frameProblems, []);
		},
	);

	for (const [columns, rows] of [[80, 24], [120, 40], [100, 16]] as const) {
		test.serial(
			`${protocol.toUpperCase()} at ${columns}x${rows}: of nine clients the focused one is whole, and each in turn can be`,
			async t => {
				const app = await openApp(t, {columns, rows, args: ['-p', protocol, '-c', '9']});
				await app.waitFor(
					screen => screen.pane('CLIENT 1 ').isFocused && screen.frameProblems.length === 0,
					'nine clients',
				);
				for (let number = 1; number <= 9; number++) {
					await app.waitFor(
						screen => screen.pane(`CLIENT ${number} `).isFocused && screen.frameProblems.length === 0,
						`the focus on client ${number}`,
					);
					app.send(`${number}x`);
					await app.waitForPane(`CLIENT ${number} `, `${number}X`);
					t.true(app.screen.pane(`CLIENT ${number} `).height >= 6);
					t.true(app.screen.cursor.before.endsWith('> '));
					app.press(keys.tab);
				}

				await app.waitForFocus('SERVER');
				app.press(keys.tab + keys.shiftTab + keys.shiftTab);
				await app.waitForFocus('CLIENT 9 ');
				app.press(keys.ctrl('n'));
				await app.waitForPane('CLIENT 9 ', 'client limit reached (9)');
				t.deepEqual(app.screen.frameProblems, []);
			},
		);
	}
}

test.serial('clients that are not whole show how much has come since they were seen', async t => {
	const app = await openApp(t, {args: ['-r', 'chat', '-c', '3']});
	app.press('a\r\tb\r\tc\r');
	await app.waitForPane('CLIENT 3', /→ .*c/);
	app.press('d\re\r');
	await app.waitFor(screen => /client 1 \+[4-9].*client 2 \+[2-9]/.test(screen.text), 'unread counts');
	app.press(keys.shiftTab);
	await app.waitForFocus('CLIENT 2');
	await app.waitFor(
		screen => /client 1 \+\d.*client 2].*client 3/.test(screen.text) && !screen.text.includes('client 2 +'),
		'client 2 read',
	);
	await app.waitForPane('CLIENT 2', /← .*127\.0\.0\.1:\d+: d/);
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('with no clients at all the server has the window and the keys', async t => {
	const app = await openApp(t, {args: ['-c', '0']});
	t.true(app.screen.pane('SERVER').isFocused);
	t.is(app.screen.pane('SERVER').height, 22);
	t.deepEqual(app.screen.frameProblems, []);
	app.send('to nobody');
	await app.waitForPane('SERVER', 'not sent');
	app.press(keys.ctrl('n'));
	await app.waitForFocus('CLIENT 1');
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
	t.deepEqual(app.screen.frameProblems, []);
});
