import test from 'ava';
import {farEndAt, type SocketTrack} from '../../../../source/log/socket-track.ts';
import type {DeliveryStep} from '../../../../source/log/delivery/delivery-trace.ts';
import {UnreadDatagrams} from '../../../../source/engine/scene/series/unread-datagrams.ts';
import {EventRoom} from '../../../helpers/event-room.ts';

type Ends = {
	readonly near: SocketTrack;
	readonly far: SocketTrack;
	/** What was told of each of the near end's writes. */
	readonly told: Array<readonly [number, DeliveryStep]>;
	readonly send: (text: string) => void;
	readonly read: (text: string) => void;
};

function ends(): Ends {
	const room = new EventRoom();
	const [near, far] = [room.track(0), room.track(1)];
	const to = {...farEndAt({host: '127.0.0.1', port: 9}), socket: far};
	const told: Array<readonly [number, DeliveryStep]> = [];
	near.subscribe({
		onDelivery(write, step) {
			told.push([write, step]);
		},
	});

	return {
		near, far, told,
		send(text) {
			near.departs(to, near.nextWrite(), Buffer.from(text), 1);
		},
		read(text) {
			near.arrivedAt(far, Buffer.from(text), far.received.count + 1);
		},
	};
}

test('gives up what was there at the last look, when nothing has been read since', t => {
	const {near, far, told, send} = ends();
	const unread = new UnreadDatagrams();
	unread.watch(near, far);
	unread.watch(near, far);
	send('a');
	unread.look();
	t.deepEqual(told, []);
	send('b');
	unread.look();
	t.deepEqual(told, [[1, 'dropped']]);
	unread.look();
	t.deepEqual(told, [[1, 'dropped'], [2, 'dropped']]);
	send('c');
	t.is(near.inFlightTo(far)?.size, 1);
	unread.look();
	t.is(told.length, 2);
});

test('gives up nothing while something is read', t => {
	const {near, far, told, send, read} = ends();
	const unread = new UnreadDatagrams();
	unread.watch(near, far);
	for (const text of ['a', 'b', 'c']) {
		send(text);
	}

	unread.look();
	for (const text of ['a', 'b']) {
		read(text);
		unread.look();
	}

	t.deepEqual(told, [[1, 'arrived'], [2, 'arrived']]);
	unread.look();
	t.deepEqual(told.at(-1), [3, 'dropped']);
});

test('gives up at once what goes to a socket that is closed', t => {
	const {near, far, told, send} = ends();
	const unread = new UnreadDatagrams();
	unread.watch(near, far);
	send('a');
	unread.giveUpClosed();
	t.deepEqual(told, []);
	far.happened({type: 'socket-closed', discarded: 0});
	unread.giveUpClosed();
	t.deepEqual(told, [[1, 'dropped']]);
});

test('of more datagrams than are remembered the oldest count as dropped', t => {
	const {near, far, told, send} = ends();
	for (let number = 0; number < 65_540; number++) {
		send(String(number));
	}

	t.is(near.inFlightTo(far)?.size, 65_536);
	t.deepEqual(told, [1, 2, 3, 4].map(number => [number, 'dropped']));
});
