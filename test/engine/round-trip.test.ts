/* Where the round-trip time of an answer was spent, by the events that the log has. */
import test from 'ava';
import type {PayloadView} from '../../source/views/payload.ts';
import {perfect} from '../../source/link/conditions.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';

function payloadOf(room: PlaygroundRoom, sequence: number): PayloadView {
	const view = room.playground.view({
		type: 'payload', sequence, offset: 0, maxBytes: 64,
	});
	if (view?.type !== 'payload') {
		throw new Error('No payload');
	}

	return view;
}

for (const protocol of ['udp', 'tcp'] as const) {
	test(`a round-trip time has parts that are measured, and together they are all of it, over ${protocol}`, async t => {
		const room = await openPlayground(t, protocol, {clients: 2, link: {...perfect, delay: 30}});
		const [first, second] = room.scene(protocol).clients;
		if (protocol === 'tcp') {
			await room.happenedTimes('connection-opened', 2);
		}

		const type = protocol === 'udp' ? 'datagram-received' : 'chunk-received';
		for (const text of ['one', 'two']) {
			await room.send(first!.pane, text);
			await room.send(second!.pane, text);
		}

		const answers = await room.until(() => {
			const all = room.all(type).filter(({pane}) => pane === first!.pane);
			return all.reduce((sum, {length}) => sum + length, 0) === 6 && all;
		}, 'both answers');
		for (const {sequence, elapsed = Number.NaN} of answers) {
			const {there, server, back} = payloadOf(room, sequence).roundTrip!;
			t.true(Math.abs(there + server + back - elapsed) < 0.001, `${there} + ${server} + ${back} = ${elapsed}`);
			t.true(there >= 29 && back >= 29 && server >= 0, 'the link delays both ways');
		}

		const request = room.all(type).find(({pane}) => pane === room.server(protocol).pane)!;
		t.is(payloadOf(room, request.sequence).roundTrip, undefined, 'a request has none');
	});
}
