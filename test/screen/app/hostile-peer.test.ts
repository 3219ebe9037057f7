import test from 'ava';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {hostilePayloads, obeyed, unseen} from '../../helpers/terminal-hostility.ts';
import {connectRaw, openRawServer} from '../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

/** Short enough to show whole beside its own bytes as hex. */
function mark(index: number): string {
	return `@${index.toString(36).padStart(2, '0')}`;
}

/** Send everything, each with a number in front, in batches, and wait until the last of each batch is on screen. */
async function sendAll(
	app: TestApp,
	pane: string,
	batch: number,
	send: (payload: Uint8Array) => Promise<void> | void,
): Promise<void> {
	const payloads = hostilePayloads();
	for (const [index, payload] of payloads.entries()) {
		await send(Buffer.concat([Buffer.from(mark(index)), payload]));
		if (index % batch === batch - 1 || index === payloads.length - 1) {
			await app.waitForPane(pane, mark(index));
		}
	}
}

/** A received datagram and its echo take two rows each: this many fit at once in 120x40. */
const batchLength = 15;

for (const view of ['text', 'hex and text']) {
	test.serial(`any bytes that a UDP peer sends to the server are shown as ${view}, and never obeyed`, async t => {
		const app = await openApp(t, {columns: 120, rows: 40, args: ['-r', 'echo']});
		const peer = await openRawUdp(t);
		const before = obeyed(app);
		if (view !== 'text') {
			app.press(keys.shiftTab + keys.ctrl('p') + keys.tab);
			await app.waitFor(screen => screen.pane('SERVER').title.includes('hex'));
		}

		const {port} = app.serverAddress;
		await sendAll(app, 'SERVER', batchLength, async payload => {
			peer.send(payload, port);
			t.deepEqual(await peer.next(), payload);
		});
		t.deepEqual(obeyed(app), before);
		t.deepEqual(app.screen.frameProblems, []);
		t.notRegex(app.transcript, unseen);
		app.send('alive');
		await app.waitForPane('CLIENT 1', view === 'text' ? /←.*alive/ : /←.* 5 B/);
		t.deepEqual(app.screen.frameProblems, []);
		t.like(await app.quit(), {exitCode: 130});
	});
}

test.serial('any bytes that a TCP server sends to a client are shown, and never obeyed', async t => {
	const listener = await openRawServer(t);
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1', '--connect', `127.0.0.1:${listener.port}`]});
	const {socket} = await listener.accepted.next();
	await app.waitForPane('CLIENT 1', 'connected to');
	const before = obeyed(app);
	await sendAll(app, 'CLIENT 1', 1, payload => {
		socket.write(payload);
	});
	t.deepEqual(obeyed(app), before);
	t.deepEqual(app.screen.frameProblems, []);
	t.notRegex(app.transcript, unseen);
	socket.write('alive');
	await app.waitForPane('CLIENT 1', 'alive');
	t.like(await app.quit(), {exitCode: 130});
});

test.serial('any bytes that a TCP client sends to the server are shown, and never obeyed', async t => {
	const app = await openApp(t, {columns: 120, rows: 40, args: ['-p', 'tcp', '-r', 'echo']});
	const peer = await connectRaw(t, app.serverAddress);
	await app.waitForPane('SERVER', /(?:.*ESTABLISHED.*\n){3}/);
	const before = obeyed(app);
	await sendAll(app, 'SERVER', batchLength, async payload => {
		peer.socket.write(payload);
		t.deepEqual(await peer.read(payload.length), payload);
	});
	t.deepEqual(obeyed(app), before);
	t.deepEqual(app.screen.frameProblems, []);
	t.notRegex(app.transcript, unseen);
	app.send('alive');
	await app.waitForPane('CLIENT 1', /←.*alive/);
});

test.serial('a pasted escape sequence is shown as an escape, never obeyed, and sent as it is', async t => {
	const peer = await openRawUdp(t);
	const app = await openApp(t, {args: ['--connect', `127.0.0.1:${peer.port}`]});
	const before = obeyed(app);
	const text = '\u{1B}]0;owned\u{07}\u{202E}\u{1B}[2Jx';
	app.press(keys.paste(text));
	await app.waitForPane('CLIENT 1', /> .*x/);
	t.true(app.screen.pane('CLIENT 1').lines.at(-1)?.includes(String.raw`\x1b]0;owned\x07\u{202e}\x1b[2Jx`));
	app.press(keys.enter);
	t.is(await peer.nextText(), text);
	t.deepEqual(obeyed(app), before);
	t.deepEqual(app.screen.frameProblems, []);
	t.notRegex(app.transcript, unseen);
});

test.serial('Hangul letters that make no syllable move no border', async t => {
	const app = await openApp(t, {args: ['-r', 'discard']});
	const peer = await openRawUdp(t);
	peer.send('ᄒᄒ\u{1161}\u{1161}\u{1161}.', app.serverAddress.port);
	await app.waitForPane('SERVER', /←.*\./);
	t.deepEqual(app.screen.frameProblems, []);
});
