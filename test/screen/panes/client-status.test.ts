import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {ClientState, SceneView} from '../../../source/engine/api/scene-view.ts';
import {clientStatus, serverStatus} from '../../../source/screen/panes/status-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {painted} from '../../helpers/painted.ts';
import {
	clientAddress as local, clientView, connected, connectedPeer, sceneView, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

test('a UDP client that has called connect() has a peer and hears of errors, server or not; another one does not', t => {
	const stopped = sceneView({server: serverView({state: {type: 'closed'}})});
	const status = (state: ClientState, scene = stopped): string =>
		clientStatus(clientView(1, state), scene, 1, 100, en).map(line => stripVTControlCharacters(line)).join('\n').trim();
	t.is(
		status({type: 'bound', local, peer: serverAddress}),
		'peer set by connect(): 127.0.0.1:12000 · ICMP errors are reported',
	);
	t.is(
		status({type: 'bound', local, peer: serverAddress}, sceneView()),
		'peer set by connect(): 127.0.0.1:12000 · ICMP errors are reported',
	);
	t.is(status({type: 'bound', local}), en.client.serverStopped);
	t.is(status({type: 'bound', local}, sceneView()), en.client.addressedTo('127.0.0.1:12000'));
	const failed = (code: string): SceneView => sceneView({
		server: serverView({
			state: {type: 'failed', wanted: serverAddress, failure: {code, syscall: 'bind', message: ''}},
		}),
	});
	t.is(status({type: 'unbound'}, failed('EACCES')), en.client.serverStopped);
	t.is(status({type: 'unbound'}, failed('EADDRINUSE')), en.client.noPortYet('127.0.0.1:12000'), 'another program has the port');
});

function isWhole(line: string): boolean {
	return !stripVTControlCharacters(line).trimEnd().endsWith('…');
}

test('in a pane of 50 columns every status is whole, in one line or two, and teaches in no faint text', t => {
	const failure = {code: 'ECONNRESET', syscall: 'read', message: ''};
	const states: ReadonlyArray<readonly [ClientState, 'udp' | 'tcp']> = [
		[{type: 'unbound'}, 'udp'],
		[{type: 'bound', local}, 'udp'],
		[{type: 'bound', local, peer: serverAddress}, 'udp'],
		[{type: 'closed'}, 'udp'],
		[{type: 'connecting', destination: serverAddress}, 'tcp'],
		[connected, 'tcp'],
		[{...connected, hasReceivedFin: true}, 'tcp'],
		[{
			...connected, hasReceivedFin: true, hasSentFin: true, isFinishing: true,
		}, 'tcp'],
		[{...connected, isFinishing: true}, 'tcp'],
		[{...connected, hasSentFin: true, isFinishing: true}, 'tcp'],
		[{type: 'closed', failure}, 'tcp'],
	];
	for (const words of [en, ko]) {
		for (const [state, protocol] of states) {
			const lines = clientStatus(clientView(1, state), sceneView({protocol}), 2, 46, words);
			t.true(lines.length <= 2 && lines.every(line => isWhole(line)), `drawn as ${lines.join('\n')}`);
			t.false(lines.some(line => painted(line).some(piece => piece.startsWith('dim'))));
		}

		for (const protocol of ['udp', 'tcp'] as const) {
			for (const peersEver of [0, 1]) {
				const lines = serverStatus(serverView({peersEver}), protocol, {rows: 2, peers: 2}, 46, words);
				t.true(lines.length <= 2 && lines.every(line => isWhole(line)), `drawn as ${lines.join('\n')}`);
				t.false(lines.some(line => painted(line).some(piece => piece.startsWith('dim'))));
			}
		}
	}
});

test('the state of a server\'s connection is told to be derived from the events, which the help explains', t => {
	const peers = [connectedPeer()];
	for (const words of [en, ko]) {
		const [line = ''] = serverStatus(serverView({peers, peerCount: 1}), 'tcp', {rows: 1, peers: 1}, 60, words);
		t.true(stripVTControlCharacters(line).trimEnd().endsWith(' ~ESTABLISHED'));
		t.true(words.help.signs.some(([sign]) => sign.startsWith('~')));
	}
});

test('a program that ends its side is told to have sent FIN only when it has', t => {
	for (const words of [en, ko]) {
		for (const [hasSentFin, told] of [[false, words.client.finishing], [true, words.client.finSent]] as const) {
			const client = clientView(1, {...connected, isFinishing: true, hasSentFin});
			const [line = ''] = clientStatus(client, sceneView({protocol: 'tcp'}), 1, 200, words);
			t.is(stripVTControlCharacters(line).trim(), told);
		}
	}
});

test('a frame that is not whole is told where its rest is awaited, by a client and by a server', t => {
	for (const words of [en, ko]) {
		for (const unfinished of [{length: 7, whole: 1282}, {length: 1, whole: undefined}]) {
			const peers = [connectedPeer({unfinished})];
			const [line = ''] = serverStatus(serverView({peers, peerCount: 1}), 'tcp', {rows: 1, peers: 1}, 76, words);
			t.true(stripVTControlCharacters(line).trimEnd().endsWith(words.server.unfinished(unfinished)));
			const client = {...clientView(1, connected), unfinished};
			const [own = ''] = clientStatus(client, sceneView({protocol: 'tcp'}), 1, 76, words);
			t.true(stripVTControlCharacters(own).includes(words.client.unfinished(unfinished)));
		}
	}
});

test('a server whose port the system picks is stopped for whichever port its clients keep to', t => {
	const status = (port: number): string => {
		const closed = serverView({state: {type: 'closed'}, configured: {...serverAddress, port}});
		const client = clientView(1, {type: 'bound', local});
		const [line = ''] = clientStatus(client, sceneView({server: closed}), 1, 100, en);
		return stripVTControlCharacters(line).trim();
	};

	for (const port of [0, serverAddress.port]) {
		t.is(status(port), en.client.serverStopped);
	}

	t.is(status(serverAddress.port + 1), en.client.addressedTo('127.0.0.1:12000'));
});

test('that a client does not read is told before what waits in it', t => {
	const client = clientView(1, connected, {waiting: 10, isReadingStopped: true});
	const told = clientStatus(client, sceneView({protocol: 'tcp'}), 1, 200, en).join('');
	t.true(stripVTControlCharacters(told).startsWith(`${en.acts.status.notReading} · ${en.server.waiting(10, 0)}`));
});

test('the first and the last of the connections that fit say how many there are above and below', t => {
	const peers = [3, 4, 5].map(number => connectedPeer({}, number));
	for (const [peerCount, below] of [[10, ' ↓ 5'], [6, ' ↓ 1'], [5, '']] as const) {
		const server = serverView({
			peers, peerCount, peersEver: peerCount, peersBefore: 2,
		});
		const ends = serverStatus(server, 'tcp', {rows: 3, peers: 3}, 100, en)
			.map(line => / [↑↓].*/.exec(stripVTControlCharacters(line).trimEnd())?.[0] ?? '');
		t.deepEqual(ends, [' ↑ 2', '', below]);
	}
});
