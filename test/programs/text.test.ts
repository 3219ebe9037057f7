/* Programs of panes with an encoding, or a framing, against the playground's own sockets. */
import test, {type ExecutionContext} from 'ava';
import type {Protocol} from '../../source/log/event.ts';
import type {SourceLanguage} from '../../source/programs/languages.ts';
import type {NamedRule} from '../../source/replies/reply-rule.ts';
import {codecOf} from '../../source/text/encoding/codec.ts';
import type {Encoding} from '../../source/text/encoding/encoding.ts';
import type {Framing} from '../../source/text/framing.ts';
import {runListing, whyNot} from '../helpers/listing-program.ts';
import {openPlayground, type PlaygroundRoom} from '../helpers/playground-room.ts';
import {skipped} from '../helpers/skipped.ts';

function isHere(t: ExecutionContext, language: SourceLanguage): boolean {
	const missing = whyNot(language);
	if (missing !== undefined) {
		skipped(t, missing);
	}

	return missing === undefined;
}

function bytesOf(text: string, encoding: Encoding): Uint8Array {
	const bytes = codecOf(encoding).encode(text);
	if (!(bytes instanceof Uint8Array)) {
		throw new TypeError(`${bytes.character} is not in ${encoding}`);
	}

	return bytes;
}

/** All that the sockets of a pane have received. */
function receivedBy(room: PlaygroundRoom, protocol: Protocol, pane: number): Uint8Array {
	const type = protocol === 'udp' ? 'datagram-received' : 'chunk-received';
	return Buffer.concat(room.all(type).filter(event => event.pane === pane).map(({bytes}) => bytes));
}

async function receives(
	room: PlaygroundRoom,
	protocol: Protocol,
	pane: number,
	wanted: Uint8Array,
): Promise<Uint8Array> {
	const enough = (): Uint8Array | false => {
		const bytes = receivedBy(room, protocol, pane);
		return bytes.length >= wanted.length && bytes;
	};

	return room.until(enough, Buffer.from(wanted).toString('hex'));
}

/** The letters of 똠 have a byte that is a letter of ASCII in CP949: 8C 63. Not in it: ï. */
const typed = [
	['python', 'euc-kr', '똠방각하 abc', '똠방각하 ABC', 'ï'],
	['python', 'utf-16le', '한글 é😀', '한글 É😀', undefined],
	['c', 'euc-kr', '똠방각하 abc', '똠방각하 ABC', 'ï'],
	['javascript', 'latin1', 'naïve ÿ', 'NAÏVE ÿ', '똠'],
	['javascript', 'utf-16le', '한글 é😀', '한글 É😀', undefined],
] as const;

for (const protocol of ['udp', 'tcp'] as const) {
	for (const [language, encoding, text, answer, foreign] of typed) {
		test(`a ${protocol} client in ${language} writes and reads ${encoding}, as its pane does`, async t => {
			if (!isHere(t, language)) {
				return;
			}

			const room = await openPlayground(t, protocol, {encoding, reply: 'uppercase'});
			const address = room.address(protocol);
			const listing = await runListing(t, {
				role: 'client', protocol, address, encoding,
			}, language);
			const {pane} = room.server(protocol);
			if (foreign !== undefined) {
				listing.type(`${foreign}\n`);
				await listing.says(/not sent|iconv/);
			}

			listing.type(`${text}\n`);
			await listing.prints(`${answer}\n`);
			listing.endInput();
			t.is(await listing.code, 0);
			const wanted = bytesOf(protocol === 'udp' ? text : `${text}\n`, encoding);
			t.deepEqual([...receivedBy(room, protocol, pane)], [...wanted], 'what cannot be written is not sent');
			t.is(/./.test(listing.errors.replace(/^connected.*\n/m, '')), foreign !== undefined);
		});
	}

	for (const [language, encoding, message, rule, answer] of [
		['python', 'euc-kr', '똠a', 'uppercase', '똠A'],
		['python', 'euc-kr', '똠a', 'reverse', 'a똠'],
		['python', 'euc-kr', '똠a', 'manual', '안녕\n'],
		['javascript', 'utf-16le', '😀a', 'uppercase', '😀A'],
		['javascript', 'utf-16le', '😀a', 'reverse', 'a😀'],
		['javascript', 'latin1', 'ÿé', 'uppercase', 'ÿÉ'],
		['javascript', 'latin1', 'éa', 'manual', 'naïve\n'],
	] as const) {
		test(`a ${protocol} server in ${language} has the rule ${rule} in ${encoding}, as its pane has`, async t => {
			if (!isHere(t, language)) {
				return;
			}

			const listing = await runListing(t, {
				role: 'server', protocol, address: {host: '127.0.0.1', port: 0}, rule, closeAfterReply: false, encoding,
			}, language);
			const room = await openPlayground(t, protocol, {connect: await listing.address(), clients: 1, encoding});
			const {pane} = room.client(protocol);
			const bytes = bytesOf(message, encoding);
			if (protocol === 'tcp' && rule !== 'manual') {
				await room.playground.execute({type: 'send', pane, bytes: bytes.subarray(0, 1)});
				await listing.prints('1 bytes from');
				await room.playground.execute({type: 'send', pane, bytes: bytes.subarray(1)});
			} else {
				await room.playground.execute({type: 'send', pane, bytes});
			}

			if (rule === 'manual') {
				await listing.prints(message);
				listing.type(`😀\n${answer}`);
			}

			const wanted = bytesOf(protocol === 'udp' ? answer.trim() : answer, encoding);
			t.deepEqual([...await receives(room, protocol, pane, wanted)], [...wanted]);
		});
	}
}

for (const framing of ['line', 'u16be', 'u32le'] as const) {
	test(`a client in python frames what is typed, and takes messages however they come, by ${framing}`, async t => {
		if (!isHere(t, 'python')) {
			return;
		}

		const room = await openPlayground(t, 'tcp', {framing, reply: 'uppercase'});
		const listing = await runListing(t, {
			role: 'client', protocol: 'tcp', address: room.address('tcp'), framing,
		}, 'python');
		listing.type('hello\n안녕\n');
		await listing.prints('HELLO\n안녕\n');
		const {pane} = room.server('tcp');
		const messages = room.all('message-received').filter(event => event.pane === pane);
		t.deepEqual(messages.map(({bytes}) => Buffer.from(bytes).toString()), ['hello', '안녕']);
		listing.endInput();
		t.is(await listing.code, 0);
	});

	for (const rule of ['reverse', 'chat'] as const satisfies NamedRule[]) {
		test(`a server in python answers messages by the rule ${rule}, not reads, by ${framing}`, async t => {
			if (!isHere(t, 'python')) {
				return;
			}

			const listing = await runListing(t, {
				role: 'server', protocol: 'tcp', address: {host: '127.0.0.1', port: 0}, rule, closeAfterReply: false, framing,
			}, 'python');
			const room = await openPlayground(t, 'tcp', {connect: await listing.address(), clients: 2, framing});
			await listing.prints('accepted', 2);
			const [first, second] = room.scene('tcp').clients;
			for (const text of ['abc', '안녕']) {
				// A framed message has its frame from the pane.
				await room.send(first!.pane, text);
			}

			const reader = rule === 'chat' ? second! : first!;
			const messages = await room.happenedTimes('message-received', 2);
			const {state} = first!;
			const name = 'local' in state ? `${state.local.host}:${state.local.port}: ` : '';
			t.deepEqual(
				messages.map(({pane, bytes}) => [pane, Buffer.from(bytes).toString()]),
				(rule === 'chat' ? [`${name}abc`, `${name}안녕`] : ['cba', '녕안']).map(text => [reader.pane, text]),
			);
		});
	}
}

test('a program takes a frame apart wherever reads cut it', async t => {
	if (!isHere(t, 'python')) {
		return;
	}

	const framing: Framing = 'u16le';
	const listing = await runListing(t, {
		role: 'server', protocol: 'tcp', address: {host: '127.0.0.1', port: 0}, rule: 'uppercase', closeAfterReply: false, framing,
	}, 'python');
	const room = await openPlayground(t, 'tcp', {connect: await listing.address(), clients: 1});
	const {pane} = room.client('tcp');
	const whole = Buffer.from([2, 0, 0x61, 0x62, 0, 0, 1, 0, 0x63]);
	for (const byte of whole) {
		await room.playground.execute({type: 'send', pane, bytes: Uint8Array.of(byte)});
	}

	const wanted = Buffer.from([2, 0, 0x41, 0x42, 0, 0, 1, 0, 0x43]);
	t.deepEqual([...await receives(room, 'tcp', pane, wanted)], [...wanted]);
});
