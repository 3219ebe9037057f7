import test from 'ava';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

/** Something that takes the screen or the keys for a while: how it is entered and left, and whether it is there. */
type Place = {
	readonly name: string;
	readonly enter: string;
	readonly isThere: (screen: TerminalScreen) => boolean;
	readonly leave: string;
	/** Something stands over the panes, so that they have no borders. */
	readonly isOverlay?: boolean;
};

const badge
	= (name: string): ((screen: TerminalScreen) => boolean) =>
		screen =>
			screen.panes.some(({isFocused, title}) => isFocused && title.endsWith(name));

const views: readonly Place[] = [
	{
		name: 'calls',
		enter: keys.ctrl('v'),
		isThere: badge(en.views.names['call-view']),
		leave: keys.ctrl('v').repeat(3),
	},
	{
		name: 'bytes',
		enter: keys.ctrl('v').repeat(2),
		isThere: badge('bytes'),
		leave: keys.ctrl('v').repeat(2),
	},
	{
		name: 'sockets',
		enter: keys.ctrl('v').repeat(3),
		isThere: badge('sockets'),
		leave: keys.ctrl('v'),
	},
	{
		name: 'the program',
		enter: keys.ctrl('s'),
		isThere: badge('Python'),
		leave: keys.ctrl('v'),
	},
	{
		name: 'the zoomed pane',
		enter: keys.alt('z'),
		isThere: screen => screen.panes.length === 1,
		leave: keys.alt('z'),
	},
	{
		name: 'the flow diagram',
		enter: keys.ctrl('f'),
		isThere: screen => screen.line(1).startsWith(' FLOW') && screen.footer.includes('Esc close'),
		leave: keys.typing,
		isOverlay: true,
	},
];

/** Whether only panes are there, with all of them, and the focused line is heard. */
function isTyping(screen: TerminalScreen): boolean {
	return screen.footer.includes('Esc commands') && screen.panes.length > 1 && badge('●')(screen);
}

for (const protocol of ['udp', 'tcp']) {
	test.serial(
		`${protocol.toUpperCase()}: in every view, a window may change its size, and a half-typed line is kept`,
		async t => {
			const app = await openApp(t, {args: ['-p', protocol, '-c', '1']});
			await app.waitForPane('CLIENT 1', protocol === 'tcp' ? 'connected to' : 'no socket until');
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press('half');
			for (const {name, enter, isThere, leave, isOverlay = false} of views) {
				app.press(enter);
				await app.waitFor(isThere, name);
				for (const [columns, rows] of [
					[120, 40],
					[60, 16],
					[50, 10],
					[80, 24],
				] as const) {
					app.resize(columns, rows);
					await app.waitFor(
						screen =>
							columns === 50
								? screen.text.includes('needs 60x16')
								: isThere(screen)
									&& (isOverlay ? screen.overlayProblems : screen.frameProblems).length === 0,
						`${name} at ${columns}x${rows}`,
					);
					t.true(columns === 50 || isOverlay || app.screen.cursor.before.endsWith('> half'));
				}

				app.press(leave);
				await app.waitFor(
					screen => isTyping(screen) && screen.frameProblems.length === 0,
					`typing after ${name}`,
				);
				t.true(app.screen.cursor.before.endsWith('> half'));
			}

			// What is typed elsewhere stays there.
			app.press(keys.shiftTab + keys.shiftUp);
			await app.waitFor(({footer}) => footer.includes('open whole'), 'a selected row');
			app.press(keys.enter);
			await app.waitFor(
				screen => screen.line(1).startsWith(' PAYLOAD') && screen.line(4).includes('48 45 4c 4c 4f'),
				'the payload',
			);
			for (const [columns, rows] of [
				[120, 40],
				[60, 16],
				[50, 10],
				[80, 24],
			] as const) {
				app.resize(columns, rows);
				await app.waitFor(
					screen =>
						columns === 50
							? screen.text.includes('needs 60x16')
							: screen.line(1).startsWith(' PAYLOAD')
								&& screen.overlayProblems.length === 0
								&& screen.line(4).includes('48 45 4c 4c 4f'),
					`the payload at ${columns}x${rows}`,
				);
			}

			app.press(keys.escape);
			await app.waitFor(({footer}) => footer.includes('open whole'), 'the selected row again');
			app.press(keys.tab);
			await app.waitFor(screen => screen.pane('CLIENT 1').isFocused && isTyping(screen), 'the client');
			app.press(` typed${keys.enter}`);
			await app.waitForPane('CLIENT 1', 'HALF TYPED');
			t.deepEqual(app.screen.frameProblems, []);
		},
	);
}

test.serial(
	'views, the program, the diagram, the prompt and the zoomed pane in one read of keys: each is entered and left, and the rest is typed',
	async t => {
		const app = await openApp(t, {args: ['-c', '1']});
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'HELLO');
		app.press(`a${keys.ctrl('v').repeat(4)}b${keys.ctrl('s')}c${keys.ctrl('v')}d${keys.alt('z')}e${keys.alt('z')}f${keys.alt('f')}${keys.ctrl('f').repeat(2)}`);
		await app.waitFor(screen => screen.line(1).startsWith(' FLOW'), 'the diagram');
		app.press(`f${keys.alt('/')}hell${keys.enter}g`);
		await app.waitFor(
			screen =>
				screen.pane('CLIENT 1').title.includes('/hell 2 of') && screen.cursor.before.endsWith('> abcdefg'),
			'all letters',
		);
		t.deepEqual(app.screen.frameProblems, []);
	},
);

const modes: ReadonlyArray<
	readonly [name: string, enter: readonly string[], isThere: (screen: TerminalScreen) => boolean]
> = [
	['the program', [keys.ctrl('s')], badge('Python')],
	['the flow diagram', [keys.ctrl('f')], screen => screen.line(1).startsWith(' FLOW')],
	['the prompt of a filter', [keys.alt('/')], ({prompt}) => prompt.includes(' show rows with:')],
	['a payload', [keys.shiftUp, keys.enter], screen => screen.line(1).startsWith(' PAYLOAD')],
];

for (const [index, [name, enter, isThere]] of modes.entries()) {
	const protocol = index % 2 === 0 ? 'udp' : 'tcp';
	test.serial(`${protocol.toUpperCase()}: Ctrl+C in ${name} quits, and the terminal is given back`, async t => {
		const app = await openApp(t, {args: ['-p', protocol, '-c', '1']});
		await app.waitForPane('CLIENT 1', protocol === 'tcp' ? 'connected to' : 'no socket until');
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'HELLO');
		app.press(enter.join(''));
		await app.waitFor(isThere, name);
		app.press(keys.ctrl('c'));
		t.like(await app.exit, {exitCode: 130, signal: 0});
		t.false(app.isAlternateScreen);
		t.deepEqual(app.changedModes, []);
		t.true(app.isCursorVisible);
	});
}

/** Wait for a frame whose lines all have the window's width. */
async function checkKorean(app: TestApp, text: string | RegExp, isOverlay = false): Promise<void> {
	await app.waitFor(
		screen =>
			(typeof text === 'string' ? screen.text.includes(text) : text.test(screen.text))
			&& (isOverlay ? screen.overlayProblems : screen.frameProblems).length === 0,
		String(text),
	);
}

test.serial('in Korean every view keeps its columns, at 80x24 and 120x40, in UDP and TCP', async t => {
	const folder = await temporaryFolder(t);
	const app = await openApp(t, {args: ['--lang', 'ko', '-c', '1'], folder});
	for (const protocol of ['UDP', 'TCP']) {
		for (const [columns, rows] of [[80, 24], [120, 40]] as const) {
			app.resize(columns, rows);
			await checkKorean(app, `[${protocol}]`);
			app.send('안녕 hello');
			await checkKorean(app, '안녕 HELLO');
			for (const [press, text] of [
				[keys.ctrl('v'), ` ${ko.views.names['call-view']} ━┓`],
				[keys.ctrl('v'), /━ 바이트 ━┓/],
				[keys.ctrl('v'), /━ 소켓 ━┓/],
				[keys.ctrl('s'), '파이썬'],
				[`${keys.alt('w')}w`, '저장했습니다'],
				[keys.ctrl('v'), '안녕 HELLO'],
				[keys.alt('z'), '안녕 HELLO'],
				[keys.alt('z'), '안녕 HELLO'],
			] as const) {
				app.press(press);
				await checkKorean(app, text);
			}

			app.press(keys.ctrl('f').repeat(columns < 120 ? 1 : 2));
			await checkKorean(app, /^ 흐름도[\s\S]*"안녕 hello"/m, true);
			app.press(`f${keys.shiftUp}${keys.enter}`);
			await checkKorean(app, /^ 페이로드[\s\S]*UTF-8 · 문자 8개[\s\S]*ec 95 88/m, true);
			app.press(keys.escape);
			await checkKorean(app, ko.views.select.open);
			app.press(keys.escape + keys.alt('/'));
			await app.waitFor(({prompt}) => prompt.includes(ko.views.filter.label), 'the prompt');
			app.press('안녕');
			await checkKorean(app, /\/안녕 \d+ 중 \d+ ━┓/);
			app.press(keys.escape);
			await app.waitFor(screen => !screen.text.includes(ko.views.filter.label), 'the commands');
			app.press(keys.typing);
			await app.waitFor(({footer}) => footer.includes(`Esc ${ko.footer.commands}`), 'typing');
		}

		app.press(keys.ctrl('t'));
	}

	t.deepEqual(app.screen.frameProblems, []);
});
