import {networkInterfaces} from 'node:os';
import test from 'ava';
import type {SocketOption} from '../../../../source/log/event.ts';
import {parseOption} from '../../../../source/log/calls/socket-option.ts';
import {callText, projectCalls} from '../../../../source/views/calls.ts';
import {en} from '../../../../source/screen/words/en.ts';
import {ko} from '../../../../source/screen/words/ko.ts';
import {openRawUdp} from '../../../helpers/raw-udp.ts';
import {openPlayground, type PlaygroundRoom} from '../../../helpers/playground-room.ts';

async function set(room: PlaygroundRoom, pane: number, option: SocketOption): Promise<unknown> {
	const {refusal} = await room.playground.execute({type: 'set-option', pane, option});
	return refusal;
}

function callsOf(room: PlaygroundRoom, pane: number): string[] {
	return room.events
		.filter(event => event.pane === pane)
		.flatMap(event => projectCalls(event, {isServer: false}))
		.filter(({name}) => name === 'setsockopt' || name === 'getsockopt')
		.map(call => callText(call));
}

test('an option is a setting of the pane: kept for the first socket, and set again on each that follows', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {pane} = room.client('udp');
	t.is(await set(room, pane, {name: 'ttl', value: 7}), undefined);
	t.deepEqual(room.all('option-chosen').map(({option}) => option), [{name: 'ttl', value: 7}]);
	await room.send(pane, 'hello');
	await room.happenedTimes('datagram-received', 2);
	await set(room, pane, {name: 'rcvbuf', value: 4096});
	await room.playground.execute({type: 'close-client', pane});
	await room.playground.execute({type: 'reopen-client', pane});
	await room.send(pane, 'again');
	await room.happenedTimes('datagram-received', 4);
	const ttl = 'setsockopt(IPPROTO_IP, IP_TTL, 7)';
	const buffer = ['setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)', 'getsockopt(SOL_SOCKET, SO_RCVBUF) → 8192'];
	t.deepEqual(callsOf(room, pane), process.platform === 'linux' ? [ttl, ...buffer, ...buffer, ttl] : callsOf(room, pane));
	t.like(room.client('udp').options, {numbers: {ttl: 7, rcvbuf: 4096}});
	await set(room, pane, {name: 'ttl'});
	t.is(room.client('udp').options?.numbers.ttl, undefined);
});

test('what the system has granted and refused goes with the socket, and is nothing of the next one', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const panes = [room.server('udp').pane, room.client('udp').pane];
	await room.send(panes[1]!, 'hello');
	await room.happenedTimes('datagram-received', 2);
	const results = () => [room.server('udp'), room.client('udp')].map(({options}) =>
		[Object.keys(options?.granted ?? {}), Object.keys(options?.failed ?? {})]);
	for (const pane of panes) {
		await set(room, pane, {name: 'rcvbuf', value: 4096});
		await set(room, pane, {name: 'interface', interface: 'nowhere'});
	}

	t.deepEqual(results(), [[['rcvbuf'], ['interface']], [['rcvbuf'], ['interface']]]);
	await room.playground.execute({type: 'stop-server', protocol: 'udp'});
	await room.playground.execute({type: 'close-client', pane: panes[1]!});
	t.deepEqual(results(), [[[], []], [[], []]]);
	await set(room, panes[1]!, {name: 'rcvbuf', value: 8192});
	t.deepEqual(results(), [[[], []], [[], []]]);
});

test('what the system refuses is told with what to do, and is not kept', async t => {
	const room = await openPlayground(t, 'udp', {clients: 0});
	const {pane} = room.server('udp');
	await set(room, pane, {name: 'join', group: '10.0.0.1'});
	await set(room, pane, {name: 'join', group: '239.1.2.3', interface: 'nowhere'});
	await set(room, pane, {name: 'interface', interface: 'nowhere'});
	const failed = room.all('option-failed');
	t.deepEqual(failed.map(({failure: {code}}) => code), ['EINVAL', 'ENODEV', 'ENODEV']);
	// Of an unknown interface the system is not asked: Node would make it the one that the system picks.
	t.deepEqual(callsOf(room, pane).map(call => call.includes('10.0.0.1')), [true]);
	for (const words of [en, ko]) {
		t.regex(words.events['option-failed']({...failed[1]!} as never), /239\.1\.2\.3%nowhere.*ENODEV.*ip addr/s);
		// What stands alone as the value stands behind no %.
		t.notRegex(words.events['option-failed']({...failed[2]!} as never), /%/);
	}

	t.deepEqual(room.all('option-chosen'), []);
	t.deepEqual(room.server('udp').options?.groups, []);
	t.like(room.server('udp').options?.failed, {join: 'ENODEV', interface: 'ENODEV'});
	t.like(await set(room, pane, {name: 'nodelay', value: 0}), {reason: 'no-such-option'});
	t.like(await set(room, pane, {name: 'source'}), {reason: 'no-such-option'});
	await room.playground.execute({type: 'stop-server', protocol: 'udp'});
	await room.playground.execute({type: 'open-server', protocol: 'udp'});
	t.deepEqual(room.server('udp').options?.failed, {}, 'the next socket was not asked for it');
});

test('a group of IPv6 is joined on an interface by its name, and of no connection an option is only chosen', async t => {
	const room = await openPlayground(t, 'udp', {clients: 0, host: '::1'});
	const [name = ''] = Object.entries(networkInterfaces()).find(([, all]) => all?.some(({address}) => address === '::1')) ?? [];
	t.is(await set(room, room.server('udp').pane, {name: 'join', group: 'ff02::1234', interface: name}), undefined);
	t.like(room.all('option-set'), [{option: {group: 'ff02::1234', interface: name}, family: 6}]);
	const streams = await openPlayground(t, 'tcp', {clients: 0});
	await set(streams, streams.server('tcp').pane, {name: 'nodelay', value: 0});
	t.deepEqual(streams.all('option-chosen').map(({option}) => option), [{name: 'nodelay', value: 0}]);
});

test('a source that cannot be bound is told, and no send leaves from another port', async t => {
	const taken = await openRawUdp(t);
	const room = await openPlayground(t, 'udp', {clients: 1, options: [{name: 'source', source: taken.address}]});
	const {pane} = room.client('udp');
	for (const times of [1, 2]) {
		await room.send(pane, 'hello');

		await room.happenedTimes('send-failed', times);
	}

	t.is(room.all('socket-failed').length, 2);
	t.like(room.all('send-failed')[0], {length: 5, failure: {code: 'ECANCELED', syscall: 'bind'}});
	t.is(room.all('datagram-sent').length, 0);
	const {failure, source} = room.all('socket-failed')[0]!;
	t.is(failure.code, 'EADDRINUSE');
	t.deepEqual(source, taken.address);
	t.regex(en.sourceFailed(failure, taken.address), /another socket is bound to it.*Esc j/);
	await set(room, pane, {name: 'source', source: {host: '127.0.0.1', port: 0}});
	await room.send(pane, 'hello');
	const [read] = await room.happenedTimes('datagram-received', 2);
	t.is(read?.write, 1);
});

test('backlog and source are of the next socket, and TCP_NODELAY and keep-alive of each connection', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1});
	const [server, client] = [room.server('tcp').pane, room.client('tcp').pane];
	await set(room, server, {name: 'backlog', value: 3});
	t.deepEqual(room.all('option-chosen').map(({option: {name}}) => name), ['backlog']);
	await set(room, server, {name: 'nodelay', value: 0});
	await set(room, server, {name: 'nodelay', value: 0});
	await set(room, client, {name: 'keepalive', value: 60});
	t.deepEqual(room.all('option-set').map(({pane, option: {name}}) => [pane, name]), [
		[server, 'nodelay'], [client, 'keepalive'],
	]);
	t.deepEqual(callsOf(room, client).filter(call => call.includes('KEEP')), [
		'setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)',
		'setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 60)',
		'setsockopt(IPPROTO_TCP, TCP_KEEPINTVL, 1)',
		'setsockopt(IPPROTO_TCP, TCP_KEEPCNT, 10)',
	]);
	await room.playground.execute({type: 'stop-server', protocol: 'tcp'});
	await room.playground.execute({type: 'open-server', protocol: 'tcp'});
	t.is(room.all('listening-started').at(-1)?.backlog, 3);
	await room.playground.execute({type: 'reopen-client', pane: client});
	await room.happenedTimes('connection-accepted', 2);
	t.deepEqual(room.all('connection-accepted').map(({delays}) => delays), [undefined, true]);
	t.is(room.all('option-set').length, 3);
});

test('options are read as they are typed, and what is none is not taken', t => {
	t.deepEqual(parseOption('rcvbuf', '64KiB'), {name: 'rcvbuf', value: 65_536});
	t.deepEqual(parseOption('keepalive', '60s'), {name: 'keepalive', value: 60});
	t.deepEqual(parseOption('keepalive', 'off'), {name: 'keepalive', value: 0});
	t.deepEqual(parseOption('broadcast', 'on'), {name: 'broadcast', value: 1});
	t.deepEqual(parseOption('join', 'ff02::1234%eth0'), {name: 'join', group: 'ff02::1234', interface: 'eth0'});
	t.deepEqual(parseOption('ttl', 'default'), {name: 'ttl'});
	t.deepEqual(parseOption('source', '[::1]:81'), {name: 'source', source: {host: '::1', port: 81}});
	for (const [name, typed] of [
		['ttl', '0'],
		['ttl', '256'],
		['multicast-ttl', '-1'],
		['broadcast', '2'],
		['keepalive', '40000'],
		['rcvbuf', '0'],
		['join', '10.0.0.1'],
		['join', 'default'],
		['backlog', '0'],
		['source', 'x y'],
		['nodelay', ''],
	] as const) {
		t.is(parseOption(name, typed), undefined, `${name}=${typed}`);
	}
});
