import {mock} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import type {ReadStream, WriteStream} from 'node:tty';
import test from 'ava';
import {Terminal} from '../../source/screen/terminal.ts';

// The time of this file goes on only where a test says so.
mock.timers.enable({apis: ['setInterval', 'setTimeout']});

/** A terminal that takes what is written when the test says so. */
class LateOutput {
	taken = '';
	readonly #writes: Array<{text: string; readonly onWritten: (() => void) | undefined}> = [];

	/** Of the first write, libuv tells what is left of it. */
	get _handle(): {readonly writeQueueSize: number} {
		return {writeQueueSize: this.#writes[0]?.text.length ?? 0};
	}

	get writableLength(): number {
		return this.#writes.reduce((sum, {text}) => sum + text.length, 0);
	}

	write(text: string, onWritten?: () => void): boolean {
		this.#writes.push({text, onWritten});
		return false;
	}

	/** Take as many characters. */
	take(count: number): void {
		for (let rest = count, [first] = this.#writes; first && (rest > 0 || first.text === ''); [first] = this.#writes) {
			this.taken += first.text.slice(0, rest);
			const length = Math.min(rest, first.text.length);
			rest -= length;
			first.text = first.text.slice(length);
			if (first.text === '') {
				this.#writes.shift();
				first.onWritten?.();
			}
		}
	}
}

/** A terminal that the screen has taken, and that is being given back. */
function closeTerminal(): {readonly output: LateOutput; readonly isClosed: () => Promise<boolean>} {
	const output = new LateOutput();
	const input = {setRawMode: () => undefined};
	const terminal = new Terminal(input as unknown as ReadStream, output as unknown as WriteStream, true);
	terminal.take();
	let isClosed = false;
	void terminal.close().then(() => {
		isClosed = true;
	});
	return {
		output,
		async isClosed() {
			await turn();
			return isClosed;
		},
	};
}

test.serial('a terminal that is slow to take the last bytes gets them all, however long it takes', async t => {
	const {output, isClosed} = closeTerminal();
	for (let taken = 0; taken < 20; taken++) {
		mock.timers.tick(9000);
		t.false(await isClosed());
		output.take(1);
	}

	output.take(Number.POSITIVE_INFINITY);
	t.true(await isClosed());
	t.true(output.taken.includes('\u{1B}[?1049l'));
});

test.serial('a terminal that takes nothing for ten seconds is left', async t => {
	const {isClosed} = closeTerminal();
	mock.timers.tick(9500);
	t.false(await isClosed());
	mock.timers.tick(500);
	t.true(await isClosed());
});
