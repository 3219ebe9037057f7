import fc from 'fast-check';
import {keys} from './terminal-app.ts';

const editing = [
	keys.left,
	keys.right,
	keys.up,
	keys.down,
	keys.home,
	keys.end,
	keys.backspace,
	keys.delete,
	keys.tab,
	keys.shiftTab,
	keys.pageUp,
	keys.pageDown,
	keys.enter,
	'\n',
	'\b',
	'\u{1B}[1;5C',
	'\u{1B}[1;3D',
	'\u{1B}\u{7F}',
];
const controls = [...'aeuwbgyz'].map(letter => keys.ctrl(letter));
const commands = [
	...[...'tnxorkdpvsfl'].map(letter => keys.ctrl(letter)),
	keys.alt('z'),
	keys.alt('/'),
	keys.shiftUp,
	`${keys.shiftUp}${keys.up}${keys.enter}`,
];

/** Every letter but those of `quit` and of the address prompt, which could send to anybody. */
const letters = [...'bcdefghijklmnoprstuvwxyz?/ㅅㅜㅌㅐㄱㅏㅇㅔㅡ'];
const texts = [
	...letters,
	...letters.map(letter => letter.toUpperCase()),
	...' 09\\안녕漢ﷺé\u{1F3FD}\u{200D}',
	'한글',
	'👍',
	'👨‍👩‍👧',
	'🇰🇷',
	'e\u{301}',
	String.raw`\n`,
	String.raw`\xff`,
];
const pastes = ['one line', 'two\nlines', '\r\n\r\n', 'x'.repeat(600), '', '\u{1B}[2J', '붙여넣기 🎉'].map(text =>
	keys.paste(text));
const strange = [
	'\u{1B}OP',
	'\u{1B}[15~',
	'\u{1B}[200;5u',
	'\u{1B}[Z',
	'\u{1B}[I',
	keys.shiftUp,
	'\0',
	'\u{1C}',
	'\u{1B}[',
	'\u{1B}O',
];

/** A key, a character or a paste. No key quits. */
const anyKey = fc.oneof(
	{weight: 50, arbitrary: fc.constantFrom(...texts)},
	{weight: 25, arbitrary: fc.constantFrom(...editing)},
	{weight: 5, arbitrary: fc.constantFrom(...controls)},
	{weight: 7, arbitrary: fc.constantFrom(...commands)},
	{weight: 7, arbitrary: fc.constantFrom(...letters).map(letter => `\u{1B}${letter}`)},
	{weight: 2, arbitrary: fc.constantFrom(...pastes)},
	{weight: 2, arbitrary: fc.constantFrom(...strange)},
	{weight: 2, arbitrary: fc.constant(keys.escape)},
);

/** Keys that reach the program in one write: up to fifty, a few more often than many. */
export const keyRun: fc.Arbitrary<string> = fc.tuple(fc.nat(7), fc.nat(7))
	.chain(([a, b]) => fc.array(anyKey, {minLength: 1, maxLength: 1 + (a * b), size: 'max'}))
	.map(run => run.join(''));
