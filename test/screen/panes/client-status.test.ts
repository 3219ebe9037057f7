import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {ClientState} from '../../../source/engine/api/scene-view.ts';
import {clientStatus} from '../../../source/screen/panes/status-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import {
	clientView, sceneView, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

const local = {host: '127.0.0.1', port: 40_000};

test('a UDP client that has called connect() has a peer and hears of errors, server or not; another one does not', t => {
	const stopped = sceneView({server: serverView({state: {type: 'closed'}})});
	const status = (state: ClientState, scene = stopped): string =>
		stripVTControlCharacters(clientStatus(clientView(1, state), scene, 100, en)).trim();
	t.is(
		status({type: 'bound', local, peer: serverAddress}),
		'peer set by connect(): 127.0.0.1:12000 · ICMP errors are reported',
	);
	t.is(
		status({type: 'bound', local, peer: serverAddress}, sceneView()),
		'peer set by connect(): 127.0.0.1:12000 · ICMP errors are reported',
	);
	t.is(status({type: 'bound', local}), 'server stopped: datagrams are lost without an error');
	t.is(status({type: 'bound', local}, sceneView()), 'no connection · each datagram carries the address 127.0.0.1:12000');
});
