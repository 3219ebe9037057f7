import {createHash, randomBytes} from 'node:crypto';
import {once} from 'node:events';
import test from 'ava';
import {residentMemory} from '../../bench/process-cost.ts';
import type {JsonLine} from '../../source/headless/json-line.ts';
import {Headless, typed} from '../helpers/headless.ts';
import {freeAddress} from '../helpers/loopback.ts';
import {isInstalled, Program} from '../helpers/program.ts';
import {players} from '../helpers/programs.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';
import {skipped} from '../helpers/skipped.ts';
import {en} from '../../source/screen/words/en.ts';

const text = 'h\u{E9}llo \u{D55C}\n';
const answer = text.toUpperCase();

for (const protocol of ['udp', 'tcp'] as const) {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		test.serial(`relay ${protocol} tells both addresses first, and ${signal} closes it in order, with code 0`, async t => {
			const target = await freeAddress();
			const run = new Headless(t, ['relay', protocol, ':0', typed(target)]);
			const {host, port} = await run.address();
			t.is(run.lines[0], `${protocol} ${host}:${port} → ${typed(target)}`);
			run.child.kill(signal);
			t.is(await run.code, 0);
			t.regex(run.lines.at(-1)!, / ○ closed 127\.0\.0\.1:\d+$/);
			t.is(run.errors, '');
		});
	}

	test.serial(`relay ${protocol} --json has lines of both sides, as the schema says, and counts both`, async t => {
		const server = new Headless(t, ['serve', protocol, '--port', '0', '--quiet']);
		const target = await server.address();
		const run = new Headless(t, ['relay', protocol, '127.0.0.1:0', typed(target), '--json', '--once', '--seed', '7']);
		const client = new Headless(t, ['send', protocol, typed(await run.address()), text, '--expect', answer]);
		t.is(await client.code, 0);
		t.is(await run.code, 0);
		t.like(run.json[0], {
			type: 'ready', command: 'relay', protocol, peer: target, seed: 7, link: 'perfect',
		});
		const unit = protocol === 'udp' ? 'datagram' : 'chunk';
		const data = run.json.filter((line): line is Extract<JsonLine, {base64: string; pane: number}> =>
			line.type === `${unit}-sent` || line.type === `${unit}-received`);
		t.deepEqual(
			data.map(({pane, type, text: payload}) => [pane, type, payload]),
			[
				[1, `${unit}-received`, text],
				[2, `${unit}-sent`, text],
				[2, `${unit}-received`, answer],
				[1, `${unit}-sent`, answer],
			],
		);
		t.like(run.all('leg-opened')[0], {pane: 2, socket: 1, target});
		const tally = {count: 1, bytes: Buffer.byteLength(text)};
		t.like(run.json.at(-1), {
			type: 'done', code: 0, reason: 'once', received: tally, sent: tally, target: {received: tally, sent: tally},
		});
	});

	test.serial(`relay ${protocol} at an address that is taken has code 3, and so has a target without an address`, async t => {
		const {address: taken} = protocol === 'udp' ? await openRawUdp(t) : await openRawServer(t);
		const runs = [
			new Headless(t, ['relay', protocol, typed(taken), '127.0.0.1:9', '--json']),
			new Headless(t, ['relay', protocol, ':0', 'nothing.invalid:9', '--json']),
		];
		for (const run of runs) {
			t.is(await run.code, 3);
			t.like(run.json.at(-1), {type: 'done', code: 3, reason: 'failed'});
			t.is(run.all('ready').length, 0);
		}
	});

	test.serial(`relay ${protocol} refuses itself as its target, with code 2`, async t => {
		const {port} = await freeAddress();
		const run = new Headless(t, ['relay', protocol, `0.0.0.0:${port}`, `127.0.0.2:${port}`]);
		t.is(await run.code, 2);
		t.true(run.errors.includes(en.refusal({reason: 'relays-to-itself', target: {host: '127.0.0.2', port}})));
		t.is(run.text, '', 'nothing was bound');
	});

	for (const player of players) {
		test.serial(`relay ${protocol} stands between ${player.name} and ${player.name}`, async t => {
			if (!isInstalled(player.name)) {
				skipped(t, `${player.name} is not installed`);
				return;
			}

			const address = await freeAddress();
			const server = new Program(t, player.name, player.server(protocol, address));
			const relay = new Headless(t, ['relay', protocol, ':0', typed(address)]);
			await server.says(player.ready);
			const client = new Program(t, player.name, player.client(protocol, await relay.address()));
			client.type(text);
			await server.prints(text);
			server.type(answer);
			await client.prints(answer);
			relay.child.kill('SIGTERM');
			t.is(await relay.code, 0);
		});
	}
}

test.serial('relay tells a refused target, resets the client\'s connection, and goes on', async t => {
	const target = await freeAddress();
	const run = new Headless(t, ['relay', 'tcp', ':0', typed(target)]);
	const address = await run.address();
	for (let count = 0; count < 2; count++) {
		const client = await connectRaw(t, address);

		t.is(await client.closed, 'ECONNRESET');
	}

	await run.until(() => run.text.includes('connection 2 closed'), 'the end of the second');
	t.regex(run.text, /target 2 refused.*connection 2 RST sent/s);
});

test.serial('relay tcp ends with --until, and sends what is still on the link first, both ways', async t => {
	const target = await openRawServer(t);
	const run = new Headless(t, ['relay', 'tcp', ':0', typed(target.address), '--link', 'delay=200ms', '--until', 'count=1']);
	const client = await connectRaw(t, await run.address());
	const far = await target.accepted.next();
	far.write('from the target');
	await run.until(() => run.text.includes('from the target'), 'the answer');
	client.write('from the client');
	t.is(await far.readLike('from the client'), 'from the client');
	t.is(await client.readLike('from the target'), 'from the target');
	t.is(await run.code, 0);
});

test.serial('relay --until counts the messages of clients, and not those of the target', async t => {
	const target = await openRawServer(t);
	const run = new Headless(t, ['relay', 'tcp', ':0', typed(target.address), '--framing', 'line', '--until', 'count=2']);
	const client = await connectRaw(t, await run.address());
	const far = await target.accepted.next();
	client.write('question\n');
	t.is(await far.readLike('question\n'), 'question\n');
	far.write('one\ntwo\n');
	t.is(await client.readLike('one\ntwo\n'), 'one\ntwo\n');
	client.write('the second\n');
	t.is(await far.readLike('the second\n'), 'the second\n');
	t.is(await run.code, 0);
});

test.serial('relay --for has code 0, and code 4 where --until is not met by then', async t => {
	const runs = [[], ['--until', 'count=1'], ['--once']].map(more =>
		new Headless(t, ['relay', 'udp', ':0', '127.0.0.1:9', '--for', '200ms', ...more]));
	t.deepEqual(await Promise.all(runs.map(async ({code}) => code)), [0, 4, 4]);
});

test.serial('what relay takes is told where a command line cannot be used', async t => {
	const wrong: ReadonlyArray<readonly [readonly string[], RegExp]> = [
		[['relay', 'udp', ':0'], /udp or tcp, an address to listen at and the address of its target/],
		[['relay', 'sctp', ':0', 'a:1'], /udp or tcp/],
		[['relay', 'udp', ':0', 'a'], /TARGET takes host:port/],
		[['relay', 'udp', 'x:y:z', 'a:1'], /LISTEN takes HOST:PORT/],
		[['relay', 'udp', ':0', 'a:1', '--idle', '0'], /--idle takes a time/],
	];
	const runs = wrong.map(([args]) => new Headless(t, args));
	for (const [index, run] of runs.entries()) {
		t.is(await run.code, 2);
		t.regex(run.errors, wrong[index]![1]);
	}
});

test.serial('relay tcp is exact to the byte, both ways at once, in constant memory', async t => {
	const target = await openRawServer(t);
	const run = new Headless(t, ['relay', 'tcp', ':0', typed(target.address), '--quiet']);
	const client = await connectRaw(t, await run.address());
	const far = await target.accepted.next();
	const piece = randomBytes(1024 * 1024);
	const pieces = 192;
	const wanted = createHash('sha256');
	for (let count = 0; count < pieces; count++) {
		wanted.update(piece);
	}

	const expected = wanted.digest('hex');
	const ends = [client.socket, far.socket].map(async socket => {
		const hash = createHash('sha256');
		socket.removeAllListeners('data').on('data', (bytes: Uint8Array) => {
			hash.update(bytes);
		});
		const ended = once(socket, 'end');
		for (let count = 0; count < pieces; count++) {
			if (!socket.write(piece)) {
				await once(socket, 'drain');
			}
		}

		socket.end();
		await ended;
		return hash.digest('hex');
	});
	t.deepEqual(await Promise.all(ends), [expected, expected]);
	t.true(await residentMemory(run.child.pid!) < 200e6, `${await residentMemory(run.child.pid!)} bytes`);
});

const pythonEcho = `
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], int(sys.argv[2])))
print('ready', file=sys.stderr)
while True:
    data, peer = s.recvfrom(65535)
    print('got', file=sys.stderr)
    s.sendto(data, peer)
`;

const pythonAsker = `
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect((sys.argv[1], int(sys.argv[2])))
s.setblocking(False)
answered = set()
def take():
    try:
        while True:
            number = s.recv(65535).decode()
            assert number not in answered
            answered.add(number)
    except BlockingIOError:
        pass
# No more at a time than a receive buffer holds: with each line all answers so far have come.
for n in range(200):
    if n % 50 == 0:
        sys.stdin.readline()
        take()
    s.send(str(n).encode())
sys.stdin.readline()
take()
print('answered', len(answered), flush=True)
`;

test.serial('two Python programs under 30 % loss: what was sent is what was answered and what the relay tells as lost', async t => {
	if (!isInstalled('python3')) {
		skipped(t, 'python3 is not installed');
		return;
	}

	const address = await freeAddress();
	const server = new Program(t, 'python3', ['-c', pythonEcho, address.host, String(address.port)]);
	await server.says(/ready/);
	const relay = new Headless(t, [
		'relay', 'udp', ':0', typed(address), '--link', 'loss=30%', '--seed', '11', '--json',
	]);
	const {host, port} = await relay.address();
	const client = new Program(t, 'python3', ['-c', pythonAsker, host, String(port)]);
	const lost = (pane: number): number =>
		relay.all('datagram-sent').filter(event => event.pane === pane && event.fate?.type === 'lost').length;
	const sent = (pane: number): number => relay.all('datagram-sent').filter(event => event.pane === pane).length;
	for (const asked of [50, 100, 150, 200]) {
		client.type('\n');
		await relay.until(() => sent(2) === asked && sent(1) === asked - lost(2), `all answers to ${asked}`);
	}

	client.type('\n');
	await client.prints('answered');
	relay.child.kill('SIGTERM');
	t.is(await relay.code, 0);
	const answered = 200 - lost(2) - lost(1);
	t.true(lost(1) > 20 && lost(2) > 40, `${lost(1)} ${lost(2)}`);
	await client.prints(`answered ${answered}\n`);
	t.like(relay.json.at(-1), {
		type: 'done', received: {count: 200}, target: {sent: {count: 200}, received: {count: 200 - lost(2)}},
	});
});
