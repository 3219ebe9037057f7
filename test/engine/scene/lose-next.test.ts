import test from 'ava';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import type {SceneName} from '../../../source/engine/api/command.ts';
import type {LinkDirection} from '../../../source/link/random.ts';

async function loseNext(room: PlaygroundRoom, scene: SceneName, direction: LinkDirection): Promise<unknown> {
	const {refusal} = await room.playground.execute({type: 'lose-next', scene, direction});
	return refusal;
}

for (const direction of ['to-server', 'to-clients'] as const) {
	test(`TCP has no datagram to lose ${direction}: the order is refused, and nothing has changed`, async t => {
		const room = await openPlayground(t, 'tcp', {clients: 1});
		t.deepEqual(await loseNext(room, 'tcp', direction), {reason: 'nothing-to-lose'});
		t.false(room.scene('tcp').link[direction].losesNext);
		t.is(room.all('loss-ordered').length, 0);
	});
}

test('what somebody else\'s server sends cannot be lost, what our clients send can', async t => {
	const peer = await openRawUdp(t);
	const room = await openPlayground(t, 'udp', {clients: 1, connect: peer.address});
	t.deepEqual(await loseNext(room, 'udp', 'to-clients'), {reason: 'nothing-to-lose'});
	t.false(room.scene('udp').link['to-clients'].losesNext);
	t.is(await loseNext(room, 'udp', 'to-server'), undefined);
	t.true(room.scene('udp').link['to-server'].losesNext);
	const {pane} = room.client('udp');
	t.deepEqual(room.all('loss-ordered').map(event => event.pane), [pane]);
	await room.send(pane, 'lost');
	await room.send(pane, 'kept');
	t.is(await peer.nextText(), 'kept');
});

test('without a client, losing the next datagram to the server is refused', async t => {
	const room = await openPlayground(t, 'udp', {clients: 0});
	t.deepEqual(await loseNext(room, 'udp', 'to-server'), {reason: 'nothing-to-lose'});
	t.is(await loseNext(room, 'udp', 'to-clients'), undefined);
	t.deepEqual(await loseNext(room, 'laboratory', 'to-server'), {reason: 'no-such-pane'});
});
