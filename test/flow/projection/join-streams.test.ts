import test from 'ava';
import fc from 'fast-check';
import type {FlowStep} from '../../../source/flow/step.ts';
import type {StreamLinkFate} from '../../../source/log/delivery/link-fate.ts';
import {
	briefs, chunk, clientAt, eventsOf, flowOf, handshake, sceneOf, server, serverAt, type Told, words,
} from '../_scenes.ts';

const scene = sceneOf('tcp');

function write(number: number, offset: number, text: string): Told {
	return chunk('chunk-sent', 1, 'client', {number, offset, text});
}

function read(number: number, offset: number, text: string): Told {
	return chunk('chunk-received', 1, 'connection', {number, offset, text});
}

test('a write that one read has returned is one arrow, without a note', t => {
	t.deepEqual(briefs(flowOf(eventsOf(write(1, 0, 'ab'), read(1, 0, 'ab')), scene)), [
		'client:1 chunk arrived connection:1 2 "ab"',
	]);
});

test('a read of several writes arrives apart from them, and tells which', t => {
	t.deepEqual(briefs(flowOf(eventsOf(write(3, 7, 'ab'), write(4, 9, 'c'), read(1, 7, 'abc')), scene)), [
		'client:1 chunk departure ① arrived connection:1 2 "ab"',
		'client:1 chunk departure ① arrived connection:1 1 "c"',
		'client:1 chunk arrival ① arrived connection:1 3 "abc" writes 3+4',
	]);
	t.deepEqual(
		briefs(flowOf(
			eventsOf(write(3, 0, 'a'), write(4, 1, 'b'), write(5, 2, 'c'), write(6, 3, 'd'), read(1, 0, 'abcd')),
			scene,
		)),
		[
			...['a', 'b', 'c', 'd'].map(text => `client:1 chunk departure ① arrived connection:1 1 "${text}"`),
			'client:1 chunk arrival ① arrived connection:1 4 "abcd" writes 3–6',
		],
	);
});

test('a write tells which messages it has in their frames: those that are whole with it, or the one that it is a part of', t => {
	const framed = (first: number, count: number): string[] => {
		const [pane, body] = write(1, 0, 'ab');
		const framed = {framing: 'line', first, count} as const;
		return briefs(flowOf(eventsOf([pane, Object.assign(body, {framed})]), scene));
	};

	for (const [first, count, last] of [[3, 0, 3], [3, 1, 3], [3, 2, 4], [3, 7, 9]] as const) {
		t.deepEqual(framed(first, count), [`client:1 chunk under-way connection:1 2 "ab" ${words.messages(first, last)}`]);
	}
});

test('a read names up to three writes singly', t => {
	const writes = ['a', 'b', 'c'].map((text, index) => write(3 + index, index, text));
	t.is(
		briefs(flowOf(eventsOf(...writes, read(1, 0, 'abc')), scene)).at(-1),
		'client:1 chunk arrival ① arrived connection:1 3 "abc" writes 3+4+5',
	);
});

test('a handshake stands before the first of what tells of it, and so before the first bytes', t => {
	const [started, opened, accepted] = handshake(1) as [Told, Told, Told];
	const kinds = (...told: readonly Told[]): string[] => flowOf(eventsOf(...told), scene).steps.map(({kind}) => kind);
	const made = ['connect', 'connected', 'ack'];
	t.deepEqual(kinds(started, opened, write(1, 0, 'ab'), accepted), [...made, 'chunk', 'accept']);
	t.deepEqual(kinds(started, accepted, opened), [...made, 'accept']);
});

test('reads of one write tell which of its bytes', t => {
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				write(3, 0, 'abcdef'),
				read(1, 0, 'abcd'),
				read(2, 4, 'e'),
				read(3, 5, 'f'),
				write(4, 6, 'gh'),
				read(4, 6, 'g'),
			),
			scene,
		)),
		[
			'client:1 chunk departure ① arrived connection:1 6 "abcdef"',
			'client:1 chunk arrival ① arrived connection:1 4 "abcd" write 3, bytes 0–3',
			'client:1 chunk arrival ① arrived connection:1 1 "e" write 3, byte 4',
			'client:1 chunk arrival ① arrived connection:1 1 "f" write 3, byte 5',
			'client:1 chunk departure ① under-way connection:1 2 "gh"',
			'client:1 chunk arrival ① arrived connection:1 1 "g" write 4, byte 0',
		],
	);
});

test('a read of parts of writes tells which parts', t => {
	t.is(
		briefs(flowOf(eventsOf(write(1, 0, 'abc'), write(2, 3, 'def'), read(1, 0, 'a'), read(2, 1, 'bcde')), scene)).at(-1),
		'client:1 chunk arrival ① arrived connection:1 4 "bcde" writes 1[1–2]+2[0–1]',
	);
	t.is(
		briefs(flowOf(eventsOf(write(1, 0, 'abc'), write(2, 3, 'def'), read(1, 0, 'ab'), read(2, 2, 'cdef')), scene)).at(-1),
		'client:1 chunk arrival ① arrived connection:1 4 "cdef" writes 1[2]+2',
	);
});

test('a read whose writes are not all known has no note', t => {
	for (const writes of [
		[write(2, 2, 'cd')],
		[write(2, 2, 'c'), write(3, 3, 'd')],
		[write(1, 0, 'a'), write(3, 3, 'd')],
		[],
	]) {
		t.is(
			briefs(flowOf(eventsOf(...writes, read(1, 0, 'abcd')), scene)).at(-1)?.replace(/arrival ① /, ''),
			'client:1 chunk arrived connection:1 4 "abcd"',
		);
	}
});

test('an unread write is under way, and lost once the far end is closed', t => {
	const told = [...handshake(1), write(1, 0, 'ab'), read(1, 0, 'ab'), write(2, 2, 'cd')];
	t.is(briefs(flowOf(eventsOf(...told), scene)).at(-1), 'client:1 chunk under-way connection:1 2 "cd"');
	t.is(briefs(flowOf(eventsOf(...told, [server, {
		type: 'socket-closed', peer: clientAt(1), local: serverAt, discarded: 0,
	}, 1]), scene)).at(-2), 'client:1 chunk discarded connection:1 2 "cd"');
});

test('of an answer to a client that has been closed nothing is told but that it is on the simulated link, as long as it is', t => {
	const closed = [1, {
		type: 'socket-closed', peer: serverAt, local: clientAt(1), discarded: 0,
	}] as const;
	const answered = (known: Partial<StreamLinkFate>, ...more: readonly Told[]): readonly string[] => {
		const fate: StreamLinkFate = {
			type: 'stream', onTheLink: 0, discarded: 0, segments: 0, delay: undefined, ...known,
		};
		const answer = chunk('chunk-sent', 1, 'connection', {
			number: 1, offset: 0, text: 'ab', fate,
		});
		return briefs(flowOf(eventsOf(...handshake(1), closed, answer, ...more), scene)).slice(5);
	};

	t.deepEqual(answered({onTheLink: 2}), ['connection:1 chunk under-way client:1 2 "ab"']);
	t.deepEqual(answered({onTheLink: 1, segments: 1}), ['connection:1 chunk under-way client:1 2 "ab"']);
	t.deepEqual(answered({segments: 1, delay: 400}), ['connection:1 chunk discarded client:1 2 "ab"']);
	t.deepEqual(answered({discarded: 2}), ['connection:1 chunk discarded client:1 2 "ab"']);
	const failure = {code: 'ECONNRESET', syscall: 'read', message: ''};
	t.deepEqual(
		answered(
			{segments: 1, delay: 400},
			[server, {type: 'reading-stopped', peer: clientAt(1)}, 1],
			[server, {type: 'reset-received', peer: clientAt(1), failure}, 1],
		),
		[
			'connection:1 chunk discarded client:1 2 "ab"',
			'connection:1 reading-stopped',
			'client:1 K reset arrived connection:1 ECONNRESET',
		],
		'the RST comes when it is read, not when the bytes got onto the link',
	);
});

test('an answer to a client that has been closed is lost, and one to the client\'s next connection is not', t => {
	const closed = [1, {
		type: 'socket-closed', peer: serverAt, local: clientAt(1), discarded: 0,
	}] as const;
	const answer = chunk('chunk-sent', 1, 'connection', {number: 1, offset: 0, text: 'ab'});
	t.deepEqual(briefs(flowOf(eventsOf(...handshake(1), closed, answer), scene)).slice(-2), [
		'connection:1 chunk discarded client:1 2 "ab"', 'client:1 K reset inferred arrived connection:1',
	]);
	const other = {host: '127.0.0.1', port: 4444};
	t.is(
		briefs(flowOf(
			eventsOf(
				...handshake(1),
				closed,
				[1, {type: 'connection-opened', peer: serverAt, local: other}],
				[server, {type: 'connection-accepted', peer: other, local: serverAt}, 2],
				[
					server,
					{
						type: 'chunk-sent',
						peer: other,
						number: 1,
						offset: 0,
						length: 1,
						bytes: Uint8Array.of(0x61),
						far: {pane: 1, socket: 0},
					},
					2,
				],
			),
			scene,
		)).at(-1),
		'connection:2 chunk under-way client:1 1 "a"',
	);
});

test('the directions of a connection, and the connections of a client, are streams apart', t => {
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				write(1, 0, 'ab'),
				chunk('chunk-sent', 1, 'connection', {number: 1, offset: 0, text: 'AB'}),
				chunk('chunk-received', 1, 'client', {number: 1, offset: 0, text: 'AB'}),
				[
					1,
					{
						type: 'chunk-sent',
						peer: serverAt,
						number: 1,
						offset: 0,
						length: 1,
						bytes: Uint8Array.of(0x63),
						far: {pane: server, socket: 2},
					},
				],
			),
			scene,
		)),
		[
			'client:1 chunk under-way connection:1 2 "ab"',
			'connection:1 chunk arrived client:1 2 "AB"',
			'client:1 chunk under-way connection:2 1 "c"',
		],
	);
});

test('every byte that was written is drawn once where it was sent, and once where it was read', t => {
	const lengths = fc.array(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 12});
	fc.assert(fc.property(lengths, lengths, fc.nat(108), (writes, reads, limit) => {
		const total = writes.reduce((sum, length) => sum + length, 0);
		let offset = 0;
		const told = writes.map((length, index) => {
			offset += length;
			return write(index + 1, offset - length, 'x'.repeat(length));
		});
		let readOffset = 0;
		for (const [index, wanted] of reads.entries()) {
			const length = Math.min(wanted, total - readOffset, limit - readOffset);
			if (length > 0) {
				told.push(read(index + 1, readOffset, 'x'.repeat(length)));
				readOffset += length;
			}
		}

		const {steps} = flowOf(eventsOf(...told), scene);
		const bytesOf = (fits: (step: FlowStep) => boolean): number =>
			steps.filter(step => fits(step)).reduce((sum, {length = 0, count}) => sum + length * count, 0);
		t.is(bytesOf(({part}) => part !== 'arrival'), total);
		t.is(bytesOf(({part, to}) => part === 'arrival' || (part === undefined && to?.fate === 'arrived')), readOffset);
	}));
});
