import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

const sizes = [[80, 24], [120, 40]] as const;

for (const [columns, rows] of sizes) {
	const size = `${columns}x${rows}`;

	test.serial(`UDP at ${size}: the first frame fills the window: header, panes and footer`, async t => {
		const app = await openApp(t, {columns, rows});
		const {screen} = app;
		t.deepEqual(screen.frameProblems, []);
		t.regex(screen.header, /\[UDP] {2}TCP .*server 127\.0\.0\.1:\d+ ●.*uppercase/);
		t.true(screen.pane('SERVER').title.includes(`127.0.0.1:${app.serverAddress.port}`));
		t.true(screen.pane('CLIENT 1').isFocused);
		t.is(screen.pane('CLIENT 2').width > 0, columns === 120);
		t.regex(screen.footer, /Tab pane {2}Esc commands {2}\^T TCP {2}\^V view {2}\^F flow {2}\^L link {2}Esc e lab {2}\^Q quit/);
		t.deepEqual(app.screen.cursor, {
			x: columns === 80 ? 4 : 64,
			y: columns === 80 ? 21 : 18,
			before: screen.cursor.before,
		});
		t.true(app.isAlternateScreen);
		t.true(app.isPasteBracketed);
		t.true(app.isCursorVisible);
	});

	test.serial(
		`UDP at ${size}: a typed line goes to the server and comes back, with addresses and lengths in both panes`,
		async t => {
			const app = await openApp(t, {columns, rows});
			const {port} = app.serverAddress;
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			await app.waitForPane('SERVER', 'HELLO');
			const own = app.clientPort(1);
			const {screen} = app;
			t.true(own > 0 && own !== port);
			t.regex(screen.pane('CLIENT 1').text, new RegExp(String.raw`→ :${port} +5 B +hello`));
			t.regex(
				screen.pane('CLIENT 1').text,
				new RegExp(String.raw`← :${port} +5 B +HELLO +[\d.]+ m?s`),
			);
			t.regex(screen.pane('SERVER').text, new RegExp(String.raw`← :${own} +5 B +hello`));
			t.regex(screen.pane('SERVER').text, new RegExp(String.raw`→ :${own} +5 B +HELLO`));
			t.true(screen.pane('SERVER').lines[0]!.includes(`127.0.0.1:${own} (1)`));
			t.deepEqual(screen.frameProblems, []);
			t.is(screen.pane('CLIENT 1').lines.at(-1), '>');
		},
	);

	test.serial(
		`TCP at ${size}: a typed line goes over the connection and comes back, and both panes show the four-tuple`,
		async t => {
			const app = await openApp(t, {columns, rows, args: ['-p', 'tcp']});
			const {port} = app.serverAddress;
			await app.waitForPane('SERVER', /(?:.*ESTABLISHED.*\n){2}/);
			await app.waitForPane('CLIENT 1', `connected to 127.0.0.1:${port}`);
			const own = app.clientPort(1);
			t.regex(app.screen.header, / UDP {2}\[TCP] .*server 127\.0\.0\.1:\d+ ●.*uppercase/);
			t.regex(app.screen.pane('SERVER').title, /welcoming socket 127\.0\.0\.1:\d+ · LISTEN/);
			t.regex(
				app.screen.pane('SERVER').text,
				new RegExp(String.raw`connection \d +:${port} ⇄ 127\.0\.0\.1:${own} +~ESTABLISHED`),
			);
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			await app.waitForPane('SERVER', 'HELLO');
			const {screen} = app;
			t.regex(screen.pane('CLIENT 1').text, /→ +5 B +hello/);
			t.regex(screen.pane('CLIENT 1').text, /← +5 B +HELLO +[\d.]+ m?s/);
			t.regex(screen.pane('SERVER').text, /← connection \d +5 B +hello/);
			t.regex(screen.pane('SERVER').text, /→ connection \d +5 B +HELLO/);
			t.deepEqual(screen.frameProblems, []);
		},
	);

	for (const protocol of ['udp', 'tcp']) {
		test.serial(
			`${protocol.toUpperCase()} at ${size}: Korean and emoji are typed, sent and answered, and no border moves`,
			async t => {
				const app = await openApp(t, {columns, rows, args: ['-p', protocol, '-r', 'reverse']});
				await app.waitForPane('CLIENT 1', protocol === 'tcp' ? /connected to/ : /to 127/);
				const start = app.screen.cursor.x;
				app.press('안녕');
				await app.waitForText('> 안녕');
				t.is(app.screen.cursor.x, start + 4);
				app.press('👨‍👩‍👧x');
				await app.waitForText('> 안녕👨‍👩‍👧x');
				t.is(app.screen.cursor.x, start + 7);
				t.true(app.screen.cursor.before.endsWith('> 안녕👨‍👩‍👧x'));
				t.deepEqual(app.screen.frameProblems, []);
				app.press(keys.enter);
				await app.waitForPane('CLIENT 1', 'x👨‍👩‍👧녕안');
				await app.waitForPane('SERVER', 'x👨‍👩‍👧녕안');
				t.regex(app.screen.pane('SERVER').text, /← .* 25 B +안녕👨‍👩‍👧x/u);
				t.is(app.screen.cursor.x, start);
				t.deepEqual(app.screen.frameProblems, []);
			},
		);
	}
}

test.serial('a reply is shown with the address that it came from, and a third party as one', async t => {
	const app = await openApp(t);
	const stranger = await openRawUdp(t);
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
	stranger.send('surprise', app.clientPort(1));
	await app.waitForPane('CLIENT 1', 'surprise');
	const row = app.screen.pane('CLIENT 1').lines.find(line => line.includes('surprise'));
	t.true(row?.includes(`← :${stranger.port}`));
	t.true(row?.includes('third party'));
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('a message longer than the line moves sideways under the caret, and is sent whole', async t => {
	const app = await openApp(t);
	const peer = await openRawUdp(t);
	const text = Array.from({length: 40}, (_, index) => `가${index}`).join(' ');
	app.press(text);
	await app.waitFor(screen => screen.cursor.before.endsWith('가39'));
	t.true(app.screen.cursor.x < 78);
	t.true(app.screen.pane('CLIENT 1').lines.at(-1)?.startsWith('> …'));
	t.deepEqual(app.screen.frameProblems, []);
	app.press(keys.home);
	await app.waitFor(screen => screen.cursor.x === 4 && screen.pane('CLIENT 1').lines.at(-1)!.startsWith('> 가0 가1'));
	t.deepEqual(app.screen.frameProblems, []);
	await app.giveAddress(`127.0.0.1:${peer.port}`);
	await app.waitForPane('CLIENT 1', `destination from now on: 127.0.0.1:${peer.port}`);
	app.press(keys.enter);
	t.is(await peer.nextText(), text);
});

test.serial('a datagram of no bytes at all is sent by Enter on an empty line, and answered', async t => {
	const app = await openApp(t);
	app.press(keys.enter);
	await app.waitForPane('CLIENT 1', / ← .* 0 B/);
	t.regex(app.screen.pane('SERVER').text, / ← .* 0 B/);
});

test.serial('in TCP, Enter on an empty line is refused in words: an empty write carries nothing', async t => {
	const app = await openApp(t, {args: ['-p', 'tcp']});
	await app.waitForPane('CLIENT 1', 'connected to');
	app.press(keys.enter);
	await app.waitForPane('CLIENT 1', 'not sent');
	t.regex(app.screen.pane('CLIENT 1').text, /empty write/);
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
});

test.serial('an oversized datagram is refused in its own pane, and stays in the history', async t => {
	const app = await openApp(t);
	app.press(keys.paste('x'.repeat(70_000)));
	await app.waitForText(/pasted 1 line/);
	app.press(keys.enter);
	await app.waitForPane('CLIENT 1', 'EMSGSIZE');
	t.regex(app.screen.pane('CLIENT 1').text, /65,507/);
	t.deepEqual(app.screen.frameProblems, []);
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
});

test.serial('at 100x30 a payload of 40 columns goes on beneath its row, whole in both panes', async t => {
	const app = await openApp(t, {columns: 100, rows: 30, args: ['-c', '1']});
	const payload = '안녕하세요소켓프로그래밍을배우는중입니다';
	app.send(payload);
	await app.waitForPane('CLIENT 1', /←[\s\S]*\d m?s[\s\S]*다/);
	for (const title of ['SERVER', 'CLIENT 1']) {
		const text = app.screen.pane(title).text.replaceAll(/\s+\d+\.\d+ m?s|\s/g, '');
		t.is(text.split(payload).length, 3, `drawn as ${text}`);
	}

	t.deepEqual(app.screen.frameProblems, []);
});
