import test from 'ava';
import type {ClientState} from '../../source/engine/door.ts';
import {
	bindingOf, type CommandId, ctrlBindingOf, keyBindings, type KeyContext,
} from '../../source/screen/keys.ts';
import {en} from '../../source/screen/words/en.ts';
import {
	clientView, sceneView, serverAddress, serverView,
} from '../helpers/terminal-scene.ts';

function label(id: CommandId, context: KeyContext): string | undefined {
	return keyBindings.find(binding => binding.id === id)?.label(en, context);
}

function withClient(protocol: 'udp' | 'tcp', state: ClientState): KeyContext {
	const client = clientView(1, state);
	return {protocol, scene: sceneView({protocol, clients: [client]}), client};
}

const connected: Extract<ClientState, {type: 'connected'}> = {
	type: 'connected', local: {host: '127.0.0.1', port: 40_000}, peer: serverAddress, isFinishing: false, hasSentFin: false, hasReceivedFin: false,
};

test('each command has a letter of its own', t => {
	t.is(new Set(keyBindings.map(({letter}) => letter)).size, keyBindings.length);
	t.is(new Set(keyBindings.map(({id}) => id)).size, keyBindings.length);
});

test('no letter that terminals or line editing need has a Ctrl form', t => {
	for (const letter of 'abcehijmuwyz?') {
		t.is(ctrlBindingOf(letter), undefined);
	}

	for (const letter of 'tnxorkdpq') {
		t.is(ctrlBindingOf(letter)?.letter, letter);
	}
});

test('a command is found by its letter, by the capital, and by the Hangul letter on the same key', t => {
	for (const [latin, hangul] of [['t', 'ㅅ'], ['n', 'ㅜ'], ['x', 'ㅌ'], ['o', 'ㅐ'], ['r', 'ㄱ'], ['k', 'ㅏ'], ['d', 'ㅇ'], ['p', 'ㅔ'], ['m', 'ㅡ'], ['a', 'ㅁ'], ['q', 'ㅂ']] as const) {
		t.is(bindingOf(latin)?.letter, latin);
		t.is(bindingOf(latin.toUpperCase())?.letter, latin);
		t.is(bindingOf(hangul)?.letter, latin);
	}

	t.is(bindingOf('?')?.id, 'help');
	for (const letter of ['b', '1', '', '가', 'ㅋ', '👍']) {
		t.is(bindingOf(letter), undefined);
	}
});

test('half-close is for a TCP client that is connected and has not finished', t => {
	t.not(label('half-close', withClient('tcp', connected)), undefined);
	t.is(label('half-close', withClient('tcp', {...connected, isFinishing: true})), undefined);
	t.is(label('half-close', withClient('tcp', {type: 'closed'})), undefined);
	t.is(label('half-close', withClient('udp', {type: 'unbound'})), undefined);
});

test('x closes an open socket, and removes the pane of a closed one', t => {
	t.is(label('close-socket', withClient('udp', {type: 'unbound'})), en.keys.closeSocket);
	t.is(label('close-socket', withClient('udp', {type: 'closed'})), en.keys.removePane);
});

test('o opens what is closed: the focused client, or else the server', t => {
	t.is(label('open-or-stop', withClient('udp', {type: 'unbound'})), en.keys.stopServer);
	t.is(label('open-or-stop', withClient('udp', {type: 'closed'})), en.keys.openSocket);
	t.is(label('open-or-stop', withClient('tcp', {...connected, hasReceivedFin: true})), en.keys.reconnect);
	const scene = sceneView({server: serverView({state: {type: 'closed'}})});
	t.is(label('open-or-stop', {protocol: 'udp', scene, client: undefined}), en.keys.openServer);
});

test('without a server, what is the server\'s does nothing', t => {
	const context = {...withClient('tcp', connected), scene: sceneView({protocol: 'tcp', server: undefined})};
	for (const id of ['open-or-stop', 'reply-rule', 'keep-open'] as const) {
		t.is(label(id, context), undefined);
	}
});

test('at the limit there is no new client', t => {
	t.is(label('new-client', {protocol: 'udp', scene: sceneView({clientLimit: 2}), client: undefined}), undefined);
	t.is(label('new-client', {protocol: 'udp', scene: sceneView({clientLimit: 3}), client: undefined}), en.keys.newClient);
});
