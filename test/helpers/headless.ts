import {type ChildProcess, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import type {ExecutionContext} from 'ava';
import type {JsonLine} from '../../source/headless/json-line.ts';
import type {Address} from '../../source/log/event.ts';
import {parseAddress} from '../../source/text/address.ts';
import {inTime} from './in-time.ts';
import {program} from './terminal-app.ts';

type JsonLineOf<Type extends JsonLine['type']> = Extract<JsonLine, {type: Type}>;

/** A run of the program without a screen, and what it has written. It is ended with the test. */
export class Headless {
	readonly child: ChildProcess;
	/** Settles with the exit code; the signal's name where one has ended it. */
	readonly code: Promise<number | string | undefined>;
	readonly #name: string;
	readonly #out: Uint8Array[] = [];
	#errors = '';
	#isOver = false;
	readonly #looks = new Set<() => void>();

	/** @param input - what its standard input has; a number is a descriptor, undefined leaves it open */
	constructor(t: ExecutionContext, args: readonly string[], input?: Uint8Array | string | number) {
		this.#name = args.join(' ');
		this.child = spawn(process.execPath, [program, ...args], {
			stdio: [typeof input === 'number' ? input : 'pipe', 'pipe', 'pipe'],
			env: {...process.env, LC_ALL: 'C.UTF-8', NO_COLOR: '1'},
		});
		const {promise, resolve} = Promise.withResolvers<number | string | undefined>();
		this.code = inTime(promise, () => `the end of ${this.#name}, which has said ${this.errors}`);
		this.code.catch(() => undefined);
		this.child.stdout!.on('data', (bytes: Uint8Array) => {
			this.#out.push(bytes);
			this.#look();
		});
		this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
			this.#errors += text;
			this.#look();
		});
		this.child.stdin?.on('error', error => {
			t.log(`its input: ${error.message}`);
		});
		if (typeof input !== 'number' && input !== undefined) {
			this.child.stdin!.end(input);
		}

		this.child.on('close', (code, signal) => {
			this.#isOver = true;
			resolve(signal ?? code ?? undefined);
			this.#look();
		});
		t.teardown(async () => {
			this.child.kill('SIGKILL');
			await promise;
		});
	}

	get output(): Uint8Array {
		return Buffer.concat(this.#out);
	}

	/** The output as text. */
	get text(): string {
		return Buffer.from(this.output).toString();
	}

	get errors(): string {
		return this.#errors;
	}

	/** The whole lines of the output. */
	get lines(): string[] {
		return this.text.split('\n').slice(0, -1);
	}

	/** Those lines, read as JSON; each is as the schema says. */
	get json(): JsonLine[] {
		return this.lines.map(line => {
			const problem = checkLine(line);
			if (problem !== undefined) {
				throw new Error(`${line}: ${problem}`);
			}

			return JSON.parse(line) as JsonLine;
		});
	}

	/** The lines of a type. */
	all<Type extends JsonLine['type']>(type: Type): Array<JsonLineOf<Type>> {
		return this.json.filter((line): line is JsonLineOf<Type> => line.type === type);
	}

	/** Wait until something is so, which is looked at whenever it has written something. */
	async until(isSo: () => boolean, what: string): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const look = (): void => {
			if (isSo()) {
				resolve();
			} else if (this.#isOver) {
				reject(new Error(`${this.#name} has ended without ${what}: ${this.text} ${this.errors}`));
			}
		};

		this.#looks.add(look);
		look();
		try {
			await inTime(promise, () => `${what} of ${this.#name}: ${this.text} ${this.errors}`);
		} finally {
			this.#looks.delete(look);
		}
	}

	/** Wait for the address in the first line, or in the line `ready`. */
	async address(): Promise<Address> {
		await this.until(() => this.lines.length > 0, 'an address');
		const [first = ''] = this.lines;
		const address = first.startsWith('{')
			? (JSON.parse(first) as JsonLineOf<'ready'>).local
			: parseAddress(first.split(' ')[1] ?? '');
		if (!address) {
			throw new Error(`no address in '${first}'`);
		}

		return address;
	}

	#look(): void {
		for (const look of this.#looks) {
			look();
		}
	}
}

let validate: ValidateFunction | undefined;

/** What the schema says is wrong with a line; undefined where it is right. */
export function checkLine(line: string): string | undefined {
	validate ??= new Ajv2020({strict: false}).compile(JSON.parse(readFileSync(
		path.join(import.meta.dirname, '../../docs/events.schema.json'),
		'utf8',
	)) as Record<string, unknown>);
	return validate(JSON.parse(line))
		? undefined
		: JSON.stringify(validate.errors?.filter(({keyword}) => keyword !== 'const').slice(0, 5));
}

/** An address as the command line takes it. */
export function typed({host, port}: Address): string {
	return `${host}:${port}`;
}
