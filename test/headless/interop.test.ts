/* Each direction of serve and send, against programs of others. */
import test from 'ava';
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
			t.true(server.text.includes(String.raw`${Buffer.byteLength(text)} B  h${'\u{E9}'}llo ${'\u{D55C}'}\n`), server.text);
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
