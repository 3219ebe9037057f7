import test from 'ava';
import fc from 'fast-check';
import {readHex} from '../../source/text/hex.ts';

function read(text: string): string {
	const result = readHex(text);
	return 'bytes' in result ? Buffer.from(result.bytes).toString('hex') : `${result.problem} ${result.index} ${result.at}`;
}

const written: ReadonlyArray<readonly [text: string, bytes: string]> = [
	['', ''],
	['DE AD BE EF', 'deadbeef'],
	['de:ad:be:ef', 'deadbeef'],
	['de-ad-be-ef', 'deadbeef'],
	['dead.beef', 'deadbeef'],
	['0xDE, 0xAD', 'dead'],
	['deadbeef', 'deadbeef'],
	[String.raw`\xde\xad`, 'dead'],
	['{0x01,0x02}'.slice(1, -1), '0102'],
	['DE AD\nBE EF\n', 'deadbeef'],
	['0000  45 00', '4500'],
	['0000: 4500 003c', '4500003c'],
	['00000000  48 65 6c 6c 6f 20 77 6f  72 6c 64 21 0a 61 62 63  |Hello world!.abc|\n00000010  64 65                                             |de|\n00000012\n', '48656c6c6f20776f726c64210a6162636465'],
	['00000000: 4865 6c6c 6f20 776f 726c 6421 0a61 6263  Hello world!.abc\n00000010: 6465                                     de\n', '48656c6c6f20776f726c64210a6162636465'],
	['\t0x0000:  4500 003c abcd  E..<..\n\t0x0006:  4000            @.\n', '4500003cabcd4000'],
	['0000   61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70   abcdefghijklmnop\n0010   ab cd   ab', '6162636465666768696a6b6c6d6e6f70abcd'],
];

for (const [text, bytes] of written) {
	test(`reads ${JSON.stringify(text)}`, t => {
		t.is(read(text), bytes);
	});
}

test('says where something is wrong', t => {
	t.is(read('DE A'), 'odd-digit 3 A');
	t.is(read('DEA'), 'odd-digit 2 A');
	t.is(read('DE AD\nBE E'), 'odd-digit 9 E');
	t.is(read('DE xy'), 'not-hex 3 x');
	t.is(read('한'), 'not-hex 0 한');
	t.is(read('0xDEAD'), 'large-value 2 0xDEAD');
	t.is(read('0x'), 'odd-digit 0 0');
	t.is(read('00000000: ec95 88eb  ....\n00000000: eb91  ..'), 'wrong-offset 26 00000000');
	t.is(read('0000  61 62\n0004  63'), 'wrong-offset 12 0004');
	t.is(read('00000010: ec95 88eb  ....'), 'wrong-offset 0 00000010');
	for (const end of ['00000001', '00000003', '0000012']) {
		t.is(read(`00000000  61 62  |ab|\n${end}`), `wrong-offset 22 ${end}`, 'what stood between them is missing');
	}

	t.is(read('00000010  ec 95 88 eb  |....|'), 'wrong-offset 0 00000010');
});

test('reads what any of the usual ways writes', t => {
	const ways: ReadonlyArray<(bytes: Uint8Array) => string> = [
		bytes => Buffer.from(bytes).toString('hex'),
		bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0').toUpperCase()).join(' '),
		bytes => Array.from(bytes, byte => `0x${byte.toString(16).padStart(2, '0')}`).join(', '),
		dump,
	];
	fc.assert(fc.property(fc.uint8Array({minLength: 1, maxLength: 60}), fc.constantFrom(...ways), (bytes, way) => {
		t.is(read(way(bytes)), Buffer.from(bytes).toString('hex'), `${way(bytes)}`);
	}));
});

/** As hexdump -C writes it. */
function dump(bytes: Uint8Array): string {
	const lines = Array.from({length: Math.ceil(bytes.length / 16)}, (_, row) => {
		const part = Buffer.from(bytes.subarray(row * 16, (row + 1) * 16));
		const pairs = Array.from(part, byte => byte.toString(16).padStart(2, '0'));
		const columns = `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`.padEnd(48);
		return `${(row * 16).toString(16).padStart(8, '0')}  ${columns}  |${part.toString('latin1').replaceAll(/[^!-~]/g, '.')}|`;
	});
	return [...lines, bytes.length.toString(16).padStart(8, '0')].join('\n');
}
