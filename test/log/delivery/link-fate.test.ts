/* What the log says of something that goes over the simulated link, from the moment it is sent. */
import {setImmediate as turn} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {EventPair} from '../../helpers/event-pair.ts';
import type {DatagramLinkFate, LinkPassage, StreamLinkFate} from '../../../source/log/delivery/link-fate.ts';

type Passed = Extract<DatagramLinkFate, {type: 'passed'}>;

function passed(copies = 1): Passed {
	return {
		type: 'passed',
		copies: Array.from({length: copies}, () => ({delay: 5})),
		isHeldBack: false,
		onTheLink: copies,
		discarded: 0,
		overtakenBy: undefined,
	};
}

function stream(length: number): StreamLinkFate {
	return {
		type: 'stream', onTheLink: length, discarded: 0, segments: 0, delay: undefined,
	};
}

/** The client sends a text over the link. @returns the event's sequence number, and what lets one copy of it leave */
function send(
	{client, there: wasThere, now}: EventPair,
	text: string,
	fate: DatagramLinkFate,
): {readonly sequence: number; leave(passage?: LinkPassage): void} {
	const bytes = Buffer.from(text);
	const there = client.farEnd(wasThere);
	const number = client.nextWrite();
	const sequence = client.datagramSentOverLink(there, bytes, number, fate, now);
	let copy = 0;
	return {
		sequence,
		leave(passage) {
			const far = client.farEnd(there);
			client.left(sequence, copy++, passage?.delay ?? 5, far, client.departs(far, number, bytes, now), passage);
		},
	};
}

test('a datagram is told when the program sends it, with its fate, and is under way while it is on the link', t => {
	const pair = new EventPair();
	const fate = passed();
	const {sequence, leave} = send(pair, 'hello', fate);
	t.like(pair.log.read(sequence), {
		type: 'datagram-sent',
		time: 1000,
		number: 1,
		length: 5,
		far: {pane: 1, socket: 0},
		arrival: {type: 'under-way'},
		fate,
	});
	t.deepEqual(pair.client.sent, {count: 1, bytes: 5});
	pair.now = 1005;
	leave();
	t.like(pair.log.read(sequence), {time: 1000, arrival: {type: 'under-way'}, fate: {onTheLink: 0}});
	pair.read('hello');
	t.deepEqual(pair.arrival(sequence), {type: 'read', number: 1});
	t.like(pair.log.read(pair.log.next - 1), {write: 1});
});

test('a datagram that goes over no link has no fate', t => {
	const pair = new EventPair();
	t.false('fate' in pair.log.read(pair.ask('a')));
});

test('a datagram that the link has lost is lost at once', t => {
	const pair = new EventPair();
	const {sequence} = send(pair, 'a', {type: 'lost', cause: 'queue'});
	t.like(pair.log.read(sequence), {arrival: {type: 'lost'}, fate: {type: 'lost', cause: 'queue'}});
});

test('datagrams that leave in another order than they were sent are each read, and none is lost', t => {
	const pair = new EventPair();
	const [first, second] = [send(pair, 'one', passed()), send(pair, 'two', passed())];
	second.leave();
	pair.read('two');
	t.deepEqual(pair.arrival(first.sequence), {type: 'under-way'});
	first.leave();
	t.deepEqual(
		pair.arrival(first.sequence),
		{type: 'under-way'},
		'a later write has been read, but it departed before',
	);
	pair.read('one');
	t.deepEqual(
		[first, second].map(({sequence}) => pair.arrival(sequence)),
		[
			{type: 'read', number: 2},
			{type: 'read', number: 1},
		],
	);
});

test('one that departed is lost once one that departed after it has been read, though that was sent before', t => {
	const pair = new EventPair();
	const [first, second] = [send(pair, 'one', passed()), send(pair, 'two', passed())];
	second.leave();
	first.leave();
	pair.read('one');
	t.deepEqual(
		[first, second].map(({sequence}) => pair.arrival(sequence)),
		[{type: 'read', number: 1}, {type: 'lost'}],
	);
});

test('of two copies the first that is read counts, and the second is not lost for it', t => {
	const pair = new EventPair();
	const fate = passed(2);
	const {sequence, leave} = send(pair, 'twice', fate);
	leave();
	t.is(pair.read('twice')?.number, 1);
	t.deepEqual(pair.arrival(sequence), {type: 'read', number: 1});
	leave();
	t.like(pair.log.read(sequence), {fate: {readAgain: undefined}});
	t.is(pair.read('twice')?.number, 1, 'the second copy is the same write');
	t.like(
		pair.log.read(sequence),
		{arrival: {type: 'read', number: 1}, fate: {readAgain: 2}},
		'and its fate has the other read',
	);
	t.deepEqual(fate, passed(2), 'what was given to the log has not changed');
});

test('each copy has the delay that was decided until it has left, and then its own', t => {
	const pair = new EventPair();
	const {sequence, leave} = send(pair, 'twice', {...passed(3), copies: [5, 6, 7].map(delay => ({delay}))});
	const delays = (): unknown => {
		const event = pair.log.read(sequence);
		return 'fate' in event && event.fate?.type === 'passed' && event.fate.copies.map(({delay}) => delay);
	};

	t.deepEqual(delays(), [5, 6, 7]);
	leave({delay: 5.5});
	t.deepEqual(delays(), [5.5, 6, 7]);
	leave({delay: 6.5});
	t.deepEqual(delays(), [5.5, 6.5, 7]);
});

test('a read says how its copy came over the link, where that has doubled or changed it', t => {
	const pair = new EventPair();
	const {leave} = send(pair, 'twice', passed(2));
	const passages: LinkPassage[] = [{copy: 1, delay: 5}, {copy: 2, delay: 7, corruption: {at: 0, xor: 1}}];
	for (const passage of passages) {
		leave(passage);
		pair.read('twice');
		t.like(pair.log.read(pair.log.next - 1), {type: 'datagram-received', write: 1, passage});
	}

	send(pair, 'once', passed()).leave();
	pair.read('once');
	t.false('passage' in pair.log.read(pair.log.next - 1));
});

test('where the first copy is dropped, the second one is what was read', t => {
	const pair = new EventPair();
	const {sequence, leave} = send(pair, 'twice', passed(2));
	leave();
	pair.ask('later');
	pair.read('later');
	t.deepEqual(pair.arrival(sequence), {type: 'under-way'}, 'the second copy is still on the link');
	leave();
	pair.read('twice');
	t.deepEqual(pair.arrival(sequence), {type: 'read', number: 2});
});

test('what leaves the link when another socket has the address is on its way to that one', t => {
	const pair = new EventPair();
	for (const text of ['a', 'b']) {
		pair.ask(text);
		pair.read(text);
	}

	const whileOpen = send(pair, 'sent while one was there', passed());
	pair.closeServer();
	t.deepEqual(pair.arrival(whileOpen.sequence), {type: 'under-way'});
	const whileClosed = send(pair, 'sent to nobody', passed());
	t.like(pair.log.read(whileClosed.sequence), {far: undefined, isVacant: true, arrival: undefined});
	const reopened = pair.openServer();
	whileOpen.leave();
	whileClosed.leave();
	for (const {sequence} of [whileOpen, whileClosed]) {
		t.like(pair.log.read(sequence), {far: {pane: 1, socket: 0}, arrival: {type: 'under-way'}});
		t.false('isVacant' in pair.log.read(sequence));
	}

	reopened.datagramReceived(pair.back, Buffer.from('sent to nobody'));
	t.deepEqual(
		[whileOpen, whileClosed].map(({sequence}) => pair.arrival(sequence)),
		[{type: 'lost'}, {type: 'read', number: 1}],
	);
});

test('what was sent, and leaves the link when the log does not hold it any more, marks no other event', t => {
	const pair = new EventPair(8);
	const {leave} = send(pair, 'old', passed());
	for (let count = 0; count < 8; count++) {
		pair.ask(`new ${count}`);
	}

	leave();
	t.is(pair.read('old')?.number, 1);
	const {log} = pair;
	const held = Array.from({length: 7}, (_, index) => pair.arrival(log.first + index));
	t.deepEqual(held, Array.from({length: 7}, () => ({type: 'lost'})), 'they departed before it');
});

test('readers of earlier rows are told that these have changed', t => {
	const pair = new EventPair();
	let told = 0;
	const {leave} = send(pair, 'a', passed());
	pair.log.watch(() => {
		told++;
	});
	const events = pair.log.next;
	const {revision} = pair.log;
	t.is(pair.client.index.changes, 0);
	leave();
	t.is(pair.log.revision, revision + 1);
	t.is(pair.client.index.changes, 1);
	t.is(told, 1);
	pair.client.amend({type: 'dropped', sequence: 2});
	t.is(pair.client.index.changes, 2);
	t.is(pair.server.index.changes, 0);
	t.is(pair.log.next, events, 'no event was made of it');
});

test('a write to a byte stream has its fate as it is at the moment of looking', t => {
	const {log, client} = new EventPair();
	const sequence = client.chunkSent(Buffer.from('abcd'), 1000, stream(4));
	client.chunkSent(Buffer.from('def'));
	t.like(log.read(sequence), {type: 'chunk-sent', fate: {onTheLink: 4, delay: undefined}});
	t.false('fate' in log.read(log.next - 1));
	const early = log.read(sequence);
	client.amend({
		type: 'segment-left', sequence, length: 1, delay: undefined,
	});
	t.like(log.read(sequence), {fate: {onTheLink: 3, segments: 1, delay: undefined}});
	client.amend({
		type: 'segment-left', sequence, length: 3, delay: 12.5,
	});
	t.like(log.read(sequence), {fate: {onTheLink: 0, segments: 2, delay: 12.5}});
	t.like(early, {fate: stream(4)}, 'what was read earlier does not change');
});

test('of a write the bytes that never leave the link are discarded', t => {
	const {log, client} = new EventPair();
	const sequence = client.chunkSent(Buffer.from('abcd'), 1000, stream(4));
	client.amend({
		type: 'segment-left', sequence, length: 1, delay: undefined,
	});
	client.amend({type: 'discarded', sequence, amount: 3});
	t.like(log.read(sequence), {
		fate: {
			...stream(4), onTheLink: 0, segments: 1, discarded: 3,
		},
	});
});

test('a datagram that the system has not taken, or that was discarded with its socket, is lost once no copy is left', t => {
	const pair = new EventPair();
	const {sequence, leave} = send(pair, 'twice', passed(2));
	pair.client.amend({type: 'discarded', sequence, amount: 1});
	t.like(pair.log.read(sequence), {arrival: {type: 'under-way'}, fate: {onTheLink: 1, discarded: 1}});
	leave();
	const departure = pair.client.departs(pair.there, 1, Buffer.from('twice'), pair.now);
	pair.client.cancel(departure);
	pair.client.refused(sequence, pair.there, departure);
	t.like(pair.log.read(sequence), {arrival: {type: 'lost'}, fate: {onTheLink: 0, discarded: 2, refused: 1}});
});

test('a copy that the system has not taken on its way to no socket of the playground leaves the other under way', t => {
	const pair = new EventPair();
	const {sequence, leave} = send(pair, 'twice', passed(2));
	leave();
	pair.client.left(sequence, 1, 5, pair.there, undefined);
	pair.client.refused(sequence, pair.there, undefined);
	t.like(pair.log.read(sequence), {arrival: {type: 'under-way'}, fate: {onTheLink: 0, discarded: 1, refused: 1}});
});

test('of two copies that have left, one that is dropped leaves the other under way', t => {
	const pair = new EventPair();
	const {sequence, leave} = send(pair, 'twice', passed(2));
	leave();
	leave();
	pair.client.amend({type: 'dropped', sequence});
	t.deepEqual(pair.arrival(sequence), {type: 'under-way'});
	pair.client.amend({type: 'dropped', sequence});
	t.deepEqual(pair.arrival(sequence), {type: 'lost'});
});

test('of a datagram to another program, each copy that has left has to find no socket for it to be told so', t => {
	const pair = new EventPair();
	pair.closeServer();
	const {sequence, leave} = send(pair, 'twice', passed(2));
	const isUnbound = (): boolean => 'isUnbound' in pair.log.read(sequence);
	leave();
	pair.client.amend({type: 'unbound', sequence});
	t.false(isUnbound());
	leave();
	t.false(isUnbound());
	pair.client.amend({type: 'unbound', sequence});
	t.true(isUnbound());
	const refused = send(pair, 'once more', passed(2)).sequence;
	pair.client.amend({type: 'discarded', sequence: refused, amount: 1});
	pair.client.amend({type: 'unbound', sequence: refused});
	t.like(pair.log.read(refused), {isUnbound: true});
});

test('what is on its way to a socket is lost when that is closed, unless it was read; of what departs to none no more is known', t => {
	const pair = new EventPair();
	const [read, onTheWay, onTheLink, lost] = ['a', 'b', 'c', 'd'].map(text =>
		send(pair, text, text === 'd' ? {type: 'lost', cause: 'loss'} : passed()));
	read!.leave();
	pair.read('a');
	onTheWay!.leave();
	pair.closeServer();
	const arrivals = (): unknown[] => [read, onTheWay, onTheLink, lost].map(sent => pair.arrival(sent!.sequence));
	t.deepEqual(arrivals(), [{type: 'read', number: 1}, {type: 'lost'}, {type: 'under-way'}, {type: 'lost'}]);
	onTheLink!.leave();
	t.like(pair.log.read(onTheLink!.sequence), {far: undefined, arrival: undefined, isVacant: true});
	t.false('isUnbound' in pair.log.read(onTheLink!.sequence));
	pair.client.amend({type: 'unbound', sequence: onTheLink!.sequence});
	t.like(pair.log.read(onTheLink!.sequence), {isVacant: true, isUnbound: true});
});

test('what leaves the link when another program is known to have the address is not told to go where nobody is', t => {
	const pair = new EventPair();
	const whileOpen = send(pair, 'a', passed());
	pair.closeServer();
	const whileClosed = send(pair, 'b', passed());
	pair.client.occupied(pair.client.farEnd(pair.there));
	for (const {sequence, leave} of [whileOpen, whileClosed]) {
		leave();
		t.like(pair.log.read(sequence), {far: undefined, arrival: undefined, fate: {onTheLink: 0}});
		t.false('isVacant' in pair.log.read(sequence));
	}
});

test('a copy that its server has not read before it was closed is lost, and has not found no socket', t => {
	for (const isDropped of [false, true]) {
		const pair = new EventPair();
		const {sequence, leave} = send(pair, 'twice', passed(2));
		leave();
		if (isDropped) {
			pair.client.amend({type: 'dropped', sequence});
		}

		pair.closeServer();
		leave();
		t.like(pair.log.read(sequence), {far: undefined, arrival: undefined, isVacant: true});
		pair.client.amend({type: 'dropped', sequence});
		t.false('isUnbound' in pair.log.read(sequence), 'another program may have got the second one');
		pair.client.amend({type: 'unbound', sequence});
		for (let count = 0; count < 2; count++) {
			const event = pair.log.read(sequence);
			t.like(event, {far: {pane: 1, socket: 0}, arrival: {type: 'lost'}});
			t.false('isUnbound' in event || 'isVacant' in event);
			pair.client.amend({type: 'dropped', sequence});
		}
	}
});

test('so it is where the system has not taken the other', t => {
	const pair = new EventPair();
	const {sequence, leave} = send(pair, 'twice', passed(2));
	leave();
	pair.closeServer();
	leave();
	pair.client.refused(sequence, pair.there, undefined);
	const event = pair.log.read(sequence);
	t.like(event, {far: {pane: 1, socket: 0}, arrival: {type: 'lost'}});
	t.false('isUnbound' in event || 'isVacant' in event);
});

test('a copy that its server has read before it was closed stays read, whatever becomes of the second', t => {
	const pair = new EventPair();
	const {sequence, leave} = send(pair, 'twice', passed(2));
	leave();
	pair.read('twice');
	pair.closeServer();
	leave();
	pair.client.amend({type: 'unbound', sequence});
	t.like(pair.log.read(sequence), {far: {pane: 1, socket: 0}, arrival: {type: 'read', number: 1}});
});

test('a copy that was read stays read by that number when the kernel drops the second', t => {
	const pair = new EventPair();
	const {sequence, leave} = send(pair, 'twice', passed(2));
	leave();
	pair.read('twice');
	leave();
	pair.client.amend({type: 'dropped', sequence});
	t.deepEqual(pair.arrival(sequence), {type: 'read', number: 1});
});

test('an amendment of another kind than the fate changes nothing', t => {
	const {log, client, there} = new EventPair();
	const bytes = Buffer.from('abc');
	const sequence = client.datagramSentOverLink(there, bytes, client.nextWrite(), {type: 'lost', cause: 'next'}, 1000);
	client.amend({type: 'overtaken', sequence, by: 2});
	client.amend({type: 'discarded', sequence, amount: 1});
	t.like(log.read(sequence), {fate: {type: 'lost', cause: 'next'}});
	const chunk = client.chunkSent(bytes, 1000, stream(3));
	client.amend({type: 'overtaken', sequence: chunk, by: 2});
	t.like(log.read(chunk), {fate: stream(3)});
});

test('the log keeps no fate and no passage of an event that was dropped', async t => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const pair = new EventPair(8);
	const make = (): ReadonlyArray<WeakRef<Record<string, unknown>>> => {
		const [fate, passage] = [passed(), {delay: 5, corruption: {at: 0, xor: 1}}];
		send(pair, 'stays on the link', fate);
		send(pair, 'a', passed()).leave(passage);
		pair.read('a');
		return [new WeakRef(fate), new WeakRef(passage)];
	};

	const gone = make();
	for (let count = 0; count < 4; count++) {
		pair.ask('b');
	}

	const held = make();
	pair.ask('c');
	await turn();
	collectGarbage();
	t.deepEqual(gone.map(reference => reference.deref()), [undefined, undefined]);
	t.true(held.every(reference => reference.deref() !== undefined));
	t.true('fate' in pair.log.read(pair.log.next - 3) && 'passage' in pair.log.read(pair.log.next - 2));
});
