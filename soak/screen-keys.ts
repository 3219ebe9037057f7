import {keys} from '../test/helpers/terminal-app.ts';
import {randomKeys} from '../test/helpers/terminal-random.ts';
import type {Dice} from './dice.ts';

/** What is typed into the prompts that the letters open: of the link, of a series, of a filter. */
const answers = [
	'hostile', 'perfect', 'mobile,loss=0', 'loss=30%,delay=100ms,jitter=0.5', 'slice=3,pause=5ms', 'stall', 'rate=64KiB/s', '20', '100 @ 50', '500 @ 200', '안녕', 'hello', '', 'x'.repeat(50), '7f 00',
];

/** Presses keys at random: runs of any keys, commands with what their prompts take, walks through lists, and much text. No key quits. */
export class ScreenKeys {
	/** How many runs were pressed. */
	runs = 0;
	pressed = 0;
	readonly #dice: Dice;

	constructor(dice: Dice) {
		this.#dice = dice;
	}

	/** The next run of keys, to be written at once. */
	next(): string {
		const run = this.#dice.weighted<() => string>([
			[10, () => [...randomKeys(() => this.#dice.share(), 1)].join('')],
			[2, () => `${keys.escape}${this.#dice.pick([...'lb/'])}${this.#steps()}${this.#dice.pick(answers)}${this.#dice.pick([keys.enter, keys.enter, keys.escape, ''])}`],
			[1, () => `${keys.escape}${this.#dice.pick([...'elb'])}${this.#steps()}${keys.enter}`],
			[3, () => `${this.#dice.pick(answers)}${keys.enter}`],
			[2, () => keys.tab.repeat(this.#dice.whole(1, 4))],
			[1, () => keys.escape.repeat(this.#dice.whole(1, 3))],
		])();
		this.runs++;
		this.pressed += run.length;
		return run;
	}

	#steps(): string {
		const step = this.#dice.pick([keys.down, keys.up, keys.right, keys.left, keys.tab]);
		return step.repeat(this.#dice.whole(0, 12));
	}
}
