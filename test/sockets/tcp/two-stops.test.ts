/** Two acts at once that stop a connection, or end it: every ordered pair, on real sockets. */
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {perfect} from '../../../source/link/conditions.ts';
import {Link} from '../../../source/link/link.ts';
import type {TcpConnection} from '../../../source/sockets/tcp/tcp-connection.ts';
import type {RawConnection} from '../../helpers/raw-tcp.ts';
import {openConnection} from '../../helpers/sockets.ts';

type Case = {readonly connection: TcpConnection; readonly raw: RawConnection; readonly link: Link; written: number};

const block = new Uint8Array(64 * 1024).fill(0x61);

function write(room: Case, bytes: Uint8Array): boolean {
	const isTaken = room.connection.write(bytes, true) === undefined;
	room.written += isTaken ? bytes.length : 0;
	return isTaken;
}

/** What stops a connection, or begins its end. */
const stops = {
	'paused because its peer does not read'(room: Case) {
		room.raw.socket.pause();
		while (!room.connection.isPaused && write(room, block)) {
			// Until too much waits.
		}
	},
	'told not to read'({connection}: Case) {
		connection.setReading(false);
	},
	'held for want of room'({connection}: Case) {
		connection.holdReading(true);
	},
	'half-closed'({connection}: Case) {
		connection.halfClose();
	},
	'closed after its reply'({connection}: Case) {
		connection.closeGracefully();
	},
	reset({connection}: Case) {
		connection.reset();
	},
	'with bytes on the link'(room: Case) {
		room.link.change('to-clients', {...perfect, stall: true});
		write(room, Buffer.from('on the link'));
	},
};
type Stop = keyof typeof stops;

const names = Object.keys(stops) as Stop[];
const pairs = names.flatMap(first => names.map(second => [first, second] as const))
	.filter(([first, second]) => first !== second);

for (const [first, second] of pairs) {
	test(`a connection that is ${first}, then ${second}`, async t => {
		const link = new Link({conditions: perfect, seed: 1});
		const {room, connection, raw} = await openConnection(t, {link, limits: {waitingBytes: 128 * 1024}});
		const one: Case = {
			connection, raw, link, written: 0,
		};
		const has = (...any: Stop[]): boolean => any.includes(first) || any.includes(second);
		stops[first](one);
		stops[second](one);
		const isClosing = has('reset', 'closed after its reply');
		const isHeld = has('paused because its peer does not read') && one.written > 1000;
		if (isHeld && !isClosing) {
			t.true(connection.isPaused);
		}

		if (!isClosing) {
			raw.write('heard');
		}

		if (has('reset')) {
			raw.socket.resume();
			const {discarded} = await room.happened('socket-closed');
			const isAfterFin = second === 'reset' && has('half-closed', 'closed after its reply');
			if (isAfterFin) {
				// A reader that has read the FIN is told of the RST by its next write (EPIPE), not by a read.
				await raw.fin;
			}

			t.is(await (isAfterFin ? raw.failureOfWrite() : raw.closed), isAfterFin ? 'EPIPE' : 'ECONNRESET');
			t.is(room.all('fin-sent').length, isAfterFin ? 1 : 0);
			t.true(discarded <= one.written);
			t.is(room.all('socket-failed').length, 0);
			t.is(room.all('reset-sent').length, 1);
			t.is(connection.waiting, 0);
			return;
		}

		if (has('told not to read', 'held for want of room') || isHeld) {
			t.is(room.all('chunk-received').length, 0);
		}

		// Each stop ends, one after the other.
		link.change('to-clients', perfect);
		raw.socket.resume();
		await raw.read(one.written);
		if (has('half-closed', 'closed after its reply')) {
			await raw.fin;
		}

		if (isClosing) {
			raw.socket.end();
			const {discarded} = await room.happened('socket-closed');
			t.is(discarded, 0);
		} else {
			connection.setReading(true);
			if (has('held for want of room')) {
				await turn();
				t.is(room.all('chunk-received').length, 0);
				connection.holdReading(false);
			}

			t.is(await room.textOf('chunk-received'), 'heard');
			t.false(connection.isPaused || connection.isReadingStopped);
			t.is(connection.state, has('half-closed') ? 'FIN_WAIT' : 'ESTABLISHED');
		}

		t.is(connection.waiting, 0);
		t.is(raw.received.length, one.written);
		t.is(room.all('fin-sent').length, has('half-closed', 'closed after its reply') ? 1 : 0);
		t.is(room.all('backpressure-started').length, room.all('backpressure-ended').length);
	});
}

test('a connection that is closed after its FIN is closed though its peer sends none, with a RST where bytes are unread', async t => {
	for (const isRead of [true, false]) {
		const {room, connection, raw} = await openConnection(t);
		connection.halfClose();
		await raw.fin;
		await room.happened('fin-sent');
		connection.holdReading(!isRead);
		raw.write('a');
		while (connection.readAhead + connection.received.bytes === 0) {
			await turn(); // What Node reads ahead is no event.
		}

		// More than Node reads ahead.
		raw.write('b'.repeat(256 * 1024));
		await (isRead ? room.until(() => connection.received.bytes > 256 * 1024, 'all bytes') : turn());
		connection.closeGracefully();
		const {hasUnread} = await room.happened('socket-closed');
		t.is(hasUnread, isRead ? undefined : true);
		t.is(connection.state, 'CLOSED');
		t.is(await raw.failureOfWrite(), isRead ? undefined : 'EPIPE');
	}
});

test('a connection that its peer does not read is not read while bytes of it are on the link, though the system has room', async t => {
	const link = new Link({conditions: perfect, seed: 1});
	const {room, connection, raw} = await openConnection(t, {link, limits: {waitingBytes: 128 * 1024}});
	const one: Case = {
		connection, raw, link, written: 0,
	};
	stops['paused because its peer does not read'](one);
	const bySystem = one.written;
	stops['with bytes on the link'](one);
	raw.socket.resume();
	await raw.read(bySystem);
	await room.until(() => connection.waiting === one.written - bySystem, 'what the system has taken');
	t.true(connection.isPaused);
	t.deepEqual(room.all('backpressure-ended'), []);
	link.change('to-clients', perfect);
	await room.happened('backpressure-ended');
	t.false(connection.isPaused);
});
