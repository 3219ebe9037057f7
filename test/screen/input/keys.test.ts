import test from 'ava';
import type {ClientState, SceneView} from '../../../source/engine/api/scene-view.ts';
import {
	contextOf, type KeyContext, nextLanguage, nextView,
} from '../../../source/screen/input/key-context.ts';
import {
	bindingOf, type CommandId, bindingOfChord, keyBindings,
} from '../../../source/screen/input/keys.ts';
import {firstSteps} from '../../../source/screen/input/typing.ts';
import {lessonVocabulary} from '../../../source/screen/input/vocabulary.ts';
import {footerLines} from '../../../source/screen/overlays/registry.ts';
import {newPaneState, newScreenState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {chordOf} from '../../helpers/key-of.ts';
import {
	clientView, sceneView, screenState, serverAddress, serverView,
} from '../../helpers/terminal-scene.ts';

function label(id: CommandId, context: KeyContext): string | undefined {
	return keyBindings.find(binding => binding.id === id)?.label(en, context);
}

function withClient(protocol: 'udp' | 'tcp', state: ClientState): KeyContext {
	const scene = sceneView({protocol, clients: [clientView(1, state)]});
	return contextOf(screenState(scene), scene);
}

/** Where the server has the focus. */
function withServer(scene: SceneView): KeyContext {
	return {...contextOf(screenState(scene), scene), client: undefined, pane: newPaneState};
}

const connected: Extract<ClientState, {type: 'connected'}> = {
	type: 'connected',
	local: {host: '127.0.0.1', port: 40_000},
	peer: serverAddress,
	isFinishing: false,
	hasSentFin: false,
	hasReceivedFin: false,
};

test('each command has a letter of its own', t => {
	for (const place of ['relay', 'server']) {
		const letters = keyBindings.filter(binding => (binding.place ?? place) === place).map(({letter}) => letter);
		t.is(new Set(letters).size, letters.length);
	}

	t.is(new Set(keyBindings.map(({id}) => id)).size, keyBindings.length);
});

test('lessons may name every command of the key table, and nothing else as a key', t => {
	t.deepEqual(lessonVocabulary.keys.toSorted(), keyBindings.map(({id}) => id).toSorted());
});

test('no letter that terminals or line editing need has a Ctrl form', t => {
	for (const letter of 'abcehijmuwyz/?') {
		t.is(bindingOfChord(chordOf(letter)), undefined);
	}

	for (const letter of 'tnvfsxorkdplq') {
		t.is(bindingOfChord(chordOf(letter))?.letter, letter);
	}
});

test('a command is found by its letter, by the capital, and by the Hangul letter on the same key', t => {
	const latins = [...'tnxorkdpmaqvfswzbely'];
	for (const [index, hangul] of [...'ㅅㅜㅌㅐㄱㅏㅇㅔㅡㅁㅂㅍㄹㄴㅈㅋㅠㄷㅣㅛ'].entries()) {
		const latin = latins[index]!;
		t.is(bindingOf(latin)?.letter, latin);
		t.is(bindingOf(latin.toUpperCase())?.letter, latin === 'v' ? 'V' : latin);
		t.is(bindingOf(hangul)?.letter, latin);
	}

	t.is(bindingOf('?')?.id, 'help');
	t.is(bindingOf('/')?.id, 'filter');
	t.is(bindingOf('V')?.id, 'view-back');
	t.is(bindingOf('ｒ')?.id, 'reply-rule');
	t.is(bindingOf('ㅃ')?.id, 'quit');
	for (const digit of '12345') {
		t.is(bindingOf(digit)?.id, 'view-number');
	}

	for (const letter of ['0', '6', '', '가', '👍']) {
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

test('o is for the pane with the focus: it opens a closed client, and opens or stops the server in its own pane', t => {
	const bound = {type: 'bound', local: {host: '127.0.0.1', port: 40_000}} as const;
	t.is(label('open-or-stop', withClient('udp', bound)), undefined);
	t.is(label('open-or-stop', withClient('tcp', connected)), undefined);
	t.is(label('open-or-stop', withClient('udp', {type: 'unbound'})), undefined, 'its first send makes the socket');
	t.is(label('open-or-stop', withClient('udp', {type: 'closed'})), en.keys.openSocket);
	t.is(label('open-or-stop', withClient('tcp', {...connected, hasReceivedFin: true})), en.keys.reconnect);
	const scene = sceneView({server: serverView({state: {type: 'closed'}})});
	t.is(label('open-or-stop', withServer(scene)), en.keys.openServer);
	t.is(label('open-or-stop', withServer(sceneView())), en.keys.stopServer);
});

test('without a server, what is the server\'s does nothing', t => {
	const context = {...withClient('tcp', connected), scene: sceneView({protocol: 'tcp', server: undefined})};
	for (const id of ['open-or-stop', 'reply-rule', 'keep-open'] as const) {
		t.is(label(id, context), undefined);
	}
});

test('at the limit there is no new client', t => {
	t.is(label('new-client', withServer(sceneView({clientLimit: 2}))), undefined);
	t.is(label('new-client', withServer(sceneView({clientLimit: 3}))), en.keys.newClient);
});

test('v says which view comes next, and after a program come the messages', t => {
	const context = withClient('udp', {type: 'unbound'});
	for (const [view, next] of [
		['message-view', 'call-view'],
		['call-view', 'byte-view'],
		['byte-view', 'socket-view'],
		['socket-view', 'message-view'],
		['program-view', 'message-view'],
	] as const) {
		const pane = {...newPaneState, view};
		t.is(nextView(pane), next);
		t.is(
			label('view', {...context, pane}),
			view === 'program-view' ? en.keys.leaveProgram : en.keys.view(en.views.names[next]),
		);
	}

	for (const [view, before] of [
		['message-view', 'socket-view'],
		['socket-view', 'byte-view'],
		['program-view', 'message-view'],
	] as const) {
		const pane = {...newPaneState, view};
		t.is(nextView(pane, -1), before);
		t.is(label('view-back', {...context, pane}), en.keys.view(en.views.names[before]));
	}
});

test('s shows the program in the language that was shown last, and then in the next', t => {
	t.is(nextLanguage(newPaneState), 'python');
	t.is(nextLanguage({...newPaneState, language: 'c'}), 'c');
	t.is(nextLanguage({...newPaneState, view: 'program-view'}), 'javascript');
	t.is(nextLanguage({...newPaneState, view: 'program-view', language: 'c'}), 'python');
});

test('every view of a pane is saved by w, and every pane is looked through', t => {
	const context = withClient('udp', {type: 'unbound'});
	for (const view of ['message-view', 'call-view', 'byte-view', 'socket-view', 'program-view'] as const) {
		const pane = {...newPaneState, view};
		t.is(label('save', {...context, pane}), en.keys.save);
		t.is(label('filter', {...context, pane}), en.keys.filter);
	}
});

test('where there is no pane, there is no view to choose', t => {
	const context = {...withServer(sceneView({server: undefined, clients: []})), pane: undefined};
	for (const id of ['view', 'source', 'save', 'filter'] as const) {
		t.is(label(id, context), undefined);
	}
});

test('z says whether it takes the whole screen or gives it back', t => {
	const context = withClient('udp', {type: 'unbound'});
	t.is(label('zoom', context), en.keys.zoom);
	t.is(label('zoom', {...context, state: {...context.state, isZoomed: true}}), en.keys.unzoom);
});

test('a client that is still connecting is not told to type: nothing is sent before the handshake', t => {
	for (const type of ['connecting', 'connected'] as const) {
		const {scene, client} = withClient('tcp', type === 'connecting'
			? {type, destination: serverAddress}
			: connected);
		const labels = new Set(firstSteps(scene, client, newPaneState, en).map(({label}) => label));
		t.is(labels.has(en.firstSteps.type), type === 'connected');
		t.true(labels.has(en.firstSteps.flow));
	}
});

test('where a client has ended its stream, nobody is told to type: nothing can be sent', t => {
	const {scene, client} = withClient('tcp', {...connected, isFinishing: true, hasSentFin: true});
	const state = {...newScreenState({columns: 160, rows: 50, protocol: 'tcp'}), scenes: {tcp: scene}};
	for (const own of [client, undefined]) {
		const labels = new Set(firstSteps(scene, own, newPaneState, en).map(({label}) => label));
		t.false(labels.has(en.firstSteps.type) || labels.has(en.firstSteps.typeInClient));
		t.true(labels.has(en.firstSteps.flow));
	}

	const footer = (focus: number | undefined): string => footerLines({...state, focus: {tcp: focus}}, scene, en).join('');
	t.false(footer(client?.pane).includes(en.footer.send));
	t.true(footer(scene.server?.pane).includes(en.footer.send));
});

test('a client of another program\'s TCP server is shown how to end lines, until it does', t => {
	const {scene, client} = withClient('tcp', connected);
	for (const [server, ending, isTold] of [
		[undefined, 'none', true], [undefined, 'lf', false], [scene.server, 'none', false],
	] as const) {
		const steps = firstSteps({...scene, server}, client, {...newPaneState, ending}, en);
		t.is(steps.some(({key, label}) => key === 'Esc m' && label === en.firstSteps.lineEnding), isTold);
	}
});
