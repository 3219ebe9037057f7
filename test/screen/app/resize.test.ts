import test from 'ava';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {en} from '../../../source/screen/words/en.ts';

for (const protocol of ['udp', 'tcp']) {
	test.serial(
		`${protocol.toUpperCase()}: a window can be made smaller and larger at any moment, and is padLines each time`,
		async t => {
			const app = await openApp(t, {columns: 120, rows: 40, args: ['-p', protocol]});
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press('half-typed');
			await app.waitForText('> half-typed');
			for (const [columns, rows] of [
				[80, 24],
				[120, 40],
				[100, 30],
				[99, 30],
				[60, 16],
				[200, 60],
				[101, 17],
				[80, 24],
			] as const) {
				app.resize(columns, rows);
				await app.waitFor(
					screen => screen.frameProblems.length === 0 && screen.text.includes('half-typed'),
					`a frame of ${columns}x${rows}`,
				);
				t.true(app.screen.cursor.before.endsWith('> half-typed'));
				t.regex(app.screen.footer, /Esc commands/);
				t.is(app.screen.pane('SERVER').width < columns, columns >= 100);
			}

			await app.waitForPane('CLIENT 1', 'HELLO');
			await app.waitForPane('SERVER', 'HELLO');
			app.send('');
			await app.waitForPane('CLIENT 1', 'HALF-TYPED');
			t.deepEqual(app.screen.frameProblems, []);
		},
	);
}

for (const [columns, rows] of [[50, 10], [59, 24], [80, 15], [20, 3], [8, 2]] as const) {
	test.serial(
		`a window of ${columns}x${rows} says that it is too small, where keys only quit; the sockets go on, and nothing typed is lost or sent`,
		async t => {
			const app = await openApp(t);
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press('typed before');
			await app.waitForText('> typed before');
			// It is wrapped; where there are few rows the last words go.
			const waitForLine = async (...texts: readonly string[]): Promise<void> => app.waitFor(({text}) => {
				const [notice = '', told = ''] = [texts.join(''), text].map(each => each.replaceAll(/\s/g, ''));
				return told.startsWith(notice) || (notice.startsWith(told) && told.length >= columns - 3);
			}, texts.join(' '));
			app.resize(columns, rows);
			await waitForLine(en.tooSmall.needs, en.tooSmall.have(columns, rows));
			t.false(app.screen.text.includes('CLIENT'));
			app.press(` & then\r${keys.alt('t')}${keys.ctrl('n')}${keys.ctrl('q')}`);
			await waitForLine(en.tooSmall.quit);
			app.press('x');
			await waitForLine(en.tooSmall.needs);
			app.resize(80, 24);
			await app.waitForPane('CLIENT 1', /> typed before +12 B/);
			t.is(app.screen.pane('CLIENT 1').lines.filter(line => line.includes('→')).length, 1);
			t.notRegex(app.screen.text, /client 3|\[TCP]/);
			t.deepEqual(app.screen.frameProblems, []);
			t.true(app.isCursorVisible);
		},
	);
}

test.serial('a window that starts too small opens its sockets all the same', async t => {
	const app = await openApp(t, {columns: 120, rows: 40});
	app.resize(50, 10);
	await app.waitForText('needs 60x16');
	app.resize(120, 40);
	await app.waitForFocus('CLIENT 1');
	app.send('over udp');
	await app.waitForPane('CLIENT 1', 'OVER UDP');
	t.deepEqual(app.screen.frameProblems, []);
});

for (const [columns, rows] of [[50, 10], [80, 24], [120, 20], [60, 40]] as const) {
	test.serial(`a window made ${columns}x${rows} and 120x40 again at once is whole again`, async t => {
		const app = await openApp(t, {columns: 120, rows: 40});
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'HELLO');
		app.resize(columns, rows);
		app.resize(120, 40);
		// It may take the window for too small yet, where keys do nothing but quit.
		app.press(keys.ctrl('q'));
		await app.waitForText('q again');
		app.press('x');
		await app.waitFor(({footer}) => footer.includes('Esc commands'), 'the footer');
		app.send('again');
		await app.waitForPane('CLIENT 1', 'AGAIN');
		await app.waitFor(screen => screen.frameProblems.length === 0, 'a whole frame');
		t.regex(app.screen.footer, /Esc commands/);
	});
}

/**
Every view and overlay: its letter after Esc, and what is pressed then.
*/
const shown: ReadonlyArray<readonly [name: string, letter: string | undefined, then: string]> = [
	['typing', undefined, ''],
	['a selected row', undefined, keys.shiftUp],
	['a payload', undefined, `${keys.shiftUp}${keys.enter}`],
	['calls', '2', ''],
	['bytes', '3', ''],
	['sockets', '4', ''],
	['the program', '5', ''],
	['the messages', '1', ''],
	['help', '?', keys.pageDown.repeat(3)],
	['the flow diagram', 'f', ''],
	['the link panel', 'l', ''],
	['a prompt of the link panel', 'l', `${keys.down}${keys.enter}`],
	['the laboratory', 'e', ''],
	['the acts', 'b', ''],
	['an address prompt', 'a', ''],
	['a filter', '/', 'h'],
	['the settings', 'j', ''],
	['the value of a setting', 'j', `${keys.end}${keys.enter}`],
	['a file prompt', 'u', '/'],
	['what can be saved', 'w', ''],
	['the lessons', 'g', ''],
];

test.serial(
	'every view and overlay outlives a window of 1x1, and any other size on the way there and back',
	async t => {
		const app = await openApp(t, {columns: 80, rows: 24});
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'HELLO');

		for (const [name, letter, then] of shown) {
			if (letter !== undefined) {
				await app.command(letter);
			}

			app.press(then);
			await walkSizes(app);
			app.resize(80, 24);
			await app.waitFor(({columns, header}) => columns === 80 && header.includes('[UDP]'), `${name} in 80x24`);
			app.press(keys.typing);
			await app.waitFor(
				({footer, frameProblems}) => footer.includes('Esc commands') && frameProblems.length === 0,
				`typing after ${name}`,
			);
		}

		t.like(await app.quit(), {exitCode: 130});
	},
);

test.serial(
	'a series and its report outlive a window of 1x1, and any other size on the way there and back',
	async t => {
		const app = await openApp(t, {columns: 80, rows: 24});
		await app.command('b');
		await app.waitForText('do it');
		app.press('7');
		await app.waitFor(({prompt}) => prompt.includes('cancels'), 'the prompt');
		// It outlasts the test.
		app.press(`100k at 50/s${keys.enter}`);
		await app.waitForPane('CLIENT 1', / of 100,000/);
		await walkSizes(app);
		app.resize(80, 24);
		await app.waitForPane('CLIENT 1', / of 100,000/);
		await app.command('b');
		await app.waitForText(' SERIES ');
		await walkSizes(app);
		app.resize(80, 24);
		await app.waitForText(' SERIES ');
		t.like(await app.quit(), {exitCode: 130});
	},
);

/**
From 400x100 down to 1x1, and up to 20x5 again; each is drawn before the next. The emulator has two columns at least.
*/
async function walkSizes(app: TestApp): Promise<void> {
	for (const [columns, rows, first] of [
		[400, 100],
		[80, 24],
		[20, 5, 'socket-playground'],
		[2, 1, 's'],
		[1, 1, '…'],
		[2, 1, 's'],
		[20, 5, 'socket-playground'],
	] as const) {
		app.resize(columns, rows);
		await app.waitFor(
			screen =>
				screen.columns === Math.max(2, columns)
				&& (first === undefined ? screen.text.trim() !== '' : screen.lines[0]?.trim() === first),
			`a frame of ${columns}x${rows}`,
		);
	}
}
