import test from 'ava';
import {inOwnNetwork} from '../../helpers/run-program.ts';
import {skipped} from '../../helpers/skipped.ts';
import {clientView, sceneView} from '../../helpers/terminal-scene.ts';
import type {ClientState} from '../../../source/engine/api/scene-view.ts';
import type {Address, SocketEvent, SocketFailure} from '../../../source/log/event.ts';
import {clientStatus} from '../../../source/screen/panes/status-lines.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {formatAddress} from '../../../source/text/address.ts';
import {callText, projectCalls} from '../../../source/views/calls.ts';

type Report = {
	readonly state: ClientState & {readonly type: 'connected'};
	readonly opened: SocketEvent;
	readonly ledgers: ReadonlyArray<{readonly type: string; readonly parts?: ReadonlyArray<{readonly number: number}>}>;
	readonly failed: SocketEvent & {readonly peer: Address; readonly failure: SocketFailure};
	readonly types: readonly string[];
};

test('a client that is its own peer is told, and one that gets no port hears why', async t => {
	const range = '/proc/sys/net/ipv4/ip_local_port_range';
	const setUp = `ip link set lo up && echo 40000 40001 > ${range}`;
	const report = await inOwnNetwork(setUp, 'few-ports.ts', '40000') as Report | undefined;
	if (!report) {
		skipped(t, 'no network namespace can be made here');
		return;
	}

	const {state, opened, ledgers, failed, types} = report;
	t.deepEqual(state.local, state.peer);
	// What it reads, it has written itself.
	t.like(ledgers.find(({type}) => type === 'chunk-received'), {parts: [{number: 1, length: 9}]});
	const calls = projectCalls(opened, {isServer: false});
	t.deepEqual(calls.map(({note}) => note), ['to-itself', undefined]);
	t.is(callText(calls[0]!), 'getsockopt(SOL_SOCKET, SO_ERROR) → 0');
	for (const words of [en, ko]) {
		const view = clientView(1, state);
		t.is(
			clientStatus(view, sceneView({protocol: 'tcp', clients: [view]}), 1, 80, words).join('').trim(),
			words.client.connectedToItself(formatAddress(state.peer)),
		);
		t.regex(words.failure(failed.failure, failed.peer, false), /TIME_WAIT/);
		t.notRegex(words.failure(failed.failure, failed.peer, false), /not an address|이 컴퓨터의 주소가 아닙니다/);
	}

	// No SYN was sent: connect() itself has failed, and nothing was under way.
	t.is(failed.failure.code, 'EADDRNOTAVAIL');
	t.deepEqual(projectCalls(failed, {isServer: false}).map(call => callText(call)), [
		'socket(AF_INET, SOCK_STREAM)',
		`connect(('127.0.0.1', ${failed.peer.port})) → EADDRNOTAVAIL`,
		'close()',
	]);
	t.is(types.filter(type => type === 'connect-started').length, 2);
});
