import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {inTime} from './in-time.ts';

/** Whether a program of this name can be started. */
export function isInstalled(name: string): boolean {
	return (process.env.PATH ?? '').split(path.delimiter).some(folder => existsSync(path.join(folder, name)));
}

/** An independent program, and its output. */
export class Program {
	readonly #name: string;
	readonly #child: ChildProcessWithoutNullStreams;
	#output = '';
	#errors = '';
	readonly #looks: Array<() => void> = [];

	/** Start it; it is ended with the test. */
	constructor(t: ExecutionContext, name: string, parameters: readonly string[]) {
		this.#name = [name, ...parameters].join(' ').slice(0, 120);
		this.#child = spawn(name, parameters, {env: {...process.env, PYTHONUNBUFFERED: '1', LC_ALL: 'C.UTF-8'}});
		this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
			this.#output += text;
			this.#look();
		});
		this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.#errors += text;
			this.#look();
		});
		this.#child.stdin.on('error', error => {
			t.log(`${name} has closed its input: ${error.message}`);
		});
		const {promise: ended, resolve} = Promise.withResolvers<void>();
		this.#child.on('error', error => {
			this.#errors += error.message;
			resolve();
		});
		this.#child.on('close', () => {
			resolve();
		});
		t.teardown(async () => {
			this.#child.kill('SIGKILL');
			await ended;
		});
	}

	type(text: string): void {
		this.#child.stdin.write(text);
	}

	/** End its standard input. */
	endInput(): void {
		this.#child.stdin.end();
	}

	/** Wait until it has printed this on its standard output. */
	async prints(text: string): Promise<void> {
		await this.#until(() => this.#output.includes(text), `${JSON.stringify(text)} in its output`);
	}

	/** Wait until it has said something like this on its standard error. */
	async says(pattern: RegExp): Promise<void> {
		await this.#until(() => pattern.test(this.#errors), `${String(pattern)} in its errors`);
	}

	async #until(isSo: () => boolean, name: string): Promise<void> {
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#looks.push(() => {
			if (isSo()) {
				resolve();
			}
		});
		this.#look();
		await inTime(
			promise,
			() =>
				`${name}, of ${this.#name}: ${JSON.stringify({output: this.#output, errors: this.#errors.slice(-500)})}`,
		);
	}

	#look(): void {
		for (const look of this.#looks) {
			look();
		}
	}
}
