import {once} from 'node:events';
import {type AddressInfo, connect, createServer} from 'node:net';
import test from 'ava';
import {uppercase} from '../../../../source/replies/uppercase.ts';
import {checkProgram, outcomesOf} from '../../../helpers/exercise-room.ts';
import {freePort} from '../../../helpers/loopback.ts';

test('of a server that runs already, everything is checked but its port and its start', async t => {
	const server = createServer(socket => {
		socket.on('error', error => {
			t.log(error.message);
		});
		socket.on('data', (bytes: Uint8Array) => {
			// Letters of ASCII: no chunk has to end with a whole character.
			socket.write(bytes.map(byte => byte >= 97 && byte <= 122 ? byte - 32 : byte));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => {
		server.close();
	});
	const address = {host: '127.0.0.1', port: (server.address() as AddressInfo).port};
	const outcomes = outcomesOf(await checkProgram('tcp-uppercase-server', {type: 'server', address}, {answer: 15_000}));
	const {port, 'all-addresses': all, restart, ...rest} = outcomes;
	t.deepEqual([port, all, restart], Array.from({length: 3}, () => 'skipped no-program'));
	t.deepEqual(Object.entries(rest).filter(([, outcome]) => outcome !== 'holds'), []);
});

test('a server that is not there is told so, and nothing else', async t => {
	const address = {host: '127.0.0.1', port: await freePort()};
	const outcomes = outcomesOf(await checkProgram('tcp-chat-server', {type: 'server', address}));
	t.is(outcomes.relays, 'fails not-bound');
	t.deepEqual(Object.values(outcomes).filter(outcome => !outcome.startsWith('skipped')), ['fails not-bound']);
});

for (const [end, told] of [['\n', 'holds'], ['', 'fails newline-missing']] as const) {
	test(`a client that somebody starts, and that ends its line with ${JSON.stringify(end)}: ${told}`, async t => {
		const address = {host: '127.0.0.1', port: await freePort()};
		const {promise: listening, resolve} = Promise.withResolvers<void>();
		const checked = checkProgram('tcp-uppercase-client', {type: 'listen', address}, {answer: 15_000}, view => {
			if (view.address) {
				resolve();
			}
		});
		await listening;
		const socket = connect(address.port, address.host);
		socket.write(`hello${end}`);
		const [answer] = await once(socket, 'data') as [Uint8Array];
		socket.destroy();
		t.is(Buffer.from(answer).toString(), `${Buffer.from(uppercase(Buffer.from('hello'))).toString()}\n`);
		t.like(outcomesOf(await checked), {
			connects: 'holds',
			'sends-line': told,
			prints: 'skipped no-program',
			'closes-after-answer': 'holds',
			pieces: 'skipped no-program',
		});
	});
}
