import test from 'ava';
import chalk from 'chalk';
import {paint, setTheme, type Tone} from '../../../source/screen/frame/paint.ts';
import {
	backgroundOf, luminanceOf, type Theme, themeOfEnvironment,
} from '../../../source/screen/frame/tones.ts';

type Colour = readonly [red: number, green: number, blue: number];

const tones: readonly Tone[] = [
	'plain',
	'dim',
	'strong',
	'sent',
	'received',
	'error',
	'warning',
	'escape',
	'focus',
	'key',
	'chosen',
	'mark1',
	'mark2',
	'mark3',
	'mark4',
	'mark5',
	'mark6',
];

/** Grounds of terminals' usual palettes, from xterm's to Solarized's and Nord's. */
const grounds: Readonly<Record<Theme, readonly string[]>> = {
	dark: ['000000', '1e1e1e', '002b36', '282a36', '282c34', '2e3440', '300a24'],
	light: ['ffffff', 'fafafa', 'fdf6e3', 'eee8d5', 'eff1f5', 'f5f5dc'],
};

/** Xterm's first sixteen colours, and VGA's, as they are on Linux's console. */
const sixteen = {
	xterm: [
		'000000',
		'cd0000',
		'00cd00',
		'cdcd00',
		'0000ee',
		'cd00cd',
		'00cdcd',
		'e5e5e5',
		'7f7f7f',
		'ff0000',
		'00ff00',
		'ffff00',
		'5c5cff',
		'ff00ff',
		'00ffff',
		'ffffff',
	],
	vga: [
		'000000',
		'aa0000',
		'00aa00',
		'aa5500',
		'0000aa',
		'aa00aa',
		'00aaaa',
		'aaaaaa',
		'555555',
		'ff5555',
		'55ff55',
		'ffff55',
		'5555ff',
		'ff55ff',
		'55ffff',
		'ffffff',
	],
} as const;

function rgb(hex: string): Colour {
	const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
	return [red, green, blue];
}

/** A colour of xterm's palette of 256, from its cube of 6x6x6 and its greys on. */
function indexed(index: number): Colour {
	const level = (step: number): number => (step === 0 ? 0 : 55 + (step * 40)) / 255;
	const grey = (8 + ((index - 232) * 10)) / 255;
	const cube = index - 16;
	return index >= 232
		? [grey, grey, grey]
		: [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: Colour, other: Colour): number {
	const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

/** The styles (SGR) of a painted text. */
function stylesOf(tone: Tone): string[] {
	return [...paint([{text: 'x', tone}], 1).matchAll(/\u{1B}\[([\d;]+)m/gu)].map(([, style = '']) => style);
}

for (const theme of ['dark', 'light'] as const) {
	test.serial(`every text has a contrast of 4.5:1 with a ${theme} ground, in 256 colours and more`, t => {
		setTheme(theme);
		for (const level of [2, 3] as const) {
			chalk.level = level;
			for (const tone of tones) {
				const styles = stylesOf(tone);
				t.false(styles.includes('2'), `${tone} is dim, and how dim is the terminal's matter`);
				for (const style of styles) {
					const [, index] = /^38;5;(\d+)$/.exec(style) ?? [];
					t.true(index !== undefined || /^(?:[17]|2[27]|39)$/.test(style), `${tone}: ${style}`);
					for (const ground of index === undefined ? [] : grounds[theme]) {
						const ratio = contrast(indexed(Number(index)), rgb(ground));
						t.true(ratio >= 4.5, `${tone}, ${index} on ${ground}: ${ratio.toFixed(2)}`);
					}
				}
			}
		}
	});

	test.serial(`every text has a contrast of 4.5:1 with a ${theme} ground in the sixteen colours of xterm and of VGA`, t => {
		setTheme(theme);
		chalk.level = 1;
		const [ground] = theme === 'dark' ? ['000000'] : ['ffffff'];
		for (const tone of tones) {
			for (const style of stylesOf(tone).map(Number).filter(code => code !== 39 && code >= 30)) {
				for (const [name, palette] of Object.entries(sixteen)) {
					const colour = palette[style >= 90 ? style - 82 : style - 30] ?? '';
					const ratio = contrast(rgb(colour), rgb(ground ?? ''));
					t.true(ratio >= 4.5, `${tone}, ${style} of ${name}: ${ratio.toFixed(2)}`);
				}
			}
		}
	});
}

test.serial('sent, received, failed and warned are four colours in either theme', t => {
	chalk.level = 2;
	for (const theme of ['dark', 'light'] as const) {
		setTheme(theme);
		t.is(new Set((['sent', 'received', 'error', 'warning'] as const).map(tone => paint([{text: 'x', tone}], 1))).size, 4);
	}
});

test.serial('without colours nothing but the text is painted', t => {
	chalk.level = 0;
	for (const tone of tones) {
		t.is(paint([{text: 'x', tone}], 1), 'x');
	}
});

test('the background that a terminal tells is dark or light, however many digits it has', t => {
	for (const [colour, theme] of [
		['rgb:0000/0000/0000', 'dark'],
		['rgb:2e2e/3434/4040', 'dark'],
		['rgb:ff/ff/ff', 'light'],
		['rgb:fdfd/f6f6/e3e3', 'light'],
		['rgb:f/f/f', 'light'],
		['rgba:1e1e/1e1e/1e1e/ffff', 'dark'],
	] as const) {
		t.is(backgroundOf(`\u{1B}]11;${colour}\u{1B}\\`), theme);
		t.is(backgroundOf(`\u{1B}]11;${colour}\u{7}`), theme);
	}

	for (const report of ['\u{1B}]10;rgb:ffff/ffff/ffff\u{7}', '\u{1B}]11;?\u{7}', '\u{1B}[?62c', '\u{1B}]11;rgb:x/y/z\u{7}']) {
		t.is(backgroundOf(report), undefined);
	}
});

test('COLORFGBG tells the ground where the terminal does not, else it is taken for dark', t => {
	t.is(themeOfEnvironment({COLORFGBG: '0;15'}), 'light');
	t.is(themeOfEnvironment({COLORFGBG: '0;default;7'}), 'light');
	t.is(themeOfEnvironment({COLORFGBG: '15;0'}), 'dark');
	t.is(themeOfEnvironment({COLORFGBG: '0;7;0'}), 'dark', 'the ground stands last');
	t.is(themeOfEnvironment({}), 'dark');
});
