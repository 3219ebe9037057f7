import {existsSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {skipped} from '../../helpers/skipped.ts';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';

const hasKernelTables = existsSync('/proc/net/tcp');

/** Show the sockets of the client and of the server, which has the focus then. */
async function showSockets(app: TestApp): Promise<void> {
	await app.showView('CLIENT 1', 'socket-view');
	app.press(keys.shiftTab);
	await app.waitForFocus('SERVER');
	await app.showView('SERVER', 'socket-view');
}

/** Wait until a pane's sockets read so, in both sizes, however many lines they take there. */
async function checkSockets(t: ExecutionContext, app: TestApp, title: string, wanted: string | RegExp): Promise<void> {
	for (const [columns, rows] of [[120, 40], [80, 24]] as const) {
		await app.resizeTo(columns, rows);
		await app.waitFor(
			screen =>
				typeof wanted === 'string' ? screen.flat(title).includes(wanted) : wanted.test(screen.flat(title)),
			`${String(wanted)} in ${title}`,
		);
		t.deepEqual(app.screen.frameProblems, []);
	}
}

test.serial(
	'UDP at 80x24 and 120x40: the server has one socket for all peers, a client one of its own from its first send on',
	async t => {
		const app = await openApp(t, {args: ['-c', '1']});
		const {port} = app.serverAddress;
		const stranger = await openRawUdp(t);
		await showSockets(app);
		await checkSockets(t, app, 'CLIENT 1', en.views.sockets.unbound);
		await checkSockets(
			t,
			app,
			'SERVER',
			`${en.views.sockets.oneForAll} ● the UDP socket 127.0.0.1:${port} ⇄ * ← 0 · 0 B → 0 · 0 B`,
		);
		app.press(keys.tab);
		app.send('hello');
		await app.waitForPane('CLIENT 1', '← 1 · 5 B');
		stranger.send('strange', port);
		t.is(await stranger.nextText(), 'STRANGE');
		const own = app.clientPort(1);
		await checkSockets(
			t,
			app,
			'CLIENT 1',
			`${en.views.sockets.ownPort} ● this client's socket 0.0.0.0:${own} ⇄ * ← 1 · 5 B → 1 · 5 B`,
		);
		await checkSockets(
			t,
			app,
			'SERVER',
			new RegExp(String.raw`127\.0\.0\.1:${port} ⇄ \* ← 2 · 12 B → 2 · 12 B.* peer 1 127\.0\.0\.1:${own} ← 1 · 5 B → 1 · 5 B`),
		);
		await app.resizeTo(120, 40);
		await app.waitFor(
			screen => screen.flat('SERVER').includes(`peer 2 127.0.0.1:${stranger.port} ← 1 · 7 B → 1 · 7 B`),
			'both peers',
		);
		await checkSockets(
			t,
			app,
			'SERVER',
			hasKernelTables
				? /→ 2 · 12 B .*unread .*states and queues: the kernel's, from \/proc\/net/
				: en.views.sockets.derived,
		);
	},
);

test.serial(
	'TCP at 80x24 and 120x40: all of the server\'s sockets share its port, and the states walk from LISTEN to TIME_WAIT',
	async t => {
		const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1', '-r', 'manual']});
		const {port} = app.serverAddress;
		await app.waitForPane('CLIENT 1', 'connected to');
		const own = app.clientPort(1);
		await showSockets(app);
		const connection = `● connection 1 ESTABLISHED 127.0.0.1:${port} ⇄ 127.0.0.1:${own} ← `;
		const welcoming = `all share port ${port}: the four-tuple tells them apart ● welcoming socket LISTEN 127.0.0.1:${port} ⇄ *`;
		await checkSockets(t, app, 'SERVER', welcoming);
		await checkSockets(t, app, 'SERVER', `${connection}0 · 0 B → 0 · 0 B`);
		await checkSockets(
			t,
			app,
			'CLIENT 1',
			`● this client's socket ESTABLISHED 127.0.0.1:${own} ⇄ 127.0.0.1:${port}`,
		);
		app.press(keys.tab);
		app.send('hello');
		await checkSockets(t, app, 'SERVER', `${connection}1 · 5 B`);
		if (!hasKernelTables) {
			skipped(t, 'this system shows no kernel tables');
			return;
		}

		app.press(keys.ctrl('d'));
		await checkSockets(t, app, 'CLIENT 1', 'this client\'s socket FIN_WAIT2');
		await checkSockets(t, app, 'SERVER', '● connection 1 CLOSE_WAIT');
		// The server's own end finishes the connection; its first FIN was the client's, whose socket waits.
		app.press(keys.shiftTab + keys.ctrl('x'));
		await checkSockets(
			t,
			app,
			'CLIENT 1',
			new RegExp(String.raw`○ this client's socket TIME_WAIT .*127\.0\.0\.1:${own} ⇄ 127\.0\.0\.1:${port} ← 0 · 0 B → 1 · 5 B`),
		);
		await app.waitFor(screen => !screen.flat('SERVER').includes('connection 1'), 'no connection left');
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial(
	'TCP: a server that closes first keeps TIME_WAIT; many connections are counted above and below, and scroll',
	async t => {
		const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1', '--close-after-reply']});
		const {port} = app.serverAddress;
		await app.waitForPane('CLIENT 1', 'connected to');
		const own = app.clientPort(1);
		await showSockets(app);
		app.press(keys.tab);
		app.send('hello');
		await app.waitForPane('CLIENT 1', '← 1 · 5 B');
		if (hasKernelTables) {
			await checkSockets(t, app, 'CLIENT 1', 'this client\'s socket CLOSE_WAIT');
			await checkSockets(t, app, 'SERVER', '○ connection 1 FIN_WAIT2');
			app.press(keys.ctrl('x'));
			await checkSockets(
				t,
				app,
				'SERVER',
				new RegExp(String.raw`○ connection 1 TIME_WAIT .*127\.0\.0\.1:${port} ⇄ 127\.0\.0\.1:${own} ← 1 · 5 B → 1 · 5 B`),
			);
		} else {
			app.press(keys.ctrl('x'));
		}

		await app.waitForPane('CLIENT 1', 'no socket is open');
		await Promise.all(Array.from({length: 12}, async () => connectRaw(t, {host: '127.0.0.1', port})));
		app.press(keys.shiftTab);
		// The welcoming socket, the twelve, and the closed connection that the kernel keeps.
		const total = hasKernelTables ? 14 : 13;
		const counts = (screen: TerminalScreen): readonly [above: number, shown: number, below: number] => {
			const {lines, text} = screen.pane('SERVER');
			const count = (sign: string): number =>
				Number(new RegExp(String.raw`${sign} (\d+)`).exec(lines[0] ?? '')?.[1] ?? 0);
			return [count('↑'), text.match(/^[●○] /gm)?.length ?? 0, count('↓')];
		};

		for (const [columns, rows, shown] of [
			[80, 24, 3],
			[120, 40, 11],
		] as const) {
			await app.resizeTo(columns, rows);
			await app.waitFor(screen => String(counts(screen)) === String([0, shown, total - shown]), 'sockets below');
			t.regex(app.screen.pane('SERVER').text, /welcoming socket/);
			app.press(keys.pageDown);
			await app.waitFor(screen => / ↑ \d+/.test(screen.pane('SERVER').lines[0] ?? ''), 'sockets above');
			t.is(
				counts(app.screen).reduce((sum, count) => sum + count, 0),
				total,
			);
			app.press(keys.pageDown.repeat(20));
			await app.waitFor(screen => / ↑ \d+(?: · .*)?$/.test(screen.pane('SERVER').lines[0] ?? ''), 'none below');
			t.deepEqual(counts(app.screen), [total - shown, shown, 0]);
			t.deepEqual(app.screen.frameProblems, []);
			app.press(keys.pageUp.repeat(30));
			await app.waitForPane('SERVER', 'welcoming socket');
		}
	},
);
