import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {connectRaw, openRawServer} from '../../helpers/raw-tcp.ts';

const tcp = ['-p', 'tcp', '-c', '1'];

test.serial('^D half-closes a client: FIN is sent, the server answers and closes, and both panes say so', async t => {
	const listener = await openRawServer(t);
	const app = await openApp(t, {args: [...tcp, '--connect', `127.0.0.1:${listener.port}`]});
	const peer = await listener.accepted.next();
	await app.waitForPane('CLIENT 1', 'connected to');
	app.press(`last\r${keys.ctrl('d')}`);
	await peer.fin;
	t.is(Buffer.from(peer.received).toString(), 'last');
	await app.waitForPane('CLIENT 1', 'FIN sent');
	app.send('too late');
	await app.waitForPane('CLIENT 1', 'not sent');
	t.regex(app.screen.pane('CLIENT 1').lines.at(-1)!, /^> too late/);
	peer.socket.write('still receiving');
	await app.waitForPane('CLIENT 1', /← +15 B +still receiving/);
	peer.socket.end();
	await app.waitForPane('CLIENT 1', /← FIN received/);
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('a client whose server has finished reconnects by o, from another port', async t => {
	const app = await openApp(t, {columns: 120, rows: 40, args: [...tcp, '--close-after-reply']});
	await app.waitForPane('CLIENT 1', 'connected to');
	t.true(app.screen.header.includes('close after reply'));
	const own = app.clientPort(1);
	app.send('hello');
	await app.waitForPane('CLIENT 1', /HELLO[\s\S]*FIN received/);
	app.press(keys.ctrl('o'));
	await app.waitForPane('CLIENT 1', 'writes carry no address');
	t.not(app.clientPort(1), own);
	app.send('again');
	await app.waitForPane('CLIENT 1', /AGAIN[\s\S]*FIN received/);
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('k makes the server close a connection socket after its reply, and keep the next again', async t => {
	const app = await openApp(t, {args: tcp});
	const {port} = app.serverAddress;
	app.press(keys.ctrl('k'));
	await app.waitForPane('SERVER', 'closed after a reply');
	const first = await connectRaw(t, {host: '127.0.0.1', port});
	first.socket.write('one');
	await first.fin;
	t.is(Buffer.from(first.received).toString(), 'ONE');
	await app.command('k');
	await app.waitForPane('SERVER', 'kept open after a reply');
	const second = await connectRaw(t, {host: '127.0.0.1', port});
	second.socket.write('two');
	t.is(await second.readLike('TWO'), 'TWO');
	second.socket.write('three');
	t.is(await second.readLike('THREE'), 'THREE');
	t.false(second.hasEnded);
});

test.serial('a connection that the peer resets is said to be reset, and the rest goes on', async t => {
	const app = await openApp(t, {args: tcp});
	await app.waitForPane('SERVER', 'ESTABLISHED');
	const peer = await connectRaw(t, app.serverAddress);
	await app.waitForPane('SERVER', new RegExp(String.raw`127\.0\.0\.1:${peer.socket.localPort} +~ESTABLISHED`));
	peer.socket.resetAndDestroy();
	await app.waitForPane('SERVER', 'RST');
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('x in the server\'s pane closes the chosen connection socket', async t => {
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '0']});
	const first = await connectRaw(t, app.serverAddress);
	const second = await connectRaw(t, app.serverAddress);
	await app.waitForPane('SERVER', /(?:.*ESTABLISHED.*\n){2}/);
	app.press(keys.right);
	await app.waitForPane('SERVER', '(to connection 2)');
	app.press(keys.ctrl('x'));
	await second.fin;
	await app.waitForPane('SERVER', '(to connection 1)');
	t.false(first.hasEnded);
	first.socket.write('alive');
	t.is(await first.readLike('ALIVE'), 'ALIVE');
});

test.serial('^D in the server\'s pane half-closes the chosen connection socket', async t => {
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '0', '-r', 'manual']});
	const peer = await connectRaw(t, app.serverAddress);
	await app.waitForPane('SERVER', 'ESTABLISHED');
	app.press(keys.ctrl('d'));
	await peer.fin;
	await app.waitForPane('SERVER', 'FIN_WAIT');
	peer.socket.write('still heard');
	await app.waitForPane('SERVER', 'still heard');
	peer.socket.end();
	await app.waitForPane('SERVER', /connection 1 closed/);
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('a peer that never reads is paused, and the others are served', async t => {
	const app = await openApp(t, {args: [...tcp, '-r', 'echo']});
	const peer = await connectRaw(t, app.serverAddress);
	peer.socket.pause();
	const flood = new Uint8Array(64 * 1024).fill(0x78);
	const pour = (): void => {
		while (peer.socket.writable && peer.socket.write(flood)) {
			// Until the kernel accepts no further data.
		}
	};

	peer.socket.on('drain', pour);
	pour();
	await app.waitForPane('SERVER', /paused: .* queued to be sent/);
	app.send('hello');
	await app.waitForPane('CLIENT 1', /←.*hello/);
	t.deepEqual(app.screen.frameProblems, []);
	t.like(await app.quit(), {exitCode: 130});
});
