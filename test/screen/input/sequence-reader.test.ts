import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {decodeKey} from '../../../source/screen/input/decode/decode-key.ts';
import {SequenceReader, type Unit} from '../../../source/screen/input/decode/sequence-reader.ts';

const esc = '\u{1B}';

/** A pause in which the reader waits in vain, this many times. */
const pause = (times: number): number => times;

/** Read pieces and pauses; units as texts, a paste as `paste:…`. At the end nothing more comes. */
function read(...pieces: ReadonlyArray<string | number>): string[] {
	const reader = new SequenceReader();
	const units: Unit[] = [];
	const expire = (times: number): void => {
		for (let count = 0; count < times && reader.timeout !== undefined; count++) {
			units.push(...reader.expire());
		}
	};

	for (const piece of pieces) {
		if (typeof piece === 'string') {
			units.push(...reader.read(piece));
		} else {
			expire(piece);
		}
	}

	expire(10);
	return units.map(unit => {
		switch (unit.type) {
			case 'paste': {
				return `paste:${unit.text}`;
			}

			case 'retraction': {
				return 'retraction';
			}

			case 'input': {
				return unit.text;
			}

			default: {
				return unit satisfies never;
			}
		}
	});
}

/** What is one unit, however it is cut. */
const sequences: readonly string[] = [
	...'a 안 👍 \r \u{3} \u{7F}'.split(' '),
	...[
		'[A [1;5C [3~ [Z OA OM [[A [2$ [27u [99;5u [97:65;2;65u [27;5;99~ [<0;12;7M [<65;1;1m',
		'[?62;22c [>0;276;0c [24;80R [?1007;1$y [?2026;2$y [0n [I',
	].flatMap(list => list.split(' ')).map(rest => esc + rest),
	...['[A', 'OB'].map(rest => esc + esc + rest),
	`${esc}[M !"`,
	...[
		']11;rgb:1e1e/1e1e/2e2e', 'P>|XTerm(388)', 'P1$r0;1m', 'P!|00000000', '_Gi=31;OK', 'Xstart', '^private',
	].map(rest => `${esc}${rest}${esc}\\`),
	`${esc}]11;rgb:ff/ff/ff\u{7}`,
	`${esc}]52;c;${'QUJD'.repeat(20)}\u{7}`,
];

/** A piece of input, and the units that it is. */
const whole = fc.oneof(
	fc.constantFrom(...sequences).map(text => ({text, units: [text]})),
	fc.string({unit: fc.constantFrom('q', '[', 'O', '\r', '안', `${esc}[A`, esc), maxLength: 6}).map(pasted => ({
		text: `${esc}[200~${pasted}${esc}[201~`, units: [`paste:${pasted}`],
	})),
);

test('the units are the same, wherever reads cut them', t => {
	t.notThrows(() => {
		fc.assert(fc.property(
			fc.array(whole, {minLength: 1, maxLength: 8}),
			fc.array(fc.integer({min: 1, max: 9}), {maxLength: 40}),
			(parts, lengths) => {
				const characters = [...parts.map(({text}) => text).join('')];
				const pieces = lengths.map(length => characters.splice(0, length).join(''));
				return isDeepStrictEqual(read(...pieces, characters.join('')), parts.flatMap(({units}) => units));
			},
		), {numRuns: 500});
	});
});

for (const [title, times] of [['a chord', 1], ['Esc', 2]] as const) {
	test(`a sequence whose Esc came longer ago than ${title} takes is that sequence, never text, and Esc is taken back`, t => {
		const before = times === 2 ? [esc, 'retraction'] : [];
		for (const sequence of sequences.filter(text => /^\u{1B}(?:\[(?![M[])|OA|\]|P|_)/u.test(text))) {
			t.deepEqual(read(esc, pause(times), sequence.slice(1)), [...before, sequence]);
			t.deepEqual(read(esc, pause(times), sequence.slice(1, 2), sequence.slice(2)), [...before, sequence]);
		}

		t.deepEqual(
			read(esc, pause(times), `[200~quit now ${esc}[201~`, 'x'),
			[...before, 'paste:quit now ', 'x'],
		);
		t.deepEqual(read(esc, pause(times), '[', '20', '0~quit', ` now ${esc}`, '[201~'), [...before, 'paste:quit now ']);
	});
}

test('a key that follows Esc later than in a chord is a key of its own', t => {
	t.deepEqual(read(`${esc}t`), [`${esc}t`]);
	t.deepEqual(read(esc, 't'), [`${esc}t`]);
	t.deepEqual(read(esc, pause(1), 't'), [esc, 't']);
	t.deepEqual(read(esc, pause(2), 't'), [esc, 't']);
	t.deepEqual(read(esc, pause(1), 'O', pause(1)), [esc, 'O']);
	t.deepEqual(read(esc, pause(2), 'O', pause(1)), [esc, 'O']);
	t.deepEqual(read(esc, pause(2), 'Ok'), [esc, 'O', 'k']);
	t.deepEqual(read(esc, pause(3), '[A'), [esc, '[', 'A']);
	t.deepEqual(read(esc, pause(2), `${esc}[A`), [esc, `${esc}[A`]);
	t.deepEqual(read(esc, pause(2), 'Px'), [esc, 'P', 'x']);
});

test('Esc and an introducer alone are a chord, and a piece of a sequence is nothing', t => {
	t.deepEqual(read(`${esc}[`), [`${esc}[`]);
	t.deepEqual(read(`${esc}O`, pause(1), 'a'), [`${esc}O`, 'a']);
	t.deepEqual(read(`${esc}[20`, pause(1), 'a'), ['a']);
	t.deepEqual(read(`${esc}P1$r`, pause(1), 'a'), ['a']);
	t.deepEqual(read(`${esc}[1${esc}[A`), [`${esc}[A`]);
	t.deepEqual(read(`${esc}[1\r`), ['\r']);
});

test('a control string without an end stops neither typing nor quitting, and is not kept whole', t => {
	t.deepEqual(read(`${esc}]0;title`, '\u{3}'), ['\u{3}']);
	t.deepEqual(read(`${esc}Pq`, '\r'), ['\r']);
	t.deepEqual(read(`${esc}Pq${esc}[A`), [`${esc}[A`]);
	const [text = ''] = read(`${esc}P${'x'.repeat(5000)}`, ...Array.from({length: 50}, () => 'y'.repeat(5000)), `z${esc}`, '\\');
	t.true(text.length < 10_000);
	t.is(decodeKey(text)?.type, 'report');
});

test('Esc before what the terminal answers, and before a paste, is a key', t => {
	t.deepEqual(read(`${esc}${esc}[24;80R`), [esc, `${esc}[24;80R`]);
	t.deepEqual(read(`${esc}${esc}[200~a${esc}[201~`), [esc, 'paste:a']);
	t.deepEqual(read(`${esc}${esc}`), [esc, esc]);
	t.deepEqual(read(`${esc}${esc}t`), [esc, esc, 't']);
	t.deepEqual(read(`${esc}\u{3}`), [esc, '\u{3}']);
	t.deepEqual(read(`${esc}\u{7F}`), [`${esc}\u{7F}`]);
});

test('a paste is whole wherever its reads are cut, and a large one costs what its bytes do', t => {
	const text = `${esc}[200~a${esc}[201 b${esc}[201~c`;
	for (let cut = 1; cut < text.length; cut++) {
		const [first, second] = [text.slice(0, cut), text.slice(cut)];
		t.deepEqual(read(first, second), [`paste:a${esc}[201 b`, 'c'], `cut at ${cut}`);
	}

	t.deepEqual(read(`${esc}[200~`, ...`a${esc}[201~c`), ['paste:a', 'c']);
	const piece = '한글 text\n'.repeat(128);
	/** Milliseconds of processor time for a paste of this many pieces, the least of three. */
	const cost = (count: number): number => Math.min(...Array.from({length: 3}, () => {
		const pieces = Array.from({length: count}, () => piece);
		const began = process.cpuUsage();
		const [paste] = read(`${esc}[200~`, ...pieces, `${esc}[201~`);
		t.is(paste?.length, 'paste:'.length + (count * piece.length));
		return process.cpuUsage(began).user / 1000;
	}));
	const [small, large] = [cost(512), cost(8192)];
	t.true(large < Math.max(10, small) * 16 * 4, `${large} ms, and ${small} ms for a sixteenth of it`);
});

test('8-bit controls are what Esc and a letter are, as characters and as bytes, wherever they are cut', t => {
	for (const base of [0x40, 0xDC_40]) {
		const eightBit = (text: string): string =>
			text.replaceAll(/\u{1B}([OPX[\]^_\\])/gu, (_, letter: string) => String.fromCodePoint(base + letter.charCodeAt(0)));
		for (const sequence of sequences.filter(text => /^\u{1B}[OPX[\]^_]/u.test(text))) {
			const text = eightBit(sequence);
			t.not(text, sequence);
			for (let cut = 0; cut < text.length; cut++) {
				const units = read(text.slice(0, cut), text.slice(cut), 'q');
				t.is(units.length, 2, `${units.map(unit => JSON.stringify(unit)).join(' ')}`);
				t.deepEqual(decodeKey(units[0]!)?.type, decodeKey(sequence)?.type);
				t.is(units[1], 'q');
			}
		}

		t.deepEqual(read(`${eightBit(esc + '[')}200~a${eightBit(esc + '[')}b${esc}[201~c`), [`paste:a${eightBit(esc + '[')}b`, 'c']);
	}
});

test('a paste without its end is one after a pause, and what is typed then is typed', t => {
	t.deepEqual(read(`${esc}[200~one\rtwo`, pause(1), 'q', '\r'), ['paste:one\rtwo', 'q', '\r']);
	t.deepEqual(read(`${esc}[200~one${esc}[20`, pause(1), 'q'), [`paste:one${esc}[20`, 'q']);
	t.deepEqual(read(`${esc}[200~one`, 'q', 'r'), ['paste:oneqr']);
	t.deepEqual(read(`${esc}[200~one`, '\u{3}'), ['\u{3}']);
});

test('each lone Esc waits as long as the first before it counts as a key', t => {
	const reader = new SequenceReader();
	for (const _ of [1, 2]) {
		t.deepEqual(reader.read(esc), []);
		t.deepEqual([reader.timeout, reader.expire(), reader.timeout], [40, [], 60]);
		t.deepEqual(reader.expire(), [{type: 'input', text: esc}]);
		t.deepEqual(reader.expire(), [], 'the rest of a sequence has not come');
		t.is(reader.timeout, undefined);
	}
});
