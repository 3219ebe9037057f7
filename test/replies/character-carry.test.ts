import test from 'ava';
import fc from 'fast-check';
import {hostileBytes, mixedText} from '../helpers/hostile-text.ts';
import {decodeUtf8, unfinishedLength} from '../../source/text/encoding/utf8.ts';
import {uppercase} from '../../source/replies/uppercase.ts';
import {CharacterCarry} from '../../source/replies/character-carry.ts';

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
	const borders = [0, ...places.map(place => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
	return borders.slice(1).map((border, index) => bytes.subarray(borders[index], border));
}

const places = fc.array(fc.nat(400), {maxLength: 12});

test('holds a character back until its rest arrives', t => {
	const carry = new CharacterCarry();
	t.deepEqual([...carry.take(Uint8Array.of(0x61, 0xED, 0x95))], [0x61]);
	t.deepEqual([...carry.take(Uint8Array.of(0x9C, 0x62))], [0xED, 0x95, 0x9C, 0x62]);
	t.is(carry.flush().length, 0);
});

test('holds a character back over as many chunks as it has bytes', t => {
	const carry = new CharacterCarry();
	t.deepEqual([0xF0, 0x9F, 0x91, 0x8D].map(byte => carry.take(Uint8Array.of(byte)).length), [0, 0, 0, 4]);
});

test('hands over a chunk itself where nothing was cut', t => {
	const carry = new CharacterCarry();
	const chunk = Buffer.from('안녕');
	t.is(carry.take(chunk), chunk);
});

test('hands on every byte of what is no text, at once', t => {
	const carry = new CharacterCarry();
	t.deepEqual([...carry.take(Uint8Array.of(0xFF, 0xE2))], [0xFF, 0xE2]);
	t.deepEqual([...carry.take(Uint8Array.of(0xE2))], []);
	t.deepEqual([...carry.take(Uint8Array.of(0x41))], [0xE2, 0x41]);
	t.is(carry.flush().length, 0);
});

test('gives back what it holds, once', t => {
	const carry = new CharacterCarry();
	carry.take(Uint8Array.of(0x61, 0xF0, 0x9F));
	t.deepEqual([...carry.flush()], [0xF0, 0x9F]);
	t.deepEqual([...carry.flush()], []);
	t.deepEqual([...carry.take(Uint8Array.of(0x62))], [0x62]);
});

test('does not hold on to the buffer of a whole read', t => {
	const carry = new CharacterCarry();
	const slab = new Uint8Array(65_536);
	slab.set([0x61, 0xED, 0x95], 0);
	carry.take(slab.subarray(0, 3));
	slab.fill(0);
	const held = carry.flush();
	t.deepEqual([...held], [0xED, 0x95]);
	t.true(held.buffer.byteLength < 16);
});

test('makes uppercase of pieces what uppercase makes of the whole text, wherever it was cut', t => {
	fc.assert(fc.property(mixedText, places, (text, cuts) => {
		const carry = new CharacterCarry();
		const answers = cut(Buffer.from(text), cuts).map(piece => uppercase(carry.take(piece)));
		t.is(Buffer.concat([...answers, carry.flush()]).toString(), text.toUpperCase());
	}), {numRuns: 2000});
});

test('hands over text that is whole characters, for each piece of a text', t => {
	fc.assert(fc.property(mixedText, places, (text, cuts) => {
		const carry = new CharacterCarry();
		for (const piece of cut(Buffer.from(text), cuts)) {
			t.not(decodeUtf8(carry.take(piece)), undefined);
		}

		t.is(carry.flush().length, 0);
	}));
});

test('loses and adds no byte and keeps their order, for any stream', t => {
	fc.assert(fc.property(hostileBytes, places, (bytes, cuts) => {
		const carry = new CharacterCarry();
		const taken = cut(bytes, cuts).map(piece => Uint8Array.from(carry.take(piece)));
		const held = carry.flush();
		t.true(held.length <= 3);
		t.is(unfinishedLength(held), held.length);
		t.deepEqual(Uint8Array.from(Buffer.concat([...taken, held])), bytes);
	}), {numRuns: 2000});
});

test('changes no byte of a binary stream but ASCII letters, wherever it was cut', t => {
	const letterless = fc.uint8Array({maxLength: 60}).map(bytes => bytes.map(byte => byte | 0x80));
	fc.assert(fc.property(letterless, places, (bytes, cuts) => {
		const carry = new CharacterCarry();
		const pieces = cut(bytes, cuts)
			.map(piece => carry.take(piece))
			.filter(piece => decodeUtf8(piece) === undefined);
		for (const piece of pieces) {
			t.deepEqual(uppercase(piece), Uint8Array.from(piece));
		}
	}));
});
