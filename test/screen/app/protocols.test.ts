import {once} from 'node:events';
import test from 'ava';
import {loopbackHost} from '../../helpers/loopback.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {openRawServer} from '../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

const ways: ReadonlyArray<readonly [string, (app: TestApp) => Promise<void> | void]> = [
	['^T', app => {
		app.press(keys.ctrl('t'));
	}],
	['Esc, then t', async app => app.command('t')],
	['Esc, then ㅅ, the Hangul letter on the same key', async app => app.command('ㅅ')],
];

for (const [name, press] of ways) {
	for (const [columns, rows] of [[80, 24], [120, 40]] as const) {
		test.serial(
			`${name} switches the protocol at ${columns}x${rows}, and each keeps its sockets, its rows and its half-typed line`,
			async t => {
				const app = await openApp(t, {columns, rows});
				const udp = app.serverAddress.port;
				app.send('datagram');
				await app.waitForPane('CLIENT 1', 'DATAGRAM');
				app.press('half udp');
				await app.waitForPane('CLIENT 1', '> half udp');
				const own = app.clientPort(1);
				await press(app);
				await app.waitForPane('SERVER', 'ESTABLISHED');
				t.regex(app.screen.header, / UDP {2}\[TCP]/);
				t.regex(app.screen.pane('SERVER').title, /welcoming socket/);
				t.false(app.screen.text.includes('DATAGRAM'));
				t.deepEqual(app.screen.frameProblems, []);
				app.send('stream');
				await app.waitForPane('CLIENT 1', 'STREAM');
				app.press('half tcp');
				await app.waitForPane('CLIENT 1', '> half tcp');
				const tcp = app.serverAddress.port;
				await press(app);
				await app.waitForPane('CLIENT 1', 'DATAGRAM');
				t.is(app.serverAddress.port, udp);
				t.is(app.clientPort(1), own);
				t.regex(app.screen.pane('CLIENT 1').lines.at(-1)!, /^> half udp/);
				t.false(app.screen.text.includes('STREAM'));
				await press(app);
				await app.waitForPane('CLIENT 1', 'STREAM');
				t.is(app.serverAddress.port, tcp);
				t.regex(app.screen.pane('CLIENT 1').lines.at(-1)!, /^> half tcp/);
				t.regex(app.screen.pane('SERVER').text, /← connection \d +6 B +stream/);
				t.deepEqual(app.screen.frameProblems, []);
			},
		);
	}
}

test.serial('datagrams that arrive while TCP is shown are in the rows of UDP', async t => {
	const app = await openApp(t);
	const peer = await openRawUdp(t);
	const {port} = app.serverAddress;
	app.press(keys.ctrl('t'));
	await app.waitForPane('SERVER', 'LISTEN'.slice(0, 0));
	peer.send('meanwhile', port);
	t.is(await peer.nextText(), 'MEANWHILE');
	app.press(keys.ctrl('t'));
	await app.waitForPane('SERVER', 'MEANWHILE');
	t.true(app.screen.pane('SERVER').text.includes(`127.0.0.1:${peer.port} (1)`));
});

test.serial('--connect opens no server in UDP: the clients send to another program', async t => {
	const peer = await openRawUdp(t);
	const app = await openApp(t, {args: ['--connect', `127.0.0.1:${peer.port}`]});
	t.is(app.screen.pane('SERVER').title, '');
	t.true(app.screen.header.includes(`127.0.0.1:${peer.port}`));
	t.deepEqual(app.screen.frameProblems, []);
	app.send('hello');
	t.is(await peer.nextText(), 'hello');
	peer.send('any answer 답', peer.inbox.all[0]!.from.port);
	await app.waitForPane('CLIENT 1', /← :\d+ +14 B +any answer 답/);
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('--connect opens no server in TCP: the clients connect to another program', async t => {
	const listener = await openRawServer(t);
	const app = await openApp(t, {
		columns: 120,
		rows: 40,
		args: ['-p', 'tcp', '--connect', `127.0.0.1:${listener.port}`],
	});
	const peers = [await listener.accepted.next(), await listener.accepted.next()];
	await app.waitForPane('CLIENT 1', 'connected to');
	await app.waitForPane('CLIENT 2', 'connected to');
	t.is(app.screen.pane('SERVER').title, '');
	const peer = peers.find(({socket}) => socket.remotePort === app.clientPort(1))!;
	app.send('hello');
	t.is(await peer.readLike('hello'), 'hello');
	peer.socket.write('답');
	await app.waitForPane('CLIENT 1', /← +3 B +답/);
	peer.socket.end();
	await app.waitForPane('CLIENT 1', /← FIN/);
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('--connect to a port without a listener is refused in words, and o tries again', async t => {
	const host = loopbackHost();
	const listener = await openRawServer(t, host);
	const {port} = listener;
	await listener.close();
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1', '--connect', `${host}:${port}`]});
	await app.waitForPane('CLIENT 1', 'ECONNREFUSED');
	t.regex(app.screen.pane('CLIENT 1').text, /refused: no socket listens/);
	app.press('kept\r');
	await app.waitForPane('CLIENT 1', 'not sent');
	t.regex(app.screen.pane('CLIENT 1').lines.at(-1)!, /^> kept/);
	listener.server.listen(port, host);
	await once(listener.server, 'listening');
	await app.command('o');
	await app.waitForPane('CLIENT 1', `connected to ${host}:${port} ·`);
	app.press(keys.enter);
	const peer = await listener.accepted.next();
	t.is(await peer.readLike('kept'), 'kept');
});
