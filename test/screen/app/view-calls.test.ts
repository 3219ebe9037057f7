import test, {type ExecutionContext} from 'ava';
import {freeAddress} from '../../helpers/loopback.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {openRawServer} from '../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {en} from '../../../source/screen/words/en.ts';

/** Look at a pane's calls in both sizes: the larger one shows them all, the smaller one their end. */
async function checkCalls(t: ExecutionContext, app: TestApp, title: string, wanted: readonly string[]): Promise<void> {
	await app.resizeTo(120, 40);
	await app.waitFor(screen => screen.logOf(title).length >= wanted.length, `${wanted.length} calls of ${title}`);
	// A payload stands behind its call where there is room.
	const plain = (): string[] =>
		app.screen.logOf(title).map(row => row.replace(/ hello$/i, '').replace(/ · [\d.]+ ms[^:]*: connect\(\).*$/, ''));
	t.deepEqual(plain(), wanted);
	await app.resizeTo(80, 24);
	await app.waitFor(screen => screen.logOf(title).at(-1) === wanted.at(-1), `the last call of ${title}`);
	const shown = plain();
	t.true(shown.length > 2);
	t.deepEqual(shown, wanted.slice(-shown.length));
}

/** Show the calls of both panes; the client has the focus. */
async function showCalls(app: TestApp): Promise<void> {
	app.press(keys.shiftTab);
	await app.waitForFocus('SERVER');
	await app.showView('SERVER', 'call-view');
	app.press(keys.tab);
	await app.waitForFocus('CLIENT 1');
	await app.showView('CLIENT 1', 'call-view');
}

test.serial(
	'UDP at 80x24 and 120x40: a conversation is a list of calls, in order and with their arguments, of both ends',
	async t => {
		const app = await openApp(t, {args: ['-c', '1']});
		const {port} = app.serverAddress;
		await showCalls(app);
		t.regex(app.screen.pane('CLIENT 1').title, /○ +system calls$/);
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'recvfrom()');
		const own = app.clientPort(1);
		app.press(keys.ctrl('x'));
		await app.waitForPane('CLIENT 1', 'close()');
		await checkCalls(t, app, 'CLIENT 1', [
			'socket(AF_INET, SOCK_DGRAM)',
			`bind(('0.0.0.0', 0)) → ('0.0.0.0', ${own}) ${en.views.notes['library-binds']}`,
			`→ sendto(5 B, ('127.0.0.1', ${port}))`,
			`← recvfrom() → 5 B, ('127.0.0.1', ${port})`,
			'○ close()',
		]);
		app.press(keys.shiftTab + keys.ctrl('o'));
		await app.waitForPane('SERVER', 'close()');
		await checkCalls(t, app, 'SERVER', [
			'socket(AF_INET, SOCK_DGRAM)',
			`bind(('127.0.0.1', 0)) → ('127.0.0.1', ${port}) the OS chooses the port`,
			`← recvfrom() → 5 B, ('127.0.0.1', ${own})`,
			`→ sendto(5 B, ('127.0.0.1', ${own}))`,
			'○ close()',
		]);
	},
);

test.serial(
	'TCP at 80x24 and 120x40: a conversation is a list of calls, from the handshake to the FIN of each end, on each socket',
	async t => {
		const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1']});
		const {port} = app.serverAddress;
		await app.waitForPane('CLIENT 1', 'connected');
		const own = app.clientPort(1);
		await showCalls(app);
		app.send('hello');
		await app.waitForPane('CLIENT 1', /recv\(\) → 5 B/);
		app.press(keys.ctrl('d'));
		await app.waitForPane('CLIENT 1', /recv\(\) → 0 B/);
		await app.waitForPane('CLIENT 1', 'close()');
		t.regex(app.screen.pane('CLIENT 1').text, /send\(5 B\) {3}hello$[\s\S]*recv\(\) → 5 B {3}HELLO$/m);
		await checkCalls(t, app, 'CLIENT 1', [
			'socket(AF_INET, SOCK_STREAM)',
			`● connect(('127.0.0.1', ${port})) returns before the handshake is done`,
			`getsockopt(SOL_SOCKET, SO_ERROR) → 0 ${en.views.notes['handshake-done']}`,
			'setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)',
			'→ send(5 B)',
			'← recv() → 5 B',
			'→ shutdown(SHUT_WR)',
			'← recv() → 0 B the peer has finished sending',
			'○ close()',
		]);
		app.press(keys.shiftTab + keys.ctrl('o'));
		await app.waitForPane('SERVER', /^.*○ close\(\)$/m);
		await checkCalls(t, app, 'SERVER', [
			'socket(AF_INET, SOCK_STREAM)',
			'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)',
			`bind(('127.0.0.1', 0)) → ('127.0.0.1', ${port}) the OS chooses the port`,
			'listen(511)',
			`● accept() → connection 1, ('127.0.0.1', ${own})`,
			'connection 1 setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)',
			'← connection 1 recv() → 5 B',
			'→ connection 1 send(5 B)',
			'← connection 1 recv() → 0 B the peer has finished sending',
			'→ connection 1 shutdown(SHUT_WR)',
			'○ connection 1 close()',
			'○ close()',
		]);
	},
);

test.serial('with IPv6 the calls have its address family and its longer tuples, in both protocols', async t => {
	const app = await openApp(t, {columns: 120, rows: 40, args: ['-c', '1', '--host', '::1']});
	const udp = app.serverAddress.port;
	await showCalls(app);
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'recvfrom()');
	t.is(app.screen.logOf('CLIENT 1')[0], 'socket(AF_INET6, SOCK_DGRAM)');
	t.true(app.screen.logOf('CLIENT 1').some(row => row.startsWith(`→ sendto(5 B, ('::1', ${udp}, 0, 0))`)));
	t.is(app.screen.logOf('SERVER')[1], `bind(('::1', 0, 0, 0)) → ('::1', ${udp}, 0, 0) the OS chooses the port`);
	app.press(keys.ctrl('t'));
	await app.waitForPane('CLIENT 1', 'connected');
	const tcp = app.serverAddress.port;
	await showCalls(app);
	t.is(app.screen.logOf('CLIENT 1')[0], 'socket(AF_INET6, SOCK_STREAM)');
	t.is(app.screen.logOf('CLIENT 1')[1], `● connect(('::1', ${tcp}, 0, 0)) returns before the handshake is done`);
	t.deepEqual(app.screen.logOf('SERVER').slice(1, 4), [
		'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)',
		'setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)',
		`bind(('::1', 0, 0, 0)) → ('::1', ${tcp}, 0, 0) the OS chooses the port`,
	]);
});

for (const protocol of ['udp', 'tcp']) {
	test.serial(`${protocol.toUpperCase()}: a call that failed is marked, and has the name of its error`, async t => {
		const taken = protocol === 'udp' ? await openRawUdp(t) : await openRawServer(t);
		const app = await openApp(t, {
			port: taken.port, args: ['-p', protocol, '-c', '1'], isOpen: false,
		});
		await app.waitForPane('SERVER', 'EADDRINUSE');
		await showCalls(app);
		t.deepEqual(app.screen.logOf('SERVER'), [
			`socket(AF_INET, SOCK_${protocol === 'udp' ? 'DGRAM' : 'STREAM'})`,
			...(protocol === 'udp' ? [] : ['setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)']),
			`✗ bind(('127.0.0.1', ${taken.port})) → EADDRINUSE`,
			'○ close()',
		]);
		t.deepEqual(app.screen.frameProblems, []);
	});
}

test.serial('TCP: a connection that is refused has the call that was, and the name of its error', async t => {
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1']});
	await app.waitForPane('CLIENT 1', 'connected to');
	await showCalls(app);
	const {host, port} = await freeAddress();
	app.press(keys.ctrl('x'));
	await app.waitForPane('CLIENT 1', /^closed/);
	await app.giveAddress(`${host}:${port}`);
	app.press(keys.ctrl('o'));
	await app.waitForPane('CLIENT 1', 'ECONNREFUSED');
	t.deepEqual(app.screen.logOf('CLIENT 1').slice(-4), [
		'socket(AF_INET, SOCK_STREAM)',
		`● connect(('${host}', ${port})) returns before the handshake is done`,
		'✗ getsockopt(SOL_SOCKET, SO_ERROR) → ECONNREFUSED',
		'○ close()',
	]);
	t.deepEqual(app.screen.frameProblems, []);
});
