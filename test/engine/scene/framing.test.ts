/* Messages with a framing: of the server, of its rules, of a client and of its series. */
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {
	type Framing, frameMessage, maxMessage, type UnfinishedFrame,
} from '../../../source/text/framing.ts';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import {connectRaw, openRawServer, type RawConnection} from '../../helpers/raw-tcp.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

function frame(text: string, framing: Framing): Uint8Array {
	return frameMessage(Buffer.from(text), framing)!.bytes;
}

function frames(framing: Framing, ...texts: readonly string[]): Uint8Array {
	return Buffer.concat(texts.map(text => frame(text, framing)));
}

async function readFrames(connection: RawConnection, framing: Framing, ...texts: readonly string[]): Promise<boolean> {
	const expected = frames(framing, ...texts);
	return Buffer.from(await connection.read(expected.length)).equals(expected);
}

/** What became whole: texts, with the first and the last read of each. */
function messages(room: PlaygroundRoom, pane: number): Array<[text: string, first: number, last: number]> {
	return room.all('message-received')
		.filter(event => event.pane === pane)
		.map(({bytes, reads}) => [Buffer.from(bytes).toString(), reads.first, reads.last]);
}

for (const framing of ['line', 'u8', 'u16be', 'u16le', 'u32be', 'u32le'] as const) {
	test(`answers messages however many reads they came in, and frames the answers: ${framing}`, async t => {
		const room = await openPlayground(t, 'tcp', {reply: 'uppercase', framing});
		const peer = await connectRaw(t, room.address('tcp'));
		peer.write(frames(framing, 'one', '', '한'));
		t.true(await readFrames(peer, framing, 'ONE', '', '한'));
		const four = frame('four', framing);
		peer.write(four.subarray(0, 1));
		const reads = await room.happenedTimes('chunk-received', 2);
		t.is(reads.at(-1)?.length, 1);
		const unfinished = (): UnfinishedFrame | undefined => room.scene('tcp').server!.peers[0]!.connection!.unfinished;
		t.deepEqual(unfinished(), {length: 1, whole: framing === 'u8' ? 5 : undefined});
		peer.write(four.subarray(1, -1));
		await room.happenedTimes('chunk-received', 3);
		t.is(room.all('message-received').length, 3);
		peer.write(Buffer.concat([four.subarray(-1), frame('five', framing)]));
		t.true(await readFrames(peer, framing, 'FOUR', 'FIVE'));
		t.is(unfinished(), undefined);
		t.deepEqual(messages(room, room.server('tcp').pane), [
			['one', 1, 1],
			['', 1, 1],
			['한', 1, 1],
			['four', 2, 4],
			['five', 4, 4],
		]);
		t.deepEqual(room.all('message-received').map(({message}) => message), [1, 2, 3, 4, 5]);
	});
}

test('without a framing a read is answered as it came, and nothing is a message', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo'});
	const peer = await connectRaw(t, room.address('tcp'));
	peer.write('\u0000\u0003ab');
	t.is(await peer.readLike('\u0000\u0003ab'), '\u0000\u0003ab');
	peer.write('c\n');
	await peer.read(2);
	t.is(room.all('message-received').length, 0);
});

test('a client frames what is typed, and cuts what comes into messages, which are timed', async t => {
	const server = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {clients: 1, connect: server.address, framing: 'u16be'});
	const {pane} = room.client('tcp');
	const peer = await server.accepted.next();
	await room.send(pane, 'hello');
	await room.send(pane, '');
	t.true(await readFrames(peer, 'u16be', 'hello', ''));
	const answers = frames('u16be', 'HELLO', 'there', 'you are');
	peer.write(answers.subarray(0, 3));
	await room.happenedTimes('chunk-received', 1);
	t.deepEqual(room.client('tcp').unfinished, {length: 3, whole: 7});
	peer.write(answers.subarray(3));
	const [first, second, third] = await room.happenedTimes('message-received', 3);
	t.deepEqual(messages(room, pane), [['HELLO', 1, 2], ['there', 2, 2], ['you are', 2, 2]]);
	t.true(first!.elapsed! >= second!.elapsed!, 'of the first message, and of the second');
	t.is(third!.elapsed, undefined, 'nothing else was sent');
	t.true(room.all('chunk-received').every(({elapsed}) => elapsed === undefined));
});

test('what no frame holds is refused, and as an answer it is a row', async t => {
	const folder = await temporaryFolder(t);
	const rulesFile = path.join(folder, 'rule.mjs');
	await writeFile(rulesFile, `export default (message, peer) => {
		peer.sendToOthers(message);
		return message.length === 2 ? 'x'.repeat(300) : \`\${message.length} bytes\`;
	};`);
	const room = await openPlayground(t, 'tcp', {
		clients: 1, reply: 'custom', rulesFile, framing: 'u8',
	});
	const {pane} = room.client('tcp');
	const refusal = {
		reason: 'larger-than-frame', framing: 'u8', length: 256, limit: 255,
	};
	t.like(await room.send(pane, 'x'.repeat(256)), {refusal});
	const series = {count: 2, rate: undefined, bytes: Buffer.alloc(256)};
	t.like(await room.playground.execute({type: 'start-series', pane, series}), {refusal});
	t.is(room.all('chunk-sent').length, 0);
	const peer = await connectRaw(t, room.address('tcp'));
	peer.write(frames('u8', 'hi', 'there'));
	t.true(await readFrames(peer, 'u8', '5 bytes'), 'the first has no answer');
	t.like(await room.happened('framing-failed'), {
		cause: 'unsendable', framing: 'u8', length: 300, limit: 255,
	});
	await room.until(() => messages(room, pane).length === 2, 'what is for the others');
	t.deepEqual(messages(room, pane).map(([text]) => text), ['hi', 'there']);
	t.is(room.all('rule-failed').length, 0);
});

test('a frame that is too long, or that the connection ends in, is a row, and the server goes on', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo', framing: 'u32be'});
	const peer = await connectRaw(t, room.address('tcp'));
	const head = Buffer.alloc(4);
	head.writeUInt32BE(maxMessage + 1);
	peer.write(head);
	t.like(await room.happened('framing-failed'), {cause: 'too-long', length: maxMessage + 1, limit: maxMessage});
	peer.write(Buffer.alloc(maxMessage + 1));
	peer.write(frame('after', 'u32be'));
	t.true(await readFrames(peer, 'u32be', 'after'));
	peer.socket.end(frame('never whole', 'u32be').subarray(0, 9));
	t.like(await room.happened('framing-failed', ({cause}) => cause === 'unfinished'), {length: 9, limit: 15});
	await peer.fin;
	const other = await connectRaw(t, room.address('tcp'));
	other.write(frame('next', 'u32be'));
	t.true(await readFrames(other, 'u32be', 'next'));
	other.write(Uint8Array.of(1));
	await room.until(() => room.server('tcp').peers[0]?.received.bytes === 9, 'the byte');
	other.socket.resetAndDestroy();
	await room.until(() => room.all('framing-failed').length === 3, 'the row of the connection that was reset');
	t.like(room.all('framing-failed')[2], {cause: 'unfinished', length: 1, limit: 0});
});

test('a series counts as answered as many messages as come back, whatever their length', async t => {
	const server = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {clients: 1, connect: server.address, framing: 'line'});
	const {pane} = room.client('tcp');
	const peer = await server.accepted.next();
	await room.send(pane, 'not of the series');
	await peer.read(18);
	await room.playground.execute({type: 'start-series', pane, series: {count: 3, rate: undefined}});
	const change = {type: 'set-framing', pane, framing: 'none'} as const;
	t.deepEqual(await room.playground.execute(change), {refusal: {reason: 'series-under-way'}}, 'its answers are counted by messages');
	await peer.read(3 * 15);
	const view = (): {readonly answered: number; readonly bytesAnswered: number; readonly isRunning: boolean} => {
		const {series} = room.client('tcp');
		return {...series!.report, isRunning: series!.isRunning};
	};

	peer.write('a long answer that is longer than three messages of the series together\n');
	await room.happenedTimes('message-received', 1);
	peer.write('ok\n');
	await room.happenedTimes('message-received', 2);
	await turn();
	t.like(view(), {answered: 2, isRunning: true});
	peer.write('\n');
	await room.happened('series-ended');
	t.like(view(), {answered: 3, bytesAnswered: 73, isRunning: false});
});

test('a series to the playground\'s own server adds up with a framing', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'uppercase', framing: 'u16le'});
	const {pane} = room.client('tcp');
	await room.playground.execute({type: 'start-series', pane, series: {count: 200, rate: undefined}});
	await room.happened('series-ended');
	t.like(room.client('tcp').series?.report, {
		counts: 'answers', sent: 200, answered: 200, waiting: 0,
	});
	t.is(messages(room, pane).at(-1)?.[0], 'MESSAGE 000200');
	await room.playground.execute({type: 'set-rule', protocol: 'tcp', rule: 'discard'});
	await room.playground.execute({type: 'start-series', pane, series: {count: 20, rate: undefined}});
	await room.happenedTimes('series-ended', 2);
	t.like(room.client('tcp').series?.report, {counts: 'arrivals', sent: 20, answered: 20});
});

test('what was sent with another framing is not awaited any longer', async t => {
	const server = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {clients: 1, connect: server.address});
	const {pane} = room.client('tcp');
	const peer = await server.accepted.next();
	await room.send(pane, 'unanswered');
	await peer.read(10);
	await room.playground.execute({type: 'set-framing', pane, framing: 'u8'});
	const before = room.playground.log.now();
	await room.send(pane, 'x');
	await peer.read(2);
	peer.write(frames('u8', 'X', 'Y'));
	const [first, second] = await room.happenedTimes('message-received', 2);
	t.true(first!.elapsed! <= room.playground.log.now() - before, 'since x was sent');
	t.is(second!.elapsed, undefined, 'nothing else was sent since');
});

test('each pane has a framing of its own, which changes for what is read from then on', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 2, reply: 'echo'});
	const {pane} = room.client('tcp');
	const server = room.server('tcp').pane;
	await room.playground.execute({type: 'set-framing', pane: server, framing: 'line'});
	t.like(await room.happened('framing-changed'), {pane: server, framing: 'line'});
	t.deepEqual([room.server('tcp').framing, room.client('tcp').framing], ['line', undefined]);
	await room.send(pane, 'half ');
	await room.until(() => room.server('tcp').peers.some(({received}) => received.bytes === 5), 'five bytes');
	await room.playground.execute({type: 'set-framing', pane, framing: 'line'});
	await room.send(pane, 'a line');
	await room.happenedTimes('message-received', 2);
	t.deepEqual([messages(room, server), messages(room, pane)], [[['half a line', 1, 2]], [['half a line', 1, 1]]]);
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'two-writes', bytes: Buffer.from('abcd'), hasPause: true}});
	await room.happenedTimes('message-received', 4);
	t.deepEqual(messages(room, server).at(-1), ['abcd', 3, 4], 'the frame is in two writes');
	const [, other] = room.scene('tcp').clients;
	await room.playground.execute({type: 'set-framing', pane: other!.pane, framing: 'none'});
	await room.send(other!.pane, 'x');
	await room.until(() => room.all('chunk-sent').some(event => event.pane === other!.pane), 'one byte');
	t.is(room.all('chunk-sent').find(event => event.pane === other!.pane)?.length, 1);
});

test('UDP has no framing', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, framing: 'line', reply: 'echo'});
	const {pane} = room.client('udp');
	await room.send(pane, 'as it is');
	t.is(await room.textOf('datagram-received'), 'as it is');
	for (const each of [pane, room.server('udp').pane]) {
		t.like(await room.playground.execute({type: 'set-framing', pane: each, framing: 'u8'}), {refusal: {reason: 'udp-has-none'}});
	}

	t.is(room.all('framing-changed').length, 0);
});

test('the bytes view tells which reads made which message', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'discard', framing: 'u8'});
	const peer = await connectRaw(t, room.address('tcp'));
	const stream = frames('u8', 'first', 'second', 'third');
	for (const [index, piece] of [stream.subarray(0, 2), stream.subarray(2, 8), stream.subarray(8)].entries()) {
		peer.write(piece);
		await room.happenedTimes('chunk-received', index + 1);
	}

	const {rows} = room.rows(room.server('tcp').pane, 'bytes');
	const shares = (kind: 'chunk-received' | 'message-received', field: 'ledger' | 'messages'): unknown =>
		rows.filter(({type}) => type === kind).map(row =>
			row[field]?.parts.map(({number, from, length}) => [number, from, length]));
	t.deepEqual(shares('message-received', 'ledger'), [[[1, 0, 2], [2, 0, 4]], [[2, 4, 2], [3, 0, 5]], [[3, 5, 6]]]);
	t.deepEqual(shares('chunk-received', 'messages'), [[[1, 0, 2]], [[1, 2, 4], [2, 0, 2]], [[2, 2, 5], [3, 0, 6]]]);
});

test('a series to another program does not hold the answers of the playground\'s server', async t => {
	const elsewhere = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'echo'});
	const {pane} = room.client('tcp');
	await room.playground.execute({type: 'close-client', pane});
	await room.playground.execute({type: 'set-destination', pane, destination: elsewhere.address});
	await room.playground.execute({type: 'reopen-client', pane});
	await room.playground.execute({type: 'start-series', pane, series: {count: undefined, rate: 20}});
	t.true(room.client('tcp').series?.isRunning);
	t.deepEqual(await room.playground.execute({type: 'set-rule', protocol: 'tcp', rule: 'reverse'}), {refusal: undefined});
	await room.playground.execute({type: 'stop-series', pane});
});

test('what answers a series stays as it is while the answers are counted', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 2, reply: 'echo', framing: 'u8'});
	const [first, second] = room.scene('tcp').clients;
	await room.playground.execute({type: 'start-series', pane: second!.pane, series: {count: undefined, rate: 20}});
	const {pane} = room.server('tcp');
	const commands = [
		{type: 'set-framing', pane, framing: 'line'},
		{type: 'set-rule', protocol: 'tcp', rule: 'reverse'},
		{type: 'set-encoding', pane, encoding: 'utf-16le'},
	] as const;
	for (const command of commands) {
		t.deepEqual(await room.playground.execute(command), {refusal: {reason: 'answers-are-counted', client: 2}});
	}

	t.like(await room.playground.execute({type: 'set-framing', pane: first!.pane, framing: 'line'}), {refusal: undefined});
	await room.playground.execute({type: 'stop-series', pane: second!.pane});
	await room.happened('series-ended');
	const {report} = room.scene('tcp').clients[1]!.series!;
	t.is(report.answered + report.waiting, report.sent);
	for (const command of commands) {
		t.deepEqual(await room.playground.execute(command), {
			refusal: command.type === 'set-encoding' ? {reason: 'no-lines-of', encoding: 'utf-16le'} : undefined,
		});
	}
});

test('lines and an encoding whose line feed is two bytes exclude each other in every pane', async t => {
	const target = await openRawServer(t);
	const relay = {target: target.address, silence: 60_000};
	for (const options of [{clients: 1, relay: undefined}, {clients: 1, relay}]) {
		const room = await openPlayground(t, 'tcp', options);
		if (options.relay) {
			await target.accepted.next();
		}

		for (const {pane} of [room.server('tcp'), room.client('tcp')]) {
			const set = async (command: {framing: Framing} | {encoding: 'utf-16le'}): Promise<string | undefined> => {
				const {refusal} = await room.playground.execute('framing' in command
					? {type: 'set-framing', pane, ...command}
					: {type: 'set-encoding', pane, ...command});
				return refusal?.reason;
			};

			t.is(await set({framing: 'line'}), undefined);
			t.is(await set({encoding: 'utf-16le'}), 'no-lines-of');
			t.is(await set({framing: 'u16le'}), undefined);
			t.is(await set({encoding: 'utf-16le'}), undefined);
			t.is(await set({framing: 'line'}), 'no-lines-of');
		}
	}
});

test('in UDP nothing is framed, so that no encoding is refused where messages of TCP are lines', async t => {
	const room = await openPlayground(t, 'udp', {framing: 'line'});
	const {pane} = room.server('udp');
	t.deepEqual(await room.playground.execute({type: 'set-encoding', pane, encoding: 'utf-16le'}), {refusal: undefined});
});

test('the beginning of a character that came before another framing is answered, and no byte of it is lost', async t => {
	const room = await openPlayground(t, 'tcp');
	const peer = await connectRaw(t, room.address('tcp'));
	peer.write(Uint8Array.of(0x61, 0xED, 0x95));
	await room.happened('chunk-received');
	await room.playground.execute({type: 'set-framing', pane: room.server('tcp').pane, framing: 'u8'});
	t.deepEqual([...await peer.read(3)], [0x41, 0xED, 0x95]);
	peer.write(frame('한', 'u8'));
	t.true(await readFrames(peer, 'u8', '한'));
});

test('a write in a frame says which messages it has, in rows, in the bytes view and in the flow diagram', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'echo', framing: 'line'});
	const {pane} = room.client('tcp');
	await room.send(pane, 'one');
	await room.happenedTimes('message-received', 2);
	await room.send(pane, 'two\nthree\n');
	await room.happenedTimes('message-received', 6);
	const act = {type: 'two-writes', bytes: Buffer.from('four'), hasPause: true} as const;
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act});
	await room.happenedTimes('message-received', 8);
	await room.playground.execute({type: 'set-framing', pane, framing: 'none'});
	await room.send(pane, 'bare');
	await room.until(() => room.all('chunk-sent').filter(event => event.pane === pane).length === 5, 'five writes');
	const framed = (count: number, first: number): unknown => ({framing: 'line', first, count});
	const expected = [framed(1, 1), framed(2, 2), framed(0, 4), framed(1, 4), undefined];
	const ofClient = ({pane: own, type}: {readonly pane: number; readonly type: string}): boolean =>
		own === pane && type === 'chunk-sent';
	t.deepEqual(room.all('chunk-sent').filter(event => ofClient(event)).map(event => event.framed), expected);
	t.is(room.all('chunk-sent').find(event => event.pane !== pane)?.framed?.first, 1, 'an answer is framed, too');
	const rows = room.rows(pane).rows.filter(row => ofClient(row));
	t.deepEqual(rows.map(row => row.framed), expected);
	const view = room.playground.view({
		type: 'flow', scene: 'tcp', focus: undefined, rows: 50, end: undefined,
	});
	const notes = view?.type === 'flow' ? view.steps.flatMap(({note}) => note?.type === 'messages' ? [[note.first, note.last]] : []) : [];
	t.deepEqual(notes.slice(0, 2), [[1, 1], [1, 1]], 'there and back');
	t.true(notes.some(([first, last]) => first === 2 && last === 3));
	t.is(room.client('tcp').rateSummary.roundTrip?.last === undefined, false);
	t.true(room.client('tcp').rateSummary.roundTrip!.last < 10_000, 'no number of a message is taken for a time');
});

test('reads from another program name their messages in the flow diagram', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'discard', framing: 'u8'});
	const peer = await connectRaw(t, room.address('tcp'));
	peer.write(frames('u8', 'one', 'two').subarray(0, 6));
	await room.happenedTimes('chunk-received', 1);
	peer.write(frames('u8', 'one', 'two').subarray(6));
	await room.happenedTimes('message-received', 2);
	const view = room.playground.view({
		type: 'flow', scene: 'tcp', focus: undefined, rows: 50, end: undefined,
	});
	const notes = view?.type === 'flow' ? view.steps.flatMap(({note}) => note?.type === 'messages' ? [[note.first, note.last]] : []) : [];
	t.deepEqual(notes, [[1, 2], [2, 2]]);
});
