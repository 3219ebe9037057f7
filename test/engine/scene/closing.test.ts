import {once} from 'node:events';
import test from 'ava';
import {comesTrue} from '../../helpers/in-time.ts';
import {playgroundOptions} from '../../helpers/playground-options.ts';
import {openPlayground, type PlaygroundRoom} from '../../helpers/playground-room.ts';
import {openRawServer} from '../../helpers/raw-tcp.ts';
import {skipped} from '../../helpers/skipped.ts';
import {Scenes} from '../../../source/engine/scene/scenes.ts';
import type {SocketEvent} from '../../../source/log/event.ts';
import {EventLog} from '../../../source/log/event-log.ts';
import {defaultLimits} from '../../../source/sockets/limits.ts';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {unreadInKernel} from '../../../source/sockets/kernel/unread.ts';
import {eventText} from '../../../source/screen/panes/rows/event-text.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';

/** What the rows of an event say, in both languages. */
function textsOf(event: SocketEvent, isServer: boolean): string[] {
	return [en, ko].map(words => eventText(event, isServer, words).text);
}

function paneOf(room: PlaygroundRoom): number {
	return room.client('tcp').pane;
}

test('a close with unread data sends RST, and both ends say so and why', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo', clients: 1});
	const pane = paneOf(room);
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'stop-reading'}});
	await room.send(pane, 'an answer that nobody reads');
	const server = room.server('tcp').pane;
	await room.happened('chunk-sent', event => event.pane === server);
	await room.playground.execute({type: 'close-client', pane});
	const closed = await room.happened('socket-closed', event => event.pane === pane);
	t.true(closed.hasUnread);
	const reset = await room.happened('reset-received', event => event.pane === server);
	t.like(reset, {failure: {code: 'ECONNRESET'}, cause: 'unread'});
	for (const text of [...textsOf(closed, false), ...textsOf(reset, true)]) {
		t.regex(text, /RST/);
		t.regex(text, /read|읽/);
	}
});

test('a connection that is closed with everything read says nothing of a RST', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo', clients: 1});
	const pane = paneOf(room);
	await room.send(pane, 'hello');
	await room.happened('chunk-received', event => event.pane === pane);
	await room.playground.execute({type: 'close-client', pane});
	await room.happenedTimes('socket-closed', 2);
	t.deepEqual(room.all('reset-received'), []);
	t.true(room.all('socket-closed').every(({hasUnread, isReset}) => !hasUnread && !isReset));
});

test('a reset closes its socket in one row with it, and the other end knows that it was one', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo', clients: 1});
	const pane = paneOf(room);
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'reset'}});
	t.like(await room.happened('socket-closed', event => event.pane === pane), {isReset: true});
	t.like(await room.happened('reset-received'), {cause: 'reset'});
});

test('a client whose message a closed socket has answered with RST sends no FIN any more', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo', clients: 1});
	const pane = paneOf(room);
	await room.send(pane, 'hello');
	await room.happened('chunk-received', event => event.pane === pane);
	await room.playground.execute({type: 'stop-server', protocol: 'tcp'});
	await room.happened('fin-received', event => event.pane === pane);
	await room.send(pane, 'too late');
	await room.playground.execute({type: 'half-close-client', pane});
	await room.happened('socket-closed', event => event.pane === pane);
	t.deepEqual(room.all('fin-sent').filter(event => event.pane === pane), []);
});

test('unread bytes of another program are looked for where reading was stopped', async t => {
	if (!KernelTables.isAvailable) {
		skipped(t, 'no table of the kernel says what is unread');
		return;
	}

	const peer = await openRawServer(t);
	const room = await openPlayground(t, 'tcp', {connect: peer.address, clients: 1});
	const pane = paneOf(room);
	const {socket} = await peer.accepted.next();
	await room.playground.execute({type: 'act', on: {type: 'client', pane}, act: {type: 'stop-reading'}});
	const {local, peer: far} = await room.happened('connection-opened');
	t.is(unreadInKernel(local, far), 0);
	await new Promise(resolve => {
		socket.write('unread', resolve);
	});
	// Where it takes long to read the table, what was read is used for as long again.
	t.true(await comesTrue(() => unreadInKernel(local, far) === 6, 20_000));
	const reset = once(socket, 'error');
	await room.playground.execute({type: 'close-client', pane});
	t.like(await room.happened('socket-closed'), {hasUnread: true});
	const [error] = await reset as [NodeJS.ErrnoException];
	t.is(error.code, 'ECONNRESET');
});

for (const [rule, closesToo] of [['echo', true], ['manual', undefined]] as const) {
	test(`a half-close ${closesToo ? 'is answered by a close' : 'lasts'} by the rule ${rule}, and the row says so`, async t => {
		const room = await openPlayground(t, 'tcp', {reply: rule, clients: 1});
		await room.playground.execute({type: 'half-close-client', pane: paneOf(room)});
		const server = room.server('tcp').pane;
		const finished = await room.happened('fin-received', event => event.pane === server);
		t.is(finished.closesToo, closesToo);
		for (const text of textsOf(finished, true)) {
			t.is(text.includes('manual'), closesToo === true);
		}

		if (closesToo) {
			await room.happenedTimes('socket-closed', 2);
			return;
		}

		const {number} = (room.server('tcp').peers[0]!);
		await room.playground.execute({
			type: 'send-from-server', protocol: 'tcp', target: number, bytes: Buffer.from('still'),
		});
		t.is(await room.textOf('chunk-received'), 'still');
	});
}

test('a UDP client that has sent may broadcast once it is allowed to, and one that has not has no socket', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {pane} = room.client('udp');
	const act = async (type: 'allow-broadcast' | 'forbid-broadcast'): Promise<unknown> => {
		const {refusal} = await room.playground.execute({
			type: 'act', scene: 'udp', on: {type: 'client', pane}, act: {type},
		});
		return refusal;
	};

	t.like(await act('allow-broadcast'), {reason: 'no-socket-yet'});
	await room.playground.execute({
		type: 'set-destination', pane, destination: {host: '127.255.255.255', port: 9},
	});
	await room.send(pane, 'to everybody');
	const {failure, peer} = await room.happened('send-failed');
	t.is(failure.code, 'EACCES');
	for (const words of [en, ko]) {
		t.regex(words.failure(failure, peer, false), /SO_BROADCAST.*Esc b c/);
	}

	t.is(await act('allow-broadcast'), undefined);
	t.true(room.client('udp').mayBroadcast);
	await room.playground.execute({
		type: 'set-destination', pane, destination: {host: '127.255.255.255', port: 9},
	});
	await room.send(pane, 'to everybody here');
	await room.happened('datagram-sent');
	t.is(await act('forbid-broadcast'), undefined);
	await room.send(pane, 'to nobody');
	await room.happenedTimes('send-failed', 2);
	t.deepEqual(room.all('option-set').map(({option}) => option), [1, 0].map(value => ({name: 'broadcast', value})));
	await room.playground.execute({type: 'close-client', pane});
	t.is(room.client('udp').mayBroadcast, undefined);
	const tcp = await openPlayground(t, 'tcp', {clients: 1});
	const {refusal} = await tcp.playground.execute({
		type: 'act', on: {type: 'client', pane: paneOf(tcp)}, act: {type: 'allow-broadcast'},
	});
	t.like(refusal, {reason: 'no-broadcast'});
});

test('of scenes that take each other\'s place at once, none is opened before all that were there are closed', async t => {
	const log = new EventLog({
		events: 64, bytes: 1024, clock: () => 0, isOwnHost: () => true,
	});
	const scenes = new Scenes({
		playground: playgroundOptions, limits: defaultLimits, log, onChange: () => undefined,
	});
	t.teardown(async () => scenes.close());
	const first = scenes.of('tcp');
	await first.open();
	const {promise, resolve} = Promise.withResolvers<void>();
	const happened: string[] = [];
	const close = first.close.bind(first);
	first.close = async () => {
		await promise;
		await close();
		happened.push('closed');
	};

	const replacing = ['second', 'third'].map(async name => scenes.replace('tcp', playgroundOptions, 'all', async () => {
		happened.push(name);
	}));
	resolve();
	const [second, third] = await Promise.all(replacing);
	t.deepEqual(happened, ['closed', 'second', 'third']);
	t.deepEqual([second, third].map(scene => scene?.server?.server.state.type), ['closed', 'open']);
});
