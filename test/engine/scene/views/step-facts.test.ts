import test from 'ava';
import {stepFacts} from '../../../../source/engine/scene/views/step-facts.ts';
import {clientLane, serverLane} from '../../../../source/flow/lanes.ts';
import {farEndAt} from '../../../../source/log/socket-track.ts';
import {EventPair} from '../../../helpers/event-pair.ts';
import {openPlayground, type PlaygroundRoom} from '../../../helpers/playground-room.ts';
import {openRawUdp} from '../../../helpers/raw-udp.ts';
import {type StepDetails, udpChecksum} from '../../../../source/flow/details.ts';
import type {FlowKind} from '../../../../source/flow/step.ts';
import type {FlowView} from '../../../../source/engine/api/view.ts';
import type {Protocol} from '../../../../source/log/event.ts';

/** The loopback interface, as the OS calls it. */
const loopback = process.platform === 'linux' ? 'lo' : 'lo0';

function flowOf(room: PlaygroundRoom, scene: Protocol, selected?: number): FlowView {
	const view = room.playground.view({
		type: 'flow', scene, focus: undefined, rows: 60, end: undefined, ...(selected !== undefined && {selected}),
	});
	if (view?.type !== 'flow') {
		throw new Error('No diagram');
	}

	return view;
}

/** The details of each row of these kinds, where it was sent, oldest first. */
function detailsOf(room: PlaygroundRoom, scene: Protocol, ...kinds: readonly FlowKind[]): StepDetails[] {
	return flowOf(room, scene).steps
		.filter(({kind, part}) => kinds.includes(kind) && part !== 'arrival')
		.map(({first}) => flowOf(room, scene, first).details!);
}

test('the rows of a datagram and its answer have the addresses of both ends, and the checksums of the wire', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const {pane} = room.client('udp');
	t.is(flowOf(room, 'udp').details, undefined);
	await room.send(pane, 'hello');
	await room.happened('datagram-received', event => event.pane === pane);
	const server = room.address('udp');
	const {state} = room.client('udp');
	const client = {host: '127.0.0.1', port: 'local' in state ? state.local.port : 0};
	const [request, answer] = detailsOf(room, 'udp', 'datagram');
	t.like(request, {
		source: client,
		destination: server,
		header: {type: 'udp', length: 13, checksum: udpChecksum(client, server, Buffer.from('hello'))},
		capture: `tshark -i ${loopback} -f "udp port ${client.port} and udp port ${server.port}"`,
	});
	t.like(answer, {
		source: server,
		destination: client,
		header: {type: 'udp', length: 13, checksum: udpChecksum(server, client, Buffer.from('HELLO'))},
	});
	t.true(request!.arrived! >= request!.sent!);
	t.true(Math.abs(request!.sent! - Date.now()) < 60_000, 'a time of day');
});

test('what goes to another program has the address that it is sent from', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1});
	const peer = await openRawUdp(t);
	const {pane} = room.client('udp');
	await room.playground.execute({type: 'set-destination', pane, destination: {host: '127.0.0.1', port: peer.port}});
	await room.send(pane, 'hello');
	await room.happened('datagram-sent');
	const [details] = detailsOf(room, 'udp', 'datagram');
	const {state} = room.client('udp');
	t.like(details, {
		source: {host: '127.0.0.1', port: 'local' in state ? state.local.port : 0},
		destination: {host: '127.0.0.1', port: peer.port},
	});
	t.is(typeof (details?.header.type === 'udp' && details.header.checksum), 'number');
});

test('a socket that is bound to all addresses has the one that the other end has seen', async t => {
	const room = await openPlayground(t, 'udp', {clients: 1, host: '0.0.0.0', reply: 'discard'});
	const {pane} = room.client('udp');
	const {port} = room.address('udp');
	await room.playground.execute({type: 'set-destination', pane, destination: {host: '127.0.0.2', port}});
	await room.send(pane, 'hello');
	const {peer} = await room.happened('datagram-received');
	const [details] = detailsOf(room, 'udp', 'datagram');
	t.like(details, {source: peer, destination: {host: '127.0.0.2', port}});
});

test('of several that are one row the oldest tells no address of the newest', t => {
	const {log, client, server} = new EventPair();
	const [near, far] = [{host: '127.0.0.1', port: 50_000}, {host: '127.0.0.2', port: 80}];
	const bytes = Buffer.from('hello');
	client.datagramSent(farEndAt(far), bytes, client.nextWrite());
	server.datagramReceived(farEndAt(near), bytes);
	const [from, to] = [log.next - 2, log.next - 1];
	const sourceAndDestination = (count: number): unknown => {
		const {source, destination} = stepFacts(log, {protocol: 'udp', server: {pane: 1}, clients: [{pane: 2, number: 1}]}, [], {
			kind: 'datagram',
			from: {lane: clientLane(2), time: 0, sequence: from},
			to: {
				lane: serverLane, time: 0, sequence: to, fate: 'arrived',
			},
			sequence: to,
			first: from,
			time: 0,
			took: 0,
			count,
			hasMore: false,
			isSecond: false,
		});
		return [source, destination];
	};

	t.deepEqual(sourceAndDestination(1), [near, far]);
	t.deepEqual(sourceAndDestination(4), [near, {host: '127.0.0.1', port: 80}]);
});

test('the rows of a connection have its addresses, flags and places in the stream, also when the client has another port now', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1});
	const {pane} = room.client('tcp');
	await room.happened('connection-accepted');
	const {state} = room.client('tcp');
	const client = state.type === 'connected' ? state.local : undefined;
	const server = room.address('tcp');
	for (const [index, text] of ['hello', 'world!'].entries()) {
		await room.send(pane, text);
		await room.happenedTimes('chunk-received', 2 * (index + 1));
	}

	await room.playground.execute({type: 'close-client', pane});
	await room.happened('socket-closed', event => event.pane === pane);
	await room.playground.execute({type: 'reopen-client', pane});
	await room.happenedTimes('connection-accepted', 2);
	const [syn, next] = detailsOf(room, 'tcp', 'connect');
	t.like(syn, {source: client, destination: server, header: {flags: 'SYN'}});
	t.not(next!.source.port, client!.port);
	const back = {source: server, destination: client};
	t.like(detailsOf(room, 'tcp', 'connected')[0], {...back, header: {flags: 'SYN+ACK'}});
	t.like(detailsOf(room, 'tcp', 'ack')[0], {source: client, destination: server, header: {flags: 'ACK'}});
	t.like(detailsOf(room, 'tcp', 'fin')[0], {source: client, destination: server, header: {flags: 'FIN+ACK'}});
	const chunks = detailsOf(room, 'tcp', 'chunk').filter(({source}) => source.port === client!.port);
	t.deepEqual(
		chunks.map(({header}) => header.type === 'tcp' && [header.flags, header.offset, header.length]),
		[['PSH+ACK', 0, 5], ['PSH+ACK', 5, 6]],
	);
	t.is(chunks[0]?.capture, `tshark -i ${loopback} -f "tcp port ${client!.port} and tcp port ${server.port}"`);
	t.like(detailsOf(room, 'tcp', 'accept')[0], {header: {type: 'none', why: 'call'}});
});
