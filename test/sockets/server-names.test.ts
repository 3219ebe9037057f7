import test from 'ava';
import {freeAddress} from '../helpers/loopback.ts';
import {NameLookups} from '../helpers/name-lookups.ts';
import {isBoundTo} from '../../source/sockets/server-socket.ts';
import {makeTcpServer, makeUdpServer} from '../helpers/sockets.ts';

const makes = [['udp', makeUdpServer], ['tcp', makeTcpServer]] as const;

for (const [protocol, make] of makes) {
	test(`a ${protocol} server that is closed anywhere in its opening has given its port back by then`, async t => {
		const {room, server} = make(t);
		const address = await freeAddress();
		for (let steps = 0; steps < 8; steps++) {
			const opening = server.open(address);
			for (let step = 0; step < steps; step++) {
				await Promise.resolve();
			}

			await server.close();
			const other = make(t);
			await other.server.open(address);
			t.is(other.server.state.type, 'open', `after ${steps} steps`);
			await other.server.close();
			await opening;
			t.deepEqual(server.state, {type: 'closed'});
		}

		t.true(room.types.every(type => type === 'socket-closed' || type === 'socket-bound' || type === 'listening-started'));
	});
}

test('a server on all addresses has those of its machine, and no other one', t => {
	for (const all of ['0.0.0.0', '::']) {
		const isOwn = (host: string, port = 81): boolean => isBoundTo({host: all, port: 81}, {host, port});
		t.deepEqual([isOwn('127.0.0.9'), isOwn('192.0.2.1'), isOwn('127.0.0.9', 82)], [true, false, false]);
	}

	t.false(isBoundTo({host: '127.0.0.1', port: 81}, {host: '127.0.0.9', port: 81}));
});

for (const [protocol, make] of makes) {
	test.serial(
		`a ${protocol} server whose name is still looked up is closed at once, and opens elsewhere without waiting for that`,
		async t => {
			const lookups = new NameLookups(t);
			const {room, server} = make(t);
			const opening = server.open({host: 'slow.test', port: 0});
			t.is(server.state.type, 'opening');
			await server.close();
			t.deepEqual(server.state, {type: 'closed'});
			await server.open({host: '127.0.0.1', port: 0});
			t.like(server.state, {type: 'open', local: {host: '127.0.0.1'}});
			const {state} = server;
			await lookups.answer('slow.test', '127.0.0.2');
			await opening;
			t.is(server.state, state, 'the late answer changes nothing');
			t.deepEqual(room.types, [protocol === 'udp' ? 'socket-bound' : 'listening-started']);
		},
	);
}
