import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {clientStatus, serverStatus} from '../../../source/screen/panes/status-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {
	clientView, connected, connectedPeer, sceneView, serverView,
} from '../../helpers/terminal-scene.ts';

function client(waiting: number, columns: number, words = en): string {
	return clientStatus(
		clientView(1, connected, {isReadingStopped: true, waiting}),
		sceneView({protocol: 'tcp'}),
		1,
		columns,
		words,
	).map(line => stripVTControlCharacters(line).trimEnd()).join('\n');
}

function connection(
	columns: number,
	{waiting = 0, onTheLink = 0, isReadingStopped = true, words = en, peerCount = 1} = {},
): string {
	const peer = connectedPeer({
		waiting, onTheLink, isPaused: waiting > 0, isReadingStopped,
	});
	const [line = ''] = serverStatus(serverView({target: 1, peerCount, peers: [peer]}), 'tcp', {rows: 1, peers: 1}, columns, words);
	return stripVTControlCharacters(line).trimEnd();
}

test('a client that does not read says so, and how it reads again', t => {
	t.is(client(0, 76), 'reading stopped: received data waits in the kernel · Esc b 3 reads again');
	for (const words of [en, ko]) {
		for (const columns of [46, 56, 76]) {
			t.regex(client(0, columns, words), /Esc b 3/);
			t.false(client(0, columns, words).includes('…'));
		}
	}
});

test('its own unsent data is told as well', t => {
	t.is(client(2048, 76), 'reading stopped · Esc b 3 reads again · 2,048 B waiting');
});

test('a connection that does not read says so in its line, and how it reads again where there is room', t => {
	t.is(connection(77), '▸● connection 1  :12000 ⇄ 127.0.0.1:40000  ~ESTABLISHED  not reading: Esc b 3');
	t.is(connection(76, {waiting: 2048}), '▸● conn 1  :40000  ~ESTABLISHED  not reading: Esc b 3  2,048 B waiting');
	t.is(
		connection(96, {waiting: 2048}),
		'▸● connection 1  127.0.0.1:40000  ~ESTABLISHED  not reading: Esc b 3  2,048 B waiting · paused',
	);
	t.is(connection(56), '▸● conn 1  :40000  ~ESTABLISHED  not reading: Esc b 3');
	t.regex(connection(76, {peerCount: 9}), /not reading: Esc b 3 +↓ 8$/);
	t.is(connection(46), '▸● conn 1  :40000  not reading: Esc b 3');
	for (const words of [en, ko]) {
		for (const columns of [46, 56, 76, 156]) {
			const line = connection(columns, {words});
			t.true(line.includes(words.acts.status.connectionNotReadingTight));
			t.false(line.includes('…'));
		}
	}
});

test('a connection that reads says nothing of it', t => {
	t.is(connection(76, {isReadingStopped: false}), '▸● connection 1  :12000 ⇄ 127.0.0.1:40000  ~ESTABLISHED');
	t.is(
		connection(96, {isReadingStopped: false, waiting: 2048}),
		'▸● connection 1  :12000 ⇄ 127.0.0.1:40000  ~ESTABLISHED  2,048 B waiting · paused',
	);
	t.is(
		connection(76, {isReadingStopped: false, waiting: 2048}),
		'▸● connection 1  127.0.0.1:40000  ~ESTABLISHED  2,048 B waiting · paused',
	);
});

test('bytes on the simulated link are not said to wait for a peer that does not read', t => {
	const status = (waiting: number, onTheLink: number, words = en): string =>
		clientStatus(clientView(1, connected, {waiting, onTheLink}), sceneView({protocol: 'tcp'}), 1, 76, words)
			.map(line => stripVTControlCharacters(line).trimEnd()).join('\n');
	t.is(status(11, 11), '11 B on the simulated link');
	t.is(status(2048, 0), '2,048 B waiting: the peer does not read');
	t.is(status(2048, 11), '2,048 B waiting: the peer does not read, and the link holds 11 B');
	t.is(status(11, 11, ko), ko.client.waiting(11, 11));
	t.is(
		connection(96, {isReadingStopped: false, waiting: 11, onTheLink: 11}),
		'▸● connection 1  :12000 ⇄ 127.0.0.1:40000  ~ESTABLISHED  11 B on the link · paused',
	);
});
