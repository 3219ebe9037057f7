import test, {type ExecutionContext} from 'ava';
import type {PlaygroundOptions} from '../../source/engine/api/command.ts';
import type {Protocol} from '../../source/log/event.ts';
import {type SourceLanguage, sourceLanguages} from '../../source/programs/languages.ts';
import {type RunningListing, runListing, whyNot} from '../helpers/listing-program.ts';
import {freeAddress} from '../helpers/loopback.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {skipped} from '../helpers/skipped.ts';

type Wanted = Partial<Omit<PlaygroundOptions, 'clients' | 'connect'>> & {
	readonly protocol: Protocol;
	readonly name?: string;
};

/** The playground's server, and a client's listing that talks to it, by a name where one is given. */
async function play(
	t: ExecutionContext,
	language: SourceLanguage,
	{protocol, name, ...options}: Wanted,
	scene: (listing: RunningListing, room: PlaygroundRoom) => Promise<void>,
): Promise<void> {
	const missing = whyNot(language, options.host);
	if (missing !== undefined) {
		skipped(t, missing);
		return;
	}

	const room = await openPlayground(t, protocol, options);
	const {host, port} = room.address(protocol);
	await scene(await runListing(t, {role: 'client', protocol, address: {host: name ?? host, port}}, language), room);
}

for (const language of sourceLanguages) {
	for (const protocol of ['udp', 'tcp'] as const) {
		const received = protocol === 'udp' ? 'datagram-received' : 'chunk-received';

		for (const [where, options] of [
			['127.0.0.1', {}], ['::1', {host: '::1'}], ['localhost', {name: 'localhost'}],
		] as const) {
			test(`a ${protocol} client in ${language} sends what is typed to ${where} and prints the answers`, async t => {
				await play(t, language, {protocol, ...options}, async (listing, room) => {
					for (const [index, [line, answer]] of (
						[
							['hello', 'HELLO'],
							['안녕 ß', '안녕 SS'],
						] as const
					).entries()) {
						listing.type(`${line}\n`);
						await listing.prints(`${answer}\n`);
						const events = await room.happenedTimes(received, index + 1);
						t.is(
							Buffer.from(events[index]?.bytes ?? []).toString(),
							protocol === 'udp' ? line : `${line}\n`,
						);
					}

					const {host, port} = room.address(protocol);
					const from = host === '::1' ? `[::1]:${port}: ` : `127.0.0.1:${port}: `;
					t.is(listing.text, protocol === 'udp' ? `${from}HELLO\n${from}안녕 SS\n` : 'HELLO\n안녕 SS\n');
					listing.endInput();
					t.is(await listing.code, 0);
					t.is(room.server(protocol).peersEver, 1);
					t.notRegex(listing.errors, /error|traceback/i);
				});
			});
		}
	}

	test(`a udp client in ${language} sends each line as a datagram, also an empty or an unended one`, async t => {
		await play(t, language, {protocol: 'udp'}, async (listing, room) => {
			listing.type('one\n\n');
			await listing.prints(/:\d+: ONE\n.*:\d+: \n/);
			listing.type('two');
			listing.endInput();
			t.is(await listing.code, 0);
			const texts = room.all('datagram-received').map(({bytes}) => Buffer.from(bytes).toString());
			t.deepEqual(texts, ['one', '', 'two']);
		});
	});

	test(`a udp client in ${language} is not held up by answers that never come`, async t => {
		await play(t, language, {protocol: 'udp', reply: 'discard'}, async (listing, room) => {
			listing.type('hello\n');
			listing.type('anybody?\n');
			await room.happenedTimes('datagram-received', 2);
			listing.endInput();
			t.is(await listing.code, 0);
			t.is(listing.text, '');
		});
	});

	test(`a udp client in ${language} ends where nothing was typed`, async t => {
		await play(t, language, {protocol: 'udp'}, async (listing, room) => {
			listing.endInput();
			t.is(await listing.code, 0);
			t.deepEqual(room.all('datagram-received'), []);
		});
	});

	test(`a tcp client in ${language} finishes at the end of its input and reads on`, async t => {
		await play(t, language, {protocol: 'tcp', reply: 'manual'}, async (listing, room) => {
			listing.type('hello\n');
			listing.endInput();
			await room.happened('fin-received');
			const {target} = room.server('tcp');
			await room.playground.execute({
				type: 'send-from-server', protocol: 'tcp', target, bytes: Buffer.from('after your FIN\n'),
			});
			await listing.prints('after your FIN\n');
			await room.playground.execute({type: 'close-connection', connection: 1});
			t.is(await listing.code, 0);
		});
	});

	test(`a tcp client in ${language} ends when the server has finished, even if more is typed later`, async t => {
		await play(t, language, {protocol: 'tcp', closeAfterReply: true}, async listing => {
			listing.type('hello\n');
			t.is(await listing.code, 0);
			t.is(listing.text, 'HELLO\n');
			t.notRegex(listing.errors, /error|traceback/i);
		});
	});

	test(`a tcp client in ${language} carries more than any buffer holds, both ways at once`, async t => {
		await play(t, language, {protocol: 'tcp', reply: 'echo'}, async listing => {
			const line = `${'x'.repeat(999)}\n`;
			const times = language === 'python' ? 500 : 8000;
			listing.type(line.repeat(times));
			listing.endInput();
			t.is(await listing.code, 0);
			t.is(listing.text.length, line.length * times);
		});
	});

	test(`a tcp client in ${language} says that no socket listens`, async t => {
		const missing = whyNot(language);
		if (missing !== undefined) {
			skipped(t, missing);
			return;
		}

		const listing = await runListing(t, {role: 'client', protocol: 'tcp', address: await freeAddress()}, language);
		t.is(await listing.code, 1);
		t.regex(listing.errors, /refused/i);
	});
}
