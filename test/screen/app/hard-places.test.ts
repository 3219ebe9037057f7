import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {openRawServer} from '../../helpers/raw-tcp.ts';

test.serial('it is drawn also where the environment looks like a CI\'s', async t => {
	const app = await openApp(t, {env: {CI: 'true'}});
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('a prompt asked for in a window that is too small takes no keys, and the keyboard lives', async t => {
	const app = await openApp(t);
	app.resize(50, 12);
	await app.waitForText('needs 60x16');
	app.press(keys.alt('a'));
	t.like(await app.quit(), {exitCode: 130});
});

test.serial('a notice is whole, and is removed when its reason has passed', async t => {
	const app = await openApp(t, {args: ['-p', 'tcp']});
	await app.waitForPane('SERVER', /connection 2.*ESTABLISHED/);
	app.press(keys.ctrl('x'));
	await app.waitForPane('CLIENT 1', 'closed');
	app.send('too late');
	await app.waitForPane('CLIENT 1', /not sent: there is no open socket.*Press Esc, then o\./s);
	t.regex(app.screen.pane('CLIENT 1').text, /> too late/);
	app.press(keys.ctrl('o'));
	await app.waitFor(screen => !screen.pane('CLIENT 1').text.includes('not sent'), 'the notice to go');
	t.regex(app.screen.pane('CLIENT 1').text, /> too late/);
});

test.serial('a message half-typed for a peer that goes is not sent to another', async t => {
	const app = await openApp(t, {args: ['-p', 'tcp']});
	await app.waitForPane('SERVER', /connection 2.*ESTABLISHED/);
	app.press(keys.shiftTab + keys.right);
	await app.waitForPane('SERVER', 'to connection 2');
	app.press('secret');
	app.press(keys.tab + keys.tab);
	await app.waitForFocus('CLIENT 2');
	app.press(keys.ctrl('x'));
	await app.waitForPane('SERVER', 'the chosen client is gone');
	app.press(keys.tab + keys.enter);
	await app.waitForPane('SERVER', 'not sent: that client is gone');
	t.regex(app.screen.pane('SERVER').text, /secret/);
	t.false(app.screen.lines.join('\n').includes('→ connection 1'));
});

test.serial('a long payload is read whole in hexadecimal, and a reset shows as one', async t => {
	const peer = await openRawServer(t);
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1', '--connect', `127.0.0.1:${peer.port}`]});
	const {socket} = await peer.accepted.next();
	await app.waitForPane('CLIENT 1', 'connected');
	app.press(keys.ctrl('p'));
	app.send(String.raw`${'x'.repeat(20)}\0\xffend`);
	await app.waitForPane('CLIENT 1', /0000 {2}(?:78 ){16}/);
	await app.waitForPane('CLIENT 1', /0010 {2}78 78 78 78 00 ff 65 6e 64 +xxxx\.\.end/);
	socket.resetAndDestroy();
	await app.waitForPane('CLIENT 1', 'RST received');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('NO_COLOR takes the colours away, and nothing else', async t => {
	const colour = /\u{1B}\[(?:\d+;)*(?:3[0-8]|9[0-7])[;m]/u;
	const [plain, coloured] = [await openApp(t, {env: {NO_COLOR: '1'}}), await openApp(t)];
	for (const app of [plain, coloured]) {
		app.send(String.raw`tab\t`);
		await app.waitForPane('CLIENT 1', 'TAB');
		t.regex(app.transcript, /\u{1B}\[7m\[UDP\]/u);
	}

	t.notRegex(plain.transcript, colour);
	t.regex(coloured.transcript, colour);
});
