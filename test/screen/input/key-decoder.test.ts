import test from 'ava';
import {FakeTerminal} from '../../helpers/terminal-keys.ts';

const escape = '\u{1B}';

const reads: ReadonlyArray<readonly [string, readonly string[], readonly string[]]> = [
	['letters in one read come out one by one', ['abc'], ['a', 'b', 'c']],
	['LF is Enter, as CR is', ['hi\n'], ['h', 'i', 'return']],
	['a line and Enter in one read are the line\'s letters and Enter', ['hi\r'], ['h', 'i', 'return']],
	['lines and chords in one read keep their order', ['a\r\u{14}b\r'], ['a', 'return', '^t', 'b', 'return']],
	['Korean comes out by syllable', ['안녕\r'], ['안', '녕', 'return']],
	['a character beyond the basic plane comes out whole', ['👍x😀'], ['👍', 'x', '😀']],
	['the parts of a joined emoji come out in order', ['👨‍👩'], ['👨', '\u{200D}', '👩']],
	['capitals keep their case', ['aB'], ['a', 'B']],
	[
		'arrows and other keys have names',
		[`${escape}[A${escape}[B${escape}[C${escape}[D${escape}[H${escape}[F`],
		['up', 'down', 'right', 'left', 'home', 'end'],
	],
	[
		'keys of another kind of keyboard have the same names',
		[`${escape}OA${escape}[1~${escape}[4~${escape}[5~${escape}[6~${escape}[3~`],
		['up', 'home', 'end', 'pageup', 'pagedown', 'delete'],
	],
	['a key with Super or Hyper is none', [`a${escape}[1;9A${escape}[1;17A${escape}[97;9u${escape}[97;17ub`], ['a', 'b']],
	[
		'the mouse is the mouse whichever of Shift, Alt and Ctrl is held',
		[4, 8, 16].map(bits => `${escape}[<${bits};3;4M`),
		['press 2,3', 'press 2,3', 'press 2,3'],
	],
	['Shift+Tab is told from Tab', [`\t${escape}[Z`], ['tab', 'shift+tab']],
	['Ctrl with an arrow is told from the arrow', [`${escape}[1;5C${escape}[C`], ['^right', 'right']],
	['Backspace is one key, whichever byte the terminal sends', ['\u{7F}\b'], ['backspace', 'backspace']],
	['Alt and a letter is one key', [`${escape}t`], ['alt+t']],
	['Alt and a Hangul letter is one key', [`${escape}ㅅ`], ['alt+ㅅ']],
	['typing around a chord is kept', [`a${escape}tb`], ['a', 'alt+t', 'b']],
	['Esc alone is a key when nothing follows', [escape], ['escape']],
	['Esc twice in one read is two keys', [escape + escape], ['escape', 'escape']],
	[
		'Esc twice and a letter in one read is Esc, Esc and the letter',
		[`${escape}${escape}t`],
		['escape', 'escape', 't'],
	],
	['Esc and a control character in one read is Esc and the chord', [`${escape}\u{3}`], ['escape', '^c']],
	['Esc twice and a chord in one read is three keys', [`${escape}${escape}\u{14}`], ['escape', 'escape', '^t']],
	['a sequence that is cut by the border of a read is one key', [`${escape}`, '[', '1;5', 'D', 'x'], ['^left', 'x']],
	[
		'a paste is one key, with the line ends that the terminal sent',
		[`${escape}[200~a\rb\r\nc\nd\r\re${escape}[201~`],
		['paste:a\rb\r\nc\nd\r\re'],
	],
	['a paste that never ends does not keep anybody from leaving', [`${escape}[200~a`, 'b', '\u{3}'], ['^c']],
	[
		'keys before and after a paste in the same read are keys',
		[`x${escape}[200~p${escape}[201~y\r`],
		['x', 'paste:p', 'y', 'return'],
	],
	[
		'a paste may hold sequences, and types none of them',
		[`${escape}[200~${escape}[A\u{14}${escape}${escape}[201~`],
		[`paste:${escape}[A\u{14}${escape}`],
	],
	[
		'a paste that comes in many reads is one paste',
		[`${escape}[200~one `, 'two ', `three${escape}[201~`],
		['paste:one two three'],
	],
	[
		'two pastes in one read are two',
		[`${escape}[200~a${escape}[201~${escape}[200~b${escape}[201~`],
		['paste:a', 'paste:b'],
	],
	['an empty paste is a paste', [`${escape}[200~${escape}[201~`], ['paste:']],
	['an answer of the terminal is no key', [`a${escape}[?1;2c${escape}[24;80Rb`], ['a', 'b']],
	[
		'control strings are no keys, whichever way they end',
		[`a${escape}P1$r0m${escape}\\b${escape}]11;rgb:ffff/ffff/ffff\u{7}c${escape}_Gi=1;OK${escape}\\${escape}Xq${escape}\\d`],
		['a', 'b', 'c', 'd'],
	],
	[
		'keys of the kitty keyboard protocol are the keys that they are',
		'[27u [13u [9u [127u [99;5u [116;3u [97;2u [97:65;2;65u [57399u [12618::98;5u [27;5;99~ [97;1:3u [1;1:1A'
			.split(' ').map(sequence => escape + sequence),
		['escape', 'return', 'tab', 'backspace', '^c', 'alt+t', 'A', 'A', '0', '^b', '^c', 'up'],
	],
	[
		'a code beyond Unicode is no key, whichever of a key\'s codes it is',
		[`a${escape}[1114112u${escape}[97:1114112;2u${escape}[97::99999999;5ub`],
		['a', 'b'],
	],
	[
		'the mouse tells where it was pressed, and how its wheel was turned; motion and other buttons are nothing',
		[`${escape}[<0;3;4M${escape}[<0;3;4m${escape}[<64;80;24M${escape}[<65;1;1M${escape}[<35;5;5M${escape}[<2;5;5M${escape}[M !"`],
		['press 2,3', 'up 79,23', 'down 0,0', 'press 0,1'],
	],
];

for (const [title, pieces, keys] of reads) {
	test(title, async t => {
		t.deepEqual(await new FakeTerminal().read(pieces, keys.length), keys);
	});
}

/** A paste between two keys, cut in two at one place after the other. */
async function readCutPaste(from: number, to: number): Promise<string[][]> {
	const whole = `x${escape}[200~안녕\r2${escape}[201~y`;
	const cuts = Array.from({length: to - from}, (_, index) => from + index);
	return Promise.all(cuts.map(async cut => new FakeTerminal().read([whole.slice(0, cut), whole.slice(cut)], 3)));
}

const pasted = ['x', 'paste:안녕\r2', 'y'];

test('a paste is whole wherever the borders of the reads cut it and its marks', async t => {
	t.deepEqual(await readCutPaste(4, 18), Array.from({length: 14}, () => pasted));
});

test('a paste is whole though a read ends within the first two bytes of its mark', async t => {
	t.deepEqual(await readCutPaste(2, 4), [pasted, pasted]);
});

test('characters are whole wherever the borders of the reads cut their bytes', async t => {
	const bytes = Buffer.from('a안👍é');
	for (let cut = 1; cut < bytes.length; cut++) {
		const fake = new FakeTerminal();
		fake.terminal.write(bytes.subarray(0, cut));
		fake.terminal.write(bytes.subarray(cut));
		t.deepEqual(await fake.read([], 4), ['a', '안', '👍', 'é']);
	}
});

test('a paste that is not UTF-8 keeps its bytes, wherever the borders of the reads cut it', async t => {
	const bytes = Buffer.from([...Buffer.from(`x${escape}[200~한`), 0xE9, 0xC3, 0x0D, 0xFF, 0x61, ...Buffer.from(`${escape}[201~y`)]);
	for (let cut = 8; cut < bytes.length - 7; cut++) {
		const fake = new FakeTerminal();
		fake.terminal.write(bytes.subarray(0, cut));
		fake.terminal.write(bytes.subarray(cut));
		t.deepEqual(await fake.read([], 3), ['x', 'paste:한\u{DCE9}\u{DCC3}\r\u{DCFF}a', 'y'], `cut at ${cut}`);
	}
});

test('keys of one read are handed over together', async t => {
	const fake = new FakeTerminal();
	await fake.read(['abc\r'], 4);
	t.is(fake.batches.length, 1);
});

test('large reads that come one after the other, as those of a paste without brackets, are handed over together, in order', async t => {
	const fake = new FakeTerminal();
	const pieces = Array.from({length: 50}, (_, index) => String.fromCodePoint(0x61 + (index % 26)).repeat(4095));
	const keys = await fake.read(pieces, 50 * 4095);
	t.is(keys.join(''), pieces.join(''));
	t.true(fake.batches.length < 50 / 2, `${fake.batches.length} times`);
	await fake.read(['x'.repeat(600), 'y\r'], (50 * 4095) + 602);
	t.deepEqual(fake.keys.slice(-3), ['x', 'y', 'return']);
	t.is(fake.keys.length, (50 * 4095) + 602, 'and none of them twice');
});

test('no key is heard after it was stopped', async t => {
	const fake = new FakeTerminal();
	await fake.read(['a'], 1);
	fake.decoder.stop();
	t.is(fake.terminal.listenerCount('data'), 0);
});
