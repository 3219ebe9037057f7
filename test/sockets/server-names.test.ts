import test from 'ava';
import {NameLookups} from '../helpers/name-lookups.ts';
import {makeTcpServer, makeUdpServer} from '../helpers/sockets.ts';

for (const [protocol, make] of [['udp', makeUdpServer], ['tcp', makeTcpServer]] as const) {
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
