const esc = '\u{1B}';
const pasteStart = `${esc}[200~`;
const pasteEnd = `${esc}[201~`;
const ctrlC = '\u{3}';

/** What a terminal sends, taken apart: a paste, or what belongs together, from one character to a control sequence. */
export type Unit
	= | {readonly type: 'paste'; readonly text: string}
		/** The Esc before was none: what follows is a sequence that it belonged to. */
		| {readonly type: 'retraction'}
		/** A character; Esc, perhaps with one; a control sequence, perhaps with an Esc before it; a control string. */
		| {readonly type: 'input'; readonly text: string};

/**
How long to wait for what may follow, in milliseconds: after Esc as the beginning of a chord, and of a sequence; after
the first two bytes of a sequence; after more of them; how long after a lone Esc the rest of a sequence may come; and
how long a paste may pause.
*/
const waits = {
	chord: 40, sequence: 60, introducer: 250, rest: 1000, tail: 400, tailIntroducer: 150, paste: 2000,
} as const;

/** Control strings (ECMA-48 5.6): DCS, SOS, OSC, PM, APC. Nothing that is asked for answers in more characters. */
const stringIntroducer = /[PX\]^_]/;
const maxString = 1024;

/** A CSI sequence (ECMA-48 5.4) and its beginning. Keys of rxvt end in `$`; on Linux and in PuTTY some begin `[[`. */
const csi = /^\u{1B}\[(?:\d\$|\[[A-E]|\[\d~|[0-?]*[ -/]*[@-~])/u;
const csiStart = /^\u{1B}\[(?!\d\$)(?:\[\d?|[0-?]*[ -/]*)$/u;
/** X10's report of the mouse: three characters follow. */
const mouse = /^\u{1B}\[M[^\u0000-\u001F]{3}/u;
const mouseStart = /^\u{1B}\[M[^\u0000-\u001F]{0,2}$/u;
const ss3 = /^\u{1B}O\d{0,2}[A-Za-z]/u;
const ss3Start = /^\u{1B}O\d{0,2}$/u;
/** What, after a lone Esc, can only be the rest of a sequence, and what may become that. */
const tail = /^\u{1B}(?:\[(?:\d\$|[0-?]*[ -/]*[@-Z\\^-~])|O[A-DFHP-S]|\]\d|P[\d!+=>]|_G)/u;
const tailStart = /^\u{1B}(?:\[(?!\d\$)[0-?]*[ -/]*|[O\]P_])$/u;
/** With an Esc before it, a sequence that a key sends is that key with Alt; any other comes after a lone Esc. */
const keySequence = /^\u{1B}(?:\[(?!20[01]~)[\d;:]*[$@A-FHP-QSZ^a-eu~]|\[\[|O)/u;

const lone = /^\u{1B}+$/u;

/**
Takes apart what a terminal sends, wherever the borders of the reads are; time passes where `expire` is called after
`timeout`. A lone Esc counts as a key after some time, and is taken back where the rest of a sequence follows soon.
*/
export class SequenceReader {
	/** What has come of a unit that is not whole. */
	#held = '';
	/** A paste whose end has not come, in pieces; the last may end with the beginning of that end. */
	#paste: string[] | undefined;
	/** Esc has been held for longer than a chord takes. */
	#isSlow = false;
	/** A lone Esc has been told as a key, and the rest of a sequence may still come. */
	#isTail = false;

	/** How long to wait for more before `expire` is called, in milliseconds; undefined where nothing is waited for. */
	get timeout(): number | undefined {
		const held = this.#held;
		if (this.#paste) {
			return waits.paste;
		}

		if (held === '') {
			return this.#isTail ? waits.tail : undefined;
		}

		if (lone.test(held)) {
			return this.#isSlow ? waits.sequence : waits.chord;
		}

		return held.length > 2 ? waits.rest : (this.#isTail ? waits.tailIntroducer : waits.introducer);
	}

	/** Take a read, in whole characters. */
	read(chunk: string): Unit[] {
		const units: Unit[] = [];
		let rest = this.#isTail ? this.#joinTail(chunk, units) : this.#held + chunk;
		this.#held = '';
		while (rest !== '') {
			rest = this.#paste === undefined ? this.#readUnit(rest, units) : this.#readPaste(rest, this.#paste, units);
			this.#isSlow &&= rest === '' && this.#held !== '';
		}

		return units;
	}

	/** Nothing has followed in time. */
	expire(): Unit[] {
		if (this.#paste) {
			// Its end was lost on the way: what came of it is the paste, and what is typed from now on is typed.
			const text = this.#paste.join('');
			this.#paste = undefined;
			return [{type: 'paste', text}];
		}

		const held = this.#held;
		if (lone.test(held) && !this.#isSlow) {
			this.#isSlow = true;
			return [];
		}

		const isTail = this.#isTail;
		const isAlone = isTail || this.#isSlow;
		this.#held = '';
		this.#isSlow = false;
		this.#isTail = lone.test(held);
		if (this.#isTail) {
			return Array.from(held, escape => input(escape));
		}

		// What is longer is a piece of a sequence: it is lost on the way, or its end is, and it is no text.
		const [, escapes = '', character] = /^(\u{1B}+)([^\u{1B}])$/u.exec(held) ?? [];
		if (character === undefined) {
			return [];
		}

		return escapes.length === 1 && !isAlone
			? [input(held)]
			: [...(isTail ? '' : escapes), character].map(text => input(text));
	}

	/** What follows a lone Esc, with that Esc where it can only be the rest of a sequence. */
	#joinTail(chunk: string, units: Unit[]): string {
		const text = this.#held === '' ? chunk : this.#held.slice(1) + chunk;
		const whole = esc + text;
		this.#isTail = tailStart.test(whole);
		if (tail.test(whole)) {
			units.push({type: 'retraction'});
			return whole;
		}

		return this.#isTail ? whole : text;
	}

	/** Read what comes first; returns what follows it. */
	#readUnit(text: string, units: Unit[]): string {
		if (!text.startsWith(esc)) {
			const [character = ''] = text;
			const introducer = eightBit(character);
			if (introducer !== undefined) {
				return this.#readUnit(esc + introducer + text.slice(1), units);
			}

			units.push(input(character));
			return text.slice(character.length);
		}

		if (text.startsWith(pasteStart)) {
			this.#paste = [];
			return text.slice(pasteStart.length);
		}

		const [escapes = ''] = /^\u{1B}+/u.exec(text) ?? [];
		const last = text.slice(escapes.length - 1);
		if (last === esc) {
			this.#held = text;
			return '';
		}

		const length = sequenceLength(last);
		if (length === undefined) {
			this.#held = bounded(text);
			return '';
		}

		const [, second = ''] = last;
		const isChord = length === 1 + second.length;
		const hasAlt = escapes.length > 1 && !isChord && length > 0 && keySequence.test(last);
		units.push(...Array.from(escapes.slice(hasAlt ? 2 : 1), () => input(esc)));
		if (escapes.length > 1 && !hasAlt && !isChord) {
			return last;
		}

		// Esc twice and a character in one read are three keys.
		if (isChord && (escapes.length > 1 || this.#isSlow || isControl(second))) {
			units.push(input(esc));
			return last.slice(1);
		}

		if (length === 0) {
			return last.slice(brokenLength(last));
		}

		units.push(input((hasAlt ? esc : '') + last.slice(0, length)));
		return last.slice(length);
	}

	/** Read a paste up to its end; returns what follows. */
	#readPaste(text: string, pieces: string[], units: Unit[]): string {
		if (text === ctrlC) {
			// A paste whose end never comes must not keep the user from leaving.
			this.#paste = undefined;
			return text;
		}

		// What has come before is not looked through again: a large paste comes in hundreds of reads.
		const last = (pieces.pop() ?? '') + text;
		const end = last.indexOf(pasteEnd);
		if (end === -1) {
			const cut = Math.max(0, last.length - pasteEnd.length + 1);
			pieces.push(last.slice(0, cut), last.slice(cut));
			return '';
		}

		this.#paste = undefined;
		units.push({type: 'paste', text: pieces.join('') + last.slice(0, end)});
		return last.slice(end + pasteEnd.length);
	}
}

/**
What follows Esc in the 7-bit form of an 8-bit control that begins a sequence (ECMA-48 5.3): SS3, and all that
`stringIntroducer` and CSI have. A terminal sends it as a character, or as a byte that is not UTF-8: U+DC00 and its
value.
*/
function eightBit(character: string): string | undefined {
	const code = character.charCodeAt(0);
	const byte = code >= 0xDC_80 && code < 0xDC_A0 ? code - 0xDC_00 : code;
	const seventh = byte >= 0x80 && byte < 0xA0 ? String.fromCodePoint(byte - 0x40) : '';
	return /^[OPX[\]^_]$/.test(seventh) ? seventh : undefined;
}

function input(text: string): Unit {
	return {type: 'input', text};
}

/** Whether Esc and this character are two keys: Alt with a control character is Backspace only. */
function isControl(character: string): boolean {
	return /^[\u0000-\u0007\u0009-\u001F\u0080-\u009F]/.test(character);
}

/**
How long the unit is that begins with the Esc at the beginning of a text, in UTF-16 code units; undefined where that is
not known yet, and 0 where it is broken.
*/
function sequenceLength(text: string): number | undefined {
	const [, introducer = ''] = text;
	if (introducer === '[') {
		if (mouseStart.test(text) || csiStart.test(text)) {
			return undefined;
		}

		const [sequence] = mouse.exec(text) ?? csi.exec(text) ?? [];
		return sequence?.length ?? (brokenLength(text) === 2 ? 2 : 0);
	}

	if (introducer === 'O') {
		return ss3Start.test(text) ? undefined : (ss3.exec(text)?.[0].length ?? 2);
	}

	if (stringIntroducer.test(introducer)) {
		const end = brokenLength(text);
		if (end === text.length || (text[end] === esc && end === text.length - 1)) {
			return undefined;
		}

		const [terminator] = /^(?:[\u0007\u0018\u001A\u009C\u{DC9C}]|\u{1B}\\)/u.exec(text.slice(end)) ?? [];
		return terminator === undefined ? (end === 2 ? 2 : 0) : end + terminator.length;
	}

	return 1 + introducer.length;
}

/** Up to where a sequence is one: the first character that belongs to none, or ends a control string. */
function brokenLength(text: string): number {
	const [begun = ''] = (text[1] === '[' ? /^\u{1B}\[[0-?]*[ -/]*/u : /^..[^\u0000-\u001F\u009C\u{DC9C}]*/su).exec(text) ?? [];
	return begun.length;
}

/** The beginning of a control string says what it is; a long one is not kept until its end comes. */
function bounded(text: string): string {
	return text.length > maxString ? text.slice(0, maxString - 1) + (text.endsWith(esc) ? esc : ' ') : text;
}
