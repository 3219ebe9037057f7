import {execFileSync} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import {
	closeSync, mkdtempSync, openSync, readFileSync, writeFileSync,
} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {residentMemory} from '../../bench/process-cost.ts';
import {en} from '../../source/screen/words/en.ts';
import {Headless, typed} from '../helpers/headless.ts';
import {isInstalled} from '../helpers/program.ts';
import {openRawServer} from '../helpers/raw-tcp.ts';
import {skipped} from '../helpers/skipped.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'socket-playground-stream-'));
const request = randomBytes(3_000_001);
const file = path.join(folder, 'request');
writeFileSync(file, request);

for (const [name, args] of [['a file as standard input', undefined], ['--file', ['--file', file]]] as const) {
	test.serial(`send tcp with ${name}: request and response are exact to the byte`, async t => {
		const server = new Headless(t, ['serve', 'tcp', '--port', '0', '--reply', 'echo', '--quiet']);
		const input = openSync(file, 'r');
		const run = new Headless(t, ['send', 'tcp', typed(await server.address()), ...args ?? [], '--quiet'], input);
		closeSync(input);
		t.is(await run.code, 0);
		t.is(Buffer.compare(run.output, request), 0);
	});
}

test.serial('send tcp half-closes at the end of its input, and takes what comes after that', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), '--json'], request);
	const peer = await server.accepted.next();
	await peer.fin;
	t.is(Buffer.compare(peer.received, request), 0);
	peer.write('after');
	peer.socket.end();
	t.is(await run.code, 0);
	const types = run.json.map(({type}) => type);
	t.true(types.indexOf('fin-sent') < types.indexOf('chunk-received'));
	t.is(Buffer.from(run.all('chunk-received').map(({base64}) => base64).join(''), 'base64').toString(), 'after');
});

test.serial('send tcp sends what is typed at once, and the peer that has ended is not waited for', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address)]);
	const peer = await server.accepted.next();
	run.child.stdin!.write('typed\n');
	t.is(await peer.readLike('typed\n'), 'typed\n');
	peer.write('seen');
	peer.socket.end();
	t.is(await run.code, 0, 'standard input is still open');
	t.is(run.text, 'seen');
});

test.serial('send tcp pauses its socket while its output takes nothing, and its input while the peer does not', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), '--quiet']);
	const peer = await server.accepted.next();
	peer.socket.pause();
	run.child.stdout!.pause();
	const piece = Buffer.alloc(1024 * 1024, 'x');
	const total = 48;
	/** What the program has not taken of its input, and of what the peer sends. */
	const waiting = {input: 0, answer: 0};
	for (let count = 0; count < total; count++) {
		waiting.input++;
		waiting.answer++;
		run.child.stdin!.write(piece, () => {
			waiting.input--;
		});
		peer.socket.write(piece, () => {
			waiting.answer--;
		});
	}

	let before = -1;
	while (before !== waiting.input + waiting.answer) {
		before = waiting.input + waiting.answer;
		await new Promise(resolve => {
			setTimeout(resolve, 300);
		});
	}

	t.true(waiting.input > total - 12, `${waiting.input} pieces of the input wait outside`);
	t.true(waiting.answer > total - 12, `${waiting.answer} pieces of the answer wait outside`);
	t.true(await residentMemory(run.child.pid!) < 180e6);
	peer.socket.resume();
	run.child.stdout!.resume();
	run.child.stdin!.end();
	await peer.fin;
	peer.socket.end();
	t.is(await run.code, 0);
	t.is(run.output.length, total * piece.length);
	t.is(peer.received.length, total * piece.length);
});

test.serial('what waits for a slow reader of the output is not overwritten by what is read meanwhile', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), '--quiet'], '');
	const peer = await server.accepted.next();
	run.child.stdout!.pause();
	const pieces = Array.from({length: 400}, (_, index) => String(index).padStart(1000, '.'));
	for (const piece of pieces) {
		await new Promise(resolve => {
			peer.socket.write(piece, () => {
				setImmediate(resolve);
			});
		});
	}

	run.child.stdout!.resume();
	peer.socket.end();
	t.is(await run.code, 0);
	t.is(run.text, pieces.join(''));
});

test.serial('send tcp ends quietly where whoever reads its output closes it, as head(1) does', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), '--quiet'], '');
	const peer = await server.accepted.next();
	peer.write('one line\n');
	await run.until(() => run.text.includes('\n'), 'a line');
	run.child.stdout!.destroy();
	peer.write('another\n');
	t.is(await run.code, 0);
	t.is(run.errors, '');
});

test.serial('send tcp to a peer that resets in the middle of its input has code 1', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), '--quiet']);
	const peer = await server.accepted.next();
	run.child.stdin!.write('half');
	await peer.read(4);
	peer.socket.resetAndDestroy();
	t.is(await run.code, 1);
	t.regex(run.errors, /ECONNRESET/);
});

test.serial('send tcp is ended by SIGINT, and still has one line done', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, ['send', 'tcp', typed(server.address), '--json']);
	await run.until(() => run.lines.length > 0, 'ready');
	run.child.kill('SIGINT');
	t.is(await run.code, 130);
	const message = en.headless.interrupted('SIGINT');
	t.like(run.all('done'), [{code: 130, reason: 'signal', message}]);
	t.is(run.errors, `socket-playground: ${message}\n`);
});

test.serial('send --file reads a FIFO as it is written, and ends while nobody writes to it', async t => {
	if (!isInstalled('mkfifo')) {
		skipped(t, 'mkfifo is not installed');
		return;
	}

	const fifo = path.join(folder, 'fifo');
	execFileSync('mkfifo', [fifo]);
	const server = await openRawServer(t);
	const args = ['send', 'tcp', typed(server.address), '--file', fifo, '--quiet'];
	const run = new Headless(t, args, '');
	const peer = await server.accepted.next();
	const writer = await open(fifo, 'w');
	await writer.write('first');
	t.is(await peer.readLike('first'), 'first');
	await writer.close();
	await peer.fin;
	peer.socket.end();
	t.is(await run.code, 0);
	const idle = new Headless(t, args, '');
	await server.accepted.next();
	idle.child.kill('SIGTERM');
	t.is(await idle.code, 143);
});

test.serial('send --file tells of a directory, and of a file that is not there, with code 2', async t => {
	const server = await openRawServer(t);
	for (const name of [folder, path.join(folder, 'nothing')]) {
		const run = new Headless(t, ['send', 'tcp', typed(server.address), '--file', name], '');
		t.is(await run.code, 2);
		t.regex(run.errors, /^socket-playground: --file: .*(?:is a directory|no such file)/);
	}
});

test.serial('64 MiB through send tcp come whole, in memory that does not grow with them', async t => {
	const large = path.join(folder, 'large');
	writeFileSync(large, Buffer.concat(Array.from({length: 64}, () => randomBytes(1024 * 1024))));
	const server = await openRawServer(t);
	const hash = createHash('sha256');
	server.server.on('connection', socket => {
		socket.removeAllListeners('data');
		socket.on('data', bytes => {
			hash.update(bytes);
		}).on('end', () => {
			socket.end(hash.digest('hex'));
		});
	});
	const input = openSync(large, 'r');
	const run = new Headless(t, ['send', 'tcp', typed(server.address), '--quiet'], input);
	closeSync(input);
	let most = 0;
	const timer = setInterval(() => {
		void residentMemory(run.child.pid!).then(memory => {
			most = Math.max(most, memory || 0);
		}, () => undefined);
	}, 20);
	t.is(await run.code, 0);
	clearInterval(timer);
	t.is(run.text, createHash('sha256').update(readFileSync(large)).digest('hex'));
	t.true(most < 180e6, `${most}`);
});
