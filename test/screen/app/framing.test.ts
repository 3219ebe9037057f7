import test from 'ava';
import {ko} from '../../../source/screen/words/ko.ts';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';

test.serial('messages with a length are typed, read in pieces, answered and told', async t => {
	const app = await openApp(t, {
		columns: 160, rows: 30, args: ['--lang', 'ko', '--protocol', 'tcp', '--framing', 'u16be', '--clients', '1'],
	});
	const {framed, message} = ko.views;
	const [server, client] = [ko.server.title, ko.client.tab(1).toUpperCase()];
	app.send('hello');
	const first = {framing: 'u16be', first: 1, count: 1} as const;
	await app.waitForPane(server, /← .* 7 B +\\0\\x05hello/);
	await app.waitForPane(server, new RegExp(String.raw`≡ .* 5 B +hello +${message(1, 1)}`));
	await app.waitForPane(client, new RegExp(String.raw`→ .* 7 B +\\0\\x05hello +${framed(first)}`));
	await app.waitForPane(client, /≡ .* 5 B +HELLO/);
	const port = Number(/:(\d+)/.exec(app.screen.pane(server).title)?.[1]);
	const peer = await connectRaw(t, {host: '127.0.0.1', port});
	peer.write('\0\u0004in');
	await app.waitForPane(server, String.raw`\0\x04in`);
	peer.write(' 2');
	t.is(await peer.readLike('\0\u0004IN 2'), '\0\u0004IN 2');
	await app.waitForPane(server, message(1, 2));
	app.press(`${keys.escape}f`);
	await app.waitFor(({lines}) => lines.some(line => line.includes(ko.views.flow.diagram.messages(1, 1))), 'the messages in the diagram');
	t.deepEqual(app.screen.frameProblems, []);
});
