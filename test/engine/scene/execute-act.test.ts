import test from 'ava';
import {openPlayground, PlaygroundRoom} from '../../helpers/playground-room.ts';
import type {Act, CommandAnswer} from '../../../source/engine/api/command.ts';
import type {Protocol} from '../../../source/log/event.ts';

const halves: readonly Act[] = [
	{type: 'two-writes', bytes: Buffer.from('abcd'), hasPause: true},
	{type: 'split-character', bytes: Buffer.from('a한b')},
];

async function act(room: PlaygroundRoom, protocol: Protocol, what: Act): Promise<CommandAnswer> {
	return room.playground.execute({
		type: 'act', scene: protocol, on: {type: 'client', pane: room.client(protocol).pane}, act: what,
	});
}

for (const protocol of ['udp', 'tcp'] as const) {
	for (const what of halves) {
		test(`${what.type} over ${protocol}: what was closed and opened again in the pause does not get the second half`, async t => {
			const room = await openPlayground(t, protocol, {clients: 1, reply: 'discard'});
			const {pane} = room.client(protocol);
			const type = protocol === 'udp' ? 'datagram-sent' : 'chunk-sent';
			const answer = act(room, protocol, what);
			await room.happened(type);
			await room.playground.execute({type: 'close-client', pane});
			await room.playground.execute({type: 'reopen-client', pane});
			await room.send(pane, 'the next one');
			t.deepEqual(await answer, {refusal: {reason: 'not-open'}});
			t.is(room.all(type).length, 2);
		});

		test(`${what.type} over ${protocol}: the second half follows where nothing was closed`, async t => {
			const room = await openPlayground(t, protocol, {clients: 1, reply: 'discard'});
			t.deepEqual(await act(room, protocol, what), {refusal: undefined});
			await room.happenedTimes(protocol === 'udp' ? 'datagram-received' : 'chunk-received', 2);
		});
	}
}

test('a connection of the server that was closed in the pause is gone for the second half', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	await room.happened('connection-accepted');
	const answer = room.playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: halves[0]!});
	await room.happened('chunk-sent');
	await room.playground.execute({type: 'close-connection', connection: 1});
	t.deepEqual(await answer, {refusal: {reason: 'peer-gone'}});
	t.is(room.all('chunk-sent').length, 1);
});

test('a write is read before the second one follows, however long the thread had no processor', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	await room.happened('connection-accepted');
	const answer = act(room, 'tcp', halves[0]!);
	await Promise.resolve();
	const end = performance.now() + 220;
	while (performance.now() < end) {
		// The thread is busy.
	}

	await answer;
	const received = await room.happenedTimes('chunk-received', 2);
	t.deepEqual(received.map(({bytes}) => Buffer.from(bytes).toString()), ['ab', 'cd']);
});

test('a scene has all of its panes from the first moment on, before any socket is open', async t => {
	const room = new PlaygroundRoom({clients: 3});
	t.teardown(async () => room.playground.close());
	for (const protocol of ['udp', 'tcp'] as const) {
		const opened = room.playground.execute({type: 'open-scene', protocol});
		t.is(room.scene(protocol).clients.length, 3);
		t.not(room.server(protocol).state.type, 'open');
		await opened;
		t.is(room.scene(protocol).clients.length, 3);
	}
});
