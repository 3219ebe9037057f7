import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

/** Select the newest row of the focused pane and open its payload. */
async function openNewest(app: TestApp): Promise<void> {
	app.press(keys.shiftUp);
	await app.waitFor(({footer}) => footer.includes('open whole'), 'a selected row');
	app.press(keys.enter);
	await app.waitFor(
		screen => screen.line(1).startsWith(' PAYLOAD') && screen.line(4).startsWith(' 0'),
		'the payload',
	);
}

/** Go back to typing. */
async function close(app: TestApp): Promise<void> {
	app.press(keys.escape);
	await app.waitFor(({footer}) => footer.includes('open whole'), 'the selected row');
	app.press(keys.typing);
	await app.waitFor(({footer}) => footer.includes('Esc commands'), 'typing');
}

/** What stands on the terminal's clipboard, as the newest OSC 52 sequence has put it there. */
function copies(app: TestApp): string[] {
	return app.systemCommands.filter(command => command.startsWith('52;'));
}

function clipboard(app: TestApp): string {
	const [selection, data = ''] = (copies(app).at(-1) ?? '').replace(/^52;/, '').split(';');
	return selection === 'c' ? Buffer.from(data, 'base64').toString() : '';
}

/** How many rows stand in reverse, but for what is chosen in the header. */
function reversedRows(app: TestApp): number[] {
	return Array.from({length: app.screen.rows}, (_, y) => y).filter(y => {
		const line = app.buffer.getLine(app.buffer.baseY + y);
		const {x} = app.screen.pane('SERVER');
		return y > 0 && line?.getCell(x + 2)?.isInverse();
	});
}

for (const protocol of ['udp', 'tcp']) {
	test.serial(
		`${protocol.toUpperCase()} at 80x24 and 120x40: a payload is shown whole as hex and text, copied, and saved to the byte`,
		async t => {
			const folder = await temporaryFolder(t);
			const app = await openApp(t, {args: ['-p', protocol, '-c', '1', '-r', 'discard'], folder});
			const {port} = app.serverAddress;
			const peer = protocol === 'udp' ? await openRawUdp(t) : await connectRaw(t, {host: '127.0.0.1', port});
			const send = (bytes: Uint8Array | string): void => {
				if ('inbox' in peer) {
					peer.send(bytes, port);
				} else {
					peer.socket.write(bytes);
				}
			};

			app.press(keys.shiftTab);
			await app.waitForFocus('SERVER');
			send('안녕 👍');
			await app.waitForPane('SERVER', '안녕 👍');
			await openNewest(app);
			for (const [columns, rows] of [
				[120, 40],
				[80, 24],
			] as const) {
				app.resize(columns, rows);
				await app.waitFor(
					screen =>
						screen.overlayProblems.length === 0
						&& screen.footer.includes('Esc close')
						&& screen.line(4).includes('9f 91') === (columns === 120),
					`the payload at ${columns}x${rows}`,
				);
				t.regex(app.screen.line(1), /SERVER .* ← 127\.0\.0\.1:\d+ +11 B$/);
				t.is(app.screen.line(2), ' valid UTF-8 · 4 characters');
				const wanted
					= columns === 120
						? /^ 0{4} {2}ec 95 8{2} eb 85 95 20 f0 9f 91 8d +안─{4}녕─{4} +👍─{6}$/
						: /^ 0000 {2}ec 95 88 eb 85 95 20 f0 {2}안────녕──── +👍$/;
				t.regex(app.screen.line(4), wanted);
				t.regex(app.screen.line(5), columns === 120 ? /^$/ : /^ 0{3}8 {2}9f 91 8d +─{6}$/);
			}

			app.press('c');
			await app.waitForText(en.views.payload.copied(11, false));
			t.is(clipboard(app), '안녕 👍');
			app.press('h');
			await app.waitFor(() => copies(app).length === 2, 'another text on the clipboard');
			t.is(clipboard(app), 'ec 95 88 eb 85 95 20 f0 9f 91 8d');
			await close(app);

			const broken = Buffer.from([0x61, 0xFF, 0xFE, 0x0A, 0x1B, 0xEC, 0x95]);
			send(broken);
			await app.waitForPane('SERVER', String.raw`\xff`);
			await openNewest(app);
			t.regex(
				app.screen.line(2),
				/not all UTF-8: 2 B invalid · 3 characters · ends inside a character \(2 B of it\)/,
			);
			t.regex(app.screen.line(4), /61 ff fe 0a 1b ec 95 +a ✗ ✗ \\n\^\[───…/);
			app.press('c');
			await app.waitFor(() => copies(app).length === 3, 'the broken text');
			t.is(clipboard(app), '61 ff fe 0a 1b ec 95');
			app.press('w2');
			await app.waitForText(/payload-\d+\.bin/);
			const [file = ''] = /payload-\d+\.bin/.exec(app.screen.text) ?? [];
			t.deepEqual(await readFile(path.join(folder, file)), broken);
			await close(app);

			// In TCP the bytes come as several reads: each is a row.
			const long = Buffer.from(Array.from({length: 60_000}, (_, index) => index % 251));
			send(long);
			await app.waitForPane('SERVER', protocol === 'udp' ? /60{4} B/ : /\d{4,} B/);
			await openNewest(app);
			const [, length = ''] = / ([\d,.]+ (?:B|KiB))(?: |$)/.exec(app.screen.line(1)) ?? [];
			t.not(length, '');
			const total = Number(/of ([\d,]+) *$/.exec(app.screen.line(1))?.[1]?.replaceAll(',', ''));
			app.press(keys.end);
			await app.waitFor(
				screen => new RegExp(String.raw`–${total.toLocaleString('en-US')} of `).test(screen.line(1)),
				'the last line',
			);
			t.deepEqual(app.screen.overlayProblems, []);
			app.press('w2');
			await app.waitForText(/payload-\d+\.bin/);
			const [name = ''] = /payload-\d+\.bin/.exec(app.screen.text) ?? [];
			const whole = await readFile(path.join(folder, name));
			t.is(total, Math.ceil(whole.length / 8));
			t.true(long.includes(whole));
			t.true(protocol === 'tcp' || (whole.length === long.length && /^ ea58 {2}/m.test(app.screen.text)));
			app.press(keys.home);
			await app.waitFor(
				screen => / lines 1–\d+ of /.test(screen.line(1)) && screen.line(4).startsWith(' 0000'),
				'the first line',
			);
			app.press(keys.pageDown + keys.down + keys.up);
			await app.waitFor(screen => / lines (?!1–)\d+–/.test(screen.line(1)), 'the next page');
			await close(app);
			t.true(app.screen.pane('SERVER').lines.at(-1)?.startsWith('> (to'));
			t.deepEqual(app.screen.frameProblems, []);
		},
	);
}

test.serial(
	'a selected row stands in reverse and stays while others arrive; a row without a payload says so',
	async t => {
		const app = await openApp(t, {args: ['-c', '1', '-r', 'discard']});
		const {port} = app.serverAddress;
		const peer = await openRawUdp(t);
		app.press(keys.shiftTab);
		await app.waitForFocus('SERVER');
		peer.send('first', port);
		await app.waitForPane('SERVER', 'first');
		app.press(keys.shiftUp);
		await app.waitFor(({footer}) => footer.includes('open whole'), 'a selected row');
		for (let index = 0; index < 30; index++) {
			peer.send(`new ${index}`, port);
		}

		await app.waitFor(
			screen => /↓ \d\d newer/.test(screen.pane('SERVER').foot) && screen.pane('SERVER').text.includes('(31)'),
			'newer rows',
		);
		t.regex(app.screen.pane('SERVER').text, /first/);
		const [y = 0, ...others] = reversedRows(app);
		t.deepEqual(others, []);
		t.regex(app.screen.line(y), /first/);
		app.press(keys.enter);
		await app.waitFor(
			screen => screen.line(1).startsWith(' PAYLOAD') && screen.line(4).includes('66 69 72 73 74'),
			'the selected payload',
		);
		app.press(keys.escape);
		await app.waitFor(({footer}) => footer.includes('open whole'), 'the selected row');
		app.press(keys.up);
		app.press(keys.enter);
		await app.waitForPane('SERVER', 'this row has no payload');
		app.press(keys.down.repeat(40));
		await app.waitForPane('SERVER', 'new 29');
		app.press('typed');
		await app.waitFor(
			screen => screen.cursor.before.endsWith('typed') && screen.footer.includes('Esc commands'),
			'typing',
		);
		t.false(app.screen.pane('SERVER').foot.includes('newer'));
		t.deepEqual(app.screen.frameProblems, []);
	},
);
