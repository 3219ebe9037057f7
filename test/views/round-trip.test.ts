/* The parts of a round-trip time, by events whose times the test sets. */
import test from 'ava';
import {EventLog} from '../../source/log/event-log.ts';
import {farEndAt} from '../../source/log/socket-track.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';
import {projectRoundTrip, type RoundTripParts} from '../../source/views/round-trip.ts';

const port = 80;
const host = '127.0.0.1';

/** What happens at one end of a connection: its client's number, what it does, and when. */
type Told = readonly [client: 1 | 2, does: 'reads' | 'writes', time: number];

/** The parts of the round-trip time of 10 ms of an answer that client 1 has read at 110 ms. */
function partsOf(told: readonly Told[]): RoundTripParts | undefined {
	const log = new EventLog({
		events: 256, bytes: 4096, clock: () => 0, isOwnHost: () => true,
	});
	const index = new PaneIndex();
	const [first, second] = [1, 2].map(number => {
		const client = log.track(number + 1, new PaneIndex(), 0);
		const server = log.track(1, index, number);
		const address = {host, port: 50_000 + number};
		client.happened({type: 'connection-opened', peer: {host, port}, local: address});
		server.happened({type: 'connection-accepted', peer: address, local: {host, port}});
		return {client, server};
	});
	const one = Buffer.from('x');
	for (const [number, does, time] of told) {
		const {client, server} = number === 1 ? first! : second!;
		if (does === 'reads') {
			client.chunkSent(one, 0);
			server.chunkReceived(one, Number.NaN, time);
		} else {
			server.chunkSent(one, time);
		}
	}

	first!.client.chunkReceived(one, 10, 110);
	const all = {first: 0, total: index.total, at: (ordinal: number) => index.at(ordinal)};
	return projectRoundTrip(log, log.read(log.next - 1), all);
}

test('the time is divided by the read before the server\'s write on the same connection, whatever others do between them', t => {
	const parts = {there: 2, server: 5, back: 3};
	t.deepEqual(partsOf([[1, 'reads', 102], [1, 'writes', 107]]), parts);
	const others: readonly Told[] = [[2, 'reads', 103], [2, 'writes', 104]];
	t.deepEqual(partsOf([[2, 'reads', 101], [1, 'reads', 102], ...others, [1, 'writes', 107], [2, 'writes', 108]]), parts);
	t.deepEqual(partsOf([[1, 'reads', 102], [1, 'writes', 107], [1, 'writes', 108], [1, 'reads', 109]]), parts, 'its first write was read');
	// What a rule answers later is recorded behind a read that came after it.
	t.deepEqual(partsOf([[1, 'reads', 102], [1, 'reads', 108], [1, 'writes', 107]]), parts);
});

test('there are no parts where the server\'s read or write is not known, or a part would be negative', t => {
	t.is(partsOf([[1, 'writes', 107]]), undefined);
	t.is(partsOf([[2, 'reads', 102], [1, 'writes', 107]]), undefined);
	t.is(partsOf([[1, 'reads', 102], [2, 'writes', 107]]), undefined);
	t.is(partsOf([[1, 'reads', 99], [1, 'writes', 107]]), undefined, 'read before it was asked');
	t.is(partsOf([[1, 'reads', 102], [1, 'writes', 111]]), undefined, 'written after it was answered');
});

test('of a socket that all clients send to, the read is that of the client\'s own datagram', t => {
	const log = new EventLog({
		events: 64, bytes: 4096, clock: () => 0, isOwnHost: () => true,
	});
	const index = new PaneIndex();
	const server = log.track(1, index, 0);
	const bytes = Buffer.from('x');
	server.happened({type: 'socket-bound', local: {host, port}});
	const [first, second] = [2, 3].map(pane => {
		const client = log.track(pane, new PaneIndex(), 0);
		client.happened({type: 'socket-bound', local: {host, port: 50_000 + pane}});
		return {client, there: client.farEnd(farEndAt({host, port})), back: farEndAt({host, port: 50_000 + pane})};
	});
	const reads = ({client, there, back}: NonNullable<typeof first>, time: number): void => {
		client.datagramSent(there, bytes, 1, client.departs(there, 1, bytes, 100), 100);
		server.datagramReceived(server.farEnd(back), bytes, undefined, 0, time);
	};

	reads(first!, 102);
	reads(second!, 104);
	const back = server.farEnd(first!.back);
	server.datagramSent(back, bytes, 1, server.departs(back, 1, bytes, 107), 107);
	first!.client.datagramReceived(first!.there, bytes, {datagramAnswered: () => 10}, 0, 110);
	const all = {first: 0, total: index.total, at: (ordinal: number) => index.at(ordinal)};
	t.deepEqual(projectRoundTrip(log, log.read(log.next - 1), all), {there: 2, server: 5, back: 3});
});
