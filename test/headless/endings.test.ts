/* How runs end, and what a terminal is shown, in this process: the parts that the programs are made of. */
import {setImmediate as turn} from 'node:timers/promises';
import {Writable} from 'node:stream';
import test, {type ExecutionContext} from 'ava';
import {exitCodeOf, exitCodes} from '../../source/headless/exit-code.ts';
import {Answers} from '../../source/headless/expectation.ts';
import {Output} from '../../source/headless/output.ts';
import {silentReporter} from '../../source/headless/reporter.ts';
import {sendDatagrams} from '../../source/headless/send-datagrams.ts';
import {sendStream} from '../../source/headless/send-stream.ts';
import {printerOf} from '../../source/headless/send.ts';
import type {Job, Sending, SendOptions} from '../../source/headless/sending.ts';
import {isOver} from '../../source/headless/serve.ts';
import {Session} from '../../source/headless/session.ts';
import type {Address, Protocol} from '../../source/log/event.ts';
import {en} from '../../source/screen/words/en.ts';
import {utf8Codec} from '../../source/text/encoding/codec.ts';
import type {Framing} from '../../source/text/framing.ts';
import {everyEvent} from '../helpers/every-event.ts';
import {playgroundOptions} from '../helpers/playground-options.ts';
import {openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';

/** An output that keeps what is written to it. */
function openOutput(isTerminal: boolean): {readonly output: Output; readonly written: string[]} {
	const written: string[] = [];
	const stream = new Writable({
		write(text, _, done) {
			written.push(String(text));
			done();
		},
	});
	return {output: new Output(Object.assign(stream, {isTTY: isTerminal})), written};
}

/** A run of `send` to this address, which is not begun, and the types of the events that it has heard. */
function openSending(
	t: ExecutionContext,
	protocol: Protocol,
	connect: Address,
	more: Partial<SendOptions> & {readonly job: Job},
): {readonly sending: Sending; readonly heard: string[]} {
	const heard: string[] = [];
	const {output: errors} = openOutput(false);
	const playground = {...playgroundOptions, connect};
	const session = new Session({
		command: 'send', protocol, playground, words: en, isQuiet: true, errors, reporter: () => silentReporter,
	});
	t.teardown(async () => session.scene.close());
	session.hear('none', ({type}) => {
		heard.push(type);
	});
	const sending: Sending = {
		session,
		pane: session.scene.addClient(true),
		options: {
			command: 'send',
			protocol,
			playground,
			isJson: false,
			isQuiet: true,
			words: en,
			wait: Number.POSITIVE_INFINITY,
			interval: undefined,
			keepsOpen: false,
			expected: undefined,
			...more,
		},
		errors,
		hasRoom: () => true,
		fail({code}) {
			session.finish({code: exitCodes.failed, reason: 'failed', message: code});
		},
	};
	return {sending, heard};
}

/** Messages that are sent as they are. */
function messagesOf(...texts: readonly string[]): Job {
	return {type: 'messages', count: texts.length, messages: texts.map(text => ({make: () => Buffer.from(text)}))};
}

test('a call that makes a socket reachable has code 3 however it fails, and so has each error of a way that is not there', t => {
	const codeOf = (syscall: string, code: string): number => exitCodeOf({syscall, code, message: ''});
	for (const syscall of ['socket', 'bind', 'listen', 'connect', 'getaddrinfo']) {
		t.is(codeOf(syscall, 'EINVAL'), 3, syscall);
	}

	t.is(codeOf('getaddrinfo', 'EAI_FAIL'), 3);
	for (const code of [
		'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN',
	]) {
		t.is(codeOf('send', code), 3, code);
	}

	t.is(codeOf('read', 'ECONNRESET'), 1);
});

test('with an answer in the middle of its input a run is not done: a signal is told', async t => {
	const server = await openRawServer(t);
	const idle = Promise.withResolvers<void>();
	const {sending, heard} = openSending(t, 'tcp', server.address, {
		job: {
			type: 'input',
			input: {
				size: undefined,
				async * pieces() {
					yield Buffer.from('half');
					await idle.promise;
				},
				close: idle.resolve,
			},
		},
	});
	const run = sendStream(sending);
	const peer = await server.accepted.next();
	peer.write('an answer');
	await sending.session.until(() => heard.includes('chunk-received'));
	t.is(sending.session.endBySignal(), undefined);
	idle.resolve();
	await sending.session.until(() => heard.includes('fin-sent'));
	t.like(sending.session.endBySignal(), {code: exitCodes.done, reason: 'signal'});
	peer.socket.end();
	await run;
});

test('a peer that closes without an answer is not one that is silent', async t => {
	const server = await openRawServer(t);
	const {sending} = openSending(t, 'tcp', server.address, {job: messagesOf('a')});
	const run = sendStream(sending);
	const peer = await server.accepted.next();
	peer.socket.end();
	t.deepEqual(await sending.session.ended, {
		code: exitCodes.unanswered, reason: 'closed', message: en.headless.closedWithoutAnswer,
	});
	await run;
});

test('messages that the peer does not take are given up when nothing has moved for the time of --wait', async t => {
	const server = await openRawServer(t, '127.0.0.1', {pauseOnConnect: true});
	const piece = Buffer.alloc(4 * 1024 * 1024);
	const {sending} = openSending(t, 'tcp', server.address, {
		job: {type: 'messages', count: 20, messages: Array.from({length: 20}, () => ({make: () => piece}))}, wait: 1000,
	});
	await sendStream(sending);
	t.like(await sending.session.ended, {code: exitCodes.unanswered, reason: 'time'});
	t.true(sending.pane.index.sent.count < 20);
});

test('a message that a slow peer takes a part at a time is not given up while it does', async t => {
	const server = await openRawServer(t, '127.0.0.1', {pauseOnConnect: true});
	const mebi = 1024 * 1024;
	const size = 16 * mebi;
	const {sending} = openSending(t, 'tcp', server.address, {
		job: {type: 'messages', count: 1, messages: [{make: () => Buffer.alloc(size)}]}, wait: 3000,
	});
	const run = sendStream(sending);
	const {socket} = await server.accepted.next();
	let read = 0;
	socket.on('data', ({length}: Uint8Array) => {
		const before = read;
		read += length;
		// A MiB, then a pause, until the system has room for the rest: all pauses together are longer than the wait.
		if (read < 11 * mebi && Math.floor(read / mebi) > Math.floor(before / mebi)) {
			socket.pause();
			setTimeout(() => {
				socket.resume();
			}, 600);
		}

		if (read === size) {
			socket.end('all');
		}
	});
	socket.resume();
	await run;
	t.is(read, size);
	t.like(await sending.session.ended, {code: exitCodes.done});
});

test('a datagram is not sent before the last one was answered', async t => {
	const server = await openRawUdp(t);
	server.socket.on('message', (bytes, {address, port}) => {
		server.send(bytes, {host: address, port});
	});
	const {sending, heard} = openSending(t, 'udp', server.address, {job: messagesOf('a', 'b', 'c')});
	await sendDatagrams(sending);
	t.like(await sending.session.ended, {code: exitCodes.done, reason: 'answered'});
	const turns = ['datagram-sent', 'datagram-received'];
	t.deepEqual(heard.filter(type => turns.includes(type)), [...turns, ...turns, ...turns]);
});

test('an answer that was not expected is told, also where the ones behind it were', async t => {
	const server = await openRawUdp(t);
	server.socket.on('message', (bytes, {address, port}) => {
		server.send(bytes, {host: address, port});
	});
	const {sending} = openSending(t, 'udp', server.address, {
		job: messagesOf('a', 'b', 'a'), expected: {type: 'bytes', bytes: Buffer.from('a')},
	});
	await sendDatagrams(sending);
	t.deepEqual(await sending.session.ended, {
		code: exitCodes.unexpected, reason: 'answered', message: en.headless.notExpected({wanted: '\'a\'', got: '\'b\''}),
	});
});

for (const [title, count, lines] of [
	['as many as were to be sent', 2, [1, 1]],
	['one for each line of a message', 1, [2]],
	['as many as were sent, where there is no end', Number.POSITIVE_INFINITY, [1, 1]],
] as const) {
	test(`answers that are messages are complete with ${title}, and others between them are left out`, t => {
		const answers = new Answers({type: 'bytes', bytes: Buffer.from('a')}, count);
		for (const messages of lines) {
			answers.sent(messages);
		}

		const isComplete = ['b', 'a', 'b', 'a'].map(text => {
			answers.add(Buffer.from(text));
			return answers.isExpected;
		});
		t.deepEqual(isComplete, [false, false, false, true]);
		t.is(answers.length, 4);
	});
}

for (const protocol of ['udp', 'tcp'] as const) {
	test(`${protocol}: nothing more is sent while standard output has no room for what comes back`, async t => {
		const server = protocol === 'udp' ? await openRawUdp(t) : await openRawServer(t);
		let isFull = true;
		const opened = openSending(t, protocol, server.address, {
			job: messagesOf('a', 'b', 'c'), interval: 1, wait: 0, keepsOpen: true,
		});
		const {heard} = opened;
		const sent = (): number => heard.filter(type => type === 'datagram-sent' || type === 'chunk-sent').length;
		const sending = {...opened.sending, hasRoom: () => !isFull || sent() === 0};
		const {session} = sending;
		const run = protocol === 'udp' ? sendDatagrams(sending) : sendStream(sending);
		await session.until(() => sent() === 1);
		await session.untilOrLate(() => sent() > 1, 50);
		t.is(sent(), 1);
		isFull = false;
		session.look();
		await run;
		t.is(sent(), 3);
	});
}

test('what relay --once waits for is of its clients: the end of a connection to the target is not', t => {
	const closed = everyEvent['socket-closed'];
	t.true(isOver({...closed, pane: 1, socket: 1}, true));
	t.false(isOver({...closed, pane: 2, socket: 1}, true));
	t.false(isOver({...closed, pane: 1, socket: 0}, false), 'the welcoming socket');
	const read = everyEvent['datagram-received'];
	t.deepEqual([1, 2].map(pane => isOver({...read, pane}, true)), [false, true]);
});

const printed: ReadonlyArray<readonly [string, boolean, Framing, readonly string[], string]> = [
	['a line that is not ended is ended once', true, 'none', ['a', 'b'], 'ab\n'],
	['a line that is ended stays so', true, 'none', ['a\n', 'b\n'], 'a\nb\n'],
	['nothing has no line', true, 'none', [], ''],
	['an empty answer ends no line', true, 'none', ['a', ''], 'a\n'],
	['each message is a line of its own', true, 'line', ['a', 'b'], 'a\nb\n'],
	['elsewhere bytes are as they are', false, 'none', ['a', 'b'], 'ab'],
];

for (const [title, isTerminal, framing, answers, expected] of printed) {
	test(`at ${isTerminal ? 'a terminal' : 'a file'}: ${title}`, async t => {
		const {output, written} = openOutput(isTerminal);
		const printer = printerOf(output, utf8Codec, framing, () => undefined);
		for (const answer of answers) {
			printer.print(Buffer.from(answer));
		}

		printer.end();
		printer.end();
		await turn();
		t.is(written.join(''), expected);
	});
}
