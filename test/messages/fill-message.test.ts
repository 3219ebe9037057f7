import {crc32} from 'node:zlib';
import test from 'ava';
import {type ChecksumName, checksumOf} from '../../source/messages/checksums.ts';
import {fillMessage} from '../../source/messages/fill-message.ts';
import {countOf, type SavedSequence, stepsOf} from '../../source/messages/message.ts';
import {compileSequence} from '../../source/messages/messages-file.ts';
import {parseMessages} from '../../source/messages/parse-messages.ts';
import {lineEndings, messageEncoding} from '../../source/screen/input/line/draft.ts';
import {codecOf} from '../../source/text/encoding/codec.ts';
import type {Encoding} from '../../source/text/encoding/encoding.ts';
import {faultText} from '../../source/text/files/file-problem.ts';

const time = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function parse(source: string): readonly SavedSequence[] {
	const read = parseMessages(source, {endings: lineEndings, sizeOf: () => 3});
	if ('problems' in read) {
		throw new Error(read.problems.map(({line, column, fault}) => `${line}:${column} ${faultText(fault)}`).join('\n'));
	}

	return read;
}

/** What is wrong with a file, a line for each problem. */
function problems(source: string): string {
	try {
		parse(source);
		return '';
	} catch (error) {
		return (error as Error).message;
	}
}

/** The bytes of the only message of a file, as Latin-1. */
async function filled(source: string, counter = 7, characterBytes: 1 | 2 = 1): Promise<string> {
	const [saved] = parse(`messages:\n  m: ${source}`);
	const encoding = messageEncoding(codecOf(characterBytes === 1 ? undefined : 'utf-16le'), 'none');
	const {steps: [step]} = await compileSequence(saved!, '.', encoding);
	return Buffer.from(fillMessage(step!.message, {counter, time})).toString('latin1');
}

const text = (value: string): string => `{text: ${JSON.stringify(value)}}`;

test('checksums have the values that the catalogue of CRC algorithms gives for 123456789', t => {
	const expected: Record<ChecksumName, number> = {
		crc16: 0x29_B1, 'crc16-modbus': 0x4B_37, 'crc16-xmodem': 0x31_C3, 'crc16-x25': 0x90_6E, 'crc16-arc': 0xBB_3D,
		crc32: 0xCB_F4_39_26, crc32c: 0xE3_06_92_83,
	};
	for (const [name, value] of Object.entries(expected)) {
		t.is(checksumOf(name as ChecksumName, Buffer.from('123456789')), value);
	}

	const bytes = Uint8Array.from({length: 1000}, (_, index) => (index * 7919) % 251);
	t.is(checksumOf('crc32', bytes), crc32(bytes));
});

test('placeholders are filled in as digits or as numbers of bytes, in either order', async t => {
	t.is(await filled(text('n {counter}|{counter:04}|{counter:x}|{counter:04X}|{counter+5}|{counter-5}')), 'n 7|0007|7|0007|12|2');
	t.is(await filled(text('{time}|{time:s}|{time:ms}')), '2026-01-02T03:04:05.678Z|1767323045|1767323045678');
	t.is(await filled('{hex: "aa {counter:u8} {counter:u16be} {counter:u16le} {counter:u32be} {counter:u64le}"}', 0x01_02), '\u{AA}\u{2}\u{1}\u{2}\u{2}\u{1}\0\0\u{1}\u{2}\u{2}\u{1}\0\0\0\0\0\0');
	const binary = Buffer.alloc(12);
	binary.writeUInt32BE(1_767_323_045);
	binary.writeBigUInt64BE(BigInt(time), 4);
	t.is(await filled('{hex: "{time:u32be} {time:u64be}"}'), binary.toString('latin1'));
	t.is(await filled(text('{counter:04}'), 123_456), '123456');
	t.is(await filled(text('{counter-9}|{counter:03-9}')), '-2|-002');
});

test('a length counts what stands behind it, a checksum what stands before it, and marks say otherwise', async t => {
	t.is(await filled('{hex: "02 {length:u16be} 61 62 63"}'), '\u{2}\0\u{3}abc');
	t.is(await filled('{hex: "02 {length:u16be+3} 61 62 63"}'), '\u{2}\0\u{6}abc');
	t.is(await filled('{hex: "02 {length:u8} 61 62 63 {end} 00 {crc16:u16be}"}'), `\u{2}\u{3}abc\0${latin('crc16', '\u{2}\u{3}abc')}`);
	t.is(await filled('{hex: "02 {start} {length:u8} 61 62 {crc16-modbus:u16le} 03"}'), `\u{2}\u{5}ab${[...latin('crc16-modbus', '\u{5}ab')].toReversed().join('')}\u{3}`);
	t.is(await filled(text('Content-Length: {length}\r\n\r\n{start}hello')), 'Content-Length: 5\r\n\r\nhello');
	t.is(await filled(text('{crc32:X} {start}hello {counter:03}')), `${crc32(Buffer.from('hello 007')).toString(16).toUpperCase().padStart(8, '0')} hello 007`);
	t.is(await filled(text('{length} {length} {crc32c}')), `${2 + 9} 9 ${checksumOf('crc32c', Buffer.from('11 9 ')).toString(16).padStart(8, '0')}`);
	t.is(await filled('{text: "{length:u8}abc", ending: crlf}'), '\u{3}abc\r\n');
	t.is(await filled('{hex: "61 {length:u8}", ending: lf}'), 'a\0\n');
	t.is(await filled('{hex: "02 {end} {length:u8} 61 62"}'), '\u{2}\u{2}ab');
	t.is(await filled('{hex: "{crc16:u16be} {start} 61 {crc16-arc:u16be}"}'), `${latin('crc16', `a${latin('crc16-arc', 'a')}`)}a${latin('crc16-arc', 'a')}`);
});

function latin(name: ChecksumName, bytes: string): string {
	const sum = Buffer.alloc(2);
	sum.writeUInt16BE(checksumOf(name, Buffer.from(bytes, 'latin1')));
	return sum.toString('latin1');
}

test('braces that are no placeholders are sent as they are, and two of them are one', async t => {
	t.is(await filled(text('{"id": {counter}, "of": {"a": [1]}}')), '{"id": 7, "of": {"a": [1]}}');
	t.is(await filled(text('{{counter} }{ {} {1}')), '{counter} }{ {} {1}');
	t.is(await filled(text(String.raw`\u{e9} \\{counter} \x00`)), '\u{C3}\u{A9} \\7 \0');
});

test('in an encoding of two bytes a character, digits have two bytes, and lengths count them', async t => {
	t.is(await filled('{text: "{length:u8}a{counter:02}"}', 7, 2), '\u{6}a\u{0}0\u{0}7\u{0}');
	t.is(await filled('{hex: "61 {counter:02}"}', 7, 2), 'a07');
	await t.throwsAsync(filled(text(`{length:u8}${'x'.repeat(200)}`), 7, 2), {message: '{length:u8} has no room for 400'});
});

test('a sequence has messages by name and inline, pauses between them, and rounds', t => {
	const [login, , twice, once] = parse(`
messages:
  login: {text: hi}
  data: {file: data.bin, ending: lf}
sequences:
  twice:
    repeat: 2
    steps: [login, {pause: 200ms}, {pause: 1s}, {hex: DE AD}, data, {pause: 50ms}]
  once: [login]
`);
	t.false(login!.isSequence);
	t.is(countOf(twice!), 6);
	t.deepEqual([...stepsOf(twice!)].map(({message: {name}, pause}) => [name, pause]), [
		['login', undefined], ['twice/2', 1200], ['data', undefined], ['login', 50], ['twice/2', 1200], ['data', undefined],
	]);
	t.true(once!.isSequence);
	t.is(countOf(parse('sequences: {s: {repeat: forever, steps: [{text: a}, {pause: 1s}]}}')[0]!), undefined);
	const [endless] = parse('sequences: {s: {repeat: forever, steps: [{pause: 1s}, {text: a}]}}');
	t.is(endless!.rounds, undefined);
	const [both] = parse('sequences: {s: {repeat: 2, steps: [{pause: 1s}, {text: a}, {pause: 200ms}]}}');
	t.deepEqual([...stepsOf(both!)].map(({pause}) => pause), [1000, 1200]);
});

const wrong: Readonly<Record<string, readonly [string, RegExp]>> = {
	'an unknown key': ['message: {}', /^1:1 unknown key 'message' in a file of messages; perhaps 'messages'/],
	'a sequence in a sequence': ['messages: {a: {text: x}}\nsequences:\n  b: [a]\n  c: [b]', /^4:7 b is a sequence: the steps of a sequence are messages and pauses/],
	nothing: ['{}', /^1:1 a file of messages has messages or sequences/],
	'two kinds': ['messages:\n  a: {text: x, hex: AA}', /^2:6 a message has exactly one of text, hex, file/],
	'no bytes': ['messages:\n  a: {hex: "DE A"}', /^2:16 hex is bytes such as DE AD BE EF, in pairs of digits, not 'A'/],
	'an ending that there is not': ['messages:\n  a: {text: x, ending: crl}', /^2:24 ending is none, .*, not 'crl'; perhaps 'crlf'/],
	'an unknown placeholder': ['messages:\n  a: {text: "x {conter}"}', /^2:16 unknown placeholder 'conter' in a message; perhaps 'counter'.*a brace itself is {{/],
	'a placeholder with a space': ['messages:\n  a: {text: "x {counter: 04}"}', /^2:16 {counter: 04} is no placeholder/],
	'a format without an order of bytes': ['messages:\n  a: {hex: "{length:u16}"}', /^2:13 {length:u16}: the formats are/],
	'a placeholder in hex without a format': ['messages:\n  a: {hex: "01 {crc16}"}', /in hex a placeholder has its format, such as {crc16:u16be}/],
	'a checksum of another width': ['messages:\n  a: {hex: "01 {crc16:u32be}"}', /the formats of crc16 are x, X, u16be and u16le/],
	'a checksum of nothing': ['messages:\n  a: {hex: "{crc16:u16be} 01"}', /{crc16:u16be} stands in front of what it counts/],
	'marks the wrong way round': ['messages:\n  a: {text: "{end} {start}"}', /{end} stands behind {start}/],
	'a length without room': [`messages:\n  a: {text: "{length:u8}${'x'.repeat(256)}"}`, /^2:14 {length:u8} has no room for 256/],
	'a message that there is not': ['messages: {a: {text: x}}\nsequences:\n  s: [b]', /^3:7 unknown message 'b' in a sequence; perhaps 'a'; allowed are a$/],
	'a name twice': ['messages: {a: {text: x}}\nsequences:\n  a: [a]', /^3:3 a is the name of a message, too/],
	'the same key twice': ['messages:\n  a: {text: x}\n  a: {text: y}', /^3:3 Map keys must be unique/],
	'a name with a space': ['messages:\n  a b: {text: x}', /^2:3 a name has letters/],
	'a pause without a unit that there is': ['sequences:\n  s: [{pause: 2h}, {text: x}]', /^2:15 pause is a duration up to 60 s/],
	'a sequence without messages': ['sequences:\n  s: [{pause: 1s}]', /s has no message/],
	'for ever without a pause': ['sequences:\n  s:\n    repeat: forever\n    steps: [{text: x}]', /^3:13 what is repeated forever has a pause in it/],
	'rounds that are none': ['sequences:\n  s: {repeat: 0, steps: [{text: x}]}', /^2:15 repeat is a whole number from 1 to/],
	'a mark twice': ['messages:\n  a: {text: "{start}x{start}"}', /^2:13 .*{start}/],
	'something added to a time': ['messages:\n  a: {text: "{time-5}"}', /^2:14 {time-5}/],
	'a time of two bytes': ['messages:\n  a: {hex: "{time:u16be}"}', /^2:13 {time:u16be}/],
	'a text without quotes': ['messages:\n  a: {text: {counter}}', /^2:13 text is a text; a text with a colon, a comma or a brace in it stands in quotes/],
};

for (const [name, [source, pattern]] of Object.entries(wrong)) {
	test(`in a file of messages ${name} is told with its line and column`, t => {
		t.regex(problems(source), pattern);
	});
}

test('texts and endings are written in the encoding, and what that does not have is told', async t => {
	const compiled = async (encoding: Encoding, source: string): Promise<string> => {
		const [saved] = parse(`messages:\n  m: ${source}`);
		const {steps: [step]} = await compileSequence(saved!, '.', messageEncoding(codecOf(encoding), 'lf'));
		return Buffer.from(fillMessage(step!.message, {counter: 7, time})).toString('hex');
	};

	t.is(await compiled('euc-kr', text('똠{counter}')), '8c63370a');
	t.is(await compiled('utf-16le', text('a{counter}')), '610037000a00');
	await t.throwsAsync(compiled('shift_jis', text('a😀')), {message: 'Shift_JIS cannot write \'😀\''});
});
