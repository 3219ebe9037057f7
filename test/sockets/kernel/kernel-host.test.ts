import {endianness} from 'node:os';
import {isIP, SocketAddress} from 'node:net';
import test from 'ava';
import fc from 'fast-check';
import {parseKernelHost} from '../../../source/sockets/kernel/kernel-fields.ts';

for (const [little, big, host] of [
	['0100007F', '7F000001', '127.0.0.1'],
	['00000000', '00000000', '0.0.0.0'],
	['FE00A8C0', 'C0A800FE', '192.168.0.254'],
	['ffffffff', 'ffffffff', '255.255.255.255'],
	['00000000000000000000000000000000', '00000000000000000000000000000000', '::'],
	['00000000000000000000000001000000', '00000000000000000000000000000001', '::1'],
	['B80D0120000000000000000001000000', '20010DB8000000000000000000000001', '2001:db8::1'],
	['B80D0120000001000000000001000000', '20010DB8000100000000000000000001', '2001:db8:1::1'],
	['000080FE00000000FF005450BBAA03FE', 'FE80000000000000505400FFFE03AABB', 'fe80::5054:ff:fe03:aabb'],
	['0000000000000000FFFF00000100007F', '00000000000000000000FFFF7F000001', '127.0.0.1'],
	['0000000000000000ffff0000fe00a8c0', '00000000000000000000ffffc0a800fe', '192.168.0.254'],
] as const) {
	test(`reads ${little} of a little-endian machine, and ${big} of a big-endian one, as ${host}`, t => {
		t.is(parseKernelHost(little, true), host);
		t.is(parseKernelHost(big, false), host);
	});
}

test('takes nothing else for an address', t => {
	for (const text of [
		'',
		'0100007',
		'0100007F0',
		'0100007G',
		'-100007F',
		' 100007F',
		'0x00007F',
		'0100007F0100007F',
		'0'.repeat(31),
		'0'.repeat(33),
	]) {
		t.is(parseKernelHost(text, true), undefined, `of ${text}`);
	}
});

test('writes every address as Node does', t => {
	fc.assert(fc.property(fc.uint8Array({minLength: 16, maxLength: 16}), fc.nat(16), (bytes, zeros) => {
		bytes.fill(0, 0, zeros);
		const text = Buffer.from(bytes).toString('hex');
		const {address} = new SocketAddress({family: 'ipv6', address: text.replaceAll(/.{4}(?!$)/g, '$&:')});
		t.is(
			parseKernelHost(text, false),
			address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address,
		);
		t.is(parseKernelHost(text.slice(0, 8), false), bytes.subarray(0, 4).join('.'));
	}));
});

test('reads either byte order, whichever this machine has', t => {
	const words = new Uint32Array(new Uint8Array([127, 0, 0, 1]).buffer);
	const written = words[0]!.toString(16).padStart(8, '0').toUpperCase();
	t.is(parseKernelHost(written, endianness() === 'LE'), '127.0.0.1');
});
