import test from 'ava';
import {bytesInDump, projectDump} from '../../../source/engine/projections/dump.ts';

const bytes = Uint8Array.from({length: 40}, (_, index) => index + 0x18);

test('shows 16 bytes in a line, with their offset and their characters', t => {
	t.deepEqual(projectDump(bytes, 40, 71), [
		'0000  18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27  ........ !"#$%&\'',
		'0010  28 29 2a 2b 2c 2d 2e 2f 30 31 32 33 34 35 36 37  ()*+,-./01234567',
		'0020  38 39 3a 3b 3c 3d 3e 3f                          89:;<=>?',
	]);
});

test('shows 8 bytes in a line where there is no room for 16', t => {
	const lines = projectDump(bytes, 40, 70);
	t.is(lines.length, 5);
	t.is(lines[1], '0008  20 21 22 23 24 25 26 27   !"#$%&\'');
});

test('says how many bytes it has left out', t => {
	t.is(bytesInDump(71), 256);
	const lines = projectDump(new Uint8Array(256), 60_000, 71);
	t.is(lines.length, 17);
	t.is(lines.at(-1), '…     +59744 B');
	t.deepEqual(projectDump(new Uint8Array(0), 0, 71), []);
});
