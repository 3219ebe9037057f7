/* Framing from the command line: serve and send, against bare sockets and against Python. */
import test, {type ExecutionContext} from 'ava';
import {Answers} from '../../source/headless/expectation.ts';
import {type Framing, frameMessage} from '../../source/text/framing.ts';
import {Headless, typed} from '../helpers/headless.ts';
import {freeAddress} from '../helpers/loopback.ts';
import {isInstalled, Program} from '../helpers/program.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';
import {skipped} from '../helpers/skipped.ts';

function frames(framing: Framing, ...texts: readonly string[]): Uint8Array {
	return Buffer.concat(texts.map(text => frameMessage(Buffer.from(text), framing)!.bytes));
}

test('serve tells each message in a line of JSON, and --until counts messages', async t => {
	const server = new Headless(t, ['serve', 'tcp', '--port', '0', '--framing', 'u16be', '--until', 'count=3', '--json']);
	const peer = await connectRaw(t, await server.address());
	const stream = frames('u16be', 'one', 'two', '셋');
	peer.write(stream.subarray(0, 6));
	await peer.read(5);
	peer.write(stream.subarray(6));
	t.is(await server.code, 0);
	t.like(server.all('ready')[0], {framing: 'u16be', rule: 'uppercase'});
	t.deepEqual(server.all('message-received').map(({message, text, length, reads}) => [message, text, length, reads.first, reads.last]), [
		[1, 'one', 3, 1, 1],
		[2, 'two', 3, 1, 2],
		[3, '셋', 3, 2, 2],
	]);
	t.like(server.all('done')[0], {reason: 'until'});
	await peer.fin;
	t.is(Buffer.compare(peer.received, frames('u16be', 'ONE', 'TWO', '셋')), 0);
});

test('send frames each message, and tells which answer is another than expected', async t => {
	const server = await openRawServer(t);
	const run = new Headless(t, [
		'send',
		'tcp',
		typed(server.address),
		'hello',
		'there',
		'--framing',
		'line',
		'--expect',
		'HELLO',
		'--quiet',
		'--wait',
		'20s',
	]);
	const peer = await server.accepted.next();
	await peer.fin;
	t.is(Buffer.from(peer.received).toString(), 'hello\nthere\n');
	peer.write('HEL');
	peer.write('LO\r\nTHERE\r\n');
	peer.socket.end();
	t.is(await run.code, 5);
	t.is(run.text, 'HELLO\nTHERE\n');
	t.regex(run.errors, /the answer is not 'HELLO', but 'THERE'/);
});

test('as many messages as were sent are to be what was expected, whatever else comes between them', t => {
	const answers = new Answers({type: 'bytes', bytes: Buffer.from('HELLO')}, 2);
	answers.add(Buffer.from('HELLO'));
	t.false(answers.isExpected);
	t.is(answers.difference, undefined, 'one is missing');
	answers.add(new Uint8Array());
	t.deepEqual(answers.difference, {wanted: '\'HELLO\'', got: '\'\''});
	answers.add(Buffer.from('HELLO'));
	t.true(answers.isExpected);
	t.is(answers.length, 3);
	t.true(new Answers(undefined, 2).isExpected);
	const lines = new Answers({type: 'bytes', bytes: Buffer.from('x')}, 1);
	lines.sent(2);
	lines.add(Buffer.from('x'));
	t.false(lines.isExpected, 'two lines were sent as one message');
	lines.add(Buffer.from('x'));
	t.true(lines.isExpected);
});

test('standard input is one message with a framing, and one that no frame holds is refused', async t => {
	const server = await openRawServer(t);
	const [run, wrong] = [new Uint8Array(255).fill(120), new Uint8Array(256)].map(input =>
		new Headless(t, ['send', 'tcp', typed(server.address), '--framing', 'u8', '--wait', '0', '--quiet'], input));
	t.is(await run!.code, 0);
	const peer = await server.accepted.next();
	await peer.fin;
	t.deepEqual([peer.received.length, peer.received[0], peer.received[1]], [256, 255, 120]);
	t.is(await wrong!.code, 2);
	t.regex(wrong!.errors, /a message with --framing u8 has at most 255 bytes/);
});

/** Python's own idea of lengths: struct(3), in pieces that have nothing to do with them. */
const client = `
import socket, struct, sys
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as s:
    for text in (b'hello', b'', b'x' * 70000):
        message = struct.pack('<I', len(text)) + text
        s.sendall(message[:3]); s.sendall(message[3:])
    f = s.makefile('rb')
    for _ in range(3):
        length, = struct.unpack('<I', f.read(4))
        print(length, f.read(length)[:5].decode())
`;
const server = `
import socket, struct, sys
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as l:
    print('ready', file=sys.stderr, flush=True)
    c, _ = l.accept()
    with c, c.makefile('rb') as f:
        while head := f.read(4):
            text = f.read(struct.unpack('>I', head)[0])
            for byte in struct.pack('>I', len(text)) + text[::-1]:
                c.sendall(bytes([byte]))
`;

test('Python\'s struct and serve agree on lengths', async t => {
	if (isMissing(t)) {
		return;
	}

	const serve = new Headless(t, ['serve', 'tcp', '--port', '0', '--framing', 'u32le', '--once', '--quiet']);
	const {port} = await serve.address();
	const python = new Program(t, 'python3', ['-c', client, String(port)]);
	await python.prints('5 HELLO\n0 \n70000 XXXXX\n');
	t.is(await serve.code, 0);
});

test('Python\'s struct and send agree on lengths', async t => {
	if (isMissing(t)) {
		return;
	}

	const address = await freeAddress();
	const python = new Program(t, 'python3', ['-c', server, address.host, String(address.port)]);
	await python.says(/ready/);
	const send = new Headless(t, [
		'send', 'tcp', typed(address), 'stressed', '--framing', 'u32be', '--expect', 'desserts', '--wait', '20s', '--quiet',
	]);
	t.is(await send.code, 0);
	t.is(send.text, 'desserts');
});

function isMissing(t: ExecutionContext): boolean {
	if (isInstalled('python3')) {
		return false;
	}

	skipped(t, 'python3 is not installed');
	return true;
}
