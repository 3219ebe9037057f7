import test from 'ava';
import {EventPair} from '../../helpers/event-pair.ts';
import {type DeliveryTrace, notifyDelivery} from '../../../source/log/delivery/delivery-trace.ts';

/** What was heard of deliveries: whose, which write, which step. */
class Listener {
	readonly heard: string[] = [];

	hear(name: string): DeliveryTrace {
		return (write, step, roundTrip, length) => {
			this.heard.push(`${name} ${write} ${step}${Number.isNaN(roundTrip) ? '' : ` ${roundTrip} ms`}${length > 0 ? ` ${length} B` : ''}`);
		};
	}
}

function listenTo(pair: EventPair): Listener {
	const listener = new Listener();
	pair.client.subscribe({onDelivery: listener.hear('client')});
	pair.server.subscribe({onDelivery: listener.hear('server')});
	return listener;
}

/** As a client has them, that knows from the datagram which one was asked, or does not. */
const trips = {
	datagramAnswered: (time: number, askedAt: number | undefined) =>
		askedAt === undefined ? Number.NaN : time - askedAt,
};

for (const step of ['doubled', 'lost', 'dropped', 'failed', 'discarded'] as const) {
	test(`that a datagram was ${step} is told to who has sent it; of an answer, to who has asked`, t => {
		const listener = new Listener();
		const [own, asker] = [{notifyDelivery: listener.hear('own')}, {notifyDelivery: listener.hear('asker')}];
		notifyDelivery(own, 7, undefined, step);
		notifyDelivery(own, 7, {track: asker, number: 3}, step);
		t.deepEqual(listener.heard, [`own 7 ${step}`, `asker 3 answer-${step}`]);
	});
}

test('without a listener no step is notified, and none fails', t => {
	t.notThrows(() => {
		const pair = new EventPair();
		notifyDelivery(pair.client, 1, undefined, 'lost');
		notifyDelivery(pair.client, 1, {track: pair.server, number: 2}, 'lost');
		pair.ask('a');
		pair.answer('b', pair.read('a'));
		pair.client.datagramReceived(pair.there, Buffer.from('b'), trips);
	});
});

test('a datagram arrives, and its answer does: who has asked hears which write it was, and the round-trip time', t => {
	const pair = new EventPair();
	const {heard} = listenTo(pair);
	pair.ask('first');
	pair.now = 1010;
	pair.ask('second');
	const asked = ['first', 'second'].map(text => pair.read(text));
	t.deepEqual(heard, ['client 1 arrived 5 B', 'client 2 arrived 6 B']);
	heard.length = 0;
	// Answered in the other order, as over a link that delays.
	pair.answer('to the second', asked[1]);
	pair.answer('to the first', asked[0]);
	pair.now = 1050.5;
	pair.client.datagramReceived(pair.there, Buffer.from('to the second'), trips);
	pair.client.datagramReceived(pair.there, Buffer.from('to the first'), trips);
	t.deepEqual(heard, [
		'server 1 arrived 13 B',
		'client 2 answered 40.5 ms 13 B',
		'server 2 arrived 12 B',
		'client 1 answered 50.5 ms 12 B',
	]);
	t.is(pair.client.index.roundTrips.count, 2);
});

test('an answer that comes twice is told twice', t => {
	const pair = new EventPair();
	pair.ask('a');
	const asked = pair.read('a');
	const {heard} = listenTo(pair);
	for (let count = 0; count < 2; count++) {
		pair.answer('b', asked);
		pair.client.datagramReceived(pair.there, Buffer.from('b'), trips);
	}

	t.deepEqual(heard, [
		'server 1 arrived 1 B',
		'client 1 answered 0 ms 1 B',
		'server 2 arrived 1 B',
		'client 1 answered 0 ms 1 B',
	]);
});

test('what the server sends by itself answers nothing', t => {
	const pair = new EventPair();
	const {heard} = listenTo(pair);
	pair.answer('news', undefined);
	pair.client.datagramReceived(pair.there, Buffer.from('news'), trips);
	t.deepEqual(heard, ['server 1 arrived 4 B']);
	t.like(pair.log.read(pair.log.next - 1), {type: 'datagram-received', elapsed: undefined});
});

test('an answer that another socket reads is no answer to who has asked', t => {
	const pair = new EventPair();
	const other = pair.log.track(3, pair.client.index, 0);
	other.happened({type: 'socket-bound', local: {host: '127.0.0.1', port: 50_001}});
	const otherwhere = pair.server.farEnd({
		address: {host: '127.0.0.1', port: 50_001}, socket: undefined, isVacant: false, revision: -1,
	});
	pair.ask('a');
	const asked = pair.read('a');
	const listener = listenTo(pair);
	other.subscribe({onDelivery: listener.hear('other')});
	const bytes = Buffer.from('for all');
	const number = pair.server.nextWrite();
	pair.server.datagramSent(
		otherwhere,
		bytes,
		number,
		pair.server.departs(otherwhere, number, bytes, pair.now, asked),
	);
	other.datagramReceived(pair.there, bytes, trips);
	t.deepEqual(listener.heard, ['server 1 arrived 7 B']);
});

test('a datagram that the kernel has dropped is told when a later one is read; an answer to who has asked', t => {
	const pair = new EventPair();
	const {heard} = listenTo(pair);
	for (const text of ['a', 'b', 'c']) {
		pair.ask(text);
	}

	const asked = [pair.read('b'), pair.read('c')];
	t.deepEqual(heard, ['client 1 dropped', 'client 2 arrived 1 B', 'client 3 arrived 1 B']);
	heard.length = 0;
	for (const [index, origin] of asked.entries()) {
		pair.answer(`answer ${index}`, origin);
	}

	pair.client.datagramReceived(pair.there, Buffer.from('answer 1'), trips);
	t.deepEqual(heard, ['client 2 answer-dropped', 'server 2 arrived 8 B', 'client 3 answered 0 ms 8 B']);
	t.is(pair.server.index.changes, 1, 'the row of the answer is in the server\'s pane');
});
