import test from 'ava';
import fc from 'fast-check';
import {hostileBytes, mixedText} from '../../helpers/hostile-text.ts';
import {everyEvent} from '../../helpers/every-event.ts';
import {payloadQuery} from '../../../source/screen/overlays/payload/payload.ts';
import {layoutPayload, payloadPage} from '../../../source/screen/overlays/payload/payload-page.ts';
import type {Span} from '../../../source/screen/frame/paint.ts';
import {type CharacterCount, countText, utf8Reading} from '../../../source/text/encoding/codec.ts';
import {decodeUtf8} from '../../../source/text/encoding/utf8.ts';
import textWidth from '../../../source/text/width/width.ts';
import {type PayloadPart, projectPayload} from '../../../source/views/payload.ts';

function countCharacters(bytes: Uint8Array): CharacterCount {
	return countText(bytes, utf8Reading);
}

type Input = string | readonly number[];

function bytesOf(input: Input): Uint8Array {
	return Uint8Array.from(typeof input === 'string' ? Buffer.from(input) : input);
}

function textOf(line: readonly Span[]): string {
	return line.map(({text}) => text).join('');
}

type Page = ReturnType<typeof payloadPage> & {readonly bytesPerLine: number; readonly part: PayloadPart};

/** A page of a payload, as the engine hands it out to who asks for its lines, drawn. */
function pageOf(
	bytes: Uint8Array,
	length: number,
	{
		columns,
		rows,
		from,
		utf8 = countCharacters(bytes),
	}: {columns: number; rows: number; from: number; utf8?: CharacterCount},
): Page {
	const event = {...everyEvent['chunk-sent'], bytes, length};
	// The overlay's margins and its other lines come on top.
	const known = {type: 'payload', sequence: 0, part: projectPayload(event, {offset: 0, maxBytes: 0}, utf8)} as const;
	const query = payloadQuery({sequence: 0, from}, known, {columns: columns + 2, rows: rows + 6});
	const part = projectPayload(event, query, utf8);
	return {...payloadPage(part, columns, rows), bytesPerLine: layoutPayload(bytes.length, columns).bytesPerLine, part};
}

/** All lines of a payload, as text. */
function drawn(bytes: Uint8Array, columns = 87): string[] {
	return pageOf(bytes, bytes.length, {columns, rows: 1000, from: 0}).lines.map(line => textOf(line));
}

/** What stands behind the bytes of a payload of one line. */
function shown(input: Input): string {
	return drawn(bytesOf(input), 200)[0]!.slice(6 + 95 + 2);
}

test('shows offset, bytes and text, each character in the place of its first byte', t => {
	t.deepEqual(drawn(Buffer.from('hello 안녕, bytes of UTF-8')), [
		'0000  68 65 6c 6c 6f 20 ec 95 88 eb 85 95 2c 20 62 79  h e l l o   안────녕────,   b y ',
		'0010  74 65 73 20 6f 66 20 55 54 46 2d 38              t e s   o f   U T F - 8 ',
	]);
});

test('joins the bytes of a character across two lines', t => {
	t.deepEqual(drawn(Buffer.from('abcdef안녕.'), 47), [
		'0000  61 62 63 64 65 66 ec 95  a b c d e f 안──',
		'0008  88 eb 85 95 2e           ──녕────. ',
	]);
});

for (const [name, input, expected] of [
	['a letter of two bytes', 'é!', 'é───! '],
	['Korean', '안녕', '안────녕────'],
	['an emoji', '👍!', '👍──────! '],
	['an emoji with its skin tone', '👍🏽', '👍──────U+1F3FD─'],
	['joined emoji', '👩‍👧', '👩──────U+200D👧──────'],
	['a flag', '🇰🇷', 'U+1F1F0─U+1F1F7─'],
	['a letter and its mark', 'e\u{301}', 'e U301'],
	['a mark alone', '\u{20D0}', 'U+20D0'],
	['letters of Hangul that would be put together', '\u{1112}\u{1161}', 'U+1112U+1161'],
	['line ends, tab and NUL', 'a\r\n\t\0', String.raw`a \r\n\t\0`],
	['the same, typed', String.raw`\n`, String.raw`\ n `],
	['an escape sequence', '\u{1B}[2J', '^[[ 2 J '],
	['DEL and BEL', '\u{7F}\u{7}', '^?^G'],
	['C1 control characters', '\u{9B}1m', 'U+9B1 m '],
	['a byte order mark', '\u{FEFF}a', 'U+FEFFa '],
	['a right-to-left override', 'a\u{202E}b', 'a U+202Eb '],
	['letters from right to left', '\u{5D0}\u{627}', 'U5D0U627'],
	['a no-break space', '\u{A0}', 'U+A0'],
	['the last code point', '\u{10FFFF}', 'U+10FFFF'],
	['a letter that joins the one before', '\u{E33}', 'U+E33─'],
	['lone continuation bytes', [0x80, 0x61, 0xBF], '✗ a ✗ '],
	['overlong forms', [0xC0, 0x80, 0xE0, 0x80, 0x80, 0xF0, 0x80, 0x80, 0x80], '✗ ✗ ✗ ✗ ✗ ✗ ✗ ✗ ✗ '],
	['a surrogate', [0xED, 0xA0, 0x80], '✗ ✗ ✗ '],
	['what lies over U+10FFFF', [0xF4, 0x90, 0x80, 0x80], '✗ ✗ ✗ ✗ '],
	['a byte that UTF-8 never has', [0xFF, 0x61], '✗ a '],
	['a beginning that another character follows', [0xEC, 0x95, 0x61], '✗ ✗ a '],
	['a character that the end cuts after one byte', [0x61, 0xEC], 'a ─…'],
	['a character that the end cuts after two', [0xEC, 0x95], '───…'],
	['a character that the end cuts after three', [0xF0, 0x9F, 0x91], '─────…'],
	['a character that lacks its beginning', [0x95, 0x88, 0x61], '✗ ✗ a '],
] as const) {
	test(`shows ${name} as ${expected}`, t => {
		t.is(shown(input), expected);
	});
}

test('gives the bytes of a character one tone, and those of its neighbour another', t => {
	const [line] = pageOf(Buffer.from('a안녕é.한\n'), 14, {columns: 87, rows: 1, from: 0}).lines;
	t.deepEqual(line, [
		{text: '0000  ', tone: 'dim'},
		{text: '61 ', tone: 'plain'},
		{text: 'ec 95 88', tone: 'mark1'},
		{text: ' ', tone: 'plain'},
		{text: 'eb 85 95', tone: 'mark2'},
		{text: ' ', tone: 'plain'},
		{text: 'c3 a9', tone: 'mark1'},
		{text: ' 2e ', tone: 'plain'},
		{text: 'ed 95 9c', tone: 'mark1'},
		{text: ' 0a        a ', tone: 'plain'},
		{text: '안', tone: 'mark1'},
		{text: '────', tone: 'dim'},
		{text: '녕', tone: 'mark2'},
		{text: '────', tone: 'dim'},
		{text: 'é', tone: 'mark1'},
		{text: '───', tone: 'dim'},
		{text: '. ', tone: 'plain'},
		{text: '한', tone: 'mark1'},
		{text: '────', tone: 'dim'},
		{text: String.raw`\n`, tone: 'escape'},
	]);
});

test('marks what is invalid and what is cut in the bytes, too', t => {
	const [line] = pageOf(Uint8Array.of(0xFF, 0xEC, 0x95), 3, {columns: 27, rows: 1, from: 0}).lines;
	t.deepEqual(line, [
		{text: '0000  ', tone: 'dim'},
		{text: 'ff', tone: 'escape'},
		{text: ' ', tone: 'plain'},
		{text: 'ec 95', tone: 'warning'},
		{text: '     ', tone: 'plain'},
		{text: '✗ ', tone: 'escape'},
		{text: '───…', tone: 'warning'},
	]);
});

for (const [columns, bytesPerLine] of [
	[200, 32],
	[167, 32],
	[166, 16],
	[87, 16],
	[86, 8],
	[47, 8],
	[46, 4],
	[26, 2],
	[12, 1],
] as const) {
	test(`has room for ${bytesPerLine} of the bytes in a line of ${columns} columns`, t => {
		const page = pageOf(new Uint8Array(100), 100, {columns, rows: 100, from: 0});
		t.is(page.bytesPerLine, bytesPerLine);
		t.is(page.totalLines, Math.ceil(100 / bytesPerLine));
		t.is(page.lines.length, page.totalLines);
	});
}

test('has no lines where there is no room for a byte, and of no bytes', t => {
	t.deepEqual(pageOf(new Uint8Array(3), 3, {columns: 11, rows: 5, from: 0}).lines, []);
	t.like(pageOf(new Uint8Array(0), 0, {columns: 87, rows: 5, from: 3}), {
		lines: [], from: 0, totalLines: 0, bytesPerLine: 16, part: {
			start: 0, kept: 0, length: 0, text: {invalid: 0, cut: 0},
		},
	});
});

test('shows the lines that are asked for, and no further than the last page', t => {
	const bytes = new Uint8Array(100);
	const {from, lines} = pageOf(bytes, 70_000, {columns: 87, rows: 3, from: 2});
	t.deepEqual([from, lines.length], [2, 3]);
	t.is(textOf(lines[0]!).slice(0, 4), '0020');
	for (const wanted of [5, 1000, Number.POSITIVE_INFINITY]) {
		const page = pageOf(bytes, 70_000, {columns: 87, rows: 3, from: wanted});
		t.deepEqual([page.from, page.lines.length], [4, 3]);
	}

	t.is(pageOf(bytes, 100, {columns: 87, rows: 3, from: -5}).from, 0);
});

test('says how much of the payload is kept', t => {
	t.like(pageOf(new Uint8Array(100), 70_000, {columns: 87, rows: 3, from: 0}).part, {kept: 100, length: 70_000});
});

test('writes offsets of more digits where the payload is longer', t => {
	const {lines} = pageOf(new Uint8Array(0x1_00_01), 0x1_00_01, {
		columns: 88,
		rows: 1,
		from: Number.POSITIVE_INFINITY,
	});
	t.is(
		textOf(pageOf(new Uint8Array(0x1_00_00), 0x1_00_00, {columns: 87, rows: 1, from: Number.POSITIVE_INFINITY})
			.lines[0]!).slice(0, 8),
		'fff0  00',
	);
	t.is(textOf(lines[0]!).trimEnd(), String.raw`10000  00                                               \0`);
});

test('counts characters, invalid bytes and what is cut', t => {
	t.deepEqual(countCharacters(bytesOf('a안é👍')), {
		characters: 4, invalid: 0, cut: 0,
	});
	t.deepEqual(countCharacters(bytesOf([0x61, 0xFF, 0xE2, 0x82, 0x61, 0xF0, 0x9F, 0x91])), {
		characters: 2, invalid: 3, cut: 3,
	});
	t.deepEqual(countCharacters(bytesOf([0xEC])), {
		characters: 0, invalid: 0, cut: 1,
	});
});

test('hands out a page, however long the payload is, and what is around it', t => {
	const bytes = Buffer.alloc(100_000, '안');
	// Offsets of five digits leave room for eight bytes in a line.
	const {part} = pageOf(bytes, 100_000, {columns: 87, rows: 20, from: 4000});
	t.is(part.offset, 32_000);
	t.true(part.bytes.length <= 4096 + (20 * 16) + 6);
	t.true(part.start < part.offset && part.start + part.bytes.length > part.offset + (20 * 8));
	t.is(part.bytes.buffer.byteLength, part.bytes.length);
	t.deepEqual(structuredClone(part), part);
});

test('draws what is there of a page while the terminal has another width', t => {
	const bytes = Buffer.from('0123456789'.repeat(30));
	const {part} = pageOf(bytes, 300, {columns: 87, rows: 3, from: 5});
	const {lines, from} = payloadPage(part, 166, 20);
	t.is(from, 5);
	t.is(textOf(lines[0] ?? []).slice(0, 6), '0050  ');
	t.is(payloadPage(part, 167, 20).from, 2);
});

test('counts the characters of valid text, and knows valid text as Node does', t => {
	fc.assert(fc.property(mixedText, hostileBytes, (text, bytes) => {
		t.is(countCharacters(Buffer.from(text)).characters, [...text.toWellFormed()].length);
		const {invalid, cut} = countCharacters(bytes);
		t.is(invalid + cut === 0, decodeUtf8(bytes) !== undefined);
	}), {numRuns: 500});
});

const anyBytes = fc.oneof(hostileBytes, fc.uint8Array({maxLength: 100}));

test('stays inside its columns, lets nothing through that cannot be seen, and has every byte in order', t => {
	fc.assert(fc.property(anyBytes, fc.integer({min: 12, max: 200}), (bytes, columns) => {
		const {lines, bytesPerLine} = pageOf(bytes, bytes.length, {columns, rows: 1000, from: 0});
		let hex = '';
		for (const [index, line] of lines.entries()) {
			const text = textOf(line);
			const count = Math.min(bytesPerLine, bytes.length - (index * bytesPerLine));
			t.is(textWidth(text), 6 + (bytesPerLine * 3) + 1 + (count * 2), `in ${JSON.stringify(text)}`);
			t.true(textWidth(text) <= columns);
			t.notRegex(
				text,
				/[\p{Control}\p{Format}\p{Mark}\p{Default_Ignorable_Code_Point}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}\p{Unassigned}\u{1F3FB}-\u{1F3FF}]/v,
			);
			hex += text.slice(6, 6 + (bytesPerLine * 3)).replaceAll(' ', '');
		}

		t.is(hex, Buffer.from(bytes).toString('hex'));
	}), {numRuns: 500}); // What one in 100 draws shows is seen with a probability of 99.3 %.
});

test('draws a line in the same way wherever the page begins', t => {
	fc.assert(
		fc.property(anyBytes, fc.constantFrom(12, 27, 47, 87), fc.integer({min: 1, max: 3}), (bytes, columns, rows) => {
			const {lines} = pageOf(bytes, bytes.length, {columns, rows: 1000, from: 0});
			for (let from = 0; from + rows <= lines.length; from++) {
				t.deepEqual(pageOf(bytes, bytes.length, {columns, rows, from}).lines, lines.slice(from, from + rows));
			}
		}),
		{numRuns: 300},
	);
});

test('never gives neighbouring characters of several bytes the same tone', t => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom('안', 'é', '👍', 'a'), {maxLength: 40}).map(all => all.join('')),
			text => {
				const bytes = Buffer.from(text);
				const tones: string[] = [];
				for (const line of pageOf(bytes, bytes.length, {columns: 12, rows: 1000, from: 0}).lines) {
					tones.push(line[1]?.tone ?? 'none');
				}

				let offset = 0;
				let before = '';
				for (const character of text) {
					const length = Buffer.byteLength(character);
					const own = new Set(tones.slice(offset, offset + length));
					t.is(own.size, 1);
					t.true(character === 'a'
						? own.has('plain')
						: (own.has('mark1') || own.has('mark2')) && !own.has(before));
					before = tones[offset]!;
					offset += length;
				}
			},
		),
		{numRuns: 300},
	);
});

/** Ranges of characters that are all drawn in the same way: from the first to the one behind the last. */
const alike = [
	[0x34_00, 0x4D_C0],
	[0x4E_00, 0xA0_00],
	[0xAC_00, 0xD7_A0],
	[0xE0_00, 0xF9_00],
	[0x1_70_00, 0x1_8D_00],
	[0x2_00_00, 0xE_00_00],
	[0xE_10_00, 0x11_00_00],
] as const;

test('draws every character there is in exactly the columns of its bytes', t => {
	const wrong: string[] = [];
	for (let first = 0; first <= 0x10_FF_FF; first += 16) {
		if (first >= 0xD8_00 && first <= 0xDF_FF) {
			continue;
		}

		// Of those that are all ideographs, syllables, private or empty, a few characters will do.
		if (alike.some(([from, end]) => first >= from && first < end) && first % 0x10_00 > 0) {
			continue;
		}

		const bytes = Buffer.from(Array.from({length: 16}, (_, index) => String.fromCodePoint(first + index)).join(''));
		for (const line of drawn(bytes, 200)) {
			const count = Math.min(32, bytes.length - Number.parseInt(line, 16));
			if (textWidth(line) !== 103 + (count * 2)) {
				wrong.push(line);
			}
		}
	}

	t.deepEqual(wrong, []);
});

test('joins and cuts across the places where it begins to read', t => {
	for (const cut of [1, 2]) {
		const bytes = Buffer.concat([Buffer.alloc(4096 - cut, 'a'), Buffer.from('안')]);
		const last = pageOf(bytes, bytes.length, {columns: 47, rows: 1, from: 512}).lines[0]!;
		t.is(textOf(last).slice(31), '──'.repeat(3 - cut));
		const short = bytes.subarray(0, -1);
		const end = pageOf(short, short.length, {columns: 12, rows: 1, from: Number.POSITIVE_INFINITY}).lines[0]!;
		t.is(textOf(end), cut === 1 ? '1000  95  ─…' : '0fff  95  ─…');
	}
});

test('costs the same for a page at the end of a long payload', t => {
	const bytes = Buffer.alloc(64 * 1024 * 1024, '안');
	const utf8 = countCharacters(bytes.subarray(0, 10));
	const before = process.cpuUsage();
	for (let round = 0; round < 20; round++) {
		pageOf(bytes, bytes.length, {
			columns: 87, rows: 20, from: Number.POSITIVE_INFINITY, utf8,
		});
	}

	const {user, system} = process.cpuUsage(before);
	t.true(user + system < 2_000_000, `${user + system} µs of the processor`);
});
