import test, {type ExecutionContext} from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';
import {openRawUdp, type RawUdp} from '../../helpers/raw-udp.ts';

/** What the focused line shows, without the count of its bytes. */
function line({screen}: TestApp): string {
	return (
		screen.panes
			.find(({isFocused}) => isFocused)
			?.lines.at(-1)
			?.replace(/ +[\d,]+ B(?: \+(?:CR)?LF)?$/, '') ?? ''
	);
}

async function type(app: TestApp, pressed: string, shown: string, left: string): Promise<void> {
	app.press(pressed);
	await app.waitFor(
		({cursor, panes}) =>
			cursor.before.endsWith(left)
			&& panes.some(({isFocused, lines}) => isFocused && lines.at(-1)!.startsWith(`> ${shown}`.trimEnd())),
		`> ${shown} with the cursor behind ${left}`,
	);
}

test.serial('the caret moves by key and by chord, and what is typed goes where it stands', async t => {
	const app = await openApp(t);
	await type(app, 'hello world', 'hello world', '> hello world');
	await type(app, keys.left + keys.left, 'hello world', '> hello wor');
	await type(app, 'X', 'hello worXld', '> hello worX');
	await type(app, keys.home, 'hello worXld', '┃ > ');
	await type(app, keys.right, 'hello worXld', '> h');
	await type(app, keys.end, 'hello worXld', '> hello worXld');
	await type(app, keys.ctrl('a') + '[', '[hello worXld', '> [');
	await type(app, keys.ctrl('e') + ']', '[hello worXld]', '> [hello worXld]');
	await type(app, '\u{1B}[1;5D', '[hello worXld]', '> [hello ');
	await type(app, '\u{1B}[1;5D\u{1B}[1;5D', '[hello worXld]', '┃ > ');
	await type(app, '\u{1B}[1;5C', '[hello worXld]', '> [hello');
	await type(app, keys.delete, '[helloworXld]', '> [hello');
	await type(app, keys.end + keys.ctrl('w'), '', '┃ > ');
	t.is(line(app), '>');
});

test.serial('^U deletes to the start and ^W a word, and the rest is sent', async t => {
	const app = await openApp(t);
	await type(app, 'one two three', 'one two three', 'three');
	await type(app, keys.ctrl('w'), 'one two', '> one two ');
	await type(app, keys.left + keys.ctrl('w'), 'one ', '> one ');
	await type(app, keys.ctrl('u') + 'rest' + keys.end, 'rest', '> rest ');
	app.press(keys.enter);
	await app.waitForPane('CLIENT 1', 'REST');
	t.regex(app.screen.pane('CLIENT 1').text, /→ .* 5 B +rest/);
});

test.serial(
	'Backspace and Delete take a whole grapheme: a syllable, a family, a flag, a letter with its accent',
	async t => {
		const app = await openApp(t);
		const start = app.screen.cursor.x;
		await type(app, '안녕👨‍👩‍👧🇰🇷e\u{301}', '안녕👨‍👩‍👧🇰🇷e\u{301}', 'e\u{301}');
		t.is(app.screen.cursor.x, start + 9);
		await type(app, keys.backspace, '안녕👨‍👩‍👧🇰🇷', '🇰🇷');
		await type(app, keys.backspace, '안녕👨‍👩‍👧', '👨‍👩‍👧');
		await type(app, keys.backspace, '안녕', '안녕');
		await type(app, keys.backspace, '안', '안');
		t.is(line(app), '> 안');
		await type(app, '👨‍👩‍👧끝' + keys.home, '안👨‍👩‍👧끝', '┃ > ');
		await type(app, keys.delete, '👨‍👩‍👧끝', '┃ > ');
		await type(app, keys.delete, '끝', '┃ > ');
		t.is(line(app), '> 끝');
		await type(app, keys.right, '끝', '끝');
		t.is(app.screen.cursor.x, start + 2);
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial(
	'syllables that arrive one key at a time, as an input method sends them, keep the cursor at the caret',
	async t => {
		const app = await openApp(t, {columns: 120, rows: 40});
		const start = app.screen.cursor.x;
		let typed = '';
		for (const syllable of '네트워크를 배워요') {
			typed += syllable;
			await type(app, syllable, typed.trimEnd(), `> ${typed}`);
		}

		t.is(app.screen.cursor.x, start + 17);
		t.true(app.isCursorVisible);
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial('Up and Down walk through what was sent from the pane, and come back to what was half-typed', async t => {
	const app = await openApp(t);
	app.send('first');
	app.send('둘째');
	await app.waitForPane('SERVER', '둘째');
	await type(app, 'half', 'half', '> half');
	await type(app, keys.up, '둘째', '> 둘째');
	await type(app, keys.up, 'first', '> first');
	await type(app, keys.up, 'first', '> first');
	await type(app, keys.down, '둘째', '> 둘째');
	await type(app, keys.down, 'half', '> half');
	await type(app, keys.up + keys.up + '!', 'first!', '> first!');
	app.press(keys.enter);
	await app.waitForPane('CLIENT 1', 'FIRST!');
	app.press(keys.tab + keys.up + 'other');
	await app.waitForPane('CLIENT 2', '> other');
	t.is(line(app), '> other');
});

const escapes: ReadonlyArray<readonly [string, string]> = [
	[String.raw`a\nb`, '610a62'],
	[String.raw`\r\t\0`, '0d0900'],
	[String.raw`\xff\x00\xe9`, 'ff00e9'],
	[String.raw`\\n`, '5c6e'],
	[String.raw`\q\x4`, '5c715c7834'],
	[String.raw`\u{1f600}`, 'f09f9880'],
	[String.raw`\033[0m\e`, '1b5b306d1b'],
	['안녕', 'ec9588eb8595'],
];

async function appAndPeer(t: ExecutionContext): Promise<[TestApp, RawUdp]> {
	const peer = await openRawUdp(t);
	return [await openApp(t, {args: ['--connect', `127.0.0.1:${peer.port}`]}), peer];
}

test.serial('typed escapes are the bytes that they stand for', async t => {
	const [app, peer] = await appAndPeer(t);
	for (const [typed, hex] of escapes) {
		app.send(typed);
		t.deepEqual(await peer.next(), Buffer.from(hex, 'hex'));
	}
});

test.serial('a paste of several lines shows its size, and is sent as it was pasted', async t => {
	const [app, peer] = await appAndPeer(t);
	app.press('before ' + keys.paste('first\rsecond\r\nthird \\n 안녕\n\ttab') + ' after');
	await app.waitForText(/before \[pasted 4 lines · \d+ B] after/);
	t.regex(app.screen.pane('CLIENT 1').text, /pasted 4 lines · 34 B/);
	t.deepEqual(app.screen.frameProblems, []);
	t.is(peer.inbox.all.length, 0);
	app.press(keys.enter);
	t.is(await peer.nextText(), 'before first\nsecond\r\nthird \\n 안녕\n\ttab after');
	app.press(keys.up);
	await app.waitForText(/before \[pasted 4 lines · \d+ B] after/);
	app.press(keys.home + keys.delete.repeat(7) + keys.delete + keys.enter);
	t.is(await peer.nextText(), ' after');
});

test.serial('a large paste that comes in many reads is sent whole', async t => {
	const [app, peer] = await appAndPeer(t);
	const text = Array.from({length: 2000}, (_, index) => `줄 ${index} of a paste`).join('\n');
	app.press(keys.paste(text) + keys.enter);
	t.is(await peer.nextText(), text);
});

for (const [presses, ending] of [[2, '\r\n'], [4, '\0'], [5, '']] as const) {
	test.serial(
		`Esc m pressed ${presses} times ends each message of the pane with ${JSON.stringify(ending)}`,
		async t => {
			const [app, peer] = await appAndPeer(t);
			const {lf, crlf, cr, nul, none} = en.line.endingNotice;
			const notices = [lf, crlf, cr, nul, none];
			for (let press = 0; press < presses; press++) {
				await app.command('m');
				await app.waitForPane('CLIENT 1', notices[press]!);
			}

			app.send('line');
			t.is(await peer.nextText(), `line${ending}`);
			app.press(keys.paste('one\r\rtwo\r\r') + keys.enter);
			t.is(await peer.nextText(), `one${ending || '\n'}two${ending || '\n'}`);
			app.press(keys.tab + 'other\r');
			t.is(await peer.nextText(), 'other');
		},
	);
}

test.serial('the server\'s own line ends as its pane is told to', async t => {
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '0', '-r', 'manual']});
	const peer = await connectRaw(t, app.serverAddress);
	await app.waitForPane('SERVER', 'ESTABLISHED');
	app.press(`${keys.alt('m')}${keys.alt('m')}220 ready\r`);
	t.is(await peer.readLike('220 ready\r\n'), '220 ready\r\n');
});
