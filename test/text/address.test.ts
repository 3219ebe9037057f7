import {networkInterfaces} from 'node:os';
import test from 'ava';
import fc from 'fast-check';
import {isOwnHost} from '../../source/sockets/host-names.ts';
import {
	familyOf, formatAddress, isLinkLocal, isLoopback, isSameAddress, parseAddress, parseBinding, parseHost,
	plainAddress, reachableAddress,
} from '../../source/text/address.ts';

const ports = fc.integer({min: 0, max: 65_535});

for (const [text, address] of [
	['127.0.0.1:12000', {host: '127.0.0.1', port: 12_000}],
	['localhost:0', {host: 'localhost', port: 0}],
	['example.org:65535', {host: 'example.org', port: 65_535}],
	['한글.kr:80', {host: '한글.kr', port: 80}],
	['[::1]:80', {host: '::1', port: 80}],
	['[fe80::1%eth0]:80', {host: 'fe80::1%eth0', port: 80}],
	['[::ffff:127.0.0.1]:1', {host: '::ffff:127.0.0.1', port: 1}],
] as const) {
	test(`reads ${text}`, t => {
		t.deepEqual(parseAddress(text), address);
		t.is(formatAddress(address), text);
	});
}

const refused = [
	'',
	':',
	':80',
	'host',
	'host:',
	'host:x',
	'host:-1',
	'host:65536',
	'host:99999',
	'host:123456',
	'::1:80',
	'[::1]',
	'[::1]:',
	'[]:80',
	'[127.0.0.1]:80',
	'[host]:80',
	'a b:80',
	' host:80',
	'host:80 ',
	'host:8 0',
	'[::1]:80x',
	'host:80\n',
];
for (const text of refused) {
	test(`does not take ${JSON.stringify(text)} for an address`, t => {
		t.is(parseAddress(text), undefined);
	});
}

test('an address to bind has a host, a port or both', t => {
	for (const [text, host, port] of [
		['0', 'any', 0],
		[':65535', 'any', 65_535],
		['::1', '::1', 0],
		['[::1]', '::1', 0],
		['[::1]:65535', '::1', 65_535],
		['localhost', 'localhost', 0],
	] as const) {
		t.deepEqual(parseBinding(text, 'any'), {host, port});
	}

	for (const text of ['65536', ':65536', '[::1]:65536', 'a b', '']) {
		t.is(parseBinding(text, 'any'), undefined);
	}
});

test('reads every address that it writes', t => {
	const hosts = fc.oneof(fc.ipV4(), fc.ipV6().filter(host => familyOf(host) === 6), fc.domain());
	fc.assert(fc.property(hosts, ports, (host, port) => {
		t.deepEqual(parseAddress(formatAddress({host, port})), {host: parseHost(host)!, port});
		t.is(parseHost(parseHost(host)!), parseHost(host));
	}));
});

test('writes every IPv6 address as the system does, so that an answer can be told from a stranger\'s datagram', t => {
	t.is(parseHost('0:0:0:0:0:0:0:1'), '::1');
	t.is(parseHost('2001:DB8::0001'), '2001:db8::1');
	t.is(parseHost('fe80::1%eth0'), 'fe80::1%eth0');
});

test('takes no host that holds control characters, blanks or anything else that no name has', t => {
	for (const host of ['', 'a\0b', 'a b', 'a\nb', '\u{1B}]0;x\u{7}', '\u{202E}evil', 'a/b', 'fe80::1%\u{1B}']) {
		t.is(parseHost(host), undefined);
		t.is(parseAddress(`${host}:80`), undefined);
	}
});

test('never reads a port over 65,535 or a host with blanks, in any text', t => {
	fc.assert(fc.property(fc.string({unit: fc.constantFrom('1', '9', ':', '[', ']', 'a', '.', ' ')}), text => {
		const address = parseAddress(text);
		t.true(address === undefined || (address.port <= 65_535 && !/\s/.test(address.host) && address.host !== ''));
	}));
});

test('tells IPv4, IPv6 and names apart', t => {
	t.is(familyOf('10.0.0.1'), 4);
	t.is(familyOf('::'), 6);
	t.is(familyOf('fe80::1%lo'), 6);
	t.is(familyOf('localhost'), 0);
	t.is(familyOf('10.0.0'), 0);
});

test('takes addresses for the same only when host and port are', t => {
	t.true(isSameAddress({host: 'a', port: 1}, {host: 'a', port: 1}));
	t.false(isSameAddress({host: 'a', port: 1}, {host: 'a', port: 2}));
	t.false(isSameAddress({host: 'a', port: 1}, {host: 'b', port: 1}));
});

test('knows the addresses that only this machine can reach', t => {
	for (const host of ['127.0.0.1', '127.255.0.9', '::1', 'localhost', '::ffff:127.0.0.1']) {
		t.true(isLoopback(host), `of ${host}`);
	}

	for (const host of [
		'0.0.0.0',
		'::',
		'192.168.0.1',
		'128.0.0.1',
		'::2',
		'127.evil.example',
		'::ffff:10.0.0.1',
		'localhost.example',
	]) {
		t.false(isLoopback(host), `of ${host}`);
	}
});

test('reaches a server on a wildcard address over the loopback of the same family', t => {
	t.deepEqual(reachableAddress({host: '0.0.0.0', port: 9}), {host: '127.0.0.1', port: 9});
	t.deepEqual(reachableAddress({host: '::', port: 9}), {host: '::1', port: 9});
	t.deepEqual(reachableAddress({host: '192.0.2.7', port: 9}), {host: '192.0.2.7', port: 9});
});

test('writes an IPv4-mapped IPv6 address as the IPv4 address that it is, and every other as it is', t => {
	t.deepEqual(plainAddress({host: '::ffff:192.0.2.7', port: 80}), {host: '192.0.2.7', port: 80});
	for (const host of ['192.0.2.7', '::1', '::', 'fe80::1%eth0', '::ffff:0:1', 'localhost']) {
		t.deepEqual(plainAddress({host, port: 80}), {host, port: 80});
	}
});

test('knows this machine\'s own addresses', t => {
	const own = Object.values(networkInterfaces()).flatMap(addresses => addresses ?? []).map(({address}) => address);
	t.true([...own, '127.0.0.1', '127.9.9.9', '::1'].every(host => isOwnHost(host)));
	t.false(isOwnHost('192.0.2.7'));
	t.false(isOwnHost('2001:db8::1'));
});

test('an address of a single link is one of fe80::/10, in either case', t => {
	for (const host of ['fe80::1', 'FE80::1', 'fe90::1', 'feab::1', 'febf:ffff::1']) {
		t.true(isLinkLocal(host), host);
	}

	for (const host of ['fe7f::1', 'fec0::1', 'fe8::1', '2001:db8::fe80:1', '::1']) {
		t.false(isLinkLocal(host), host);
	}
});
