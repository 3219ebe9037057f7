/* Servers and panes of other encodings than UTF-8, on real sockets. */
import test from 'ava';
import {
	type Codec, codecOf, readingOf, readText, Unwritable,
} from '../../source/text/encoding/codec.ts';
import type {Encoding} from '../../source/text/encoding/encoding.ts';
import {openPlayground} from '../helpers/playground-room.ts';
import {connectRaw} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';

const samples: ReadonlyArray<readonly [Encoding, message: string, upper: string, reversed: string]> = [
	['euc-kr', '똠 ａb', '똠 ＡB', 'bａ 똠'],
	['shift_jis', 'ア表 b', 'ア表 B', 'b 表ア'],
	['gbk', '乗 你b', '乗 你B', 'b你 乗'],
	['latin1', 'é ÿb', 'É ÿB', 'bÿ é'],
	['utf-16le', '똠 𝄞b', '똠 𝄞B', 'b𝄞 똠'],
];

function bytesOf(codec: Codec, text: string): Uint8Array {
	const bytes = codec.encode(text);
	if (bytes instanceof Unwritable) {
		throw new TypeError(`${codec.encoding} has no ${bytes.character}`);
	}

	return bytes;
}

function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}

for (const [encoding, message, upper, reversed] of samples) {
	const codec = codecOf(encoding);
	test(`a UDP server answers ${encoding} in that encoding, by each rule`, async t => {
		const room = await openPlayground(t, 'udp', {encoding});
		const [peer, other] = [await openRawUdp(t), await openRawUdp(t)];
		const answer = async (text: Uint8Array): Promise<string> => {
			peer.send(text, room.address('udp'));
			const {bytes} = await peer.inbox.next();
			return hex(bytes);
		};

		t.is(await answer(bytesOf(codec, message)), hex(bytesOf(codec, upper)));
		await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'reverse'});
		t.is(await answer(bytesOf(codec, message)), hex(bytesOf(codec, reversed)));
		await room.playground.execute({type: 'set-rule', protocol: 'udp', rule: 'chat'});
		other.send(bytesOf(codec, 'hello'), room.address('udp'));
		const {bytes} = await peer.inbox.next();
		t.is(codec.decode(bytes), `127.0.0.1:${other.address.port}: hello`);
	});

	test(`a TCP server waits for the rest of a character of ${encoding}, and rows have its parts as bytes`, async t => {
		const room = await openPlayground(t, 'tcp', {encoding});
		const raw = await connectRaw(t, room.address('tcp'));
		const all = bytesOf(codec, message);
		// One byte a read cuts every character of several.
		for (const [index, byte] of all.entries()) {
			raw.write(Uint8Array.of(byte));

			await room.happenedTimes('chunk-received', index + 1);
		}

		const answer = bytesOf(codec, upper);
		t.is(hex(await raw.read(answer.length)), hex(answer));
		const rows = room.rows(room.server('tcp').pane).rows.filter(({type}) => type === 'chunk-received');
		const begun = rows.map(({lead = 0}) => lead);
		const whole = rows.map(({bytes, lead}) => readText(bytes!, readingOf(codec, lead)).replaceAll('\u{FFFD}', ''));
		const single = [...message].map(character => bytesOf(codec, character).length === 1 ? character : '').join('');
		t.is(whole.join(''), single);
		t.is(begun.reduce((sum, lead) => sum + lead, 0), all.length - [...message].length);
	});
}

test('a pane can be given another encoding: rows, payloads and filters are read in it', async t => {
	const room = await openPlayground(t, 'udp', {reply: 'discard'});
	const peer = await openRawUdp(t);
	peer.send(Buffer.from('8c63b9e6', 'hex'), room.address('udp'));
	const {sequence} = await room.happened('datagram-received');
	const {pane} = room.server('udp');
	const query = {
		type: 'payload', sequence, offset: 0, maxBytes: 100,
	} as const;
	const revision = room.playground.revisionOf(query);
	const found = (text: string): number => {
		const view = room.playground.view({
			type: 'rows', pane, kind: 'messages', rows: 10, end: undefined, maxBytes: 100, filter: {type: 'text', text, types: []},
		});
		return view?.type === 'rows' ? view.rows.length : -1;
	};

	t.is(found('방'), 0);
	t.is(room.server('udp').encoding, undefined);
	t.like(room.playground.view(query), {part: {text: {characters: 1}}});
	await room.playground.execute({type: 'set-encoding', pane, encoding: 'euc-kr'});
	t.is(room.server('udp').encoding, 'euc-kr');
	t.is(found('방'), 1);
	t.is(found('c'), 0);
	t.not(room.playground.revisionOf(query), revision);
	const payload = room.playground.view(query);
	t.like(payload, {part: {text: {characters: 2, invalid: 0, cut: 0}}});
	t.deepEqual(await room.playground.execute({type: 'set-encoding', pane: 99, encoding: 'gbk'}), {
		refusal: {reason: 'no-such-pane'},
	});
});

test('another encoding while a character is held back gives its part to the new one', async t => {
	const room = await openPlayground(t, 'tcp', {encoding: 'euc-kr'});
	const raw = await connectRaw(t, room.address('tcp'));
	raw.write(Uint8Array.of(0x61, 0x8C));
	t.is(Buffer.from(await raw.read(1)).toString(), 'A');
	await room.playground.execute({type: 'set-encoding', pane: room.server('tcp').pane, encoding: 'latin1'});
	raw.write('c');
	t.is(Buffer.from(await raw.read(2)).toString('hex'), '8c43');
});

test('another encoding while nothing is held back is the one in which characters are kept whole', async t => {
	const room = await openPlayground(t, 'tcp');
	const raw = await connectRaw(t, room.address('tcp'));
	raw.write('a');
	t.is(await raw.readLike('A'), 'A');
	await room.playground.execute({type: 'set-encoding', pane: room.server('tcp').pane, encoding: 'utf-16le'});
	raw.write('b');
	await room.happenedTimes('chunk-received', 2);
	raw.write(Uint8Array.of(0));
	t.is(Buffer.from(await raw.read(2)).toString('hex'), '4200');
	t.is(room.all('chunk-sent').length, 2, 'the character at once');
});

test('a series of numbered messages is written in the encoding, and its answers are told apart', async t => {
	const room = await openPlayground(t, 'udp', {encoding: 'utf-16le', clients: 1});
	const {pane} = room.client('udp');
	await room.playground.execute({type: 'start-series', pane, series: {count: 3, rate: undefined}});
	const {report} = await room.happened('series-ended');
	t.is(report.answered, 3);
	t.is(codecOf('utf-16le').decode(room.all('datagram-sent').find(event => event.pane === pane)!.bytes), 'message 000001');
});
