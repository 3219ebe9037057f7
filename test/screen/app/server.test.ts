import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {freeAddress, loopbackHost} from '../../helpers/loopback.ts';
import {connectRaw, openRawServer} from '../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {isFreed} from '../../helpers/terminal-exit.ts';
import {en} from '../../../source/screen/words/en.ts';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';

test.serial('with the server stopped a datagram leaves without any complaint; started again, it answers', async t => {
	const app = await openApp(t, {args: ['-c', '1']});
	const peer = await openRawUdp(t);
	await app.giveAddress(`127.0.0.1:${peer.port}`);
	app.press(keys.shiftTab + keys.ctrl('o'));
	await app.waitFor(({header}) => header.includes('○'), 'the server stopped');
	t.regex(app.screen.pane('SERVER').title, /no socket/);
	app.press(keys.tab);
	await app.waitForFocus('CLIENT 1');
	app.send('into the void');
	t.is(await peer.nextText(), 'into the void');
	await app.waitForPane('CLIENT 1', /→ .*into the void/);
	t.notRegex(app.screen.pane('CLIENT 1').text, /✗|refused/);
	app.press(keys.ctrl('o'));
	await app.waitForPane('CLIENT 1', en.notice.openAlready);
	t.true(app.screen.header.includes('○'), 'the server is as it was');
	app.press(keys.shiftTab + keys.ctrl('o'));
	await app.waitFor(({header}) => header.includes('●'), 'the server started');
	app.press(keys.tab);
	await app.giveAddress(`127.0.0.1:${app.serverAddress.port}`);
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('a datagram to a port without a socket is sent without an error; its row says that it has found none', async t => {
	const app = await openApp(t, {args: ['-c', '1']});
	await app.giveAddress('127.0.0.1:9');
	app.send('into the void');
	await app.waitForPane('CLIENT 1', /→ :9 .*into the void/);
	if (KernelTables.isAvailable) {
		// Beside what other programs send and read meanwhile, it may not be known of one.
		const sending = setInterval(() => {
			app.send('again');
		}, 500);
		try {
			await app.waitForPane('CLIENT 1', /→ :9 .*(?:void|again) +✗ no socket/);
		} finally {
			clearInterval(sending);
		}
	}

	t.notRegex(app.screen.pane('CLIENT 1').text.replaceAll('✗ no socket', ''), /✗/);
});

test.serial(
	'a stopped TCP server closes every socket and refuses clients in words; started again, it serves them',
	async t => {
		const {host, port} = await freeAddress();
		const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1', '--host', host], port});
		await app.waitForPane('SERVER', 'ESTABLISHED');
		const peer = await connectRaw(t, {host, port});
		await app.waitForPane('SERVER', /(?:.*ESTABLISHED.*\n){2}/);
		app.press(keys.shiftTab + keys.ctrl('o'));
		await peer.fin;
		await app.waitForPane('SERVER', /connection (1|2) closed[\s\S]*connection (?!\1)[12] closed/);
		await app.waitForPane('CLIENT 1', 'FIN received');
		app.press(keys.tab);
		await app.giveAddress(`${host}:${port}`);
		app.press(keys.ctrl('o'));
		await app.waitForPane('CLIENT 1', 'ECONNREFUSED');
		t.regex(app.screen.pane('CLIENT 1').text, /refused: no socket listens at 127\.\d+\.\d+\.\d+:\d+/);
		app.press(keys.shiftTab);
		await app.waitForFocus('SERVER');
		app.press(keys.ctrl('o'));
		await app.waitForPane('SERVER', 'listening on');
		await app.waitFor(({header}) => /:[1-9]\d* ●/.test(header));
		const again = await connectRaw(t, app.serverAddress);
		again.socket.write('hello');
		t.is(await again.readLike('HELLO'), 'HELLO');
	},
);

test.serial('^R walks through the reply rules, and each answers as it says', async t => {
	const app = await openApp(t, {columns: 120, rows: 40, args: ['-c', '1']});
	const first = await openRawUdp(t);
	const second = await openRawUdp(t);
	const {port} = app.serverAddress;
	const ask = async (text: string): Promise<string> => {
		first.send(text, port);
		return first.nextText();
	};

	const next = async (rule: string): Promise<void> => {
		app.press(keys.ctrl('r'));
		await app.waitFor(({header}) => header.includes(` ${rule} `), rule);
	};

	t.is(await ask('héllo 안녕'), 'HÉLLO 안녕');
	await next('echo');
	t.is(await ask('héllo'), 'héllo');
	await next('reverse');
	t.is(await ask('héllo 👨‍👩‍👧'), '👨‍👩‍👧 olléh');
	await next('chat');
	second.send('hi', port);
	t.is(await first.nextText(), `127.0.0.1:${second.port}: hi`);
	await next('discard');
	first.send('unanswered', port);
	await app.waitForPane('SERVER', 'unanswered');
	await next('manual');
	first.send('by hand', port);
	await app.waitForPane('SERVER', 'by hand');
	await next('uppercase');
	t.is(await ask('last'), 'LAST');
	t.is(second.inbox.all.length, 0);
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('a line typed at the server goes to the chosen peer, or to all', async t => {
	const app = await openApp(t, {columns: 120, rows: 40, args: ['-c', '0', '-r', 'manual']});
	const peers = [await openRawUdp(t), await openRawUdp(t), await openRawUdp(t)];
	const {port} = app.serverAddress;
	for (const [index, peer] of peers.entries()) {
		peer.send('hello', port);
		await app.waitForPane('SERVER', `127.0.0.1:${peer.port} (1)`);
		t.is(index, peers.indexOf(peer));
	}

	for (const step of [keys.right, keys.left, keys.right, keys.right]) {
		const before = app.screen.cursor.before.trim();
		app.press(step);
		await app.waitFor(
			({cursor}) => cursor.before.trim() !== before && cursor.before.includes('> (to '),
			'another peer',
		);
	}

	t.true(app.screen.cursor.before.includes(`(to 127.0.0.1:${peers[2]!.port})`));
	app.send('only for you');
	t.is(await peers[2]!.nextText(), 'only for you');
	app.press(keys.right);
	await app.waitForPane('SERVER', '(to all 3)');
	app.send('for all');
	t.deepEqual(await Promise.all(peers.map(async peer => peer.nextText())), ['for all', 'for all', 'for all']);
	t.is(peers[0]!.inbox.all.length, 1);
	app.press(`text${keys.left}${keys.left}X\r`);
	t.is(await peers[0]!.nextText(), 'teXxt');
});

test.serial('a line typed at the server goes over the chosen connection, or over all', async t => {
	const app = await openApp(t, {args: ['-p', 'tcp', '-c', '0', '-r', 'manual']});
	const first = await connectRaw(t, app.serverAddress);
	await app.waitForPane('SERVER', '(to connection 1)');
	const second = await connectRaw(t, app.serverAddress);
	await app.waitForPane('SERVER', /(?:.*ESTABLISHED.*\n){2}/);
	app.send('to one;');
	t.is(await first.readLike('to one;'), 'to one;');
	app.press(keys.left);
	await app.waitForPane('SERVER', '(to all 2)');
	app.send('to all;');
	t.is(await first.readLike('to all;'), 'to all;');
	t.is(await second.readLike('to all;'), 'to all;');
});

for (const protocol of ['udp', 'tcp']) {
	test.serial(
		`${protocol.toUpperCase()}: a port that is taken is shown in the server's pane, with what to do; o tries again`,
		async t => {
			const host = loopbackHost();
			const peer = protocol === 'udp' ? await openRawUdp(t, host) : await openRawServer(t, host);
			const {port} = peer;
			const app = await openApp(t, {args: ['-p', protocol, '-c', '1', '--host', host], port, isOpen: false});
			await app.waitForPane('SERVER', 'EADDRINUSE');
			t.regex(app.screen.pane('SERVER').title, /no socket/);
			t.regex(app.screen.pane('SERVER').text, /another socket is bound to it/);
			t.deepEqual(app.screen.frameProblems, []);
			await peer.close();
			app.press(keys.shiftTab + keys.ctrl('o'));
			await app.waitFor(({header}) => header.includes('●'), 'the server open');
			t.is(app.serverAddress.port, port);
			t.like(await app.quit(), {exitCode: 130});
		},
	);
}

test.serial(
	'Esc a moves the server to another address; a wrong one is said to be, and Esc leaves all as it was',
	async t => {
		const {host, port} = await freeAddress();
		const app = await openApp(t, {args: ['-c', '0', '--host', host], port});
		await app.giveAddress('not an address');
		await app.waitForText('✗');
		t.regex(app.screen.footer, /✗ not/);
		app.press(keys.typing);
		await app.waitFor(({footer}) => footer.includes('Esc commands'));
		t.is(app.serverAddress.port, port);
		t.is(app.screen.pane('SERVER').lines.at(-1), '> (no client yet)');
		await app.giveAddress('[::1]:0');
		await app.waitForPane('SERVER', /bound to \[::1]:\d+/);
		t.is(app.serverAddress.host, '::1');
		t.true(await isFreed('udp', {host, port}));
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial('Esc a in a client\'s pane changes whom it talks to, and says so', async t => {
	const peer = await openRawUdp(t);
	const app = await openApp(t);
	await app.giveAddress('127.0.0.1:99999');
	await app.waitForText('✗ not');
	app.press(keys.typing);
	await app.waitFor(({footer}) => footer.includes('Esc commands'));
	app.send('to the server');
	await app.waitForPane('CLIENT 1', 'TO THE SERVER');
	await app.giveAddress(`127.0.0.1:${peer.port}`);
	await app.waitForPane('CLIENT 1', `destination from now on: 127.0.0.1:${peer.port}`);
	app.send('to the peer');
	t.is(await peer.nextText(), 'to the peer');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('a server that other machines can reach says so in the header', async t => {
	const app = await openApp(t, {columns: 120, rows: 40, args: ['--host', '0.0.0.0', '-c', '1']});
	t.regex(app.screen.header, /server 0\.0\.0\.0:\d+ ●.*! on the network/);
	app.resize(80, 24);
	await app.waitFor(
		({header}) => header.length <= 80 && header.includes('! on the network'),
		'the warning at 80 columns',
	);
	app.resize(60, 16);
	await app.waitFor(
		({header}) => header.length <= 60 && header.includes('! on the network'),
		'the warning at 60 columns',
	);
	app.resize(120, 40);
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
});
