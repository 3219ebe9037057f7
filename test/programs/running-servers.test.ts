import test, {type ExecutionContext} from 'ava';
import type {Protocol} from '../../source/log/event.ts';
import {type SourceLanguage, sourceLanguages} from '../../source/programs/languages.ts';
import type {ServerProgram} from '../../source/programs/listing.ts';
import {type RunningListing, runListing, whyNot} from '../helpers/listing-program.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {connectRaw} from '../helpers/raw-tcp.ts';
import {skipped} from '../helpers/skipped.ts';

type Scene = {
	readonly listing: RunningListing;
	readonly room: PlaygroundRoom;
	/** The panes of the clients: as many as the test wants, which is three at most. */
	readonly panes: readonly [number, number, number];
};

type Wanted = Pick<ServerProgram, 'protocol' | 'rule'> & {
	readonly closeAfterReply?: boolean;
	readonly host?: string;
	readonly clients?: number;
};

/**
Start a server's listing, and the playground's clients at it, and look at them; skip that where the listing cannot run
here.
*/
async function play(
	t: ExecutionContext,
	language: SourceLanguage,
	wanted: Wanted,
	look: (scene: Scene) => Promise<void>,
): Promise<void> {
	const {host = '127.0.0.1', clients = 1, closeAfterReply = false, ...program} = wanted;
	const missing = whyNot(language, host);
	if (missing !== undefined) {
		skipped(t, missing);
		return;
	}

	const listing = await runListing(
		t,
		{
			role: 'server',
			address: {host, port: 0},
			closeAfterReply,
			...program,
		},
		language,
	);
	const room = await openPlayground(t, program.protocol, {connect: await listing.address(), clients});
	if (program.protocol === 'tcp') {
		await listing.prints('accepted', clients);
	}

	const panes = room.scene(program.protocol).clients.map(({pane}) => pane);
	await look({listing, room, panes: panes as [number, number, number]});
}

/**
A client's address as the server sees it. The client itself knows only its port: it is bound to every address of the
machine.
*/
function clientName({room}: Scene, protocol: Protocol, {host = '127.0.0.1', place = 0} = {}): string {
	const {state} = room.client(protocol, place);
	const port = 'local' in state ? state.local.port : 0;
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function typeReceived(protocol: Protocol): 'datagram-received' | 'chunk-received' {
	return protocol === 'udp' ? 'datagram-received' : 'chunk-received';
}

/** Everything that a pane's sockets have received, once it is as long as what is wanted. */
async function receive(
	{room}: Scene,
	protocol: Protocol,
	pane: number,
	wanted: Uint8Array | string,
): Promise<Uint8Array> {
	const bytesOf = (): Uint8Array =>
		Buffer.concat(room
			.all(typeReceived(protocol))
			.filter(event => event.pane === pane)
			.map(({bytes}) => bytes));
	return room.until(
		() => bytesOf().length >= Buffer.byteLength(wanted) && bytesOf(),
		`${JSON.stringify(wanted)} at ${pane}`,
	);
}

async function textFrom(scene: Scene, protocol: Protocol, pane: number, wanted: string): Promise<string> {
	return Buffer.from(await receive(scene, protocol, pane, wanted)).toString();
}

/** What a rule makes of `hello, wörld ß 안녕` and a second line. The listing in C knows ASCII letters only. */
const sent = 'hello, wörld ß 안녕\r\nab\n';
const answers = {
	uppercase: (language: SourceLanguage) =>
		language === 'c' ? 'HELLO, WöRLD ß 안녕\r\nAB\n' : 'HELLO, WÖRLD SS 안녕\r\nAB\n',
	echo: () => sent,
	reverse: () => '녕안 ß dlröw ,olleh\r\nba\n',
};

for (const language of sourceLanguages) {
	for (const protocol of ['udp', 'tcp'] as const) {
		for (const rule of ['uppercase', 'echo', 'reverse'] as const) {
			test(`a ${protocol} server in ${language} answers by the rule ${rule}, several clients`, async t => {
				await play(t, language, {protocol, rule, clients: 2}, async scene => {
					const answer = answers[rule](language);
					for (const pane of scene.panes) {
						await scene.room.send(pane, sent);
					}

					for (const pane of scene.panes) {
						t.is(await textFrom(scene, protocol, pane, answer), answer);
					}

					await scene.room.send(scene.panes[0], 'again');
					const both = answer + {uppercase: 'AGAIN', echo: 'again', reverse: 'niaga'}[rule];
					t.is(await textFrom(scene, protocol, scene.panes[0], both), both);
				});
			});
		}

		test(`a ${protocol} server in ${language} leaves a letter that ends a character of CP949 as it is`, async t => {
			await play(t, language, {protocol, rule: 'uppercase', clients: 1}, async scene => {
				const bytes = Uint8Array.of(0x8C, 0x63, 0x61, 0x8C, 0x63);
				await scene.room.playground.execute({type: 'send', pane: scene.panes[0], bytes});
				const answer = await receive(scene, protocol, scene.panes[0], 'abcde');
				t.deepEqual([...answer], [0x8C, 0x63, 0x41, 0x8C, 0x63]);
			});
		});

		test(`a ${protocol} server in ${language} tells the others by the rule chat`, async t => {
			await play(t, language, {protocol, rule: 'chat', clients: 3}, async scene => {
				const {room, listing, panes: [first, second, third]} = scene;
				if (protocol === 'udp') {
					// A UDP client is unknown until it has sent something.
					await room.send(second, 'I am here');
					await listing.prints('bytes from', 1);
					await room.send(third, 'so am I');
					await listing.prints('bytes from', 2);
				}

				await room.send(first, '안녕\n');
				const message = `${clientName(scene, protocol)}: 안녕\n`;
				t.is(await textFrom(scene, protocol, third, message), message);
				const all
					= protocol === 'udp' ? `${clientName(scene, protocol, {place: 2})}: so am I${message}` : message;
				t.is(await textFrom(scene, protocol, second, all), all);
				t.deepEqual(room.all(typeReceived(protocol)).filter(({pane}) => pane === first), []);
			});
		});

		test(`a ${protocol} server in ${language} answers nothing by the rule discard`, async t => {
			await play(t, language, {protocol, rule: 'discard'}, async ({room, listing, panes: [pane]}) => {
				await room.send(pane, 'hello');
				await listing.prints('5 bytes from');
				await room.send(pane, 'hello again');
				await listing.prints('11 bytes from');
				t.deepEqual(room.all(typeReceived(protocol)), []);
			});
		});

		test(`a ${protocol} server in ${language} sends what is typed by the rule manual`, async t => {
			await play(t, language, {protocol, rule: 'manual'}, async scene => {
				const {room, listing, panes: [pane]} = scene;
				if (protocol === 'udp') {
					listing.type('too early\n');
					await listing.prints('no client has sent anything yet');
				}

				await room.send(pane, 'hello');
				await listing.prints('hello');
				listing.type('one 안녕\n');
				const wanted = protocol === 'udp' ? 'one 안녕' : 'one 안녕\n';
				t.is(await textFrom(scene, protocol, pane, wanted), wanted);
				listing.type('two\nthree\n');
				const all = `${wanted}${protocol === 'udp' ? 'twothree' : 'two\nthree\n'}`;
				t.is(await textFrom(scene, protocol, pane, all), all);
				listing.endInput();
				await room.send(pane, 'still here?');
				await listing.prints('still here?');
			});
		});

		for (const host of ['::1', 'localhost']) {
			test(`a ${protocol} server in ${language} binds ${host}`, async t => {
				await play(t, language, {
					protocol, rule: 'chat', host, clients: 2,
				}, async scene => {
					const {room, listing, panes: [first, second]} = scene;
					await room.send(second, 'hello');
					await listing.prints('bytes from', 1);
					await room.send(first, 'hello');
					const {host: found} = await listing.address();
					const wanted = `${clientName(scene, protocol, {host: found})}: hello`;
					t.is(await textFrom(scene, protocol, second, wanted), wanted);
				});
			});
		}
	}

	test(`a udp server in ${language} changes only ASCII letters of what is no text, and answers an empty datagram`, async t => {
		await play(t, language, {protocol: 'udp', rule: 'uppercase'}, async scene => {
			const {
				room,
				panes: [pane],
			} = scene;
			await room.playground.execute({type: 'send', pane, bytes: Uint8Array.of(0x61, 0xFF, 0x7A, 0xC3, 0xE9)});
			await room.happenedTimes('datagram-received', 1);
			await room.send(pane, '');
			const [first, second] = await room.happenedTimes('datagram-received', 2);
			t.deepEqual([...first!.bytes], [0x41, 0xFF, 0x7A, 0xC3, 0xE9], 'z may be the second byte of a character');
			t.is(second!.length, 0);
		});
	});

	for (const rule of ['uppercase', 'reverse', 'chat'] as const) {
		test(`a tcp server in ${language} makes a character whole that a chunk border has cut, by the rule ${rule}`, async t => {
			await play(t, language, {protocol: 'tcp', rule, clients: 2}, async scene => {
				const {
					room,
					listing,
					panes: [first, second],
				} = scene;
				const bytes = Buffer.from('a안😀b');
				const name = `${clientName(scene, 'tcp')}: `;
				// The cuts are in the middle of 안 and of 😀, twice.
				for (const [index, [start, end]] of [
					[0, 2],
					[2, 5],
					[5, 7],
					[7, 9],
				].entries()) {
					await room.playground.execute({type: 'send', pane: first, bytes: bytes.subarray(start, end)});
					await listing.prints('bytes from', index + 1);
				}

				const wanted = {uppercase: 'A안😀B', reverse: 'a안b😀', chat: `${name}a${name}안${name}😀b`}[rule];
				t.is(await textFrom(scene, 'tcp', rule === 'chat' ? second : first, wanted), wanted);
				// What is never made whole is sent when the client has finished.
				await room.playground.execute({type: 'send', pane: first, bytes: Uint8Array.of(0xE2, 0x82)});
				await listing.prints('bytes from', 5);
				await room.playground.execute({type: 'half-close-client', pane: first});
				const rest = {
					uppercase: [0xE2, 0x82],
					reverse: language === 'c' ? [0xE2, 0x82] : [0x82, 0xE2],
					chat: [...Buffer.from(name), 0xE2, 0x82],
				}[rule];
				const all = Buffer.concat([Buffer.from(wanted), Uint8Array.from(rest)]);
				t.deepEqual(
					Buffer.from(await receive(scene, 'tcp', rule === 'chat' ? second : first, all))
						.toString('hex')
						.slice(-8),
					all.toString('hex').slice(-8),
				);
			});
		});
	}

	test(`a tcp server in ${language} closes when the client has finished, and not before`, async t => {
		await play(t, language, {protocol: 'tcp', rule: 'echo', clients: 2}, async scene => {
			const {room, listing, panes: [first, second]} = scene;
			await room.send(first, 'hello');
			await receive(scene, 'tcp', first, 'hello');
			await room.playground.execute({type: 'half-close-client', pane: first});
			await room.happened('fin-received', ({pane}) => pane === first);
			await listing.prints('closed');
			await room.send(second, 'still here');
			t.is(await textFrom(scene, 'tcp', second, 'still here'), 'still here');
			t.false(room.events.some(({type, pane}) => type === 'fin-received' && pane === second));
			t.deepEqual(room.all('reset-received'), []);
		});
	});

	for (const rule of ['uppercase', 'chat'] as const) {
		test(`a tcp server in ${language} outlives a client that resets its connection, by the rule ${rule}`, async t => {
			await play(t, language, {protocol: 'tcp', rule, clients: 2}, async scene => {
				const {
					room,
					listing,
					panes: [first, second],
				} = scene;
				const raw = await connectRaw(t, await listing.address());
				const {host, port} = raw.local;
				await listing.prints('accepted', 3);
				raw.write('a');
				await listing.prints('bytes from', 1);
				raw.socket.resetAndDestroy();
				await listing.prints('closed');
				await room.send(first, 'Hello');
				const wanted = rule === 'chat' ? `${clientName(scene, 'tcp')}: Hello` : 'HELLO';
				const all = rule === 'chat' ? `${host}:${port}: a${wanted}` : wanted;
				t.is(await textFrom(scene, 'tcp', rule === 'chat' ? second : first, all), all);
			});
		});
	}

	for (const rule of ['uppercase', 'echo'] as const) {
		test(`a tcp server in ${language} closes after its reply by the rule ${rule} where it is told to`, async t => {
			await play(t, language, {
				protocol: 'tcp', rule, closeAfterReply: true, clients: 2,
			}, async scene => {
				const {room, listing, panes: [first, second]} = scene;
				await room.send(first, 'Hello');
				const wanted = rule === 'echo' ? 'Hello' : 'HELLO';
				t.is(await textFrom(scene, 'tcp', first, wanted), wanted);
				await room.happened('fin-received', ({pane}) => pane === first);
				await listing.prints('closed');
				await room.send(second, 'Hello');
				t.is(await textFrom(scene, 'tcp', second, wanted), wanted);
			});
		});
	}

	test(`a tcp server in ${language} closes after the line that is typed where it is told to`, async t => {
		await play(t, language, {protocol: 'tcp', rule: 'manual', closeAfterReply: true}, async scene => {
			const {room, listing, panes: [pane]} = scene;
			await room.send(pane, 'hello');
			await listing.prints('hello');
			listing.type('bye\n');
			t.is(await textFrom(scene, 'tcp', pane, 'bye\n'), 'bye\n');
			await room.happened('fin-received');
			await listing.prints('closed');
			listing.type('nobody?\n');
			await listing.prints(/there is no connection|not sent|no client has connected/);
		});
	});

	for (const protocol of ['udp', 'tcp'] as const) {
		test(`a ${protocol} server in ${language} ends with Ctrl+C and says nothing`, async t => {
			await play(t, language, {protocol, rule: 'uppercase'}, async scene => {
				const {listing, room, panes: [pane]} = scene;
				// With its first line it is bound, and may not have begun to receive.
				await room.send(pane, 'a');
				await receive(scene, protocol, pane, 'A');
				listing.interrupt();
				// Where the program does not hear of the signal, that is what ends it.
				t.is(
					await listing.code,
					language === 'c' || (language === 'javascript' && protocol === 'tcp') ? 'SIGINT' : 0,
				);
				t.is(listing.errors, '');
			});
		});
	}
}
