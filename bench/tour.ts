
import {setTimeout as sleep} from 'node:timers/promises';
import type {Stopwatch} from './stopwatch.ts';

/** Keys, and a text that is drawn only when what they call for is there. */
type Press = readonly [keys: string, awaited: RegExp];

/** A view of the server's pane, or what is drawn over all panes. It is opened from the messages. */
export type Sight = {
	readonly name: string;
	/** What is pressed before, which is not measured. */
	readonly prepare: readonly Press[];
	readonly open: Press;
	/** Keys back to the messages, each pressed when the screen has rested. */
	readonly leave: readonly string[];
	/** It goes on for some time, until the screen has this. */
	readonly done?: RegExp;
};

/** A row of a message of the load; no other view has its length and its text side by side. */
const messageRow = /64 B {2}x/;
const call = /(?:send|recv|accept|close)(?:to|from)?\(/;
const ledger = /(?:write|read) [\d,]+(?: \[|:)/;
const view = '\u0016';

/** Every view; the messages are opened from the sockets, which are the view before them. */
export const sights: readonly Sight[] = [
	{
		name: 'calls',
		prepare: [],
		open: [view, call],
		leave: [view.repeat(3)],
	},
	{
		name: 'bytes',
		prepare: [[view, call]],
		open: [view, ledger],
		leave: [view.repeat(2)],
	},
	{
		name: 'sockets',
		prepare: [[view.repeat(2), ledger]],
		open: [view, /one socket for all|all share port/],
		leave: [view],
	},
	{
		name: 'messages',
		prepare: [[view.repeat(3), /one socket for all|all share port/]],
		open: [view, messageRow],
		leave: [],
	},
	{
		name: 'source',
		prepare: [],
		open: ['\u0013', /► /],
		leave: [view],
	},
	{
		// Beside the panes, then over them.
		name: 'flow',
		prepare: [],
		open: ['\u0006\u0006', /[◄►]/],
		leave: ['\u0006'],
	},
	{
		// The newest rows may be those of connections that have been closed.
		name: 'payload',
		prepare: [['\u001B[1;2A\u001B[5~', /other row/]],
		open: ['\r', /UTF-8 · /],
		leave: ['\u001B', '\u001B'],
	},
	{
		// Nothing has this character: everything is looked at.
		name: 'filter',
		prepare: [['\u001B/', /show rows with/]],
		open: ['~', /\/~ \d/],
		leave: ['\u001B'],
		done: /\/~ \d+ of/,
	},
];

/** So long after it was pressed, the screen has rested from its frame; in milliseconds. */
const rest = 120;

/** Walks from one view to the next on one screen. */
export class Tour {
	readonly #stopwatch: Stopwatch;

	constructor(stopwatch: Stopwatch) {
		this.#stopwatch = stopwatch;
	}

	/** From the first client's pane to the server's. */
	async begin(): Promise<void> {
		await this.#press(['\u001B[Z', /choose peer/]);
	}

	/** Have this many frames drawn, one after the other. */
	async warmUp(frames: number): Promise<void> {
		for (let frame = 0; frame < frames; frame += 2) {
			await this.#stopwatch.press('@', /@/);
			await this.#stopwatch.press('\u0015', /choose peer/);
		}
	}

	/** @returns milliseconds from the key until it was drawn */
	async open({prepare, open}: Sight): Promise<number> {
		for (const press of prepare) {
			await this.#press(press);
		}

		return this.#press(open);
	}

	async leave({leave}: Sight): Promise<void> {
		for (const keys of leave) {
			this.#stopwatch.write(keys);
			await sleep(rest * 2);
		}
	}

	async #press([keys, awaited]: Press): Promise<number> {
		const time = await this.#stopwatch.press(keys, awaited);
		await sleep(rest + (Math.random() * 40));
		return time;
	}
}
