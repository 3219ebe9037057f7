import {createSocket} from 'node:dgram';
import test, {type ExecutionContext} from 'ava';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import type {PlaygroundOptions} from '../../../source/engine/api/command.ts';
import type {SocketEvent} from '../../../source/log/event.ts';
import type {DatagramLinkFate} from '../../../source/log/delivery/link-fate.ts';
import {type LinkConditions, perfect} from '../../../source/link/conditions.ts';

type Sent = Extract<SocketEvent, {type: 'datagram-sent'}>;

async function open(
	t: ExecutionContext,
	conditions: Partial<LinkConditions>,
	more: Partial<PlaygroundOptions> = {},
): Promise<PlaygroundRoom> {
	return openPlayground(t, 'udp', {
		clients: 1,
		reply: 'discard',
		link: {...perfect, ...conditions},
		seed: 7,
		...more,
	});
}

function sentBy(room: PlaygroundRoom, pane = room.client('udp').pane): Sent[] {
	return room.all('datagram-sent').filter(event => event.pane === pane);
}

function readTexts(room: PlaygroundRoom): string[] {
	return room.all('datagram-received').map(({bytes}) => Buffer.from(bytes).toString());
}

/** Send these one after the other without waiting. */
async function sendAll(room: PlaygroundRoom, texts: readonly string[]): Promise<void> {
	const {pane} = room.client('udp');
	await Promise.all(texts.map(async text => room.send(pane, text)));
	await room.happenedTimes('datagram-sent', texts.length);
}

async function setLink(room: PlaygroundRoom, conditions: Partial<LinkConditions>): Promise<void> {
	await room.playground.execute({
		type: 'set-link', scene: 'udp', direction: 'both', conditions: {...perfect, ...conditions},
	});
}

function passed(fate: DatagramLinkFate | undefined): Extract<DatagramLinkFate, {type: 'passed'}> {
	if (fate?.type !== 'passed') {
		throw new Error(`It has not passed: ${JSON.stringify(fate)}`);
	}

	return fate;
}

test('what the link loses is never handed to the system, and says so', async t => {
	const room = await open(t, {loss: 1});
	await sendAll(room, ['one', 'two']);
	await setLink(room, {});
	await sendAll(room, ['three']);
	await room.happened('datagram-received');
	t.deepEqual(readTexts(room), ['three']);
	t.deepEqual(
		sentBy(room).map(({fate}) => fate),
		[{type: 'lost', cause: 'loss'}, {type: 'lost', cause: 'loss'}, undefined],
	);
	t.deepEqual(sentBy(room).map(({arrival}) => arrival?.type), ['lost', 'lost', 'read']);
	t.is(room.client('udp').sent.count, 3, 'the program has sent all three');
});

test('exactly the next datagram is lost, this way only', async t => {
	const room = await open(t, {}, {reply: 'echo'});
	await room.playground.execute({type: 'lose-next', scene: 'udp', direction: 'to-server'});
	t.true(room.scene('udp').link['to-server'].losesNext);
	t.false(room.scene('udp').link['to-clients'].losesNext);
	await sendAll(room, ['lost', 'kept']);
	await room.happenedTimes('datagram-received', 2);
	t.deepEqual(sentBy(room).map(({fate}) => fate), [{type: 'lost', cause: 'next'}, undefined]);
	t.deepEqual(readTexts(room), ['kept', 'kept']);
	t.false(room.scene('udp').link['to-server'].losesNext);
	t.is(room.all('loss-ordered').length, 1);
});

test('a doubled datagram is read twice, and both reads know the write that they came from', async t => {
	const room = await open(t, {duplication: 1});
	await sendAll(room, ['twice']);
	const reads = await room.happenedTimes('datagram-received', 2);
	t.deepEqual(reads.map(({write}) => write), [1, 1]);
	const {fate, arrival} = sentBy(room)[0]!;
	t.is(passed(fate).copies.length, 2);
	t.is(passed(fate).onTheLink, 0);
	t.deepEqual(arrival, {type: 'read', number: 1});
});

test('corruption changes one byte, and the log says which', async t => {
	const room = await open(t, {corruption: 1});
	await sendAll(room, ['hello']);
	const {bytes, write} = await room.happened('datagram-received');
	t.is(write, 1);
	const {fate, bytes: sent} = sentBy(room)[0]!;
	const {corruption} = passed(fate).copies[0]!;
	const changed = Uint8Array.from(sent);
	changed[corruption!.at]! ^= corruption!.xor;
	t.deepEqual(Buffer.from(bytes), Buffer.from(changed));
	t.is(Buffer.from(sent).toString(), 'hello', 'what the program has sent stays what it was');
});

test('a datagram that is held back is overtaken by the next, and both arrive', async t => {
	const room = await open(t, {reordering: 1});
	await sendAll(room, ['slow']);
	await setLink(room, {});
	await sendAll(room, ['slow', 'quick']);
	await room.happenedTimes('datagram-received', 3);
	t.deepEqual(readTexts(room), ['slow', 'quick', 'slow']);
	const [first, second] = sentBy(room);
	t.like(passed(first!.fate), {isHeldBack: true, overtakenBy: 2, onTheLink: 0});
	t.deepEqual(first!.arrival, {type: 'read', number: 3}, 'overtaken on the link is not lost');
	t.is(second!.fate, undefined);
});

test('what does not fit into the queue of a slow link is lost', async t => {
	const room = await open(t, {rate: 1, queue: 100});
	await sendAll(room, Array.from({length: 5}, () => 'x'.repeat(50)));
	t.deepEqual(
		sentBy(room).map(({fate}) => (fate?.type === 'lost' ? fate.cause : 'passed')),
		['passed', 'passed', 'queue', 'queue', 'queue'],
	);
	t.is(room.scene('udp').link['to-server'].datagrams, 2);
});

test('an answer takes the delay of both ways, and is timed exactly though others are lost', async t => {
	const room = await open(t, {}, {reply: 'uppercase'});
	const {pane} = room.client('udp');
	await room.playground.execute({
		type: 'set-link', scene: 'udp', direction: 'to-server', conditions: {...perfect, loss: 1},
	});
	await sendAll(room, ['lost']);
	await setLink(room, {delay: 40});
	await room.send(pane, 'asked');
	const {elapsed} = await room.happened('datagram-received', event => event.pane === pane);
	const [, asked] = sentBy(room);
	const answer = room.all('datagram-received').find(event => event.pane === pane)!;
	t.is(elapsed, answer.time - asked!.time, 'since its own query, not since the one that was lost');
	t.true(elapsed! >= 80, `${elapsed} ms`);
	t.true(passed(asked!.fate).copies[0]!.delay >= 40);
});

test('closing a socket discards what is still on the link, and says how much', async t => {
	const room = await open(t, {delay: 60_000});
	const {pane} = room.client('udp');
	await sendAll(room, ['never', 'leaves']);
	t.deepEqual(room.scene('udp').link['to-server'], {
		conditions: {...perfect, delay: 60_000}, losesNext: false, datagrams: 2, bytes: 11,
	});
	await room.playground.execute({type: 'close-client', pane});
	t.is(room.all('socket-closed').at(-1)?.discarded, 11);
	t.deepEqual(sentBy(room).map(({fate}) => passed(fate).discarded), [1, 1]);
	t.like(room.scene('udp').link['to-server'], {datagrams: 0, bytes: 0});
	const stopped = await open(t, {delay: 60_000}, {reply: 'echo'});
	await stopped.playground.execute({
		type: 'set-link', scene: 'udp', direction: 'to-server', conditions: perfect,
	});
	await stopped.send(stopped.client('udp').pane, 'answer');
	await stopped.happenedTimes('datagram-sent', 2);
	await stopped.playground.execute({type: 'stop-server', protocol: 'udp'});
	t.is(stopped.all('socket-closed').at(-1)?.discarded, 6);
});

test('the same seed and the same sends have the same fates; another seed, or a later place, has others', async t => {
	const texts = Array.from({length: 60}, (_, number) => `message ${number}`);
	const hostile = {
		loss: 0.3, delay: 5, jitter: 0.9, duplication: 0.2, reordering: 0.1, corruption: 0.2,
	};
	const fates = async (room: PlaygroundRoom): Promise<unknown[]> => {
		const before = sentBy(room).length;
		await sendAll(room, texts);
		await room.happenedTimes('datagram-sent', before + texts.length);
		return sentBy(room).slice(before).map(({fate}) => fate?.type === 'passed'
			? [fate.isHeldBack, ...fate.copies.map(({corruption}) => corruption)]
			: fate);
	};

	const room = await open(t, hostile);
	const first = await fates(room);
	t.deepEqual(await fates(await open(t, hostile)), first);
	t.notDeepEqual(await fates(await open(t, hostile, {seed: 8})), first);
	t.notDeepEqual(await fates(room), first);
	await room.playground.execute({type: 'set-seed', seed: 7});
	t.deepEqual(await fates(room), first, 'the seed begins anew');
	t.is(room.scene('udp').link.seed, 7);
});

test('a change of the link is told in the panes that send this way', async t => {
	const room = await open(t, {});
	await room.playground.execute({
		type: 'set-link', scene: 'udp', direction: 'to-clients', conditions: {...perfect, loss: 0.5},
	});
	const {pane} = room.server('udp');
	t.deepEqual(
		room.all('link-changed').map(event => [event.pane, event.conditions, event.seed]),
		[[pane, 'loss 50 %', 7]],
	);
	await setLink(room, {delay: 10});
	t.deepEqual(room.all('link-changed').slice(1).map(event => event.pane), [room.client('udp').pane, pane]);
});

test('several changes of the link that are told together are a row in each pane that sends this way', async t => {
	const room = await open(t, {});
	const change = async (loss: number): Promise<unknown> => room.playground.execute({
		type: 'set-link', scene: 'udp', direction: 'to-clients', conditions: {...perfect, loss}, isUntold: true,
	});
	await change(0.1);
	await change(0.2);
	await change(0.3);
	t.is(room.scene('udp').link['to-clients'].conditions.loss, 0.3, 'it holds at once');
	t.deepEqual(room.all('link-changed'), []);
	await room.playground.execute({type: 'tell-changes'});
	const {pane} = room.server('udp');
	const told = (): unknown => room.all('link-changed').map(event => [event.pane, event.conditions]);
	t.deepEqual(told(), [[pane, 'loss 30 %']]);
	await room.playground.execute({type: 'tell-changes'});
	t.deepEqual(told(), [[pane, 'loss 30 %']], 'there is nothing more to tell');
	await change(0.4);
	await change(0.3);
	await room.playground.execute({type: 'tell-changes'});
	t.deepEqual(told(), [[pane, 'loss 30 %']], 'what was changed back was not changed');
});

test('a client that is opened while a change of the link is not told yet has known no other link', async t => {
	const room = await open(t, {}, {clients: 1});
	await room.playground.execute({
		type: 'set-link', scene: 'udp', direction: 'to-server', conditions: {...perfect, loss: 0.1}, isUntold: true,
	});
	await room.playground.execute({type: 'open-client', protocol: 'udp'});
	await room.playground.execute({type: 'tell-changes'});
	t.deepEqual(room.all('link-changed').map(({pane}) => pane), [room.client('udp').pane]);
});

test('a link that is stepped through is told before the next event of any pane that sends this way, once in each', async t => {
	const room = await open(t, {}, {clients: 2, reply: 'echo'});
	const change = async (loss: number, direction: 'to-server' | 'both'): Promise<unknown> => room.playground.execute({
		type: 'set-link', scene: 'udp', direction, conditions: {...perfect, loss}, isUntold: true,
	});
	const types = (pane: number): readonly string[] => room.rows(pane).rows.map(({type}) => type);
	const [first, second] = [room.client('udp').pane, room.client('udp', 1).pane];
	await change(0.5, 'to-server');
	await change(1, 'to-server');
	await room.send(first, 'lost');
	await room.happened('datagram-sent');
	t.deepEqual(types(first).slice(-3), ['link-changed', 'socket-bound', 'datagram-sent']);
	t.deepEqual(room.all('link-changed').map(({pane, conditions}) => [pane, conditions]), [
		[first, 'loss 100 %'], [second, 'loss 100 %'],
	]);
	await change(0, 'both');
	await room.send(second, 'echoed');
	await room.happened('datagram-received', ({pane}) => pane === second);
	t.deepEqual(types(second).slice(-4), ['link-changed', 'socket-bound', 'datagram-sent', 'datagram-received']);
	t.is(room.all('link-changed').length, 4);
	await room.playground.execute({type: 'tell-changes'});
	t.is(room.all('link-changed').length, 4, 'there is nothing more to tell');
});

test('thousands on the link at once leave it in their order, none is lost there, and each row has the delay that it had', async t => {
	const room = await open(t, {delay: 30}, {limits: {peers: 4}});
	await sendAll(
		room,
		Array.from({length: 3000}, (_, number) => String(number)),
	);
	await room.until(() => room.scene('udp').link['to-server'].datagrams === 0, 'an empty link');
	const sent = sentBy(room);
	t.true(sent.every(({fate}) => passed(fate).overtakenBy === undefined));
	const reads = await room.until(() => {
		const all = room.all('datagram-received');
		return all.at(-1)?.write === 3000 && all;
	}, 'the last one');
	t.deepEqual(
		reads.map(({write}) => write),
		reads.map(({write}) => write!).toSorted((a, b) => a - b),
	);
	for (const {time, write} of reads) {
		const {delay} = passed(sent[write! - 1]!.fate).copies[0]!;
		t.true(delay >= 30 && delay <= time - sent[write! - 1]!.time, `${delay} ms`);
	}
});

test('what no datagram can hold is refused by the system, link or not, and is not counted as sent', async t => {
	const room = await open(t, {loss: 1});
	await room.playground.execute({type: 'send', pane: room.client('udp').pane, bytes: Buffer.alloc(70_000)});
	const {failure} = await room.happened('send-failed');
	t.is(failure.code, 'EMSGSIZE');
	t.is(room.client('udp').sent.count, 0);
});

test('where a stranger answers, what the link has lost is not taken for what was answered', async t => {
	const stranger = createSocket('udp4', (bytes, {port, address}) => {
		stranger.send(bytes, port, address);
	});
	await new Promise<void>(resolve => {
		stranger.bind(0, '127.0.0.1', resolve);
	});
	t.teardown(async () => new Promise<void>(resolve => {
		stranger.close(resolve);
	}));
	const room = await open(t, {}, {connect: {host: '127.0.0.1', port: stranger.address().port}});
	const {pane} = room.client('udp');
	await room.playground.execute({type: 'lose-next', scene: 'udp', direction: 'to-server'});
	// The same content, by which they cannot be told apart.
	await room.send(pane, 'hello');
	await room.send(pane, 'hello');
	const {elapsed, time} = await room.happened('datagram-received');
	t.is(elapsed, time - sentBy(room)[1]!.time);
	await setLink(room, {duplication: 1});
	await room.send(pane, 'twice');
	const [, first, second] = await room.happenedTimes('datagram-received', 3);
	t.is(first!.elapsed, first!.time - sentBy(room)[2]!.time, 'whichever of the two copies it answers');
	t.is(second!.elapsed, undefined, 'the message has been answered');
});
