export type KeyPress = {
	readonly type: 'key';
	/** A name such as `return`, `left`, `pageup` or `a`; undefined for characters without one. */
	readonly name: string | undefined;
	readonly ctrl: boolean;
	/** Alt held, or Esc pressed just before. */
	readonly alt: boolean;
	readonly shift: boolean;
	/** The character to type, or empty for a key that types none. */
	readonly text: string;
	/** What the terminal sent; of a key in another encoding, what it sends for that key as a rule. */
	readonly sequence: string;
};

/** The mouse: its left button pressed, or its wheel turned up or down, at a cell of the screen, from 0. */
export type Pointer = {
	readonly type: 'pointer';
	readonly action: 'press' | 'up' | 'down';
	readonly x: number;
	readonly y: number;
};

/** What a terminal sends by itself, or answers to a query: the whole control sequence. */
type Report = {readonly type: 'report'; readonly sequence: string};

type Modifiers = Pick<KeyPress, 'ctrl' | 'alt' | 'shift'>;

const plain: Modifiers = {ctrl: false, alt: false, shift: false};

/** Keys by the last character of their sequence (xterm's ctlseqs, "PC-Style Function Keys"). */
const finals: Readonly<Partial<Record<string, string>>> = {
	A: 'up', B: 'down', C: 'right', D: 'left', E: 'clear', F: 'end', H: 'home', P: 'f1', Q: 'f2', R: 'f3', S: 'f4',
};

/** Keys by the number in their sequence, which ends in `~`: of xterm, VT220 and rxvt. */
const numbers: Readonly<Partial<Record<number, string>>> = {
	1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end',
	11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4', 15: 'f5', 17: 'f6', 18: 'f7', 19: 'f8', 20: 'f9', 21: 'f10', 23: 'f11',
	24: 'f12',
};

/** The keypad in application mode, after ESC O. */
const keypad: Readonly<Partial<Record<string, string>>> = {
	M: '\r', X: '=', j: '*', k: '+', l: ',', m: '-', n: '.', o: '/',
	...Object.fromEntries(Array.from({length: 10}, (_, digit) => [String.fromCodePoint(0x70 + digit), String(digit)])),
};

/** Keys that have a private code in the kitty keyboard protocol ("Functional key definitions"), from these on. */
const kittyKeys = new Map<number, string>([
	...['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '/', '*', '-', '+', '\r', '=', ',']
		.map((text, index) => [57_399 + index, text] as const),
	...['left', 'right', 'up', 'down', 'pageup', 'pagedown', 'home', 'end', 'insert', 'delete', 'clear']
		.map((name, index) => [57_417 + index, name] as const),
]);

const controlNames: Readonly<Partial<Record<string, string>>> = {
	'\r': 'return', '\n': 'return', '\t': 'tab', '\b': 'backspace', '\u{7F}': 'backspace', '\u{1B}': 'escape', ' ': 'space',
};

const control = /^\p{Control}/u;

/**
What a character, an Esc and a character, a control sequence or a control string stands for; undefined for a key that
is released, or does nothing by itself.
*/
export function decodeKey(text: string): KeyPress | Pointer | Report | undefined {
	const [, escape, introducer, rest = ''] = /^\u{1B}(\u{1B}?)([[O])(.+)$/su.exec(text) ?? [];
	if (introducer === undefined) {
		return /^\u{1B}[PX\]^_]./su.test(text) ? {type: 'report', sequence: text} : characterKey(text);
	}

	const alt = escape !== '';
	const decoded = introducer === 'O' ? decodeSs3(text, rest) : decodeCsi(text, rest);
	return decoded?.type === 'key' && alt ? {...decoded, alt, text: ''} : decoded;
}

/** A character, perhaps after Esc. */
function characterKey(text: string): KeyPress {
	const alt = text.length > 1 && text.startsWith('\u{1B}');
	const character = alt ? text.slice(1) : text;
	const code = character.codePointAt(0) ?? 0;
	const isLetter = /^[A-Za-z\d]$/.test(character);
	const name = controlNames[character] ?? (isLetter ? character.toLowerCase() : undefined);
	const ctrl = name === undefined && code <= 26;
	return {
		type: 'key',
		name: ctrl ? String.fromCodePoint(code + 96) : name,
		ctrl,
		alt,
		shift: /^[A-Z]$/.test(character),
		text: alt || control.test(character) ? '' : character,
		sequence: text,
	};
}

function namedKey(name: string, sequence: string, modifiers: Modifiers = plain): KeyPress {
	return {
		type: 'key', name, ...modifiers, text: '', sequence,
	};
}

function decodeSs3(sequence: string, rest: string): KeyPress | undefined {
	const final = rest.slice(-1);
	const typed = keypad[final];
	if (typed !== undefined) {
		return characterKey(typed);
	}

	const name = finals[final];
	if (name !== undefined) {
		return namedKey(name, sequence, modifiersOf(rest.slice(0, -1)));
	}

	// The arrows of rxvt, with Ctrl.
	return /^[a-d]$/.test(final) ? namedKey(finals[final.toUpperCase()]!, sequence, {...plain, ctrl: true}) : undefined;
}

function decodeCsi(sequence: string, rest: string): KeyPress | Pointer | Report | undefined {
	const report = {type: 'report', sequence} as const;
	const x10 = /^M(.)(.)(.)$/su.exec(rest)?.slice(1).map(character => character.codePointAt(0)! - 32);
	const sgr = /^<(\d+);(\d+);(\d+)[Mm]$/.exec(rest)?.slice(1).map(Number);
	const mouse = x10 ?? sgr;
	if (mouse) {
		return rest.endsWith('m') && sgr ? undefined : pointer(mouse);
	}

	const [, other, parameters = '', final = ''] = /^(\[?)([\d;:]*)([$@A-Z^a-z~[])$/.exec(rest) ?? [];
	const [first = '', second = '', third = ''] = parameters.split(';');
	const [, event = ''] = second.split(':');
	// Of the kitty keyboard protocol: a key that is released.
	if (event === '3') {
		return undefined;
	}

	if (other === '[') {
		const code = final === '~' ? numbers[Number(first)] : `f${'ABCDE'.indexOf(final) + 1}`;
		return code === undefined || code === 'f0' ? report : namedKey(code, sequence);
	}

	const modifiers = modifiersOf(second);
	const isNumbered = /[~$^@]/.test(final);
	if (final === 'u') {
		return first === '' ? report : codeKey(first, modifiers, third);
	}

	if (isNumbered && first === '27' && third !== '') {
		// What xterm sends for modified keys (modifyOtherKeys).
		return codeKey(third, modifiers, '');
	}

	if (final === 'Z') {
		return namedKey('tab', sequence, {...plain, shift: true});
	}

	// With numbers of a row and a column it tells where the cursor is.
	const isKey = parameters === '' || (/^1(?::\d+)?$/.test(first) && third === '' && final !== 'R');
	// Those of rxvt with Shift are small.
	const isSmall = /[a-e]/.test(final);
	const lettered = isKey ? finals[isSmall ? final.toUpperCase() : final] : undefined;
	const name = isNumbered ? numbers[Number(first)] : lettered;
	return name === undefined || modifiers === undefined
		? report
		: namedKey(name, sequence, {
			...modifiers,
			ctrl: modifiers.ctrl || final === '^' || final === '@',
			shift: modifiers.shift || final === '$' || final === '@' || isSmall,
		});
}

/** Bits, and 1: Shift, Alt, Ctrl, Super, Hyper, Meta, the locks. Undefined with Super and Hyper, which type nothing. */
function modifiersOf(parameter: string): Modifiers | undefined {
	const bits = Math.max(0, (Number.parseInt(parameter, 10) || 1) - 1);
	return bits & 0b01_1000 ? undefined : {shift: (bits & 1) > 0, alt: (bits & 0b10_0010) > 0, ctrl: (bits & 4) > 0};
}

/**
A key by its Unicode code point, as the kitty keyboard protocol (CSI u) and xterm's modifyOtherKeys send it.

@param codes - the code; perhaps that with Shift, and that of the same key in the standard layout, behind colons
@param typed - the code points of what it types, where the terminal says so
*/
function codeKey(codes: string, modifiers: Modifiers | undefined, typed: string): KeyPress | undefined {
	const [code = 0, shifted = 0, standard = 0] = codes.split(':').map(Number);
	if (modifiers === undefined || Math.max(code, shifted, standard) > 0x10_FF_FF) {
		return undefined;
	}

	const special = kittyKeys.get(code);
	if (special !== undefined && special.length > 1) {
		return namedKey(special, `\u{1B}[${codes}u`, modifiers);
	}

	if (special === undefined && code >= 57_344 && code <= 63_743) {
		return undefined;
	}

	const {ctrl, alt, shift} = modifiers;
	const base = special ?? String.fromCodePoint((ctrl || alt) && standard > 0 ? standard : code);
	if (controlNames[base] !== undefined && base !== ' ') {
		return {...characterKey(base), ...modifiers};
	}

	const [said = 0] = typed.split(':').map(Number);
	const upper = shift ? (shifted > 0 ? String.fromCodePoint(shifted) : base.toUpperCase()) : base;
	const text = said > 31 && said <= 0x10_FF_FF ? String.fromCodePoint(said) : upper;
	const key = characterKey(alt || ctrl ? base : text);
	return {
		...key, ...modifiers, text: ctrl || alt ? '' : key.text, sequence: alt && !ctrl ? `\u{1B}${base}` : key.sequence,
	};
}

/** By the bits of X10's and xterm's button, but for Shift (4), Alt (8) and Ctrl (16). */
const actions: Readonly<Partial<Record<number, Pointer['action']>>> = {0: 'press', 64: 'up', 65: 'down'};

/** Motion, a button that is let go, other buttons, and a wheel that turns sideways mean nothing here. */
function pointer([button = 0, x = 0, y = 0]: readonly number[]): Pointer | undefined {
	const action = actions[button & ~0b1_1100];
	return action && x > 0 && y > 0
		? {
			type: 'pointer', action, x: x - 1, y: y - 1,
		}
		: undefined;
}
