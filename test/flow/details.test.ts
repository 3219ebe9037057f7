import test from 'ava';
import {type StepFacts, stepDetails, udpChecksum} from '../../source/flow/details.ts';
import type {FlowStep} from '../../source/flow/step.ts';

const client = {host: '127.0.0.1', port: 51_234};
const server = {host: '127.0.0.1', port: 12_000};
const hello = Buffer.from('hello');

const facts = (more: Partial<StepFacts> = {}): StepFacts => ({
	protocol: 'udp', source: client, destination: server, payload: hello, clock: [{from: 0, offset: 1000}], loopback: 'lo', ...more,
});

const step = (more: Partial<FlowStep> = {}): FlowStep => ({
	kind: 'datagram',
	from: {lane: 'client:2', time: 10, sequence: 4},
	to: {
		lane: 'server', fate: 'arrived', time: 10.5, sequence: 5,
	},
	sequence: 4,
	first: 4,
	time: 10,
	took: 0,
	length: 5,
	bytes: hello,
	count: 1,
	hasMore: false,
	isSecond: false,
	...more,
});

// Packets with these checksums are good ones to tshark.
const vectors: ReadonlyArray<readonly [string, number, string, number, Uint8Array, number]> = [
	['127.0.0.1', 51_234, '127.0.0.1', 12_000, hello, 0xC6_FC],
	['192.0.2.7', 5353, '198.51.100.1', 53, Buffer.from('안녕'), 0x03_61],
	['::1', 40_000, '::1', 12_000, hello, 0xF0_DF],
	['2001:db8::8a2e:370:7334', 65_535, 'fe80::1%eth0', 9, Buffer.from('odd length!'), 0x8E_F7],
	['127.0.0.1', 1, '127.0.0.1', 2, Buffer.alloc(0), 0x01_D9],
	['127.0.0.1', 51_234, '127.0.0.1', 12_000, Uint8Array.of(0x0A, 0xD5), 0xFF_FF],
];

for (const [source, sourcePort, destination, destinationPort, payload, checksum] of vectors) {
	test(`the checksum of ${payload.length} bytes from ${source} to ${destination} is that of the wire`, t => {
		t.is(
			udpChecksum({host: source, port: sourcePort}, {host: destination, port: destinationPort}, payload),
			checksum,
		);
	});
}

test('there is no checksum where an address is a name, a wildcard, of another family, or not known', t => {
	for (const source of [{host: 'localhost', port: 1}, {host: '0.0.0.0', port: 1}, {host: '::1', port: 1}, {port: 1}, {host: '127.0.0.1'}]) {
		t.is(udpChecksum(source, server, hello), undefined);
	}

	t.like(stepDetails(step(), facts({source: {port: 51_234}})).header, {checksum: 'address'});
});

test('of a datagram the header fields are told, and when it was sent and read', t => {
	t.deepEqual(stepDetails(step(), facts()), {
		first: 4,
		source: client,
		destination: server,
		header: {type: 'udp', length: 13, checksum: 0xC6_FC},
		sent: 1010,
		arrived: 1010.5,
		count: 1,
		capture: 'tshark -i lo -f "udp port 51234 and udp port 12000"',
	});
});

test('an IPv4-mapped address is told as the IPv4 address that is on the wire', t => {
	const {source, header} = stepDetails(step(), facts({source: {host: '::ffff:127.0.0.1', port: 51_234}}));
	t.deepEqual(source, client);
	t.like(header, {checksum: 0xC6_FC});
});

test('a checksum is not computed of bytes that are not those on the wire', t => {
	t.like(stepDetails(step(), facts({payload: undefined})).header, {length: 13, checksum: 'payload'});
	t.like(stepDetails(step({length: 9000}), facts()).header, {length: 9008, checksum: 'payload'});
	const link = {changes: [{at: 1}], isHeldBack: false, isWaiting: false};
	t.like(stepDetails(step({link}), facts()).header, {checksum: 'link'});
	t.like(stepDetails(step({link, part: 'arrival'}), facts()).header, {checksum: 0xC6_FC});
});

test('what has not reached the wire says so', t => {
	const link = {changes: [], isHeldBack: false, isWaiting: false};
	for (const more of [
		{link: {...link, loss: 'loss' as const}},
		{link: {...link, isWaiting: true}},
		{to: {lane: 'server', fate: 'discarded'}},
		{to: {lane: 'server', fate: 'refused'}},
	] satisfies ReadonlyArray<Partial<FlowStep>>) {
		t.deepEqual(stepDetails(step(more), facts()).header, {type: 'none', why: 'link'});
	}

	t.deepEqual(stepDetails(step({kind: 'unsent'}), facts()).header, {type: 'none', why: 'refused'});
	t.deepEqual(stepDetails(step({kind: 'socket-bound', to: undefined}), facts()).header, {type: 'none', why: 'call'});
});

test('accept() is a call: it is neither sent nor read', t => {
	const details = stepDetails(step({kind: 'accept'}), facts({protocol: 'tcp'}));
	t.deepEqual(details.header, {type: 'none', why: 'call'});
	t.false('sent' in details || 'arrived' in details);
});

test('a segment has its flags, and the place of its bytes in the stream', t => {
	const flagsOf = (kind: FlowStep['kind']): unknown =>
		stepDetails(step({kind, length: undefined}), facts({protocol: 'tcp', payload: undefined})).header;
	for (const [kind, flags] of [
		['connect', 'SYN'], ['connected', 'SYN+ACK'], ['ack', 'ACK'], ['fin', 'FIN+ACK'], ['reset', 'RST'],
	] as const) {
		t.deepEqual(flagsOf(kind), {type: 'tcp', flags, length: 0});
	}

	const {header, capture} = stepDetails(step({kind: 'chunk'}), facts({protocol: 'tcp', offset: 14}));
	t.deepEqual(header, {
		type: 'tcp', flags: 'PSH+ACK', length: 5, offset: 14,
	});
	t.is(capture, 'tshark -i lo -f "tcp port 51234 and tcp port 12000"');
});

test('of several that were folded into a row the times are not told', t => {
	const details = stepDetails(step({count: 6}), facts());
	t.is(details.count, 6);
	t.is(details.sent, undefined);
	t.is(details.arrived, undefined);
	const kernels = stepDetails(step({kind: 'connected', isByKernel: true}), facts({protocol: 'tcp'}));
	t.is(kernels.sent, undefined, 'no program knows when the kernel did it');
	t.is(kernels.arrived, undefined);
	t.is(stepDetails(step({to: {lane: 'server', fate: 'under-way', time: 12}}), facts()).arrived, undefined);
});

test('a capture is of the interface that the packets take, and has the ICMP message of a datagram that was not taken', t => {
	const captureOf = (more: Partial<StepFacts>, ofStep: Partial<FlowStep> = {}): string | undefined =>
		stepDetails(step(ofStep), facts(more)).capture;
	t.is(
		captureOf({destination: {host: '192.0.2.7', port: 53}, source: {host: '198.51.100.1', port: 40_000}}),
		'tshark -i any -f "host 198.51.100.1 and host 192.0.2.7 and udp port 40000 and udp port 53"',
	);
	t.is(
		captureOf({source: {port: 51_234}}, {kind: 'unreachable'}),
		'tshark -i lo -f "(udp port 51234 and udp port 12000) or icmp"',
	);
	t.is(
		captureOf(
			{source: {host: '::1', port: 51_234}, destination: {host: '::1', port: 9}},
			{to: {lane: 'peer:x', fate: 'lost'}},
		),
		'tshark -i lo -f "(udp port 51234 and udp port 9) or icmp6"',
	);
	t.is(captureOf({source: {}, destination: {}}), undefined);
	for (const host of ['0.0.0.0', '::']) {
		t.is(captureOf({source: {host, port: 51_234}}), captureOf({}), 'no packet is from the wildcard address');
	}

	t.is(
		captureOf({source: {port: 9}, destination: {host: '$(reboot)', port: 9}}),
		'tshark -i any -f "udp port 9"',
		'a name is not passed on to a shell',
	);
});
