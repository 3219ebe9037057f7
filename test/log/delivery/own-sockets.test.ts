import test from 'ava';
import type {Address} from '../../../source/log/event.ts';
import {EventLog} from '../../../source/log/event-log.ts';
import {farEndAt, type SocketTrack} from '../../../source/log/socket-track.ts';
import {PaneIndex} from '../../../source/log/storage/pane-index.ts';

const ours = new Set(['127.0.0.1', '192.0.2.7', '::1']);

/** A log of a machine with a few addresses, and the tracks of its sockets. */
class Machine {
	readonly log = new EventLog({
		events: 64, bytes: 1024, clock: () => 0, isOwnHost: host => ours.has(host),
	});

	track(): SocketTrack {
		return this.log.track(1, new PaneIndex(), 0);
	}

	bound(host: string, port = 9): SocketTrack {
		const track = this.track();
		track.happened({type: 'socket-bound', local: {host, port}});
		return track;
	}

	at(host: string, port = 9): SocketTrack | undefined {
		return this.log.sockets.current(farEndAt({host, port})).socket;
	}
}

function close(track: SocketTrack, local: Address, peer?: Address): void {
	track.happened({
		type: 'socket-closed', local, peer, discarded: 0,
	});
}

test('finds the UDP socket that is bound to an address, and no other', t => {
	const machine = new Machine();
	const socket = machine.bound('127.0.0.1');
	t.is(machine.at('127.0.0.1'), socket);
	t.is(machine.at('127.0.0.1', 10), undefined);
	t.is(machine.at('192.0.2.7'), undefined);
	t.is(machine.at('::1'), undefined);
});

test('finds a socket that is bound to the wildcard address at every address of this machine of its family', t => {
	const machine = new Machine();
	const socket = machine.bound('0.0.0.0');
	t.is(machine.at('127.0.0.1'), socket);
	t.is(machine.at('192.0.2.7'), socket);
	t.is(machine.at('192.0.2.8'), undefined, 'another machine');
	t.is(machine.at('::1'), undefined, 'the other family');
});

test('finds a socket that is bound to all of IPv6 and IPv4', t => {
	const machine = new Machine();
	const socket = machine.bound('::');
	t.is(machine.at('::1'), socket);
	t.is(machine.at('::ffff:127.0.0.1'), socket);
	t.is(machine.at('127.0.0.1'), socket);
	t.is(machine.at('::ffff:192.0.2.8'), undefined);
});

test('takes an IPv4-mapped address for the IPv4 address that it is', t => {
	const machine = new Machine();
	const socket = machine.bound('127.0.0.1');
	t.is(machine.at('::ffff:127.0.0.1'), socket);
	const mapped = machine.bound('::ffff:192.0.2.7');
	t.is(machine.at('192.0.2.7'), mapped);
});

test('prefers the socket that is bound to exactly this address', t => {
	const machine = new Machine();
	const wildcard = machine.bound('0.0.0.0');
	const exact = machine.bound('127.0.0.1');
	t.is(machine.at('127.0.0.1'), exact);
	t.is(machine.at('192.0.2.7'), wildcard);
	close(exact, {host: '127.0.0.1', port: 9});
	t.is(machine.at('127.0.0.1'), wildcard);
});

test('gives the same far end for as long as the same socket is there', t => {
	const machine = new Machine();
	const {sockets} = machine.log;
	const unknown = farEndAt({host: '127.0.0.1', port: 9});
	t.is(sockets.current(unknown), unknown);
	machine.bound('127.0.0.1', 10);
	t.is(sockets.current(unknown), unknown, 'a socket elsewhere changes nothing');
	const socket = machine.bound('127.0.0.1');
	const known = sockets.current(unknown);
	t.not(known, unknown);
	t.is(known.socket, socket);
	t.is(unknown.socket, undefined, 'what was sent before did not go there');
	machine.bound('127.0.0.1', 11);
	t.is(sockets.current(known), known);
	close(socket, {host: '127.0.0.1', port: 9});
	t.is(sockets.current(known).socket, undefined);
	t.is(known.socket, socket, 'what was sent before did go there');
});

test('tells a socket from the one that has its port afterwards', t => {
	const machine = new Machine();
	const first = machine.bound('127.0.0.1');
	const far = machine.log.sockets.current(farEndAt({host: '127.0.0.1', port: 9}));
	close(first, {host: '127.0.0.1', port: 9});
	const second = machine.bound('127.0.0.1');
	t.is(far.socket, first);
	t.is(machine.log.sockets.current(far).socket, second);
	t.is(machine.log.sockets.closings, 1);
});

test('remembers where a closed socket was until another has its port', t => {
	const machine = new Machine();
	const {sockets} = machine.log;
	const first = machine.bound('0.0.0.0');
	t.is(sockets.recentlyClosedAt({host: '127.0.0.1', port: 9}), undefined);
	close(first, {host: '0.0.0.0', port: 9});
	t.is(sockets.recentlyClosedAt({host: '127.0.0.1', port: 9}), first);
	t.is(sockets.recentlyClosedAt({host: '192.0.2.8', port: 9}), undefined);
	machine.bound('127.0.0.1');
	t.is(sockets.recentlyClosedAt({host: '127.0.0.1', port: 9}), undefined);
});

test('remembers the 64 sockets that were closed last', t => {
	const machine = new Machine();
	for (let port = 1; port <= 65; port++) {
		close(machine.bound('127.0.0.1', port), {host: '127.0.0.1', port});
	}

	t.is(machine.log.sockets.recentlyClosedAt({host: '127.0.0.1', port: 1}), undefined);
	t.not(machine.log.sockets.recentlyClosedAt({host: '127.0.0.1', port: 2}), undefined);
});

const server: Address = {host: '127.0.0.1', port: 80};
const client: Address = {host: '127.0.0.1', port: 50_000};

for (const order of ['accepted first', 'connected first'] as const) {
	test(`links the two ends of a TCP connection, ${order}, for what was written before as well`, t => {
		const {log} = new Machine();
		const near = log.track(2, new PaneIndex(), 0);
		const far = log.track(1, new PaneIndex(), 3);
		const events = [
			() => {
				far.happened({
					type: 'connection-accepted',
					peer: {host: '::ffff:127.0.0.1', port: 50_000},
					local: {host: '::ffff:127.0.0.1', port: 80},
				});
				far.chunkSent(Uint8Array.of(1));
			},
			() => {
				near.happened({type: 'connection-opened', peer: server, local: client});
				near.chunkSent(Uint8Array.of(2, 3));
			},
		];
		for (const event of order === 'accepted first' ? events : events.toReversed()) {
			event();
		}

		const sent = Array.from({length: 4}, (_, sequence) => log.read(sequence)).filter(({type}) => type === 'chunk-sent');
		t.deepEqual(Object.fromEntries(sent.map(event => [event.pane, 'far' in event ? event.far : undefined])), {
			1: {pane: 2, socket: 0},
			2: {pane: 1, socket: 3},
		});
	});
}

test('links no two connections that differ in a port, nor one that has been closed', t => {
	const {log} = new Machine();
	const one = log.track(2, new PaneIndex(), 0);
	one.happened({type: 'connection-opened', peer: server, local: client});
	const other = log.track(1, new PaneIndex(), 1);
	other.happened({type: 'connection-accepted', peer: {...client, port: 50_001}, local: server});
	close(one, client, server);
	const late = log.track(1, new PaneIndex(), 2);
	late.happened({type: 'connection-accepted', peer: client, local: server});
	for (const track of [one, other, late]) {
		track.chunkSent(Uint8Array.of(1));
		t.like(log.read(log.next - 1), {type: 'chunk-sent', far: undefined});
	}
});

test('links an end to one other, and counts each that is closed', t => {
	const {log} = new Machine();
	const near = log.track(2, new PaneIndex(), 0);
	near.happened({type: 'connection-opened', peer: server, local: client});
	const [far, another] = [1, 2].map(socket => {
		const track = log.track(1, new PaneIndex(), socket);
		track.happened({type: 'connection-accepted', peer: client, local: server});
		return track;
	});
	t.is(near.far, far);
	t.is(another!.far, undefined);
	close(far!, server, client);
	t.is(log.sockets.closings, 1);
	close(near, client, server);
	t.is(log.sockets.closings, 2);
});

test('keeps an end that waits when an older connection with its four-tuple is closed', t => {
	const {log} = new Machine();
	const older = log.track(1, new PaneIndex(), 1);
	older.happened({type: 'connection-accepted', peer: client, local: server});
	const newer = log.track(1, new PaneIndex(), 2);
	newer.happened({type: 'connection-accepted', peer: client, local: server});
	close(older, server, client);
	const near = log.track(2, new PaneIndex(), 0);
	near.happened({type: 'connection-opened', peer: server, local: client});
	near.chunkSent(Uint8Array.of(1));
	t.like(log.read(log.next - 1), {far: {pane: 1, socket: 2}});
});
