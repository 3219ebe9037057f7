import test from 'ava';
import {EventPair} from '../helpers/event-pair.ts';
import {packFramed} from '../../source/log/delivery/stream-place.ts';
import {farEndAt} from '../../source/log/socket-track.ts';

type SocketTrack = EventPair['client'];

/**
The notified reads: their text, when, where from, and whether a socket of the playground is known to have sent it.
*/
function hearReads(track: SocketTrack): string[] {
	const heard: string[] = [];
	track.subscribe({
		onRead(bytes, time, {host, port}, isOwn) {
			heard.push(`${Buffer.from(bytes).toString()} ${time} ${host}:${port} ${isOwn}`);
		},
	});

	return heard;
}

test('notifies reads of datagrams, and whether a socket of the playground is known to have sent them', t => {
	const pair = new EventPair();
	const heard = hearReads(pair.server);
	pair.ask('ours');
	pair.now = 1005;
	pair.read('ours');
	pair.read('from the same port, and not ours');
	pair.server.datagramReceived(
		farEndAt({host: '192.0.2.1', port: 9}),
		Buffer.from('a stranger\'s'),
		undefined,
		0,
		1007,
	);
	t.deepEqual(heard, [
		'ours 1005 127.0.0.1:50000 true',
		'from the same port, and not ours 1005 127.0.0.1:50000 false',
		'a stranger\'s 1007 192.0.2.1:9 false',
	]);
});

test('notifies reads of a byte stream, and whether its other end is the playground\'s', t => {
	const {log, client} = new EventPair();
	const [near, far] = [{host: '127.0.0.1', port: 50_001}, {host: '127.0.0.1', port: 81}];
	const heard = hearReads(client);
	client.happened({type: 'connection-opened', peer: far, local: near});
	client.chunkReceived(Buffer.from('a'));
	const server = log.track(1, client.index, 1);
	server.happened({type: 'connection-accepted', peer: near, local: far});
	client.chunkReceived(Buffer.from('b'), Number.NaN, 1001);
	t.deepEqual(heard, ['a 1000 127.0.0.1:81 false', 'b 1001 127.0.0.1:81 true']);
	t.is(client.far, server);
	t.is(server.far, client);
});

test('tells that the peer sends nothing more, and that the socket is closed, and nothing else', t => {
	const {client} = new EventPair();
	const peer = {host: '127.0.0.1', port: 81};
	const heard: boolean[] = [];
	const following = client.subscribe({
		onOver(isClosed) {
			heard.push(isClosed);
		},
	});

	client.happened({type: 'fin-sent', peer});
	client.happened({type: 'fin-received', peer});
	t.false(client.isClosed);
	client.happened({type: 'socket-closed', peer, discarded: 0});
	t.true(client.isClosed);
	t.deepEqual(heard, [false, true]);
	following.close();
	client.happened({type: 'fin-received', peer});
	t.is(heard.length, 2);
});

test('a connection that is closed has refused what comes after that, and not what came before', t => {
	const {log, client} = new EventPair();
	const [near, far] = [{host: '127.0.0.1', port: 50_001}, {host: '127.0.0.1', port: 81}];
	const server = log.track(1, client.index, 1);
	client.happened({type: 'connection-opened', peer: far, local: near});
	server.happened({type: 'connection-accepted', peer: near, local: far});
	server.chunkSent(Buffer.from('before'));
	t.false(client.hasRefused);
	client.happened({type: 'socket-closed', peer: far, discarded: 0});
	t.false(client.hasRefused);
	server.chunkSent(Buffer.from('a'));
	t.true(client.hasRefused);
});

test('an address that another program answers from is not vacant any longer', t => {
	const pair = new EventPair();
	pair.ask('ours');
	pair.read('ours');
	pair.answer('late', undefined);
	pair.closeServer();
	const vacant = pair.client.farEnd(pair.there);
	t.true(vacant.isVacant);
	pair.client.datagramReceived(vacant, Buffer.from('late'));
	t.true(pair.client.farEnd(vacant).isVacant, 'that came from the socket that is closed');
	pair.client.datagramReceived(vacant, Buffer.from('a stranger\'s'));
	t.false(pair.client.farEnd(vacant).isVacant);
});

test('a datagram that is overtaken before the system has told that it took it is recorded as lost, one that is read as read', t => {
	const pair = new EventPair();
	const {client, there} = pair;
	const departures = ['a', 'b'].map(text => {
		const [number, bytes] = [client.nextWrite(), Buffer.from(text)];
		return {number, bytes, departure: client.departs(there, number, bytes, pair.now)};
	});
	pair.read('b');
	const sent = departures.map(({number, bytes, departure}) => client.datagramSent(there, bytes, number, departure));
	t.deepEqual(sent.map(sequence => pair.arrival(sequence)), [{type: 'lost'}, {type: 'read', number: 1}]);
});

test('round trips are of what was received: not of messages in what was sent', t => {
	const {client} = new EventPair();
	const peer = {host: '127.0.0.1', port: 81};
	client.happened({type: 'connection-opened', peer, local: {host: '127.0.0.1', port: 50_001}});
	client.chunkSent(Buffer.from('a\n'), undefined, undefined, packFramed('line', 1, 1));
	t.is(client.index.roundTrips.count, 0);
	client.chunkReceived(Buffer.from('A\n'), 3);
	client.happened({
		type: 'message-received',
		peer,
		message: 1,
		length: 1,
		bytes: Buffer.from('A'),
		frame: {offset: 0, length: 2},
		reads: {first: 1, last: 1},
		elapsed: 5,
	});
	t.is(client.index.roundTrips.count, 2);
	t.is(client.index.roundTrips.last, 5);
});

test('what is due before the next event of a pane is told once, before whatever that is, and may be an event itself', t => {
	for (const next of ['hot', 'rare'] as const) {
		const {log, client, there} = new EventPair();
		const peer = there.address;
		const times: number[] = [];
		client.index.beforeNext(time => {
			times.push(time);
			client.happened({type: 'reading-stopped', peer}, time);
		});
		const from = log.next;
		if (next === 'hot') {
			client.datagramSent(there, Buffer.from('a'), 1, undefined, 1234);
		} else {
			client.happened({type: 'reading-resumed', peer}, 1234);
		}

		client.happened({type: 'reading-resumed', peer}, 1235);
		const types = Array.from({length: log.next - from}, (_, index) => log.read(from + index).type);
		t.deepEqual(types, ['reading-stopped', next === 'hot' ? 'datagram-sent' : 'reading-resumed', 'reading-resumed']);
		t.deepEqual(times, [1234]);
	}
});
