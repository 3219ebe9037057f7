import {rename, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {mock} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import type {EventEntry} from '../../../../source/log/amendment.ts';
import {type Protocol, unknownElapsed} from '../../../../source/log/event.ts';
import type {Encoding} from '../../../../source/text/encoding/encoding.ts';
import {perfect} from '../../../../source/link/conditions.ts';
import {eventText} from '../../../../source/screen/panes/rows/event-text.ts';
import {en} from '../../../../source/screen/words/en.ts';
import {ko} from '../../../../source/screen/words/ko.ts';
import {faultText, formatProblems} from '../../../../source/text/files/file-problem.ts';
import {openPlayground, type PlaygroundRoom} from '../../../helpers/playground-room.ts';
import {connectRaw} from '../../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../../helpers/raw-udp.ts';
import {temporaryFolder} from '../../../helpers/temporary-folder.ts';

/** A file with rules in a folder of its own, and a playground that answers by it. */
async function open(
	t: ExecutionContext,
	protocol: Protocol,
	name: string,
	source: string,
	options: {readonly closeAfterReply?: boolean; readonly encoding?: Encoding} = {},
): Promise<{readonly room: PlaygroundRoom; readonly change: (source: string) => Promise<void>}> {
	const folder = await temporaryFolder(t);
	const rulesFile = path.join(folder, name);
	await writeFile(rulesFile, source);
	const room = await openPlayground(t, protocol, {reply: 'custom', rulesFile, ...options});
	return {
		room,
		// As most editors do it: another file takes its place.
		async change(text) {
			await writeFile(`${rulesFile}~`, text);
			await rename(`${rulesFile}~`, rulesFile);
		},
	};
}

test('a table answers over UDP, is read again when it changes, and a broken change leaves what was there', async t => {
	const {room, change} = await open(t, 'udp', 'rules.yaml', 'rules:\n  - {match: {exact: ping}, answer: {text: pong}}\n');
	t.like(await room.happened('rules-loaded'), {file: 'rules.yaml', entries: 1});
	const peer = await openRawUdp(t);
	const ask = async (text: string): Promise<string> => {
		peer.send(text, room.address('udp'));
		return peer.nextText();
	};

	t.is(await ask('ping'), 'pong');
	await change('rules:\n  - {match: {exact: ping}, answer: {txt: pong}}\n');
	t.like(await room.happened('rules-rejected'), {isKept: true});
	t.like(room.all('rules-rejected')[0]!.problems, [{line: 2, column: 37, fault: ['unknown', 'key', 'txt']}]);
	t.is(await ask('ping'), 'pong');
	await change('rules:\n  - {match: {exact: ping}, answer: {text: other}}\n  - {match: {any: true}, answer: {text: what}}\n');
	await room.happenedTimes('rules-loaded', 2);
	t.is(await ask('ping'), 'other');
	t.is(await ask('huh'), 'what');
});

test('a table delays, closes and resets TCP connections, and an answer that waits is sent before the server closes, too', async t => {
	const {room} = await open(t, 'tcp', 'rules.yaml', [
		'rules:',
		'  - {match: {exact: bye}, answer: {text: so long}, close: true}',
		'  - {match: {exact: reset}, reset: true}',
		'  - {match: {any: true}, answer: {text: later}, delay: 50ms}',
	].join('\n'));
	const bye = await connectRaw(t, room.address('tcp'));
	bye.write('bye');
	t.is(await bye.readLike('so long'), 'so long');
	await bye.fin;
	const reset = await connectRaw(t, room.address('tcp'));
	reset.write('reset');
	t.is(await reset.closed, 'ECONNRESET');
	const late = await connectRaw(t, room.address('tcp'));
	late.write('x');
	late.socket.end();
	t.is(await late.readLike('later'), 'later');
	await late.fin;
});

test('an answer that a rule gives at once belongs to the datagram that it answers: its round trip is known', async t => {
	const {room} = await open(t, 'udp', 'rule.mjs', 'export default () => "same";');
	await room.happened('rules-loaded');
	await room.playground.execute({type: 'open-client', protocol: 'udp'});
	const {pane} = room.client('udp');
	// Datagrams overtake each other on the link, and equal answers tell nothing by themselves.
	await room.playground.execute({
		type: 'set-link', scene: 'udp', direction: 'both', conditions: {...perfect, delay: 3, jitter: 1},
	});
	await room.send(pane, 'one');
	await room.happenedTimes('datagram-received', 2);
	await Promise.all([room.send(pane, 'two'), room.send(pane, 'three')]);
	await room.happenedTimes('datagram-received', 6);
	const answers = room.all('datagram-received').filter(event => event.pane === pane);
	t.deepEqual(answers.map(({elapsed = unknownElapsed}) => Number.isFinite(elapsed)), [true, true, true]);
});

const module = `
let count = 0;
/** @type {import('socket-playground').CustomRule} */
export default function rule(message, peer) {
	const text = Buffer.from(message).toString();
	switch (text) {
		case 'throw': throw new TypeError('no such thing');
		case 'long': throw new Error('x'.repeat(1e6));
		case 'bare': throw Object.create(null);
		case 'reject': return Promise.reject(new Error('not today'));
		case 'number': return 5;
		case 'nothing': return undefined;
		case 'others': peer.sendToOthers('from ' + peer.address.port); return 'told';
		case 'bytes': return Uint8Array.of(0, 255);
		case 'twice': peer.send('one'); return 'two';
		case 'wait': return new Promise(resolve => { setImmediate(() => resolve('waited')); });
		default: return text + ' ' + ++count;
	}
}
`;

test('a module answers with text, bytes, later, and to others; what it throws is a row, and everything goes on', async t => {
	const {room} = await open(t, 'udp', 'rule.mjs', module);
	const [peer, other] = [await openRawUdp(t), await openRawUdp(t)];
	const ask = async (text: string): Promise<string> => {
		peer.send(text, room.address('udp'));
		return peer.nextText();
	};

	other.send('me', room.address('udp'));
	t.is(await other.nextText(), 'me 1');
	t.is(await ask('hello'), 'hello 2');
	t.is(await ask('wait'), 'waited');
	t.is(await ask('twice'), 'one');
	t.is(await peer.nextText(), 'two');
	t.is(await ask('others'), 'told');
	t.is(await other.nextText(), `from ${peer.address.port}`);
	peer.send('bytes', room.address('udp'));
	const {bytes} = await peer.inbox.next();
	t.deepEqual([...bytes], [0, 255]);
	for (const text of ['throw', 'reject', 'number', 'nothing', 'long', 'bare']) {
		peer.send(text, room.address('udp'));
	}

	await room.happenedTimes('rule-failed', 5);
	t.is(await ask('hello'), 'hello 3');
	const failures = room.all('rule-failed').map(({cause, fault}) => `${cause}: ${faultText(fault)}`);
	t.deepEqual(failures.toSorted((a, b) => a.localeCompare(b)), [
		'thrown: an answer is a string, bytes (Uint8Array, Buffer) or undefined, not a number',
		'thrown: Error: not today',
		`thrown: Error: ${'x'.repeat(1993)}…`,
		'thrown: object',
		'thrown: TypeError: no such thing',
	]);
});

test('an answer is sent as it was returned: its buffer may be used again, and one that has been transferred is a row', async t => {
	const {room} = await open(t, 'udp', 'rule.mjs', `
		const buffer = new Uint8Array(1);
		export default (message, peer) => {
			if (message[0] === 0x78) {
				structuredClone(buffer, {transfer: [buffer.buffer]});
				return buffer;
			}

			for (const digit of [1, 2]) {
				buffer[0] = 0x30 + digit;
				peer.send(buffer);
			}
		};
	`);
	const peer = await openRawUdp(t);
	peer.send('two', room.address('udp'));
	t.deepEqual([await peer.nextText(), await peer.nextText()], ['1', '2']);
	peer.send('x', room.address('udp'));
	const {cause, fault} = await room.happened('rule-failed');
	t.regex(`${cause}: ${faultText(fault)}`, /^thrown: TypeError: .*detached/);
});

test('a module without a rule is told, and another that takes its place answers', async t => {
	const {room, change} = await open(t, 'udp', 'rule.mjs', 'export const rule = 5;');
	t.like(await room.happened('rules-rejected'), {file: 'rule.mjs', isKept: false});
	const peer = await openRawUdp(t);
	peer.send('x', room.address('udp'));
	await room.happened('datagram-received');
	await change('export default message => message;');
	await room.happened('rules-loaded');
	peer.send('y', room.address('udp'));
	t.is(await peer.nextText(), 'y');
});

test('an answer to a peer that is gone is told, and not sent', async t => {
	const {room} = await open(t, 'tcp', 'rule.mjs', `
		export default (message, peer) => new Promise(resolve => {
			globalThis.answerNow = () => { resolve('late'); };
		});
	`);
	const client = await connectRaw(t, room.address('tcp'));
	client.write('x');
	await room.happened('chunk-received');
	client.socket.resetAndDestroy();
	await room.happened('socket-closed');
	(globalThis as {answerNow?: () => void}).answerNow?.();
	t.truthy(await room.happened('rule-failed', ({cause}) => cause === 'late'));
});

test('close after reply closes after the answer of a rule', async t => {
	const {room} = await open(t, 'tcp', 'rules.yaml', 'rules: [{match: {any: true}, answer: {text: once}}]', {closeAfterReply: true});
	const client = await connectRaw(t, room.address('tcp'));
	client.write('x');
	t.is(await client.readLike('once'), 'once');
	await client.fin;
});

test('an answer behind one that has closed the connection is not sent as this end has finished, not as the peer is gone', async t => {
	const {room} = await open(t, 'tcp', 'twice.mjs', `export default (message, peer) => {
		peer.send('one');
		peer.send('two');
	}`, {closeAfterReply: true});
	await room.happened('rules-loaded');
	const client = await connectRaw(t, room.address('tcp'));
	client.write('x');
	const event = await room.happened('rule-failed');
	t.like(event, {cause: 'late', fault: ['said', 'sending-finished']});
	for (const words of [en, ko]) {
		t.not(eventText(event, true, words).text, eventText({...event, fault: ['said', 'peer-gone']}, true, words).text);
	}
});

test('two servers that answer each other are held up, and a client that goes on by itself is answered again', async t => {
	const room = await openPlayground(t, 'udp', {reply: 'uppercase'});
	const peer = await openRawUdp(t);
	const loop = (bytes: Uint8Array): void => {
		peer.socket.send(bytes, room.address('udp').port, '127.0.0.1');
	};

	// Equal datagrams before another one do not count.
	peer.send('x', room.address('udp'));
	peer.send('x', room.address('udp'));
	t.deepEqual([await peer.nextText(), await peer.nextText()], ['X', 'X']);
	// An echo server on the other side: one datagram is enough.
	peer.socket.on('message', loop);
	peer.send('hello', room.address('udp'));
	const {promise: held, resolve} = Promise.withResolvers<EventEntry>();
	// The room looks at all events with each that comes: that would take long here.
	const subscription = room.playground.log.subscribe({
		payload: 'none',
		onEntry(entry) {
			if (entry.type === 'event' && entry.event.type === 'answer-withheld') {
				resolve(entry);
			}
		},
	});
	t.like(await held, {event: {type: 'answer-withheld', repeats: 10_000}});
	subscription.close();
	const {received} = room.server('udp').peers[0]!;
	t.is(received.count, 2 + 10_001);
	peer.socket.off('message', loop);
	peer.send('again', room.address('udp'));
	await room.until(() => room.server('udp').peers[0]!.sent.count === received.count, 'the answer after that');
});

test('a table that is changed to a text which the encoding of the server does not have keeps the last good one', async t => {
	const {room, change} = await open(t, 'udp', 'rules.yaml', 'rules: [{match: {any: true}, answer: {text: 가}}]', {encoding: 'euc-kr'});
	await room.happened('rules-loaded');
	const peer = await openRawUdp(t);
	await change('rules: [{match: {any: true}, answer: {text: é}}]');
	t.like(await room.happened('rules-rejected'), {
		isKept: true, problems: [{line: 1, column: 45, fault: ['unwritable', 'EUC-KR (CP949)', 'é']}],
	});
	peer.send('x', room.address('udp'));
	const {bytes} = await peer.inbox.next();
	t.is(Buffer.from(bytes).toString('hex'), 'b0a1');
	const {pane} = room.server('udp');
	await room.playground.execute({type: 'set-encoding', pane, encoding: 'latin1'});
	await change('rules: [{match: {any: true}, answer: {text: é!}}]');
	await room.happenedTimes('rules-loaded', 2);
	t.is(room.all('rules-rejected').length, 1);
});

test('an answer from a FIFO or a device is told when the table is read, and not waited for', async t => {
	const {room} = await open(t, 'udp', 'rules.yaml', 'rules: [{match: {any: true}, answer: {file: /dev/zero}}]');
	t.like(await room.happened('rules-rejected'), {problems: [{fault: ['notRegular', '/dev/zero']}]});
});

test('a module that cannot be parsed is told with the line', async t => {
	const {room} = await open(t, 'udp', 'rule.mjs', 'export default message => {\n\treturn message message;\n};\n');
	const {problems} = await room.happened('rules-rejected');
	t.regex(formatProblems('rule.mjs', problems), /^rule\.mjs:2: SyntaxError: /);
});

test('what a rule sends at once in any number is sent in turns with all else, in its order, and not after the end', async t => {
	const source = `export default (message, peer) => {
		for (let index = 0; index < 20_000; index++) {
			peer.send('x');
		}

		peer.close();
	};`;
	const {room} = await open(t, 'udp', 'many.mjs', source);
	await room.happened('rules-loaded');
	const peer = await openRawUdp(t);
	peer.send('go', room.address('udp'));
	await room.happened('datagram-received');
	// The sockets have their turn in between.
	const sent = (): number => room.all('datagram-sent').length;
	t.true(sent() < 2000, `${sent()} datagrams`);
	await room.playground.close();
	const atTheEnd = sent();
	t.true(atTheEnd < 20_000, `${atTheEnd} datagrams`);
	t.deepEqual(room.all('rule-failed'), []);

	const {room: other} = await open(t, 'tcp', 'many.mjs', source);
	await other.happened('rules-loaded');
	const client = await connectRaw(t, other.address('tcp'));
	client.write('go');
	client.socket.end();
	await client.fin;
	t.is(client.received.length, 20_000, 'all, though the client had finished, and before the close');
	t.deepEqual(other.all('rule-failed'), []);
});

test('of what a rule sends at once 64 MiB are queued: one row says that more is dropped, and the connection is closed', async t => {
	const {room} = await open(t, 'tcp', 'too-much.mjs', `export default (message, peer) => {
		for (let index = 0; index < 11_000; index++) {
			peer.send(index >= 1000 && index < 1100 ? new Uint8Array(1024 * 1024) : 'x');
		}

		peer.close();
	};`);
	await room.happened('rules-loaded');
	const client = await connectRaw(t, room.address('tcp'));
	client.write('go');
	await client.fin;
	t.deepEqual(room.all('rule-failed').map(({cause, fault}) => [cause, faultText(fault)]), [['full', '64 MiB']]);
});

test('that a peer is gone is told once, with how many answers to it were not sent', async t => {
	const {room} = await open(t, 'tcp', 'gone.mjs', `
		let first;
		export default (message, peer) => {
			first ??= peer;
			for (let index = 0; peer !== first && index < 2500; index++) {
				first.send('x');
			}

			return message;
		};
	`);
	await room.happened('rules-loaded');
	const [gone, other] = await Promise.all([connectRaw(t, room.address('tcp')), connectRaw(t, room.address('tcp'))]);
	gone.write('hello');
	await gone.readLike('hello');
	const {localPort: port} = gone.socket;
	gone.socket.resetAndDestroy();
	await room.happened('reset-received');
	other.write('tell it');
	await other.readLike('tell it');
	await room.happened('rule-failed');
	const {host} = room.address('tcp');
	t.deepEqual(room.all('rule-failed').map(({cause, fault, peer, count}) => [cause, fault, peer, count]), [
		['late', ['said', 'peer-gone'], {host, port}, 2500],
	]);
});

test.serial('of answers that come one after the other when their peer has reset, few rows tell how many there were', async t => {
	const {room} = await open(t, 'tcp', 'slow.mjs', `
		globalThis.lateAnswers = [];
		export default () => new Promise(resolve => {
			globalThis.lateAnswers.push(() => { resolve('late'); });
		});
	`);
	await room.happened('rules-loaded');
	await room.playground.execute({type: 'set-framing', pane: room.server('tcp').pane, framing: 'line'});
	const client = await connectRaw(t, room.address('tcp'));
	const messages = 500;
	client.write(Buffer.alloc(2 * messages, 'x\n'));
	await room.happenedTimes('message-received', messages);
	client.socket.resetAndDestroy();
	await room.happened('reset-received');
	const {lateAnswers} = globalThis as unknown as {lateAnswers: ReadonlyArray<() => void>};
	t.is(lateAnswers.length, messages);
	mock.timers.enable({apis: ['setTimeout']});
	t.teardown(() => {
		mock.timers.reset();
	});
	for (const [index, answer] of lateAnswers.entries()) {
		if (index === messages / 2) {
			mock.timers.tick(1000);
		}

		answer();
		await turn();
	}

	await room.playground.close();
	// On a busy machine answers have been slow as well.
	const counts = room.all('rule-failed').filter(({cause}) => cause === 'late').map(({count = 1}) => count);
	t.true(counts[0]! < 10, 'the first are told at once');
	t.is(counts.reduce((sum, count) => sum + count), messages);
	t.is(counts.length, 3, 'then those of a second, and the others at the end');
});

test('close after reply closes the connection that is answered, and none of those that are told as well', async t => {
	const {room} = await open(t, 'tcp', 'chat.mjs', `export default (message, peer) => {
		peer.sendToOthers(message);
		return 'told';
	}`, {closeAfterReply: true});
	await room.happened('rules-loaded');
	const [sender, other] = [await connectRaw(t, room.address('tcp')), await connectRaw(t, room.address('tcp'))];
	await room.happenedTimes('connection-accepted', 2);
	sender.write('hello');
	t.is(await other.readLike('hello'), 'hello');
	await sender.fin;
	other.write('still here');
	t.is(await other.readLike('told'), 'told');
});

test('a rule may keep what it got: its bytes are there also when those that were read are freed', async t => {
	const {room} = await open(t, 'tcp', 'keep.mjs', `
		const kept = [];
		export default message => {
			kept.push(message);
			return Buffer.from(message).toString().endsWith('end') ? String(Buffer.concat(kept).length).padStart(4) : undefined;
		};
	`);
	await room.happened('rules-loaded');
	const client = await connectRaw(t, room.address('tcp'));
	client.write('x'.repeat(8192));
	await room.until(() => room.server('tcp').peers[0]?.received.bytes === 8192, 'all of it');
	client.write('end');
	t.is(await client.readLike('8195'), '8195');
});
