import test from 'ava';
import type {EventType, SocketEvent} from '../../../source/log/event.ts';
import {lanePorts} from '../../../source/flow/drawing/label.ts';
import {laneOfPane} from '../../../source/flow/lanes.ts';
import {
	briefs,
	chunk,
	clientAt,
	eventsOf,
	everyType,
	exchange,
	flowOf,
	handshake,
	payload,
	received,
	refused,
	neverBound,
	passedIn,
	sceneOf,
	sent,
	server,
	serverAt,
	stranger,
	type Told,
} from '../_scenes.ts';

const expected: Readonly<Record<EventType, string | readonly string[] | undefined>> = {
	'socket-bound': 'server socket-bound 127.0.0.1:12000',
	'bind-failed': 'server bind-failed 127.0.0.1:12000 EADDRINUSE',
	'datagram-sent': 'client:1 datagram arrived server 2 "hi"',
	'datagram-received': 'peer:127.0.0.1:5555 datagram arrived server 2 "hi"',
	'send-failed': 'client:1 unsent refused peer:127.0.0.1:5555 2 "hi" EMSGSIZE',
	'listening-started': 'server listening-started 127.0.0.1:12000',
	'listen-failed': 'server listen-failed 127.0.0.1:12000 EACCES',
	'connection-accepted': [
		'peer:127.0.0.1:5555 connect arrived server',
		'server K connected arrived peer:127.0.0.1:5555',
		'peer:127.0.0.1:5555 K ack arrived server',
		'server accept arrived connection:3',
	],
	'connection-rejected': 'server reject refused peer:127.0.0.1:5555 1000',
	'connect-started': 'client:1 connect under-way peer:127.0.0.1:5555',
	'connection-opened': [
		'peer:127.0.0.1:5555 K connected arrived client:1',
		'client:1 K ack arrived peer:127.0.0.1:5555 connected :51001',
	],
	'connect-failed': [
		'client:1 connect arrived peer:127.0.0.1:5555',
		'peer:127.0.0.1:5555 K reset arrived client:1 ECONNREFUSED',
	],
	'chunk-sent': 'client:1 chunk left peer:127.0.0.1:5555 2 "hi"',
	'chunk-received': 'peer:127.0.0.1:5555 chunk arrived client:1 2 "hi"',
	'fin-sent': 'client:1 fin left peer:127.0.0.1:5555',
	'fin-received': 'peer:127.0.0.1:5555 fin arrived client:1',
	'reset-received': 'peer:127.0.0.1:5555 reset arrived client:1 ECONNRESET',
	'socket-failed': 'client:1 socket-failed EPIPE',
	'backpressure-started': 'connection:3 backpressure-started 2000000',
	'backpressure-ended': 'connection:3 backpressure-ended',
	'send-refused': 'server send-refused 5',
	'socket-closed': 'client:1 socket-closed 7',
	'reset-sent': 'client:1 reset left peer:127.0.0.1:5555',
	'peer-set': 'client:1 peer-set peer 127.0.0.1:5555',
	'reading-stopped': 'connection:3 reading-stopped',
	'reading-resumed': 'connection:3 reading-resumed',
	'link-changed': 'client:1 link-changed loss 30 %',
	'loss-ordered': 'client:1 loss-ordered',
	'series-started': 'client:1 series-started 1,000 messages, 10/s',
	'series-ended': 'client:1 series-ended sent 1,000 = answered 940 + lost by the link 50 + waiting 10',
	'message-held': 'connection:3 message-held 5',
	'held-edited': 'connection:3 held-edited 7',
	'held-released': 'connection:3 held-released 7',
	'held-dropped': 'connection:3 held-dropped 5',
	'leg-opened': undefined,
	'leg-expired': undefined,
	'answer-withheld': undefined,
	'move-failed': undefined,
	'rules-loaded': undefined,
	'rules-rejected': undefined,
	'rule-failed': undefined,
	'option-set': undefined,
	'option-failed': undefined,
	'option-chosen': undefined,
	'name-found': undefined,
	'rule-changed': undefined,
	'closing-changed': undefined,
	'reply-unchanged': undefined,
	'message-received': undefined,
	'framing-failed': undefined,
	'framing-changed': undefined,
	'encoding-changed': undefined,
	'rule-printed': undefined,
	'file-ended': undefined,
	'sequence-ended': undefined,
	'destination-changed': undefined,
};

for (const [type, told] of Object.entries(everyType)) {
	const steps = [expected[type as EventType] ?? []].flat();
	test(`${type} is ${steps.length === 0 ? 'not drawn' : `drawn as ${steps.join(', ')}`}`, t => {
		const isUdp = type.startsWith('datagram') || type === 'socket-bound' || type === 'bind-failed';
		t.deepEqual(briefs(flowOf(eventsOf(told), sceneOf(isUdp ? 'udp' : 'tcp'))), steps);
	});
}

test('a connection for which no file is left has the error, and no limit of connections', t => {
	const told: Told = [server, {
		type: 'connection-rejected', peer: stranger, limit: 64, cause: 'files',
	}];
	t.deepEqual(briefs(flowOf(eventsOf(told), sceneOf('tcp'))), ['server reject refused peer:127.0.0.1:5555 EMFILE']);
});

test('a datagram between two sockets of the playground is one arrow, where it was sent', t => {
	const flow = flowOf(eventsOf(...exchange(1, 1, 'hi', 'HI')), sceneOf('udp'));
	t.deepEqual(briefs(flow), ['client:1 datagram arrived server 2 "hi"', 'server datagram arrived client:1 2 "HI"']);
	t.deepEqual(flow.steps.map(({sequence, first}) => [sequence, first]), [[0, 0], [2, 2]]);
	t.true(flow.isWhole);
});

test('a datagram that is read before its sending is recorded is one arrow, too', t => {
	const [request, arrival] = exchange(1, 1, 'hi', 'HI');
	t.deepEqual(briefs(flowOf(eventsOf(arrival, request), sceneOf('udp'))), [
		'client:1 datagram arrived server 2 "hi"',
	]);
});

test('a datagram whose sending is not known is drawn where it arrived', t => {
	const [, arrival] = exchange(1, 1, 'hi', 'HI');
	t.deepEqual(briefs(flowOf(eventsOf(arrival), sceneOf('udp'))), ['client:1 datagram arrived server 2 "hi"']);
	t.deepEqual(briefs(flowOf(eventsOf([server, received(1, 'hi', {from: 1})]), sceneOf('udp'))), [
		'client:1 datagram arrived server 2 "hi"',
	]);
});

test('a second datagram of one sending arrives apart from it, as the first does', t => {
	const [request, arrival] = exchange(1, 1, 'hi', 'HI');
	t.deepEqual(
		briefs(flowOf(eventsOf(request, arrival, [server, received(2, 'hi', {from: 1, write: 1})]), sceneOf('udp'))),
		['departure', 'arrival', 'arrival'].map(part => `client:1 datagram ${part} ① arrived server 2 "hi"`),
	);
});

test('a datagram is lost, under way, or has left', t => {
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				[1, sent(1, 'a', {to: server, arrival: {type: 'lost'}})],
				[1, sent(2, 'b', {to: server, arrival: {type: 'under-way'}})],
				[1, sent(3, 'c')],
			),
			sceneOf('udp'),
		)),
		[
			'client:1 datagram lost server 1 "a"',
			'client:1 datagram under-way server 1 "b"',
			'client:1 datagram left peer:127.0.0.1:5555 1 "c"',
		],
	);
});

test('what is exchanged with a pane that the scene does not have is drawn with its address', t => {
	t.deepEqual(briefs(flowOf(eventsOf(...exchange(9, 1, 'hi', 'HI')), sceneOf('udp'))), [
		'peer:127.0.0.1:51009 datagram arrived server 2 "hi"',
		'server datagram arrived peer:127.0.0.1:51009 2 "HI"',
	]);
});

test('a failed send goes to the lane of the address, where that is the playground\'s', t => {
	const failed = (peer: {host: string; port: number}): SocketEvent[] =>
		eventsOf(
			[server, {type: 'socket-bound', local: {host: '0.0.0.0', port: 12_000}}],
			[2, {type: 'socket-bound', local: clientAt(2)}],
			[
				1,
				{
					type: 'send-failed',
					peer,
					length: 0,
					bytes: new Uint8Array(0),
					failure: {code: 'EMSGSIZE', syscall: 'send', message: ''},
				},
			],
		);
	t.is(flowOf(failed(serverAt), sceneOf('udp')).steps.at(-1)?.to?.lane, 'server');
	t.is(flowOf(failed(clientAt(2)), sceneOf('udp')).steps.at(-1)?.to?.lane, 'client:2');
	t.is(
		flowOf(failed({host: '192.0.2.1', port: 12_000}), sceneOf('udp')).steps.at(-1)?.to?.lane,
		'peer:192.0.2.1:12000',
	);
});

test('a connection within the playground is SYN, SYN+ACK, ACK and accept(), between client, welcoming socket and connection socket', t => {
	const flow = flowOf(eventsOf([server, {type: 'listening-started', local: serverAt}], ...handshake(1)), sceneOf('tcp'));
	t.deepEqual(briefs(flow), [
		'server listening-started 127.0.0.1:12000',
		'client:1 connect arrived server',
		'server K connected arrived client:1',
		'client:1 K ack arrived server connected :51001',
		'server accept arrived connection:1',
	]);
	t.deepEqual(flow.lanes, [
		{
			id: 'client:1', type: 'client', number: 1, ports: [51_001], hasMorePorts: false,
		},
		{
			id: 'client:2', type: 'client', number: 2, ports: [], hasMorePorts: false,
		},
		{
			id: 'server', type: 'welcoming', ports: [12_000], hasMorePorts: false,
		},
		{
			id: 'connection:1', type: 'connection', number: 1, ports: [12_000], hasMorePorts: false, peerPort: 51_001,
		},
	]);
});

test('a connect() that was refused is a SYN, and a RST with the errno name', t => {
	const told = [
		[1, {type: 'connect-started', peer: serverAt}],
		[1, {type: 'connect-failed', peer: serverAt, failure: refused}],
	] as const;
	const scene = neverBound(sceneOf('tcp'));
	t.deepEqual(briefs(flowOf(eventsOf(...told), scene)), [
		'client:1 connect arrived peer:127.0.0.1:12000',
		'peer:127.0.0.1:12000 K reset arrived client:1 ECONNREFUSED',
	]);
	t.deepEqual(briefs(flowOf(eventsOf(...told), {...scene, server: {pane: server, local: serverAt}})), [
		'client:1 connect arrived server',
		'server K reset arrived client:1 ECONNREFUSED',
	]);
});

test('each connect() has its own outcome', t => {
	const fail = [
		[1, {type: 'connect-started', peer: serverAt}],
		[1, {type: 'connect-failed', peer: serverAt, failure: refused}],
	] as const;
	const closed = [1, {
		type: 'socket-closed', peer: serverAt, local: clientAt(1), discarded: 0,
	}] as const;
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				...fail,
				...handshake(1),
				closed,
				...fail,
				[1, {type: 'connect-started', peer: serverAt}],
				[1, {type: 'socket-closed', peer: serverAt, discarded: 0}],
			),
			sceneOf('tcp'),
		)),
		[
			'client:1 connect arrived server',
			'server K reset arrived client:1 ECONNREFUSED',
			'client:1 connect arrived server',
			'server K connected arrived client:1',
			'client:1 K ack arrived server connected :51001',
			'server accept arrived connection:1',
			'client:1 socket-closed 0',
			'client:1 connect arrived server',
			'server K reset arrived client:1 ECONNREFUSED',
			'client:1 connect left server',
			'client:1 socket-closed 0',
		],
	);
});

test('of several addresses of a name, the one that answered is connected, and the last one that did not has the errno name', t => {
	const other = {host: '::1', port: 12_000};
	const attempts = [
		[1, {type: 'connect-started', peer: other}],
		[1, {type: 'connect-started', peer: stranger}],
	] as const;
	t.deepEqual(
		briefs(flowOf(eventsOf(...attempts, [1, {type: 'connection-opened', peer: stranger, local: clientAt(1)}]), sceneOf('tcp'))),
		[
			'client:1 connect left peer:[::1]:12000',
			'client:1 connect arrived peer:127.0.0.1:5555',
			'peer:127.0.0.1:5555 K connected arrived client:1',
			'client:1 K ack arrived peer:127.0.0.1:5555 connected :51001',
		],
	);
	t.deepEqual(
		briefs(flowOf(
			eventsOf(...attempts, [1, {type: 'connect-failed', peer: stranger, failure: refused}]),
			sceneOf('tcp'),
		)),
		[
			'client:1 connect left peer:[::1]:12000',
			'client:1 connect arrived peer:127.0.0.1:5555',
			'peer:127.0.0.1:5555 K reset arrived client:1 ECONNREFUSED',
		],
	);
});

test('a name that is not found is no arrow', t => {
	const failure = {code: 'ENOTFOUND', syscall: 'getaddrinfo', message: ''};
	t.deepEqual(
		briefs(flowOf(
			eventsOf([1, {type: 'connect-failed', peer: {host: 'nowhere.invalid', port: 80}, failure}]),
			sceneOf('tcp'),
		)),
		['client:1 connect-failed nowhere.invalid:80 ENOTFOUND'],
	);
});

test('a client that is refused for the limit is named', t => {
	t.is(briefs(flowOf(eventsOf(
		[1, {type: 'connect-started', peer: serverAt}],
		[1, {type: 'connection-opened', peer: serverAt, local: clientAt(1)}],
		[server, {type: 'connection-rejected', peer: clientAt(1), limit: 1}],
	), {...sceneOf('tcp'), server: {pane: server, local: serverAt}})).at(-1), 'server reject refused client:1 1');
});

test('a FIN between two sockets of the playground is one arrow, and a RST comes from the far end', t => {
	const ends = [...handshake(1), ...handshake(2)];
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				...ends,
				[1, {type: 'fin-sent', peer: serverAt}],
				[server, {type: 'fin-received', peer: clientAt(1)}, 1],
				[server, {type: 'fin-sent', peer: clientAt(1)}, 1],
				[2, {type: 'reset-received', peer: serverAt, failure: {code: 'ECONNRESET', syscall: 'read', message: ''}}],
			),
			sceneOf('tcp'),
		)).slice(8),
		[
			'client:1 fin arrived connection:1',
			'connection:1 fin under-way client:1',
			'connection:2 K reset arrived client:2 ECONNRESET',
		],
	);
});

test('a FIN that is read before its sending is recorded is one arrow, too', t => {
	const events = eventsOf(
		...handshake(1),
		[server, {type: 'fin-received', peer: clientAt(1)}, 1],
		[1, {type: 'fin-sent', peer: serverAt}],
	);
	t.deepEqual(briefs(flowOf(events, sceneOf('tcp'))).slice(4), ['client:1 fin arrived connection:1']);
});

test('a FIN whose sending is not known is drawn where it was read', t => {
	t.deepEqual(
		briefs(flowOf(
			eventsOf(
				...handshake(1),
				[
					1,
					{
						type: 'socket-closed',
						peer: serverAt,
						local: clientAt(1),
						discarded: 0,
					},
				],
				[server, {type: 'fin-received', peer: clientAt(1)}, 1],
				[server, {type: 'fin-sent', peer: clientAt(1)}, 1],
			),
			sceneOf('tcp'),
		)).slice(4),
		['client:1 socket-closed 0', 'client:1 fin arrived connection:1', 'connection:1 fin left client:1'],
	);
});

test('a client that connects again is at the other end of another connection socket', t => {
	const lifeCycle = (number: number): Told[] => {
		const local = clientAt(number);
		return [
			[1, {type: 'connection-opened', peer: serverAt, local}],
			[server, {type: 'connection-accepted', peer: local, local: serverAt}, number],
			[1, {type: 'fin-sent', peer: serverAt}],
			[1, {
				type: 'socket-closed', peer: serverAt, local, discarded: 0,
			}],
		];
	};

	const {steps} = flowOf(eventsOf(...lifeCycle(1), ...lifeCycle(2)), sceneOf('tcp'));
	t.deepEqual(steps.filter(({kind}) => kind === 'fin').map(({to}) => to?.lane), ['connection:1', 'connection:2']);
});

test('two clients that had one port after the other are not taken for each other', t => {
	const lifeCycle = (pane: number): Told[] => [
		[pane, {type: 'connection-opened', peer: serverAt, local: stranger}],
		[server, {type: 'connection-accepted', peer: stranger, local: serverAt}, pane],
		[server, {type: 'fin-sent', peer: stranger}, pane],
		[pane, {
			type: 'socket-closed', peer: serverAt, local: stranger, discarded: 0,
		}],
	];
	t.is(flowOf(eventsOf(...lifeCycle(1)), sceneOf('tcp')).steps.at(3)?.to?.lane, 'client:1');
	t.is(
		flowOf(eventsOf(...lifeCycle(1), ...lifeCycle(2)), sceneOf('tcp')).steps.find(({kind}) => kind === 'fin')?.to?.lane,
		'peer:127.0.0.1:5555',
	);
});

test('a server that is bound to all addresses is the one that loopback leads to', t => {
	const scene = {...sceneOf('tcp'), server: {pane: server, local: {host: '0.0.0.0', port: 12_000}}};
	t.is(flowOf(eventsOf([1, {type: 'connect-started', peer: serverAt}]), scene).steps[0]!.to?.lane, 'server');
	t.is(
		flowOf(eventsOf([1, {type: 'connect-started', peer: {host: '192.0.2.1', port: 12_000}}]), scene).steps[0]!.to?.lane,
		'peer:192.0.2.1:12000',
	);
	t.is(
		flowOf(eventsOf([1, {type: 'connect-started', peer: serverAt}]), {...scene, server: undefined}).steps[0]!.to?.lane,
		'peer:127.0.0.1:12000',
	);
});

test('lanes stand in an order that does not depend on what is shown', t => {
	const told = [
		[server, received(1, 'b')],
		[1, sent(1, 'a')],
		[server, {...received(2, 'c'), peer: {host: '127.0.0.1', port: 4444}}],
	] as const;
	const ids = ['client:1', 'client:2', 'peer:127.0.0.1:4444', 'peer:127.0.0.1:5555', 'server'];
	t.deepEqual(flowOf(eventsOf(...told), sceneOf('udp')).lanes.map(({id}) => id), ids);
	t.deepEqual(flowOf(eventsOf(...told.toReversed()), sceneOf('udp')).lanes.map(({id}) => id), ids);
	const connections = Array.from({length: 11}, (_, index) => handshake(index + 1)).flat();
	t.deepEqual(
		flowOf(eventsOf(...connections), sceneOf('tcp', 1))
			.lanes.slice(-3)
			.map(({id}) => id),
		['connection:9', 'connection:10', 'connection:11'],
	);
});

test('a pane\'s lane is told by the pane', t => {
	t.is(laneOfPane(sceneOf('udp'), server), 'server');
	t.is(laneOfPane(sceneOf('udp'), 2), 'client:2');
	t.is(laneOfPane(sceneOf('udp'), 7), undefined);
});

test('accept() of a connection from another program is the welcoming socket\'s call', t => {
	const flow = flowOf(eventsOf([server, {type: 'connection-accepted', peer: stranger, local: serverAt}, 3]), sceneOf('tcp', 1));
	t.deepEqual(flow.lanes.map(({id}) => id), ['client:1', 'peer:127.0.0.1:5555', 'server', 'connection:3']);
	t.deepEqual(
		flow.steps.map(({kind, sequence, first}) => [kind, sequence, first]),
		[['connect', 0, -0.375], ['connected', 0, -0.25], ['ack', 0, -0.125], ['accept', 0, 0]],
	);
	t.deepEqual(
		flowOf(eventsOf(...handshake(1)), sceneOf('tcp')).steps.map(({kind}) => kind),
		['connect', 'connected', 'ack', 'accept'],
	);
});

test('a step is not shown without the one that it belongs to', t => {
	const told = Array.from({length: 5}, () => exchange(1, 1, 'ask', 'answer')).flat();
	const events = eventsOf(...told, [server, {type: 'socket-closed', discarded: 0}]);
	const kindsOf = (rows: number): string[] => flowOf(events, sceneOf('udp'), rows).steps.map(({kind}) => kind);
	t.deepEqual(kindsOf(3), ['datagram', 'datagram', 'socket-closed']);
	t.deepEqual(kindsOf(2), ['socket-closed']);
	t.deepEqual(kindsOf(1), ['socket-closed']);
});

test('a datagram to the address of a closed socket of the playground goes towards it, and is lost once nobody else has got it', t => {
	const vacant = (peer: {host: string; port: number}, isUnbound = true): Told => [1, {
		type: 'datagram-sent', peer, number: 1, isVacant: true, ...(isUnbound && {isUnbound}), ...payload('hi'),
	}];
	const scene = sceneOf('udp');
	t.deepEqual(briefs(flowOf(eventsOf(vacant(serverAt, false)), scene)), ['client:1 datagram unknown server 2 "hi"']);
	t.deepEqual(briefs(flowOf(eventsOf(vacant(serverAt)), scene)), [
		'client:1 datagram lost server 2 "hi" no socket', 'server K unreachable inferred arrived client:1',
	]);
	t.deepEqual(briefs(flowOf(eventsOf(vacant(serverAt)), neverBound(scene))), [
		'client:1 datagram lost peer:127.0.0.1:12000 2 "hi" no socket',
		'peer:127.0.0.1:12000 K unreachable inferred arrived client:1',
	]);
	t.deepEqual(briefs(flowOf(eventsOf(vacant(stranger)), scene)), [
		'client:1 datagram lost peer:127.0.0.1:5555 2 "hi" no socket',
		'peer:127.0.0.1:5555 K unreachable inferred arrived client:1',
	]);
	// What the kernel of another address of this machine does may be filtered: nothing is inferred.
	t.deepEqual(briefs(flowOf(eventsOf(vacant({host: '192.0.2.1', port: 9})), scene)), [
		'client:1 datagram lost peer:192.0.2.1:9 2 "hi" no socket',
	]);
	const closed = [
		[2, {type: 'socket-bound', local: clientAt(2)}],
		[2, {type: 'socket-closed', local: clientAt(2), discarded: 0}],
	] as const;
	t.is(
		briefs(flowOf(eventsOf(...closed, vacant(clientAt(2))), scene)).at(-2),
		'client:1 datagram lost client:2 2 "hi" no socket',
	);
});

test('a datagram that has found no socket goes towards its address, and is lost', t => {
	const unbound = (peer: {host: string; port: number}): Told => [1, {
		type: 'datagram-sent', peer, number: 1, isUnbound: true, ...payload('hi'),
	}];
	t.deepEqual(briefs(flowOf(eventsOf(unbound(stranger)), sceneOf('udp'))), [
		'client:1 datagram lost peer:127.0.0.1:5555 2 "hi" no socket',
		'peer:127.0.0.1:5555 K unreachable inferred arrived client:1',
	]);
});

test('what is still on the link goes towards its address; once it has left, to the server or to another program', t => {
	const to = (onTheLink: number, isVacant: boolean): Told => [1, {
		type: 'datagram-sent',
		peer: serverAt,
		number: 1,
		...(isVacant && {isVacant}),
		fate: passedIn(140, {onTheLink}),
		...payload('hi'),
	}];
	const scene = sceneOf('udp');
	const brief = (told: Told): string => briefs(flowOf(eventsOf(told), scene)).join(', ');
	t.is(brief(to(1, true)), 'client:1 datagram under-way server 2 "hi"');
	t.is(brief(to(1, false)), 'client:1 datagram under-way server 2 "hi"');
	t.is(brief(to(0, true)), 'client:1 datagram unknown server 2 "hi"');
	t.is(brief(to(0, false)), 'client:1 datagram left peer:127.0.0.1:12000 2 "hi"');
});

test('an ICMP message follows from a datagram that had left the link, and not from one that was on it, or was read', t => {
	const failure = {code: 'ECONNREFUSED', syscall: 'recv', message: ''};
	const flow = flowOf(eventsOf(
		[1, sent(1, 'first', {fate: passedIn(3)})],
		[1, sent(2, 'read', {to: server, arrival: {type: 'read', number: 1}})],
		[1, sent(3, 'on it', {to: server, fate: passedIn(9, {onTheLink: 1})})],
		[1, sent(4, 'lost', {to: server, fate: {type: 'lost', cause: 'loss'}})],
		[1, sent(5, 'later', {to: 2, fate: passedIn(3)})],
		[1, {type: 'socket-failed', failure}],
	), sceneOf('udp', 2));
	const {from, first} = flow.steps.find(({kind}) => kind === 'unreachable')!;
	t.is(from.lane, 'peer:127.0.0.1:5555');
	t.is(first, 4.875, 'when it had left the link');
});

test('a lane tells all the ports that it had among the events, the newest last', t => {
	const portsOf = (events: readonly SocketEvent[], scene = sceneOf('tcp', 1)): string =>
		lanePorts(flowOf(events, scene).lanes[0]!);
	const lifeCycle = (port: number): Told[] => [
		[1, {type: 'connection-opened', peer: serverAt, local: {host: '127.0.0.1', port}}],
		[1, {
			type: 'socket-closed', peer: serverAt, local: {host: '127.0.0.1', port}, discarded: 0,
		}],
	];
	t.is(portsOf(eventsOf(...lifeCycle(52_224), ...lifeCycle(59_236))), ':52224 :59236');
	t.is(portsOf(eventsOf(...lifeCycle(59_236), ...lifeCycle(52_224), ...lifeCycle(59_236))), ':52224 :59236');
	t.is(portsOf(eventsOf(...[1, 2, 3, 4, 5].flatMap(port => lifeCycle(port)))), '… :2 :3 :4 :5');
	const now = {...sceneOf('udp', 1), clients: [{pane: 1, number: 1, local: {host: '127.0.0.1', port: 60_000}}]};
	t.is(portsOf([], now), ':60000');
	const failure = {code: 'EADDRINUSE', syscall: 'bind', message: ''};
	const taken = {type: 'bind-failed', local: {host: '127.0.0.1', port: 9}, failure} as const;
	t.is(portsOf(eventsOf([1, taken], ...lifeCycle(52_224))), ':52224', 'it never had the one that was taken');
	// The exchange was with an earlier socket of the client's, as the server's event tells.
	t.is(portsOf(eventsOf([server, received(1, 'hi', {from: 1, write: 1})]), now), ':51001');
});

test('an arrow begins where it was sent, and ends where it was read, each with its moment', t => {
	const endsOf = (events: readonly SocketEvent[], protocol: 'udp' | 'tcp'): unknown[] =>
		flowOf(events, sceneOf(protocol, 1)).steps.map(({from, to}) => [
			from.sequence,
			from.time && from.time - (events.at(0)?.time ?? 0),
			to?.sequence,
			to?.fate,
		]);
	t.deepEqual(endsOf(eventsOf(...exchange(1, 1, 'hi', 'HI')), 'udp'), [[0, 0, 1, 'arrived'], [2, 2, 3, 'arrived']]);
	t.deepEqual(endsOf(eventsOf([1, sent(1, 'hi')], [server, received(1, 'ho')]), 'udp'), [
		[0, 0, undefined, 'left'],
		[undefined, undefined, 1, 'arrived'],
	]);
	const write = (number: number, offset: number, text: string): Told =>
		chunk('chunk-sent', 1, 'client', {number, offset, text});
	t.deepEqual(
		endsOf(
			eventsOf(
				...handshake(1),
				write(1, 0, 'ab'),
				write(2, 2, 'c'),
				write(3, 3, 'd'),
				chunk('chunk-received', 1, 'connection', {number: 1, offset: 0, text: 'abc'}),
				[1, {type: 'fin-sent', peer: serverAt}],
				[server, {type: 'fin-received', peer: clientAt(1)}, 1],
			),
			'tcp',
		).slice(4),
		[
			[3, 3, undefined, 'arrived'],
			[4, 4, undefined, 'arrived'],
			[5, 5, undefined, 'under-way'],
			[undefined, undefined, 6, 'arrived'],
			[7, 7, 8, 'arrived'],
		],
	);
});

test('what never arrives says whether it was lost, refused or discarded', t => {
	const fate = {
		type: 'passed', copies: [{delay: 1}], isHeldBack: false, onTheLink: 0, discarded: 1, overtakenBy: undefined,
	} as const;
	t.deepEqual(flowOf(eventsOf(
		[1, sent(1, 'a', {to: server, arrival: {type: 'lost'}})],
		[1, sent(2, 'b', {to: server, fate})],
		[1, sent(3, 'c', {to: server, fate: {...fate, refused: 1}})],
		[1, {type: 'connect-started', peer: stranger}],
		[1, {type: 'connect-failed', peer: stranger, failure: refused}],
		[1, {type: 'connect-started', peer: stranger}],
		[1, {type: 'connect-failed', peer: stranger, failure: {...refused, code: 'ETIMEDOUT'}}],
	), sceneOf('tcp', 1)).steps.map(({to}) => to?.fate), ['lost', 'discarded', 'refused', 'arrived', 'arrived', 'lost']);
});

test('a client that is connected to itself has one lane, and nothing listens', t => {
	const own = clientAt(1);
	const opening = [
		[1, {type: 'connect-started', peer: own}],
		[1, {type: 'connection-opened', peer: own, local: own}],
	] as const;
	const steps = [
		'client:1 connect arrived client:1',
		'client:1 K connected arrived client:1',
		'client:1 K ack arrived client:1 connected :51001',
	];
	t.deepEqual(briefs(flowOf(eventsOf(...opening), sceneOf('tcp', 1))), steps);
	const toItself = [1, {
		type: 'chunk-sent', number: 1, offset: 0, peer: own, far: {pane: 1, socket: 0}, ...payload('hi'),
	}] as const;
	t.deepEqual(briefs(flowOf(eventsOf(...opening, toItself), sceneOf('tcp', 1))).slice(0, 3), steps);
});
