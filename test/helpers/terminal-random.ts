import {keys} from './terminal-app.ts';

/** Numbers from 0 up to 1 that follow from a seed alone (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = Math.trunc(state + 0x6D_2B_79_F5);
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed ^= Math.trunc(mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed));
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_00_00_00_00;
	};
}

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

/** Keys in runs that reach the program in one write each. No key quits. */
export function * randomKeys(random: () => number, count: number): Generator<string> {
	const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
	const groups: ReadonlyArray<readonly [number, () => string]> = [
		[0.5, () => pick(texts)],
		[0.75, () => pick(editing)],
		[0.8, () => pick(controls)],
		[0.87, () => pick(commands)],
		[0.94, () => `\u{1B}${pick(letters)}`],
		[0.96, () => pick(pastes)],
		[0.98, () => pick(strange)],
		[1, () => keys.escape],
	];
	let pressed = 0;
	while (pressed < count) {
		const length = 1 + Math.floor(random() * random() * 30);
		let run = '';
		for (let index = 0; index < length; index++) {
			const kind = random();
			run += groups.find(([limit]) => kind < limit)?.[1]() ?? '';
		}

		pressed += length;
		yield run;
	}
}
