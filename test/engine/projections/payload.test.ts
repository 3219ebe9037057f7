import test from 'ava';
import fc from 'fast-check';
import {hostileBytes} from '../../helpers/hostile-text.ts';
import {projectPayload} from '../../../source/engine/projections/payload.ts';
import {bytesToFill} from '../../../source/text/visible.ts';
import textWidth from '../../../source/text/width.ts';

function hex(text: string, columns: number): string {
	const bytes = Buffer.from(text);
	return projectPayload(bytes, bytes.length, 'hex', columns).text;
}

test('shows a payload as text', t => {
	const bytes = Buffer.from('안녕\n');
	t.deepEqual(projectPayload(bytes, bytes.length, 'text', 20), {text: String.raw`안녕\n`, columns: 6, isCut: false});
});

test('shows a payload as hexadecimal bytes and text', t => {
	t.is(hex('Hi\n', 40), String.raw`48 69 0a  Hi\n`);
	t.is(hex('안', 40), 'ec 95 88  안');
	t.is(projectPayload(Uint8Array.of(0xFF, 0x1B), 2, 'hex', 40).text, String.raw`ff 1b  \xff\x1b`);
});

test('shows as many bytes in hexadecimal as fit, and says that there are more', t => {
	const bytes = Buffer.from('abcdefgh');
	t.deepEqual(projectPayload(bytes, 8, 'hex', 40), {text: '61 62 63 64 65 66 67 68  abcdefgh', columns: 33, isCut: false});
	const cut = projectPayload(bytes, 8, 'hex', 20);
	t.true(cut.isCut);
	t.is(cut.text, '61 62 63 64  abcd…');
});

test('says that there is more when it has the beginning of a payload only', t => {
	t.deepEqual(projectPayload(Buffer.from('abc'), 60_000, 'text', 20), {text: 'abc…', columns: 4, isCut: true});
	t.true(projectPayload(Buffer.from('abc'), 60_000, 'hex', 40).isCut);
});

test('shows nothing of an empty payload', t => {
	t.deepEqual(projectPayload(new Uint8Array(0), 0, 'text', 20), {text: '', columns: 0, isCut: false});
	t.is(projectPayload(new Uint8Array(0), 0, 'hex', 20).text, '');
	t.false(projectPayload(new Uint8Array(0), 0, 'hex', 20).isCut);
});

test('shows nothing where there is no room', t => {
	t.deepEqual(projectPayload(Buffer.from('abc'), 3, 'text', 0), {text: '', columns: 0, isCut: true});
	t.deepEqual(projectPayload(Buffer.from('abc'), 3, 'hex', -5), {text: '', columns: 0, isCut: true});
	t.deepEqual(projectPayload(new Uint8Array(0), 0, 'text', 0), {text: '', columns: 0, isCut: false});
});

test('never takes more columns than it was given, in either format', t => {
	fc.assert(fc.property(hostileBytes, fc.nat(100), fc.constantFrom('text', 'hex'), fc.integer({min: -3, max: 120}), (bytes, more, format, columns) => {
		const {text} = projectPayload(bytes, bytes.length + more, format, columns);
		t.true(textWidth(text) <= Math.max(0, columns), `in ${JSON.stringify(text)}`);
		t.notRegex(text, /[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}]/v);
	}), {numRuns: 2000});
});

test('takes the columns that it says in hexadecimal', t => {
	t.deepEqual(projectPayload(new Uint8Array(0), 0, 'hex', 20), {text: '', columns: 0, isCut: false});
	t.deepEqual(projectPayload(Buffer.from('abc'), 3, 'hex', 3), {text: '…', columns: 1, isCut: true});
});

test('wants enough bytes to fill its columns and no more than that needs', t => {
	const wide = Buffer.from('한'.repeat(1000));
	for (const columns of [1, 20, 200]) {
		const most = bytesToFill(columns);
		t.deepEqual(projectPayload(wide.subarray(0, most), wide.length, 'text', columns), projectPayload(wide, wide.length, 'text', columns));
		t.deepEqual(projectPayload(wide.subarray(0, most), wide.length, 'hex', columns), projectPayload(wide, wide.length, 'hex', columns));
		t.true(most < 100 * (columns + 1));
	}
});
