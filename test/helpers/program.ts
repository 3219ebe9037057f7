import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {inTime, Lookout} from './in-time.ts';

/** Whether a program of this name can be started. */
export function isInstalled(name: string): boolean {
	return (process.env.PATH ?? '').split(path.delimiter).some(folder => existsSync(path.join(folder, name)));
}

/** What a program is started with, beside its parameters. */
type ProgramOptions = {
	/** What its standard input has; a number is a descriptor. Without it, it stays open. */
	readonly input?: Uint8Array | string | number | undefined;
	readonly env?: Readonly<Record<string, string>>;
};

/** A program that has been started, and what it has written. It is ended with the test. */
export class Program {
	readonly child: ChildProcess;
	/** What it has written to its standard error. */
	errors = '';
	readonly #name: string;
	readonly #code: Promise<number | string | undefined>;
	#out: Uint8Array[] = [];
	#isOver = false;
	readonly #lookout = new Lookout();

	constructor(
		t: ExecutionContext,
		name: string,
		parameters: readonly string[],
		{input, env = {PYTHONUNBUFFERED: '1'}}: ProgramOptions = {},
	) {
		this.#name = [name, ...parameters].join(' ').slice(0, 120);
		this.child = spawn(name, parameters, {
			stdio: [typeof input === 'number' ? input : 'pipe', 'pipe', 'pipe'],
			env: {...process.env, LC_ALL: 'C.UTF-8', ...env},
		});
		const {promise, resolve} = Promise.withResolvers<number | string | undefined>();
		this.#code = promise;
		this.child.stdout!.on('data', (bytes: Uint8Array) => {
			this.#out.push(bytes);
			this.#lookout.look();
		});
		this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
			this.errors += text;
			this.#lookout.look();
		});
		this.child.stdin?.on('error', error => {
			t.log(`${name} has closed its input: ${error.message}`);
		});
		if (typeof input !== 'number' && input !== undefined) {
			this.child.stdin!.end(input);
		}

		const end = (code?: number | string): void => {
			this.#isOver = true;
			resolve(code);
			this.#lookout.look();
		};

		this.child.on('error', error => {
			this.errors += error.message;
			end();
		});
		this.child.on('close', (code, signal) => {
			end(signal ?? code ?? undefined);
		});
		t.teardown(async () => {
			this.child.kill('SIGKILL');
			await promise;
		});
	}

	/** Settles with its exit code; the signal's name where one has ended it, and undefined where it did not start. */
	get code(): Promise<number | string | undefined> {
		// It may run for long before that is awaited.
		const code = inTime(this.#code, () => `the end of ${this.#described}`);
		code.catch(() => undefined);
		return code;
	}

	/** What it has written to its standard output. */
	get output(): Uint8Array {
		this.#out = [Buffer.concat(this.#out)];
		return this.#out[0]!;
	}

	/** The same as text. */
	get text(): string {
		return Buffer.from(this.output).toString();
	}

	type(text: string): void {
		this.child.stdin!.write(text);
	}

	/** End its standard input. */
	endInput(): void {
		this.child.stdin!.end();
	}

	/** Wait until its standard output has this text, or matches this pattern, so often. */
	async prints(wanted: string | RegExp, times = 1): Promise<void> {
		await this.until(() => this.text.split(wanted).length > times, `${times} times ${String(wanted)}`);
	}

	/** Wait until it has said something like this on its standard error. */
	async says(pattern: RegExp): Promise<void> {
		await this.until(() => pattern.test(this.errors), `${String(pattern)} in its errors`);
	}

	/** Wait until something is so, which is looked at whenever it has written something. */
	async until(isSo: () => boolean, what: string): Promise<void> {
		await this.#lookout.until(() => {
			if (!isSo() && this.#isOver) {
				throw new Error(`It has ended without ${what}: ${this.#described}`);
			}

			return isSo();
		}, () => `${what}, of ${this.#described}`);
	}

	get #described(): string {
		return `${this.#name}: ${JSON.stringify({output: this.text, errors: this.errors.slice(-500)})}`;
	}
}
