import type {Protocol} from '../../source/log/event.ts';
import {keys} from './terminal-app.ts';

/**
What is pressed for one step, one entry after the other:

- `@client 1`, `@server`, `@tcp server`: Tab until that pane has the focus
- `~HELLO`: wait until a socket has received this text
- `=accept()`: in a terminal, wait until this is on the screen
- anything else is typed, with `<Enter>`, `<Esc>`, `<Right>`, `<^O>` for keys
*/
export type Presses = readonly string[];

/** The keys that have a name in what is pressed. */
const named: Readonly<Partial<Record<string, string>>> = {
	Enter: keys.enter, Esc: keys.escape, Right: keys.right, Tab: keys.tab, Up: keys.up, Down: keys.down,
};

/** What is typed, key by key, as the terminal sends it. */
export function sequencesOf(typed: string): string[] {
	return [...typed.matchAll(/<(\^?)([A-Za-z]+)>|([^<])/gsv)].map(([, ctrl, name = '', character]) =>
		character ?? (ctrl === '^' ? keys.ctrl(name.toLowerCase()) : named[name] ?? ''));
}

/** A pane by its name: `server`, `client 2`, `tcp server`. */
export function paneOf(name: string): {readonly protocol: Protocol | undefined; readonly client: number | undefined} {
	const [, protocol, number] = /^(?:(udp|tcp) )?(?:server|client (\d+))$/v.exec(name) ?? [];
	return {protocol: protocol as Protocol | undefined, client: number === undefined ? undefined : Number(number)};
}

/** The key by which the focus comes nearer to a pane: a server's is before those of its clients. */
export function tabTo(name: string): string {
	return paneOf(name).client === undefined ? keys.shiftTab : keys.tab;
}
