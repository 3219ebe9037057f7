import type {SettingName} from '../overlays/settings/setting-name.ts';

/** The settings of a pane: each row's name, which has at most 20 columns, and what it does. */
export const settingsEn = {
	title: 'SETTINGS',
	about: 'kept when its socket is closed and opened again',
	keys: {
		row: 'setting', change: 'change', set: 'choose or type', pane: 'other pane',
	},
	changing: (name: string, value: string) => `${name} is ${value}; new value:`,
	cancels: 'Esc cancels',
	rows: {
		ending: {
			name: 'line ending',
			about: 'What is sent behind a message that is typed, and at the ends of pasted lines.',
		},
		framing: {
			name: 'framing',
			about: 'What marks messages in the stream, for rules, typed messages and series. Each pane has its own.',
		},
	} satisfies Readonly<Record<SettingName, {readonly name: string; readonly about: string}>>,
	noFraming: (allowed: string) => `a framing is one of ${allowed}`,
	endings: {
		none: 'none', lf: String.raw`LF (\n)`, crlf: String.raw`CR LF (\r\n)`, cr: String.raw`CR (\r)`, nul: String.raw`NUL (\0)`,
	},
};
