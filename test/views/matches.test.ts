import test from 'ava';
import type {EventType, SocketEvent} from '../../source/log/event.ts';
import {matcherOf} from '../../source/views/filtered-rows.ts';
import {everyEvent} from '../helpers/every-event.ts';

/** The types of events, one of each, that a text lets through. */
function found(text: string, types: readonly EventType[] = []): string[] {
	const matches = matcherOf({type: 'text', text, types}, 'messages');
	return Object.values(everyEvent).filter(event => matches(event)).map(({type}) => type).toSorted();
}

function chunk(text: string | Uint8Array): SocketEvent {
	const bytes = typeof text === 'string' ? Buffer.from(text) : text;
	return {...everyEvent['chunk-sent'], bytes, length: bytes.length};
}

function has(text: string, payload: string | Uint8Array): boolean {
	return matcherOf({type: 'text', text, types: []}, 'messages')(chunk(payload));
}

const withBytes = ['chunk-received', 'chunk-sent', 'datagram-received', 'datagram-sent', 'message-received', 'send-failed'];

test('finds text in payloads, regardless of case', t => {
	for (const text of ['Hello', 'hello', 'ELL', 'o']) {
		t.deepEqual(found(text).filter(type => withBytes.includes(type)), withBytes);
	}

	t.deepEqual(found('hellos'), []);
	t.true(has('안녕', '여러분, 안녕하세요'));
	t.true(has('ÄRGER', 'ärger'));
	t.false(has('안녕', 'hello'));
});

test('finds text between bytes that are no text', t => {
	t.true(has('hi', Buffer.concat([Buffer.of(0xFF, 0x00), Buffer.from('HI'), Buffer.of(0xC3)])));
});

test('finds addresses, at either end', t => {
	t.true(found('127.0.0.1:80').includes('connect-started'));
	t.false(found('127.0.0.1:80').includes('socket-bound'));
	t.deepEqual(found('50000'), [
		'answer-withheld',
		'bind-failed',
		'connection-accepted',
		'connection-opened',
		'leg-opened',
		'listen-failed',
		'listening-started',
		'peer-set',
		'rule-failed',
		'socket-bound',
		'socket-closed',
	]);
	t.true(matcherOf(
		{type: 'text', text: '[::1]:', types: []},
		'messages',
	)({...everyEvent['connect-started'], peer: {host: '::1', port: 7}}));
});

test('finds names of errors, reply rules and destinations', t => {
	t.deepEqual(found('econnref'), [
		'connect-failed',
		'reset-received',
		'send-failed',
		'socket-failed',
	]);
	t.deepEqual(found('echo'), ['rule-changed']);
	t.deepEqual(found('[::1]:80'), ['destination-changed']);
});

test('lets the types through that are asked for, regardless of the text', t => {
	t.deepEqual(found('nothing has this', ['fin-sent', 'closing-changed']), ['closing-changed', 'fin-sent']);
	t.deepEqual(found('echo', ['fin-sent']), ['fin-sent', 'rule-changed']);
});

test('finds bytes as they are, and nothing else', t => {
	const matches = matcherOf({type: 'bytes', bytes: [0x65, 0x6C, 0x6C]}, 'messages');
	t.deepEqual(Object.values(everyEvent).filter(event => matches(event)).map(({type}) => type).toSorted(), withBytes);
	t.false(matches(chunk('ELL')));
	t.true(matcherOf({type: 'bytes', bytes: [0x00, 0xFF]}, 'messages')(chunk(Uint8Array.of(1, 0, 255, 2))));
	t.false(matcherOf({type: 'bytes', bytes: [0xFF, 0x00]}, 'messages')(chunk(Uint8Array.of(1, 0, 255, 2))));
});

test('looks at the bytes of a part of a buffer only', t => {
	const whole = Buffer.from('beforeHelloafter');
	t.false(has('after', whole.subarray(6, 11)));
	t.false(has('before', whole.subarray(6, 11)));
	t.true(has('hello', whole.subarray(6, 11)));
});

test('finds the rows of a connection socket by its name, and the calls of a server\'s socket as a server makes them', t => {
	const sent = everyEvent['chunk-sent'];
	const ofSocket = matcherOf({
		type: 'text', text: 'connection 9', types: [], socket: 9,
	}, 'messages');
	t.true(ofSocket({...sent, socket: 9}));
	t.false(ofSocket({...sent, socket: 8}));
	const bound: SocketEvent = {
		sequence: 0, time: 0, pane: 1, socket: 0, type: 'socket-bound', local: {host: '127.0.0.1', port: 50_000},
	};
	// What a client's bind() was given is port 0.
	const asks = (pane: number): boolean =>
		matcherOf({type: 'text', text: ', 50000)) →', types: []}, 'calls', pane)(bound)
		|| matcherOf({type: 'text', text: 'bind((\'127.0.0.1\', 0)', types: []}, 'calls', pane)(bound);
	t.false(asks(1), 'a server is bound to the port that it was given');
	t.true(asks(2));
});
