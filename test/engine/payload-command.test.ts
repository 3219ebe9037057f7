import test from 'ava';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import type {PayloadView} from '../../source/views/payload.ts';

async function read(room: PlaygroundRoom, sequence: number): Promise<unknown> {
	return room.playground.execute({type: 'read-payload', sequence});
}

function payloadOf(room: PlaygroundRoom, sequence: number, offset = 0): PayloadView {
	const view = room.playground.view({
		type: 'payload', sequence, offset, maxBytes: 64,
	});
	if (view?.type !== 'payload') {
		throw new Error('No payload');
	}

	return view;
}

test('hands out a payload as it is', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'echo'});
	const bytes = Buffer.from('안녕\u0000\u001B[2J');
	await room.playground.execute({type: 'send', pane: room.client('tcp').pane, bytes});
	const {sequence} = await room.happened('chunk-received', ({pane}) => pane === room.client('tcp').pane);
	t.deepEqual(await read(room, sequence), {bytes: Uint8Array.from(bytes)});
});

test('says that a payload is gone, was never there, or belongs to no event', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, limits: {events: 8}});
	const {pane} = room.client('udp');
	await room.send(pane, 'old');
	const {sequence} = await room.happened('datagram-sent');
	t.deepEqual(await read(room, sequence), {bytes: Uint8Array.from(Buffer.from('old'))});
	t.deepEqual(await read(room, 0), {refusal: {reason: 'payload-gone'}}, 'the event that a socket was bound has none');
	t.deepEqual(await read(room, -1), {refusal: {reason: 'payload-gone'}});
	t.deepEqual(await read(room, 1000), {refusal: {reason: 'payload-gone'}});
	t.deepEqual(payloadOf(room, 0), {type: 'payload', sequence: 0});
	for (let count = 0; count < 4; count++) {
		await room.send(pane, 'new');
	}

	await room.until(() => room.playground.log.first > sequence, 'the event gone');
	t.deepEqual(await read(room, sequence), {refusal: {reason: 'payload-gone'}});
	t.deepEqual(payloadOf(room, sequence), {type: 'payload', sequence});
});

test('shows a payload whole with its row, a page at a time', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, reply: 'discard'});
	await room.playground.execute({
		type: 'send',
		pane: room.client('udp').pane,
		bytes: Buffer.from('0123456789abcdef'.repeat(20)),
	});
	const {sequence} = await room.happened('datagram-received');
	const view = payloadOf(room, sequence);
	t.like(view, {pane: room.server('udp').pane, row: {type: 'datagram-received', length: 320, number: 1}});
	t.like(view.part, {
		offset: 0, start: 0, kept: 320, length: 320, text: {characters: 320, invalid: 0, cut: 0},
	});
	t.is(Buffer.from(view.part?.bytes ?? []).toString(), '0123456789abcdef'.repeat(5).slice(0, 67));
	t.like(payloadOf(room, sequence, 300).part, {offset: 300, kept: 320});
	t.is(view.row?.bytes?.length, 0, 'the row has no second copy');
	t.deepEqual(structuredClone(view), view);
});
