import test from 'ava';
import fc from 'fast-check';
import {clipboardSequence, clipboardText, copyOf} from '../../../source/screen/overlays/payload/clipboard.ts';
import {en} from '../../../source/screen/words/en.ts';

/** Any text. Of characters that it names itself (`unit: 'binary'`) the library would make a table of a million. */
const anyText = fc.array(fc.integer({min: 0, max: 0x10_FF_FF})).map(codes => String.fromCodePoint(...codes));

test('a payload is copied as text where it is UTF-8, and else as its bytes', t => {
	t.deepEqual(clipboardText(Buffer.from('안녕'), 'text'), {text: '안녕', format: 'text'});
	t.deepEqual(clipboardText(Buffer.from('안'), 'hex'), {text: 'ec 95 88', format: 'hex'});
	t.deepEqual(clipboardText(Buffer.from([0xFF, 0x0A]), 'text'), {text: 'ff 0a', format: 'hex'});
	t.deepEqual(clipboardText(Buffer.from([]), 'text'), {text: '', format: 'text'});
});

test('the sequence holds any text in base64, and nothing that a terminal could take for its end', t => {
	t.is(clipboardSequence('hi'), '\u{1B}]52;c;aGk=\u{7}');
	t.notThrows(() => {
		fc.assert(fc.property(anyText, text => {
			const [, data = ''] = /^\u{1B}\]52;c;([A-Za-z\d+/=]*)\u{7}$/u.exec(clipboardSequence(text)) ?? [];
			return Buffer.from(data, 'base64').toString() === text.toWellFormed();
		}));
	});
});

test('what came of copying is said: as text, as hex where it is no text, too much, or gone', t => {
	t.deepEqual(copyOf({bytes: Buffer.from('hi')}, 'text', en), {
		text: 'hi',
		notice: en.views.payload.copied(2, false),
	});
	t.deepEqual(copyOf({bytes: Buffer.from([0xFF])}, 'text', en), {
		text: 'ff',
		notice: en.views.payload.copied(1, true),
	});
	t.deepEqual(copyOf({bytes: Buffer.alloc(400_000)}, 'hex', en), {notice: en.views.payload.tooLong});
	t.deepEqual(copyOf({refusal: {reason: 'payload-gone'}}, 'text', en), {
		notice: en.refusal({reason: 'payload-gone'}),
	});
});
