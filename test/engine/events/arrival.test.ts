import test from 'ava';
import {EventPair} from '../../helpers/event-pair.ts';
import {arrivalOf, placeOf} from '../../../source/engine/events/arrival.ts';
import type {DatagramLinkFate} from '../../../source/engine/events/link-fate.ts';

const lost: DatagramLinkFate = {type: 'lost', cause: 'loss'};

/** A datagram that the simulated link lets pass, once or twice, and how many of its copies are where. */
function passed(onTheLink: number, discarded = 0): DatagramLinkFate {
	return {
		type: 'passed', copies: [{delay: 5}, {delay: 7}], isHeldBack: false, onTheLink, discarded, overtakenBy: undefined,
	};
}

test('keeps the number of the read, before that the place among those that the system got, and nothing where neither is known', t => {
	const {client, there} = new EventPair();
	t.is(placeOf(undefined), 0);
	client.departs(there, 1, Buffer.from('a'), 0);
	const departure = client.departs(there, 7, Buffer.from('b'), 0)!;
	t.is(placeOf(departure), -2);
	departure.readAs = 5;
	t.is(placeOf(departure), 5);
});

test('what was read was read, whatever has become of its copies and of the socket since', t => {
	const pair = new EventPair();
	pair.closeServer();
	for (const fate of [undefined, lost, passed(0, 2), passed(1)]) {
		t.deepEqual(arrivalOf(pair.client, pair.server, 3, fate), {type: 'read', number: 3});
	}
});

test('what the system has got is under way until a later one has been read, or the socket is closed', t => {
	const pair = new EventPair();
	const {client, server} = pair;
	const under = {type: 'under-way'};
	for (const fate of [undefined, passed(0)]) {
		t.deepEqual(arrivalOf(client, server, -1, fate), under);
	}

	pair.ask('a');
	pair.ask('b');
	pair.ask('c');
	pair.read('b');
	for (const fate of [undefined, passed(0)]) {
		t.deepEqual(arrivalOf(client, server, -1, fate), {type: 'lost'});
		t.deepEqual(arrivalOf(client, server, -3, fate), under);
	}

	pair.closeServer();
	t.deepEqual(arrivalOf(client, server, -3, undefined), {type: 'lost'});
	t.deepEqual(arrivalOf(client, server, -3, passed(0)), {type: 'lost'});
});

test('what the simulated link has lost, or has not let go before the socket that sent it was closed, is lost', t => {
	const {client, server} = new EventPair();
	t.deepEqual(arrivalOf(client, server, 0, lost), {type: 'lost'});
	t.deepEqual(arrivalOf(client, server, 0, passed(0, 2)), {type: 'lost'});
});

test('what is on the simulated link is under way, though its other copy was overtaken', t => {
	const pair = new EventPair();
	t.deepEqual(arrivalOf(pair.client, pair.server, 0, passed(2)), {type: 'under-way'});
	pair.ask('a');
	pair.ask('b');
	pair.read('b');
	t.deepEqual(arrivalOf(pair.client, pair.server, -1, passed(1)), {type: 'under-way'});
	t.deepEqual(arrivalOf(pair.client, pair.server, -1, passed(0)), {type: 'lost'});
});

test('what is not known to have departed is under way until the socket is closed', t => {
	const pair = new EventPair();
	t.deepEqual(arrivalOf(pair.client, pair.server, 0, undefined), {type: 'under-way'});
	pair.closeServer();
	t.deepEqual(arrivalOf(pair.client, pair.server, 0, undefined), {type: 'lost'});
});
