/** The ground that the terminal draws on. */
export type Theme = 'dark' | 'light';

export const themes = ['dark', 'light'] as const satisfies readonly Theme[];

/**
What a colour is for. Each has the number of a colour in the palette of 256 (xterm's; those from 16 on are the same
everywhere) and one of the basic sixteen, as the SGR code that sets it, or 0 for the terminal's own foreground.
*/
type Colours = Readonly<Record<ColourName, readonly [indexed: number, basic: number]>>;

export type ColourName = 'dim' | 'sent' | 'received' | 'error' | 'warning' | 'escape' | 'blue' | 'orange';

/**
Every colour has a contrast of 4.5:1 or more (WCAG 2.2, 1.4.3) with the grounds that terminals have: in the dark theme
from black to #2e3440, in the light one from white to #eee8d5. What the sixteen look like is the terminal's matter: here
are those that palettes make for that ground.
*/
export const colours: Readonly<Record<Theme, Colours>> = {
	dark: {
		dim: [248, 37],
		sent: [80, 36],
		received: [114, 32],
		error: [210, 91],
		warning: [221, 93],
		escape: [176, 95],
		blue: [111, 96],
		orange: [209, 92],
	},
	light: {
		dim: [240, 0],
		sent: [23, 34],
		received: [22, 0],
		error: [124, 31],
		warning: [94, 35],
		escape: [90, 35],
		blue: [25, 34],
		orange: [88, 31],
	},
};

/**
The theme for the background that a terminal has told (the answer to OSC 11, in XParseColor's `rgb:` form); undefined
for any other report.
*/
export function backgroundOf(report: string): Theme | undefined {
	const [, ...parts] = /^\u{1B}\]11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/iu.exec(report) ?? [];
	if (parts.length === 0) {
		return undefined;
	}

	const [red = 0, green = 0, blue = 0] = parts.map(digits => Number.parseInt(digits, 16) / (16 ** digits.length - 1));
	const luminance = luminanceOf([red, green, blue]);
	// Where black and white are equally far.
	return luminance > Math.sqrt(1.05 * 0.05) - 0.05 ? 'light' : 'dark';
}

/** The theme before the terminal has answered, or where it never does: rxvt and others tell their colours here. */
export function themeOfEnvironment({COLORFGBG = ''}: NodeJS.ProcessEnv): Theme {
	return /;(?:7|15)$/.test(COLORFGBG) ? 'light' : 'dark';
}

/** The relative luminance (WCAG 2.2) of a colour in sRGB, each part from 0 to 1. */
export function luminanceOf(colour: readonly [red: number, green: number, blue: number]): number {
	const [red, green, blue] = colour.map(part => part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
	return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
