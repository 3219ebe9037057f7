import type {TestTerminal} from './terminal.ts';

/** What a hostile peer sends: sequences that terminals obey, and characters that change how others look. */
const sequences: readonly string[] = [
	'\u{1B}]0;owned\u{07}',
	'\u{1B}]2;owned\u{1B}\\',
	'\u{9D}0;owned\u{9C}',
	'\u{1B}]52;c;b3duZWQ=\u{07}',
	'\u{1B}]8;;http://example.com\u{1B}\\link\u{1B}]8;;\u{1B}\\',
	'\u{1B}]4;1;rgb:00/00/00\u{07}\u{1B}]10;?\u{07}\u{1B}]11;?\u{07}',
	'\u{1B}]1337;SetMark\u{07}',
	'\u{1B}[2J\u{1B}[H\u{1B}[3J',
	'\u{9B}2J',
	'\u{1B}[?1049l',
	'\u{1B}[?1049h\u{1B}[?47h',
	'\u{1B}[?25l',
	'\u{1B}[?2004l\u{1B}[?2004h',
	'\u{1B}[?1000h\u{1B}[?1003h\u{1B}[?1006h',
	'\u{1B}[?2026h',
	'\u{1B}[>1u\u{1B}[>4;2m',
	'\u{1B}c',
	'\u{1B}[!p',
	'\u{1B}[6n\u{1B}[c\u{1B}[>c\u{1B}[5n\u{1B}[?2026$p',
	'\u{1B}P$q"p\u{1B}\\',
	'\u{1B}Pq#0;2;0;0;0~~\u{1B}\\',
	'\u{1B}_Ga=T;AAAA\u{1B}\\',
	'\u{1B}[20t\u{1B}[21t\u{1B}[8;10;10t',
	'\u{1B}[1;5r\u{1B}[?6h\u{1B}[4h\u{1B}[?7l',
	'\u{1B}#8',
	'\u{1B}(0lqqk\u{E}\u{F}',
	'\u{1B}[31;5;7m\u{1B}[8m',
	'\u{1B}D\u{1B}M\u{1B}E\u{1B}7\u{1B}8\r\n\n\v\f\b\b\b\t\t',
	'\u{85}\u{84}\u{8D}',
	'\u{202E}evil\u{202C}\u{2066}x\u{2069}\u{200F}\u{61C}',
	'a\u{200B}b\u{200D}c\u{FEFF}d\u{2060}e\u{AD}f\u{3164}g\u{115F}h\u{2028}i\u{2029}j',
	'e' + '\u{301}'.repeat(60),
	'\u{1F468}\u{200D}'.repeat(30) + '\u{1F468}',
	'1\u{FE0F}\u{20E3}❤\u{FE0F}👍🏽🇰🇷🏴\u{E0067}\u{E0062}\u{E007F}',
	'\u{E000}\u{F8FF}\u{10FFFF}\u{FFFE}',
	'ﷺ\u{12219}꧅༼',
	'ᄒ\u{1161}\u{11AB}ㅎㅏㄴ',
];

/** Every byte value, then the sequences, then the sequences as single bytes and cut short. */
export function hostilePayloads(): Uint8Array[] {
	return [
		...Array.from({length: 32}, (_, row) => Buffer.from(Array.from({length: 8}, (_, column) => row * 8 + column))),
		Buffer.from(Array.from({length: 256}, (_, byte) => byte)),
		...sequences.map(sequence => Buffer.from(sequence)),
		...sequences.map(sequence => Buffer.from(sequence, 'latin1')),
		...sequences.map(sequence => Buffer.from(sequence).subarray(0, -1)),
	];
}

/** What the emulator has taken for commands. It must be the same before and after a peer has sent its bytes. */
export function obeyed(terminal: TestTerminal): unknown {
	return {
		titles: terminal.titles,
		replies: terminal.replies,
		systemCommands: terminal.systemCommands,
		modes: terminal.changedModes.filter(mode => mode !== 25 && mode !== 2026),
		isAlternateScreen: terminal.isAlternateScreen,
	};
}

/** Characters that must never reach a terminal: bidirectional controls, C1 controls, and all that is invisible. */
export const unseen
	= /[\u{80}-\u{9F}\u{AD}\u{61C}\u{115F}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{3164}\u{FEFF}\u{E0000}-\u{E007F}]/u;
