import test from 'ava';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {en} from '../../../source/screen/words/en.ts';

/** Open the prompt for what is looked for in the focused pane. */
async function openPrompt(app: TestApp): Promise<void> {
	await app.command('/');
	await app.waitFor(({prompt}) => prompt.includes(' show rows with:'), 'the prompt');
}

/** Wait until a pane's title has what is looked for, and how many rows have it. */
async function waitForCount(app: TestApp, title: string, badge: string | RegExp): Promise<void> {
	await app.waitFor(
		screen =>
			typeof badge === 'string' ? screen.pane(title).title.includes(badge) : badge.test(screen.pane(title).title),
		`${String(badge)} in the title of ${title}`,
	);
}

for (const protocol of ['udp', 'tcp']) {
	test.serial(
		`${protocol.toUpperCase()} at 80x24 and 120x40: rows are looked for as one types, by text in any case or by bytes`,
		async t => {
			const app = await openApp(t, {args: ['-p', protocol, '-c', '1']});
			await app.waitForPane('CLIENT 1', protocol === 'tcp' ? 'connected to' : 'no socket until');
			for (const text of ['Apple', String.raw`pear\r\n`, 'banana']) {
				app.send(text);
				await app.waitForPane('CLIENT 1', text.slice(0, 4).toUpperCase());
			}

			const total = protocol === 'udp' ? 7 : 8;
			app.press('half');
			await openPrompt(app);
			app.press('aPp');
			await waitForCount(app, 'CLIENT 1', `/aPp 2 of ${total}`);
			t.deepEqual(
				app.screen.logOf('CLIENT 1').map(row => row.replace(/ [\d.]+ m?s$/, '').slice(-5)),
				['Apple', 'APPLE'],
			);
			t.regex(app.screen.pane('CLIENT 1').lines.at(-1) ?? '', /^> half/);
			t.deepEqual(app.screen.frameProblems, []);
			await app.resizeTo(120, 40);
			await waitForCount(app, 'CLIENT 1', `/aPp 2 of ${total}`);
			app.press('zz');
			await waitForCount(app, 'CLIENT 1', `/aPpzz 0 of ${total}`);
			t.deepEqual(app.screen.logOf('CLIENT 1'), []);
			app.press(keys.typing);
			await app.waitFor(
				screen => screen.footer.includes('Esc commands') && screen.logOf('CLIENT 1').length === total,
				'all rows again',
			);
			t.notRegex(app.screen.pane('CLIENT 1').title, /\//);
			await openPrompt(app);
			app.press('hex:0');
			await app.waitFor(({prompt}) => prompt.includes('✗ hex: takes two digits for each byte'), 'what is wrong');
			app.press('d0A');
			await waitForCount(app, 'CLIENT 1', `/hex:0d0A 2 of ${total}`);
			t.notRegex(app.screen.prompt, /✗/);
			t.true(app.screen.logOf('CLIENT 1').every(row => /pear/i.test(row)));
			app.press(keys.enter);
			await app.waitFor(({footer}) => footer.includes('Esc commands'), 'typing');
			t.regex(app.screen.pane('CLIENT 1').title, /\/hex:0d0A 2 of/);
			app.press(String.raw` typed\r\n` + keys.enter);
			await waitForCount(app, 'CLIENT 1', `/hex:0d0A 4 of ${total + 2}`);
			t.regex(app.screen.pane('CLIENT 1').text, /half typed\\r\\n[\s\S]*HALF TY/);
			t.regex(app.screen.pane('CLIENT 1').text, /sent · rows that do not match are hidden/);
			await app.resizeTo(80, 24);
			for (const view of ['call-view', 'byte-view'] as const) {
				await app.showView('CLIENT 1', view);
				await waitForCount(app, 'CLIENT 1', `/hex:0d0A 4 of ${total + 2} · ${en.views.names[view]}`);
				t.true(app.screen.logOf('CLIENT 1').every(row => /pear|typed/i.test(row) || row.includes('hex')));
			}

			t.deepEqual(app.screen.frameProblems, []);
			await openPrompt(app);
			app.press(keys.typing);
			await app.waitFor(
				screen => screen.footer.includes('Esc commands') && /● +bytes$/.test(screen.pane('CLIENT 1').title),
				'no filter',
			);
			t.deepEqual(app.screen.frameProblems, []);
		},
	);
}

test.serial(
	'sentences and addresses are found as well; a view without rows gives way to messages, and each pane has a filter of its own',
	async t => {
		const app = await openApp(t, {columns: 120, rows: 40});
		const {port} = app.serverAddress;
		app.press(`one\r${keys.tab}two\r${keys.shiftTab}`);
		await app.waitForPane('CLIENT 1', 'ONE');
		await app.waitForPane('CLIENT 2', 'TWO');
		await app.showView('CLIENT 1', 'socket-view');
		app.press(keys.shiftTab);
		await app.waitForFocus('SERVER');
		await openPrompt(app);
		app.press('BOUND TO');
		await waitForCount(app, 'SERVER', '/BOUND TO 1 of 5');
		app.press(keys.enter + keys.tab);
		await app.waitForFocus('CLIENT 1');
		await openPrompt(app);
		await app.waitForPane('CLIENT 1', 'ONE');
		app.press(`:${port}`);
		await waitForCount(app, 'CLIENT 1', `/:${port} 2 of 3`);
		app.press(keys.enter);
		await app.waitFor(({footer}) => footer.includes('Esc commands'));
		t.regex(app.screen.pane('SERVER').title, /BOUND TO 1 of 5/);
		t.notRegex(app.screen.pane('CLIENT 2').title, /of/);
		// A prompt that is asked for again is a new one, and a line feed is Enter, as everywhere.
		app.press(`${keys.alt('/')}${keys.alt('/')}:${port}1${keys.enter}${keys.alt('a')}${keys.alt('a')}${keys.typing}`);
		await app.waitFor(
			screen =>
				screen.footer.includes('Esc commands') && screen.pane('CLIENT 1').title.includes(`/:${port}1 0 of 3`),
			'the second prompt taken',
		);
		app.press(`${keys.alt('/')}:${port}\ntyped`);
		await app.waitFor(
			screen =>
				screen.cursor.before.endsWith('> typed') && screen.pane('CLIENT 1').title.includes(`/:${port} 2 of 3`),
			'typing',
		);
		t.deepEqual(app.screen.frameProblems, []);
	},
);
