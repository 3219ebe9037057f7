import test, {type ExecutionContext} from 'ava';
import type {Protocol} from '../../source/log/event.ts';
import {type SourceLanguage, sourceLanguages} from '../../source/programs/languages.ts';
import type {ServerProgram} from '../../source/programs/listing.ts';
import {type RunningListing, runListing, whyNot} from '../helpers/listing-program.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {skipped} from '../helpers/skipped.ts';

type Wanted = Pick<ServerProgram, 'protocol' | 'rule'> & {
	readonly closeAfterReply?: boolean;
	readonly host?: string;
	readonly clients?: number;
};

type Scene = {
	readonly listing: RunningListing;
	readonly room: PlaygroundRoom;
	/** Send a text from a client. */
	readonly send: (client: number, text: string) => Promise<void>;
	/** What a client has received, once it is as long as this. */
	readonly received: (client: number, wanted: string) => Promise<string>;
	/** A client's address as the server sees it. */
	readonly nameOf: (client: number) => string;
};

function isHere(t: ExecutionContext, language: SourceLanguage, host?: string): boolean {
	const missing = whyNot(language, host);
	if (missing !== undefined) {
		skipped(t, missing);
	}

	return missing === undefined;
}

/** Start the short form of a server, and the playground's clients at it. */
async function play(
	t: ExecutionContext,
	language: SourceLanguage,
	{protocol, rule, closeAfterReply = false, host = '127.0.0.1', clients = 1}: Wanted,
): Promise<Scene> {
	const listing = await runListing(t, {
		role: 'server', protocol, address: {host, port: 0}, rule, closeAfterReply,
	}, language, [], 'short');
	const address = await listing.address(host === 'localhost' ? '127.0.0.1' : host);
	const room = await openPlayground(t, protocol, {connect: address, clients});
	const type = protocol === 'udp' ? 'datagram-received' : 'chunk-received';
	return {
		listing,
		room,
		async send(client, text) {
			await room.send(room.client(protocol, client).pane, text);
		},
		async received(client, wanted) {
			const {pane} = room.client(protocol, client);
			const bytes = (): Uint8Array =>
				Buffer.concat(room.all(type).filter(event => event.pane === pane).map(event => event.bytes));
			const all = await room.until(() => bytes().length >= Buffer.byteLength(wanted) && bytes(), wanted);
			return Buffer.from(all).toString();
		},
		nameOf(client) {
			const {state} = room.client(protocol, client);
			const port = 'local' in state ? state.local.port : 0;
			return host.includes(':') ? `[${host}]:${port}` : `127.0.0.1:${port}`;
		},
	};
}

/** The short form in C knows ASCII only; where several clients are served one after the other, there is one. */
const sent: Readonly<Record<SourceLanguage, string>> = {python: 'Hello, 안녕', javascript: 'Hello, 안녕', c: 'Hello'};
const answers = {
	uppercase: (text: string) => text.toUpperCase(),
	echo: (text: string) => text,
	reverse: (text: string) => [...text].toReversed().join(''),
};

function isConcurrent(language: SourceLanguage, protocol: Protocol): boolean {
	return protocol === 'udp' || language === 'javascript';
}

for (const language of sourceLanguages) {
	for (const protocol of ['udp', 'tcp'] as const) {
		for (const rule of ['uppercase', 'echo', 'reverse'] as const) {
			test(`the short ${protocol} server in ${language} answers by the rule ${rule}`, async t => {
				if (!isHere(t, language)) {
					return;
				}

				const clients = isConcurrent(language, protocol) ? 2 : 1;
				const {send, received} = await play(t, language, {protocol, rule, clients});
				const answer = answers[rule](sent[language]);
				for (let client = 0; client < clients; client++) {
					await send(client, sent[language]);
					t.is(await received(client, answer), answer);
				}

				await send(0, 'again');
				const both = answer + answers[rule]('again');
				t.is(await received(0, both), both);
			});
		}

		test(`the short ${protocol} server in ${language} answers nothing by the rule discard`, async t => {
			if (!isHere(t, language)) {
				return;
			}

			const {listing, send, room} = await play(t, language, {protocol, rule: 'discard'});
			await send(0, 'hello');
			await listing.prints('5 bytes');
			t.deepEqual(room.all(protocol === 'udp' ? 'datagram-received' : 'chunk-received'), []);
		});

		test(`the short ${protocol} server in ${language} sends what is typed by the rule manual`, async t => {
			if (!isHere(t, language)) {
				return;
			}

			const {listing, send, received} = await play(t, language, {protocol, rule: 'manual'});
			await send(0, 'hello');
			await listing.prints('hello');
			listing.type('an answer\n');
			const answer = await received(0, 'an answer');
			t.is(answer.trimEnd(), 'an answer');
		});

		for (const host of ['127.0.0.1', '::1', 'localhost']) {
			test(`the short ${protocol} server in ${language} tells the others by the rule chat, on ${host}`, async t => {
				if (!isHere(t, language, host)) {
					return;
				}

				const {send, received, nameOf, listing, room} = await play(t, language, {
					protocol, rule: 'chat', host, clients: 2,
				});
				t.is(listing.errors, '');
				if (protocol === 'tcp') {
					await room.happenedTimes('connection-opened', 2);
				}

				// A UDP client is unknown until it has sent something, and a connection until accept() has returned it.
				await send(1, 'I am here');
				const known = protocol === 'udp' ? '' : `${nameOf(1)}: I am here`;
				await received(0, known);
				await send(0, '안녕');
				const message = `${nameOf(0)}: 안녕`;
				t.is(await received(1, message), message);
				await send(1, 'hello');
				const both = `${known}${nameOf(1)}: hello`;
				t.is(await received(0, both), both);
			});
		}

		for (const host of ['127.0.0.1', '::1', 'localhost']) {
			test(`the short ${protocol} client in ${language} sends a line to ${host}, prints the answer, and ends`, async t => {
				if (!isHere(t, language, host)) {
					return;
				}

				const room = await openPlayground(t, protocol, {host: host === 'localhost' ? '127.0.0.1' : host});
				const address = {host, port: room.address(protocol).port};
				const client = await runListing(t, {role: 'client', protocol, address}, language, [], 'short');
				client.type('hello\n');
				t.is(await client.code, 0);
				t.regex(client.text, /^(?:> )?HELLO/);
				t.is(client.errors, '');
				const [event] = room.all(protocol === 'udp' ? 'datagram-received' : 'chunk-received');
				t.is(Buffer.from(event!.bytes).toString(), 'hello');
			});
		}
	}

	for (const rule of ['uppercase', 'echo'] as const) {
		test(`the short tcp server in ${language} closes after its reply by the rule ${rule} where it is told to`, async t => {
			if (!isHere(t, language)) {
				return;
			}

			const {send, received, room} = await play(t, language, {
				protocol: 'tcp', rule, closeAfterReply: true, clients: 2,
			});
			for (const client of [0, 1]) {
				await send(client, 'Hello');
				const wanted = rule === 'echo' ? 'Hello' : 'HELLO';
				t.is(await received(client, wanted), wanted);
			}

			await room.happenedTimes('fin-received', 2);
			t.deepEqual(room.all('reset-received'), []);
		});
	}

	test(`the short tcp server in ${language} closes when the client has finished`, async t => {
		if (!isHere(t, language)) {
			return;
		}

		const {send, received, room} = await play(t, language, {protocol: 'tcp', rule: 'echo', clients: 2});
		await send(0, 'hello');
		await received(0, 'hello');
		await room.playground.execute({type: 'half-close-client', pane: room.client('tcp').pane});
		await room.happened('fin-received');
		await send(1, 'next');
		t.is(await received(1, 'next'), 'next');
		t.deepEqual(room.all('reset-received'), []);
	});
}
