/* Each direction of serve and send, against programs of others. */
import test from 'ava';
import type {Address} from '../../source/log/event.ts';
import {Headless, typed} from '../helpers/headless.ts';
import {freeAddress} from '../helpers/loopback.ts';
import {isInstalled, Program} from '../helpers/program.ts';
import {players} from '../helpers/programs.ts';
import {skipped} from '../helpers/skipped.ts';

const text = 'h\u{E9}llo \u{D55C}\n';
const answer = text.toUpperCase();

for (const protocol of ['udp', 'tcp'] as const) {
	for (const player of players) {
		test.serial(`serve ${protocol} answers ${player.name}`, async t => {
			if (!isInstalled(player.name)) {
				skipped(t, `${player.name} is not installed`);
				return;
			}

			const server = new Headless(t, ['serve', protocol, '--port', '0', '--once']);
			const client = new Program(t, player.name, player.client(protocol, await server.address()));
			client.type(text);
			await client.prints(answer);
			client.endInput();
			t.is(await server.code, 0);
			t.true(server.text.includes(String.raw`${Buffer.byteLength(text)} B  h${'\u{E9}'}llo ${'\u{D55C}'}\n`), `${server.text}`);
		});

		test.serial(`send ${protocol} gets the answer of ${player.name}`, async t => {
			if (!isInstalled(player.name)) {
				skipped(t, `${player.name} is not installed`);
				return;
			}

			const address = await freeAddress();
			const server = new Program(t, player.name, player.server(protocol, address));
			await server.says(player.ready);
			const client = new Headless(t, ['send', protocol, typed(address), text, '--expect', answer, '--keep-open', '--wait', '10s']);
			await server.prints(text);
			server.type(answer);
			t.is(await client.code, 0);
			t.is(client.text, answer);
		});
	}
}

for (const protocol of ['udp', 'tcp'] as const) {
	test.serial(`send ${protocol} and serve ${protocol} talk to each other over IPv6`, async t => {
		const server = new Headless(t, ['serve', protocol, '--host', '::1', '--port', '0', '--until', 'count=1']);
		await server.until(() => server.lines.length > 0, 'an address');
		const [, address = ''] = server.lines[0]!.split(' ');
		const client = new Headless(t, ['send', protocol, address, text, '--expect', answer]);
		t.is(await client.code, 0);
		t.is(await server.code, 0);
	});
}

/** A Python program that writes and reads CP949, as many older ones in Korea do. */
const koreanServer = (protocol: string, {host, port}: Address): string => `
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_${protocol === 'udp' ? 'DGRAM' : 'STREAM'})
s.bind(('${host}', ${port}))
${protocol === 'udp' ? '' : 's.listen()'}
print('ready')
${protocol === 'udp' ? 'data, peer = s.recvfrom(2048)' : 'c, peer = s.accept(); data = c.recv(2048)'}
print(data.decode('cp949'))
answer = (data.decode('cp949') + ' 펩시').encode('cp949')
${protocol === 'udp' ? 's.sendto(answer, peer)' : 'c.sendall(answer[:-1]); import time; time.sleep(0.05); c.sendall(answer[-1:]); c.close()'}
`;

const koreanClient = (protocol: string, {host, port}: Address): string => `
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_${protocol === 'udp' ? 'DGRAM' : 'STREAM'})
s.connect(('${host}', ${port}))
data = '똠방 abc 믜'.encode('cp949')
s.send(data[:${protocol === 'udp' ? '99' : '1'}])
${protocol === 'udp' ? '' : 'time.sleep(0.05); s.send(data[1:]); s.shutdown(socket.SHUT_WR)'}
answer = b''
while len(answer) < len(data):
    answer += s.recv(2048)
print(answer.decode('cp949'))
`;

for (const protocol of ['udp', 'tcp'] as const) {
	test.serial(`CP949 goes both ways between python3 and serve ${protocol}, and send ${protocol}`, async t => {
		if (!isInstalled('python3')) {
			skipped(t, 'python3 is not installed');
			return;
		}

		const address = await freeAddress();
		const server = new Headless(t, ['serve', protocol, '--port', '0', '--once', '--json', '--encoding', 'cp949']);
		const theirs = new Program(t, 'python3', ['-c', koreanServer(protocol, address)]);
		await Promise.all([theirs.prints('ready'), server.until(() => server.lines.length > 0, 'ready')]);
		const [ready] = server.json;
		const local = ready?.type === 'ready' ? ready.local : address;
		const peer = new Program(t, 'python3', ['-c', koreanClient(protocol, local)]);
		const client = new Headless(t, [
			'send', protocol, typed(address), '똠각', '--encoding', 'cp949', '--expect', '똠각 펩시', '--json',
		]);
		await Promise.all([peer.prints('똠방 ABC 믜'), theirs.prints('똠각')]);
		t.deepEqual(await Promise.all([client.code, server.code]), [0, 0]);
		t.like(ready, {encoding: 'euc-kr'});
		const texts = ({json}: Headless, isSent: boolean): string => json.flatMap(line =>
			'text' in line && line.type.endsWith(isSent ? 'sent' : 'received') ? [line.text] : []).join('|');
		// What a read has cut is no character, at its end and at the beginning of the next.
		t.regex(texts(server, false), /^(?:똠|\u{FFFD}\|\u{FFFD})방 abc 믜$/v);
		t.is(texts(server, true), '똠방 ABC 믜');
		t.is(texts(client, true), '똠각');
		t.regex(texts(client, false), /^똠각 펩(?:시|\u{FFFD}\|\u{FFFD})$/v);
	});
}
