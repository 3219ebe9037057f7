import {mkdtempSync, writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {en} from '../../source/screen/words/en.ts';
import {ko} from '../../source/screen/words/ko.ts';
import {Headless, typed} from '../helpers/headless.ts';
import {comesTrue} from '../helpers/in-time.ts';
import {freeAddress} from '../helpers/loopback.ts';
import {openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp, type RawUdp} from '../helpers/raw-udp.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'socket-playground-send-'));
const quiet = ['--quiet'];

/** A UDP socket that answers each datagram with what it has, in upper case, unless that says otherwise. */
async function openAnswerer(t: ExecutionContext, answer = (text: string) => text.toUpperCase()): Promise<RawUdp> {
	const server = await openRawUdp(t);
	server.socket.on('message', (bytes, {address, port}) => {
		server.send(answer(bytes.toString()), {host: address, port});
	});
	return server;
}

/** The exit code and the output of a run. */
async function outcome(t: ExecutionContext, args: readonly string[]): Promise<readonly [unknown, string]> {
	const run = new Headless(t, [...args, ...quiet], '');
	return [await run.code, run.text];
}

test.serial('send udp sends, prints the answer as it is, and ends with code 0', async t => {
	const {address} = await openAnswerer(t);
	t.deepEqual(await outcome(t, ['send', 'udp', typed(address), 'h\u{E9}llo']), [0, 'H\u{C9}LLO']);
});

test.serial('a signal before the answer has come is told, and its number is in the code; messages without an end are done', async t => {
	const {address, inbox} = await openRawUdp(t);
	const to = ['send', 'udp', typed(address)];
	const run = new Headless(t, [...to, 'hello', ...quiet]);
	await inbox.next();
	run.child.kill('SIGINT');
	t.is(await run.code, 130);
	t.is(run.errors, `socket-playground: ${en.headless.interrupted('SIGINT')}\n`);
	const file = path.join(folder, 'endless.yaml');
	writeFileSync(file, 'sequences:\n  s:\n    repeat: forever\n    steps: [{text: again}, {pause: 10ms}]\n');
	const endless = new Headless(t, [...to, '--messages', file, '@s', ...quiet]);
	await inbox.next();
	endless.child.kill('SIGTERM');
	t.is(await endless.code, 0);
	t.is(endless.errors, '');
});

const onLinux = process.platform === 'linux' ? test.serial : test.skip;

/** Whether a UDP socket of IPv4 has read all that has come to this port (proc(5), /proc/net/udp). */
async function hasReadAll(port: number): Promise<boolean> {
	const table = await readFile('/proc/net/udp', 'utf8');
	const local = port.toString(16).toUpperCase().padStart(4, '0');
	return new RegExp(String.raw`:${local} [\dA-F]{8}:[\dA-F]{4} .. [\dA-F]{8}:0{8} `).test(table);
}

for (const flags of [['--json'], ['--quiet']]) {
	onLinux(`send udp ${flags.join(' ')} keeps no more than a limit of what comes while nobody reads its output, and says how much is missing`, async t => {
		const {address, inbox, socket} = await openRawUdp(t);
		const run = new Headless(t, ['send', 'udp', typed(address), 'hello', '--count', '2', '--interval', '1h', ...flags]);
		const {from: {host, port}} = await inbox.next();
		run.child.stdout!.pause();
		const payload = Buffer.alloc(60_000, 'x');
		for (let count = 0; count < 500; count++) {
			await new Promise(resolve => {
				socket.send(payload, port, host, resolve);
			});
			t.true(await comesTrue(async () => hasReadAll(port), 20_000));
		}

		run.child.kill('SIGTERM');
		run.child.stdout!.resume();
		t.is(await run.code, 0);
		const missed = flags[0] === '--json'
			? run.all('gap').reduce((sum, gap) => sum + gap.missed, 0)
			: Number(/([\d,]+) lines are missing/.exec(run.errors)?.[1]);
		t.true(missed > 100 && missed < 500, `${missed}`);
	});
}

onLinux('send udp keeps no more rows than a limit while nobody reads its standard error, and prints all answers meanwhile', async t => {
	const {address, inbox, socket} = await openRawUdp(t);
	const run = new Headless(t, ['send', 'udp', typed(address), 'hello', '--count', '2', '--interval', '1h']);
	const {from: {host, port}} = await inbox.next();
	run.child.stderr!.pause();
	const send = async (payload: Uint8Array): Promise<void> => new Promise(resolve => {
		socket.send(payload, port, host, () => {
			resolve();
		});
	});
	// Small ones first: their rows fill the pipe.
	const [small, large] = [Buffer.from('x'), Buffer.alloc(60_000, 'x')];
	for (const [payload, bursts, size] of [[small, 40, 50], [large, 500, 1]] as const) {
		for (let burst = 0; burst < bursts; burst++) {
			await Promise.all(Array.from({length: size}, async () => send(payload)));
			t.true(await comesTrue(async () => hasReadAll(port), 20_000));
		}
	}

	const all = (40 * 50) + (500 * large.length);
	t.true(await comesTrue(async () => run.text.length === all, 20_000), 'the answers are there');
	run.child.kill('SIGTERM');
	run.child.stderr!.resume();
	t.is(await run.code, 0);
	const missed = Number(/([\d,]+) lines are missing/.exec(run.errors)?.[1]?.replaceAll(',', ''));
	t.true(missed > 100 && missed < 2500, `${missed}`);
});

test.serial('send tells what it does on standard error, and with --quiet nothing', async t => {
	const {address} = await openAnswerer(t);
	const run = new Headless(t, ['send', 'udp', typed(address), 'hello'], '');
	t.is(await run.code, 0);
	t.is(run.text, 'HELLO');
	t.regex(run.errors, /^udp 127\.0\.0\.1:\d+ → 127\.0\.0\.1:\d+\n/);
	t.regex(run.errors, /→ 127\.0\.0\.1:\d+ {2}5 B {2}hello\n.*← 127\.0\.0\.1:\d+ {2}5 B {2}HELLO {2}[\d.]+ m?s\n/s);
	const second = new Headless(t, ['send', 'udp', typed(address), 'hello', '--quiet'], '');
	t.is(await second.code, 0);
	t.is(second.errors, '');
});

test.serial('send takes messages as they are, with escapes, endings, in hexadecimal, from a file and from standard input', async t => {
	const {address, inbox} = await openAnswerer(t);
	const file = path.join(folder, 'datagram');
	writeFileSync(file, 'from\0a file\n');
	const to = ['send', 'udp', typed(address)];
	const all: ReadonlyArray<readonly [readonly string[], string, string?]> = [
		[[String.raw`a\n`], String.raw`a\n`],
		[[String.raw`a\n\x00`, '-e'], 'a\n\0'],
		[['a', '--ending', 'crlf'], 'a\r\n'],
		[['0xDE,', 'AD:be', 'ef', '--hex'], Buffer.of(0xDE, 0xAD, 0xBE, 0xEF).toString()],
		[['--file', file], 'from\0a file\n'],
		[[], 'typed\n', 'typed\n'],
		[['', '--expect', ''], ''],
	];
	for (const [args, expected, input] of all) {
		const {code} = new Headless(t, [...to, ...args, ...quiet], input ?? '');
		const {bytes} = await inbox.next();
		t.is(Buffer.from(bytes).toString(), expected, `${args.join(' ')}`);
		t.is(await code, 0, `${args.join(' ')}`);
	}
});

test.serial('send --messages sends saved messages and sequences by their names, among others', async t => {
	const {address, inbox} = await openAnswerer(t);
	const file = path.join(folder, 'device.yaml');
	writeFileSync(file, String.raw`
messages:
  login: {text: 'login {counter} {length}{start}\x00'}
  status: {hex: '02 {length:u8} 61 {crc16:u16be}', ending: lf}
sequences:
  both: {repeat: 2, steps: [login, {pause: 30ms}, {text: bye, ending: none}]}
`);
	const saved = ['--messages', file, '--ending', 'cr'];
	const began = performance.now();
	const run = new Headless(t, ['send', 'udp', typed(address), ...saved, '@login', 'typed', '@both', '@@both', ...quiet], '');
	t.is(await run.code, 0);
	t.true(performance.now() - began > 59);
	const sent = ['login 1 1\0\r', 'typed\r', 'login 2 1\0\r', 'bye', 'login 3 1\0\r', 'bye', '@both\r'];
	for (const text of sent) {
		const {bytes} = await inbox.next();
		t.is(Buffer.from(bytes).toString(), text);
	}

	t.is(run.text, sent.join('').toUpperCase());
	const server = await openRawServer(t);
	const stream = new Headless(t, ['send', 'tcp', typed(server.address), ...saved, '@status', '@both', '--count', '2', '--expect', 'OK', ...quiet]);
	const peer = await server.accepted.next();
	await peer.fin;
	const status = '\u{2}\u{3}a\u{B2}\u{C3}\n';
	const text = (from: number): string => `${status}login ${from} 1\0\rbyelogin ${from + 1} 1\0\rbye`;
	t.is(Buffer.from(peer.received).toString('latin1').replaceAll(/a../g, 'a\u{B2}\u{C3}'), text(1) + text(3));
	peer.write('OK');
	t.is(await stream.code, 0);
});

test.serial('send tells what is wrong with saved messages, by line and column, and sends nothing', async t => {
	const file = path.join(folder, 'wrong.yaml');
	const large = path.join(folder, 'large.yaml');
	writeFileSync(file, 'messages:\n  a: {text: x, endign: lf}\n  b: {hxe: 00}\n');
	writeFileSync(large, `messages: {login: {text: "${'x'.repeat(65_508)}"}}`);
	const of = async (...args: readonly string[]): Promise<readonly [unknown, string]> => {
		const run = new Headless(t, ['send', 'udp', '127.0.0.1:9', ...args], '');
		return [await run.code, run.errors];
	};

	const told = await Promise.all([of('--messages', file, '@a'), of('--messages', large, '@logn'), of('--messages', large, '@login')]);
	t.deepEqual(told.map(([code]) => code), [2, 2, 2]);
	t.regex(told[0][1], /--messages: wrong\.yaml:2:16: unknown key 'endign' in a message; perhaps 'ending'[^\n]*\nwrong\.yaml:3:7: unknown key 'hxe'/);
	t.regex(told[1][1], /there is no saved message 'logn'; perhaps: @login; there are @login/);
	t.regex(told[2][1], /a datagram to 127\.0\.0\.1:9 has at most 65507 bytes, and this one has 65508/);
});

test.serial('send udp --count sends the next when the last was answered, and has code 4 where one was not', async t => {
	let asked = 0;
	const {address} = await openAnswerer(t);
	const lossy = await openRawUdp(t);
	lossy.socket.on('message', (bytes, {address: host, port}) => {
		asked++;
		if (asked !== 2) {
			lossy.send(bytes, {host, port});
		}
	});
	t.deepEqual(await outcome(t, ['send', 'udp', typed(address), 'a', 'b', '--count', '3']), [0, 'ABABAB']);
	const run = new Headless(t, ['send', 'udp', typed(lossy.address), 'x', '--count', '3', '--wait', '3s', ...quiet]);
	t.is(await run.code, 4);
	t.is(run.text, 'xx');
	t.is(run.errors, 'socket-playground: 2 of 3 messages were answered in time\n');
});

test.serial('send udp --interval sends without waiting for answers, and then waits for all of them', async t => {
	const server = await openRawUdp(t);
	const all: Array<readonly [Uint8Array, Address]> = [];
	server.socket.on('message', (bytes, {address, port}) => {
		all.push([bytes, {host: address, port}]);
		for (const [each, to] of all.length === 3 ? all : []) {
			server.send(each, to);
		}
	});
	t.deepEqual(
		await outcome(t, ['send', 'udp', typed(server.address), 'x', '--count', '3', '--interval', '20ms']),
		[0, 'xxx'],
	);
});

const expectations: ReadonlyArray<readonly [string, number]> = [
	['HELLO', 0],
	['hex:48 45 4c4c 4f', 0],
	['/^hel+o$/i', 0],
	['HELL', 5],
	['hex:48', 5],
	['/^b/', 5],
];

for (const protocol of ['udp', 'tcp'] as const) {
	test.serial(`send ${protocol} --expect has code 0 for the answer, and 5 for another one, which is printed too`, async t => {
		const server = new Headless(t, ['serve', protocol, '--port', '0']);
		const to = typed(await server.address());
		const outcomes = await Promise.all(expectations.map(async ([expected]) =>
			outcome(t, ['send', protocol, to, 'hello', '--expect', expected])));
		t.deepEqual(outcomes, expectations.map(([, code]) => [code, 'HELLO']));
	});
}

test.serial('send tcp puts an answer together that comes in pieces, and half-closes after its messages', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), 'a', 'b', '--expect', 'HELLO', ...quiet]);
	const peer = await server.accepted.next();
	await peer.fin;
	t.is(Buffer.from(peer.received).toString(), 'ab');
	for (const piece of ['HE', 'LL', 'O']) {
		peer.write(piece);
		await run.until(() => run.text.endsWith(piece), piece);
	}

	t.is(await run.code, 0, 'it does not wait for a FIN');
	t.is(run.text, 'HELLO');
});

test.serial('send tcp --keep-open sends no FIN, and takes silence for the end of the answer', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), 'a', '--keep-open', '--wait', '3s', '--json']);
	const peer = await server.accepted.next();
	peer.write('b');
	t.is(await run.code, 0);
	t.true(run.all('chunk-received').length > 0);
	const types = run.json.map(({type}) => type);
	t.true(types.indexOf('fin-sent') > types.indexOf('chunk-received'), 'only close() sends it');
	t.like(run.json.at(-1), {type: 'done', code: 0, reason: 'time'});
});

test.serial('send --wait 0 waits for nothing', async t => {
	const silent = await openRawUdp(t);
	t.deepEqual(await outcome(t, ['send', 'udp', typed(silent.address), 'x', '--wait', '0']), [0, '']);
	const server = await openRawServer(t);
	const run = outcome(t, ['send', 'tcp', typed(server.address), 'x', '--wait', '0']);
	const peer = await server.accepted.next();
	await peer.fin;
	t.is(Buffer.from(peer.received).toString(), 'x');
	t.deepEqual(await run, [0, '']);
});

for (const protocol of ['udp', 'tcp'] as const) {
	test.serial(`send ${protocol} --source binds this address first`, async t => {
		const [source, server] = [await freeAddress(), new Headless(t, ['serve', protocol, '--host', '0.0.0.0', '--port', '0'])];
		const {port} = await server.address();
		const run = new Headless(t, ['send', protocol, `127.0.0.1:${port}`, 'x', '--source', typed(source), '--json']);
		t.is(await run.code, 0);
		t.like(run.json[0], {type: 'ready', local: source});
		t.true(server.text.includes(`← ${protocol === 'udp' ? typed(source) : `connection 1 ${typed(source)}`}`), `${server.text}`);
	});

	test.serial(`send ${protocol} from an address that is none of this machine ends with code 3`, async t => {
		const {address} = protocol === 'udp' ? await openRawUdp(t) : await openRawServer(t);
		const run = new Headless(t, ['send', protocol, typed(address), 'x', '--source', '192.0.2.1:0']);
		t.is(await run.code, 3);
		t.regex(run.errors, /^socket-playground: 192\.0\.2\.1:0 is not an address of this machine \(EADDRNOTAVAIL\)\.$/m);
	});

	test.serial(`send ${protocol} to where nothing listens, and to a name without an address, ends with code 3`, async t => {
		const run = new Headless(t, ['send', protocol, typed(await freeAddress()), 'x']);
		t.is(await run.code, 3);
		t.regex(run.errors, /ECONNREFUSED/);
		const nowhere = new Headless(t, ['send', protocol, 'nowhere.invalid:9', 'x', '--json']);
		t.is(await nowhere.code, 3);
		t.like(nowhere.json.at(-1), {type: 'done', code: 3, reason: 'failed'});
		t.is(nowhere.all('done').length, 1);
		t.true(nowhere.errors.startsWith('socket-playground: host not found: nowhere.invalid'), `${nowhere.errors}`);
	});
}

test.serial('send has code 4 where nothing answers in time, and where a server closes without an answer, told in either language', async t => {
	const silent = await openRawUdp(t);
	t.deepEqual(await outcome(t, ['send', 'udp', typed(silent.address), 'x', '--wait', '200ms']), [4, '']);
	const server = await openRawServer(t);
	server.server.on('connection', socket => {
		socket.end();
	});
	const runs = [en, ko].map(({comments}) =>
		new Headless(t, ['send', 'tcp', typed(server.address), 'x', '--lang', comments, ...quiet]));
	t.deepEqual(await Promise.all(runs.map(async run => run.code)), [4, 4]);
	t.deepEqual(runs.map(({errors}) => errors), [
		'socket-playground: the peer has closed without an answer\n',
		`socket-playground: ${ko.headless.closedWithoutAnswer}\n`,
	]);
});

test.serial('send tcp to a server that resets has code 1, and says so', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), 'x', '--json']);
	const peer = await server.accepted.next();
	await peer.read(1);
	peer.socket.resetAndDestroy();
	t.is(await run.code, 1);
	t.true(run.all('reset-received').length === 1);
	t.like(run.json.at(-1), {type: 'done', code: 1, reason: 'failed'});
	t.regex(run.errors, /ECONNRESET/);
});

test.serial('send udp refuses more than a datagram can have, whatever it comes from, and tells the limit', async t => {
	const {address} = await openRawUdp(t);
	const big = Buffer.alloc(70_000, 'x');
	const file = path.join(folder, 'big');
	writeFileSync(file, big);
	const fits = path.join(folder, 'fits');
	writeFileSync(fits, big.subarray(0, 65_507));
	const runs = [
		new Headless(t, ['send', 'udp', typed(address), '--json'], big),
		new Headless(t, ['send', 'udp', typed(address), '--file', file, '--json']),
		new Headless(t, ['send', 'udp', typed(address), '--file', fits, '--wait', '0', '--json']),
	];
	t.deepEqual(await Promise.all(runs.map(async ({code}) => code)), [2, 2, 0]);
	t.regex(runs[0]!.errors, /at most 65507 bytes/);
	t.like(runs[0]!.json, [{type: 'done', code: 2, reason: 'usage'}]);
});

test.serial('send with --json has one line done also where the command line cannot be used', async t => {
	const run = new Headless(t, ['send', 'udp', '--json']);
	t.is(await run.code, 2);
	t.like(run.json, [{
		type: 'done', code: 2, reason: 'usage', sequence: 0,
	}]);
	t.regex(run.errors, /^socket-playground: send takes udp or tcp, HOST:PORT/);
});

test.serial('send over a link that loses everything gets no answer, and the amendments name their events', async t => {
	const {address} = await openAnswerer(t);
	const lost = new Headless(t, ['send', 'udp', typed(address), 'x', '--link', 'loss=100%', '--wait', '100ms', '--json']);
	const late = new Headless(t, ['send', 'udp', typed(address), 'x', '--link', 'delay=50ms', '--json', '--seed', '5']);
	t.is(await lost.code, 4);
	t.like(lost.all('datagram-sent')[0], {fate: {type: 'lost', cause: 'loss'}});
	t.is(await late.code, 0);
	const [sent] = late.all('datagram-sent');
	t.deepEqual(late.all('amendment').map(({event, change}) => [event, change]), [[sent?.event, 'left']]);
});
