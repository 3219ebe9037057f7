import path from 'node:path';
import test from 'ava';
import type {Refusal} from '../../../../source/engine/api/command.ts';
import type {SocketEvent} from '../../../../source/log/event.ts';
import type {Sequence} from '../../../../source/messages/message.ts';
import {compileSequence} from '../../../../source/messages/messages-file.ts';
import {parseMessages} from '../../../../source/messages/parse-messages.ts';
import {lineEndings, messageEncoding} from '../../../../source/screen/input/line/draft.ts';
import {utf8Codec} from '../../../../source/text/encoding/codec.ts';
import {openPlayground, type PlaygroundRoom} from '../../../helpers/playground-room.ts';
import {temporaryFolder} from '../../../helpers/temporary-folder.ts';

type Ended = Extract<SocketEvent, {type: 'sequence-ended'}>;

/** The sequences of a file, ready to be sent. */
async function sequencesOf(source: string): Promise<Readonly<Record<string, Sequence>>> {
	const read = parseMessages(source, {endings: lineEndings, sizeOf: () => 0});
	if ('problems' in read) {
		throw new Error(JSON.stringify(read.problems));
	}

	const encoding = messageEncoding(utf8Codec, 'none');
	const compiled = await Promise.all(read.map(async sequence => compileSequence(sequence, '.', encoding)));
	return Object.fromEntries(compiled.map(sequence => [sequence.name, sequence]));
}

async function start(room: PlaygroundRoom, pane: number, sequence: Sequence | undefined): Promise<Refusal | undefined> {
	const {refusal} = await room.playground.execute({type: 'send-messages', pane, sequence: sequence!});
	return refusal;
}

/** How sequences have ended, and all that was received as text. */
function follow(room: PlaygroundRoom): {readonly ends: Ended[]; readonly received: (pane: number) => string[]} {
	const ends: Ended[] = [];
	const received = new Map<number, string[]>();
	room.playground.log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			const event = entry.type === 'event' ? entry.event : undefined;
			if (event?.type === 'sequence-ended') {
				ends.push(event);
			} else if (event?.type === 'datagram-received' || event?.type === 'chunk-received') {
				received.set(event.pane, [...received.get(event.pane) ?? [], Buffer.from(event.bytes).toString()]);
			}
		},
	});
	return {ends, received: pane => received.get(pane) ?? []};
}

test('a message counts by its name, from whichever pane it is sent; a sequence has its pauses and rounds, and a row at its end', async t => {
	const room = await openPlayground(t, 'udp', {clients: 2, reply: 'discard'});
	const {ends, received} = follow(room);
	const {hello, twice} = await sequencesOf(`
messages: {hello: {text: "hello {counter}"}}
sequences:
  twice: {repeat: 2, steps: [hello, {text: "in {counter:02}"}, {pause: 40ms}]}
`);
	const server = room.server('udp').pane;
	const first = room.client('udp').pane;
	t.is(await start(room, first, hello), undefined);
	t.is(await start(room, room.client('udp', 1).pane, hello), undefined);
	const began = performance.now();
	t.is(await start(room, first, twice), undefined);
	t.like(room.client('udp').sequence, {name: 'twice', wanted: 4});
	t.like(await start(room, first, hello), {reason: 'messages-under-way'});
	const {refusal} = await room.playground.execute({type: 'start-series', pane: first, series: {count: 1, rate: undefined}});
	t.like(refusal, {reason: 'messages-under-way'});
	const typed = await room.send(first, 'typed between');
	t.is(typed.refusal, undefined);
	await room.until(() => ends.length === 1 && received(server).length === 7, 'all of them');
	t.true(performance.now() - began >= 39);
	t.deepEqual(received(server).toSorted(), [
		'hello 1', 'hello 2', 'hello 3', 'hello 4', 'in 01', 'in 02', 'typed between',
	]);
	t.like(ends[0], {
		type: 'sequence-ended', pane: first, name: 'twice', count: 4, reason: 'done',
	});
	t.is(room.client('udp').sequence, undefined);
	const rows = room.rows(first).rows.map(({type}) => type);
	t.is(rows.at(-1), 'sequence-ended');
});

test('a message that no datagram holds is refused with the limit, and nothing of its sequence is sent', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {large} = await sequencesOf(`sequences: {large: [{text: a}, {text: "${'x'.repeat(65_508)}"}]}`);
	t.deepEqual(await start(room, room.client('udp').pane, large), {
		reason: 'message-too-large', name: 'large/2', size: 65_508, limit: 65_507,
	});
	t.is(room.client('udp').sequence, undefined);
	t.is(room.client('udp').sent.count, 0);
	await room.send(room.client('udp').pane, 'hello');
	await room.happened('datagram-received');
	for (const target of [undefined, 1, 'all'] as const) {
		const {refusal} = await room.playground.execute({
			type: 'send-messages', pane: room.server('udp').pane, sequence: large!, ...(target && {target}),
		});
		t.like(refusal, {reason: 'message-too-large', limit: 65_507});
	}
});

test('the longest message that a datagram holds is sent', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {longest} = await sequencesOf(`messages: {longest: {text: "${'x'.repeat(65_507)}"}}`);
	t.is(await start(room, room.client('udp').pane, longest), undefined);
	const {length} = await room.happened('datagram-received');
	t.is(length, 65_507);
});

test('a sequence ends with the socket of its pane, also during a pause', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('udp');
	const {ends} = follow(room);
	const {slow} = await sequencesOf('sequences: {slow: [{text: one}, {pause: 60s}, {text: two}]}');
	t.is(await start(room, pane, slow), undefined);
	await room.happened('datagram-received');
	await room.playground.execute({type: 'close-client', pane});
	t.like(ends, [{pane, reason: 'closed', count: 1}]);
	t.is(room.client('udp').sequence, undefined);
});

test('a server sends them to its target as typed messages, and a key stops them', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 2, reply: 'manual'});
	const {ends, received} = follow(room);
	const {beat} = await sequencesOf('sequences: {beat: {repeat: forever, steps: [{text: "beat {counter}"}, {pause: 1ms}]}}');
	const server = room.server('tcp');
	t.is(await start(room, server.pane, beat), undefined);
	const target = room.client('tcp', server.peers[0]?.address.port === portOf(room, 0) ? 0 : 1).pane;
	await room.until(() => received(target).join('').includes('beat 3'), 'three of them');
	t.like(room.server('tcp').sequence, {name: 'beat', wanted: undefined});
	const {refusal} = await room.playground.execute({type: 'stop-messages', pane: server.pane});
	t.is(refusal, undefined);
	t.like(ends[0], {name: 'beat', reason: 'stopped', pane: server.pane});
	const again = await room.playground.execute({type: 'stop-messages', pane: server.pane});
	t.like(again.refusal, {reason: 'no-messages'});
});

function portOf(room: PlaygroundRoom, place: number): number {
	const {state} = room.client('tcp', place);
	return state.type === 'connected' ? state.local.port : 0;
}

test('a peer that does not read holds a sequence up; all of it arrives in its order when it reads again', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {ends} = follow(room);
	const {pane} = room.client('tcp');
	const piece = 'x'.repeat(200_000);
	const {all} = await sequencesOf(`sequences: {all: {repeat: 60, steps: [{text: "{counter:06}${piece}"}]}}`);
	let text = '';
	room.playground.log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			if (entry.type === 'event' && entry.event.type === 'chunk-received') {
				text += Buffer.from(entry.event.bytes).toString('latin1').replaceAll('x', '');
			}
		},
	});
	await room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'stop-reading'}});
	t.is(await start(room, pane, all), undefined);
	await room.until(() => room.client('tcp').waiting > 1024 * 1024, 'the queue');
	t.true(room.client('tcp').waiting < 2 * 1024 * 1024);
	const held = room.client('tcp').sequence?.sent ?? 0;
	t.true(held > 0 && held < 60);
	t.deepEqual(ends, []);
	await room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'read-again'}});
	await room.until(() => ends.length === 1 && text.length === 360, 'all of it');
	t.is(text, Array.from({length: 60}, (_, index) => String(index + 1).padStart(6, '0')).join(''));
	t.like(ends[0], {count: 60, reason: 'done'});
});

test('a server waits for room, too, and nothing of it is refused', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'manual'});
	const {ends} = follow(room);
	const {pane} = room.client('tcp');
	const server = room.server('tcp').pane;
	const {all} = await sequencesOf(`sequences: {all: {repeat: 40, steps: [{text: "${'x'.repeat(200_000)}"}]}}`);
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'stop-reading'}});
	t.is(await start(room, server, all), undefined);
	await room.until(() => (room.server('tcp').peers[0]?.connection?.waiting ?? 0) > 1024 * 1024, 'the queue');
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'read-again'}});
	await room.until(() => ends.length === 1 && room.client('tcp').received.bytes === 8_000_000, 'all of it');
	t.false(room.rows(server).rows.some(({type}) => type === 'send-refused'));
});

test('with a framing, each message of a sequence is sent in its frame, as one that is typed', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard', framing: 'u16be'});
	const {pair} = await sequencesOf('sequences: {pair: [{text: "one"}, {hex: "02 {length:u8} 61"}]}');
	const messages: string[] = [];
	room.playground.log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			if (entry.type === 'event' && entry.event.type === 'message-received') {
				messages.push(Buffer.from(entry.event.bytes).toString('latin1'));
			}
		},
	});
	t.is(await start(room, room.client('tcp').pane, pair), undefined);
	await room.until(() => messages.length === 2, 'both');
	t.deepEqual(messages, ['one', '\u{2}\u{1}a']);
	t.is(room.client('tcp').sent.bytes, 2 + 3 + 2 + 3);
});

test('a connection that is closed during a pause ends the sequence, and it does not go on over the next one', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {ends} = follow(room);
	const {pane} = room.client('tcp');
	const {slow, empty, second} = await sequencesOf(`
messages: {empty: {text: ""}}
sequences: {slow: [{text: a}, {pause: 60s}, {text: b}], second: [{text: a}, empty]}
`);
	t.is(await start(room, pane, slow), undefined);
	t.like(await start(room, pane, empty), {reason: 'messages-under-way'});
	await room.playground.execute({type: 'close-connection', connection: 1});
	await room.until(() => ends.length === 1, 'its end');
	t.like(ends[0], {name: 'slow', count: 1, reason: 'closed'});
	await room.playground.execute({type: 'reopen-client', pane});
	t.like(await start(room, pane, empty), {reason: 'empty-write'});
	t.is(await start(room, pane, second), undefined);
	await room.until(() => ends.length === 2, 'its end');
	t.like(ends[1], {
		name: 'second', count: 1, reason: 'failed', problem: 'empty-write',
	});
	t.is(room.client('tcp').sequence, undefined);
});

test('what is stopped while TCP still connects is not sent', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {ends, received} = follow(room);
	const {pane} = room.client('tcp');
	const {hello, twice} = await sequencesOf('{messages: {hello: {text: hello}}, sequences: {twice: [hello, hello]}}');
	for (const sequence of [hello!, twice!]) {
		await room.playground.execute({type: 'close-client', pane});
		const connected = room.playground.execute({type: 'reopen-client', pane});
		const begun = start(room, pane, sequence);
		const {refusal} = await room.playground.execute({type: 'stop-messages', pane});
		t.is(refusal, undefined);
		t.is(await begun, undefined);
		await connected;
	}

	await room.send(pane, 'after');
	const server = room.server('tcp').pane;
	await room.until(() => received(server).length > 0, 'what is sent after that');
	t.deepEqual(received(server), ['after']);
	t.deepEqual(ends.map(({name, count, reason}) => [name, count, reason]), [['twice', 0, 'stopped']]);
});

test('what is sent right before a saved message, and right behind it, stays there, also while TCP still connects', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard', framing: 'line'});
	const {pane} = room.client('tcp');
	const {hello} = await sequencesOf('messages: {hello: {text: hello}}');
	for (const isConnecting of [true, false]) {
		if (isConnecting) {
			await room.playground.execute({type: 'close-client', pane});
			void room.playground.execute({type: 'reopen-client', pane});
		}

		void room.send(pane, 'before');
		void start(room, pane, hello);
		void room.send(pane, 'behind');
		await room.happenedTimes('message-received', isConnecting ? 3 : 6);
	}

	const texts = room.all('message-received').map(({bytes}) => Buffer.from(bytes).toString());
	t.deepEqual(texts, ['before', 'hello', 'behind', 'before', 'hello', 'behind']);
});

for (const before of [1, 2]) {
	test(`a sequence does not go on over the next socket of its pane, which is opened in a pause behind ${before} messages`, async t => {
		const room = await openPlayground(t, 'udp', {clients: 1, reply: 'manual'});
		const {ends, received} = follow(room);
		const client = room.client('udp').pane;
		await room.send(client, 'hello');
		await room.happened('datagram-received');
		const first = Array.from({length: before}, () => '{text: first}').join(', ');
		const {slow} = await sequencesOf(`sequences: {slow: [${first}, {pause: 2s}, {text: late}]}`);
		const {refusal} = await room.playground.execute({
			type: 'send-messages', pane: room.server('udp').pane, sequence: slow!, target: 'all',
		});
		t.is(refusal, undefined);
		await room.until(() => received(client).length === before, 'those before the pause');
		await room.playground.execute({type: 'stop-server', protocol: 'udp'});
		await room.playground.execute({type: 'open-server', protocol: 'udp'});
		await room.send(client, 'a peer of the next one');
		await room.until(() => ends.length === 1, 'its end');
		t.like(ends[0], {reason: 'closed', count: before});
		t.is(ends[0]!.problem, undefined);
		t.is(received(client).length, before);
	});
}

test('a sequence of a server that is stopped in a pause ends as its socket is closed, and with the playground', async t => {
	for (const how of ['stop-server', 'close'] as const) {
		const room = await openPlayground(t, 'udp', {clients: 1, reply: 'manual'});
		const {ends} = follow(room);
		await room.send(room.client('udp').pane, 'hello');
		await room.happened('datagram-received');
		const pause = how === 'close' ? '60s' : '2s';
		const {slow} = await sequencesOf(`sequences: {slow: [{text: first}, {pause: ${pause}}, {text: late}]}`);
		t.is(await start(room, room.server('udp').pane, slow), undefined);
		await (how === 'close' ? room.playground.close() : room.playground.execute({type: how, protocol: 'udp'}));
		if (how === 'stop-server') {
			await room.until(() => ends.length === 1, 'its end');
		}

		t.like(ends, [{reason: 'closed', count: 1}]);
		t.is(ends[0]!.problem, undefined);
	}
});

test('a sequence whose client has sent its FIN in a pause ends as closed: nothing has failed', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'manual'});
	const {pane} = room.client('tcp');
	const {ends} = follow(room);
	const {slow} = await sequencesOf('sequences: {slow: [{text: first}, {pause: 2s}, {text: late}]}');
	t.is(await start(room, pane, slow), undefined);
	await room.playground.execute({type: 'half-close-client', pane});
	await room.until(() => ends.length === 1, 'its end');
	t.like(ends[0], {reason: 'closed', count: 1});
	t.is(ends[0]!.problem, undefined);
});

test('while saved messages are sent, what comes may be written to a file, and none is sent', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('tcp');
	const {slow} = await sequencesOf('sequences: {slow: [{text: first}, {pause: 60s}, {text: late}]}');
	t.is(await start(room, pane, slow), undefined);
	const file = path.join(await temporaryFolder(t), 'file');
	const refusals = [];
	for (const type of ['receive-file', 'send-file'] as const) {
		const {refusal} = await room.playground.execute({type, pane, path: file});
		refusals.push(refusal?.reason);
	}

	t.deepEqual(refusals, [undefined, 'messages-under-way']);
});
