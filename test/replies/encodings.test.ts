import test from 'ava';
import fc from 'fast-check';
import {CharacterCarry} from '../../source/replies/character-carry.ts';
import {kindOfRule, replyTo} from '../../source/replies/reply-rule.ts';
import {reverse} from '../../source/replies/reverse.ts';
import {uppercase} from '../../source/replies/uppercase.ts';
import {
	borders, codecOf, readingOf, Unwritable,
} from '../../source/text/encoding/codec.ts';
import {defaultEncoding, type Encoding, encodings} from '../../source/text/encoding/encoding.ts';

const others = encodings.filter(encoding => encoding !== defaultEncoding);

function bytesOf(encoding: Encoding, text: string): Uint8Array {
	const bytes = codecOf(encoding).encode(text);
	if (bytes instanceof Unwritable) {
		throw new TypeError(`${encoding} has no ${bytes.character}`);
	}

	return bytes;
}

function hex(bytes: Uint8Array | undefined): string {
	return Buffer.from(bytes ?? []).toString('hex');
}

/** Characters, and bytes that are none, each by itself. */
function unitsOf(encoding: Encoding, bytes: Uint8Array): string[] {
	const codec = codecOf(encoding);
	return Array.from(borders(bytes, readingOf(codec)), ([index, length]) => length > 0
		? codec.decode(bytes.subarray(index, index + length))!
		: hex(bytes.subarray(index, index + codec.unit)));
}

test('a syllable whose second byte is a letter of ASCII stays the same', t => {
	t.is(hex(replyTo('uppercase', Uint8Array.of(0x8C, 0x63), codecOf('euc-kr'))), '8c63');
	t.is(hex(uppercase(bytesOf('shift_jis', 'ア表a'), codecOf('shift_jis'))), hex(bytesOf('shift_jis', 'ア表A')));
	t.is(hex(reverse(bytesOf('euc-kr', '똠a\r\n각b\n'), codecOf('euc-kr'))), hex(bytesOf('euc-kr', 'a똠\r\nb각\n')));
});

test('a letter whose upper case the encoding does not have stays as it is', t => {
	t.is(hex(uppercase(bytesOf('latin1', 'ÿµßé'), codecOf('latin1'))), hex(bytesOf('latin1', 'ÿµSSÉ')));
	t.is(hex(uppercase(bytesOf('euc-kr', 'ⓐａŉ'), codecOf('euc-kr'))), hex(bytesOf('euc-kr', 'ⓐＡŉ')));
	t.is(hex(uppercase(bytesOf('utf-16le', 'ÿ\u{10428}'), codecOf('utf-16le'))), hex(bytesOf('utf-16le', 'Ÿ\u{10400}')));
	// The most that one character becomes.
	t.is(hex(uppercase(bytesOf('utf-16le', 'ΐΐ'), codecOf('utf-16le'))), hex(bytesOf('utf-16le', 'ΐΐ'.toUpperCase())));
});

test('bytes that are no character stay, with the letter behind them', t => {
	t.is(hex(uppercase(Uint8Array.of(0xC9, 0x61, 0x62), codecOf('euc-kr'))), 'c96142');
	t.is(hex(uppercase(Uint8Array.of(0x61, 0x8C), codecOf('euc-kr'))), '418c');
	t.is(hex(uppercase(Buffer.from('00d861006100', 'hex'), codecOf('utf-16le'))), '00d841004100');
});

test('a line that would read as other characters backwards stays', t => {
	t.is(hex(reverse(Uint8Array.of(0x41, 0x81, 0x0A, 0x61, 0x62), codecOf('euc-kr'))), '41810a6261');
	t.is(hex(reverse(Uint8Array.of(0x61, 0x00, 0x62, 0x00, 0x63), codecOf('utf-16le'))), '6100620063');
});

test('the sender stands before what a chat passes on, in its encoding', t => {
	const {reply} = kindOfRule('chat');
	const answer = reply?.(bytesOf('utf-16le', 'a'), {host: '127.0.0.1', port: 5}, codecOf('utf-16le'));
	t.is(hex(answer), hex(bytesOf('utf-16le', '127.0.0.1:5: a')));
});

/** Bytes of characters of two, some of which are letters of ASCII, and halves of surrogates. */
const leads = fc.constantFrom(0x8C, 0xB0, 0x83, 0xC9, 0xD8);
const trails = fc.constantFrom(0x63, 0x41, 0x7A, 0xA1, 0xDC);

/** Whether these characters stand in others from a place on. */
function isAt(characters: readonly string[], others: readonly string[], at: number): boolean {
	return characters.every((character, index) => others[at + index] === character);
}

for (const encoding of others) {
	const codec = codecOf(encoding);
	/** Bytes near those of text, so that there are many characters among them. */
	const bytes = fc.array(fc.oneof(
		fc.uint8Array({minLength: 1, maxLength: 2}),
		fc.constantFrom('a', 'Z', '\n', ' ').map(character => bytesOf(encoding, character)),
		fc.tuple(leads, trails).map(pair => Uint8Array.from(pair)),
	), {maxLength: 12}).map(parts => Uint8Array.from(Buffer.concat(parts)));

	test(`${encoding}: upper case turns no character into another but its own upper case`, t => {
		t.notThrows(() => {
			fc.assert(fc.property(bytes, message => {
				const before = unitsOf(encoding, message);
				const after = unitsOf(encoding, uppercase(message, codec));
				const wanted = before.flatMap(unit => {
					const upper = unit.toUpperCase();
					const written = codec.encode(upper);
					return [[unit, [...written instanceof Uint8Array ? upper : unit]]] as const;
				});
				let at = 0;
				for (const [unit, upper] of wanted) {
					const isUpper = isAt(upper, after, at);
					if (!isUpper && after[at] !== unit) {
						return false;
					}

					at += isUpper ? upper.length : 1;
				}

				return at === after.length;
			}), {numRuns: 60});
		});
	});

	test(`${encoding}: backwards has the same characters`, t => {
		t.notThrows(() => {
			fc.assert(fc.property(bytes, message => {
				const unitsIn = (read: Uint8Array): string => String(unitsOf(encoding, read).toSorted());
				return unitsIn(message) === unitsIn(reverse(message, codec));
			}), {numRuns: 60});
		});
	});

	test(`${encoding}: cuts between reads make no difference to an answer`, t => {
		t.notThrows(() => {
			fc.assert(fc.property(bytes, fc.array(fc.nat({max: 4}), {maxLength: 30}), (message, lengths) => {
				const carry = new CharacterCarry(codec);
				const parts: Uint8Array[] = [];
				let from = 0;
				for (const length of [...lengths, message.length]) {
					parts.push(carry.take(message.subarray(from, from + length)));
					from += length;
				}

				parts.push(carry.flush());
				const answers = parts.map(part => uppercase(part, codec));
				const isText = codec.decode(message) !== undefined;
				return hex(Buffer.concat(parts)) === hex(message)
					&& (!isText || hex(Buffer.concat(answers)) === hex(uppercase(message, codec)));
			}), {numRuns: 60});
		});
	});
}
