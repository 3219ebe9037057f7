import test from 'ava';
import {EventRoom} from '../helpers/event-room.ts';
import {Framer} from '../../source/text/framing.ts';
import {HeldMessages} from '../../source/sockets/held-messages.ts';
import type {Passing} from '../../source/sockets/held-queues.ts';

const limits = {waitingBytes: 1_000_000, heldBytes: 10_000};

/** What a stream's relay holds, whom it tells of room, and what is passed on, by its leg. */
function holdStreams(): {
	readonly held: HeldMessages;
	readonly told: string[];
	readonly passed: string[];
	readonly take: (leg: number, length: number) => void;
	readonly passing: (leg: number) => Passing;
	readonly room: EventRoom;
} {
	const told: string[] = [];
	const passed: string[] = [];
	const room = new EventRoom();
	const track = room.track();
	const held = new HeldMessages({
		isStream: true,
		limits,
		onRoom(direction = 'to-server', leg = 0) {
			told.push(leg === 0 ? 'all' : `${direction} ${leg}`);
		},
		onChange: () => undefined,
	});
	const passing = (leg: number): Passing => ({
		direction: 'to-server',
		leg,
		peer: {host: '127.0.0.1', port: 50_000 + leg},
		track,
		deliver({length}) {
			passed.push(`${leg}: ${length}`);
		},
	});
	held.hold(['to-server']);
	return {
		held, told, passed, passing, room, take(leg, length) {
			track.chunkReceived(new Uint8Array(length));
			held.take(passing(leg), new Uint8Array(length));
		},
	};
}

test('when all streams together have too much, none is read, and all are when one of them makes room, however it does', t => {
	const ways: ReadonlyArray<(held: HeldMessages) => void> = [
		held => {
			held.drop(1);
		},
		held => {
			held.release(1);
		},
		held => {
			held.forget('to-server', 1);
		},
	];
	for (const makeRoom of ways) {
		const {held, told, take} = holdStreams();
		take(1, limits.heldBytes);
		t.true(held.isFull('to-server', 1) && held.isFull('to-server', 2));
		t.deepEqual(told, ['all']);
		makeRoom(held);
		t.false(held.isFull('to-server', 1) || held.isFull('to-server', 2));
		t.deepEqual(told, ['all', 'all']);
	}
});

test('an edit makes no room and takes none, and what was edited leaves nothing behind', t => {
	const {held, passed, take} = holdStreams();
	for (let id = 1; id <= 4; id++) {
		take(1, 5000);
		t.true(held.edit(id, new Uint8Array(1)));
		t.is(held.bytes, 1);
		t.true(id % 2 === 0 ? held.drop(id) : held.release(id));
		t.deepEqual([held.count, held.size, held.bytes, held.isFull('to-server', 2)], [0, 0, 0, false]);
	}

	take(1, 9000);
	t.false(held.isFull('to-server', 2));
	t.deepEqual(passed, ['1: 1', '1: 1']);
});

test('of a stream whose end is gone nothing is kept, the beginning of a frame neither', t => {
	const {held, passing, room, passed} = holdStreams();
	const framer = new Framer('line');
	const begun = Buffer.from('begun');
	const cuts = framer.take(begun);
	held.take({...passing(1), framer}, begun, cuts);
	t.is(held.keptOf(1), 5);
	held.hold(['to-server', 'to-clients']);
	const back = new Framer('line');
	held.take({...passing(1), direction: 'to-clients', framer: back}, Buffer.from('way'), back.take(Buffer.from('way')));
	t.is(held.keptOf(1), 8, 'either way');
	held.forget('to-clients', 1);
	t.is(held.keptOf(1), 5);
	held.forget('to-server', 1);
	t.is(held.keptOf(1), 0);
	t.like(room.all('held-dropped'), [{length: 3, cause: 'closed'}, {length: 5, cause: 'closed'}]);
	t.deepEqual(passed, []);
});
