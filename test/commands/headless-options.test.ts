/* What the command lines of serve and send are read as, and what is said of wrong ones. */
import {tmpdir} from 'node:os';
import test from 'ava';
import {readSend} from '../../source/commands/send.ts';
import {readServe} from '../../source/commands/serve.ts';
import {UsageError} from '../../source/commands/tokens.ts';

/** What is said of a command line that cannot be used. */
function problem(read: () => unknown): string {
	try {
		read();
	} catch (error) {
		if (error instanceof UsageError) {
			return error.message;
		}

		throw error;
	}

	throw new Error('it was read');
}

const wrongServes: ReadonlyArray<readonly [readonly string[], RegExp]> = [
	[[], /^serve takes udp or tcp/],
	[['sctp'], /^serve takes udp or tcp/],
	[['tcp', '9000'], /perhaps: socket-playground serve tcp --port 9000$/],
	[['9000'], /perhaps: socket-playground serve tcp --port 9000$/],
	[['tcp', '--for', '10'], /^--for takes a time with its unit, such as 500ms, 10s or 2m, to 596h, not '10'$/],
	[['tcp', '--for', '25d'], /^--for/],
	[['tcp', '--for', '1000h'], /^--for/],
	[['tcp', '--until', '10'], /^--until takes count=N/],
	[['tcp', '--until', 'count=0'], /^--until/],
	[['tcp', '--max-connections', '0'], /^--max-connections takes a whole number/],
	[['tcp', '--max-waiting', '1Mb'], /^--max-waiting/],
	[['tcp', '--repl', 'echo'], /^unknown option --repl; allowed are .*; perhaps: --reply$/],
	[['tcp', '--once=yes'], /^--once takes no value/],
	[['tcp', '--port', '1', '--port', '2'], /^--port is given twice$/],
	[['tcp', '--no-json'], /^unknown option --no-json/],
	[['tcp', '--host', ''], /^--host/],
	[['tcp', '--framing', 'u64'], /^--framing takes none, line, u8, .* or u32le, not 'u64'$/],
	[['udp', '--framing', 'line'], /^--framing is for TCP/],
	[['tcp', '--framing', 'line', '--encoding', 'utf16le'], /^--framing line is .* one byte, not --encoding utf16le$/],
	[['tcp', '--reply', 'shout'], /^--reply takes uppercase/],
	[['tcp', '--encoding', 'euc-kt'], /^--encoding takes utf-8, .* or utf-16le, not 'euc-kt'; perhaps: euc-kr$/],
	[['tcp', '--encoding', ''], /^--encoding needs a value: utf-8, .*utf-16le$/],
	[['tcp', '--encoding', 'utf-16'], /perhaps: utf-16le$/],
	[['udp', '--option', 'join=ff02::1'], /^--option join ff02::1 is of IPv6, and 127\.0\.0\.1 of IPv4: a socket has one of them$/],
	[['udp', '--max-peers', '0'], /^--max-peers takes .* from 1 to 1000000, not '0'$/],
	[['udp', '--host', '::1', '--option', 'interface=127.0.0.1'], /^--option interface 127\.0\.0\.1 is of IPv4, and ::1 of IPv6/],
	[['tcp', '--option', 'keepalive=0'], /^--option keepalive takes the idle time in whole seconds, such as 60s, to 32767s, or off, not '0'$/],
	[['udp', '--option', 'rcvbuf=1GiB'], /^--option rcvbuf takes a number of bytes from 1 to 64MiB, such as 65536 or 64KiB, not '1GiB'$/],
	[['udp', '--for', '2147483648ms'], /^--for takes .* to 596h, not '2147483648ms'$/],
	[['udp', '--for', '597h'], /^--for takes a time with its unit, .* to 596h, not '597h'$/],
	[['tcp', '--option', 'keepalive=0s'], /^--option keepalive takes/],
];

for (const [args, pattern] of wrongServes) {
	test(`serve ${args.join(' ')} is told what is wrong`, t => {
		t.regex(problem(() => readServe(args, {})), pattern);
	});
}

const wrongSends: ReadonlyArray<readonly [readonly string[], RegExp]> = [
	[[], /^send takes udp or tcp, HOST:PORT, and what is to be sent$/],
	[['127.0.0.1:9000', 'hello'], /perhaps: socket-playground send tcp 127\.0\.0\.1:9000 hello$/],
	[['udp', '127.0.0.1', '9000', 'hello'], /perhaps: socket-playground send udp 127\.0\.0\.1:9000 hello$/],
	[['localhost', '80'], /perhaps: socket-playground send tcp localhost:80$/],
	[['udp', 'a:1', 'x', '--framing', 'none'], /^--framing is for TCP/],
	[['udp', 'a:0', 'x'], /^HOST:PORT takes host:port/],
	[['udp', 'a:1', '가é', '--encoding', 'cp949'], /^EUC-KR \(CP949\) cannot write 'é', which is character 2 of the message '가é'$/],
	[['udp', 'a:1', 'x', '--expect', '😀', '--encoding', 'sjis'], /^Shift_JIS cannot write '😀', which is character 1 of --expect/],
	[['udp', 'a:1', '--hex'], /^--hex needs a message/],
	[['udp', 'a:1', '--hex', 'DE', 'A'], /'A' at character 4 of 'DE A' has no partner$/],
	[['udp', 'a:1', '--hex', 'xy'], /'x' at character 1 of 'xy' is not a hexadecimal digit$/],
	[['udp', 'a:1', 'x', '--file', 'y'], /^--file and a message are both given/],
	[['tcp', 'a:1', '--count', '2'], /^--count repeats messages/],
	[['udp', 'a:1', 'x', '--count', '0'], /^--count/],
	[['udp', 'a:1', 'x', '--expect', '/(/'], /^--expect: /],
	[['udp', 'a:1', 'x', '--expect', 'hex:0'], /^--expect takes hexadecimal digits in pairs/],
	[['udp', 'a:1', 'x', '--source', '127.0.0.1:70000'], /^--source takes an IP address of this machine, as HOST:PORT, HOST or :PORT, not '127/],
	[['tcp', 'a:1', 'x', '--source', 'localhost:0'], /^--source takes an IP address/],
	[['udp', '127.0.0.1:1', 'x', '--source', '::1'], /^--source \[::1]:0 is of IPv6, and 127\.0\.0\.1 of IPv4/],
	[['udp', 'a:1', 'x', '--wait', 'soon'], /^--wait takes a time/],
	[['udp', 'a:1', '@x', '--messages', 'none.yaml'], /^--messages: there is no file 'none\.yaml'$/],
	[['udp', 'a:1', '@x', '--messages', tmpdir()], /^--messages: '.*' is no regular file$/],
	[['udp', 'a:1', 'x', '--messages', import.meta.filename], /^--messages needs the name of a message: give @NAME/],
	[['udp', 'a:1', '@x', '--hex', '--messages', import.meta.filename], /^--hex and --messages are both given/],
	[['udp', 'a:1', 'x', '--ending', 'cr lf'], /^--ending takes none, lf/],
];

for (const [args, pattern] of wrongSends) {
	test(`send ${args.join(' ')} is told what is wrong`, t => {
		t.regex(problem(() => readSend(args, {})), pattern);
	});
}

test('times have a unit, and 0 needs none', t => {
	const read = (time: string): number | undefined => readServe(['udp', '--for', time], {}).time;
	t.deepEqual(['0', '500ms', '1.5s', '2m', '1h'].map(time => read(time)), [0, 500, 1500, 120_000, 3_600_000]);
});

test('serve and send have the link, the seed and the rules of the screen', t => {
	const options = ['--link', 'pinger', '--seed', '7'];
	t.like(readServe(['udp', ...options, '--reply', 'chat', '--close-after-reply'], {}).playground, {
		seed: 7, reply: 'chat', closeAfterReply: true, linkToClients: {loss: 0},
	});
	t.like(readServe(['udp', '--link-to-clients', 'loss=50%'], {}).playground, {linkToClients: {loss: 0.5}});

	for (const given of [['-r', 'chat'], ['-rchat'], ['-r=chat'], ['-r=', 'chat']]) {
		t.like(readServe(['udp', ...given], {}).playground, {reply: 'chat'});
	}

	t.like(readSend(['udp', 'a:1', 'x', ...options], {}).playground, {seed: 7, linkToClients: {loss: 0}});
});

test('--source is an address, a host or a port', t => {
	const read = (source: string, to = '127.0.0.1:9'): unknown => readSend(['udp', to, 'x', '--source', source], {}).playground.options?.map(option => 'source' in option && option.source)[0];
	t.deepEqual(read('127.0.0.2:81'), {host: '127.0.0.2', port: 81});
	t.deepEqual(read('127.0.0.2'), {host: '127.0.0.2', port: 0});
	t.deepEqual(read('::1', '[::1]:9'), {host: '::1', port: 0});
	t.deepEqual(read(':81'), {host: '0.0.0.0', port: 81});
	t.deepEqual(read('81', '[::1]:9'), {host: '::', port: 81});
});

test('--option can be given several times, and is checked by its name, its value and the protocol', t => {
	const read = (...argv: string[]): unknown => readServe(argv, {}).playground.options;
	t.deepEqual(read('udp', '--option', 'broadcast', '--option=join=239.1.2.3%lo', '--option', 'ttl=3'), [
		{name: 'broadcast', value: 1},
		{name: 'join', group: '239.1.2.3', interface: 'lo'},
		{name: 'ttl', value: 3},
	]);
	t.deepEqual(read('udp', '--host', '::1', '--option', 'join=239.1.2.3'), [{name: 'join', group: '239.1.2.3'}]);
	t.deepEqual(read('tcp', '--option', 'keepalive=60s', '--backlog', '3'), [
		{name: 'keepalive', value: 60}, {name: 'backlog', value: 3},
	]);
	t.is(read('udp'), undefined);
	for (const [argv, message] of [
		[['udp', '--option', 'ttl=0'], /--option ttl takes a number of hops from 1 to 255, not '0'/],
		[['udp', '--option', 'brodcast'], /perhaps: broadcast/],
		[['udp', '--option', 'nodelay=off'], /--option nodelay is for TCP/],
		[['udp', '--option', 'keepalive'], /is for TCP/],
		[['tcp', '--option', 'keepalive'], /--option keepalive needs a value/],
		[['udp', '--backlog', '3'], /--backlog is for TCP/],
		[['tcp', '--backlog', '3', '--backlog', '4'], /--backlog is given twice/],
	] as const) {
		t.throws(() => read(...argv), {message});
	}
});
