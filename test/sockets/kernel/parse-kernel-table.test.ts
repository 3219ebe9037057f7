import test from 'ava';
import fc from 'fast-check';
import {type KernelSocket, kernelStates} from '../../../source/sockets/kernel/kernel-socket.ts';
import {parseKernelTable} from '../../../source/sockets/kernel/parse-kernel-table.ts';

const header
	= '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n';
const udpHeader
	= '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            \n';

/** Port 12000 is 2EE0. */
const ports = new Set([12_000]);

type Protocol = KernelSocket['protocol'];

function parse(
	text: string,
	protocol: Protocol = 'tcp',
	family: 4 | 6 = 4,
	wanted: ReadonlySet<number> = ports,
): KernelSocket[] {
	return parseKernelTable(Buffer.from(text), protocol, family, wanted, true);
}

/** A line of /proc/net/tcp as a machine with an x86 processor writes it. */
function line(
	{
		local = '0100007F:2EE0',
		remote = '0100007F:9C42',
		state = '01',
		queues = '00000000:00000000',
		inode = '21519',
	} = {},
	number = 7,
): string {
	return `${`${String(number).padStart(4)}: ${local} ${remote} ${state} ${queues} 00:00000000 00000000     0        0 ${inode} 1 00000000abdbfb22 20 4 30 10 -1`.padEnd(149)}\n`;
}

test('reads a socket of /proc/net/tcp', t => {
	t.deepEqual(parse(`${header}${line({queues: '00000150:0000FFFF'})}`), [{
		protocol: 'tcp',
		local: {host: '127.0.0.1', port: 12_000},
		remote: {host: '127.0.0.1', port: 40_002},
		state: 'ESTABLISHED',
		receiveQueue: 65_535,
		sendQueue: 336,
	}]);
});

for (const [index, state] of kernelStates.entries()) {
	const number = (index + 1).toString(16).padStart(2, '0').toUpperCase();
	test(`reads the state ${number} as ${state}`, t => {
		t.is(parse(line({state: number}))[0]?.state, state);
	});
}

test('reads what a listening socket, a connection being made and one in TIME_WAIT look like', t => {
	const text = `${header}\
   0: 00000000:2EE0 00000000:0000 0A 00000000:00000003 00:00000000 00000000     0        0 1534 1 00000000abdbfb22 100 0 0 10 0                      
   1: 0100007F:2EE0 0100007F:9C44 03 00000000:00000000 01:00000063 00000000  1000        0 0 1 0000000000000000                                      
   2: 0100007F:9C46 0100007F:2EE0 06 00000000:00000000 03:0000176C 00000000     0        0 0 3 0000000000000000                                      
`;
	t.deepEqual(
		parse(text).map(({local, remote, state, receiveQueue}) => [
			local.host,
			local.port,
			remote.port,
			state,
			receiveQueue,
		]),
		[
			['0.0.0.0', 12_000, 0, 'LISTEN', 3],
			['127.0.0.1', 12_000, 40_004, 'SYN_RECV', 0],
			['127.0.0.1', 40_006, 12_000, 'TIME_WAIT', 0],
		],
	);
});

test('reads IPv6 addresses, and an IPv4-mapped one as IPv4', t => {
	const text = `\
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:2EE0 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1561 1 00000000f8d0ffc2 100 0 0 10 0
   1: 00000000000000000000000001000000:2EE0 00000000000000000000000001000000:9C42 08 00000000:00000001 00:00000000 00000000     0        0 1562 1 00000000f8d0ffc3 20 4 30 10 -1
   2: 0000000000000000FFFF00000100007F:2EE0 0000000000000000FFFF00000200007F:9C42 01 00000000:00000000 00:00000000 00000000     0        0 1563 1 00000000f8d0ffc4 20 4 30 10 -1
`;
	t.deepEqual(parse(text, 'tcp', 6).map(({local, remote, state}) => [local.host, remote.host, state]), [
		['::', '::', 'LISTEN'],
		['::1', '::1', 'CLOSE_WAIT'],
		['127.0.0.1', '127.0.0.2', 'ESTABLISHED'],
	]);
});

test('reads UDP sockets with the datagrams that were dropped', t => {
	const text = `${udpHeader}\
 1374: 0100007F:2EE0 00000000:0000 07 00000000:00000300 00:00000000 00000000     0        0 22118 2 00000000a35a7d3c 0          
13745: 0100007F:9C42 0100007F:2EE0 01 00000500:00000000 00:00000000 00000000     0        0 22119 2 00000000a35a7d3d 4294967295 
`;
	t.deepEqual(parse(text, 'udp'), [
		{
			protocol: 'udp',
			local: {host: '127.0.0.1', port: 12_000},
			remote: {host: '0.0.0.0', port: 0},
			state: 'CLOSE',
			receiveQueue: 768,
			sendQueue: 0,
			drops: 0,
		},
		{
			protocol: 'udp',
			local: {host: '127.0.0.1', port: 40_002},
			remote: {host: '127.0.0.1', port: 12_000},
			state: 'ESTABLISHED',
			receiveQueue: 0,
			sendQueue: 1280,
			drops: 4_294_967_295,
		},
	]);
});

test('leaves out sockets that have no wanted port, local or remote', t => {
	const text = `${header}${[
		line({local: '0100007F:2EE0', remote: '0100007F:0001'}),
		line({local: '0100007F:0002', remote: '0100007F:2EE0'}),
		line({local: '0100007F:2EE1', remote: '0100007F:E02E'}),
		line({local: '00002EE0:0004', remote: '2EE00000:0005'}),
		line({local: '0100007F:0006', remote: '0100007F:0007'}),
	].join('')}`;
	const portsOf = (wanted: readonly number[]): number[] =>
		parse(text, 'tcp', 4, new Set(wanted)).map(({local}) => local.port);
	t.deepEqual(portsOf([12_000]), [12_000, 2]);
	t.deepEqual(portsOf([7, 5]), [4, 6]);
	t.deepEqual(portsOf([0]), []);
	t.deepEqual(portsOf([]), []);
});

test('takes the later of two lines that one socket has, in the place of the first', t => {
	const text = [
		line({}),
		line({remote: '0100007F:9C43'}),
		line({state: '06', inode: '0'}, 900),
	].join('');
	t.deepEqual(
		parse(text).map(({remote, state}) => [remote.port, state]),
		[
			[40_002, 'TIME_WAIT'],
			[40_003, 'ESTABLISHED'],
		],
	);
});

test('keeps apart sockets that share a port and have no peer', t => {
	const listening = {remote: '00000000:0000', state: '0A'};
	t.is(
		parse(`${line({...listening, inode: '1'})}${line({...listening, inode: '2'})}${line({...listening, inode: '1'})}`).length,
		2,
	);
});

test('keeps apart the two ends of a conversation, and conversations that differ in an address only', t => {
	const text = [
		line({local: '0100007F:2EE0', remote: '0100007F:9C42'}),
		line({local: '0100007F:9C42', remote: '0100007F:2EE0'}),
		line({local: '0200007F:2EE0', remote: '0100007F:9C42'}),
		line({local: '0100007F:2EE0', remote: '0200007F:9C42'}),
	].join('');
	t.is(parse(text).length, 4);
});

const good = line({remote: '0100007F:0001'});
const wrongLines = {
	'an empty one': '\n',
	'one of blanks': `${' '.repeat(149)}\n`,
	'one without a number': line().replace('   7: ', '      '),
	'one whose number is none': line().replace('   7: ', '   x: '),
	'one with a colon and no number': line().replace('   7: ', ': '),
	'one cut in its first address': '   8: 0100\n',
	'one cut in its second port': '   8: 0100007F:2EE0 0100007F:9C\n',
	'one cut behind its addresses': '   8: 0100007F:2EE0 0100007F:9C42 \n',
	'one cut in its queues': '   8: 0100007F:2EE0 0100007F:9C42 01 00000000:0000\n',
	'one cut before its inode':
		'   8: 0100007F:2EE0 0100007F:9C42 01 00000000:00000000 00:00000000 00000000     0        0 \n',
	'one with another address': line({local: '0100007X:2EE0'}),
	'one with another peer': line({remote: '01 0007F:9C42'}),
	'one with another port': line({remote: '0100007F:9C4G'}),
	'one with a state that there is not': line({state: '0D'}),
	'one with the state 0': line({state: '00'}),
	'one with no number as its state': line({state: '-1'}),
	'one with another send queue': line({queues: '0000000-:00000000'}),
	'one with another receive queue': line({queues: '00000000:0000000.'}),
	'one with no colon between its queues': line({queues: '00000000 00000000'}),
	'one with no number as its inode': line({inode: '12x'}),
	'one of the other family': line({local: '00000000000000000000000001000000:2EE0'}),
};

for (const [what, wrong] of Object.entries(wrongLines)) {
	test(`skips ${what}, and reads what came before`, t => {
		t.deepEqual(parse(`${header}${good}${wrong}`).map(({remote}) => remote.port), [1]);
	});
}

for (const [what, wrong] of Object.entries(wrongLines)) {
	test(`skips ${what}, and reads what follows`, t => {
		t.deepEqual(parse(`${header}${wrong}${good}`).map(({remote}) => remote.port), [1]);
	});
}

test('skips a line that has no end, for it may be cut', t => {
	t.deepEqual(parse(`${good}${line().trimEnd()}`).map(({remote}) => remote.port), [1]);
});

test('skips a UDP line that is cut before what was dropped', t => {
	t.deepEqual(
		parse(
			` 1374: 0100007F:2EE0 00000000:0000 07 00000000:00000300 00:00000000 00000000     0        0 22118 2 00000000a35a7d3c\n${udpHeader}`,
			'udp',
		),
		[],
	);
});

test('reads nothing from nothing', t => {
	t.deepEqual(parse(''), []);
	t.deepEqual(parse(header), []);
});

test('never throws and never makes up a port, for any damage to a table', t => {
	const table = Buffer.from(`${header}${line()}${good}${line({remote: '00000000:0000', state: '0A'})}`);
	fc.assert(fc.property(
		fc.array(fc.record({at: fc.nat(table.length - 1), byte: fc.integer({min: 0, max: 255})}), {maxLength: 40}),
		fc.nat(table.length),
		(changes, length) => {
			const bytes = Buffer.from(table);
			for (const {at, byte} of changes) {
				bytes[at] = byte;
			}

			for (const protocol of ['udp', 'tcp'] as const) {
				for (const family of [4, 6] as const) {
					for (const socket of parseKernelTable(
						bytes.subarray(0, length),
						protocol,
						family,
						ports,
						true,
					)) {
						t.true(socket.local.port === 12_000 || socket.remote.port === 12_000);
						t.true(socket.receiveQueue >= 0 && socket.sendQueue >= 0);
					}
				}
			}
		},
	));
});

test('reads a table that lies somewhere in a larger buffer', t => {
	const bytes = Buffer.from(`xx${line()}${line({remote: '0100007F:0002'})}`);
	t.deepEqual(
		parseKernelTable(bytes.subarray(2, -5), 'tcp', 4, ports, true).map(({remote}) => remote.port),
		[40_002],
	);
});

test('reads addresses in the byte order of the machine', t => {
	const [socket] = parseKernelTable(
		Buffer.from(line({local: '7F000001:2EE0', remote: '0A000002:9C42'})),
		'tcp',
		4,
		ports,
		false,
	);
	t.deepEqual([socket?.local, socket?.remote], [{host: '127.0.0.1', port: 12_000}, {host: '10.0.0.2', port: 40_002}]);
});
