import test from 'ava';
import fc from 'fast-check';
import {hostileBytes, mixedText} from '../../helpers/hostile-text.ts';
import {splitInCharacter, splitInHalf} from '../../../source/engine/scene/execute/execute-act.ts';

type Split = typeof splitInHalf;

/** The parts of a text, as hexadecimal bytes. */
function parts(split: Split, text: string): string[] | undefined {
	return split(Buffer.from(text))?.map(part => Buffer.from(part).toString('hex'));
}

/** The parts as texts, each decoded by itself: U+FFFD stands for what is no character. */
function texts(split: Split, text: string): string[] | undefined {
	return split(Buffer.from(text))?.map(part => new TextDecoder('utf-8', {ignoreBOM: true}).decode(part));
}

function isContinuation(byte: number): boolean {
	return byte >= 0x80 && byte < 0xC0;
}

test('splits a text inside its first character of several bytes, after the first of them', t => {
	t.deepEqual(parts(splitInCharacter, 'é'), ['c3', 'a9']);
	t.deepEqual(parts(splitInCharacter, '안'), ['ec', '9588']);
	t.deepEqual(parts(splitInCharacter, '👍'), ['f0', '9f918d']);
	t.deepEqual(parts(splitInCharacter, 'ab안녕c'), ['6162ec', '9588eb859563']);
});

test('finds no character of several bytes in ASCII, in nothing, or in bytes that only continue one', t => {
	t.is(parts(splitInCharacter, 'hello'), undefined);
	t.is(parts(splitInCharacter, ''), undefined);
	t.is(splitInCharacter(Uint8Array.of(0x80, 0x80)), undefined);
	t.is(splitInCharacter(Uint8Array.of(0x61, 0x80)), undefined);
});

test('neither part of a text that is split inside a character is a text, and both together are the whole', t => {
	fc.assert(fc.property(mixedText, text => {
		const bytes = Buffer.from(text);
		const split = splitInCharacter(bytes);
		t.is(split === undefined, bytes.every(byte => byte < 0x80));
		t.true(split === undefined || Buffer.concat(split).equals(bytes));
		for (const part of split ?? []) {
			t.throws(() => new TextDecoder('utf-8', {fatal: true}).decode(part));
		}
	}));
});

test('splits a text in halves', t => {
	t.deepEqual(texts(splitInHalf, 'ab'), ['a', 'b']);
	t.deepEqual(texts(splitInHalf, 'hello!'), ['hel', 'lo!']);
	t.deepEqual(texts(splitInHalf, 'hello'), ['hel', 'lo']);
});

test('splits nothing, and one byte, into no halves', t => {
	t.is(parts(splitInHalf, ''), undefined);
	t.is(parts(splitInHalf, 'a'), undefined);
});

test('cuts between characters, at the next one from the middle on, or else before it', t => {
	t.deepEqual(texts(splitInHalf, '안녕'), ['안', '녕']);
	t.deepEqual(texts(splitInHalf, 'a안녕'), ['a안', '녕']);
	t.deepEqual(texts(splitInHalf, 'a안'), ['a', '안']);
	t.deepEqual(texts(splitInHalf, 'ab👍'), ['ab', '👍']);
	t.deepEqual(texts(splitInHalf, '👍b'), ['👍', 'b']);
});

test('cuts through a character where there is only one', t => {
	t.deepEqual(parts(splitInHalf, '안'), ['ec95', '88']);
	t.deepEqual(parts(splitInHalf, 'é'), ['c3', 'a9']);
});

test('halves have bytes each, are the whole together, and are cut between characters where there are two', t => {
	fc.assert(fc.property(fc.oneof(mixedText.map(text => Buffer.from(text)), hostileBytes), bytes => {
		fc.pre(bytes.length >= 2);
		const [first, second] = splitInHalf(bytes)!;
		t.true(first.length > 0 && second.length > 0);
		t.true(Buffer.concat([first, second]).equals(bytes));
		t.is(isContinuation(second[0]!), bytes.subarray(1).every(byte => isContinuation(byte)));
	}));
});
