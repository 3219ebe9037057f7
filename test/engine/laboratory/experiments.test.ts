import {once} from 'node:events';
import {
	type AddressInfo, type Socket, createConnection, createServer,
} from 'node:net';
import test from 'ava';
import type {ExperimentName} from '../../../source/engine/api/experiment.ts';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {LaboratoryRoom, type Story} from '../../helpers/laboratory-room.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {callText} from '../../../source/views/calls.ts';

type Case = {
	readonly title: string;
	/** What has happened when it is done, and what happens after that when it is ended. */
	readonly story: Story;
	readonly ending: Story;
	/** The code (errno(3)) that was caused. */
	readonly code?: string;
};

const connected = ['connect-started', 'connection-opened'];

const cases: Readonly<Partial<Record<ExperimentName, Case>>> = {
	'tcp-refused': {
		title: 'a connect() to a port without a listener is refused',
		story: {'client 1': ['connect-started', 'connect-failed ECONNREFUSED']},
		ending: {},
		code: 'ECONNREFUSED',
	},
	'udp-refused': {
		title: 'a UDP socket that is not connected is told nothing of a port that no socket has',
		story: {
			server: ['socket-bound', 'socket-closed'],
			'client 1': ['socket-bound', 'datagram-sent', 'datagram-sent'],
		},
		ending: {'client 1': ['socket-closed']},
	},
	'udp-connected-refused': {
		title: 'a connected UDP socket is told with its next call that no socket has the port',
		story: {
			server: ['socket-bound', 'socket-closed'],
			'client 1': ['socket-bound', 'peer-set', 'datagram-sent', 'socket-failed ECONNREFUSED'],
		},
		ending: {'client 1': ['socket-closed']},
		code: 'ECONNREFUSED',
	},
	'address-in-use': {
		title: 'a server cannot bind the address that another socket has',
		story: {server: ['listen-failed EADDRINUSE']},
		ending: {},
		code: 'EADDRINUSE',
	},
	'connect-timeout': {
		title: 'a connect() to an address that does not answer is given up after a while',
		story: {'client 1': ['connect-started', 'connect-failed ETIMEDOUT']},
		ending: {},
		code: 'ETIMEDOUT',
	},
	'reset-or-end': {
		title: 'the server reads the end of one connection, and is told of the reset of the other',
		story: {
			server: ['listening-started'],
			'client 1': [...connected, 'chunk-sent', 'fin-sent', 'socket-closed'],
			'server #1': ['connection-accepted', 'chunk-received', 'fin-received', 'fin-sent', 'socket-closed'],
			'client 2': [...connected, 'chunk-sent', 'reset-sent', 'socket-closed'],
			'server #2': ['connection-accepted', 'chunk-received', 'reset-received ECONNRESET', 'socket-closed'],
		},
		ending: {server: ['socket-closed']},
		code: 'ECONNRESET',
	},
	'half-closed': {
		title: 'a client that has sent its FIN still receives',
		story: {
			server: ['listening-started'],
			'client 1': [...connected, 'chunk-sent', 'fin-sent', 'chunk-received'],
			'server #1': ['connection-accepted', 'chunk-received', 'fin-received', 'chunk-sent'],
		},
		ending: {
			server: ['socket-closed'], 'client 1': ['socket-closed'], 'server #1': ['fin-sent', 'socket-closed'],
		},
	},
	'broken-pipe': {
		title: 'the first send() after the peer has closed is taken, and a later one fails',
		story: {
			server: ['listening-started'],
			'server #1': ['connection-accepted', 'fin-sent', 'socket-closed'],
			'client 1': [
				...connected,
				'fin-received',
				'chunk-sent',
				'send-failed EPIPE',
				'socket-closed',
			],
		},
		ending: {server: ['socket-closed']},
		code: 'EPIPE',
	},
	'message-too-long': {
		title: 'a datagram of 65,508 B is refused, and one of 65,507 B goes',
		story: {
			server: ['socket-bound', 'datagram-received'],
			'client 1': ['socket-bound', 'send-failed EMSGSIZE', 'datagram-sent'],
		},
		ending: {server: ['socket-closed'], 'client 1': ['socket-closed']},
		code: 'EMSGSIZE',
	},
	'empty-datagram': {
		title: 'a datagram without bytes arrives and is answered, and so is the next',
		story: {
			server: ['socket-bound', 'datagram-received', 'datagram-sent', 'datagram-received', 'datagram-sent'],
			'client 1': ['socket-bound', 'datagram-sent', 'datagram-received', 'datagram-sent', 'datagram-received'],
		},
		ending: {server: ['socket-closed'], 'client 1': ['socket-closed']},
	},
	'server-stops': {
		title: 'every client of a server that stops reads the end, and is refused when it comes again',
		story: {
			server: ['listening-started', 'socket-closed'],
			'server #1': ['connection-accepted', 'fin-sent', 'socket-closed'],
			'server #2': ['connection-accepted', 'fin-sent', 'socket-closed'],
			'client 1': [
				...connected,
				'fin-received',
				'fin-sent',
				'socket-closed',
				'connect-started',
				'connect-failed ECONNREFUSED',
			],
			'client 2': [...connected, 'fin-received'],
		},
		ending: {'client 2': ['fin-sent', 'socket-closed']},
		code: 'ECONNREFUSED',
	},
	'time-wait': {
		title: 'the client that closes first leaves its end in TIME_WAIT',
		story: {
			server: ['listening-started'],
			'client 1': [...connected, 'chunk-sent', 'chunk-received', 'fin-sent', 'socket-closed'],
			'server #1': ['connection-accepted', 'chunk-received', 'chunk-sent', 'fin-received', 'fin-sent', 'socket-closed'],
		},
		ending: {server: ['socket-closed']},
	},
	'truncated-character': {
		title: 'a read ends inside a character, and the next begins inside it',
		story: {
			server: ['listening-started', 'reply-unchanged'],
			'client 1': [...connected, 'chunk-sent', 'chunk-received'],
			'server #1': ['connection-accepted', 'chunk-received', 'chunk-sent'],
		},
		ending: {
			server: ['socket-closed'],
			'client 1': ['fin-sent', 'socket-closed'],
			'server #1': ['fin-sent', 'socket-closed'],
		},
	},
	'no-reader': {
		title: 'a client cannot write on to a peer that does not read, until it reads again',
		story: {
			server: ['listening-started'],
			'client 1': [...connected, 'chunk-sent'],
			'server #1': ['connection-accepted', 'reading-stopped', 'reading-resumed', 'chunk-received'],
		},
		ending: {
			server: ['socket-closed'],
			'client 1': ['fin-sent', 'socket-closed'],
			'server #1': ['fin-sent', 'socket-closed'],
		},
	},
};

for (const [name, {title, story, ending, code}] of Object.entries(cases) as Array<[ExperimentName, Case]>) {
	test.serial(`${title}, and all is as it was before`, async t => {
		const room = await LaboratoryRoom.open(t);
		const {isDone, outcome, facts} = await room.run(name);
		t.deepEqual({isDone, outcome, code: facts.failure?.code}, {isDone: true, outcome: 'caused', code});
		t.deepEqual(room.story, story);
		await room.end();
		const whole = Object.keys(story).map(socket => [socket, [...story[socket] ?? [], ...ending[socket] ?? []]]);
		t.deepEqual(room.story, Object.fromEntries(whole));
		await room.assertClean(t);
		await room.assertAnswered(t);
	});
}

test.serial('a name that does not exist has no address, and connect() is never called', async t => {
	const room = await LaboratoryRoom.open(t);
	const {outcome, facts} = await room.run('unknown-host');
	t.is(outcome, 'caused');
	t.true(['ENOTFOUND', 'EAI_AGAIN'].includes(facts.failure?.code ?? ''));
	t.is(facts.failure?.syscall, 'getaddrinfo');
	t.deepEqual(room.story, {'client 1': [`connect-failed ${facts.failure?.code}`]});
	t.deepEqual(room.scene('laboratory').connect, {host: 'no-such-host.invalid', port: 80});
	await room.end();
	await room.assertClean(t);
});

test.serial('the calls that an experiment is about are in its pane', async t => {
	const room = await LaboratoryRoom.open(t);
	const calls = (pane: number): string[] =>
		room.rows(pane, 'calls').rows.flatMap(row => row.calls?.map(call => callText(call)) ?? []);
	const {facts: {address}} = await room.run('address-in-use');
	t.true(calls(room.server('laboratory').pane).some(call => call.startsWith(`bind(('127.0.0.1', ${address?.port}))`) && call.includes('EADDRINUSE')));
	await room.run('udp-connected-refused');
	t.true(calls(room.client('laboratory').pane).some(call => call.startsWith('recvfrom(') && call.includes('ECONNREFUSED')));
});

test.serial('a datagram to a port without a socket says so, as in the other scenes', async t => {
	const room = await LaboratoryRoom.open(t);
	await room.run('udp-refused');
	const sent = room.news.filter(event => event.type === 'datagram-sent');
	t.is(sent.length, 2);
	for (const {isVacant} of sent) {
		t.true(isVacant);
	}
});

test.serial('an experiment says which address it is about, and its sockets use it', async t => {
	const room = await LaboratoryRoom.open(t);
	for (const name of ['tcp-refused', 'udp-refused', 'udp-connected-refused', 'connect-timeout'] as const) {
		const {facts: {address}} = await room.run(name);
		t.deepEqual(room.client('laboratory').destination, address);
	}

	const {facts: {address}} = await room.run('address-in-use');
	t.deepEqual(room.server('laboratory').configured, address);
});

test.serial('the sockets beside those in the panes that hold a port are told, as long as they are open', async t => {
	const room = await LaboratoryRoom.open(t);
	for (const [name, type] of [
		['tcp-refused', 'connection'],
		['udp-refused', 'itself'],
		['udp-connected-refused', 'itself'],
		['address-in-use', 'listener'],
		['connect-timeout', 'full-queue'],
		['empty-datagram', undefined],
	] as const) {
		const {facts: {address, holders}} = await room.run(name);
		t.is(holders?.type, type);
		t.is(holders?.port, holders && address?.port);
	}

	await room.run('tcp-refused');
	await room.playground.execute({type: 'open-server', protocol: 'tcp', scene: 'laboratory'});
	t.is(room.experiment.facts.holders, undefined);
});

test.serial('where nothing listened, the server can be opened when the experiment is done', async t => {
	const room = await LaboratoryRoom.open(t);
	for (const [name, protocol] of [['tcp-refused', 'tcp'], ['udp-refused', 'udp'], ['udp-connected-refused', 'udp']] as const) {
		const {facts: {address}} = await room.run(name);
		await room.playground.execute({type: 'open-server', protocol, scene: 'laboratory'});
		t.deepEqual(room.server('laboratory').state, {type: 'open', local: address});
	}

	const {facts: {address, failure}} = await room.run('address-in-use');
	for (const words of [en, ko]) {
		// The socket that has the address is the playground's own.
		t.notRegex(words.failure(failure!, address, true), /program|프로그램/);
	}
});

test.serial('a truncated character is read as two bytes and one, and answered whole', async t => {
	const room = await LaboratoryRoom.open(t);
	await room.run('truncated-character');
	const {pane} = room.server('laboratory');
	const reads = room.news.flatMap(event =>
		event.type === 'chunk-received' && event.pane === pane ? [[...event.bytes]] : []);
	t.deepEqual(reads, [[0xED, 0x95], [0x9C]]);
	t.is(
		room.news
			.flatMap(event =>
				event.type === 'chunk-received' && event.pane !== pane ? [Buffer.from(event.bytes).toString()] : [])
			.join(''),
		'한',
	);
});

test.serial('the longest datagram arrives whole', async t => {
	const room = await LaboratoryRoom.open(t);
	const {facts} = await room.run('message-too-long');
	t.is(facts.length, 65_507);
	t.is(room.news.find(event => event.type === 'datagram-received')?.length, 65_507);
});

test.serial('a timeout takes as long as it is given', async t => {
	const room = await LaboratoryRoom.open(t);
	const {facts: {waited = 0}} = await room.run('connect-timeout');
	t.true(waited >= 999 && waited < 30_000, `it waited ${waited} ms`);
});

test.serial(
	'of a peer that does not read every byte is told where it was, and all of them come in the end',
	async t => {
		const room = await LaboratoryRoom.open(t);
		const {
			facts: {length = 0, queues},
		} = await room.run('no-reader');
		const {
			server,
			clients: [client],
		} = room.scene('laboratory');
		t.true(length > 64 * 1024);
		t.is(client?.sent.bytes, length);
		t.is(client?.waiting, 0);
		t.is(server?.peers[0]?.received.bytes, length);
		if (KernelTables.isAvailable) {
			const {receive = 0, send = 0, readAhead = 0, waiting = 0} = queues ?? {};
			t.true(receive > 0 && send > 0 && waiting > 0);
			t.is(receive + send + readAhead + waiting, length);
		} else {
			t.is(queues, undefined);
		}
	},
);

test.serial('sockets of others with the same local port are not taken for the experiment\'s own', async t => {
	const room = await LaboratoryRoom.open(t);
	const other = createServer(socket => {
		socket.resume();
	});
	other.listen(0, '127.0.0.1');
	await once(other, 'listening');
	const {port} = other.address() as AddressInfo;
	const sockets: Socket[] = [];
	t.teardown(() => {
		for (const socket of sockets) {
			socket.destroy();
		}

		other.close();
	});
	/** As the kernel may give one local port to connections to several addresses. */
	room.playground.log.subscribe({
		payload: 'none',
		onEntry(entry) {
			if (entry.type === 'event' && entry.event.type === 'connection-opened') {
				const {port: localPort} = entry.event.local;
				for (let host = 2; host < 10; host++) {
					const socket = createConnection({
						port, localPort, host: '127.0.0.1', localAddress: `127.0.0.${host}`,
					});
					// A port that is taken there by chance leaves the others.
					socket.on('error', () => undefined);
					sockets.push(socket);
				}
			}
		},
	});
	const {facts: {length = 0, queues}} = await room.run('no-reader');
	t.true(sockets.some(socket => socket.localPort !== undefined));
	const {receive = 0, send = 0, readAhead = 0, waiting = 0} = queues ?? {};
	t.is(receive > 0 && send > 0, KernelTables.isAvailable);
	t.is(receive + send + readAhead + waiting, KernelTables.isAvailable ? length : 0);
});

test.serial('the end that is in TIME_WAIT is the client\'s, as far as the kernel\'s tables can be read', async t => {
	const room = await LaboratoryRoom.open(t);
	const {facts} = await room.run('time-wait');
	t.is(facts.state, KernelTables.isAvailable ? 'TIME_WAIT' : undefined);
	const local = room.news.find(event => event.type === 'connection-opened');
	t.deepEqual(facts.address, local?.type === 'connection-opened' ? local.local : undefined);
});
