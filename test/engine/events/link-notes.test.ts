import test from 'ava';
import {EventLog} from '../../../source/engine/events/event-log.ts';
import {farEndAt} from '../../../source/engine/events/far-end.ts';
import type {DatagramLinkFate} from '../../../source/engine/events/link-fate.ts';
import {LinkNotes} from '../../../source/engine/events/link-notes.ts';
import {PaneIndex} from '../../../source/engine/events/pane-index.ts';

const near = {host: '127.0.0.1', port: 50_000};
const there = {host: '127.0.0.1', port: 12_000};

function passed(): Extract<DatagramLinkFate, {type: 'passed'}> {
	return {
		type: 'passed', copies: [{delay: 1}, {delay: 2}], isHeldBack: false, onTheLink: 2, discarded: 0, overtakenBy: undefined,
	};
}

test('what the log forgets is forgotten of the link, too', t => {
	const notes = new LinkNotes();
	notes.noteFate(3, {type: 'lost', cause: 'loss'});
	notes.notePassage(4, {delay: 5});
	notes.forget(3);
	t.is(notes.fateOf(3), undefined);
	t.deepEqual(notes.passageOf(4), {delay: 5});
	notes.forget(4);
	t.is(notes.passageOf(4), undefined);
});

test('only a datagram that has passed can be read again', t => {
	const notes = new LinkNotes();
	const fate = passed();
	notes.noteFate(1, fate);
	notes.noteFate(2, {type: 'lost', cause: 'next'});
	notes.noteReadAgain(1, 7);
	notes.noteReadAgain(2, 8);
	notes.noteReadAgain(3, 9);
	t.is(fate.readAgain, 7);
	t.deepEqual(notes.fateOf(2), {type: 'lost', cause: 'next'});
});

test('of two copies the event says which read each was, and how each came', t => {
	const log = new EventLog({
		events: 8, bytes: 4096, clock: () => 1000, isOwnHost: () => true,
	});
	const client = log.recorder(2, new PaneIndex(), 0);
	const server = log.recorder(1, new PaneIndex(), 0);
	client.happened({type: 'bound', local: near});
	server.happened({type: 'bound', local: there});
	const far = client.farEnd(farEndAt(there));
	const bytes = Buffer.from('twice');
	const sequence = client.datagramSentOverLink(far, bytes, client.nextWrite(), passed(), 1000);
	for (const copy of [1, 2]) {
		client.left(sequence, far, client.departs(far, 1, bytes, 1000), {copy, delay: copy * 100});
		server.datagramReceived(server.farEnd(farEndAt(near)), bytes);
	}

	t.like(log.read(sequence), {arrival: {type: 'read', number: 1}, fate: {readAgain: 2}});
	t.deepEqual([1, 2].map(index => log.read(sequence + index)).map(event => 'passage' in event && event.passage), [{copy: 1, delay: 100}, {copy: 2, delay: 200}]);
	server.happened({type: 'closed', local: there, discarded: 0});
	for (let number = 0; number < 8; number++) {
		client.datagramSent(far, bytes, client.nextWrite());
	}

	t.is(log.link.fateOf(sequence), undefined);
	t.is(log.link.passageOf(sequence + 1), undefined);
});
