import test from 'ava';
import fc from 'fast-check';
import {hostileBytes} from '../../helpers/hostile-text.ts';
import {bytesInDump, hexDump, payloadText} from '../../../source/screen/panes/rows/payload-text.ts';
import {bytesToFill} from '../../../source/text/width/visible.ts';
import textWidth from '../../../source/text/width/width.ts';

function hex(text: string, columns: number): string {
	const bytes = Buffer.from(text);
	return payloadText(bytes, bytes.length, 'hex', columns).text;
}

test('shows a payload as text', t => {
	const bytes = Buffer.from('안녕\n');
	t.deepEqual(payloadText(bytes, bytes.length, 'text', 20), {text: String.raw`안녕\n`, columns: 6, isCut: false});
});

test('shows a payload as hexadecimal bytes and text', t => {
	t.is(hex('Hi\n', 40), String.raw`48 69 0a  Hi\n`);
	t.is(hex('안', 40), 'ec 95 88  안');
	t.is(payloadText(Uint8Array.of(0xFF, 0x1B), 2, 'hex', 40).text, String.raw`ff 1b  \xff\x1b`);
});

test('shows as many bytes in hexadecimal as fit, and says that there are more', t => {
	const bytes = Buffer.from('abcdefgh');
	t.deepEqual(payloadText(bytes, 8, 'hex', 40), {
		text: '61 62 63 64 65 66 67 68  abcdefgh',
		columns: 33,
		isCut: false,
	});
	const cut = payloadText(bytes, 8, 'hex', 20);
	t.true(cut.isCut);
	t.is(cut.text, '61 62 63 64  abcd…');
});

test('says that there is more when it has the beginning of a payload only', t => {
	t.deepEqual(payloadText(Buffer.from('abc'), 60_000, 'text', 20), {text: 'abc…', columns: 4, isCut: true});
	t.true(payloadText(Buffer.from('abc'), 60_000, 'hex', 40).isCut);
});

test('shows nothing of an empty payload', t => {
	t.deepEqual(payloadText(new Uint8Array(0), 0, 'text', 20), {text: '', columns: 0, isCut: false});
	t.is(payloadText(new Uint8Array(0), 0, 'hex', 20).text, '');
	t.false(payloadText(new Uint8Array(0), 0, 'hex', 20).isCut);
});

test('shows nothing where there is no room', t => {
	t.deepEqual(payloadText(Buffer.from('abc'), 3, 'text', 0), {text: '', columns: 0, isCut: true});
	t.deepEqual(payloadText(Buffer.from('abc'), 3, 'hex', -5), {text: '', columns: 0, isCut: true});
	t.deepEqual(payloadText(new Uint8Array(0), 0, 'text', 0), {text: '', columns: 0, isCut: false});
});

test('never takes more columns than it was given, in either format', t => {
	fc.assert(
		fc.property(
			hostileBytes,
			fc.nat(100),
			fc.constantFrom('text', 'hex'),
			fc.integer({min: -3, max: 120}),
			(bytes, more, format, columns) => {
				const {text} = payloadText(bytes, bytes.length + more, format, columns);
				t.true(textWidth(text) <= Math.max(0, columns), `in ${JSON.stringify(text)}`);
				t.notRegex(text, /[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}]/v);
			},
		),
		{numRuns: 1000}, // What one in 200 draws shows is seen with a probability of 99.3 %.
	);
});

test('takes the columns that it says in hexadecimal', t => {
	t.deepEqual(payloadText(new Uint8Array(0), 0, 'hex', 20), {text: '', columns: 0, isCut: false});
	t.deepEqual(payloadText(Buffer.from('abc'), 3, 'hex', 3), {text: '…', columns: 1, isCut: true});
});

test('wants just enough bytes to fill its columns', t => {
	const wide = Buffer.from('한'.repeat(1000));
	for (const columns of [1, 20, 200]) {
		const most = bytesToFill(columns);
		t.deepEqual(
			payloadText(wide.subarray(0, most), wide.length, 'text', columns),
			payloadText(wide, wide.length, 'text', columns),
		);
		t.deepEqual(
			payloadText(wide.subarray(0, most), wide.length, 'hex', columns),
			payloadText(wide, wide.length, 'hex', columns),
		);
		t.true(most < 100 * (columns + 1));
	}
});

const dumped = Uint8Array.from({length: 40}, (_, index) => index + 0x18);

test('shows 16 bytes in a line, with their offset and their characters', t => {
	t.deepEqual(hexDump(dumped, 40, 71), [
		'0000  18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27  ........ !"#$%&\'',
		'0010  28 29 2a 2b 2c 2d 2e 2f 30 31 32 33 34 35 36 37  ()*+,-./01234567',
		'0020  38 39 3a 3b 3c 3d 3e 3f                          89:;<=>?',
	]);
});

test('shows 8 bytes in a line where there is no room for 16', t => {
	const lines = hexDump(dumped, 40, 70);
	t.is(lines.length, 5);
	t.is(lines[1], '0008  20 21 22 23 24 25 26 27   !"#$%&\'');
});

test('says how many bytes it has left out', t => {
	t.is(bytesInDump(71), 256);
	const lines = hexDump(new Uint8Array(256), 60_000, 71);
	t.is(lines.length, 17);
	t.is(lines.at(-1), '…     +59744 B');
	t.deepEqual(hexDump(new Uint8Array(0), 0, 71), []);
});
