import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {defaultEncoding, type Encoding} from '../../../../source/text/encoding/encoding.ts';
import {openPlayground, PlaygroundRoom} from '../../../helpers/playground-room.ts';
import {connectRaw} from '../../../helpers/raw-tcp.ts';
import {openRawUdp} from '../../../helpers/raw-udp.ts';
import {temporaryFolder} from '../../../helpers/temporary-folder.ts';

for (const [rule, answer] of [['uppercase', 'HELLO 한글'], ['echo', 'hello 한글'], ['reverse', '글한 olleh']] as const) {
	test(`answers by ${rule} over UDP`, async t => {
		const room = await openPlayground(t, 'udp', {reply: rule});
		const peer = await openRawUdp(t);
		peer.send('hello 한글', room.address('udp'));
		const {bytes, from} = await peer.inbox.next();
		t.is(Buffer.from(bytes).toString(), answer);
		t.deepEqual(from, room.address('udp'));
	});

	test(`answers by ${rule} over TCP, any number of times`, async t => {
		const room = await openPlayground(t, 'tcp', {reply: rule});
		const client = await connectRaw(t, room.address('tcp'));
		for (const time of ['first', 'second', 'third']) {
			client.write('hello 한글');
			t.is(await client.readLike(answer), answer, `the ${time} time`);
		}
	});
}

for (const rule of ['discard', 'manual'] as const) {
	test(`answers nothing by ${rule}, over UDP and over TCP, and shows what came`, async t => {
		const udp = await openPlayground(t, 'udp', {reply: rule});
		const peer = await openRawUdp(t);
		peer.send('quiet', udp.address('udp'));
		await udp.happened('datagram-received');
		await udp.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'echo'});
		peer.send('loud', udp.address('udp'));
		t.is(await peer.nextText(), 'loud');

		const tcp = await openPlayground(t, 'tcp', {reply: rule});
		const client = await connectRaw(t, tcp.address('tcp'));
		client.write('quiet');
		await tcp.happened('chunk-received');
		await tcp.playground.execute({type: 'set-rule', protocol: 'tcp', rule: 'echo'});
		client.write('loud');
		t.is(await client.readLike('loud'), 'loud');
		t.is(client.received.length, 4);
	});
}

test('tells every other peer over UDP what one said, with its address in front', async t => {
	const room = await openPlayground(t, 'udp', {reply: 'chat'});
	const peers = [await openRawUdp(t), await openRawUdp(t), await openRawUdp(t)] as const;
	for (const [index, peer] of peers.entries()) {
		peer.send('', room.address('udp'));
		await room.happenedTimes('datagram-received', index + 1);
	}

	await room.happenedTimes('datagram-sent', 3);
	const [one, two, three] = peers;
	await Promise.all([one.inbox.next(), one.inbox.next(), two.inbox.next()]);
	two.send('안녕', room.address('udp'));
	const expected = `127.0.0.1:${two.address.port}: 안녕`;
	t.is(await one.nextText(), expected);
	t.is(await three.nextText(), expected);
	t.is(two.inbox.length, 0);
});

test('tells every other peer over TCP what one said, a cut character whole', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'chat'});
	const one = await connectRaw(t, room.address('tcp'));
	const two = await connectRaw(t, room.address('tcp'));
	await room.happenedTimes('connection-accepted', 2);
	const bytes = Buffer.from('말');
	one.write(bytes.subarray(0, 2));
	await room.happenedTimes('chunk-received', 1);
	t.is(room.all('chunk-sent').length, 0);
	one.write(bytes.subarray(2));
	const expected = `127.0.0.1:${one.local.port}: 말`;
	t.is(await two.readLike(expected), expected);
	t.is(one.received.length, 0);
});

for (const [rule, answer] of [['uppercase', 'É한👍'], ['reverse', '👍한é']] as const) {
	test(`keeps characters whole that chunk borders have cut, by ${rule}`, async t => {
		const room = await openPlayground(t, 'tcp', {reply: rule});
		const client = await connectRaw(t, room.address('tcp'));
		let chunks = 0;
		for (const byte of Buffer.from('é한👍')) {
			client.write(Uint8Array.of(byte));
			await room.happenedTimes('chunk-received', ++chunks);
		}

		const expected = rule === 'uppercase' ? answer : 'é한👍';
		t.is(await client.readLike(expected), expected);
		t.is(room.all('chunk-sent').length, 3);
	});
}

test('answers what a client left unfinished when it finishes, and changes no byte of it', async t => {
	const room = await openPlayground(t, 'tcp');
	const client = await connectRaw(t, room.address('tcp'));
	client.socket.end(Uint8Array.of(0x61, 0xED, 0x95));
	t.deepEqual([...await client.read(3)], [0x41, 0xED, 0x95]);
	await client.fin;
});

test('hands on what it held back when the rule changes to one that takes bytes', async t => {
	const room = await openPlayground(t, 'tcp');
	const client = await connectRaw(t, room.address('tcp'));
	client.write(Uint8Array.of(0xED, 0x95));
	await room.happened('chunk-received');
	await room.playground.execute({type: 'set-rule', protocol: 'tcp', rule: 'echo'});
	client.write(Uint8Array.of(0x9C, 0x21));
	t.is(Buffer.from(await client.read(4)).toString(), '한!');
});

test('keeps what it holds back for one connection out of the others', async t => {
	const room = await openPlayground(t, 'tcp');
	const one = await connectRaw(t, room.address('tcp'));
	const two = await connectRaw(t, room.address('tcp'));
	one.write(Uint8Array.of(0xED, 0x95));
	await room.happenedTimes('chunk-received', 1);
	two.write('hi');
	t.is(await two.readLike('HI'), 'HI');
	one.write(Uint8Array.of(0x9C));
	t.is(await one.readLike('한'), '한');
});

test('answers binary data without changing a byte but ASCII letters', async t => {
	const room = await openPlayground(t, 'udp');
	const peer = await openRawUdp(t);
	const all = Uint8Array.from({length: 256}, (_, byte) => byte);
	peer.send(all, room.address('udp'));
	const {bytes} = await peer.inbox.next();
	t.deepEqual([...bytes], [...all].map(byte => byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte));
});

for (const protocol of ['udp', 'tcp'] as const) {
	test(`says once why an answer in upper case is the message itself, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 1});
		const {pane} = room.client(protocol);
		const answered = async (text: string): Promise<number> => {
			const {bytes} = room.client(protocol).received;
			await room.send(pane, text);
			await room.until(
				() => room.client(protocol).received.bytes === bytes + Buffer.byteLength(text),
				`the answer to ${text}`,
			);
			return room.all('reply-unchanged').length;
		};

		if (protocol === 'tcp') {
			await room.happened('connection-opened');
		}

		t.is(await answered('HELLO 1'), 0, 'it is in upper case already');
		t.is(await answered('안녕 1'), 1);
		t.is(await answered('12345'), 1);
		await room.playground.execute({type: 'set-rule', protocol, rule: 'echo'});
		t.is(await answered('안녕 2'), 1);
		await room.playground.execute({type: 'set-rule', protocol, rule: 'uppercase'});
		t.is(await answered('안녕 3'), 2);
		const [noted] = room.all('reply-unchanged');
		t.is(noted!.pane, room.server(protocol).pane);
		const reply = room.all(protocol === 'udp' ? 'datagram-sent' : 'chunk-sent')
			.find(({pane, sequence}) => pane === noted!.pane && sequence > noted!.sequence);
		t.is(reply!.length, Buffer.byteLength('안녕 1'), 'the reason stands before the answer');
		t.true(reply!.time >= noted!.time);
	});
}

test('closes the connection socket after its reply, where that is set, and goes on accepting', async t => {
	const room = await openPlayground(t, 'tcp', {closeAfterReply: true});
	for (let number = 1; number <= 2; number++) {
		const client = await connectRaw(t, room.address('tcp'));
		client.write('once');
		t.is(await client.readLike('ONCE'), 'ONCE');
		await client.fin;
		client.socket.end();
		await room.happened('socket-closed', ({socket}) => socket === number);
	}

	t.is(room.server('tcp').peerCount, 0);
	t.is(room.server('tcp').peersEver, 2);
	t.true(room.server('tcp').closeAfterReply);
});

test('keeps the connection open after a reply when that is switched off again', async t => {
	const room = await openPlayground(t, 'tcp', {closeAfterReply: true});
	await room.playground.execute({type: 'set-close-after-reply', closeAfterReply: false});
	const client = await connectRaw(t, room.address('tcp'));
	client.write('one');
	t.is(await client.readLike('ONE'), 'ONE');
	client.write('two');
	t.is(await client.readLike('TWO'), 'TWO');
	t.like(await room.happened('closing-changed'), {closeAfterReply: false});
});

test('answers a client that finishes sending before it reads, then closes', async t => {
	const room = await openPlayground(t, 'tcp');
	const client = await connectRaw(t, room.address('tcp'));
	client.socket.end('query');
	t.is(await client.readLike('QUERY'), 'QUERY');
	await client.fin;
	await room.happened('socket-closed');
	t.deepEqual(room.types.filter(type => type.startsWith('fin')), ['fin-received', 'fin-sent']);
});

test('leaves a finished client to the person at the server, by manual', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'manual'});
	const client = await connectRaw(t, room.address('tcp'));
	client.socket.end('query');
	await room.happened('fin-received');
	t.is(room.server('tcp').peers[0]?.connection?.state, 'CLOSE_WAIT');
	t.deepEqual(await room.playground.execute({
		type: 'send-from-server', protocol: 'tcp', target: 1, bytes: Buffer.from('answer'),
	}), {refusal: undefined});
	t.is(await client.readLike('answer'), 'answer');
	await room.playground.execute({type: 'half-close-connection', connection: 1});
	await client.fin;
	await room.happened('socket-closed');
});

test('pauses a client that sends without reading its echo, drops none of it, and resumes', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo'});
	const client = await connectRaw(t, room.address('tcp'));
	client.socket.pause();
	const sent = Buffer.alloc(32 * 1024 * 1024, 'socket');
	client.write(sent);
	await room.happened('backpressure-started');
	t.true(room.server('tcp').peers[0]?.connection?.isPaused);
	client.socket.resume();
	await room.happened('backpressure-ended');
	t.true(sent.equals(await client.read(sent.length)));
	t.is(room.scene('tcp').traffic.sent.bytes, sent.length);
});

test('a pane has a row where the encoding of its text has changed, and none where it has not', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	for (const {pane} of [room.server('udp'), room.client('udp')]) {
		for (const encoding of [defaultEncoding, 'euc-kr', 'euc-kr'] as const) {
			await room.playground.execute({type: 'set-encoding', pane, encoding});
		}
	}

	t.deepEqual(room.all('encoding-changed').map(({pane, encoding}) => [pane, encoding]), [
		[room.server('udp').pane, 'euc-kr'], [room.client('udp').pane, 'euc-kr'],
	]);
});

for (const protocol of ['udp', 'tcp'] as const) {
	test(`${protocol}: an encoding that is stepped through has one row for what stays, before the next event at the latest`, async t => {
		const room = await openPlayground(t, protocol, {clients: 1});
		const {pane} = room.server(protocol);
		const step = async (encoding: Encoding): Promise<unknown> =>
			room.playground.execute({
				type: 'set-encoding', pane, encoding, isUntold: true,
			});
		const told = (): readonly string[] => room.all('encoding-changed').map(({encoding}) => encoding);
		for (const encoding of ['euc-kr', 'latin1', 'euc-kr'] as const) {
			await step(encoding);
		}

		t.is(room.server(protocol).encoding, 'euc-kr');
		t.deepEqual(told(), []);
		await room.playground.execute({type: 'tell-changes'});
		await room.playground.execute({type: 'tell-changes'});
		t.deepEqual(told(), ['euc-kr']);
		// Who comes back to what it was has changed nothing.
		await step('latin1');
		await step('euc-kr');
		await room.playground.execute({type: 'tell-changes'});
		t.deepEqual(told(), ['euc-kr']);
		// What is read in an encoding comes behind its row.
		await step('latin1');
		await room.send(room.client(protocol).pane, 'answer this');
		const [received, sent] = protocol === 'udp'
			? ['datagram-received', 'datagram-sent'] as const
			: ['chunk-received', 'chunk-sent'] as const;
		await room.happened(sent, event => event.pane === pane);
		const rows = room.rows(pane).rows.slice(-3);
		t.deepEqual(rows.map(({type}) => type), ['encoding-changed', received, sent]);
		t.deepEqual(told(), ['euc-kr', 'latin1']);
		t.deepEqual(rows.map(({time}) => time), rows.map(({time}) => time).toSorted((a, b) => a - b));
		await room.playground.execute({type: 'tell-changes'});
		t.deepEqual(told(), ['euc-kr', 'latin1']);
	});
}

test('what was changed in a client\'s pane is told before it is removed, also where its socket is closed', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {pane} = room.client('udp');
	await room.playground.execute({type: 'close-client', pane});
	await room.playground.execute({
		type: 'set-encoding', pane, encoding: 'latin1', isUntold: true,
	});
	await room.playground.execute({type: 'remove-client', pane});
	t.deepEqual(room.all('encoding-changed').map(event => event.pane), [pane]);
});

test('a framing that is stepped through has one row, before the first message that is cut so', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {pane} = room.server('tcp');
	for (const framing of ['u8', 'u16be', 'line'] as const) {
		await room.playground.execute({
			type: 'set-framing', pane, framing, isUntold: true,
		});
	}

	t.deepEqual(room.all('framing-changed'), []);
	await room.send(room.client('tcp').pane, 'a line\n');
	await room.happened('message-received');
	t.deepEqual(room.all('framing-changed').map(({framing}) => framing), ['line']);
	t.deepEqual(room.rows(pane).rows.slice(-3).map(({type}) => type), [
		'framing-changed', 'chunk-received', 'message-received',
	]);
});

test('a frame that is not whole when another framing is chosen stands before the row of that', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard', framing: 'u8'});
	const {pane} = room.server('tcp');
	await room.send(room.client('tcp').pane, 'whole');
	await room.happened('message-received');
	await room.playground.execute({type: 'set-framing', pane: room.client('tcp').pane, framing: 'none'});
	await room.send(room.client('tcp').pane, '\u{20}not whole');
	await room.happenedTimes('chunk-received', 2);
	for (const framing of ['u16be', 'line'] as const) {
		await room.playground.execute({
			type: 'set-framing', pane, framing, isUntold: true,
		});
	}

	await room.send(room.client('tcp').pane, 'a line\n');
	await room.happenedTimes('message-received', 2);
	t.deepEqual(room.rows(pane).rows.slice(-4).map(({type}) => type), [
		'framing-failed', 'framing-changed', 'chunk-received', 'message-received',
	]);
});

test('what is stepped through in a relay\'s pane stands before the next event on either side of it', async t => {
	const target = await openRawUdp(t);
	const room = new PlaygroundRoom({relay: {target: target.address, silence: 60_000}, clients: 1});
	t.teardown(async () => room.playground.close());
	await room.playground.execute({type: 'open-scene', protocol: 'udp'});
	const {pane} = room.server('udp');
	await room.send(room.client('udp').pane, 'ask');
	const {from} = await target.inbox.next();
	await room.playground.execute({
		type: 'set-encoding', pane, encoding: 'latin1', isUntold: true,
	});
	target.send('answer', from);
	await room.happenedTimes('datagram-received', 3);
	t.deepEqual(room.rows(pane).rows.slice(-3).map(({type}) => type), [
		'encoding-changed', 'datagram-received', 'datagram-sent',
	]);
});

test('a rule of one\'s own gets what one read has returned, also where that cuts a character', async t => {
	const folder = await temporaryFolder(t);
	const rulesFile = path.join(folder, 'rules.yaml');
	await writeFile(rulesFile, 'rules: [{match: {hex: "b0 a1 8c"}, answer: {text: cut}}, {match: {any: true}, answer: {hex: "00"}}]');
	const room = await openPlayground(t, 'tcp', {reply: 'custom', rulesFile, encoding: 'euc-kr'});
	const client = await connectRaw(t, room.address('tcp'));
	client.write(Buffer.from('b0a18c', 'hex'));
	t.is(await client.readLike('cut'), 'cut');
});
