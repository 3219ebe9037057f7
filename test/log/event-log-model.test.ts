import test from 'ava';
import fc from 'fast-check';
import type {Address, SocketEvent} from '../../source/log/event.ts';
import {EventLog} from '../../source/log/event-log.ts';
import {farEndAt, type SocketTrack} from '../../source/log/socket-track.ts';
import {thirdPartyFlag} from '../../source/log/storage/hot-codes.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';

const peer: Address = {host: '127.0.0.1', port: 9};
const failure = {code: 'EMSGSIZE', syscall: 'send', message: 'send EMSGSIZE'};

type Step = {
	readonly kind: 'sent' | 'received' | 'echo' | 'failed' | 'rare';
	readonly pane: 0 | 1;
	readonly bytes: Uint8Array;
};

const step: fc.Arbitrary<Step> = fc.record({
	kind: fc.constantFrom('sent', 'received', 'echo', 'failed', 'rare'),
	pane: fc.constantFrom(0, 1),
	bytes: fc.uint8Array({maxLength: 60}),
});

type Expected = {
	readonly type: string;
	readonly pane: number;
	readonly bytes?: readonly number[];
	readonly length?: number;
};

function take(track: SocketTrack, {kind, bytes}: Step, kept: number): Expected[] {
	const {pane} = track;
	const data = {pane, bytes: [...bytes.subarray(0, kept)], length: bytes.length};
	switch (kind) {
		case 'sent': {
			track.chunkSent(bytes);
			return [{type: 'chunk-sent', ...data}];
		}

		case 'received': {
			track.datagramReceived(farEndAt(peer), bytes, {datagramAnswered: () => 1}, thirdPartyFlag);
			return [{type: 'datagram-received', ...data}];
		}

		case 'echo': {
			track.chunkReceived(bytes);
			track.chunkSent(bytes);
			return [{type: 'chunk-received', ...data}, {type: 'chunk-sent', ...data}];
		}

		case 'failed': {
			track.happened({
				type: 'send-failed', peer, length: bytes.length, bytes, failure,
			});
			return [{type: 'send-failed', ...data}];
		}

		case 'rare': {
			track.happened({type: 'fin-sent', peer});
			return [{type: 'fin-sent', pane}];
		}

		default: {
			return kind satisfies never;
		}
	}
}

function asExpected(event: SocketEvent): Expected {
	const {type, pane} = event;
	return 'bytes' in event
		? {
			type, pane, bytes: [...event.bytes], length: event.length,
		}
		: {type, pane};
}

test('agrees with a plain array about the events that it still holds, for any sequence of events', t => {
	const sizes = fc.record({events: fc.constantFrom(1, 2, 8, 32), bytes: fc.integer({min: 4, max: 400})});
	fc.assert(fc.property(sizes, fc.array(step, {maxLength: 120, size: 'max'}), ({events, bytes}, steps) => {
		const log = new EventLog({
			events, bytes, clock: () => 0, isOwnHost: () => false,
		});
		const indexes = [new PaneIndex(), new PaneIndex()];
		const model: Expected[] = [];
		for (const one of steps) {
			model.push(...take(log.track(one.pane, indexes[one.pane]!, 0), one, bytes >> 2));
			t.is(log.next, model.length);
			t.true(log.next - log.first <= events);
			const held = Array.from({length: log.next - log.first}, (_, index) =>
				asExpected(log.read(log.first + index)));
			t.deepEqual(held, model.slice(log.first));
		}

		for (const [pane, index] of indexes.entries()) {
			const ordinals = Array.from(
				{length: index.total - index.firstSince(log.first)},
				(_, offset) => index.firstSince(log.first) + offset,
			);
			const sequences = [...model.entries()]
				.filter(([sequence, event]) => event.pane === pane && sequence >= log.first)
				.map(([sequence]) => sequence);
			t.deepEqual(ordinals.map(ordinal => index.at(ordinal)), sequences);
		}
	}), {numRuns: 200});
});

test('holds as much as its bounds allow', t => {
	fc.assert(fc.property(fc.array(fc.uint8Array({maxLength: 25}), {minLength: 1, maxLength: 100, size: 'max'}), payloads => {
		const log = new EventLog({
			events: 16,
			bytes: 100,
			clock: () => 0,
			isOwnHost: () => false,
		});
		const track = log.track(1, new PaneIndex(), 0);
		for (const bytes of payloads) {
			track.chunkSent(bytes);
		}

		const held = payloads.slice(log.first);
		const withOneMore = payloads.slice(Math.max(0, log.first - 1));
		const total = (some: Uint8Array[]): number => some.reduce((sum, bytes) => sum + bytes.length, 0);
		t.true(held.length > 0);
		t.true(total(held) <= 100);
		t.true(log.first === 0 || withOneMore.length > 16 || total(withOneMore) > 100);
	}));
});
