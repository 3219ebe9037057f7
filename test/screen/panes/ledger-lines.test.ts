import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {RowContext} from '../../../source/screen/panes/geometry.ts';
import {
	ledgerLines, piecesOf, markLetter, markSpan, markTone,
} from '../../../source/screen/panes/rows/ledger-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import textWidth from '../../../source/text/width/width.ts';
import type {LedgerRow} from '../../../source/views/ledger.ts';
import {
	row, type RowChanges, sceneView, serverAddress,
} from '../../helpers/terminal-scene.ts';

const client: RowContext = {
	geometry: {
		inner: 96, logRows: 10, time: 12, peer: 0, payload: 60,
	}, protocol: 'tcp', isServer: false, home: undefined, payload: 'text', server: 1, clients: sceneView().clients, words: en,
};
const none: LedgerRow = {
	parts: [], missing: 0, more: 0, isOver: false, offset: undefined,
};

function lines(changes: RowChanges, ledger: Partial<LedgerRow>, context = client): string[] {
	const {lines} = ledgerLines(row({length: 3, peer: serverAddress, ...changes}), {...none, ...ledger}, context);
	const drawn = lines.map(line => stripVTControlCharacters(line));
	return drawn.map(line => line.trim());
}

test('a write says where its bytes went, and which of the stream\'s bytes they are', t => {
	const write = {
		type: 'chunk-sent', number: 2, far: {pane: 1, socket: 1},
	} as const;
	const part = {
		number: 1, from: 0, length: 3, whole: 6,
	};
	t.deepEqual(lines({...write, payload: 'two'}, {parts: [part], offset: 3}), [
		'12:34:56.789 → write 2 [B]: 3 B  stream 3–5  → read 1 of connection 1',
		'two',
	]);
	t.regex(
		lines(write, {
			parts: [
				{...part, length: 1},
				{...part, number: 2, length: 2},
			],
		})[0] ?? '',
		/→ read 1 \(1 B\) \+ read 2 \(2 B\) of connection 1$/,
	);
	t.regex(
		lines(write, {parts: [{...part, length: 1}], missing: 2})[0] ?? '',
		/→ read 1 \(1 B\) of connection 1 {2}2 B not read yet$/,
	);
	t.regex(lines(write, {missing: 3})[0] ?? '', / {2}not read yet$/);
	t.regex(lines({...write, type: 'datagram-sent', arrival: {type: 'lost'}}, {missing: 3})[0] ?? '', / {2}✗ ~lost: /);
	t.regex(lines(write, {missing: 3, isOver: true})[0] ?? '', / {2}✗ never read: /);
	t.regex(
		lines({
			...write, far: undefined, isVacant: true, isUnbound: true,
		}, {missing: 3}).join(' '),
		/ {2}✗ the socket that was there is closed/,
	);
	t.regex(lines({...write, far: undefined, isUnbound: true}, {missing: 3}).join(' '), / {2}✗ no socket was bound there/);
	for (const isVacant of [undefined, true] as const) {
		t.regex(
			lines({...write, far: undefined, ...(isVacant && {isVacant})}, {missing: 3}).join(' '),
			/→ 127\.0\.0\.1:12000, outside the playground/,
		);
	}
});

test('a message says which reads its bytes came in, and a read which messages its bytes belong to', t => {
	const message = {
		type: 'message-received',
		message: 2,
		payload: 'hello',
		length: 5,
		frame: {offset: 10, length: 7},
		reads: {first: 4, last: 6},
	} as const;
	const part = {
		number: 4, from: 20, length: 1, whole: 21,
	};
	const whole = {
		number: 5, from: 0, length: 4, whole: 4,
	};
	const parts = [part, whole, {...whole, number: 6, length: 2}];
	t.deepEqual(lines(message, {parts, offset: 10}), [
		'12:34:56.789 ≡ message 2: 5 B  stream 10–16  = last 1 B of read 4 + read 5 + first 2 B of read 6',
		'hello',
	]);
	t.regex(lines(message, {parts: [part], missing: 6})[0]!, / = 6 B of older reads \+ last 1 B of read 4$/);
	const read = {
		type: 'chunk-received', number: 3, payload: 'abcdefgh', length: 8,
	} as const;
	const messages = {
		parts: [
			{
				number: 1, from: 5, length: 2, whole: 7,
			},
			{
				number: 2, from: 0, length: 5, whole: 5,
			},
		],
		missing: 1,
		more: 0,
	};
	t.regex(lines({...read, messages}, {}).join(' '), / → last 2 B of message 1 \+ message 2 \+ 1 B in no whole message abcdefgh$/);
});

test('a read says which writes its bytes came from, and which of their bytes', t => {
	const read = {
		type: 'chunk-received', number: 1, far: {pane: 2, socket: 0},
	} as const;
	const part = {
		number: 1, from: 0, length: 3, whole: 3,
	};
	const server = {...client, isServer: true};
	t.deepEqual(lines({
		...read, socket: 4, payload: 'onetwo', length: 6,
	}, {parts: [part, {...part, number: 2}]}, server), [
		'12:34:56.789 ← connection 4  read 1: 6 B = [A] write 1 + [B] write 2 of client 1',
		'[A]one [B]two',
	]);
	t.regex(lines(read, {parts: [{...part, whole: 9}]})[0] ?? '', /= \[A] first 3 B of write 1 of client 1$/);
	t.regex(lines(read, {parts: [{...part, from: 6, whole: 9}]})[0] ?? '', /= \[A] last 3 B of write 1 /);
	t.regex(lines(read, {parts: [{...part, from: 3, whole: 9}]})[0] ?? '', /= \[A] 3 B of write 1 from byte 3 /);
	t.regex(lines(read, {parts: [part], more: 7})[0] ?? '', /write 1 \+ 7 more of client 1$/);
	t.regex(lines(read, {parts: [part], missing: 5})[0] ?? '', /= 5 B of older writes \+ \[A] write 1 /);
	t.regex(lines({...read, far: {pane: 77, socket: 0}}, {parts: [part]})[0] ?? '', /of a removed client$/);
	t.regex(lines({...read, far: undefined}, {missing: 3})[0] ?? '', /= 127\.0\.0\.1:12000's own bytes$/);
});

const passed = {
	type: 'passed', copies: [{delay: 140}], isHeldBack: false, onTheLink: 0, discarded: 0, overtakenBy: undefined,
} as const;
const sent = {
	type: 'datagram-sent', number: 3, far: {pane: 1, socket: 0},
} as const;

/** What a line says behind the length of its write, or behind the read. */
function wayOf(changes: RowChanges, ledger: Partial<LedgerRow>, context = client): string {
	const {lines} = ledgerLines(row({length: 3, peer: serverAddress, ...changes}), {...none, ...ledger}, context);
	const drawn = lines.map(line => stripVTControlCharacters(line).trim());
	return drawn.slice(0, -1).join(' ').replace(/^.*?: 3 B +/, '').trim();
}

test('a datagram says what the link has made of it', t => {
	const read = {
		parts: [{
			number: 2, from: 0, length: 3, whole: 3,
		}],
	};
	const arrival = {type: 'read', number: 2} as const;
	t.is(
		wayOf({...sent, fate: {type: 'lost', cause: 'loss'}, arrival: {type: 'lost'}}, {missing: 3}),
		'✗ lost by the link',
	);
	t.is(wayOf({...sent, far: undefined, fate: {type: 'lost', cause: 'loss'}}, {missing: 3}), '✗ lost by the link');
	t.is(
		wayOf({...sent, fate: {...passed, onTheLink: 1}, arrival: {type: 'under-way'}}, {missing: 3}),
		'on the link  link: +140 ms …',
	);
	t.is(wayOf({...sent, fate: passed, arrival: {type: 'under-way'}}, {missing: 3}), 'not read yet  link: +140 ms');
	t.is(
		wayOf({...sent, fate: {...passed, overtakenBy: 5}, arrival}, read),
		'→ read 2 of the server  link: +140 ms · arrived after write 5',
	);
	const copies = [{delay: 140}, {delay: 152}];
	t.is(
		wayOf({...sent, fate: {...passed, copies, onTheLink: 1}, arrival}, read),
		'→ read 2 of the server  link: 2 copies · +140 ms, +152 ms …',
	);
	t.is(
		wayOf({...sent, fate: {...passed, copies, readAgain: 4}, arrival}, read),
		'→ read 2 + read 4 of the server  link: 2 copies · +140 ms, +152 ms',
	);
	t.is(
		wayOf({...sent, fate: {...passed, discarded: 1}, arrival: {type: 'lost'}}, {missing: 3}),
		'✗ never left the link: closed',
	);
	t.is(
		wayOf({...sent, fate: passed, arrival: {type: 'lost'}}, {missing: 3}).replaceAll(/ +/g, ' '),
		`✗ ${en.views.ledger.lost} link: +140 ms`,
	);
	t.is(
		wayOf({...sent, far: undefined, fate: passed}, {missing: 3}),
		'→ 127.0.0.1:12000, outside the playground  link: +140 ms',
	);
	t.is(
		wayOf({...sent, far: undefined, fate: {...passed, onTheLink: 1}}, {missing: 3}),
		'on the link  link: +140 ms …',
	);
	t.is(wayOf({
		...sent, far: undefined, isVacant: true, isUnbound: true, fate: passed,
	}, {missing: 3}), '✗ the socket that was there is closed  link: +140 ms');
});

test('a read datagram says which copy it is, and that the link has changed it', t => {
	const read = {
		type: 'datagram-received', number: 4, far: {pane: 2, socket: 0},
	} as const;
	const parts = [{
		number: 3, from: 0, length: 3, whole: 3,
	}];
	t.is(wayOf({...read, passage: {copy: 2, delay: 152}}, {parts}), '= [C] write 3 (2nd copy) of client 1');
	t.is(
		wayOf({...read, passage: {delay: 152, corruption: {at: 2, xor: 1}}}, {parts}),
		'= [C] write 3, byte 3 changed of client 1',
	);
	t.is(
		wayOf({...read, passage: {copy: 1, delay: 2, corruption: {at: 0, xor: 1}}}, {parts}),
		'= [C] write 3 (1st copy), byte 1 changed of client 1',
	);
});

test('bytes of a stream that are on the link are on the link, and not unread', t => {
	const stream = {
		type: 'stream', onTheLink: 0, discarded: 0, segments: 1, delay: undefined,
	} as const;
	const write = {
		type: 'chunk-sent', number: 1, far: {pane: 1, socket: 1},
	} as const;
	const part = {
		number: 1, from: 0, length: 1, whole: 1,
	};
	t.is(wayOf({...write, fate: {...stream, onTheLink: 3}}, {missing: 3}), '3 B on the link');
	t.is(wayOf({...write, fate: {...stream, onTheLink: 2}}, {missing: 3}), '2 B on the link  1 B not read yet');
	t.is(
		wayOf({...write, fate: {...stream, onTheLink: 2}}, {parts: [part], missing: 2}),
		'→ read 1 (1 B) of connection 1  2 B on the link',
	);
	t.is(
		wayOf({...write, fate: {...stream, onTheLink: 1}}, {parts: [part], missing: 2}),
		'→ read 1 (1 B) of connection 1  1 B on the link  1 B not read yet',
	);
	t.is(wayOf({...write, fate: {...stream, discarded: 3}}, {missing: 3}), '✗ 3 B never left the link: closed');
	t.is(
		wayOf({...write, fate: {...stream, discarded: 2}}, {parts: [part], missing: 2}),
		'→ read 1 (1 B) of connection 1  ✗ 2 B never left the link: closed',
	);
	t.is(
		wayOf({...write, fate: {...stream, discarded: 1}}, {parts: [part], missing: 2, isOver: true}),
		'→ read 1 (1 B) of connection 1  1 B never read  ✗ 1 B never left the link: closed',
	);
	t.is(
		wayOf({...write, fate: {...stream, segments: 3, delay: 140}}, {parts: [{...part, length: 3, whole: 3}]}),
		'→ read 1 of connection 1  link: +140 ms · in 3 segments',
	);
	t.is(
		wayOf({...write, fate: {...stream, segments: 2, discarded: 1}}, {parts: [part], missing: 2}),
		'→ read 1 (1 B) of connection 1  1 B not read yet  ✗ 1 B never left the link: closed',
		'a number of segments is that of a whole write',
	);
	t.is(wayOf({...write, fate: {...stream, delay: 140}}, {missing: 3}), 'not read yet  link: +140 ms');
	t.is(
		wayOf({...write, far: undefined, fate: {...stream, onTheLink: 2}}, {missing: 3}),
		'→ 127.0.0.1:12000, outside the playground  2 B on the link',
	);
});

test('nothing is drawn beneath a write of no bytes', t => {
	t.is(lines({
		type: 'datagram-sent', length: 0, number: 1, far: {pane: 1, socket: 0}, arrival: {type: 'read', number: 1},
	}, {}).length, 1);
});

test('every line has the pane\'s width, however narrow that is', t => {
	const parts = Array.from({length: 8}, (_, index) => ({
		number: index + 1, from: 0, length: 3, whole: 30,
	}));
	for (let inner = 40; inner < 100; inner++) {
		const context = {...client, isServer: true, geometry: {...client.geometry, inner, time: inner < 52 ? 6 : 9}};
		for (const type of ['chunk-sent', 'chunk-received'] as const) {
			const {lines: drawn} = ledgerLines(row({
				type, payload: '안녕'.repeat(8), length: 123_456, number: 1234, socket: 12, far: {pane: 2, socket: 0},
			}), {
				...none, parts, more: 3, missing: 7, offset: 1_234_567,
			}, context);
			t.deepEqual(new Set(drawn.map(line => textWidth(stripVTControlCharacters(line)))), new Set([inner]));
		}
	}
});

/** What the columns have of a read whose parts these are. */
function pieces(
	payload: string,
	ledger: Partial<LedgerRow>,
	columns: number,
	changes: RowChanges = {},
): Array<readonly [number, string]> {
	return piecesOf(row({type: 'chunk-received', payload, ...changes}), {...none, ...ledger}, columns).lines.flat().map(({number, text}) => [number, text]);
}

const tens = [1, 2, 3].map(number => ({
	number, from: 0, length: 10, whole: 10,
}));

test('cuts the last piece that fits, and leaves out those that do not', t => {
	const text = 'x'.repeat(30);
	t.deepEqual(pieces(text, {parts: tens}, 60), [[1, 'x'.repeat(10)], [2, 'x'.repeat(10)], [3, 'x'.repeat(10)]]);
	t.deepEqual(pieces(text, {parts: tens}, 20), [[1, 'xxxxxxxxxx'], [2, 'xxx…']]);
	t.deepEqual(pieces(text, {parts: tens}, 0), []);
	t.deepEqual(
		pieces('x'.repeat(15), {parts: tens}, 60, {length: 30}),
		[
			[1, 'xxxxxxxxxx'],
			[2, 'xxxxx…'],
		],
		'the log has kept only these',
	);
});

test('shows a read whole, where the oldest of its writes are not known any more', t => {
	t.deepEqual(pieces('0123456789', {parts: [{...tens[0]!, number: 7, length: 4}], missing: 6}, 60), [
		[0, '0123456789'],
	]);
	t.deepEqual(pieces('0123456789', {missing: 10}, 60), [[0, '0123456789']]);
	t.deepEqual(pieces('0123456789', {parts: [{...tens[0]!, length: 4}], more: 2}, 60), [[1, '0123']]);
});

test('shows a write as one piece, in however many reads it was read', t => {
	t.deepEqual(pieces('0123456789', {parts: tens}, 60, {type: 'chunk-sent', number: 4}), [[4, '0123456789']]);
	t.deepEqual(pieces('a\u{1B}b', {}, 60, {type: 'datagram-sent', number: 4}), [[4, String.raw`a\x1bb`]]);
});

test('letters and colours come again, letters after 26 writes; a write that is not known has neither', t => {
	t.is([1, 2, 26, 27].map(number => markLetter(number)).join(''), 'ABZA');
	t.is(markLetter(0), '?');
	t.is(markTone(0), 'plain');
	t.is(markTone(7), markTone(1));
	t.is(new Set([1, 2, 3, 4, 5, 6].map(number => markTone(number))).size, 6);
	t.deepEqual(markSpan(2), {text: '[B]', tone: markTone(2)});
});
