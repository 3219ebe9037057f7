import test from 'ava';
import type {LogEntry} from '../../source/log/amendment.ts';
import {EventPair} from '../helpers/event-pair.ts';

/** An entry in a few words: `datagram-sent 2`, `read 2`, `gap 3`. */
function named(entry: LogEntry): string {
	switch (entry.type) {
		case 'event': {
			return `${entry.event.type} ${entry.event.sequence}`;
		}

		case 'amendment': {
			return `${entry.amendment.type} ${entry.amendment.sequence}`;
		}

		case 'gap': {
			return `gap ${entry.missed}`;
		}

		default: {
			return entry satisfies never;
		}
	}
}

test('every subscriber gets events and amendments in the order in which they became known', t => {
	const pair = new EventPair();
	const [one, other]: [string[], string[]] = [[], []];
	for (const seen of [one, other]) {
		pair.log.subscribe({
			payload: 'none',
			onEntry(entry) {
				seen.push(named(entry));
			},
		});
	}

	pair.ask('a');
	pair.ask('b');
	pair.read('b');
	const expected = ['datagram-sent 2', 'datagram-sent 3', 'dropped 2', 'read 3', 'datagram-received 4'];
	t.deepEqual(one, expected);
	t.deepEqual(other, expected);
});

test('an event that was appended does not change for its subscriber, even with later amendments', t => {
	const pair = new EventPair();
	const entries: LogEntry[] = [];
	pair.log.subscribe({
		payload: 'none',
		onEntry(entry) {
			entries.push(entry);
		},
	});
	pair.ask('a');
	const [sent] = entries;
	const before = structuredClone(sent);
	pair.read('a');
	t.deepEqual(sent, before);
	t.like(sent, {event: {arrival: {type: 'under-way'}, far: {pane: 1, socket: 0}}});
	t.is(sent?.type === 'event' && sent.farTrackId, pair.server.trackId);
});

test('payloads are whole where that is asked for, though the log keeps less, and absent elsewhere', t => {
	const {log, client} = new EventPair();
	const lengths: Record<string, number> = {};
	for (const payload of ['whole', 'none'] as const) {
		log.subscribe({
			payload,
			onEntry(entry) {
				lengths[payload] = entry.type === 'event' && 'bytes' in entry.event ? entry.event.bytes.length : -1;
			},
		});
	}

	const sequence = client.chunkSent(new Uint8Array(4000));
	t.deepEqual(lengths, {whole: 4000, none: 0});
	t.like(log.read(sequence), {length: 4000, bytes: new Uint8Array(1024)});
});

test('says that a payload is the same array as that of the event before', t => {
	const {log, client} = new EventPair();
	const seen: boolean[] = [];
	log.subscribe({
		payload: 'none',
		onEntry(entry) {
			seen.push(entry.type === 'event' && entry.isRepeat);
		},
	});
	const bytes = Buffer.from('echo');
	client.chunkReceived(bytes);
	client.chunkSent(bytes);
	client.chunkSent(Buffer.from('echo'));
	t.deepEqual(seen, [false, true, false]);
});

test('what is caused during a notification comes after it for everyone, with bytes of its own', t => {
	const {log, client} = new EventPair();
	const seen: string[] = [];
	let isFirst = true;
	log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			seen.push(`one: ${named(entry)}`);
			if (isFirst) {
				isFirst = false;
				const reused = Buffer.from('nested');
				client.chunkSent(reused);
				reused.fill(0);
			}
		},
	});
	log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			seen.push(`two: ${named(entry)} ${entry.type === 'event' && 'bytes' in entry.event ? Buffer.from(entry.event.bytes).toString() : ''}`);
		},
	});
	client.chunkSent(Buffer.from('outer'));
	t.deepEqual(seen, [
		'one: chunk-sent 2',
		'two: chunk-sent 2 outer',
		'one: chunk-sent 3',
		'two: chunk-sent 3 nested',
	]);
});

test('a subscription can be closed during a notification, its own or another, and made during one', t => {
	const {log, client} = new EventPair();
	const seen: string[] = [];
	const hear = (name: string, then?: () => void) => log.subscribe({
		payload: 'none',
		onEntry(entry) {
			seen.push(`${name} ${named(entry)}`);
			then?.();
		},
	});
	const first = hear('first', () => {
		first.close();
		third.close();
		hear('late');
	});
	hear('second');
	const third = hear('third');
	client.chunkSent(Buffer.from('a'));
	client.chunkSent(Buffer.from('b'));
	t.deepEqual(seen, ['first chunk-sent 2', 'second chunk-sent 2', 'second chunk-sent 3', 'late chunk-sent 3']);
});

test('a subscription made during a notification does not get what was caused before it', t => {
	const {log, client} = new EventPair();
	const seen: string[] = [];
	let isFirst = true;
	log.subscribe({
		payload: 'none',
		onEntry() {
			if (!isFirst) {
				return;
			}

			isFirst = false;
			client.chunkSent(Buffer.from('b'));
			log.subscribe({
				payload: 'none',
				onEntry(entry) {
					seen.push(named(entry));
				},
			});
		},
	});
	client.chunkSent(Buffer.from('a'));
	t.deepEqual(seen, []);
	client.chunkSent(Buffer.from('c'));
	t.deepEqual(seen, ['chunk-sent 4']);
});

test('a subscriber that throws harms neither the log nor the others, and is told of it', t => {
	const {log, client} = new EventPair();
	const faults: unknown[] = [];
	const seen: string[] = [];
	const fault = new Error('a fault in a subscriber');
	log.subscribe({
		payload: 'none',
		onEntry() {
			throw fault;
		},
		onFault(error) {
			faults.push(error);
		},
	});
	log.subscribe({
		payload: 'none',
		onEntry(entry) {
			seen.push(named(entry));
		},
	});
	t.is(client.chunkSent(Buffer.from('a')), 2);
	client.chunkSent(Buffer.from('b'));
	t.deepEqual(faults, [fault, fault]);
	t.deepEqual(seen, ['chunk-sent 2', 'chunk-sent 3']);
});

test('one that pauses gets what it has missed when it resumes, before anything newer, and a gap where that is more than its limit', t => {
	const {log, client} = new EventPair();
	const seen: string[] = [];
	const texts: string[] = [];
	let isNested = true;
	const subscription = log.subscribe({
		payload: 'whole',
		limit: 2,
		onEntry(entry) {
			seen.push(named(entry));
			texts.push(entry.type === 'event' && 'bytes' in entry.event ? Buffer.from(entry.event.bytes).toString() : '');
			if (isNested && seen.length === 3) {
				isNested = false;
				client.chunkSent(Buffer.from('d'));
			}
		},
	});
	client.chunkSent(Buffer.from('a'));
	subscription.pause();
	const reused = Buffer.alloc(1);
	for (const text of ['b', 'c', 'd']) {
		reused.write(text);
		client.chunkSent(reused);
	}

	reused.fill(0);
	t.deepEqual(seen, ['chunk-sent 2']);
	subscription.resume();
	client.chunkSent(Buffer.from('e'));
	t.deepEqual(seen, ['chunk-sent 2', 'gap 1', 'chunk-sent 4', 'chunk-sent 5', 'chunk-sent 6', 'chunk-sent 7']);
	t.deepEqual(texts, ['a', '', 'c', 'd', 'd', 'e'], 'the bytes are those of then');
});

test('while a subscription is paused, up to 16 MiB of payloads are kept for it, and none where it wants none', t => {
	const {log, client} = new EventPair();
	const mebibyte = Buffer.alloc(1024 * 1024, 'x');
	const [whole, none]: [string[], string[]] = [[], []];
	const subscriptions = ([['whole', whole], ['none', none]] as const).map(([payload, seen]) => log.subscribe({
		payload,
		onEntry(entry) {
			seen.push(entry.type === 'gap' ? named(entry) : entry.type);
		},
	}));
	for (const subscription of subscriptions) {
		subscription.pause();
	}

	for (let count = 0; count < 20; count++) {
		client.chunkSent(mebibyte);
	}

	for (const subscription of subscriptions) {
		subscription.resume();
	}

	t.deepEqual(whole, ['gap 4', ...Array.from({length: 16}, () => 'event')]);
	t.deepEqual(none, Array.from({length: 20}, () => 'event'));
});

test('one that pauses or closes while it is given missed events gets none after that', t => {
	const {log, client} = new EventPair();
	const seen: string[] = [];
	const subscription = log.subscribe({
		payload: 'none',
		onEntry(entry) {
			seen.push(named(entry));
			if (seen.length === 1) {
				subscription.pause();
			} else {
				subscription.close();
			}
		},
	});
	subscription.pause();
	for (const text of ['a', 'b', 'c']) {
		client.chunkSent(Buffer.from(text));
	}

	subscription.resume();
	t.deepEqual(seen, ['chunk-sent 2']);
	subscription.resume();
	t.deepEqual(seen, ['chunk-sent 2', 'chunk-sent 3']);
});

test('watchers are told of events and amendments until they close, and one that throws does not disturb the others', t => {
	const faults: unknown[] = [];
	const pair = new EventPair(64, error => {
		faults.push(error);
	});
	const {log} = pair;
	const fault = new Error('a fault in a watcher');
	let told = 0;
	const failing = log.watch(() => {
		failing.close();
		throw fault;
	});
	const watching = log.watch(() => {
		told++;
	});
	const sequence = pair.ask('a');
	pair.client.amend({type: 'dropped', sequence});
	t.is(told, 2);
	watching.close();
	pair.ask('b');
	t.is(told, 2);
	t.deepEqual(faults, [fault]);
});

test('no entry is made while there is no subscriber, nor after the last has closed', t => {
	const pair = new EventPair();
	const seen: string[] = [];
	// An event object reads the pane of its track; columns do not.
	let reads = 0;
	Object.defineProperty(pair.client, 'pane', {
		get() {
			reads++;
			return 2;
		},
	});
	pair.log.watch(() => {
		seen.push('changed');
	});
	pair.ask('a');
	t.is(reads, 0);
	const subscription = pair.log.subscribe({payload: 'none', onEntry: () => undefined});
	pair.ask('b');
	t.is(reads, 1);
	subscription.close();
	pair.ask('c');
	t.is(reads, 1);
	t.is(seen.length, 3);
});

test('a follower of one socket that throws harms neither the others nor the socket', t => {
	const faults: unknown[] = [];
	const {client} = new EventPair(64, error => {
		faults.push(error);
	});
	const fault = new Error('a fault in a follower');
	const fail = (): never => {
		throw fault;
	};

	client.subscribe({onDelivery: fail, onRead: fail, onOver: fail});
	const seen: string[] = [];
	client.subscribe({
		onDelivery(write, what) {
			seen.push(`${write} ${what}`);
		},
		onRead(bytes) {
			seen.push(`read ${bytes.length}`);
		},
		onOver(isClosed) {
			seen.push(isClosed ? 'closed' : 'finished');
		},
	});
	client.notifyDelivery(1, 'lost', Number.NaN, 0);
	client.chunkReceived(Buffer.from('abc'));
	client.happened({type: 'socket-closed', discarded: 0});
	t.deepEqual(seen, ['1 lost', 'read 3', 'closed']);
	t.deepEqual(faults, [fault, fault, fault]);
});

test('one follower that is subscribed twice is told twice, and once when one of the two is closed', t => {
	const pair = new EventPair();
	let told = 0;
	const follower = {
		onRead() {
			told++;
		},
	};
	const first = pair.server.subscribe(follower);
	const second = pair.server.subscribe(follower);
	pair.read('a');
	t.is(told, 2);
	first.close();
	pair.read('b');
	t.is(told, 3);
	second.close();
	pair.read('c');
	t.is(told, 3);
});
