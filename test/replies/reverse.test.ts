import test from 'ava';
import fc from 'fast-check';
import {hostileBytes, kinds, mixedText} from '../helpers/hostile-text.ts';
import {decodeUtf8} from '../../source/text/encoding/utf8.ts';
import {reverse} from '../../source/replies/reverse.ts';

function reversed(text: string): string {
	return Buffer.from(reverse(Buffer.from(text))).toString();
}

for (const [before, after] of [
	['', ''],
	['abc', 'cba'],
	['안녕', '녕안'],
	['e\u{301}x', 'xe\u{301}'],
	['a👩‍👩‍👧b', 'b👩‍👩‍👧a'],
	['👍🏽🇰🇷', '🇰🇷👍🏽'],
	['abc\n', 'cba\n'],
	['abc\r\n', 'cba\r\n'],
	['ab\ncd\n\nef', 'ba\ndc\n\nfe'],
	['\n', '\n'],
	['a\rb', 'b\ra'],
] as const) {
	test(`makes ${JSON.stringify(after)} of ${JSON.stringify(before)}`, t => {
		t.is(reversed(before), after);
	});
}

test('turns what is no text round byte by byte', t => {
	t.deepEqual([...reverse(Uint8Array.of(0xFF, 0x61, 0x0A, 0xC3))], [0xC3, 0x0A, 0x61, 0xFF]);
});

test('loses no byte of any input', t => {
	fc.assert(fc.property(hostileBytes, bytes => {
		t.deepEqual(reverse(bytes).toSorted(), bytes.toSorted());
	}));
});

test('gives binary data back when it is done twice', t => {
	fc.assert(fc.property(
		hostileBytes.filter(bytes => decodeUtf8(bytes) === undefined && decodeUtf8(bytes.toReversed()) === undefined),
		bytes => {
			t.deepEqual(reverse(reverse(bytes)), bytes);
		},
	));
});

test('gives lines of plain characters back when it is done twice, their endings in place', t => {
	fc.assert(fc.property(
		fc
			.array(fc.oneof(kinds.ascii, kinds.hangul, fc.constantFrom('漢', 'あ', '𠮷', '\n')), {maxLength: 40})
			.map(pieces => pieces.join('')),
		text => {
			t.is(reversed(reversed(text)), text);
			t.deepEqual(
				reversed(text)
					.split('\n')
					.map(line => line.length),
				text.split('\n').map(line => line.length),
			);
		},
	));
});

test('always answers text to text', t => {
	fc.assert(fc.property(mixedText, text => {
		t.not(decodeUtf8(reverse(Buffer.from(text))), undefined);
	}));
});
