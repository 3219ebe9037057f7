import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {type AddressInfo, createServer, connect} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {report} from '../helpers/every-event.ts';
import {freeAddress} from '../helpers/loopback.ts';
import type {EventType, EventBody, SocketFailure} from '../../source/log/event.ts';
import {toFailure} from '../../source/sockets/failure.ts';
import type {CallNote} from '../../source/log/calls/calls.ts';
import {callText, projectCalls} from '../../source/views/calls.ts';

const server = {host: '127.0.0.1', port: 12_000};
const client = {host: '127.0.0.1', port: 51_234};
const server6 = {host: '::1', port: 12_000};
const unknown = {host: 'no-such-host.invalid', port: 12_000};
const data = {length: 5, bytes: Buffer.from('hello'), number: 1};

function failure(code: string, syscall: string, message = `${syscall} ${code}`): SocketFailure {
	return {code, syscall, message};
}

type Side = {readonly isServer: boolean};

const inClient: Side = {isServer: false};

/** The calls of an event as lines, a note behind its call. */
function lines(eventBody: EventBody, {isServer}: Side = inClient): string[] {
	return projectCalls({
		...eventBody, sequence: 7, time: 1000.5, pane: 1, socket: 3,
	}, {isServer}).map(call => call.note ? `${callText(call)} (${call.note satisfies CallNote})` : callText(call));
}

type Cases = {
	readonly [Type in EventType]: {
		readonly eventBody: EventBody & {readonly type: Type};
		readonly calls: readonly string[];
		readonly serverCalls?: readonly string[];
	};
};

/**
One event of every type, and the calls that it stands for, in a server's pane where they differ there: the compiler asks
for each.
*/
const cases: Cases = {
	'socket-bound': {
		eventBody: {type: 'socket-bound', local: {host: '0.0.0.0', port: 51_234}},
		calls: ['socket(AF_INET, SOCK_DGRAM)', 'bind((\'0.0.0.0\', 0)) → (\'0.0.0.0\', 51234) (library-binds)'],
		serverCalls: ['socket(AF_INET, SOCK_DGRAM)', 'bind((\'0.0.0.0\', 51234))'],
	},
	'bind-failed': {
		eventBody: {type: 'bind-failed', local: server, failure: failure('EADDRINUSE', 'bind')},
		calls: ['socket(AF_INET, SOCK_DGRAM)', 'bind((\'127.0.0.1\', 12000)) → EADDRINUSE', 'close()'],
	},
	'datagram-sent': {
		eventBody: {type: 'datagram-sent', ...data, peer: server},
		calls: ['sendto(5 B, (\'127.0.0.1\', 12000))'],
	},
	'datagram-received': {
		eventBody: {
			type: 'datagram-received',
			...data,
			peer: client,
			isThirdParty: false,
		},
		calls: ['recvfrom() → 5 B, (\'127.0.0.1\', 51234)'],
	},
	'send-failed': {
		eventBody: {
			type: 'send-failed',
			...data,
			peer: server,
			failure: failure('EMSGSIZE', 'send'),
		},
		calls: ['sendto(5 B, (\'127.0.0.1\', 12000)) → EMSGSIZE'],
	},
	'listening-started': {
		eventBody: {type: 'listening-started', local: server},
		calls: [
			'socket(AF_INET, SOCK_STREAM)',
			'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)',
			'bind((\'127.0.0.1\', 12000))',
			'listen(511)',
		],
	},
	'listen-failed': {
		eventBody: {type: 'listen-failed', local: server, failure: failure('EADDRINUSE', 'listen')},
		calls: [
			'socket(AF_INET, SOCK_STREAM)',
			'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)',
			'bind((\'127.0.0.1\', 12000)) → EADDRINUSE',
			'close()',
		],
	},
	'connection-accepted': {
		eventBody: {type: 'connection-accepted', peer: client, local: server},
		calls: ['accept() → connection 3, (\'127.0.0.1\', 51234)', 'setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)'],
	},
	'connection-rejected': {
		eventBody: {type: 'connection-rejected', peer: client, limit: 1024},
		calls: ['accept() → (\'127.0.0.1\', 51234) (limit-reached)', 'close()'],
	},
	'connect-started': {
		eventBody: {type: 'connect-started', peer: server},
		calls: ['socket(AF_INET, SOCK_STREAM)', 'connect((\'127.0.0.1\', 12000)) (in-progress)'],
	},
	'connection-opened': {
		eventBody: {type: 'connection-opened', peer: server, local: client},
		calls: [
			'getsockopt(SOL_SOCKET, SO_ERROR) → 0 (handshake-done)', 'setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)',
		],
	},
	'connect-failed': {
		eventBody: {type: 'connect-failed', peer: server, failure: failure('ECONNREFUSED', 'connect')},
		calls: [
			'socket(AF_INET, SOCK_STREAM)', 'connect((\'127.0.0.1\', 12000)) → ECONNREFUSED', 'close()',
		],
	},
	'chunk-sent': {
		eventBody: {
			type: 'chunk-sent',
			...data,
			peer: server,
			offset: 0,
		},
		calls: ['send(5 B)'],
	},
	'chunk-received': {
		eventBody: {
			type: 'chunk-received',
			...data,
			peer: server,
			offset: 0,
		},
		calls: ['recv() → 5 B'],
	},
	'fin-sent': {eventBody: {type: 'fin-sent', peer: server}, calls: ['shutdown(SHUT_WR)']},
	'fin-received': {eventBody: {type: 'fin-received', peer: server}, calls: ['recv() → 0 B (peer-finished)']},
	'reset-received': {
		eventBody: {type: 'reset-received', peer: server, failure: failure('ECONNRESET', 'read')},
		calls: ['recv() → ECONNRESET'],
	},
	'socket-failed': {
		eventBody: {type: 'socket-failed', peer: server, failure: failure('ETIMEDOUT', 'read')},
		calls: ['recv() → ETIMEDOUT'],
	},
	'backpressure-started': {eventBody: {type: 'backpressure-started', peer: client, waiting: 70_000}, calls: []},
	'backpressure-ended': {eventBody: {type: 'backpressure-ended', peer: client}, calls: []},
	'send-refused': {
		eventBody: {
			type: 'send-refused',
			peer: client,
			length: 5,
			waiting: 70_000,
		},
		calls: [],
	},
	'socket-closed': {
		eventBody: {
			type: 'socket-closed',
			peer: server,
			local: client,
			discarded: 9,
		},
		calls: ['close()'],
	},
	'message-received': {
		eventBody: {
			type: 'message-received',
			peer: server,
			message: 1,
			length: 0,
			bytes: new Uint8Array(),
			frame: {offset: 0, length: 1},
			reads: {first: 1, last: 1},
		},
		calls: [],
	},
	'framing-failed': {
		eventBody: {
			type: 'framing-failed', peer: server, framing: 'line', cause: 'too-long', limit: 9,
		},
		calls: [],
	},
	'rule-printed': {eventBody: {type: 'rule-printed', text: 'a line'}, calls: []},
	'encoding-changed': {eventBody: {type: 'encoding-changed', encoding: 'euc-kr'}, calls: []},
	'framing-changed': {eventBody: {type: 'framing-changed', framing: 'line'}, calls: []},
	'rule-changed': {eventBody: {type: 'rule-changed', rule: 'echo'}, calls: []},
	'reply-unchanged': {eventBody: {type: 'reply-unchanged'}, calls: []},
	'closing-changed': {eventBody: {type: 'closing-changed', closeAfterReply: true}, calls: []},
	'destination-changed': {eventBody: {type: 'destination-changed', destination: '[::1]:80'}, calls: []},
	'reset-sent': {
		eventBody: {type: 'reset-sent', peer: server},
		calls: ['setsockopt(SOL_SOCKET, SO_LINGER, (1, 0))', 'close() (sends-reset)'],
	},
	'leg-opened': {eventBody: {type: 'leg-opened', peer: client, target: server}, calls: []},
	'leg-expired': {eventBody: {type: 'leg-expired', peer: client, silence: 60_000}, calls: []},
	'message-held': {
		eventBody: {
			type: 'message-held', peer: client, held: 3, length: 5,
		}, calls: [],
	},
	'held-edited': {
		eventBody: {
			type: 'held-edited', peer: client, held: 3, before: 5, length: 7,
		},
		calls: [],
	},
	'held-released': {
		eventBody: {
			type: 'held-released', peer: client, held: 3, length: 5, after: 1200,
		},
		calls: [],
	},
	'held-dropped': {
		eventBody: {
			type: 'held-dropped', peer: client, held: 3, length: 5, after: 1200, cause: 'hand',
		},
		calls: [],
	},
	'answer-withheld': {eventBody: {type: 'answer-withheld', peer: server}, calls: []},
	'move-failed': {
		eventBody: {
			type: 'move-failed', local: server, failure: failure('EADDRINUSE', 'bind'), made: 'SOCK_DGRAM',
		},
		calls: ['socket(AF_INET, SOCK_DGRAM)', 'bind((\'127.0.0.1\', 12000)) → EADDRINUSE', 'close()'],
	},
	'rules-loaded': {eventBody: {type: 'rules-loaded', file: 'rules.yaml', entries: 3}, calls: []},
	'rules-rejected': {
		eventBody: {
			type: 'rules-rejected', file: 'rules.yaml', problems: [{line: 3, column: 5, fault: ['said', 'no such key']}], isKept: true,
		}, calls: [],
	},
	'rule-failed': {
		eventBody: {
			type: 'rule-failed', peer: server, cause: 'thrown', fault: ['said', 'TypeError'],
		}, calls: [],
	},
	'option-set': {
		eventBody: {
			type: 'option-set', option: {name: 'rcvbuf', value: 65_536}, family: 4, granted: 131_072,
		},
		calls: ['setsockopt(SOL_SOCKET, SO_RCVBUF, 65536)', 'getsockopt(SOL_SOCKET, SO_RCVBUF) → 131072'],
	},
	'option-failed': {
		eventBody: {
			type: 'option-failed',
			option: {name: 'join', group: 'ff02::1234', interface: 'eth0'},
			family: 6,
			via: 'eth0',
			failure: {code: 'ENODEV', syscall: 'addMembership', message: ''},
		},
		calls: [
			'setsockopt(IPPROTO_IPV6, IPV6_JOIN_GROUP, inet_pton(AF_INET6, \'ff02::1234\') + pack(\'@I\', if_nametoindex(\'eth0\'))) → ENODEV',
		],
	},
	'option-chosen': {eventBody: {type: 'option-chosen', option: {name: 'ttl', value: 3}}, calls: []},
	'name-found': {
		eventBody: {type: 'name-found', name: 'localhost', hosts: ['127.0.0.1', '::1']},
		calls: ['getaddrinfo(\'localhost\', None) → \'127.0.0.1\', \'::1\''],
	},
	'peer-set': {
		eventBody: {type: 'peer-set', peer: server, local: client},
		calls: ['connect((\'127.0.0.1\', 12000)) → (\'127.0.0.1\', 51234) (no-handshake)'],
	},
	'reading-stopped': {eventBody: {type: 'reading-stopped', peer: server}, calls: []},
	'reading-resumed': {eventBody: {type: 'reading-resumed', peer: server}, calls: []},
	'link-changed': {eventBody: {type: 'link-changed', conditions: 'loss 30 %', seed: 7}, calls: []},
	'loss-ordered': {eventBody: {type: 'loss-ordered'}, calls: []},
	'series-started': {eventBody: {type: 'series-started', count: 10, rate: undefined}, calls: []},
	'series-ended': {eventBody: {type: 'series-ended', report}, calls: []},
	'file-ended': {
		eventBody: {
			type: 'file-ended', path: 'notes.txt', isSent: true, moved: 5, reason: 'done',
		}, calls: [],
	},
	'sequence-ended': {
		eventBody: {
			type: 'sequence-ended', name: 'login', count: 3, reason: 'stopped',
		}, calls: [],
	},
};

for (const {eventBody, calls, serverCalls = calls} of Object.values(cases)) {
	test(calls.length === 0 ? `makes no call of ${eventBody.type}` : `makes calls of ${eventBody.type}`, t => {
		t.deepEqual(lines(eventBody), [...calls]);
		t.deepEqual(lines(eventBody, {isServer: true}), [...serverCalls]);
	});
}

test('writes IPv6 as Python does', t => {
	t.deepEqual(lines({type: 'socket-bound', local: server6}, {isServer: true}), [
		'socket(AF_INET6, SOCK_DGRAM)',
		'bind((\'::1\', 12000, 0, 0))',
	]);
	t.deepEqual(lines({type: 'socket-bound', local: {host: '::', port: 51_234}}), [
		'socket(AF_INET6, SOCK_DGRAM)', 'bind((\'::\', 0, 0, 0)) → (\'::\', 51234, 0, 0) (library-binds)',
	]);
	t.deepEqual(lines({type: 'listening-started', local: server6}), [
		'socket(AF_INET6, SOCK_STREAM)',
		'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)',
		'setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)',
		'bind((\'::1\', 12000, 0, 0))',
		'listen(511)',
	]);
	t.deepEqual(lines({type: 'connection-accepted', peer: {host: '::ffff:127.0.0.1', port: 51_234}, local: server6}), [
		'accept() → connection 3, (\'::ffff:127.0.0.1\', 51234, 0, 0)',
		'setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)',
	]);
	t.deepEqual(lines({type: 'connect-started', peer: server6}), [
		'socket(AF_INET6, SOCK_STREAM)',
		'connect((\'::1\', 12000, 0, 0)) (in-progress)',
	]);
	t.deepEqual(lines({type: 'datagram-sent', ...data, peer: server6}), ['sendto(5 B, (\'::1\', 12000, 0, 0))']);
	t.deepEqual(lines({
		type: 'datagram-received', ...data, peer: server6, isThirdParty: true,
	}), ['recvfrom() → 5 B, (\'::1\', 12000, 0, 0)']);
});

test('leaves out the number of a scope, which it does not know', t => {
	t.deepEqual(lines({type: 'connect-started', peer: {host: 'fe80::1%eth0', port: 80}}), [
		'socket(AF_INET6, SOCK_STREAM)', 'connect((\'fe80::1%eth0\', 80)) (in-progress)',
	]);
});

test('tells a lookup that failed, after which there is no socket', t => {
	const notFound = failure('ENOTFOUND', 'getaddrinfo');
	const calls = ['getaddrinfo(\'no-such-host.invalid\', None) → ENOTFOUND'];
	t.deepEqual(lines({type: 'bind-failed', local: unknown, failure: notFound}), calls);
	t.deepEqual(lines({type: 'listen-failed', local: unknown, failure: notFound}), calls);
	t.deepEqual(lines({type: 'connect-failed', peer: unknown, failure: notFound}), calls);
	t.deepEqual(lines({
		type: 'send-failed', ...data, peer: unknown, failure: notFound,
	}), calls);
});

test('tells the address that a name stood for where the system refused it, an ellipsis where that is not known', t => {
	const local = {host: 'localhost', port: 12_000};
	t.deepEqual(
		lines({
			type: 'listen-failed',
			local,
			failure: failure('EADDRINUSE', 'listen', 'listen EADDRINUSE: address already in use ::1:12000'),
		}),
		[
			'socket(AF_INET6, SOCK_STREAM)',
			'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)',
			'setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)',
			'bind((\'::1\', 12000, 0, 0)) → EADDRINUSE',
			'close()',
		],
	);
	t.deepEqual(
		lines({
			type: 'bind-failed',
			local: {...local, port: 0},
			failure: failure('EACCES', 'bind', 'bind EACCES 127.0.0.1'),
		}),
		[
			'socket(AF_INET, SOCK_DGRAM)',
			'bind((\'127.0.0.1\', 0)) → EACCES',
			'close()',
		],
	);
	t.deepEqual(lines({type: 'bind-failed', local, failure: failure('EACCES', 'bind')}), [
		'socket(…, SOCK_DGRAM)', 'bind((\'localhost\', 12000)) → EACCES', 'close()',
	]);
});

test('tells a socket that could not be made, which is not closed then', t => {
	t.deepEqual(lines({type: 'listen-failed', local: server, failure: failure('EMFILE', 'listen')}), [
		'socket(AF_INET, SOCK_STREAM) → EMFILE',
	]);
	t.deepEqual(lines({type: 'bind-failed', local: server6, failure: failure('EAFNOSUPPORT', 'bind')}), [
		'socket(AF_INET6, SOCK_DGRAM) → EAFNOSUPPORT',
	]);
	t.deepEqual(lines({type: 'connect-failed', peer: server, failure: failure('EMFILE', 'connect')}), [
		'socket(AF_INET, SOCK_STREAM) → EMFILE',
	]);
	t.deepEqual(lines({type: 'socket-failed', failure: failure('EMFILE', 'bind')}), ['socket() → EMFILE']);
});

test('tells send() of a stream from sendto() of a datagram', t => {
	t.deepEqual(lines({
		type: 'send-failed', ...data, peer: client, failure: failure('EPIPE', 'write'),
	}), ['send(5 B) → EPIPE']);
	t.deepEqual(lines({type: 'reset-received', peer: client, failure: failure('ECONNRESET', 'write')}), [
		'send() → ECONNRESET (earlier-send)',
	]);
	t.deepEqual(lines({
		type: 'reset-received', peer: client, failure: failure('ECONNRESET', 'write'), isTold: true,
	}), []);
	t.deepEqual(lines({type: 'socket-failed', peer: client, failure: failure('EPIPE', 'write')}), [
		'send() → EPIPE (earlier-send)',
	]);
});

test('makes no call of what Node refused by itself, or of what was given up', t => {
	for (const refused of [
		failure('ERR_SOCKET_BAD_PORT', ''),
		failure('ERR_STREAM_WRITE_AFTER_END', 'write'),
		failure('UNKNOWN', ''),
		failure('ECANCELED', 'send'),
	]) {
		t.deepEqual(
			lines({
				type: 'send-failed',
				...data,
				peer: server,
				failure: refused,
			}),
			[],
		);
		t.deepEqual(lines({type: 'bind-failed', local: server, failure: refused}), []);
		t.deepEqual(lines({type: 'connect-failed', peer: server, failure: refused}), []);
		t.deepEqual(lines({type: 'socket-failed', failure: refused}), []);
	}

	t.deepEqual(lines({
		type: 'send-failed', ...data, peer: server, failure: failure('EINVAL', 'setsockopt'),
	}), []);
	t.deepEqual(lines({type: 'socket-failed', failure: failure('EINVAL', 'toString')}), []);
});

test('names each call of an open socket that can fail', t => {
	const names = {
		bind: 'bind()',
		accept: 'accept()',
		read: 'recv()',
		recvmsg: 'recvfrom()',
		send: 'sendto()',
		shutdown: 'shutdown(SHUT_WR)',
	};
	for (const [syscall, call] of Object.entries(names)) {
		t.deepEqual(lines({type: 'socket-failed', failure: failure('ENOTCONN', syscall)}), [`${call} → ENOTCONN`]);
	}
});

test('accepts and closes a client that is gone, or whose address is not known any more', t => {
	t.deepEqual(lines({type: 'socket-failed', failure: failure('ENOTCONN', 'getpeername')}, {isServer: true}), [
		'accept() (peer-gone)',
		'getpeername() → ENOTCONN',
		'close()',
	]);
	t.deepEqual(lines({type: 'socket-failed', failure: failure('EMFILE', 'accept')}, {isServer: true}), [
		'accept() → EMFILE',
	]);
	t.deepEqual(lines({type: 'connection-rejected', peer: {host: '', port: 0}, limit: 1}, {isServer: true}), [
		'accept() (limit-reached)',
		'close()',
	]);
});

test('closes what was there to close, and a reset closes it once', t => {
	t.deepEqual(lines({
		type: 'socket-closed', local: client, discarded: 0, isReset: true,
	}), []);
	t.deepEqual(lines({
		type: 'socket-closed', local: client, discarded: 0, hasUnread: true,
	}), ['close() (unread-data)']);
	t.deepEqual(lines({type: 'socket-closed', discarded: 0}), []);
	t.deepEqual(lines({type: 'socket-closed', local: client, discarded: 0}), ['close()']);
	t.deepEqual(lines({type: 'socket-closed', peer: server, discarded: 0}), ['close()']);
	t.deepEqual(lines({type: 'socket-closed', local: server, discarded: 0}, {isServer: true}), ['close()']);
});

test('is plain data that can pass between threads', t => {
	for (const {eventBody} of Object.values(cases)) {
		const calls = projectCalls({
			...eventBody, sequence: 0, time: 0, pane: 1, socket: 0,
		}, {isServer: true});
		t.deepEqual(structuredClone(calls), calls);
	}
});

/** A port of this host that another stream socket listens on. */
async function takenTcp(t: ExecutionContext, host: string): Promise<number> {
	const taken = createServer().listen({host, port: 0});
	await once(taken, 'listening');
	t.teardown(() => taken.close());
	return (taken.address() as AddressInfo).port;
}

test('says of a taken TCP port what the system really refused: bind(), and not listen()', async t => {
	const port = await takenTcp(t, '127.0.0.1');
	const [error] = (await once(createServer().listen({host: '127.0.0.1', port, exclusive: true}), 'listening').catch((error_: unknown) => [error_])) as [unknown];
	const calls = [
		'socket(AF_INET, SOCK_STREAM)',
		'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)',
		`bind(('127.0.0.1', ${port})) → EADDRINUSE`,
		'close()',
	];
	t.deepEqual(lines({type: 'listen-failed', local: {host: '127.0.0.1', port}, failure: toFailure(error)}), calls);
	t.deepEqual(lines({type: 'listen-failed', local: {host: 'localhost', port}, failure: toFailure(error)}), calls);
});

test('says of a taken UDP port that bind() failed', async t => {
	const taken = createSocket('udp4').bind(0, '127.0.0.1');
	await once(taken, 'listening');
	const {port} = taken.address();
	const late = createSocket('udp4').bind({address: '127.0.0.1', port, exclusive: true});
	t.teardown(() => {
		taken.close();
		late.close();
	});
	const [error] = await once(late, 'listening').catch((error_: unknown) => [error_]) as [unknown];
	const calls = ['socket(AF_INET, SOCK_DGRAM)', `bind(('127.0.0.1', ${port})) → EADDRINUSE`, 'close()'];
	t.deepEqual(lines({type: 'bind-failed', local: {host: '127.0.0.1', port}, failure: toFailure(error)}), calls);
	t.deepEqual(lines({type: 'bind-failed', local: {host: 'localhost', port}, failure: toFailure(error)}), calls);
});

test('says of a real connect() and a real sendto() that failed what the system said', async t => {
	const address = await freeAddress();
	const [refused] = await once(connect(address), 'connect').catch((error: unknown) => [error]) as [unknown];
	t.deepEqual(
		lines({
			type: 'connect-failed', peer: address, failure: toFailure(refused), progress: 'under-way',
		}),
		['getsockopt(SOL_SOCKET, SO_ERROR) → ECONNREFUSED', 'close()'],
	);

	const sender = createSocket('udp4');
	t.teardown(() => sender.close());
	const bytes = new Uint8Array(70_000);
	const tooLarge = await new Promise(resolve => {
		sender.send(bytes, 9, '127.0.0.1', resolve);
	});
	t.deepEqual(
		lines({
			type: 'send-failed',
			peer: {host: '127.0.0.1', port: 9},
			length: bytes.length,
			bytes,
			failure: toFailure(tooLarge),
		}),
		['sendto(70000 B, (\'127.0.0.1\', 9)) → EMSGSIZE'],
	);
});

test('bind() has the port that was asked for, and tells the one that the system picked for port 0', t => {
	const event = {
		sequence: 0, time: 0, pane: 1, socket: 0, type: 'listening-started', local: {host: '127.0.0.1', port: 40_321},
	} as const;
	const bindOf = (port: number): string =>
		callText(projectCalls({...event, asked: {host: '127.0.0.1', port}}, {isServer: true})[2]!);
	t.is(bindOf(0), 'bind((\'127.0.0.1\', 0)) → (\'127.0.0.1\', 40321)');
	t.is(bindOf(40_321), 'bind((\'127.0.0.1\', 40321))');
});
